#pragma once

#include "ptl-routes.h"

/* Why something is open between two nodes, or why not. */

/* How sentences call things. */
typedef enum
{
  PTL_CALLED_BY_IDS,   /* as the plan file and the catalogue do */
  PTL_CALLED_BY_NAMES, /* as people do */
} PtlCalled;

/* What a test of a rule looks at. */
typedef enum
{
  PTL_TEST_SCOPE,
  PTL_TEST_LOCATION,
  PTL_TEST_FEATURE,
  PTL_TEST_SETTING,
  PTL_TEST_OPTION,
  PTL_TEST_ROLE,
  PTL_TEST_START, /* who starts the conversation */
} PtlTestKind;

typedef struct
{
  PtlTestKind kind;
  guint node;  /* whose location, setting, option, role or start it is */
  guint which; /* feature, setting or role */
  guint option;
  char *text; /* a sentence: how the test ended, and what to do when it failed */
} PtlTest;

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
  GPtrArray *met;      /* PtlTest: those that hold */
  GPtrArray *missing;  /* PtlTest: what would have to change; empty when it is open */
} PtlWhy;

/* Every service of every rule that could open something from source to destination: those that do
 * first, by rule and service; then the closed ones, those with the least missing first, and last those
 * for which one of the nodes lacks a role. Array of PtlWhy. */
GPtrArray *ptl_why (const PtlFlows *flows, guint source, guint destination, PtlCalled called);

/* One more test that failed. */
void ptl_why_lack (PtlWhy *why, PtlTest test, char *text);

/* How sentences call a setting of a node, free with g_free (), and a role. */
char *ptl_why_setting (const PtlGraph *graph, guint setting, guint node, PtlCalled called);
const char *ptl_why_role (const PtlGraph *graph, guint role, PtlCalled called);
