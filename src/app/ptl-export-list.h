#pragma once

#include <gtk/gtk.h>

#include "ptl-session.h"

/* The firewalls of a plan, to choose those whose sheets are exported.
 *
 * Signal "changed": others are chosen, or what is chosen has other sheets now. */

#define PTL_TYPE_EXPORT_LIST (ptl_export_list_get_type ())
G_DECLARE_FINAL_TYPE (PtlExportList, ptl_export_list, PTL, EXPORT_LIST, GtkBox)

/* Once. `firewall` is the id of the only one that is chosen at first; NULL: all of them are. */
void ptl_export_list_set_session (PtlExportList *self, PtlSession *session, const char *firewall);
/* The sheets are going to be expanded ones: the numbers of rules are not those of the session's sheets. */
void ptl_export_list_set_expanded (PtlExportList *self, gboolean expanded);
/* guint: indices in the firewalls of the routes that the session's sheets have. */
GArray *ptl_export_list_get_chosen (PtlExportList *self);
