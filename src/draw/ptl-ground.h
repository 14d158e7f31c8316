#pragma once

#include "ptl-geometry.h"

/* What arrows go around, for asking whether a straight line is free and how far it may be moved aside. Both
 * directions are alike: an axis is 0 for x and 1 for y, and a line along one axis stands at a place of the other. */

typedef struct
{
  double low[2], high[2]; /* by axis */
} PtlExtent;

static inline PtlExtent
ptl_extent_of (const PtlBox *box)
{
  return (PtlExtent){ { box->x, box->y }, { ptl_box_right (box), ptl_box_bottom (box) } };
}

typedef struct _PtlGround PtlGround;

/* Nothing stands there in the beginning. On soft ground a line may lie in a box, but has its room beside it. */
PtlGround *ptl_ground_new (gboolean soft);
void ptl_ground_free (PtlGround *ground);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlGround, ptl_ground_free)

void ptl_ground_add (PtlGround *ground, const PtlBox *box);
void ptl_ground_seal (PtlGround *ground); /* after the last ptl_ground_add () and before the first question */

const GArray *ptl_ground_get_boxes (const PtlGround *ground); /* PtlExtent */
PtlExtent ptl_ground_get_bounds (const PtlGround *ground);

/* Whether the line along `axis` at `at` passes between the boxes from `low` to `high`; it may touch their edges. */
gboolean ptl_ground_is_free (const PtlGround *ground, guint axis, double at, double low, double high);
/* The places between `*min` and `*max` to which that line may be moved across free ground; makes them narrower. */
void ptl_ground_find_room (const PtlGround *ground, guint axis, double at, double low, double high, double *min,
                           double *max);
/* Appends the edges of the boxes within the extent, as far as they are there, along each axis: GArray of double. */
void ptl_ground_find_edges (const PtlGround *ground, const PtlExtent *within, GArray *edges[2]);
/* Appends the boxes that the line along `axis` at `at` passes through or touches: GArray of PtlExtent. */
void ptl_ground_find_boxes (const PtlGround *ground, guint axis, double at, double low, double high, GArray *found);
