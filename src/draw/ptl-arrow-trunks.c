#include <math.h>

#include "ptl-arrows-private.h"

/* Trunks go from zone to zone, around the others. Their pills have the same size on the screen at any scale, so each
 * range of scales has places of its own. */

#define PILL_HEIGHT 16 /* px */
#define PILL_DIGIT  8  /* px that a further digit takes */
#define NAME_HEIGHT 20 /* px of the names above zones, far away */
#define STEP        8  /* px between the places that are tried */
#define MAX_TRIED   200
#define LINE        4 /* units that a trunk is wide */

static const PtlArrowRules trunk_rules = { .margin = 16, .inset = 28, .beside = 36, .bend = 120, .lane = 32 };

/* The smallest scale of each range. */
static const double scales[PTL_PILLS] = { 0.24, 0.17, 0.12, 0.085, 0.06, 0.04, 0.02 };

/* What a pill may stand on; the first is the best. */
static const guint manners[] = {
  PTL_CELL_THING | PTL_CELL_LINE | PTL_CELL_BORDER | PTL_CELL_ZONE,
  PTL_CELL_THING | PTL_CELL_LINE | PTL_CELL_BORDER,
  PTL_CELL_THING | PTL_CELL_LINE,
  PTL_CELL_THING,
};

/* Ways */

static void
set_ways (PtlArrows *arrows, const PtlLayout *layout)
{
  const PtlTalks *talks = arrows->talks;
  g_autoptr (PtlArrowMap) map = ptl_arrow_map_new (&trunk_rules);
  g_autofree PtlArrowPair *pairs = g_new (PtlArrowPair, talks->n_trunks + 1);
  g_autofree PtlWay *ways = g_new0 (PtlWay, talks->n_trunks + 1);
  PtlExtent reach;

  for (guint i = 0; i < talks->routes->flows->graph->n_zones; i++)
    ptl_arrow_map_add_end (map, &layout->zones[i], -1);
  for (guint i = 0; i < talks->routes->flows->graph->n_firewalls; i++)
    ptl_arrow_map_add_obstacle (map, &layout->firewalls[i]);
  ptl_arrow_map_seal (map);
  for (guint i = 0; i < talks->n_trunks; i++)
    {
      pairs[i] = (PtlArrowPair){ talks->trunks[i].a, talks->trunks[i].b };
      ptl_arrow_find_way (map, pairs[i].a, pairs[i].b, &ways[i], &reach);
    }
  ptl_arrow_spread (map, ways, pairs, talks->n_trunks);
  for (guint i = 0; i < talks->n_trunks; i++)
    {
      arrows->trunks[i].talk = i;
      ptl_arrow_set_points (arrows, &arrows->trunks[i], &ways[i], &layout->zones[pairs[i].a],
                            &layout->zones[pairs[i].b]);
    }
}

/* Pills */

static double
length_of (const PtlArrow *arrow)
{
  double length = 0;

  for (guint i = 1; i < arrow->n_points; i++)
    length += hypot (arrow->points[i].x - arrow->points[i - 1].x, arrow->points[i].y - arrow->points[i - 1].y);
  return length;
}

static PtlPoint
point_at (const PtlArrow *arrow, double gone)
{
  for (guint i = 1; i < arrow->n_points; i++)
    {
      PtlPoint from = arrow->points[i - 1], to = arrow->points[i];
      double length = hypot (to.x - from.x, to.y - from.y), part = length > 0 ? gone / length : 0;

      if (gone <= length)
        return (PtlPoint){ from.x + part * (to.x - from.x), from.y + part * (to.y - from.y) };
      gone -= length;
    }
  return arrow->points[arrow->n_points - 1];
}

/* The width in px; 0 where there is nothing to say. */
static double
pill_width (const PtlTrunk *trunk)
{
  double width = PILL_HEIGHT;

  if (trunk->n_rules == 0 && trunk->kind != PTL_TALK_UNROUTABLE)
    return 0;
  for (guint rest = trunk->n_rules / 10; rest > 0; rest /= 10)
    width += PILL_DIGIT;
  return width;
}

static PtlBox
pill_around (PtlPoint centre, const PtlTrunk *trunk, double scale)
{
  double width = pill_width (trunk) / scale, height = PILL_HEIGHT / scale;

  return (PtlBox){ centre.x - width / 2, centre.y - height / 2, width, height };
}

/* From the middle of the trunk outwards, the first place where the pill lies on nothing of these kinds. */
static gboolean
find_place (const PtlCells *cells, guint kinds, const PtlArrow *arrow, const PtlTrunk *trunk, double scale,
            PtlPoint *place)
{
  double length = length_of (arrow), step = MAX (STEP / scale, length / MAX_TRIED);

  for (guint i = 0; i / 2 * step <= length / 2; i++)
    {
      double gone = length / 2 + (i + 1) / 2 * (i % 2 == 0 ? -step : step);
      PtlPoint centre = point_at (arrow, CLAMP (gone, 0, length));
      PtlBox pill = pill_around (centre, trunk, scale);
      PtlExtent extent = ptl_extent_of (&pill);

      *place = centre;
      if (ptl_cells_is_free (cells, kinds, &extent, arrow->talk))
        return TRUE;
    }
  return FALSE;
}

static void
add_box (PtlCells *cells, PtlCellKind kind, const PtlBox *box, guint owner)
{
  PtlExtent extent = ptl_extent_of (box);

  ptl_cells_add (cells, kind, &extent, owner);
}

/* What is seen at a scale beside the pills. */
static PtlCells *
make_cells (const PtlArrows *arrows, const PtlLayout *layout, double scale)
{
  const PtlGraph *graph = arrows->talks->routes->flows->graph;
  PtlExtent bounds = { { G_MAXDOUBLE, G_MAXDOUBLE }, { -G_MAXDOUBLE, -G_MAXDOUBLE } };
  PtlCells *cells;

  for (guint i = 0; i < graph->n_zones; i++)
    for (guint axis = 0; axis < 2; axis++)
      {
        PtlExtent zone = ptl_extent_of (&layout->zones[i]);

        bounds.low[axis] = MIN (bounds.low[axis], zone.low[axis]);
        bounds.high[axis] = MAX (bounds.high[axis], zone.high[axis]);
      }
  cells = ptl_cells_new (&bounds, graph->n_zones * 4 + graph->n_nodes + arrows->n_trunks * 4);
  for (guint i = 0; i < graph->n_zones; i++)
    {
      const PtlBox *zone = &layout->zones[i];

      add_box (cells, PTL_CELL_ZONE, zone, PTL_CELL_NOBODY);
      add_box (cells, PTL_CELL_THING,
               &(PtlBox){ zone->x, zone->y - NAME_HEIGHT / scale, zone->width, NAME_HEIGHT / scale }, PTL_CELL_NOBODY);
    }
  for (guint i = 0; i < graph->n_firewalls; i++)
    add_box (cells, PTL_CELL_BORDER, &layout->firewalls[i], PTL_CELL_NOBODY);
  for (guint i = 0; i < graph->n_nodes; i++)
    add_box (cells, PTL_CELL_BORDER, &layout->nodes[i], PTL_CELL_NOBODY);
  for (guint i = 0; i < arrows->n_trunks; i++)
    for (guint leg = 0; leg + 1 < arrows->trunks[i].n_points; leg++)
      {
        PtlBox line = ptl_box_between (arrows->trunks[i].points[leg], arrows->trunks[i].points[leg + 1]);
        PtlBox box = ptl_box_grow (&line, LINE / 2.0);

        add_box (cells, PTL_CELL_LINE, &box, i);
      }
  return cells;
}

static void
set_pills (PtlArrows *arrows, const PtlLayout *layout, guint range, PtlPoint *pills)
{
  g_autoptr (PtlCells) cells = make_cells (arrows, layout, scales[range]);

  for (guint i = 0; i < arrows->n_trunks; i++)
    {
      const PtlTrunk *trunk = &arrows->talks->trunks[i];
      const PtlArrow *arrow = &arrows->trunks[i];
      PtlPoint *place = &pills[i * PTL_PILLS + range];
      gboolean found = FALSE;

      if (pill_width (trunk) == 0)
        continue;
      for (guint manner = 0; manner < G_N_ELEMENTS (manners) && !found; manner++)
        found = find_place (cells, manners[manner], arrow, trunk, scales[range], place);
      if (found)
        {
          PtlBox pill = pill_around (*place, trunk, scales[range]);

          add_box (cells, PTL_CELL_THING, &pill, PTL_CELL_NOBODY);
        }
      else
        *place = (PtlPoint){ NAN, NAN };
    }
}

void
ptl_arrow_set_trunks (PtlArrows *arrows, const PtlLayout *layout)
{
  PtlPoint *pills;

  if (arrows->n_trunks == 0)
    return;
  pills = ptl_arrows_keep (arrows, g_new0 (PtlPoint, arrows->n_trunks * PTL_PILLS));
  set_ways (arrows, layout);
  for (guint i = 0; i < PTL_PILLS; i++)
    set_pills (arrows, layout, i, pills);
  for (guint i = 0; i < arrows->n_trunks; i++)
    arrows->trunks[i].pills = &pills[i * PTL_PILLS];
}

PtlBox
ptl_arrows_find_pill (const PtlArrows *arrows, guint trunk, double scale)
{
  const PtlArrow *arrow = &arrows->trunks[trunk];
  PtlPoint centre;
  guint range = 0;

  while (range + 1 < PTL_PILLS && scales[range] > scale)
    range++;
  centre = arrow->pills != NULL ? arrow->pills[range] : point_at (arrow, length_of (arrow) / 2);
  if (pill_width (&arrows->talks->trunks[trunk]) == 0 || isnan (centre.x))
    return (PtlBox){ 0 };
  return pill_around (centre, &arrows->talks->trunks[trunk], MAX (scale, scales[PTL_PILLS - 1]));
}
