#include "ptl-surface-cairo.h"

#include <math.h>

#include "ptl-font.h"

#define MAX_LAYOUTS 10000 /* about 1 KB each */
#define MAX_WIDTH   1e6   /* canvas units, of a text: Pango counts in integers */
#define TIE         2e-4  /* px: more than numbers are wrong by, less than letters are apart by */

/* A text as it was laid out. */
typedef struct
{
  char *text;
  double size, width;
  guint lines;
  gboolean bold;
  PangoLayout *layout;
} Shaped;

typedef struct
{
  PtlSurface base;
  cairo_t *cr;
  PangoContext *context;
  GHashTable *layouts; /* of Shaped */
} CairoSurface;

static guint
hash_shaped (gconstpointer key)
{
  const Shaped *shaped = key;

  return g_str_hash (shaped->text) ^ (guint) (shaped->size * 64) * 31 ^ (guint) (int) (shaped->width * 8) * 1009
         ^ shaped->lines << 1 ^ (guint) shaped->bold;
}

static gboolean
equal_shaped (gconstpointer a, gconstpointer b)
{
  const Shaped *one = a, *other = b;

  return one->size == other->size && one->width == other->width && one->lines == other->lines
         && one->bold == other->bold && g_str_equal (one->text, other->text);
}

static void
free_shaped (gpointer data)
{
  Shaped *shaped = data;

  g_free (shaped->text);
  g_object_unref (shaped->layout);
  g_free (shaped);
}

static void
set_colour (cairo_t *cr, PtlColour colour)
{
  cairo_set_source_rgba (cr, (colour >> 24) / 255.0, (colour >> 16 & 0xff) / 255.0, (colour >> 8 & 0xff) / 255.0,
                         (colour & 0xff) / 255.0);
}

static void
trace_box (cairo_t *cr, const PtlBox *box, double radius)
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

/* A border is filled, not stroked: a stroke that leaves a tile of a view is cut there, and then differs by a shade from
 * the same stroke in a larger picture. */
static void
fill_border (cairo_t *cr, const PtlBox *box, double radius, const PtlBoxStyle *style)
{
  PtlBox inside = ptl_box_grow (box, -style->width);

  set_colour (cr, style->stroke);
  trace_box (cr, box, radius);
  if (inside.width > 0 && inside.height > 0)
    trace_box (cr, &inside, radius - style->width);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_fill (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
}

/* Strokes in the colour of `cr` what lies in the box. In an image it is drawn apart, and then put there: a stroke that
 * leaves a tile of a view would be cut there, and differ by a shade from the same one in a larger picture. */
static void
stroke_whole (cairo_t *cr, const PtlBox *box, void (*stroke) (cairo_t *cr, gconstpointer data), gconstpointer data)
{
  double x = box->x, y = box->y, width = box->width, height = box->height;
  cairo_surface_t *mask;
  cairo_matrix_t matrix;
  cairo_t *apart;

  if (cairo_surface_get_type (cairo_get_target (cr)) != CAIRO_SURFACE_TYPE_IMAGE)
    {
      stroke (cr, data);
      return;
    }
  cairo_user_to_device (cr, &x, &y);
  cairo_user_to_device_distance (cr, &width, &height);
  x = floor (x) - 1;
  y = floor (y) - 1;
  mask = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) ceil (width) + 3, (int) ceil (height) + 3);
  apart = cairo_create (mask);
  cairo_get_matrix (cr, &matrix);
  matrix.x0 -= x;
  matrix.y0 -= y;
  cairo_set_matrix (apart, &matrix);
  stroke (apart, data);
  cairo_destroy (apart);
  cairo_save (cr);
  cairo_identity_matrix (cr);
  cairo_mask_surface (cr, mask, x, y);
  cairo_restore (cr);
  cairo_surface_destroy (mask);
}

typedef struct
{
  PtlBox box;
  double radius, width;
} Dashes;

static void
stroke_dashed_box (cairo_t *cr, gconstpointer data)
{
  const Dashes *dashes = data;
  const double lengths[] = { dashes->width * 4, dashes->width * 3 };

  cairo_set_line_width (cr, dashes->width);
  cairo_set_dash (cr, lengths, G_N_ELEMENTS (lengths), 0);
  trace_box (cr, &dashes->box, dashes->radius);
  cairo_stroke (cr);
}

static void
stroke_dashes (cairo_t *cr, const PtlBox *box, double radius, const PtlBoxStyle *style)
{
  Dashes dashes = { ptl_box_grow (box, -style->width / 2), radius - style->width / 2, style->width };

  set_colour (cr, style->stroke);
  stroke_whole (cr, box, stroke_dashed_box, &dashes);
}

static void
cairo_surface_box (PtlSurface *surface, const PtlBox *box, const PtlBoxStyle *style)
{
  cairo_t *cr = ((CairoSurface *) surface)->cr;
  double radius = MIN (style->radius, MIN (box->width, box->height) / 2);

  if (style->fill != 0)
    {
      set_colour (cr, style->fill);
      trace_box (cr, box, radius);
      cairo_fill (cr);
    }
  if (style->stroke != 0)
    (style->dashed ? stroke_dashes : fill_border) (cr, box, radius, style);
}

/* One dash, as a corner of a filled path; all of them wind the same way round. */
static void
trace_dash (cairo_t *cr, PtlPoint from, PtlPoint to, double width)
{
  double way = hypot (to.x - from.x, to.y - from.y);
  double dx = way > 0 ? (to.y - from.y) / way * width / 2 : 0, dy = way > 0 ? (from.x - to.x) / way * width / 2 : 0;

  cairo_move_to (cr, from.x + dx, from.y + dy);
  cairo_line_to (cr, to.x + dx, to.y + dy);
  cairo_line_to (cr, to.x - dx, to.y - dy);
  cairo_line_to (cr, from.x - dx, from.y - dy);
  cairo_close_path (cr);
}

static PtlPoint
between (PtlPoint from, PtlPoint to, double part)
{
  return (PtlPoint){ from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part };
}

/* From corner to corner, and around it by half the width; dashes begin anew at each corner. */
static void
trace_line (cairo_t *cr, const PtlPoint *points, guint n, const PtlLineStyle *style)
{
  for (guint i = 1; i < n; i++)
    {
      PtlPoint from = points[i - 1], to = points[i];
      double way = hypot (to.x - from.x, to.y - from.y), more = style->width / 2, dash = style->width * 4;

      if (way == 0)
        continue;
      if (!style->dashed)
        trace_dash (cr, i > 1 ? between (from, to, -more / way) : from,
                    i + 1 < n ? between (from, to, 1 + more / way) : to, style->width);
      for (double at = 0; style->dashed && at < way; at += style->width * 7)
        trace_dash (cr, between (from, to, at / way), between (from, to, MIN (at + dash, way) / way), style->width);
    }
}

/* Filled, not stroked, as borders are. */
static void
cairo_surface_path (PtlSurface *surface, const PtlPoint *points, guint n, gboolean filled, const PtlLineStyle *style)
{
  cairo_t *cr = ((CairoSurface *) surface)->cr;

  set_colour (cr, style->colour);
  if (filled)
    for (guint i = 0; i < n; i++)
      cairo_line_to (cr, points[i].x, points[i].y);
  else
    trace_line (cr, points, n, style);
  cairo_fill (cr);
}

/* The text laid out; kept for the next time. A width below 0 is no limit. */
static PangoLayout *
shape (CairoSurface *self, const PtlTextStyle *style, double width, const char *text)
{
  Shaped key = { (char *) text, style->size, width, style->lines, style->bold, NULL };
  Shaped *shaped = g_hash_table_lookup (self->layouts, &key);

  if (shaped != NULL)
    return shaped->layout;
  if (g_hash_table_size (self->layouts) >= MAX_LAYOUTS)
    g_hash_table_remove_all (self->layouts);
  shaped = g_memdup2 (&key, sizeof key);
  shaped->text = g_strdup (text);
  shaped->layout = ptl_font_layout_new (self->context, style->size, style->bold, text);
  pango_layout_set_single_paragraph_mode (shaped->layout, TRUE);
  if (width >= 0)
    {
      pango_layout_set_width (shaped->layout, (int) (MIN (width, MAX_WIDTH) * PANGO_SCALE));
      pango_layout_set_ellipsize (shaped->layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_wrap (shaped->layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (shaped->layout, -(int) MAX (style->lines, 1));
    }
  g_hash_table_add (self->layouts, shaped);
  return shaped->layout;
}

/* Moves to where a text begins. cairo sets each letter on a whole pixel: without care, one that falls between two goes
 * left in one tile of a view and right in the next. */
static void
move_to_text (cairo_t *cr, double x, double y)
{
  if (cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_IMAGE)
    {
      cairo_user_to_device (cr, &x, &y);
      x = floor (x + 0.5 + TIE) + TIE;
      y = floor (y + 0.5 + TIE) + TIE;
      cairo_device_to_user (cr, &x, &y);
    }
  cairo_move_to (cr, x, y);
}

static guint
cairo_surface_text (PtlSurface *surface, const PtlTextStyle *style, double x, double y, double width, const char *text)
{
  CairoSurface *self = (CairoSurface *) surface;
  PangoLayout *layout = shape (self, style, width, text);
  int n = pango_layout_get_line_count (layout);

  set_colour (self->cr, style->colour);
  for (int i = 0; i < n; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);
      PangoRectangle logical;
      double free_room;

      pango_layout_line_get_extents (line, NULL, &logical);
      free_room = width - (double) logical.width / PANGO_SCALE;
      move_to_text (self->cr, x + free_room * style->align / 2, y + style->size + i * style->size * PTL_LINE_HEIGHT);
      pango_cairo_show_layout_line (self->cr, line);
    }
  cairo_new_path (self->cr);
  return (guint) n;
}

static double
cairo_surface_text_width (PtlSurface *surface, const PtlTextStyle *style, const char *text)
{
  PangoRectangle logical;

  pango_layout_get_extents (shape ((CairoSurface *) surface, style, -1, text), NULL, &logical);
  return (double) logical.width / PANGO_SCALE;
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

static void
stroke_icon (cairo_t *cr, gconstpointer icon)
{
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  trace_icon (cr, icon);
  cairo_set_line_width (cr, PTL_ICON_WEIGHT);
  cairo_stroke (cr);
}

static void
cairo_surface_icon (PtlSurface *surface, const PtlIcon *icon, double x, double y, double size, PtlColour colour)
{
  cairo_t *cr = ((CairoSurface *) surface)->cr;
  PtlBox box = { 0, 0, PTL_ICON_GRID, PTL_ICON_GRID };

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size / PTL_ICON_GRID, size / PTL_ICON_GRID);
  set_colour (cr, colour);
  stroke_whole (cr, &box, stroke_icon, icon);
  cairo_restore (cr);
}

static void
cairo_surface_free (PtlSurface *surface)
{
  CairoSurface *self = (CairoSurface *) surface;

  g_hash_table_unref (self->layouts);
  g_object_unref (self->context);
  g_free (self);
}

static const PtlSurfaceClass cairo_class = {
  .box = cairo_surface_box,
  .path = cairo_surface_path,
  .text = cairo_surface_text,
  .text_width = cairo_surface_text_width,
  .icon = cairo_surface_icon,
  .free = cairo_surface_free,
};

/**
 * ptl_surface_cairo_new:
 *
 * Returns: (transfer full): a surface that draws on nothing yet: see ptl_surface_cairo_set_target ()
 */
PtlSurface *
ptl_surface_cairo_new (void)
{
  CairoSurface *self = g_new0 (CairoSurface, 1);

  self->base.class = &cairo_class;
  self->context = ptl_font_context_new ();
  self->layouts = g_hash_table_new_full (hash_shaped, equal_shaped, free_shaped, NULL);
  return &self->base;
}

/**
 * ptl_surface_cairo_set_target:
 * @cr: stays the caller's; its transformation takes canvas units to where they are to be drawn
 *
 * What is drawn from now on is drawn there.
 */
void
ptl_surface_cairo_set_target (PtlSurface *surface, cairo_t *cr)
{
  ((CairoSurface *) surface)->cr = cr;
}
