#pragma once

#include "ptl-scene.h"
#include "ptl-surface.h"

/* Paints a scene, on the screen and in files alike. What a person points at or has selected is not in
 * the picture: the window draws it on top. */

#define PTL_FULL_SCALE 1.0 /* at which everything is painted that there is to say */

/* How much is seen: what could not be read is left out. */
typedef enum
{
  PTL_LEVEL_DOTS,  /* nodes are dots */
  PTL_LEVEL_ICONS, /* or the icon of their first role */
  PTL_LEVEL_NAMES, /* and their name */
  PTL_LEVEL_DETAILS,
} PtlLevel;

PtlLevel ptl_level_at (double scale);
double ptl_painter_reach (double scale);
void ptl_painter_paint (const PtlScene *scene, const PtlTheme *theme, PtlSurface *surface, const PtlBox *part,
                        double scale);
void ptl_painter_paint_some (const PtlScene *scene, const PtlTheme *theme, PtlSurface *surface, double scale,
                             const guint *arrows, guint n_arrows, const guint *nodes, guint n_nodes);
