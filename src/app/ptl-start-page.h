#pragma once

#include <gtk/gtk.h>

#include "engine/ptl-catalogue.h"

/* What a window shows before it has a plan: what a crash has left over, templates, recent plans. It is filled when it
 * is shown. */

#define PTL_TYPE_START_PAGE (ptl_start_page_get_type ())
G_DECLARE_FINAL_TYPE (PtlStartPage, ptl_start_page, PTL, START_PAGE, GtkBox)

/* The catalogue must outlive the page. */
void ptl_start_page_set_catalogue (PtlStartPage *self, const PtlCatalogue *catalogue);
