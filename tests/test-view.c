#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/ptl-canvas.h"
#include "app/ptl-lens-button.h"
#include "app/ptl-view-state.h"
#include "app/ptl-window.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"

/* How a plan is looked at: what of its flows, and that it is so again the next time. */

static const char start[]
    = "<plan xmlns='urn:portolan:plan:1' title='Test'>"
      "<site code='P01' name='Head' kind='primary'/><site code='P02' kind='primary'/>"
      "<zone id='corp' name='Corporate' kind='intranet' x='0' y='0' width='640' height='480'/>"
      "<zone id='dmz' name='Perimeter' kind='perimeter' x='720' y='0' width='320' height='480'/>"
      "<firewall id='fw' name='Inner' zones='corp dmz' x='680' y='240'/>"
      "<node id='cm01' name='CM01' zone='corp' site='P01' x='40' y='80'><role name='site-server'/></node>"
      "<node id='mp01' name='MP01' zone='dmz' site='P01' x='760' y='80'><role name='management-point'/></node>"
      "</plan>";

static char *folder; /* the state folder of the user, and where the plan is */
static GFile *file;
static PtlCatalogue *catalogue;

static char *
state_path (void)
{
  return g_build_filename (folder, "portolan", "views.ini", NULL);
}

static void
set_up (void)
{
  g_autofree char *path = g_build_filename (folder, "test.portolan", NULL);

  ck_assert (g_file_set_contents (path, start, -1, NULL));
  file = g_file_new_for_path (path);
  catalogue = ptl_catalogue_load (NULL);
}

static void
tear_down (void)
{
  g_autofree char *path = state_path ();

  g_unlink (path);
  g_unlink (g_file_peek_path (file));
  g_clear_object (&file);
  ptl_catalogue_free (catalogue);
}

/* What is remembered */

START_TEST (test_state)
{
  PtlViewState state = { 1, (char *) "P01", (char *) "fw", TRUE, -12.5, 1e6, 0.25, (char *) "corp~dmz" };
  g_auto (PtlViewState) loaded = { 0 };
  g_autoptr (GFile) other = g_file_new_for_path ("/tmp/other.portolan");
  g_autofree char *path = state_path (), *text = NULL;

  ck_assert (!ptl_view_state_load (&loaded, file));
  ptl_view_state_save (&state, file);
  ck_assert (!ptl_view_state_load (&loaded, other));
  ck_assert (ptl_view_state_load (&loaded, file));
  ck_assert_int_eq (loaded.phase, 1);
  ck_assert_str_eq (loaded.site, "P01");
  ck_assert_str_eq (loaded.firewall, "fw");
  ck_assert_str_eq (loaded.sheet, "corp~dmz");
  ck_assert (loaded.moved);
  ck_assert_double_eq (loaded.x, -12.5);
  ck_assert_double_eq (loaded.y, 1e6);
  ck_assert_double_eq (loaded.scale, 0.25);
  ck_assert (g_file_get_contents (path, &text, NULL, NULL));
  ck_assert_ptr_null (strstr (text, "test.portolan"));
}
END_TEST

START_TEST (test_state_of_nothing)
{
  PtlViewState state = { .phase = -1 };
  g_auto (PtlViewState) loaded = { 0 };

  ptl_view_state_save (&state, file);
  ck_assert (ptl_view_state_load (&loaded, file));
  ck_assert_int_eq (loaded.phase, -1);
  ck_assert (loaded.site == NULL && loaded.firewall == NULL && loaded.sheet == NULL && !loaded.moved);
}
END_TEST

/* What somebody or something made of the file; the last line is the entry of the plan. */
static const char *const broken[] = {
  "",
  "[",
  "garbage\n",
  "\xff\xfe[]\n=\n",
  "[%s]\nphase=7\nx=1\ny=nan\nscale=1\n",
  "[%s]\nphase=one\nx=1\nscale=1\n",
  "[%s]\nx=inf\ny=0\nscale=1\n",
  "[%s]\nx=0\ny=0\nscale=1e9\n",
  "[%s]\nsite=\\x\nx=1e99\ny=0\nscale=1\n",
};

START_TEST (test_broken_state)
{
  g_auto (PtlViewState) loaded = { 0 };
  PtlViewState state = { .phase = 0 };
  g_autofree char *path = state_path (), *parent = g_path_get_dirname (path), *uri = g_file_get_uri (file);
  g_autofree char *group = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
  g_auto (GStrv) parts = g_strsplit (broken[_i], "%s", 2);
  g_autofree char *text = g_strjoinv (group, parts);

  g_mkdir_with_parents (parent, 0700);
  ck_assert (g_file_set_contents (path, text, -1, NULL));
  ck_assert (ptl_view_state_load (&loaded, file) == (strstr (broken[_i], "%s") != NULL));
  ck_assert_int_eq (loaded.phase, -1);
  ck_assert (!loaded.moved);
  ptl_view_state_clear (&loaded);
  ptl_view_state_save (&state, file);
  ck_assert (ptl_view_state_load (&loaded, file));
  ck_assert_int_eq (loaded.phase, 0);
}
END_TEST

/* A hundred plans are enough. */
START_TEST (test_state_is_bounded)
{
  g_autofree char *path = state_path ();
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  PtlViewState state = { .phase = 1 };
  g_auto (PtlViewState) loaded = { 0 };
  gsize n;

  ptl_view_state_save (&state, file);
  for (int i = 0; i < 150; i++)
    {
      g_autofree char *group = g_strdup_printf ("old-%d", i);

      g_key_file_set_int64 (keys, group, "used", i);
    }
  ck_assert (g_key_file_save_to_file (keys, path, NULL));
  ptl_view_state_save (&state, file);
  ck_assert (g_key_file_load_from_file (keys, path, G_KEY_FILE_NONE, NULL));
  g_strfreev (g_key_file_get_groups (keys, &n));
  ck_assert_uint_eq (n, 100);
  ck_assert (!g_key_file_has_group (keys, "old-50"));
  ck_assert (g_key_file_has_group (keys, "old-51"));
  ck_assert (ptl_view_state_load (&loaded, file));
}
END_TEST

/* The button */

static gpointer
find_widget (GtkWidget *widget, GType type, const char *label)
{
  gpointer found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type)
      && (label == NULL || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type, label);
  return found;
}

static gboolean
says (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), words))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}

static void
choose (GtkWidget *popover, guint place, guint entry)
{
  GtkWidget *grid = gtk_popover_get_child (GTK_POPOVER (popover));
  guint i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (grid); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_DROP_DOWN (child) && i++ == place)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (child), entry);
}

START_TEST (test_button)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (start, -1, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) plan = ptl_plan_read (catalogue, stream, &problems);
  PtlSession *session = ptl_session_new (plan);
  PtlLensButton *button = g_object_new (PTL_TYPE_LENS_BUTTON, NULL);
  GtkWidget *window = gtk_window_new (), *menu, *popover;

  ptl_lens_button_set_session (button, session);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (button));
  gtk_window_present (GTK_WINDOW (window));
  ck_assert (says (GTK_WIDGET (button), "All Flows"));
  menu = find_widget (GTK_WIDGET (button), GTK_TYPE_MENU_BUTTON, NULL);
  popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (menu)));
  gtk_menu_button_popup (GTK_MENU_BUTTON (menu));
  gtk_toggle_button_set_active (find_widget (popover, GTK_TYPE_TOGGLE_BUTTON, "Installation"), TRUE);
  ck_assert_int_eq (ptl_session_get_lens (session)->phase, PTL_PHASE_INSTALLATION);
  choose (popover, 0, 1);
  choose (popover, 1, 1);
  ck_assert_int_eq (ptl_session_get_lens (session)->phase, PTL_PHASE_INSTALLATION);
  ck_assert_int_eq (ptl_session_get_lens (session)->site, 0);
  ck_assert_int_eq (ptl_session_get_lens (session)->firewall, 0);
  ck_assert (says (GTK_WIDGET (button), "Some Flows"));
  ptl_session_set_lens (session, -1, NULL, NULL);
  ck_assert (says (GTK_WIDGET (button), "All Flows"));
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (session);
}
END_TEST

/* The window */

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(PtlOpenPlan **) data = ptl_open_plan_load_finish (result, NULL);
}

static GtkWidget *
open_window (PtlSession **session)
{
  GtkWidget *window = GTK_WIDGET (ptl_window_new (NULL, catalogue));
  g_autoptr (PtlOpenPlan) open_plan = NULL;

  ptl_open_plan_load_async (catalogue, file, NULL, on_loaded_cb, &open_plan);
  while (open_plan == NULL)
    g_main_context_iteration (NULL, TRUE);
  ptl_window_set_plan (PTL_WINDOW (window), open_plan);
  gtk_window_present (GTK_WINDOW (window));
  for (int i = 0; i < 5; i++)
    gtk_test_widget_wait_for_draw (window); /* the panels follow after the first frame */
  *session = ptl_open_plan_get_session (open_plan);
  return window;
}

static PtlCanvas *
canvas_of (GtkWidget *window)
{
  return find_widget (window, PTL_TYPE_CANVAS, NULL);
}

START_TEST (test_window)
{
  PtlSession *session;
  GtkWidget *window = open_window (&session);
  PtlViewport viewport;

  ck_assert (ptl_canvas_is_fitted (canvas_of (window)));
  ptl_session_set_lens (session, PTL_PHASE_OPERATION, "P01", "fw");
  viewport = *ptl_canvas_get_viewport (canvas_of (window));
  viewport.x = 100;
  viewport.y = -50;
  viewport.scale = 0.75;
  ptl_canvas_set_viewport (canvas_of (window), &viewport);
  gtk_window_close (GTK_WINDOW (window));

  window = open_window (&session);
  ck_assert_int_eq (ptl_session_get_lens (session)->phase, PTL_PHASE_OPERATION);
  ck_assert_int_eq (ptl_session_get_lens (session)->site, 0);
  ck_assert_int_eq (ptl_session_get_lens (session)->firewall, 0);
  ck_assert_double_eq (ptl_canvas_get_viewport (canvas_of (window))->scale, 0.75);
  ck_assert_double_eq_tol (ptl_canvas_get_viewport (canvas_of (window))->x, 100, 2);
  ck_assert_double_eq_tol (ptl_canvas_get_viewport (canvas_of (window))->y, -50, 2);
  ck_assert (!ptl_history_is_modified (ptl_session_get_history (session)));
  gtk_window_close (GTK_WINDOW (window));
}
END_TEST

/* What is selected far from what is seen comes into view, however far apart it is. */
START_TEST (test_window_reveals)
{
  static const PtlItem nodes[] = { { PTL_RECORD_NODE, 0 }, { PTL_RECORD_NODE, 1 } };
  PtlSession *session;
  GtkWidget *window = open_window (&session);
  PtlViewport viewport = { .x = 5000, .y = 5000, .scale = 2 };

  for (guint n = 1; n <= 2; n++)
    {
      PtlBox seen;

      ptl_canvas_set_viewport (canvas_of (window), &viewport);
      ptl_session_select (session, nodes, n, PTL_SELECT_ONLY);
      gtk_widget_activate_action (window, "win.reveal-selection", NULL);
      seen = ptl_viewport_visible (ptl_canvas_get_viewport (canvas_of (window)));
      ck_assert (ptl_box_holds (&seen, 40, 80) && ptl_box_holds (&seen, 40 + PTL_NODE_WIDTH, 80 + PTL_NODE_HEIGHT));
      ck_assert (ptl_box_holds (&seen, 760 + PTL_NODE_WIDTH, 80 + PTL_NODE_HEIGHT) == (n == 2));
    }
  gtk_window_close (GTK_WINDOW (window));
}
END_TEST

/* Where the view was there is nothing of the plan any more: it is shown whole. */
START_TEST (test_window_elsewhere)
{
  PtlViewState state = { .phase = -1, .site = (char *) "X99", .moved = TRUE, .x = 1e6, .y = 0, .scale = 1 };
  PtlSession *session;
  GtkWidget *window;

  ptl_view_state_save (&state, file);
  window = open_window (&session);
  ck_assert (ptl_canvas_is_fitted (canvas_of (window)));
  ck_assert_int_eq (ptl_session_get_lens (session)->site, -1);
  gtk_window_close (GTK_WINDOW (window));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("view");
  TCase *tests = tcase_create ("view");
  SRunner *runner;
  int failed;

  folder = g_dir_make_tmp ("portolan-view-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  gtk_init ();
  tcase_set_timeout (tests, 120);
  tcase_add_checked_fixture (tests, set_up, tear_down);
  tcase_add_test (tests, test_state);
  tcase_add_test (tests, test_state_of_nothing);
  tcase_add_loop_test (tests, test_broken_state, 0, G_N_ELEMENTS (broken));
  tcase_add_test (tests, test_state_is_bounded);
  tcase_add_test (tests, test_button);
  tcase_add_test (tests, test_window);
  tcase_add_test (tests, test_window_elsewhere);
  tcase_add_test (tests, test_window_reveals);
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  g_free (folder);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
