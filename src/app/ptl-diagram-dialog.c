#include "ptl-diagram-dialog.h"

#include <glib/gi18n.h>

#include "ptl-diagram.h"
#include "ptl-dialogs.h"
#include "ptl-names.h"
#include "ptl-page-preview.h"
#include "ptl-preferences.h"
#include "ptl-print.h"

/* Preferences */
#define FORMAT      "diagram-format"
#define PAPER       "diagram-paper"
#define ORIENTATION "diagram-orientation"
#define TILES       "diagram-tiles"
#define TITLE_BLOCK "diagram-title-block"
#define LEGEND      "diagram-legend"

#define INNER "show-inner-arrows" /* the window's: the diagram begins as it is there */

#define OWN_SIZE "drawing" /* instead of the name of a paper */

/* In the order of their drop-downs. */
static const char *const papers[]
    = { GTK_PAPER_NAME_A5,     GTK_PAPER_NAME_A4,    "iso_a3",    "iso_a2", "iso_a1", "iso_a0",
        GTK_PAPER_NAME_LETTER, GTK_PAPER_NAME_LEGAL, "na_ledger", OWN_SIZE };
static const double tile_scales[] = { 0, 0.5, 0.75, 1 };

typedef enum
{
  AS_THE_DRAWING,
  PORTRAIT,
  LANDSCAPE,
} Orientation;

struct _PtlDiagramDialog
{
  GtkWindow parent_instance;

  PtlSession *session;
  PtlDiagramPurpose purpose;
  PtlPages *pages;   /* as they were asked for last; NULL: they are not there yet */
  PtlPages *drawing; /* any pages of the same drawing */
  guint page;        /* that is seen */
  gboolean laying_out, again;
  GFile *target; /* to be written to as soon as the pages are there */
  GCancellable *writing;

  GtkButton *go_button;
  GtkWidget *form;
  GtkWidget *format_label;
  GtkDropDown *format_choice, *content_choice, *paper_choice, *orientation_choice, *tiles_choice;
  GtkCheckButton *title_block_button, *legend_button, *inner_button;
  GtkLabel *lens_label;
  PtlPagePreview *preview;
  GtkStack *foot;
  GtkLabel *page_label;
  GtkProgressBar *progress_bar;
};

G_DEFINE_FINAL_TYPE (PtlDiagramDialog, ptl_diagram_dialog, GTK_TYPE_WINDOW)

/* What is asked for */

static PtlPictureFormat
get_format (PtlDiagramDialog *self)
{
  return (PtlPictureFormat) gtk_drop_down_get_selected (self->format_choice);
}

static const char *
get_paper (PtlDiagramDialog *self)
{
  return papers[gtk_drop_down_get_selected (self->paper_choice)];
}

static gboolean
is_own_size (PtlDiagramDialog *self)
{
  return g_str_equal (get_paper (self), OWN_SIZE);
}

/* Only paper is tiled, and only where a file can have several pages. */
static gboolean
may_be_tiled (PtlDiagramDialog *self)
{
  return !is_own_size (self) && (self->purpose == PTL_DIAGRAM_PRINT || get_format (self) == PTL_PICTURE_PDF);
}

static PtlDiagramOrder
get_order (PtlDiagramDialog *self)
{
  guint orientation = gtk_drop_down_get_selected (self->orientation_choice);
  PtlDiagramOrder order = {
    .firewall = (int) gtk_drop_down_get_selected (self->content_choice) - 1,
    .turn = orientation == AS_THE_DRAWING,
    .setup = { .title_block = gtk_check_button_get_active (self->title_block_button),
               .legend = gtk_check_button_get_active (self->legend_button),
               .outer_only = !gtk_check_button_get_active (self->inner_button) },
  };

  if (!is_own_size (self))
    {
      GtkPaperSize *size = gtk_paper_size_new (get_paper (self));
      double width = gtk_paper_size_get_width (size, GTK_UNIT_MM),
             height = gtk_paper_size_get_height (size, GTK_UNIT_MM);

      order.setup.width = orientation == LANDSCAPE ? height : width;
      order.setup.height = orientation == LANDSCAPE ? width : height;
      gtk_paper_size_free (size);
    }
  if (may_be_tiled (self))
    order.setup.tile_scale = tile_scales[gtk_drop_down_get_selected (self->tiles_choice)];
  return order;
}

static void
keep_choices (PtlDiagramDialog *self)
{
  if (self->purpose == PTL_DIAGRAM_EXPORT)
    ptl_preferences_set_int (FORMAT, (int) get_format (self));
  ptl_preferences_set_word (PAPER, get_paper (self));
  ptl_preferences_set_int (ORIENTATION, (int) gtk_drop_down_get_selected (self->orientation_choice));
  ptl_preferences_set_int (TILES, (int) gtk_drop_down_get_selected (self->tiles_choice));
  ptl_preferences_set_flag (TITLE_BLOCK, gtk_check_button_get_active (self->title_block_button));
  ptl_preferences_set_flag (LEGEND, gtk_check_button_get_active (self->legend_button));
}

/* What is shown */

static void
show_page (PtlDiagramDialog *self)
{
  guint n = self->pages != NULL ? ptl_pages_get_n (self->pages) : 0;
  g_autofree char *name = NULL, *text = NULL;

  self->page = MIN (self->page, MAX (n, 1) - 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "diagram.previous-page", self->page > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "diagram.next-page", self->page + 1 < n);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "diagram.go", n > 0 && self->writing == NULL);
  if (n == 0)
    {
      gtk_label_set_text (self->page_label, _ ("Drawing…"));
      return;
    }
  name = ptl_pages_get_name (self->pages, self->page);
  text = g_strdup_printf (_ ("Page %s, scale %.0f %%"), name, ptl_pages_get_scale (self->pages, self->page) * 100);
  gtk_label_set_text (self->page_label, text);
  ptl_page_preview_set_page (self->preview, self->pages, self->page);
}

/* Threads that are at work when it is closed keep it alive until they end. */
static gboolean
is_closed (PtlDiagramDialog *self)
{
  return !gtk_widget_get_realized (GTK_WIDGET (self));
}

static void lay_out (PtlDiagramDialog *self);
static void start_writing (PtlDiagramDialog *self);

static void
on_laid_out_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (PtlDiagramDialog) self = data;
  g_autoptr (PtlPages) pages = ptl_diagram_lay_out_finish (PTL_SESSION (object), result);

  self->laying_out = FALSE;
  if (is_closed (self))
    return;
  if (self->again)
    {
      lay_out (self);
      return;
    }
  g_clear_pointer (&self->drawing, ptl_pages_unref);
  self->drawing = ptl_pages_ref (pages);
  self->pages = g_steal_pointer (&pages);
  show_page (self);
  if (self->target != NULL)
    start_writing (self);
}

static void
lay_out (PtlDiagramDialog *self)
{
  PtlDiagramOrder order = get_order (self);

  g_clear_pointer (&self->pages, ptl_pages_unref);
  show_page (self);
  self->again = self->laying_out;
  if (self->laying_out)
    return;
  self->laying_out = TRUE;
  ptl_diagram_lay_out_async (self->session, &order, self->drawing, on_laid_out_cb, g_object_ref (self));
}

static void
on_choice_cb (GObject *object, GParamSpec *spec, PtlDiagramDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->orientation_choice), !is_own_size (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->tiles_choice), may_be_tiled (self));
  lay_out (self);
}

static void
on_content_cb (GObject *object, GParamSpec *spec, PtlDiagramDialog *self)
{
  g_clear_pointer (&self->drawing, ptl_pages_unref);
  lay_out (self);
}

static void
on_previous_page_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PTL_DIAGRAM_DIALOG (widget)->page--;
  show_page (PTL_DIAGRAM_DIALOG (widget));
}

static void
on_next_page_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PTL_DIAGRAM_DIALOG (widget)->page++;
  show_page (PTL_DIAGRAM_DIALOG (widget));
}

/* Exporting */

static void
on_page_done_cb (guint page, gpointer data)
{
  PtlDiagramDialog *self = data;
  g_autofree char *text = NULL;
  guint n;

  if (is_closed (self))
    return;
  n = get_format (self) == PTL_PICTURE_PDF ? ptl_pages_get_n (self->pages) : 1;
  text = g_strdup_printf (_ ("Page %u of %u"), page + 1, n);
  gtk_progress_bar_set_fraction (self->progress_bar, (page + 1.0) / n);
  gtk_progress_bar_set_text (self->progress_bar, text);
}

static void
stop_writing (PtlDiagramDialog *self)
{
  g_clear_object (&self->writing);
  g_clear_object (&self->target);
  gtk_stack_set_visible_child_name (self->foot, "page");
  gtk_widget_set_sensitive (self->form, TRUE);
  show_page (self);
}

static void
on_written_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (PtlDiagramDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean written = ptl_diagram_write_finish (result, &error);

  if (is_closed (self))
    return;
  if (written)
    {
      g_autofree char *name = g_file_get_parse_name (self->target);
      g_autofree char *sentence = g_strdup_printf (_ ("The diagram was exported to “%s”."), name);

      keep_choices (self);
      ptl_session_say (self->session, sentence);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  stop_writing (self);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ptl_tell (GTK_WINDOW (self), _ ("The diagram could not be exported"), error->message, NULL);
}

static void
start_writing (PtlDiagramDialog *self)
{
  self->writing = g_cancellable_new ();
  gtk_widget_set_sensitive (self->form, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "diagram.go", FALSE);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  gtk_progress_bar_set_text (self->progress_bar, _ ("Drawing…"));
  gtk_stack_set_visible_child_name (self->foot, "progress");
  ptl_diagram_write_async (self->pages, get_format (self), self->target, on_page_done_cb, g_object_ref (self),
                           self->writing, on_written_cb);
}

void
ptl_diagram_dialog_export_to (PtlDiagramDialog *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  PtlPictureFormat format;

  g_set_object (&self->target, file);
  if (ptl_picture_format_of (name, &format))
    gtk_drop_down_set_selected (self->format_choice, format);
  if (self->pages != NULL)
    start_writing (self);
}

typedef struct
{
  PtlDiagramDialog *dialog;
  GFile *file;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->file);
  g_free (question);
}

static void
on_replace_answered_cb (guint button, gpointer data)
{
  Question *question = data;

  if (button == 1)
    ptl_diagram_dialog_export_to (question->dialog, question->file);
}

static void
ask_replace (PtlDiagramDialog *self, GFile *file)
{
  static const PtlButton buttons[]
      = { { N_ ("_Cancel"), PTL_BUTTON_PLAIN }, { N_ ("_Replace"), PTL_BUTTON_DESTRUCTIVE }, { NULL } };
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *title = g_strdup_printf (_ ("Replace “%s”?"), name);
  Question *question = g_new (Question, 1);

  *question = (Question){ self, g_object_ref (file) };
  ptl_ask (GTK_WINDOW (self), title, _ ("The file exists already. Its content will be lost."), buttons,
           on_replace_answered_cb, question, question_free);
}

/* The chooser has asked whether to replace what has the chosen name; with an extension it may be another file. */
static void
on_chosen_cb (GFile *chosen, gpointer data)
{
  PtlDiagramDialog *self = data;
  g_autofree char *name = NULL, *whole = NULL;
  g_autoptr (GFile) folder = NULL, file = NULL;
  PtlPictureFormat format;

  if (chosen == NULL)
    return;
  name = g_file_get_basename (chosen);
  if (ptl_picture_format_of (name, &format))
    {
      ptl_diagram_dialog_export_to (self, chosen);
      return;
    }
  whole = g_strconcat (name, ptl_picture_extensions[get_format (self)], NULL);
  folder = g_file_get_parent (chosen);
  file = g_file_get_child (folder, whole);
  if (g_file_query_exists (file, NULL))
    ask_replace (self, file);
  else
    ptl_diagram_dialog_export_to (self, file);
}

/* What a file for the diagram can be called. */
static char *
suggest_name (PtlDiagramDialog *self)
{
  PtlDiagramOrder order = get_order (self);
  const char *title = ptl_session_get_plan (self->session)->title;
  const char *firewall
      = order.firewall >= 0 ? ptl_session_get_routes (self->session)->firewalls[order.firewall].name : NULL;
  char *name = g_strconcat (*title != '\0' ? title : _ ("Diagram"), firewall != NULL ? " – " : "",
                            firewall != NULL ? firewall : "", ptl_picture_extensions[get_format (self)], NULL);

  return g_strdelimit (name, "/\\:*?\"<>|", '-');
}

static void
on_printed_cb (GtkWindow *window)
{
  keep_choices (PTL_DIAGRAM_DIALOG (window));
  gtk_window_destroy (window);
}

static void
on_go_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PtlDiagramDialog *self = PTL_DIAGRAM_DIALOG (widget);
  g_autofree char *name = NULL;

  if (self->purpose == PTL_DIAGRAM_PRINT)
    {
      ptl_print_run (self->pages, get_paper (self), GTK_WINDOW (self), on_printed_cb);
      return;
    }
  name = suggest_name (self);
  ptl_choose_picture_to_save (GTK_WINDOW (self), name, on_chosen_cb, self, NULL);
}

/* Ends the writing; the dialog, when nothing is written. */
static void
on_cancel_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlDiagramDialog *self = PTL_DIAGRAM_DIALOG (widget);

  if (self->writing != NULL)
    g_cancellable_cancel (self->writing);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static gboolean
ptl_diagram_dialog_close_request (GtkWindow *window)
{
  g_cancellable_cancel (PTL_DIAGRAM_DIALOG (window)->writing);
  return GTK_WINDOW_CLASS (ptl_diagram_dialog_parent_class)->close_request (window);
}

static void
ptl_diagram_dialog_dispose (GObject *object)
{
  PtlDiagramDialog *self = PTL_DIAGRAM_DIALOG (object);

  g_clear_pointer (&self->pages, ptl_pages_unref);
  g_clear_pointer (&self->drawing, ptl_pages_unref);
  g_clear_object (&self->target);
  g_clear_object (&self->writing);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (ptl_diagram_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_child (class, PtlDiagramDialog, go_button);
  gtk_widget_class_bind_template_child (class, PtlDiagramDialog, form);
  gtk_widget_class_bind_template_child (class, PtlDiagramDialog, format_label);
  gtk_widget_class_bind_template_child (class, PtlDiagramDialog, format_choice);
  gtk_widget_class_bind_template_child (class, PtlDiagramDialog, content_choice);
  gtk_widget_class_bind_template_child (class, PtlDiagramDialog, paper_choice);
  gtk_widget_class_bind_template_child (class, PtlDiagramDialog, orientation_choice);
  gtk_widget_class_bind_template_child (class, PtlDiagramDialog, tiles_choice);
  gtk_widget_class_bind_template_child (class, PtlDiagramDialog, title_block_button);
  gtk_widget_class_bind_template_child (class, PtlDiagramDialog, legend_button);
  gtk_widget_class_bind_template_child (class, PtlDiagramDialog, inner_button);
  gtk_widget_class_bind_template_child (class, PtlDiagramDialog, lens_label);
  gtk_widget_class_bind_template_child (class, PtlDiagramDialog, preview);
  gtk_widget_class_bind_template_child (class, PtlDiagramDialog, foot);
  gtk_widget_class_bind_template_child (class, PtlDiagramDialog, page_label);
  gtk_widget_class_bind_template_child (class, PtlDiagramDialog, progress_bar);
}

static void
ptl_diagram_dialog_class_init (PtlDiagramDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_diagram_dialog_dispose;
  GTK_WINDOW_CLASS (class)->close_request = ptl_diagram_dialog_close_request;
  g_type_ensure (PTL_TYPE_PAGE_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-diagram-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "diagram.go", NULL, on_go_cb);
  gtk_widget_class_install_action (widget_class, "diagram.cancel", NULL, on_cancel_cb);
  gtk_widget_class_install_action (widget_class, "diagram.previous-page", NULL, on_previous_page_cb);
  gtk_widget_class_install_action (widget_class, "diagram.next-page", NULL, on_next_page_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "diagram.cancel", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, 0, "diagram.previous-page", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, 0, "diagram.next-page", NULL);
}

static void
ptl_diagram_dialog_init (PtlDiagramDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The whole plan, then each firewall. */
static void
fill_contents (PtlDiagramDialog *self)
{
  const PtlRoutes *routes = ptl_session_get_routes (self->session);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Whole plan"));
  for (guint i = 0; i < routes->n_firewalls; i++)
    gtk_string_list_append (names, routes->firewalls[i].name);
  gtk_drop_down_set_model (self->content_choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->content_choice, (guint) (ptl_session_get_lens (self->session)->firewall + 1));
}

static char *
paper_name (const char *paper)
{
  GtkPaperSize *size;
  char *name;

  if (g_str_equal (paper, OWN_SIZE))
    return g_strdup (_ ("As large as the drawing"));
  size = gtk_paper_size_new (paper);
  name = g_strdup (gtk_paper_size_get_display_name (size));
  gtk_paper_size_free (size);
  return name;
}

static void
fill_papers (PtlDiagramDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *kept = ptl_preferences_get_word (PAPER, gtk_paper_size_get_default ());
  guint n = G_N_ELEMENTS (papers) - (self->purpose == PTL_DIAGRAM_PRINT ? 1 : 0);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = paper_name (papers[i]);

      gtk_string_list_append (names, name);
    }
  gtk_drop_down_set_model (self->paper_choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->paper_choice, 1);
  for (guint i = 0; i < n; i++)
    if (g_str_equal (papers[i], kept))
      gtk_drop_down_set_selected (self->paper_choice, i);
}

static void
restore (GtkDropDown *choice, const char *key, guint otherwise)
{
  guint kept = (guint) ptl_preferences_get_int (key, (int) otherwise);

  gtk_drop_down_set_selected (choice,
                              kept < g_list_model_get_n_items (gtk_drop_down_get_model (choice)) ? kept : otherwise);
}

static void
fill (PtlDiagramDialog *self)
{
  fill_contents (self);
  fill_papers (self);
  restore (self->format_choice, FORMAT, PTL_PICTURE_PDF);
  restore (self->orientation_choice, ORIENTATION, AS_THE_DRAWING);
  restore (self->tiles_choice, TILES, 0);
  gtk_check_button_set_active (self->title_block_button, ptl_preferences_get_flag (TITLE_BLOCK, TRUE));
  gtk_check_button_set_active (self->legend_button, ptl_preferences_get_flag (LEGEND, TRUE));
  gtk_check_button_set_active (self->inner_button, ptl_preferences_get_flag (INNER, TRUE));
}

static void
follow_choices (PtlDiagramDialog *self)
{
  GtkDropDown *const choices[]
      = { self->format_choice, self->paper_choice, self->orientation_choice, self->tiles_choice };
  GtkCheckButton *const buttons[] = { self->title_block_button, self->legend_button, self->inner_button };

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    g_signal_connect (choices[i], "notify::selected", G_CALLBACK (on_choice_cb), self);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    g_signal_connect (buttons[i], "notify::active", G_CALLBACK (on_choice_cb), self);
  g_signal_connect (self->content_choice, "notify::selected", G_CALLBACK (on_content_cb), self);
}

PtlDiagramDialog *
ptl_diagram_dialog_show (GtkWindow *parent, PtlSession *session, PtlDiagramPurpose purpose)
{
  gboolean printing = purpose == PTL_DIAGRAM_PRINT;
  PtlDiagramDialog *self = g_object_new (PTL_TYPE_DIAGRAM_DIALOG, "transient-for", parent, "title",
                                         printing ? _ ("Print Diagram") : _ ("Export Diagram"), NULL);
  g_autofree char *lens = NULL;

  self->session = g_object_ref (session);
  self->purpose = purpose;
  gtk_button_set_label (self->go_button, printing ? _ ("_Print…") : _ ("_Export…"));
  gtk_widget_set_visible (self->format_label, !printing);
  gtk_widget_set_visible (GTK_WIDGET (self->format_choice), !printing);
  fill (self);
  lens = ptl_diagram_lens_words (session);
  gtk_label_set_text (self->lens_label, lens);
  follow_choices (self);
  on_choice_cb (NULL, NULL, self);
  ptl_names_mend (GTK_WIDGET (self));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
