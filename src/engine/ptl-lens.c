#include "ptl-lens.h"

#include <string.h>

gboolean
ptl_filter_is_empty (const PtlFilter *filter)
{
  return filter->protocols == 0 && filter->ports.to == 0 && filter->service == NULL && filter->role == NULL
         && filter->zone == NULL && filter->other_zone == NULL;
}

/* Whether the rule joins the role with another one. */
static gboolean
is_role_of (const PtlCatalogue *catalogue, const PtlRule *rule, const PtlRole *role)
{
  for (guint i = 0; i < rule->n_from; i++)
    if (ptl_catalogue_role (catalogue, rule->from[i].role) == role)
      return TRUE;
  return ptl_catalogue_role (catalogue, rule->to) == role;
}

static gboolean
takes_service (const PtlFilter *filter, const PtlCatalogue *catalogue, guint rule, guint service)
{
  const PtlRule *r = ptl_catalogue_rule (catalogue, rule);

  return (filter->service == NULL || strcmp (r->services[service].name, filter->service) == 0)
         && (filter->role == NULL || is_role_of (catalogue, r, filter->role));
}

static gboolean
takes_ports (const PtlFilter *filter, PtlProtocol protocol, PtlRange ports)
{
  return (filter->protocols == 0 || (filter->protocols & 1u << protocol) != 0)
         && (filter->ports.to == 0 || (filter->ports.from <= ports.to && ports.from <= filter->ports.to));
}

gboolean
ptl_lens_shows_flow (const PtlLens *lens, const PtlCatalogue *catalogue, const PtlFlow *flow)
{
  return (lens->phase < 0 || (int) ptl_catalogue_rule (catalogue, flow->rule)->phase == lens->phase)
         && takes_ports (&lens->filter, flow->protocol, (PtlRange){ flow->from, flow->to })
         && takes_service (&lens->filter, catalogue, flow->rule, flow->service);
}

static gboolean
holds (const PtlGraph *graph, guint node, const PtlRole *role)
{
  for (guint i = 0; i < graph->nodes[node].n_roles; i++)
    if (ptl_catalogue_role (graph->catalogue, graph->nodes[node].roles[i].role) == role)
      return TRUE;
  return FALSE;
}

static gboolean
takes_zones (const PtlFilter *filter, const PtlGraphZone *one, const PtlGraphZone *other)
{
  return ((filter->zone == NULL || filter->zone == one) && (filter->other_zone == NULL || filter->other_zone == other))
         || ((filter->zone == NULL || filter->zone == other)
             && (filter->other_zone == NULL || filter->other_zone == one));
}

static const PtlGraphZone *
zone_of (const PtlGraph *graph, guint node)
{
  return graph->nodes[node].zone >= 0 ? &graph->zones[graph->nodes[node].zone] : NULL;
}

/* Whether anything between the two nodes can pass. */
static gboolean
takes_nodes (const PtlFilter *filter, const PtlGraph *graph, guint source, guint destination)
{
  return (filter->role == NULL || holds (graph, source, filter->role) || holds (graph, destination, filter->role))
         && takes_zones (filter, zone_of (graph, source), zone_of (graph, destination));
}

static gboolean
lens_shows_route (const PtlLens *lens, const PtlRoute *route)
{
  if (lens->firewall < 0)
    return TRUE;
  for (guint i = 0; route != NULL && i < route->n_firewalls; i++)
    if (route->firewalls[i] == (guint) lens->firewall)
      return TRUE;
  return FALSE;
}

gboolean
ptl_lens_shows_nodes (const PtlLens *lens, const PtlRoutes *routes, guint source, guint destination)
{
  const PtlGraph *graph = routes->flows->graph;
  const PtlGraphNode *from = &graph->nodes[source], *to = &graph->nodes[destination];
  const PtlRoute *route = from->zone >= 0 && to->zone >= 0 && from->zone != to->zone
                              ? ptl_routes_between (routes, (guint) from->zone, (guint) to->zone)
                              : NULL;

  return (lens->site < 0 || from->site == lens->site || to->site == lens->site) && lens_shows_route (lens, route)
         && takes_nodes (&lens->filter, graph, source, destination);
}

static gboolean
any_at_site (const PtlGraph *graph, const guint *nodes, guint n, int site)
{
  for (guint i = 0; i < n; i++)
    if (graph->nodes[nodes[i]].site == site)
      return TRUE;
  return FALSE;
}

static gboolean
any_holds (const PtlGraph *graph, const guint *nodes, guint n, const PtlRole *role)
{
  for (guint i = 0; i < n; i++)
    if (holds (graph, nodes[i], role))
      return TRUE;
  return FALSE;
}

/* Whether the row has a node in the role that is looked at. */
static gboolean
takes_ends (const PtlFilter *filter, const PtlGraph *graph, const PtlRow *row)
{
  return filter->role == NULL || any_holds (graph, row->sources, row->n_sources, filter->role)
         || any_holds (graph, row->destinations, row->n_destinations, filter->role);
}

static gboolean
any_reference_passes (const PtlFilter *filter, const PtlGraph *graph, const PtlRow *row)
{
  for (guint i = 0; i < row->n_references; i++)
    {
      const PtlReference *reference = &row->references[i];

      if (takes_ports (filter, row->protocol, reference->range)
          && takes_service (filter, graph->catalogue, reference->rule, reference->service))
        return TRUE;
    }
  return FALSE;
}

/* Of rows on the sheet of the lens's firewall. */
gboolean
ptl_lens_shows_row (const PtlLens *lens, const PtlGraph *graph, const PtlRow *row)
{
  return (lens->phase < 0 || (int) row->phase == lens->phase)
         && (lens->site < 0 || any_at_site (graph, row->sources, row->n_sources, lens->site)
             || any_at_site (graph, row->destinations, row->n_destinations, lens->site))
         && (ptl_filter_is_empty (&lens->filter)
             || (takes_zones (&lens->filter, &graph->zones[row->source_zone], &graph->zones[row->destination_zone])
                 && takes_ends (&lens->filter, graph, row) && any_reference_passes (&lens->filter, graph, row)));
}
