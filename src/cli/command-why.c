#include "command.h"

#include <string.h>

#include "engine/ptl-inquiry.h"

/* Reads what stands behind the nodes, as in tcp/445 or icmp. */
static gboolean
parse_port (const char *text, PtlAsked *asked)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 2);
  g_autofree char *protocol = g_ascii_strdown (parts[0] != NULL ? parts[0] : "", -1);
  guint64 port;

  asked->protocol = ptl_name_index (ptl_protocol_names, protocol);
  if (asked->protocol == PTL_PROTOCOL_ICMP)
    return parts[1] == NULL;
  if (asked->protocol < 0 || parts[1] == NULL || !g_ascii_string_to_unsigned (parts[1], 10, 1, 65535, &port, NULL))
    return FALSE;
  asked->port = (guint) port;
  return TRUE;
}

/* A node by its id, or by its name where that tells; says so where it does not. */
static gboolean
find_node (const PtlCliPlan *plan, const char *text, guint *node)
{
  const PtlGraph *graph = plan->graph;
  g_autoptr (GString) ids = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < graph->n_nodes; i++)
    {
      if (strcmp (graph->nodes[i].id, text) == 0)
        {
          *node = i;
          return TRUE;
        }
      if (strcmp (graph->nodes[i].name, text) != 0)
        continue;
      *node = i;
      if (n++ < 10)
        g_string_append_printf (ids, "%s%s", n > 1 ? ", " : "", graph->nodes[i].id);
    }
  if (n == 0)
    ptl_cli_message (plan->path, 0, "there is no node with the id or name “%s”", text);
  else if (n > 1)
    ptl_cli_message (plan->path, 0, "%u nodes are called “%s”: say which by its id (%s%s)", n, text, ids->str,
                     n > 10 ? ", …" : "");
  return n == 1;
}

/* A conversation: which services of which rule, and all that is to be said of it. */
static void
append_conversation (GString *text, const PtlInquiry *inquiry, const PtlWhy *const *whys, guint n, GPtrArray *lines)
{
  const PtlRule *rule = ptl_catalogue_rule (inquiry->flows->graph->catalogue, whys[0]->rule);

  g_string_append_printf (text, "\n%s: ", rule->id);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *service = ptl_inquiry_service (inquiry, whys[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", service);
    }
  if (inquiry->verdict != PTL_VERDICT_CLOSED)
    g_string_append_printf (text, ", %s", ptl_phase_names[rule->phase]);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < lines->len; i++)
    {
      const PtlWhyLine *line = lines->pdata[i];

      g_string_append_printf (text, "  %-10s %s\n", line->label != NULL ? line->label : "", line->text);
    }
  g_ptr_array_unref (lines);
}

static const char *
find_origin (guint node, guint setting, gpointer plan)
{
  return ptl_plan_setting_origin (plan, node, setting);
}

static void
append_open (GString *text, const PtlCliPlan *plan, const PtlInquiry *inquiry)
{
  for (guint i = 0; i < inquiry->open->len; i++)
    {
      const PtlWhy *why = inquiry->open->pdata[i];

      append_conversation (text, inquiry, &why, 1, ptl_inquiry_open_lines (inquiry, why, find_origin, plan->plan));
    }
}

static void
append_closed (GString *text, const PtlInquiry *inquiry)
{
  g_string_append (text, inquiry->nearest->len == 0 ? "no rule opens it between the roles of these nodes\n"
                                                    : "nearest to opening it:\n");
  for (guint i = 0; i < inquiry->nearest->len; i++)
    {
      const GPtrArray *group = inquiry->nearest->pdata[i];

      append_conversation (text, inquiry, (const PtlWhy *const *) group->pdata, group->len,
                           ptl_inquiry_nearest_lines (inquiry, group->pdata[0]));
    }
}

static void
append_node (GString *text, const PtlGraph *graph, guint index)
{
  const PtlGraphNode *node = &graph->nodes[index];

  g_string_append_printf (text, "%s (%s)", node->name, node->id);
  if (node->zone >= 0)
    g_string_append_printf (text, " in %s (%s)", graph->zones[node->zone].name, graph->zones[node->zone].id);
  else
    g_string_append (text, " outside every zone");
}

/* "open: CM01 (cm01) in Corporate (corp) to …" */
static void
append_headline (GString *text, const PtlInquiry *inquiry)
{
  static const char *const verdicts[] = { "open", "unroutable", "closed" };
  const PtlAsked *asked = &inquiry->asked;

  g_string_append_printf (text, "%s: ", verdicts[inquiry->verdict]);
  append_node (text, inquiry->flows->graph, asked->source);
  g_string_append (text, " to ");
  append_node (text, inquiry->flows->graph, asked->destination);
  if (asked->protocol >= 0)
    g_string_append_printf (text, ", %s", ptl_protocol_names[asked->protocol]);
  if (asked->port > 0)
    g_string_append_printf (text, "/%u", asked->port);
  g_string_append_c (text, '\n');
}

/* What else is open between the two nodes, for one who asked the wrong way round. */
static void
append_others (GString *text, const PtlInquiry *inquiry)
{
  if (inquiry->asked.protocol >= 0)
    g_string_append_printf (text, "other ports: %u %s open\n", inquiry->n_others,
                            inquiry->n_others == 1 ? "flow is" : "flows are");
  if (inquiry->n_back > 0)
    g_string_append_printf (text, "the other way: open, %u %s\n", inquiry->n_back,
                            inquiry->n_back == 1 ? "flow" : "flows");
  else
    g_string_append (text, "the other way: closed\n");
}

static char *
answer (const PtlCliPlan *plan, const PtlAsked *asked)
{
  g_autoptr (PtlInquiry) inquiry = ptl_inquiry_new (plan->routes, asked, PTL_CALLED_BY_IDS);
  g_autofree char *route = ptl_inquiry_route (inquiry);
  GString *text = g_string_new (NULL);

  append_headline (text, inquiry);
  g_string_append_printf (text, "route: %s\n", route);
  if (inquiry->verdict == PTL_VERDICT_CLOSED)
    {
      append_others (text, inquiry);
      append_closed (text, inquiry);
    }
  append_open (text, plan, inquiry);
  return g_string_free (text, FALSE);
}

static int
run (const PtlCliCommand *command, int argc, char **argv)
{
  const GOptionEntry options[] = { { NULL } };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (PtlCliPlan) plan = NULL;
  g_autofree char *text = NULL;
  PtlAsked asked = { .protocol = -1 };
  PtlOutput *output;
  int status;

  if (!ptl_cli_parse (command, argc, argv, options, "SOURCE and DESTINATION are nodes, by id or name.", &arguments,
                      &status))
    return status;
  if (arguments[3] != NULL && !parse_port (arguments[3], &asked))
    return ptl_cli_usage (command, "“%s” is neither tcp/PORT nor udp/PORT (1 to 65535) nor icmp", arguments[3]);
  plan = ptl_cli_plan_load (arguments[0]);
  if (plan == NULL || !find_node (plan, arguments[1], &asked.source)
      || !find_node (plan, arguments[2], &asked.destination))
    return PTL_EXIT_FAILED;
  if (asked.source == asked.destination)
    return ptl_cli_usage (command, "SOURCE and DESTINATION are the same node");
  ptl_cli_plan_warn (plan);
  text = answer (plan, &asked);
  output = ptl_cli_stdout ();
  ptl_output_text (output, text);
  return ptl_cli_finish (output, PTL_EXIT_DONE);
}

const PtlCliCommand ptl_command_why = {
  "why", "PLAN SOURCE DESTINATION [PROTOCOL/PORT]", "Say why something is open between two nodes, or why not", 3, 4, run
};
