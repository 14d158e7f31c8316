#include <check.h>
#include <stdlib.h>

#include "app/ptl-canvas.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"
#include "plan/ptl-edit-delete.h"
#include "plan/ptl-edit-fields.h"
#include "plan/ptl-edit-place.h"
#include "plan/ptl-edit-sites.h"

enum
{
  P01,
  P02
}; /* sites */
enum
{
  CORP,
  DMZ
}; /* zones */
enum
{
  CM01,
  MP01,
  DP01
}; /* nodes */

static const char start[]
    = "<plan xmlns='urn:portolan:plan:1' title='Test'>"
      "<site code='P01' kind='primary'/>"
      "<site code='P02' kind='primary'/>"
      "<zone id='corp' name='Corporate' kind='intranet' x='0' y='0' width='640' height='480'/>"
      "<zone id='dmz' name='Perimeter' kind='perimeter' x='720' y='0' width='320' height='480'/>"
      "<node id='cm01' name='CM01' zone='corp' site='P01' x='40' y='80'><role name='site-server'/></node>"
      "<node id='mp01' name='MP01' zone='dmz' site='P02' x='760' y='80'><role name='management-point'/></node>"
      "<node id='dp01' name='DP01' zone='dmz' x='760' y='240'><role name='distribution-point'/></node>"
      "</plan>";

static PtlCatalogue *catalogue;
static PtlSession *session;
static PtlHistory *history;
static guint heard; /* how often "selection-changed" came */

static void
on_selection_changed_cb (PtlSession *emitter, gpointer data)
{
  heard++;
}

static void
set_up (void)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (start, -1, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) plan = NULL;

  catalogue = ptl_catalogue_load (NULL);
  plan = ptl_plan_read (catalogue, stream, &problems);
  session = ptl_session_new (plan);
  history = ptl_session_get_history (session);
  heard = 0;
  g_signal_connect (session, "selection-changed", G_CALLBACK (on_selection_changed_cb), NULL);
}

static void
tear_down (void)
{
  g_assert_finalize_object (session);
  ptl_catalogue_free (catalogue);
}

static PtlItem
node (guint index)
{
  return (PtlItem){ PTL_RECORD_NODE, index };
}

static void
select_node (guint index, PtlSelectMode mode)
{
  PtlItem item = node (index);

  ptl_session_select (session, &item, 1, mode);
}

static void
delete_node (guint index)
{
  PtlItem item = node (index);

  ck_assert (ptl_edit_delete (history, &item, 1, NULL));
}

static void
check_selected (guint n, guint first)
{
  guint found;
  const PtlItem *items = ptl_session_get_selected (session, &found);

  ck_assert_uint_eq (found, n);
  if (n > 0)
    {
      ck_assert_uint_eq (items[0].index, first);
      ck_assert (ptl_session_is_selected (session, items[0]));
    }
}

START_TEST (test_modes)
{
  select_node (CM01, PTL_SELECT_ONLY);
  select_node (DP01, PTL_SELECT_ADD);
  check_selected (2, CM01);
  select_node (CM01, PTL_SELECT_TOGGLE);
  check_selected (1, DP01);
  select_node (DP01, PTL_SELECT_ONLY);
  ck_assert_uint_eq (heard, 3);
  ptl_session_select_all (session);
  ck_assert_uint_eq (ptl_session_count_selected (session, PTL_RECORD_ZONE), 2);
  ck_assert_uint_eq (ptl_session_count_selected (session, PTL_RECORD_NODE), 3);
  ptl_session_select (session, NULL, 0, PTL_SELECT_ONLY);
  check_selected (0, 0);
}
END_TEST

/* The same thing stays selected, though its index is another one. */
START_TEST (test_selection_follows_indices)
{
  select_node (DP01, PTL_SELECT_ONLY);
  delete_node (CM01);
  check_selected (1, DP01 - 1);
  ptl_history_undo (history);
  check_selected (1, DP01);
  ck_assert_uint_eq (heard, 1);
}
END_TEST

START_TEST (test_selection_loses_what_goes)
{
  select_node (MP01, PTL_SELECT_ONLY);
  delete_node (MP01);
  check_selected (0, 0);
  ck_assert_uint_eq (heard, 2);
}
END_TEST

START_TEST (test_selection_follows_ids)
{
  PtlItem site = { PTL_RECORD_SITE, P01 };

  select_node (MP01, PTL_SELECT_ONLY);
  ptl_session_select (session, &site, 1, PTL_SELECT_ADD);
  ck_assert (ptl_edit_set_id (history, node (MP01), "web", NULL));
  ck_assert (ptl_edit_set_code (history, P01, "HQ1", NULL));
  check_selected (2, P01);
  ck_assert (ptl_session_is_selected (session, node (MP01)));
  ptl_history_undo (history);
  ptl_history_undo (history);
  check_selected (2, P01);
  ck_assert_uint_eq (heard, 2);
}
END_TEST

START_TEST (test_site_used_last)
{
  ck_assert_int_eq (ptl_session_get_site (session), P01);
  select_node (MP01, PTL_SELECT_ONLY);
  ck_assert_int_eq (ptl_session_get_site (session), P02);
  select_node (DP01, PTL_SELECT_ONLY);
  ck_assert_int_eq (ptl_session_get_site (session), P02);
  ck_assert (ptl_edit_delete (history, &(PtlItem){ PTL_RECORD_SITE, P02 }, 1, NULL));
  ck_assert_int_eq (ptl_session_get_site (session), P01);
  ck_assert (ptl_edit_delete (history, &(PtlItem){ PTL_RECORD_SITE, P01 }, 1, NULL));
  ck_assert_int_eq (ptl_session_get_site (session), -1);
}
END_TEST

START_TEST (test_scene_follows)
{
  PtlItem item = node (CM01);

  ck_assert (ptl_edit_move (history, &item, 1, 720, 0, NULL));
  ck_assert_double_eq (ptl_session_get_scene (session)->nodes[CM01].box.x, 760);
  ck_assert_uint_eq (ptl_session_get_scene (session)->graph->nodes[CM01].zone, DMZ);
  delete_node (MP01);
  ck_assert_uint_eq (ptl_session_get_scene (session)->graph->n_nodes, 2);
  ptl_history_undo (history);
  ptl_history_undo (history);
  ck_assert_double_eq (ptl_session_get_scene (session)->nodes[CM01].box.x, 40);
}
END_TEST

/* The plan of the test is 1040 units wide: it fits a view of 1280 pixels, and is made smaller for one of 640. */
START_TEST (test_canvas_fits)
{
  GtkWidget *window = gtk_window_new ();
  PtlCanvas *canvas = g_object_new (PTL_TYPE_CANVAS, NULL);

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (canvas));
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 600);
  ptl_canvas_set_session (canvas, session);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (canvas));
  ck_assert_double_eq (ptl_canvas_get_viewport (canvas)->width, 1280);
  ck_assert_double_eq (ptl_canvas_get_viewport (canvas)->scale, 1);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (canvas), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 600);
  while (ptl_canvas_get_viewport (canvas)->width > 640)
    g_main_context_iteration (NULL, TRUE);
  ck_assert_double_lt (ptl_canvas_get_viewport (canvas)->scale, 0.6);
  gtk_window_destroy (GTK_WINDOW (window));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("session");
  TCase *tests = tcase_create ("session");
  SRunner *runner;
  int failed;

  gtk_init ();
  tcase_set_timeout (tests, 120);
  tcase_add_checked_fixture (tests, set_up, tear_down);
  tcase_add_test (tests, test_modes);
  tcase_add_test (tests, test_selection_follows_indices);
  tcase_add_test (tests, test_selection_loses_what_goes);
  tcase_add_test (tests, test_selection_follows_ids);
  tcase_add_test (tests, test_site_used_last);
  tcase_add_test (tests, test_scene_follows);
  tcase_add_test (tests, test_canvas_fits);
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
