#pragma once

#include "ptl-routes.h"

/* Why something is open between two nodes, or why not. */

typedef struct
{
  guint rule;
  guint service; /* index in the rule */
  gboolean back; /* the way back of a two-way rule */
  guint n_ranges;
  PtlRange *ranges; /* that the service has between these two nodes */
  guint from_role, to_role;
  PtlScope scope;
  gboolean lacks_role; /* one of the nodes does not hold the rule's role */
  GPtrArray *met;      /* sentences: the tests that hold, as "scope site: both belong to P01" */
  GPtrArray *missing;  /* sentences: what would have to change; empty when it is open */
} PtlWhy;

/* Every service of every rule that could open something from source to destination: those that do
 * first, by rule and service; then the closed ones, those with the least missing first, and last those
 * for which one of the nodes lacks a role. Array of PtlWhy. */
GPtrArray *ptl_why (const PtlFlows *flows, guint source, guint destination);
