#include <math.h>

#include "ptl-tiles-private.h"

/* Shows what is painted by now. */

static GskRenderNode *
node_new (cairo_surface_t *image, int factor, gboolean software)
{
  int width = cairo_image_surface_get_width (image), height = cairo_image_surface_get_height (image);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width / (float) factor, (float) height / (float) factor);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int stride = cairo_image_surface_get_stride (image);

  if (software)
    {
      GskRenderNode *node = gsk_cairo_node_new (&bounds);
      cairo_t *cr = gsk_cairo_node_get_draw_context (node);

      cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
      cairo_scale (cr, 1.0 / factor, 1.0 / factor);
      cairo_set_source_surface (cr, image, 0, 0);
      cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
      cairo_paint (cr);
      cairo_destroy (cr);
      return node;
    }
  cairo_surface_flush (image);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (image), (gsize) (stride * height),
                                      (GDestroyNotify) cairo_surface_destroy, cairo_surface_reference (image));
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize) stride);
  return gsk_texture_node_new (texture, &bounds);
}

/* The part within `bounds` of an image at a place and of a size that it was not painted for. */
static void
append_stretched (GtkSnapshot *snapshot, cairo_surface_t *image, const graphene_rect_t *rect,
                  const graphene_rect_t *bounds, gboolean software)
{
  int width = cairo_image_surface_get_width (image), height = cairo_image_surface_get_height (image);
  cairo_t *cr;

  if (!software)
    {
      g_autoptr (GskRenderNode) node = node_new (image, 1, FALSE);

      gtk_snapshot_push_clip (snapshot, bounds);
      gtk_snapshot_append_texture (snapshot, gsk_texture_node_get_texture (node), rect);
      gtk_snapshot_pop (snapshot);
      return;
    }
  cr = gtk_snapshot_append_cairo (snapshot, bounds);
  cairo_translate (cr, rect->origin.x, rect->origin.y);
  cairo_scale (cr, rect->size.width / (float) width, rect->size.height / (float) height);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST); /* for a blink; others take twice the time */
  cairo_paint (cr);
  cairo_destroy (cr);
}

/* A box of the canvas in the view, its edges brought to pixels of the screen: neighbours have no gap between them. */
static graphene_rect_t
view_rect (const PtlTiles *self, const PtlBox *box)
{
  double scale = self->view.scale * self->factor, pixel = 1.0 / self->factor;
  double left = round ((box->x - self->view.x) * scale), top = round ((box->y - self->view.y) * scale);
  double right = round ((ptl_box_right (box) - self->view.x) * scale);
  double bottom = round ((ptl_box_bottom (box) - self->view.y) * scale);

  return GRAPHENE_RECT_INIT ((float) (left * pixel), (float) (top * pixel), (float) ((right - left) * pixel),
                             (float) ((bottom - top) * pixel));
}

/* Where nothing was painted yet. */
static void
append_backdrop (PtlTiles *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds, gboolean software)
{
  PtlColour colour = self->theme.background;
  GdkRGBA rgba = { (float) (colour >> 24) / 255.0f, (float) (colour >> 16 & 0xff) / 255.0f,
                   (float) (colour >> 8 & 0xff) / 255.0f, 1 };
  graphene_rect_t rect, part;

  gtk_snapshot_append_color (snapshot, &rgba, bounds);
  if (self->overview == NULL)
    return;
  rect = view_rect (self, &self->overview_box);
  if (graphene_rect_intersection (&rect, bounds, &part))
    append_stretched (snapshot, self->overview, &rect, &part, software);
}

static void
append_tile (PtlTiles *self, GtkSnapshot *snapshot, PtlTile *tile, const graphene_rect_t *rect, gboolean software)
{
  if (!ptl_tiles_match (self, tile->layer))
    {
      append_stretched (snapshot, tile->image, rect, rect, software);
      return;
    }
  if (tile->node != NULL && (gsk_render_node_get_node_type (tile->node) == GSK_CAIRO_NODE) != software)
    g_clear_pointer (&tile->node, gsk_render_node_unref);
  if (tile->node == NULL)
    tile->node = node_new (tile->image, self->factor, software);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &rect->origin);
  gtk_snapshot_append_node (snapshot, tile->node);
  gtk_snapshot_restore (snapshot);
}

static void
append_layer (PtlTiles *self, GtkSnapshot *snapshot, PtlTileLayer *layer, gboolean software)
{
  PtlBox seen = ptl_viewport_visible (&self->view);
  graphene_rect_t view = GRAPHENE_RECT_INIT (0, 0, (float) self->view.width, (float) self->view.height);
  PtlTileRange range = ptl_tile_layer_range (layer, &seen);
  double side = PTL_TILE / ptl_tile_layer_density (layer);

  for (int row = range.top; row < range.bottom; row++)
    for (int column = range.left; column < range.right; column++)
      {
        PtlTile *tile = ptl_tile_layer_find (layer, column, row);
        graphene_rect_t rect = view_rect (self, &(PtlBox){ column * side, row * side, side, side }), part;

        if (tile != NULL && tile->image != NULL)
          append_tile (self, snapshot, tile, &rect, software);
        else if (graphene_rect_intersection (&rect, &view, &part))
          append_backdrop (self, snapshot, &part, software);
      }
}

/**
 * ptl_tiles_snapshot:
 * @software: the nodes are drawn by cairo, which is slow with textures
 *
 * Appends the view, from (0, 0).
 */
void
ptl_tiles_snapshot (PtlTiles *self, GtkSnapshot *snapshot, gboolean software)
{
  while (self->hungry && self->shown == NULL && ptl_paint_pool_wait (self->pool))
    ;
  self->hungry = FALSE;
  if (self->shown != NULL)
    append_layer (self, snapshot, self->shown, software);
}
