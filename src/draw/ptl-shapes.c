#include "ptl-shapes.h"

void
ptl_trace_box (cairo_t *cr, const PtlBox *box, double radius)
{
  double left = box->x, top = box->y, right = ptl_box_right (box), bottom = ptl_box_bottom (box);

  if (radius <= 0)
    {
      cairo_rectangle (cr, left, top, box->width, box->height);
      return;
    }
  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, top + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI_2);
  cairo_arc (cr, left + radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, left + radius, top + radius, radius, G_PI, G_PI * 1.5);
  cairo_close_path (cr);
}

void
ptl_draw_border (cairo_t *cr, const PtlBox *box, double radius, double width)
{
  PtlBox inside = ptl_box_grow (box, -width);

  ptl_trace_box (cr, box, radius);
  if (inside.width > 0 && inside.height > 0)
    ptl_trace_box (cr, &inside, radius - width);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_fill (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
}

void
ptl_draw_dashed_border (cairo_t *cr, const PtlBox *box, double radius, double width)
{
  PtlBox middle = ptl_box_grow (box, -width / 2);
  const double lengths[] = { width * 4, width * 3 };

  cairo_set_line_width (cr, width);
  cairo_set_dash (cr, lengths, G_N_ELEMENTS (lengths), 0);
  ptl_trace_box (cr, &middle, radius - width / 2);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
trace_icon (cairo_t *cr, const PtlIcon *icon)
{
  for (guint i = 0; i < icon->steps->len; i++)
    {
      const PtlIconStep *step = &g_array_index (icon->steps, PtlIconStep, i);

      if (step->verb == PTL_ICON_MOVE)
        cairo_move_to (cr, step->x[0], step->y[0]);
      else if (step->verb == PTL_ICON_LINE)
        cairo_line_to (cr, step->x[0], step->y[0]);
      else if (step->verb == PTL_ICON_CURVE)
        cairo_curve_to (cr, step->x[0], step->y[0], step->x[1], step->y[1], step->x[2], step->y[2]);
      else
        cairo_close_path (cr);
    }
}

void
ptl_draw_icon (cairo_t *cr, const PtlIcon *icon, double size)
{
  cairo_scale (cr, size / PTL_ICON_GRID, size / PTL_ICON_GRID);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, PTL_ICON_WEIGHT);
  trace_icon (cr, icon);
  cairo_stroke (cr);
}
