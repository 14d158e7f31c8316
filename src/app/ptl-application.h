#pragma once

#include "ptl-window.h"

#define PTL_TYPE_APPLICATION (ptl_application_get_type ())
G_DECLARE_FINAL_TYPE (PtlApplication, ptl_application, PTL, APPLICATION, GtkApplication)

PtlApplication *ptl_application_new (void);

/* Shows the plan of the file in a window of its own, or the window that has it open already. */
void ptl_application_open_file (PtlApplication *self, GFile *file);
/* What a crash has left over, in a window of its own. */
void ptl_application_recover (PtlApplication *self, const PtlLeftOver *left_over);
/* A person wants to stay, or must, after being asked what to do with unsaved work: nothing is quit. */
void ptl_application_stay (PtlApplication *self);
