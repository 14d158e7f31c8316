#include "ptl-item-words.h"

#include <glib/gi18n-lib.h>

static gconstpointer
get_record (PtlSession *session, PtlItem item)
{
  return ptl_record (ptl_session_get_plan (session), item.kind, item.index);
}

static const PtlRole *
get_role (PtlSession *session, const PtlNode *node, guint i)
{
  const PtlNodeRole *role = node->roles->pdata[i];

  return ptl_catalogue_role (ptl_session_get_plan (session)->catalogue, role->use.role);
}

static const char *
zone_name (PtlSession *session, const char *id)
{
  int zone = ptl_history_find (ptl_session_get_history (session), PTL_RECORD_ZONE, id);

  return zone >= 0 ? ((const PtlZone *) ptl_session_get_plan (session)->zones->pdata[zone])->name : id;
}

static const char *
site_kind (PtlSiteKind kind)
{
  const char *const words[] = { _ ("central administration site"), _ ("primary site"), _ ("secondary site") };

  return words[kind];
}

/* "Corporate, Perimeter and Internet" */
static char *
list_zones (PtlSession *session, const PtlFirewall *firewall)
{
  guint n = firewall->zones->len;
  g_autoptr (GString) text = g_string_new (n > 0 ? zone_name (session, firewall->zones->pdata[0]) : "");

  for (guint i = 1; i + 1 < n; i++)
    g_string_append_printf (text, ", %s", zone_name (session, firewall->zones->pdata[i]));
  if (n < 2)
    return g_strdup (text->str);
  /* Translators: the last two of a list. */
  return g_strdup_printf (_ ("%s and %s"), text->str, zone_name (session, firewall->zones->pdata[n - 1]));
}

static char *
node_words (PtlSession *session, const PtlNode *node)
{
  g_autoptr (GString) text = g_string_new (node->name);

  for (guint i = 0; i < node->roles->len; i++)
    g_string_append_printf (text, ", %s", _ (get_role (session, node, i)->title));
  g_string_append (text, ", ");
  if (node->site != NULL)
    g_string_append_printf (text, _ ("site %s"), node->site);
  else
    g_string_append (text, _ ("without a site"));
  g_string_append (text, ", ");
  if (node->zone != NULL)
    g_string_append_printf (text, _ ("zone %s"), zone_name (session, node->zone));
  else
    g_string_append (text, _ ("in no zone"));
  if (*node->addresses != '\0')
    g_string_append_printf (text, ", %s", node->addresses);
  return g_strdup (text->str);
}

static char *
firewall_words (PtlSession *session, const PtlFirewall *firewall)
{
  g_autofree char *zones = list_zones (session, firewall);

  /* Translators: a firewall and the zones it stands between: "Inner firewall", "Corporate and Perimeter". */
  return g_strdup_printf (_ ("Firewall %s, joins %s"), firewall->name, zones);
}

static char *
zone_words (const PtlZone *zone)
{
  const char *const kinds[] = { _ ("intranet"), _ ("perimeter"), _ ("internet"), _ ("cloud") };

  /* Translators: a zone's name and kind. */
  return g_strdup_printf (_ ("Zone %s, %s"), zone->name, kinds[zone->kind]);
}

static char *
site_words (PtlSession *session, PtlItem item, const PtlSite *site)
{
  g_autofree char *name = ptl_item_name (session, item);

  if (site->parent == NULL)
    /* Translators: a site's code and name, and its kind. */
    return g_strdup_printf (_ ("Site %s, %s"), name, site_kind (site->kind));
  /* Translators: a site's code and name, its kind, and the code of its parent. */
  return g_strdup_printf (_ ("Site %s, %s, below %s"), name, site_kind (site->kind), site->parent);
}

char *
ptl_item_name (PtlSession *session, PtlItem item)
{
  const PtlSite *site = item.kind == PTL_RECORD_SITE ? get_record (session, item) : NULL;

  if (site != NULL && *site->name != '\0')
    return g_strdup_printf ("%s %s", site->code, site->name);
  return g_strdup (ptl_record_name (item.kind, get_record (session, item)));
}

char *
ptl_item_detail (PtlSession *session, PtlItem item)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const PtlNode *node;

  if (item.kind != PTL_RECORD_NODE)
    return g_strdup ("");
  node = get_record (session, item);
  for (guint i = 0; i < node->roles->len; i++)
    {
      const PtlRole *role = get_role (session, node, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                              role->short_name != NULL ? role->short_name : _ (role->title));
    }
  return g_strdup (text->str);
}

char *
ptl_item_words (PtlSession *session, PtlItem item)
{
  gconstpointer record = get_record (session, item);

  if (item.kind == PTL_RECORD_NODE)
    return node_words (session, record);
  if (item.kind == PTL_RECORD_FIREWALL)
    return firewall_words (session, record);
  return item.kind == PTL_RECORD_ZONE ? zone_words (record) : site_words (session, item, record);
}

char *
ptl_item_icon (PtlSession *session, PtlItem item)
{
  gconstpointer record = get_record (session, item);

  if (item.kind == PTL_RECORD_ZONE)
    return g_strconcat ("zone-", ptl_zone_kind_names[((const PtlZone *) record)->kind], NULL);
  if (item.kind == PTL_RECORD_NODE)
    return g_strdup (((const PtlNode *) record)->roles->len > 0 ? get_role (session, record, 0)->name : "role");
  if (item.kind == PTL_RECORD_SITE)
    return g_strconcat ("site-", ptl_site_kind_names[((const PtlSite *) record)->kind], NULL);
  return g_strdup ("firewall");
}
