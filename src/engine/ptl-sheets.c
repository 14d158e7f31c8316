#include "ptl-sheets.h"

#include <string.h>

#include "ptl-hash.h"
#include "ptl-order.h"
#include "ptl-sheets-private.h"

#define SEPARATOR_LENGTH  2 /* "; " */
#define UNRESOLVED_LENGTH 10

/* Names for people: those that another thing bears too, that contain the separator of cells or that
 * read like a name made so, get the id behind them. `get` gives name and id of the i-th thing. */
static char **
name_things (gconstpointer things, guint n, void (*get) (gconstpointer, guint, const char **, const char **))
{
  g_autoptr (GHashTable) count = g_hash_table_new (ptl_hash_text, g_str_equal);
  g_autofree gboolean *long_form = g_new0 (gboolean, n + 1);
  char **names = g_new0 (char *, n + 1);
  gboolean changed = n > 0;
  const char *name, *id;

  while (changed)
    {
      changed = FALSE;
      g_hash_table_remove_all (count);
      for (guint i = 0; i < n; i++)
        {
          get (things, i, &name, &id);
          if (names[i] == NULL)
            names[i] = g_strdup (name);
          g_hash_table_insert (count, names[i],
                               GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (count, names[i])) + 1));
        }
      for (guint i = 0; i < n; i++)
        {
          get (things, i, &name, &id);
          if (!long_form[i]
              && (strstr (name, "; ") != NULL || GPOINTER_TO_UINT (g_hash_table_lookup (count, name)) > 1))
            long_form[i] = changed = TRUE;
        }
      g_hash_table_remove_all (count);
      for (guint i = 0; i < n && changed; i++)
        if (long_form[i])
          {
            get (things, i, &name, &id);
            g_free (names[i]);
            names[i] = g_strdup_printf ("%s (%s)", name, id);
          }
    }
  return names;
}

static void
get_node (gconstpointer graph, guint i, const char **name, const char **id)
{
  *name = ((const PtlGraph *) graph)->nodes[i].name;
  *id = ((const PtlGraph *) graph)->nodes[i].id;
}

static void
get_zone (gconstpointer graph, guint i, const char **name, const char **id)
{
  *name = ((const PtlGraph *) graph)->zones[i].name;
  *id = ((const PtlGraph *) graph)->zones[i].id;
}

static void
get_firewall (gconstpointer routes, guint i, const char **name, const char **id)
{
  *name = ((const PtlRoutes *) routes)->firewalls[i].name;
  *id = ((const PtlRoutes *) routes)->firewalls[i].id;
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data)
{
  const PtlSheets *sheets = data;
  guint one = *(const guint *) a, other = *(const guint *) b;

  return strcmp (sheets->node_names[one], sheets->node_names[other]);
}

static void
measure_names (PtlSheets *sheets)
{
  const PtlGraph *graph = sheets->graph;

  sheets->node_names = name_things (graph, graph->n_nodes, get_node);
  sheets->zone_names = name_things (graph, graph->n_zones, get_zone);
  sheets->firewall_names = name_things (sheets->routes, sheets->routes->n_firewalls, get_firewall);
  sheets->name_rank = ptl_rank (graph->n_nodes, compare_names, sheets);
  sheets->name_length = g_new (guint, graph->n_nodes + 1);
  sheets->address_length = g_new (guint, graph->n_nodes + 1);
  for (guint i = 0; i < graph->n_nodes; i++)
    {
      const char *addresses = graph->nodes[i].addresses;

      sheets->name_length[i] = (guint) g_utf8_strlen (sheets->node_names[i], -1);
      sheets->address_length[i] = *addresses != '\0' ? (guint) strlen (addresses) : UNRESOLVED_LENGTH;
    }
}

/* Sorts the pairs of classes that cross by their zones, and these by the firewalls between them. */
static void
list_zone_pairs (PtlSheets *sheets)
{
  const PtlFlows *flows = sheets->routes->flows;

  for (guint i = 0; i < flows->n_pairs; i++)
    if (ptl_flows_pair_crosses (flows, &flows->pairs[i]))
      {
        gint64 source = sheets->graph->nodes[flows->classes[flows->pairs[i].source].node].zone;
        gint64 destination = sheets->graph->nodes[flows->classes[flows->pairs[i].destination].node].zone;
        gint64 key = source << 32 | destination;
        GArray *pairs = g_hash_table_lookup (sheets->pairs, &key);

        if (pairs == NULL)
          {
            pairs = g_array_new (FALSE, FALSE, sizeof (guint));
            g_hash_table_insert (sheets->pairs, g_memdup2 (&key, sizeof key), pairs);
          }
        g_array_append_val (pairs, i);
      }
}

static int
compare_zone_pairs (gconstpointer a, gconstpointer b, gpointer data)
{
  const PtlSheets *sheets = data;
  gint64 one = **(gint64 *const *) a, other = **(gint64 *const *) b;
  guint source = sheets->routes->zone_rank[one >> 32], other_source = sheets->routes->zone_rank[other >> 32];

  if (source != other_source)
    return source < other_source ? -1 : 1;
  return sheets->routes->zone_rank[one & G_MAXUINT32] < sheets->routes->zone_rank[other & G_MAXUINT32] ? -1 : 1;
}

static void
list_firewalls (PtlSheets *sheets)
{
  const PtlRoutes *routes = sheets->routes;
  GHashTableIter iter;
  gpointer key;

  sheets->zone_pairs = g_new0 (GPtrArray *, routes->n_firewalls + 1);
  sheets->sheets = g_new0 (GPtrArray *, routes->n_firewalls + 1);
  for (guint i = 0; i < routes->n_firewalls; i++)
    sheets->zone_pairs[i] = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, sheets->pairs);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      gint64 zones = *(gint64 *) key;
      const PtlRoute *route = ptl_routes_between (routes, (guint) (zones >> 32), (guint) (zones & G_MAXUINT32));

      for (guint i = 0; i < route->n_firewalls; i++)
        g_ptr_array_add (sheets->zone_pairs[ptl_route_firewall (route, i)], key);
    }
  for (guint i = 0; i < routes->n_firewalls; i++)
    g_ptr_array_sort_with_data (sheets->zone_pairs[i], compare_zone_pairs, sheets);
}

/**
 * ptl_sheets_new:
 * @routes: the sheets keep them
 * @expand: whether to leave each pair of nodes and each range a row of its own
 *
 * Returns: (transfer full): the sheets; their rows are made when they are asked for
 */
PtlSheets *
ptl_sheets_new (PtlRoutes *routes, gboolean expand)
{
  PtlSheets *sheets = g_new0 (PtlSheets, 1);

  sheets->routes = ptl_routes_ref (routes);
  sheets->graph = routes->flows->graph;
  sheets->expand = expand;
  ptl_consolidator_init (&sheets->consolidator, routes->flows);
  sheets->pairs = g_hash_table_new_full (ptl_hash_int64, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
  sheets->rows = g_hash_table_new_full (ptl_hash_int64, g_int64_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  sheets->lists
      = g_hash_table_new_full (ptl_hash_bytes, g_bytes_equal, (GDestroyNotify) g_bytes_unref, ptl_sheet_list_free);
  sheets->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  measure_names (sheets);
  list_zone_pairs (sheets);
  list_firewalls (sheets);
  return sheets;
}

void
ptl_sheets_free (PtlSheets *sheets)
{
  if (sheets == NULL)
    return;
  for (guint i = 0; i < sheets->routes->n_firewalls; i++)
    {
      g_ptr_array_unref (sheets->zone_pairs[i]);
      g_clear_pointer (&sheets->sheets[i], g_ptr_array_unref);
    }
  g_free (sheets->zone_pairs);
  g_free (sheets->sheets);
  g_strfreev (sheets->node_names);
  g_strfreev (sheets->zone_names);
  g_strfreev (sheets->firewall_names);
  g_free (sheets->name_rank);
  g_free (sheets->name_length);
  g_free (sheets->address_length);
  g_hash_table_unref (sheets->rows);
  g_hash_table_unref (sheets->pairs);
  g_hash_table_unref (sheets->lists);
  g_ptr_array_unref (sheets->blocks);
  ptl_consolidator_clear (&sheets->consolidator);
  ptl_routes_unref (sheets->routes);
  g_free (sheets);
}

GPtrArray *
ptl_sheets_rows (PtlSheets *sheets, guint firewall)
{
  GPtrArray *all = sheets->sheets[firewall];

  if (all != NULL)
    return all;
  all = g_ptr_array_new ();
  for (guint i = 0; i < sheets->zone_pairs[firewall]->len; i++)
    {
      GPtrArray *rows = ptl_sheet_rows_between (sheets, sheets->zone_pairs[firewall]->pdata[i]);

      for (guint j = 0; j < rows->len; j++)
        g_ptr_array_add (all, rows->pdata[j]);
    }
  sheets->sheets[firewall] = all;
  return all;
}

/* A firewall that somebody configures has a sheet; an implied one only exists where flows cross it. */
gboolean
ptl_sheets_has_sheet (const PtlSheets *sheets, guint firewall)
{
  return sheets->routes->firewalls[firewall].managed;
}

PtlRoutes *
ptl_sheets_routes (const PtlSheets *sheets)
{
  return sheets->routes;
}

const PtlGraph *
ptl_sheets_graph (const PtlSheets *sheets)
{
  return sheets->graph;
}

const char *
ptl_sheets_node_name (const PtlSheets *sheets, guint node)
{
  return sheets->node_names[node];
}

const char *
ptl_sheets_zone_name (const PtlSheets *sheets, guint zone)
{
  return sheets->zone_names[zone];
}

const char *
ptl_sheets_firewall_name (const PtlSheets *sheets, guint firewall)
{
  return sheets->firewall_names[firewall];
}
