#include "ptl-scene.h"

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
guint
ptl_scene_line_points (PtlPoint from, const PtlBox *zone, PtlPoint points[3])
{
  PtlPoint to = from, corner = from;
  guint n = 0;

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
  points[n++] = from;
  if (corner.x != from.x || corner.y != from.y)
    points[n++] = corner;
  points[n++] = to;
  return n;
}

static void
add_lines (PtlScene *scene)
{
  for (guint i = 0; i < scene->graph->n_firewalls; i++)
    for (guint j = 0; j < scene->graph->firewalls[i].n_zones && scene->firewalls[i].shown; j++)
      {
        PtlSceneLine line = { .firewall = i, .zone = scene->graph->firewalls[i].zones[j] };

        line.n_points = ptl_scene_line_points (ptl_box_centre (&scene->firewalls[i].box), &scene->zones[line.zone].box,
                                               line.points);
        g_array_append_val (scene->lines, line);
      }
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

      link->points[0] = ptl_box_leave (&from->box, ptl_box_centre (&to->box), 0);
      link->points[1] = ptl_box_leave (&to->box, ptl_box_centre (&from->box), LINK_GAP);
      link->shown = from->shown && to->shown && !ptl_box_overlaps (&room, &to->box);
    }
}

static void
add (PtlScene *scene, PtlHitKind kind, guint index, const PtlBox *box)
{
  ptl_hit_add (scene->hit, kind, index, box);
  scene->bounds = scene->bounds.width > 0 ? ptl_box_union (&scene->bounds, box) : *box;
}

/* Arrows may go around the outermost zones. */
static void
add_arrows_to_bounds (PtlScene *scene)
{
  for (guint i = 0; i < scene->arrows->n; i++)
    for (guint j = 1; j < scene->arrows->arrows[i].n_points; j++)
      {
        const PtlPoint *points = scene->arrows->arrows[i].points;
        PtlBox box = ptl_box_between (points[j - 1], points[j]);

        scene->bounds = ptl_box_union (&scene->bounds, &box);
      }
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
  for (guint i = 0; i < scene->n_implied; i++)
    if (scene->implied[i].shown)
      add (scene, PTL_HIT_IMPLIED, i, &scene->implied[i].box);
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
  add_arrows_to_bounds (scene);
}

static void
set_implied (PtlScene *scene, const PtlBox *boxes, guint n)
{
  scene->n_implied = n;
  scene->implied = g_new0 (PtlSceneFirewall, n + 1);
  for (guint i = 0; i < n; i++)
    scene->implied[i] = (PtlSceneFirewall){ boxes[i], TRUE };
}

typedef PtlArrows *(*ArrowsFunc) (PtlTalks *talks, const PtlLayout *layout, PtlArrows *before);

static PtlScene *
scene_alloc (PtlGraph *graph)
{
  PtlScene *scene = g_new0 (PtlScene, 1);

  g_atomic_ref_count_init (&scene->refs);
  scene->graph = ptl_graph_ref (graph);
  scene->zones = g_new0 (PtlSceneZone, graph->n_zones + 1);
  scene->firewalls = g_new0 (PtlSceneFirewall, graph->n_firewalls + 1);
  scene->nodes = g_new0 (PtlSceneNode, graph->n_nodes + 1);
  scene->links = g_new0 (PtlSceneLink, graph->n_links + 1);
  scene->lines = g_array_new (FALSE, FALSE, sizeof (PtlSceneLine));
  scene->hit = ptl_hit_new ();
  return scene;
}

/* Everything shown, but not finished. */
static PtlScene *
scene_new (const PtlPlan *plan, PtlTalks *talks, PtlArrows *before, ArrowsFunc make_arrows)
{
  g_autoptr (PtlLayout) layout = ptl_layout_new (plan, talks->routes->flows, FALSE);
  PtlGraph *graph = talks->routes->flows->graph;
  PtlScene *scene = scene_alloc (graph);

  set_zones (scene, plan, layout);
  rank_zones (scene);
  for (guint i = 0; i < graph->n_firewalls; i++)
    scene->firewalls[i] = (PtlSceneFirewall){ layout->firewalls[i], TRUE };
  for (guint i = 0; i < graph->n_nodes; i++)
    scene->nodes[i] = (PtlSceneNode){ layout->nodes[i], TRUE };
  ptl_layout_imply (layout, talks->routes);
  set_implied (scene, layout->implied, layout->n_implied);
  scene->arrows = make_arrows (talks, layout, before);
  return scene;
}

/**
 * ptl_scene_new:
 * @plan: a plan
 * @talks: who talks with whom in it; of a plan whose positions alone changed since, they still serve
 * @before: (nullable): arrows of the plan as it was, not of a draft: what did not change is taken from there, which is
 *   quicker
 *
 * Returns: (transfer full): the plan as it is to be drawn; it keeps the talks, not the plan
 */
PtlScene *
ptl_scene_new (const PtlPlan *plan, PtlTalks *talks, PtlArrows *before)
{
  PtlScene *scene = scene_new (plan, talks, before, ptl_arrows_new);

  finish (scene);
  return scene;
}

/**
 * ptl_scene_new_draft:
 *
 * As ptl_scene_new (), but arrows whose ends moved go a simple way: for plans so large that the best one for each takes
 * longer than a person wants to wait. ptl_scene_complete () finds it.
 */
PtlScene *
ptl_scene_new_draft (const PtlPlan *plan, PtlTalks *talks, PtlArrows *before)
{
  PtlScene *scene = scene_new (plan, talks, before, ptl_arrows_new_draft);

  finish (scene);
  return scene;
}

static PtlLayout *
layout_of (const PtlScene *scene)
{
  const PtlGraph *graph = scene->graph;
  PtlLayout *layout = g_new0 (PtlLayout, 1);

  layout->zones = g_new (PtlBox, graph->n_zones + 1);
  layout->firewalls = g_new (PtlBox, graph->n_firewalls + 1);
  layout->nodes = g_new (PtlBox, graph->n_nodes + 1);
  for (guint i = 0; i < graph->n_zones; i++)
    layout->zones[i] = scene->zones[i].box;
  for (guint i = 0; i < graph->n_firewalls; i++)
    layout->firewalls[i] = scene->firewalls[i].box;
  for (guint i = 0; i < graph->n_nodes; i++)
    layout->nodes[i] = scene->nodes[i].box;
  return layout;
}

/* Everything where it is in the draft, but not finished. */
static PtlScene *
complete (const PtlScene *draft, PtlTalks *talks, PtlArrows *before)
{
  const PtlGraph *graph = draft->graph;
  PtlScene *scene = scene_alloc (draft->graph);
  g_autoptr (PtlLayout) layout = layout_of (draft);

  memcpy (scene->zones, draft->zones, graph->n_zones * sizeof *scene->zones);
  memcpy (scene->firewalls, draft->firewalls, graph->n_firewalls * sizeof *scene->firewalls);
  memcpy (scene->nodes, draft->nodes, graph->n_nodes * sizeof *scene->nodes);
  ptl_layout_imply (layout, talks->routes);
  set_implied (scene, layout->implied, layout->n_implied);
  scene->arrows = ptl_arrows_new (talks, layout, before);
  return scene;
}

/**
 * ptl_scene_complete:
 * @draft: a draft of the same plan; any thread may complete it
 * @talks: those of the draft, or the same with other numbers of rules
 * @before: (nullable): arrows of the plan as it was, not of a draft
 *
 * Returns: (transfer full): what ptl_scene_new () would have made
 */
PtlScene *
ptl_scene_complete (const PtlScene *draft, PtlTalks *talks, PtlArrows *before)
{
  PtlScene *scene = complete (draft, talks, before);

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
  for (guint i = 0; i < scene->n_implied; i++)
    scene->implied[i].shown = FALSE;
  for (guint i = 0; i < scene->graph->n_nodes; i++)
    scene->nodes[i].shown = FALSE;
}

static void
show_node (PtlScene *scene, guint node)
{
  scene->nodes[node].shown = TRUE;
  if (scene->graph->nodes[node].zone >= 0)
    scene->zones[scene->graph->nodes[node].zone].shown = TRUE;
}

/* Shows the zones that the lens's firewall joins, and the ends of the talks with their zones. */
static void
show_firewall (PtlScene *scene, const PtlTalks *talks)
{
  guint firewall = (guint) talks->lens.firewall;
  const PtlGraphFirewall *joined = &talks->routes->firewalls[firewall];

  hide_all (scene);
  for (guint i = 0; i < joined->n_zones; i++)
    scene->zones[joined->zones[i]].shown = TRUE;
  (scene->n_implied > 0 ? scene->implied : scene->firewalls)[firewall].shown = TRUE;
  for (guint i = 0; i < talks->n; i++)
    {
      show_node (scene, talks->talks[i].a);
      show_node (scene, talks->talks[i].b);
    }
}

/**
 * ptl_scene_new_for_firewall:
 * @talks: through a lens that shows a firewall, be it one that the plan does not name
 *
 * Returns: (transfer full): a scene of one firewall alone: the zones that it joins, and the nodes whose flows cross it
 * with their zones; all stand where they stand in the whole plan
 */
PtlScene *
ptl_scene_new_for_firewall (const PtlPlan *plan, PtlTalks *talks)
{
  PtlScene *scene = scene_new (plan, talks, NULL, ptl_arrows_new);

  show_firewall (scene, talks);
  finish (scene);
  return scene;
}

/**
 * ptl_scene_for_firewall:
 * @whole: a scene of the same plan, or a draft; any thread may do this
 * @talks: seen through the lens of one firewall
 *
 * Returns: (transfer full): what ptl_scene_new_for_firewall () would have made
 */
PtlScene *
ptl_scene_for_firewall (const PtlScene *whole, PtlTalks *talks)
{
  PtlScene *scene = complete (whole, talks, NULL);

  show_firewall (scene, talks);
  finish (scene);
  return scene;
}

/**
 * ptl_scene_implied_at:
 * @firewall: (out): in the routes
 *
 * Returns: whether a firewall that the plan does not name stands there
 */
gboolean
ptl_scene_implied_at (const PtlScene *scene, double x, double y, guint *firewall)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (PtlHitItem));

  ptl_hit_in (scene->hit, &(PtlBox){ x, y, 0, 0 }, found);
  for (guint i = 0; i < found->len; i++)
    if (g_array_index (found, PtlHitItem, i).kind == PTL_HIT_IMPLIED)
      {
        *firewall = g_array_index (found, PtlHitItem, i).index;
        return TRUE;
      }
  return FALSE;
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
  ptl_arrows_unref (scene->arrows);
  ptl_hit_free (scene->hit);
  g_array_unref (scene->lines);
  g_free (scene->zones);
  g_free (scene->firewalls);
  g_free (scene->implied);
  g_free (scene->nodes);
  g_free (scene->links);
  ptl_graph_unref (scene->graph);
  g_free (scene);
}
