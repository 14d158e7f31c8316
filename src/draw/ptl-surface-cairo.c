#include "ptl-surface-cairo.h"

#include "ptl-font.h"
#include "ptl-shapes.h"
#include "ptl-strokes.h"

#define MAX_LAYOUTS 10000 /* about 1 KB each */
#define MAX_WIDTH   1e6   /* canvas units, of a text: Pango counts in integers */

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
  PtlStamps *stamps;
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

/* The pixels of an image that a box of the canvas covers: one at least, for what is there is seen. */
static PtlBox
pixels_of (cairo_t *cr, const PtlBox *box)
{
  double left = box->x, top = box->y, right = ptl_box_right (box), bottom = ptl_box_bottom (box);

  cairo_user_to_device (cr, &left, &top);
  cairo_user_to_device (cr, &right, &bottom);
  left = ptl_pixel (left);
  top = ptl_pixel (top);
  return (PtlBox){ left, top, MAX (ptl_pixel (right) - left, 1), MAX (ptl_pixel (bottom) - top, 1) };
}

/* Pixels a canvas unit. */
static double
density (cairo_t *cr)
{
  double width = 1, height = 0;

  cairo_user_to_device_distance (cr, &width, &height);
  return width;
}

static gboolean
is_image (cairo_t *cr)
{
  return cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_IMAGE;
}

static void
stamp_box (CairoSurface *self, const PtlBox *box, double radius, const PtlBoxStyle *style)
{
  cairo_t *cr = self->cr;
  PtlBox pixels = pixels_of (cr, box);
  double scale = density (cr), border = style->width * scale;

  radius *= scale;
  cairo_save (cr);
  cairo_identity_matrix (cr);
  if (style->fill != 0)
    {
      set_colour (cr, style->fill);
      ptl_stamps_box (self->stamps, cr, &pixels, radius, 0);
    }
  if (style->stroke != 0)
    {
      set_colour (cr, style->stroke);
      (style->dashed ? ptl_stamps_dashed_border : ptl_stamps_box) (self->stamps, cr, &pixels, radius, border);
    }
  cairo_restore (cr);
}

static void
draw_box (cairo_t *cr, const PtlBox *box, double radius, const PtlBoxStyle *style)
{
  if (style->fill != 0)
    {
      set_colour (cr, style->fill);
      ptl_trace_box (cr, box, radius);
      cairo_fill (cr);
    }
  if (style->stroke == 0)
    return;
  set_colour (cr, style->stroke);
  if (style->dashed)
    ptl_draw_dashed_border (cr, box, radius, style->width);
  else
    ptl_draw_border (cr, box, radius, style->width);
}

static void
cairo_surface_box (PtlSurface *surface, const PtlBox *box, const PtlBoxStyle *style)
{
  CairoSurface *self = (CairoSurface *) surface;
  double radius = MIN (style->radius, MIN (box->width, box->height) / 2);

  if (is_image (self->cr))
    stamp_box (self, box, radius, style);
  else
    draw_box (self->cr, box, radius, style);
}

/* Adds the line to the path, its corners rounded as SVG's quadratic curves do it. */
static void
trace_line (cairo_t *cr, const PtlPoint *points, guint n, double radius)
{
  cairo_move_to (cr, points[0].x, points[0].y);
  for (guint i = 1; i + 1 < n; i++)
    {
      PtlPoint at = points[i], in = ptl_line_bend (at, points[i - 1], radius);
      PtlPoint out = ptl_line_bend (at, points[i + 1], radius);

      cairo_line_to (cr, in.x, in.y);
      cairo_curve_to (cr, in.x + (at.x - in.x) * 2 / 3, in.y + (at.y - in.y) * 2 / 3, out.x + (at.x - out.x) * 2 / 3,
                      out.y + (at.y - out.y) * 2 / 3, out.x, out.y);
    }
  cairo_line_to (cr, points[n - 1].x, points[n - 1].y);
}

static void
fill_corners (cairo_t *cr, const PtlPoint corners[3])
{
  for (guint i = 0; i < 3; i++)
    cairo_line_to (cr, corners[i].x, corners[i].y);
  cairo_fill (cr);
}

static void
draw_line (cairo_t *cr, PtlPoint *points, guint n, PtlHeads heads, const PtlLineStyle *style)
{
  const double dashes[] = { style->width * 4, style->width * 3 };
  double length = ptl_line_head_length (style->width);
  PtlPoint corners[3];

  if (heads & PTL_HEAD_START && ptl_line_cut_head (&points[0], points[1], length, corners))
    fill_corners (cr, corners);
  if (heads & PTL_HEAD_END && ptl_line_cut_head (&points[n - 1], points[n - 2], length, corners))
    fill_corners (cr, corners);
  cairo_set_line_width (cr, style->width);
  cairo_set_dash (cr, dashes, style->dashed ? G_N_ELEMENTS (dashes) : 0, 0);
  trace_line (cr, points, n, style->radius);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
stamp_line (CairoSurface *self, PtlPoint *points, guint n, PtlHeads heads, const PtlLineStyle *style)
{
  cairo_t *cr = self->cr;
  double scale = density (cr);
  const PtlStroke stroke
      = { style->width * scale, style->radius * scale, ptl_line_head_length (style->width) * scale, style->dashed };

  for (guint i = 0; i < n; i++)
    cairo_user_to_device (cr, &points[i].x, &points[i].y);
  cairo_save (cr);
  cairo_identity_matrix (cr);
  ptl_strokes_draw (self->stamps, cr, points, n, heads, &stroke);
  cairo_restore (cr);
}

static void
cairo_surface_line (PtlSurface *surface, const PtlPoint *points, guint n, PtlHeads heads, const PtlLineStyle *style)
{
  CairoSurface *self = (CairoSurface *) surface;
  g_autofree PtlPoint *own = g_memdup2 (points, n * sizeof *points);

  set_colour (self->cr, style->colour);
  if (is_image (self->cr))
    stamp_line (self, own, n, heads, style);
  else
    draw_line (self->cr, own, n, heads, style);
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
  if (is_image (cr))
    {
      cairo_user_to_device (cr, &x, &y);
      x = ptl_pixel (x) + PTL_PIXEL_TIE;
      y = ptl_pixel (y) + PTL_PIXEL_TIE;
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
cairo_surface_icon (PtlSurface *surface, const PtlIcon *icon, double x, double y, double size, PtlColour colour)
{
  CairoSurface *self = (CairoSurface *) surface;
  cairo_t *cr = self->cr;

  cairo_save (cr);
  set_colour (cr, colour);
  if (is_image (cr))
    {
      size *= density (cr);
      cairo_user_to_device (cr, &x, &y);
      cairo_identity_matrix (cr);
      ptl_stamps_icon (self->stamps, cr, icon, ptl_pixel (x), ptl_pixel (y), size);
    }
  else
    {
      cairo_translate (cr, x, y);
      ptl_draw_icon (cr, icon, size);
    }
  cairo_restore (cr);
}

static void
cairo_surface_begin_clip (PtlSurface *surface, const PtlBox *box)
{
  cairo_t *cr = ((CairoSurface *) surface)->cr;

  cairo_save (cr);
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  cairo_clip (cr);
}

static void
cairo_surface_end_clip (PtlSurface *surface)
{
  cairo_restore (((CairoSurface *) surface)->cr);
}

static void
cairo_surface_free (PtlSurface *surface)
{
  CairoSurface *self = (CairoSurface *) surface;

  ptl_stamps_free (self->stamps);
  g_hash_table_unref (self->layouts);
  g_object_unref (self->context);
  g_free (self);
}

static const PtlSurfaceClass cairo_class = {
  .box = cairo_surface_box,
  .line = cairo_surface_line,
  .text = cairo_surface_text,
  .text_width = cairo_surface_text_width,
  .icon = cairo_surface_icon,
  .begin_clip = cairo_surface_begin_clip,
  .end_clip = cairo_surface_end_clip,
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
  self->stamps = ptl_stamps_new ();
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
