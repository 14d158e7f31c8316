#include "ptl-layout-private.h"

#include <math.h>

#include "engine/ptl-order.h"

/* The order of a zone's cards, and how many stand in a row. */

#define ASPECT    1.1 /* of the zones: as wide as this for a height of one */
#define FEW       3   /* cards that stand in one column */
#define TOLERABLE 0.7 /* of the badness below: about twice as wide or high as wanted */

/* Kinds that stand together in rows, in their order. */
static int
group_of (const PtlPlacing *p, const PtlGraphNode *node)
{
  static const int groups[] = {
    [PTL_ROLE_SITE_SYSTEM] = 0, [PTL_ROLE_INFRASTRUCTURE] = 1, [PTL_ROLE_TOOL] = 2,
    [PTL_ROLE_CLIENT_LIKE] = 2, [PTL_ROLE_OUTSIDE] = 3,
  };
  int group = G_N_ELEMENTS (groups);

  for (guint i = 0; i < node->n_roles; i++)
    group = MIN (group, groups[ptl_catalogue_role (p->graph->catalogue, node->roles[i].role)->kind]);
  return group;
}

/* Nodes without a site come last. */
static guint
site_of (const PtlGraphNode *node)
{
  return node->site >= 0 ? (guint) node->site : G_MAXUINT;
}

static int
compare_guint (guint one, guint other)
{
  return (one > other) - (one < other);
}

static guint
first_role (const PtlGraphNode *node)
{
  return node->n_roles > 0 ? node->roles[0].role : G_MAXUINT;
}

/* By zone, site, group, first role (the catalogue begins with the site server), document. */
static int
compare_nodes (gconstpointer a, gconstpointer b, gpointer data)
{
  const PtlPlacing *p = data;
  guint one = *(const guint *) a, other = *(const guint *) b;
  const PtlGraphNode *node = &p->graph->nodes[one], *other_node = &p->graph->nodes[other];
  int order = compare_guint ((guint) node->zone, (guint) other_node->zone);

  if (order == 0)
    order = compare_guint (site_of (node), site_of (other_node));
  if (order == 0)
    order = group_of (p, node) - group_of (p, other_node);
  if (order == 0)
    order = compare_guint (first_role (node), first_role (other_node));
  return order != 0 ? order : compare_guint (one, other);
}

gboolean
ptl_placing_same_group (const PtlPlacing *p, PtlGrouping grouping, guint node, guint other)
{
  const PtlGraphNode *one = &p->graph->nodes[node], *two = &p->graph->nodes[other];

  if (grouping == PTL_GROUPING_NONE)
    return TRUE;
  return one->site == two->site && (grouping == PTL_GROUPING_SITE || group_of (p, one) == group_of (p, two));
}

/* The sizes of the groups of consecutive nodes. */
static GArray *
find_groups (const PtlPlacing *p, const PtlRows *rows, PtlGrouping grouping)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < rows->n; i++)
    {
      const guint *node = &p->order[rows->first + i];
      guint one = 1;

      if (i > 0 && ptl_placing_same_group (p, grouping, node[-1], node[0]))
        g_array_index (groups, guint, groups->len - 1)++;
      else
        g_array_append_val (groups, one);
    }
  return groups;
}

static guint
largest (const GArray *groups)
{
  guint most = 0;

  for (guint i = 0; i < groups->len; i++)
    most = MAX (most, g_array_index (groups, guint, i));
  return most;
}

static guint
count_rows (const GArray *groups, guint columns)
{
  guint n = 0;

  for (guint i = 0; i < groups->len; i++)
    n += (g_array_index (groups, guint, i) + columns - 1) / columns;
  return n;
}

/* How far a zone with so many cards is from a pleasant shape. */
static double
badness (guint columns, guint rows)
{
  return fabs (log (columns * PTL_CELL_WIDTH / (rows * PTL_CELL_HEIGHT * ASPECT)));
}

/* Tries all numbers of columns with one grouping; it must not take much more rows than none. */
static void
try_grouping (const PtlPlacing *p, PtlRows *rows, PtlGrouping grouping)
{
  g_autoptr (GArray) groups = find_groups (p, rows, grouping);
  guint limit = rows->n <= FEW ? 1 : MIN ((guint) sqrt (rows->n) * 2 + 2, largest (groups));
  double best = G_MAXDOUBLE;

  for (guint columns = 1; columns <= limit; columns++)
    {
      guint plain = (rows->n + columns - 1) / columns;
      guint n = groups->len <= plain * 2 ? count_rows (groups, columns) : G_MAXUINT;

      if (n <= plain + plain / 3 + 1 && badness (columns, n) < best)
        {
          best = badness (columns, n);
          rows->columns = columns;
          rows->rows = n;
          rows->grouping = grouping;
        }
    }
  if (best > TOLERABLE && grouping != PTL_GROUPING_NONE && rows->n > FEW)
    rows->columns = 0;
}

/* The finest grouping that gives a tolerable shape. */
static void
choose_rows (const PtlPlacing *p, PtlRows *rows)
{
  rows->columns = rows->rows = 0;
  for (int grouping = PTL_GROUPING_KIND; grouping <= PTL_GROUPING_NONE && rows->columns == 0; grouping++)
    try_grouping (p, rows, (PtlGrouping) grouping);
}

void
ptl_place_rows (PtlPlacing *p)
{
  const PtlGraph *graph = p->graph;
  guint n = 0;

  p->order = ptl_order (graph->n_nodes, compare_nodes, p);
  for (guint i = 0; i < graph->n_nodes; i++)
    if (!ptl_placing_node_fixed (p, p->order[i]))
      p->order[n++] = p->order[i];
  p->rows = g_new0 (PtlRows, graph->n_zones + 1);
  for (guint i = 0; i < n; i++)
    {
      int zone = graph->nodes[p->order[i]].zone;
      PtlRows *rows = &p->rows[zone >= 0 ? (guint) zone : graph->n_zones];

      if (rows->n++ == 0)
        rows->first = i;
    }
  for (guint i = 0; i <= graph->n_zones; i++)
    choose_rows (p, &p->rows[i]);
}
