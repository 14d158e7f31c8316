#include "ptl-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ptl-records.h"

typedef const PtlValue *const *Values;

typedef struct
{
  const PtlPlan *plan;
  PtlPlanIndex *index;
  PtlGraph *graph;
  const Values *site_values; /* of a node at the site without settings of its own */
  Values plan_values;        /* of one without a site */
} Builder;

static int
find (const Builder *b, PtlThing thing, const char *name)
{
  return name != NULL ? ptl_plan_index_find (b->index, thing, name) : -1;
}

/* The values of `above` where `sets` has none; nothing is copied when it has none at all. */
static Values
override_values (const Builder *b, Values above, const GPtrArray *sets)
{
  guint n = b->plan->catalogue->settings->len;
  const PtlValue **values;

  if (sets->len == 0)
    return above;
  values = ptl_graph_alloc (b->graph, n, sizeof *values);
  for (guint i = 0; i < n; i++)
    values[i] = above[i];
  for (guint i = 0; i < sets->len; i++)
    {
      const PtlSet *set = sets->pdata[i];

      values[set->setting] = ptl_graph_value (b->graph, set->setting, set->value);
    }
  return values;
}

static void
build_plan_values (Builder *b)
{
  const PtlCatalogue *catalogue = b->plan->catalogue;
  const PtlValue **values = ptl_graph_alloc (b->graph, catalogue->settings->len, sizeof *values);

  for (guint i = 0; i < catalogue->settings->len; i++)
    values[i] = ptl_graph_value (b->graph, i, ptl_catalogue_setting (catalogue, i)->initial);
  b->plan_values = override_values (b, values, b->plan->sets);
}

static void
build_features (Builder *b)
{
  for (guint i = 0; i < b->plan->catalogue->features->len; i++)
    b->graph->features[i] = ptl_catalogue_feature (b->plan->catalogue, i)->initial;
  for (guint i = 0; i < b->plan->features->len; i++)
    {
      const PtlFeatureSet *feature = b->plan->features->pdata[i];

      b->graph->features[feature->feature] = feature->enabled;
    }
}

static void
build_sites (Builder *b)
{
  PtlGraph *graph = b->graph;
  Values *site_values = ptl_graph_alloc (graph, b->plan->sites->len, sizeof *site_values);

  graph->n_sites = b->plan->sites->len;
  graph->sites = ptl_graph_alloc (graph, graph->n_sites, sizeof *graph->sites);
  for (guint i = 0; i < graph->n_sites; i++)
    {
      const PtlSite *site = b->plan->sites->pdata[i];

      graph->sites[i] = (PtlGraphSite){
        .code = ptl_graph_string (graph, site->code),
        .name = ptl_graph_string (graph, site->name),
        .note = ptl_graph_string (graph, site->note),
        .kind = site->kind,
        .parent = find (b, PTL_THING_SITE, site->parent),
      };
      site_values[i] = override_values (b, b->plan_values, site->sets);
    }
  b->site_values = site_values;
}

static void
build_zones (Builder *b)
{
  PtlGraph *graph = b->graph;

  graph->n_zones = b->plan->zones->len;
  graph->zones = ptl_graph_alloc (graph, graph->n_zones, sizeof *graph->zones);
  for (guint i = 0; i < graph->n_zones; i++)
    {
      const PtlZone *zone = b->plan->zones->pdata[i];

      graph->zones[i] = (PtlGraphZone){
        .id = ptl_graph_string (graph, zone->id),
        .name = ptl_graph_string (graph, zone->name),
        .note = ptl_graph_string (graph, zone->note),
        .kind = zone->kind,
      };
    }
}

static const guint *
firewall_zones (const Builder *b, const PtlFirewall *firewall)
{
  guint *zones = ptl_graph_alloc (b->graph, firewall->zones->len, sizeof *zones);

  for (guint i = 0; i < firewall->zones->len; i++)
    zones[i] = (guint) find (b, PTL_THING_ZONE, firewall->zones->pdata[i]);
  return zones;
}

static void
build_firewalls (Builder *b)
{
  PtlGraph *graph = b->graph;

  graph->n_firewalls = b->plan->firewalls->len;
  graph->firewalls = ptl_graph_alloc (graph, graph->n_firewalls, sizeof *graph->firewalls);
  for (guint i = 0; i < graph->n_firewalls; i++)
    {
      const PtlFirewall *firewall = b->plan->firewalls->pdata[i];

      graph->firewalls[i] = (PtlGraphFirewall){
        .id = ptl_graph_string (graph, firewall->id),
        .name = ptl_graph_string (graph, firewall->name),
        .note = ptl_graph_string (graph, firewall->note),
        .n_zones = firewall->zones->len,
        .zones = firewall_zones (b, firewall),
        .managed = firewall->managed,
      };
    }
}

static int
compare_uses (gconstpointer a, gconstpointer b)
{
  guint one = ((const PtlRoleUse *) a)->role, other = ((const PtlRoleUse *) b)->role;

  return (one > other) - (one < other);
}

static void
build_node (Builder *b, const PtlNode *node, PtlGraphNode *built, PtlRoleUse *roles)
{
  int site = find (b, PTL_THING_SITE, node->site);

  for (guint i = 0; i < node->roles->len; i++)
    roles[i] = ((const PtlNodeRole *) node->roles->pdata[i])->use;
  qsort (roles, node->roles->len, sizeof *roles, compare_uses);
  *built = (PtlGraphNode){
    .id = ptl_graph_string (b->graph, node->id),
    .name = ptl_graph_string (b->graph, node->name),
    .note = ptl_graph_string (b->graph, node->note),
    .addresses = ptl_graph_string (b->graph, node->addresses),
    .zone = find (b, PTL_THING_ZONE, node->zone),
    .site = site,
    .site_server_initiates = node->site_server_initiates,
    .n_roles = node->roles->len,
    .roles = roles,
    .values = override_values (b, site >= 0 ? b->site_values[site] : b->plan_values, node->sets),
  };
}

static void
build_nodes (Builder *b)
{
  const GPtrArray *nodes = b->plan->nodes;
  PtlRoleUse *roles;
  gsize n_roles = 0;

  for (guint i = 0; i < nodes->len; i++)
    n_roles += ((const PtlNode *) nodes->pdata[i])->roles->len;
  roles = ptl_graph_alloc (b->graph, n_roles, sizeof *roles);
  b->graph->n_nodes = nodes->len;
  b->graph->nodes = ptl_graph_alloc (b->graph, nodes->len, sizeof *b->graph->nodes);
  for (guint i = 0; i < nodes->len; i++)
    {
      build_node (b, nodes->pdata[i], &b->graph->nodes[i], roles);
      roles += b->graph->nodes[i].n_roles;
    }
}

static void
build_links (Builder *b)
{
  PtlGraph *graph = b->graph;

  graph->n_links = b->plan->links->len;
  graph->links = ptl_graph_alloc (graph, graph->n_links, sizeof *graph->links);
  for (guint i = 0; i < graph->n_links; i++)
    {
      const PtlLink *link = b->plan->links->pdata[i];

      graph->links[i] = (PtlGraphLink){
        .kind = link->kind,
        .from = (guint) find (b, PTL_THING_NODE, link->from),
        .to = (guint) find (b, PTL_THING_NODE, link->to),
      };
    }
}

/**
 * ptl_plan_to_graph:
 * @plan: a plan whose references all lead somewhere, as one that was read
 *
 * A setting's effective value is the node's, else its site's, else the plan's, else the catalogue's
 * default; a parent site's settings are not inherited.
 *
 * Returns: (transfer full): a snapshot that later changes of the plan do not touch; it needs the plan's
 * catalogue, nothing else
 */
PtlGraph *
ptl_plan_to_graph (PtlPlan *plan)
{
  g_autoptr (PtlPlanIndex) index = ptl_plan_index_new_for_plan (plan);
  Builder b = { .plan = plan, .index = index, .graph = ptl_graph_new (plan->catalogue) };

  b.graph->title = ptl_graph_string (b.graph, plan->title);
  build_features (&b);
  build_plan_values (&b);
  build_sites (&b);
  build_zones (&b);
  build_firewalls (&b);
  build_nodes (&b);
  build_links (&b);
  ptl_graph_find_tops (b.graph);
  return b.graph;
}

/**
 * ptl_plan_setting_origin:
 * @node: its index in the plan
 *
 * Returns: where a person changes the node's effective value of the setting, as the end of a sentence
 */
const char *
ptl_plan_setting_origin (const PtlPlan *plan, guint node, guint setting)
{
  const PtlNode *n = plan->nodes->pdata[node];

  if (ptl_sets_find (n->sets, setting, NULL) != NULL)
    return _ ("set at the node");
  for (guint i = 0; i < plan->sites->len && n->site != NULL; i++)
    {
      const PtlSite *site = plan->sites->pdata[i];

      if (strcmp (site->code, n->site) == 0 && ptl_sets_find (site->sets, setting, NULL) != NULL)
        return _ ("set at its site");
    }
  return ptl_sets_find (plan->sets, setting, NULL) != NULL ? _ ("set in the plan") : _ ("the default");
}
