#include "ptl-consolidate.h"

#include <string.h>

#include "ptl-hash.h"
#include "ptl-order.h"

static int
compare_rule_ids (gconstpointer a, gconstpointer b, gpointer data)
{
  const PtlCatalogue *catalogue = data;

  return strcmp (ptl_catalogue_rule (catalogue, *(const guint *) a)->id,
                 ptl_catalogue_rule (catalogue, *(const guint *) b)->id);
}

void
ptl_consolidator_init (PtlConsolidator *c, const PtlFlows *flows)
{
  const PtlCatalogue *catalogue = flows->graph->catalogue;

  c->flows = flows;
  c->sets = g_hash_table_new_full (ptl_hash_bytes, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  c->grants = g_new0 (GPtrArray *, flows->bundles->len + 1);
  c->rule_rank = ptl_rank (catalogue->rules->len, compare_rule_ids, catalogue);
}

void
ptl_consolidator_clear (PtlConsolidator *c)
{
  for (guint i = 0; i < c->flows->bundles->len; i++)
    g_clear_pointer (&c->grants[i], g_ptr_array_unref);
  g_free (c->grants);
  g_free (c->rule_rank);
  g_hash_table_unref (c->sets);
}

/* The one copy of some data: equal data are the same pointer. */
static gconstpointer
intern (PtlConsolidator *c, gconstpointer data, gsize size)
{
  g_autoptr (GBytes) key = g_bytes_new_static (data, size);
  GBytes *known = NULL;

  if (!g_hash_table_lookup_extended (c->sets, key, (gpointer *) &known, NULL))
    {
      known = g_bytes_new (data, size);
      g_hash_table_add (c->sets, known);
    }
  return g_bytes_get_data (known, NULL);
}

static int
compare_references (gconstpointer a, gconstpointer b, gpointer data)
{
  const PtlConsolidator *c = data;
  const PtlReference *one = a, *other = b;

  if (one->range.from != other->range.from)
    return one->range.from - other->range.from;
  if (one->rule != other->rule)
    return c->rule_rank[one->rule] < c->rule_rank[other->rule] ? -1 : 1;
  return one->service - other->service;
}

/* Each service once a range; asked for by a way back only when nothing asks for it forward. */
static void
sort_references (PtlConsolidator *c, GArray *references)
{
  guint kept = 0;

  g_array_sort_with_data (references, compare_references, c);
  for (guint i = 0; i < references->len; i++)
    {
      PtlReference *reference = &g_array_index (references, PtlReference, i);
      PtlReference *last = kept > 0 ? &g_array_index (references, PtlReference, kept - 1) : NULL;

      if (last != NULL && compare_references (last, reference, c) == 0)
        last->back &= reference->back;
      else
        g_array_index (references, PtlReference, kept++) = *reference;
    }
  g_array_set_size (references, kept);
}

static void
free_grant (gpointer data)
{
  PtlGrant *grant = data;

  g_array_unref (grant->references);
  g_free (grant);
}

/* A part of the ports for which the same rules ask. */
typedef struct
{
  PtlProtocol protocol;
  gconstpointer reasons; /* interned */
  guint n_reasons;
  GArray *ranges;     /* PtlRange */
  GArray *references; /* PtlReference, their ranges not joined yet */
} Part;

static void
free_part (gpointer data)
{
  Part *part = data;

  g_array_unref (part->ranges);
  g_array_unref (part->references);
  g_free (part);
}

/* The rules of some flows, each once, by id. */
static gconstpointer
intern_reasons (PtlConsolidator *c, const GPtrArray *active, guint *n_reasons)
{
  g_autofree guint *rules = g_new (guint, active->len);
  guint n = 0;

  /* Sorted by rank, then turned back into rules: neighbours are equal. */
  for (guint i = 0; i < active->len; i++)
    rules[i] = c->rule_rank[((const PtlFlow *) active->pdata[i])->rule];
  qsort (rules, active->len, sizeof (guint), ptl_compare_guints);
  for (guint i = 0; i < active->len; i++)
    if (i == 0 || rules[i] != rules[n - 1])
      rules[n++] = rules[i];
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < active->len; j++)
      if (c->rule_rank[((const PtlFlow *) active->pdata[j])->rule] == rules[i])
        {
          rules[i] = ((const PtlFlow *) active->pdata[j])->rule;
          break;
        }
  *n_reasons = n;
  return intern (c, rules, n * sizeof (guint));
}

static Part *
find_part (GPtrArray *parts, PtlProtocol protocol, gconstpointer reasons, guint n_reasons)
{
  Part *part;

  for (guint i = 0; i < parts->len; i++)
    {
      part = parts->pdata[i];
      if (part->protocol == protocol && part->reasons == reasons && part->n_reasons == n_reasons)
        return part;
    }
  part = g_new0 (Part, 1);
  part->protocol = protocol;
  part->reasons = reasons;
  part->n_reasons = n_reasons;
  part->ranges = g_array_new (FALSE, FALSE, sizeof (PtlRange));
  part->references = g_array_new (FALSE, FALSE, sizeof (PtlReference));
  g_ptr_array_add (parts, part);
  return part;
}

/* All active flows ask for the ports of the range. */
static void
add_range (PtlConsolidator *c, GPtrArray *parts, const GPtrArray *active, PtlRange range)
{
  guint n_reasons;
  gconstpointer reasons = intern_reasons (c, active, &n_reasons);
  PtlProtocol protocol = ((const PtlFlow *) active->pdata[0])->protocol;
  Part *part = find_part (parts, protocol, reasons, n_reasons);
  PtlRange *last = part->ranges->len > 0 ? &g_array_index (part->ranges, PtlRange, part->ranges->len - 1) : NULL;

  if (last != NULL && last->to + 1 == range.from)
    last->to = range.to;
  else
    g_array_append_val (part->ranges, range);
  for (guint i = 0; i < active->len; i++)
    {
      const PtlFlow *flow = active->pdata[i];
      PtlReference reference = { range, flow->rule, flow->service, flow->back };

      g_array_append_val (part->references, reference);
    }
}

/* Sweeps over the ports of the flows of one protocol, which come sorted by their first port. Few are
 * active at a time: the ranges of one service do not overlap. */
static void
sweep (PtlConsolidator *c, const PtlFlow *flows, guint n, GPtrArray *parts)
{
  g_autoptr (GPtrArray) active = g_ptr_array_new ();
  guint next = 0, port = 0;

  while (next < n || active->len > 0)
    {
      guint end = 65536;

      if (active->len == 0)
        port = flows[next].from;
      while (next < n && flows[next].from == port)
        g_ptr_array_add (active, (gpointer) &flows[next++]);
      if (next < n)
        end = flows[next].from;
      for (guint i = 0; i < active->len; i++)
        end = MIN (end, ((const PtlFlow *) active->pdata[i])->to + 1u);
      add_range (c, parts, active, (PtlRange){ (guint16) port, (guint16) (end - 1) });
      for (guint i = active->len; i-- > 0;)
        if (((const PtlFlow *) active->pdata[i])->to + 1u == end)
          g_ptr_array_remove_index_fast (active, i);
      port = end;
    }
}

/* The joined range that holds the first port of `part`. */
static PtlRange
joined_range (const GArray *ranges, PtlRange part)
{
  guint low = 0, high = ranges->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (ranges, PtlRange, middle).from <= part.from)
        low = middle;
      else
        high = middle;
    }
  return g_array_index (ranges, PtlRange, low);
}

static PtlGrant *
make_grant (PtlConsolidator *c, Part *part)
{
  const PtlCatalogue *catalogue = c->flows->graph->catalogue;
  PtlGrant *grant = g_new0 (PtlGrant, 1);

  grant->protocol = part->protocol;
  grant->reasons = part->reasons;
  grant->n_reasons = part->n_reasons;
  grant->phase = PTL_PHASE_INSTALLATION;
  for (guint i = 0; i < grant->n_reasons; i++)
    if (ptl_catalogue_rule (catalogue, grant->reasons[i])->phase == PTL_PHASE_OPERATION)
      grant->phase = PTL_PHASE_OPERATION;
  grant->n_ranges = part->protocol == PTL_PROTOCOL_ICMP ? 0 : part->ranges->len;
  grant->ranges = intern (c, part->ranges->data, grant->n_ranges * sizeof (PtlRange));
  for (guint i = 0; i < part->references->len; i++)
    {
      PtlReference *reference = &g_array_index (part->references, PtlReference, i);

      reference->range = joined_range (part->ranges, reference->range);
    }
  grant->references = g_array_ref (part->references);
  sort_references (c, grant->references);
  return grant;
}

const GPtrArray *
ptl_consolidator_grants (PtlConsolidator *c, guint index)
{
  const PtlBundle *bundle = ptl_flows_bundle (c->flows, index);
  g_autoptr (GPtrArray) parts = NULL;

  if (c->grants[index] != NULL)
    return c->grants[index];
  parts = g_ptr_array_new_with_free_func (free_part);
  for (guint i = 0, end; i < bundle->n; i = end)
    {
      for (end = i; end < bundle->n && bundle->flows[end].protocol == bundle->flows[i].protocol; end++)
        ;
      sweep (c, bundle->flows + i, end - i, parts);
    }
  c->grants[index] = g_ptr_array_new_with_free_func (free_grant);
  for (guint i = 0; i < parts->len; i++)
    g_ptr_array_add (c->grants[index], make_grant (c, parts->pdata[i]));
  return c->grants[index];
}

/* One grant between two classes. */
typedef struct
{
  const PtlGrant *grant;
  guint source, destination;
} Item;

static int
compare_pointers (gconstpointer a, gconstpointer b)
{
  return (GPOINTER_TO_SIZE (a) > GPOINTER_TO_SIZE (b)) - (GPOINTER_TO_SIZE (a) < GPOINTER_TO_SIZE (b));
}

/* Grants that permit the same for the same reasons are equal: their lists are interned. */
static int
compare_grants (const PtlGrant *one, const PtlGrant *other)
{
  int order = compare_pointers (one->reasons, other->reasons);

  if (one == other)
    return 0;
  if (one->protocol != other->protocol)
    return one->protocol < other->protocol ? -1 : 1;
  if (one->n_reasons != other->n_reasons)
    return one->n_reasons < other->n_reasons ? -1 : 1;
  if (order != 0)
    return order;
  if (one->n_ranges != other->n_ranges)
    return one->n_ranges < other->n_ranges ? -1 : 1;
  return compare_pointers (one->ranges, other->ranges);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const Item *one = a, *other = b;
  int order = compare_grants (one->grant, other->grant);

  if (order != 0)
    return order;
  if (one->destination != other->destination)
    return one->destination < other->destination ? -1 : 1;
  return (one->source > other->source) - (one->source < other->source);
}

static void
free_block (gpointer data)
{
  PtlBlock *block = data;

  g_array_unref (block->references);
  g_free ((gpointer) block->sources);
  g_free ((gpointer) block->destinations);
  g_free (block);
}

static PtlBlock *
make_block (const PtlGrant *grant, const guint *sources, guint n_sources, const guint *destinations,
            guint n_destinations)
{
  PtlBlock *block = g_new0 (PtlBlock, 1);

  block->grant = grant;
  block->n_sources = n_sources;
  block->sources = g_memdup2 (sources, n_sources * sizeof (guint));
  block->n_destinations = n_destinations;
  block->destinations = g_memdup2 (destinations, n_destinations * sizeof (guint));
  return block;
}

/* A destination class with all that may send it the same: a run of items. */
typedef struct
{
  guint first, n; /* items */
} Run;

typedef struct
{
  const GArray *items;
  const guint *sources; /* of the items */
} RunContext;

/* Runs with equal grants and equal sources come together, their destinations ascending. */
static int
compare_runs (gconstpointer a, gconstpointer b, gpointer data)
{
  const RunContext *context = data;
  const Run *one = a, *other = b;
  const Item *item = &g_array_index (context->items, Item, one->first);
  const Item *other_item = &g_array_index (context->items, Item, other->first);
  int order = compare_grants (item->grant, other_item->grant);

  if (order != 0)
    return order;
  if (one->n != other->n)
    return one->n < other->n ? -1 : 1;
  order = memcmp (context->sources + one->first, context->sources + other->first, one->n * sizeof (guint));
  return order;
}

static int
compare_runs_stably (gconstpointer a, gconstpointer b, gpointer data)
{
  int order = compare_runs (a, b, data);

  return order != 0 ? order : ((const Run *) a)->first < ((const Run *) b)->first ? -1 : 1;
}

static GArray *
collect_items (PtlConsolidator *c, const guint *pairs, guint n_pairs)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (Item));

  for (guint i = 0; i < n_pairs; i++)
    {
      const PtlPair *pair = &c->flows->pairs[pairs[i]];
      const GPtrArray *grants = ptl_consolidator_grants (c, pair->bundle);

      for (guint j = 0; j < grants->len; j++)
        {
          Item item = { grants->pdata[j], pair->source, pair->destination };

          g_array_append_val (items, item);
        }
    }
  return items;
}

static PtlBlock *
join_runs (PtlConsolidator *c, const RunContext *context, const Run *runs, guint n)
{
  const Item *first = &g_array_index (context->items, Item, runs[0].first);
  g_autofree guint *destinations = g_new (guint, n);
  const PtlGrant *last = NULL;
  PtlBlock *block;

  for (guint i = 0; i < n; i++)
    destinations[i] = g_array_index (context->items, Item, runs[i].first).destination;
  block = make_block (first->grant, context->sources + runs[0].first, runs[0].n, destinations, n);
  block->references = g_array_new (FALSE, FALSE, sizeof (PtlReference));
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < runs[i].n; j++)
      {
        const PtlGrant *grant = g_array_index (context->items, Item, runs[i].first + j).grant;

        if (grant != last)
          g_array_append_vals (block->references, grant->references->data, grant->references->len);
        last = grant;
      }
  sort_references (c, block->references);
  return block;
}

static void
join (PtlConsolidator *c, GArray *items, GPtrArray *blocks)
{
  g_autofree guint *sources = g_new (guint, items->len + 1);
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (Run));
  RunContext context = { items, sources };

  g_array_sort (items, compare_items);
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);
      Run run = { i, 1 };

      sources[i] = item->source;
      if (i > 0 && compare_grants (item[-1].grant, item->grant) == 0 && item[-1].destination == item->destination)
        g_array_index (runs, Run, runs->len - 1).n++;
      else
        g_array_append_val (runs, run);
    }
  g_array_sort_with_data (runs, compare_runs_stably, &context);
  for (guint i = 0, end; i < runs->len; i = end)
    {
      for (end = i + 1; end < runs->len
                        && compare_runs (&g_array_index (runs, Run, i), &g_array_index (runs, Run, end), &context) == 0;
           end++)
        ;
      g_ptr_array_add (blocks, join_runs (c, &context, &g_array_index (runs, Run, i), end - i));
    }
}

GPtrArray *
ptl_consolidate (PtlConsolidator *c, const guint *pairs, guint n_pairs, gboolean split)
{
  g_autoptr (GArray) items = collect_items (c, pairs, n_pairs);
  GPtrArray *blocks = g_ptr_array_new_with_free_func (free_block);

  if (!split)
    {
      join (c, items, blocks);
      return blocks;
    }
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);
      PtlBlock *block = make_block (item->grant, &item->source, 1, &item->destination, 1);

      block->references = g_array_ref (item->grant->references);
      g_ptr_array_add (blocks, block);
    }
  return blocks;
}
