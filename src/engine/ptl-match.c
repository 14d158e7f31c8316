#include "ptl-match.h"

#include <string.h>

static gboolean
is_parent (const PtlGraph *graph, int parent, int child)
{
  return graph->sites[child].parent == parent;
}

static gboolean
is_same_or_below (const PtlGraph *graph, int site, int above)
{
  for (guint steps = 0; site >= 0 && steps <= graph->n_sites; steps++)
    {
      if (site == above)
        return TRUE;
      site = graph->sites[site].parent;
    }
  return FALSE;
}

/* Whether the site is in the reach of a client-like node of `client_site`. */
static gboolean
is_in_reach (const PtlGraph *graph, int client_site, int site)
{
  const PtlGraphSite *own = &graph->sites[client_site];

  return site == client_site || (own->kind == PTL_SITE_SECONDARY && own->parent == site);
}

static gboolean
is_client_like (const PtlCandidate *c, const PtlRoleUse *use)
{
  return ptl_catalogue_role (c->graph->catalogue, use->role)->kind == PTL_ROLE_CLIENT_LIKE;
}

static gboolean
is_assigned (const PtlCandidate *c)
{
  int a = c->from->site, b = c->to->site;
  gboolean from = is_client_like (c, c->from_use), to = is_client_like (c, c->to_use);

  if (!from && !to)
    return FALSE;
  if (a < 0 || b < 0)
    return TRUE;
  return (from && is_in_reach (c->graph, a, b)) || (to && is_in_reach (c->graph, b, a));
}

static gboolean
is_at_top (const PtlCandidate *c)
{
  int a = c->from->site, b = c->to->site;

  if (a >= 0 && b >= 0 && a != b)
    return FALSE;
  a = MAX (a, b);
  return a < 0 || c->graph->sites[a].parent < 0;
}

static gboolean
is_linked (const PtlCandidate *c)
{
  for (guint i = 0; i < c->graph->n_links; i++)
    {
      const PtlGraphLink *link = &c->graph->links[i];

      if ((int) link->kind == c->rule->link && &c->graph->nodes[link->from] == c->from
          && &c->graph->nodes[link->to] == c->to)
        return TRUE;
    }
  return FALSE;
}

/* Whether the rule's scope joins the two nodes. */
gboolean
ptl_candidate_in_scope (const PtlCandidate *c)
{
  const PtlGraph *graph = c->graph;
  int a = c->from->site, b = c->to->site;
  gboolean waived = a < 0 || b < 0;

  switch (c->scope)
    {
    case PTL_SCOPE_ANY:
      return TRUE;
    case PTL_SCOPE_SITE:
      return waived || a == b;
    case PTL_SCOPE_TOP:
      return is_at_top (c);
    case PTL_SCOPE_ASSIGNED:
      return is_assigned (c);
    case PTL_SCOPE_SUBTREE:
      return waived || is_same_or_below (graph, b, a);
    case PTL_SCOPE_HIERARCHY:
      return waived || graph->sites[a].top == graph->sites[b].top;
    case PTL_SCOPE_PARENT_CHILD:
      return !waived && (is_parent (graph, a, b) || is_parent (graph, b, a));
    case PTL_SCOPE_TO_PARENT:
      return !waived && is_parent (graph, b, a);
    case PTL_SCOPE_ZONE:
      return (waived || a == b) && c->from->zone >= 0 && c->from->zone == c->to->zone;
    case PTL_SCOPE_LINK:
      return is_linked (c);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_on_internet (const PtlCandidate *c, const PtlGraphNode *node)
{
  return node->zone >= 0 && c->graph->zones[node->zone].kind == PTL_ZONE_INTERNET;
}

static gboolean
goes_by_cloud (const PtlCandidate *c, const PtlRoleUse *client, gboolean internet)
{
  const char *word = ptl_role_use_word (c->graph->catalogue, client, "cmg");

  if (g_strcmp0 (word, "always") == 0)
    return TRUE;
  return internet && g_strcmp0 (word, "never") != 0;
}

static gboolean
is_client_on_internet (const PtlCandidate *c)
{
  return (is_client_like (c, c->from_use) && is_on_internet (c, c->from))
         || (is_client_like (c, c->to_use) && is_on_internet (c, c->to));
}

/* Whether the system's option `internet-facing` lets it answer a client-like source where that stands. */
gboolean
ptl_candidate_is_answered (const PtlCandidate *c, PtlLocation location)
{
  const char *facing = ptl_role_use_word (c->graph->catalogue, c->to_use, "internet-facing");

  if (!is_client_like (c, c->from_use) || facing == NULL)
    return TRUE;
  if (!is_on_internet (c, c->from))
    return strcmp (facing, "only") != 0;
  return location != PTL_LOCATION_ANY || strcmp (facing, "no") != 0;
}

/* Whether the client-like side stands where a service at `location` is meant to be used. */
gboolean
ptl_candidate_in_place (const PtlCandidate *c, PtlLocation location)
{
  gboolean internet = is_client_on_internet (c);

  switch (location)
    {
    case PTL_LOCATION_INTRANET:
      return !internet;
    case PTL_LOCATION_CLOUD:
      return goes_by_cloud (c, is_client_like (c, c->from_use) ? c->from_use : c->to_use, internet);
    case PTL_LOCATION_ANY:
      return TRUE;
    case PTL_LOCATION_NONE:
    default:
      g_assert_not_reached ();
    }
}

/* Whether one of the candidate's sides is client-like: a rule without such a side has no location. */
gboolean
ptl_candidate_has_client (const PtlCandidate *c)
{
  return is_client_like (c, c->from_use) || is_client_like (c, c->to_use);
}

/* Whether a service at `location` is there for the client-like side, if there is one. */
gboolean
ptl_candidate_in_location (const PtlCandidate *c, PtlLocation location)
{
  return !ptl_candidate_has_client (c)
         || (ptl_candidate_in_place (c, location) && ptl_candidate_is_answered (c, location));
}

gboolean
ptl_candidate_condition (const PtlCandidate *c, const PtlCondition *condition)
{
  const PtlRoleUse *use = condition->subject == PTL_SUBJECT_FROM ? c->from_use : c->to_use;
  const PtlRole *role;
  int option;
  gboolean equal;

  if (condition->subject == PTL_SUBJECT_SETTING)
    return (strcmp (c->to->values[condition->setting]->text, condition->word) == 0) != condition->negated;
  role = ptl_catalogue_role (c->graph->catalogue, use->role);
  option = ptl_role_find_option (role, condition->option);
  equal = role->options[option].values != NULL
              ? strcmp (role->options[option].values[use->options[option]], condition->word) == 0
              : use->options[option] == condition->number;
  return equal != condition->negated;
}

gboolean
ptl_candidate_waits (const PtlCandidate *c, gboolean back)
{
  const PtlCatalogue *catalogue = c->graph->catalogue;
  const PtlRole *starter = ptl_catalogue_role (catalogue, back ? c->to_use->role : c->from_use->role);
  const PtlRole *other = ptl_catalogue_role (catalogue, back ? c->from_use->role : c->to_use->role);

  return c->rule->two_way && (back ? c->to : c->from)->site_server_initiates && starter->kind == PTL_ROLE_SITE_SYSTEM
         && !starter->site_server && other->site_server;
}

/* The classes that hold a role, by site: those without one first. */
typedef struct
{
  guint n;
  guint *classes;
  const PtlRoleUse **uses;
} Holders;

typedef struct
{
  const PtlFlows *flows;
  const PtlGraph *graph;
  Holders *holders;    /* by role */
  GArray **children;   /* of a site: the sites below it; NULL for none */
  const PtlRule *rule; /* the one at hand */
  guint rule_index;
  guint32 enabled;                             /* its services whose features are on */
  guint32 at_location[PTL_LOCATION_CLOUD + 1]; /* and by location */
  GArray *matches;
} Matcher;

static int
compare_sites (gconstpointer a, gconstpointer b, gpointer data)
{
  const PtlFlows *flows = data;
  guint one = *(const guint *) a, other = *(const guint *) b;
  int site = flows->graph->nodes[flows->classes[one].node].site;
  int other_site = flows->graph->nodes[flows->classes[other].node].site;

  if (site != other_site)
    return site < other_site ? -1 : 1;
  return one < other ? -1 : 1;
}

static const PtlGraphNode *
class_node (const Matcher *m, guint class)
{
  return &m->graph->nodes[m->flows->classes[class].node];
}

static void
find_holders (Matcher *m)
{
  guint n_roles = m->graph->catalogue->roles->len;

  m->holders = g_new0 (Holders, n_roles);
  for (guint i = 0; i < m->flows->n_classes; i++)
    for (guint j = 0; j < class_node (m, i)->n_roles; j++)
      m->holders[class_node (m, i)->roles[j].role].n++;
  for (guint i = 0; i < n_roles; i++)
    {
      m->holders[i].classes = g_new (guint, m->holders[i].n + 1);
      m->holders[i].uses = g_new (const PtlRoleUse *, m->holders[i].n + 1);
      m->holders[i].n = 0;
    }
  for (guint i = 0; i < m->flows->n_classes; i++)
    for (guint j = 0; j < class_node (m, i)->n_roles; j++)
      {
        Holders *h = &m->holders[class_node (m, i)->roles[j].role];

        h->classes[h->n++] = i;
      }
  for (guint i = 0; i < n_roles; i++)
    {
      Holders *h = &m->holders[i];

      g_qsort_with_data (h->classes, (int) h->n, sizeof (guint), compare_sites, (gpointer) m->flows);
      for (guint j = 0; j < h->n; j++)
        h->uses[j] = ptl_graph_node_role (class_node (m, h->classes[j]), i);
    }
}

static void
find_children (Matcher *m)
{
  m->children = g_new0 (GArray *, m->graph->n_sites + 1);
  for (guint i = 0; i < m->graph->n_sites; i++)
    {
      int parent = m->graph->sites[i].parent;

      if (parent < 0)
        continue;
      if (m->children[parent] == NULL)
        m->children[parent] = g_array_new (FALSE, FALSE, sizeof (int));
      g_array_append_val (m->children[parent], i);
    }
}

/* Those conditions hold that look at the named side only (settings belong to the to side). */
static gboolean
side_conditions_hold (const PtlCandidate *c, const PtlConditions *conditions, gboolean from_side)
{
  for (guint i = 0; i < conditions->n; i++)
    if ((conditions->items[i].subject == PTL_SUBJECT_FROM) == from_side
        && !ptl_candidate_condition (c, &conditions->items[i]))
      return FALSE;
  return TRUE;
}

/* The services of the rule that one side's node allows, whatever stands on the other. */
static guint32
side_services (const Matcher *m, const PtlGraphNode *node, const PtlRoleUse *use, gboolean from_side)
{
  PtlCandidate c = { m->graph, m->rule, PTL_SCOPE_ANY, node, node, use, use };
  guint32 services = m->enabled;

  if (!side_conditions_hold (&c, &m->rule->conditions, from_side))
    return 0;
  for (guint i = 0; i < m->rule->n_services; i++)
    if (!side_conditions_hold (&c, &m->rule->services[i].conditions, from_side))
      services &= ~(1u << i);
  return services;
}

static guint32
location_services (const Matcher *m, const PtlCandidate *c)
{
  guint32 services = m->at_location[PTL_LOCATION_NONE];

  for (PtlLocation l = PTL_LOCATION_INTRANET; l <= PTL_LOCATION_CLOUD; l++)
    if (m->at_location[l] != 0 && ptl_candidate_in_location (c, l))
      services |= m->at_location[l];
  return services;
}

static void
add_matches (Matcher *m, const PtlCandidate *c, guint from, guint to, guint32 services)
{
  PtlMatch match = { from, to, services, (guint16) m->rule_index, FALSE };

  if (!ptl_candidate_waits (c, FALSE))
    g_array_append_val (m->matches, match);
  if (m->rule->two_way && !ptl_candidate_waits (c, TRUE))
    {
      match = (PtlMatch){ to, from, services, (guint16) m->rule_index, TRUE };
      g_array_append_val (m->matches, match);
    }
}

/* Tries one pair of classes whose sides allow `services`; `linked` when a link joins them. */
static void
try_pair (Matcher *m, PtlCandidate *c, guint from, guint to, guint32 services, gboolean linked)
{
  if (services == 0 || (from == to && m->flows->classes[from].n_members == 1))
    return;
  if (!linked && !ptl_candidate_in_scope (c))
    return;
  services &= location_services (m, c);
  if (services != 0)
    add_matches (m, c, from, to, services);
}

/* The first of the holders whose site is not below the given one. */
static guint
lower_bound (const Matcher *m, const Holders *h, int site)
{
  guint low = 0, high = h->n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (class_node (m, h->classes[middle])->site < site)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* One class on the from side, and what the to side allows by holder. */
typedef struct
{
  guint class;
  const PtlRoleUse *use;
  PtlScope scope;
  guint32 services;
  const guint32 *to_services;
} FromSide;

static void
try_range (Matcher *m, const FromSide *side, guint first, guint end)
{
  const Holders *to = &m->holders[m->rule->to];
  PtlCandidate c = { m->graph, m->rule, side->scope, class_node (m, side->class), NULL, side->use, NULL };

  for (guint i = first; i < end; i++)
    {
      c.to = class_node (m, to->classes[i]);
      c.to_use = to->uses[i];
      try_pair (m, &c, side->class, to->classes[i], side->services & side->to_services[i], FALSE);
    }
}

static void
try_site (Matcher *m, const FromSide *side, int site)
{
  const Holders *to = &m->holders[m->rule->to];

  try_range (m, side, lower_bound (m, to, site), lower_bound (m, to, site + 1));
}

static gboolean
scope_stays_near (PtlScope scope)
{
  return scope != PTL_SCOPE_ANY && scope != PTL_SCOPE_SUBTREE && scope != PTL_SCOPE_HIERARCHY;
}

/* Every class that the scope could join to this one: for the scopes that stay near, those of the same
 * site, its parent, its children and no site; the scope's own test decides. */
static void
try_from (Matcher *m, const FromSide *side)
{
  int site = class_node (m, side->class)->site;
  const GArray *children;

  if (site < 0 || !scope_stays_near (side->scope))
    {
      try_range (m, side, 0, m->holders[m->rule->to].n);
      return;
    }
  try_site (m, side, -1);
  try_site (m, side, site);
  if (side->scope != PTL_SCOPE_ASSIGNED && side->scope != PTL_SCOPE_PARENT_CHILD && side->scope != PTL_SCOPE_TO_PARENT)
    return;
  children = m->children[site];
  if (m->graph->sites[site].parent >= 0 && m->graph->sites[site].parent != site)
    try_site (m, side, m->graph->sites[site].parent);
  for (guint i = 0; children != NULL && i < children->len; i++)
    if (g_array_index (children, int, i) != site && g_array_index (children, int, i) != m->graph->sites[site].parent)
      try_site (m, side, g_array_index (children, int, i));
}

static void
try_links (Matcher *m, guint from_role)
{
  for (guint i = 0; i < m->graph->n_links; i++)
    {
      const PtlGraphLink *link = &m->graph->links[i];
      const PtlGraphNode *from = &m->graph->nodes[link->from], *to = &m->graph->nodes[link->to];
      PtlCandidate c = { m->graph,
                         m->rule,
                         PTL_SCOPE_LINK,
                         from,
                         to,
                         ptl_graph_node_role (from, from_role),
                         ptl_graph_node_role (to, m->rule->to) };

      if ((int) link->kind == m->rule->link && c.from_use != NULL && c.to_use != NULL)
        try_pair (m, &c, m->flows->class_of[link->from], m->flows->class_of[link->to],
                  side_services (m, from, c.from_use, TRUE) & side_services (m, to, c.to_use, FALSE), TRUE);
    }
}

static void
prepare_rule (Matcher *m, guint index)
{
  const PtlRule *rule = ptl_catalogue_rule (m->graph->catalogue, index);

  m->rule = rule;
  m->rule_index = index;
  m->enabled = 0;
  memset (m->at_location, 0, sizeof m->at_location);
  for (guint i = 0; i < rule->n_services; i++)
    {
      const PtlService *service = &rule->services[i];

      if ((rule->feature < 0 || m->graph->features[rule->feature])
          && (service->feature < 0 || m->graph->features[service->feature]))
        {
          m->enabled |= 1u << i;
          m->at_location[ptl_service_location (rule, service)] |= 1u << i;
        }
    }
}

static void
match_rule (Matcher *m, guint index)
{
  const Holders *to;
  g_autofree guint32 *to_services = NULL;

  prepare_rule (m, index);
  to = &m->holders[m->rule->to];
  if (m->enabled == 0 || to->n == 0)
    return;
  to_services = g_new (guint32, to->n);
  for (guint i = 0; i < to->n; i++)
    to_services[i] = side_services (m, class_node (m, to->classes[i]), to->uses[i], FALSE);
  for (guint f = 0; f < m->rule->n_from; f++)
    {
      const PtlRuleFrom *from = &m->rule->from[f];
      const Holders *h = &m->holders[from->role];

      if (from->scope == PTL_SCOPE_LINK)
        try_links (m, from->role);
      else
        for (guint i = 0; i < h->n; i++)
          {
            FromSide side = { h->classes[i], h->uses[i], from->scope,
                              side_services (m, class_node (m, h->classes[i]), h->uses[i], TRUE), to_services };

            if (side.services != 0)
              try_from (m, &side);
          }
    }
}

GArray *
ptl_match_all (const PtlFlows *flows)
{
  Matcher m = { .flows = flows, .graph = flows->graph };

  m.matches = g_array_new (FALSE, FALSE, sizeof (PtlMatch));
  find_holders (&m);
  find_children (&m);
  for (guint i = 0; i < m.graph->catalogue->rules->len; i++)
    match_rule (&m, i);
  for (guint i = 0; i < m.graph->catalogue->roles->len; i++)
    {
      g_free (m.holders[i].classes);
      g_free (m.holders[i].uses);
    }
  g_free (m.holders);
  for (guint i = 0; i < m.graph->n_sites; i++)
    g_clear_pointer (&m.children[i], g_array_unref);
  g_free (m.children);
  return m.matches;
}
