#include "ptl-canvas-private.h"

void
ptl_canvas_init_gestures (PtlCanvas *self)
{
}

void
ptl_canvas_snapshot_gesture (PtlCanvas *self, GtkSnapshot *snapshot)
{
}
