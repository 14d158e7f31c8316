#pragma once

#include "ptl-sheets.h"

/* What the flows between two zones permit, as few blocks of sources × destinations × ports. Works on
 * classes of nodes; its cost follows the pairs of classes, not of nodes. */

/* What one bundle permits with one protocol for one set of reasons. */
typedef struct
{
  PtlProtocol protocol;
  PtlPhase phase;
  guint n_reasons;
  const guint *reasons; /* rules, by id */
  guint n_ranges;
  const PtlRange *ranges; /* joined, ascending; none for ICMP */
  GArray *references;     /* PtlReference */
} PtlGrant;

/* One row before its classes are spelled out as nodes. */
typedef struct
{
  const PtlGrant *grant; /* all but its references is true of the whole block */
  GArray *references;    /* PtlReference: those of all its pairs */
  guint n_sources, n_destinations;
  const guint *sources, *destinations; /* classes, ascending */
} PtlBlock;

typedef struct
{
  const PtlFlows *flows;
  guint *rule_rank;   /* by rule id */
  GHashTable *sets;   /* interned reasons and ranges, as GBytes */
  GPtrArray **grants; /* of a bundle: PtlGrant; NULL before it was asked for */
} PtlConsolidator;

void ptl_consolidator_init (PtlConsolidator *consolidator, const PtlFlows *flows);
void ptl_consolidator_clear (PtlConsolidator *consolidator);

/* What a bundle permits, port by port (array of PtlGrant, the consolidator's own). */
const GPtrArray *ptl_consolidator_grants (PtlConsolidator *consolidator, guint bundle);

/* The blocks of the pairs of classes with the given indices, all between the same two zones; with
 * `split`, one for each pair of classes. Array of PtlBlock. */
GPtrArray *ptl_consolidate (PtlConsolidator *consolidator, const guint *pairs, guint n_pairs, gboolean split);
