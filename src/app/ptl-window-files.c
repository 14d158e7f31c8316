#include <glib/gi18n.h>

#include "io/ptl-plan-file.h"
#include "ptl-application.h"
#include "ptl-dialogs.h"
#include "ptl-recent.h"
#include "ptl-window-private.h"

#define PATIENCE   200 /* ms until the window says that it is reading */
#define MAX_RECENT 8   /* in the menu */

/* Opening */

static char *
problem_lines (const GPtrArray *problems)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const PtlFileProblem *problem = problems->pdata[i];

      if (i > 0)
        g_string_append_c (text, '\n');
      if (problem->line > 0)
        g_string_append_printf (text, _ ("Line %u: "), problem->line);
      g_string_append (text, problem->message);
    }
  if (problems->len >= PTL_MAX_PROBLEMS)
    g_string_append (text, _ ("\nThere may be more."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Another window that is shown; NULL when there is none. */
static GtkWindow *
find_shown (PtlWindow *self)
{
  for (GList *l = gtk_application_get_windows (gtk_window_get_application (GTK_WINDOW (self))); l != NULL; l = l->next)
    if (l->data != self && PTL_IS_WINDOW (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

/* What could not be read is told where the person is: a window that was only made for it never appears. */
static void
tell_problems (PtlWindow *self, GFile *file, const char *kept, const GPtrArray *problems)
{
  g_autofree char *name = g_file_get_parse_name (file), *lines = problem_lines (problems);
  g_autofree char *title = g_strdup_printf (_ ("“%s” cannot be opened"), name);
  g_autofree char *text = kept == NULL ? NULL : g_strdup_printf (_ ("What was left over of it is kept as “%s”."), kept);
  GtkWindow *shown = gtk_widget_get_mapped (GTK_WIDGET (self)) ? NULL : find_shown (self);

  if (shown == NULL)
    gtk_window_present (GTK_WINDOW (self));
  ptl_tell (shown != NULL ? shown : GTK_WINDOW (self), title, text, lines);
  if (shown != NULL)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
show_page (PtlWindow *self)
{
  ptl_window_update_plan_actions (self);
  gtk_stack_set_visible_child_name (self->pages, self->open_plan != NULL ? "plan" : "start");
}

static void
stop_opening (PtlWindow *self)
{
  g_clear_handle_id (&self->opening_timeout, g_source_remove);
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_object (&self->opening_file);
  g_clear_pointer (&self->opening_kept, g_free);
}

static gboolean
on_opening_timeout_cb (gpointer data)
{
  PtlWindow *self = data;
  g_autofree char *name = g_file_get_basename (self->opening_file);
  g_autofree char *display = g_filename_display_name (name);
  g_autofree char *text = g_strdup_printf (_ ("Opening “%s”…"), display);

  self->opening_timeout = 0;
  gtk_label_set_text (self->opening_label, text);
  gtk_stack_set_visible_child_name (self->pages, "opening");
  gtk_window_present (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

static void
on_loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (PtlWindow) self = data;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlOpenPlan) open_plan = ptl_open_plan_load_finish (result, &problems);
  g_autoptr (GFile) file = NULL;
  g_autofree char *kept = NULL;

  if (g_task_get_cancellable (G_TASK (result)) != self->opening)
    return;
  file = g_object_ref (self->opening_file);
  kept = g_steal_pointer (&self->opening_kept);
  stop_opening (self);
  if (open_plan == NULL)
    {
      show_page (self);
      tell_problems (self, file, kept, problems);
      return;
    }
  if (self->open_plan != NULL)
    ptl_open_plan_discard (self->open_plan);
  ptl_window_set_plan (self, open_plan);
  if (kept == NULL)
    ptl_recent_add (file);
  gtk_window_present (GTK_WINDOW (self));
}

static void
start_opening (PtlWindow *self, GFile *file)
{
  stop_opening (self);
  self->opening = g_cancellable_new ();
  self->opening_file = g_object_ref (file);
  self->opening_timeout = g_timeout_add (PATIENCE, on_opening_timeout_cb, self);
  ptl_window_update_plan_actions (self);
}

void
ptl_window_open (PtlWindow *self, GFile *file)
{
  start_opening (self, file);
  ptl_open_plan_load_async (self->catalogue, file, self->opening, on_loaded_cb, g_object_ref (self));
}

void
ptl_window_recover (PtlWindow *self, const PtlLeftOver *left_over)
{
  g_autoptr (GFile) unsaved = g_file_new_for_path (left_over->name);

  start_opening (self, left_over->file != NULL ? left_over->file : unsaved);
  self->opening_kept = ptl_left_over_get_path (left_over);
  ptl_open_plan_recover_async (self->catalogue, left_over, self->opening, on_loaded_cb, g_object_ref (self));
}

static void
on_cancel_opening_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlWindow *self = PTL_WINDOW (widget);

  stop_opening (self);
  show_page (self);
}

static gboolean
on_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, PtlWindow *self)
{
  GSList *files = g_value_get_boxed (value);
  PtlApplication *application = PTL_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));

  for (GSList *l = files; l != NULL; l = l->next)
    ptl_application_open_file (application, l->data);
  return TRUE;
}

static void
fill_recent_menu (PtlWindow *self)
{
  g_autoptr (GPtrArray) recents = ptl_recent_list (MAX_RECENT);

  g_menu_remove_all (self->recent_menu);
  for (guint i = 0; i < recents->len; i++)
    {
      const PtlRecent *recent = recents->pdata[i];
      g_autoptr (GMenuItem) item = g_menu_item_new (recent->name, NULL);
      g_autofree char *uri = g_file_get_uri (recent->file);

      g_menu_item_set_action_and_target (item, "app.open-uri", "s", uri);
      g_menu_append_item (self->recent_menu, item);
    }
}

/* The menu is made when it is opened first, as it has as many widgets as the rest of the window; recent files each
 * time, as other programs write their list too. */
static void
on_create_menu_cb (GtkMenuButton *button, gpointer data)
{
  PtlWindow *self = data;

  fill_recent_menu (self);
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, self->main_menu);
}

/* Others changed the file */

static void
on_reload_answered_cb (guint button, gpointer data)
{
  PtlWindow *self = data;

  if (button == 1)
    ptl_window_open (self, ptl_open_plan_get_file (self->open_plan));
}

static void
on_reload_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const PtlButton buttons[]
      = { { N_ ("_Cancel"), PTL_BUTTON_PLAIN }, { N_ ("_Reload"), PTL_BUTTON_DESTRUCTIVE }, { NULL } };
  PtlWindow *self = PTL_WINDOW (widget);

  if (ptl_open_plan_is_modified (self->open_plan))
    ptl_ask (GTK_WINDOW (self), _ ("Reload the file?"), _ ("Your changes that are not saved will be lost."), buttons,
             on_reload_answered_cb, self, NULL);
  else
    on_reload_answered_cb (1, self);
}

static void
on_keep_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlWindow *self = PTL_WINDOW (widget);

  if (ptl_open_plan_get_disk_state (self->open_plan) == PTL_DISK_CHANGED)
    ptl_open_plan_keep (self->open_plan);
  else
    self->gone_accepted = TRUE;
  ptl_window_update_file_actions (self);
}

static void
update_file_bar (PtlWindow *self)
{
  PtlDiskState state = self->open_plan != NULL ? ptl_open_plan_get_disk_state (self->open_plan) : PTL_DISK_SAME;
  GFile *file = self->open_plan != NULL ? ptl_open_plan_get_file (self->open_plan) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_parse_name (file) : NULL, *text = NULL;

  if (state != PTL_DISK_GONE)
    self->gone_accepted = FALSE;
  if (state == PTL_DISK_CHANGED)
    text = g_strdup_printf (_ ("“%s” was changed by another program."), path);
  else if (state == PTL_DISK_GONE && !self->gone_accepted)
    text = g_strdup_printf (_ ("“%s” was deleted or moved away."), path);
  gtk_widget_set_visible (self->file_bar, text != NULL);
  gtk_widget_set_visible (self->reload_button, state == PTL_DISK_CHANGED);
  if (text != NULL)
    gtk_label_set_text (self->file_bar_label, text);
}

static const struct
{
  const char *name;
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "win.cancel-opening", on_cancel_opening_cb },
  { "win.reload", on_reload_cb },
  { "win.keep-file", on_keep_cb },
  { "win.save", ptl_window_save },
  { "win.save-as", ptl_window_save_as },
};

void
ptl_window_install_file_actions (GtkWidgetClass *class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (class, actions[i].name, NULL, actions[i].activate);
}

void
ptl_window_update_file_actions (PtlWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save", self->open_plan != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-as", self->open_plan != NULL);
  update_file_bar (self);
}

void
ptl_window_init_files (PtlWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (on_drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu_button), on_create_menu_cb, self, NULL);
}

void
ptl_window_dispose_files (PtlWindow *self)
{
  stop_opening (self);
}

gboolean
ptl_window_has_file (PtlWindow *self, GFile *file)
{
  GFile *own = self->opening_file != NULL ? self->opening_file
               : self->open_plan != NULL  ? ptl_open_plan_get_file (self->open_plan)
                                          : NULL;

  return own != NULL && g_file_equal (own, file);
}

gboolean
ptl_window_is_free (PtlWindow *self)
{
  return self->open_plan == NULL && self->opening == NULL;
}

gboolean
ptl_window_is_modified (PtlWindow *self)
{
  return self->open_plan != NULL && ptl_open_plan_is_modified (self->open_plan);
}
