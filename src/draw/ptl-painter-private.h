#pragma once

#include "ptl-painter.h"

/* What the parts of the painter share. How much is painted depends on the scale: what could not be read is left out,
 * and what is left grows, so that letters and lines keep a size that can be seen. */

#define PTL_DETAILED_SCALE 0.62 /* from here on cards have addresses and badges, arrows labels */
#define PTL_NAMED_SCALE    0.34 /* names; below, arrows are gathered into trunks */
#define PTL_ICON_SCALE     0.16 /* icons; below they are dots */

#define PTL_SMALLEST_SCALE 0.02 /* of pictures of whole continents; letters grow no more below it */

#define PTL_SMALLEST_LETTERS 9.5 /* px */

typedef struct
{
  const PtlScene *scene;
  const PtlTheme *theme;
  PtlSurface *surface;
  double scale;
  double hair; /* the width of a thin line that can be seen, in canvas units */
  PtlLevel level;
} PtlPainter;

/* How arrows look at a scale: what is painted and what is found are the same. In canvas units. */
double ptl_arrow_width (PtlTalkKind kind, double scale);
double ptl_arrow_mark_size (double scale);
PtlHeads ptl_arrow_heads (guint n_there, guint n_back);
double ptl_trunk_width (const PtlTrunk *trunk, double scale);

GArray *ptl_find_arrows (const PtlPainter *p, const PtlBox *around);
void ptl_paint_arrows (const PtlPainter *p, const GArray *found);
void ptl_paint_arrow_labels (const PtlPainter *p, const GArray *found);
void ptl_paint_some_arrows (const PtlPainter *p, const guint *arrows, guint n);
