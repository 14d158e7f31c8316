#include "ptl-flows.h"

#include <string.h>

#include "ptl-classes.h"
#include "ptl-hash.h"
#include "ptl-match.h"

/* Sorts the matches by source class, then destination class: two stable passes of counting, so the
 * time stays proportional to their number. */
static GArray *
sort_matches (GArray *matches, guint n_classes)
{
  for (int pass = 0; pass < 2; pass++)
    {
      GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (PtlMatch), matches->len);
      g_autofree guint *next = g_new0 (guint, n_classes + 2);

      g_array_set_size (sorted, matches->len);
      for (guint i = 0; i < matches->len; i++)
        {
          const PtlMatch *match = &g_array_index (matches, PtlMatch, i);

          next[(pass == 0 ? match->destination : match->source) + 1]++;
        }
      for (guint i = 0; i < n_classes; i++)
        next[i + 1] += next[i];
      for (guint i = 0; i < matches->len; i++)
        {
          const PtlMatch *match = &g_array_index (matches, PtlMatch, i);

          g_array_index (sorted, PtlMatch, next[pass == 0 ? match->destination : match->source]++) = *match;
        }
      g_array_unref (matches);
      matches = sorted;
    }
  return matches;
}

static int
compare_flows (gconstpointer a, gconstpointer b, gpointer data)
{
  const PtlCatalogue *catalogue = data;
  const PtlFlow *one = a, *other = b;
  const PtlRule *rule = ptl_catalogue_rule (catalogue, one->rule);
  const PtlRule *other_rule = ptl_catalogue_rule (catalogue, other->rule);

  if (one->protocol != other->protocol)
    return one->protocol - other->protocol;
  if (one->from != other->from)
    return one->from - other->from;
  if (one->to != other->to)
    return one->to - other->to;
  if (rule != other_rule)
    return strcmp (rule->id, other_rule->id);
  return strcmp (rule->services[one->service].name, rule->services[other->service].name);
}

/* The value that a service of a match takes its ports from, or NULL when they are fixed. */
static const PtlValue *
value_of (const PtlFlows *flows, const PtlMatch *match, const PtlService *service)
{
  const PtlGraph *graph = flows->graph;
  guint class = match->destination;

  if (service->setting < 0)
    return NULL;
  /* The to side of the rule is the source of the way back. */
  if (match->back && !ptl_catalogue_setting (graph->catalogue, service->setting)->from_destination)
    class = match->source;
  return graph->nodes[flows->classes[class].node].values[service->setting];
}

/* Adds the flows of one service of a match, one a port range. */
static void
add_service (const PtlFlows *flows, const PtlMatch *match, guint index, GArray *found)
{
  const PtlService *service = &ptl_catalogue_rule (flows->graph->catalogue, match->rule)->services[index];
  const PtlValue *value = value_of (flows, match, service);
  PtlFlow flow = { service->range.from, service->range.to, match->rule,
                   (guint8) index,      service->protocol, (guint8) match->back };

  if (value == NULL)
    g_array_append_val (found, flow);
  for (guint i = 0; value != NULL && i < value->n_ranges; i++)
    {
      flow.from = value->ranges[i].from;
      flow.to = value->ranges[i].to;
      g_array_append_val (found, flow);
    }
}

/* A flow that the way forward and the way back of a rule both ask for is one flow, asked for forward. */
static void
remove_duplicates (GArray *flows, const PtlCatalogue *catalogue)
{
  guint kept = 0;

  for (guint i = 0; i < flows->len; i++)
    {
      PtlFlow *flow = &g_array_index (flows, PtlFlow, i);
      PtlFlow *last = kept > 0 ? &g_array_index (flows, PtlFlow, kept - 1) : NULL;

      if (last != NULL && compare_flows (last, flow, (gpointer) catalogue) == 0)
        last->back &= flow->back;
      else
        g_array_index (flows, PtlFlow, kept++) = *flow;
    }
  g_array_set_size (flows, kept);
}

static guint
add_bundle (PtlFlows *flows, const PtlMatch *matches, guint n)
{
  const PtlCatalogue *catalogue = flows->graph->catalogue;
  GArray *found = g_array_new (FALSE, FALSE, sizeof (PtlFlow));
  PtlBundle bundle;

  for (guint i = 0; i < n; i++)
    for (guint service = 0; service < PTL_MAX_SERVICES; service++)
      if (matches[i].services & (1u << service))
        add_service (flows, &matches[i], service, found);
  g_array_sort_with_data (found, compare_flows, (gpointer) catalogue);
  remove_duplicates (found, catalogue);
  bundle.n = found->len;
  bundle.flows = (PtlFlow *) (gpointer) g_array_free (found, FALSE);
  g_array_append_val (flows->bundles, bundle);
  return flows->bundles->len - 1;
}

/* What a bundle depends on, as bytes: what matched, and the values its ports are taken from. */
static void
make_key (GByteArray *key, const PtlFlows *flows, const PtlMatch *matches, guint n)
{
  g_byte_array_set_size (key, 0);
  for (guint i = 0; i < n; i++)
    {
      const PtlRule *rule = ptl_catalogue_rule (flows->graph->catalogue, matches[i].rule);

      g_byte_array_append (key, (const guint8 *) &matches[i].services,
                           sizeof (PtlMatch) - G_STRUCT_OFFSET (PtlMatch, services));
      for (guint j = 0; j < rule->n_services; j++)
        if ((matches[i].services & (1u << j)) != 0 && rule->services[j].setting >= 0)
          {
            const PtlValue *value = value_of (flows, &matches[i], &rule->services[j]);

            g_byte_array_append (key, (const guint8 *) &value, sizeof value);
          }
    }
}

static void
add_pairs (PtlFlows *flows, const GArray *matches)
{
  g_autoptr (GHashTable) known
      = g_hash_table_new_full (ptl_hash_bytes, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  g_autoptr (GByteArray) key = g_byte_array_new ();
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (PtlPair));
  const PtlMatch *all = (const PtlMatch *) (gconstpointer) matches->data;

  for (guint i = 0, end; i < matches->len; i = end)
    {
      PtlPair pair = { all[i].source, all[i].destination, 0 };
      g_autoptr (GBytes) bytes = NULL;
      gpointer bundle;

      for (end = i + 1;
           end < matches->len && all[end].source == pair.source && all[end].destination == pair.destination; end++)
        ;
      make_key (key, flows, all + i, end - i);
      bytes = g_bytes_new_static (key->data, key->len);
      if (!g_hash_table_lookup_extended (known, bytes, NULL, &bundle))
        {
          bundle = GUINT_TO_POINTER (add_bundle (flows, all + i, end - i));
          g_hash_table_insert (known, g_bytes_new (key->data, key->len), bundle);
        }
      pair.bundle = GPOINTER_TO_UINT (bundle);
      g_array_append_val (pairs, pair);
    }
  flows->n_pairs = pairs->len;
  flows->pairs = (PtlPair *) (gpointer) g_array_free (pairs, FALSE);
}

static void
clear_bundle (gpointer data)
{
  g_free (((PtlBundle *) data)->flows);
}

/**
 * ptl_flows_new:
 *
 * Finds every flow that the catalogue's rules ask for in the plan.
 *
 * Returns: (transfer full): the flows; they keep @graph alive
 */
PtlFlows *
ptl_flows_new (PtlGraph *graph)
{
  PtlFlows *flows = g_new0 (PtlFlows, 1);
  GArray *matches;

  g_atomic_ref_count_init (&flows->refs);
  flows->graph = ptl_graph_ref (graph);
  flows->blocks = g_ptr_array_new_with_free_func (g_free);
  flows->bundles = g_array_new (FALSE, FALSE, sizeof (PtlBundle));
  g_array_set_clear_func (flows->bundles, clear_bundle);
  ptl_classes_build (flows);
  matches = sort_matches (ptl_match_all (flows), flows->n_classes);
  add_pairs (flows, matches);
  g_array_unref (matches);
  flows->first_pair = g_new0 (guint, flows->n_classes + 1);
  for (guint i = 0; i < flows->n_pairs; i++)
    flows->first_pair[flows->pairs[i].source + 1]++;
  for (guint i = 0; i < flows->n_classes; i++)
    flows->first_pair[i + 1] += flows->first_pair[i];
  return flows;
}

PtlFlows *
ptl_flows_ref (PtlFlows *flows)
{
  g_atomic_ref_count_inc (&flows->refs);
  return flows;
}

void
ptl_flows_unref (PtlFlows *flows)
{
  if (flows == NULL || !g_atomic_ref_count_dec (&flows->refs))
    return;
  g_free (flows->classes);
  g_free (flows->class_of);
  g_free (flows->by_id);
  g_free (flows->id_rank);
  g_free (flows->pairs);
  g_free (flows->first_pair);
  g_array_unref (flows->bundles);
  g_ptr_array_unref (flows->blocks);
  ptl_graph_unref (flows->graph);
  g_free (flows);
}

/**
 * ptl_flows_between:
 * @source: a node
 * @destination: another node
 *
 * Returns: (nullable): the flows that @source starts to @destination
 */
const PtlBundle *
ptl_flows_between (const PtlFlows *flows, guint source, guint destination)
{
  guint class = flows->class_of[source], other = flows->class_of[destination];
  guint low = flows->first_pair[class], high = flows->first_pair[class + 1];

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (flows->pairs[middle].destination == other)
        return source == destination ? NULL : ptl_flows_bundle (flows, flows->pairs[middle].bundle);
      if (flows->pairs[middle].destination < other)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/* Whether the pair's ends stand in different zones. */
gboolean
ptl_flows_pair_crosses (const PtlFlows *flows, const PtlPair *pair)
{
  int source = flows->graph->nodes[flows->classes[pair->source].node].zone;
  int destination = flows->graph->nodes[flows->classes[pair->destination].node].zone;

  return source >= 0 && destination >= 0 && source != destination;
}

/* A destination of the source at hand. */
typedef struct
{
  guint rank, bundle;
} Destination;

static int
compare_destinations (gconstpointer a, gconstpointer b)
{
  const Destination *one = a, *other = b;

  return (one->rank > other->rank) - (one->rank < other->rank);
}

/* All nodes that a class has flows to, or flows that cross, by id. */
static void
list_destinations (const PtlFlows *flows, guint class, gboolean crossing_only, GArray *destinations)
{
  g_array_set_size (destinations, 0);
  for (guint i = flows->first_pair[class]; i < flows->first_pair[class + 1]; i++)
    {
      const PtlClass *other = &flows->classes[flows->pairs[i].destination];

      if (crossing_only && !ptl_flows_pair_crosses (flows, &flows->pairs[i]))
        continue;
      for (guint j = 0; j < other->n_members; j++)
        {
          Destination destination = { flows->id_rank[other->members[j]], flows->pairs[i].bundle };

          g_array_append_val (destinations, destination);
        }
    }
  g_array_sort (destinations, compare_destinations);
}

void
ptl_flows_foreach (const PtlFlows *flows, gboolean crossing_only, PtlPairFunc func, gpointer data)
{
  g_autoptr (GArray) destinations = g_array_new (FALSE, FALSE, sizeof (Destination));
  guint listed = G_MAXUINT; /* neighbours by id are often of one class: then the list still serves */

  for (guint i = 0; i < flows->graph->n_nodes; i++)
    {
      guint source = flows->by_id[i];

      if (flows->class_of[source] != listed)
        {
          listed = flows->class_of[source];
          list_destinations (flows, listed, crossing_only, destinations);
        }
      for (guint j = 0; j < destinations->len; j++)
        {
          const Destination *destination = &g_array_index (destinations, Destination, j);

          if (destination->rank != i
              && !func (source, flows->by_id[destination->rank], ptl_flows_bundle (flows, destination->bundle), data))
            return;
        }
    }
}
