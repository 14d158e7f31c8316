#pragma once

#include "engine/ptl-check.h"
#include "engine/ptl-talks.h"

/* All that the engine says of a plan's flows. Made in one go, by any thread. */

typedef struct
{
  PtlSheets *sheets;   /* consolidated */
  GPtrArray *findings; /* PtlFinding; NULL until somebody asks, where that is quicker */
  PtlTalks *talks;
} PtlAnswers;

PtlAnswers *ptl_answers_new (PtlRoutes *routes, const PtlLens *lens);
/* Without the numbers of rules: no row is made and nothing is checked before somebody asks for it. */
PtlAnswers *ptl_answers_new_quick (PtlTalks *talks);
GPtrArray *ptl_answers_get_findings (PtlAnswers *answers);
void ptl_answers_free (PtlAnswers *answers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlAnswers, ptl_answers_free)
