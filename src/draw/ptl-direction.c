#include "ptl-direction.h"

#include <math.h>

#define ASIDE   3   /* how much more a unit beside the way counts than one along it */
#define BESIDE  1e8 /* what is not straight ahead comes after all that is */
#define COVERED 1e9 /* and what another box covers, after all that lies wholly in the direction */

/* The box as if the way went to the right. */
static PtlBox
turn (const PtlBox *box, PtlDirection direction)
{
  switch (direction)
    {
    case PTL_DIRECTION_LEFT:
      return (PtlBox){ -ptl_box_right (box), box->y, box->width, box->height };
    case PTL_DIRECTION_UP:
      return (PtlBox){ -ptl_box_bottom (box), box->x, box->height, box->width };
    case PTL_DIRECTION_DOWN:
      return (PtlBox){ box->y, box->x, box->height, box->width };
    default:
      return *box;
    }
}

/* How far a box on the right is; INFINITY when it is not there. */
static double
cost (const PtlBox *from, const PtlBox *to)
{
  PtlPoint start = ptl_box_centre (from), end = ptl_box_centre (to);
  double along = MAX (to->x - ptl_box_right (from), 0);
  double aside = MAX (MAX (to->y - ptl_box_bottom (from), from->y - ptl_box_bottom (to)), 0);

  if (end.x <= start.x)
    return INFINITY;
  return along + ASIDE * aside + 0.01 * fabs (end.y - start.y) + (aside > 0 ? BESIDE : 0)
         + (end.x > ptl_box_right (from) ? 0 : COVERED);
}

/**
 * ptl_direction_next:
 * @from: one of them, or another box
 *
 * Returns: the index of the nearest box in the direction, or -1
 */
int
ptl_direction_next (const PtlBox *boxes, guint n, const PtlBox *from, PtlDirection direction)
{
  PtlBox turned = turn (from, direction);
  double best_cost = INFINITY;
  int best = -1;

  for (guint i = 0; i < n; i++)
    {
      PtlBox box = turn (&boxes[i], direction);
      double own = cost (&turned, &box);

      if (own < best_cost)
        {
          best = (int) i;
          best_cost = own;
        }
    }
  return best;
}

/**
 * ptl_direction_end:
 *
 * Returns: the index of the box that is read first, from the top left, or last; -1 when there is none
 */
int
ptl_direction_end (const PtlBox *boxes, guint n, gboolean last)
{
  int best = -1;

  for (guint i = 0; i < n; i++)
    {
      const PtlBox *box = &boxes[i], *other = &boxes[MAX (best, 0)];
      gboolean before = box->y != other->y ? box->y < other->y : box->x < other->x;

      if (best < 0 || before != last)
        best = (int) i;
    }
  return best;
}
