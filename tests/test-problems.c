#include <check.h>
#include <stdlib.h>

#include "app/ptl-problem-list.h"
#include "app/ptl-problem-row.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"
#include "plan/ptl-edit-fields.h"

/* The list of problems: what its rows say, where they lead, and that it stays as it is while others come and go. */

static const char start[]
    = "<plan xmlns='urn:portolan:plan:1' title='Test'>"
      "<site code='P01' kind='primary'/>"
      "<zone id='corp' name='Corporate' kind='intranet' x='0' y='0' width='640' height='480'/>"
      "<zone id='dmz' name='Perimeter' kind='perimeter' x='720' y='0' width='320' height='480'/>"
      "<zone id='net' name='Internet' kind='internet' x='1120' y='0' width='320' height='480'/>"
      "<firewall id='fw' name='Edge' zones='dmz net' x='1080' y='240'/>"
      "<node id='cm01' name='CM01' zone='corp' site='P01' x='40' y='80' addresses='192.0.2.1'>"
      "<role name='site-server'/><role name='sql-server'/></node>"
      "<node id='dp01' name='DP01' zone='corp' site='P01' x='40' y='180' addresses='192.0.2.1'>"
      "<role name='distribution-point' pull='yes'/></node>"
      "<node id='dp02' name='DP02' zone='corp' site='P01' x='240' y='180' addresses='192.0.2.3'>"
      "<role name='distribution-point'/></node>"
      "<node id='mp01' name='MP01' zone='dmz' site='P01' x='760' y='80'><role name='management-point'/></node>"
      "</plan>";

static PtlCatalogue *catalogue;
static PtlSession *session;
static PtlHistory *history;
static GtkWidget *window;
static PtlProblemList *list;
static GtkListView *view;
static GtkDropDown *chooser;
static GListModel *rows;
static guint n_revealed;
static char *focused; /* the field that was asked for */

static PtlPlan *
read_plan (const char *text)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GPtrArray) problems = NULL;

  return ptl_plan_read (catalogue, stream, &problems);
}

static void
on_reveal_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  n_revealed++;
}

static void
on_focus_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_free (focused);
  focused = g_variant_dup_string (parameter, NULL);
}

static gpointer
find_widget (GtkWidget *widget, GType type)
{
  gpointer found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);
  return found;
}

static void
show_plan (PtlPlan *plan)
{
  static const GActionEntry actions[] = { { .name = "reveal-selection", .activate = on_reveal_cb },
                                          { .name = "focus-field", .activate = on_focus_cb, .parameter_type = "s" } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  session = ptl_session_new (plan);
  history = ptl_session_get_history (session);
  list = g_object_new (PTL_TYPE_PROBLEM_LIST, NULL);
  ptl_problem_list_set_session (list, session);
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), NULL);
  window = gtk_window_new ();
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 400);
  chooser = GTK_DROP_DOWN (ptl_problem_list_get_tools (list));
  gtk_box_append (GTK_BOX (list), GTK_WIDGET (chooser));
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (list));
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  view = find_widget (GTK_WIDGET (list), GTK_TYPE_LIST_VIEW);
  rows = G_LIST_MODEL (gtk_list_view_get_model (view));
}

static void
set_up (void)
{
  g_autoptr (PtlPlan) plan = NULL;

  catalogue = ptl_catalogue_load (NULL);
  plan = read_plan (start);
  show_plan (plan);
}

static void
tear_down (void)
{
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (session);
  ptl_catalogue_free (catalogue);
  g_clear_pointer (&focused, g_free);
  n_revealed = 0;
}

/* The place of the problem in the list. */
static guint
find (const char *code, const char *subject)
{
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (PtlProblem) problem = g_list_model_get_item (rows, i);
      const PtlFinding *finding = ptl_problem_get_finding (problem);

      if (g_str_equal (finding->code, code) && g_str_equal (finding->subject, subject))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
go (const char *code, const char *subject)
{
  guint at = find (code, subject);

  ck_assert_uint_ne (at, GTK_INVALID_LIST_POSITION);
  gtk_widget_activate_action (GTK_WIDGET (view), "list.activate-item", "u", at);
}

static void
mend_first (void)
{
  g_autoptr (PtlProblem) problem = g_list_model_get_item (rows, 0);

  ptl_problem_mend (problem, session);
}

/* All words of a widget, one a line. */
static void
collect_words (GtkWidget *widget, GString *words)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    g_string_append_printf (words, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_words (child, words);
}

static gboolean
shows (const char *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  gtk_test_widget_wait_for_draw (window);
  collect_words (GTK_WIDGET (list), text);
  return strstr (text->str, words) != NULL;
}

static const char *
selected_node (guint i)
{
  guint n;
  const PtlItem *items = ptl_session_get_selected (session, &n);

  if (i >= n)
    return "";
  ck_assert_int_eq (items[i].kind, PTL_RECORD_NODE);
  return ((const PtlNode *) ptl_session_get_plan (session)->nodes->pdata[items[i].index])->id;
}

START_TEST (test_rows)
{
  g_autofree char *title = NULL;

  g_object_get (list, "title", &title, NULL);
  ck_assert_str_eq (title, "Problems 4");
  ck_assert (shows ("Error\nDP01\nthe pull distribution point has no source: link it to the distribution point it "
                    "pulls from\nPull from DP02\n"));
  ck_assert (shows ("Error\nCorporate – Perimeter\nno way for flows between the zones"));
  ck_assert (shows ("Warning\nMP01\n"));
}
END_TEST

/* Each leads to what it is about, and to the field where a person mends it. */
START_TEST (test_going)
{
  PtlFocus focus;
  guint n;

  go ("pull-without-source", "dp01");
  ck_assert_str_eq (selected_node (0), "dp01");
  ck_assert_uint_eq (n_revealed, 1);
  ck_assert_ptr_null (focused);
  go ("no-address", "mp01");
  ck_assert_str_eq (selected_node (0), "mp01");
  ck_assert_str_eq (focused, "Addresses");
  go ("address-overlap", "cm01");
  ck_assert_str_eq (selected_node (0), "cm01");
  ck_assert_str_eq (selected_node (1), "dp01");
  gtk_drop_down_set_selected (chooser, g_list_model_get_n_items (gtk_drop_down_get_model (chooser)) - 1);
  go ("documents-disagree", "mp-endpoint-mapper-udp");
  ptl_session_get_lit_talks (session, &n);
  ck_assert_uint_gt (n, 0);
  ck_assert_uint_lt (n, ptl_session_get_talks (session)->n);
  gtk_drop_down_set_selected (chooser, 0);
  go ("unroutable", "corp~dmz");
  ptl_session_get_lit_talks (session, &n);
  ck_assert_uint_eq (n, 0);
  ck_assert (ptl_session_get_focus (session, &focus));
  ck_assert_int_eq (focus.kind, PTL_FOCUS_TRUNK);
  ck_assert_uint_eq (n_revealed, 5);
}
END_TEST

START_TEST (test_mend)
{
  GtkSelectionModel *model = gtk_list_view_get_model (view);
  guint at = find ("pull-without-source", "dp01"), n = g_list_model_get_n_items (rows);
  GtkWidget *row;
  GtkButton *button;

  ck_assert_uint_eq (at, 0);
  gtk_selection_model_select_item (model, at, TRUE);
  row = find_widget (GTK_WIDGET (view), PTL_TYPE_PROBLEM_ROW);
  button = find_widget (row, GTK_TYPE_BUTTON);
  ck_assert_str_eq (gtk_label_get_text (GTK_LABEL (gtk_button_get_child (button))), "Pull from DP02");
  g_signal_emit_by_name (button, "clicked");
  ck_assert_uint_eq (find ("pull-without-source", "dp01"), GTK_INVALID_LIST_POSITION);
  ck_assert (gtk_selection_model_is_selected (model, 0)); /* the next one */
  ptl_history_undo (history);
  ck_assert_uint_eq (find ("pull-without-source", "dp01"), 0);
  ck_assert_uint_eq (g_list_model_get_n_items (rows), n);
}
END_TEST

/* What a mend adds is selected and shown. */
START_TEST (test_mend_adds)
{
  guint n;
  const PtlItem *items;

  gtk_selection_model_select_item (gtk_list_view_get_model (view), find ("unroutable", "corp~dmz"), TRUE);
  ptl_problem_row_mend (GTK_WIDGET (view), session,
                        gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (gtk_list_view_get_model (view))));
  items = ptl_session_get_selected (session, &n);
  ck_assert_uint_eq (n, 1);
  ck_assert_int_eq (items[0].kind, PTL_RECORD_FIREWALL);
  ck_assert_uint_eq (items[0].index, 1);
  ck_assert_uint_eq (n_revealed, 1);
}
END_TEST

/* What is chosen stays chosen, be it at another place, and names are those that the plan has now. */
START_TEST (test_following)
{
  GtkSelectionModel *model = gtk_list_view_get_model (view);
  PtlItem mp01 = { PTL_RECORD_NODE, 3 };
  guint at = find ("no-address", "mp01");

  gtk_selection_model_select_item (model, at, TRUE);
  go ("pull-without-source", "dp01");
  ck_assert (ptl_edit_set_text (history, PTL_FIELD_NAME, &mp01, 1, "Gate", NULL));
  ck_assert (shows ("Warning\nGate\n"));
  mend_first ();
  ck_assert_uint_lt (find ("no-address", "mp01"), at);
  ck_assert (gtk_selection_model_is_selected (model, find ("no-address", "mp01")));
  ck_assert (ptl_edit_set_text (history, PTL_FIELD_ADDRESSES, &mp01, 1, "198.51.100.1", NULL));
  ck_assert_uint_eq (find ("no-address", "mp01"), GTK_INVALID_LIST_POSITION);
}
END_TEST

START_TEST (test_kinds)
{
  guint n_kinds = g_list_model_get_n_items (gtk_drop_down_get_model (chooser)), n = 0;

  ck_assert_uint_eq (g_list_model_get_n_items (rows), 4);
  for (guint i = 1; i < n_kinds; i++)
    {
      gtk_drop_down_set_selected (chooser, i);
      ck_assert_uint_gt (g_list_model_get_n_items (rows), 0);
      n += g_list_model_get_n_items (rows);
    }
  ck_assert_uint_eq (n, ptl_session_get_findings (session)->len); /* with the notes */
  gtk_drop_down_set_selected (chooser, 1);
  ck_assert_uint_eq (find ("pull-without-source", "dp01"), 0);
  ck_assert_uint_eq (g_list_model_get_n_items (rows), 1);
  mend_first (); /* the last one of its kind */
  ck_assert_uint_eq (gtk_drop_down_get_selected (chooser), 0);
  ck_assert_uint_gt (g_list_model_get_n_items (rows), 1);
}
END_TEST

static guint
count_rows (GtkWidget *widget)
{
  guint n = PTL_IS_PROBLEM_ROW (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

/* Of ten thousand problems only those near the visible ones have a row. */
START_TEST (test_many)
{
  g_autoptr (GString) text = g_string_new ("<plan xmlns='urn:portolan:plan:1' title='Many'>"
                                           "<site code='P01' kind='primary'/>"
                                           "<zone id='corp' name='Corporate' kind='intranet'/>");
  const guint n = 10000;
  g_autoptr (PtlPlan) plan = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "<node id='n%u' name='N%u' zone='corp'><role name='client'/></node>", i, i);
  g_string_append (text, "</plan>");
  plan = read_plan (text->str);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (session);
  show_plan (plan);
  ck_assert_uint_ge (g_list_model_get_n_items (rows), n);
  ck_assert_uint_lt (count_rows (GTK_WIDGET (list)), 500);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("problems");
  TCase *tests = tcase_create ("problems");
  SRunner *runner;
  int failed;

  gtk_init ();
  tcase_set_timeout (tests, 120);
  tcase_add_checked_fixture (tests, set_up, tear_down);
  tcase_add_test (tests, test_rows);
  tcase_add_test (tests, test_going);
  tcase_add_test (tests, test_mend);
  tcase_add_test (tests, test_mend_adds);
  tcase_add_test (tests, test_following);
  tcase_add_test (tests, test_kinds);
  tcase_add_test (tests, test_many);
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
