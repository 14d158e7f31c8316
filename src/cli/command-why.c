#include "command.h"

#include <string.h>

#include "engine/ptl-why.h"

#define MAX_NEAREST 5 /* conversations shown for what is closed */

/* What is asked: a pair of nodes, and maybe one protocol and port. */
typedef struct
{
  const PtlCliPlan *plan;
  guint source, destination;
  int protocol; /* -1 for all */
  guint port;   /* 0 for ICMP */
} Question;

static const PtlRule *
rule_of (const Question *question, const PtlWhy *why)
{
  return ptl_catalogue_rule (question->plan->catalogue, why->rule);
}

static const PtlService *
service_of (const Question *question, const PtlWhy *why)
{
  return &rule_of (question, why)->services[why->service];
}

static gboolean
is_open (const PtlWhy *why)
{
  return why->missing->len == 0;
}

/* Whether a service with these ranges is what the question is about. */
static gboolean
is_asked (const Question *question, PtlProtocol protocol, const PtlRange *ranges, guint n)
{
  if (question->protocol < 0)
    return TRUE;
  if ((int) protocol != question->protocol)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (ranges[i].from <= question->port && question->port <= ranges[i].to)
      return TRUE;
  return protocol == PTL_PROTOCOL_ICMP;
}

/* Reads what stands behind the nodes, as in tcp/445 or icmp. */
static gboolean
parse_port (const char *text, Question *question)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 2);
  g_autofree char *protocol = g_ascii_strdown (parts[0] != NULL ? parts[0] : "", -1);
  guint64 port;

  question->protocol = ptl_name_index (ptl_protocol_names, protocol);
  if (question->protocol == PTL_PROTOCOL_ICMP)
    return parts[1] == NULL;
  if (question->protocol < 0 || parts[1] == NULL || !g_ascii_string_to_unsigned (parts[1], 10, 1, 65535, &port, NULL))
    return FALSE;
  question->port = (guint) port;
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

static void append_line (GString *text, const char *label, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* A labelled line of a conversation. */
static void
append_line (GString *text, const char *label, const char *format, ...)
{
  va_list arguments;

  g_string_append_printf (text, "  %-10s ", label);
  va_start (arguments, format);
  g_string_append_vprintf (text, format, arguments);
  va_end (arguments);
  g_string_append_c (text, '\n');
}

static void
append_lines (GString *text, const char *label, const GPtrArray *sentences)
{
  for (guint i = 0; i < sentences->len; i++)
    append_line (text, i == 0 ? label : "", "%s", (const char *) g_ptr_array_index (sentences, i));
}

/* "SMB tcp/445" */
static void
append_service (GString *text, const Question *question, const PtlWhy *why)
{
  const PtlService *service = service_of (question, why);

  g_string_append_printf (text, "%s %s", service->name, ptl_protocol_names[service->protocol]);
  for (guint i = 0; i < why->n_ranges && service->protocol != PTL_PROTOCOL_ICMP; i++)
    {
      g_string_append_printf (text, "%s%u", i > 0 ? "," : "/", why->ranges[i].from);
      if (why->ranges[i].to != why->ranges[i].from)
        g_string_append_printf (text, "-%u", why->ranges[i].to);
    }
}

static gboolean
has_set (const GPtrArray *sets, guint setting)
{
  for (guint i = 0; i < sets->len; i++)
    if (((const PtlSet *) g_ptr_array_index (sets, i))->setting == setting)
      return TRUE;
  return FALSE;
}

/* Where a person changes a node's effective value of a setting. The graph has nodes and sites in the
 * order of the plan. */
static const char *
setting_origin (const PtlCliPlan *plan, guint node, guint setting)
{
  int site = plan->graph->nodes[node].site;

  if (has_set (((PtlNode *) g_ptr_array_index (plan->plan->nodes, node))->sets, setting))
    return "set at the node";
  if (site >= 0 && has_set (((PtlSite *) g_ptr_array_index (plan->plan->sites, site))->sets, setting))
    return "set at its site";
  return has_set (plan->plan->sets, setting) ? "set in the plan" : "the default";
}

/* The node that a service reads its setting from: the rule's to side, which is the source of the way back. */
static guint
setting_node (const Question *question, const PtlWhy *why, const PtlSetting *setting)
{
  return why->back && !setting->from_destination ? question->source : question->destination;
}

/* Which setting the ports come from, of which node. */
static void
append_setting (GString *text, const Question *question, const PtlWhy *why)
{
  const PtlCliPlan *plan = question->plan;
  int index = service_of (question, why)->setting;
  const PtlSetting *setting;
  guint node;

  if (index < 0)
    {
      append_line (text, "setting", "none: fixed");
      return;
    }
  setting = ptl_catalogue_setting (plan->catalogue, index);
  node = setting_node (question, why, setting);
  append_line (text, "setting", "%s of %s: %s, %s", setting->name, plan->graph->nodes[node].id,
               plan->graph->nodes[node].values[index]->text, setting_origin (plan, node, index));
}

/* The lines that a service cites of one of its rule's sources. */
static void
append_source (GString *text, const Question *question, const PtlRule *rule, char *const *lines,
               const PtlSource *source)
{
  const PtlCatalogue *catalogue = question->plan->catalogue;
  const PtlDocument *document = &g_array_index (catalogue->documents, PtlDocument, source->document);
  g_autoptr (GString) cited = g_string_new (NULL);

  for (; *lines != NULL; lines++)
    if (**lines != '\0' && ptl_catalogue_source_of_line (catalogue, rule, *lines) == source)
      g_string_append_printf (cited, "%s%s", cited->len > 0 ? " " : "", *lines);
  if (cited->len > 0)
    append_line (text, "document", "%s in %s (%s), “%s”", cited->str, document->title, document->publisher,
                 source->section);
}

static void
append_documents (GString *text, const Question *question, const PtlWhy *why)
{
  const PtlRule *rule = rule_of (question, why);
  const PtlService *service = service_of (question, why);
  g_auto (GStrv) lines = g_strsplit (service->lines, " ", -1);

  for (guint i = 0; i < rule->n_sources; i++)
    append_source (text, question, rule, lines, &rule->sources[i]);
  if (*service->notes != '\0')
    append_line (text, "note", "Note %s of %s", service->notes,
                 g_array_index (question->plan->catalogue->documents, PtlDocument, 0).title);
  if (service->beyond != NULL)
    append_line (text, "document", "beyond the two: %s", service->beyond);
}

static void
append_conflicts (GString *text, const Question *question, const PtlWhy *why)
{
  const GArray *conflicts = service_of (question, why)->conflicts;

  for (guint i = 0; i < conflicts->len; i++)
    {
      guint index = g_array_index (conflicts, guint, i);
      const PtlConflict *conflict = &g_array_index (question->plan->catalogue->conflicts, PtlConflict, index);

      append_line (text, i == 0 ? "conflict" : "", "%s (%s): %s", conflict->id, conflict->lines, conflict->text);
    }
}

/* Which conversation of the catalogue it is. */
static void
append_rule (GString *text, const Question *question, const PtlWhy *why)
{
  const PtlCatalogue *catalogue = question->plan->catalogue;
  const PtlRule *rule = rule_of (question, why);

  append_line (text, "rule", "%s %s %s: %s", ptl_catalogue_role (catalogue, why->from_role)->name,
               rule->two_way ? "<->" : "->", ptl_catalogue_role (catalogue, why->to_role)->name, rule->purpose);
  if (why->back)
    append_line (text, "direction", "the way back of a two-way rule");
}

static void
append_open (GString *text, const Question *question, const PtlWhy *why)
{
  const PtlRule *rule = rule_of (question, why);

  g_string_append_printf (text, "\n%s: ", rule->id);
  append_service (text, question, why);
  g_string_append_printf (text, ", %s\n", ptl_phase_names[rule->phase]);
  append_rule (text, question, why);
  append_lines (text, "met", why->met);
  append_setting (text, question, why);
  append_documents (text, question, why);
  append_conflicts (text, question, why);
}

/* Whether both are closed for the same reason in the same conversation. */
static gboolean
same_reason (const PtlWhy *one, const PtlWhy *other)
{
  if (one->rule != other->rule || one->back != other->back || one->from_role != other->from_role
      || one->to_role != other->to_role || one->missing->len != other->missing->len)
    return FALSE;
  for (guint i = 0; i < one->missing->len; i++)
    if (strcmp (g_ptr_array_index (one->missing, i), g_ptr_array_index (other->missing, i)) != 0)
      return FALSE;
  return TRUE;
}

/* A conversation that could open something, with all of its services that the same is missing for. */
static void
append_nearest (GString *text, const Question *question, const GPtrArray *closed, guint first)
{
  const PtlWhy *why = g_ptr_array_index (closed, first);

  g_string_append_printf (text, "\n%s: ", rule_of (question, why)->id);
  for (guint i = first; i < closed->len; i++)
    if (same_reason (why, g_ptr_array_index (closed, i)))
      {
        g_string_append (text, i > first ? ", " : "");
        append_service (text, question, g_ptr_array_index (closed, i));
      }
  g_string_append_c (text, '\n');
  append_rule (text, question, why);
  append_lines (text, "missing", why->missing);
  append_lines (text, "met", why->met);
}

static void
append_closed (GString *text, const Question *question, const GPtrArray *closed)
{
  guint shown = 0;

  if (closed->len == 0)
    g_string_append (text, "no rule of the catalogue could open it\n");
  else
    g_string_append (text, "nearest to opening it:\n");
  for (guint i = 0; i < closed->len && shown < MAX_NEAREST; i++)
    {
      gboolean seen = FALSE;

      for (guint j = 0; j < i && !seen; j++)
        seen = same_reason (g_ptr_array_index (closed, j), g_ptr_array_index (closed, i));
      if (seen)
        continue;
      append_nearest (text, question, closed, i);
      shown++;
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
append_headline (GString *text, const Question *question, const char *answer)
{
  g_string_append_printf (text, "%s: ", answer);
  append_node (text, question->plan->graph, question->source);
  g_string_append (text, " to ");
  append_node (text, question->plan->graph, question->destination);
  if (question->protocol >= 0)
    g_string_append_printf (text, ", %s", ptl_protocol_names[question->protocol]);
  if (question->port > 0)
    g_string_append_printf (text, "/%u", question->port);
  g_string_append_c (text, '\n');
}

/* The route between the two nodes' zones, or NULL when there are no two, or nothing flows between them. */
static const PtlRoute *
find_route (const Question *question)
{
  int from = question->plan->graph->nodes[question->source].zone;
  int to = question->plan->graph->nodes[question->destination].zone;

  return from >= 0 && to >= 0 && from != to ? ptl_routes_between (question->plan->routes, from, to) : NULL;
}

/* The way from source to destination. */
static void
append_route (GString *text, const Question *question)
{
  const PtlGraph *graph = question->plan->graph;
  const PtlRoutes *routes = question->plan->routes;
  int from = graph->nodes[question->source].zone, to = graph->nodes[question->destination].zone;
  const PtlRoute *route = find_route (question);

  g_string_append (text, "route: ");
  if (from < 0 || to < 0)
    g_string_append (text, "no firewall, for a node outside every zone crosses none");
  else if (from == to)
    g_string_append (text, "no firewall, inside one zone");
  else if (route == NULL)
    g_string_append (text, "nothing flows between the two zones");
  else if (route->unroutable)
    g_string_append (text, "none: no path of firewalls joins the zones");
  for (guint i = 0; route != NULL && i < route->n_firewalls; i++)
    {
      const PtlGraphFirewall *firewall = &routes->firewalls[ptl_route_firewall (route, i)];

      g_string_append_printf (text, "%s%s (%s%s)", i > 0 ? ", " : "", firewall->name, firewall->id,
                              firewall->managed ? "" : ", not managed");
    }
  g_string_append_c (text, '\n');
}

/* How many flows the question's ports have between two nodes. */
static guint
count_flows (const Question *question, guint source, guint destination)
{
  const PtlFlows *flows = question->plan->flows;
  const PtlBundle *bundle = ptl_flows_between (flows, source, destination);
  guint n = 0;

  for (guint i = 0; bundle != NULL && i < bundle->n; i++)
    {
      const PtlRange range = { bundle->flows[i].from, bundle->flows[i].to };

      n += is_asked (question, bundle->flows[i].protocol, &range, 1);
    }
  return n;
}

/* What else is open between the two nodes, for one who asked the wrong way round. */
static void
append_others (GString *text, const Question *question)
{
  Question all = *question;
  guint same = count_flows (question, question->destination, question->source), others;

  all.protocol = -1;
  others = count_flows (&all, question->source, question->destination);
  if (question->protocol >= 0)
    g_string_append_printf (text, "other ports: %u %s open\n", others, others == 1 ? "flow is" : "flows are");
  if (same > 0)
    g_string_append_printf (text, "the other way: open, %u %s\n", same, same == 1 ? "flow" : "flows");
  else
    g_string_append (text, "the other way: closed\n");
}

/* Whether another value of a setting would bring the service to the port; notes that as missing. */
static gboolean
could_be_set (const Question *question, PtlWhy *why)
{
  const PtlCliPlan *plan = question->plan;
  const PtlService *service = service_of (question, why);
  const PtlSetting *setting;
  guint node;

  if (service->setting < 0 || why->lacks_role || (int) service->protocol != question->protocol)
    return FALSE;
  setting = ptl_catalogue_setting (plan->catalogue, service->setting);
  if (setting->type != PTL_SETTING_PORT)
    return FALSE;
  node = setting_node (question, why, setting);
  g_ptr_array_add (why->missing,
                   g_strdup_printf ("setting %s of %s is %s: set it to %u", setting->name, plan->graph->nodes[node].id,
                                    plan->graph->nodes[node].values[service->setting]->text, question->port));
  return TRUE;
}

static int
compare_missing (gconstpointer a, gconstpointer b)
{
  const PtlWhy *one = *(PtlWhy *const *) a, *other = *(PtlWhy *const *) b;

  return (one->missing->len > other->missing->len) - (one->missing->len < other->missing->len);
}

/* Whether the way back of a rule asks for what its way forward asks for: two site servers are both its sides. */
static gboolean
is_repeated (const GPtrArray *open, const PtlWhy *why)
{
  const PtlWhy *last = open->len > 0 ? open->pdata[open->len - 1] : NULL;

  return last != NULL && why->back && !last->back && last->rule == why->rule && last->service == why->service
         && last->n_ranges == why->n_ranges
         && memcmp (last->ranges, why->ranges, why->n_ranges * sizeof (PtlRange)) == 0;
}

/* Puts each candidate where it belongs. Near are first the conversations that use the port, then those
 * that a setting would bring to it; what needs another role counts only when nothing else is near. */
static void
sort_out (const Question *question, const GPtrArray *all, GPtrArray *open, GPtrArray *closed)
{
  g_autoptr (GPtrArray) settable = g_ptr_array_new (), other_roles = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      PtlWhy *why = g_ptr_array_index (all, i);

      if (!is_asked (question, service_of (question, why)->protocol, why->ranges, why->n_ranges))
        {
          if (could_be_set (question, why))
            g_ptr_array_add (settable, why);
        }
      else if (is_open (why) && !is_repeated (open, why))
        g_ptr_array_add (open, why);
      else if (!is_open (why))
        g_ptr_array_add (why->lacks_role ? other_roles : closed, why);
    }
  g_ptr_array_sort (settable, compare_missing);
  g_ptr_array_extend (closed, settable, NULL, NULL);
  if (closed->len == 0)
    g_ptr_array_extend (closed, other_roles, NULL, NULL);
}

static char *
answer (const Question *question)
{
  g_autoptr (GPtrArray) all = ptl_why (question->plan->flows, question->source, question->destination);
  g_autoptr (GPtrArray) open = g_ptr_array_new (), closed = g_ptr_array_new ();
  const PtlRoute *route = find_route (question);
  GString *text = g_string_new (NULL);

  sort_out (question, all, open, closed);
  append_headline (text, question,
                   open->len == 0                       ? "closed"
                   : route != NULL && route->unroutable ? "unroutable"
                                                        : "open");
  append_route (text, question);
  if (open->len == 0)
    {
      append_others (text, question);
      append_closed (text, question, closed);
    }
  for (guint i = 0; i < open->len; i++)
    append_open (text, question, g_ptr_array_index (open, i));
  return g_string_free (text, FALSE);
}

static int
run (const PtlCliCommand *command, int argc, char **argv)
{
  const GOptionEntry options[] = { { NULL } };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (PtlCliPlan) plan = NULL;
  g_autofree char *text = NULL;
  Question question = { .protocol = -1 };
  PtlOutput *output;
  int status;

  if (!ptl_cli_parse (command, argc, argv, options, "SOURCE and DESTINATION are nodes, by id or name.", &arguments,
                      &status))
    return status;
  if (arguments[3] != NULL && !parse_port (arguments[3], &question))
    return ptl_cli_usage (command, "“%s” is neither tcp/PORT nor udp/PORT (1 to 65535) nor icmp", arguments[3]);
  plan = ptl_cli_plan_load (arguments[0]);
  if (plan == NULL || !find_node (plan, arguments[1], &question.source)
      || !find_node (plan, arguments[2], &question.destination))
    return PTL_EXIT_FAILED;
  if (question.source == question.destination)
    return ptl_cli_usage (command, "SOURCE and DESTINATION are the same node");
  ptl_cli_plan_warn (plan);
  question.plan = plan;
  text = answer (&question);
  output = ptl_cli_stdout ();
  ptl_output_text (output, text);
  return ptl_cli_finish (output, PTL_EXIT_DONE);
}

const PtlCliCommand ptl_command_why = {
  "why", "PLAN SOURCE DESTINATION [PROTOCOL/PORT]", "Say why something is open between two nodes, or why not", 3, 4, run
};
