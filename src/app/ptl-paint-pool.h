#pragma once

#include <cairo.h>

#include "draw/ptl-scene.h"
#include "draw/ptl-surface.h"

/* Paints pieces of scenes in threads, beside the one that has the window. */

/* A piece of the canvas as pixels: (x, y) from the canvas's origin, all in pixels of the screen. */
typedef struct
{
  PtlScene *scene;
  PtlTheme theme;
  double scale;                /* pixels of the view a canvas unit: says how much detail there is */
  int factor;                  /* pixels of the screen a pixel of the view */
  int x, y, width, height;     /* of the piece */
  cairo_surface_t *base;       /* what it looked like; of that all but `dirty` is kept. NULL: nothing is known */
  cairo_rectangle_int_t dirty; /* within the piece */
  gpointer data;               /* the owner's */
  cairo_surface_t *image;      /* the result */
} PtlPiece;

/* What is painted becomes the piece's image. */
void ptl_piece_paint (PtlPiece *piece, PtlSurface *surface);

/* A pool delivers to one owner, in the thread that made it. All of them share two threads. */
typedef struct _PtlPaintPool PtlPaintPool;
typedef void (*PtlPaintedFunc) (PtlPiece *piece, gpointer data);

PtlPaintPool *ptl_paint_pool_new (PtlPaintedFunc painted, gpointer data);
void ptl_paint_pool_free (PtlPaintPool *pool);

void ptl_paint_pool_push (PtlPaintPool *pool, const PtlPiece *piece);
guint ptl_paint_pool_get_pending (PtlPaintPool *pool);
gboolean ptl_paint_pool_wait (PtlPaintPool *pool);
