#pragma once

#include "ptl-layout.h"
#include "ptl-snap.h"
#include "ptl-space.h"

/* What the steps of a layout share. */

#define PTL_CELL_WIDTH  260 /* of a node's card and the room beside it */
#define PTL_CELL_HEIGHT 160
#define PTL_PADDING     60  /* between a zone's edge and the cards */
#define PTL_ZONE_GAP    300 /* between zones: a firewall's card, and the lines of arrows with their labels */

/* What starts a new row of cards. */
typedef enum
{
  PTL_GROUPING_KIND, /* each kind of node of each site */
  PTL_GROUPING_SITE, /* each site */
  PTL_GROUPING_NONE, /* only a full row */
} PtlGrouping;

/* How the cards of a zone that have no place yet are to stand. */
typedef struct
{
  guint first, n; /* in the order of the nodes */
  guint columns, rows;
  PtlGrouping grouping;
} PtlRows;

typedef struct
{
  const PtlPlan *plan;
  const PtlGraph *graph;
  const PtlFlows *flows; /* or NULL */
  PtlLayout *layout;
  gboolean everything; /* what has a place gets a new one, too */
  guint *order;        /* the nodes without a place, by zone, site, kind */
  PtlRows *rows;       /* of the zones, and of the nodes without one */
  gboolean *placed;    /* the zones that stand */
  PtlSpace *space;     /* taken by cards */
} PtlPlacing;

/* Whether the document says where a zone, firewall or node stands. */
gboolean ptl_placing_zone_fixed (const PtlPlacing *p, guint zone);
gboolean ptl_placing_node_fixed (const PtlPlacing *p, guint node);
gboolean ptl_placing_firewall_fixed (const PtlPlacing *p, guint firewall);

/* Orders the nodes and decides on the rows of each zone. */
void ptl_place_rows (PtlPlacing *p);
gboolean ptl_placing_same_group (const PtlPlacing *p, PtlGrouping grouping, guint node, guint other);

/* Places the zones that do not stand yet; their sizes are known. `origin` is the top left corner of them all. */
void ptl_place_zones (PtlPlacing *p, PtlPoint origin);

/* Places the firewalls, once all zones and nodes stand; `rest` gets those that find no room. */
void ptl_place_firewalls (PtlPlacing *p, GArray *rest);
