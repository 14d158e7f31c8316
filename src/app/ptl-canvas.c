#include "ptl-canvas-private.h"

#include <glib/gi18n.h>

#include "draw/ptl-painter.h"
#include "draw/ptl-surface-cairo.h"

#define MARGIN 40 /* around the plan when it is fitted, in pixels of the view */

enum
{
  PROP_ZOOM = 1,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PtlCanvas, ptl_canvas, GTK_TYPE_WIDGET)

static void
view_changed (PtlCanvas *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

static void
on_session_changed_cb (PtlSession *session, const PtlTouched *touched, PtlCanvas *self)
{
  ptl_canvas_follow_edit (self, touched);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_selection_changed_cb (PtlSession *session, PtlCanvas *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
ptl_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PtlCanvas *self = PTL_CANVAS (widget);
  PtlBox part;
  cairo_t *cr;

  if (self->session == NULL)
    return;
  part = ptl_viewport_visible (&self->viewport);
  cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) self->viewport.width, (float) self->viewport.height));
  cairo_scale (cr, self->viewport.scale, self->viewport.scale);
  cairo_translate (cr, -part.x, -part.y);
  ptl_surface_cairo_set_target (self->surface, cr);
  ptl_painter_paint (ptl_session_get_scene (self->session), &ptl_theme_light, self->surface, &part,
                     self->viewport.scale);
  cairo_destroy (cr);
  ptl_canvas_snapshot_gesture (self, snapshot);
}

static void
ptl_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PtlCanvas *self = PTL_CANVAS (widget);

  self->viewport.width = width;
  self->viewport.height = height;
  if (self->fitted)
    ptl_canvas_fit (self);
}

static void
ptl_canvas_dispose (GObject *object)
{
  PtlCanvas *self = PTL_CANVAS (object);

  ptl_canvas_set_session (self, NULL);
  ptl_canvas_dispose_gestures (self);
  g_clear_pointer (&self->surface, ptl_surface_free);
  G_OBJECT_CLASS (ptl_canvas_parent_class)->dispose (object);
}

static void
ptl_canvas_get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
  g_value_set_double (value, PTL_CANVAS (object)->viewport.scale);
}

static void
ptl_canvas_class_init (PtlCanvasClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = ptl_canvas_dispose;
  object_class->get_property = ptl_canvas_get_property;
  widget_class->snapshot = ptl_canvas_snapshot;
  widget_class->size_allocate = ptl_canvas_size_allocate;
  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, PTL_MIN_SCALE, PTL_MAX_SCALE, 1,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ptl_canvas_init (PtlCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->viewport = (PtlViewport){ .scale = 1, .width = 1, .height = 1 };
  self->surface = ptl_surface_cairo_new ();
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Canvas"), -1);
  ptl_canvas_init_gestures (self);
}

void
ptl_canvas_set_session (PtlCanvas *self, PtlSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  ptl_canvas_reset_gestures (self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect (session, "changed", G_CALLBACK (on_session_changed_cb), self);
  g_signal_connect (session, "selection-changed", G_CALLBACK (on_selection_changed_cb), self);
  ptl_canvas_fit (self);
}

PtlSession *
ptl_canvas_get_session (PtlCanvas *self)
{
  return self->session;
}

const PtlViewport *
ptl_canvas_get_viewport (PtlCanvas *self)
{
  return &self->viewport;
}

/* Shows another part; the size of the view stays what it is. */
void
ptl_canvas_set_viewport (PtlCanvas *self, const PtlViewport *viewport)
{
  double width = self->viewport.width, height = self->viewport.height;

  self->viewport = *viewport;
  self->viewport.width = width;
  self->viewport.height = height;
  self->fitted = FALSE;
  view_changed (self);
}

void
ptl_canvas_zoom_to (PtlCanvas *self, double scale)
{
  PtlViewport viewport = self->viewport;

  ptl_viewport_zoom_at (&viewport, scale, viewport.width / 2, viewport.height / 2);
  ptl_canvas_set_viewport (self, &viewport);
}

void
ptl_canvas_fit (PtlCanvas *self)
{
  PtlViewport viewport = self->viewport;

  if (self->session == NULL)
    return;
  ptl_viewport_fit (&viewport, &ptl_session_get_scene (self->session)->bounds, MARGIN);
  viewport.scale = MIN (viewport.scale, 1);
  ptl_canvas_set_viewport (self, &viewport);
  self->fitted = TRUE;
}

void
ptl_canvas_reveal (PtlCanvas *self, PtlItem item)
{
}

static void
set_item (PtlCanvas *self, PtlItem *field, gboolean *has, const PtlItem *item)
{
  if (*has == (item != NULL) && (item == NULL || (field->kind == item->kind && field->index == item->index)))
    return;
  *has = item != NULL;
  if (item != NULL)
    *field = *item;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ptl_canvas_set_hover (PtlCanvas *self, const PtlItem *item)
{
  set_item (self, &self->hover, &self->hovering, item);
}

void
ptl_canvas_set_cursor (PtlCanvas *self, const PtlItem *item)
{
  set_item (self, &self->cursor, &self->has_cursor, item);
}
