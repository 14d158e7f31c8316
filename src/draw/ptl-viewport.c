#include "ptl-viewport.h"

/**
 * ptl_viewport_to_view:
 * @x: in canvas units
 * @y: in canvas units
 *
 * Returns: the same point in the view's pixels
 */
PtlPoint
ptl_viewport_to_view (const PtlViewport *viewport, double x, double y)
{
  return (PtlPoint){ (x - viewport->x) * viewport->scale, (y - viewport->y) * viewport->scale };
}

/**
 * ptl_viewport_to_world:
 * @x: in the view's pixels
 * @y: in the view's pixels
 *
 * Returns: the same point in canvas units
 */
PtlPoint
ptl_viewport_to_world (const PtlViewport *viewport, double x, double y)
{
  return (PtlPoint){ viewport->x + x / viewport->scale, viewport->y + y / viewport->scale };
}

/**
 * ptl_viewport_visible:
 *
 * Returns: the part of the canvas that is seen, in canvas units
 */
PtlBox
ptl_viewport_visible (const PtlViewport *viewport)
{
  return (PtlBox){ viewport->x, viewport->y, viewport->width / viewport->scale, viewport->height / viewport->scale };
}

/**
 * ptl_viewport_pan:
 * @dx: in the view's pixels
 * @dy: in the view's pixels
 *
 * Moves the canvas under the view: what was at a point is then at that point plus (@dx, @dy).
 */
void
ptl_viewport_pan (PtlViewport *viewport, double dx, double dy)
{
  viewport->x -= dx / viewport->scale;
  viewport->y -= dy / viewport->scale;
}

/**
 * ptl_viewport_zoom_at:
 * @scale: the new scale; brought within the limits
 * @x: in the view's pixels
 * @y: in the view's pixels
 *
 * What is at (@x, @y) stays there:
 * x0 + x / s0 = x1 + x / s1, thus x1 = (the point in canvas units) - x / s1.
 */
void
ptl_viewport_zoom_at (PtlViewport *viewport, double scale, double x, double y)
{
  PtlPoint fixed = ptl_viewport_to_world (viewport, x, y);

  viewport->scale = CLAMP (scale, PTL_MIN_SCALE, PTL_MAX_SCALE);
  viewport->x = fixed.x - x / viewport->scale;
  viewport->y = fixed.y - y / viewport->scale;
}

/**
 * ptl_viewport_fit:
 * @box: in canvas units
 * @margin: to be left free on each side, in the view's pixels
 *
 * Shows the whole box in the middle of the view, as large as it fits but never above 100 %; of a box too large for the
 * smallest scale its middle is shown.
 */
void
ptl_viewport_fit (PtlViewport *viewport, const PtlBox *box, double margin)
{
  double width = MAX (viewport->width - 2 * margin, 1), height = MAX (viewport->height - 2 * margin, 1);
  double scale = MIN (width / MAX (box->width, 1), height / MAX (box->height, 1));
  PtlPoint centre = ptl_box_centre (box);

  viewport->scale = CLAMP (scale, PTL_MIN_SCALE, 1.0);
  viewport->x = centre.x - viewport->width / 2 / viewport->scale;
  viewport->y = centre.y - viewport->height / 2 / viewport->scale;
}
