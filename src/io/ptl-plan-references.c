#include "ptl-plan-references.h"

#include <glib/gi18n-lib.h>

#define LINK PTL_N_THINGS /* links have lines, too, but no names */

struct _PtlPlanNames
{
  PtlPlanIndex *index;
  GArray *lines[PTL_N_THINGS + 1]; /* guint: where each thing stands */
  gboolean refused[PTL_N_THINGS];  /* the name of one of these things: what refers to it is no error of its own */
};

/* A link whose ends were found. */
typedef struct
{
  guint kind, from, to, line;
} Ends;

static const char *const things[] = { "site", "zone", "firewall", "node", "link" };
static const char *const names_of[] = { N_ ("the code of the site"), N_ ("the id of the zone"),
                                        N_ ("the id of the firewall"), N_ ("the id of the node") };

PtlPlanNames *
ptl_plan_names_new (void)
{
  PtlPlanNames *names = g_new0 (PtlPlanNames, 1);

  names->index = ptl_plan_index_new ();
  for (guint i = 0; i < G_N_ELEMENTS (names->lines); i++)
    names->lines[i] = g_array_new (FALSE, FALSE, sizeof (guint));
  return names;
}

void
ptl_plan_names_free (PtlPlanNames *names)
{
  ptl_plan_index_free (names->index);
  for (guint i = 0; i < G_N_ELEMENTS (names->lines); i++)
    g_array_unref (names->lines[i]);
  g_free (names);
}

static guint
line_of (const PtlPlanNames *names, guint thing, guint place)
{
  return g_array_index (names->lines[thing], guint, place);
}

void
ptl_plan_names_add_link (PtlPlanNames *names, PtlXmlReader *xml)
{
  g_array_append_val (names->lines[LINK], xml->line);
}

void
ptl_plan_names_add (PtlPlanNames *names, PtlXmlReader *xml, PtlThing thing, const char *attribute, const char *name)
{
  guint place = names->lines[thing]->len, other_place;
  PtlThing other;

  g_array_append_val (names->lines[thing], xml->line);
  if (*name == '\0')
    {
      names->refused[thing] = TRUE;
      return;
    }
  if (ptl_plan_index_taken (names->index, thing, name, &other, &other_place))
    ptl_xml_problem (xml, attribute,
                     /* Translators: “MP01” is also the id of the node in line 12. */
                     _ ("“%s” is also %s in line %u (case does not tell two apart): change one"), name,
                     _ (names_of[other]), line_of (names, other, other_place));
  else
    ptl_plan_index_add (names->index, thing, name, place);
}

/* The place of what a reference names, or -1 with a problem. No reference is none to follow. */
static int
follow (PtlPlanNames *names, PtlXmlReader *xml, guint from, guint place, const char *attribute, PtlThing to,
        const char *name)
{
  g_autofree char *quoted = NULL;
  int found;

  if (name == NULL || xml->stopped || names->refused[to] || xml->has_unknown)
    return -1;
  found = ptl_plan_index_find (names->index, to, name);
  if (found >= 0)
    return found;
  quoted = ptl_quote (name);
  ptl_xml_problem_at (xml, line_of (names, from, place), things[from], attribute,
                      to == PTL_THING_SITE   ? _ ("there is no site %s: add it or name another one")
                      : to == PTL_THING_ZONE ? _ ("there is no zone %s: add it or name another one")
                                             : _ ("there is no node %s: add it or name another one"),
                      quoted);
  return -1;
}

static void
follow_firewall (PtlPlanNames *names, PtlXmlReader *xml, const PtlFirewall *firewall, guint place, guint *last)
{
  for (guint i = 0; i < firewall->zones->len && !xml->stopped; i++)
    {
      const char *id = firewall->zones->pdata[i];
      int zone = follow (names, xml, PTL_THING_FIREWALL, place, "zones", PTL_THING_ZONE, id);

      if (zone >= 0 && last[zone] == place + 1)
        ptl_xml_problem_at (xml, line_of (names, PTL_THING_FIREWALL, place), "firewall", "zones",
                            _ ("the zone “%s” is named twice: keep one"), id);
      if (zone >= 0)
        last[zone] = place + 1;
    }
}

static void
follow_firewalls (PtlPlanNames *names, PtlXmlReader *xml, const PtlPlan *plan)
{
  /* The last firewall, counted from 1, that names a zone: twice in the same one is once too often. */
  g_autofree guint *last = g_new0 (guint, plan->zones->len + 1);

  for (guint i = 0; i < plan->firewalls->len; i++)
    follow_firewall (names, xml, plan->firewalls->pdata[i], i, last);
}

static int
compare_ends (gconstpointer a, gconstpointer b)
{
  const guint *one = a, *other = b;

  for (guint i = 0; i < sizeof (Ends) / sizeof (guint); i++)
    if (one[i] != other[i])
      return one[i] < other[i] ? -1 : 1;
  return 0;
}

static void
refuse_same_links (PtlXmlReader *xml, const PtlPlan *plan, GArray *ends)
{
  g_array_sort (ends, compare_ends);
  for (guint i = 1; i < ends->len && !xml->stopped; i++)
    {
      const Ends *one = &g_array_index (ends, Ends, i - 1), *other = one + 1;

      if (one->kind == other->kind && one->from == other->from && one->to == other->to)
        ptl_xml_problem_at (
            xml, other->line, "link", NULL, _ ("the link from “%s” to “%s” also stands in line %u: keep one"),
            ((PtlNode *) plan->nodes->pdata[one->from])->id, ((PtlNode *) plan->nodes->pdata[one->to])->id, one->line);
    }
}

static void
follow_links (PtlPlanNames *names, PtlXmlReader *xml, const PtlPlan *plan)
{
  g_autoptr (GArray) all_ends = g_array_new (FALSE, FALSE, sizeof (Ends));

  for (guint i = 0; i < plan->links->len && !xml->stopped; i++)
    {
      const PtlLink *link = plan->links->pdata[i];
      int from = follow (names, xml, LINK, i, "from", PTL_THING_NODE, link->from);
      int to = follow (names, xml, LINK, i, "to", PTL_THING_NODE, link->to);
      Ends ends = { link->kind, (guint) from, (guint) to, line_of (names, LINK, i) };

      if (from >= 0 && to >= 0)
        g_array_append_val (all_ends, ends);
    }
  refuse_same_links (xml, plan, all_ends);
}

/**
 * ptl_plan_names_resolve:
 * @plan: read to its end
 *
 * Adds a problem for each reference that leads nowhere.
 */
void
ptl_plan_names_resolve (PtlPlanNames *names, PtlXmlReader *xml, const PtlPlan *plan)
{
  for (guint i = 0; i < plan->sites->len; i++)
    follow (names, xml, PTL_THING_SITE, i, "parent", PTL_THING_SITE, ((PtlSite *) plan->sites->pdata[i])->parent);
  follow_firewalls (names, xml, plan);
  for (guint i = 0; i < plan->nodes->len && !xml->stopped; i++)
    {
      const PtlNode *node = plan->nodes->pdata[i];

      follow (names, xml, PTL_THING_NODE, i, "zone", PTL_THING_ZONE, node->zone);
      follow (names, xml, PTL_THING_NODE, i, "site", PTL_THING_SITE, node->site);
    }
  follow_links (names, xml, plan);
}
