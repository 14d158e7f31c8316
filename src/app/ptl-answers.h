#pragma once

#include "engine/ptl-check.h"
#include "engine/ptl-talks.h"

/* All that the engine says of a plan's flows. Made in one go, by any thread. */

typedef struct
{
  PtlSheets *sheets;   /* consolidated */
  GPtrArray *findings; /* PtlFinding */
  PtlTalks *talks;
} PtlAnswers;

PtlAnswers *ptl_answers_new (PtlRoutes *routes, const PtlLens *lens);
/* Without the numbers of rules: no row is made before somebody asks for it. */
PtlAnswers *ptl_answers_new_quick (PtlTalks *talks);
void ptl_answers_free (PtlAnswers *answers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlAnswers, ptl_answers_free)
