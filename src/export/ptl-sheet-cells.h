#pragma once

#include "engine/ptl-sheets.h"

/* What stands in the cells of a rule sheet: the same wherever it is a table, be it a file or a window. */

typedef enum
{
  PTL_SHEET_RULE,
  PTL_SHEET_FIREWALL,
  PTL_SHEET_SOURCE_ZONE,
  PTL_SHEET_SOURCE,
  PTL_SHEET_SOURCE_ADDRESS,
  PTL_SHEET_DESTINATION_ZONE,
  PTL_SHEET_DESTINATION,
  PTL_SHEET_DESTINATION_ADDRESS,
  PTL_SHEET_PROTOCOL,
  PTL_SHEET_SOURCE_PORT,
  PTL_SHEET_DESTINATION_PORT,
  PTL_SHEET_SERVICE,
  PTL_SHEET_ACTION,
  PTL_SHEET_PHASE,
  PTL_SHEET_PURPOSE,
  PTL_SHEET_REFERENCE,
  PTL_SHEET_NOTE,
  PTL_N_SHEET_COLUMNS
} PtlSheetColumn;

/* What files call the column. */
const char *ptl_sheet_title (PtlSheetColumn column);

/* Appends the text of the cell in a row of the firewall's sheet, safe for a spreadsheet. */
void ptl_sheet_append_cell (GString *text, const PtlSheets *sheets, guint firewall, const PtlRow *row,
                            PtlSheetColumn column);
