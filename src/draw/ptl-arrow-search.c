#include "ptl-arrow-ways.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The search for a way where cards stand in no order: A*, on the lines beside everything around both ends. */

#define LINES  48 /* of one axis, at most */
#define STATES (LINES * LINES * 2)
#define REACH  160 /* units around both ends */
#define STEPS  2500

typedef struct
{
  double cost; /* so far, and what is left at least */
  guint state; /* (column * LINES + row) * 2 + the axis along which the crossing was reached */
} Step;

typedef struct
{
  const PtlArrowMap *map;
  const PtlArrowEnd *b;
  guint n[2];
  double lines[2][LINES]; /* by axis: places along it */
  double cost[STATES];
  guint before[STATES]; /* where a state was reached from: itself at the beginning */
  guint8 goal[STATES];  /* 1 + the axis along which b is entered from there */
  GArray *heap;         /* Step */
} Search;

static double
middle_of (const PtlArrowEnd *end, guint axis)
{
  return (end->box.low[axis] + end->box.high[axis]) / 2;
}

/* Lines */

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return (one > other) - (one < other);
}

/* Keeps the lines that are nearest to the ends, in order. */
static void
set_lines (Search *s, guint axis, GArray *edges, const PtlArrowEnd *a)
{
  double must[] = { middle_of (a, axis),  middle_of (s->b, axis),  a->channels[axis][0],
                    a->channels[axis][1], s->b->channels[axis][0], s->b->channels[axis][1] };
  double low = MIN (a->box.low[axis], s->b->box.low[axis]), high = MAX (a->box.high[axis], s->b->box.high[axis]);
  double reach = REACH;
  guint n = 0;

  g_array_append_vals (edges, must, G_N_ELEMENTS (must));
  g_array_sort (edges, compare_doubles);
  for (guint i = 0; i < edges->len; i++)
    if (n == 0 || g_array_index (edges, double, i) > g_array_index (edges, double, n - 1))
      g_array_index (edges, double, n++) = g_array_index (edges, double, i);
  g_array_set_size (edges, n);
  for (; edges->len > LINES && reach > 1; reach /= 2)
    for (guint i = edges->len; i-- > 0;)
      {
        double at = g_array_index (edges, double, i);

        if (at < low - reach || at > high + reach)
          g_array_remove_index (edges, i);
      }
  s->n[axis] = MIN (edges->len, LINES);
  for (guint i = 0; i < s->n[axis]; i++)
    s->lines[axis][i] = g_array_index (edges, double, edges->len <= LINES ? i : i * (edges->len - 1) / (LINES - 1));
}

static int
find_line (const Search *s, guint axis, double at)
{
  const double *line = bsearch (&at, s->lines[axis], s->n[axis], sizeof at, compare_doubles);

  return line != NULL ? (int) (line - s->lines[axis]) : -1;
}

/* Beside what stands near each end, and along the zones of both: what lies between far ends is not looked at. */
static void
find_lines (Search *s, const PtlArrowEnd *a)
{
  GArray *edges[2] = { g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)) };
  const PtlArrowEnd *ends[] = { a, s->b };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      PtlExtent within = ends[i]->box;

      for (guint axis = 0; axis < 2; axis++)
        {
          within.low[axis] -= REACH;
          within.high[axis] += REACH;
          if (ends[i]->zone >= 0)
            g_array_append_vals (edges[axis], g_array_index (s->map->homes, PtlArrowEnd, ends[i]->zone).channels[axis],
                                 2);
        }
      ptl_ground_find_edges (s->map->ground, &within, edges);
    }
  for (guint axis = 0; axis < 2; axis++)
    {
      set_lines (s, axis, edges[axis], a);
      g_array_unref (edges[axis]);
    }
}

/* The heap: the cheapest step first, and of equal ones the lowest state. */

static gboolean
is_before (const Step *one, const Step *other)
{
  return one->cost != other->cost ? one->cost < other->cost : one->state < other->state;
}

static void
push (GArray *heap, Step step)
{
  guint i = heap->len;

  g_array_append_val (heap, step);
  for (; i > 0 && is_before (&step, &g_array_index (heap, Step, (i - 1) / 2)); i = (i - 1) / 2)
    g_array_index (heap, Step, i) = g_array_index (heap, Step, (i - 1) / 2);
  g_array_index (heap, Step, i) = step;
}

static Step
pop (GArray *heap)
{
  Step first = g_array_index (heap, Step, 0), last = g_array_index (heap, Step, heap->len - 1);
  guint i = 0, child;

  g_array_set_size (heap, heap->len - 1);
  while ((child = 2 * i + 1) < heap->len)
    {
      if (child + 1 < heap->len
          && is_before (&g_array_index (heap, Step, child + 1), &g_array_index (heap, Step, child)))
        child++;
      if (!is_before (&g_array_index (heap, Step, child), &last))
        break;
      g_array_index (heap, Step, i) = g_array_index (heap, Step, child);
      i = child;
    }
  if (heap->len > 0)
    g_array_index (heap, Step, i) = last;
  return first;
}

/* States */

static guint
state_of (guint column, guint row, guint axis)
{
  return (column * LINES + row) * 2 + axis;
}

static double
place_of (const Search *s, guint state, guint axis)
{
  return s->lines[axis][axis == 0 ? state / 2 / LINES : state / 2 % LINES];
}

static void
reach (Search *s, guint state, guint before, double cost)
{
  double left = 0;

  if (cost >= s->cost[state])
    return;
  s->cost[state] = cost;
  s->before[state] = before;
  for (guint axis = 0; axis < 2; axis++)
    left += MAX (fabs (place_of (s, state, axis) - middle_of (s->b, axis))
                     - (s->b->box.high[axis] - s->b->box.low[axis]) / 2,
                 0);
  push (s->heap, (Step){ cost + left, state });
}

/* The crossings straight before the sides of an end, from which it can be entered. */
static void
foreach_door (Search *s, const PtlArrowEnd *end, gboolean first)
{
  for (guint axis = 0; axis < 2; axis++)
    for (guint side = 0; side < 2; side++)
      {
        double at = middle_of (end, 1 - axis), edge = side == 0 ? end->box.low[axis] : end->box.high[axis];
        double line = end->channels[axis][side], stub = side == 0 ? -s->map->rules->margin : s->map->rules->margin;
        int along = find_line (s, axis, line), across = find_line (s, 1 - axis, at);
        guint state;

        edge += stub * (1 + 1e-6);
        if (along < 0 || across < 0
            || !ptl_ground_is_free (s->map->ground, axis, at, MIN (edge, line), MAX (edge, line)))
          continue;
        state = axis == 0 ? state_of ((guint) along, (guint) across, axis)
                          : state_of ((guint) across, (guint) along, axis);
        if (first)
          reach (s, state, state, fabs (line - edge));
        else
          s->goal[state] = s->goal[state ^ 1] = (guint8) (1 + axis);
      }
}

static void
expand (Search *s, guint state)
{
  guint place[2] = { state / 2 / LINES, state / 2 % LINES };

  for (guint axis = 0; axis < 2; axis++)
    for (int step = -1; step <= 1; step += 2)
      {
        guint next[2] = { place[0], place[1] };
        double from, to, cost;

        if ((step < 0 && place[axis] == 0) || (step > 0 && place[axis] + 1 == s->n[axis]))
          continue;
        next[axis] = (guint) ((int) place[axis] + step);
        from = s->lines[axis][place[axis]];
        to = s->lines[axis][next[axis]];
        cost = s->cost[state] + fabs (to - from) + (axis != (state & 1) ? s->map->rules->bend : 0);
        if (cost < s->cost[state_of (next[0], next[1], axis)]
            && ptl_ground_is_free (s->map->ground, axis, s->lines[1 - axis][place[1 - axis]], MIN (from, to),
                                   MAX (from, to)))
          reach (s, state_of (next[0], next[1], axis), state, cost);
      }
}

/* Turns the states back to the beginning into legs. */
static gboolean
make_way (const Search *s, guint state, const PtlArrowEnd *a, PtlWay *way)
{
  double legs[PTL_WAY_LEGS];
  guint axis = s->goal[state] - 1u, n = 0;
  double before, next;

  legs[n++] = place_of (s, state, 1 - axis);
  for (gboolean done = FALSE; !done; state = s->before[state])
    {
      done = s->before[state] == state;
      if ((state & 1) == axis)
        continue;
      if (n == PTL_WAY_LEGS)
        return FALSE;
      axis = state & 1;
      legs[n++] = place_of (s, state, 1 - axis);
    }
  if (n == 1)
    return FALSE;
  way->n = n;
  way->axis = axis;
  for (guint i = 0; i < n; i++)
    way->at[i] = legs[n - 1 - i];
  next = way->at[1];
  before = way->at[n - 2];
  way->start = next > middle_of (a, axis) ? a->box.high[axis] : a->box.low[axis];
  axis = ptl_way_axis (way, n - 1);
  way->end = before > middle_of (s->b, axis) ? s->b->box.high[axis] : s->b->box.low[axis];
  return TRUE;
}

/**
 * ptl_arrow_search_way:
 * @reach: (inout): grows to what is looked at
 *
 * Returns: whether there is a way of at most PTL_WAY_LEGS legs near the ends
 */
gboolean
ptl_arrow_search_way (const PtlArrowMap *map, guint a, guint b, PtlWay *way, PtlExtent *reach_of_it)
{
  Search *s = map->scratch;
  g_autoptr (GArray) heap = g_array_new (FALSE, FALSE, sizeof (Step));
  const PtlArrowEnd *from = &g_array_index (map->ends, PtlArrowEnd, a);

  s->map = map;
  s->b = &g_array_index (map->ends, PtlArrowEnd, b);
  s->heap = heap;
  memset (s->goal, 0, sizeof s->goal);
  for (guint i = 0; i < STATES; i++)
    s->cost[i] = G_MAXDOUBLE;
  find_lines (s, from);
  for (guint axis = 0; axis < 2; axis++)
    {
      reach_of_it->low[axis] = MIN (reach_of_it->low[axis], s->lines[axis][0] - REACH);
      reach_of_it->high[axis] = MAX (reach_of_it->high[axis], s->lines[axis][s->n[axis] - 1] + REACH);
    }
  foreach_door (s, s->b, FALSE);
  foreach_door (s, from, TRUE);
  for (guint i = 0; i < STEPS && heap->len > 0; i++)
    {
      guint state = pop (heap).state;

      if (s->goal[state] != 0)
        return make_way (s, state, from, way);
      expand (s, state);
    }
  return FALSE;
}

gsize
ptl_arrow_search_size (void)
{
  return sizeof (Search);
}
