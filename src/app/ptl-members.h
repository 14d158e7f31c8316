#pragma once

#include <gtk/gtk.h>

#include "ptl-topic.h"

/* How many nodes belong to the site or zone, with a button that selects them. */

#define PTL_TYPE_MEMBERS (ptl_members_get_type ())
G_DECLARE_FINAL_TYPE (PtlMembers, ptl_members, PTL, MEMBERS, GtkBox)

GtkWidget *ptl_members_new (PtlTopic *topic);
