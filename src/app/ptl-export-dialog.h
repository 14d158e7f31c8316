#pragma once

#include <gtk/gtk.h>

#include "ptl-session.h"

/* The dialog that writes rule sheets: which firewalls', in which formats, where to. */

#define PTL_TYPE_EXPORT_DIALOG (ptl_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PtlExportDialog, ptl_export_dialog, PTL, EXPORT_DIALOG, GtkWindow)

/* `firewall` is the id of the only one that is chosen at first; NULL: all of them are. */
void ptl_export_dialog_show (GtkWindow *parent, PtlSession *session, const char *firewall);
