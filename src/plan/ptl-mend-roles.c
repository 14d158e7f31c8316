#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "ptl-edit-add.h"
#include "ptl-edit-delete.h"
#include "ptl-edit-fields.h"
#include "ptl-edit-words.h"
#include "ptl-mend-private.h"
#include "ptl-plan-check.h"

#define LAST_PORT 65535

static const PtlNode *
subject (const PtlMender *m)
{
  return m->plan->nodes->pdata[m->subject];
}

static gboolean
set_option (PtlMender *m, const char *role, const char *option, const char *word)
{
  int index = ptl_catalogue_find_role (m->plan->catalogue, role);
  const PtlRole *kind = ptl_catalogue_role (m->plan->catalogue, (guint) index);
  PtlItem item = { PTL_RECORD_NODE, m->subject };

  return ptl_edit_set_option (m->history, &item, 1, (guint) index, (guint) ptl_role_find_option (kind, option), word,
                              m->error);
}

/* Ports of WSUS */

static const PtlValue *
own_value (const GPtrArray *sets, guint setting)
{
  const PtlSet *set = ptl_sets_find (sets, setting, NULL);

  return set != NULL ? set->value : NULL;
}

/* The port that counts for the node. */
static guint
port_of (const PtlMender *m, guint setting)
{
  int site = ptl_mender_site_of (m, subject (m));
  const PtlValue *value = own_value (subject (m)->sets, setting);

  if (value == NULL && site >= 0)
    value = own_value (((const PtlSite *) m->plan->sites->pdata[site])->sets, setting);
  if (value == NULL)
    value = own_value (m->plan->sets, setting);
  if (value == NULL)
    value = ptl_catalogue_setting (m->plan->catalogue, setting)->initial;
  return value->ranges[0].from;
}

/* Whether any site or node has a value of its own. */
static gboolean
anyone_sets (const PtlMender *m, guint setting)
{
  for (guint i = 0; i < m->plan->sites->len; i++)
    if (own_value (((const PtlSite *) m->plan->sites->pdata[i])->sets, setting) != NULL)
      return TRUE;
  for (guint i = 0; i < m->plan->nodes->len; i++)
    if (own_value (((const PtlNode *) m->plan->nodes->pdata[i])->sets, setting) != NULL)
      return TRUE;
  return FALSE;
}

/* The one port follows the other, for the whole plan where all have the plan's ports. */
void
ptl_mend_wsus_ports (PtlMender *m)
{
  guint http = (guint) ptl_catalogue_find_setting (m->plan->catalogue, "wsus-http-port");
  guint https = (guint) ptl_catalogue_find_setting (m->plan->catalogue, "wsus-https-port");
  guint port = port_of (m, http), other = port_of (m, https), setting = https, value = port + 1;
  gboolean whole = !anyone_sets (m, http) && !anyone_sets (m, https);
  PtlItem item = { whole ? PTL_RECORD_PLAN : PTL_RECORD_NODE, whole ? 0 : m->subject };
  const char *format = _ ("Set HTTPS Port to %s");
  g_autofree char *text = NULL;

  if (port == 80)
    value = 443;
  else if (port == LAST_PORT)
    {
      setting = http;
      value = other - 1;
      format = _ ("Set HTTP Port to %s");
      if (other == 1 || other == 81)
        return; /* there is no port before it, or one that goes with 443 */
    }
  if (value == (setting == http ? port : other))
    return;
  text = g_strdup_printf ("%u", value);
  if (ptl_mender_offer (m, ptl_words_with (format, text)))
    m->done = ptl_edit_set_setting (m->history, &item, 1, setting, text, m->error);
}

void
ptl_mend_sync_source (PtlMender *m)
{
  if (g_strcmp0 (ptl_mender_option (m, subject (m), "software-update-point", "sync-source"), "internet") != 0
      && ptl_mender_offer (m, g_strdup (_ ("Synchronise with the Internet"))))
    m->done = set_option (m, "software-update-point", "sync-source", "internet");
}

/* Sources of pull distribution points */

static gboolean
is_pull_point (const PtlMender *m, const PtlNode *node)
{
  return g_strcmp0 (ptl_mender_option (m, node, "distribution-point", "pull"), "yes") == 0;
}

/* How far a node is from the subject; those of the same site come first. */
static double
distance (const PtlMender *m, const PtlNode *node)
{
  double far = hypot (node->x - subject (m)->x, node->y - subject (m)->y);

  return (isnan (far) ? PTL_MAX_COORDINATE : far)
         + (g_strcmp0 (node->site, subject (m)->site) == 0 ? 0 : 4 * PTL_MAX_COORDINATE);
}

/* The nearest distribution point that pulls from nobody, or -1. */
static int
find_source (const PtlMender *m)
{
  double nearest = INFINITY;
  int source = -1;

  for (guint i = 0; i < m->plan->nodes->len; i++)
    {
      const PtlNode *node = m->plan->nodes->pdata[i];

      if (g_strcmp0 (ptl_mender_option (m, node, "distribution-point", "pull"), "no") != 0
          || distance (m, node) >= nearest)
        continue;
      nearest = distance (m, node);
      source = (int) i;
    }
  return source;
}

static guint
pull_link (const PtlMender *m)
{
  return (guint) ptl_catalogue_find_link (m->plan->catalogue, "pull-source");
}

/* The link that the finding is about, and how many start at its subject. */
static int
find_link (const PtlMender *m, guint *n)
{
  int found = -1;

  *n = 0;
  for (guint i = 0; i < m->plan->links->len; i++)
    {
      const PtlLink *link = m->plan->links->pdata[i];

      if (link->kind != pull_link (m) || strcmp (link->from, m->finding->subject) != 0)
        continue;
      ++*n;
      if (g_strcmp0 (link->to, m->finding->other) == 0)
        found = (int) i;
    }
  return found;
}

void
ptl_mend_pull_source (PtlMender *m)
{
  int source = find_source (m);
  guint n_links;

  find_link (m, &n_links);
  if (!is_pull_point (m, subject (m)) || n_links > 0)
    return;
  if (source < 0)
    {
      if (ptl_mender_offer (m, g_strdup (_ ("Switch Pulling Off"))))
        m->done = set_option (m, "distribution-point", "pull", "no");
    }
  else if (ptl_mender_offer (
               m, ptl_words_with (_ ("Pull from %s"), ((const PtlNode *) m->plan->nodes->pdata[source])->name)))
    m->done = ptl_edit_add_link (m->history, pull_link (m), m->subject, (guint) source, m->error);
}

/* A link that means nothing goes; a pull distribution point gets another source for it. */
void
ptl_mend_link (PtlMender *m)
{
  guint n;
  int found = find_link (m, &n), source = find_source (m);
  int other = ptl_history_find (m->history, PTL_RECORD_NODE, m->finding->other);
  PtlItem link = { PTL_RECORD_LINK, (guint) found };

  if (found < 0
      || (is_pull_point (m, subject (m))
          && ptl_mender_find_role (m, m->plan->nodes->pdata[other], "distribution-point") != NULL))
    return;
  if (!is_pull_point (m, subject (m)) || n > 1)
    {
      if (ptl_mender_offer (m, g_strdup (_ ("Remove the Link"))))
        m->done = ptl_edit_delete (m->history, &link, 1, m->error);
    }
  else if (source >= 0
           && ptl_mender_offer (
               m, ptl_words_with (_ ("Pull from %s"), ((const PtlNode *) m->plan->nodes->pdata[source])->name)))
    {
      if (!ptl_edit_delete (m->history, &link, 1, m->error))
        return;
      ptl_history_join (m->history);
      m->done = ptl_edit_add_link (m->history, pull_link (m), m->subject, (guint) source, m->error);
    }
}

/* Cloud management gateways and their connection points */

static int
top_of (const PtlMender *m, int site)
{
  for (guint steps = 0; site >= 0 && ptl_mender_parent_of (m, site) >= 0 && steps < m->plan->sites->len; steps++)
    site = ptl_mender_parent_of (m, site);
  return site;
}

/* A site server that can have the connection point, in the hierarchy of the subject. */
static gboolean
can_connect (const PtlMender *m, const PtlNode *node)
{
  int site = ptl_mender_site_of (m, node), own = ptl_mender_site_of (m, subject (m));

  return site >= 0 && ptl_mender_find_role (m, node, "site-server") != NULL
         && ((const PtlSite *) m->plan->sites->pdata[site])->kind != PTL_SITE_SECONDARY
         && (own < 0 || top_of (m, site) == top_of (m, own));
}

/* Whether a node with the role is in the hierarchy of the subject; one without a site is in every one. */
static gboolean
has_partner (const PtlMender *m, const char *role)
{
  int own = ptl_mender_site_of (m, subject (m));

  for (guint i = 0; i < m->plan->nodes->len; i++)
    {
      const PtlNode *node = m->plan->nodes->pdata[i];
      int site = ptl_mender_site_of (m, node);

      if (ptl_mender_find_role (m, node, role) != NULL && (site < 0 || own < 0 || top_of (m, site) == top_of (m, own)))
        return TRUE;
    }
  return FALSE;
}

static void
add_connection_point (PtlMender *m)
{
  guint role = (guint) ptl_catalogue_find_role (m->plan->catalogue, "cmg-connection-point");

  for (guint i = 0; i < m->plan->nodes->len; i++)
    {
      const PtlNode *node = m->plan->nodes->pdata[i];
      PtlItem item = { PTL_RECORD_NODE, i };

      if (!can_connect (m, node))
        continue;
      if (ptl_mender_offer (m, ptl_words_with (_ ("Add Connection Point to %s"), node->name)))
        m->done = ptl_edit_add_role (m->history, &item, 1, role, m->error);
      return;
    }
}

static void
add_gateway (PtlMender *m)
{
  double x, y;

  for (guint i = 0; i < m->plan->zones->len; i++)
    {
      const PtlZone *zone = m->plan->zones->pdata[i];

      if (zone->kind != PTL_ZONE_CLOUD || !ptl_mender_find_room (m, zone, &x, &y))
        continue;
      if (ptl_mender_offer (m, g_strdup (_ ("Add a Gateway"))))
        m->done = ptl_edit_add_node (m->history, (guint) ptl_catalogue_find_role (m->plan->catalogue, "cmg"),
                                     ptl_mender_site_of (m, subject (m)), x, y, NULL, m->error);
      return;
    }
}

void
ptl_mend_cmg (PtlMender *m)
{
  if (!has_partner (m, "cmg-connection-point"))
    add_connection_point (m);
  else if (!has_partner (m, "cmg"))
    add_gateway (m);
}

static gboolean
is_on (const PtlMender *m, guint feature)
{
  for (guint i = 0; i < m->plan->features->len; i++)
    {
      const PtlFeatureSet *set = m->plan->features->pdata[i];

      if (set->feature == feature)
        return set->enabled;
    }
  return ptl_catalogue_feature (m->plan->catalogue, feature)->initial;
}

void
ptl_mend_windows_services (PtlMender *m)
{
  int feature = ptl_catalogue_find_feature (m->plan->catalogue, "windows-services");

  if (feature >= 0 && !is_on (m, (guint) feature) && ptl_mender_offer (m, g_strdup (_ ("Switch Windows Services On"))))
    m->done = ptl_edit_set_feature (m->history, (guint) feature, TRUE, m->error);
}
