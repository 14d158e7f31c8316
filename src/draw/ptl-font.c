#include "ptl-font.h"

#define MEASURED       100 /* the size of letters that texts are measured at */
#define MAX_REMEMBERED 4096

PangoContext *
ptl_font_context_new (void)
{
  g_autoptr (PangoFontMap) map = pango_cairo_font_map_new ();
  PangoContext *context = pango_font_map_create_context (map);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  return context;
}

PangoLayout *
ptl_font_layout_new (PangoContext *context, double size, gboolean bold, const char *text)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_new ();
  PangoAttrList *attributes = pango_attr_list_new ();

  /* Names are cut, but not spelled differently. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_font_description_set_family_static (font, PTL_FONT_FAMILIES);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_font_description_free (font);
  return layout;
}

double
ptl_font_width (double size, gboolean bold, const char *text)
{
  static GMutex mutex;
  static PangoContext *context;
  static GHashTable *widths[2]; /* text -> double */
  double *width, result;

  g_mutex_lock (&mutex);
  if (context == NULL)
    {
      context = ptl_font_context_new ();
      for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
        widths[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    }
  width = g_hash_table_lookup (widths[bold], text);
  if (width == NULL)
    {
      g_autoptr (PangoLayout) layout = ptl_font_layout_new (context, MEASURED, bold, text);
      int measured;

      pango_layout_get_size (layout, &measured, NULL);
      if (g_hash_table_size (widths[bold]) == MAX_REMEMBERED)
        g_hash_table_remove_all (widths[bold]);
      width = g_new (double, 1);
      *width = (double) measured / PANGO_SCALE / MEASURED;
      g_hash_table_insert (widths[bold], g_strdup (text), width);
    }
  result = *width * size;
  g_mutex_unlock (&mutex);
  return result;
}
