#include "ptl-arrows-private.h"

#include <math.h>

/* Where arrows cross firewalls: in the middle of the gaps between zones that they pass, as many as there are firewalls
 * on their route. */

#define MARK  10 /* units wide and high */
#define STEP  4  /* aside, in search of room */
#define STEPS 9

/* A part of a way outside all zones: from a place on one leg to a place on the same or a later one. */
typedef struct
{
  guint first, last; /* legs */
  PtlPoint from, to;
  double length;
} Part;

/* Distances from the beginning of a leg. */
typedef struct
{
  double low, high;
} Stretch;

typedef struct
{
  const PtlArrowMap *map;
  const PtlArrow *arrow;
  PtlCells *cells;
  GArray *zones, *stretches; /* PtlExtent, Stretch: scratch */
  GArray *parts;             /* Part */
  gboolean open;             /* the last part goes on */
} Finding;

static double
distance (PtlPoint a, PtlPoint b)
{
  return fabs (b.x - a.x) + fabs (b.y - a.y);
}

/* A stretch of a leg outside all zones; parts go on around corners. */
static void
add_stretch (Finding *f, guint leg, PtlPoint from, PtlPoint to)
{
  Part *last = f->parts->len > 0 ? &g_array_index (f->parts, Part, f->parts->len - 1) : NULL;

  if (f->open)
    {
      last->last = leg;
      last->to = to;
      last->length += distance (from, to);
    }
  else
    {
      Part part = { leg, leg, from, to, distance (from, to) };

      g_array_append_val (f->parts, part);
    }
  f->open = TRUE;
}

static PtlPoint
along (PtlPoint from, PtlPoint to, double length)
{
  double part = length / MAX (distance (from, to), 1e-9);

  return (PtlPoint){ from.x + part * (to.x - from.x), from.y + part * (to.y - from.y) };
}

static int
compare_lows (gconstpointer a, gconstpointer b)
{
  const Stretch *one = a, *other = b;

  return (one->low > other->low) - (one->low < other->low);
}

/* The zones on a leg. */
static void
find_zones (Finding *f, PtlPoint from, PtlPoint to)
{
  guint axis = from.y == to.y ? 0 : 1;
  double start = axis == 0 ? from.x : from.y, end = axis == 0 ? to.x : to.y;

  g_array_set_size (f->zones, 0);
  g_array_set_size (f->stretches, 0);
  ptl_ground_find_boxes (f->map->zones, axis, axis == 0 ? from.y : from.x, MIN (start, end), MAX (start, end),
                         f->zones);
  for (guint i = 0; i < f->zones->len; i++)
    {
      const PtlExtent *box = &g_array_index (f->zones, PtlExtent, i);
      Stretch stretch = { box->low[axis] - start, box->high[axis] - start };

      if (end < start)
        stretch = (Stretch){ start - box->high[axis], start - box->low[axis] };
      g_array_append_val (f->stretches, stretch);
    }
  g_array_sort (f->stretches, compare_lows);
}

/* Cuts the zones out of a leg. */
static void
cut_leg (Finding *f, guint leg)
{
  PtlPoint from = f->arrow->points[leg], to = f->arrow->points[leg + 1];
  double length = distance (from, to), reached = 0;

  find_zones (f, from, to);
  for (guint i = 0; i < f->stretches->len && reached < length; i++)
    {
      const Stretch *zone = &g_array_index (f->stretches, Stretch, i);

      if (zone->low > reached)
        add_stretch (f, leg, along (from, to, reached), along (from, to, MIN (zone->low, length)));
      if (zone->low < length)
        f->open = FALSE;
      reached = MAX (reached, zone->high);
    }
  if (reached < length)
    add_stretch (f, leg, along (from, to, reached), to);
}

/* The point where the part has gone so much of its way. If it crosses a gap from side to side, that much of the gap:
 * then the marks of all arrows stand in line. */
static PtlPoint
point_at (const PtlArrow *arrow, const Part *part, double share, guint *leg)
{
  const PtlPoint *points = arrow->points;
  gboolean across = points[part->first].y == points[part->first + 1].y;
  gboolean leaves_across = points[part->last].y == points[part->last + 1].y;
  double gone = share * part->length;

  for (*leg = part->first; *leg <= part->last; (*leg)++)
    {
      PtlPoint from = *leg == part->first ? part->from : points[*leg];
      PtlPoint to = *leg == part->last ? part->to : points[*leg + 1];

      if (across == leaves_across)
        {
          PtlPoint middle = along (part->from, part->to, 0);

          middle.x += share * (part->to.x - part->from.x);
          middle.y += share * (part->to.y - part->from.y);
          if (across && from.y == to.y && (middle.x - from.x) * (middle.x - to.x) <= 0)
            return (PtlPoint){ middle.x, from.y };
          if (!across && from.x == to.x && (middle.y - from.y) * (middle.y - to.y) <= 0)
            return (PtlPoint){ from.x, middle.y };
        }
      else if (gone <= distance (from, to))
        return along (from, to, gone);
      gone -= distance (from, to);
    }
  *leg = part->last;
  return part->to;
}

static PtlExtent
around (PtlPoint at)
{
  return (PtlExtent){ { at.x - MARK / 2.0, at.y - MARK / 2.0 }, { at.x + MARK / 2.0, at.y + MARK / 2.0 } };
}

/* Moves a mark along its leg to where it is not on anything. */
static PtlPoint
find_room (const Finding *f, guint index, PtlPoint at, guint leg)
{
  PtlPoint from = f->arrow->points[leg], to = f->arrow->points[leg + 1], unit = along (from, to, 1);

  unit = (PtlPoint){ unit.x - from.x, unit.y - from.y };
  for (guint i = 0; i < STEPS; i++)
    {
      double by = (i + 1) / 2 * (i % 2 == 0 ? STEP : -STEP);
      PtlPoint there = { at.x + by * unit.x, at.y + by * unit.y };
      PtlExtent box = around (there);

      if (distance (from, there) + distance (there, to) > distance (from, to) + 1e-6)
        continue;
      if (ptl_cells_is_free (f->cells, PTL_CELL_THING | PTL_CELL_LINE, &box, index))
        return there;
    }
  return at;
}

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  const Part *one = a, *other = b;

  if (one->length != other->length)
    return one->length > other->length ? -1 : 1;
  return (one->first > other->first) - (one->first < other->first);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Part *one = a, *other = b;

  return (one->first > other->first) - (one->first < other->first);
}

/* The gaps that marks stand in: the longest, as many as there are marks. */
static void
find_parts (Finding *f, guint n)
{
  g_array_set_size (f->parts, 0);
  f->open = FALSE;
  for (guint leg = 0; leg + 1 < f->arrow->n_points; leg++)
    cut_leg (f, leg);
  if (f->parts->len <= n)
    return;
  g_array_sort (f->parts, compare_lengths);
  g_array_set_size (f->parts, n);
  g_array_sort (f->parts, compare_places);
}

static void
set_marks (Finding *f, PtlArrows *arrows, guint index, guint n)
{
  PtlArrow *arrow = &arrows->arrows[index];
  PtlPoint *marks = ptl_arrows_keep (arrows, g_new (PtlPoint, n + 1));
  Part whole = { 0, arrow->n_points - 2, arrow->points[0], arrow->points[arrow->n_points - 1], 0 };

  f->arrow = arrow;
  find_parts (f, n);
  for (guint i = 0; i < whole.last + 1; i++)
    whole.length += distance (arrow->points[i], arrow->points[i + 1]);
  if (f->parts->len == 0)
    g_array_append_val (f->parts, whole);
  for (guint i = 0; i < n; i++)
    {
      /* The first of two gaps gets the first half of the marks. */
      guint part = i * f->parts->len / n, first = (part * n + f->parts->len - 1) / f->parts->len;
      guint next = ((part + 1) * n + f->parts->len - 1) / f->parts->len, leg;
      PtlExtent box;

      marks[i] = point_at (arrow, &g_array_index (f->parts, Part, part), (i - first + 1.0) / (next - first + 1), &leg);
      marks[i] = find_room (f, index, marks[i], leg);
      box = around (marks[i]);
      ptl_cells_add (f->cells, PTL_CELL_THING, &box, PTL_CELL_NOBODY);
    }
  arrow->marks = marks;
  arrow->n_marks = n;
}

void
ptl_arrow_set_marks (PtlArrows *arrows, const PtlArrowMap *map, PtlCells *cells)
{
  g_autoptr (GArray) zones = g_array_new (FALSE, FALSE, sizeof (PtlExtent));
  g_autoptr (GArray) stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));
  const PtlGraphNode *nodes = arrows->talks->routes->flows->graph->nodes;
  Finding f = { .map = map, .cells = cells, .zones = zones, .stretches = stretches, .parts = parts };

  for (guint i = 0; i < arrows->n; i++)
    {
      const PtlTalk *talk = &arrows->talks->talks[i];
      const PtlRoute *route;

      if (talk->kind == PTL_TALK_INNER)
        continue;
      route = ptl_routes_between (arrows->talks->routes, (guint) nodes[talk->a].zone, (guint) nodes[talk->b].zone);
      if (route->n_firewalls > 0)
        set_marks (&f, arrows, i, route->n_firewalls);
    }
}
