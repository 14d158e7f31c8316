#pragma once

#include <cairo.h>

#include "ptl-surface.h"

/* Draws by cairo and Pango: the screen, PDF, PNG, paper. It keeps its texts shaped, so that one that
 * serves many tiles of a view is faster than many. */

PtlSurface *ptl_surface_cairo_new (void);
void ptl_surface_cairo_set_target (PtlSurface *surface, cairo_t *cr);
