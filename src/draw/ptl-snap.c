#include "ptl-snap.h"

#include <math.h>

#include "ptl-hit.h"

/* One axis of a box. */
typedef struct
{
  double from, to;
} Span;

static Span
span_of (const PtlBox *box, gboolean vertical)
{
  return vertical ? (Span){ box->y, ptl_box_bottom (box) } : (Span){ box->x, ptl_box_right (box) };
}

/* The lines of a span that others can be in line with: its start, its middle and its end. */
static void
lines_of (Span span, double lines[3])
{
  lines[0] = span.from;
  lines[1] = (span.from + span.to) / 2;
  lines[2] = span.to;
}

static double
gap_between (Span a, Span b)
{
  return MAX (MAX (a.from - b.to, b.from - a.to), 0);
}

/* A neighbour in line. */
typedef struct
{
  double by;       /* how far the moved lines are from the neighbour's */
  double at;       /* where the common line is */
  double gap;      /* between the two along the line */
  gboolean middle; /* of both */
  guint other;
} Match;

static gboolean
is_better (const Match *one, const Match *than)
{
  double difference = fabs (one->by) - fabs (than->by);

  if (fabs (difference) > 1e-6)
    return difference < 0;
  return one->gap != than->gap ? one->gap < than->gap : one->middle && !than->middle;
}

/* Finds the best neighbour of a box on one axis, for its lines from `first` to `last`: edges stand in line with the
 * same edges, for the distance to others there is the grid. */
static gboolean
find_match (const PtlSnap *snap, const PtlBox *box, gboolean vertical, guint first, guint last, Match *best)
{
  double own[3], lines[3];
  gboolean found = FALSE;

  lines_of (span_of (box, vertical), own);
  for (guint i = 0; i < snap->n_others; i++)
    {
      const PtlBox *other = &snap->others[i];
      double gap = gap_between (span_of (box, !vertical), span_of (other, !vertical));

      if (!ptl_box_touches (other, &snap->visible))
        continue;
      lines_of (span_of (other, vertical), lines);
      for (guint line = first; line <= last; line++)
        {
          Match match = { lines[line] - own[line], lines[line], gap, line == 1, i };

          if (fabs (match.by) > snap->reach || (found && !is_better (&match, best)))
            continue;
          *best = match;
          found = TRUE;
        }
    }
  return found;
}

/* From one end of the two boxes to the other, along what they have in common. */
static PtlGuide
guide_along (const Match *match, const PtlBox *box, const PtlBox *other, gboolean vertical)
{
  PtlBox both = ptl_box_union (box, other);

  return vertical ? (PtlGuide){ { both.x, match->at }, { ptl_box_right (&both), match->at } }
                  : (PtlGuide){ { match->at, both.y }, { match->at, ptl_box_bottom (&both) } };
}

double
ptl_snap_to_grid (double at)
{
  return round (at / PTL_GRID) * PTL_GRID;
}

/**
 * ptl_snap_move:
 * @box: where the thing would stand
 * @anchor: the point of it that stands on the grid
 * @by: (out): how far to move it further
 * @guides: (out): what to show of it, when it stands there
 *
 * Returns: how many guides there are
 */
guint
ptl_snap_move (const PtlSnap *snap, const PtlBox *box, PtlPoint anchor, PtlPoint *by, PtlGuide guides[2])
{
  Match matches[2];
  gboolean found[2];
  PtlBox moved;
  guint n = 0;

  for (guint vertical = 0; vertical < 2; vertical++)
    found[vertical] = find_match (snap, box, vertical, 0, 2, &matches[vertical]);
  by->x = found[0] ? matches[0].by : ptl_snap_to_grid (anchor.x) - anchor.x;
  by->y = found[1] ? matches[1].by : ptl_snap_to_grid (anchor.y) - anchor.y;
  moved = (PtlBox){ box->x + by->x, box->y + by->y, box->width, box->height };
  for (guint vertical = 0; vertical < 2; vertical++)
    if (found[vertical])
      guides[n++] = guide_along (&matches[vertical], &moved, &snap->others[matches[vertical].other], vertical);
  return n;
}

static void
move_edge (PtlBox *box, guint edge, double by)
{
  switch (edge)
    {
    case PTL_EDGE_LEFT:
      box->x += by;
      box->width -= by;
      break;
    case PTL_EDGE_RIGHT:
      box->width += by;
      break;
    case PTL_EDGE_TOP:
      box->y += by;
      box->height -= by;
      break;
    default:
      box->height += by;
    }
}

/**
 * ptl_snap_edges:
 * @edges: PtlEdges, those that are moved
 * @box: (inout): where it would stand; then where it is to
 * @guides: (out): what to show of it
 *
 * Returns: how many guides there are
 */
guint
ptl_snap_edges (const PtlSnap *snap, guint edges, PtlBox *box, PtlGuide guides[2])
{
  Match matches[2];
  guint n = 0, others[2];
  gboolean vertical[2];

  for (guint edge = PTL_EDGE_LEFT; edge <= PTL_EDGE_BOTTOM; edge <<= 1)
    {
      gboolean is_vertical = edge >= PTL_EDGE_TOP;
      guint line = edge == PTL_EDGE_LEFT || edge == PTL_EDGE_TOP ? 0 : 2;
      double lines[3];

      if (!(edges & edge))
        continue;
      lines_of (span_of (box, is_vertical), lines);
      if (find_match (snap, box, is_vertical, line, line, &matches[n]))
        {
          move_edge (box, edge, matches[n].by);
          vertical[n] = is_vertical;
          others[n] = matches[n].other;
          n++;
        }
      else
        move_edge (box, edge, ptl_snap_to_grid (lines[line]) - lines[line]);
    }
  for (guint i = 0; i < n; i++)
    guides[i] = guide_along (&matches[i], box, &snap->others[others[i]], vertical[i]);
  return n;
}
