#include "ptl-why.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ptl-match.h"

typedef struct
{
  PtlCandidate c;
  PtlCalled called;
  PtlWhy *why;
} Testing;

static void
free_test (gpointer data)
{
  PtlTest *test = data;

  g_free (test->text);
  g_free (test);
}

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
static void
note (const Testing *t, gboolean holds, PtlTest test, char *text)
{
  test.text = text;
  g_ptr_array_add (holds ? t->why->met : t->why->missing, g_memdup2 (&test, sizeof test));
}

static guint
index_of (const Testing *t, const PtlGraphNode *node)
{
  return (guint) (node - t->c.graph->nodes);
}

/* A title of several words is told apart from those around it. */
static char *
quoted (const char *kind, const char *name, const char *title, PtlCalled called)
{
  return called == PTL_CALLED_BY_IDS ? g_strdup_printf ("%s %s", kind, name) : g_strdup_printf (_ ("“%s”"), _ (title));
}

static const char *
node_name (const PtlGraphNode *node, PtlCalled called)
{
  return called == PTL_CALLED_BY_IDS ? node->id : node->name;
}

/* "setting rpc-dynamic of dp01", "“RPC dynamic ports” of DP01" */
char *
ptl_why_setting (const PtlGraph *graph, guint setting, guint node, PtlCalled called)
{
  const PtlSetting *s = ptl_catalogue_setting (graph->catalogue, setting);
  g_autofree char *name = quoted ("setting", s->name, s->title, called);

  /* Translators: a setting or an option, and the node that has it. */
  return g_strdup_printf (_ ("%s of %s"), name, node_name (&graph->nodes[node], called));
}

const char *
ptl_why_role (const PtlGraph *graph, guint role, PtlCalled called)
{
  const PtlRole *r = ptl_catalogue_role (graph->catalogue, role);

  return called == PTL_CALLED_BY_IDS ? r->name : _ (r->title);
}

static char *
option_words (const Testing *t, const PtlGraphNode *node, const PtlOption *option)
{
  g_autofree char *name = quoted ("option", option->name, option->title, t->called);

  return g_strdup_printf (_ ("%s of %s"), name, node_name (node, t->called));
}

static const char *
site_text (const PtlGraph *graph, const PtlGraphNode *node)
{
  return node->site >= 0 ? graph->sites[node->site].code : _ ("no site");
}

/* What each scope asks for, with the from side and the to side in place of the first and the second %s. */
static const char *const scope_texts[] = {
  [PTL_SCOPE_ANY] = N_ ("%s and %s may stand anywhere"),
  [PTL_SCOPE_SITE] = N_ ("%s and %s belong to the same site"),
  [PTL_SCOPE_TOP] = N_ ("%s and %s belong to the same site, and it has no parent"),
  [PTL_SCOPE_ASSIGNED]
  = N_ ("of %s and %s, the site system's site is the client's or, for a secondary site, its parent"),
  [PTL_SCOPE_SUBTREE] = N_ ("the site of %s is that of %s or above it"),
  [PTL_SCOPE_HIERARCHY] = N_ ("%s and %s belong to the same hierarchy"),
  [PTL_SCOPE_PARENT_CHILD] = N_ ("of %s and %s, one belongs to the parent site of the other's"),
  [PTL_SCOPE_TO_PARENT] = N_ ("%s belongs to a child site of that of %s"),
  [PTL_SCOPE_ZONE] = N_ ("%s and %s belong to the same site and stand in the same zone"),
  [PTL_SCOPE_LINK] = N_ ("a link leads from %s to %s"),
};

/* The text with both sides in their places. */
static char *
scope_words (const Testing *t)
{
  const char *text = _ (scope_texts[t->c.scope]), *two = strstr (text, "%s"), *second = strstr (two + 2, "%s");
  GString *words = g_string_new_len (text, two - text);

  g_string_append (words, node_name (t->c.from, t->called));
  g_string_append_len (words, two + 2, second - two - 2);
  g_string_append (words, node_name (t->c.to, t->called));
  g_string_append (words, second + 2);
  return g_string_free (words, FALSE);
}

static void
note_scope (const Testing *t)
{
  const PtlCandidate *c = &t->c;
  gboolean holds = ptl_candidate_in_scope (c);
  gboolean waived = holds && (c->from->site < 0 || c->to->site < 0);
  const char *from = site_text (c->graph, c->from), *to = site_text (c->graph, c->to);
  g_autofree char *words = scope_words (t);
  g_autofree char *sites
      = g_strdup_printf (waived ? _ ("sites: %s, %s, which goes for every site") : _ ("sites: %s, %s"), from, to);

  if (t->called == PTL_CALLED_BY_IDS)
    note (t, holds, (PtlTest){ PTL_TEST_SCOPE },
          g_strdup_printf ("scope %s asks that %s (%s)", ptl_scope_names[c->scope], words, sites));
  else
    /* Translators: a condition and the sites of the two nodes. */
    note (t, holds, (PtlTest){ PTL_TEST_SCOPE }, g_strdup_printf (_ ("asks that %s (%s)"), words, sites));
}

static void
note_feature (const Testing *t, int feature)
{
  const PtlFeature *f;
  g_autofree char *name = NULL;
  gboolean holds;

  if (feature < 0)
    return;
  f = ptl_catalogue_feature (t->c.graph->catalogue, feature);
  name = quoted ("feature", f->name, f->title, t->called);
  holds = t->c.graph->features[feature];
  note (t, holds, (PtlTest){ PTL_TEST_FEATURE, .which = (guint) feature },
        g_strdup_printf (holds ? _ ("%s: it is on") : _ ("%s: turn it on"), name));
}

/* How a condition's subject is called, and its value now; free both with g_free (). */
static char *
read_subject (const Testing *t, const PtlCondition *condition, PtlTest *test, char **value)
{
  const PtlCandidate *c = &t->c;
  gboolean from = condition->subject == PTL_SUBJECT_FROM;
  const PtlGraphNode *node = from ? c->from : c->to;
  const PtlRoleUse *use = from ? c->from_use : c->to_use;
  const PtlOption *option;

  *test = (PtlTest){ PTL_TEST_SETTING, index_of (t, node), condition->setting, 0, NULL };
  if (condition->subject == PTL_SUBJECT_SETTING)
    {
      *value = g_strdup (node->values[condition->setting]->text);
      return ptl_why_setting (c->graph, condition->setting, test->node, t->called);
    }
  test->kind = PTL_TEST_OPTION;
  test->which = use->role;
  test->option = (guint) ptl_role_find_option (ptl_catalogue_role (c->graph->catalogue, use->role), condition->option);
  option = &ptl_catalogue_role (c->graph->catalogue, use->role)->options[test->option];
  *value = ptl_option_text (option, use->options[test->option]);
  return option_words (t, node, option);
}

static void
note_conditions (const Testing *t, const PtlConditions *conditions)
{
  for (guint i = 0; i < conditions->n; i++)
    {
      const PtlCondition *condition = &conditions->items[i];
      g_autofree char *value = NULL, *subject = NULL;
      PtlTest test;

      subject = read_subject (t, condition, &test, &value);
      if (ptl_candidate_condition (&t->c, condition))
        note (t, TRUE, test, g_strdup_printf (_ ("%s is %s"), subject, value));
      else if (condition->negated)
        note (t, FALSE, test,
              g_strdup_printf (_ ("%s is %s: set it to another value than %s"), subject, value, condition->word));
      else
        note (t, FALSE, test, g_strdup_printf (_ ("%s is %s: set it to %s"), subject, value, condition->word));
    }
}

/* Whether the system answers on the side of the internet where the client is. */
static void
note_facing (const Testing *t, PtlLocation location)
{
  const PtlCandidate *c = &t->c;
  const PtlRole *role = ptl_catalogue_role (c->graph->catalogue, c->to_use->role);
  int option = ptl_role_find_option (role, "internet-facing");
  PtlTest test = { PTL_TEST_OPTION, index_of (t, c->to), c->to_use->role, (guint) option, NULL };
  g_autofree char *value = NULL, *subject = NULL;

  if (option < 0)
    return;
  value = ptl_option_text (&role->options[option], c->to_use->options[option]);
  subject = option_words (t, c->to, &role->options[option]);
  if (ptl_candidate_is_answered (c, location))
    note (t, TRUE, test, g_strdup_printf (_ ("%s is %s"), subject, value));
  else
    note (t, FALSE, test, g_strdup_printf (_ ("%s is %s: set it to %s"), subject, value, "yes"));
}

static void
note_location (const Testing *t, PtlLocation location)
{
  static const char *const texts[] = {
    [PTL_LOCATION_NONE] = "",
    [PTL_LOCATION_INTRANET] = N_ ("asks that the client is not on the internet"),
    [PTL_LOCATION_ANY] = N_ ("lets the client stand anywhere"),
    [PTL_LOCATION_CLOUD] = N_ ("asks that the client's option “cmg” lets it use the gateway from where it stands"),
  };
  const PtlCandidate *c = &t->c;
  gboolean from = ptl_catalogue_role (c->graph->catalogue, c->from_use->role)->kind == PTL_ROLE_CLIENT_LIKE;
  const PtlGraphNode *client = from ? c->from : c->to;
  const PtlGraphZone *zone = client->zone >= 0 ? &c->graph->zones[client->zone] : NULL;
  const char *name = node_name (client, t->called);
  const char *place = zone == NULL ? _ ("no zone") : t->called == PTL_CALLED_BY_IDS ? zone->id : zone->name;
  gboolean holds = ptl_candidate_has_client (c) && ptl_candidate_in_place (c, location);
  const PtlTest test = { PTL_TEST_LOCATION, index_of (t, client), 0, 0, NULL };

  if (!ptl_candidate_has_client (c))
    return;
  if (t->called == PTL_CALLED_BY_IDS)
    note (t, holds, test,
          g_strdup_printf ("location %s %s (%s stands in %s)", ptl_location_names[location], texts[location], name,
                           place));
  else
    /* Translators: a condition, and in which zone the client stands. */
    note (t, holds, test, g_strdup_printf (_ ("%s (%s stands in %s)"), _ (texts[location]), name, place));
  note_facing (t, location);
}

static void
note_start (const Testing *t, gboolean back)
{
  const PtlGraphNode *node = back ? t->c.to : t->c.from;
  const PtlTest test = { PTL_TEST_START, index_of (t, node), 0, 0, NULL };

  if (!ptl_candidate_waits (&t->c, back))
    return;
  if (t->called == PTL_CALLED_BY_IDS)
    note (t, FALSE, test,
          g_strdup_printf ("option site-server-initiates of %s leaves it to the site server to start: remove it",
                           node->id));
  else
    note (t, FALSE, test,
          g_strdup_printf (_ ("%s leaves it to the site server to start conversations: turn that off"), node->name));
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
  why->met = g_ptr_array_new_with_free_func (free_test);
  why->missing = g_ptr_array_new_with_free_func (free_test);
  take_ranges (why, c, &c->rule->services[index]);
  return why;
}

static void
try_service (GPtrArray *found, const Testing *t, guint rule, guint index, gboolean back)
{
  const PtlService *service = &t->c.rule->services[index];
  Testing tried = *t;

  tried.why = why_new (&t->c, rule, index, back, t->c.from_use->role);
  note_scope (&tried);
  note_feature (&tried, t->c.rule->feature);
  note_feature (&tried, service->feature);
  note_conditions (&tried, &t->c.rule->conditions);
  note_conditions (&tried, &service->conditions);
  note_location (&tried, ptl_service_location (t->c.rule, service));
  note_start (&tried, back);
  g_ptr_array_add (found, tried.why);
}

/* A service that one of the nodes lacks the role for: more than that cannot be said. */
static void
lack_role (GPtrArray *found, const Testing *t, guint rule, guint index, gboolean back, guint from_role)
{
  const PtlCandidate *c = &t->c;
  guint missing = c->from_use == NULL ? from_role : c->rule->to;
  const PtlGraphNode *node = c->from_use == NULL ? c->from : c->to;
  PtlWhy *why = why_new (c, rule, index, back, from_role);

  why->lacks_role = TRUE;
  ptl_why_lack (why, (PtlTest){ PTL_TEST_ROLE, index_of (t, node), missing, 0, NULL },
                g_strdup_printf (_ ("%s does not hold the role %s: add it"), node_name (node, t->called),
                                 ptl_why_role (c->graph, missing, t->called)));
  g_ptr_array_add (found, why);
}

/* Tries a rule on two nodes, of which at least one holds its side's role. */
static void
try_rule (GPtrArray *found, const PtlGraph *graph, PtlCalled called, guint index, const PtlGraphNode *from,
          const PtlGraphNode *to, gboolean back)
{
  const PtlRule *rule = ptl_catalogue_rule (graph->catalogue, index);
  Testing t = { { graph, rule, PTL_SCOPE_ANY, from, to, NULL, ptl_graph_node_role (to, rule->to) }, called, NULL };

  for (guint i = 0; i < rule->n_from; i++)
    {
      t.c.from_use = ptl_graph_node_role (from, rule->from[i].role);
      t.c.scope = rule->from[i].scope;
      for (guint j = 0; j < rule->n_services; j++)
        if (t.c.from_use != NULL && t.c.to_use != NULL)
          try_service (found, &t, index, j, back);
        else if (t.c.from_use != NULL || t.c.to_use != NULL)
          lack_role (found, &t, index, j, back, rule->from[i].role);
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
ptl_why (const PtlFlows *flows, guint source, guint destination, PtlCalled called)
{
  const PtlGraph *graph = flows->graph;
  const PtlGraphNode *a = &graph->nodes[source], *b = &graph->nodes[destination];
  GPtrArray *found = g_ptr_array_new_with_free_func (free_why);

  for (guint i = 0; i < graph->catalogue->rules->len; i++)
    {
      try_rule (found, graph, called, i, a, b, FALSE);
      if (ptl_catalogue_rule (graph->catalogue, i)->two_way)
        try_rule (found, graph, called, i, b, a, TRUE);
    }
  g_ptr_array_sort (found, compare_whys);
  return found;
}

void
ptl_why_lack (PtlWhy *why, PtlTest test, char *text)
{
  test.text = text;
  g_ptr_array_add (why->missing, g_memdup2 (&test, sizeof test));
}
