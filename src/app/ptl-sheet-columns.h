#pragma once

#include "ptl-sheet-model.h"

/* The columns of a sheet's table: how wide they are, which of them are hidden and by which the rows are sorted. The
 * last two are remembered. */

typedef struct _PtlSheetColumns PtlSheetColumns;

/* Appends the columns to the view; `new_factory` makes what shows the cells of one. The actions "sort" (string: the
 * title as in files, or ""), "descending" and, for each column, one that shows it are added to `actions`. */
PtlSheetColumns *ptl_sheet_columns_new (GtkColumnView *view, PtlSheetModel *model, GActionMap *actions,
                                        GtkListItemFactory *(*new_factory) (PtlSheetColumn column, gpointer data),
                                        gpointer data);
void ptl_sheet_columns_free (PtlSheetColumns *columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlSheetColumns, ptl_sheet_columns_free)

/* Of these actions, of the group "sheet". */
GMenuModel *ptl_sheet_columns_get_menu (PtlSheetColumns *columns);
/* The visible ones; room for PTL_N_SHEET_COLUMNS. Returns how many. */
guint ptl_sheet_columns_get_shown (PtlSheetColumns *columns, PtlSheetColumn *shown);
