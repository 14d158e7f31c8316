#pragma once

#include <gtk/gtk.h>

#include "draw/ptl-geometry.h"

/* The tiles of one scale, painted and to be painted. */

#define PTL_TILE 512 /* pixels of the screen, to each side */

typedef struct _PtlTileLayer PtlTileLayer;

/* All tiles of one scale. They stand on a grid that begins at the canvas's origin. */
struct _PtlTileLayer
{
  double scale;
  int factor;
  GHashTable *tiles; /* PtlTile by its place */
};

typedef struct
{
  gint64 place;
  int column, row;
  PtlTileLayer *layer;         /* NULL once nobody wants the tile */
  cairo_surface_t *image;      /* NULL until it was painted */
  cairo_surface_t *next;       /* painted, to be shown together with others */
  GskRenderNode *node;         /* of the image */
  cairo_rectangle_int_t dirty; /* in pixels of the tile: where the image shows an older scene */
  gboolean busy;               /* a thread has it */
  gboolean batched;            /* and its result is waited for by others */
} PtlTile;

/* Columns and rows, the last ones excluded. */
typedef struct
{
  int left, top, right, bottom;
} PtlTileRange;

void ptl_tile_unref (gpointer tile);
void ptl_tile_show (PtlTile *tile, cairo_surface_t *image);
gboolean ptl_tile_is_dirty (const PtlTile *tile);

PtlTileLayer *ptl_tile_layer_new (double scale, int factor);
void ptl_tile_layer_free (PtlTileLayer *layer);

PtlTile *ptl_tile_layer_find (const PtlTileLayer *layer, int column, int row);
PtlTile *ptl_tile_layer_add (PtlTileLayer *layer, int column, int row);
double ptl_tile_layer_density (const PtlTileLayer *layer);
PtlTileRange ptl_tile_layer_range (const PtlTileLayer *layer, const PtlBox *box);
gboolean ptl_tile_layer_has_all (const PtlTileLayer *layer, const PtlBox *box);

void ptl_tile_layer_damage (PtlTileLayer *layer, const GArray *boxes);
void ptl_tile_layer_spoil (PtlTileLayer *layer);
void ptl_tile_layer_forget (PtlTileLayer *layer, const PtlTileRange *range);
