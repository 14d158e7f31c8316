#include "ptl-arrow-cells.h"

#include <math.h>

/* A grid of cells, each with a chain of the things that reach into it. */

#define CELL  64  /* units wide and high, at least */
#define CELLS 4   /* for each thing, at most */
#define SEEN  600 /* and those around them */
#define CROWD 60  /* things in one place among which no room is looked for */

typedef struct
{
  guint item, next;
} Chain;

struct _PtlCells
{
  double origin[2], size;
  guint n[2];
  guint *first; /* of the chains, or 0 */
  GArray *chains;
  GArray *items; /* PtlCellItem */
};

PtlCells *
ptl_cells_new (const PtlExtent *bounds, guint n)
{
  PtlCells *cells = g_new0 (PtlCells, 1);
  double width = MAX (bounds->high[0] - bounds->low[0], 1), height = MAX (bounds->high[1] - bounds->low[1], 1);

  cells->size = MAX (CELL, sqrt (width * height / (n + 1.0) / CELLS));
  cells->size = MAX (cells->size, MAX (width, height) / (n + 1.0) / CELLS);
  for (guint axis = 0; axis < 2; axis++)
    {
      cells->origin[axis] = bounds->low[axis];
      cells->n[axis] = (guint) ((bounds->high[axis] - bounds->low[axis]) / cells->size) + 1;
    }
  cells->first = g_new0 (guint, (gsize) cells->n[0] * cells->n[1]);
  cells->chains = g_array_sized_new (FALSE, FALSE, sizeof (Chain), 4 * n + 1);
  cells->items = g_array_sized_new (FALSE, FALSE, sizeof (PtlCellItem), n + 1);
  g_array_set_size (cells->chains, 1);
  return cells;
}

void
ptl_cells_free (PtlCells *cells)
{
  if (cells == NULL)
    return;
  g_free (cells->first);
  g_array_unref (cells->chains);
  g_array_unref (cells->items);
  g_free (cells);
}

static guint
cell_of (const PtlCells *cells, guint axis, double at)
{
  double cell = floor ((at - cells->origin[axis]) / cells->size);

  return (guint) CLAMP (cell, 0, cells->n[axis] - 1);
}

void
ptl_cells_add (PtlCells *cells, PtlCellKind kind, const PtlExtent *box, guint owner)
{
  PtlCellItem item = { *box, owner, kind };

  for (guint row = cell_of (cells, 1, box->low[1]); row <= cell_of (cells, 1, box->high[1]); row++)
    for (guint column = cell_of (cells, 0, box->low[0]); column <= cell_of (cells, 0, box->high[0]); column++)
      {
        guint *first = &cells->first[(gsize) row * cells->n[0] + column];
        Chain chain = { cells->items->len, *first };

        *first = cells->chains->len;
        g_array_append_val (cells->chains, chain);
      }
  g_array_append_val (cells->items, item);
}

/* Appends what is found; stops at the first without an array, and in crowds. Whether it went to the end. */
static gboolean
search (const PtlCells *cells, guint kinds, const PtlExtent *box, guint owner, GArray *found)
{
  guint seen = 0;

  for (guint row = cell_of (cells, 1, box->low[1]); row <= cell_of (cells, 1, box->high[1]); row++)
    for (guint column = cell_of (cells, 0, box->low[0]); column <= cell_of (cells, 0, box->high[0]); column++)
      for (guint i = cells->first[(gsize) row * cells->n[0] + column]; i != 0;
           i = g_array_index (cells->chains, Chain, i).next)
        {
          const PtlCellItem *item
              = &g_array_index (cells->items, PtlCellItem, g_array_index (cells->chains, Chain, i).item);

          if (++seen > SEEN)
            return FALSE;
          if (item->box.low[0] >= box->high[0] || item->box.high[0] <= box->low[0] || item->box.low[1] >= box->high[1]
              || item->box.high[1] <= box->low[1] || (item->kind & kinds) == 0
              || (item->owner == owner && owner != PTL_CELL_NOBODY))
            continue;
          if (found == NULL || found->len == CROWD)
            return FALSE;
          g_array_append_vals (found, item, 1);
        }
  return TRUE;
}

gboolean
ptl_cells_is_free (const PtlCells *cells, guint kinds, const PtlExtent *box, guint owner)
{
  return search (cells, kinds, box, owner, NULL);
}

gboolean
ptl_cells_find (const PtlCells *cells, guint kinds, const PtlExtent *box, guint owner, GArray *found)
{
  g_array_set_size (found, 0);
  return search (cells, kinds, box, owner, found);
}
