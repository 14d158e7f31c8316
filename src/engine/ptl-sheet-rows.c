#include <string.h>

#include "ptl-order.h"
#include "ptl-sheets-private.h"

/* The rows between two zones: blocks of classes spelled out as nodes, cut to cells that fit, named and put in order. */

#define SEPARATOR_LENGTH 2 /* "; " */

/* Nodes of some classes in the two orders that a row needs. */
typedef struct
{
  guint n;
  guint *by_name; /* nodes */
  guint *ranks;   /* of the same nodes by id, ascending */
} NodeList;

/* A row with what its place in the sheet depends on. */
typedef struct
{
  PtlRow row;
  const PtlSheets *sheets;
  guint *source_ranks, *destination_ranks; /* by id, ascending */
  PtlReference *references;
  gboolean owns_ranks, owns_references;
} SheetRow;

void
ptl_sheet_list_free (gpointer data)
{
  NodeList *list = data;

  g_free (list->by_name);
  g_free (list->ranks);
  g_free (list);
}

static void
free_row (gpointer data)
{
  SheetRow *row = data;

  if (row->owns_ranks)
    {
      g_free (row->source_ranks);
      g_free (row->destination_ranks);
    }
  if (row->owns_references)
    g_free (row->references);
  g_free (row);
}

static int
compare_by_name (gconstpointer a, gconstpointer b, gpointer data)
{
  const guint *ranks = data;

  return ranks[*(const guint *) a] < ranks[*(const guint *) b] ? -1 : 1;
}

static guint *
sorted_ranks (const PtlSheets *sheets, const guint *nodes, guint n)
{
  guint *ranks = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    ranks[i] = sheets->routes->flows->id_rank[nodes[i]];
  qsort (ranks, n, sizeof (guint), ptl_compare_guints);
  return ranks;
}

/* The nodes of some classes; many rows have the same ones. */
static const NodeList *
list_nodes (PtlSheets *sheets, const guint *classes, guint n_classes)
{
  const PtlFlows *flows = sheets->routes->flows;
  g_autoptr (GBytes) key = g_bytes_new (classes, n_classes * sizeof (guint));
  NodeList *list = g_hash_table_lookup (sheets->lists, key);
  guint n = 0;

  if (list != NULL)
    return list;
  list = g_new0 (NodeList, 1);
  for (guint i = 0; i < n_classes; i++)
    list->n += flows->classes[classes[i]].n_members;
  list->by_name = g_new (guint, list->n);
  for (guint i = 0; i < n_classes; i++)
    {
      const PtlClass *class = &flows->classes[classes[i]];

      memcpy (list->by_name + n, class->members, class->n_members * sizeof (guint));
      n += class->n_members;
    }
  g_qsort_with_data (list->by_name, (int) n, sizeof (guint), compare_by_name, sheets->name_rank);
  list->ranks = sorted_ranks (sheets, list->by_name, n);
  g_hash_table_insert (sheets->lists, g_bytes_ref (key), list);
  return list;
}

static void
digest_nodes (GChecksum *checksum, const PtlSheets *sheets, const guint *ranks, guint n)
{
  const PtlFlows *flows = sheets->routes->flows;

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_checksum_update (checksum, (const guint8 *) " ", 1);
      g_checksum_update (checksum, (const guint8 *) flows->graph->nodes[flows->by_id[ranks[i]]].id, -1);
    }
  g_checksum_update (checksum, (const guint8 *) "\n", 1);
}

static void
digest_text (GChecksum *checksum, const char *text, const char *end)
{
  g_checksum_update (checksum, (const guint8 *) text, -1);
  g_checksum_update (checksum, (const guint8 *) end, -1);
}

/* The row's id: it changes when what the row permits or why changes, and only then. */
static void
make_id (SheetRow *r)
{
  const PtlGraph *graph = r->sheets->graph;
  PtlRow *row = &r->row;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  char range[16];

  digest_text (checksum, graph->zones[row->source_zone].id, "\n");
  digest_text (checksum, graph->zones[row->destination_zone].id, "\n");
  digest_text (checksum, ptl_phase_names[row->phase], "\n");
  digest_text (checksum, ptl_protocol_names[row->protocol], "\n");
  digest_nodes (checksum, r->sheets, r->source_ranks, row->n_sources);
  digest_nodes (checksum, r->sheets, r->destination_ranks, row->n_destinations);
  for (guint i = 0; i < row->n_ranges; i++)
    {
      g_snprintf (range, sizeof range, "%u-%u", row->ranges[i].from, row->ranges[i].to);
      digest_text (checksum, range, i + 1 < row->n_ranges ? " " : "");
    }
  g_checksum_update (checksum, (const guint8 *) "\n", 1);
  for (guint i = 0; i < row->n_reasons; i++)
    digest_text (checksum, ptl_catalogue_rule (graph->catalogue, row->reasons[i])->id,
                 i + 1 < row->n_reasons ? " " : "");
  row->id[0] = 'R';
  memcpy (row->id + 1, g_checksum_get_string (checksum), 12);
  row->id[13] = '\0';
}

/* A part of a list of nodes. */
typedef struct
{
  const NodeList *list;
  guint first, n;
} Slice;

/* Where the longest run that starts at `first` and fits into a cell ends: at least one thing. */
static guint
run_end (guint first, guint end, guint quote, guint (*length) (guint, gconstpointer), gconstpointer data)
{
  guint sum = quote + length (first, data);
  guint i = first + 1;

  for (; i < end; i++)
    {
      sum += SEPARATOR_LENGTH + length (i, data);
      if (sum > PTL_CELL_LIMIT)
        break;
    }
  return i;
}

typedef struct
{
  const guint *nodes;
  const guint *lengths;
} NodeLengths;

static guint
node_length (guint i, gconstpointer data)
{
  const NodeLengths *lengths = data;

  return lengths->lengths[lengths->nodes[i]];
}

static guint
digits (guint number)
{
  return number < 10 ? 1 : number < 100 ? 2 : number < 1000 ? 3 : number < 10000 ? 4 : 5;
}

static guint
range_length (guint i, gconstpointer data)
{
  const PtlRange *range = (const PtlRange *) data + i;

  return digits (range->from) + (range->from == range->to ? 0 : 1 + digits (range->to));
}

/* The end of the part of `slice` that starts at `first`, by one column. A cell that starts like a
 * formula gets a quote before it. */
static guint
slice_end (const PtlSheets *sheets, const Slice *slice, guint first, gboolean addresses)
{
  NodeLengths lengths = { slice->list->by_name, addresses ? sheets->address_length : sheets->name_length };
  gboolean quoted = !addresses && strchr ("=+-@", sheets->node_names[lengths.nodes[first]][0]) != NULL;

  return run_end (first, slice->first + slice->n, quoted ? 1 : 0, node_length, &lengths);
}

/* Cuts a list so that its names fit into a cell, and each part again so that its addresses do. */
static GArray *
cut_list (const PtlSheets *sheets, const NodeList *list)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Slice));

  for (guint first = 0, end; first < list->n; first = end)
    {
      Slice names = { list, first, 0 };

      end = slice_end (sheets, &(Slice){ list, first, list->n - first }, first, FALSE);
      names.n = end - first;
      for (guint f = first, e; f < end; f = e)
        {
          Slice part = { list, f, 0 };

          e = slice_end (sheets, &names, f, TRUE);
          part.n = e - f;
          g_array_append_val (parts, part);
        }
    }
  return parts;
}

static void
take_ranks (const PtlSheets *sheets, const Slice *slice, guint **ranks)
{
  *ranks = sorted_ranks (sheets, slice->list->by_name + slice->first, slice->n);
}

/* The references to the ranges of the row, when these are not all that the block has. */
static void
take_references (SheetRow *r, const GArray *references)
{
  const PtlRow *row = &r->row;
  PtlReference *taken = g_new (PtlReference, references->len);
  guint n = 0;

  for (guint i = 0; i < references->len; i++)
    {
      const PtlReference *reference = &g_array_index (references, PtlReference, i);

      if (reference->range.from >= row->ranges[0].from && reference->range.to <= row->ranges[row->n_ranges - 1].to)
        taken[n++] = *reference;
    }
  r->references = taken;
  r->owns_references = TRUE;
  r->row.n_references = n;
}

typedef struct
{
  PtlSheets *sheets;
  guint source_zone, destination_zone;
  const PtlBlock *block;
  GPtrArray *rows;
} RowMaker;

static void
add_row (const RowMaker *maker, const Slice *sources, const Slice *destinations, guint first_range, guint n_ranges)
{
  const PtlGrant *grant = maker->block->grant;
  SheetRow *r = g_new0 (SheetRow, 1);
  PtlRow *row = &r->row;

  r->sheets = maker->sheets;
  row->source_zone = maker->source_zone;
  row->destination_zone = maker->destination_zone;
  row->phase = grant->phase;
  row->protocol = grant->protocol;
  row->n_ranges = n_ranges;
  row->ranges = n_ranges > 0 ? grant->ranges + first_range : NULL;
  row->n_sources = sources->n;
  row->sources = sources->list->by_name + sources->first;
  row->n_destinations = destinations->n;
  row->destinations = destinations->list->by_name + destinations->first;
  row->n_reasons = grant->n_reasons;
  row->reasons = grant->reasons;
  if (sources->n == sources->list->n && destinations->n == destinations->list->n)
    {
      r->source_ranks = sources->list->ranks;
      r->destination_ranks = destinations->list->ranks;
    }
  else
    {
      take_ranks (maker->sheets, sources, &r->source_ranks);
      take_ranks (maker->sheets, destinations, &r->destination_ranks);
      r->owns_ranks = TRUE;
    }
  if (n_ranges == grant->n_ranges)
    {
      r->references = (PtlReference *) (gpointer) maker->block->references->data;
      row->n_references = maker->block->references->len;
    }
  else
    take_references (r, maker->block->references);
  row->references = r->references;
  make_id (r);
  g_ptr_array_add (maker->rows, r);
}

/* The ranges, in parts that fit into a cell; ICMP has none and is one part. */
static void
add_range_rows (const RowMaker *maker, const Slice *sources, const Slice *destinations)
{
  const PtlGrant *grant = maker->block->grant;

  if (grant->n_ranges == 0)
    add_row (maker, sources, destinations, 0, 0);
  for (guint first = 0, end; first < grant->n_ranges; first = end)
    {
      end = maker->sheets->expand ? first + 1 : run_end (first, grant->n_ranges, 0, range_length, grant->ranges);
      add_row (maker, sources, destinations, first, end - first);
    }
}

static GArray *
parts_of (const PtlSheets *sheets, const NodeList *list)
{
  GArray *parts;

  if (!sheets->expand)
    return cut_list (sheets, list);
  parts = g_array_new (FALSE, FALSE, sizeof (Slice));
  for (guint i = 0; i < list->n; i++)
    {
      Slice part = { list, i, 1 };

      g_array_append_val (parts, part);
    }
  return parts;
}

static void
add_block (const RowMaker *maker)
{
  const PtlBlock *block = maker->block;
  const NodeList *sources = list_nodes (maker->sheets, block->sources, block->n_sources);
  const NodeList *destinations = list_nodes (maker->sheets, block->destinations, block->n_destinations);
  g_autoptr (GArray) source_parts = parts_of (maker->sheets, sources);
  g_autoptr (GArray) destination_parts = parts_of (maker->sheets, destinations);

  for (guint i = 0; i < source_parts->len; i++)
    for (guint j = 0; j < destination_parts->len; j++)
      add_range_rows (maker, &g_array_index (source_parts, Slice, i), &g_array_index (destination_parts, Slice, j));
}

static int
compare_lists (const guint *one, guint n, const guint *other, guint other_n)
{
  for (guint i = 0; i < MIN (n, other_n); i++)
    if (one[i] != other[i])
      return one[i] < other[i] ? -1 : 1;
  return (n > other_n) - (n < other_n);
}

static int
compare_ranges (const PtlRow *one, const PtlRow *other)
{
  for (guint i = 0; i < MIN (one->n_ranges, other->n_ranges); i++)
    {
      if (one->ranges[i].from != other->ranges[i].from)
        return one->ranges[i].from - other->ranges[i].from;
      if (one->ranges[i].to != other->ranges[i].to)
        return one->ranges[i].to - other->ranges[i].to;
    }
  return (one->n_ranges > other->n_ranges) - (one->n_ranges < other->n_ranges);
}

static int
compare_reasons (const PtlSheets *sheets, const PtlRow *one, const PtlRow *other)
{
  for (guint i = 0; i < MIN (one->n_reasons, other->n_reasons); i++)
    if (one->reasons[i] != other->reasons[i])
      return sheets->consolidator.rule_rank[one->reasons[i]] < sheets->consolidator.rule_rank[other->reasons[i]] ? -1
                                                                                                                 : 1;
  return (one->n_reasons > other->n_reasons) - (one->n_reasons < other->n_reasons);
}

/* The order of the rows between two zones. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const SheetRow *r = *(const SheetRow *const *) a, *s = *(const SheetRow *const *) b;
  const PtlRow *one = &r->row, *other = &s->row;
  int order;

  if (one->phase != other->phase)
    return one->phase < other->phase ? -1 : 1;
  if (one->protocol != other->protocol)
    return one->protocol < other->protocol ? -1 : 1;
  order = compare_ranges (one, other);
  if (order == 0)
    order = compare_lists (r->source_ranks, one->n_sources, s->source_ranks, other->n_sources);
  if (order == 0)
    order = compare_lists (r->destination_ranks, one->n_destinations, s->destination_ranks, other->n_destinations);
  return order != 0 ? order : compare_reasons (r->sheets, one, other);
}

GPtrArray *
ptl_sheet_rows_between (PtlSheets *sheets, gint64 *zones)
{
  GPtrArray *rows = g_hash_table_lookup (sheets->rows, zones);
  const GArray *pairs = g_hash_table_lookup (sheets->pairs, zones);
  GPtrArray *blocks;
  RowMaker maker = { sheets, (guint) (*zones >> 32), (guint) (*zones & G_MAXUINT32), NULL, NULL };

  if (rows != NULL)
    return rows;
  rows = g_ptr_array_new_with_free_func (free_row);
  maker.rows = rows;
  blocks = ptl_consolidate (&sheets->consolidator, (const guint *) (gconstpointer) pairs->data, pairs->len,
                            sheets->expand);
  g_ptr_array_add (sheets->blocks, blocks);
  for (guint i = 0; i < blocks->len; i++)
    {
      maker.block = blocks->pdata[i];
      add_block (&maker);
    }
  g_ptr_array_sort (rows, compare_rows);
  g_hash_table_insert (sheets->rows, zones, rows);
  return rows;
}
