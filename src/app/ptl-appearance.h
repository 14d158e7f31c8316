#pragma once

#include <gtk/gtk.h>

/* Light, dark or as the desktop says, as a person chose it: the action "appearance" with the state "light", "dark" or
 * "system". GTK 4.8 does not follow the desktop by itself: its settings portal is asked. */

#define PTL_TYPE_APPEARANCE (ptl_appearance_get_type ())
G_DECLARE_FINAL_TYPE (PtlAppearance, ptl_appearance, PTL, APPEARANCE, GObject)

/* Adds the action to `actions`, and our style sheet to the display. */
PtlAppearance *ptl_appearance_new (GActionMap *actions);
