#include "ptl-pen.h"

#define SLACK 1.01 /* widths are not quite proportional to the size of the letters */

static PtlPoint
to_canvas (const PtlPen *pen, double x, double y)
{
  return (PtlPoint){ pen->origin.x + x * pen->unit, pen->origin.y + y * pen->unit };
}

PtlBox
ptl_pen_box (const PtlPen *pen, const PtlBox *box)
{
  PtlPoint corner = to_canvas (pen, box->x, box->y);

  return (PtlBox){ corner.x, corner.y, box->width * pen->unit, box->height * pen->unit };
}

void
ptl_pen_draw_box (const PtlPen *pen, const PtlBox *box, const PtlBoxStyle *style)
{
  PtlBox canvas = ptl_pen_box (pen, box);
  PtlBoxStyle scaled = *style;

  scaled.width *= pen->unit;
  scaled.radius *= pen->unit;
  ptl_surface_box (pen->surface, &canvas, &scaled);
}

void
ptl_pen_draw_arrow (const PtlPen *pen, PtlPoint from, PtlPoint to, PtlHeads heads, const PtlLineStyle *style)
{
  PtlPoint points[] = { to_canvas (pen, from.x, from.y), to_canvas (pen, to.x, to.y) };
  PtlLineStyle scaled = *style;

  scaled.width *= pen->unit;
  ptl_surface_arrow (pen->surface, points, G_N_ELEMENTS (points), heads, &scaled);
}

void
ptl_pen_draw_line (const PtlPen *pen, PtlPoint from, PtlPoint to, const PtlLineStyle *style)
{
  ptl_pen_draw_arrow (pen, from, to, PTL_HEAD_NONE, style);
}

void
ptl_pen_draw_icon (const PtlPen *pen, const PtlIcon *icon, double x, double y, double size, PtlColour colour)
{
  PtlPoint corner = to_canvas (pen, x, y);

  ptl_surface_icon (pen->surface, icon, corner.x, corner.y, size * pen->unit, colour);
}

void
ptl_pen_draw_text (const PtlPen *pen, const PtlTextStyle *style, double x, double y, double width, const char *text)
{
  PtlPoint corner = to_canvas (pen, x, y);
  PtlTextStyle scaled = *style;

  scaled.size *= pen->unit;
  ptl_surface_text (pen->surface, &scaled, corner.x, corner.y, width * pen->unit, text);
}

PtlTextStyle
ptl_pen_fit_text (const PtlPen *pen, const PtlTextStyle *style, double width, double least, const char *text)
{
  PtlTextStyle fitting = *style, scaled = *style;
  double needed;

  scaled.size *= pen->unit;
  needed = ptl_surface_text_width (pen->surface, &scaled, text) / pen->unit * SLACK;
  fitting.size *= CLAMP (width / MAX (needed, 1e-9), least, 1);
  return fitting;
}
