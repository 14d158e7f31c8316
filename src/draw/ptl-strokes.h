#pragma once

#include "ptl-line.h"
#include "ptl-stamps.h"

/* Lines and the heads of arrows as they are put on an image, in its pixels. What is upright or level lies on whole
 * pixels, its rounded corners and heads are stamps; what is slanted is made apart, in short parts. So the border of an
 * image changes nothing of what it cuts. */

typedef struct
{
  double width, radius, head_length; /* px */
  gboolean dashed;
} PtlStroke;

/* In the colour of `cr`, which takes pixels. The points are changed. */
void ptl_strokes_draw (PtlStamps *stamps, cairo_t *cr, PtlPoint *points, guint n, PtlHeads heads,
                       const PtlStroke *stroke);
