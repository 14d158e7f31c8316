#include "ptl-damage.h"

#include <string.h>

#include "ptl-damage-private.h"
#include "ptl-layout.h"

/* Things are the same thing if they have the same id: their indices shift when others come or go. */

typedef struct
{
  const PtlScene *before, *after;
  GArray *boxes;
  int *zones, *firewalls, *nodes; /* by the index after: the index before, -1 for what is new */
} Comparison;

typedef const char *(*IdFunc) (const PtlGraph *graph, guint index);

static const char *
zone_id (const PtlGraph *graph, guint index)
{
  return graph->zones[index].id;
}

static const char *
firewall_id (const PtlGraph *graph, guint index)
{
  return graph->firewalls[index].id;
}

static const char *
node_id (const PtlGraph *graph, guint index)
{
  return graph->nodes[index].id;
}

static int *
match (const Comparison *c, IdFunc id, guint n_before, guint n_after)
{
  const PtlGraph *before = c->before->graph, *after = c->after->graph;
  int *matches = g_new (int, n_after + 1);
  g_autoptr (GHashTable) places = NULL;

  for (guint i = 0; i < n_after; i++)
    {
      gpointer place;

      matches[i] = (int) i;
      if (before == after || (i < n_before && g_str_equal (id (before, i), id (after, i))))
        continue;
      if (places == NULL)
        {
          places = g_hash_table_new (g_str_hash, g_str_equal);
          for (guint j = 0; j < n_before; j++)
            g_hash_table_insert (places, (gpointer) id (before, j), GUINT_TO_POINTER (j));
        }
      if (g_hash_table_lookup_extended (places, id (after, i), NULL, &place))
        matches[i] = (int) GPOINTER_TO_UINT (place);
      else
        matches[i] = -1;
    }
  return matches;
}

static void
add_box (Comparison *c, const PtlBox *box, gboolean shown)
{
  if (shown)
    g_array_append_vals (c->boxes, box, 1);
}

static gboolean
same_box (const PtlBox *one, const PtlBox *other)
{
  return one->x == other->x && one->y == other->y && one->width == other->width && one->height == other->height;
}

/* The kind and colour of a zone show in its nodes, too, where they are dots. */
static gboolean
same_colours (const Comparison *c, guint before, guint after)
{
  return c->before->graph->zones[before].kind == c->after->graph->zones[after].kind
         && g_str_equal (c->before->zones[before].colour, c->after->zones[after].colour);
}

static gboolean
same_zone (const Comparison *c, guint before, guint after)
{
  return c->before->zones[before].shown == c->after->zones[after].shown
         && same_box (&c->before->zones[before].box, &c->after->zones[after].box) && same_colours (c, before, after)
         && g_str_equal (c->before->graph->zones[before].name, c->after->graph->zones[after].name);
}

static gboolean
same_firewall (const Comparison *c, guint before, guint after)
{
  const PtlGraphFirewall *one = &c->before->graph->firewalls[before], *other = &c->after->graph->firewalls[after];

  return c->before->firewalls[before].shown == c->after->firewalls[after].shown
         && same_box (&c->before->firewalls[before].box, &c->after->firewalls[after].box)
         && one->managed == other->managed && g_str_equal (one->name, other->name);
}

static gboolean
same_ground (const Comparison *c, int before, int after)
{
  if (before < 0 || after < 0)
    return before == after;
  return c->zones[after] == before && same_colours (c, (guint) before, (guint) after);
}

static gboolean
same_site (const Comparison *c, int before, int after)
{
  if (before < 0 || after < 0)
    return before == after;
  return g_str_equal (c->before->graph->sites[before].code, c->after->graph->sites[after].code);
}

static gboolean
same_roles (const PtlGraphNode *one, const PtlGraphNode *other)
{
  if (one->n_roles != other->n_roles)
    return FALSE;
  for (guint i = 0; i < one->n_roles; i++)
    if (one->roles[i].role != other->roles[i].role)
      return FALSE;
  return TRUE;
}

static gboolean
same_node (const Comparison *c, guint before, guint after)
{
  const PtlGraphNode *one = &c->before->graph->nodes[before], *other = &c->after->graph->nodes[after];

  return c->before->nodes[before].shown == c->after->nodes[after].shown
         && same_box (&c->before->nodes[before].box, &c->after->nodes[after].box)
         && same_ground (c, one->zone, other->zone)
         && (one == other
             || (g_str_equal (one->name, other->name) && g_str_equal (one->addresses, other->addresses)
                 && same_site (c, one->site, other->site) && same_roles (one, other)));
}

typedef gboolean (*SameFunc) (const Comparison *c, guint before, guint after);
typedef const PtlBox *(*BoxFunc) (const PtlScene *scene, guint index, gboolean *shown);

static const PtlBox *
zone_box (const PtlScene *scene, guint index, gboolean *shown)
{
  *shown = scene->zones[index].shown;
  return &scene->zones[index].box;
}

static const PtlBox *
firewall_box (const PtlScene *scene, guint index, gboolean *shown)
{
  *shown = scene->firewalls[index].shown;
  return &scene->firewalls[index].box;
}

static const PtlBox *
node_box (const PtlScene *scene, guint index, gboolean *shown)
{
  *shown = scene->nodes[index].shown;
  return &scene->nodes[index].box;
}

static void
add_thing (Comparison *c, const PtlScene *scene, BoxFunc box_of, guint index)
{
  gboolean shown;
  const PtlBox *box = box_of (scene, index, &shown);

  add_box (c, box, shown);
}

/* What is new, gone or different. Where two that overlap changed places in the order, one of them is behind
 * one that it was before. */
static void
compare_kind (Comparison *c, const int *matches, guint n_before, guint n_after, const guint *order, SameFunc same,
              BoxFunc box_of, guint (*rank) (const PtlScene *scene, guint index))
{
  g_autofree gboolean *kept = g_new0 (gboolean, n_before + 1);
  int highest = -1;

  for (guint i = 0; i < n_after; i++)
    {
      guint index = order != NULL ? order[i] : i;
      int before = matches[index], place;

      if (before < 0)
        {
          add_thing (c, c->after, box_of, index);
          continue;
        }
      kept[before] = TRUE;
      place = (int) rank (c->before, (guint) before);
      if (place < highest || !same (c, (guint) before, index))
        {
          add_thing (c, c->before, box_of, (guint) before);
          add_thing (c, c->after, box_of, index);
        }
      highest = MAX (highest, place);
    }
  for (guint i = 0; i < n_before; i++)
    if (!kept[i])
      add_thing (c, c->before, box_of, i);
}

static guint
rank_by_index (const PtlScene *scene, guint index)
{
  return index;
}

static guint
rank_of_zone (const PtlScene *scene, guint index)
{
  return scene->zones[index].rank;
}

static void
compare_zones (Comparison *c)
{
  guint n = c->after->graph->n_zones;
  g_autofree guint *order = g_new (guint, n + 1);

  for (guint i = 0; i < n; i++)
    order[c->after->zones[i].rank] = i;
  compare_kind (c, c->zones, c->before->graph->n_zones, n, order, same_zone, zone_box, rank_of_zone);
}

/* Lines. They stand by their firewalls. */

/* The lines of the firewall that begin at `first`. */
static guint
count_lines (const PtlScene *scene, guint first, guint firewall)
{
  guint n = 0;

  while (first + n < scene->lines->len && g_array_index (scene->lines, PtlSceneLine, first + n).firewall == firewall)
    n++;
  return n;
}

static void
add_lines (Comparison *c, const PtlScene *scene, guint first, guint n)
{
  for (guint i = first; i < first + n; i++)
    {
      const PtlSceneLine *line = &g_array_index (scene->lines, PtlSceneLine, i);

      for (guint j = 1; j < line->n_points; j++)
        {
          PtlBox box = ptl_box_between (line->points[j - 1], line->points[j]);

          add_box (c, &box, TRUE);
        }
    }
}

/* Where zones overlap, the one on top decides whether another's name is seen. */
static void
add_labels (Comparison *c, const PtlScene *scene)
{
  guint n_changed = c->boxes->len;

  for (guint i = 0; i < scene->graph->n_zones && n_changed > 0; i++)
    {
      const PtlBox *box = &scene->zones[i].box;
      PtlBox edge = { box->x, box->y, box->width, PTL_ZONE_HEADER };
      gboolean changed = FALSE;

      for (guint j = 0; j < n_changed && !changed; j++)
        changed = ptl_box_overlaps (box, &g_array_index (c->boxes, PtlBox, j));
      add_box (c, &edge, changed && scene->zones[i].shown);
    }
}

static gboolean
same_lines (const Comparison *c, guint before, guint after, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const PtlSceneLine *one = &g_array_index (c->before->lines, PtlSceneLine, before + i);
      const PtlSceneLine *other = &g_array_index (c->after->lines, PtlSceneLine, after + i);

      if (one->n_points != other->n_points
          || memcmp (one->points, other->points, sizeof one->points[0] * one->n_points) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Where the lines of each firewall begin, and behind the last. */
static guint *
first_lines (const PtlScene *scene)
{
  guint *first = g_new (guint, scene->graph->n_firewalls + 1);

  first[0] = 0;
  for (guint i = 0; i < scene->graph->n_firewalls; i++)
    first[i + 1] = first[i] + count_lines (scene, first[i], i);
  return first;
}

static void
compare_lines (Comparison *c)
{
  g_autofree guint *before = first_lines (c->before), *after = first_lines (c->after);
  g_autofree gboolean *kept = g_new0 (gboolean, c->before->graph->n_firewalls + 1);

  for (guint i = 0; i < c->after->graph->n_firewalls; i++)
    {
      guint n = after[i + 1] - after[i], match = (guint) c->firewalls[i], n_before;

      if (c->firewalls[i] < 0)
        {
          add_lines (c, c->after, after[i], n);
          continue;
        }
      n_before = before[match + 1] - before[match];
      kept[match] = TRUE;
      if (n == n_before && c->before->graph->firewalls[match].managed == c->after->graph->firewalls[i].managed
          && same_lines (c, before[match], after[i], n))
        continue;
      add_lines (c, c->before, before[match], n_before);
      add_lines (c, c->after, after[i], n);
    }
  for (guint i = 0; i < c->before->graph->n_firewalls; i++)
    if (!kept[i])
      add_lines (c, c->before, before[i], before[i + 1] - before[i]);
}

/* Links. One that went lets those behind it look new: there are few. */

static gboolean
same_link (const Comparison *c, guint index)
{
  const PtlGraph *before = c->before->graph, *after = c->after->graph;

  return index < before->n_links && index < after->n_links && before->links[index].kind == after->links[index].kind
         && c->before->links[index].shown == c->after->links[index].shown
         && memcmp (c->before->links[index].points, c->after->links[index].points, sizeof (PtlPoint[2])) == 0;
}

static void
add_link (Comparison *c, const PtlScene *scene, guint index)
{
  PtlBox box;

  if (index >= scene->graph->n_links)
    return;
  box = ptl_box_between (scene->links[index].points[0], scene->links[index].points[1]);
  add_box (c, &box, scene->links[index].shown);
}

static void
compare_links (Comparison *c)
{
  for (guint i = 0; i < MAX (c->before->graph->n_links, c->after->graph->n_links); i++)
    {
      if (same_link (c, i))
        continue;
      add_link (c, c->before, i);
      add_link (c, c->after, i);
    }
}

/* Firewalls that the plan does not name: where one comes or goes, those behind it look new; there are few. */

static gboolean
same_implied (const Comparison *c, guint index)
{
  const PtlScene *before = c->before, *after = c->after;

  return index < before->n_implied && index < after->n_implied
         && before->implied[index].shown == after->implied[index].shown
         && same_box (&before->implied[index].box, &after->implied[index].box)
         && g_str_equal (before->arrows->talks->routes->firewalls[index].name,
                         after->arrows->talks->routes->firewalls[index].name);
}

static void
compare_implied (Comparison *c)
{
  for (guint i = 0; i < MAX (c->before->n_implied, c->after->n_implied); i++)
    {
      if (same_implied (c, i))
        continue;
      if (i < c->before->n_implied)
        add_box (c, &c->before->implied[i].box, c->before->implied[i].shown);
      if (i < c->after->n_implied)
        add_box (c, &c->after->implied[i].box, c->after->implied[i].shown);
    }
}

/**
 * ptl_scene_damage:
 * @boxes: (element-type PtlBox): cleared, then filled with boxes in canvas units: grown by ptl_painter_reach () they
 * hold all that looks different
 */
void
ptl_scene_damage (const PtlScene *before, const PtlScene *after, GArray *boxes)
{
  Comparison c = { before, after, boxes };
  const PtlGraph *old = before->graph, *new = after->graph;

  g_array_set_size (boxes, 0);
  c.zones = match (&c, zone_id, old->n_zones, new->n_zones);
  c.firewalls = match (&c, firewall_id, old->n_firewalls, new->n_firewalls);
  c.nodes = match (&c, node_id, old->n_nodes, new->n_nodes);
  compare_zones (&c);
  add_labels (&c, before);
  add_labels (&c, after);
  compare_kind (&c, c.firewalls, old->n_firewalls, new->n_firewalls, NULL, same_firewall, firewall_box, rank_by_index);
  compare_kind (&c, c.nodes, old->n_nodes, new->n_nodes, NULL, same_node, node_box, rank_by_index);
  compare_lines (&c);
  compare_links (&c);
  compare_implied (&c);
  ptl_damage_arrows (before, after, c.nodes, c.zones, boxes);
  g_free (c.zones);
  g_free (c.firewalls);
  g_free (c.nodes);
}
