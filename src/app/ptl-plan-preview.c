#include "ptl-plan-preview.h"

#include "draw/ptl-painter.h"
#include "draw/ptl-surface-cairo.h"

#define WIDTH  208
#define HEIGHT 132
#define MARGIN 10

struct _PtlPlanPreview
{
  GtkWidget parent_instance;

  PtlScene *scene;
};

G_DEFINE_FINAL_TYPE (PtlPlanPreview, ptl_plan_preview, GTK_TYPE_WIDGET)

/* Dark where the text of the theme is light, as on the canvas. */
static const PtlTheme *
get_theme (GtkWidget *widget)
{
  GdkRGBA text;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  return text.red + text.green + text.blue > 1.5f ? &ptl_theme_dark : &ptl_theme_light;
}

static void
ptl_plan_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PtlPlanPreview *self = PTL_PLAN_PREVIEW (widget);
  g_autoptr (PtlSurface) surface = ptl_surface_cairo_new ();
  const PtlBox *bounds = &self->scene->bounds;
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double scale = MIN ((width - 2 * MARGIN) / bounds->width, (height - 2 * MARGIN) / bounds->height);
  PtlPoint centre = ptl_box_centre (bounds);
  PtlBox part = { centre.x - width / scale / 2, centre.y - height / scale / 2, width / scale, height / scale };
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -part.x, -part.y);
  ptl_surface_cairo_set_target (surface, cr);
  ptl_painter_paint (self->scene, get_theme (widget), surface, &part, scale);
  cairo_destroy (cr);
}

static void
ptl_plan_preview_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
ptl_plan_preview_finalize (GObject *object)
{
  ptl_scene_unref (PTL_PLAN_PREVIEW (object)->scene);
  G_OBJECT_CLASS (ptl_plan_preview_parent_class)->finalize (object);
}

static void
ptl_plan_preview_class_init (PtlPlanPreviewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = ptl_plan_preview_finalize;
  widget_class->snapshot = ptl_plan_preview_snapshot;
  widget_class->measure = ptl_plan_preview_measure;
  gtk_widget_class_set_css_name (widget_class, "planpreview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ptl_plan_preview_init (PtlPlanPreview *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
ptl_plan_preview_new (PtlScene *scene)
{
  PtlPlanPreview *self = g_object_new (PTL_TYPE_PLAN_PREVIEW, NULL);

  self->scene = ptl_scene_ref (scene);
  return GTK_WIDGET (self);
}
