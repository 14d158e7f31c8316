#pragma once

#include <pango/pangocairo.h>

/* What both kinds of surface must agree on: the letters. */

#define PTL_FONT_FAMILIES "Adwaita Sans, Cantarell, Inter, Noto Sans, DejaVu Sans, sans-serif"

/* A context of its own, so that each surface can work in a thread of its own. Letters have the same width
 * at any scale: their positions are not rounded to pixels. */
PangoContext *ptl_font_context_new (void);
PangoLayout *ptl_font_layout_new (PangoContext *context, double size, gboolean bold, const char *text);
/* The width of a text in one line; any thread may ask. */
double ptl_font_width (double size, gboolean bold, const char *text);
