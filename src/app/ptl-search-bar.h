#pragma once

#include "ptl-canvas.h"

/* The bar above the canvas that a person searches the plan with: what fits lights up, the rest fades. */

#define PTL_TYPE_SEARCH_BAR (ptl_search_bar_get_type ())
G_DECLARE_FINAL_TYPE (PtlSearchBar, ptl_search_bar, PTL, SEARCH_BAR, GtkBox)

/* Where what was found is brought into view; it must live as long as the bar. */
void ptl_search_bar_set_canvas (PtlSearchBar *self, PtlCanvas *canvas);
/* NULL: nothing is searched. The search ends. */
void ptl_search_bar_set_session (PtlSearchBar *self, PtlSession *session);
/* Shows the bar, with what was typed to be typed over. */
void ptl_search_bar_open (PtlSearchBar *self);
