#include "ptl-scene.h"

#include <math.h>
#include <string.h>

#include "engine/ptl-order.h"
#include "ptl-layout.h"

#define LINE_INSET 28 /* from a zone's corner: lines end on its sides */
#define LINK_GAP   3  /* between the head of an arrow and the card */

static void
set_zones (PtlScene *scene, const PtlPlan *plan, const PtlLayout *layout)
{
  for (guint i = 0; i < scene->graph->n_zones; i++)
    {
      const PtlZone *zone = plan->zones->pdata[i];

      scene->zones[i] = (PtlSceneZone){ .box = layout->zones[i], .shown = TRUE };
      if (zone->colour != NULL)
        g_strlcpy (scene->zones[i].colour, zone->colour, sizeof scene->zones[i].colour);
    }
}

static int
compare_areas (gconstpointer a, gconstpointer b, gpointer data)
{
  const PtlSceneZone *zones = data;
  guint one = *(const guint *) a, other = *(const guint *) b;
  double area = zones[one].box.width * zones[one].box.height;
  double other_area = zones[other].box.width * zones[other].box.height;

  if (area != other_area)
    return area > other_area ? -1 : 1;
  return (one > other) - (one < other);
}

static void
rank_zones (PtlScene *scene)
{
  g_autofree guint *ranks = ptl_rank (scene->graph->n_zones, compare_areas, scene->zones);

  for (guint i = 0; i < scene->graph->n_zones; i++)
    scene->zones[i].rank = ranks[i];
}

static double
nearest (double at, double low, double high)
{
  double inset = MIN (LINE_INSET, (high - low) / 2);

  return CLAMP (at, low + inset, high - inset);
}

/* The way to a zone: straight where they face each other, else along the gap and then across it. */
static void
set_way (PtlSceneLine *line, PtlPoint from, const PtlBox *zone)
{
  PtlPoint to = from, corner = from;

  if (from.x < zone->x || from.x > ptl_box_right (zone))
    {
      to.x = from.x < zone->x ? zone->x : ptl_box_right (zone);
      to.y = corner.y = nearest (from.y, zone->y, ptl_box_bottom (zone));
    }
  else if (from.y < zone->y || from.y > ptl_box_bottom (zone))
    {
      to.y = from.y < zone->y ? zone->y : ptl_box_bottom (zone);
      to.x = corner.x = nearest (from.x, zone->x, ptl_box_right (zone));
    }
  line->points[line->n_points++] = from;
  if (corner.x != from.x || corner.y != from.y)
    line->points[line->n_points++] = corner;
  line->points[line->n_points++] = to;
}

static void
add_lines (PtlScene *scene)
{
  for (guint i = 0; i < scene->graph->n_firewalls; i++)
    for (guint j = 0; j < scene->graph->firewalls[i].n_zones && scene->firewalls[i].shown; j++)
      {
        PtlSceneLine line = { .firewall = i, .zone = scene->graph->firewalls[i].zones[j] };

        set_way (&line, ptl_box_centre (&scene->firewalls[i].box), &scene->zones[line.zone].box);
        g_array_append_val (scene->lines, line);
      }
}

/* Where the way from the middle of the box to the point leaves the box, `gap` away from it. */
static PtlPoint
leave_box (const PtlBox *box, PtlPoint to, double gap)
{
  PtlPoint from = ptl_box_centre (box);
  double dx = to.x - from.x, dy = to.y - from.y;
  double part = MIN ((box->width / 2 + gap) / MAX (fabs (dx), 1e-9), (box->height / 2 + gap) / MAX (fabs (dy), 1e-9));

  return (PtlPoint){ from.x + dx * part, from.y + dy * part };
}

static void
add_links (PtlScene *scene)
{
  for (guint i = 0; i < scene->graph->n_links; i++)
    {
      const PtlSceneNode *from = &scene->nodes[scene->graph->links[i].from];
      const PtlSceneNode *to = &scene->nodes[scene->graph->links[i].to];
      PtlBox room = ptl_box_grow (&from->box, 2 * LINK_GAP);
      PtlSceneLink *link = &scene->links[i];

      link->points[0] = leave_box (&from->box, ptl_box_centre (&to->box), 0);
      link->points[1] = leave_box (&to->box, ptl_box_centre (&from->box), LINK_GAP);
      link->shown = from->shown && to->shown && !ptl_box_overlaps (&room, &to->box);
    }
}

static void
add (PtlScene *scene, PtlHitKind kind, guint index, const PtlBox *box)
{
  ptl_hit_add (scene->hit, kind, index, box);
  scene->bounds = scene->bounds.width > 0 ? ptl_box_union (&scene->bounds, box) : *box;
}

/* Lines, the index and the bounds: what follows from the boxes and from what is shown. */
static void
finish (PtlScene *scene)
{
  add_lines (scene);
  add_links (scene);
  for (guint i = 0; i < scene->graph->n_zones; i++)
    if (scene->zones[i].shown)
      add (scene, PTL_HIT_ZONE, i, &scene->zones[i].box);
  for (guint i = 0; i < scene->graph->n_firewalls; i++)
    if (scene->firewalls[i].shown)
      add (scene, PTL_HIT_FIREWALL, i, &scene->firewalls[i].box);
  for (guint i = 0; i < scene->graph->n_nodes; i++)
    if (scene->nodes[i].shown)
      add (scene, PTL_HIT_NODE, i, &scene->nodes[i].box);
  for (guint i = 0; i < scene->lines->len; i++)
    {
      const PtlSceneLine *line = &g_array_index (scene->lines, PtlSceneLine, i);
      PtlBox box = ptl_box_between (line->points[0], line->points[line->n_points - 1]);

      ptl_hit_add (scene->hit, PTL_HIT_LINE, i, &box);
    }
  for (guint i = 0; i < scene->graph->n_links; i++)
    {
      PtlBox box = ptl_box_between (scene->links[i].points[0], scene->links[i].points[1]);

      if (scene->links[i].shown)
        ptl_hit_add (scene->hit, PTL_HIT_LINK, i, &box);
    }
  ptl_hit_seal (scene->hit);
}

/* Everything shown, but not finished. */
static PtlScene *
scene_new (const PtlPlan *plan, const PtlFlows *flows)
{
  PtlScene *scene = g_new0 (PtlScene, 1);
  g_autoptr (PtlLayout) layout = ptl_layout_new (plan, flows, FALSE);
  PtlGraph *graph = scene->graph = ptl_graph_ref (flows->graph);

  g_atomic_ref_count_init (&scene->refs);
  scene->zones = g_new0 (PtlSceneZone, graph->n_zones + 1);
  scene->firewalls = g_new0 (PtlSceneFirewall, graph->n_firewalls + 1);
  scene->nodes = g_new0 (PtlSceneNode, graph->n_nodes + 1);
  scene->links = g_new0 (PtlSceneLink, graph->n_links + 1);
  scene->lines = g_array_new (FALSE, FALSE, sizeof (PtlSceneLine));
  scene->hit = ptl_hit_new ();
  set_zones (scene, plan, layout);
  rank_zones (scene);
  for (guint i = 0; i < graph->n_firewalls; i++)
    scene->firewalls[i] = (PtlSceneFirewall){ layout->firewalls[i], TRUE };
  for (guint i = 0; i < graph->n_nodes; i++)
    scene->nodes[i] = (PtlSceneNode){ layout->nodes[i], TRUE };
  return scene;
}

/**
 * ptl_scene_new:
 * @plan: a plan
 * @flows: its flows; of a plan whose positions alone changed since, they still serve
 *
 * Returns: (transfer full): the plan as it is to be drawn; it keeps the flows' graph, not the plan or the flows
 */
PtlScene *
ptl_scene_new (const PtlPlan *plan, const PtlFlows *flows)
{
  PtlScene *scene = scene_new (plan, flows);

  finish (scene);
  return scene;
}

static void
hide_all (PtlScene *scene)
{
  for (guint i = 0; i < scene->graph->n_zones; i++)
    scene->zones[i].shown = FALSE;
  for (guint i = 0; i < scene->graph->n_firewalls; i++)
    scene->firewalls[i].shown = FALSE;
  for (guint i = 0; i < scene->graph->n_nodes; i++)
    scene->nodes[i].shown = FALSE;
}

static gboolean
crosses (const PtlRoutes *routes, const PtlPair *pair, guint firewall)
{
  const PtlFlows *flows = routes->flows;
  const PtlGraphNode *source = &flows->graph->nodes[flows->classes[pair->source].node];
  const PtlGraphNode *destination = &flows->graph->nodes[flows->classes[pair->destination].node];
  const PtlRoute *route;

  if (!ptl_flows_pair_crosses (flows, pair))
    return FALSE;
  route = ptl_routes_between (routes, (guint) source->zone, (guint) destination->zone);
  for (guint i = 0; i < route->n_firewalls; i++)
    if (ptl_route_firewall (route, i) == firewall)
      return TRUE;
  return FALSE;
}

static void
show_class (PtlScene *scene, const PtlClass *class)
{
  if (scene->nodes[class->members[0]].shown)
    return; /* the whole class is */
  for (guint i = 0; i < class->n_members; i++)
    scene->nodes[class->members[i]].shown = TRUE;
  scene->zones[scene->graph->nodes[class->node].zone].shown = TRUE;
}

/**
 * ptl_scene_new_for_firewall:
 * @routes: the routes of the plan's flows
 * @firewall: which one, in the routes; an implied one has no card
 *
 * Returns: (transfer full): a scene of one firewall alone: the zones that it joins, and the nodes whose flows cross it
 * with their zones; all stand where they stand in the whole plan
 */
PtlScene *
ptl_scene_new_for_firewall (const PtlPlan *plan, const PtlRoutes *routes, guint firewall)
{
  const PtlFlows *flows = routes->flows;
  PtlScene *scene = scene_new (plan, flows);

  hide_all (scene);
  for (guint i = 0; i < routes->firewalls[firewall].n_zones; i++)
    scene->zones[routes->firewalls[firewall].zones[i]].shown = TRUE;
  if (scene->graph->n_firewalls > 0)
    scene->firewalls[firewall].shown = TRUE;
  for (guint i = 0; i < flows->n_pairs; i++)
    if (crosses (routes, &flows->pairs[i], firewall))
      {
        show_class (scene, &flows->classes[flows->pairs[i].source]);
        show_class (scene, &flows->classes[flows->pairs[i].destination]);
      }
  finish (scene);
  return scene;
}

PtlScene *
ptl_scene_ref (PtlScene *scene)
{
  g_atomic_ref_count_inc (&scene->refs);
  return scene;
}

void
ptl_scene_unref (PtlScene *scene)
{
  if (scene == NULL || !g_atomic_ref_count_dec (&scene->refs))
    return;
  ptl_hit_free (scene->hit);
  g_array_unref (scene->lines);
  g_free (scene->zones);
  g_free (scene->firewalls);
  g_free (scene->nodes);
  g_free (scene->links);
  ptl_graph_unref (scene->graph);
  g_free (scene);
}
