#include "ptl-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"
#include "ptl-appearance.h"
#include "ptl-dialogs.h"

struct _PtlApplication
{
  GtkApplication parent_instance;

  PtlCatalogue *catalogue;
  PtlAppearance *appearance;
  gboolean quitting; /* one window after the other is asked to close */
  guint signal_sources[3];
};

G_DEFINE_FINAL_TYPE (PtlApplication, ptl_application, GTK_TYPE_APPLICATION)

static const int end_signals[] = { SIGTERM, SIGINT, SIGHUP };

/* Windows */

static PtlWindow *
add_window (PtlApplication *self)
{
  return ptl_window_new (GTK_APPLICATION (self), self->catalogue);
}

/* The window that a person looks at; NULL when there is none. */
static PtlWindow *
get_active_window (PtlApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (PTL_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

/* One that shows the start page, else a new one. */
static PtlWindow *
get_free_window (PtlApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (PTL_IS_WINDOW (l->data) && ptl_window_is_free (l->data))
      return l->data;
  return add_window (self);
}

static void
show_plan (PtlApplication *self, PtlPlan *plan)
{
  PtlWindow *window = get_free_window (self);
  g_autoptr (PtlOpenPlan) open_plan = ptl_open_plan_new (plan);

  ptl_window_set_plan (window, open_plan);
  gtk_window_present (GTK_WINDOW (window));
}

/* Quitting: those that lose something are asked first, so that to cancel leaves everything as it is. */

static gboolean
on_quit_next_cb (gpointer data)
{
  PtlApplication *self = data;
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));
  GtkWindow *window = windows != NULL ? windows->data : NULL;

  for (GList *l = windows; l != NULL; l = l->next)
    if (PTL_IS_WINDOW (l->data) && ptl_window_is_modified (l->data))
      {
        window = l->data;
        gtk_window_present (window);
        break;
      }
  if (self->quitting && window != NULL)
    gtk_window_close (window);
  return G_SOURCE_REMOVE;
}

static void
ptl_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  PtlApplication *self = PTL_APPLICATION (application);

  GTK_APPLICATION_CLASS (ptl_application_parent_class)->window_removed (application, window);
  if (self->quitting)
    g_idle_add_full (G_PRIORITY_DEFAULT, on_quit_next_cb, g_object_ref (self), g_object_unref);
}

/* Actions */

static void
on_new_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PtlApplication *self = data;
  g_autoptr (PtlPlan) plan = ptl_plan_new (self->catalogue);

  show_plan (self, plan);
}

static void
on_new_from_template_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PtlApplication *self = data;
  g_autofree char *path
      = g_strdup_printf ("/org/portolan/data/templates/%s.portolan", g_variant_get_string (parameter, NULL));
  g_autoptr (GInputStream) stream = g_resources_open_stream (path, 0, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) plan = stream != NULL ? ptl_plan_read (self->catalogue, stream, &problems) : NULL;

  if (plan != NULL)
    show_plan (self, plan);
}

static void
on_chosen_cb (GFile *file, gpointer data)
{
  if (file != NULL)
    ptl_application_open_file (data, file);
}

static void
on_open_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PtlApplication *self = data;

  if (get_active_window (self) == NULL)
    gtk_window_present (GTK_WINDOW (add_window (self)));
  ptl_choose_plan_to_open (GTK_WINDOW (get_active_window (self)), on_chosen_cb, self, NULL);
}

static void
on_open_uri_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  ptl_application_open_file (data, file);
}

static void
on_quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PTL_APPLICATION (data)->quitting = TRUE;
  on_quit_next_cb (data);
}

static void
on_shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/portolan/ui/help-overlay.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_window_set_transient_for (window, GTK_WINDOW (get_active_window (data)));
  gtk_window_present (window);
}

static void
on_about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_show_about_dialog (GTK_WINDOW (get_active_window (data)), "program-name", "Portolan", "version", PTL_VERSION,
                         "logo-icon-name", "org.portolan.Portolan", "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Plans the network of Configuration Manager hierarchies: which openings each firewall "
                            "needs, and why."),
                         "translator-credits", _ ("translator-credits"), NULL);
}

static const GActionEntry actions[] = {
  { .name = "new", .activate = on_new_cb },
  { .name = "new-from-template", .activate = on_new_from_template_cb, .parameter_type = "s" },
  { .name = "open", .activate = on_open_cb },
  { .name = "open-uri", .activate = on_open_uri_cb, .parameter_type = "s" },
  { .name = "quit", .activate = on_quit_cb },
  { .name = "shortcuts", .activate = on_shortcuts_cb },
  { .name = "about", .activate = on_about_cb },
};

static const struct
{
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "app.new", { "<Control>n" } },
  { "app.open", { "<Control>o" } },
  { "win.save", { "<Control>s" } },
  { "win.save-as", { "<Control><Shift>s" } },
  { "window.close", { "<Control>w" } },
  { "app.quit", { "<Control>q" } },
  { "app.shortcuts", { "<Control>question", "F1" } },
};

/* The session ends, or somebody ends the program: there is no time to ask, and nothing is lost. */

static void
secure_all (PtlApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (PTL_IS_WINDOW (l->data) && ptl_window_get_plan (l->data) != NULL)
      ptl_open_plan_secure (ptl_window_get_plan (l->data));
}

static gboolean
on_end_signal_cb (gpointer data)
{
  secure_all (data);
  g_application_quit (G_APPLICATION (data));
  return G_SOURCE_CONTINUE;
}

static void
on_query_end_cb (PtlApplication *self, gpointer data)
{
  secure_all (self);
}

static void
ptl_application_startup (GApplication *application)
{
  PtlApplication *self = PTL_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  G_APPLICATION_CLASS (ptl_application_parent_class)->startup (application);
  self->appearance = ptl_appearance_new (G_ACTION_MAP (self));
  self->catalogue = ptl_catalogue_load (&error);
  if (self->catalogue == NULL)
    g_error ("the embedded port data cannot be read: %s", error->message);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action, accelerators[i].keys);
  for (guint i = 0; i < G_N_ELEMENTS (end_signals); i++)
    self->signal_sources[i] = g_unix_signal_add (end_signals[i], on_end_signal_cb, self);
}

static void
ptl_application_shutdown (GApplication *application)
{
  PtlApplication *self = PTL_APPLICATION (application);

  for (guint i = 0; i < G_N_ELEMENTS (end_signals); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);
  g_clear_object (&self->appearance);
  G_APPLICATION_CLASS (ptl_application_parent_class)->shutdown (application);
}

static void
ptl_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (get_free_window (PTL_APPLICATION (application))));
}

/* One window a plan, and at the start one for what a crash has left over. */
static void
ptl_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  PtlApplication *self = PTL_APPLICATION (application);
  gboolean started = get_active_window (self) != NULL;
  g_autoptr (GPtrArray) left_overs = ptl_recovery_list ();

  for (int i = 0; i < n_files; i++)
    ptl_application_open_file (self, files[i]);
  if (!started && left_overs->len > 0)
    ptl_application_activate (application);
}

static int
ptl_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("portolan %s\n", PTL_VERSION);
  return 0;
}

static void
ptl_application_finalize (GObject *object)
{
  ptl_catalogue_free (PTL_APPLICATION (object)->catalogue);
  G_OBJECT_CLASS (ptl_application_parent_class)->finalize (object);
}

static void
ptl_application_class_init (PtlApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ptl_application_finalize;
  GTK_APPLICATION_CLASS (klass)->window_removed = ptl_application_window_removed;
  application_class->startup = ptl_application_startup;
  application_class->shutdown = ptl_application_shutdown;
  application_class->activate = ptl_application_activate;
  application_class->open = ptl_application_open;
  application_class->handle_local_options = ptl_application_handle_local_options;
}

static void
ptl_application_init (PtlApplication *self)
{
  GApplication *application = G_APPLICATION (self);

  g_application_set_option_context_parameter_string (application, _ ("[FILE…]"));
  g_application_set_option_context_summary (application, _ ("Plans the network of Configuration Manager hierarchies."));
  g_application_add_main_option (application, "version", 0, 0, G_OPTION_ARG_NONE, _ ("Show the version and exit"),
                                 NULL);
  g_signal_connect (self, "query-end", G_CALLBACK (on_query_end_cb), NULL);
}

PtlApplication *
ptl_application_new (void)
{
  return g_object_new (PTL_TYPE_APPLICATION, "application-id", "org.portolan.Portolan", "flags",
                       G_APPLICATION_HANDLES_OPEN, "register-session", TRUE, NULL);
}

void
ptl_application_open_file (PtlApplication *self, GFile *file)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (PTL_IS_WINDOW (l->data) && ptl_window_has_file (l->data, file))
      {
        gtk_window_present (l->data);
        return;
      }
  ptl_window_open (get_free_window (self), file);
}

void
ptl_application_recover (PtlApplication *self, const PtlLeftOver *left_over)
{
  g_autoptr (GPtrArray) all = ptl_recovery_list ();

  /* The others stay offered on the start page. */
  ptl_window_recover (all->len > 1 ? add_window (self) : get_free_window (self), left_over);
}

void
ptl_application_stay (PtlApplication *self)
{
  self->quitting = FALSE;
}
