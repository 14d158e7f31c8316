#include "ptl-describe.h"

#include <glib/gi18n.h>

const char *
ptl_describe_site_kind (PtlSiteKind kind)
{
  switch (kind)
    {
    case PTL_SITE_CAS:
      return _ ("Central administration site");
    case PTL_SITE_PRIMARY:
      return _ ("Primary site");
    case PTL_SITE_SECONDARY:
      return _ ("Secondary site");
    }
  return "";
}

const char *
ptl_describe_zone_kind (PtlZoneKind kind)
{
  switch (kind)
    {
    case PTL_ZONE_INTRANET:
      return _ ("Intranet zone");
    case PTL_ZONE_PERIMETER:
      return _ ("Perimeter zone");
    case PTL_ZONE_INTERNET:
      return _ ("Internet zone");
    case PTL_ZONE_CLOUD:
      return _ ("Cloud zone");
    }
  return "";
}

/* The name of the zone with the id; there are few. */
static const char *
zone_name (const PtlPlan *plan, const char *id)
{
  for (guint i = 0; i < plan->zones->len; i++)
    {
      const PtlZone *zone = plan->zones->pdata[i];

      if (g_strcmp0 (zone->id, id) == 0)
        return zone->name;
    }
  return id;
}

/* Takes the part. */
static void
add (GString *text, char *part)
{
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, part);
  g_free (part);
}

static void
describe_node (GString *text, const PtlPlan *plan, const PtlNode *node)
{
  for (guint i = 0; i < node->roles->len; i++)
    add (text,
         g_strdup (
             ptl_catalogue_role (plan->catalogue, ((const PtlNodeRole *) node->roles->pdata[i])->use.role)->title));
  if (node->site != NULL)
    add (text, g_strdup_printf (_ ("site %s"), node->site));
  if (node->zone != NULL)
    add (text, g_strdup_printf (_ ("zone %s"), zone_name (plan, node->zone)));
  else
    add (text, g_strdup (_ ("in no zone")));
  if (*node->addresses != '\0')
    add (text, g_strdup (node->addresses));
}

static void
describe_firewall (GString *text, const PtlPlan *plan, const PtlFirewall *firewall)
{
  add (text, g_strdup (firewall->managed ? _ ("firewall") : _ ("firewall that somebody else manages")));
  for (guint i = 0; i < firewall->zones->len; i++)
    {
      const char *zone = zone_name (plan, firewall->zones->pdata[i]);

      add (text, i == 0 ? g_strdup_printf (_ ("joins %s"), zone) : g_strdup (zone));
    }
}

static void
describe_site (GString *text, const PtlSite *site)
{
  add (text, g_strdup (site->code));
  add (text, g_strdup (ptl_describe_site_kind (site->kind)));
  if (site->parent != NULL)
    add (text, g_strdup_printf (_ ("below %s"), site->parent));
}

char *
ptl_describe (const PtlPlan *plan, PtlItem item)
{
  gpointer record = ptl_record (plan, item.kind, item.index);
  const char *name = ptl_record_name (item.kind, record);
  GString *text = g_string_new (name);

  switch (item.kind)
    {
    case PTL_RECORD_SITE:
      describe_site (text, record);
      break;
    case PTL_RECORD_ZONE:
      add (text, g_strdup (ptl_describe_zone_kind (((const PtlZone *) record)->kind)));
      break;
    case PTL_RECORD_FIREWALL:
      describe_firewall (text, plan, record);
      break;
    case PTL_RECORD_NODE:
      describe_node (text, plan, record);
      break;
    default:
      break;
    }
  return g_string_free (text, FALSE);
}
