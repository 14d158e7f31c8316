#pragma once

#include "draw/ptl-theme.h"
#include "draw/ptl-viewport.h"
#include "ptl-session.h"
#include "ptl-stencil.h"

/* The plan as a picture that a person draws.
 *
 * Properties: zoom (double, read-only): the scale of the view, 1.0 at 100 %; it is notified whenever the view is moved,
 * zoomed or gets another size. show-grid, show-inner-arrows (boolean): those within zones. */

#define PTL_TYPE_CANVAS (ptl_canvas_get_type ())
G_DECLARE_FINAL_TYPE (PtlCanvas, ptl_canvas, PTL, CANVAS, GtkWidget)

/* NULL: nothing is shown. The view is fitted to the plan. */
void ptl_canvas_set_session (PtlCanvas *self, PtlSession *session);
PtlSession *ptl_canvas_get_session (PtlCanvas *self);

const PtlTheme *ptl_canvas_get_theme (PtlCanvas *self);
const PtlViewport *ptl_canvas_get_viewport (PtlCanvas *self);
void ptl_canvas_set_viewport (PtlCanvas *self, const PtlViewport *viewport);
/* Around the middle of the view. */
void ptl_canvas_zoom_to (PtlCanvas *self, double scale);
void ptl_canvas_fit (PtlCanvas *self);
/* Whether it still shows the plan as it fits: the view was not moved. */
gboolean ptl_canvas_is_fitted (PtlCanvas *self);
/* Shows what is selected, or the chosen arrow; nothing: the plan. */
void ptl_canvas_fit_selection (PtlCanvas *self);
/* In pixels of the view: what is at a point moves with it. */
void ptl_canvas_pan (PtlCanvas *self, double dx, double dy);
/* What is at the point of the view stays there. */
void ptl_canvas_zoom_at (PtlCanvas *self, double scale, double x, double y);
/* Moves the view by as little as it takes to show the thing. */
void ptl_canvas_reveal (PtlCanvas *self, PtlItem item);
/* The same for the arrow that is chosen. */
void ptl_canvas_reveal_focus (PtlCanvas *self);
/* The same for all that is selected, or the chosen arrow; shows it smaller if there is no other way. */
void ptl_canvas_reveal_selection (PtlCanvas *self);

/* Places it without a pointer: in what is selected, else in the middle of the view, where there is room. Returns
 * whether it could be. */
gboolean ptl_canvas_place (PtlCanvas *self, const PtlStencil *stencil);
/* Opens a field over the name of the one thing that is selected. Returns whether there is one. */
gboolean ptl_canvas_rename (PtlCanvas *self);
/* The next drag on the canvas draws a zone. */
void ptl_canvas_draw_zone (PtlCanvas *self, PtlZoneKind kind);
