#include "ptl-tiles-private.h"

#include <math.h>

#include "draw/ptl-damage.h"

#define MAX_AT_ONCE   4   /* pieces given to the threads before the first is back: what is wanted may change */
#define AHEAD_AT_ONCE 2   /* of those that nobody sees yet */
#define REST          50  /* ms without a change of the scale before it is taken to stay */
#define STRETCH       1.6 /* beyond this ratio it is not waited for that */
#define OVERVIEW      640 /* px, the larger side */
#define OVERVIEW_WAIT 200 /* ms after an edit */

/* Painting */

static void
paint_tile (PtlTiles *self, PtlTile *tile)
{
  gboolean whole = tile->image == NULL || (tile->dirty.width == PTL_TILE && tile->dirty.height == PTL_TILE);
  PtlPiece piece = {
    .scene = self->scene,
    .theme = self->theme,
    .scale = tile->layer->scale,
    .factor = tile->layer->factor,
    .x = tile->column * PTL_TILE,
    .y = tile->row * PTL_TILE,
    .width = PTL_TILE,
    .height = PTL_TILE,
    .base = whole ? NULL : tile->image,
    .dirty = tile->dirty,
  };

  tile->busy = TRUE;
  tile->dirty = (cairo_rectangle_int_t){ 0 };
  ptl_paint_pool_push (self->pool, &piece, g_rc_box_acquire (tile));
}

/* Gives the next tile of the range that was never painted to the threads. */
static gboolean
paint_missing (PtlTiles *self, PtlTileLayer *layer, const PtlTileRange *range)
{
  for (int row = range->top; row < range->bottom; row++)
    for (int column = range->left; column < range->right; column++)
      {
        PtlTile *tile = ptl_tile_layer_find (layer, column, row);

        if (tile == NULL)
          tile = ptl_tile_layer_add (layer, column, row);
        else if (tile->image != NULL || tile->busy)
          continue;
        paint_tile (self, tile);
        return TRUE;
      }
  return FALSE;
}

/* The same for what shows an older scene and is not seen. */
static gboolean
paint_dirty (PtlTiles *self, PtlTileLayer *layer, const PtlTileRange *range)
{
  for (int row = range->top; row < range->bottom; row++)
    for (int column = range->left; column < range->right; column++)
      {
        PtlTile *tile = ptl_tile_layer_find (layer, column, row);

        if (tile == NULL || !ptl_tile_is_dirty (tile) || tile->busy)
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
  PtlTileRange range = ptl_tile_layer_range (self->shown, &seen);

  if (self->batch > 0)
    return;
  for (int row = range.top; row < range.bottom; row++)
    for (int column = range.left; column < range.right; column++)
      {
        PtlTile *tile = ptl_tile_layer_find (self->shown, column, row);

        if (tile == NULL || tile->image == NULL || !ptl_tile_is_dirty (tile) || tile->busy)
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
  PtlTile *tile;

  if (self->shown == NULL)
    return;
  g_hash_table_iter_init (&iter, self->shown->tiles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &tile))
    if (tile->next != NULL)
      {
        ptl_tile_show (tile, tile->next);
        g_clear_pointer (&tile->next, cairo_surface_destroy);
      }
}

gboolean
ptl_tiles_match (const PtlTiles *self, const PtlTileLayer *layer)
{
  return layer != NULL && layer->scale == self->view.scale && layer->factor == self->factor;
}

static gboolean
is_near (const PtlTiles *self, const PtlTileLayer *layer)
{
  double ratio = ptl_tile_layer_density (layer) / (self->view.scale * self->factor);

  return ratio < STRETCH && ratio > 1 / STRETCH;
}

/* Decides which scale is painted. */
static void
aim (PtlTiles *self)
{
  PtlBox seen = ptl_viewport_visible (&self->view);

  if (ptl_tiles_match (self, self->shown))
    g_clear_pointer (&self->coming, ptl_tile_layer_free);
  else if (ptl_tiles_match (self, self->coming))
    self->goal = seen;
  else if (self->coming != NULL && self->rest != 0 && is_near (self, self->coming)
           && ptl_box_overlaps (&self->goal, &seen))
    return; /* it will be better than what is there */
  else if (self->coming == NULL && self->shown != NULL && self->rest != 0 && is_near (self, self->shown)
           && ptl_tile_layer_has_all (self->shown, &seen))
    return;
  else
    {
      g_clear_pointer (&self->coming, ptl_tile_layer_free);
      self->coming = ptl_tile_layer_new (self->view.scale, self->factor);
      self->goal = seen;
    }
}

static void
take_coming (PtlTiles *self)
{
  if (self->coming == NULL || !ptl_tile_layer_has_all (self->coming, &self->goal))
    return;
  g_clear_pointer (&self->shown, ptl_tile_layer_free);
  self->shown = g_steal_pointer (&self->coming);
}

static gboolean
paint_ahead (PtlTiles *self, const PtlTileRange *seen)
{
  PtlTileRange around = { seen->left - 1, seen->top - 1, seen->right + 1, seen->bottom + 1 };

  return paint_missing (self, self->shown, &around) || paint_dirty (self, self->shown, &around);
}

/* Gives the threads what is wanted most. */
static void
work (PtlTiles *self)
{
  PtlBox seen = ptl_viewport_visible (&self->view);
  PtlTileRange range;

  if (self->scene == NULL || self->view.width <= 0)
    return;
  aim (self);
  if (self->coming != NULL)
    {
      range = ptl_tile_layer_range (self->coming, &self->goal);
      while (ptl_paint_pool_get_pending (self->pool) < MAX_AT_ONCE && paint_missing (self, self->coming, &range))
        ;
      return;
    }
  paint_batch (self);
  range = ptl_tile_layer_range (self->shown, &seen);
  while (ptl_paint_pool_get_pending (self->pool) < MAX_AT_ONCE && paint_missing (self, self->shown, &range))
    ;
  while (ptl_paint_pool_get_pending (self->pool) < AHEAD_AT_ONCE && paint_ahead (self, &range))
    ;
  ptl_tile_layer_forget (self->shown, &range);
}

static void
painted_tile (PtlTiles *self, PtlTile *tile, cairo_surface_t *image)
{
  tile->busy = FALSE;
  if (tile->batched)
    {
      tile->batched = FALSE;
      self->batch--;
      tile->next = cairo_surface_reference (image);
    }
  else
    ptl_tile_show (tile, image);
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
      ptl_tile_unref (tile);
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

/* Whether the view is what the painter would paint, and nothing is to be done. */
gboolean
ptl_tiles_at_rest (PtlTiles *self)
{
  return ptl_tiles_match (self, self->shown) && self->rest == 0 && self->overview_wait == 0
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
  g_clear_pointer (&self->shown, ptl_tile_layer_free);
  g_clear_pointer (&self->coming, ptl_tile_layer_free);
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
    ptl_tile_layer_damage (self->shown, boxes);
  if (boxes->len > 0 && self->coming != NULL)
    ptl_tile_layer_damage (self->coming, boxes);
  if (before == NULL || boxes->len > 0)
    queue_overview (self);
  work (self);
}

void
ptl_tiles_set_theme (PtlTiles *self, const PtlTheme *theme)
{
  if (memcmp (theme, &self->theme, sizeof *theme) == 0)
    return;
  self->theme = *theme;
  if (self->shown != NULL)
    ptl_tile_layer_spoil (self->shown);
  if (self->coming != NULL)
    ptl_tile_layer_spoil (self->coming);
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
