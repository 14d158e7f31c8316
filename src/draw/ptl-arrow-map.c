#include "ptl-arrow-ways.h"

/* What is on the map of arrows. */

#define BORDER 5 /* units on each side of a border that lines do not run along */

PtlArrowMap *
ptl_arrow_map_new (const PtlArrowRules *rules)
{
  PtlArrowMap *map = g_new0 (PtlArrowMap, 1);

  map->rules = rules;
  map->scratch = g_malloc0 (ptl_arrow_search_size ());
  map->ground = ptl_ground_new (FALSE);
  map->zones = ptl_ground_new (FALSE);
  map->borders[0] = ptl_ground_new (TRUE);
  map->borders[1] = ptl_ground_new (TRUE);
  map->ends = g_array_new (FALSE, FALSE, sizeof (PtlArrowEnd));
  map->homes = g_array_new (FALSE, FALSE, sizeof (PtlArrowEnd));
  return map;
}

void
ptl_arrow_map_free (PtlArrowMap *map)
{
  if (map == NULL)
    return;
  ptl_ground_free (map->ground);
  ptl_ground_free (map->zones);
  ptl_ground_free (map->borders[0]);
  ptl_ground_free (map->borders[1]);
  g_array_unref (map->ends);
  g_array_unref (map->homes);
  g_free (map->scratch);
  g_free (map);
}

void
ptl_arrow_map_add_obstacle (PtlArrowMap *map, const PtlBox *box)
{
  PtlBox around = ptl_box_grow (box, map->rules->margin);

  ptl_ground_add (map->ground, &around);
}

void
ptl_arrow_map_add_end (PtlArrowMap *map, const PtlBox *box, int zone)
{
  PtlArrowEnd end = { .box = ptl_extent_of (box), .zone = zone };

  g_array_append_val (map->ends, end);
  ptl_arrow_map_add_obstacle (map, box);
}

void
ptl_arrow_map_add_border (PtlArrowMap *map, PtlPoint from, PtlPoint to)
{
  PtlBox line = ptl_box_between (from, to), box;

  if (from.y == to.y)
    box = (PtlBox){ line.x, line.y - BORDER, line.width, 2 * BORDER };
  else
    box = (PtlBox){ line.x - BORDER, line.y, 2 * BORDER, line.height };
  ptl_ground_add (map->borders[from.y == to.y ? 0 : 1], &box);
}

void
ptl_arrow_map_add_home (PtlArrowMap *map, const PtlBox *box)
{
  PtlArrowEnd home = { .box = ptl_extent_of (box), .zone = -1 };
  PtlPoint corners[] = { { box->x, box->y },
                         { ptl_box_right (box), box->y },
                         { ptl_box_right (box), ptl_box_bottom (box) },
                         { box->x, ptl_box_bottom (box) } };

  g_array_append_val (map->homes, home);
  ptl_ground_add (map->zones, box);
  for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
    ptl_arrow_map_add_border (map, corners[i], corners[(i + 1) % G_N_ELEMENTS (corners)]);
}

void
ptl_arrow_map_seal (PtlArrowMap *map)
{
  ptl_ground_seal (map->ground);
  ptl_ground_seal (map->zones);
  ptl_ground_seal (map->borders[0]);
  ptl_ground_seal (map->borders[1]);
  ptl_arrow_map_measure (map);
}
