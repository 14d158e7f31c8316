#include "ptl-arrows.h"

#include <math.h>

#include "ptl-arrow-hit.h"
#include "ptl-arrows-private.h"
#include "ptl-scene.h"

#define LINE  2  /* units that a line is wide */
#define HEAD  10 /* and a head is long */
#define PIECE 64 /* of a slanted line */

/* What lines keep free of, and what they do rather than bend. */
static const PtlArrowRules arrow_rules = { .margin = 6, .inset = 8, .beside = 40, .bend = 40, .lane = 10 };

/* The map */

static void
add_firewall_line (PtlArrowMap *map, const PtlBox *firewall, const PtlBox *zone)
{
  PtlPoint points[3];
  guint n = ptl_scene_line_points (ptl_box_centre (firewall), zone, points);

  for (guint i = 0; i + 1 < n; i++)
    ptl_arrow_map_add_border (map, points[i], points[i + 1]);
}

/* Cards with the zones around them. */
static PtlArrowMap *
map_cards (const PtlGraph *graph, const PtlLayout *layout)
{
  PtlArrowMap *map = ptl_arrow_map_new (&arrow_rules);

  for (guint i = 0; i < graph->n_zones; i++)
    {
      PtlBox title = ptl_arrow_title (&layout->zones[i], graph->zones[i].name);

      ptl_arrow_map_add_home (map, &layout->zones[i]);
      ptl_arrow_map_add_obstacle (map, &title);
    }
  for (guint i = 0; i < graph->n_firewalls; i++)
    {
      ptl_arrow_map_add_obstacle (map, &layout->firewalls[i]);
      for (guint j = 0; j < graph->firewalls[i].n_zones; j++)
        add_firewall_line (map, &layout->firewalls[i], &layout->zones[graph->firewalls[i].zones[j]]);
    }
  for (guint i = 0; i < layout->n_implied; i++)
    ptl_arrow_map_add_obstacle (map, &layout->implied[i]);
  for (guint i = 0; i < graph->n_nodes; i++)
    ptl_arrow_map_add_end (map, &layout->nodes[i], graph->nodes[i].zone);
  ptl_arrow_map_seal (map);
  return map;
}

/* Arrows */

PtlArrows *
ptl_arrows_alloc (PtlTalks *talks, const PtlLayout *layout)
{
  PtlArrows *arrows = g_new0 (PtlArrows, 1);

  g_atomic_ref_count_init (&arrows->refs);
  arrows->talks = ptl_talks_ref (talks);
  arrows->blocks = g_ptr_array_new_with_free_func (g_free);
  arrows->nodes = g_memdup2 (layout->nodes, (talks->routes->flows->graph->n_nodes + 1) * sizeof (PtlBox));
  arrows->n = talks->n;
  arrows->arrows = g_new0 (PtlArrow, talks->n + 1);
  arrows->n_trunks = talks->n_trunks;
  arrows->trunks = g_new0 (PtlArrow, talks->n_trunks + 1);
  return arrows;
}

gpointer
ptl_arrows_keep (PtlArrows *arrows, gpointer block)
{
  g_ptr_array_add (arrows->blocks, block);
  return block;
}

static PtlPoint
point_of (const PtlWay *way, guint i)
{
  guint axis = ptl_way_axis (way, i);
  double along = i < way->n ? ptl_way_from (way, i) : way->end, across = way->at[MIN (i, way->n - 1)];

  if (i == way->n)
    axis = 1 - axis;
  return axis == 0 ? (PtlPoint){ along, across } : (PtlPoint){ across, along };
}

void
ptl_arrow_set_points (PtlArrows *arrows, PtlArrow *arrow, const PtlWay *way, const PtlBox *a, const PtlBox *b)
{
  PtlPoint *points = ptl_arrows_keep (arrows, g_new (PtlPoint, MAX (way->n, 1) + 1));

  for (guint i = 0; i <= way->n && way->n > 0; i++)
    points[i] = point_of (way, i);
  if (way->n == 0)
    {
      points[0] = ptl_box_leave (a, ptl_box_centre (b), 0);
      points[1] = ptl_box_leave (b, ptl_box_centre (a), 0);
    }
  arrow->points = points;
  arrow->n_points = MAX (way->n, 1) + 1;
}

/* What lies on the canvas before marks and labels do. */

/* In pieces where it is slanted: its box would cover what the line does not. */
static void
add_line (PtlCells *cells, PtlPoint from, PtlPoint to, guint owner)
{
  double slant = MIN (fabs (to.x - from.x), fabs (to.y - from.y));
  guint n = (guint) (slant / PIECE) + 1;

  for (guint i = 0; i < n; i++)
    {
      PtlPoint one = { from.x + (to.x - from.x) * i / n, from.y + (to.y - from.y) * i / n };
      PtlPoint other = { from.x + (to.x - from.x) * (i + 1) / n, from.y + (to.y - from.y) * (i + 1) / n };
      PtlBox line = ptl_box_between (one, other), box = ptl_box_grow (&line, LINE / 2.0);
      PtlExtent extent = ptl_extent_of (&box);

      ptl_cells_add (cells, PTL_CELL_LINE, &extent, owner);
    }
}

static void
add_head (PtlCells *cells, PtlPoint tip, PtlPoint from)
{
  double length = MIN (HEAD, hypot (from.x - tip.x, from.y - tip.y)),
         part = length / MAX (hypot (from.x - tip.x, from.y - tip.y), 1);
  PtlPoint back = { tip.x + part * (from.x - tip.x), tip.y + part * (from.y - tip.y) };
  PtlBox head = ptl_box_between (tip, back), box = ptl_box_grow (&head, HEAD / 2.0);
  PtlExtent extent = ptl_extent_of (&box);

  ptl_cells_add (cells, PTL_CELL_THING, &extent, PTL_CELL_NOBODY);
}

static void
add_things (PtlCells *cells, const PtlArrowMap *map)
{
  const GArray *boxes = ptl_ground_get_boxes (map->ground);

  for (guint i = 0; i < boxes->len; i++)
    ptl_cells_add (cells, PTL_CELL_THING, &g_array_index (boxes, PtlExtent, i), PTL_CELL_NOBODY);
  for (guint axis = 0; axis < 2; axis++)
    {
      boxes = ptl_ground_get_boxes (map->borders[axis]);
      for (guint i = 0; i < boxes->len; i++)
        ptl_cells_add (cells, PTL_CELL_BORDER, &g_array_index (boxes, PtlExtent, i), PTL_CELL_NOBODY);
    }
  for (guint i = 0; i < map->homes->len; i++)
    ptl_cells_add (cells, PTL_CELL_ZONE, &g_array_index (map->homes, PtlArrowEnd, i).box, PTL_CELL_NOBODY);
}

static PtlCells *
make_cells (const PtlArrows *arrows, const PtlArrowMap *map)
{
  PtlExtent bounds = ptl_ground_get_bounds (map->ground);
  PtlCells *cells = ptl_cells_new (&bounds, map->ends->len + 4 * arrows->n);

  add_things (cells, map);
  for (guint i = 0; i < arrows->n; i++)
    {
      const PtlArrow *arrow = &arrows->arrows[i];

      for (guint leg = 0; leg + 1 < arrow->n_points; leg++)
        add_line (cells, arrow->points[leg], arrow->points[leg + 1], i);
      if (arrows->talks->talks[i].n_back > 0)
        add_head (cells, arrow->points[0], arrow->points[1]);
      if (arrows->talks->talks[i].n_there > 0)
        add_head (cells, arrow->points[arrow->n_points - 1], arrow->points[arrow->n_points - 2]);
    }
  return cells;
}

/* Finds the ways of all arrows, before they are spread over lanes. */
static void
find_ways (PtlArrows *arrows, const PtlLayout *layout, const PtlArrowMap *map, const PtlArrows *before, PtlWay *ways)
{
  PtlArrowRaw *raws = ptl_arrow_past_make (arrows, layout);
  g_autoptr (PtlArrowMemory) memory = ptl_arrow_memory_new (arrows, before);

  for (guint i = 0; i < arrows->n; i++)
    {
      const PtlTalk *talk = &arrows->talks->talks[i];
      const PtlArrowRaw *known = memory != NULL ? ptl_arrow_memory_find (memory, i, map->rules->margin) : NULL;

      raws[i].way.n = 0;
      if (known != NULL)
        raws[i] = *known;
      else
        ptl_arrow_find_way (map, talk->a, talk->b, &raws[i].way, &raws[i].reach);
      ways[i] = raws[i].way;
    }
}

static void
set_arrows (PtlArrows *arrows, const PtlLayout *layout, const PtlArrows *before)
{
  const PtlGraph *graph = arrows->talks->routes->flows->graph;
  const PtlTalk *talks = arrows->talks->talks;
  g_autoptr (PtlArrowMap) map = map_cards (graph, layout);
  g_autofree PtlArrowPair *pairs = g_new (PtlArrowPair, arrows->n + 1);
  g_autofree PtlWay *ways = g_new (PtlWay, arrows->n + 1);
  g_autoptr (PtlCells) cells = NULL;

  for (guint i = 0; i < arrows->n; i++)
    pairs[i] = (PtlArrowPair){ talks[i].a, talks[i].b };
  find_ways (arrows, layout, map, before, ways);
  ptl_arrow_spread (map, ways, pairs, arrows->n);
  for (guint i = 0; i < arrows->n; i++)
    {
      arrows->arrows[i].talk = i;
      ptl_arrow_set_points (arrows, &arrows->arrows[i], &ways[i], &layout->nodes[talks[i].a],
                            &layout->nodes[talks[i].b]);
    }
  cells = make_cells (arrows, map);
  ptl_arrow_set_marks (arrows, map, cells);
  ptl_arrow_set_labels (arrows, cells);
}

/**
 * ptl_arrows_new:
 * @layout: where everything stands
 * @before: (nullable): arrows made before: ways on which nothing changed are taken from there, which is quicker
 *
 * Returns: (transfer full): the ways of all arrows and trunks; they keep the talks, not the layout
 */
PtlArrows *
ptl_arrows_new (PtlTalks *talks, const PtlLayout *layout, PtlArrows *before)
{
  PtlArrows *arrows = ptl_arrows_alloc (talks, layout);

  set_arrows (arrows, layout, before);
  ptl_arrow_set_trunks (arrows, layout);
  arrows->hit = ptl_arrow_hit_new (arrows->arrows, arrows->n, NULL);
  arrows->trunk_hit = ptl_arrow_hit_new (arrows->trunks, arrows->n_trunks, NULL);
  return arrows;
}

PtlArrows *
ptl_arrows_ref (PtlArrows *arrows)
{
  g_atomic_ref_count_inc (&arrows->refs);
  return arrows;
}

void
ptl_arrows_unref (PtlArrows *arrows)
{
  if (arrows == NULL || !g_atomic_ref_count_dec (&arrows->refs))
    return;
  g_free (arrows->arrows);
  g_free (arrows->trunks);
  g_free (arrows->nodes);
  ptl_hit_free (arrows->hit);
  ptl_hit_free (arrows->trunk_hit);
  g_ptr_array_unref (arrows->blocks);
  ptl_arrows_unref (arrows->base);
  ptl_talks_unref (arrows->talks);
  g_free (arrows);
}
