#include "ptl-arrow-ways.h"

#include <math.h>
#include <string.h>

/* Lines run in the middle of the gaps between cards, and beside the borders of zones in the gaps between them. A way
 * is the cheapest of those that can be put together of up to five such lines; where none of them is free, a search
 * finds one. */

#define FUZZ           1e-6
#define ZONE_REACH     600  /* how far another zone is looked for beside one */
#define ZONE_PART      0.15 /* of the gap between zones, from a border to the lines along it */
#define ZONE_BESIDE    36   /* units of it, at most */
#define MAX_CHANNELS   8
#define MAX_CANDIDATES 160 /* what the functions below make of so many channels */

typedef struct
{
  guint n, axis;
  double at[7];
} Candidate;

typedef struct
{
  const PtlArrowMap *map;
  const PtlArrowEnd *a, *b;
  double middle_a[2], middle_b[2];
  guint n_channels[2];
  double channels[2][MAX_CHANNELS];
  guint n;
  double costs[MAX_CANDIDATES];
  Candidate candidates[MAX_CANDIDATES];
} Choice;

/* Channels */

/* How much room there is beyond one side of a box, up to a limit. */
static double
find_gap (const PtlGround *ground, const PtlExtent *box, guint axis, guint side, double margin, double limit)
{
  double edge = side == 0 ? box->low[axis] - margin - FUZZ : box->high[axis] + margin + FUZZ;
  double min = side == 0 ? edge - limit : edge, max = side == 0 ? edge : edge + limit;

  ptl_ground_find_room (ground, 1 - axis, edge, box->low[1 - axis], box->high[1 - axis], &min, &max);
  return max - min + 2 * margin;
}

static void
measure_home (const PtlArrowMap *map, PtlArrowEnd *home)
{
  for (guint axis = 0; axis < 2; axis++)
    for (guint side = 0; side < 2; side++)
      {
        double gap = find_gap (map->zones, &home->box, axis, side, 0, ZONE_REACH);
        double by = MIN (gap / 2, CLAMP (gap * ZONE_PART, 10, ZONE_BESIDE));

        home->channels[axis][side] = side == 0 ? home->box.low[axis] - by : home->box.high[axis] + by;
      }
}

/* In the middle between a card and its neighbour, or the border of its zone. */
static void
measure_end (const PtlArrowMap *map, PtlArrowEnd *end)
{
  const PtlExtent *home = end->zone >= 0 ? &g_array_index (map->homes, PtlArrowEnd, end->zone).box : NULL;
  const PtlArrowRules *rules = map->rules;

  for (guint axis = 0; axis < 2; axis++)
    for (guint side = 0; side < 2; side++)
      {
        double gap = find_gap (map->ground, &end->box, axis, side, rules->margin, 2 * rules->beside);

        if (home != NULL && side == 0 && home->low[axis] < end->box.low[axis])
          gap = MIN (gap, end->box.low[axis] - home->low[axis]);
        if (home != NULL && side == 1 && home->high[axis] > end->box.high[axis])
          gap = MIN (gap, home->high[axis] - end->box.high[axis]);
        gap = MAX (MIN (gap / 2, rules->beside), rules->margin + FUZZ);
        end->channels[axis][side] = side == 0 ? end->box.low[axis] - gap : end->box.high[axis] + gap;
      }
}

/* Finds the channels of all zones and ends; their boxes are known. */
void
ptl_arrow_map_measure (PtlArrowMap *map)
{
  for (guint i = 0; i < map->homes->len; i++)
    measure_home (map, &g_array_index (map->homes, PtlArrowEnd, i));
  for (guint i = 0; i < map->ends->len; i++)
    measure_end (map, &g_array_index (map->ends, PtlArrowEnd, i));
}

static void
add_channels (Choice *c, const double channels[2][2])
{
  for (guint axis = 0; axis < 2; axis++)
    for (guint side = 0; side < 2; side++)
      {
        gboolean known = FALSE;

        for (guint i = 0; i < c->n_channels[axis] && !known; i++)
          known = c->channels[axis][i] == channels[axis][side];
        if (!known)
          c->channels[axis][c->n_channels[axis]++] = channels[axis][side];
      }
}

/* Ways */

/* Completes the way by where it leaves and enters the ends; FALSE when it would do so inside of them. */
static gboolean
find_ends (const PtlArrowEnd *a, const PtlArrowEnd *b, PtlWay *way)
{
  guint last = ptl_way_axis (way, way->n - 1);
  double next = way->n > 1 ? way->at[1] : (b->box.low[way->axis] + b->box.high[way->axis]) / 2;
  double before = way->n > 1 ? way->at[way->n - 2] : (a->box.low[last] + a->box.high[last]) / 2;

  if (next > a->box.high[way->axis])
    way->start = a->box.high[way->axis];
  else if (next < a->box.low[way->axis])
    way->start = a->box.low[way->axis];
  else
    return FALSE;
  if (before > b->box.high[last])
    way->end = b->box.high[last];
  else if (before < b->box.low[last])
    way->end = b->box.low[last];
  else
    return FALSE;
  return TRUE;
}

static void
consider (Choice *c, guint axis, guint n, const double *at)
{
  PtlWay way = { .n = n, .axis = axis };
  double cost = (n - 1) * c->map->rules->bend;

  memcpy (way.at, at, n * sizeof *at);
  if (!find_ends (c->a, c->b, &way))
    return;
  for (guint i = 0; i < n; i++)
    {
      double length = fabs (ptl_way_to (&way, i) - ptl_way_from (&way, i));

      if (length < FUZZ)
        return;
      cost += length;
    }
  c->costs[c->n] = cost;
  c->candidates[c->n] = (Candidate){ .n = n, .axis = axis };
  memcpy (c->candidates[c->n++].at, at, n * sizeof *at);
}

/* Straight, where the ends face each other. */
static void
consider_straight (Choice *c, guint axis)
{
  double low = MAX (c->a->box.low[1 - axis], c->b->box.low[1 - axis]) + c->map->rules->inset;
  double high = MIN (c->a->box.high[1 - axis], c->b->box.high[1 - axis]) - c->map->rules->inset;

  if (low <= high)
    consider (c, axis, 1, &(double){ (low + high) / 2 });
}

/* Those that begin along an axis. */
static void
consider_all (Choice *c, guint axis)
{
  const double *along = c->channels[axis], *across = c->channels[1 - axis];
  double a = c->middle_a[1 - axis], b = c->middle_b[1 - axis], odd_b = c->middle_b[axis];

  consider_straight (c, axis);
  consider (c, axis, 2, (double[]){ a, odd_b });
  for (guint i = 0; i < c->n_channels[axis]; i++)
    {
      consider (c, axis, 3, (double[]){ a, along[i], b });
      for (guint side = 0; side < 2; side++)
        consider (c, axis, 4, (double[]){ a, along[i], c->b->channels[1 - axis][side], odd_b });
    }
  for (guint i = 0; i < c->n_channels[1 - axis]; i++)
    for (guint side = 0; side < 2; side++)
      {
        double first = c->a->channels[axis][side];

        consider (c, axis, 4, (double[]){ a, first, across[i], odd_b });
        for (guint other = 0; other < 2; other++)
          consider (c, axis, 5, (double[]){ a, first, across[i], c->b->channels[axis][other], b });
      }
}

/* Those that go around zones that stand between: out of the one zone, along the gaps between zones, into the other. */
static void
consider_far (Choice *c, guint axis, const PtlArrowEnd *home_a, const PtlArrowEnd *home_b)
{
  const double between[]
      = { home_b->channels[axis][1], home_b->channels[axis][0], home_a->channels[axis][1], home_a->channels[axis][0] };

  for (guint sides = 0; sides < 16; sides++)
    for (guint i = 0; i < G_N_ELEMENTS (between); i++)
      consider (c, axis, 7,
                (double[]){ c->middle_a[1 - axis], c->a->channels[axis][sides & 1],
                            home_a->channels[1 - axis][sides >> 1 & 1], between[i],
                            home_b->channels[1 - axis][sides >> 2 & 1], c->b->channels[axis][sides >> 3],
                            c->middle_b[1 - axis] });
}

/* Whether the way touches nothing. */
gboolean
ptl_arrow_way_is_free (const PtlArrowMap *map, const PtlWay *way)
{
  double stub = map->rules->margin + 2 * FUZZ;

  for (guint i = 0; i < way->n; i++)
    {
      double from = ptl_way_from (way, i), to = ptl_way_to (way, i), sign = to > from ? 1 : -1;

      if (i == 0)
        from += sign * stub;
      if (i == way->n - 1)
        to -= sign * stub;
      if ((to - from) * sign > 0
          && !ptl_ground_is_free (map->ground, ptl_way_axis (way, i), way->at[i], MIN (from, to), MAX (from, to)))
        return FALSE;
    }
  return TRUE;
}

static void
take (const Choice *c, const Candidate *candidate, PtlWay *way)
{
  way->n = candidate->n;
  way->axis = candidate->axis;
  memcpy (way->at, candidate->at, candidate->n * sizeof *candidate->at);
  find_ends (c->a, c->b, way);
}

static void
widen (PtlExtent *reach, guint axis, double at)
{
  reach->low[axis] = MIN (reach->low[axis], at);
  reach->high[axis] = MAX (reach->high[axis], at);
}

/* What is on the way counts for it. */
static void
widen_by (PtlExtent *reach, const PtlWay *way)
{
  for (guint i = 0; i < way->n; i++)
    widen (reach, 1 - ptl_way_axis (way, i), way->at[i]);
}

/* The cheapest way that is free; where none is the cheapest of all, if there is any. */
static gboolean
choose (Choice *c, PtlWay *way, PtlExtent *reach)
{
  PtlWay cheapest = { .n = 0 };

  for (gboolean first = TRUE; c->n > 0; first = FALSE)
    {
      guint best = 0;

      for (guint i = 1; i < c->n; i++)
        if (c->costs[i] < c->costs[best])
          best = i;
      take (c, &c->candidates[best], way);
      c->candidates[best] = c->candidates[--c->n];
      c->costs[best] = c->costs[c->n];
      widen_by (reach, way);
      if (ptl_arrow_way_is_free (c->map, way))
        return TRUE;
      if (first)
        cheapest = *way;
    }
  if (cheapest.n > 0)
    *way = cheapest;
  return FALSE;
}

/**
 * ptl_arrow_find_way:
 * @a: the end where it begins
 * @b: where it ends
 * @way: (out): a way around everything, or where there is none the shortest one; none if an end covers the other
 * @reach: (out): as long as the zones, the firewalls and the cards in it stand as they do, so does the way
 */
void
ptl_arrow_find_way (const PtlArrowMap *map, guint a, guint b, PtlWay *way, PtlExtent *reach)
{
  Choice c = { .map = map };

  c.a = &g_array_index (map->ends, PtlArrowEnd, a);
  c.b = &g_array_index (map->ends, PtlArrowEnd, b);
  for (guint axis = 0; axis < 2; axis++)
    {
      double beside = 2 * map->rules->beside + 2 * map->rules->margin;

      reach->low[axis] = MIN (c.a->box.low[axis], c.b->box.low[axis]) - beside;
      reach->high[axis] = MAX (c.a->box.high[axis], c.b->box.high[axis]) + beside;
      c.middle_a[axis] = (c.a->box.low[axis] + c.a->box.high[axis]) / 2;
      c.middle_b[axis] = (c.b->box.low[axis] + c.b->box.high[axis]) / 2;
    }
  if (c.b->zone >= 0 && c.a->zone != c.b->zone)
    add_channels (&c, g_array_index (map->homes, PtlArrowEnd, c.b->zone).channels);
  if (c.a->zone >= 0 && c.a->zone != c.b->zone)
    add_channels (&c, g_array_index (map->homes, PtlArrowEnd, c.a->zone).channels);
  add_channels (&c, c.a->channels);
  add_channels (&c, c.b->channels);
  for (guint axis = 0; axis < 2; axis++)
    consider_all (&c, axis);
  if (choose (&c, way, reach))
    return;
  for (guint axis = 0; axis < 2 && c.a->zone >= 0 && c.b->zone >= 0 && c.a->zone != c.b->zone; axis++)
    consider_far (&c, axis, &g_array_index (map->homes, PtlArrowEnd, c.a->zone),
                  &g_array_index (map->homes, PtlArrowEnd, c.b->zone));
  if (!choose (&c, way, reach))
    ptl_arrow_search_way (map, a, b, way, reach);
}
