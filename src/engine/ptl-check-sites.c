#include <glib/gi18n-lib.h>
#include <string.h>

#include "ptl-check-private.h"

/* Whether the chain of parents leads back to the site. */
static gboolean
is_in_cycle (const PtlGraph *graph, guint site)
{
  int above = graph->sites[site].parent;

  for (guint steps = 0; above >= 0 && steps <= graph->n_sites; steps++)
    {
      if (above == (int) site)
        return TRUE;
      above = graph->sites[above].parent;
    }
  return FALSE;
}

static void
check_parent (PtlChecker *c, guint index)
{
  const PtlGraphSite *site = &c->graph->sites[index];
  const PtlGraphSite *parent = site->parent >= 0 ? &c->graph->sites[site->parent] : NULL;
  const char *wrong = NULL;

  switch (site->kind)
    {
    case PTL_SITE_CAS:
      if (parent != NULL)
        wrong = _ ("a central administration site has no parent: remove it");
      break;
    case PTL_SITE_PRIMARY:
      if (parent != NULL && parent->kind != PTL_SITE_CAS)
        wrong = _ ("the parent of a primary site is a central administration site: choose one, or none");
      break;
    case PTL_SITE_SECONDARY:
      if (parent == NULL || parent->kind != PTL_SITE_PRIMARY)
        wrong = _ ("a secondary site needs a primary site as its parent: choose one");
      break;
    default:
      g_assert_not_reached ();
    }
  if (wrong == NULL && is_in_cycle (c->graph, index))
    wrong = _ ("its parents lead back to itself: break the cycle by choosing another parent");
  if (wrong != NULL)
    ptl_checker_add (c, "site-parent", "site", site->code, "%s", wrong);
}

void
ptl_check_sites (PtlChecker *c)
{
  static const char *const reserved[] = { "AUX", "CON", "NUL", "PRN", "SMS", "ENV", NULL };

  for (guint i = 0; i < c->graph->n_sites; i++)
    {
      const PtlGraphSite *site = &c->graph->sites[i];

      check_parent (c, i);
      if (ptl_name_index (reserved, site->code) >= 0)
        ptl_checker_add (c, "site-code-reserved", "site", site->code,
                         _ ("the site code is reserved for Windows or the product: choose another"));
    }
}

/* The servers that no site can do without. */
void
ptl_check_members (PtlChecker *c)
{
  static const struct
  {
    const char *role, *code, *message;
  } needed[] = {
    { "site-server", "no-site-server", N_ ("the site has no site server: add one") },
    { "sql-server", "no-sql-server", N_ ("the site has no SQL Server for its database: add one") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      int role = ptl_checker_role (c, needed[i].role);
      g_autofree gboolean *found = g_new0 (gboolean, c->graph->n_sites + 1);

      for (guint j = 0; j < c->graph->n_nodes; j++)
        if (c->graph->nodes[j].site >= 0 && ptl_checker_use (&c->graph->nodes[j], role) != NULL)
          found[c->graph->nodes[j].site] = TRUE;
      for (guint j = 0; j < c->graph->n_sites; j++)
        if (!found[j])
          ptl_checker_add (c, needed[i].code, "site", c->graph->sites[j].code, "%s", _ (needed[i].message));
    }
}

/* What the vendor's limits count, for one site. */
typedef struct
{
  guint primaries, secondaries; /* below it */
  guint management_points, distribution_points, pull_points;
  guint tree_points; /* distribution points of a primary with those of its secondaries */
} Counts;

static void
count_node (const PtlChecker *c, const PtlGraphNode *node, int mp, int dp, Counts *counts)
{
  const PtlGraphSite *site;
  const PtlRoleUse *use = ptl_checker_use (node, dp);
  Counts *own;

  if (node->site < 0)
    return;
  site = &c->graph->sites[node->site];
  own = &counts[node->site];
  own->management_points += ptl_checker_use (node, mp) != NULL;
  if (use == NULL)
    return;
  if (g_strcmp0 (ptl_role_use_word (c->catalogue, use, "pull"), "yes") == 0)
    own->pull_points++;
  else
    own->distribution_points++;
  if (site->kind == PTL_SITE_SECONDARY && site->parent >= 0)
    counts[site->parent].tree_points++;
  else
    own->tree_points++;
}

static void
check_limit (PtlChecker *c, const PtlGraphSite *site, guint count, guint limit, const char *things)
{
  if (count > limit)
    ptl_checker_add (c, "limit", "site", site->code,
                     /* Translators: %s is what there are too many of, such as “management points at a site”. */
                     _ ("%u %s are more than the %u that the vendor supports: spread them"), count, _ (things), limit);
}

/* The vendor's size and scale numbers. */
void
ptl_check_limits (PtlChecker *c)
{
  const PtlGraph *graph = c->graph;
  int mp = ptl_checker_role (c, "management-point"), dp = ptl_checker_role (c, "distribution-point");
  g_autofree Counts *counts = g_new0 (Counts, graph->n_sites + 1);

  for (guint i = 0; i < graph->n_sites; i++)
    if (graph->sites[i].parent >= 0)
      {
        counts[graph->sites[i].parent].primaries += graph->sites[i].kind == PTL_SITE_PRIMARY;
        counts[graph->sites[i].parent].secondaries += graph->sites[i].kind == PTL_SITE_SECONDARY;
      }
  for (guint i = 0; i < graph->n_nodes; i++)
    count_node (c, &graph->nodes[i], mp, dp, counts);
  for (guint i = 0; i < graph->n_sites; i++)
    {
      const PtlGraphSite *site = &graph->sites[i];

      if (site->kind == PTL_SITE_CAS)
        check_limit (c, site, counts[i].primaries, 25, N_ ("primary sites under a central administration site"));
      if (site->kind == PTL_SITE_PRIMARY)
        {
          check_limit (c, site, counts[i].secondaries, 250, N_ ("secondary sites under a primary site"));
          check_limit (c, site, counts[i].management_points, 15, N_ ("management points at a primary site"));
          check_limit (c, site, counts[i].tree_points, 5000,
                       N_ ("distribution points at a primary site and its secondary sites"));
        }
      if (site->kind == PTL_SITE_SECONDARY)
        check_limit (c, site, counts[i].management_points, 1, N_ ("management points at a secondary site"));
      check_limit (c, site, counts[i].distribution_points, 250, N_ ("distribution points at a site"));
      check_limit (c, site, counts[i].pull_points, 2000, N_ ("pull distribution points at a site"));
    }
}
