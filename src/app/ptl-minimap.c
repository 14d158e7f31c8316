#include "ptl-minimap.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ptl-paint-pool.h"

#define WIDTH   190
#define HEIGHT  130
#define LARGEST 0.5 /* scale */
#define MARGIN  6   /* px around the plan */
#define WAIT    150 /* ms after an edit: a drag is not painted at each of its steps */

struct _PtlMinimap
{
  GtkWidget parent_instance;

  PtlCanvas *canvas;
  PtlSession *session;
  PtlPaintPool *pool;
  guint wait;
  gboolean busy;
  GdkTexture *texture; /* NULL until it was painted */
  PtlPoint origin;     /* what part of the canvas it shows, and how large */
  double scale;
  PtlPoint grip; /* of the frame, from its corner, in canvas units */
};

G_DEFINE_FINAL_TYPE (PtlMinimap, ptl_minimap, GTK_TYPE_WIDGET)

/* Painting */

static void
on_painted (const PtlPiece *piece, cairo_surface_t *image, gpointer key, gpointer data)
{
  PtlMinimap *self = data;
  int stride = cairo_image_surface_get_stride (image);
  g_autoptr (GBytes) bytes
      = g_bytes_new_with_free_func (cairo_image_surface_get_data (image), (gsize) (stride * piece->height),
                                    (GDestroyNotify) cairo_surface_destroy, cairo_surface_reference (image));

  g_clear_object (&self->texture);
  self->texture = gdk_memory_texture_new (piece->width, piece->height, GDK_MEMORY_DEFAULT, bytes, (gsize) stride);
  self->scale = piece->scale;
  self->origin = (PtlPoint){ piece->x / (piece->scale * piece->factor), piece->y / (piece->scale * piece->factor) };
  self->busy = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
paint (PtlMinimap *self)
{
  PtlScene *scene = ptl_session_get_scene (self->session);
  int factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  PtlPoint centre = ptl_box_centre (&scene->bounds);
  double scale = MIN ((WIDTH - 2 * MARGIN) / MAX (scene->bounds.width, 1),
                      (HEIGHT - 2 * MARGIN) / MAX (scene->bounds.height, 1));
  PtlPiece piece = { .scene = scene, .factor = factor, .width = WIDTH * factor, .height = HEIGHT * factor };

  piece.theme = *ptl_canvas_get_theme (self->canvas);
  piece.theme.grid = 0;
  piece.theme.wordless = TRUE;
  piece.scale = MIN (scale, LARGEST);
  piece.x = (int) round (centre.x * piece.scale * factor) - piece.width / 2;
  piece.y = (int) round (centre.y * piece.scale * factor) - piece.height / 2;
  self->busy = TRUE;
  ptl_paint_pool_push (self->pool, &piece, NULL);
}

static gboolean
on_wait_cb (gpointer data)
{
  PtlMinimap *self = data;

  if (self->busy)
    return G_SOURCE_CONTINUE;
  self->wait = 0;
  if (self->session != NULL)
    paint (self);
  return G_SOURCE_REMOVE;
}

static void
queue_paint (PtlMinimap *self)
{
  if (self->wait == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->wait = g_timeout_add (WAIT, on_wait_cb, self);
}

static void
on_session_changed_cb (PtlSession *session, const PtlTouched *touched, PtlMinimap *self)
{
  queue_paint (self);
}

/* The frame */

static PtlBox
frame_of (PtlMinimap *self)
{
  PtlBox seen = ptl_viewport_visible (ptl_canvas_get_viewport (self->canvas));

  return (PtlBox){ (seen.x - self->origin.x) * self->scale, (seen.y - self->origin.y) * self->scale,
                   seen.width * self->scale, seen.height * self->scale };
}

static void
on_view_changed_cb (PtlMinimap *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The point of the view that was taken hold of comes under the pointer. */
static void
move_to (PtlMinimap *self, double x, double y)
{
  PtlViewport viewport = *ptl_canvas_get_viewport (self->canvas);

  viewport.x = self->origin.x + x / self->scale - self->grip.x;
  viewport.y = self->origin.y + y / self->scale - self->grip.y;
  ptl_canvas_set_viewport (self->canvas, &viewport);
}

static void
on_drag_begin_cb (GtkGestureDrag *drag, double x, double y, PtlMinimap *self)
{
  PtlBox frame;

  if (self->texture == NULL || self->session == NULL)
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  frame = frame_of (self);
  if (ptl_box_holds (&frame, x, y))
    self->grip = (PtlPoint){ (x - frame.x) / self->scale, (y - frame.y) / self->scale };
  else
    self->grip = (PtlPoint){ frame.width / 2 / self->scale, frame.height / 2 / self->scale };
  move_to (self, x, y);
}

static void
on_drag_update_cb (GtkGestureDrag *drag, double dx, double dy, PtlMinimap *self)
{
  double x, y;

  gtk_gesture_drag_get_start_point (drag, &x, &y);
  move_to (self, x + dx, y + dy);
}

/* Widget */

static void
append_frame (PtlMinimap *self, GtkSnapshot *snapshot)
{
  PtlBox frame = frame_of (self);
  GdkRGBA colour, inner;
  GskRoundedRect outline;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  inner = colour;
  inner.alpha *= 0.06f;
  colour.alpha *= 0.7f;
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT ((float) round (frame.x), (float) round (frame.y),
                                                        (float) MAX (round (frame.width), 4),
                                                        (float) MAX (round (frame.height), 4)),
                                   2);
  gtk_snapshot_append_color (snapshot, &inner, &outline.bounds);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1.5f, 1.5f, 1.5f, 1.5f },
                              (GdkRGBA[4]){ colour, colour, colour, colour });
}

static void
ptl_minimap_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PtlMinimap *self = PTL_MINIMAP (widget);

  if (self->texture == NULL || self->session == NULL)
    return;
  gtk_snapshot_append_texture (snapshot, self->texture, &GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT));
  append_frame (self, snapshot);
}

static void
ptl_minimap_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
ptl_minimap_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ptl_minimap_parent_class)->map (widget);
  queue_paint (PTL_MINIMAP (widget));
}

/* Light has become dark, or the reverse. */
static void
ptl_minimap_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ptl_minimap_parent_class)->css_changed (widget, change);
  queue_paint (PTL_MINIMAP (widget));
}

static void
ptl_minimap_dispose (GObject *object)
{
  PtlMinimap *self = PTL_MINIMAP (object);

  ptl_minimap_set_session (self, NULL);
  g_clear_handle_id (&self->wait, g_source_remove);
  g_clear_pointer (&self->pool, ptl_paint_pool_free);
  g_clear_object (&self->texture);
  g_clear_weak_pointer (&self->canvas);
  G_OBJECT_CLASS (ptl_minimap_parent_class)->dispose (object);
}

static void
ptl_minimap_class_init (PtlMinimapClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_minimap_dispose;
  widget_class->snapshot = ptl_minimap_snapshot;
  widget_class->measure = ptl_minimap_measure;
  widget_class->map = ptl_minimap_map;
  widget_class->css_changed = ptl_minimap_css_changed;
  gtk_widget_class_set_css_name (widget_class, "minimap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ptl_minimap_init (PtlMinimap *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->pool = ptl_paint_pool_new (on_painted, self);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Minimap"), -1);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

void
ptl_minimap_set_canvas (PtlMinimap *self, PtlCanvas *canvas)
{
  g_set_weak_pointer (&self->canvas, canvas);
  g_signal_connect_object (canvas, "notify::zoom", G_CALLBACK (on_view_changed_cb), self, G_CONNECT_SWAPPED);
}

void
ptl_minimap_set_session (PtlMinimap *self, PtlSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  g_clear_object (&self->texture);
  if (session == NULL)
    return;
  g_signal_connect (session, "changed", G_CALLBACK (on_session_changed_cb), self);
  g_signal_connect_swapped (session, "scene-changed", G_CALLBACK (queue_paint), self);
  queue_paint (self);
}
