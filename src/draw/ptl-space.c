#include "ptl-space.h"

#include <math.h>

/* Boxes of about a card's size in a hash table of cells: a box stands in each cell that it reaches. */

#define CELL 256

struct _PtlSpace
{
  GHashTable *cells; /* gint64 -> GArray of PtlBox */
};

PtlSpace *
ptl_space_new (void)
{
  PtlSpace *space = g_new (PtlSpace, 1);

  space->cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
  return space;
}

void
ptl_space_free (PtlSpace *space)
{
  if (space == NULL)
    return;
  g_hash_table_unref (space->cells);
  g_free (space);
}

static gint64
cell_key (gint64 column, gint64 row)
{
  return row * (1 << 24) + column;
}

static gint64
cell_of (double at)
{
  return (gint64) floor (at / CELL);
}

/**
 * ptl_space_take:
 * @box: in canvas units; of about a card's size
 */
void
ptl_space_take (PtlSpace *space, const PtlBox *box)
{
  for (gint64 row = cell_of (box->y); row <= cell_of (ptl_box_bottom (box)); row++)
    for (gint64 column = cell_of (box->x); column <= cell_of (ptl_box_right (box)); column++)
      {
        gint64 key = cell_key (column, row);
        GArray *boxes = g_hash_table_lookup (space->cells, &key);

        if (boxes == NULL)
          {
            boxes = g_array_new (FALSE, FALSE, sizeof (PtlBox));
            g_hash_table_insert (space->cells, g_memdup2 (&key, sizeof key), boxes);
          }
        g_array_append_val (boxes, *box);
      }
}

gboolean
ptl_space_is_free (const PtlSpace *space, const PtlBox *box)
{
  for (gint64 row = cell_of (box->y); row <= cell_of (ptl_box_bottom (box)); row++)
    for (gint64 column = cell_of (box->x); column <= cell_of (ptl_box_right (box)); column++)
      {
        gint64 key = cell_key (column, row);
        const GArray *boxes = g_hash_table_lookup (space->cells, &key);

        for (guint i = 0; boxes != NULL && i < boxes->len; i++)
          if (ptl_box_overlaps (&g_array_index (boxes, PtlBox, i), box))
            return FALSE;
      }
  return TRUE;
}
