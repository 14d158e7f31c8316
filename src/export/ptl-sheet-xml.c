#include "ptl-sheet-xml.h"

#include <string.h>

#include "io/ptl-xml-writer.h"

#define NAMESPACE "urn:portolan:sheet:1"

/* A service of the sheet: one joined range, and how the field calls what uses it. */
typedef struct
{
  gint64 key; /* protocol and range in their order */
  PtlProtocol protocol;
  PtlRange range;
  GPtrArray *names; /* const char *: of the catalogue, each once */
} Service;

typedef struct
{
  PtlXmlWriter *xml;
  PtlSheets *sheets;
  const PtlGraph *graph;
  const PtlFlows *flows;
  const PtlGraphFirewall *firewall;
  guint index; /* of the firewall */
  GPtrArray *rows;
} Sheet;

/* `data` holds the place of each thing by its id. */
static int
compare_by_rank (gconstpointer a, gconstpointer b, gpointer data)
{
  const guint *ranks = data;
  guint one = ranks[*(const guint *) a], other = ranks[*(const guint *) b];

  return (one > other) - (one < other);
}

static void
add_new (GArray *list, guint8 *seen, const guint *items, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!seen[items[i]])
      {
        seen[items[i]] = TRUE;
        g_array_append_val (list, items[i]);
      }
}

/* The zones that the firewall joins and those that its rows name. */
static void
write_zones (const Sheet *sheet)
{
  g_autofree guint8 *seen = g_malloc0 (sheet->graph->n_zones + 1);
  g_autoptr (GArray) zones = g_array_new (FALSE, FALSE, sizeof (guint));

  add_new (zones, seen, sheet->firewall->zones, sheet->firewall->n_zones);
  for (guint i = 0; i < sheet->rows->len; i++)
    {
      const PtlRow *row = g_ptr_array_index (sheet->rows, i);

      add_new (zones, seen, &row->source_zone, 1);
      add_new (zones, seen, &row->destination_zone, 1);
    }
  g_array_sort_with_data (zones, compare_by_rank, ptl_sheets_routes (sheet->sheets)->zone_rank);
  for (guint i = 0; i < zones->len; i++)
    {
      const PtlGraphZone *zone = &sheet->graph->zones[g_array_index (zones, guint, i)];

      ptl_xml_start (sheet->xml, "zone");
      ptl_xml_attribute (sheet->xml, "id", zone->id);
      ptl_xml_attribute (sheet->xml, "name", zone->name);
      ptl_xml_end (sheet->xml);
    }
}

static void
write_address (const Sheet *sheet, const PtlGraphNode *node)
{
  ptl_xml_start (sheet->xml, "address");
  ptl_xml_attribute (sheet->xml, "id", node->id);
  ptl_xml_attribute (sheet->xml, "name", node->name);
  ptl_xml_attribute (sheet->xml, "zone", sheet->graph->zones[node->zone].id);
  if (*node->addresses != '\0')
    ptl_xml_attribute (sheet->xml, "value", node->addresses);
  else
    ptl_xml_attribute (sheet->xml, "unresolved", "yes");
  ptl_xml_end (sheet->xml);
}

/* The nodes that the rows name. */
static void
write_addresses (const Sheet *sheet)
{
  g_autofree guint8 *seen = g_malloc0 (sheet->graph->n_nodes + 1);
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < sheet->rows->len; i++)
    {
      const PtlRow *row = g_ptr_array_index (sheet->rows, i);

      add_new (nodes, seen, row->sources, row->n_sources);
      add_new (nodes, seen, row->destinations, row->n_destinations);
    }
  g_array_sort_with_data (nodes, compare_by_rank, sheet->flows->id_rank);
  for (guint i = 0; i < nodes->len; i++)
    write_address (sheet, &sheet->graph->nodes[g_array_index (nodes, guint, i)]);
}

static void
service_free (gpointer data)
{
  Service *service = data;

  g_ptr_array_unref (service->names);
  g_free (service);
}

static Service *
find_service (GHashTable *services, PtlProtocol protocol, PtlRange range)
{
  gint64 key = (gint64) protocol << 32 | (gint64) range.from << 16 | range.to;
  Service *service = g_hash_table_lookup (services, &key);

  if (service == NULL)
    {
      service = g_new0 (Service, 1);
      *service = (Service){ key, protocol, range, g_ptr_array_new () };
      g_hash_table_add (services, service);
    }
  return service;
}

static void
collect_services (const Sheet *sheet, const PtlRow *row, GHashTable *services)
{
  for (guint i = 0; i < row->n_references; i++)
    {
      const PtlReference *reference = &row->references[i];
      Service *service = find_service (services, row->protocol, reference->range);
      char *name = ptl_catalogue_rule (sheet->graph->catalogue, reference->rule)->services[reference->service].name;

      if (!g_ptr_array_find_with_equal_func (service->names, name, g_str_equal, NULL))
        g_ptr_array_add (service->names, name);
    }
}

static int
compare_services (gconstpointer a, gconstpointer b)
{
  gint64 x = (*(const Service *const *) a)->key, y = (*(const Service *const *) b)->key;

  return (x > y) - (x < y);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
service_id (PtlProtocol protocol, PtlRange range)
{
  const char *name = ptl_protocol_names[protocol];

  if (protocol == PTL_PROTOCOL_ICMP)
    return g_strdup_printf ("%s-echo-request", name);
  if (range.from == range.to)
    return g_strdup_printf ("%s-%u", name, range.from);
  return g_strdup_printf ("%s-%u-%u", name, range.from, range.to);
}

static void
write_service (const Sheet *sheet, Service *service)
{
  g_autofree char *id = service_id (service->protocol, service->range);
  g_autofree char *from = g_strdup_printf ("%u", service->range.from);
  g_autofree char *to = g_strdup_printf ("%u", service->range.to);
  g_autofree char *names = NULL;

  g_ptr_array_sort (service->names, compare_names);
  g_ptr_array_add (service->names, NULL);
  names = g_strjoinv (" / ", (char **) service->names->pdata);
  ptl_xml_start (sheet->xml, "service");
  ptl_xml_attribute (sheet->xml, "id", id);
  ptl_xml_attribute (sheet->xml, "name", names);
  ptl_xml_attribute (sheet->xml, "protocol", ptl_protocol_names[service->protocol]);
  if (service->protocol != PTL_PROTOCOL_ICMP)
    {
      ptl_xml_attribute (sheet->xml, "from", from);
      ptl_xml_attribute (sheet->xml, "to", to);
    }
  ptl_xml_end (sheet->xml);
}

/* The joined ranges of the rows, by protocol and port. */
static void
write_services (const Sheet *sheet)
{
  g_autoptr (GHashTable) services = g_hash_table_new_full (g_int64_hash, g_int64_equal, service_free, NULL);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer service;

  for (guint i = 0; i < sheet->rows->len; i++)
    collect_services (sheet, g_ptr_array_index (sheet->rows, i), services);
  g_hash_table_iter_init (&iter, services);
  while (g_hash_table_iter_next (&iter, &service, NULL))
    g_ptr_array_add (sorted, service);
  g_ptr_array_sort (sorted, compare_services);
  for (guint i = 0; i < sorted->len; i++)
    write_service (sheet, g_ptr_array_index (sorted, i));
}

static void
write_reference_to (const Sheet *sheet, const char *element, const char *id)
{
  ptl_xml_start (sheet->xml, element);
  ptl_xml_attribute (sheet->xml, "ref", id);
  ptl_xml_end (sheet->xml);
}

static void
write_tuples (const Sheet *sheet, const PtlRow *row)
{
  for (guint i = 0; i < row->n_sources; i++)
    write_reference_to (sheet, "source", sheet->graph->nodes[row->sources[i]].id);
  for (guint i = 0; i < row->n_destinations; i++)
    write_reference_to (sheet, "destination", sheet->graph->nodes[row->destinations[i]].id);
  for (guint i = 0; i < MAX (row->n_ranges, 1); i++)
    {
      g_autofree char *id = service_id (row->protocol, row->n_ranges > 0 ? row->ranges[i] : (PtlRange){ 0, 0 });

      write_reference_to (sheet, "service", id);
    }
}

static void
write_text (const Sheet *sheet, const char *element, const char *text)
{
  ptl_xml_start (sheet->xml, element);
  ptl_xml_text (sheet->xml, text);
  ptl_xml_end (sheet->xml);
}

static void
write_reasons (const Sheet *sheet, const PtlRow *row)
{
  g_autofree char *purpose = ptl_row_purpose (sheet->sheets, row);
  g_autoptr (GPtrArray) notes = ptl_row_notes (sheet->sheets, row, sheet->index);

  write_text (sheet, "purpose", purpose);
  for (guint i = 0; i < row->n_reasons; i++)
    {
      g_autofree char *documents = NULL, *lines = NULL;

      ptl_row_reference (sheet->sheets, row, row->reasons[i], &documents, &lines);
      ptl_xml_start (sheet->xml, "reference");
      ptl_xml_attribute (sheet->xml, "rule", ptl_catalogue_rule (sheet->graph->catalogue, row->reasons[i])->id);
      ptl_xml_attribute (sheet->xml, "documents", documents);
      ptl_xml_attribute (sheet->xml, "lines", lines);
      ptl_xml_end (sheet->xml);
    }
  for (guint i = 0; i < notes->len; i++)
    write_text (sheet, "note", g_ptr_array_index (notes, i));
}

static void
write_rule (const Sheet *sheet, const PtlRow *row)
{
  ptl_xml_start (sheet->xml, "rule");
  ptl_xml_attribute (sheet->xml, "id", row->id);
  ptl_xml_attribute (sheet->xml, "action", "allow");
  ptl_xml_attribute (sheet->xml, "phase", ptl_phase_names[row->phase]);
  write_tuples (sheet, row);
  write_reasons (sheet, row);
  ptl_xml_end (sheet->xml);
}

/**
 * ptl_sheet_write_xml:
 * @output: where to write
 * @sheets: the sheets of a plan
 * @firewall: whose sheet, an index in the routes' firewalls
 *
 * Writes a rule sheet as XML: what its rows name, then the rows.
 */
void
ptl_sheet_write_xml (PtlOutput *output, PtlSheets *sheets, guint firewall)
{
  const PtlRoutes *routes = ptl_sheets_routes (sheets);
  Sheet sheet = {
    .xml = ptl_xml_writer_new (output),
    .sheets = sheets,
    .graph = ptl_sheets_graph (sheets),
    .flows = routes->flows,
    .firewall = &routes->firewalls[firewall],
    .index = firewall,
    .rows = ptl_sheets_rows (sheets, firewall),
  };

  ptl_xml_start (sheet.xml, "sheet");
  ptl_xml_attribute (sheet.xml, "xmlns", NAMESPACE);
  ptl_xml_attribute (sheet.xml, "plan", sheet.graph->title);
  ptl_xml_attribute (sheet.xml, "firewall", sheet.firewall->id);
  ptl_xml_attribute (sheet.xml, "name", sheet.firewall->name);
  write_zones (&sheet);
  write_addresses (&sheet);
  write_services (&sheet);
  for (guint i = 0; i < sheet.rows->len; i++)
    write_rule (&sheet, g_ptr_array_index (sheet.rows, i));
  ptl_xml_end (sheet.xml);
  ptl_xml_writer_free (sheet.xml);
}

/**
 * ptl_sheet_is_xml:
 * @text: the beginning of a file
 *
 * Returns: whether the file is a rule sheet as XML
 */
gboolean
ptl_sheet_is_xml (const char *text)
{
  return strstr (text, "<sheet") != NULL && strstr (text, "\"" NAMESPACE "\"") != NULL;
}
