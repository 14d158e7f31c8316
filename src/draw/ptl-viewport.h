#pragma once

#include "ptl-geometry.h"

/* What part of the canvas a view shows: canvas units on one side, the view's pixels on the other. */

#define PTL_MIN_SCALE 0.1
#define PTL_MAX_SCALE 4.0

typedef struct
{
  double x, y;          /* canvas units: what stands at the view's top left corner */
  double scale;         /* pixels a unit, from PTL_MIN_SCALE to PTL_MAX_SCALE */
  double width, height; /* of the view, in pixels */
} PtlViewport;

PtlPoint ptl_viewport_to_view (const PtlViewport *viewport, double x, double y);
PtlPoint ptl_viewport_to_world (const PtlViewport *viewport, double x, double y);
PtlBox ptl_viewport_visible (const PtlViewport *viewport);
void ptl_viewport_pan (PtlViewport *viewport, double dx, double dy);
void ptl_viewport_zoom_at (PtlViewport *viewport, double scale, double x, double y);
void ptl_viewport_fit (PtlViewport *viewport, const PtlBox *box, double margin);
