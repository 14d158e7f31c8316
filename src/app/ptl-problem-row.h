#pragma once

#include <gtk/gtk.h>

#include "ptl-problem.h"

/* A problem in the list: how bad it is, what it is about, what to do, and a button that does it, if one change can. */

#define PTL_TYPE_PROBLEM_ROW (ptl_problem_row_get_type ())
G_DECLARE_FINAL_TYPE (PtlProblemRow, ptl_problem_row, PTL, PROBLEM_ROW, GtkBox)

/* What the button does: mends the problem, and shows what is new, in the window of the widget. */
void ptl_problem_row_mend (GtkWidget *widget, PtlSession *session, PtlProblem *problem);

GtkWidget *ptl_problem_row_new (void);
/* NULL both: the row shows nothing. */
void ptl_problem_row_set_problem (PtlProblemRow *self, PtlSession *session, PtlProblem *problem);
/* Reads the plan again. */
void ptl_problem_row_update (PtlProblemRow *self);
