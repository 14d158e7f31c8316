#pragma once

#include <cairo.h>

#include "ptl-geometry.h"
#include "ptl-icon.h"

/* How cairo draws boxes and icons, in the colour and the units of `cr`. */

/* Adds the outline to the path. */
void ptl_trace_box (cairo_t *cr, const PtlBox *box, double radius);

/* Borders lie inside the box. */
void ptl_draw_border (cairo_t *cr, const PtlBox *box, double radius, double width);
void ptl_draw_dashed_border (cairo_t *cr, const PtlBox *box, double radius, double width);

/* From (0, 0). */
void ptl_draw_icon (cairo_t *cr, const PtlIcon *icon, double size);
