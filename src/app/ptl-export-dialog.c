#include "ptl-export-dialog.h"

#include <glib/gi18n.h>

#include "engine/ptl-check.h"
#include "ptl-dialogs.h"
#include "ptl-export-list.h"
#include "ptl-export-words.h"
#include "ptl-names.h"
#include "ptl-preferences.h"
#include "ptl-reason.h"
#include "ptl-window.h"

#define INTERVAL 100 /* ms between looks at the progress */

/* Preferences */
#define FORMATS  "export-formats" /* names, with commas between */
#define EXPANDED "export-expanded"
#define FOLDER   "export-folder" /* a URI */

struct _PtlExportDialog
{
  GtkWindow parent_instance;

  PtlSession *session;
  GPtrArray *unresolved; /* char *: ids of the nodes that the summary tells of */
  GFile *folder;

  PtlExportJob *job;
  GCancellable *cancellable; /* while the job runs */
  guint timeout;
  gboolean closing; /* as soon as the job has ended */

  GtkWidget *cancel_button, *export_button, *close_button;
  GtkStack *pages;
  PtlExportList *list;
  GtkWidget *formats_box; /* a check button for each of ptl_formats */
  GtkCheckButton *expanded_button;
  GtkWidget *folder_button;
  GtkLabel *folder_label, *files_label;
  GtkWidget *unresolved_box, *errors_box;
  GtkLabel *unresolved_label, *errors_label;
  GtkLabel *progress_label;
  GtkProgressBar *progress_bar;
  GtkLabel *done_label, *remarks_label;
};

G_DEFINE_FINAL_TYPE (PtlExportDialog, ptl_export_dialog, GTK_TYPE_WINDOW)

/* Those of the sheets, which may be a moment behind the plan. */
static PtlRoutes *
get_routes (PtlExportDialog *self)
{
  return ptl_sheets_routes (ptl_session_get_sheets (self->session));
}

/* What is asked for */

static GPtrArray *
chosen_formats (PtlExportDialog *self)
{
  GPtrArray *formats = g_ptr_array_new ();
  GtkWidget *button = gtk_widget_get_first_child (self->formats_box);

  for (const PtlFormat *format = ptl_formats; format->name != NULL; format++)
    {
      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (button)))
        g_ptr_array_add (formats, (gpointer) format);
      button = gtk_widget_get_next_sibling (button);
    }
  return formats;
}

/* Summary */

/* The names of the nodes without an address that stand on the chosen sheets; self->unresolved gets their ids. */
static GPtrArray *
find_unresolved (PtlExportDialog *self, const GArray *firewalls)
{
  PtlSheets *sheets = ptl_session_get_sheets (self->session);
  const PtlGraph *graph = ptl_sheets_graph (sheets);
  g_autoptr (GHashTable) nodes = g_hash_table_new (NULL, NULL);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < firewalls->len; i++)
    ptl_export_find_unresolved (sheets, g_array_index (firewalls, guint, i), nodes);
  g_ptr_array_set_size (self->unresolved, 0);
  for (guint i = 0; i < graph->n_nodes; i++)
    if (g_hash_table_contains (nodes, GUINT_TO_POINTER (i)))
      {
        g_ptr_array_add (self->unresolved, g_strdup (graph->nodes[i].id));
        g_ptr_array_add (names, (char *) ptl_sheets_node_name (sheets, i));
      }
  return names;
}

static guint
count_errors (PtlExportDialog *self)
{
  GPtrArray *findings = ptl_session_get_findings (self->session);
  guint n = 0;

  while (n < findings->len && ((const PtlFinding *) findings->pdata[n])->severity == PTL_SEVERITY_ERROR)
    n++;
  return n;
}

/* Shows the sentence and what is in the box with it, or nothing for NULL. Takes the sentence. */
static void
show_remark (GtkWidget *box, GtkLabel *label, char *sentence)
{
  gtk_widget_set_visible (box, sentence != NULL);
  gtk_label_set_text (label, sentence != NULL ? sentence : "");
  g_free (sentence);
}

static char *
summarize_files (PtlExportDialog *self, const PtlExport *what, gboolean *possible)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = NULL;

  *possible = FALSE;
  if (get_routes (self) != ptl_session_get_routes (self->session))
    return g_strdup (_ ("The sheets are about to follow the last change…"));
  if (what->firewalls->len == 0)
    return g_strdup (_ ("Nothing will be written: no firewall is chosen."));
  if (what->formats->len == 0)
    return g_strdup (_ ("Nothing will be written: no format is chosen."));
  names = ptl_export_file_names (get_routes (self), what, &error);
  *possible = names != NULL;
  return names != NULL ? ptl_export_words_files (names) : ptl_reason_sentence (error->message);
}

static void
update_summary (PtlExportDialog *self)
{
  g_autoptr (GPtrArray) formats = chosen_formats (self);
  g_autoptr (GArray) firewalls = ptl_export_list_get_chosen (self->list);
  g_autoptr (GPtrArray) unresolved = find_unresolved (self, firewalls);
  PtlExport what = { .formats = formats, .firewalls = firewalls };
  guint n_errors = count_errors (self);
  gboolean possible;
  g_autofree char *files = summarize_files (self, &what, &possible);

  gtk_label_set_text (self->files_label, files);
  show_remark (self->unresolved_box, self->unresolved_label,
               unresolved->len > 0 ? ptl_export_words_unresolved (unresolved) : NULL);
  show_remark (self->errors_box, self->errors_label, n_errors > 0 ? ptl_export_words_errors (n_errors) : NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.start", possible);
}

static void
on_list_changed_cb (PtlExportList *list, PtlExportDialog *self)
{
  update_summary (self);
}

static void
on_format_toggled_cb (GtkCheckButton *button, PtlExportDialog *self)
{
  update_summary (self);
}

static void
on_expanded_cb (GtkCheckButton *button, PtlExportDialog *self)
{
  ptl_export_list_set_expanded (self->list, gtk_check_button_get_active (button));
}

/* The links of the summary */

static void
on_select_unresolved_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlExportDialog *self = PTL_EXPORT_DIALOG (widget);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (PtlItem));

  for (guint i = 0; i < self->unresolved->len; i++)
    {
      int index
          = ptl_history_find (ptl_session_get_history (self->session), PTL_RECORD_NODE, self->unresolved->pdata[i]);
      PtlItem item = { PTL_RECORD_NODE, (guint) index };

      if (index >= 0)
        g_array_append_val (items, item);
    }
  ptl_session_select (self->session, (const PtlItem *) (gpointer) items->data, items->len, PTL_SELECT_ONLY);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_show_problems_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-problems", NULL);
  gtk_window_close (GTK_WINDOW (widget));
}

/* The folder */

static void
set_folder (PtlExportDialog *self, GFile *folder)
{
  g_autofree char *name = g_file_get_parse_name (folder);

  g_set_object (&self->folder, folder);
  gtk_label_set_text (self->folder_label, name);
  gtk_widget_set_tooltip_text (self->folder_button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->folder_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_folder_chosen_cb (GFile *folder, gpointer data)
{
  if (folder != NULL)
    set_folder (data, folder);
}

static void
on_choose_folder_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlExportDialog *self = PTL_EXPORT_DIALOG (widget);

  ptl_choose_folder (GTK_WINDOW (self), _ ("A Folder for the Sheets"), self->folder, on_folder_chosen_cb, self, NULL);
}

/* Preferences */

/* The folder of the last time, else one beside the plan. */
static GFile *
default_folder (GtkWindow *parent)
{
  g_autofree char *uri = ptl_preferences_get_word (FOLDER, "");
  PtlOpenPlan *plan = PTL_IS_WINDOW (parent) ? ptl_window_get_plan (PTL_WINDOW (parent)) : NULL;
  GFile *file = plan != NULL ? ptl_open_plan_get_file (plan) : NULL;
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autoptr (GFile) beside = NULL;

  if (*uri != '\0')
    return g_file_new_for_uri (uri);
  beside = file != NULL ? g_file_get_parent (file)
                        : g_file_new_for_path (documents != NULL ? documents : g_get_home_dir ());
  return g_file_get_child (beside, "sheets");
}

static void
recall (PtlExportDialog *self)
{
  g_autofree char *kept = ptl_preferences_get_word (FORMATS, NULL);
  g_auto (GStrv) names = kept != NULL ? g_strsplit (kept, ",", -1) : NULL;
  g_autoptr (GFile) folder = default_folder (gtk_window_get_transient_for (GTK_WINDOW (self)));

  for (const PtlFormat *format = ptl_formats; format->name != NULL; format++)
    {
      g_autofree char *label = g_strdup_printf ("%s (%s)", _ (format->title), format->extension);
      GtkWidget *button = gtk_check_button_new_with_label (label);
      gboolean on = names != NULL ? g_strv_contains ((const char *const *) names, format->name) : format->initial;

      gtk_check_button_set_active (GTK_CHECK_BUTTON (button), on);
      g_signal_connect (button, "toggled", G_CALLBACK (on_format_toggled_cb), self);
      gtk_box_append (GTK_BOX (self->formats_box), button);
    }
  gtk_check_button_set_active (self->expanded_button, ptl_preferences_get_flag (EXPANDED, FALSE));
  set_folder (self, folder);
}

static void
remember (PtlExportDialog *self, const GPtrArray *formats)
{
  g_autofree char *uri = g_file_get_uri (self->folder);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < formats->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "," : "", ((const PtlFormat *) formats->pdata[i])->name);
  ptl_preferences_set_word (FORMATS, names->str);
  ptl_preferences_set_flag (EXPANDED, gtk_check_button_get_active (self->expanded_button));
  ptl_preferences_set_word (FOLDER, uri);
}

/* Writing */

static void
show_page (PtlExportDialog *self, const char *name)
{
  gboolean form = g_str_equal (name, "form"), done = g_str_equal (name, "done");

  gtk_stack_set_visible_child_name (self->pages, name);
  gtk_widget_set_visible (self->cancel_button, !done);
  gtk_widget_set_visible (self->export_button, form);
  gtk_window_set_default_widget (GTK_WINDOW (self), done ? self->close_button : self->export_button);
  gtk_widget_grab_focus (done ? self->close_button : form ? self->export_button : self->cancel_button);
}

static gboolean
on_timeout_cb (gpointer data)
{
  PtlExportDialog *self = data;
  const GPtrArray *files = ptl_export_job_get_files (self->job);
  guint done = ptl_export_job_get_done (self->job);

  gtk_label_set_text (self->progress_label,
                      g_cancellable_is_cancelled (self->cancellable) ? _ ("Cancelling…") : files->pdata[done]);
  gtk_progress_bar_set_fraction (self->progress_bar, done / (double) files->len);
  return G_SOURCE_CONTINUE;
}

static void
tell_done (PtlExportDialog *self, PtlExportJob *job, const PtlExportResult *result)
{
  g_autofree char *words = ptl_export_words_done (job, result);

  gtk_label_set_text (self->done_label, words);
  show_remark (GTK_WIDGET (self->remarks_label), self->remarks_label,
               result->strangers->len > 0 ? ptl_export_words_strangers (result->strangers) : NULL);
  show_page (self, "done");
}

static void
tell_stopped (PtlExportDialog *self, PtlExportJob *job, const GError *error)
{
  g_autofree char *stopped = ptl_export_words_stopped (job), *text = NULL;
  g_autofree char *reason = ptl_reason_sentence (error->message);

  show_page (self, "form");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      ptl_tell (GTK_WINDOW (self), _ ("The export was cancelled"), stopped, NULL);
      return;
    }
  text = g_strdup_printf (_ ("%s.\n\n%s Choose another folder, or put that right and export again."), reason, stopped);
  ptl_tell (GTK_WINDOW (self), _ ("The sheets could not be exported"), text, NULL);
}

static void
stop (PtlExportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->job);
  g_clear_handle_id (&self->timeout, g_source_remove);
}

static void
on_written_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (PtlExportDialog) self = data;
  g_autoptr (PtlExportJob) job = g_object_ref (PTL_EXPORT_JOB (object));
  g_autoptr (GError) error = NULL;
  const PtlExportResult *written = ptl_export_job_run_finish (job, result, &error);

  g_application_release (g_application_get_default ());
  if (self->job == NULL)
    return; /* the dialog is gone */
  stop (self);
  if (self->closing)
    gtk_window_destroy (GTK_WINDOW (self));
  else if (written != NULL)
    tell_done (self, job, written);
  else
    tell_stopped (self, job, error);
}

/* The program waits for the thread, which would leave half a file beside the others. */
static void
start (PtlExportDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->timeout = g_timeout_add (INTERVAL, on_timeout_cb, self);
  on_timeout_cb (self);
  show_page (self, "writing");
  g_application_hold (g_application_get_default ());
  ptl_export_job_run_async (self->job, self->cancellable, on_written_cb, g_object_ref (self));
}

/* Those of the files that would be replaced. */
static GPtrArray *
find_existing (PtlExportJob *job)
{
  const GPtrArray *files = ptl_export_job_get_files (job);
  GPtrArray *existing = g_ptr_array_new ();

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *path = g_build_filename (ptl_export_job_get_folder (job), files->pdata[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        g_ptr_array_add (existing, files->pdata[i]);
    }
  return existing;
}

static void
on_replace_answered_cb (guint button, gpointer data)
{
  PtlExportDialog *self = data;

  if (button == 1)
    start (self);
  else
    g_clear_object (&self->job);
}

static void
ask_to_replace (PtlExportDialog *self, const GPtrArray *existing)
{
  static const PtlButton buttons[]
      = { { N_ ("_Cancel"), PTL_BUTTON_PLAIN }, { N_ ("_Replace"), PTL_BUTTON_DESTRUCTIVE }, { NULL } };
  g_autofree char *title = ptl_export_words_replace (existing->len);
  g_autofree char *names = ptl_export_words_names (existing);
  g_autofree char *text
      = g_strdup_printf (_ ("In the folder there are already: %s. What is in them will be lost."), names);

  ptl_ask (GTK_WINDOW (self), title, text, buttons, on_replace_answered_cb, self, NULL);
}

static void
on_start_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlExportDialog *self = PTL_EXPORT_DIALOG (widget);
  g_autoptr (GPtrArray) formats = chosen_formats (self), existing = NULL;
  g_autoptr (GArray) firewalls = ptl_export_list_get_chosen (self->list);
  g_autofree char *folder = g_file_get_path (self->folder);
  PtlExport what = { .formats = formats, .firewalls = firewalls, .folder = folder };

  if (folder == NULL)
    {
      ptl_tell (GTK_WINDOW (self), _ ("The sheets could not be exported"),
                _ ("The folder is not on this computer: choose another one."), NULL);
      return;
    }
  self->job = ptl_export_job_new (ptl_session_get_routes (self->session),
                                  gtk_check_button_get_active (self->expanded_button), &what, NULL);
  g_return_if_fail (self->job != NULL); /* the summary has looked */
  remember (self, formats);
  existing = find_existing (self->job);
  if (existing->len > 0)
    ask_to_replace (self, existing);
  else
    start (self);
}

/* Leaves what runs, or the dialog. */
static void
on_cancel_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlExportDialog *self = PTL_EXPORT_DIALOG (widget);

  if (self->cancellable == NULL)
    gtk_window_close (GTK_WINDOW (self));
  else
    {
      g_cancellable_cancel (self->cancellable);
      on_timeout_cb (self);
    }
}

static void
on_folder_opened_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (PtlExportDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (object), result, &error) && self->session != NULL)
    ptl_tell (GTK_WINDOW (self), _ ("The folder could not be opened"), error->message, NULL);
}

static void
on_open_folder_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlExportDialog *self = PTL_EXPORT_DIALOG (widget);
  g_autofree char *uri = g_file_get_uri (self->folder);

  gtk_show_uri_full (GTK_WINDOW (self), uri, GDK_CURRENT_TIME, NULL, on_folder_opened_cb, g_object_ref (self));
}

static gboolean
ptl_export_dialog_close_request (GtkWindow *window)
{
  PtlExportDialog *self = PTL_EXPORT_DIALOG (window);

  if (self->cancellable == NULL)
    return GTK_WINDOW_CLASS (ptl_export_dialog_parent_class)->close_request (window);
  self->closing = TRUE;
  on_cancel_cb (GTK_WIDGET (self), NULL, NULL);
  return TRUE;
}

static void
ptl_export_dialog_dispose (GObject *object)
{
  PtlExportDialog *self = PTL_EXPORT_DIALOG (object);

  stop (self);
  g_clear_object (&self->session);
  g_clear_object (&self->folder);
  G_OBJECT_CLASS (ptl_export_dialog_parent_class)->dispose (object);
}

static void
ptl_export_dialog_finalize (GObject *object)
{
  PtlExportDialog *self = PTL_EXPORT_DIALOG (object);

  g_ptr_array_unref (self->unresolved);
  G_OBJECT_CLASS (ptl_export_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_child (class, PtlExportDialog, cancel_button);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, export_button);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, close_button);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, pages);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, list);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, formats_box);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, expanded_button);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, folder_button);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, folder_label);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, files_label);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, unresolved_box);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, unresolved_label);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, errors_box);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, errors_label);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, progress_label);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, progress_bar);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, done_label);
  gtk_widget_class_bind_template_child (class, PtlExportDialog, remarks_label);
  gtk_widget_class_bind_template_callback (class, on_list_changed_cb);
  gtk_widget_class_bind_template_callback (class, on_expanded_cb);
}

static void
ptl_export_dialog_class_init (PtlExportDialogClass *class)
{
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "export.start", on_start_cb },
    { "export.cancel", on_cancel_cb },
    { "export.choose-folder", on_choose_folder_cb },
    { "export.select-unresolved", on_select_unresolved_cb },
    { "export.show-problems", on_show_problems_cb },
    { "export.open-folder", on_open_folder_cb },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (PTL_TYPE_EXPORT_LIST);
  G_OBJECT_CLASS (class)->dispose = ptl_export_dialog_dispose;
  G_OBJECT_CLASS (class)->finalize = ptl_export_dialog_finalize;
  GTK_WINDOW_CLASS (class)->close_request = ptl_export_dialog_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-export-dialog.ui");
  bind_children (widget_class);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "export.cancel", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
ptl_export_dialog_init (PtlExportDialog *self)
{
  self->unresolved = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  ptl_names_mend (GTK_WIDGET (self));
}

void
ptl_export_dialog_show (GtkWindow *parent, PtlSession *session, const char *firewall)
{
  PtlExportDialog *self = g_object_new (PTL_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  recall (self);
  ptl_export_list_set_session (self->list, session, firewall);
  show_page (self, "form");
  gtk_window_present (GTK_WINDOW (self));
}
