#pragma once

#include <glib.h>
#include <math.h>

/* Points and boxes in canvas units: 1 unit = 1 px at 100 %, y grows downwards. */

typedef struct
{
  double x, y;
} PtlPoint;

typedef struct
{
  double x, y, width, height;
} PtlBox;

static inline double
ptl_box_right (const PtlBox *box)
{
  return box->x + box->width;
}

static inline double
ptl_box_bottom (const PtlBox *box)
{
  return box->y + box->height;
}

static inline PtlPoint
ptl_box_centre (const PtlBox *box)
{
  return (PtlPoint){ box->x + box->width / 2, box->y + box->height / 2 };
}

/* The box, larger by `by` on each side; smaller where that is negative. */
static inline PtlBox
ptl_box_grow (const PtlBox *box, double by)
{
  return (PtlBox){ box->x - by, box->y - by, box->width + 2 * by, box->height + 2 * by };
}

/* Whether the boxes have more than an edge in common. */
static inline gboolean
ptl_box_overlaps (const PtlBox *a, const PtlBox *b)
{
  return a->x < ptl_box_right (b) && b->x < ptl_box_right (a) && a->y < ptl_box_bottom (b) && b->y < ptl_box_bottom (a);
}

/* Whether the boxes have a point in common, be it of their edges. */
static inline gboolean
ptl_box_touches (const PtlBox *a, const PtlBox *b)
{
  return a->x <= ptl_box_right (b) && b->x <= ptl_box_right (a) && a->y <= ptl_box_bottom (b)
         && b->y <= ptl_box_bottom (a);
}

static inline gboolean
ptl_box_holds (const PtlBox *box, double x, double y)
{
  return x >= box->x && y >= box->y && x <= ptl_box_right (box) && y <= ptl_box_bottom (box);
}

/* The box that has the points as corners. */
static inline PtlBox
ptl_box_between (PtlPoint a, PtlPoint b)
{
  return (PtlBox){ MIN (a.x, b.x), MIN (a.y, b.y), ABS (a.x - b.x), ABS (a.y - b.y) };
}

/* Where the way from the middle of the box to the point leaves the box, `gap` away from it. */
static inline PtlPoint
ptl_box_leave (const PtlBox *box, PtlPoint to, double gap)
{
  PtlPoint from = ptl_box_centre (box);
  double dx = to.x - from.x, dy = to.y - from.y;
  double part = MIN ((box->width / 2 + gap) / MAX (fabs (dx), 1e-9), (box->height / 2 + gap) / MAX (fabs (dy), 1e-9));

  return (PtlPoint){ from.x + dx * part, from.y + dy * part };
}

/* The smallest box around both. */
static inline PtlBox
ptl_box_union (const PtlBox *a, const PtlBox *b)
{
  double x = MIN (a->x, b->x), y = MIN (a->y, b->y);

  return (PtlBox){ x, y, MAX (ptl_box_right (a), ptl_box_right (b)) - x,
                   MAX (ptl_box_bottom (a), ptl_box_bottom (b)) - y };
}
