#pragma once

#include "ptl-canvas.h"

/* The whole plan, small, with the part that the canvas shows as a frame: a click or a drag there moves the view. */

#define PTL_TYPE_MINIMAP (ptl_minimap_get_type ())
G_DECLARE_FINAL_TYPE (PtlMinimap, ptl_minimap, PTL, MINIMAP, GtkWidget)

/* To be called once. */
void ptl_minimap_set_canvas (PtlMinimap *self, PtlCanvas *canvas);
/* NULL: nothing is shown. */
void ptl_minimap_set_session (PtlMinimap *self, PtlSession *session);
