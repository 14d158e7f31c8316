#pragma once

#include "ptl-scene.h"
#include "ptl-surface.h"

/* Paints a scene, on the screen and in files alike. What a person points at or has selected is not in
 * the picture: the window draws it on top. */

#define PTL_FULL_SCALE 1.0 /* at which everything is painted that there is to say */

double ptl_painter_reach (double scale);
void ptl_painter_paint (const PtlScene *scene, const PtlTheme *theme, PtlSurface *surface, const PtlBox *part,
                        double scale);
