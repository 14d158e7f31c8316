#pragma once

#include <gtk/gtk.h>

#include "engine/ptl-ports.h"
#include "ptl-session.h"
#include "ptl-topic.h"

/* The ports of an arrow, a firewall or a node, in groups that open. It follows the session's results while it can be
 * seen; a few groups are made at a time. */

#define PTL_TYPE_PORT_LIST (ptl_port_list_get_type ())
G_DECLARE_FINAL_TYPE (PtlPortList, ptl_port_list, PTL, PORT_LIST, GtkBox)

GtkWidget *ptl_port_list_new (void);

/* Of a subject that is known by the ids of its nodes, zones or firewall; `b` may be NULL. Without a session nothing is
 * shown. */
void ptl_port_list_show (PtlPortList *self, PtlSession *session, PtlPortsKind kind, const char *a, const char *b);

/* Of the one node or firewall that a page is about; hidden for several. */
GtkWidget *ptl_port_list_new_for_topic (PtlTopic *topic);
