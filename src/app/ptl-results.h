#pragma once

#include <gtk/gtk.h>

#include "ptl-session.h"

/* What follows from the plan: how many rules each firewall gets, and the problems. */

#define PTL_TYPE_RESULTS (ptl_results_get_type ())
G_DECLARE_FINAL_TYPE (PtlResults, ptl_results, PTL, RESULTS, GtkBox)

/* NULL: the panel is empty. */
void ptl_results_set_session (PtlResults *self, PtlSession *session);
