#pragma once

#include <gtk/gtk.h>

#include "export/ptl-sheet-cells.h"
#include "ptl-sheet-scope.h"

/* The rows of a firewall's sheet as they are shown: those that pass, in the order that a person wants. As a list it
 * says how many there are; what stands in one is asked for by its position. The selection is kept by the rows' ids: one
 * that is taken out and put in again, or stands elsewhere, is as selected as it was.
 *
 * Signal "rows-changed" (gboolean edited): also what stands at a position may be another row than before, unless the
 * list said so already; `edited`: it is the same row, of which the last edit may have changed cells. */

#define PTL_TYPE_SHEET_MODEL (ptl_sheet_model_get_type ())
G_DECLARE_FINAL_TYPE (PtlSheetModel, ptl_sheet_model, PTL, SHEET_MODEL, GObject)

PtlSheetModel *ptl_sheet_model_new (void);

/* The sheets must stay until the next call; NULL: no rows. Only rows that belong to the scope are shown; NULL: all. */
void ptl_sheet_model_show (PtlSheetModel *self, PtlSheets *sheets, guint firewall, const PtlSheetScope *scope);
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
