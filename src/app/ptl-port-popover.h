#pragma once

#include <gtk/gtk.h>

#include "ptl-canvas.h"

/* What the chosen arrow needs, in short, at the pointer. It goes when something else is chosen, when the view moves
 * and by Esc; it does not hold the pointer, so that the next click is already for another arrow. */

#define PTL_TYPE_PORT_POPOVER (ptl_port_popover_get_type ())
G_DECLARE_FINAL_TYPE (PtlPortPopover, ptl_port_popover, PTL, PORT_POPOVER, GtkPopover)

/* Of the arrow that is chosen in the canvas' session, at a place on the canvas. */
void ptl_port_popover_show (PtlCanvas *canvas, const GdkRectangle *at);
