#include <check.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/ptl-diagram-dialog.h"
#include "app/ptl-diagram.h"
#include "app/ptl-print.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"

/* The export dialog and printing, with the window of a test as parent */

/* Four tiles on A4, and two firewalls. */
static const char large[]
    = "<plan xmlns='urn:portolan:plan:1' title='Large'>"
      "<site code='P01' kind='primary'/>"
      "<zone id='corp' name='Corporate' kind='intranet' x='0' y='0' width='700' height='1000'/>"
      "<zone id='dmz' name='Perimeter' kind='perimeter' x='900' y='0' width='300' height='1000'/>"
      "<zone id='net' name='Internet' kind='internet' x='1400' y='0' width='300' height='1000'/>"
      "<firewall id='inner' name='Inner firewall' zones='corp dmz' x='800' y='500'/>"
      "<firewall id='edge' name='Edge firewall' zones='dmz net' x='1300' y='500'/>"
      "<node id='cm01' name='CM01' zone='corp' site='P01' x='40' y='80'><role name='site-server'/></node>"
      "<node id='mp01' name='MP01' zone='dmz' site='P01' x='940' y='80'><role name='management-point'/></node>"
      "<node id='laptop' name='Laptop' zone='net' site='P01' x='1440' y='80'><role name='client'/></node>"
      "</plan>";

static PtlCatalogue *catalogue;
static PtlSession *session;
static GtkWidget *window;
static char *folder;
static char *said; /* by the session, last */

static void
on_said_cb (PtlSession *emitter, const char *sentence, gpointer data)
{
  g_free (said);
  said = g_strdup (sentence);
}

static void
set_up (void)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (large, -1, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) plan = NULL;

  catalogue = ptl_catalogue_load (NULL);
  plan = ptl_plan_read (catalogue, stream, &problems);
  session = ptl_session_new (plan);
  g_signal_connect (session, "said", G_CALLBACK (on_said_cb), NULL);
  folder = g_dir_make_tmp ("ptl-diagram-XXXXXX", NULL);
  window = gtk_window_new ();
  gtk_window_present (GTK_WINDOW (window));
}

/* Until no thread has a session or a dialog any more. */
static void
wait_until_idle (void)
{
  while (G_OBJECT (session)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (void)
{
  gtk_window_destroy (GTK_WINDOW (window));
  wait_until_idle ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (session);
  ptl_catalogue_free (catalogue);
  ck_assert_int_eq (g_rmdir (folder), 0); /* nothing half is left behind */
  g_clear_pointer (&folder, g_free);
  g_clear_pointer (&said, g_free);
}

static GtkWidget *
find (GtkWidget *widget, const char *id)
{
  return GTK_WIDGET (gtk_widget_get_template_child (widget, PTL_TYPE_DIAGRAM_DIALOG, id));
}

static void
choose (PtlDiagramDialog *dialog, const char *id, guint choice)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (GTK_WIDGET (dialog), id)), choice);
}

static const char *
page_text (PtlDiagramDialog *dialog)
{
  return gtk_label_get_text (GTK_LABEL (find (GTK_WIDGET (dialog), "page_label")));
}

/* Until the pages are there. */
static void
wait_for_pages (PtlDiagramDialog *dialog)
{
  GtkWidget *button = find (GTK_WIDGET (dialog), "go_button");

  while (!gtk_widget_is_sensitive (button))
    g_main_context_iteration (NULL, TRUE);
}

/* Exports and returns what was written, or NULL when nothing was. */
static char *
export_to (PtlDiagramDialog *dialog, const char *name, gsize *n)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  char *bytes = NULL;
  gpointer alive = dialog;

  g_object_add_weak_pointer (G_OBJECT (dialog), &alive);
  ptl_diagram_dialog_export_to (dialog, file);
  while (alive != NULL)
    g_main_context_iteration (NULL, TRUE);
  ck_assert (g_file_get_contents (path, &bytes, n, NULL));
  ck_assert_int_eq (g_unlink (path), 0);
  return bytes;
}

static guint
count_pages (const char *bytes, gsize n)
{
  guint pages = 0;

  for (const char *at = bytes; (at = memmem (at, n - (gsize) (at - bytes), "/Type /Page", 11)) != NULL; at++)
    pages += at[11] != 's';
  return pages;
}

START_TEST (a_pdf_of_one_page)
{
  PtlDiagramDialog *dialog = ptl_diagram_dialog_show (GTK_WINDOW (window), session, PTL_DIAGRAM_EXPORT);
  g_autofree char *bytes = NULL;
  gsize n;

  choose (dialog, "tiles_choice", 0);
  wait_for_pages (dialog);
  bytes = export_to (dialog, "whole.pdf", &n);
  ck_assert_uint_eq (count_pages (bytes, n), 1);
  ck_assert_ptr_nonnull (strstr (said, "whole.pdf"));
}
END_TEST

START_TEST (tiles_on_chosen_paper)
{
  PtlDiagramDialog *dialog = ptl_diagram_dialog_show (GTK_WINDOW (window), session, PTL_DIAGRAM_EXPORT);
  g_autofree char *bytes = NULL;
  gsize n;

  choose (dialog, "paper_choice", 1);
  choose (dialog, "orientation_choice", 2);
  choose (dialog, "tiles_choice", 3);
  wait_for_pages (dialog);
  ck_assert (g_str_has_prefix (page_text (dialog), "Page 1 of 5 (overview), scale "));
  ck_assert (gtk_widget_activate_action (GTK_WIDGET (dialog), "diagram.next-page", NULL));
  ck_assert_str_eq (page_text (dialog), "Page 2 of 5 (A1), scale 100 %");
  bytes = export_to (dialog, "tiles.pdf", &n);
  ck_assert_uint_eq (count_pages (bytes, n), 5);
}
END_TEST

/* The extension says the format, whatever was chosen before; a picture without pages has no tiles. */
START_TEST (the_extension_says_the_format)
{
  PtlDiagramDialog *dialog = ptl_diagram_dialog_show (GTK_WINDOW (window), session, PTL_DIAGRAM_EXPORT);
  g_autofree char *bytes = NULL;
  gsize n;

  choose (dialog, "format_choice", PTL_PICTURE_PDF);
  choose (dialog, "tiles_choice", 3);
  bytes = export_to (dialog, "drawing.svg", &n);
  ck_assert (g_str_has_prefix (bytes, "<?xml"));
  ck_assert_ptr_nonnull (strstr (bytes, ">1 of 1</text>"));
}
END_TEST

START_TEST (only_what_crosses_a_firewall)
{
  PtlDiagramDialog *dialog = ptl_diagram_dialog_show (GTK_WINDOW (window), session, PTL_DIAGRAM_EXPORT);
  g_autofree char *bytes = NULL;
  gsize n;

  ptl_session_set_lens (session, PTL_PHASE_OPERATION, NULL, NULL);
  choose (dialog, "content_choice", 1);
  wait_for_pages (dialog);
  bytes = export_to (dialog, "firewall.svg", &n);
  ck_assert_ptr_nonnull (strstr (bytes, ">Inner firewall</text>"));
  ck_assert_ptr_nonnull (strstr (bytes, ">Operation</text>"));
  ck_assert (strstr (bytes, "id=\"firewall-inner\"") != NULL && strstr (bytes, "id=\"firewall-edge\"") == NULL);
}
END_TEST

START_TEST (what_is_filtered_is_said)
{
  PtlDiagramDialog *dialog;
  g_autofree char *bytes = NULL;
  gsize n;

  ptl_session_set_filter (session, &(PtlFilter){ .ports = { 445, 445 } });
  dialog = ptl_diagram_dialog_show (GTK_WINDOW (window), session, PTL_DIAGRAM_EXPORT);
  wait_for_pages (dialog);
  bytes = export_to (dialog, "filtered.svg", &n);
  ck_assert_ptr_nonnull (strstr (bytes, ">Whole plan · port 445</text>"));
}
END_TEST

/* A choice that is overtaken by the next one does not stay. */
START_TEST (the_last_choice_counts)
{
  PtlDiagramDialog *dialog = ptl_diagram_dialog_show (GTK_WINDOW (window), session, PTL_DIAGRAM_EXPORT);

  choose (dialog, "orientation_choice", 2);
  choose (dialog, "tiles_choice", 3);
  choose (dialog, "paper_choice", 1);
  choose (dialog, "tiles_choice", 0);
  wait_for_pages (dialog);
  ck_assert_ptr_nonnull (strstr (page_text (dialog), "Page 1 of 1,"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}
END_TEST

START_TEST (cancelling_leaves_nothing)
{
  PtlDiagramDialog *dialog = ptl_diagram_dialog_show (GTK_WINDOW (window), session, PTL_DIAGRAM_EXPORT);
  g_autofree char *path = g_build_filename (folder, "cancelled.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  choose (dialog, "format_choice", PTL_PICTURE_PDF);
  choose (dialog, "tiles_choice", 3);
  wait_for_pages (dialog);
  ptl_diagram_dialog_export_to (dialog, file);
  ck_assert (gtk_widget_activate_action (GTK_WIDGET (dialog), "diagram.cancel", NULL));
  wait_for_pages (dialog); /* it is there still */
  ck_assert (!g_file_test (path, G_FILE_TEST_EXISTS));
  gtk_window_destroy (GTK_WINDOW (dialog));
}
END_TEST

/* While a thread lays it out. */
START_TEST (closing_is_possible_at_any_time)
{
  PtlDiagramDialog *dialog = ptl_diagram_dialog_show (GTK_WINDOW (window), session, PTL_DIAGRAM_EXPORT);
  g_autofree char *path = g_build_filename (folder, "closed.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  ptl_diagram_dialog_export_to (dialog, file);
  ck_assert (gtk_widget_activate_action (GTK_WIDGET (dialog), "diagram.cancel", NULL));
  wait_until_idle ();
  ck_assert (!g_file_test (path, G_FILE_TEST_EXISTS));
  dialog = ptl_diagram_dialog_show (GTK_WINDOW (window), session, PTL_DIAGRAM_EXPORT);
  wait_for_pages (dialog);
  ptl_diagram_dialog_export_to (dialog, file);
  gtk_window_close (GTK_WINDOW (dialog));
  wait_until_idle ();
  ck_assert (!g_file_test (path, G_FILE_TEST_EXISTS));
}
END_TEST

START_TEST (what_fails_is_said)
{
  PtlDiagramDialog *dialog = ptl_diagram_dialog_show (GTK_WINDOW (window), session, PTL_DIAGRAM_EXPORT);
  g_autofree char *path = g_build_filename (folder, "missing", "x.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  guint n = g_list_model_get_n_items (gtk_window_get_toplevels ());

  wait_for_pages (dialog);
  ptl_diagram_dialog_export_to (dialog, file);
  wait_for_pages (dialog);
  ck_assert_uint_eq (g_list_model_get_n_items (gtk_window_get_toplevels ()), n + 1);
  gtk_window_destroy (GTK_WINDOW (dialog));
}
END_TEST

/* The same pages; they are laid out anew for the paper of the printer. */
START_TEST (pages_are_printed)
{
  PtlPageSetup setup = { 210, 297, 1, TRUE, TRUE };
  PtlPageWords words = { "Whole plan", "Operation", "2026-01-02", "Portolan 1" };
  g_autoptr (PtlPages) pages = ptl_pages_new (ptl_session_get_scene (session), &setup, &words);
  g_autoptr (PtlPages) larger = ptl_pages_new_on_paper (pages, 297, 420);
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autofree char *path = g_build_filename (folder, "printed.pdf", NULL), *bytes = NULL;
  gsize n;

  operation = ptl_print_new (pages, GTK_PAPER_NAME_A3);
  gtk_print_operation_set_export_filename (operation, path);
  ck_assert_int_eq (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, NULL),
                    GTK_PRINT_OPERATION_RESULT_APPLY);
  ck_assert (g_file_get_contents (path, &bytes, &n, NULL));
  ck_assert_uint_eq (count_pages (bytes, n), ptl_pages_get_n (larger));
  ck_assert_uint_ne (ptl_pages_get_n (larger), ptl_pages_get_n (pages));
  g_unlink (path);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("diagram");
  TCase *dialog = tcase_create ("dialog");
  SRunner *runner = srunner_create (suite);
  int failed;

  if (!gtk_init_check ())
    return 77;
  tcase_add_checked_fixture (dialog, set_up, tear_down);
  tcase_add_test (dialog, a_pdf_of_one_page);
  tcase_add_test (dialog, tiles_on_chosen_paper);
  tcase_add_test (dialog, the_extension_says_the_format);
  tcase_add_test (dialog, only_what_crosses_a_firewall);
  tcase_add_test (dialog, what_is_filtered_is_said);
  tcase_add_test (dialog, the_last_choice_counts);
  tcase_add_test (dialog, cancelling_leaves_nothing);
  tcase_add_test (dialog, closing_is_possible_at_any_time);
  tcase_add_test (dialog, what_fails_is_said);
  tcase_add_test (dialog, pages_are_printed);
  suite_add_tcase (suite, dialog);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
