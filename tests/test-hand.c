#include <check.h>
#include <stdlib.h>

#include "app/ptl-canvas-hand.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"
#include "plan/ptl-edit-add.h"
#include "plan/ptl-edit-fields.h"

/* What pointer and keyboard do on the canvas. The view shows canvas units as pixels, from 0, 0. */

enum
{
  CORP,
  DMZ,
  NET
}; /* zones */
enum
{
  CM01,
  DP01,
  DP02
}; /* nodes */

static const char start[]
    = "<plan xmlns='urn:portolan:plan:1' title='Test'>"
      "<site code='P01' kind='primary'/>"
      "<zone id='corp' name='Corporate' kind='intranet' x='0' y='0' width='440' height='480'/>"
      "<zone id='dmz' name='Perimeter' kind='perimeter' x='600' y='0' width='260' height='480'/>"
      "<zone id='net' name='Internet' kind='internet' x='1000' y='0' width='260' height='480'/>"
      "<firewall id='fw' name='Inner' zones='corp dmz' x='520' y='240'/>"
      "<node id='cm01' name='CM01' zone='corp' site='P01' x='40' y='80'><role name='site-server'/></node>"
      "<node id='dp01' name='DP01' zone='corp' site='P01' x='240' y='80'><role name='distribution-point'/></node>"
      "<node id='dp02' name='DP02' zone='dmz' site='P01' x='640' y='80'><role name='distribution-point'/></node>"
      "</plan>";

static PtlCatalogue *catalogue;
static PtlSession *session;
static PtlHistory *history;
static PtlPlan *plan;
static GtkWidget *window;
static PtlCanvas *canvas;
static char *said;

static void
on_said_cb (PtlSession *emitter, const char *sentence, gpointer data)
{
  ptl_replace_text (&said, sentence);
}

static void
set_up (void)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (start, -1, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) read = NULL;

  catalogue = ptl_catalogue_load (NULL);
  plan = read = ptl_plan_read (catalogue, stream, &problems);
  session = ptl_session_new (read);
  history = ptl_session_get_history (session);
  g_signal_connect (session, "said", G_CALLBACK (on_said_cb), NULL);
  window = gtk_window_new ();
  canvas = g_object_new (PTL_TYPE_CANVAS, NULL);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (canvas));
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 720);
  ptl_canvas_set_session (canvas, session);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (canvas));
  ptl_canvas_set_viewport (canvas, &(PtlViewport){ .scale = 1 });
}

static void
tear_down (void)
{
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (session);
  g_clear_pointer (&said, g_free);
  ptl_catalogue_free (catalogue);
}

static const PtlNode *
node (guint index)
{
  return plan->nodes->pdata[index];
}

static const PtlZone *
zone (guint index)
{
  return plan->zones->pdata[index];
}

static void
press (double x, double y, GdkModifierType state)
{
  PtlPick pick = ptl_hand_pick (canvas, x, y);

  ptl_hand_begin_drag (canvas, &pick, (PtlPoint){ x, y }, state);
}

static void
move (double x, double y, GdkModifierType state)
{
  canvas->hand->pointer = (PtlPoint){ x, y };
  ptl_hand_update_drag (canvas, state);
}

/* With the pointer, in steps. */
static void
drag (double x, double y, double to_x, double to_y, GdkModifierType state)
{
  press (x, y, state);
  for (int i = 1; i <= 7; i++)
    move (x + (to_x - x) * i / 7, y + (to_y - y) * i / 7, state);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (canvas)); /* also what is shown of it */
  ptl_hand_finish_drag (canvas);
}

static void
select_item (PtlRecordKind kind, guint index)
{
  PtlItem item = { kind, index };

  ptl_session_select (session, &item, 1, PTL_SELECT_ONLY);
}

static PtlItem
selected (guint n)
{
  guint found;
  const PtlItem *items = ptl_session_get_selected (session, &found);

  ck_assert_uint_eq (found, n);
  return n > 0 ? items[0] : (PtlItem){ 0 };
}

static void
check_undo (const char *name)
{
  ck_assert_str_eq (ptl_history_get_undo_name (history), name);
  ptl_history_undo (history);
  ck_assert (!ptl_history_can_undo (history));
}

/* Moving */

START_TEST (moving_snaps_and_is_one_step)
{
  drag (100, 100, 113, 307, 0);
  ck_assert_double_eq (node (CM01)->x, 60);
  ck_assert_double_eq (node (CM01)->y, 280);
  ck_assert_str_eq (node (CM01)->zone, "corp");
  check_undo ("Undo Move CM01");
  ck_assert_double_eq (node (CM01)->x, 40);
}
END_TEST

START_TEST (moving_freely)
{
  drag (100, 100, 113, 307, GDK_ALT_MASK);
  ck_assert_double_eq (node (CM01)->x, 53);
  ck_assert_double_eq (node (CM01)->y, 287);
}
END_TEST

/* Wherever the pointer was meanwhile. */
START_TEST (moving_depends_on_the_end_alone)
{
  press (100, 100, 0);
  move (1100, 900.5, GDK_ALT_MASK);
  move (-3000, 17.25, 0);
  move (700, 305, 0);
  move (113, 307, 0);
  ptl_hand_finish_drag (canvas);
  ck_assert_double_eq (node (CM01)->x, 60);
  ck_assert_double_eq (node (CM01)->y, 280);
  check_undo ("Undo Move CM01");
}
END_TEST

START_TEST (moving_back_is_no_step)
{
  press (100, 100, 0);
  move (700, 300, 0);
  ck_assert_str_eq (node (CM01)->zone, "dmz");
  move (101, 99, 0);
  ptl_hand_finish_drag (canvas);
  ck_assert_str_eq (node (CM01)->zone, "corp");
  ck_assert (!ptl_history_can_undo (history));
}
END_TEST

START_TEST (moving_is_given_up)
{
  press (100, 100, 0);
  move (700, 300, 0);
  ck_assert (canvas->hand->has_target);
  ck_assert_uint_eq (canvas->hand->target.index, DMZ);
  ck_assert (ptl_hand_cancel_drag (canvas));
  ck_assert_double_eq (node (CM01)->x, 40);
  ck_assert (!ptl_history_can_undo (history) && !ptl_history_can_redo (history));
  ck_assert (!ptl_hand_cancel_drag (canvas));
}
END_TEST

START_TEST (nodes_change_zone)
{
  drag (100, 100, 680, 320, 0);
  ck_assert_str_eq (node (CM01)->zone, "dmz");
  drag (680, 320, 520, 600, 0);
  ck_assert_ptr_null (node (CM01)->zone);
}
END_TEST

/* By its header, or when it is selected; its inner area is for the rubber band. */
START_TEST (zones_carry_their_members)
{
  drag (300, 30, 300, 130, 0);
  ck_assert_double_eq (zone (CORP)->y, 100);
  ck_assert_double_eq (node (CM01)->y, 180);
  ck_assert_double_eq (node (DP02)->y, 80);
  drag (300, 450, 300, 350, 0);
  ck_assert_double_eq (zone (CORP)->y, 0);
}
END_TEST

START_TEST (the_selection_moves_together)
{
  select_item (PTL_RECORD_NODE, CM01);
  drag (300, 100, 300, 300, GDK_SHIFT_MASK);
  ck_assert_double_eq (node (CM01)->y, 280);
  ck_assert_double_eq (node (DP01)->y, 280);
  check_undo ("Undo Move 2 nodes");
}
END_TEST

/* An edit that came from elsewhere, such as undo by key, ends the drag. */
START_TEST (another_edit_ends_a_drag)
{
  press (100, 100, 0);
  move (700, 300, 0);
  ptl_history_undo (history);
  move (800, 300, 0);
  ptl_hand_finish_drag (canvas);
  ck_assert_double_eq (node (CM01)->x, 40);
  ck_assert (!ptl_history_can_undo (history));
}
END_TEST

START_TEST (zones_are_resized)
{
  drag (440, 300, 503, 300, 0);
  ck_assert_double_eq (zone (CORP)->width, 500);
  drag (500, 480, 300, 300, 0);
  ck_assert_double_eq (zone (CORP)->width, 300);
  ck_assert_double_eq (zone (CORP)->height, 300);
  drag (300, 250, -500, 250, 0);
  ck_assert_double_eq (zone (CORP)->width, PTL_LEAST_WIDTH);
  ptl_history_undo (history);
  ptl_history_undo (history);
  check_undo ("Undo Resize Corporate");
}
END_TEST

/* Selecting */

START_TEST (rubber_band)
{
  drag (20, 70, 500, 170, 0); /* in a zone's inner area */
  selected (2);
  drag (470, 500, 900, 600, 0); /* nothing is there */
  selected (0);
  drag (590, 500, 900, -10, 0); /* a zone whole, and what is in it */
  ck_assert_int_eq (selected (2).kind, PTL_RECORD_ZONE);
  drag (20, 70, 230, 170, GDK_SHIFT_MASK);
  selected (3);
  press (20, 300, 0);
  move (30, 310, 0);
  selected (0);
  ptl_hand_cancel_drag (canvas);
  selected (3);
}
END_TEST

/* Zones, links */

START_TEST (zones_are_drawn)
{
  ptl_canvas_draw_zone (canvas, PTL_ZONE_CLOUD);
  drag (37, 518, 302, 700, 0);
  ck_assert_uint_eq (plan->zones->len, 4);
  ck_assert_double_eq (zone (3)->x, 40);
  ck_assert_double_eq (zone (3)->y, 520);
  ck_assert_double_eq (zone (3)->width, 260);
  ck_assert_double_eq (zone (3)->height, 180);
  ck_assert_uint_eq (selected (1).index, 3);
  ck_assert (!canvas->hand->armed);
  check_undo ("Undo Add Cloud");
}
END_TEST

START_TEST (firewalls_are_joined_by_their_handle)
{
  const PtlFirewall *firewall;

  select_item (PTL_RECORD_FIREWALL, 0);
  drag (520, 274, 1100, 300, 0);
  firewall = plan->firewalls->pdata[0];
  ck_assert_uint_eq (firewall->zones->len, 3);
  drag (520, 274, 1100, 300, 0);
  firewall = plan->firewalls->pdata[0];
  ck_assert_uint_eq (firewall->zones->len, 2);
  ck_assert_ptr_null (said);
  drag (520, 274, 700, 300, 0);
  ck_assert_ptr_nonnull (said); /* it keeps two */
  ck_assert_uint_eq (firewall->zones->len, 2);
}
END_TEST

START_TEST (distribution_points_pull_from_each_other)
{
  select_item (PTL_RECORD_NODE, DP02);
  drag (730, 160, 100, 100, 0); /* a site server has no content */
  ck_assert_uint_eq (plan->links->len, 0);
  drag (730, 160, 300, 100, 0);
  ck_assert_uint_eq (plan->links->len, 1);
  ck_assert_str_eq (((PtlLink *) plan->links->pdata[0])->to, "dp01");
}
END_TEST

/* Placing */

static gboolean
place (PtlStencilKind kind, guint value)
{
  return ptl_canvas_place (canvas, &(PtlStencil){ kind, value });
}

static guint
role (const char *name)
{
  return (guint) ptl_catalogue_find_role (catalogue, name);
}

START_TEST (roles_are_placed_in_the_selected_zone)
{
  select_item (PTL_RECORD_ZONE, DMZ);
  for (guint i = 0; i < 12; i++)
    ck_assert (place (PTL_STENCIL_ROLE, role ("management-point")));
  ck_assert_uint_eq (plan->nodes->len, 15);
  for (guint i = 2; i < plan->nodes->len; i++)
    {
      ck_assert_str_eq (node (i)->zone, "dmz");
      ck_assert_str_eq (node (i)->site, "P01");
      for (guint j = 2; j < i; j++)
        ck_assert (node (i)->x >= node (j)->x + PTL_NODE_WIDTH || node (i)->y >= node (j)->y + PTL_NODE_HEIGHT
                   || node (j)->x >= node (i)->x + PTL_NODE_WIDTH || node (j)->y >= node (i)->y + PTL_NODE_HEIGHT);
    }
}
END_TEST

START_TEST (everything_can_be_placed)
{
  const PtlFirewall *firewall;

  ck_assert (place (PTL_STENCIL_ZONE, PTL_ZONE_CLOUD));
  ck_assert_double_eq (zone (3)->x, 1420);
  ck_assert (place (PTL_STENCIL_FIREWALL, 0)); /* between the new zone and the nearest */
  firewall = plan->firewalls->pdata[1];
  ck_assert_str_eq (firewall->zones->pdata[0], "cloud");
  ck_assert_str_eq (firewall->zones->pdata[1], "net");
  ck_assert_double_eq (firewall->x, 1340);
  select_item (PTL_RECORD_ZONE, CORP);
  ck_assert (place (PTL_STENCIL_SITE, PTL_SITE_SECONDARY));
  ck_assert_uint_eq (plan->sites->len, 2);
  ck_assert_str_eq (node (3)->site, "S01");
  ck_assert_str_eq (node (3)->zone, "corp");
  ck_assert_uint_eq (selected (1).index, 3);
}
END_TEST

START_TEST (roles_are_added_to_nodes)
{
  PtlItem onto = { PTL_RECORD_NODE, CM01 };
  PtlStencil stencil = { PTL_STENCIL_ROLE, role ("management-point") };

  ck_assert (ptl_hand_put (canvas, &stencil, (PtlPoint){ 0, 0 }, &onto));
  ck_assert_uint_eq (node (CM01)->roles->len, 2);
  ck_assert_uint_eq (selected (1).index, CM01);
}
END_TEST

START_TEST (nothing_is_placed_beyond_the_canvas)
{
  PtlStencil stencil = { PTL_STENCIL_ROLE, 0 };

  ck_assert (!ptl_hand_put (canvas, &stencil, (PtlPoint){ 2e7, 0 }, NULL));
  ck_assert_ptr_nonnull (said);
}
END_TEST

/* Keyboard */

static gboolean
key (guint value, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (canvas));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_BUBBLE)
        g_signal_emit_by_name (controller, "key-pressed", value, 0, state, &handled);
    }
  return handled;
}

START_TEST (arrows_move_the_cursor)
{
  ck_assert (key (GDK_KEY_Home, 0));
  ck_assert_int_eq (selected (1).kind, PTL_RECORD_ZONE);
  key (GDK_KEY_Down, 0);
  key (GDK_KEY_Left, 0);
  ck_assert_uint_eq (selected (1).index, CM01);
  key (GDK_KEY_Right, GDK_SHIFT_MASK);
  selected (2);
  key (GDK_KEY_Right, GDK_CONTROL_MASK);
  selected (2);
  ck_assert_uint_eq (canvas->cursor.index, DP02);
  ck_assert (key (GDK_KEY_space, GDK_CONTROL_MASK));
  selected (3);
  ck_assert (!key (GDK_KEY_Tab, 0));
  ck_assert (key (GDK_KEY_Escape, 0));
  selected (0);
  ck_assert (!canvas->has_cursor);
}
END_TEST

START_TEST (arrows_nudge)
{
  select_item (PTL_RECORD_NODE, CM01);
  key (GDK_KEY_Down, GDK_ALT_MASK);
  key (GDK_KEY_Down, GDK_ALT_MASK);
  key (GDK_KEY_Left, GDK_ALT_MASK | GDK_SHIFT_MASK);
  ck_assert_double_eq (node (CM01)->x, 39);
  ck_assert_double_eq (node (CM01)->y, 120);
  check_undo ("Undo Move CM01");
}
END_TEST

START_TEST (arrows_resize)
{
  select_item (PTL_RECORD_ZONE, DMZ);
  key (GDK_KEY_Down, GDK_ALT_MASK | GDK_CONTROL_MASK);
  for (guint i = 0; i < 20; i++)
    key (GDK_KEY_Left, GDK_ALT_MASK | GDK_CONTROL_MASK);
  ck_assert_double_eq (zone (DMZ)->width, PTL_LEAST_WIDTH);
  ck_assert_double_eq (zone (DMZ)->height, 500);
  check_undo ("Undo Resize Perimeter");
}
END_TEST

/* The cursor stays at the thing, and says what it is. */
START_TEST (the_cursor_follows)
{
  select_item (PTL_RECORD_NODE, DP02);
  gtk_test_accessible_assert_property (canvas, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "DP02, Distribution point, site P01, zone Perimeter");
  ck_assert (ptl_edit_set_text (history, PTL_FIELD_NAME, &(PtlItem){ PTL_RECORD_ZONE, DMZ }, 1, "DMZ", NULL));
  ck_assert (ptl_edit_set_text (history, PTL_FIELD_NAME, &(PtlItem){ PTL_RECORD_NODE, DP02 }, 1, "D2", NULL));
  gtk_test_accessible_assert_property (canvas, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "D2, Distribution point, site P01, zone DMZ");
}
END_TEST

START_TEST (renaming_in_place)
{
  select_item (PTL_RECORD_FIREWALL, 0);
  ck_assert (key (GDK_KEY_Return, 0));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (canvas));
  gtk_editable_set_text (GTK_EDITABLE (canvas->hand->entry), "");
  g_signal_emit_by_name (canvas->hand->entry, "activate");
  ck_assert_ptr_nonnull (canvas->hand->entry);
  ck_assert (gtk_widget_has_css_class (canvas->hand->entry, "error"));
  gtk_editable_set_text (GTK_EDITABLE (canvas->hand->entry), "Outer");
  ck_assert (!gtk_widget_has_css_class (canvas->hand->entry, "error"));
  g_signal_emit_by_name (canvas->hand->entry, "activate");
  ck_assert_ptr_null (canvas->hand->entry);
  ck_assert_str_eq (((PtlFirewall *) plan->firewalls->pdata[0])->name, "Outer");
  check_undo ("Undo Rename Inner");
}
END_TEST

/* The thing goes while its name is typed. */
START_TEST (renaming_what_goes)
{
  PtlItem item;

  ck_assert (ptl_edit_add_node (history, role ("console"), -1, 40, 300, &item.index, NULL));
  select_item (PTL_RECORD_NODE, item.index);
  ck_assert (ptl_canvas_rename (canvas));
  ptl_history_undo (history);
  ck_assert_ptr_null (canvas->hand->entry);
  ck_assert (!ptl_canvas_rename (canvas));
}
END_TEST

/* Menu */

START_TEST (menus_open)
{
  static const PtlPoint at[] = { { 100, 100 }, { 300, 30 }, { 520, 240 }, { 500, 600 } };

  ptl_hand_open_menu_at (canvas, at[_i].x, at[_i].y);
  ck_assert_ptr_nonnull (canvas->hand->menu);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (canvas));
  gtk_popover_popdown (GTK_POPOVER (canvas->hand->menu));
  ck_assert (!gtk_widget_get_visible (canvas->hand->menu));
  selected (_i < 3 ? 1 : 0);
  ck_assert (key (GDK_KEY_F10, GDK_SHIFT_MASK));
}
END_TEST

START_TEST (actions)
{
  GtkWidget *widget = GTK_WIDGET (canvas);

  select_item (PTL_RECORD_NODE, DP02);
  ck_assert (gtk_widget_activate_action (widget, "canvas.add-role", "i", role ("management-point")));
  ck_assert (gtk_widget_activate_action (widget, "canvas.set-site", "i", -1));
  ck_assert (gtk_widget_activate_action (widget, "canvas.set-zone", "i", NET));
  ck_assert (gtk_widget_activate_action (widget, "canvas.link", "(uu)", 0, DP01));
  ck_assert_uint_eq (node (DP02)->roles->len, 2);
  ck_assert_ptr_null (node (DP02)->site);
  ck_assert_str_eq (node (DP02)->zone, "net");
  ck_assert_uint_eq (plan->links->len, 1);
  ck_assert (gtk_widget_activate_action (widget, "canvas.unlink", "i", 0));
  ck_assert_uint_eq (plan->links->len, 0);
  select_item (PTL_RECORD_ZONE, CORP);
  ck_assert (gtk_widget_activate_action (widget, "canvas.select-members", NULL));
  selected (2);
  select_item (PTL_RECORD_FIREWALL, 0);
  ck_assert (gtk_widget_activate_action (widget, "canvas.join-zone", "i", NET));
  ck_assert_uint_eq (((PtlFirewall *) plan->firewalls->pdata[0])->zones->len, 3);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("hand");
  TCase *tests = tcase_create ("hand");
  SRunner *runner;
  int failed;

  gtk_init ();
  tcase_set_timeout (tests, 120);
  tcase_add_checked_fixture (tests, set_up, tear_down);
  tcase_add_test (tests, moving_snaps_and_is_one_step);
  tcase_add_test (tests, moving_freely);
  tcase_add_test (tests, moving_depends_on_the_end_alone);
  tcase_add_test (tests, moving_back_is_no_step);
  tcase_add_test (tests, moving_is_given_up);
  tcase_add_test (tests, nodes_change_zone);
  tcase_add_test (tests, zones_carry_their_members);
  tcase_add_test (tests, the_selection_moves_together);
  tcase_add_test (tests, another_edit_ends_a_drag);
  tcase_add_test (tests, zones_are_resized);
  tcase_add_test (tests, rubber_band);
  tcase_add_test (tests, zones_are_drawn);
  tcase_add_test (tests, firewalls_are_joined_by_their_handle);
  tcase_add_test (tests, distribution_points_pull_from_each_other);
  tcase_add_test (tests, roles_are_placed_in_the_selected_zone);
  tcase_add_test (tests, everything_can_be_placed);
  tcase_add_test (tests, roles_are_added_to_nodes);
  tcase_add_test (tests, nothing_is_placed_beyond_the_canvas);
  tcase_add_test (tests, arrows_move_the_cursor);
  tcase_add_test (tests, arrows_nudge);
  tcase_add_test (tests, arrows_resize);
  tcase_add_test (tests, the_cursor_follows);
  tcase_add_test (tests, renaming_in_place);
  tcase_add_test (tests, renaming_what_goes);
  tcase_add_loop_test (tests, menus_open, 0, 4);
  tcase_add_test (tests, actions);
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
