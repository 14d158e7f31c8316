#include "ptl-flows-csv.h"

#include "ptl-csv.h"

/* All of a row but its two nodes follows from the bundle and the zones, so these tails are written
 * once and kept for the next pair of nodes. What is kept is bounded, whatever the plan. */
#define MAX_KEPT (4 * 1024 * 1024) /* bytes */

typedef struct
{
  const PtlBundle *bundle;
  int source_zone, destination_zone;
  GString *text;   /* the tails behind one another, each ",tcp,443,443,…\r\n" */
  GArray *lengths; /* guint: of each */
} Tails;

typedef struct
{
  const PtlRoutes *routes;
  const PtlGraph *graph;
  PtlOutput *output;
  GHashTable *kept; /* set of Tails */
  gsize n_kept;     /* bytes */
  guint source;     /* whose id stands in front of `nodes` */
  gsize n_source;   /* its bytes, with the comma */
  GString *nodes;   /* "source,destination" */
  PtlFlowsProgress progress;
  gpointer data;
} Writer;

static guint
tails_hash (gconstpointer data)
{
  const Tails *tails = data;

  return g_direct_hash (tails->bundle) * 31 + tails->source_zone * 1009 + tails->destination_zone;
}

static gboolean
tails_equal (gconstpointer a, gconstpointer b)
{
  const Tails *x = a, *y = b;

  return x->bundle == y->bundle && x->source_zone == y->source_zone && x->destination_zone == y->destination_zone;
}

static void
tails_free (gpointer data)
{
  Tails *tails = data;

  g_string_free (tails->text, TRUE);
  g_array_unref (tails->lengths);
  g_free (tails);
}

/* The firewalls from one zone to another, as the last column has them. */
static char *
route_text (const PtlRoutes *routes, int source_zone, int destination_zone)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const PtlRoute *route = NULL;

  if (source_zone >= 0 && destination_zone >= 0 && source_zone != destination_zone)
    route = ptl_routes_between (routes, source_zone, destination_zone);
  if (route != NULL && route->unroutable)
    return g_strdup ("!");
  for (guint i = 0; route != NULL && i < route->n_firewalls; i++)
    {
      g_string_append (text, i > 0 ? " " : "");
      g_string_append (text, routes->firewalls[ptl_route_firewall (route, i)].id);
    }
  return g_strdup (text->str);
}

static const char *
zone_id (const PtlGraph *graph, int zone)
{
  return zone < 0 ? "" : graph->zones[zone].id;
}

static void
append_tail (GString *text, const PtlCatalogue *catalogue, const PtlFlow *flow)
{
  const PtlRule *rule = ptl_catalogue_rule (catalogue, flow->rule);

  g_string_append_printf (text, ",%s,", ptl_protocol_names[flow->protocol]);
  if (flow->protocol == PTL_PROTOCOL_ICMP)
    g_string_append (text, ",,");
  else
    g_string_append_printf (text, "%u,%u,", flow->from, flow->to);
  ptl_csv_append (text, rule->services[flow->service].name);
  g_string_append_printf (text, ",%s,%s", rule->id, ptl_phase_names[rule->phase]);
}

static Tails *
tails_new (const Writer *writer, const Tails *key)
{
  g_autofree char *route = route_text (writer->routes, key->source_zone, key->destination_zone);
  Tails *tails = g_memdup2 (key, sizeof *key);

  tails->text = g_string_new (NULL);
  tails->lengths = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < key->bundle->n; i++)
    {
      gsize start = tails->text->len;
      guint length;

      append_tail (tails->text, writer->graph->catalogue, &key->bundle->flows[i]);
      g_string_append_printf (tails->text, ",%s,%s,%s\r\n", zone_id (writer->graph, key->source_zone),
                              zone_id (writer->graph, key->destination_zone), route);
      length = tails->text->len - start;
      g_array_append_val (tails->lengths, length);
    }
  return tails;
}

static const Tails *
find_tails (Writer *writer, const Tails *key)
{
  Tails *tails = g_hash_table_lookup (writer->kept, key);

  if (tails == NULL)
    {
      tails = tails_new (writer, key);
      if (writer->n_kept > MAX_KEPT)
        {
          g_hash_table_remove_all (writer->kept);
          writer->n_kept = 0;
        }
      writer->n_kept += tails->text->allocated_len;
      g_hash_table_add (writer->kept, tails);
    }
  return tails;
}

/* FALSE when whoever watches has seen enough. */
static gboolean
start_source (Writer *writer, guint source)
{
  writer->source = source;
  g_string_printf (writer->nodes, "%s,", writer->graph->nodes[source].id);
  writer->n_source = writer->nodes->len;
  return writer->progress == NULL
         || writer->progress (writer->routes->flows->id_rank[source], writer->graph->n_nodes, writer->data);
}

static void
set_destination (Writer *writer, guint destination)
{
  g_string_truncate (writer->nodes, writer->n_source);
  g_string_append (writer->nodes, writer->graph->nodes[destination].id);
}

static gboolean
write_pair (guint source, guint destination, const PtlBundle *bundle, gpointer data)
{
  Writer *writer = data;
  const Tails key = { .bundle = bundle,
                      .source_zone = writer->graph->nodes[source].zone,
                      .destination_zone = writer->graph->nodes[destination].zone };
  const Tails *tails;
  const char *tail;

  if (source != writer->source && !start_source (writer, source))
    return FALSE;
  tails = find_tails (writer, &key);
  tail = tails->text->str;
  set_destination (writer, destination);
  for (guint i = 0; i < tails->lengths->len; i++)
    {
      guint length = g_array_index (tails->lengths, guint, i);

      ptl_output_write (writer->output, writer->nodes->str, writer->nodes->len);
      ptl_output_write (writer->output, tail, length);
      tail += length;
    }
  return ptl_output_ok (writer->output);
}

/**
 * ptl_flows_write_csv:
 * @routes: the routes of a plan's flows
 * @crossing_only: leave out what stays inside one zone or has an end outside every zone
 * @output: where to write
 * @progress: (nullable): who watches
 * @data: for @progress
 *
 * Writes one row a flow and port range, in the order of the node ids.
 */
void
ptl_flows_write_csv (const PtlRoutes *routes, gboolean crossing_only, PtlOutput *output, PtlFlowsProgress progress,
                     gpointer data)
{
  static const char *const header[]
      = { "source", "destination", "protocol",    "port_from",        "port_to",  "service",
          "rule",   "phase",       "source_zone", "destination_zone", "firewalls" };
  Writer writer = { .routes = routes,
                    .graph = routes->flows->graph,
                    .output = output,
                    .kept = g_hash_table_new_full (tails_hash, tails_equal, tails_free, NULL),
                    .source = G_MAXUINT,
                    .nodes = g_string_new (NULL),
                    .progress = progress,
                    .data = data };

  ptl_csv_row (output, header, G_N_ELEMENTS (header));
  ptl_flows_foreach (routes->flows, crossing_only, write_pair, &writer);
  g_hash_table_unref (writer.kept);
  g_string_free (writer.nodes, TRUE);
}
