#pragma once

#include <gtk/gtk.h>

/* GTK 4.8 calls a button with a mnemonic "_Save Save" for assistive technology: this leaves "Save". For all buttons in
 * the widget, and itself. */
void ptl_names_mend (GtkWidget *widget);
