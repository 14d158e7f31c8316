#pragma once

#include "ptl-sheets.h"

/* What of the flows is looked at. */

/* What a person filters for. 0 and NULL filter nothing. */
typedef struct
{
  guint protocols;                /* bits 1 << PtlProtocol */
  PtlRange ports;                 /* flows to one of them */
  const char *service;            /* its name, as the catalogue has it */
  const PtlRole *role;            /* flows that one of the ends has in this role */
  const PtlGraphZone *zone;       /* flows with an end in it, */
  const PtlGraphZone *other_zone; /* and the other end in this one; of the graph that is looked at */
} PtlFilter;

/* -1: all. */
typedef struct
{
  int phase;    /* PtlPhase */
  int site;     /* flows with an end at this site */
  int firewall; /* flows that cross this one of the routes */
  PtlFilter filter;
} PtlLens;

#define PTL_LENS_ALL ((PtlLens){ -1, -1, -1, { 0 } })

gboolean ptl_filter_is_empty (const PtlFilter *filter);

/* Whether it shows what may flow between two nodes; which of the flows, says the next. */
gboolean ptl_lens_shows_nodes (const PtlLens *lens, const PtlRoutes *routes, guint source, guint destination);
gboolean ptl_lens_shows_flow (const PtlLens *lens, const PtlCatalogue *catalogue, const PtlFlow *flow);
gboolean ptl_lens_shows_row (const PtlLens *lens, const PtlGraph *graph, const PtlRow *row);
