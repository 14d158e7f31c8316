#include "ptl-formats.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ptl-sheet-csv.h"
#include "ptl-sheet-xml.h"

const PtlFormat ptl_formats[] = {
  { "csv", ".csv", N_ ("Comma-separated values"), TRUE, ptl_sheet_write_csv, ptl_sheet_is_csv },
  { "csv-excel", ".excel.csv", N_ ("Comma-separated values for spreadsheets"), FALSE, ptl_sheet_write_csv_excel,
    ptl_sheet_is_csv },
  { "xml", ".xml", N_ ("XML"), TRUE, ptl_sheet_write_xml, ptl_sheet_is_xml },
  { NULL },
};

/**
 * ptl_format_find:
 * @name: a format's name on the command line
 *
 * Returns: (nullable): the format of that name
 */
const PtlFormat *
ptl_format_find (const char *name)
{
  for (const PtlFormat *format = ptl_formats; format->name != NULL; format++)
    if (strcmp (format->name, name) == 0)
      return format;
  return NULL;
}
