#include <glib/gi18n.h>

#include "io/ptl-plan-file.h"
#include "ptl-window-private.h"

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

void
ptl_window_install_file_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "win.open", NULL, on_open_cb);
}

void
ptl_window_update_file_actions (PtlWindow *self)
{
}

void
ptl_window_open (PtlWindow *self, GFile *file)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlOpenPlan) open_plan = ptl_open_plan_load (self->catalogue, file, &problems);

  if (open_plan != NULL)
    ptl_window_set_plan (self, open_plan);
  else
    show_load_error (self, file, problems);
}
