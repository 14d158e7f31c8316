#pragma once

#include "ptl-sheet-model.h"

/* The selected rows with a line of titles, for the clipboard: as text with tabs between the cells, which every
 * spreadsheet takes, and as CSV. */
GdkContentProvider *ptl_sheet_clip_new (PtlSheetModel *model, const PtlSheetColumn *columns, guint n_columns);
