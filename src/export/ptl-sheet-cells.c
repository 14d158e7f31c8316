#include "ptl-sheet-cells.h"

#include <string.h>

#define ELLIPSIS "\xe2\x80\xa6"

typedef struct
{
  const PtlSheets *sheets;
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
} columns[PTL_N_SHEET_COLUMNS] = {
  [PTL_SHEET_RULE] = { "Rule", rule_cell },
  [PTL_SHEET_FIREWALL] = { "Firewall", firewall_cell },
  [PTL_SHEET_SOURCE_ZONE] = { "Source zone", source_zone_cell },
  [PTL_SHEET_SOURCE] = { "Source", source_cell },
  [PTL_SHEET_SOURCE_ADDRESS] = { "Source address", source_address_cell },
  [PTL_SHEET_DESTINATION_ZONE] = { "Destination zone", destination_zone_cell },
  [PTL_SHEET_DESTINATION] = { "Destination", destination_cell },
  [PTL_SHEET_DESTINATION_ADDRESS] = { "Destination address", destination_address_cell },
  [PTL_SHEET_PROTOCOL] = { "Protocol", protocol_cell },
  [PTL_SHEET_SOURCE_PORT] = { "Source port", source_port_cell },
  [PTL_SHEET_DESTINATION_PORT] = { "Destination port", destination_port_cell },
  [PTL_SHEET_SERVICE] = { "Service", service_cell },
  [PTL_SHEET_ACTION] = { "Action", action_cell },
  [PTL_SHEET_PHASE] = { "Phase", phase_cell },
  [PTL_SHEET_PURPOSE] = { "Purpose", purpose_cell },
  [PTL_SHEET_REFERENCE] = { "Reference", reference_cell },
  [PTL_SHEET_NOTE] = { "Note", note_cell },
};

/* A spreadsheet would take the cell for a formula: a leading apostrophe makes it a text. */
static void
defuse (GString *text, gsize start)
{
  if (text->len > start && strchr ("=+-@\t\r", text->str[start]) != NULL)
    g_string_insert_c (text, (gssize) start, '\'');
}

/* Rows come cut to cells that fit; what is longer is one node's own text or prose. */
static void
shorten (GString *text, gsize start)
{
  const char *cell = text->str + start;

  if (text->len - start <= PTL_CELL_LIMIT || g_utf8_strlen (cell, -1) <= PTL_CELL_LIMIT)
    return;
  g_string_truncate (text, (gsize) (g_utf8_offset_to_pointer (cell, PTL_CELL_LIMIT - 1) - text->str));
  g_string_append (text, ELLIPSIS);
}

const char *
ptl_sheet_title (PtlSheetColumn column)
{
  return columns[column].title;
}

void
ptl_sheet_append_cell (GString *text, const PtlSheets *sheets, guint firewall, const PtlRow *row, PtlSheetColumn column)
{
  Sheet sheet = { sheets, ptl_sheets_graph (sheets), firewall };
  gsize start = text->len;

  columns[column].append (text, &sheet, row);
  defuse (text, start);
  shorten (text, start);
}
