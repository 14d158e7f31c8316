#pragma once

#include "ptl-field.h"

/* What one thing is joined to: a list of names, each with a button that parts the two, and a button that
 * joins it to another. Refusals are said below the list. */

typedef struct
{
  const char *add; /* of the button; NULL: nothing can be added here */
  /* By their keys. */
  void (*list) (PtlTopic *topic, PtlDetail detail, PtlChoices *choices);
  void (*candidates) (PtlTopic *topic, PtlDetail detail, PtlChoices *choices);
  gboolean (*applies) (PtlTopic *topic, PtlDetail detail);
  gboolean (*join) (PtlTopic *topic, PtlDetail detail, const char *key, GError **error);
  gboolean (*part) (PtlTopic *topic, PtlDetail detail, const char *key, GError **error);
} PtlRelationKind;

extern const PtlRelationKind ptl_firewall_zones;
extern const PtlRelationKind ptl_links_from; /* of the kind that the detail's `which` says */
extern const PtlRelationKind ptl_links_to;

#define PTL_TYPE_RELATIONS (ptl_relations_get_type ())
G_DECLARE_FINAL_TYPE (PtlRelations, ptl_relations, PTL, RELATIONS, GtkBox)

GtkWidget *ptl_relations_new (PtlTopic *topic, const PtlRelationKind *kind, PtlDetail detail);
