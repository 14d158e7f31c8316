#include "ptl-canvas-hand.h"

#include <glib/gi18n.h>

#include "plan/ptl-edit-fields.h"
#include "ptl-reason.h"

/* Renames a thing in place, by a field over its name. */

#define NARROWEST 120 /* px */

static gboolean
has_focus (PtlCanvas *self, GtkWidget *entry)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, entry);
}

static void
close_entry (PtlCanvas *self)
{
  GtkWidget *entry = g_steal_pointer (&self->hand->entry);

  if (entry == NULL)
    return;
  if (has_focus (self, entry))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_unparent (entry);
}

/* Wrong input is refused where it is typed. */
static gboolean
take (PtlCanvas *self)
{
  GtkWidget *entry = self->hand->entry;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  PtlHistory *history = ptl_session_get_history (self->session);
  gboolean done;

  ptl_history_seal (history);
  self->hand->editing = TRUE;
  done = ptl_edit_set_text (history, PTL_FIELD_NAME, &self->hand->renamed, 1,
                            gtk_editable_get_text (GTK_EDITABLE (entry)), &error);
  self->hand->editing = FALSE;
  ptl_history_seal (history);
  if (!done)
    {
      reason = ptl_reason_sentence (error->message);
      gtk_widget_add_css_class (entry, "error");
      gtk_entry_set_icon_from_icon_name (GTK_ENTRY (entry), GTK_ENTRY_ICON_SECONDARY, "dialog-error-symbolic");
      gtk_entry_set_icon_tooltip_text (GTK_ENTRY (entry), GTK_ENTRY_ICON_SECONDARY, reason);
      gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE,
                                   -1);
      ptl_session_say (self->session, error->message);
    }
  return done;
}

static void
on_activate_cb (GtkEntry *entry, PtlCanvas *self)
{
  if (take (self))
    close_entry (self);
}

static void
on_changed_cb (GtkEntry *entry, PtlCanvas *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  gtk_entry_set_icon_from_icon_name (entry, GTK_ENTRY_ICON_SECONDARY, NULL);
  gtk_accessible_reset_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID);
}

static gboolean
on_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, PtlCanvas *self)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  close_entry (self);
  return TRUE;
}

static gboolean
on_left_cb (gpointer data)
{
  g_autoptr (PtlCanvas) self = data;

  if (self->hand != NULL && self->hand->entry != NULL && !has_focus (self, self->hand->entry))
    {
      take (self);
      close_entry (self);
    }
  return G_SOURCE_REMOVE;
}

/* Who goes elsewhere means what was typed. In an idle: the entry must not go while the focus leaves it. */
static void
on_leave_cb (GtkEventControllerFocus *controller, PtlCanvas *self)
{
  g_idle_add (on_left_cb, g_object_ref (self));
}

static GtkWidget *
new_entry (PtlCanvas *self, const char *name)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new (), *focus = gtk_event_controller_focus_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name"), -1);
  g_signal_connect (entry, "activate", G_CALLBACK (on_activate_cb), self);
  g_signal_connect (entry, "changed", G_CALLBACK (on_changed_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_cb), self);
  gtk_widget_add_controller (entry, keys);
  g_signal_connect (focus, "leave", G_CALLBACK (on_leave_cb), self);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

/* Over the name, no smaller than can be typed in, and in the view. */
void
ptl_hand_allocate_entry (PtlCanvas *self)
{
  GtkWidget *entry = self->hand->entry;
  GtkAllocation place;
  GtkRequisition size;
  PtlBox box;
  PtlPoint at;

  if (entry == NULL)
    return;
  box = ptl_hand_box_of (self, self->hand->renamed);
  at = ptl_viewport_to_view (&self->viewport, box.x, box.y);
  gtk_widget_get_preferred_size (entry, &size, NULL);
  place.width = (int) CLAMP (box.width * self->viewport.scale, MAX (size.width, NARROWEST), 2 * NARROWEST);
  place.height = size.height;
  place.x = (int) CLAMP (at.x, 0, MAX (self->viewport.width - place.width, 0));
  place.y = (int) CLAMP (at.y, 0, MAX (self->viewport.height - place.height, 0));
  gtk_widget_size_allocate (entry, &place, -1);
}

void
ptl_hand_end_rename (PtlCanvas *self)
{
  close_entry (self);
}

/* Returns whether there is one thing to rename. */
gboolean
ptl_canvas_rename (PtlCanvas *self)
{
  PtlItem item;
  guint n;
  const PtlItem *selected;

  if (self->session == NULL)
    return FALSE;
  selected = ptl_session_get_selected (self->session, &n);
  if (n != 1 || selected[0].kind == PTL_RECORD_SITE)
    return FALSE;
  item = selected[0];
  close_entry (self);
  ptl_canvas_reveal (self, item);
  self->hand->renamed = item;
  self->hand->entry = new_entry (
      self, ptl_record_name (item.kind, ptl_record (ptl_session_get_plan (self->session), item.kind, item.index)));
  gtk_widget_set_parent (self->hand->entry, GTK_WIDGET (self));
  gtk_widget_grab_focus (self->hand->entry);
  return TRUE;
}
