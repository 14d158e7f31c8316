#pragma once

#include "ptl-routes.h"

/* What is wrong or doubtful in a plan that was read. */

typedef enum
{
  PTL_SEVERITY_ERROR,
  PTL_SEVERITY_WARNING,
  PTL_SEVERITY_NOTE,
} PtlSeverity;
extern const char *const ptl_severity_names[];

typedef struct
{
  PtlSeverity severity;
  const char *code; /* "site-parent" */
  const char *kind; /* of the subject: "plan" "site" "zone" "firewall" "node" "zones" "conflict" */
  char *subject;    /* its id; two zone ids joined by "~" for "zones" */
  const char *role; /* the name of the role of the subject that it is about, or NULL */
  char *other;      /* the id of another node that has part in it, or NULL */
  char *message;    /* a sentence that says what to do */
} PtlFinding;

/* All findings: errors first, then warnings, then notes, each by code and subject. Array of PtlFinding. */
GPtrArray *ptl_check (const PtlRoutes *routes);
