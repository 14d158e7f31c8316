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

/* An arrow is chosen instead of things, and the other way round. */
START_TEST (test_focus)
{
  PtlFocus focus;
  guint n;

  select_node (CM01, PTL_SELECT_ONLY);
  ck_assert (!ptl_session_get_focus (session, &focus));
  ptl_session_set_focus (session, PTL_FOCUS_TALK, "mp01", "dp01");
  ck_assert (ptl_session_get_focus (session, &focus));
  ck_assert (focus.kind == PTL_FOCUS_TALK && focus.a == MP01 && focus.b == DP01);
  ptl_session_get_selected (session, &n);
  ck_assert_uint_eq (n, 0);
  delete_node (CM01);
  ck_assert (ptl_session_get_focus (session, &focus) && focus.a == MP01 - 1 && focus.b == DP01 - 1);
  heard = 0;
  delete_node (MP01 - 1);
  ck_assert_uint_eq (heard, 1);
  ck_assert (!ptl_session_get_focus (session, &focus));
  ptl_session_set_focus (session, PTL_FOCUS_TRUNK, "corp", "dmz");
  ck_assert (ptl_session_get_focus (session, &focus) && focus.kind == PTL_FOCUS_TRUNK && focus.b == DMZ);
  select_node (0, PTL_SELECT_ONLY);
  ck_assert (!ptl_session_get_focus (session, &focus));
}
END_TEST

/* The lens follows a site that gets another code, and one that goes shows everything again. */
START_TEST (test_lens)
{
  PtlItem site = { PTL_RECORD_SITE, P02 };
  guint all = ptl_session_get_talks (session)->n;

  ptl_session_set_lens (session, -1, "P02", NULL);
  ck_assert_int_eq (ptl_session_get_lens (session)->site, P02);
  ck_assert_uint_lt (ptl_session_get_talks (session)->n, all);
  ck_assert (ptl_edit_set_code (history, P02, "S99", NULL));
  ck_assert_int_eq (ptl_session_get_lens (session)->site, P02);
  ck_assert (ptl_edit_delete (history, &site, 1, NULL));
  ck_assert_int_eq (ptl_session_get_lens (session)->site, -1);
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

/* Large plans: what follows comes from a thread. */

/* A thread lets go of the session a little later than it hands over the results. */
static void
tear_down_large (void)
{
  while (G_OBJECT (session)->ref_count > 1)
    g_main_context_iteration (NULL, FALSE);
  tear_down ();
}

static void
set_up_large (void)
{
  g_autoptr (GString) text = g_string_new ("<plan xmlns='urn:portolan:plan:1' title='Large'>"
                                           "<site code='P01' kind='primary'/>"
                                           "<zone id='in' name='In' kind='intranet'/>"
                                           "<zone id='out' name='Out' kind='perimeter'/>"
                                           "<node id='cm' name='CM' zone='in' site='P01'><role name='site-server'/>"
                                           "</node>");
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) plan = NULL;

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text,
                            "<node id='m%u' name='M%u' zone='in' site='P01'><role name='management-point'/></node>"
                            "<node id='c%u' name='C%u' zone='out' site='P01'><role name='client'/></node>",
                            i, i, i, i);
  g_string_append (text, "</plan>");
  stream = g_memory_input_stream_new_from_data (text->str, -1, NULL);
  catalogue = ptl_catalogue_load (NULL);
  plan = ptl_plan_read (catalogue, stream, &problems);
  session = ptl_session_new (plan);
  history = ptl_session_get_history (session);
  heard = 0;
}

static void
on_heard_cb (PtlSession *emitter, gpointer data)
{
  *(guint *) data += 1;
}

static void
wait_for (const guint *count, guint least)
{
  while (*count < least)
    g_main_context_iteration (NULL, TRUE);
}

/* The arrows go the ways that they have in a picture made anew. */
static void
check_ways (void)
{
  g_autoptr (PtlScene) fresh = ptl_scene_new (ptl_session_get_plan (session), ptl_session_get_talks (session), NULL);
  const PtlArrows *arrows = ptl_session_get_scene (session)->arrows;

  ck_assert_uint_eq (arrows->n, fresh->arrows->n);
  for (guint i = 0; i < arrows->n; i++)
    {
      ck_assert_uint_eq (arrows->arrows[i].n_points, fresh->arrows->arrows[i].n_points);
      ck_assert_mem_eq (arrows->arrows[i].points, fresh->arrows->arrows[i].points,
                        arrows->arrows[i].n_points * sizeof (PtlPoint));
      ck_assert_mem_eq (&arrows->arrows[i].label, &fresh->arrows->arrows[i].label, sizeof (PtlBox));
    }
}

START_TEST (test_large_plans_follow)
{
  guint scenes = 0, results = 0;
  PtlItem client = { PTL_RECORD_NODE, 2 }, server = { PTL_RECORD_NODE, 0 };

  g_signal_connect (session, "scene-changed", G_CALLBACK (on_heard_cb), &scenes);
  g_signal_connect (session, "results-changed", G_CALLBACK (on_heard_cb), &results);
  ck_assert_uint_gt (ptl_session_get_talks (session)->n, 1000);
  wait_for (&results, 1);
  check_ways ();

  /* A drag: many moves, and the ways of the last one. */
  for (guint i = 0; i < 5; i++)
    ck_assert (ptl_edit_move (history, &client, 1, 20, 0, NULL));
  wait_for (&scenes, 2);
  check_ways ();
  ck_assert_uint_eq (results, 1); /* nobody talks with anybody else */

  ck_assert (ptl_edit_delete (history, &server, 1, NULL));
  ck_assert_int_ge (ptl_talks_find (ptl_session_get_talks (session), 0, 1), 0); /* at once: m0 and c0 */
  wait_for (&results, 2);
  check_ways ();
  ck_assert_uint_eq (ptl_sheets_graph (ptl_session_get_sheets (session))->n_nodes, 80);
  ck_assert_ptr_eq (ptl_sheets_routes (ptl_session_get_sheets (session)), ptl_session_get_routes (session));
}
END_TEST

/* A picture with the talks of another lens is drawn before its results are there. */
START_TEST (test_large_plans_put_the_light_out)
{
  guint last = ptl_session_get_talks (session)->n - 1, results = 0, n;

  g_signal_connect (session, "results-changed", G_CALLBACK (on_heard_cb), &results);
  ptl_session_set_light (session, &last, 1, NULL, 0);
  ptl_session_set_filter (session, &(PtlFilter){ .ports = { 445, 445 } });
  ck_assert_uint_lt (ptl_session_get_talks (session)->n, last);
  ck_assert_uint_eq (results, 0);
  ptl_session_get_lit_talks (session, &n);
  ck_assert_uint_eq (n, 0);
  wait_for (&results, 1);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("session");
  TCase *tests = tcase_create ("session"), *large = tcase_create ("large");
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
  tcase_add_test (tests, test_focus);
  tcase_add_test (tests, test_lens);
  tcase_add_test (tests, test_canvas_fits);
  suite_add_tcase (suite, tests);
  tcase_set_timeout (large, 120);
  tcase_add_checked_fixture (large, set_up_large, tear_down_large);
  tcase_add_test (large, test_large_plans_follow);
  tcase_add_test (large, test_large_plans_put_the_light_out);
  suite_add_tcase (suite, large);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
