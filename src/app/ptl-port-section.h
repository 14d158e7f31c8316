#pragma once

#include <gtk/gtk.h>

#include "engine/ptl-ports.h"
#include "ptl-session.h"

/* A group of ports under a button that says between whom they are, and shows and hides them. */

#define PTL_TYPE_PORT_SECTION (ptl_port_section_get_type ())
G_DECLARE_FINAL_TYPE (PtlPortSection, ptl_port_section, PTL, PORT_SECTION, GtkBox)

GtkWidget *ptl_port_section_new (gboolean open);

/* `group` is one of the ports, which stay until it shows others. */
void ptl_port_section_show (PtlPortSection *self, PtlSession *session, const PtlPorts *ports,
                            const PtlPortGroup *group);
