#include "ptl-window.h"

#include <glib/gi18n.h>

#include "engine/ptl-check.h"
#include "engine/ptl-sheets.h"
#include "io/ptl-plan-file.h"

struct _PtlWindow
{
  GtkApplicationWindow parent_instance;

  const PtlCatalogue *catalogue;
  GtkFileChooserNative *chooser;
  GtkLabel *title_label;
  GtkLabel *firewalls_label;
  GtkLabel *problems_label;
};

G_DEFINE_FINAL_TYPE (PtlWindow, ptl_window, GTK_TYPE_APPLICATION_WINDOW)

static void
show_firewalls (PtlWindow *self, const PtlRoutes *routes)
{
  g_autoptr (PtlSheets) sheets = ptl_sheets_new (routes, FALSE);
  g_autoptr (GString) text = g_string_new (_ ("Firewalls"));

  for (guint i = 0; i < routes->n_firewalls; i++)
    if (ptl_sheets_has_sheet (sheets, i))
      {
        guint n = ptl_sheets_rows (sheets, i)->len;

        g_string_append_printf (text, "\n%s: ", routes->firewalls[i].name);
        g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%u rule", "%u rules", n), n);
      }
  gtk_label_set_text (self->firewalls_label, text->str);
}

static void
show_problems (PtlWindow *self, const PtlRoutes *routes)
{
  g_autoptr (GPtrArray) findings = ptl_check (routes);
  g_autoptr (GString) text = g_string_new (_ ("Problems"));
  guint n = 0;

  for (guint i = 0; i < findings->len; i++)
    {
      const PtlFinding *finding = findings->pdata[i];

      if (finding->severity == PTL_SEVERITY_NOTE)
        continue;
      g_string_append_printf (text, "\n%s: %s", finding->subject, finding->message);
      n++;
    }
  gtk_label_set_text (self->problems_label, n > 0 ? text->str : _ ("No problems"));
}

static void
show_plan (PtlWindow *self, PtlPlan *plan)
{
  g_autoptr (PtlGraph) graph = ptl_plan_to_graph (plan);
  g_autoptr (PtlFlows) flows = ptl_flows_new (graph);
  g_autoptr (PtlRoutes) routes = ptl_routes_new (flows);

  gtk_window_set_title (GTK_WINDOW (self), plan->title);
  gtk_label_set_text (self->title_label, plan->title);
  show_firewalls (self, routes);
  show_problems (self, routes);
}

static void
show_load_error (PtlWindow *self, GFile *file, const GPtrArray *problems)
{
  g_autofree char *name = g_file_get_parse_name (file);
  GtkWidget *dialog
      = gtk_message_dialog_new (GTK_WINDOW (self), GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT, GTK_MESSAGE_ERROR,
                                GTK_BUTTONS_CLOSE, _ ("“%s” cannot be read as a plan"), name);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const PtlFileProblem *problem = problems->pdata[i];

      if (problem->line > 0)
        g_string_append_printf (text, _ ("Line %u: "), problem->line);
      g_string_append_printf (text, "%s\n", problem->message);
    }
  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s", text->str);
  g_signal_connect (dialog, "response", G_CALLBACK (gtk_window_destroy), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_chooser_response_cb (GtkNativeDialog *dialog, int response, PtlWindow *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    ptl_window_open (self, file);
  g_clear_object (&self->chooser);
}

static void
on_open_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlWindow *self = PTL_WINDOW (widget);

  if (self->chooser != NULL)
    return;
  self->chooser
      = gtk_file_chooser_native_new (_ ("Open a Plan"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chooser_response_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
ptl_window_dispose (GObject *object)
{
  PtlWindow *self = PTL_WINDOW (object);

  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (ptl_window_parent_class)->dispose (object);
}

static void
ptl_window_class_init (PtlWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ptl_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlWindow, title_label);
  gtk_widget_class_bind_template_child (widget_class, PtlWindow, firewalls_label);
  gtk_widget_class_bind_template_child (widget_class, PtlWindow, problems_label);
  gtk_widget_class_install_action (widget_class, "win.open", NULL, on_open_cb);
}

static void
ptl_window_init (PtlWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

PtlWindow *
ptl_window_new (GtkApplication *application, const PtlCatalogue *catalogue)
{
  PtlWindow *self = g_object_new (PTL_TYPE_WINDOW, "application", application, NULL);

  self->catalogue = catalogue;
  return self;
}

void
ptl_window_open (PtlWindow *self, GFile *file)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (PtlPlan) plan = ptl_plan_load (self->catalogue, path != NULL ? path : "", &problems);

  if (plan != NULL)
    show_plan (self, plan);
  else
    show_load_error (self, file, problems);
}
