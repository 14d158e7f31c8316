#include "ptl-canvas-hand.h"

#include <string.h>

#include "ptl-port-popover.h"

/* What the pointer does on the canvas. */

#define EDGE_REACH    6  /* px: how near to an edge of a zone one has hold of it */
#define HEADER_HEIGHT 24 /* px: at least, of the part of a zone that it is moved by */

PtlPoint
ptl_hand_to_world (PtlCanvas *self, PtlPoint point)
{
  return ptl_viewport_to_world (&self->viewport, point.x, point.y);
}

double
ptl_hand_length (PtlCanvas *self, double pixels)
{
  return pixels / self->viewport.scale;
}

PtlBox
ptl_hand_box_of (PtlCanvas *self, PtlItem item)
{
  const PtlScene *scene = ptl_session_get_scene (self->session);

  switch (item.kind)
    {
    case PTL_RECORD_ZONE:
      return scene->zones[item.index].box;
    case PTL_RECORD_FIREWALL:
      return scene->firewalls[item.index].box;
    default:
      return scene->nodes[item.index].box;
    }
}

/* Picking */

static PtlGrab
grab_of (PtlCanvas *self, const PtlPick *pick, PtlPoint at)
{
  PtlBox box = ptl_hand_box_of (self, pick->item);
  double header = MIN (MAX (PTL_ZONE_HEADER, ptl_hand_length (self, HEADER_HEIGHT)), box.height / 2);

  if (pick->item.kind != PTL_RECORD_ZONE)
    return PTL_GRAB_BODY;
  if (pick->edges != 0)
    return PTL_GRAB_EDGES;
  return at.y <= box.y + header || ptl_session_is_selected (self->session, pick->item) ? PTL_GRAB_BODY
                                                                                       : PTL_GRAB_NOTHING;
}

/* What lies at a point of the view, and what a drag from there has hold of. */
PtlPick
ptl_hand_pick (PtlCanvas *self, double x, double y)
{
  static const PtlRecordKind kinds[] = {
    [PTL_HIT_ZONE] = PTL_RECORD_ZONE, [PTL_HIT_FIREWALL] = PTL_RECORD_FIREWALL, [PTL_HIT_NODE] = PTL_RECORD_NODE
  };
  PtlPoint at = ptl_viewport_to_world (&self->viewport, x, y);
  PtlPick pick = { 0 };
  PtlHitItem hit;

  if (ptl_hand_pick_handle (self, x, y, &pick.item))
    return (PtlPick){ PTL_GRAB_HANDLE, TRUE, pick.item, 0 };
  if (!ptl_hit_at (ptl_session_get_scene (self->session)->hit, at.x, at.y, ptl_hand_length (self, EDGE_REACH), &hit))
    return pick;
  pick.found = TRUE;
  pick.item = (PtlItem){ kinds[hit.kind], hit.index };
  pick.edges = hit.edges;
  pick.grab = grab_of (self, &pick, at);
  return pick;
}

static const char *
cursor_name (PtlCanvas *self, const PtlPick *pick)
{
  static const char *const names[] = {
    [PTL_EDGE_LEFT] = "ew-resize",
    [PTL_EDGE_RIGHT] = "ew-resize",
    [PTL_EDGE_TOP] = "ns-resize",
    [PTL_EDGE_BOTTOM] = "ns-resize",
    [PTL_EDGE_LEFT | PTL_EDGE_TOP] = "nwse-resize",
    [PTL_EDGE_RIGHT | PTL_EDGE_BOTTOM] = "nwse-resize",
    [PTL_EDGE_RIGHT | PTL_EDGE_TOP] = "nesw-resize",
    [PTL_EDGE_LEFT | PTL_EDGE_BOTTOM] = "nesw-resize",
  };

  if (self->hand->armed)
    return "crosshair";
  return pick->grab == PTL_GRAB_EDGES ? names[pick->edges] : pick->grab == PTL_GRAB_HANDLE ? "crosshair" : NULL;
}

/* Arrows lie above zones and below cards; the edges of a selected zone are what a person is about to move. */
static gboolean
arrow_wins (PtlCanvas *self, const PtlPick *pick, PtlPoint at, PtlFocus *arrow)
{
  gboolean over_zone = pick->found && pick->item.kind == PTL_RECORD_ZONE;

  if (pick->grab == PTL_GRAB_HANDLE || (pick->found && !over_zone)
      || (pick->grab == PTL_GRAB_EDGES && ptl_session_is_selected (self->session, pick->item)))
    return FALSE;
  return ptl_hand_pick_arrow (self, at.x, at.y, arrow);
}

/* Shows what the pointer is over, and what it would do there. */
static void
update_hover (PtlCanvas *self)
{
  PtlHand *hand = self->hand;
  PtlPick pick = { 0 };
  PtlFocus arrow;
  gboolean on_arrow = FALSE;
  const char *shape;

  if (hand->drag != NULL)
    return;
  if (hand->inside && self->session != NULL)
    {
      pick = ptl_hand_pick (self, hand->pointer.x, hand->pointer.y);
      on_arrow = !hand->armed && arrow_wins (self, &pick, hand->pointer, &arrow);
    }
  ptl_hand_hover_arrow (self, on_arrow ? &arrow : NULL);
  if (on_arrow)
    pick = (PtlPick){ 0 };
  ptl_canvas_set_hover (self, pick.found && !hand->armed ? &pick.item : NULL);
  shape = cursor_name (self, &pick);
  if (shape == hand->shape)
    return; /* others show the pointer in shapes of their own */
  hand->shape = shape;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), shape);
}

/* Tools */

void
ptl_hand_set_target (PtlCanvas *self, const PtlItem *target)
{
  self->hand->has_target = target != NULL;
  if (target != NULL)
    self->hand->target = *target;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ptl_hand_arm (PtlCanvas *self, PtlZoneKind kind)
{
  self->hand->armed = TRUE;
  self->hand->zone_kind = kind;
  update_hover (self);
}

/* Returns whether there was a tool to give up. */
gboolean
ptl_hand_disarm (PtlCanvas *self)
{
  gboolean was = self->hand->armed;

  self->hand->armed = FALSE;
  update_hover (self);
  return was;
}

/* Pointer */

static void
on_motion_cb (GtkEventControllerMotion *motion, double x, double y, PtlCanvas *self)
{
  self->hand->inside = TRUE;
  self->hand->pointer = (PtlPoint){ x, y };
  update_hover (self);
}

static void
on_leave_cb (GtkEventControllerMotion *motion, PtlCanvas *self)
{
  self->hand->inside = FALSE;
  update_hover (self);
}

static GdkModifierType
state_of (gpointer controller)
{
  return gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
}

/* Where the drag began in the view; the world there may have moved away since. */
static void
on_drag_begin_cb (GtkGestureDrag *gesture, double x, double y, PtlCanvas *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->session == NULL)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
  else
    self->hand->start = ptl_viewport_to_world (&self->viewport, x, y);
  self->hand->pressed = self->session != NULL;
}

static void
on_drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, PtlCanvas *self)
{
  PtlHand *hand = self->hand;
  double x, y;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  hand->pointer = (PtlPoint){ x + dx, y + dy };
  if (hand->pressed)
    {
      PtlPick pick;

      if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) dx, (int) dy))
        return;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      pick = ptl_hand_pick (self, x, y);
      ptl_canvas_set_hover (self, NULL);
      ptl_hand_hover_arrow (self, NULL);
      hand->pressed = FALSE;
      ptl_hand_begin_drag (self, &pick, hand->start, state_of (gesture));
    }
  if (hand->drag == NULL)
    return;
  ptl_hand_update_drag (self, state_of (gesture));
  ptl_canvas_autoscroll (self, hand->pointer.x, hand->pointer.y);
}

static void
on_drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, PtlCanvas *self)
{
  ptl_hand_finish_drag (self);
  update_hover (self);
}

static void
on_drag_cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, PtlCanvas *self)
{
  ptl_hand_cancel_drag (self);
}

static void
click (PtlCanvas *self, double x, double y, GdkModifierType state)
{
  PtlPick pick = ptl_hand_pick (self, x, y);
  PtlSelectMode mode = state & GDK_CONTROL_MASK ? PTL_SELECT_TOGGLE
                       : state & GDK_SHIFT_MASK ? PTL_SELECT_ADD
                                                : PTL_SELECT_ONLY;
  PtlFocus arrow;

  if (mode == PTL_SELECT_ONLY && arrow_wins (self, &pick, (PtlPoint){ x, y }, &arrow))
    {
      ptl_hand_choose_arrow (self, &arrow);
      ptl_port_popover_show (self, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
      return;
    }
  if (pick.found || mode == PTL_SELECT_ONLY)
    ptl_session_select (self->session, &pick.item, pick.found ? 1 : 0, mode);
  if (pick.found)
    ptl_hand_move_cursor (self, &pick.item);
  ptl_history_seal (ptl_session_get_history (self->session));
}

static void
on_released_cb (GtkGestureClick *gesture, int n_press, double x, double y, PtlCanvas *self)
{
  if (self->session == NULL || self->hand->drag != NULL)
    return;
  if (!self->hand->armed)
    click (self, x, y, state_of (gesture));
  if (n_press == 2)
    ptl_canvas_rename (self);
  update_hover (self);
}

static void
on_secondary_cb (GtkGestureClick *gesture, int n_press, double x, double y, PtlCanvas *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  ptl_hand_open_menu_at (self, x, y);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_long_press_cb (GtkGestureLongPress *gesture, double x, double y, PtlCanvas *self)
{
  ptl_hand_open_menu_at (self, x, y);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* The view moves under the pointer while it is scrolled or zoomed. */
static void
on_view_changed_cb (PtlCanvas *self)
{
  if (self->session == NULL)
    return;
  if (memcmp (&self->hand->seen, &self->viewport, sizeof (PtlViewport)) == 0)
    return;
  self->hand->seen = self->viewport;
  ptl_hand_update_drag (self, self->hand->state);
  update_hover (self);
  if (self->hand->entry != NULL)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* For ptl-canvas.c */

void
ptl_canvas_init_gestures (PtlCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new ();
  GtkGesture *secondary = gtk_gesture_click_new (), *long_press = gtk_gesture_long_press_new ();

  self->hand = g_new0 (PtlHand, 1);
  self->hand->items = g_array_new (FALSE, FALSE, sizeof (PtlItem));
  self->hand->others = g_array_new (FALSE, FALSE, sizeof (PtlBox));
  g_signal_connect (motion, "enter", G_CALLBACK (on_motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave_cb), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_drag_cancel_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (click, "released", G_CALLBACK (on_released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  g_signal_connect (self, "notify::zoom", G_CALLBACK (on_view_changed_cb), NULL);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect (secondary, "pressed", G_CALLBACK (on_secondary_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (secondary));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect (long_press, "pressed", G_CALLBACK (on_long_press_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (long_press));
  ptl_hand_init_drop (self);
  ptl_hand_init_keys (self);
}

void
ptl_canvas_dispose_gestures (PtlCanvas *self)
{
  GtkWidget *child;

  if (self->hand == NULL)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL) /* a menu that just closed, too */
    gtk_widget_unparent (child);
  g_array_unref (self->hand->items);
  g_array_unref (self->hand->others);
  g_free (self->hand->cursor_id);
  g_clear_pointer (&self->hand, g_free);
}

void
ptl_canvas_reset_gestures (PtlCanvas *self)
{
  if (self->hand == NULL)
    return;
  if (self->session != NULL)
    ptl_hand_cancel_drag (self);
  ptl_hand_end_rename (self);
  g_clear_pointer (&self->hand->menu, gtk_widget_unparent);
  self->hand->armed = self->hand->pressed = self->hand->has_target = FALSE;
  ptl_canvas_set_hover (self, NULL);
  ptl_hand_hover_arrow (self, NULL);
  ptl_hand_move_cursor (self, NULL);
}

/* Its index and what is said of it may be others now. */
static void
follow_cursor (PtlCanvas *self)
{
  PtlItem item = { .kind = self->cursor.kind };
  int index = ptl_history_find (ptl_session_get_history (self->session), item.kind, self->hand->cursor_id);

  item.index = (guint) index;
  ptl_hand_move_cursor (self, index >= 0 ? &item : NULL);
}

/* Somebody else's edit ends a drag: what it started from is no more. */
void
ptl_canvas_follow_edit (PtlCanvas *self, const PtlTouched *touched)
{
  PtlHand *hand = self->hand;

  if (!hand->editing && hand->drag != NULL)
    {
      ptl_canvas_stop_autoscroll (self);
      hand->drag = NULL;
      hand->n_guides = 0;
      hand->has_target = FALSE;
    }
  if (!hand->editing && touched->shifted != 0)
    ptl_hand_end_rename (self);
  if (touched->shifted != 0)
    {
      ptl_canvas_set_hover (self, NULL);
      ptl_hand_hover_arrow (self, NULL);
      if (!hand->editing)
        hand->has_target = FALSE;
    }
  if (self->has_cursor && touched->kinds & 1u << self->cursor.kind && touched->difference & PTL_DIFFERS_MEANING)
    follow_cursor (self);
  self->fitted = FALSE;
}

/* The keyboard goes on from the one thing that is selected. */
void
ptl_canvas_follow_selection (PtlCanvas *self)
{
  guint n;
  const PtlItem *selected = ptl_session_get_selected (self->session, &n);

  if (n == 1 && selected[0].kind != PTL_RECORD_SITE)
    ptl_hand_move_cursor (self, &selected[0]);
}

void
ptl_canvas_allocate_gestures (PtlCanvas *self)
{
  ptl_hand_allocate_entry (self);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

void
ptl_canvas_snapshot_gesture (PtlCanvas *self, GtkSnapshot *snapshot)
{
  if (self->hand->has_target)
    {
      PtlBox box = ptl_hand_box_of (self, self->hand->target);

      ptl_hand_draw_box (self, snapshot, &box, (float) (12 * self->viewport.scale), 0.06f);
    }
  ptl_hand_draw_handles (self, snapshot);
  if (self->hand->drag != NULL)
    self->hand->drag->draw (self, snapshot);
  if (self->hand->entry != NULL)
    gtk_widget_snapshot_child (GTK_WIDGET (self), self->hand->entry, snapshot);
}
