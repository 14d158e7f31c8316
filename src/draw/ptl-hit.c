#include "ptl-hit.h"

#include <math.h>
#include <stdlib.h>

/* Each thing stands once, in the cell that its centre falls into, on the grid whose cells are just larger than the
 * thing: so it reaches at most half a cell beyond its own. A question looks at each grid in turn, at the cells of its
 * box grown by half a cell. The cells that have something are sorted by rows, and empty stretches are jumped over. */

#define LOWEST_GRID  6 /* its cells are 64 units wide, those of the next 128 */
#define HIGHEST_GRID 40
#define FARTHEST     (1 << 28) /* cells from the origin */

typedef struct
{
  gint32 grid, row, column;
  PtlHitKind kind;
  guint index;
  PtlBox box;
} Entry;

struct _PtlHit
{
  GArray *entries;               /* Entry, by grid, row, column */
  guint first[HIGHEST_GRID + 2]; /* of the entries of each grid, and behind the last */
};

PtlHit *
ptl_hit_new (void)
{
  PtlHit *hit = g_new0 (PtlHit, 1);

  hit->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  return hit;
}

void
ptl_hit_free (PtlHit *hit)
{
  if (hit == NULL)
    return;
  g_array_unref (hit->entries);
  g_free (hit);
}

static gint32
cell (double at, int grid)
{
  return (gint32) CLAMP (floor (ldexp (at, -grid)), -FARTHEST, FARTHEST - 1);
}

/**
 * ptl_hit_add:
 * @index: what the answers call it
 * @box: where it is, in canvas units
 */
void
ptl_hit_add (PtlHit *hit, PtlHitKind kind, guint index, const PtlBox *box)
{
  PtlPoint centre = ptl_box_centre (box);
  double size = MAX (box->width, box->height);
  Entry entry = { .grid = LOWEST_GRID, .kind = kind, .index = index, .box = *box };

  while (entry.grid < HIGHEST_GRID && ldexp (1, entry.grid) < size)
    entry.grid++;
  entry.row = cell (centre.y, entry.grid);
  entry.column = cell (centre.x, entry.grid);
  g_array_append_val (hit->entries, entry);
}

/* Where an entry belongs, in an order of numbers: by grid, row, column. */
typedef struct
{
  guint64 key;
  guint entry;
} Place;

static guint64
key_of (const Entry *entry)
{
  return (guint64) entry->grid << 58 | (guint64) (entry->row + FARTHEST) << 29 | (guint64) (entry->column + FARTHEST);
}

/* Sorts by counting bytes, the lowest ones first: the entries of a large plan's arrows are hundreds of thousands. */
static Place *
sort_places (Place *places, guint n)
{
  Place *other = g_new (Place, n + 1), *swap;

  for (guint shift = 0; shift < 64; shift += 8)
    {
      guint first[257] = { 0 };

      for (guint i = 0; i < n; i++)
        first[(places[i].key >> shift & 0xff) + 1]++;
      if (n > 0 && first[(places[0].key >> shift & 0xff) + 1] == n)
        continue; /* all have the same byte */
      for (guint i = 0; i < 256; i++)
        first[i + 1] += first[i];
      for (guint i = 0; i < n; i++)
        other[first[places[i].key >> shift & 0xff]++] = places[i];
      swap = places;
      places = other;
      other = swap;
    }
  g_free (other);
  return places;
}

static void
sort_entries (PtlHit *hit)
{
  const Entry *entries = (const Entry *) (gpointer) hit->entries->data;
  guint n = hit->entries->len;
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (Entry), n);
  Place *places = g_new (Place, n + 1);

  for (guint i = 0; i < n; i++)
    places[i] = (Place){ key_of (&entries[i]), i };
  places = sort_places (places, n);
  for (guint i = 0; i < n; i++)
    g_array_append_val (sorted, entries[places[i].entry]);
  g_array_unref (hit->entries);
  hit->entries = sorted;
  g_free (places);
}

void
ptl_hit_seal (PtlHit *hit)
{
  guint entry = 0;

  sort_entries (hit);
  for (int grid = 0; grid <= HIGHEST_GRID + 1; grid++)
    {
      while (entry < hit->entries->len && g_array_index (hit->entries, Entry, entry).grid < grid)
        entry++;
      hit->first[grid] = entry;
    }
}

/* The first entry from `low` on that stands at the cell or behind it. */
static guint
find_cell (const PtlHit *hit, guint low, guint high, gint32 row, gint32 column)
{
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const Entry *entry = &g_array_index (hit->entries, Entry, middle);

      if (entry->row < row || (entry->row == row && entry->column < column))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
search_grid (const PtlHit *hit, int grid, const PtlBox *box, GArray *found)
{
  double reach = ldexp (0.5, grid);
  gint32 top = cell (box->y - reach, grid), bottom = cell (ptl_box_bottom (box) + reach, grid);
  gint32 left = cell (box->x - reach, grid), right = cell (ptl_box_right (box) + reach, grid);
  guint end = hit->first[grid + 1];
  guint i = find_cell (hit, hit->first[grid], end, top, left);

  while (i < end)
    {
      const Entry *entry = &g_array_index (hit->entries, Entry, i);

      if (entry->row > bottom)
        return;
      if (entry->column < left)
        i = find_cell (hit, i, end, entry->row, left);
      else if (entry->column > right)
        i = find_cell (hit, i, end, entry->row + 1, left);
      else
        {
          if (ptl_box_touches (&entry->box, box))
            g_array_append_val (found, i);
          i++;
        }
    }
}

/* The places of all entries that touch the box. */
static GArray *
search (const PtlHit *hit, const PtlBox *box)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (int grid = LOWEST_GRID; grid <= HIGHEST_GRID; grid++)
    if (hit->first[grid] < hit->first[grid + 1])
      search_grid (hit, grid, box, found);
  return found;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const PtlHitItem *one = a, *other = b;

  if (one->kind != other->kind)
    return one->kind < other->kind ? -1 : 1;
  return (one->index > other->index) - (one->index < other->index);
}

/**
 * ptl_hit_in:
 * @box: in canvas units
 * @found: (element-type PtlHitItem): cleared, then filled with what touches the box, by kind and index
 */
void
ptl_hit_in (const PtlHit *hit, const PtlBox *box, GArray *found)
{
  g_autoptr (GArray) places = search (hit, box);

  g_array_set_size (found, 0);
  for (guint i = 0; i < places->len; i++)
    {
      const Entry *entry = &g_array_index (hit->entries, Entry, g_array_index (places, guint, i));
      PtlHitItem item = { entry->kind, entry->index, 0 };

      g_array_append_val (found, item);
    }
  g_array_sort (found, compare_items);
}

/* The edges of the box that are at most `tolerance` away; of a small box the nearer ones, so that both can be had. */
static guint
edges_at (const PtlBox *box, double x, double y, double tolerance)
{
  double left = fabs (x - box->x), right = fabs (x - ptl_box_right (box));
  double top = fabs (y - box->y), bottom = fabs (y - ptl_box_bottom (box));
  guint edges = 0;

  if (MIN (left, right) <= tolerance)
    edges |= left < right ? PTL_EDGE_LEFT : PTL_EDGE_RIGHT;
  if (MIN (top, bottom) <= tolerance)
    edges |= top < bottom ? PTL_EDGE_TOP : PTL_EDGE_BOTTOM;
  return edges;
}

/* Whether `one` is to be taken rather than `other`: what is drawn on top; of zones the smaller one. */
static gboolean
is_above (const Entry *one, const Entry *other)
{
  double area = one->box.width * one->box.height, other_area = other->box.width * other->box.height;

  if (one->kind != other->kind)
    return one->kind > other->kind;
  if (one->kind == PTL_HIT_ZONE && area != other_area)
    return area < other_area;
  return one->index > other->index;
}

/**
 * ptl_hit_at:
 * @x: in canvas units
 * @y: in canvas units
 * @tolerance: how near to a zone's edge counts as on it, in canvas units; a few px divided by the scale
 * @item: (out): what lies there: a node before a firewall before a zone, of zones the smallest
 *
 * Returns: whether there is anything
 */
gboolean
ptl_hit_at (const PtlHit *hit, double x, double y, double tolerance, PtlHitItem *item)
{
  PtlBox around = { x - tolerance, y - tolerance, 2 * tolerance, 2 * tolerance };
  g_autoptr (GArray) places = search (hit, &around);
  const Entry *best = NULL;

  for (guint i = 0; i < places->len; i++)
    {
      const Entry *entry = &g_array_index (hit->entries, Entry, g_array_index (places, guint, i));

      if (entry->kind < PTL_HIT_ZONE || (entry->kind != PTL_HIT_ZONE && !ptl_box_holds (&entry->box, x, y)))
        continue;
      if (best == NULL || is_above (entry, best))
        best = entry;
    }
  if (best == NULL)
    return FALSE;
  *item = (PtlHitItem){ best->kind, best->index, 0 };
  if (best->kind == PTL_HIT_ZONE)
    item->edges = edges_at (&best->box, x, y, tolerance);
  return TRUE;
}
