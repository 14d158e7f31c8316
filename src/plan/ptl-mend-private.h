#pragma once

#include "ptl-mend.h"

/* What the mends share; each file of mends is one concern. A mend that finds a change for the finding offers it, and
 * makes it if that is what was asked for. */
typedef struct
{
  PtlHistory *history;
  const PtlPlan *plan;
  const PtlFinding *finding;
  guint subject; /* its index in the plan, of a site or a node */
  gboolean doing;
  char *words; /* what was offered */
  gboolean done;
  GError **error;
} PtlMender;

/* Takes the words; whether the change is to be made. */
gboolean ptl_mender_offer (PtlMender *m, char *words);
/* The site of a node, or -1. */
int ptl_mender_site_of (const PtlMender *m, const PtlNode *node);
int ptl_mender_parent_of (const PtlMender *m, int site);
PtlNodeRole *ptl_mender_find_role (const PtlMender *m, const PtlNode *node, const char *role);
/* The word that an option of a node's role has, or NULL. */
const char *ptl_mender_option (const PtlMender *m, const PtlNode *node, const char *role, const char *option);
/* A free place for a node in a zone. */
gboolean ptl_mender_find_room (const PtlMender *m, const PtlZone *zone, double *x, double *y);

/* ptl-mend-sites.c: the tree of sites and what stands in it */
void ptl_mend_parent (PtlMender *m);
void ptl_mend_no_site (PtlMender *m);
void ptl_mend_site_server (PtlMender *m);
void ptl_mend_sql_server (PtlMender *m);
void ptl_mend_role_place (PtlMender *m);
void ptl_mend_removed_role (PtlMender *m);

/* ptl-mend-roles.c: settings, options and partners of roles */
void ptl_mend_wsus_ports (PtlMender *m);
void ptl_mend_sync_source (PtlMender *m);
void ptl_mend_pull_source (PtlMender *m);
void ptl_mend_link (PtlMender *m);
void ptl_mend_cmg (PtlMender *m);
void ptl_mend_windows_services (PtlMender *m);

/* ptl-mend-network.c: zones and ways between them */
void ptl_mend_no_zone (PtlMender *m);
void ptl_mend_zones (PtlMender *m);
void ptl_mend_internet_clients (PtlMender *m);
