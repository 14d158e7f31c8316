#pragma once

#include <gtk/gtk.h>

#include "engine/ptl-catalogue.h"

/* The window of one plan. */

#define PTL_TYPE_WINDOW (ptl_window_get_type ())
G_DECLARE_FINAL_TYPE (PtlWindow, ptl_window, PTL, WINDOW, GtkApplicationWindow)

/* The catalogue must outlive the window. */
PtlWindow *ptl_window_new (GtkApplication *application, const PtlCatalogue *catalogue);
/* Shows the plan of the file, or says in a dialog why it cannot be read; the plan that was open then stays open. */
void ptl_window_open (PtlWindow *self, GFile *file);
