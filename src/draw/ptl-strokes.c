#include "ptl-strokes.h"

#define DASH     4    /* times the width */
#define GAP      3    /* behind it */
#define PART     16   /* px: of slanted lines */
#define OVERLAP  1    /* px, of the parts: no seam is seen */
#define BREADTH  0.75 /* of a head, times its length */
#define SUBPIXEL 256  /* cairo's */

typedef struct
{
  PtlStamps *stamps;
  cairo_t *cr;
  PtlBox seen;          /* of the image */
  double width, before; /* of the line, and how much of that lies above or left of its points */
  double head_length;
} Pen;

static PtlBox
seen_part (cairo_t *cr)
{
  double left, top, right, bottom;

  cairo_clip_extents (cr, &left, &top, &right, &bottom);
  return (PtlBox){ left, top, right - left, bottom - top };
}

static double
sign (double value)
{
  return (value > 0) - (value < 0);
}

/* Slanted lines */

/* Fills a small polygon that is made apart. */
static void
fill_apart (const Pen *pen, const PtlPoint *points, guint n)
{
  PtlBox box = { points[0].x, points[0].y, 0, 0 };
  cairo_surface_t *mask;
  cairo_t *cr;

  for (guint i = 1; i < n; i++)
    box = ptl_box_union (&box, &(PtlBox){ points[i].x, points[i].y, 0, 0 });
  if (!ptl_box_touches (&box, &pen->seen))
    return;
  box = (PtlBox){ floor (box.x), floor (box.y), ceil (box.width) + 2, ceil (box.height) + 2 };
  mask = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) box.width, (int) box.height);
  cr = cairo_create (mask);
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, ptl_pixel (points[i].x * SUBPIXEL) / SUBPIXEL - box.x,
                   ptl_pixel (points[i].y * SUBPIXEL) / SUBPIXEL - box.y);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_mask_surface (pen->cr, mask, box.x, box.y);
  cairo_surface_destroy (mask);
}

static PtlPoint
on_way (PtlPoint from, PtlPoint to, double part)
{
  return (PtlPoint){ from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part };
}

static void
fill_part (const Pen *pen, PtlPoint from, PtlPoint to)
{
  double way = hypot (to.x - from.x, to.y - from.y), half = pen->width / 2;
  double dx = (to.y - from.y) / way * half, dy = (from.x - to.x) / way * half;
  const PtlPoint corners[] = {
    { from.x + dx, from.y + dy }, { to.x + dx, to.y + dy }, { to.x - dx, to.y - dy }, { from.x - dx, from.y - dy }
  };

  fill_apart (pen, corners, G_N_ELEMENTS (corners));
}

/* What part of the way from one point to another may be seen; FALSE when nothing of it. */
static gboolean
clip_way (const PtlBox *seen, PtlPoint from, PtlPoint to, double *first, double *last)
{
  const double starts[] = { from.x, from.y }, ways[] = { to.x - from.x, to.y - from.y };
  const double lows[] = { seen->x, seen->y }, highs[] = { ptl_box_right (seen), ptl_box_bottom (seen) };

  *first = 0;
  *last = 1;
  for (guint i = 0; i < 2; i++)
    {
      double low = lows[i] - starts[i], high = highs[i] - starts[i];

      if (ways[i] == 0 && (low > 0 || high < 0))
        return FALSE;
      if (ways[i] == 0)
        continue;
      *first = MAX (*first, MIN (low / ways[i], high / ways[i]));
      *last = MIN (*last, MAX (low / ways[i], high / ways[i]));
    }
  return *first <= *last;
}

/* In parts of equal length, each as far from the start as it is in any other image. */
static void
draw_way (const Pen *pen, PtlPoint from, PtlPoint to, double part, double period)
{
  double way = hypot (to.x - from.x, to.y - from.y), first, last;
  PtlBox around = ptl_box_grow (&pen->seen, pen->width + part);

  if (way == 0 || !clip_way (&around, from, to, &first, &last))
    return;
  for (double at = floor (first * way / period) * period; at < last * way; at += period)
    fill_part (pen, on_way (from, to, at / way), on_way (from, to, MIN (at + part, way) / way));
}

static void
draw_slanted (const Pen *pen, PtlPoint *points, guint n, PtlHeads heads, gboolean dashed)
{
  PtlPoint corners[3];

  if (heads & PTL_HEAD_START && ptl_line_cut_head (&points[0], points[1], pen->head_length, corners))
    fill_apart (pen, corners, G_N_ELEMENTS (corners));
  if (heads & PTL_HEAD_END && ptl_line_cut_head (&points[n - 1], points[n - 2], pen->head_length, corners))
    fill_apart (pen, corners, G_N_ELEMENTS (corners));
  for (guint i = 1; i < n; i++)
    if (dashed)
      draw_way (pen, points[i - 1], points[i], pen->width * DASH, pen->width * (DASH + GAP));
    else
      draw_way (pen, points[i - 1], points[i], PART + OVERLAP, PART);
}

/* Upright and level lines */

/* Takes out the points that are no corners; returns the number of those left, or 0 for a slanted line. */
static guint
find_corners (PtlPoint *points, guint n)
{
  guint kept = 1;

  for (guint i = 1; i < n; i++)
    {
      PtlPoint last = points[kept - 1];

      if (points[i].x != last.x && points[i].y != last.y)
        return 0;
      if (points[i].x == last.x && points[i].y == last.y)
        continue;
      if (kept > 1
          && ((points[i].x == last.x && last.x == points[kept - 2].x)
              || (points[i].y == last.y && last.y == points[kept - 2].y)))
        points[kept - 1] = points[i];
      else
        points[kept++] = points[i];
    }
  return kept;
}

static gboolean
is_level (PtlPoint from, PtlPoint to)
{
  return from.y == to.y;
}

/* The part of a level or upright line that lies between two places along it. */
static void
fill_along (const Pen *pen, PtlPoint point, gboolean level, double from, double to)
{
  double low = MIN (from, to), length = fabs (to - from);
  PtlBox box = level ? (PtlBox){ low, point.y - pen->before, length, pen->width }
                     : (PtlBox){ point.x - pen->before, low, pen->width, length };

  if (length == 0 || !ptl_box_overlaps (&box, &pen->seen))
    return;
  cairo_rectangle (pen->cr, box.x, box.y, box.width, box.height);
  cairo_fill (pen->cr);
}

static void
dash_along (const Pen *pen, PtlPoint point, gboolean level, double from, double to)
{
  double low = level ? pen->seen.x : pen->seen.y, way = fabs (to - from), forth = sign (to - from);
  double high = low + (level ? pen->seen.width : pen->seen.height), period = pen->width * (DASH + GAP);
  double nearest = forth > 0 ? low - from : from - high, furthest = forth > 0 ? high - from : from - low;

  for (double at = MAX (floor (nearest / period), 0) * period; at < MIN (way, furthest); at += period)
    fill_along (pen, point, level, from + forth * at, from + forth * MIN (at + pen->width * DASH, way));
}

/* How far a corner reaches: its radius, where its sides leave room for that. */
static double
corner_side (const Pen *pen, const PtlPoint *corner, double radius)
{
  double one = fabs (corner->x - corner[-1].x) + fabs (corner->y - corner[-1].y);
  double other = fabs (corner[1].x - corner->x) + fabs (corner[1].y - corner->y);

  return MAX (MIN (radius, floor (MIN (one, other) / 2)), pen->width);
}

/* Where a line leaves a corner of that size, towards one side. */
static double
leave_corner (const Pen *pen, double at, double forth, double side)
{
  return at - pen->before + (forth > 0 ? side : pen->width - side);
}

static void
put_corner (const Pen *pen, const PtlPoint *corner, double side)
{
  double across = sign (corner[-1].x - corner->x) + sign (corner[1].x - corner->x);
  double down = sign (corner[-1].y - corner->y) + sign (corner[1].y - corner->y);
  double x = corner->x - pen->before, y = corner->y - pen->before;
  PtlBox box = { across > 0 ? x : x + pen->width - side, down > 0 ? y : y + pen->width - side, side, side };

  if (ptl_box_overlaps (&box, &pen->seen))
    ptl_stamps_corner (pen->stamps, pen->cr, down > 0 ? (across > 0 ? 0 : 1) : (across > 0 ? 3 : 2), &box, pen->width);
}

/* Puts the head whose tip is the point, and moves that to where the line ends. */
static void
put_head (const Pen *pen, PtlPoint *tip, PtlPoint from)
{
  gboolean level = is_level (*tip, from);
  double forth = level ? sign (tip->x - from.x) : sign (tip->y - from.y);
  double length = MIN (pen->head_length, fabs (tip->x - from.x) + fabs (tip->y - from.y) - 1);
  double breadth = pen->width + 2 * ceil ((pen->head_length * BREADTH - pen->width) / 2);
  double along = level ? tip->x : tip->y, across = (level ? tip->y : tip->x) - pen->before + (pen->width - breadth) / 2;
  double low = forth > 0 ? along - pen->head_length : along;
  PtlBox box
      = level ? (PtlBox){ low, across, pen->head_length, breadth } : (PtlBox){ across, low, breadth, pen->head_length };

  if (ptl_box_overlaps (&box, &pen->seen))
    ptl_stamps_head (pen->stamps, pen->cr, level ? (forth > 0 ? 0 : 2) : (forth > 0 ? 1 : 3), &box);
  if (level)
    tip->x -= forth * length;
  else
    tip->y -= forth * length;
}

static void
draw_straight (const Pen *pen, PtlPoint *points, guint n, double radius, gboolean dashed)
{
  double side = 0;

  for (guint i = 1; i < n; i++)
    {
      gboolean level = is_level (points[i - 1], points[i]);
      double from = level ? points[i - 1].x : points[i - 1].y, to = level ? points[i].x : points[i].y;
      double forth = sign (to - from), start = i > 1 ? leave_corner (pen, from, forth, side) : from, end = to;

      if (i + 1 < n)
        {
          side = corner_side (pen, &points[i], radius);
          put_corner (pen, &points[i], side);
          end = leave_corner (pen, to, -forth, side);
        }
      (dashed ? dash_along : fill_along) (pen, points[i], level, start, end);
    }
}

void
ptl_strokes_draw (PtlStamps *stamps, cairo_t *cr, PtlPoint *points, guint n, PtlHeads heads, const PtlStroke *stroke)
{
  Pen pen = { stamps, cr, seen_part (cr), stroke->width, 0, stroke->head_length };
  g_autofree PtlPoint *corners = g_new (PtlPoint, n);
  guint n_corners;

  for (guint i = 0; i < n; i++)
    corners[i] = (PtlPoint){ ptl_pixel (points[i].x), ptl_pixel (points[i].y) };
  n_corners = find_corners (corners, n);
  if (n_corners == 0)
    {
      draw_slanted (&pen, points, n, heads, stroke->dashed);
      return;
    }
  if (n_corners == 1)
    return;
  pen.width = MAX (ptl_pixel (pen.width), 1);
  pen.before = floor (pen.width / 2);
  pen.head_length = MAX (ptl_pixel (pen.head_length), 3);
  if (heads & PTL_HEAD_START)
    put_head (&pen, &corners[0], corners[1]);
  if (heads & PTL_HEAD_END)
    put_head (&pen, &corners[n_corners - 1], corners[n_corners - 2]);
  draw_straight (&pen, corners, n_corners, ptl_pixel (stroke->radius), stroke->dashed);
}
