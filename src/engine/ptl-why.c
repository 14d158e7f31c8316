#include "ptl-why.h"

#include <stdarg.h>
#include <string.h>

#include "ptl-match.h"

static void
free_why (gpointer data)
{
  PtlWhy *why = data;

  g_free (why->ranges);
  g_ptr_array_unref (why->met);
  g_ptr_array_unref (why->missing);
  g_free (why);
}

/* Notes one test of the rule, as met or as missing. */
static void G_GNUC_PRINTF (3, 4) note (PtlWhy *why, gboolean holds, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (holds ? why->met : why->missing, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static const char *
site_text (const PtlGraph *graph, const PtlGraphNode *node)
{
  return node->site >= 0 ? graph->sites[node->site].code : "no site";
}

/* What each scope asks for, with the from side and the to side in place of the first and the second %s. */
static const char *const scope_texts[] = {
  [PTL_SCOPE_ANY] = "%s and %s may stand anywhere",
  [PTL_SCOPE_SITE] = "%s and %s belong to the same site",
  [PTL_SCOPE_TOP] = "%s and %s belong to the same site, and it has no parent",
  [PTL_SCOPE_ASSIGNED] = "of %s and %s, the site system's site is the client's or, for a secondary site, its parent",
  [PTL_SCOPE_SUBTREE] = "the site of %s is that of %s or above it",
  [PTL_SCOPE_HIERARCHY] = "%s and %s belong to the same hierarchy",
  [PTL_SCOPE_PARENT_CHILD] = "of %s and %s, one belongs to the parent site of the other's",
  [PTL_SCOPE_TO_PARENT] = "%s belongs to a child site of that of %s",
  [PTL_SCOPE_ZONE] = "%s and %s belong to the same site and stand in the same zone",
  [PTL_SCOPE_LINK] = "a link leads from %s to %s",
};

static void
note_scope (PtlWhy *why, const PtlCandidate *c)
{
  gboolean holds = ptl_candidate_in_scope (c);
  const char *two = strstr (scope_texts[c->scope], "%s");
  g_autoptr (GString) text = g_string_new_len (scope_texts[c->scope], two - scope_texts[c->scope]);
  const char *rest = two + 2;
  const char *second = strstr (rest, "%s");

  g_string_append (text, c->from->id);
  g_string_append_len (text, rest, second - rest);
  g_string_append (text, c->to->id);
  g_string_append (text, second + 2);
  note (why, holds, "scope %s asks that %s (sites: %s, %s%s)", ptl_scope_names[c->scope], text->str,
        site_text (c->graph, c->from), site_text (c->graph, c->to),
        holds && (c->from->site < 0 || c->to->site < 0) ? ", which goes for every site" : "");
}

static void
note_feature (PtlWhy *why, const PtlGraph *graph, int feature)
{
  const char *name;

  if (feature < 0)
    return;
  name = ptl_catalogue_feature (graph->catalogue, feature)->name;
  note (why, graph->features[feature], "feature %s: %s", name, graph->features[feature] ? "it is on" : "turn it on");
}

/* The value of a condition's subject now; free it with g_free (). */
static char *
condition_value (const PtlCandidate *c, const PtlCondition *condition)
{
  const PtlRoleUse *use = condition->subject == PTL_SUBJECT_FROM ? c->from_use : c->to_use;
  const PtlRole *role;
  int option;

  if (condition->subject == PTL_SUBJECT_SETTING)
    return g_strdup (c->to->values[condition->setting]->text);
  role = ptl_catalogue_role (c->graph->catalogue, use->role);
  option = ptl_role_find_option (role, condition->option);
  return ptl_option_text (&role->options[option], use->options[option]);
}

static void
note_conditions (PtlWhy *why, const PtlCandidate *c, const PtlConditions *conditions)
{
  for (guint i = 0; i < conditions->n; i++)
    {
      const PtlCondition *condition = &conditions->items[i];
      const PtlGraphNode *node = condition->subject == PTL_SUBJECT_FROM ? c->from : c->to;
      gboolean holds = ptl_candidate_condition (c, condition);
      g_autofree char *value = condition_value (c, condition);
      gboolean is_setting = condition->subject == PTL_SUBJECT_SETTING;
      const char *name
          = is_setting ? ptl_catalogue_setting (c->graph->catalogue, condition->setting)->name : condition->option;

      if (holds)
        note (why, TRUE, "%s %s of %s is %s", is_setting ? "setting" : "option", name, node->id, value);
      else
        note (why, FALSE, "%s %s of %s is %s: set it to %s%s", is_setting ? "setting" : "option", name, node->id, value,
              condition->negated ? "another value than " : "", condition->word);
    }
}

/* Whether the system answers on the side of the internet where the client is. */
static void
note_facing (PtlWhy *why, const PtlCandidate *c, PtlLocation location)
{
  const PtlRole *role = ptl_catalogue_role (c->graph->catalogue, c->to_use->role);
  int option = ptl_role_find_option (role, "internet-facing");
  g_autofree char *value = option >= 0 ? ptl_option_text (&role->options[option], c->to_use->options[option]) : NULL;

  if (value != NULL && ptl_candidate_is_answered (c, location))
    note (why, TRUE, "option internet-facing of %s is %s", c->to->id, value);
  else if (value != NULL)
    note (why, FALSE, "option internet-facing of %s is %s: set it to yes", c->to->id, value);
}

static void
note_location (PtlWhy *why, const PtlCandidate *c, PtlLocation location)
{
  static const char *const texts[] = {
    [PTL_LOCATION_NONE] = "",
    [PTL_LOCATION_INTRANET] = "asks that the client is not on the internet",
    [PTL_LOCATION_ANY] = "lets the client stand anywhere",
    [PTL_LOCATION_CLOUD] = "asks that the client's option “cmg” lets it use the gateway from where it stands",
  };
  const PtlCatalogue *catalogue = c->graph->catalogue;
  gboolean from = ptl_catalogue_role (catalogue, c->from_use->role)->kind == PTL_ROLE_CLIENT_LIKE;
  const PtlGraphNode *client = from ? c->from : c->to;

  if (!ptl_candidate_has_client (c))
    return;
  note (why, ptl_candidate_in_place (c, location), "location %s %s (%s stands in %s)", ptl_location_names[location],
        texts[location], client->id, client->zone >= 0 ? c->graph->zones[client->zone].id : "no zone");
  note_facing (why, c, location);
}

static void
take_ranges (PtlWhy *why, const PtlCandidate *c, const PtlService *service)
{
  const PtlGraph *graph = c->graph;
  const PtlGraphNode *node = c->to;
  const PtlValue *value;

  if (service->setting < 0)
    {
      why->n_ranges = service->protocol == PTL_PROTOCOL_ICMP ? 0 : 1;
      why->ranges = g_memdup2 (&service->range, sizeof service->range);
      return;
    }
  if (why->back && ptl_catalogue_setting (graph->catalogue, service->setting)->from_destination)
    node = c->from;
  value = node->values[service->setting];
  why->n_ranges = value->n_ranges;
  why->ranges = g_memdup2 (value->ranges, value->n_ranges * sizeof (PtlRange));
}

static PtlWhy *
why_new (const PtlCandidate *c, guint rule, guint index, gboolean back, guint from_role)
{
  PtlWhy *why = g_new0 (PtlWhy, 1);

  why->rule = rule;
  why->service = index;
  why->back = back;
  why->from_role = from_role;
  why->to_role = c->rule->to;
  why->scope = c->scope;
  why->met = g_ptr_array_new_with_free_func (g_free);
  why->missing = g_ptr_array_new_with_free_func (g_free);
  take_ranges (why, c, &c->rule->services[index]);
  return why;
}

static void
try_service (GPtrArray *found, const PtlCandidate *c, guint rule, guint index, gboolean back)
{
  const PtlService *service = &c->rule->services[index];
  PtlWhy *why = why_new (c, rule, index, back, c->from_use->role);

  note_scope (why, c);
  note_feature (why, c->graph, c->rule->feature);
  note_feature (why, c->graph, service->feature);
  note_conditions (why, c, &c->rule->conditions);
  note_conditions (why, c, &service->conditions);
  note_location (why, c, ptl_service_location (c->rule, service));
  if (ptl_candidate_waits (c, back))
    note (why, FALSE, "option site-server-initiates of %s leaves it to the site server to start: remove it",
          (back ? c->to : c->from)->id);
  g_ptr_array_add (found, why);
}

/* A service that one of the nodes lacks the role for: more than that cannot be said. */
static void
lack_role (GPtrArray *found, const PtlCandidate *c, guint rule, guint index, gboolean back, guint from_role)
{
  const PtlCatalogue *catalogue = c->graph->catalogue;
  guint missing = c->from_use == NULL ? from_role : c->rule->to;
  PtlWhy *why = why_new (c, rule, index, back, from_role);

  why->lacks_role = TRUE;
  note (why, FALSE, "%s does not hold the role %s: add it", (c->from_use == NULL ? c->from : c->to)->id,
        ptl_catalogue_role (catalogue, missing)->name);
  g_ptr_array_add (found, why);
}

/* Tries a rule on two nodes, of which at least one holds its side's role. */
static void
try_rule (GPtrArray *found, const PtlGraph *graph, guint index, const PtlGraphNode *from, const PtlGraphNode *to,
          gboolean back)
{
  const PtlRule *rule = ptl_catalogue_rule (graph->catalogue, index);
  PtlCandidate c = { graph, rule, PTL_SCOPE_ANY, from, to, NULL, ptl_graph_node_role (to, rule->to) };

  for (guint i = 0; i < rule->n_from; i++)
    {
      c.from_use = ptl_graph_node_role (from, rule->from[i].role);
      c.scope = rule->from[i].scope;
      for (guint j = 0; j < rule->n_services; j++)
        if (c.from_use != NULL && c.to_use != NULL)
          try_service (found, &c, index, j, back);
        else if (c.from_use != NULL || c.to_use != NULL)
          lack_role (found, &c, index, j, back, rule->from[i].role);
    }
}

static int
compare_whys (gconstpointer a, gconstpointer b)
{
  const PtlWhy *one = *(PtlWhy *const *) a, *other = *(PtlWhy *const *) b;

  if (one->lacks_role != other->lacks_role)
    return one->lacks_role - other->lacks_role;
  if (one->missing->len != other->missing->len)
    return one->missing->len < other->missing->len ? -1 : 1;
  if (one->rule != other->rule)
    return one->rule < other->rule ? -1 : 1;
  if (one->service != other->service)
    return one->service < other->service ? -1 : 1;
  return one->back - other->back;
}

GPtrArray *
ptl_why (const PtlFlows *flows, guint source, guint destination)
{
  const PtlGraph *graph = flows->graph;
  const PtlGraphNode *a = &graph->nodes[source], *b = &graph->nodes[destination];
  GPtrArray *found = g_ptr_array_new_with_free_func (free_why);

  for (guint i = 0; i < graph->catalogue->rules->len; i++)
    {
      try_rule (found, graph, i, a, b, FALSE);
      if (ptl_catalogue_rule (graph->catalogue, i)->two_way)
        try_rule (found, graph, i, b, a, TRUE);
    }
  g_ptr_array_sort (found, compare_whys);
  return found;
}
