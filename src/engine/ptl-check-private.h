#pragma once

#include "ptl-check.h"

/* What the checks share; each file of checks is one concern. */
typedef struct
{
  const PtlRoutes *routes;
  const PtlFlows *flows;
  const PtlGraph *graph;
  const PtlCatalogue *catalogue;
  PtlSeverity severity; /* of the check at work */
  GPtrArray *findings;
} PtlChecker;

void ptl_checker_add (PtlChecker *checker, const char *code, const char *kind, const char *subject, const char *format,
                      ...) G_GNUC_PRINTF (5, 6);
/* What more is known of the finding that was added last; see there. */
void ptl_checker_set_role (PtlChecker *checker, const PtlRole *role);
void ptl_checker_set_other (PtlChecker *checker, const PtlGraphNode *other);
int ptl_checker_role (const PtlChecker *checker, const char *name);
const PtlRoleUse *ptl_checker_use (const PtlGraphNode *node, int role);
gboolean ptl_checker_holds_kind (const PtlChecker *checker, const PtlGraphNode *node, PtlRoleKind kind);

/* ptl-check-sites.c: the tree of sites and what stands in it */
void ptl_check_sites (PtlChecker *checker);
void ptl_check_members (PtlChecker *checker);
void ptl_check_limits (PtlChecker *checker);

/* ptl-check-roles.c: roles, their places and options */
void ptl_check_role_places (PtlChecker *checker);
void ptl_check_removed (PtlChecker *checker);
void ptl_check_wsus (PtlChecker *checker);
void ptl_check_pull (PtlChecker *checker);
void ptl_check_cmg (PtlChecker *checker);
void ptl_check_windows_services (PtlChecker *checker);

/* ptl-check-network.c: zones, addresses, routes and flows */
void ptl_check_nodes (PtlChecker *checker);
void ptl_check_unroutable (PtlChecker *checker);
void ptl_check_through_internet (PtlChecker *checker);
void ptl_check_internet_clients (PtlChecker *checker);
void ptl_check_addresses (PtlChecker *checker);
void ptl_check_families (PtlChecker *checker);
void ptl_check_overlaps (PtlChecker *checker);
void ptl_check_documents (PtlChecker *checker);
