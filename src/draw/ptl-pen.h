#pragma once

#include "ptl-surface.h"

/* Draws in millimetres of a page's paper on a surface that takes canvas units, so that a drawing and what stands
 * around it are one picture. */

typedef struct
{
  PtlSurface *surface;
  const PtlTheme *theme;
  PtlPoint origin; /* canvas units: the paper's upper left corner */
  double unit;     /* canvas units a millimetre */
} PtlPen;

/* The box in canvas units. */
PtlBox ptl_pen_box (const PtlPen *pen, const PtlBox *box);
void ptl_pen_draw_box (const PtlPen *pen, const PtlBox *box, const PtlBoxStyle *style);
void ptl_pen_draw_arrow (const PtlPen *pen, PtlPoint from, PtlPoint to, PtlHeads heads, const PtlLineStyle *style);
void ptl_pen_draw_line (const PtlPen *pen, PtlPoint from, PtlPoint to, const PtlLineStyle *style);
void ptl_pen_draw_icon (const PtlPen *pen, const PtlIcon *icon, double x, double y, double size, PtlColour colour);
void ptl_pen_draw_text (const PtlPen *pen, const PtlTextStyle *style, double x, double y, double width,
                        const char *text);
/* The style with smaller letters where the text would not fit otherwise: `least` times theirs. */
PtlTextStyle ptl_pen_fit_text (const PtlPen *pen, const PtlTextStyle *style, double width, double least,
                               const char *text);
