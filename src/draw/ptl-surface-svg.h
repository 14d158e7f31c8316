#pragma once

#include "io/ptl-output.h"
#include "ptl-surface.h"

/* Writes SVG: real text that can be searched and copied, a group with an id and a tooltip for each
 * thing. The time is proportional to what is drawn. */

PtlSurface *ptl_surface_svg_new (PtlOutput *output, const PtlBox *part, double scale, const char *title);
