#include "ptl-tiles.h"

#include <math.h>

#include "draw/ptl-damage.h"
#include "draw/ptl-painter.h"
#include "ptl-paint-pool.h"

#define TILE          512 /* pixels of the screen, to each side */
#define MAX_AT_ONCE   4   /* pieces given to the threads before the first is back: what is wanted may change */
#define AHEAD_AT_ONCE 2   /* of those that nobody sees yet */
#define REST          50  /* ms without a change of the scale before it is taken to stay */
#define STRETCH       1.6 /* beyond this ratio it is not waited for that */
#define OVERVIEW      640 /* px, the larger side */
#define OVERVIEW_WAIT 200 /* ms after an edit */

/* All tiles of one scale. They stand on a grid that begins at the canvas's origin. */
typedef struct
{
  double scale;
  int factor;
  GHashTable *tiles; /* Tile by its place */
} Layer;

typedef struct
{
  gint64 place;
  int column, row;
  Layer *layer;                /* NULL once nobody wants the tile */
  cairo_surface_t *image;      /* NULL until it was painted */
  cairo_surface_t *next;       /* painted, to be shown together with others */
  GskRenderNode *node;         /* of the image */
  cairo_rectangle_int_t dirty; /* in pixels of the tile: where the image shows an older scene */
  gboolean busy;               /* a thread has it */
  gboolean batched;            /* and its result is waited for by others */
} Tile;

/* Columns and rows, the last ones excluded. */
typedef struct
{
  int left, top, right, bottom;
} Range;

struct _PtlTiles
{
  void (*changed) (gpointer data);
  gpointer data;
  PtlPaintPool *pool;

  PtlScene *scene;
  PtlTheme theme;
  PtlViewport view;
  int factor;

  Layer *shown;    /* NULL until one is complete */
  Layer *coming;   /* at another scale, until it is complete */
  PtlBox goal;     /* what the coming layer is to show before it is shown */
  guint rest;      /* a timeout: the scale has just changed */
  guint batch;     /* tiles that are to be shown together and are still painted */
  gboolean hungry; /* ptl_tiles_clear (): the next snapshot waits for the first layer */

  cairo_surface_t *overview; /* of the whole plan: behind what is missing */
  PtlBox overview_box;
  gboolean overview_busy;
  guint overview_wait;
};

/* Tiles and layers */

static void
tile_clear (Tile *tile)
{
  g_clear_pointer (&tile->image, cairo_surface_destroy);
  g_clear_pointer (&tile->next, cairo_surface_destroy);
  g_clear_pointer (&tile->node, gsk_render_node_unref);
}

static void
tile_unref (gpointer tile)
{
  g_rc_box_release_full (tile, (GDestroyNotify) tile_clear);
}

static void
tile_leave (gpointer data)
{
  Tile *tile = data;

  tile->layer = NULL;
  tile_unref (tile);
}

static gint64
place_of (int column, int row)
{
  return (gint64) ((guint64) (guint32) column << 32 | (guint32) row);
}

static Tile *
find_tile (const Layer *layer, int column, int row)
{
  gint64 place = place_of (column, row);

  return g_hash_table_lookup (layer->tiles, &place);
}

static Tile *
add_tile (Layer *layer, int column, int row)
{
  Tile *tile = g_rc_box_new0 (Tile);

  tile->place = place_of (column, row);
  tile->column = column;
  tile->row = row;
  tile->layer = layer;
  g_hash_table_insert (layer->tiles, &tile->place, tile);
  return tile;
}

static void
tile_show (Tile *tile, cairo_surface_t *image)
{
  g_clear_pointer (&tile->node, gsk_render_node_unref);
  g_clear_pointer (&tile->image, cairo_surface_destroy);
  tile->image = cairo_surface_reference (image);
}

static gboolean
is_dirty (const Tile *tile)
{
  return tile->dirty.width > 0;
}

static Layer *
layer_new (double scale, int factor)
{
  Layer *layer = g_new0 (Layer, 1);

  layer->scale = scale;
  layer->factor = factor;
  layer->tiles = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, tile_leave);
  return layer;
}

static void
layer_free (Layer *layer)
{
  g_hash_table_unref (layer->tiles);
  g_free (layer);
}

/* Pixels of the screen a canvas unit. */
static double
density (const Layer *layer)
{
  return layer->scale * layer->factor;
}

static Range
range_of (const Layer *layer, const PtlBox *box)
{
  double side = TILE / density (layer), little = 1e-6; /* the edges of the view lie on pixels, but for rounding */

  return (Range){ (int) floor (box->x / side + little), (int) floor (box->y / side + little),
                  (int) ceil (ptl_box_right (box) / side - little), (int) ceil (ptl_box_bottom (box) / side - little) };
}

static gboolean
in_range (const Tile *tile, const Range *range, int more)
{
  return tile->column >= range->left - more && tile->column < range->right + more && tile->row >= range->top - more
         && tile->row < range->bottom + more;
}

static gboolean
has_all (const Layer *layer, const PtlBox *box)
{
  Range range = range_of (layer, box);

  for (int row = range.top; row < range.bottom; row++)
    for (int column = range.left; column < range.right; column++)
      {
        Tile *tile = find_tile (layer, column, row);

        if (tile == NULL || tile->image == NULL)
          return FALSE;
      }
  return TRUE;
}

static void
layer_damage (Layer *layer, const GArray *boxes)
{
  double scale = density (layer), reach = ptl_painter_reach (layer->scale) * scale + 1;
  GHashTableIter iter;
  Tile *tile;

  g_hash_table_iter_init (&iter, layer->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    for (guint i = 0; i < boxes->len; i++)
      {
        const PtlBox *box = &g_array_index (boxes, PtlBox, i);
        double x = box->x * scale - tile->column * TILE - reach, y = box->y * scale - tile->row * TILE - reach;
        double right = x + box->width * scale + 2 * reach, bottom = y + box->height * scale + 2 * reach;
        GdkRectangle part = { (int) floor (CLAMP (x, 0, TILE)), (int) floor (CLAMP (y, 0, TILE)) };

        part.width = (int) ceil (CLAMP (right, 0, TILE)) - part.x;
        part.height = (int) ceil (CLAMP (bottom, 0, TILE)) - part.y;
        if (part.width <= 0 || part.height <= 0)
          continue;
        if (is_dirty (tile))
          gdk_rectangle_union (&tile->dirty, &part, &tile->dirty);
        else
          tile->dirty = part;
      }
}

/* Painting */

static void
paint_tile (PtlTiles *self, Tile *tile)
{
  gboolean whole = tile->image == NULL || (tile->dirty.width == TILE && tile->dirty.height == TILE);
  PtlPiece piece = {
    .scene = self->scene,
    .theme = self->theme,
    .scale = tile->layer->scale,
    .factor = tile->layer->factor,
    .x = tile->column * TILE,
    .y = tile->row * TILE,
    .width = TILE,
    .height = TILE,
    .base = whole ? NULL : tile->image,
    .dirty = tile->dirty,
  };

  tile->busy = TRUE;
  tile->dirty = (cairo_rectangle_int_t){ 0 };
  ptl_paint_pool_push (self->pool, &piece, g_rc_box_acquire (tile));
}

/* Gives the next tile of the range that was never painted to the threads. */
static gboolean
paint_missing (PtlTiles *self, Layer *layer, const Range *range)
{
  for (int row = range->top; row < range->bottom; row++)
    for (int column = range->left; column < range->right; column++)
      {
        Tile *tile = find_tile (layer, column, row);

        if (tile == NULL)
          tile = add_tile (layer, column, row);
        else if (tile->image != NULL || tile->busy)
          continue;
        paint_tile (self, tile);
        return TRUE;
      }
  return FALSE;
}

/* The same for what shows an older scene and is not seen. */
static gboolean
paint_dirty (PtlTiles *self, Layer *layer, const Range *range)
{
  for (int row = range->top; row < range->bottom; row++)
    for (int column = range->left; column < range->right; column++)
      {
        Tile *tile = find_tile (layer, column, row);

        if (tile == NULL || !is_dirty (tile) || tile->busy)
          continue;
        paint_tile (self, tile);
        return TRUE;
      }
  return FALSE;
}

/* All that an edit changed in the view, to be shown at once: no card is ever seen cut in two. */
static void
paint_batch (PtlTiles *self)
{
  PtlBox seen = ptl_viewport_visible (&self->view);
  Range range = range_of (self->shown, &seen);

  if (self->batch > 0)
    return;
  for (int row = range.top; row < range.bottom; row++)
    for (int column = range.left; column < range.right; column++)
      {
        Tile *tile = find_tile (self->shown, column, row);

        if (tile == NULL || tile->image == NULL || !is_dirty (tile) || tile->busy)
          continue;
        tile->batched = TRUE;
        self->batch++;
        paint_tile (self, tile);
      }
}

static void
show_batch (PtlTiles *self)
{
  GHashTableIter iter;
  Tile *tile;

  if (self->shown == NULL)
    return;
  g_hash_table_iter_init (&iter, self->shown->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    if (tile->next != NULL)
      {
        tile_show (tile, tile->next);
        g_clear_pointer (&tile->next, cairo_surface_destroy);
      }
}

static gboolean
matches (const PtlTiles *self, const Layer *layer)
{
  return layer != NULL && layer->scale == self->view.scale && layer->factor == self->factor;
}

static gboolean
is_near (const PtlTiles *self, const Layer *layer)
{
  double ratio = density (layer) / (self->view.scale * self->factor);

  return ratio < STRETCH && ratio > 1 / STRETCH;
}

/* Decides which scale is painted. */
static void
aim (PtlTiles *self)
{
  PtlBox seen = ptl_viewport_visible (&self->view);

  if (matches (self, self->shown))
    g_clear_pointer (&self->coming, layer_free);
  else if (matches (self, self->coming))
    self->goal = seen;
  else if (self->coming != NULL && self->rest != 0 && is_near (self, self->coming)
           && ptl_box_overlaps (&self->goal, &seen))
    return; /* it will be better than what is there */
  else if (self->coming == NULL && self->shown != NULL && self->rest != 0 && is_near (self, self->shown)
           && has_all (self->shown, &seen))
    return;
  else
    {
      g_clear_pointer (&self->coming, layer_free);
      self->coming = layer_new (self->view.scale, self->factor);
      self->goal = seen;
    }
}

static void
take_coming (PtlTiles *self)
{
  if (self->coming == NULL || !has_all (self->coming, &self->goal))
    return;
  g_clear_pointer (&self->shown, layer_free);
  self->shown = g_steal_pointer (&self->coming);
}

/* Keeps what is around the view. */
static void
forget (Layer *layer, const Range *range)
{
  int all = (range->right - range->left + 2) * (range->bottom - range->top + 2);
  GHashTableIter iter;
  Tile *tile;

  if ((int) g_hash_table_size (layer->tiles) <= 2 * all)
    return;
  g_hash_table_iter_init (&iter, layer->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    if (!in_range (tile, range, 1))
      g_hash_table_iter_remove (&iter);
}

static gboolean
paint_ahead (PtlTiles *self, const Range *seen)
{
  Range around = { seen->left - 1, seen->top - 1, seen->right + 1, seen->bottom + 1 };

  return paint_missing (self, self->shown, &around) || paint_dirty (self, self->shown, &around);
}

/* Gives the threads what is wanted most. */
static void
work (PtlTiles *self)
{
  PtlBox seen = ptl_viewport_visible (&self->view);
  Range range;

  if (self->scene == NULL || self->view.width <= 0)
    return;
  aim (self);
  if (self->coming != NULL)
    {
      range = range_of (self->coming, &self->goal);
      while (ptl_paint_pool_get_pending (self->pool) < MAX_AT_ONCE && paint_missing (self, self->coming, &range))
        ;
      return;
    }
  paint_batch (self);
  range = range_of (self->shown, &seen);
  while (ptl_paint_pool_get_pending (self->pool) < MAX_AT_ONCE && paint_missing (self, self->shown, &range))
    ;
  while (ptl_paint_pool_get_pending (self->pool) < AHEAD_AT_ONCE && paint_ahead (self, &range))
    ;
  forget (self->shown, &range);
}

static void
painted_tile (PtlTiles *self, Tile *tile, cairo_surface_t *image)
{
  tile->busy = FALSE;
  if (tile->batched)
    {
      tile->batched = FALSE;
      self->batch--;
      tile->next = cairo_surface_reference (image);
    }
  else
    tile_show (tile, image);
  if (self->batch == 0)
    show_batch (self);
  take_coming (self);
  work (self);
  self->changed (self->data);
}

static void
on_painted (const PtlPiece *piece, cairo_surface_t *image, gpointer tile, gpointer data)
{
  PtlTiles *self = data;

  if (tile != NULL)
    {
      painted_tile (self, tile, image);
      tile_unref (tile);
      return;
    }
  self->overview_busy = FALSE;
  g_clear_pointer (&self->overview, cairo_surface_destroy);
  self->overview = cairo_surface_reference (image);
  self->overview_box = (PtlBox){ piece->x / piece->scale, piece->y / piece->scale, piece->width / piece->scale,
                                 piece->height / piece->scale };
}

/* The overview */

static void
paint_overview (PtlTiles *self)
{
  const PtlBox *bounds = &self->scene->bounds;
  double scale = MIN (1, OVERVIEW / MAX (MAX (bounds->width, bounds->height), 1));
  PtlPiece piece = {
    .scene = self->scene,
    .theme = self->theme,
    .scale = scale,
    .factor = 1,
    .x = (int) floor (bounds->x * scale) - 2,
    .y = (int) floor (bounds->y * scale) - 2,
    .width = (int) ceil (bounds->width * scale) + 5,
    .height = (int) ceil (bounds->height * scale) + 5,
  };

  self->overview_busy = TRUE;
  ptl_paint_pool_push (self->pool, &piece, NULL);
}

static gboolean
on_overview_wait_cb (gpointer data)
{
  PtlTiles *self = data;

  if (self->overview_busy)
    return G_SOURCE_CONTINUE;
  self->overview_wait = 0;
  if (self->scene != NULL)
    paint_overview (self);
  return G_SOURCE_REMOVE;
}

static void
queue_overview (PtlTiles *self)
{
  if (self->overview_wait == 0)
    self->overview_wait = g_timeout_add (OVERVIEW_WAIT, on_overview_wait_cb, self);
}

/* Showing */

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
append_tile (PtlTiles *self, GtkSnapshot *snapshot, Tile *tile, const graphene_rect_t *rect, gboolean software)
{
  if (!matches (self, tile->layer))
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
append_layer (PtlTiles *self, GtkSnapshot *snapshot, Layer *layer, gboolean software)
{
  PtlBox seen = ptl_viewport_visible (&self->view);
  graphene_rect_t view = GRAPHENE_RECT_INIT (0, 0, (float) self->view.width, (float) self->view.height);
  Range range = range_of (layer, &seen);
  double side = TILE / density (layer);

  for (int row = range.top; row < range.bottom; row++)
    for (int column = range.left; column < range.right; column++)
      {
        Tile *tile = find_tile (layer, column, row);
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

/* Whether the view is what the painter would paint, and nothing is to be done. */
gboolean
ptl_tiles_at_rest (PtlTiles *self)
{
  return matches (self, self->shown) && self->rest == 0 && self->overview_wait == 0
         && ptl_paint_pool_get_pending (self->pool) == 0;
}

/**
 * ptl_tiles_new:
 *
 * Returns: (transfer full): tiles of nothing
 */
PtlTiles *
ptl_tiles_new (void (*changed) (gpointer data), gpointer data)
{
  PtlTiles *self = g_new0 (PtlTiles, 1);

  self->changed = changed;
  self->data = data;
  self->pool = ptl_paint_pool_new (on_painted, self);
  self->theme = ptl_theme_light;
  self->factor = 1;
  return self;
}

void
ptl_tiles_free (PtlTiles *self)
{
  ptl_tiles_clear (self);
  g_clear_handle_id (&self->rest, g_source_remove);
  ptl_paint_pool_free (self->pool);
  g_free (self);
}

/* Forgets everything that was painted, and the scene. */
void
ptl_tiles_clear (PtlTiles *self)
{
  g_clear_pointer (&self->scene, ptl_scene_unref); /* nothing more is painted while what is painted is waited for */
  while (ptl_paint_pool_wait (self->pool))
    ;
  g_clear_handle_id (&self->overview_wait, g_source_remove);
  g_clear_pointer (&self->shown, layer_free);
  g_clear_pointer (&self->coming, layer_free);
  g_clear_pointer (&self->overview, cairo_surface_destroy);
  self->hungry = TRUE;
}

/* Paints again what looks different in the new scene. */
void
ptl_tiles_set_scene (PtlTiles *self, PtlScene *scene)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (PtlBox));
  g_autoptr (PtlScene) before = self->scene;

  self->scene = ptl_scene_ref (scene);
  if (before != NULL)
    ptl_scene_damage (before, scene, boxes);
  if (boxes->len > 0 && self->shown != NULL)
    layer_damage (self->shown, boxes);
  if (boxes->len > 0 && self->coming != NULL)
    layer_damage (self->coming, boxes);
  if (before == NULL || boxes->len > 0)
    queue_overview (self);
  work (self);
}

static void
layer_spoil (Layer *layer)
{
  GHashTableIter iter;
  Tile *tile;

  g_hash_table_iter_init (&iter, layer->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    tile->dirty = (cairo_rectangle_int_t){ 0, 0, TILE, TILE };
}

void
ptl_tiles_set_theme (PtlTiles *self, const PtlTheme *theme)
{
  if (memcmp (theme, &self->theme, sizeof *theme) == 0)
    return;
  self->theme = *theme;
  if (self->shown != NULL)
    layer_spoil (self->shown);
  if (self->coming != NULL)
    layer_spoil (self->coming);
  queue_overview (self);
  work (self);
}

static gboolean
on_rest_cb (gpointer data)
{
  PtlTiles *self = data;

  self->rest = 0;
  work (self);
  return G_SOURCE_REMOVE;
}

/**
 * ptl_tiles_set_view:
 * @view: its origin is on a pixel of the screen
 * @factor: pixels of the screen a pixel of the view
 */
void
ptl_tiles_set_view (PtlTiles *self, const PtlViewport *view, int factor)
{
  if (view->scale != self->view.scale)
    {
      g_clear_handle_id (&self->rest, g_source_remove);
      self->rest = g_timeout_add (REST, on_rest_cb, self);
    }
  self->view = *view;
  self->factor = factor;
  work (self);
}
