#pragma once

#include <gtk/gtk.h>

#include "ptl-topic.h"

/* The roles of the nodes, each with its options; a role can be added and removed. */

#define PTL_TYPE_ROLE_LIST (ptl_role_list_get_type ())
G_DECLARE_FINAL_TYPE (PtlRoleList, ptl_role_list, PTL, ROLE_LIST, GtkBox)

GtkWidget *ptl_role_list_new (PtlTopic *topic);
/* Unfolds a role that the nodes have, and goes to its option. */
void ptl_role_list_focus (PtlRoleList *self, guint role, guint option);
