#pragma once

#include <cairo.h>
#include <math.h>

#include "ptl-geometry.h"
#include "ptl-icon.h"

/* Boxes and icons as they are put on an image, in its pixels. Rounded shapes are made once, apart, and then put on
 * whole pixels. cairo shades a row of pixels differently when something else of the same shape ends in it: a shape that
 * the edge of an image cuts would not look as it does in a larger one. */

/* A coordinate of an image as a whole pixel. What falls between two of them goes the same way in all tiles of a view,
 * whatever numbers are wrong by. */
#define PTL_PIXEL_TIE 2e-4 /* more than numbers are wrong by, less than letters are apart by */
static inline double
ptl_pixel (double at)
{
  return floor (at + 0.5 + PTL_PIXEL_TIE);
}

typedef struct _PtlStamps PtlStamps;

PtlStamps *ptl_stamps_new (void);
void ptl_stamps_free (PtlStamps *stamps);

/* All in the colour of `cr`, which takes pixels. Boxes have whole numbers. A border of 0 fills the box. */
void ptl_stamps_box (PtlStamps *stamps, cairo_t *cr, const PtlBox *box, double radius, double border);
void ptl_stamps_dashed_border (PtlStamps *stamps, cairo_t *cr, const PtlBox *box, double radius, double border);
/* A corner of a border in the box, a square: counted clockwise from the top left one. */
void ptl_stamps_corner (PtlStamps *stamps, cairo_t *cr, guint corner, const PtlBox *box, double border);
/* A triangle that fills the box and points to the right, down, to the left or up. */
void ptl_stamps_head (PtlStamps *stamps, cairo_t *cr, guint direction, const PtlBox *box);
void ptl_stamps_icon (PtlStamps *stamps, cairo_t *cr, const PtlIcon *icon, double x, double y, double size);
