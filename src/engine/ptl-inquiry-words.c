#include <glib/gi18n-lib.h>

#include "ptl-inquiry-private.h"

/* What an inquiry says of a conversation. */

static const PtlCatalogue *
catalogue_of (const PtlInquiry *inquiry)
{
  return inquiry->flows->graph->catalogue;
}

static const PtlRule *
rule_of (const PtlInquiry *inquiry, const PtlWhy *why)
{
  return ptl_catalogue_rule (catalogue_of (inquiry), why->rule);
}

static const PtlService *
service_of (const PtlInquiry *inquiry, const PtlWhy *why)
{
  return &rule_of (inquiry, why)->services[why->service];
}

static void
free_line (gpointer data)
{
  PtlWhyLine *line = data;

  g_free (line->text);
  g_free (line);
}

static PtlWhyLine *
add_line (GPtrArray *lines, const char *label, char *text)
{
  PtlWhyLine *line = g_new0 (PtlWhyLine, 1);

  line->label = label;
  line->text = text;
  line->setting = -1;
  g_ptr_array_add (lines, line);
  return line;
}

static void
add_tests (GPtrArray *lines, const char *label, const GPtrArray *tests)
{
  for (guint i = 0; i < tests->len; i++)
    {
      const PtlTest *test = tests->pdata[i];

      add_line (lines, i == 0 ? label : NULL, g_strdup (test->text))->test = test;
    }
}

/* Which conversation of the catalogue it is. */
static void
add_rule (GPtrArray *lines, const PtlInquiry *inquiry, const PtlWhy *why)
{
  const PtlRule *rule = rule_of (inquiry, why);
  gboolean plain = inquiry->called == PTL_CALLED_BY_IDS;
  const char *arrow = rule->two_way ? (plain ? "<->" : "↔") : (plain ? "->" : "→");

  add_line (lines, N_ ("rule"),
            g_strdup_printf ("%s %s %s: %s", ptl_why_role (inquiry->flows->graph, why->from_role, inquiry->called),
                             arrow, ptl_why_role (inquiry->flows->graph, why->to_role, inquiry->called),
                             rule->purpose));
  if (why->back)
    add_line (lines, N_ ("direction"), g_strdup (_ ("the way back of a two-way rule")));
}

/* Which setting the ports come from, of which node. */
static void
add_setting (GPtrArray *lines, const PtlInquiry *inquiry, const PtlWhy *why, PtlOriginFunc origin, gpointer data)
{
  const PtlGraph *graph = inquiry->flows->graph;
  int setting = service_of (inquiry, why)->setting;
  g_autofree char *name = NULL;
  PtlWhyLine *line;
  guint node;

  if (setting < 0)
    {
      add_line (lines, N_ ("setting"), g_strdup (_ ("none: fixed")));
      return;
    }
  node = ptl_inquiry_setting_node (inquiry, why);
  if (inquiry->called == PTL_CALLED_BY_IDS)
    name = g_strdup_printf ("%s of %s", ptl_catalogue_setting (graph->catalogue, (guint) setting)->name,
                            graph->nodes[node].id);
  else
    name = ptl_why_setting (graph, (guint) setting, node, inquiry->called);
  line = add_line (lines, N_ ("setting"),
                   g_strdup_printf ("%s: %s, %s", name, graph->nodes[node].values[setting]->text,
                                    origin (node, (guint) setting, data)));
  line->setting = setting;
  line->node = node;
}

/* The lines that a service cites of one of its rule's sources. */
static void
add_source (GPtrArray *lines, const PtlInquiry *inquiry, const PtlRule *rule, char *const *cited,
            const PtlSource *source)
{
  const PtlCatalogue *catalogue = catalogue_of (inquiry);
  const PtlDocument *document = &g_array_index (catalogue->documents, PtlDocument, source->document);
  g_autoptr (GString) text = g_string_new (NULL);

  for (; *cited != NULL; cited++)
    if (**cited != '\0' && ptl_catalogue_source_of_line (catalogue, rule, *cited) == source)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", *cited);
  if (text->len > 0)
    /* Translators: lines of a document, its title, who published it, and the title of a section. */
    add_line (
        lines, N_ ("document"),
        g_strdup_printf (_ ("%s in %s (%s), “%s”"), text->str, document->title, document->publisher, source->section));
}

static void
add_documents (GPtrArray *lines, const PtlInquiry *inquiry, const PtlWhy *why)
{
  const PtlRule *rule = rule_of (inquiry, why);
  const PtlService *service = service_of (inquiry, why);
  g_auto (GStrv) cited = g_strsplit (service->lines, " ", -1);

  for (guint i = 0; i < rule->n_sources; i++)
    add_source (lines, inquiry, rule, cited, &rule->sources[i]);
  if (*service->notes != '\0')
    /* Translators: the number of a note, and the title of the document that has it. */
    add_line (lines, N_ ("note"),
              g_strdup_printf (_ ("Note %s of %s"), service->notes,
                               g_array_index (catalogue_of (inquiry)->documents, PtlDocument, 0).title));
  if (service->beyond != NULL)
    add_line (lines, N_ ("document"), g_strdup_printf (_ ("beyond the two: %s"), service->beyond));
}

static void
add_conflicts (GPtrArray *lines, const PtlInquiry *inquiry, const PtlWhy *why)
{
  const GArray *conflicts = service_of (inquiry, why)->conflicts;

  for (guint i = 0; i < conflicts->len; i++)
    {
      const PtlConflict *conflict
          = &g_array_index (catalogue_of (inquiry)->conflicts, PtlConflict, g_array_index (conflicts, guint, i));

      add_line (lines, i == 0 ? N_ ("conflict") : NULL,
                inquiry->called == PTL_CALLED_BY_IDS
                    ? g_strdup_printf ("%s (%s): %s", conflict->id, conflict->lines, conflict->text)
                    : g_strdup_printf ("%s (%s)", conflict->text, conflict->lines));
    }
}

GPtrArray *
ptl_inquiry_open_lines (const PtlInquiry *inquiry, const PtlWhy *why, PtlOriginFunc origin, gpointer data)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (free_line);

  add_rule (lines, inquiry, why);
  add_tests (lines, N_ ("met"), why->met);
  add_setting (lines, inquiry, why, origin, data);
  add_documents (lines, inquiry, why);
  add_conflicts (lines, inquiry, why);
  return lines;
}

GPtrArray *
ptl_inquiry_nearest_lines (const PtlInquiry *inquiry, const PtlWhy *why)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (free_line);

  add_rule (lines, inquiry, why);
  add_tests (lines, N_ ("missing"), why->missing);
  add_tests (lines, N_ ("met"), why->met);
  return lines;
}

char *
ptl_inquiry_service (const PtlInquiry *inquiry, const PtlWhy *why)
{
  const PtlService *service = service_of (inquiry, why);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%s %s", service->name, ptl_protocol_names[service->protocol]);
  for (guint i = 0; i < why->n_ranges && service->protocol != PTL_PROTOCOL_ICMP; i++)
    {
      g_string_append_printf (text, "%s%u", i > 0 ? "," : "/", why->ranges[i].from);
      if (why->ranges[i].to != why->ranges[i].from)
        g_string_append_printf (text, "-%u", why->ranges[i].to);
    }
  return g_string_free (text, FALSE);
}

static char *
firewall_words (const PtlInquiry *inquiry, const PtlGraphFirewall *firewall)
{
  if (inquiry->called == PTL_CALLED_BY_IDS)
    return g_strdup_printf ("%s (%s%s)", firewall->name, firewall->id, firewall->managed ? "" : ", not managed");
  return firewall->managed ? g_strdup (firewall->name) : g_strdup_printf (_ ("%s (not managed)"), firewall->name);
}

char *
ptl_inquiry_route (const PtlInquiry *inquiry)
{
  const PtlGraphNode *nodes = inquiry->flows->graph->nodes;
  int from = nodes[inquiry->asked.source].zone, to = nodes[inquiry->asked.destination].zone;
  const PtlRoute *route = ptl_inquiry_find_route (inquiry);
  GString *text;

  if (from < 0 || to < 0)
    return g_strdup (_ ("no firewall, for a node outside every zone crosses none"));
  if (from == to)
    return g_strdup (_ ("no firewall, inside one zone"));
  if (route == NULL)
    return g_strdup (_ ("nothing flows between the two zones"));
  if (route->unroutable)
    return g_strdup (_ ("none: no path of firewalls joins the zones"));
  text = g_string_new (NULL);
  for (guint i = 0; i < route->n_firewalls; i++)
    {
      g_autofree char *words = firewall_words (inquiry, &inquiry->routes->firewalls[ptl_route_firewall (route, i)]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", words);
    }
  return g_string_free (text, FALSE);
}
