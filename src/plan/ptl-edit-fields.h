#pragma once

#include "ptl-history.h"

/* Edits of what the inspector shows. All take several records at once; wrong input is refused with a
 * sentence (domain PTL_PLAN_ERROR or PTL_ENGINE_ERROR) and leaves the plan as it was. Typing in one
 * field is one step, until ptl_history_seal (). */

typedef enum
{
  PTL_FIELD_TITLE,       /* of the plan */
  PTL_FIELD_DESCRIPTION, /* of the plan */
  PTL_FIELD_NAME,        /* of sites, where it may be empty, zones, firewalls, nodes */
  PTL_FIELD_NOTE,        /* of any record; may be empty, as title and description */
  PTL_FIELD_COLOUR,      /* of zones; empty: none of its own */
  PTL_FIELD_ADDRESSES,   /* of nodes */
} PtlTextField;
gboolean ptl_edit_set_text (PtlHistory *history, PtlTextField field, const PtlItem *items, guint n, const char *text,
                            GError **error);

typedef enum
{
  PTL_FIELD_SITE_KIND,             /* PtlSiteKind */
  PTL_FIELD_ZONE_KIND,             /* PtlZoneKind */
  PTL_FIELD_MANAGED,               /* of firewalls: gboolean */
  PTL_FIELD_SITE_SERVER_INITIATES, /* of nodes: gboolean */
} PtlChoiceField;
gboolean ptl_edit_set_choice (PtlHistory *history, PtlChoiceField field, const PtlItem *items, guint n, int value,
                              GError **error);

/* Settings of the plan (PTL_RECORD_PLAN), sites and nodes; `text` NULL: back to the inherited value. */
gboolean ptl_edit_set_setting (PtlHistory *history, const PtlItem *items, guint n, guint setting, const char *text,
                               GError **error);
/* `enabled` -1: back to the catalogue's default. */
gboolean ptl_edit_set_feature (PtlHistory *history, guint feature, int enabled, GError **error);

/* Roles of nodes, by their indices in the catalogue. */
gboolean ptl_edit_add_role (PtlHistory *history, const PtlItem *nodes, guint n, guint role, GError **error);
gboolean ptl_edit_remove_role (PtlHistory *history, const PtlItem *nodes, guint n, guint role, GError **error);
gboolean ptl_edit_set_option (PtlHistory *history, const PtlItem *nodes, guint n, guint role, guint option,
                              const char *text, GError **error);

/* Notes inside of records: of the setting of a site or a node (of the plan: PTL_FIELD_NOTE), of a node's role. */
gboolean ptl_edit_set_setting_note (PtlHistory *history, PtlItem item, guint setting, const char *text, GError **error);
gboolean ptl_edit_set_role_note (PtlHistory *history, guint node, guint role, const char *text, GError **error);
