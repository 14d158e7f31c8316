#pragma once

#include <gtk/gtk.h>

#include "ptl-session.h"

/* A window that answers why something is open between two nodes, or why it is not, and what would have to change. It
 * follows the plan while it is open. */

#define PTL_TYPE_WHY_DIALOG (ptl_why_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PtlWhyDialog, ptl_why_dialog, PTL, WHY_DIALOG, GtkWindow)

/* Asks about two nodes by their indices, -1 for one that is not known; `protocol` -1 and `port` 0: about all. There is
 * one such window for `parent`. */
void ptl_why_dialog_show (GtkWindow *parent, PtlSession *session, int source, int destination, int protocol,
                          guint port);
/* Closes it, if there is one: `parent` shows another plan. */
void ptl_why_dialog_close (GtkWindow *parent);
