#pragma once

#include "engine/ptl-sheets.h"
#include "io/ptl-output.h"

/* A rule sheet as CSV; with a byte order mark and a line that names the separator, a spreadsheet in
 * any locale opens it right. */
void ptl_sheet_write_csv (PtlOutput *output, PtlSheets *sheets, guint firewall);
void ptl_sheet_write_csv_excel (PtlOutput *output, PtlSheets *sheets, guint firewall);

/* Whether a file that begins with `text` is such a sheet, whoever wrote it. */
gboolean ptl_sheet_is_csv (const char *text);
