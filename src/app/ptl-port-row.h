#pragma once

#include <gtk/gtk.h>

#include "ptl-port-words.h"

/* A port: its service, protocol and number, and on request why it is asked for, what sets it and where it comes
 * from. */

#define PTL_TYPE_PORT_ROW (ptl_port_row_get_type ())
G_DECLARE_FINAL_TYPE (PtlPortRow, ptl_port_row, PTL, PORT_ROW, GtkBox)

GtkWidget *ptl_port_row_new (void);

/* `way` says who starts to whom. */
void ptl_port_row_show (PtlPortRow *self, PtlSession *session, const PtlPort *port, const char *way);
