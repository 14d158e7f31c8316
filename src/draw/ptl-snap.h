#pragma once

#include "ptl-geometry.h"

/* Where a thing that a person moves comes to stand: in line with a near neighbour, else on the grid. */

#define PTL_GRID 20 /* what is placed is placed on it */

typedef struct
{
  PtlPoint from, to;
} PtlGuide;

typedef struct
{
  const PtlBox *others; /* what it may stand in line with */
  guint n_others;
  PtlBox visible; /* only what a person sees counts */
  double reach;   /* how near counts as in line */
} PtlSnap;

guint ptl_snap_move (const PtlSnap *snap, const PtlBox *box, PtlPoint anchor, PtlPoint *by, PtlGuide guides[2]);
guint ptl_snap_edges (const PtlSnap *snap, guint edges, PtlBox *box, PtlGuide guides[2]);
double ptl_snap_to_grid (double at);
