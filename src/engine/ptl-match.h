#pragma once

#include "ptl-flows.h"

/* Whether a rule joins two nodes: the tests of a rule, one function each, for the engine that looks
 * for all flows and for the explanation of a single one. */

/* Two nodes in the roles of a rule. */
typedef struct
{
  const PtlGraph *graph;
  const PtlRule *rule;
  PtlScope scope;
  const PtlGraphNode *from, *to;
  const PtlRoleUse *from_use, *to_use;
} PtlCandidate;

gboolean ptl_candidate_in_scope (const PtlCandidate *candidate);
gboolean ptl_candidate_has_client (const PtlCandidate *candidate);
gboolean ptl_candidate_in_place (const PtlCandidate *candidate, PtlLocation location);
gboolean ptl_candidate_is_answered (const PtlCandidate *candidate, PtlLocation location);
gboolean ptl_candidate_in_location (const PtlCandidate *candidate, PtlLocation location);
gboolean ptl_candidate_condition (const PtlCandidate *candidate, const PtlCondition *condition);
/* Whether the flow in this direction is left to the site server to start. */
gboolean ptl_candidate_waits (const PtlCandidate *candidate, gboolean back);

/* Some services of a rule between two classes. */
typedef struct
{
  guint source, destination; /* classes */
  guint32 services;          /* bits */
  guint16 rule;
  guint16 back;
} PtlMatch;

/* Everything that the rules ask for, in no order; a match may stand in it twice. Free with g_array_unref (). */
GArray *ptl_match_all (const PtlFlows *flows);
