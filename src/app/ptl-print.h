#pragma once

#include <gtk/gtk.h>

#include "draw/ptl-page.h"

typedef void (*PtlPrinted) (GtkWindow *window);

/* Offers to print pages, on paper of that name first: in the end they are laid out for the one that is chosen. Failures
 * are told; `printed` is called when it is done, unless the window is gone by then. */
void ptl_print_run (PtlPages *pages, const char *paper, GtkWindow *window, PtlPrinted printed);

/* Prints without asking and without a window: for those who do that themselves. */
GtkPrintOperation *ptl_print_new (PtlPages *pages, const char *paper);
