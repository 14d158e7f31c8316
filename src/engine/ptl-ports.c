#include "ptl-ports.h"

#include <string.h>

static const PtlGraph *
graph_of (const PtlPorts *ports)
{
  return ports->talks->routes->flows->graph;
}

/* The flows of a bundle that the lens shows: the bundle's own array when that is all of them. */
static const PtlFlow *
shown_flows (PtlPorts *ports, const PtlBundle *bundle, guint *n)
{
  const PtlCatalogue *catalogue = graph_of (ports)->catalogue;
  g_autofree PtlFlow *shown = g_new (PtlFlow, bundle->n);

  *n = 0;
  for (guint i = 0; i < bundle->n; i++)
    if (ptl_lens_shows_flow (&ports->talks->lens, catalogue, &bundle->flows[i]))
      shown[(*n)++] = bundle->flows[i];
  if (*n == 0 || *n == bundle->n)
    return bundle->flows;
  g_ptr_array_add (ports->blocks, shown);
  return g_steal_pointer (&shown);
}

static void
add_group (PtlPorts *ports, PtlPortGroup group, const PtlBundle *bundle)
{
  if (bundle == NULL || group.n_sources == 0 || group.n_destinations == 0)
    return;
  if (ptl_lens_shows_nodes (&ports->talks->lens, ports->talks->routes, group.sources[0], group.destinations[0]))
    group.flows = shown_flows (ports, bundle, &group.n);
  ports->n_hidden += bundle->n - group.n;
  if (group.n > 0)
    g_array_append_val (ports->groups, group);
}

static void
add_talk (PtlPorts *ports)
{
  const PtlFlows *flows = ports->talks->routes->flows;
  const guint *a = &ports->subject.a, *b = &ports->subject.b;

  add_group (ports, (PtlPortGroup){ 1, 1, a, b, 0, NULL }, ptl_flows_between (flows, *a, *b));
  add_group (ports, (PtlPortGroup){ 1, 1, b, a, 0, NULL }, ptl_flows_between (flows, *b, *a));
}

/* The members of a class without one of them. */
static const guint *
members_without (PtlPorts *ports, const PtlClass *class, guint node, guint *n)
{
  guint *others = g_new (guint, class->n_members);

  *n = 0;
  for (guint i = 0; i < class->n_members; i++)
    if (class->members[i] != node)
      others[(*n)++] = class->members[i];
  g_ptr_array_add (ports->blocks, others);
  return others;
}

static void
add_node (PtlPorts *ports)
{
  const PtlFlows *flows = ports->talks->routes->flows;
  const guint *node = &ports->subject.a;
  guint class = flows->class_of[*node];

  for (guint i = 0; i < flows->n_pairs; i++)
    {
      const PtlPair *pair = &flows->pairs[i];
      guint other = pair->source == class ? pair->destination : pair->source, n;
      const guint *members = flows->classes[other].members;

      if (pair->source != class && pair->destination != class)
        continue;
      n = flows->classes[other].n_members;
      if (other == class)
        members = members_without (ports, &flows->classes[class], *node, &n);
      if (pair->source == class)
        add_group (ports, (PtlPortGroup){ 1, n, node, members, 0, NULL }, ptl_flows_bundle (flows, pair->bundle));
      if (pair->destination == class)
        add_group (ports, (PtlPortGroup){ n, 1, members, node, 0, NULL }, ptl_flows_bundle (flows, pair->bundle));
    }
}

/* Whether the flows between two zones belong to a trunk or cross a firewall. */
static gboolean
is_way (const PtlPorts *ports, guint from, guint to)
{
  const PtlPortsSubject *subject = &ports->subject;
  const PtlRoute *route;

  if (subject->kind == PTL_PORTS_TRUNK)
    return (from == subject->a && to == subject->b) || (from == subject->b && to == subject->a);
  route = ptl_routes_between (ports->talks->routes, from, to);
  for (guint i = 0; route != NULL && i < route->n_firewalls; i++)
    if (route->firewalls[i] == subject->a)
      return TRUE;
  return FALSE;
}

static void
add_ways (PtlPorts *ports)
{
  const PtlFlows *flows = ports->talks->routes->flows;

  for (guint i = 0; i < flows->n_pairs; i++)
    {
      const PtlPair *pair = &flows->pairs[i];
      const PtlClass *source = &flows->classes[pair->source], *destination = &flows->classes[pair->destination];
      const PtlGraphNode *nodes = flows->graph->nodes;

      if (ptl_flows_pair_crosses (flows, pair)
          && is_way (ports, (guint) nodes[source->node].zone, (guint) nodes[destination->node].zone))
        add_group (
            ports,
            (PtlPortGroup){ source->n_members, destination->n_members, source->members, destination->members, 0, NULL },
            ptl_flows_bundle (flows, pair->bundle));
    }
}

static int
compare_nodes (const PtlGraph *graph, guint a, guint b)
{
  int order = strcmp (graph->nodes[a].name, graph->nodes[b].name);

  return order != 0 ? order : strcmp (graph->nodes[a].id, graph->nodes[b].id);
}

static int
compare_sides (gconstpointer a, gconstpointer b, gpointer data)
{
  const PtlPorts *ports = data;
  const PtlPortGroup *one = a, *other = b;
  gboolean out = ptl_ports_leads_out (ports, one), other_out = ptl_ports_leads_out (ports, other);
  int order = compare_nodes (graph_of (ports), out ? one->destinations[0] : one->sources[0],
                             other_out ? other->destinations[0] : other->sources[0]);

  return order != 0 ? order : other_out - out;
}

static int
compare_ways (gconstpointer a, gconstpointer b, gpointer data)
{
  const PtlGraph *graph = graph_of (data);
  const PtlPortGroup *one = a, *other = b;
  const PtlGraphNode *nodes = graph->nodes;
  int order = nodes[one->sources[0]].zone - nodes[other->sources[0]].zone;

  if (order == 0)
    order = nodes[one->destinations[0]].zone - nodes[other->destinations[0]].zone;
  if (order == 0)
    order = compare_nodes (graph, one->sources[0], other->sources[0]);
  return order != 0 ? order : compare_nodes (graph, one->destinations[0], other->destinations[0]);
}

/**
 * ptl_ports_new:
 * @talks: kept as long as the ports
 * @subject: by its indices in the talks' graph and routes
 *
 * Returns: (transfer full): the groups of the flows that belong to the subject and that the lens shows. Their number
 *   follows the pairs of classes, not of nodes.
 */
PtlPorts *
ptl_ports_new (PtlTalks *talks, PtlPortsSubject subject)
{
  PtlPorts *ports = g_new0 (PtlPorts, 1);

  ports->talks = ptl_talks_ref (talks);
  ports->subject = subject;
  ports->groups = g_array_new (FALSE, FALSE, sizeof (PtlPortGroup));
  ports->blocks = g_ptr_array_new_with_free_func (g_free);
  if (subject.kind == PTL_PORTS_TALK)
    add_talk (ports);
  else if (subject.kind == PTL_PORTS_NODE)
    {
      add_node (ports);
      g_array_sort_with_data (ports->groups, compare_sides, ports);
    }
  else
    {
      add_ways (ports);
      g_array_sort_with_data (ports->groups, compare_ways, ports);
    }
  return ports;
}

void
ptl_ports_free (PtlPorts *ports)
{
  if (ports == NULL)
    return;
  g_array_unref (ports->groups);
  g_ptr_array_unref (ports->blocks);
  ptl_talks_unref (ports->talks);
  g_free (ports);
}

gboolean
ptl_ports_leads_out (const PtlPorts *ports, const PtlPortGroup *group)
{
  return group->n_sources == 1 && group->sources[0] == ports->subject.a;
}
