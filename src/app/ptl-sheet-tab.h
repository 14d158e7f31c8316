#pragma once

#include <gtk/gtk.h>

/* The tab of a firewall's sheet: the same object as long as the firewall keeps its id.
 *
 * Properties "name" (string), "n-rules" (uint) */

#define PTL_TYPE_SHEET_TAB (ptl_sheet_tab_get_type ())
G_DECLARE_FINAL_TYPE (PtlSheetTab, ptl_sheet_tab, PTL, SHEET_TAB, GObject)

PtlSheetTab *ptl_sheet_tab_new (const char *id);
const char *ptl_sheet_tab_get_id (PtlSheetTab *self);
const char *ptl_sheet_tab_get_name (PtlSheetTab *self);
/* Takes over what the firewall is now. */
void ptl_sheet_tab_update (PtlSheetTab *self, const char *name, guint n_rules);

/* What shows tabs in a list: their names, and how many rules each has. */
GtkListItemFactory *ptl_sheet_tab_factory_new (void);
