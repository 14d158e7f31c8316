#pragma once

#include <gtk/gtk.h>

#include "ptl-topic.h"

/* What is selected, in words: "MP01, node", "3 nodes", "5 items: 2 zones, 3 nodes". */

#define PTL_TYPE_INSPECTOR_HEADING (ptl_inspector_heading_get_type ())
G_DECLARE_FINAL_TYPE (PtlInspectorHeading, ptl_inspector_heading, PTL, INSPECTOR_HEADING, GtkBox)

GtkWidget *ptl_inspector_heading_new (PtlTopic *topic);
