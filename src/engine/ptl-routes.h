#pragma once

#include "ptl-flows.h"

/* The way of flows between two zones: the firewalls they cross. */

typedef struct
{
  guint n_firewalls;
  const guint *firewalls;    /* indices in the routes' firewalls, as ptl_route_firewall () has them */
  gboolean reversed;         /* they stand the other way round: both directions share them */
  gboolean unroutable;       /* no path joins the zones */
  gboolean through_internet; /* passes through a zone of kind internet between its ends */
} PtlRoute;

typedef struct
{
  PtlFlows *flows;
  guint n_firewalls;
  const PtlGraphFirewall *firewalls; /* the plan's, or the implied ones */
  guint *zone_rank;                  /* the place of each zone by id in byte order */
  GHashTable *routes;                /* gint64: source zone << 32 | destination zone -> PtlRoute */
  GPtrArray *blocks;
  GStringChunk *strings;
  gatomicrefcount refs;
} PtlRoutes;

PtlRoutes *ptl_routes_new (PtlFlows *flows);
PtlRoutes *ptl_routes_ref (PtlRoutes *routes);
void ptl_routes_unref (PtlRoutes *routes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlRoutes, ptl_routes_unref)

/* The route of the flows from one zone to another; NULL when no flow goes between them. */
const PtlRoute *ptl_routes_between (const PtlRoutes *routes, guint source_zone, guint destination_zone);
/* The i-th firewall from source to destination. */
guint ptl_route_firewall (const PtlRoute *route, guint i);
int ptl_routes_find_firewall (const PtlRoutes *routes, const char *id);
