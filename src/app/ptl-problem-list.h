#pragma once

#include <gtk/gtk.h>

#include "ptl-session.h"

/* What is wrong with the plan, and what to do: going to a problem selects the thing and shows it on the canvas, or the
 * field in which it is mended; where one change mends it, a button does.
 *
 * Property "title" (string): "Problems 2" */

#define PTL_TYPE_PROBLEM_LIST (ptl_problem_list_get_type ())
G_DECLARE_FINAL_TYPE (PtlProblemList, ptl_problem_list, PTL, PROBLEM_LIST, GtkBox)

/* The choice of one kind of problems, to be placed where there is room for it. Notes are only seen when chosen. */
GtkWidget *ptl_problem_list_get_tools (PtlProblemList *self);

/* NULL: the list is empty. */
void ptl_problem_list_set_session (PtlProblemList *self, PtlSession *session);
