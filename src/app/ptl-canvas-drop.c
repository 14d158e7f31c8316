#include "ptl-canvas-hand.h"

/* Takes what is dragged from the palette. */

/* The node that a role would go to, else the zone that the thing would stand in. */
static gboolean
find_target (PtlCanvas *self, const PtlStencil *stencil, double x, double y, PtlItem *target)
{
  PtlPick pick = ptl_hand_pick (self, x, y);

  if (!pick.found || stencil->kind == PTL_STENCIL_ZONE || stencil->kind == PTL_STENCIL_FIREWALL
      || pick.item.kind == PTL_RECORD_FIREWALL)
    return FALSE;
  if (pick.item.kind == PTL_RECORD_NODE && stencil->kind != PTL_STENCIL_ROLE)
    return FALSE;
  *target = pick.item;
  return TRUE;
}

static GdkDragAction
on_motion_cb (GtkDropTarget *drop, double x, double y, PtlCanvas *self)
{
  const GValue *value = gtk_drop_target_get_value (drop);
  const PtlStencil *stencil = value != NULL ? g_value_get_boxed (value) : NULL;
  PtlItem target;

  if (self->session == NULL)
    return 0;
  if (stencil != NULL)
    ptl_hand_set_target (self, find_target (self, stencil, x, y, &target) ? &target : NULL);
  return GDK_ACTION_COPY;
}

static void
on_leave_cb (GtkDropTarget *drop, PtlCanvas *self)
{
  ptl_hand_set_target (self, NULL);
}

static gboolean
on_drop_cb (GtkDropTarget *drop, const GValue *value, double x, double y, PtlCanvas *self)
{
  const PtlStencil *stencil = g_value_get_boxed (value);
  PtlPoint at = ptl_viewport_to_world (&self->viewport, x, y);
  PtlItem target;

  ptl_hand_set_target (self, NULL);
  if (self->session == NULL)
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (find_target (self, stencil, x, y, &target) && target.kind == PTL_RECORD_NODE)
    return ptl_hand_put (self, stencil, at, &target);
  return ptl_hand_put (self, stencil, ptl_hand_snap_stencil (self, stencil, at), NULL);
}

void
ptl_hand_init_drop (PtlCanvas *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (PTL_TYPE_STENCIL, GDK_ACTION_COPY);

  gtk_drop_target_set_preload (drop, TRUE);
  g_signal_connect (drop, "enter", G_CALLBACK (on_motion_cb), self);
  g_signal_connect (drop, "motion", G_CALLBACK (on_motion_cb), self);
  g_signal_connect (drop, "leave", G_CALLBACK (on_leave_cb), self);
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}
