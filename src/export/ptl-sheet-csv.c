#include "ptl-sheet-csv.h"

#include <string.h>

#include "ptl-csv.h"
#include "ptl-sheet-cells.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define SEPARATOR_LINE  "sep=,"

static char *
header_line (void)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < PTL_N_SHEET_COLUMNS; i++)
    g_string_append_printf (line, "%s%s", i > 0 ? "," : "", ptl_sheet_title (i));
  return g_string_free (line, FALSE);
}

/**
 * ptl_sheet_write_csv:
 * @output: where to write
 * @sheets: the sheets of a plan
 * @firewall: whose sheet, an index in the routes' firewalls
 *
 * Writes a rule sheet as CSV, one line a row of the sheet.
 */
void
ptl_sheet_write_csv (PtlOutput *output, PtlSheets *sheets, guint firewall)
{
  GPtrArray *rows = ptl_sheets_rows (sheets, firewall);
  g_autofree char *header = header_line ();
  g_autoptr (GString) cell = g_string_new (NULL);

  ptl_output_text (output, header);
  ptl_output_text (output, "\r\n");
  for (guint r = 0; r < rows->len; r++)
    {
      for (guint i = 0; i < PTL_N_SHEET_COLUMNS; i++)
        {
          g_string_truncate (cell, 0);
          ptl_sheet_append_cell (cell, sheets, firewall, g_ptr_array_index (rows, r), i);
          if (i > 0)
            ptl_output_char (output, ',');
          ptl_csv_field (output, cell->str);
        }
      ptl_output_text (output, "\r\n");
    }
}

/**
 * ptl_sheet_write_csv_excel:
 * @output: where to write
 * @sheets: the sheets of a plan
 * @firewall: whose sheet, an index in the routes' firewalls
 *
 * Writes a rule sheet as CSV that a spreadsheet in any locale opens right.
 */
void
ptl_sheet_write_csv_excel (PtlOutput *output, PtlSheets *sheets, guint firewall)
{
  ptl_output_text (output, BYTE_ORDER_MARK SEPARATOR_LINE "\r\n");
  ptl_sheet_write_csv (output, sheets, firewall);
}

/**
 * ptl_sheet_is_csv:
 * @text: the beginning of a file
 *
 * Returns: whether the file is a rule sheet as CSV, with or without byte order mark and separator line
 */
gboolean
ptl_sheet_is_csv (const char *text)
{
  g_autofree char *header = header_line ();

  if (g_str_has_prefix (text, BYTE_ORDER_MARK))
    text += strlen (BYTE_ORDER_MARK);
  if (g_str_has_prefix (text, SEPARATOR_LINE) && strchr (text, '\n') != NULL)
    text += strcspn (text, "\n") + 1;
  return g_str_has_prefix (text, header);
}
