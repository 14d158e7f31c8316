#pragma once

#include "ptl-catalogue.h"

/* A read-only snapshot of a plan with every reference resolved to an index and every setting to its
 * effective value. The engine works on nothing else, so a snapshot can be computed on while the
 * plan is edited. Strings belong to the snapshot. Absent references are -1. */

typedef struct
{
  guint role;                      /* index in the catalogue */
  gint16 options[PTL_MAX_OPTIONS]; /* effective values, 0 beyond the role's options */
} PtlRoleUse;

typedef struct
{
  const char *code, *name, *note;
  PtlSiteKind kind;
  int parent;
  int top; /* the topmost ancestor, or the site itself: ptl_graph_find_tops () */
} PtlGraphSite;

typedef struct
{
  const char *id, *name, *note;
  PtlZoneKind kind;
} PtlGraphZone;

typedef struct
{
  const char *id, *name, *note;
  guint n_zones;
  const guint *zones; /* in the order of the plan */
  gboolean managed;
} PtlGraphFirewall;

typedef struct
{
  const char *id, *name, *note; /* note: "" when there is none */
  const char *addresses;        /* joined by one space; "" when there are none */
  int zone, site;
  gboolean site_server_initiates;
  guint n_roles;
  const PtlRoleUse *roles;       /* in the order of the catalogue */
  const PtlValue *const *values; /* effective, one a setting; equal values are the same pointer */
} PtlGraphNode;

typedef struct
{
  guint kind; /* index in the catalogue */
  guint from, to;
} PtlGraphLink;

typedef struct
{
  const PtlCatalogue *catalogue;
  const char *title;
  gboolean *features; /* one a feature of the catalogue */
  guint n_sites, n_zones, n_firewalls, n_nodes, n_links;
  PtlGraphSite *sites;
  PtlGraphZone *zones;
  PtlGraphFirewall *firewalls;
  PtlGraphNode *nodes;
  PtlGraphLink *links;
  GStringChunk *strings;
  GPtrArray *blocks;  /* memory that the arrays above point into */
  GHashTable *values; /* PtlValue by setting and text */
  gatomicrefcount refs;
} PtlGraph;

PtlGraph *ptl_graph_new (const PtlCatalogue *catalogue);
PtlGraph *ptl_graph_ref (PtlGraph *graph);
void ptl_graph_unref (PtlGraph *graph);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlGraph, ptl_graph_unref)

gpointer ptl_graph_alloc (PtlGraph *graph, gsize n, gsize size);
const char *ptl_graph_string (PtlGraph *graph, const char *text);
const PtlValue *ptl_graph_value (PtlGraph *graph, guint setting, const PtlValue *value);

void ptl_graph_find_tops (PtlGraph *graph);
const char *ptl_role_use_word (const PtlCatalogue *catalogue, const PtlRoleUse *use, const char *option);
const PtlRoleUse *ptl_graph_node_role (const PtlGraphNode *node, guint role);
