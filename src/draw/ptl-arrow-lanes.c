#include "ptl-arrow-ways.h"

#include <math.h>
#include <string.h>

#include "engine/ptl-order.h"

/* Spreads the legs of ways, which lie on each other in the middle of the gaps, over lanes. Each leg has a room that it
 * may be moved in, and legs side by side an order in which their ways cross as little as possible. Pushing them apart
 * from the low side gives one answer, from the high side another; the mean of both keeps all distances, too, and lies
 * around the middle. Where the room is too narrow the lanes there come nearer to each other.
 *
 * First the legs along y are spread, as if those along x could end anywhere in their rooms; then those along x, between
 * what is known by now. */

#define WIDE    100 /* units that a leg may be moved by */
#define CORNER  24  /* units that the legs at the ends of one may be moved by */
#define FUZZ    1e-6
#define ROUNDS  10   /* of bringing lanes nearer */
#define FINE    4    /* of them that do it a little */
#define NEARER  0.85 /* then */
#define CLOSER  0.7  /* and later on */
#define NEAREST 0.25 /* units between tips */
#define CRISP   4    /* lanes at least so far apart lie on half units */

typedef struct
{
  PtlWay *way;
  guint leg;
  double at;           /* before the lanes */
  double low, high;    /* what it takes along */
  double min, max;     /* its room */
  double half;         /* of a lane */
  double lower, upper; /* its room between its neighbours */
  double up, down;     /* where it is when pushed from either side */
  guint from, to;      /* places of low and high among the stops */
} Leg;

typedef struct
{
  GArray *legs; /* Leg, of one axis */
  guint *order; /* from low to high */
  GArray *stops;
  guint n_leaves;
  double *whole, *part; /* of the tree: what was set in all of a node; the highest anywhere in it */
} Lanes;

#define leg_at(lanes, i) (&g_array_index ((lanes)->legs, Leg, (i)))

/* The order */

/* The leg that follows at the low (0) or high (1) end, or -1. */
static int
next_leg (const PtlWay *way, guint leg, guint end)
{
  gboolean ahead = (ptl_way_to (way, leg) > ptl_way_from (way, leg)) == (end == 1);

  if (ahead)
    return leg + 1 < way->n ? (int) leg + 1 : -1;
  return (int) leg - 1;
}

/* Which way it turns there. */
static int
turn_of (const PtlWay *way, guint leg, guint end)
{
  int next = next_leg (way, leg, end);
  double far;

  if (next < 0)
    return 0;
  far = (guint) next > leg ? ptl_way_to (way, (guint) next) : ptl_way_from (way, (guint) next);
  return far > way->at[leg] ? 1 : -1;
}

/* The order of two legs that lie on each other: those whose both ends turn down lie lower, and so on; among them the
 * inner ones lie inside. */
static int
compare_turns (const PtlWay *one, guint one_leg, const PtlWay *other, guint other_leg)
{
  int turns[2] = { turn_of (one, one_leg, 0), turn_of (one, one_leg, 1) };
  int other_turns[2] = { turn_of (other, other_leg, 0), turn_of (other, other_leg, 1) };
  int sum = turns[0] + turns[1], other_sum = other_turns[0] + other_turns[1];
  double from = ptl_way_from (one, one_leg), to = ptl_way_to (one, one_leg);
  double other_from = ptl_way_from (other, other_leg), other_to = ptl_way_to (other, other_leg);
  double difference;

  if (sum != other_sum)
    return sum < other_sum ? -1 : 1;
  if (sum != 0)
    difference = (fabs (to - from) - fabs (other_to - other_from)) * (sum < 0 ? 1 : -1);
  else if (turns[0] != other_turns[0])
    return turns[0] < other_turns[0] ? -1 : 1;
  else
    difference = (from + to - other_from - other_to) * turns[0];
  return (difference > FUZZ) - (difference < -FUZZ);
}

/* Legs that cannot be told apart follow what their ways do farther on. */
static int
compare_ways (const PtlWay *one, guint one_leg, const PtlWay *other, guint other_leg, int came)
{
  int order = 0;

  if (fabs (one->at[one_leg] - other->at[other_leg]) > FUZZ)
    return one->at[one_leg] < other->at[other_leg] ? -1 : 1;
  order = compare_turns (one, one_leg, other, other_leg);
  for (guint end = 0; end < 2 && order == 0; end++)
    {
      int next = next_leg (one, one_leg, end), other_next = next_leg (other, other_leg, end);
      int turn = turn_of (one, one_leg, end);

      if ((int) end == came || next < 0 || other_next < 0 || turn != turn_of (other, other_leg, end))
        continue;
      order = compare_ways (one, (guint) next, other, (guint) other_next, turn > 0 ? 0 : 1);
      if ((end == 0) == (turn < 0))
        order = -order;
    }
  return order;
}

static int
compare_legs (gconstpointer a, gconstpointer b, gpointer data)
{
  const Lanes *lanes = data;
  guint one_index = *(const guint *) a, other_index = *(const guint *) b;
  const Leg *one = leg_at (lanes, one_index), *other = leg_at (lanes, other_index);
  int order = 0;

  /* What keeps them apart decides before anything else does. */
  if (one->max <= other->min + FUZZ || other->max <= one->min + FUZZ)
    order = (one->min + one->max > other->min + other->max) - (one->min + one->max < other->min + other->max);
  if (order == 0)
    order = compare_ways (one->way, one->leg, other->way, other->leg, -1);
  return order != 0 ? order : (one_index > other_index) - (one_index < other_index);
}

/* The tree: the highest place that was set along any part of the axis. */

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return (one > other) - (one < other);
}

static guint
find_stop (const Lanes *lanes, double at)
{
  guint low = 0, high = lanes->stops->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (lanes->stops, double, middle) < at)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
make_tree (Lanes *lanes)
{
  guint n = 0;

  lanes->stops = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < lanes->legs->len; i++)
    {
      g_array_append_val (lanes->stops, leg_at (lanes, i)->low);
      g_array_append_val (lanes->stops, leg_at (lanes, i)->high);
    }
  g_array_sort (lanes->stops, compare_doubles);
  for (guint i = 0; i < lanes->stops->len; i++)
    if (n == 0 || g_array_index (lanes->stops, double, i) > g_array_index (lanes->stops, double, n - 1))
      g_array_index (lanes->stops, double, n++) = g_array_index (lanes->stops, double, i);
  g_array_set_size (lanes->stops, n);
  for (guint i = 0; i < lanes->legs->len; i++)
    {
      leg_at (lanes, i)->from = find_stop (lanes, leg_at (lanes, i)->low);
      leg_at (lanes, i)->to = find_stop (lanes, leg_at (lanes, i)->high);
    }
  for (lanes->n_leaves = 1; lanes->n_leaves < n; lanes->n_leaves *= 2)
    ;
  lanes->whole = g_new (double, 2 * lanes->n_leaves);
  lanes->part = g_new (double, 2 * lanes->n_leaves);
}

static void
clear_tree (Lanes *lanes)
{
  for (guint i = 0; i < 2 * lanes->n_leaves; i++)
    lanes->whole[i] = lanes->part[i] = -G_MAXDOUBLE;
}

static double
highest_in (const Lanes *lanes, guint from, guint to)
{
  double highest = -G_MAXDOUBLE;
  guint left = from + lanes->n_leaves, right = to + lanes->n_leaves;

  for (guint l = left, r = right + 1; l < r; l /= 2, r /= 2)
    {
      if (l & 1)
        {
          highest = MAX (highest, lanes->part[l]);
          l++;
        }
      if (r & 1)
        {
          r--;
          highest = MAX (highest, lanes->part[r]);
        }
    }
  for (; left > 0; left /= 2, right /= 2)
    highest = MAX (highest, MAX (lanes->whole[left], lanes->whole[right]));
  return highest;
}

static void
set_in (Lanes *lanes, guint from, guint to, double at)
{
  guint left = from + lanes->n_leaves, right = to + lanes->n_leaves;

  for (guint l = left, r = right + 1; l < r; l /= 2, r /= 2)
    {
      if (l & 1)
        {
          lanes->whole[l] = MAX (lanes->whole[l], at);
          lanes->part[l] = MAX (lanes->part[l], at);
          l++;
        }
      if (r & 1)
        {
          r--;
          lanes->whole[r] = MAX (lanes->whole[r], at);
          lanes->part[r] = MAX (lanes->part[r], at);
        }
    }
  for (; left > 0; left /= 2, right /= 2)
    {
      lanes->part[left] = MAX (lanes->part[left], at);
      lanes->part[right] = MAX (lanes->part[right], at);
    }
}

/* Lanes */

/* How near each leg may come to the low side of its room and to the high one, with all others in theirs. */
static void
find_limits (Lanes *lanes)
{
  clear_tree (lanes);
  for (guint i = 0; i < lanes->legs->len; i++)
    {
      Leg *leg = leg_at (lanes, lanes->order[i]);

      leg->lower = MAX (leg->min, highest_in (lanes, leg->from, leg->to) + leg->half);
      set_in (lanes, leg->from, leg->to, leg->lower + leg->half);
    }
  clear_tree (lanes);
  for (guint i = lanes->legs->len; i-- > 0;)
    {
      Leg *leg = leg_at (lanes, lanes->order[i]);

      leg->upper = MIN (leg->max, -highest_in (lanes, leg->from, leg->to) - leg->half);
      set_in (lanes, leg->from, leg->to, leg->half - leg->upper);
    }
}

/* Brings lanes nearer to each other where they have no room; whether there were any. */
static gboolean
bring_nearer (Lanes *lanes, guint round)
{
  gboolean any = FALSE;

  for (guint i = 0; i < lanes->legs->len; i++)
    {
      Leg *leg = leg_at (lanes, i);

      if (leg->lower <= leg->upper + FUZZ)
        continue;
      any = TRUE;
      leg->half *= round < FINE ? NEARER : CLOSER;
      if (round == ROUNDS)
        leg->lower = leg->upper = CLAMP ((leg->lower + leg->upper) / 2, leg->min, leg->max);
    }
  return any;
}

static void
push_legs (Lanes *lanes)
{
  clear_tree (lanes);
  for (guint i = 0; i < lanes->legs->len; i++)
    {
      Leg *leg = leg_at (lanes, lanes->order[i]);

      leg->up = MAX (leg->at, highest_in (lanes, leg->from, leg->to) + leg->half);
      leg->up = MIN (MAX (leg->up, leg->lower), leg->upper);
      set_in (lanes, leg->from, leg->to, leg->up + leg->half);
    }
  clear_tree (lanes);
  for (guint i = lanes->legs->len; i-- > 0;)
    {
      Leg *leg = leg_at (lanes, lanes->order[i]);

      leg->down = MIN (leg->at, -highest_in (lanes, leg->from, leg->to) - leg->half);
      leg->down = MIN (MAX (leg->down, leg->lower), leg->upper);
      set_in (lanes, leg->from, leg->to, leg->half - leg->down);
    }
}

static void
set_lanes (Lanes *lanes)
{
  gboolean any = TRUE;

  lanes->order = ptl_order (lanes->legs->len, compare_legs, lanes);
  make_tree (lanes);
  for (guint round = 0; round <= ROUNDS && any; round++)
    {
      find_limits (lanes);
      any = bring_nearer (lanes, round);
    }
  push_legs (lanes);
  for (guint i = 0; i < lanes->legs->len; i++)
    {
      Leg *leg = leg_at (lanes, i);
      double at = (leg->up + leg->down) / 2;

      leg->way->at[leg->leg] = leg->half >= CRISP ? round (at * 2) / 2 : at;
    }
  g_free (lanes->order);
  g_array_unref (lanes->stops);
  g_free (lanes->whole);
  g_free (lanes->part);
}

/* Rooms */

/* An end leg stays on the side of its end. */
static void
stay_on (const PtlArrowMap *map, const PtlArrowEnd *end, guint axis, Leg *leg)
{
  double inset = MIN (map->rules->inset, (end->box.high[1 - axis] - end->box.low[1 - axis]) / 2);

  leg->min = MAX (leg->min, end->box.low[1 - axis] + inset);
  leg->max = MIN (leg->max, end->box.high[1 - axis] - inset);
}

static void
find_room (const PtlArrowMap *map, const PtlArrowPair *pair, guint axis, Leg *leg)
{
  const PtlWay *way = leg->way;
  double stub = map->rules->margin + 2 * FUZZ, low = leg->low, high = leg->high;
  gboolean rising = ptl_way_to (way, leg->leg) > ptl_way_from (way, leg->leg);

  if (leg->leg == 0)
    *(rising ? &low : &high) += rising ? stub : -stub;
  if (leg->leg == way->n - 1)
    *(rising ? &high : &low) += rising ? -stub : stub;
  leg->min = leg->at - WIDE;
  leg->max = leg->at + WIDE;
  if (leg->leg == 0)
    stay_on (map, &g_array_index (map->ends, PtlArrowEnd, pair->a), axis, leg);
  if (leg->leg == way->n - 1)
    stay_on (map, &g_array_index (map->ends, PtlArrowEnd, pair->b), axis, leg);
  /* Where there is no way but through something, the leg may be anywhere. */
  if (low < high && ptl_ground_is_free (map->ground, axis, leg->at, low, high))
    ptl_ground_find_room (map->ground, axis, leg->at, low, high, &leg->min, &leg->max);
  ptl_ground_find_room (map->borders[axis], axis, leg->at, leg->low, leg->high, &leg->min, &leg->max);
}

static void
add_leg (const PtlArrowMap *map, PtlWay *way, const PtlArrowPair *pair, guint index, GArray *legs)
{
  guint axis = ptl_way_axis (way, index);
  double from = ptl_way_from (way, index), to = ptl_way_to (way, index);
  Leg leg = { .way = way, .leg = index, .at = way->at[index], .low = MIN (from, to), .high = MAX (from, to) };

  leg.half = map->rules->lane / 2;
  find_room (map, pair, axis, &leg);
  /* What turns at the ends is not on its lane yet. */
  if (axis == 1)
    {
      leg.low -= turn_of (way, index, 0) != 0 ? CORNER : 0;
      leg.high += turn_of (way, index, 1) != 0 ? CORNER : 0;
    }
  g_array_append_val (legs, leg);
}

/* Tips */

typedef struct
{
  guint end, side; /* side: the axis along which the end is entered, times two, and 1 for the high one */
  double at;
  PtlWay *way;
  guint leg;
} Tip;

static int
compare_tips (gconstpointer a, gconstpointer b)
{
  const Tip *one = a, *other = b;

  if (one->end != other->end)
    return one->end < other->end ? -1 : 1;
  if (one->side != other->side)
    return one->side < other->side ? -1 : 1;
  if (one->at != other->at)
    return one->at < other->at ? -1 : 1;
  return (one->way > other->way) - (one->way < other->way);
}

static void
add_tip (const PtlArrowMap *map, PtlWay *way, guint leg, guint end, double touches, GArray *tips)
{
  const PtlArrowEnd *box = &g_array_index (map->ends, PtlArrowEnd, end);
  guint axis = ptl_way_axis (way, leg);
  Tip tip = { end, 2 * axis + (touches == box->box.high[axis]), way->at[leg], way, leg };

  g_array_append_val (tips, tip);
}

/* Divides a side among its tips; one that goes straight to the other end stays, as it has two sides. */
static void
divide_side (const PtlArrowMap *map, const Tip *tips, guint n)
{
  const PtlArrowEnd *end = &g_array_index (map->ends, PtlArrowEnd, tips->end);
  guint across = 1 - tips->side / 2;
  double inset = MIN (map->rules->inset, (end->box.high[across] - end->box.low[across]) / 2);
  double low = end->box.low[across] + inset, room = end->box.high[across] - inset - low;
  double nearest = G_MAXDOUBLE;

  for (guint i = 1; i < n; i++)
    nearest = MIN (nearest, tips[i].at - tips[i - 1].at);
  for (guint i = 0; i < n && nearest < NEAREST; i++)
    if (tips[i].way->n > 1)
      tips[i].way->at[tips[i].leg] = low + room * (i + 0.5) / n;
}

/* Where a side has no room for as many lanes as end there, each tip still has a place of its own. */
static void
part_tips (const PtlArrowMap *map, PtlWay *ways, const PtlArrowPair *pairs, guint n)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Tip));
  const Tip *tips;

  for (guint i = 0; i < n; i++)
    if (ways[i].n > 0)
      {
        add_tip (map, &ways[i], 0, pairs[i].a, ways[i].start, all);
        add_tip (map, &ways[i], ways[i].n - 1, pairs[i].b, ways[i].end, all);
      }
  g_array_sort (all, compare_tips);
  tips = (const Tip *) (gpointer) all->data;
  for (guint i = 0, end; i < all->len; i = end)
    {
      for (end = i + 1; end < all->len && tips[end].end == tips[i].end && tips[end].side == tips[i].side; end++)
        ;
      divide_side (map, tips + i, end - i);
    }
}

/**
 * ptl_arrow_spread:
 * @ways: (inout): the ways of all arrows
 * @pairs: their ends
 */
void
ptl_arrow_spread (const PtlArrowMap *map, PtlWay *ways, const PtlArrowPair *pairs, guint n)
{
  for (int axis = 1; axis >= 0; axis--)
    {
      Lanes lanes = { .legs = g_array_new (FALSE, FALSE, sizeof (Leg)) };

      for (guint i = 0; i < n; i++)
        for (guint leg = 0; leg < ways[i].n; leg++)
          if ((int) ptl_way_axis (&ways[i], leg) == axis)
            add_leg (map, &ways[i], &pairs[i], leg, lanes.legs);
      set_lanes (&lanes);
      g_array_unref (lanes.legs);
    }
  part_tips (map, ways, pairs, n);
}
