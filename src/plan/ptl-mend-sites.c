#include <glib/gi18n-lib.h>
#include <string.h>

#include "ptl-edit-add.h"
#include "ptl-edit-delete.h"
#include "ptl-edit-fields.h"
#include "ptl-edit-sites.h"
#include "ptl-edit-words.h"
#include "ptl-mend-private.h"

static const PtlSite *
site_at (const PtlMender *m, int site)
{
  return m->plan->sites->pdata[site];
}

static gboolean
may_have (const PtlSite *site, const PtlRole *role)
{
  return (role->not_at & 1u << site->kind) == 0 && !(role->top_only && site->parent != NULL);
}

/* Whether the site may have all roles of the node. */
static gboolean
accepts (const PtlMender *m, int site, const PtlNode *node)
{
  for (guint i = 0; i < node->roles->len; i++)
    {
      const PtlNodeRole *own = node->roles->pdata[i];

      if (!may_have (site_at (m, site), ptl_catalogue_role (m->plan->catalogue, own->use.role)))
        return FALSE;
    }
  return TRUE;
}

/* The only site for which `fits` says so, or -1. */
static int
only_site (const PtlMender *m, gboolean (*fits) (const PtlMender *m, int site, const PtlNode *node),
           const PtlNode *node)
{
  int only = -1;

  for (guint i = 0; i < m->plan->sites->len; i++)
    if (fits (m, (int) i, node))
      {
        if (only >= 0)
          return -1;
        only = (int) i;
      }
  return only;
}

/* Parents */

static gboolean
is_primary (const PtlMender *m, int site, const PtlNode *node)
{
  return site_at (m, site)->kind == PTL_SITE_PRIMARY;
}

/* The primary site that a secondary one stands below, with others between them; else the only one. */
static int
find_primary (const PtlMender *m)
{
  int above = ptl_mender_parent_of (m, (int) m->subject);

  for (guint steps = 0; above >= 0 && steps < m->plan->sites->len; steps++)
    {
      if (is_primary (m, above, NULL))
        return above;
      above = ptl_mender_parent_of (m, above);
    }
  return only_site (m, is_primary, NULL);
}

/* Whether roles that only a site without a parent may have would then be in the wrong place. */
static gboolean
needs_no_parent (const PtlMender *m)
{
  for (guint i = 0; i < m->plan->nodes->len; i++)
    {
      const PtlNode *node = m->plan->nodes->pdata[i];

      for (guint j = 0; j < node->roles->len && g_strcmp0 (node->site, m->finding->subject) == 0; j++)
        if (ptl_catalogue_role (m->plan->catalogue, ((const PtlNodeRole *) node->roles->pdata[j])->use.role)->top_only)
          return TRUE;
    }
  return FALSE;
}

/* Whether the site is the other one or stands above it. */
static gboolean
is_above (const PtlMender *m, int site, int other)
{
  for (guint steps = 0; other >= 0 && steps <= m->plan->sites->len; steps++)
    {
      if (other == site)
        return TRUE;
      other = ptl_mender_parent_of (m, other);
    }
  return FALSE;
}

void
ptl_mend_parent (PtlMender *m)
{
  const PtlSite *site = site_at (m, (int) m->subject);
  PtlItem item = { PTL_RECORD_SITE, m->subject };
  int primary;

  if (site->kind != PTL_SITE_SECONDARY)
    {
      if (site->parent != NULL && ptl_mender_offer (m, g_strdup (_ ("Remove the Parent"))))
        m->done = ptl_edit_set_parent (m->history, &item, 1, -1, m->error);
      return;
    }
  primary = find_primary (m);
  if (primary < 0 || primary == ptl_mender_parent_of (m, (int) m->subject) || is_above (m, (int) m->subject, primary)
      || (site->parent == NULL && needs_no_parent (m)))
    return;
  if (ptl_mender_offer (m, ptl_words_with (_ ("Move Below %s"), site_at (m, primary)->code)))
    m->done = ptl_edit_set_parent (m->history, &item, 1, primary, m->error);
}

/* Servers */

/* A zone where a new server of the site belongs: with its other nodes, else with any node of the role, else in an
 * intranet. */
static const PtlZone *
zone_for_server (const PtlMender *m, const char *role)
{
  const char *id = NULL;
  int zone;

  for (guint i = 0; i < m->plan->nodes->len; i++)
    {
      const PtlNode *node = m->plan->nodes->pdata[i];

      if (node->zone == NULL)
        continue;
      if (g_strcmp0 (node->site, m->finding->subject) == 0)
        {
          id = node->zone;
          break;
        }
      if (id == NULL && ptl_mender_find_role (m, node, role) != NULL)
        id = node->zone;
    }
  zone = ptl_history_find (m->history, PTL_RECORD_ZONE, id);
  for (guint i = 0; zone < 0 && i < m->plan->zones->len; i++)
    if (((const PtlZone *) m->plan->zones->pdata[i])->kind == PTL_ZONE_INTRANET)
      zone = (int) i;
  return zone >= 0 ? m->plan->zones->pdata[zone] : NULL;
}

/* The first node of the site with the role, or -1. */
static int
find_member (const PtlMender *m, const char *role)
{
  for (guint i = 0; i < m->plan->nodes->len; i++)
    {
      const PtlNode *node = m->plan->nodes->pdata[i];

      if (g_strcmp0 (node->site, m->finding->subject) == 0 && ptl_mender_find_role (m, node, role) != NULL)
        return (int) i;
    }
  return -1;
}

static void
add_server (PtlMender *m, const char *role, const char *words)
{
  const PtlZone *zone = zone_for_server (m, role);
  double x, y;

  if (zone != NULL && ptl_mender_find_room (m, zone, &x, &y) && ptl_mender_offer (m, g_strdup (words)))
    m->done = ptl_edit_add_node (m->history, (guint) ptl_catalogue_find_role (m->plan->catalogue, role),
                                 (int) m->subject, x, y, NULL, m->error);
}

void
ptl_mend_site_server (PtlMender *m)
{
  if (find_member (m, "site-server") < 0)
    add_server (m, "site-server", _ ("Add a Site Server"));
}

/* The database stands on the site server, as in most sites. */
void
ptl_mend_sql_server (PtlMender *m)
{
  guint role = (guint) ptl_catalogue_find_role (m->plan->catalogue, "sql-server");
  int server = find_member (m, "site-server");
  PtlItem item = { PTL_RECORD_NODE, (guint) server };

  if (find_member (m, "sql-server") >= 0)
    return;
  if (server < 0)
    add_server (m, "sql-server", _ ("Add an SQL Server"));
  else if (ptl_mender_offer (
               m, ptl_words_with (_ ("Add SQL Server to %s"), ((const PtlNode *) m->plan->nodes->pdata[server])->name)))
    m->done = ptl_edit_add_role (m->history, &item, 1, role, m->error);
}

/* Nodes and roles at the wrong site, or at none */

/* Ports of WSUS that go together in the plan need not do so with those of the site. */
static gboolean
changes_ports (const PtlMender *m, int site, const PtlNode *node)
{
  return site_at (m, site)->sets->len > 0
         && (ptl_mender_find_role (m, node, "software-update-point") != NULL
             || ptl_mender_find_role (m, node, "upstream-wsus") != NULL);
}

void
ptl_mend_no_site (PtlMender *m)
{
  const PtlNode *node = m->plan->nodes->pdata[m->subject];
  PtlItem item = { PTL_RECORD_NODE, m->subject };

  if (node->site == NULL && m->plan->sites->len == 1 && accepts (m, 0, node) && !changes_ports (m, 0, node)
      && ptl_mender_offer (m, ptl_words_with (_ ("Put in Site %s"), site_at (m, 0)->code)))
    m->done = ptl_edit_set_site (m->history, &item, 1, 0, m->error);
}

/* Links that rest on a role keep it where it is. */
static gboolean
is_linked (const PtlMender *m, const PtlNode *node)
{
  for (guint i = 0; i < m->plan->links->len; i++)
    {
      const PtlLink *link = m->plan->links->pdata[i];

      if (strcmp (link->from, node->id) == 0 || strcmp (link->to, node->id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
remove_role (PtlMender *m, const PtlNode *node, guint role)
{
  PtlItem item = { PTL_RECORD_NODE, m->subject };

  if (!is_linked (m, node) && ptl_mender_offer (m, g_strdup (_ ("Remove the Role"))))
    m->done = ptl_edit_remove_role (m->history, &item, 1, role, m->error);
}

/* The nearest site above that may have the node, else the only one. */
static int
better_site (const PtlMender *m, const PtlNode *node)
{
  int site = ptl_mender_site_of (m, node);

  for (guint steps = 0; site >= 0 && steps <= m->plan->sites->len; steps++)
    {
      if (accepts (m, site, node))
        return site;
      site = ptl_mender_parent_of (m, site);
    }
  return only_site (m, accepts, node);
}

/* A role goes where it may be, if it is the node's only one; else the node does without. */
void
ptl_mend_role_place (PtlMender *m)
{
  const PtlNode *node = m->plan->nodes->pdata[m->subject];
  const PtlNodeRole *own = ptl_mender_find_role (m, node, m->finding->role);
  PtlItem item = { PTL_RECORD_NODE, m->subject };
  int site = ptl_mender_site_of (m, node);

  if (own == NULL || site < 0 || may_have (site_at (m, site), ptl_catalogue_role (m->plan->catalogue, own->use.role)))
    return;
  if (node->roles->len > 1)
    {
      remove_role (m, node, own->use.role);
      return;
    }
  site = better_site (m, node);
  if (site >= 0 && ptl_mender_offer (m, ptl_words_with (_ ("Move to Site %s"), site_at (m, site)->code)))
    m->done = ptl_edit_set_site (m->history, &item, 1, site, m->error);
}

/* An option with a value that the product no longer has gets its default. */
static void
reset_option (PtlMender *m, const PtlNodeRole *own, const PtlRole *role)
{
  PtlItem item = { PTL_RECORD_NODE, m->subject };

  for (guint i = 0; i < role->n_options; i++)
    if (role->options[i].removed >= 0 && own->use.options[i] == role->options[i].removed)
      {
        const char *word = role->options[i].values[role->options[i].initial];

        if (ptl_mender_offer (m, ptl_words_with (_ ("Choose “%s”"), word)))
          m->done = ptl_edit_set_option (m->history, &item, 1, own->use.role, i, word, m->error);
        return;
      }
}

void
ptl_mend_removed_role (PtlMender *m)
{
  const PtlNode *node = m->plan->nodes->pdata[m->subject];
  const PtlNodeRole *own = ptl_mender_find_role (m, node, m->finding->role);
  const PtlRole *role = own != NULL ? ptl_catalogue_role (m->plan->catalogue, own->use.role) : NULL;
  PtlItem item = { PTL_RECORD_NODE, m->subject };

  if (role == NULL)
    return;
  if (!role->removed)
    reset_option (m, own, role);
  else if (node->roles->len > 1)
    remove_role (m, node, own->use.role);
  else if (!is_linked (m, node) && ptl_mender_offer (m, ptl_words_with (_ ("Delete %s"), node->name)))
    m->done = ptl_edit_delete (m->history, &item, 1, m->error);
}
