#pragma once

#include "ptl-field.h"

/* A button with a list of names to search in and choose from.
 *
 * Signal "picked" (const char *): the key of the chosen one. */

#define PTL_TYPE_PICKER (ptl_picker_get_type ())
G_DECLARE_FINAL_TYPE (PtlPicker, ptl_picker, PTL, PICKER, GtkBox)

/* Asked each time the list opens. */
typedef void (*PtlPickerFill) (PtlTopic *topic, PtlDetail detail, PtlChoices *choices);

/* `icons`: the keys are names of icons, too. */
GtkWidget *ptl_picker_new (PtlTopic *topic, PtlDetail detail, const char *label, PtlPickerFill fill, gboolean icons);
/* What the button says from now on, and what assistive technology calls it. */
void ptl_picker_set_label (PtlPicker *self, const char *label, const char *name);
