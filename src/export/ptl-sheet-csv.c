#include "ptl-sheet-csv.h"

#include <string.h>

#include "ptl-csv.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define SEPARATOR_LINE  "sep=,"
#define ELLIPSIS        "\xe2\x80\xa6"

typedef struct
{
  PtlSheets *sheets;
  const PtlGraph *graph;
  guint firewall;
} Sheet;

/* One function a column: appends the cell's text. */

static void
rule_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  g_string_append (cell, row->id);
}

static void
firewall_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  g_string_append (cell, ptl_sheets_firewall_name (sheet->sheets, sheet->firewall));
}

static void
source_zone_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  g_string_append (cell, ptl_sheets_zone_name (sheet->sheets, row->source_zone));
}

static void
destination_zone_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  g_string_append (cell, ptl_sheets_zone_name (sheet->sheets, row->destination_zone));
}

static void
append_names (GString *cell, const Sheet *sheet, const guint *nodes, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_string_append (cell, i > 0 ? "; " : "");
      g_string_append (cell, ptl_sheets_node_name (sheet->sheets, nodes[i]));
    }
}

static void
append_addresses (GString *cell, const Sheet *sheet, const guint *nodes, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const char *addresses = sheet->graph->nodes[nodes[i]].addresses;

      g_string_append (cell, i > 0 ? "; " : "");
      g_string_append (cell, *addresses != '\0' ? addresses : "UNRESOLVED");
    }
}

static void
source_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  append_names (cell, sheet, row->sources, row->n_sources);
}

static void
source_address_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  append_addresses (cell, sheet, row->sources, row->n_sources);
}

static void
destination_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  append_names (cell, sheet, row->destinations, row->n_destinations);
}

static void
destination_address_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  append_addresses (cell, sheet, row->destinations, row->n_destinations);
}

static void
protocol_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  g_string_append (cell, ptl_protocol_names[row->protocol]);
}

static void
source_port_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  g_string_append (cell, "any");
}

static void
destination_port_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  if (row->protocol == PTL_PROTOCOL_ICMP)
    g_string_append (cell, "echo-request");
  for (guint i = 0; i < row->n_ranges; i++)
    {
      g_string_append_printf (cell, "%s%u", i > 0 ? "; " : "", row->ranges[i].from);
      if (row->ranges[i].to != row->ranges[i].from)
        g_string_append_printf (cell, "-%u", row->ranges[i].to);
    }
}

static void
service_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  g_autofree char *services = ptl_row_services (sheet->sheets, row);

  g_string_append (cell, services);
}

static void
action_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  g_string_append (cell, "allow");
}

static void
phase_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  g_string_append (cell, ptl_phase_names[row->phase]);
}

static void
purpose_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  g_autofree char *purpose = ptl_row_purpose (sheet->sheets, row);

  g_string_append (cell, purpose);
}

static void
reference_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  g_autofree char *reference = ptl_row_reference_text (sheet->sheets, row);

  g_string_append (cell, reference);
}

static void
note_cell (GString *cell, const Sheet *sheet, const PtlRow *row)
{
  g_autoptr (GPtrArray) notes = ptl_row_notes (sheet->sheets, row, sheet->firewall);

  for (guint i = 0; i < notes->len; i++)
    {
      g_string_append (cell, i > 0 ? " | " : ""); /* between sentences */
      g_string_append (cell, g_ptr_array_index (notes, i));
    }
}

static const struct
{
  const char *title;
  void (*append) (GString *cell, const Sheet *sheet, const PtlRow *row);
} columns[] = {
  { "Rule", rule_cell },
  { "Firewall", firewall_cell },
  { "Source zone", source_zone_cell },
  { "Source", source_cell },
  { "Source address", source_address_cell },
  { "Destination zone", destination_zone_cell },
  { "Destination", destination_cell },
  { "Destination address", destination_address_cell },
  { "Protocol", protocol_cell },
  { "Source port", source_port_cell },
  { "Destination port", destination_port_cell },
  { "Service", service_cell },
  { "Action", action_cell },
  { "Phase", phase_cell },
  { "Purpose", purpose_cell },
  { "Reference", reference_cell },
  { "Note", note_cell },
};

/* A spreadsheet would take the cell for a formula: a leading apostrophe makes it a text. */
static void
defuse (GString *cell)
{
  if (cell->len > 0 && strchr ("=+-@\t\r", cell->str[0]) != NULL)
    g_string_prepend_c (cell, '\'');
}

/* Rows come cut to cells that fit; what is longer is one node's own text or prose. */
static void
shorten (GString *cell)
{
  if (cell->len <= PTL_CELL_LIMIT || g_utf8_strlen (cell->str, cell->len) <= PTL_CELL_LIMIT)
    return;
  g_string_truncate (cell, g_utf8_offset_to_pointer (cell->str, PTL_CELL_LIMIT - 1) - cell->str);
  g_string_append (cell, ELLIPSIS);
}

static char *
header_line (void)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (line, "%s%s", i > 0 ? "," : "", columns[i].title);
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
  Sheet sheet = { sheets, ptl_sheets_graph (sheets), firewall };
  GPtrArray *rows = ptl_sheets_rows (sheets, firewall);
  g_autofree char *header = header_line ();
  g_autoptr (GString) cell = g_string_new (NULL);

  ptl_output_text (output, header);
  ptl_output_text (output, "\r\n");
  for (guint r = 0; r < rows->len; r++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
        {
          g_string_truncate (cell, 0);
          columns[i].append (cell, &sheet, g_ptr_array_index (rows, r));
          defuse (cell);
          shorten (cell);
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
