#include "ptl-dialogs.h"

#include <glib/gi18n.h>

#include "ptl-names.h"

#define CHOOSER    "ptl-chooser" /* keeps the chooser that a window shows */
#define MAX_HEIGHT 280           /* of a list of lines, px: more scrolls */

typedef struct
{
  PtlAnswered answered;
  PtlChosen chosen;
  gpointer data;
  GDestroyNotify free_data;
} Call;

static Call *
call_new (gpointer data, GDestroyNotify free_data)
{
  Call *call = g_new0 (Call, 1);

  call->data = data;
  call->free_data = free_data;
  return call;
}

static void
call_free (gpointer data, GClosure *closure)
{
  Call *call = data;

  if (call->free_data != NULL)
    call->free_data (call->data);
  g_free (call);
}

static GtkWidget *
message_new (GtkWindow *parent, const char *title, const char *text)
{
  GtkWidget *dialog = gtk_message_dialog_new (parent, GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                                              GTK_MESSAGE_OTHER, GTK_BUTTONS_NONE, "%s", title);

  if (text != NULL)
    gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s", text);
  gtk_window_set_title (GTK_WINDOW (dialog), title);
  return dialog;
}

static void
add_button (GtkDialog *dialog, const PtlButton *button, int response)
{
  static const char *const classes[] = { NULL, "suggested-action", "destructive-action" };
  GtkWidget *widget = gtk_dialog_add_button (dialog, _ (button->label), response);

  if (classes[button->look] != NULL)
    gtk_widget_add_css_class (widget, classes[button->look]);
}

/* The answer may close the window: the dialog, which others may still hold, must not know it any more then. */
static void
on_answered_cb (GtkDialog *dialog, int response, Call *call)
{
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  gtk_window_destroy (GTK_WINDOW (dialog));
  call->answered (response > 0 ? (guint) response : 0, call->data);
}

void
ptl_ask (GtkWindow *parent, const char *title, const char *text, const PtlButton *buttons, PtlAnswered answered,
         gpointer data, GDestroyNotify free_data)
{
  GtkWidget *dialog = message_new (parent, title, text);
  Call *call = call_new (data, free_data);
  int enter = 0;

  call->answered = answered;
  for (int i = 0; buttons[i].label != NULL; i++)
    {
      add_button (GTK_DIALOG (dialog), &buttons[i], i);
      if (buttons[i].look == PTL_BUTTON_SUGGESTED)
        enter = i;
    }
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), enter);
  gtk_widget_grab_focus (gtk_dialog_get_widget_for_response (GTK_DIALOG (dialog), enter));
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_answered_cb), call, call_free, 0);
  ptl_names_mend (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

static GtkWidget *
lines_new (const char *lines)
{
  GtkWidget *label = gtk_label_new (lines), *scrolled = gtk_scrolled_window_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE); /* the button is what Enter is for */
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "message-lines");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MAX_HEIGHT);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
  return scrolled;
}

void
ptl_tell (GtkWindow *parent, const char *title, const char *text, const char *lines)
{
  GtkWidget *dialog = message_new (parent, title, text);

  if (lines != NULL)
    gtk_box_append (GTK_BOX (gtk_message_dialog_get_message_area (GTK_MESSAGE_DIALOG (dialog))), lines_new (lines));
  gtk_widget_grab_focus (gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Close"), GTK_RESPONSE_CLOSE));
  g_signal_connect (dialog, "response", G_CALLBACK (gtk_window_destroy), NULL);
  ptl_names_mend (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
chooser_free (gpointer data)
{
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (data));
  g_object_unref (data);
}

static void
on_chosen_cb (GtkNativeDialog *dialog, int response, Call *call)
{
  G_GNUC_UNUSED g_autoptr (GtkNativeDialog) keep = g_object_ref (dialog);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  GtkWindow *parent = gtk_native_dialog_get_transient_for (dialog);

  gtk_native_dialog_hide (dialog);
  call->chosen (response == GTK_RESPONSE_ACCEPT ? file : NULL, call->data);
  if (g_object_get_data (G_OBJECT (parent), CHOOSER) == dialog)
    g_object_set_data (G_OBJECT (parent), CHOOSER, NULL);
}

static void
add_filters (GtkFileChooser *chooser)
{
  static const char *const filters[][2] = { { N_ ("Plans"), "*.portolan" }, { N_ ("All files"), "*" } };

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, _ (filters[i][0]));
      gtk_file_filter_add_pattern (filter, filters[i][1]);
      gtk_file_chooser_add_filter (chooser, filter);
    }
}

static GtkFileChooser *
chooser_new (GtkWindow *parent, const char *title, GtkFileChooserAction action, Call *call)
{
  GtkFileChooserNative *native = gtk_file_chooser_native_new (title, parent, action, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  g_signal_connect_data (native, "response", G_CALLBACK (on_chosen_cb), call, call_free, 0);
  g_object_set_data_full (G_OBJECT (parent), CHOOSER, native, chooser_free);
  return GTK_FILE_CHOOSER (native);
}

void
ptl_choose_plan_to_open (GtkWindow *parent, PtlChosen chosen, gpointer data, GDestroyNotify free_data)
{
  Call *call = call_new (data, free_data);
  GtkFileChooser *chooser = chooser_new (parent, _ ("Open a Plan"), GTK_FILE_CHOOSER_ACTION_OPEN, call);

  call->chosen = chosen;
  add_filters (chooser);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
ptl_choose_plan_to_save (GtkWindow *parent, GFile *near, const char *name, PtlChosen chosen, gpointer data,
                         GDestroyNotify free_data)
{
  Call *call = call_new (data, free_data);
  GtkFileChooser *chooser = chooser_new (parent, _ ("Save the Plan"), GTK_FILE_CHOOSER_ACTION_SAVE, call);

  call->chosen = chosen;
  add_filters (chooser);
  if (near == NULL || !gtk_file_chooser_set_file (chooser, near, NULL))
    gtk_file_chooser_set_current_name (chooser, name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
ptl_choose_picture_to_save (GtkWindow *parent, const char *name, PtlChosen chosen, gpointer data,
                            GDestroyNotify free_data)
{
  Call *call = call_new (data, free_data);
  GtkFileChooser *chooser = chooser_new (parent, _ ("Export the Diagram"), GTK_FILE_CHOOSER_ACTION_SAVE, call);

  call->chosen = chosen;
  gtk_file_chooser_set_current_name (chooser, name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
ptl_choose_folder (GtkWindow *parent, const char *title, GFile *near, PtlChosen chosen, gpointer data,
                   GDestroyNotify free_data)
{
  Call *call = call_new (data, free_data);
  GtkFileChooser *chooser = chooser_new (parent, title, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, call);

  call->chosen = chosen;
  gtk_file_chooser_set_current_folder (chooser, near, NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
