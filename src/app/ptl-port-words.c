#include "ptl-port-words.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

static const PtlGraph *
graph_of (const PtlTalks *talks)
{
  return talks->routes->flows->graph;
}

static const PtlRule *
rule_of (const PtlPort *port)
{
  return ptl_catalogue_rule (graph_of (port->talks)->catalogue, port->flow.rule);
}

const PtlService *
ptl_port_service (const PtlPort *port)
{
  return &rule_of (port)->services[port->flow.service];
}

char *
ptl_port_words_ports (const PtlFlow *flow)
{
  const char *protocol = ptl_protocol_names[flow->protocol];

  if (flow->protocol == PTL_PROTOCOL_ICMP)
    return g_strdup (protocol);
  if (flow->from == flow->to)
    return g_strdup_printf ("%s %u", protocol, flow->from);
  return g_strdup_printf ("%s %u–%u", protocol, flow->from, flow->to);
}

char *
ptl_port_words_side (const PtlTalks *talks, const guint *nodes, guint n)
{
  const PtlGraphNode *all = graph_of (talks)->nodes;
  const char *first = all[nodes[0]].name;

  if (n == 1)
    return g_strdup (first);
  if (n == 2)
    return g_strdup_printf (_ ("%s and %s"), first, all[nodes[1]].name);
  /* Translators: the first of several nodes, and how many others there are. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s and %u more", "%s and %u more", n - 1), first, n - 1);
}

/* The second name stands where the arrow points to in any language: from right to left, whatever the names' own
 * direction is, when the window is read so. */
char *
ptl_port_words_way (const char *from, const char *to, gboolean both)
{
  gboolean rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;

  if (rtl)
    return g_strdup_printf ("\u200f\u2068%s\u2069 %s \u2068%s\u2069", from, both ? "↔" : "←", to);
  return g_strdup_printf ("%s %s %s", from, both ? "↔" : "→", to);
}

char *
ptl_port_words_services (const PtlTalks *talks, const PtlPortGroup *group)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < group->n; i++)
    {
      const PtlRule *rule = ptl_catalogue_rule (graph_of (talks)->catalogue, group->flows[i].rule);
      char *name = rule->services[group->flows[i].service].name;

      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, name);
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

/* Why */

const PtlWhy *
ptl_port_find_why (const PtlInquiry *inquiry, const PtlFlow *flow)
{
  for (guint i = 0; i < inquiry->open->len; i++)
    {
      const PtlWhy *why = inquiry->open->pdata[i];

      if (why->rule == flow->rule && why->service == flow->service && why->back == flow->back)
        return why;
    }
  return NULL;
}

typedef struct
{
  PtlSession *session;
  const PtlGraph *graph;
} Origin;

/* By the id: the plan may be ahead of the graph. */
static const char *
find_origin (guint node, guint setting, gpointer data)
{
  const Origin *origin = data;
  int index
      = ptl_history_find (ptl_session_get_history (origin->session), PTL_RECORD_NODE, origin->graph->nodes[node].id);

  return index < 0 ? "" : ptl_plan_setting_origin (ptl_session_get_plan (origin->session), (guint) index, setting);
}

GPtrArray *
ptl_port_lines (PtlSession *session, const PtlPort *port)
{
  const PtlAsked asked = { port->source, port->destination, port->flow.protocol, port->flow.from };
  g_autoptr (PtlInquiry) inquiry = ptl_inquiry_new (port->talks->routes, &asked, PTL_CALLED_BY_NAMES);
  Origin origin = { session, graph_of (port->talks) };
  const PtlWhy *why = ptl_port_find_why (inquiry, &port->flow);
  GPtrArray *lines = why != NULL ? ptl_inquiry_open_lines (inquiry, why, find_origin, &origin) : NULL;

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    ((PtlWhyLine *) lines->pdata[i])->test = NULL; /* it goes with the inquiry */
  return lines;
}
