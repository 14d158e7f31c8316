#pragma once

#include <gtk/gtk.h>

#include "ptl-session.h"

/* Everything in the plan as a list that shares the selection: the canvas for those who do not see it.
 *
 * Signal "activated" (const PtlItem *): a person wants to see the thing on the canvas. */

#define PTL_TYPE_OUTLINE (ptl_outline_get_type ())
G_DECLARE_FINAL_TYPE (PtlOutline, ptl_outline, PTL, OUTLINE, GtkBox)

/* NULL: the panel is empty. */
void ptl_outline_set_session (PtlOutline *self, PtlSession *session);
void ptl_outline_focus_search (PtlOutline *self);
