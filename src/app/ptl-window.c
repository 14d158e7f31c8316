#include "ptl-reason.h"
#include "ptl-why-dialog.h"
#include "ptl-window-private.h"

#include <glib/gi18n.h>

#define MESSAGE_TIME           4000 /* ms */
#define MESSAGE_TIME_CHARACTER 60   /* and for each character */

G_DEFINE_FINAL_TYPE (PtlWindow, ptl_window, GTK_TYPE_APPLICATION_WINDOW)

static void
update_title (PtlWindow *self)
{
  g_autofree char *name = self->open_plan != NULL ? ptl_open_plan_get_name (self->open_plan) : g_strdup ("Portolan");
  g_autofree char *title = NULL;
  const char *state = "";
  gboolean modified = FALSE;

  if (self->open_plan != NULL)
    {
      modified = ptl_open_plan_is_modified (self->open_plan);
      state = modified ? _ ("not saved") : ptl_open_plan_get_file (self->open_plan) != NULL ? _ ("saved") : _ ("new");
    }
  title = modified ? g_strdup_printf ("• %s", name) : g_strdup (name);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_text (self->title_label, name);
  gtk_widget_set_visible (self->sidebar_button, self->open_plan != NULL);
  gtk_label_set_text (self->subtitle_label, state);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle_label), *state != '\0');
}

static void
update_hint (PtlWindow *self)
{
  PtlPlan *plan = ptl_session_get_plan (ptl_open_plan_get_session (self->open_plan));

  gtk_widget_set_visible (self->hint, plan->zones->len == 0 && plan->firewalls->len == 0 && plan->nodes->len == 0);
}

static void
on_state_changed_cb (GObject *object, GParamSpec *spec, PtlWindow *self)
{
  update_title (self);
  ptl_window_update_plan_actions (self);
  ptl_window_update_file_actions (self);
}

static void
on_session_changed_cb (PtlSession *session, const PtlTouched *touched, PtlWindow *self)
{
  if (touched->kinds & 1 << PTL_RECORD_PLAN)
    update_title (self);
  update_hint (self);
  ptl_window_update_plan_actions (self);
}

static void
on_selection_changed_cb (PtlSession *session, PtlWindow *self)
{
  ptl_window_update_plan_actions (self);
}

static gboolean
on_message_timeout_cb (gpointer data)
{
  PtlWindow *self = data;

  self->message_timeout = 0;
  gtk_revealer_set_reveal_child (self->message_revealer, FALSE);
  return G_SOURCE_REMOVE;
}

/* Stays as long as it takes to read it. */
static void
on_said_cb (PtlSession *session, const char *sentence, PtlWindow *self)
{
  g_clear_handle_id (&self->message_timeout, g_source_remove);
  ptl_reason_show (GTK_WIDGET (self->message_label), sentence);
  gtk_revealer_set_reveal_child (self->message_revealer, TRUE);
  self->message_timeout = g_timeout_add (MESSAGE_TIME + MESSAGE_TIME_CHARACTER * (guint) g_utf8_strlen (sentence, -1),
                                         on_message_timeout_cb, self);
}

static void
on_message_closed_cb (GtkButton *button, PtlWindow *self)
{
  g_clear_handle_id (&self->message_timeout, g_source_remove);
  gtk_revealer_set_reveal_child (self->message_revealer, FALSE);
}

static void
on_placed_cb (PtlPalette *palette, const PtlStencil *stencil, PtlWindow *self)
{
  ptl_canvas_place (self->canvas, stencil);
}

static void
on_outline_activated_cb (PtlOutline *outline, const PtlItem *item, PtlWindow *self)
{
  ptl_canvas_reveal (self->canvas, *item);
}

static void
on_drawn_cb (PtlPalette *palette, const PtlStencil *stencil, PtlWindow *self)
{
  ptl_canvas_draw_zone (self->canvas, (PtlZoneKind) stencil->value);
}

/* The hidden pages of the sidebar follow the plan when they are shown for the first time. */
static void
fill_sidebar (PtlWindow *self)
{
  PtlSession *session = ptl_open_plan_get_session (self->open_plan);
  GtkWidget *page = gtk_stack_get_visible_child (self->sidebar_stack);

  if (page == GTK_WIDGET (self->site_tree))
    ptl_site_tree_set_session (self->site_tree, session);
  else if (page == GTK_WIDGET (self->outline))
    ptl_outline_set_session (self->outline, session);
}

static void
on_sidebar_page_cb (GtkStack *stack, GParamSpec *spec, PtlWindow *self)
{
  if (self->open_plan != NULL && self->filling == 0)
    fill_sidebar (self);
}

static void
set_panels_session (PtlWindow *self, PtlSession *session)
{
  ptl_palette_set_session (self->palette, session);
  ptl_inspector_set_session (self->inspector, session);
  ptl_results_set_session (self->results, session);
  ptl_minimap_set_session (self->minimap, session);
  ptl_lens_button_set_session (self->lens_button, session);
  ptl_search_bar_set_session (self->search_bar, session);
}

static gboolean
on_filling_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer shown)
{
  PtlWindow *self = PTL_WINDOW (widget);

  if (!*(gboolean *) shown)
    {
      *(gboolean *) shown = TRUE;
      return G_SOURCE_CONTINUE;
    }
  self->filling = 0;
  set_panels_session (self, ptl_open_plan_get_session (self->open_plan));
  ptl_window_restore_sheet (self);
  fill_sidebar (self);
  return G_SOURCE_REMOVE;
}

static void
stop_following (PtlWindow *self)
{
  if (self->filling != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->filling);
  self->filling = 0;
  set_panels_session (self, NULL);
  ptl_site_tree_set_session (self->site_tree, NULL);
  ptl_outline_set_session (self->outline, NULL);
}

/* The picture comes first: the panels are filled when the first frame with it was shown. */
static void
follow (PtlWindow *self, PtlSession *session)
{
  ptl_canvas_set_session (self->canvas, session);
  self->filling = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_filling_cb, g_new0 (gboolean, 1), g_free);
}

static void
disconnect (PtlWindow *self)
{
  PtlSession *session;

  if (self->open_plan == NULL)
    return;
  ptl_why_dialog_close (GTK_WINDOW (self));
  session = ptl_open_plan_get_session (self->open_plan);
  g_signal_handlers_disconnect_by_data (session, self);
  g_signal_handlers_disconnect_by_data (ptl_session_get_history (session), self);
  g_signal_handlers_disconnect_by_data (self->open_plan, self);
}

static void
ptl_window_dispose (GObject *object)
{
  PtlWindow *self = PTL_WINDOW (object);

  if (self->open_plan != NULL)
    {
      disconnect (self);
      stop_following (self);
      ptl_canvas_set_session (self->canvas, NULL);
      g_clear_object (&self->open_plan);
    }
  ptl_window_dispose_files (self);
  g_clear_handle_id (&self->message_timeout, g_source_remove);
  G_OBJECT_CLASS (ptl_window_parent_class)->dispose (object);
}

static gboolean
ptl_window_close_request (GtkWindow *window)
{
  if (!ptl_window_may_close (PTL_WINDOW (window)))
    return TRUE;
  ptl_window_remember_panels (PTL_WINDOW (window));
  return GTK_WINDOW_CLASS (ptl_window_parent_class)->close_request (window);
}

static void
ptl_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ptl_window_parent_class)->realize (widget);
  ptl_window_follow_width (PTL_WINDOW (widget));
}

static void
bind_children (GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_child (class, PtlWindow, pages);
  gtk_widget_class_bind_template_child (class, PtlWindow, title_label);
  gtk_widget_class_bind_template_child (class, PtlWindow, subtitle_label);
  gtk_widget_class_bind_template_child (class, PtlWindow, sidebar_button);
  gtk_widget_class_bind_template_child (class, PtlWindow, menu_button);
  gtk_widget_class_bind_template_child (class, PtlWindow, undo_button);
  gtk_widget_class_bind_template_child (class, PtlWindow, redo_button);
  gtk_widget_class_bind_template_child (class, PtlWindow, main_menu);
  gtk_widget_class_bind_template_child (class, PtlWindow, zoom_menu);
  gtk_widget_class_bind_template_child (class, PtlWindow, recent_menu);
  gtk_widget_class_bind_template_child (class, PtlWindow, undo_menu);
  gtk_widget_class_bind_template_child (class, PtlWindow, results_paned);
  gtk_widget_class_bind_template_child (class, PtlWindow, sidebar_paned);
  gtk_widget_class_bind_template_child (class, PtlWindow, inspector_paned);
  gtk_widget_class_bind_template_child (class, PtlWindow, sidebar);
  gtk_widget_class_bind_template_child (class, PtlWindow, sidebar_stack);
  gtk_widget_class_bind_template_callback (class, on_sidebar_page_cb);
  gtk_widget_class_bind_template_child (class, PtlWindow, search_bar);
  gtk_widget_class_bind_template_child (class, PtlWindow, canvas_overlay);
  gtk_widget_class_bind_template_child (class, PtlWindow, hint);
  gtk_widget_class_bind_template_child (class, PtlWindow, message_revealer);
  gtk_widget_class_bind_template_child (class, PtlWindow, message_label);
  gtk_widget_class_bind_template_callback (class, on_message_closed_cb);
  gtk_widget_class_bind_template_child (class, PtlWindow, opening_label);
  gtk_widget_class_bind_template_child (class, PtlWindow, file_bar);
  gtk_widget_class_bind_template_child (class, PtlWindow, file_bar_label);
  gtk_widget_class_bind_template_child (class, PtlWindow, reload_button);
  gtk_widget_class_bind_template_child (class, PtlWindow, start_page);
  gtk_widget_class_bind_template_child (class, PtlWindow, palette);
  gtk_widget_class_bind_template_child (class, PtlWindow, site_tree);
  gtk_widget_class_bind_template_child (class, PtlWindow, outline);
  gtk_widget_class_bind_template_child (class, PtlWindow, canvas);
  gtk_widget_class_bind_template_child (class, PtlWindow, minimap);
  gtk_widget_class_bind_template_child (class, PtlWindow, zoom_button);
  gtk_widget_class_bind_template_child (class, PtlWindow, lens_button);
  gtk_widget_class_bind_template_child (class, PtlWindow, inspector);
  gtk_widget_class_bind_template_child (class, PtlWindow, results);
}

static void
ensure_types (void)
{
  g_type_ensure (PTL_TYPE_CANVAS);
  g_type_ensure (PTL_TYPE_INSPECTOR);
  g_type_ensure (PTL_TYPE_LENS_BUTTON);
  g_type_ensure (PTL_TYPE_MINIMAP);
  g_type_ensure (PTL_TYPE_OUTLINE);
  g_type_ensure (PTL_TYPE_PALETTE);
  g_type_ensure (PTL_TYPE_RESULTS);
  g_type_ensure (PTL_TYPE_SEARCH_BAR);
  g_type_ensure (PTL_TYPE_SITE_TREE);
  g_type_ensure (PTL_TYPE_START_PAGE);
}

static void
ptl_window_class_init (PtlWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_window_dispose;
  widget_class->realize = ptl_window_realize;
  GTK_WINDOW_CLASS (class)->close_request = ptl_window_close_request;
  ensure_types ();
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-window.ui");
  bind_children (widget_class);
  ptl_window_install_plan_actions (widget_class);
  ptl_window_install_file_actions (widget_class);
  ptl_window_install_panel_actions (widget_class);
  ptl_window_install_view_actions (widget_class);
}

static void
ptl_window_init (PtlWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self->palette, "placed", G_CALLBACK (on_placed_cb), self);
  g_signal_connect (self->palette, "drawn", G_CALLBACK (on_drawn_cb), self);
  g_signal_connect (self->outline, "activated", G_CALLBACK (on_outline_activated_cb), self);
  ptl_search_bar_set_canvas (self->search_bar, self->canvas);
  ptl_window_init_panels (self);
  ptl_window_init_view (self);
  ptl_window_init_files (self);
  ptl_names_mend (GTK_WIDGET (self));
  update_title (self);
  ptl_window_update_plan_actions (self);
  ptl_window_update_file_actions (self);
}

PtlWindow *
ptl_window_new (GtkApplication *application, const PtlCatalogue *catalogue)
{
  PtlWindow *self = g_object_new (PTL_TYPE_WINDOW, "application", application, NULL);

  self->catalogue = catalogue;
  ptl_start_page_set_catalogue (self->start_page, catalogue);
  return self;
}

void
ptl_window_set_plan (PtlWindow *self, PtlOpenPlan *open_plan)
{
  PtlSession *session = ptl_open_plan_get_session (open_plan);

  ptl_window_remember_view (self);
  disconnect (self);
  stop_following (self);
  g_set_object (&self->open_plan, open_plan);
  follow (self, session);
  ptl_window_restore_view (self);
  g_signal_connect (session, "changed", G_CALLBACK (on_session_changed_cb), self);
  g_signal_connect (session, "selection-changed", G_CALLBACK (on_selection_changed_cb), self);
  g_signal_connect (session, "said", G_CALLBACK (on_said_cb), self);
  g_signal_connect (ptl_session_get_history (session), "notify", G_CALLBACK (on_state_changed_cb), self);
  g_signal_connect (open_plan, "notify", G_CALLBACK (on_state_changed_cb), self);
  gtk_stack_set_visible_child_name (self->pages, "plan");
  on_state_changed_cb (NULL, NULL, self);
  update_hint (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

/* NULL while the start page is shown. */
PtlOpenPlan *
ptl_window_get_plan (PtlWindow *self)
{
  return self->open_plan;
}
