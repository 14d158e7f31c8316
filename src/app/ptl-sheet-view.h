#pragma once

#include "ptl-sheet-model.h"

/* The rule sheet of a firewall as a table. Its selected rows light their arrows. */

#define PTL_TYPE_SHEET_VIEW (ptl_sheet_view_get_type ())
G_DECLARE_FINAL_TYPE (PtlSheetView, ptl_sheet_view, PTL, SHEET_VIEW, GtkBox)

/* Shows what of the firewall's sheet belongs to the scope, or all for NULL; without a session nothing. To be called
 * again at each "results-changed". */
void ptl_sheet_view_show (PtlSheetView *self, PtlSession *session, guint firewall, const PtlSheetScope *scope);
void ptl_sheet_view_scroll_to_top (PtlSheetView *self);
/* Instead of an empty table. */
void ptl_sheet_view_set_hint (PtlSheetView *self, const char *hint);
void ptl_sheet_view_unselect (PtlSheetView *self);

/* The filter and the menu; who has the view packs them where there is room. */
GtkWidget *ptl_sheet_view_get_tools (PtlSheetView *self);
PtlSheetModel *ptl_sheet_view_get_model (PtlSheetView *self);
