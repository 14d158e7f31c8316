#pragma once

#include <cairo.h>

#include "ptl-geometry.h"
#include "ptl-icon.h"

/* Boxes and icons as they are put on an image, in its pixels. Rounded shapes are made once, apart, and then put on
 * whole pixels. cairo shades a row of pixels differently when something else of the same shape ends in it: a shape that
 * the edge of an image cuts would not look as it does in a larger one. */

typedef struct _PtlStamps PtlStamps;

PtlStamps *ptl_stamps_new (void);
void ptl_stamps_free (PtlStamps *stamps);

/* All in the colour of `cr`, which takes pixels. Boxes have whole numbers. A border of 0 fills the box. */
void ptl_stamps_box (PtlStamps *stamps, cairo_t *cr, const PtlBox *box, double radius, double border);
void ptl_stamps_dashed_border (PtlStamps *stamps, cairo_t *cr, const PtlBox *box, double radius, double border);
void ptl_stamps_icon (PtlStamps *stamps, cairo_t *cr, const PtlIcon *icon, double x, double y, double size);
