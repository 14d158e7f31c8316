#pragma once

#include <gtk/gtk.h>

#include "ptl-session.h"

/* What can be placed: dragged onto the canvas, or chosen and placed by Enter.
 *
 * Signals:
 *   placed (PtlStencil *): a person chose one by keyboard or double click
 *   drawn (PtlStencil *): instead of it for a zone by double click: the pointer is there to draw it */

#define PTL_TYPE_PALETTE (ptl_palette_get_type ())
G_DECLARE_FINAL_TYPE (PtlPalette, ptl_palette, PTL, PALETTE, GtkBox)

/* NULL: the panel is empty. */
void ptl_palette_set_session (PtlPalette *self, PtlSession *session);
void ptl_palette_focus_search (PtlPalette *self);
