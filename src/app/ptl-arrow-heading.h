#pragma once

#include <gtk/gtk.h>

#include "engine/ptl-ports.h"
#include "ptl-session.h"

/* Between what an arrow is, and what it crosses; nodes, zones and firewalls are links. */

#define PTL_TYPE_ARROW_HEADING (ptl_arrow_heading_get_type ())
G_DECLARE_FINAL_TYPE (PtlArrowHeading, ptl_arrow_heading, PTL, ARROW_HEADING, GtkBox)

GtkWidget *ptl_arrow_heading_new (void);

/* Of a talk or a trunk. */
void ptl_arrow_heading_show (PtlArrowHeading *self, PtlSession *session, PtlPortsSubject subject);
