#include "ptl-layout-private.h"

#include <math.h>

#define MAX_CELLS_TRIED 100000 /* for the cards of one zone, beside one for each */

gboolean
ptl_placing_zone_fixed (const PtlPlacing *p, guint zone)
{
  const PtlZone *record = p->plan->zones->pdata[zone];

  return !p->everything && !isnan (record->x) && !isnan (record->y);
}

gboolean
ptl_placing_node_fixed (const PtlPlacing *p, guint node)
{
  const PtlNode *record = p->plan->nodes->pdata[node];

  return !p->everything && !isnan (record->x) && !isnan (record->y);
}

gboolean
ptl_placing_firewall_fixed (const PtlPlacing *p, guint firewall)
{
  const PtlFirewall *record = p->plan->firewalls->pdata[firewall];

  return !p->everything && !isnan (record->x) && !isnan (record->y);
}

/* Cards with a place stand there. */
static void
keep_cards (PtlPlacing *p)
{
  for (guint i = 0; i < p->graph->n_nodes; i++)
    if (ptl_placing_node_fixed (p, i))
      {
        const PtlNode *node = p->plan->nodes->pdata[i];

        p->layout->nodes[i] = (PtlBox){ node->x, node->y, PTL_NODE_WIDTH, PTL_NODE_HEIGHT };
        ptl_space_take (p->space, &p->layout->nodes[i]);
      }
  for (guint i = 0; i < p->graph->n_firewalls; i++)
    if (ptl_placing_firewall_fixed (p, i))
      {
        const PtlFirewall *firewall = p->plan->firewalls->pdata[i];

        p->layout->firewalls[i] = (PtlBox){ firewall->x - PTL_FIREWALL_WIDTH / 2, firewall->y - PTL_FIREWALL_HEIGHT / 2,
                                            PTL_FIREWALL_WIDTH, PTL_FIREWALL_HEIGHT };
        ptl_space_take (p->space, &p->layout->firewalls[i]);
      }
}

/* The size that a zone's cards without a place need, its header and padding included. */
static void
rows_size (const PtlRows *rows, double *width, double *height)
{
  guint columns = MAX (rows->columns, 1), n = MAX (rows->rows, 1);

  *width = columns * PTL_CELL_WIDTH - (PTL_CELL_WIDTH - PTL_NODE_WIDTH) + 2 * PTL_PADDING;
  *height = PTL_ZONE_HEADER + n * PTL_CELL_HEIGHT - (PTL_CELL_HEIGHT - PTL_NODE_HEIGHT) + PTL_PADDING;
}

/* Boxes around the cards with a place of each zone; of no width where there are none. */
static PtlBox *
find_kept (const PtlPlacing *p)
{
  PtlBox *kept = g_new0 (PtlBox, p->graph->n_zones + 1);

  for (guint i = 0; i < p->graph->n_nodes; i++)
    if (ptl_placing_node_fixed (p, i) && p->graph->nodes[i].zone >= 0)
      {
        PtlBox *box = &kept[p->graph->nodes[i].zone];

        *box = box->width > 0 ? ptl_box_union (box, &p->layout->nodes[i]) : p->layout->nodes[i];
      }
  return kept;
}

/* Gives a zone its size, and its place where the document or the cards in it have one. */
static void
size_zone (PtlPlacing *p, guint zone, const PtlBox *kept)
{
  const PtlZone *record = p->plan->zones->pdata[zone];
  PtlBox *box = &p->layout->zones[zone];
  gboolean fixed = ptl_placing_zone_fixed (p, zone);

  rows_size (&p->rows[zone], &box->width, &box->height);
  box->x = fixed ? record->x : kept->x - PTL_PADDING;
  box->y = fixed ? record->y : kept->y - PTL_ZONE_HEADER;
  if (kept->width > 0)
    {
      double more = p->rows[zone].n > 0 ? (p->rows[zone].rows + 1) * PTL_CELL_HEIGHT : 0;

      box->width = MAX (box->width, ptl_box_right (kept) + PTL_PADDING - box->x);
      box->height = MAX (box->height, ptl_box_bottom (kept) + more + PTL_PADDING - box->y);
    }
  if (!p->everything && !isnan (record->width) && !isnan (record->height))
    {
      /* A size without a place is no promise that there is room. */
      box->width = fixed ? record->width : MAX (record->width, box->width);
      box->height = fixed ? record->height : MAX (record->height, box->height);
    }
  p->placed[zone] = fixed || kept->width > 0;
}

static void
set_node (PtlPlacing *p, guint node, double x, double y)
{
  p->layout->nodes[node] = (PtlBox){ x, y, PTL_NODE_WIDTH, PTL_NODE_HEIGHT };
  ptl_space_take (p->space, &p->layout->nodes[node]);
}

/* The cards of a zone where nothing else stands: row by row. */
static void
fill_rows (PtlPlacing *p, const PtlRows *rows, double left, double top)
{
  guint row = 0, column = 0;

  for (guint i = 0; i < rows->n; i++)
    {
      const guint *node = &p->order[rows->first + i];

      if (column == rows->columns || (column > 0 && !ptl_placing_same_group (p, rows->grouping, node[-1], node[0])))
        {
          row++;
          column = 0;
        }
      set_node (p, *node, left + column * PTL_CELL_WIDTH, top + row * PTL_CELL_HEIGHT);
      column++;
    }
}

/* The cards of a zone where others stand: cell by cell, where there is room. Those that find none go to `rest`. */
static void
fill_gaps (PtlPlacing *p, const PtlRows *rows, const PtlBox *zone, GArray *rest)
{
  double x = zone->x + PTL_PADDING, y = zone->y + PTL_ZONE_HEADER;
  double right = ptl_box_right (zone) - PTL_PADDING / 4, bottom = ptl_box_bottom (zone) - PTL_PADDING / 4;
  guint i = 0;

  for (guint tried = 0; i < rows->n && tried < rows->n + MAX_CELLS_TRIED; tried++)
    {
      PtlBox card = { x, y, PTL_NODE_WIDTH, PTL_NODE_HEIGHT };
      PtlBox around = ptl_box_grow (&card, PTL_GRID / 2);

      if (ptl_box_bottom (&card) > bottom)
        break;
      if (ptl_box_right (&card) <= right && ptl_space_is_free (p->space, &around))
        set_node (p, p->order[rows->first + i++], x, y);
      x += PTL_CELL_WIDTH;
      if (x + PTL_NODE_WIDTH > right)
        {
          x = zone->x + PTL_PADDING;
          y += PTL_CELL_HEIGHT;
        }
    }
  g_array_append_vals (rest, p->order + rows->first + i, rows->n - i);
}

/* A box around everything that stands. */
static PtlBox
find_bounds (const PtlPlacing *p, gboolean with_nodes)
{
  PtlBox bounds = { 0 };

  for (guint i = 0; i < p->graph->n_zones; i++)
    if (p->placed[i])
      bounds = bounds.width > 0 ? ptl_box_union (&bounds, &p->layout->zones[i]) : p->layout->zones[i];
  for (guint i = 0; i < p->graph->n_nodes; i++)
    if (p->layout->nodes[i].width > 0 && (with_nodes || ptl_placing_node_fixed (p, i)))
      bounds = bounds.width > 0 ? ptl_box_union (&bounds, &p->layout->nodes[i]) : p->layout->nodes[i];
  for (guint i = 0; i < p->graph->n_firewalls; i++)
    if (p->layout->firewalls[i].width > 0)
      bounds = bounds.width > 0 ? ptl_box_union (&bounds, &p->layout->firewalls[i]) : p->layout->firewalls[i];
  return bounds;
}

/* The next place on the grid that is not before `at`. */
static double
on_grid (double at)
{
  return ceil (at / PTL_GRID) * PTL_GRID;
}

/* Where a new block begins below everything that stands. */
static PtlPoint
below (const PtlBox *bounds)
{
  if (bounds->width == 0)
    return (PtlPoint){ 0, 0 };
  return (PtlPoint){ on_grid (bounds->x), on_grid (ptl_box_bottom (bounds) + PTL_ZONE_GAP / 2) };
}

/* What found no other place, in rows below everything. */
static void
place_rest (PtlPlacing *p, const GArray *nodes, const GArray *firewalls)
{
  PtlBox bounds = find_bounds (p, TRUE);
  PtlPoint at = below (&bounds);
  guint n = nodes->len + firewalls->len;
  guint columns = MAX ((guint) (bounds.width / PTL_CELL_WIDTH), (guint) sqrt (n) + 1);

  for (guint i = 0; i < n; i++)
    {
      double x = at.x + i % columns * PTL_CELL_WIDTH, y = at.y + i / columns * PTL_CELL_HEIGHT;

      if (i < nodes->len)
        set_node (p, g_array_index (nodes, guint, i), x, y);
      else
        p->layout->firewalls[g_array_index (firewalls, guint, i - nodes->len)]
            = (PtlBox){ x, y, PTL_FIREWALL_WIDTH, PTL_FIREWALL_HEIGHT };
    }
}

/* Places the cards of a zone that stands; `kept` is around those that the document has placed in it. */
static void
fill_zone (PtlPlacing *p, guint zone, gboolean was_placed, const PtlBox *kept, GArray *rest)
{
  const PtlBox *box = &p->layout->zones[zone];
  const PtlRows *rows = &p->rows[zone];

  if (was_placed && (kept->width > 0 || ptl_placing_zone_fixed (p, zone)))
    fill_gaps (p, rows, box, rest);
  else
    fill_rows (p, rows, box->x + PTL_PADDING, box->y + PTL_ZONE_HEADER);
}

static void
place_all (PtlPlacing *p)
{
  g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) firewalls = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree PtlBox *kept = NULL;
  g_autofree gboolean *was_placed = NULL;
  guint n_zones = p->graph->n_zones;
  const PtlRows *homeless = &p->rows[n_zones];
  PtlBox bounds;

  keep_cards (p);
  kept = find_kept (p);
  for (guint i = 0; i < n_zones; i++)
    size_zone (p, i, &kept[i]);
  was_placed = g_memdup2 (p->placed, (n_zones + 1) * sizeof *p->placed);
  bounds = find_bounds (p, FALSE);
  ptl_place_zones (p, below (&bounds));
  for (guint i = 0; i < n_zones; i++)
    fill_zone (p, i, was_placed[i], &kept[i], rest);
  ptl_place_firewalls (p, firewalls);
  g_array_append_vals (rest, p->order + homeless->first, homeless->n);
  place_rest (p, rest, firewalls);
}

/**
 * ptl_layout_new:
 * @plan: a plan
 * @flows: the flows of the plan as it is; they say which zones are to stand beside each other
 * @everything: whether what has a position in the plan gets a new one, too
 *
 * Zones stand side by side from the inside to the outside, their nodes in rows by site and kind, firewalls between
 * their zones. The same plan always gives the same layout, and nothing of what is placed here lies on anything else.
 * What has a position keeps it unless @everything: then new zones stand below, new nodes where their zone has room, or
 * else below as well.
 *
 * Returns: (transfer full): where everything stands
 */
PtlLayout *
ptl_layout_new (const PtlPlan *plan, const PtlFlows *flows, gboolean everything)
{
  const PtlGraph *graph = flows->graph;
  PtlLayout *layout = g_new0 (PtlLayout, 1);
  g_autoptr (PtlSpace) space = ptl_space_new ();
  PtlPlacing p
      = { .plan = plan, .graph = graph, .flows = flows, .layout = layout, .everything = everything, .space = space };

  layout->zones = g_new0 (PtlBox, graph->n_zones + 1);
  layout->firewalls = g_new0 (PtlBox, graph->n_firewalls + 1);
  layout->nodes = g_new0 (PtlBox, graph->n_nodes + 1);
  p.placed = g_new0 (gboolean, graph->n_zones + 1);
  ptl_place_rows (&p);
  place_all (&p);
  g_free (p.order);
  g_free (p.rows);
  g_free (p.placed);
  return layout;
}

/**
 * ptl_layout_place:
 * @layout: of the plan as it is
 * @plan: (inout): without a history
 *
 * Gives a position to what has none; what has one keeps it.
 */
void
ptl_layout_place (const PtlLayout *layout, PtlPlan *plan)
{
  for (guint i = 0; i < plan->zones->len; i++)
    {
      PtlZone *zone = plan->zones->pdata[i];
      const PtlBox *box = &layout->zones[i];

      if (isnan (zone->x) || isnan (zone->y) || isnan (zone->width) || isnan (zone->height))
        zone->x = box->x, zone->y = box->y, zone->width = box->width, zone->height = box->height;
    }
  for (guint i = 0; i < plan->firewalls->len; i++)
    {
      PtlFirewall *firewall = plan->firewalls->pdata[i];
      PtlPoint centre = ptl_box_centre (&layout->firewalls[i]);

      if (isnan (firewall->x) || isnan (firewall->y))
        firewall->x = centre.x, firewall->y = centre.y;
    }
  for (guint i = 0; i < plan->nodes->len; i++)
    {
      PtlNode *node = plan->nodes->pdata[i];

      if (isnan (node->x) || isnan (node->y))
        node->x = layout->nodes[i].x, node->y = layout->nodes[i].y;
    }
}

void
ptl_layout_free (PtlLayout *layout)
{
  if (layout == NULL)
    return;
  g_free (layout->zones);
  g_free (layout->firewalls);
  g_free (layout->implied);
  g_free (layout->nodes);
  g_free (layout);
}
