#pragma once

#include <gtk/gtk.h>

#include "ptl-session.h"

/* What follows from the plan: the rule sheets of the firewalls, and the problems, each in a tab. */

#define PTL_TYPE_RESULTS (ptl_results_get_type ())
G_DECLARE_FINAL_TYPE (PtlResults, ptl_results, PTL, RESULTS, GtkBox)

/* NULL: the panel is empty. */
void ptl_results_set_session (PtlResults *self, PtlSession *session);

/* The tab that is open: the id of a firewall, be it an implied one; NULL: the problems. One that is not there is not
 * shown. */
void ptl_results_show_sheet (PtlResults *self, const char *firewall);
const char *ptl_results_get_sheet (PtlResults *self);
