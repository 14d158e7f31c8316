#include "ptl-plan-file.h"

#include <math.h>

#include "ptl-xml-writer.h"

/* Attributes in the order of data/plan.xsd: a reader compares two versions of a plan line by line. */

typedef struct
{
  PtlXmlWriter *xml;
  const PtlCatalogue *catalogue;
} Writer;

/* An attribute that is left out when it says nothing. */
static void
write_optional (Writer *w, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    ptl_xml_attribute (w->xml, name, value);
}

/* Up to three places without trailing zeros, made of whole thousandths so that no locale takes part. */
static void
write_number (Writer *w, const char *name, double value)
{
  gint64 thousandths = llround (fabs (value) * 1000);
  char text[32];
  int end;

  if (isnan (value))
    return;
  end = g_snprintf (text, sizeof text, "%s%" G_GINT64_FORMAT ".%03d", value < 0 && thousandths > 0 ? "-" : "",
                    thousandths / 1000, (int) (thousandths % 1000));
  while (text[end - 1] == '0')
    end--;
  if (text[end - 1] == '.')
    end--;
  text[end] = '\0';
  ptl_xml_attribute (w->xml, name, text);
}

static void
write_sets (Writer *w, const GPtrArray *sets)
{
  for (guint i = 0; i < sets->len; i++)
    {
      const PtlSet *set = sets->pdata[i];

      ptl_xml_start (w->xml, "set");
      ptl_xml_attribute (w->xml, "name", ptl_catalogue_setting (w->catalogue, set->setting)->name);
      write_optional (w, "note", set->note);
      ptl_xml_text (w->xml, set->value->text);
      ptl_xml_end (w->xml);
    }
}

static void
write_feature (Writer *w, gconstpointer record)
{
  const PtlFeatureSet *feature = record;

  ptl_xml_start (w->xml, "feature");
  ptl_xml_attribute (w->xml, "name", ptl_catalogue_feature (w->catalogue, feature->feature)->name);
  ptl_xml_attribute (w->xml, "enabled", feature->enabled ? "yes" : "no");
  write_optional (w, "note", feature->note);
  ptl_xml_end (w->xml);
}

static void
write_site (Writer *w, gconstpointer record)
{
  const PtlSite *site = record;

  ptl_xml_start (w->xml, "site");
  ptl_xml_attribute (w->xml, "code", site->code);
  write_optional (w, "name", site->name);
  ptl_xml_attribute (w->xml, "kind", ptl_site_kind_names[site->kind]);
  write_optional (w, "parent", site->parent);
  write_optional (w, "note", site->note);
  write_sets (w, site->sets);
  ptl_xml_end (w->xml);
}

static void
write_zone (Writer *w, gconstpointer record)
{
  const PtlZone *zone = record;

  ptl_xml_start (w->xml, "zone");
  ptl_xml_attribute (w->xml, "id", zone->id);
  ptl_xml_attribute (w->xml, "name", zone->name);
  ptl_xml_attribute (w->xml, "kind", ptl_zone_kind_names[zone->kind]);
  write_number (w, "x", zone->x);
  write_number (w, "y", zone->y);
  write_number (w, "width", zone->width);
  write_number (w, "height", zone->height);
  write_optional (w, "colour", zone->colour);
  write_optional (w, "note", zone->note);
  ptl_xml_end (w->xml);
}

static void
write_firewall (Writer *w, gconstpointer record)
{
  const PtlFirewall *firewall = record;
  g_autoptr (GString) zones = g_string_new (NULL);

  for (guint i = 0; i < firewall->zones->len; i++)
    g_string_append_printf (zones, "%s%s", i > 0 ? " " : "", (const char *) firewall->zones->pdata[i]);
  ptl_xml_start (w->xml, "firewall");
  ptl_xml_attribute (w->xml, "id", firewall->id);
  ptl_xml_attribute (w->xml, "name", firewall->name);
  ptl_xml_attribute (w->xml, "zones", zones->str);
  write_number (w, "x", firewall->x);
  write_number (w, "y", firewall->y);
  write_optional (w, "managed", firewall->managed ? NULL : "no");
  write_optional (w, "note", firewall->note);
  ptl_xml_end (w->xml);
}

static void
write_role (Writer *w, const PtlNodeRole *own)
{
  const PtlRole *role = ptl_catalogue_role (w->catalogue, own->use.role);

  ptl_xml_start (w->xml, "role");
  ptl_xml_attribute (w->xml, "name", role->name);
  for (guint i = 0; i < role->n_options; i++)
    if (own->use.options[i] != role->options[i].initial)
      {
        g_autofree char *value = ptl_option_text (&role->options[i], own->use.options[i]);

        ptl_xml_attribute (w->xml, role->options[i].name, value);
      }
  write_optional (w, "note", own->note);
  ptl_xml_end (w->xml);
}

static void
write_node (Writer *w, gconstpointer record)
{
  const PtlNode *node = record;

  ptl_xml_start (w->xml, "node");
  ptl_xml_attribute (w->xml, "id", node->id);
  ptl_xml_attribute (w->xml, "name", node->name);
  write_optional (w, "zone", node->zone);
  write_optional (w, "site", node->site);
  write_number (w, "x", node->x);
  write_number (w, "y", node->y);
  write_optional (w, "addresses", node->addresses);
  write_optional (w, "site-server-initiates", node->site_server_initiates ? "yes" : NULL);
  write_optional (w, "note", node->note);
  for (guint i = 0; i < node->roles->len; i++)
    write_role (w, node->roles->pdata[i]);
  write_sets (w, node->sets);
  ptl_xml_end (w->xml);
}

static void
write_link (Writer *w, gconstpointer record)
{
  const PtlLink *link = record;

  ptl_xml_start (w->xml, "link");
  ptl_xml_attribute (w->xml, "kind", g_array_index (w->catalogue->links, PtlLinkKind, link->kind).kind);
  ptl_xml_attribute (w->xml, "from", link->from);
  ptl_xml_attribute (w->xml, "to", link->to);
  write_optional (w, "note", link->note);
  ptl_xml_end (w->xml);
}

static void
write_all (Writer *w, const GPtrArray *records, void (*write_record) (Writer *, gconstpointer))
{
  for (guint i = 0; i < records->len; i++)
    write_record (w, records->pdata[i]);
}

/**
 * ptl_plan_write:
 *
 * Writes the plan in its canonical form: the same plan gives the same bytes, in every locale.
 */
void
ptl_plan_write (PtlPlan *plan, PtlOutput *output)
{
  g_autoptr (PtlXmlWriter) xml = ptl_xml_writer_new (output);
  Writer w = { .xml = xml, .catalogue = plan->catalogue };

  ptl_xml_start (xml, "plan");
  ptl_xml_attribute (xml, "xmlns", PTL_PLAN_NAMESPACE);
  ptl_xml_attribute (xml, "title", plan->title);
  ptl_xml_attribute (xml, "description", plan->description);
  write_optional (&w, "note", plan->note);
  write_sets (&w, plan->sets);
  write_all (&w, plan->features, write_feature);
  write_all (&w, plan->sites, write_site);
  write_all (&w, plan->zones, write_zone);
  write_all (&w, plan->firewalls, write_firewall);
  write_all (&w, plan->nodes, write_node);
  write_all (&w, plan->links, write_link);
  ptl_xml_end (xml);
}

/**
 * ptl_plan_save:
 *
 * Replaces the file at @path in one step, and waits until the disk has it.
 *
 * Returns: whether it is saved; if not, the old file is untouched and @error says why
 */
gboolean
ptl_plan_save (PtlPlan *plan, const char *path, GError **error)
{
  PtlOutput *output = ptl_output_new_for_file (path, TRUE);

  ptl_plan_write (plan, output);
  return ptl_output_finish (output, error);
}
