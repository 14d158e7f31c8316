#include <math.h>

#include "ptl-canvas-private.h"

/* How a person moves the view: dragging with the middle button or the space bar, scrolling, pinching; and how it moves
 * by itself, after a swipe and while a drag is near its border. */

#define ZOOM_STEP    1.2   /* a notch of the wheel */
#define ZOOM_SPEED   0.01  /* the same for a touchpad, a pixel */
#define FRICTION     4.0   /* a second: a swipe slows down to 1/e of its speed in a quarter of one */
#define SLOWEST      20.0  /* px a second: a swipe ends */
#define SCROLL_ZONE  36.0  /* px from the border, in which a drag moves the view */
#define SCROLL_SPEED 900.0 /* px a second at the border */

struct _PtlNavigation
{
  PtlPoint pointer;  /* in the view */
  gboolean space;    /* is held down */
  double x, y;       /* the view's origin when the drag began, canvas units */
  double scale;      /* of the view, when the pinch began */
  PtlPoint velocity; /* of the view after a swipe, px a second */
  PtlPoint pull;     /* of the view while a drag is near its border */
  guint tick;        /* while it moves by itself */
  gint64 time;       /* of the last tick, µs */
};

/* Moving by itself */

static gboolean
on_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  PtlCanvas *self = PTL_CANVAS (widget);
  PtlNavigation *n = self->navigation;
  gint64 time = gdk_frame_clock_get_frame_time (clock);
  double seconds = n->time == 0 ? 0 : (double) MIN (time - n->time, G_USEC_PER_SEC / 10) / G_USEC_PER_SEC;

  n->time = time;
  if (hypot (n->velocity.x, n->velocity.y) < SLOWEST)
    n->velocity = (PtlPoint){ 0 };
  if (n->velocity.x == 0 && n->velocity.y == 0 && n->pull.x == 0 && n->pull.y == 0)
    {
      n->tick = 0;
      return G_SOURCE_REMOVE;
    }
  ptl_canvas_pan (self, -(n->velocity.x + n->pull.x) * seconds, -(n->velocity.y + n->pull.y) * seconds);
  n->velocity.x *= exp (-FRICTION * seconds);
  n->velocity.y *= exp (-FRICTION * seconds);
  return G_SOURCE_CONTINUE;
}

static void
start_moving (PtlCanvas *self)
{
  if (self->navigation->tick != 0)
    return;
  self->navigation->time = 0;
  self->navigation->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick_cb, NULL, NULL);
}

static void
stop_swipe (PtlCanvas *self)
{
  self->navigation->velocity = (PtlPoint){ 0 };
}

/* The speed at a place of the view: from nothing at the inner edge of the border's zone to the full one at its outer.
 */
static double
pull_at (double at, double size)
{
  double zone = MIN (SCROLL_ZONE, size / 4);

  if (at < zone)
    return -SCROLL_SPEED * MIN ((zone - at) / zone, 1);
  return at > size - zone ? SCROLL_SPEED * MIN ((at - size + zone) / zone, 1) : 0;
}

void
ptl_canvas_autoscroll (PtlCanvas *self, double x, double y)
{
  self->navigation->pull = (PtlPoint){ pull_at (x, self->viewport.width), pull_at (y, self->viewport.height) };
  if (self->navigation->pull.x != 0 || self->navigation->pull.y != 0)
    start_moving (self);
}

void
ptl_canvas_stop_autoscroll (PtlCanvas *self)
{
  self->navigation->pull = (PtlPoint){ 0 };
}

/* Scrolling */

static void
on_motion_cb (GtkEventControllerMotion *motion, double x, double y, PtlCanvas *self)
{
  self->navigation->pointer = (PtlPoint){ x, y };
}

static gboolean
on_scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, PtlCanvas *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  gboolean wheel = gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_WHEEL;
  double step = wheel ? pow (self->viewport.height, 2.0 / 3.0) : 1; /* as GTK's own lists do */

  if (self->session == NULL)
    return GDK_EVENT_PROPAGATE;
  stop_swipe (self);
  if (state & GDK_CONTROL_MASK)
    ptl_canvas_zoom_at (self, self->viewport.scale * (wheel ? pow (ZOOM_STEP, -dy) : exp (-dy * ZOOM_SPEED)),
                        self->navigation->pointer.x, self->navigation->pointer.y);
  else if (state & GDK_SHIFT_MASK && dx == 0)
    ptl_canvas_pan (self, -dy * step, 0);
  else
    ptl_canvas_pan (self, -dx * step, -dy * step);
  return GDK_EVENT_STOP;
}

static void
on_decelerate_cb (GtkEventControllerScroll *scroll, double x, double y, PtlCanvas *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));

  if (self->session == NULL || state & GDK_CONTROL_MASK)
    return;
  self->navigation->velocity = (PtlPoint){ x, y };
  start_moving (self);
}

/* Dragging */

static void
on_drag_begin_cb (GtkGestureDrag *drag, double x, double y, PtlCanvas *self)
{
  gboolean middle = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (drag)) == GDK_BUTTON_MIDDLE;

  stop_swipe (self);
  if (self->session == NULL || (!middle && !self->navigation->space))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  self->navigation->x = self->viewport.x;
  self->navigation->y = self->viewport.y;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
}

static void
on_drag_update_cb (GtkGestureDrag *drag, double dx, double dy, PtlCanvas *self)
{
  PtlViewport viewport = self->viewport;

  viewport.x = self->navigation->x;
  viewport.y = self->navigation->y;
  ptl_viewport_pan (&viewport, dx, dy);
  ptl_canvas_set_viewport (self, &viewport);
}

static void
on_drag_end_cb (GtkGestureDrag *drag, double dx, double dy, PtlCanvas *self)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->navigation->space ? "grab" : NULL);
}

static gboolean
on_key_pressed_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, PtlCanvas *self)
{
  if (key != GDK_KEY_space || state & gtk_accelerator_get_default_mod_mask ())
    return GDK_EVENT_PROPAGATE;
  if (!self->navigation->space)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grab");
  self->navigation->space = TRUE;
  return GDK_EVENT_STOP;
}

static void
release_space (PtlCanvas *self)
{
  if (self->navigation->space)
    gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  self->navigation->space = FALSE;
}

static void
on_key_released_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, PtlCanvas *self)
{
  if (key == GDK_KEY_space)
    release_space (self);
}

static void
on_leave_cb (GtkEventControllerFocus *focus, PtlCanvas *self)
{
  release_space (self);
}

/* Pinching: what was between the fingers stays there. */

static void
on_zoom_begin_cb (GtkGesture *zoom, GdkEventSequence *sequence, PtlCanvas *self)
{
  stop_swipe (self);
  self->navigation->scale = self->viewport.scale;
}

static void
on_scale_changed_cb (GtkGestureZoom *zoom, double scale, PtlCanvas *self)
{
  double x, y;

  if (self->session != NULL && gtk_gesture_get_bounding_box_center (GTK_GESTURE (zoom), &x, &y))
    ptl_canvas_zoom_at (self, self->navigation->scale * scale, x, y);
}

/* For ptl-canvas.c */

static void
init_drag (PtlCanvas *self, guint button)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static void
init_keys (PtlCanvas *self)
{
  GtkEventController *keys = gtk_event_controller_key_new (), *focus = gtk_event_controller_focus_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_key_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (focus, "leave", G_CALLBACK (on_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

void
ptl_canvas_init_navigation (PtlCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES | GTK_EVENT_CONTROLLER_SCROLL_KINETIC);
  GtkGesture *zoom = gtk_gesture_zoom_new ();

  self->navigation = g_new0 (PtlNavigation, 1);
  g_signal_connect (motion, "enter", G_CALLBACK (on_motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion_cb), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll_cb), self);
  g_signal_connect (scroll, "decelerate", G_CALLBACK (on_decelerate_cb), self);
  gtk_widget_add_controller (widget, scroll);
  g_signal_connect (zoom, "begin", G_CALLBACK (on_zoom_begin_cb), self);
  g_signal_connect (zoom, "scale-changed", G_CALLBACK (on_scale_changed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (zoom));
  init_drag (self, GDK_BUTTON_MIDDLE);
  init_drag (self, GDK_BUTTON_PRIMARY);
  init_keys (self);
}

void
ptl_canvas_dispose_navigation (PtlCanvas *self)
{
  if (self->navigation != NULL && self->navigation->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->navigation->tick);
  g_clear_pointer (&self->navigation, g_free);
}
