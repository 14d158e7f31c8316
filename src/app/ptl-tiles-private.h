#pragma once

#include "ptl-paint-pool.h"
#include "ptl-tile-layer.h"
#include "ptl-tiles.h"

/* What the files of the tiles share: ptl-tiles.c has them painted, -snapshot.c shows them. */

struct _PtlTiles
{
  void (*changed) (gpointer data);
  gpointer data;
  PtlPaintPool *pool;

  PtlScene *scene;
  PtlTheme theme;
  PtlViewport view;
  int factor;

  PtlTileLayer *shown;  /* NULL until one is complete */
  PtlTileLayer *coming; /* at another scale, until it is complete */
  PtlBox goal;          /* what the coming layer is to show before it is shown */
  guint rest;           /* a timeout: the scale has just changed */
  guint batch;          /* tiles that are to be shown together and are still painted */
  gboolean hungry;      /* ptl_tiles_clear (): the next snapshot waits for the first layer */

  cairo_surface_t *overview; /* of the whole plan: behind what is missing */
  PtlBox overview_box;
  gboolean overview_busy;
  guint overview_wait;
};

/* Whether the layer is of the scale that is wanted; NULL is not. */
gboolean ptl_tiles_match (const PtlTiles *self, const PtlTileLayer *layer);
