#pragma once

#include <gtk/gtk.h>

/* What a window shows before it has a plan: recent plans, templates, what was recovered. Its buttons have the
 * window's actions. */

#define PTL_TYPE_START_PAGE (ptl_start_page_get_type ())
G_DECLARE_FINAL_TYPE (PtlStartPage, ptl_start_page, PTL, START_PAGE, GtkBox)
