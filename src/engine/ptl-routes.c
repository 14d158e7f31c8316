#include "ptl-routes.h"

#include <string.h>

#include "ptl-hash.h"
#include "ptl-order.h"

/* The zones and firewalls as a graph, searched from one zone at a time. */
typedef struct
{
  const PtlGraph *graph;
  const guint *zone_rank; /* by id in byte order, as below */
  guint *firewall_rank;
  guint *first; /* of a zone: its firewalls, and their number behind the last */
  guint *firewalls_of;
  guint target;
  gboolean avoid_internet;
  int *distance; /* of a zone to the target, in firewalls; -1: no way */
  int *level;    /* of a firewall: the distance of the zones that it leads to */
  guint *next;   /* of a firewall: the first by id of those zones */
  guint *queue;
  gboolean *wanted; /* of a zone: its way to the target is wanted */
  guint n_wanted;   /* those not reached yet */
  int furthest;     /* the distance of the last of them that was reached */
} Search;

typedef struct
{
  guint low, high; /* zones, by id */
} ZonePair;

static gint64
pair_key (guint source, guint destination)
{
  return (gint64) (((guint64) source << 32) | destination);
}

static int
compare_zone_ids (gconstpointer a, gconstpointer b, gpointer data)
{
  const PtlGraph *graph = data;

  return strcmp (graph->zones[*(const guint *) a].id, graph->zones[*(const guint *) b].id);
}

static int
compare_firewall_ids (gconstpointer a, gconstpointer b, gpointer data)
{
  const PtlGraph *graph = data;

  return strcmp (graph->firewalls[*(const guint *) a].id, graph->firewalls[*(const guint *) b].id);
}

static void
list_firewalls (Search *s)
{
  const PtlGraph *graph = s->graph;
  guint sum = 0;

  s->first = g_new0 (guint, graph->n_zones + 2);
  for (guint i = 0; i < graph->n_firewalls; i++)
    for (guint j = 0; j < graph->firewalls[i].n_zones; j++, sum++)
      s->first[graph->firewalls[i].zones[j] + 2]++;
  for (guint i = 0; i < graph->n_zones; i++)
    s->first[i + 2] += s->first[i + 1];
  s->firewalls_of = g_new (guint, sum + 1);
  for (guint i = 0; i < graph->n_firewalls; i++)
    for (guint j = 0; j < graph->firewalls[i].n_zones; j++)
      s->firewalls_of[s->first[graph->firewalls[i].zones[j] + 1]++] = i;
}

static void
search_init (Search *s, const PtlGraph *graph, const guint *zone_rank)
{
  s->graph = graph;
  s->zone_rank = zone_rank;
  s->firewall_rank = ptl_rank (graph->n_firewalls, compare_firewall_ids, graph);
  s->distance = g_new (int, graph->n_zones + 1);
  s->queue = g_new (guint, graph->n_zones + 1);
  s->wanted = g_new0 (gboolean, graph->n_zones + 1);
  s->level = g_new (int, graph->n_firewalls + 1);
  s->next = g_new (guint, graph->n_firewalls + 1);
  list_firewalls (s);
}

static void
search_clear (Search *s)
{
  g_free (s->firewall_rank);
  g_free (s->distance);
  g_free (s->queue);
  g_free (s->wanted);
  g_free (s->level);
  g_free (s->next);
  g_free (s->first);
  g_free (s->firewalls_of);
}

/* Whether a path to the target may go on through the zone. */
static gboolean
may_pass (const Search *s, guint zone)
{
  return zone == s->target || !s->avoid_internet || s->graph->zones[zone].kind != PTL_ZONE_INTERNET;
}

static void
reach (Search *s, guint zone, int distance, guint *tail)
{
  s->distance[zone] = distance;
  s->queue[(*tail)++] = zone;
  if (s->wanted[zone])
    {
      s->n_wanted--;
      s->furthest = distance;
    }
}

/* From the zone at the head of the queue through one of its firewalls. */
static void
reach_through (Search *s, guint zone, guint firewall, guint *tail)
{
  const PtlGraphFirewall *f = &s->graph->firewalls[firewall];

  if (s->level[firewall] < 0)
    {
      s->level[firewall] = s->distance[zone];
      s->next[firewall] = zone;
      for (guint i = 0; i < f->n_zones; i++)
        if (s->distance[f->zones[i]] < 0)
          reach (s, f->zones[i], s->distance[zone] + 1, tail);
    }
  else if (s->level[firewall] == s->distance[zone] && s->zone_rank[zone] < s->zone_rank[s->next[firewall]])
    s->next[firewall] = zone;
}

/* Breadth first from the target, until the low zones of the pairs are reached and what lies nearer than the
 * furthest of them was looked at. */
static void
search_from (Search *s, guint target, gboolean avoid_internet, const ZonePair *pairs, guint n_pairs)
{
  guint head = 0, tail = 0;

  s->target = target;
  s->avoid_internet = avoid_internet;
  s->n_wanted = n_pairs;
  s->furthest = 0;
  for (guint i = 0; i < n_pairs; i++)
    s->wanted[pairs[i].low] = TRUE;
  memset (s->distance, -1, s->graph->n_zones * sizeof (int));
  memset (s->level, -1, s->graph->n_firewalls * sizeof (int));
  reach (s, target, 0, &tail);
  while (head < tail && (s->n_wanted > 0 || s->distance[s->queue[head]] < s->furthest))
    {
      guint zone = s->queue[head++];

      if (may_pass (s, zone))
        for (guint i = s->first[zone]; i < s->first[zone + 1]; i++)
          reach_through (s, zone, s->firewalls_of[i], &tail);
    }
  for (guint i = 0; i < n_pairs; i++)
    s->wanted[pairs[i].low] = FALSE;
}

/* The smallest step towards the target: the first firewall by id that leads nearer; where it leads
 * the search has chosen. */
static guint
next_firewall (const Search *s, guint zone)
{
  guint best = G_MAXUINT;

  for (guint i = s->first[zone]; i < s->first[zone + 1]; i++)
    {
      guint firewall = s->firewalls_of[i];

      if (s->level[firewall] == s->distance[zone] - 1
          && (best == G_MAXUINT || s->firewall_rank[firewall] < s->firewall_rank[best]))
        best = firewall;
    }
  return best;
}

static void
add_route (PtlRoutes *routes, guint source, guint destination, const PtlRoute *route)
{
  gint64 *key = g_new (gint64, 1);

  *key = pair_key (source, destination);
  g_hash_table_insert (routes->routes, key, g_memdup2 (route, sizeof *route));
}

/* Adds the route from `low` to the search's target, and the same back. */
static void
follow (PtlRoutes *routes, const Search *s, guint low)
{
  PtlRoute route = { .unroutable = s->distance[low] < 0 };
  guint n = route.unroutable ? 0 : (guint) s->distance[low];
  guint *firewalls = g_new (guint, n + 1);

  for (guint i = 0, zone = low; i < n; i++)
    {
      route.through_internet |= i > 0 && s->graph->zones[zone].kind == PTL_ZONE_INTERNET;
      firewalls[i] = next_firewall (s, zone);
      zone = s->next[firewalls[i]];
    }
  g_ptr_array_add (routes->blocks, firewalls);
  route.n_firewalls = n;
  route.firewalls = firewalls;
  add_route (routes, low, s->target, &route);
  route.reversed = TRUE;
  add_route (routes, s->target, low, &route);
}

static void
find_routes (PtlRoutes *routes, const GArray *pairs)
{
  Search search = { 0 };
  g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (ZonePair));

  search_init (&search, routes->flows->graph, routes->zone_rank);
  for (guint i = 0, end; i < pairs->len; i = end)
    {
      const ZonePair *group = &g_array_index (pairs, ZonePair, i);

      for (end = i; end < pairs->len && g_array_index (pairs, ZonePair, end).high == group->high; end++)
        ;
      g_array_set_size (rest, 0);
      search_from (&search, group->high, TRUE, group, end - i);
      for (guint j = 0; j < end - i; j++)
        if (search.distance[group[j].low] >= 0)
          follow (routes, &search, group[j].low);
        else
          g_array_append_val (rest, group[j]);
      if (rest->len > 0)
        search_from (&search, group->high, FALSE, &g_array_index (rest, ZonePair, 0), rest->len);
      for (guint j = 0; j < rest->len; j++)
        follow (routes, &search, g_array_index (rest, ZonePair, j).low);
    }
  search_clear (&search);
}

/* One firewall for each pair of zones. */
static void
imply_firewalls (PtlRoutes *routes, const GArray *pairs)
{
  const PtlGraph *graph = routes->flows->graph;
  PtlGraphFirewall *implied = g_new0 (PtlGraphFirewall, pairs->len + 1);

  g_ptr_array_add (routes->blocks, implied);
  for (guint i = 0; i < pairs->len; i++)
    {
      ZonePair pair = g_array_index (pairs, ZonePair, i);
      g_autofree char *id = g_strdup_printf ("%s~%s", graph->zones[pair.low].id, graph->zones[pair.high].id);
      guint *zones = g_memdup2 ((guint[]){ pair.low, pair.high }, 2 * sizeof (guint));
      guint *number = g_memdup2 (&i, sizeof i);
      PtlRoute route = { .n_firewalls = 1, .firewalls = number };

      g_ptr_array_add (routes->blocks, zones);
      g_ptr_array_add (routes->blocks, number);
      implied[i].id = implied[i].name = g_string_chunk_insert (routes->strings, id);
      implied[i].note = "";
      implied[i].n_zones = 2;
      implied[i].zones = zones;
      implied[i].managed = TRUE;
      add_route (routes, pair.low, pair.high, &route);
      add_route (routes, pair.high, pair.low, &route);
    }
  routes->n_firewalls = pairs->len;
  routes->firewalls = implied;
}

static int
compare_pairs (gconstpointer a, gconstpointer b, gpointer data)
{
  const guint *zone_rank = data;
  const ZonePair *one = a, *other = b;

  if (one->high != other->high)
    return zone_rank[one->high] < zone_rank[other->high] ? -1 : 1;
  return zone_rank[one->low] < zone_rank[other->low] ? -1 : zone_rank[one->low] > zone_rank[other->low];
}

static int
compare_pairs_low_first (gconstpointer a, gconstpointer b, gpointer data)
{
  const guint *zone_rank = data;
  const ZonePair *one = a, *other = b;

  if (one->low != other->low)
    return zone_rank[one->low] < zone_rank[other->low] ? -1 : 1;
  return zone_rank[one->high] < zone_rank[other->high] ? -1 : zone_rank[one->high] > zone_rank[other->high];
}

/* The pairs of zones that exchange flows, each once, its zones in the order of their ids. */
static GArray *
find_pairs (const PtlFlows *flows, const guint *zone_rank, GCompareDataFunc order)
{
  const PtlGraph *graph = flows->graph;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (ptl_hash_int64, g_int64_equal, g_free, NULL);
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (ZonePair));

  for (guint i = 0; i < flows->n_pairs; i++)
    if (ptl_flows_pair_crosses (flows, &flows->pairs[i]))
      {
        guint one = (guint) graph->nodes[flows->classes[flows->pairs[i].source].node].zone;
        guint other = (guint) graph->nodes[flows->classes[flows->pairs[i].destination].node].zone;
        ZonePair pair = { one, other };
        gint64 key;

        if (zone_rank[one] > zone_rank[other])
          pair = (ZonePair){ other, one };
        key = pair_key (pair.low, pair.high);
        if (!g_hash_table_contains (seen, &key))
          {
            g_hash_table_add (seen, g_memdup2 (&key, sizeof key));
            g_array_append_val (pairs, pair);
          }
      }
  g_array_sort_with_data (pairs, order, (gpointer) zone_rank);
  return pairs;
}

/**
 * ptl_routes_new:
 * @flows: the routes keep them
 *
 * Finds the way between all zones that exchange flows: the fewest firewalls, and among those the first
 * by ids, read from the end with the smaller zone id; through the internet only where there is no other
 * way. A plan without firewalls gets one for each pair of zones.
 *
 * Returns: (transfer full): the routes
 */
PtlRoutes *
ptl_routes_new (PtlFlows *flows)
{
  const PtlGraph *graph = flows->graph;
  PtlRoutes *routes = g_new0 (PtlRoutes, 1);
  g_autoptr (GArray) pairs = NULL;

  g_atomic_ref_count_init (&routes->refs);
  routes->flows = ptl_flows_ref (flows);
  routes->blocks = g_ptr_array_new_with_free_func (g_free);
  routes->strings = g_string_chunk_new (1024);
  routes->routes = g_hash_table_new_full (ptl_hash_int64, g_int64_equal, g_free, g_free);
  routes->zone_rank = ptl_rank (graph->n_zones, compare_zone_ids, graph);
  pairs = find_pairs (flows, routes->zone_rank, graph->n_firewalls > 0 ? compare_pairs : compare_pairs_low_first);
  if (graph->n_firewalls == 0)
    {
      imply_firewalls (routes, pairs);
      return routes;
    }
  routes->n_firewalls = graph->n_firewalls;
  routes->firewalls = graph->firewalls;
  find_routes (routes, pairs);
  return routes;
}

PtlRoutes *
ptl_routes_ref (PtlRoutes *routes)
{
  g_atomic_ref_count_inc (&routes->refs);
  return routes;
}

void
ptl_routes_unref (PtlRoutes *routes)
{
  if (routes == NULL || !g_atomic_ref_count_dec (&routes->refs))
    return;
  g_free (routes->zone_rank);
  g_hash_table_unref (routes->routes);
  g_ptr_array_unref (routes->blocks);
  g_string_chunk_free (routes->strings);
  ptl_flows_unref (routes->flows);
  g_free (routes);
}

const PtlRoute *
ptl_routes_between (const PtlRoutes *routes, guint source_zone, guint destination_zone)
{
  gint64 key = pair_key (source_zone, destination_zone);

  return g_hash_table_lookup (routes->routes, &key);
}

guint
ptl_route_firewall (const PtlRoute *route, guint i)
{
  return route->firewalls[route->reversed ? route->n_firewalls - 1 - i : i];
}

/* The firewall with an id, or -1. */
int
ptl_routes_find_firewall (const PtlRoutes *routes, const char *id)
{
  for (guint i = 0; i < routes->n_firewalls; i++)
    if (strcmp (routes->firewalls[i].id, id) == 0)
      return (int) i;
  return -1;
}
