#pragma once

#include <gtk/gtk.h>

#include "export/ptl-sheet-cells.h"
#include "ptl-sheet-scope.h"

/* The rows of a firewall's sheet as they are shown: those that pass, in the order that a person wants. A list of
 * GtkStringObject with the rows' ids, and their selection: a row that is taken out and put in again, or stands
 * elsewhere, is still the same and as selected as it was. */

#define PTL_TYPE_SHEET_MODEL (ptl_sheet_model_get_type ())
G_DECLARE_FINAL_TYPE (PtlSheetModel, ptl_sheet_model, PTL, SHEET_MODEL, GObject)

PtlSheetModel *ptl_sheet_model_new (void);

/* The sheets must stay until the next call; NULL: no rows. Only rows that belong to the scope are shown; NULL: all.
 * Returns whether the sheet of this firewall was shown before. */
gboolean ptl_sheet_model_show (PtlSheetModel *self, PtlSheets *sheets, guint firewall, const PtlSheetScope *scope);
/* Only rows are shown of which a cell holds the text. */
void ptl_sheet_model_set_filter (PtlSheetModel *self, const char *text);
/* By the texts of a column, numbers in them as numbers; PTL_N_SHEET_COLUMNS: as the sheet is. */
void ptl_sheet_model_sort (PtlSheetModel *self, PtlSheetColumn column, gboolean descending);

/* The sheets', or NULL where no row is. */
const PtlRow *ptl_sheet_model_get_row (PtlSheetModel *self, guint position);
/* The text as it stands in the exported sheet; free with g_free (). */
char *ptl_sheet_model_get_cell (PtlSheetModel *self, guint position, PtlSheetColumn column);
/* The row is not one of those that this sheet had the last time. */
gboolean ptl_sheet_model_is_new (PtlSheetModel *self, guint position);
/* No row is new any more. */
void ptl_sheet_model_forget_new (PtlSheetModel *self);
