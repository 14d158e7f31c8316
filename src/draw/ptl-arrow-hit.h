#pragma once

#include "ptl-scene.h"

/* Finds arrows: those that may be seen in a box, and the one that lies under a point. */

typedef enum
{
  PTL_ARROW_HEAD,
  PTL_ARROW_LABEL,
  PTL_ARROW_MARK,
  PTL_ARROW_LINE,
} PtlArrowPart;

typedef struct
{
  gboolean trunk;
  guint index; /* in the scene's arrows, or trunks */
  PtlArrowPart part;
} PtlArrowHit;

/* What is looked at, and how. */
typedef struct
{
  double scale;     /* pixels of the view a canvas unit: says what is drawn there */
  double tolerance; /* canvas units, how near counts as on a line */
  gboolean inner;   /* whether arrows within a zone are drawn */
} PtlArrowLook;

PtlHit *ptl_arrow_hit_new (const PtlArrow *arrows, guint n, const PtlArrow *base);
GArray *ptl_arrows_find (const PtlArrows *arrows, gboolean trunks, const PtlBox *box);

gboolean ptl_scene_arrow_at (const PtlScene *scene, double x, double y, const PtlArrowLook *look, PtlArrowHit *hit);
