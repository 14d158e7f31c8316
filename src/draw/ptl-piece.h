#pragma once

#include <cairo.h>

#include "ptl-scene.h"
#include "ptl-surface.h"

/* A piece of the canvas as pixels: (x, y) from the canvas's origin, all in pixels of the screen. Pieces beside each
 * other are one picture, to the pixel. */
typedef struct
{
  PtlScene *scene;
  PtlTheme theme;
  double scale;                /* pixels of the view a canvas unit: says how much detail there is */
  int factor;                  /* pixels of the screen a pixel of the view */
  int x, y, width, height;     /* of the piece */
  cairo_surface_t *base;       /* what it looked like; of that all but `dirty` is kept. NULL: nothing is known */
  cairo_rectangle_int_t dirty; /* within the piece */
} PtlPiece;

cairo_surface_t *ptl_piece_paint (const PtlPiece *piece, PtlSurface *surface);
