#include "ptl-damage-private.h"

#include <string.h>

/* Arrows are the same if their ends are. */

typedef struct
{
  const PtlScene *before, *after;
  const int *nodes, *zones;
  GArray *boxes;
} Comparison;

/* The straight parts, which are thin, and the label. */
static void
add_arrow (Comparison *c, const PtlArrow *arrow)
{
  for (guint i = 1; i < arrow->n_points; i++)
    {
      PtlBox box = ptl_box_between (arrow->points[i - 1], arrow->points[i]);

      g_array_append_val (c->boxes, box);
    }
  if (arrow->label.width > 0)
    g_array_append_val (c->boxes, arrow->label);
}

static gboolean
same_points (const PtlPoint *one, guint n_one, const PtlPoint *other, guint n_other)
{
  return n_one == n_other && (one == other || n_one == 0 || memcmp (one, other, n_one * sizeof *one) == 0);
}

static gboolean
same_place (const PtlArrow *one, const PtlArrow *other)
{
  return same_points (one->points, one->n_points, other->points, other->n_points)
         && same_points (one->marks, one->n_marks, other->marks, other->n_marks)
         && memcmp (&one->label, &other->label, sizeof one->label) == 0 && g_strcmp0 (one->text, other->text) == 0;
}

static gboolean
same_pills (const PtlArrow *one, const PtlArrow *other)
{
  return one->pills == other->pills
         || (one->pills != NULL && other->pills != NULL
             && memcmp (one->pills, other->pills, PTL_PILLS * sizeof *one->pills) == 0);
}

static gboolean
same_heads (guint one_there, guint one_back, guint other_there, guint other_back)
{
  return (one_there > 0) == (other_there > 0) && (one_back > 0) == (other_back > 0);
}

/* Which of the firewalls on the way are managed shows in the marks. */
static gboolean
same_firewalls (const PtlScene *one, const PtlTalk *talk, const PtlScene *other, const PtlTalk *other_talk, guint n)
{
  const PtlRoutes *routes = one->arrows->talks->routes, *other_routes = other->arrows->talks->routes;
  const PtlGraphNode *nodes = one->graph->nodes, *other_nodes = other->graph->nodes;
  const PtlRoute *route, *other_route;

  if (n == 0)
    return TRUE;
  route = ptl_routes_between (routes, (guint) nodes[talk->a].zone, (guint) nodes[talk->b].zone);
  other_route = ptl_routes_between (other_routes, (guint) other_nodes[other_talk->a].zone,
                                    (guint) other_nodes[other_talk->b].zone);
  for (guint i = 0; i < n; i++)
    if (routes->firewalls[ptl_route_firewall (route, i)].managed
        != other_routes->firewalls[ptl_route_firewall (other_route, i)].managed)
      return FALSE;
  return TRUE;
}

static gboolean
same_arrow (const Comparison *c, guint before, guint after)
{
  const PtlArrow *one = &c->before->arrows->arrows[before], *other = &c->after->arrows->arrows[after];
  const PtlTalk *talk = &c->before->arrows->talks->talks[before];
  const PtlTalk *other_talk = &c->after->arrows->talks->talks[after];

  if (!same_place (one, other))
    return FALSE;
  return talk == other_talk
         || (talk->kind == other_talk->kind
             && same_heads (talk->n_there, talk->n_back, other_talk->n_there, other_talk->n_back)
             && g_str_equal (talk->label, other_talk->label)
             && same_firewalls (c->before, talk, c->after, other_talk, one->n_marks));
}

static gboolean
same_trunk (const Comparison *c, guint before, guint after)
{
  const PtlTrunk *trunk = &c->before->arrows->talks->trunks[before];
  const PtlTrunk *other = &c->after->arrows->talks->trunks[after];

  return same_place (&c->before->arrows->trunks[before], &c->after->arrows->trunks[after])
         && same_pills (&c->before->arrows->trunks[before], &c->after->arrows->trunks[after])
         && (trunk == other
             || (trunk->kind == other->kind && trunk->n_rules == other->n_rules
                 && same_heads (trunk->n_there, trunk->n_back, other->n_there, other->n_back)));
}

/* The arrow of before between the same two nodes that has them in the same order, or -1. */
static int
find_arrow (const Comparison *c, guint after)
{
  const PtlTalks *talks = c->before->arrows->talks;
  const PtlTalk *talk = &c->after->arrows->talks->talks[after];
  int a = c->nodes[talk->a], b = c->nodes[talk->b];

  if (a < 0 || b <= a)
    return -1;
  return talks == c->after->arrows->talks ? (int) after : ptl_talks_find (talks, (guint) a, (guint) b);
}

static int
find_trunk (const Comparison *c, guint after)
{
  const PtlTrunk *trunk = &c->after->arrows->talks->trunks[after];
  int a = c->zones[trunk->a], b = c->zones[trunk->b];

  if (a < 0 || b <= a)
    return -1;
  return ptl_talks_find_trunk (c->before->arrows->talks, (guint) a, (guint) b);
}

static void
compare (Comparison *c, const PtlArrow *before, guint n_before, const PtlArrow *after, guint n_after,
         int (*find) (const Comparison *c, guint after),
         gboolean (*same) (const Comparison *c, guint before, guint after))
{
  g_autofree gboolean *kept = g_new0 (gboolean, n_before + 1);

  for (guint i = 0; i < n_after; i++)
    {
      int match = find (c, i);

      if (match >= 0)
        kept[match] = TRUE;
      if (match >= 0 && same (c, (guint) match, i))
        continue;
      if (match >= 0)
        add_arrow (c, &before[match]);
      add_arrow (c, &after[i]);
    }
  for (guint i = 0; i < n_before; i++)
    if (!kept[i])
      add_arrow (c, &before[i]);
}

void
ptl_damage_arrows (const PtlScene *before, const PtlScene *after, const int *nodes, const int *zones, GArray *boxes)
{
  Comparison c = { before, after, nodes, zones, boxes };
  const PtlArrows *old = before->arrows, *new = after->arrows;

  if (old == new)
    return;
  compare (&c, old->arrows, old->n, new->arrows, new->n, find_arrow, same_arrow);
  compare (&c, old->trunks, old->n_trunks, new->trunks, new->n_trunks, find_trunk, same_trunk);
}
