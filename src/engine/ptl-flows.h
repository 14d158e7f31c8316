#pragma once

#include "ptl-graph.h"

/* Every flow of a plan, without a list of them: nodes that no rule can tell apart form a class
 * (same roles and options, effective settings, site, zone and link partners), and flows are kept a
 * pair of classes. Equal sets of flows are kept once, as a bundle. */

typedef struct
{
  guint16 from, to; /* ports, both included; 0-0 for ICMP */
  guint16 rule;
  guint8 service; /* index in the rule */
  guint8 protocol;
  guint8 back; /* the way back of a two-way rule, and nothing asks for it forward */
} PtlFlow;

typedef struct
{
  guint n;
  PtlFlow *flows; /* by protocol, ports, rule id, service name */
} PtlBundle;

typedef struct
{
  guint node; /* one of the members: stands for all of them */
  guint n_members;
  const guint *members; /* nodes, by id in byte order */
} PtlClass;

typedef struct
{
  guint source, destination; /* classes */
  guint bundle;
} PtlPair;

typedef struct
{
  PtlGraph *graph;
  guint n_classes;
  PtlClass *classes;
  guint *class_of; /* a node */
  guint *by_id;    /* nodes in byte order of their ids */
  guint *id_rank;  /* the place of a node in by_id */
  guint n_pairs;
  PtlPair *pairs;    /* by source, then destination */
  guint *first_pair; /* of a source class, and n_pairs behind the last */
  GArray *bundles;   /* PtlBundle */
  GPtrArray *blocks;
  gatomicrefcount refs;
} PtlFlows;

/* Nothing of them changes once they are made: any number of threads may read them. */
PtlFlows *ptl_flows_new (PtlGraph *graph);
PtlFlows *ptl_flows_ref (PtlFlows *flows);
void ptl_flows_unref (PtlFlows *flows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlFlows, ptl_flows_unref)

#define ptl_flows_bundle(f, i) (&g_array_index ((f)->bundles, PtlBundle, (i)))
const PtlBundle *ptl_flows_between (const PtlFlows *flows, guint source, guint destination);
gboolean ptl_flows_pair_crosses (const PtlFlows *flows, const PtlPair *pair);

typedef gboolean (*PtlPairFunc) (guint source, guint destination, const PtlBundle *bundle, gpointer data);
/* Calls `func` for each pair of nodes that has flows, or flows that cross, by source id, then destination id, in
 * byte order; stops when it returns FALSE. Needs memory for one source at a time. */
void ptl_flows_foreach (const PtlFlows *flows, gboolean crossing_only, PtlPairFunc func, gpointer data);
