#pragma once

#include "engine/ptl-check.h"
#include "ptl-session.h"

/* A finding as something that a person reads, goes to and mends. It stays the same problem while others come and go. */

#define PTL_TYPE_PROBLEM (ptl_problem_get_type ())
G_DECLARE_FINAL_TYPE (PtlProblem, ptl_problem, PTL, PROBLEM, GObject)

/* The i-th of the findings, which are kept as long as it is needed. */
PtlProblem *ptl_problem_new (GPtrArray *findings, guint i);
const PtlFinding *ptl_problem_get_finding (PtlProblem *problem);
/* Whether the finding is about the same thing; the problem then takes its sentence over. */
gboolean ptl_problem_take (PtlProblem *problem, GPtrArray *findings, guint i);
/* The same text for problems about the same thing only; free with g_free (). */
char *ptl_problem_key (const PtlFinding *finding);

/* What problems with a code have in common, in few words. */
const char *ptl_problem_title (const char *code);
/* What it is about, in the words of the plan; free with g_free (). */
char *ptl_problem_get_name (PtlProblem *problem, PtlSession *session);

/* Selects what it is about, or lights it up. */
void ptl_problem_show (PtlProblem *problem, PtlSession *session);
gboolean ptl_problem_can_mend (PtlProblem *problem, PtlSession *session);
/* Makes the one change that mends it; says why when it cannot. Returns whether something is new, which is then
 * selected.
 */
gboolean ptl_problem_mend (PtlProblem *problem, PtlSession *session);
/* The title of the inspector's field in which a person mends it, or NULL. */
const char *ptl_problem_get_field (PtlProblem *problem);
