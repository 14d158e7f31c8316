#include "ptl-tile-layer.h"

#include <math.h>

#include "draw/ptl-painter.h"

static void
tile_clear (PtlTile *tile)
{
  g_clear_pointer (&tile->image, cairo_surface_destroy);
  g_clear_pointer (&tile->next, cairo_surface_destroy);
  g_clear_pointer (&tile->node, gsk_render_node_unref);
}

void
ptl_tile_unref (gpointer tile)
{
  g_rc_box_release_full (tile, (GDestroyNotify) tile_clear);
}

static void
tile_leave (gpointer data)
{
  PtlTile *tile = data;

  tile->layer = NULL;
  ptl_tile_unref (tile);
}

static gint64
place_of (int column, int row)
{
  return (gint64) ((guint64) (guint32) column << 32 | (guint32) row);
}

PtlTile *
ptl_tile_layer_find (const PtlTileLayer *layer, int column, int row)
{
  gint64 place = place_of (column, row);

  return g_hash_table_lookup (layer->tiles, &place);
}

PtlTile *
ptl_tile_layer_add (PtlTileLayer *layer, int column, int row)
{
  PtlTile *tile = g_rc_box_new0 (PtlTile);

  tile->place = place_of (column, row);
  tile->column = column;
  tile->row = row;
  tile->layer = layer;
  g_hash_table_insert (layer->tiles, &tile->place, tile);
  return tile;
}

void
ptl_tile_show (PtlTile *tile, cairo_surface_t *image)
{
  g_clear_pointer (&tile->node, gsk_render_node_unref);
  g_clear_pointer (&tile->image, cairo_surface_destroy);
  tile->image = cairo_surface_reference (image);
}

gboolean
ptl_tile_is_dirty (const PtlTile *tile)
{
  return tile->dirty.width > 0;
}

PtlTileLayer *
ptl_tile_layer_new (double scale, int factor)
{
  PtlTileLayer *layer = g_new0 (PtlTileLayer, 1);

  layer->scale = scale;
  layer->factor = factor;
  layer->tiles = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, tile_leave);
  return layer;
}

void
ptl_tile_layer_free (PtlTileLayer *layer)
{
  g_hash_table_unref (layer->tiles);
  g_free (layer);
}

/* Pixels of the screen a canvas unit. */
double
ptl_tile_layer_density (const PtlTileLayer *layer)
{
  return layer->scale * layer->factor;
}

PtlTileRange
ptl_tile_layer_range (const PtlTileLayer *layer, const PtlBox *box)
{
  double side = PTL_TILE / ptl_tile_layer_density (layer),
         little = 1e-6; /* the edges of the view lie on pixels, but for rounding */

  return (PtlTileRange){ (int) floor (box->x / side + little), (int) floor (box->y / side + little),
                         (int) ceil (ptl_box_right (box) / side - little),
                         (int) ceil (ptl_box_bottom (box) / side - little) };
}

static gboolean
in_range (const PtlTile *tile, const PtlTileRange *range, int more)
{
  return tile->column >= range->left - more && tile->column < range->right + more && tile->row >= range->top - more
         && tile->row < range->bottom + more;
}

gboolean
ptl_tile_layer_has_all (const PtlTileLayer *layer, const PtlBox *box)
{
  PtlTileRange range = ptl_tile_layer_range (layer, box);

  for (int row = range.top; row < range.bottom; row++)
    for (int column = range.left; column < range.right; column++)
      {
        PtlTile *tile = ptl_tile_layer_find (layer, column, row);

        if (tile == NULL || tile->image == NULL)
          return FALSE;
      }
  return TRUE;
}

void
ptl_tile_layer_damage (PtlTileLayer *layer, const GArray *boxes)
{
  double scale = ptl_tile_layer_density (layer), reach = ptl_painter_reach (layer->scale) * scale + 1;
  GHashTableIter iter;
  PtlTile *tile;

  g_hash_table_iter_init (&iter, layer->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    for (guint i = 0; i < boxes->len; i++)
      {
        const PtlBox *box = &g_array_index (boxes, PtlBox, i);
        double x = box->x * scale - tile->column * PTL_TILE - reach, y = box->y * scale - tile->row * PTL_TILE - reach;
        double right = x + box->width * scale + 2 * reach, bottom = y + box->height * scale + 2 * reach;
        GdkRectangle part = { (int) floor (CLAMP (x, 0, PTL_TILE)), (int) floor (CLAMP (y, 0, PTL_TILE)) };

        part.width = (int) ceil (CLAMP (right, 0, PTL_TILE)) - part.x;
        part.height = (int) ceil (CLAMP (bottom, 0, PTL_TILE)) - part.y;
        if (part.width <= 0 || part.height <= 0)
          continue;
        if (ptl_tile_is_dirty (tile))
          gdk_rectangle_union (&tile->dirty, &part, &tile->dirty);
        else
          tile->dirty = part;
      }
}

void
ptl_tile_layer_spoil (PtlTileLayer *layer)
{
  GHashTableIter iter;
  PtlTile *tile;

  g_hash_table_iter_init (&iter, layer->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    tile->dirty = (cairo_rectangle_int_t){ 0, 0, PTL_TILE, PTL_TILE };
}

/* Keeps what is around the view. */
void
ptl_tile_layer_forget (PtlTileLayer *layer, const PtlTileRange *range)
{
  int all = (range->right - range->left + 2) * (range->bottom - range->top + 2);
  GHashTableIter iter;
  PtlTile *tile;

  if ((int) g_hash_table_size (layer->tiles) <= 2 * all)
    return;
  g_hash_table_iter_init (&iter, layer->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    if (!in_range (tile, range, 1))
      g_hash_table_iter_remove (&iter);
}
