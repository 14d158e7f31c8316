#pragma once

#include <gtk/gtk.h>

#include "ptl-session.h"

/* What is selected, with its fields. */

#define PTL_TYPE_INSPECTOR (ptl_inspector_get_type ())
G_DECLARE_FINAL_TYPE (PtlInspector, ptl_inspector, PTL, INSPECTOR, GtkBox)

/* NULL: the panel is empty. */
void ptl_inspector_set_session (PtlInspector *self, PtlSession *session);

/* Where a value of what is selected is typed: the field of the page with the title, in the language of the program. */
void ptl_inspector_focus_field (PtlInspector *self, const char *title);
/* Where a setting of the selected things, or of the plan, is typed. */
void ptl_inspector_show_setting (PtlInspector *self, guint setting);
/* The same for an option of a role of the selected nodes. */
void ptl_inspector_show_option (PtlInspector *self, guint role, guint option);
