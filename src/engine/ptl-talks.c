#include "ptl-talks.h"

#include <stdlib.h>
#include <string.h>

#include "ptl-hash.h"

#define NAMED      2  /* services in a label, at most */
#define LABEL_ROOM 24 /* characters for them */

/* What all talks between two bundles have in common. */
typedef struct
{
  guint n_there, n_back;
  const char *label;
} Kind;

typedef struct
{
  PtlTalks *talks;
  const PtlFlows *flows;
  GArray *found;      /* PtlTalk */
  GHashTable *kinds;  /* gint64: bundle there + 1 << 32 | bundle back + 1 -> Kind */
  GHashTable *trunks; /* gint64: zone << 32 | zone -> PtlTrunk */
} Gathering;

/* The route between the zones of two nodes, or NULL when they do not stand in two zones. */
static const PtlRoute *
route_between (const PtlRoutes *routes, const PtlGraphNode *source, const PtlGraphNode *destination)
{
  if (source->zone < 0 || destination->zone < 0 || source->zone == destination->zone)
    return NULL;
  return ptl_routes_between (routes, (guint) source->zone, (guint) destination->zone);
}

/* Labels: the first services by protocol and port, TCP first, as many as have room, and the number of the others. */

static void
add_names (GPtrArray *names, const Gathering *g, const PtlBundle *bundle, PtlProtocol protocol, guint *n)
{
  const PtlCatalogue *catalogue = g->flows->graph->catalogue;

  for (guint i = 0; bundle != NULL && i < bundle->n; i++)
    {
      const PtlFlow *flow = &bundle->flows[i];
      char *name = ptl_catalogue_rule (catalogue, flow->rule)->services[flow->service].name;

      if (flow->protocol != protocol || !ptl_lens_shows_flow (&g->talks->lens, catalogue, flow))
        continue;
      (*n)++;
      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, name);
    }
}

static const char *
make_label (const Gathering *g, const GPtrArray *names)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (; n < MIN (names->len, NAMED); n++)
    {
      const char *name = names->pdata[n];

      if (n > 0 && text->len + strlen (name) > LABEL_ROOM)
        break;
      g_string_append_printf (text, "%s%s", n > 0 ? ", " : "", name);
    }
  if (n < names->len)
    g_string_append_printf (text, " +%u", names->len - n);
  return g_string_chunk_insert_const (g->talks->labels, text->str);
}

static const Kind *
find_kind (Gathering *g, int there, int back)
{
  static const PtlProtocol order[] = { PTL_PROTOCOL_TCP, PTL_PROTOCOL_UDP, PTL_PROTOCOL_ICMP };
  gint64 key = ((gint64) there + 1) << 32 | (gint64) (back + 1);
  Kind *kind = g_hash_table_lookup (g->kinds, &key);
  g_autoptr (GPtrArray) names = NULL;

  if (kind != NULL)
    return kind;
  kind = g_new0 (Kind, 1);
  names = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      add_names (names, g, there >= 0 ? ptl_flows_bundle (g->flows, there) : NULL, order[i], &kind->n_there);
      add_names (names, g, back >= 0 ? ptl_flows_bundle (g->flows, back) : NULL, order[i], &kind->n_back);
    }
  kind->label = make_label (g, names);
  g_hash_table_insert (g->kinds, g_memdup2 (&key, sizeof key), kind);
  return kind;
}

/* Talks */

static PtlTrunk *
find_trunk (Gathering *g, guint zone, guint other, PtlTalkKind kind)
{
  guint a = MIN (zone, other), b = MAX (zone, other);
  gint64 key = (gint64) a << 32 | b;
  PtlTrunk *trunk = g_hash_table_lookup (g->trunks, &key);

  if (trunk == NULL)
    {
      trunk = g_new0 (PtlTrunk, 1);
      *trunk = (PtlTrunk){ .a = a, .b = b, .kind = kind };
      g_hash_table_insert (g->trunks, g_memdup2 (&key, sizeof key), trunk);
    }
  return trunk;
}

static void
count_trunk (Gathering *g, guint source_zone, guint destination_zone, const Kind *kind, PtlTalkKind talk, guint n)
{
  PtlTrunk *trunk = find_trunk (g, source_zone, destination_zone, talk);
  gboolean reversed = trunk->a != source_zone;

  trunk->n_talks += n;
  trunk->n_there += (reversed ? kind->n_back : kind->n_there) > 0 ? n : 0;
  trunk->n_back += (reversed ? kind->n_there : kind->n_back) > 0 ? n : 0;
}

static void
add_talk (Gathering *g, guint source, guint destination, const Kind *kind, PtlTalkKind talk_kind)
{
  PtlTalk talk = { source, destination, kind->n_there, kind->n_back, talk_kind, kind->label };

  if (source > destination)
    talk = (PtlTalk){ destination, source, kind->n_back, kind->n_there, talk_kind, kind->label };
  g_array_append_val (g->found, talk);
}

/* All talks between the members of two classes, or within one. */
static void
add_talks (Gathering *g, guint class, guint other_class, int there, int back)
{
  const PtlClass *one = &g->flows->classes[class], *other = &g->flows->classes[other_class];
  const PtlGraphNode *source = &g->flows->graph->nodes[one->node];
  const PtlGraphNode *destination = &g->flows->graph->nodes[other->node];
  const PtlRoute *route = route_between (g->talks->routes, source, destination);
  PtlTalkKind talk = PTL_TALK_INNER;
  const Kind *kind;
  guint n = 0;

  if (!ptl_lens_shows_nodes (&g->talks->lens, g->talks->routes, one->node, other->node))
    return;
  if (route != NULL)
    talk = route->unroutable ? PTL_TALK_UNROUTABLE : PTL_TALK_CROSSING;
  kind = find_kind (g, there, back);
  if (kind->n_there + kind->n_back == 0)
    return;
  for (guint i = 0; i < one->n_members; i++)
    for (guint j = class == other_class ? i + 1 : 0; j < other->n_members; j++, n++)
      add_talk (g, one->members[i], other->members[j], kind, talk);
  if (route != NULL && n > 0)
    count_trunk (g, (guint) source->zone, (guint) destination->zone, kind, talk, n);
}

static int
find_bundle (const PtlFlows *flows, guint source, guint destination)
{
  guint low = flows->first_pair[source], high = flows->first_pair[source + 1];

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (flows->pairs[middle].destination == destination)
        return (int) flows->pairs[middle].bundle;
      if (flows->pairs[middle].destination < destination)
        low = middle + 1;
      else
        high = middle;
    }
  return -1;
}

static void
gather (Gathering *g)
{
  for (guint i = 0; i < g->flows->n_pairs; i++)
    {
      const PtlPair *pair = &g->flows->pairs[i];
      int back = find_bundle (g->flows, pair->destination, pair->source);

      if (pair->source <= pair->destination || back < 0)
        add_talks (g, pair->source, pair->destination, (int) pair->bundle, back);
    }
}

static int
compare_talks (gconstpointer a, gconstpointer b)
{
  const PtlTalk *one = a, *other = b;

  if (one->a != other->a)
    return one->a < other->a ? -1 : 1;
  return (one->b > other->b) - (one->b < other->b);
}

static int
compare_trunks (gconstpointer a, gconstpointer b)
{
  const PtlTrunk *one = a, *other = b;

  if (one->a != other->a)
    return one->a < other->a ? -1 : 1;
  return (one->b > other->b) - (one->b < other->b);
}

static void
sort_trunks (PtlTalks *talks, GHashTable *found)
{
  GHashTableIter iter;
  gpointer trunk;

  talks->trunks = g_new (PtlTrunk, g_hash_table_size (found) + 1);
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, NULL, &trunk))
    talks->trunks[talks->n_trunks++] = *(PtlTrunk *) trunk;
  qsort (talks->trunks, talks->n_trunks, sizeof (PtlTrunk), compare_trunks);
}

/* The first managed firewall between two zones: its sheet has the rules that every sheet has for them. */
static int
first_managed (const PtlRoutes *routes, guint source_zone, guint destination_zone)
{
  const PtlRoute *route = ptl_routes_between (routes, source_zone, destination_zone);

  for (guint i = 0; i < route->n_firewalls; i++)
    if (routes->firewalls[ptl_route_firewall (route, i)].managed)
      return (int) ptl_route_firewall (route, i);
  return -1;
}

static void
count_rules (PtlTalks *talks, PtlSheets *sheets)
{
  for (guint i = 0; i < talks->routes->n_firewalls; i++)
    if (ptl_sheets_has_sheet (sheets, i))
      {
        const GPtrArray *rows = ptl_sheets_rows (sheets, i);

        for (guint j = 0; j < rows->len; j++)
          {
            const PtlRow *row = rows->pdata[j];
            int trunk = ptl_talks_find_trunk (talks, row->source_zone, row->destination_zone);

            if (trunk >= 0 && ptl_lens_shows_row (&talks->lens, talks->routes->flows->graph, row)
                && first_managed (talks->routes, row->source_zone, row->destination_zone) == (int) i)
              talks->trunks[trunk].n_rules++;
          }
      }
}

/**
 * ptl_talks_new:
 * @routes: the talks keep them
 * @sheets: (nullable): of the routes, consolidated; without them no trunk has rules
 * @lens: what of the flows is looked at
 *
 * Returns: (transfer full): who talks with whom, as far as the lens shows it
 */
PtlTalks *
ptl_talks_new (PtlRoutes *routes, PtlSheets *sheets, const PtlLens *lens)
{
  PtlTalks *talks = g_new0 (PtlTalks, 1);
  g_autoptr (GHashTable) kinds = g_hash_table_new_full (ptl_hash_int64, g_int64_equal, g_free, g_free);
  g_autoptr (GHashTable) trunks = g_hash_table_new_full (ptl_hash_int64, g_int64_equal, g_free, g_free);
  Gathering gathering = { talks, routes->flows, g_array_new (FALSE, FALSE, sizeof (PtlTalk)), kinds, trunks };

  g_atomic_ref_count_init (&talks->refs);
  talks->routes = ptl_routes_ref (routes);
  talks->lens = *lens;
  talks->labels = g_string_chunk_new (1024);
  gather (&gathering);
  g_array_sort (gathering.found, compare_talks);
  talks->n = gathering.found->len;
  talks->talks = (PtlTalk *) (gpointer) g_array_free (gathering.found, FALSE);
  sort_trunks (talks, trunks);
  if (sheets != NULL)
    count_rules (talks, sheets);
  return talks;
}

PtlTalks *
ptl_talks_ref (PtlTalks *talks)
{
  g_atomic_ref_count_inc (&talks->refs);
  return talks;
}

void
ptl_talks_unref (PtlTalks *talks)
{
  if (talks == NULL || !g_atomic_ref_count_dec (&talks->refs))
    return;
  g_free (talks->talks);
  g_free (talks->trunks);
  g_string_chunk_free (talks->labels);
  ptl_routes_unref (talks->routes);
  g_free (talks);
}

int
ptl_talks_find (const PtlTalks *talks, guint node, guint other)
{
  PtlTalk key = { .a = MIN (node, other), .b = MAX (node, other) };
  const PtlTalk *found = talks->n > 0 ? bsearch (&key, talks->talks, talks->n, sizeof key, compare_talks) : NULL;

  return found != NULL ? (int) (found - talks->talks) : -1;
}

int
ptl_talks_find_trunk (const PtlTalks *talks, guint zone, guint other)
{
  PtlTrunk key = { .a = MIN (zone, other), .b = MAX (zone, other) };
  const PtlTrunk *found
      = talks->n_trunks > 0 ? bsearch (&key, talks->trunks, talks->n_trunks, sizeof key, compare_trunks) : NULL;

  return found != NULL ? (int) (found - talks->trunks) : -1;
}
