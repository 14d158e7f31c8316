#pragma once

#include "ptl-session.h"

#include <gtk/gtk.h>

/* Exports or prints the diagram of a session's plan: what of it, on which paper, with a preview of the pages. */

typedef enum
{
  PTL_DIAGRAM_EXPORT,
  PTL_DIAGRAM_PRINT,
} PtlDiagramPurpose;

#define PTL_TYPE_DIAGRAM_DIALOG (ptl_diagram_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PtlDiagramDialog, ptl_diagram_dialog, PTL, DIAGRAM_DIALOG, GtkWindow)

PtlDiagramDialog *ptl_diagram_dialog_show (GtkWindow *parent, PtlSession *session, PtlDiagramPurpose purpose);
/* Exports to a file as if it had been chosen. */
void ptl_diagram_dialog_export_to (PtlDiagramDialog *self, GFile *file);
