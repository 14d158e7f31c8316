#pragma once

#include <gtk/gtk.h>

#include "ptl-topic.h"

/* All settings of the catalogue: those that are set here first, the inherited ones on request. */

#define PTL_TYPE_SETTING_LIST (ptl_setting_list_get_type ())
G_DECLARE_FINAL_TYPE (PtlSettingList, ptl_setting_list, PTL, SETTING_LIST, GtkBox)

GtkWidget *ptl_setting_list_new (PtlTopic *topic);

/* Where its value is typed. */
void ptl_setting_list_focus (PtlSettingList *self, guint setting);

/* The node or site whose own value of the setting the node has; 0: it has the plan's or the default, which the plan
 * can change. */
guint ptl_setting_home (PtlSession *session, guint node, guint setting, PtlItem *home);
