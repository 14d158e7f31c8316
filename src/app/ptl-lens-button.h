#pragma once

#include <gtk/gtk.h>

#include "ptl-session.h"

/* What of the flows is looked at: a button that says whether that is all, with a popover to choose a phase, a site, a
 * firewall. */

#define PTL_TYPE_LENS_BUTTON (ptl_lens_button_get_type ())
G_DECLARE_FINAL_TYPE (PtlLensButton, ptl_lens_button, PTL, LENS_BUTTON, GtkBox)

/* NULL: there is nothing to look at. */
void ptl_lens_button_set_session (PtlLensButton *self, PtlSession *session);
