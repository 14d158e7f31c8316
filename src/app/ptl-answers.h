#pragma once

#include "engine/ptl-check.h"
#include "engine/ptl-talks.h"

/* All that the engine says of a plan's flows. Made in one go, by any thread. */

typedef struct
{
  PtlRoutes *routes;
  PtlSheets *sheets;   /* consolidated, with all their rows */
  GPtrArray *findings; /* PtlFinding */
  PtlTalks *talks;
} PtlAnswers;

/* Through the lens of a phase or -1, a site's code or NULL, a firewall's id or NULL. */
PtlAnswers *ptl_answers_new (PtlFlows *flows, int phase, const char *site, const char *firewall);
void ptl_answers_free (PtlAnswers *answers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlAnswers, ptl_answers_free)
