#pragma once

#include <gtk/gtk.h>

#include "draw/ptl-page.h"

/* Prints pages. The paper of `setup` is the one offered first: the drawing is laid out for the one that is chosen. */
GtkPrintOperation *ptl_print_new (PtlPages *pages, GtkPageSetup *setup);
