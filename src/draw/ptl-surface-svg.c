#include "ptl-surface-svg.h"

#include <math.h>
#include <string.h>

#include "io/ptl-xml-writer.h"
#include "ptl-font.h"

#define NUMBER_SIZE 32
#define SAMPLE_SIZE 100 /* that letters are measured at */
#define TIGHT       0.8 /* a text that fills more of its room is held to its width in fonts other than ours, too */
#define ELLIPSIS    "…"

typedef struct
{
  PtlSurface base;
  PtlXmlWriter *writer;
  PangoContext *context;
  GHashTable *widths[2]; /* letter -> its width at SAMPLE_SIZE in Pango units; normal and bold */
  GHashTable *icons;     /* PtlIcon, those that were used */
} SvgSurface;

/* A number with two places at most, and never a comma. */
static const char *
format_number (char text[NUMBER_SIZE], double value)
{
  gsize n;

  g_ascii_formatd (text, NUMBER_SIZE, "%.2f", value);
  for (n = strlen (text); text[n - 1] == '0'; n--)
    ;
  text[text[n - 1] == '.' ? n - 1 : n] = '\0';
  return text;
}

static void
add_number (SvgSurface *self, const char *name, double value)
{
  char text[NUMBER_SIZE];

  ptl_xml_attribute (self->writer, name, format_number (text, value));
}

static void
add_colour (SvgSurface *self, const char *name, const char *opacity, PtlColour colour)
{
  char text[8];

  g_snprintf (text, sizeof text, "#%06x", colour >> 8);
  ptl_xml_attribute (self->writer, name, colour == 0 ? "none" : text);
  if (colour != 0 && (colour & 0xff) != 0xff)
    add_number (self, opacity, (colour & 0xff) / 255.0);
}

/* The part of the canvas that is seen. */
static void
add_view (SvgSurface *self, const PtlBox *part)
{
  g_autoptr (GString) view = g_string_new (NULL);
  const double numbers[] = { part->x, part->y, part->width, part->height };
  char text[NUMBER_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_string_append_printf (view, "%s%s", i > 0 ? " " : "", format_number (text, numbers[i]));
  ptl_xml_attribute (self->writer, "viewBox", view->str);
}

static void
add_stroke (SvgSurface *self, PtlColour colour, double width, gboolean dashed)
{
  add_colour (self, "stroke", "stroke-opacity", colour);
  add_number (self, "stroke-width", width);
  if (dashed)
    {
      g_autofree char *dashes = g_strdup_printf ("%d %d", (int) ceil (width * 4), (int) ceil (width * 3));

      ptl_xml_attribute (self->writer, "stroke-dasharray", dashes);
    }
}

static void
svg_surface_box (PtlSurface *surface, const PtlBox *box, const PtlBoxStyle *style)
{
  SvgSurface *self = (SvgSurface *) surface;
  double inset = style->stroke != 0 ? style->width / 2 : 0;
  double radius = MIN (style->radius, MIN (box->width, box->height) / 2) - inset;

  ptl_xml_start (self->writer, "rect");
  add_number (self, "x", box->x + inset);
  add_number (self, "y", box->y + inset);
  add_number (self, "width", MAX (box->width - 2 * inset, 0));
  add_number (self, "height", MAX (box->height - 2 * inset, 0));
  if (radius > 0)
    add_number (self, "rx", radius);
  add_colour (self, "fill", "fill-opacity", style->fill);
  if (style->stroke != 0)
    add_stroke (self, style->stroke, style->width, style->dashed);
  ptl_xml_end (self->writer);
}

static void
append_point (GString *path, const char *verb, PtlPoint point)
{
  char text[NUMBER_SIZE];

  g_string_append_printf (path, "%s%s", verb, format_number (text, point.x));
  g_string_append_printf (path, ",%s", format_number (text, point.y));
}

static void
write_head (SvgSurface *self, PtlPoint *tip, PtlPoint from, const PtlLineStyle *style)
{
  g_autoptr (GString) path = g_string_new (NULL);
  PtlPoint corners[3];

  if (!ptl_line_cut_head (tip, from, ptl_line_head_length (style->width), corners))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
    append_point (path, i > 0 ? " " : "", corners[i]);
  ptl_xml_start (self->writer, "polygon");
  ptl_xml_attribute (self->writer, "points", path->str);
  add_colour (self, "fill", "fill-opacity", style->colour);
  ptl_xml_end (self->writer);
}

static void
svg_surface_line (PtlSurface *surface, const PtlPoint *points, guint n, PtlHeads heads, const PtlLineStyle *style)
{
  SvgSurface *self = (SvgSurface *) surface;
  g_autofree PtlPoint *line = g_memdup2 (points, n * sizeof *points);
  g_autoptr (GString) path = g_string_new (NULL);

  if (heads & PTL_HEAD_START)
    write_head (self, &line[0], line[1], style);
  if (heads & PTL_HEAD_END)
    write_head (self, &line[n - 1], line[n - 2], style);
  append_point (path, "M", line[0]);
  for (guint i = 1; i + 1 < n; i++)
    {
      append_point (path, "L", ptl_line_bend (line[i], line[i - 1], style->radius));
      if (style->radius > 0)
        append_point (path, "Q", line[i]);
      if (style->radius > 0)
        append_point (path, " ", ptl_line_bend (line[i], line[i + 1], style->radius));
    }
  append_point (path, "L", line[n - 1]);
  ptl_xml_start (self->writer, "path");
  ptl_xml_attribute (self->writer, "d", path->str);
  add_colour (self, "fill", "fill-opacity", 0);
  add_stroke (self, style->colour, style->width, style->dashed);
  ptl_xml_end (self->writer);
}

/* Letters are measured once: a text of known letters costs no shaping. */
static double
letter_width (SvgSurface *self, const PtlTextStyle *style, gunichar letter)
{
  gpointer known;

  if (!g_hash_table_lookup_extended (self->widths[style->bold != 0], GUINT_TO_POINTER (letter), NULL, &known))
    {
      char text[7] = { 0 };
      g_autoptr (PangoLayout) layout = NULL;
      int width;

      g_unichar_to_utf8 (letter, text);
      layout = ptl_font_layout_new (self->context, SAMPLE_SIZE, style->bold, text);
      pango_layout_get_size (layout, &width, NULL);
      known = GINT_TO_POINTER (width);
      g_hash_table_insert (self->widths[style->bold != 0], GUINT_TO_POINTER (letter), known);
    }
  return GPOINTER_TO_INT (known) * style->size / (SAMPLE_SIZE * PANGO_SCALE);
}

static double
svg_surface_text_width (PtlSurface *surface, const PtlTextStyle *style, const char *text)
{
  double width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    width += letter_width ((SvgSurface *) surface, style, g_utf8_get_char (text));
  return width;
}

/* How many bytes of the text fit in the room: all, or as many whole letters as there is room for. */
static gsize
fitting (SvgSurface *self, const PtlTextStyle *style, double room, const char *text)
{
  const char *at = text;
  double width = 0;

  for (; *at != '\0'; at = g_utf8_next_char (at))
    {
      width += letter_width (self, style, g_utf8_get_char (at));
      if (width > room)
        break;
    }
  return (gsize) (at - text);
}

/* The next line of a text that goes on behind it: up to the last space that fits, else cut anywhere. */
static char *
take_line (SvgSurface *self, const PtlTextStyle *style, double room, const char **text)
{
  gsize n = fitting (self, style, room, *text);
  gsize space = n;
  char *line;

  if (n == 0)
    n = (gsize) (g_utf8_next_char (*text) - *text);
  while (space > 0 && (*text)[space] != ' ')
    space--;
  if (space > 0 && (*text)[n] != '\0')
    n = space;
  line = g_strndup (*text, n);
  *text += n;
  while (**text == ' ')
    (*text)++;
  return line;
}

/* The last line: all of the text, or what fits before an ellipsis. */
static char *
take_rest (SvgSurface *self, const PtlTextStyle *style, double room, const char *text)
{
  gsize n = fitting (self, style, room, text);

  if (text[n] == '\0')
    return g_strdup (text);
  n = fitting (self, style, room - svg_surface_text_width (&self->base, style, ELLIPSIS), text);
  while (n > 0 && text[n - 1] == ' ')
    n--;
  return g_strdup_printf ("%.*s" ELLIPSIS, (int) n, text);
}

static void
write_line (SvgSurface *self, const PtlTextStyle *style, double x, double baseline, double room, const char *text)
{
  static const char *const anchors[] = { "start", "middle", "end" };
  double width = svg_surface_text_width (&self->base, style, text);

  ptl_xml_start (self->writer, "text");
  add_number (self, "x", x + room * style->align / 2);
  add_number (self, "y", baseline);
  add_number (self, "font-size", style->size);
  if (style->bold)
    ptl_xml_attribute (self->writer, "font-weight", "600");
  if (style->align != PTL_TEXT_START)
    ptl_xml_attribute (self->writer, "text-anchor", anchors[style->align]);
  if (width > room * TIGHT)
    {
      add_number (self, "textLength", MIN (width, room));
      ptl_xml_attribute (self->writer, "lengthAdjust", "spacingAndGlyphs");
    }
  add_colour (self, "fill", "fill-opacity", style->colour);
  ptl_xml_text (self->writer, text);
  ptl_xml_end (self->writer);
}

static guint
svg_surface_text (PtlSurface *surface, const PtlTextStyle *style, double x, double y, double width, const char *text)
{
  SvgSurface *self = (SvgSurface *) surface;
  guint lines = 0;

  while (*text != '\0')
    {
      gboolean last = lines + 1 >= style->lines;
      g_autofree char *line = last ? take_rest (self, style, width, text) : take_line (self, style, width, &text);

      write_line (self, style, x, y + style->size + lines * style->size * PTL_LINE_HEIGHT, width, line);
      lines++;
      if (last)
        break;
    }
  return lines;
}

static void
svg_surface_icon (PtlSurface *surface, const PtlIcon *icon, double x, double y, double size, PtlColour colour)
{
  SvgSurface *self = (SvgSurface *) surface;
  g_autofree char *reference = g_strconcat ("#icon-", icon->name, NULL);

  g_hash_table_add (self->icons, (gpointer) icon);
  ptl_xml_start (self->writer, "use");
  ptl_xml_attribute (self->writer, "xlink:href", reference);
  add_number (self, "x", x);
  add_number (self, "y", y);
  add_number (self, "width", size);
  add_number (self, "height", size);
  add_colour (self, "stroke", "stroke-opacity", colour);
  ptl_xml_end (self->writer);
}

/* An <svg> in the other shows nothing outside of its box. */
static void
svg_surface_begin_clip (PtlSurface *surface, const PtlBox *box)
{
  SvgSurface *self = (SvgSurface *) surface;

  ptl_xml_start (self->writer, "svg");
  add_number (self, "x", box->x);
  add_number (self, "y", box->y);
  add_number (self, "width", box->width);
  add_number (self, "height", box->height);
  add_view (self, box);
}

static void
svg_surface_end_clip (PtlSurface *surface)
{
  ptl_xml_end (((SvgSurface *) surface)->writer);
}

static void
svg_surface_begin_group (PtlSurface *surface, const char *kind, const char *id, const char *tooltip)
{
  SvgSurface *self = (SvgSurface *) surface;
  g_autofree char *name = g_strconcat (kind, "-", id, NULL);

  ptl_xml_start (self->writer, "g");
  ptl_xml_attribute (self->writer, "id", name);
  ptl_xml_attribute (self->writer, "class", kind);
  ptl_xml_start (self->writer, "title");
  ptl_xml_text (self->writer, tooltip);
  ptl_xml_end (self->writer);
}

static void
svg_surface_end_group (PtlSurface *surface)
{
  ptl_xml_end (((SvgSurface *) surface)->writer);
}

static int
compare_icons (gconstpointer a, gconstpointer b)
{
  return strcmp (((const PtlIcon *) a)->name, ((const PtlIcon *) b)->name);
}

/* The icons that were used, once each. */
static void
write_icons (SvgSurface *self)
{
  g_autoptr (GList) icons = g_list_sort (g_hash_table_get_keys (self->icons), compare_icons);

  ptl_xml_start (self->writer, "defs");
  for (GList *at = icons; at != NULL; at = at->next)
    {
      const PtlIcon *icon = at->data;
      g_autofree char *id = g_strconcat ("icon-", icon->name, NULL);

      ptl_xml_start (self->writer, "symbol");
      ptl_xml_attribute (self->writer, "id", id);
      ptl_xml_attribute (self->writer, "viewBox", "0 0 16 16");
      ptl_xml_attribute (self->writer, "overflow", "visible");
      ptl_xml_start (self->writer, "path");
      ptl_xml_attribute (self->writer, "d", icon->path);
      ptl_xml_attribute (self->writer, "fill", "none");
      add_number (self, "stroke-width", PTL_ICON_WEIGHT);
      ptl_xml_attribute (self->writer, "stroke-linecap", "round");
      ptl_xml_attribute (self->writer, "stroke-linejoin", "round");
      ptl_xml_end (self->writer);
      ptl_xml_end (self->writer);
    }
  ptl_xml_end (self->writer);
}

static void
svg_surface_free (PtlSurface *surface)
{
  SvgSurface *self = (SvgSurface *) surface;

  if (g_hash_table_size (self->icons) > 0)
    write_icons (self);
  ptl_xml_end (self->writer);
  ptl_xml_writer_free (self->writer);
  for (guint i = 0; i < G_N_ELEMENTS (self->widths); i++)
    g_hash_table_unref (self->widths[i]);
  g_hash_table_unref (self->icons);
  g_object_unref (self->context);
  g_free (self);
}

static const PtlSurfaceClass svg_class = {
  .box = svg_surface_box,
  .line = svg_surface_line,
  .text = svg_surface_text,
  .text_width = svg_surface_text_width,
  .icon = svg_surface_icon,
  .begin_clip = svg_surface_begin_clip,
  .end_clip = svg_surface_end_clip,
  .begin_group = svg_surface_begin_group,
  .end_group = svg_surface_end_group,
  .free = svg_surface_free,
};

static void
write_start (SvgSurface *self, const PtlBox *part, double scale, const char *title)
{
  ptl_xml_start (self->writer, "svg");
  ptl_xml_attribute (self->writer, "xmlns", "http://www.w3.org/2000/svg");
  ptl_xml_attribute (self->writer, "xmlns:xlink", "http://www.w3.org/1999/xlink");
  add_number (self, "width", part->width * scale);
  add_number (self, "height", part->height * scale);
  add_view (self, part);
  ptl_xml_attribute (self->writer, "font-family", PTL_FONT_FAMILIES);
  ptl_xml_start (self->writer, "title");
  ptl_xml_text (self->writer, title);
  ptl_xml_end (self->writer);
}

/**
 * ptl_surface_svg_new:
 * @output: stays the caller's; complete when the surface is freed
 * @part: the part of the canvas that the picture shows, in canvas units
 * @scale: how large it is at 100 %, in pixels a canvas unit
 * @title: of the picture
 *
 * Returns: (transfer full): a surface
 */
PtlSurface *
ptl_surface_svg_new (PtlOutput *output, const PtlBox *part, double scale, const char *title)
{
  SvgSurface *self = g_new0 (SvgSurface, 1);

  self->base.class = &svg_class;
  self->base.has_groups = TRUE;
  self->writer = ptl_xml_writer_new (output);
  self->context = ptl_font_context_new ();
  self->icons = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->widths); i++)
    self->widths[i] = g_hash_table_new (NULL, NULL);
  write_start (self, part, scale, title);
  return &self->base;
}
