#include <glib/gi18n-lib.h>
#include <string.h>

#include "ptl-check-private.h"

/* Roles at sites that cannot have them. */
static void
check_place (PtlChecker *c, const PtlGraphNode *node, const PtlRole *role)
{
  static const char *const codes[] = { "role-at-cas", NULL, "role-at-secondary" };
  const PtlGraphSite *site = &c->graph->sites[node->site];

  if ((role->not_at & (1u << site->kind)) != 0 && codes[site->kind] != NULL)
    {
      ptl_checker_add (
          c, codes[site->kind], "node", node->id,
          site->kind == PTL_SITE_CAS
              ? _ ("%s: a central administration site cannot have this role: move the role to another site")
              : _ ("%s: a secondary site cannot have this role: move the role to another site"),
          _ (role->title));
      ptl_checker_set_role (c, role);
    }
  if (role->top_only && site->parent >= 0)
    {
      ptl_checker_add (c, "top-only-role", "node", node->id,
                       _ ("%s: only the site at the top of the hierarchy has this role: move it there"),
                       _ (role->title));
      ptl_checker_set_role (c, role);
    }
}

void
ptl_check_role_places (PtlChecker *c)
{
  for (guint i = 0; i < c->graph->n_nodes; i++)
    {
      const PtlGraphNode *node = &c->graph->nodes[i];

      for (guint j = 0; j < node->n_roles && node->site >= 0; j++)
        check_place (c, node, ptl_catalogue_role (c->catalogue, node->roles[j].role));
    }
}

/* Roles and kinds of roles that the product no longer has. */
void
ptl_check_removed (PtlChecker *c)
{
  for (guint i = 0; i < c->graph->n_nodes; i++)
    {
      const PtlGraphNode *node = &c->graph->nodes[i];

      for (guint j = 0; j < node->n_roles; j++)
        {
          const PtlRole *role = ptl_catalogue_role (c->catalogue, node->roles[j].role);

          if (role->removed)
            {
              ptl_checker_add (c, "removed-role", "node", node->id,
                               _ ("%s: the role was removed from the product: plan without it"), _ (role->title));
              ptl_checker_set_role (c, role);
            }
          for (guint k = 0; k < role->n_options; k++)
            if (role->options[k].removed >= 0 && node->roles[j].options[k] == role->options[k].removed)
              {
                ptl_checker_add (c, "removed-role", "node", node->id,
                                 _ ("%s: “%s” was removed from the product: choose another value for “%s”"),
                                 _ (role->title), role->options[k].values[role->options[k].removed],
                                 role->options[k].name);
                ptl_checker_set_role (c, role);
              }
        }
    }
}

static guint
port_of (const PtlChecker *c, const PtlGraphNode *node, const char *name)
{
  int setting = ptl_catalogue_find_setting (c->catalogue, name);

  return setting >= 0 ? node->values[setting]->ranges[0].from : 0;
}

static void
check_wsus_ports (PtlChecker *c, const PtlGraphNode *node)
{
  guint http = port_of (c, node, "wsus-http-port"), https = port_of (c, node, "wsus-https-port");

  if (http == 80 && https != 443)
    ptl_checker_add (c, "wsus-ports", "node", node->id,
                     _ ("WSUS HTTP port 80 goes with HTTPS port 443, not %u: set “wsus-https-port” to 443"), https);
  else if (http == 65535)
    ptl_checker_add (c, "wsus-ports", "node", node->id,
                     _ ("WSUS HTTP port 65535 leaves no next port for HTTPS: set “wsus-http-port” to a lower one"));
  else if (http != 80 && https != http + 1)
    ptl_checker_add (c, "wsus-ports", "node", node->id,
                     _ ("WSUS HTTP port %u goes with HTTPS port %u, not %u: set “wsus-https-port” to %u"), http,
                     http + 1, https, http + 1);
}

/* Whether another update point of the same site is the source of replicas. */
static gboolean
has_source (const gboolean *sources, gboolean anywhere, const PtlGraphNode *node)
{
  return node->site >= 0 ? sources[node->site] : anywhere;
}

void
ptl_check_wsus (PtlChecker *c)
{
  const PtlGraph *graph = c->graph;
  int sup = ptl_checker_role (c, "software-update-point"), upstream = ptl_checker_role (c, "upstream-wsus");
  g_autofree gboolean *sources = g_new0 (gboolean, graph->n_sites + 1);
  gboolean anywhere = FALSE, siteless = FALSE, has_upstream = FALSE;

  for (guint i = 0; i < graph->n_nodes; i++)
    {
      const PtlGraphNode *node = &graph->nodes[i];
      const PtlRoleUse *use = ptl_checker_use (node, sup);

      has_upstream |= ptl_checker_use (node, upstream) != NULL;
      if (use != NULL || ptl_checker_use (node, upstream) != NULL)
        check_wsus_ports (c, node);
      if (use == NULL || g_strcmp0 (ptl_role_use_word (c->catalogue, use, "sync-source"), "replica") == 0)
        continue;
      anywhere = TRUE;
      siteless |= node->site < 0;
      if (node->site >= 0)
        sources[node->site] = TRUE;
    }
  for (guint i = 0; i < graph->n_nodes; i++)
    {
      const PtlGraphNode *node = &graph->nodes[i];
      const PtlRoleUse *use = ptl_checker_use (node, sup);
      const char *source = use != NULL ? ptl_role_use_word (c->catalogue, use, "sync-source") : NULL;

      if (g_strcmp0 (source, "replica") == 0 && !siteless && !has_source (sources, anywhere, node))
        ptl_checker_add (c, "sup-source", "node", node->id,
                         _ ("the update point is a replica, but its site has no other one that is none: add one, or "
                            "choose another “sync-source”"));
      if (g_strcmp0 (source, "upstream") == 0 && !has_upstream)
        ptl_checker_add (c, "sup-source", "node", node->id,
                         _ ("the update point synchronises with an upstream WSUS server, but the plan has none: add "
                            "one, or choose another “sync-source”"));
    }
}

static gboolean
is_pull_point (const PtlChecker *c, const PtlGraphNode *node, int dp)
{
  const PtlRoleUse *use = ptl_checker_use (node, dp);

  return use != NULL && g_strcmp0 (ptl_role_use_word (c->catalogue, use, "pull"), "yes") == 0;
}

void
ptl_check_pull (PtlChecker *c)
{
  const PtlGraph *graph = c->graph;
  int dp = ptl_checker_role (c, "distribution-point"), kind = ptl_catalogue_find_link (c->catalogue, "pull-source");
  g_autofree gboolean *has_link = g_new0 (gboolean, graph->n_nodes + 1);

  for (guint i = 0; i < graph->n_links; i++)
    {
      const PtlGraphLink *link = &graph->links[i];
      const PtlGraphNode *from = &graph->nodes[link->from], *to = &graph->nodes[link->to];

      if ((int) link->kind != kind)
        continue;
      has_link[link->from] = TRUE;
      if (!is_pull_point (c, from, dp))
        {
          ptl_checker_add (
              c, "link-role", "node", from->id,
              _ ("its pull-source link to %s starts at no pull distribution point: give the node that role "
                 "with “pull” = “yes”, or remove the link"),
              to->id);
          ptl_checker_set_other (c, to);
        }
      if (ptl_checker_use (to, dp) == NULL)
        {
          ptl_checker_add (
              c, "link-role", "node", from->id,
              _ ("its pull-source link leads to %s, which is no distribution point: choose another source"), to->id);
          ptl_checker_set_other (c, to);
        }
    }
  for (guint i = 0; i < graph->n_nodes; i++)
    if (!has_link[i] && is_pull_point (c, &graph->nodes[i], dp))
      ptl_checker_add (
          c, "pull-without-source", "node", graph->nodes[i].id,
          _ ("the pull distribution point has no source: link it to the distribution point it pulls from"));
}

static int
top_of (const PtlGraph *graph, const PtlGraphNode *node)
{
  return node->site >= 0 ? graph->sites[node->site].top : -1;
}

/* Warns of the holders of `role` that have no holder of `partner` in their hierarchy; a node without a
 * site is in every one. */
static void
check_partner (PtlChecker *c, const char *role_name, const char *partner_name, const char *message)
{
  const PtlGraph *graph = c->graph;
  int role = ptl_checker_role (c, role_name), partner = ptl_checker_role (c, partner_name);
  g_autofree gboolean *found = g_new0 (gboolean, graph->n_sites + 1);
  gboolean anywhere = FALSE, everywhere = FALSE;

  for (guint i = 0; i < graph->n_nodes; i++)
    if (ptl_checker_use (&graph->nodes[i], partner) != NULL)
      {
        int top = top_of (graph, &graph->nodes[i]);

        anywhere = TRUE;
        everywhere |= top < 0;
        if (top >= 0)
          found[top] = TRUE;
      }
  for (guint i = 0; i < graph->n_nodes; i++)
    if (ptl_checker_use (&graph->nodes[i], role) != NULL)
      {
        int top = top_of (graph, &graph->nodes[i]);

        if (!everywhere && !(top >= 0 ? found[top] : anywhere))
          ptl_checker_add (c, "cmg-alone", "node", graph->nodes[i].id, "%s", message);
      }
}

void
ptl_check_cmg (PtlChecker *c)
{
  check_partner (c, "cmg", "cmg-connection-point",
                 _ ("the cloud management gateway has no CMG connection point in its hierarchy: add one"));
  check_partner (c, "cmg-connection-point", "cmg",
                 _ ("the CMG connection point has no cloud management gateway in its hierarchy: add one"));
}

/* Site systems that reach a domain controller across a firewall, while the flows for that are off. */
void
ptl_check_windows_services (PtlChecker *c)
{
  const PtlGraph *graph = c->graph;
  int dc = ptl_checker_role (c, "domain-controller");
  int feature = ptl_catalogue_find_feature (c->catalogue, "windows-services");
  g_autoptr (GArray) controllers = g_array_new (FALSE, FALSE, sizeof (guint));

  if (feature < 0 || graph->features[feature])
    return;
  for (guint i = 0; i < c->flows->n_classes; i++)
    if (ptl_checker_use (&graph->nodes[c->flows->classes[i].node], dc) != NULL)
      g_array_append_val (controllers, c->flows->classes[i].node);
  for (guint i = 0; i < graph->n_nodes; i++)
    {
      const PtlGraphNode *node = &graph->nodes[i];

      if (node->zone < 0 || !ptl_checker_holds_kind (c, node, PTL_ROLE_SITE_SYSTEM))
        continue;
      for (guint j = 0; j < controllers->len; j++)
        {
          const PtlGraphNode *controller = &graph->nodes[g_array_index (controllers, guint, j)];

          if (controller->zone < 0 || controller->zone == node->zone
              || (controller->site >= 0 && node->site >= 0 && controller->site != node->site))
            continue;
          ptl_checker_add (c, "windows-services-off", "node", node->id,
                           _ ("its domain controller %s stands in another zone, and name resolution and Kerberos are "
                              "missing from the sheets: turn on the feature “windows-services”"),
                           controller->id);
          ptl_checker_set_other (c, controller);
          break;
        }
    }
}
