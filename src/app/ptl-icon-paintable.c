#include "ptl-icon-paintable.h"

#include "draw/ptl-surface-cairo.h"

struct _PtlIconPaintable
{
  GObject parent_instance;

  const PtlIcon *icon;
};

static void ptl_icon_paintable_paintable_init (GdkPaintableInterface *interface);
static void ptl_icon_paintable_symbolic_init (GtkSymbolicPaintableInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PtlIconPaintable, ptl_icon_paintable, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, ptl_icon_paintable_paintable_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SYMBOLIC_PAINTABLE,
                                                          ptl_icon_paintable_symbolic_init))

static PtlColour
to_colour (const GdkRGBA *colour)
{
  return (guint32) (colour->red * 255 + 0.5f) << 24 | (guint32) (colour->green * 255 + 0.5f) << 16
         | (guint32) (colour->blue * 255 + 0.5f) << 8 | (guint32) (colour->alpha * 255 + 0.5f);
}

/* All icons of the window are drawn in the main thread, by one surface. */
static void
draw (const PtlIcon *icon, cairo_t *cr, double size, PtlColour colour)
{
  static PtlSurface *surface;

  if (surface == NULL)
    surface = ptl_surface_cairo_new ();
  ptl_surface_cairo_set_target (surface, cr);
  ptl_surface_icon (surface, icon, 0, 0, size, colour);
  ptl_surface_cairo_set_target (surface, NULL);
}

static void
ptl_icon_paintable_snapshot_symbolic (GtkSymbolicPaintable *paintable, GdkSnapshot *snapshot, double width,
                                      double height, const GdkRGBA *colours, gsize n_colours)
{
  const PtlIcon *icon = PTL_ICON_PAINTABLE (paintable)->icon;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  draw (icon, cr, MIN (width, height), to_colour (&colours[GTK_SYMBOLIC_COLOR_FOREGROUND]));
  cairo_destroy (cr);
}

static void
ptl_icon_paintable_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  const GdkRGBA grey = { 0.5f, 0.5f, 0.5f, 1 }; /* legible on light and dark: whoever asks knows no colour */

  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (paintable), snapshot, width, height, &grey, 1);
}

static double
ptl_icon_paintable_get_intrinsic_aspect_ratio (GdkPaintable *paintable)
{
  return 1;
}

static GdkPaintableFlags
ptl_icon_paintable_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_SIZE | GDK_PAINTABLE_STATIC_CONTENTS;
}

static void
ptl_icon_paintable_paintable_init (GdkPaintableInterface *interface)
{
  interface->snapshot = ptl_icon_paintable_snapshot;
  interface->get_intrinsic_aspect_ratio = ptl_icon_paintable_get_intrinsic_aspect_ratio;
  interface->get_flags = ptl_icon_paintable_get_flags;
}

static void
ptl_icon_paintable_symbolic_init (GtkSymbolicPaintableInterface *interface)
{
  interface->snapshot_symbolic = ptl_icon_paintable_snapshot_symbolic;
}

static void
ptl_icon_paintable_class_init (PtlIconPaintableClass *class)
{
}

static void
ptl_icon_paintable_init (PtlIconPaintable *self)
{
}

GdkPaintable *
ptl_icon_paintable_new (const char *name)
{
  PtlIconPaintable *self = g_object_new (PTL_TYPE_ICON_PAINTABLE, NULL);

  self->icon = ptl_icon_find_role (name);
  return GDK_PAINTABLE (self);
}
