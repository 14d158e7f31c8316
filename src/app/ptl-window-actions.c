#include "ptl-window-private.h"

static PtlSession *
get_session (GtkWidget *widget)
{
  return ptl_open_plan_get_session (PTL_WINDOW (widget)->open_plan);
}

static void
on_undo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_history_undo (ptl_session_get_history (get_session (widget)));
}

static void
on_redo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_history_redo (ptl_session_get_history (get_session (widget)));
}

void
ptl_window_install_plan_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "win.undo", NULL, on_undo_cb);
  gtk_widget_class_install_action (class, "win.redo", NULL, on_redo_cb);
}

void
ptl_window_update_plan_actions (PtlWindow *self)
{
  PtlHistory *history
      = self->open_plan != NULL ? ptl_session_get_history (ptl_open_plan_get_session (self->open_plan)) : NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo", history != NULL && ptl_history_can_undo (history));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.redo", history != NULL && ptl_history_can_redo (history));
  if (history == NULL)
    return;
  gtk_widget_set_tooltip_text (self->undo_button, ptl_history_get_undo_name (history));
  gtk_widget_set_tooltip_text (self->redo_button, ptl_history_get_redo_name (history));
}
