#pragma once

#include "ptl-site-row.h"

#include <gtk/gtk.h>

/* A row of the site tree: it shows a site, can be dragged onto another and renamed in place. */

#define PTL_TYPE_SITE_CELL (ptl_site_cell_get_type ())
G_DECLARE_FINAL_TYPE (PtlSiteCell, ptl_site_cell, PTL, SITE_CELL, GtkBox)

GtkWidget *ptl_site_cell_new (void);
void ptl_site_cell_set_row (PtlSiteCell *self, PtlSiteRow *row);
PtlSiteRow *ptl_site_cell_get_row (PtlSiteCell *self);
void ptl_site_cell_start_renaming (PtlSiteCell *self);
/* The row of the list that the cell stands in, or NULL. */
GtkWidget *ptl_site_cell_get_list_row (PtlSiteCell *self);
