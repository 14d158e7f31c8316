#pragma once

#include <gtk/gtk.h>

#include "ptl-open-plan.h"

/* The window of one plan, or of the start page before there is one. */

#define PTL_TYPE_WINDOW (ptl_window_get_type ())
G_DECLARE_FINAL_TYPE (PtlWindow, ptl_window, PTL, WINDOW, GtkApplicationWindow)

/* The catalogue must outlive the window. */
PtlWindow *ptl_window_new (GtkApplication *application, const PtlCatalogue *catalogue);
/* Shows the plan instead of what was shown. */
void ptl_window_set_plan (PtlWindow *self, PtlOpenPlan *open_plan);
PtlOpenPlan *ptl_window_get_plan (PtlWindow *self);

/* Reads the file, and presents the window with its plan, or says in a dialog why it cannot be read; the plan that was
 * open then stays open. */
void ptl_window_open (PtlWindow *self, GFile *file);
/* The same with what a crash has left over. */
void ptl_window_recover (PtlWindow *self, const PtlLeftOver *left_over);
/* The plan of the file is shown or being read. */
gboolean ptl_window_has_file (PtlWindow *self, GFile *file);
/* Nothing but the start page is shown. */
gboolean ptl_window_is_free (PtlWindow *self);
/* Something would be lost with it. */
gboolean ptl_window_is_modified (PtlWindow *self);
