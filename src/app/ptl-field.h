#pragma once

#include <gtk/gtk.h>

#include "ptl-topic.h"

/* One row of the inspector: a label, an editor, where an inherited value comes from with a button that
 * returns to it, and why an input was refused. What it edits stands in a PtlFieldKind: tables of these are
 * all that the pages consist of. Every value is a text, as in the plan file. */

typedef enum
{
  PTL_EDITOR_ENTRY,
  PTL_EDITOR_NOTE, /* several lines */
  PTL_EDITOR_NUMBER,
  PTL_EDITOR_CHOICE,
  PTL_EDITOR_SWITCH, /* "yes" or "no" */
  PTL_EDITOR_COLOUR, /* "#rrggbb" */
} PtlEditor;

/* Which of several fields of a kind: a setting, a feature, a role and its option. */
typedef struct
{
  guint which, option;
} PtlDetail;

typedef struct
{
  GPtrArray *keys, *titles; /* char *: the values, and what a person reads for them */
} PtlChoices;

typedef struct
{
  PtlEditor editor;
  const char *title;       /* NULL: given when the field is made */
  const char *explanation; /* or NULL */
  gboolean single;         /* makes no sense for several things at once */
  PtlDifference differs;   /* the edits after which the value can be another */

  /* The value of one item; NULL when the item has no such field. */
  char *(*read) (PtlTopic *topic, PtlItem item, PtlDetail detail);
  /* To all items; `text` NULL: back to the inherited value. */
  gboolean (*write) (PtlTopic *topic, PtlDetail detail, const char *text, GError **error);
  /* Of a number. */
  guint digits;
  void (*range) (PtlTopic *topic, PtlDetail detail, double *min, double *max);
  void (*choices) (PtlTopic *topic, PtlDetail detail, PtlChoices *choices);

  /* Whether the item's value is its own; NULL when nothing can be inherited. `origin` (or NULL) gets the words that
   * say where it comes from. */
  gboolean (*is_own) (PtlTopic *topic, PtlItem item, PtlDetail detail, char **origin);
} PtlFieldKind;

#define PTL_TYPE_FIELD (ptl_field_get_type ())
G_DECLARE_FINAL_TYPE (PtlField, ptl_field, PTL, FIELD, GtkBox)

/* `kind` is static. */
GtkWidget *ptl_field_new (PtlTopic *topic, const PtlFieldKind *kind, PtlDetail detail, const char *title);

/* Whether the value is one of the things' own. */
gboolean ptl_field_is_own (PtlField *field);
const char *ptl_field_get_title (PtlField *field);
/* Gives it the focus, be it just unfolded. */
void ptl_field_focus (PtlField *field);

/* For the choices of a field. */
void ptl_choices_add (PtlChoices *choices, const char *key, const char *title);
