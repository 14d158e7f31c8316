#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "app/ptl-canvas.h"
#include "app/ptl-inspector.h"
#include "app/ptl-port-popover.h"
#include "app/ptl-port-row.h"
#include "app/ptl-port-section.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"
#include "plan/ptl-edit-fields.h"

/* What the inspector and the popover say of the ports of an arrow, a node and a firewall. */

static PtlCatalogue *catalogue;
static PtlSession *session;
static GtkWidget *window, *box, *inspector, *canvas;

/* Runs until what was asked for is drawn. */
static void
settle (void)
{
  for (guint i = 0; i < 200 && (i < 20 || !gtk_widget_get_mapped (inspector)); i++)
    g_main_context_iteration (NULL, FALSE);
}

/* Takes the plan. */
static void
open_plan (PtlPlan *plan)
{
  g_autoptr (PtlPlan) own = plan;

  session = ptl_session_new (own);
  ptl_inspector_set_session (PTL_INSPECTOR (inspector), session);
  ptl_canvas_set_session (PTL_CANVAS (canvas), session);
  settle ();
}

static PtlPlan *
read_template (const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/data/templates/%s.portolan", g_getenv ("PTL_SOURCE_ROOT"), name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autoptr (GPtrArray) problems = NULL;

  return ptl_plan_read (catalogue, G_INPUT_STREAM (stream), &problems);
}

static void
set_up (void)
{
  catalogue = ptl_catalogue_load (NULL);
  inspector = g_object_new (PTL_TYPE_INSPECTOR, "width-request", 500, NULL); /* whatever it shows */
  canvas = g_object_new (PTL_TYPE_CANVAS, "hexpand", TRUE, NULL);
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (box), canvas);
  gtk_box_append (GTK_BOX (box), inspector);
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

static void
tear_down (void)
{
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (session); /* nothing that listed ports is left */
  ptl_catalogue_free (catalogue);
}

/* What is shown, in the order in which it is read. */
static void
collect (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

static GPtrArray *
all (GtkWidget *root, GType type)
{
  GPtrArray *found = g_ptr_array_new ();

  collect (root, type, found);
  return found;
}

/* All that a widget says, in one text. */
static char *
words (GtkWidget *root)
{
  g_autoptr (GPtrArray) labels = all (root, GTK_TYPE_LABEL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < labels->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", gtk_label_get_text (labels->pdata[i]));
  return g_string_free (text, FALSE);
}

static gboolean
says (GtkWidget *root, const char *text)
{
  g_autofree char *said = words (root);

  return strstr (said, text) != NULL;
}

static void
toggle (GtkWidget *widget)
{
  GtkWidget *button = gtk_widget_get_first_child (widget);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
}

static guint
index_of (PtlRecordKind kind, const char *id)
{
  return (guint) ptl_history_find (ptl_session_get_history (session), kind, id);
}

static void
choose (PtlRecordKind kind, const char *id)
{
  PtlItem item = { kind, index_of (kind, id) };

  ptl_session_select (session, &item, 1, PTL_SELECT_ONLY);
  settle ();
}

static void
focus (PtlFocusKind kind, const char *a, const char *b)
{
  ptl_session_set_focus (session, kind, a, b);
  settle ();
}

static PtlPorts *
ports_of (PtlPortsKind kind, guint a, guint b)
{
  return ptl_ports_new (ptl_session_get_talks (session), (PtlPortsSubject){ kind, a, b });
}

/* Each group has its section, each port its row, with the service and the number. */
static void
check_rows (const PtlPorts *ports)
{
  g_autoptr (GPtrArray) sections = all (inspector, PTL_TYPE_PORT_SECTION);

  ck_assert_uint_eq (sections->len, ports->groups->len);
  for (guint i = 0; i < sections->len; i++)
    {
      const PtlPortGroup *group = ptl_ports_group (ports, i);
      g_autoptr (GPtrArray) rows = all (sections->pdata[i], PTL_TYPE_PORT_ROW);

      ck_assert_uint_eq (rows->len, group->n);
      for (guint k = 0; k < rows->len; k++)
        {
          const PtlRule *rule = ptl_catalogue_rule (catalogue, group->flows[k].rule);
          g_autofree char *number = ptl_port_words_ports (&group->flows[k]);

          ck_assert (says (rows->pdata[k], rule->services[group->flows[k].service].name));
          ck_assert (says (rows->pdata[k], number));
          ck_assert_int_eq (says (rows->pdata[k], "installation"), rule->phase == PTL_PHASE_INSTALLATION);
        }
    }
}

static void
check_arrow (const char *a, const char *b)
{
  g_autoptr (PtlPorts) ports = NULL;

  focus (PTL_FOCUS_TALK, a, b);
  ports = ports_of (PTL_PORTS_TALK, index_of (PTL_RECORD_NODE, a), index_of (PTL_RECORD_NODE, b));
  check_rows (ports);
}

/* Every arrow of the example. */
START_TEST (test_arrows)
{
  const PtlTalks *talks;
  const PtlGraph *graph;

  open_plan (read_template ("perimeter"));
  talks = ptl_session_get_talks (session);
  graph = talks->routes->flows->graph;
  for (guint i = 0; i < talks->n; i++)
    check_arrow (graph->nodes[talks->talks[i].b].id, graph->nodes[talks->talks[i].a].id);
  focus (PTL_FOCUS_TALK, "mp02", "cm01");
  ck_assert (says (inspector, "CM01|→|MP02|Corporate network → Perimeter|Crosses|Inner firewall"));
  focus (PTL_FOCUS_TALK, "cm01", "dc01");
  ck_assert (says (inspector, "Within Corporate network"));
}
END_TEST

START_TEST (test_lens)
{
  open_plan (read_template ("perimeter"));
  focus (PTL_FOCUS_TALK, "cm01", "mp02");
  ck_assert (says (inspector, "installation"));
  ptl_session_set_lens (session, PTL_PHASE_OPERATION, NULL, NULL);
  settle ();
  ck_assert (!says (inspector, "installation"));
  ck_assert (says (inspector, "4 ports are hidden by the choice of flows."));
  check_arrow ("cm01", "mp02");
  ptl_session_set_lens (session, -1, NULL, "fw-edge");
  settle ();
  ck_assert (says (inspector, "7 ports are hidden by the choice of flows."));
  ck_assert (!says (inspector, "Nothing flows here."));
}
END_TEST

/* Why, by what it is set, where it is written. An edit changes the row, which stays open. */
START_TEST (test_row)
{
  g_autoptr (GPtrArray) rows = NULL, again = NULL;
  const PtlItem plan = { PTL_RECORD_PLAN, 0 };
  guint setting = (guint) ptl_catalogue_find_setting (catalogue, "sql-port");

  open_plan (read_template ("perimeter"));
  focus (PTL_FOCUS_TALK, "sql01", "mp02");
  rows = all (inspector, PTL_TYPE_PORT_ROW);
  ck_assert_uint_eq (rows->len, 1);
  ck_assert (says (rows->pdata[0], "SQL Server|tcp 1433"));
  ck_assert (!says (rows->pdata[0], "site database"));
  toggle (rows->pdata[0]);
  ck_assert (says (rows->pdata[0], "Management points read policy and content locations from the site database"));
  ck_assert (says (rows->pdata[0], "MP02 and SQL01 belong to the same site"));
  ck_assert (says (rows->pdata[0], "1433, the default|SQL Server port…"));
  ck_assert (says (rows->pdata[0], "V268 in Ports used in Configuration Manager"));
  ck_assert (says (rows->pdata[0], "Both documents' lists of configurable ports name only the site server's way"));
  ck_assert (ptl_edit_set_setting (ptl_session_get_history (session), &plan, 1, setting, "1500", NULL));
  settle ();
  again = all (inspector, PTL_TYPE_PORT_ROW);
  ck_assert_uint_eq (again->len, 1);
  ck_assert_ptr_eq (again->pdata[0], rows->pdata[0]);
  ck_assert (says (rows->pdata[0], "SQL Server|tcp 1500"));
  ck_assert (says (rows->pdata[0], "1500, set in the plan"));
  ptl_history_undo (ptl_session_get_history (session));
  ck_assert (says (rows->pdata[0], "tcp 1433"));
}
END_TEST

/* By the other side; opened on request. */
START_TEST (test_node)
{
  g_autoptr (GPtrArray) sections = NULL, rows = NULL;
  g_autoptr (PtlPorts) ports = NULL;

  open_plan (read_template ("perimeter"));
  choose (PTL_RECORD_NODE, "mp02");
  ports = ports_of (PTL_PORTS_NODE, index_of (PTL_RECORD_NODE, "mp02"), 0);
  sections = all (inspector, PTL_TYPE_PORT_SECTION);
  rows = all (inspector, PTL_TYPE_PORT_ROW);
  ck_assert_uint_eq (sections->len, ports->groups->len);
  ck_assert_uint_eq (rows->len, 0);
  ck_assert (says (sections->pdata[0], "From CM01"));
  ck_assert (says (sections->pdata[1], "To DC01"));
  for (guint i = 0; i < sections->len; i++)
    toggle (sections->pdata[i]);
  check_rows (ports);
}
END_TEST

START_TEST (test_ways)
{
  g_autoptr (GPtrArray) sections = NULL, of_trunk = NULL;
  g_autoptr (PtlPorts) ports = NULL;

  open_plan (read_template ("perimeter"));
  choose (PTL_RECORD_FIREWALL, "fw-inner");
  sections = all (inspector, PTL_TYPE_PORT_SECTION);
  ports = ports_of (PTL_PORTS_FIREWALL, 0, 0);
  ck_assert_uint_eq (sections->len, ports->groups->len);
  focus (PTL_FOCUS_TRUNK, "dmz", "corp");
  of_trunk = all (inspector, PTL_TYPE_PORT_SECTION);
  ck_assert_uint_gt (of_trunk->len, 5);
  ck_assert (says (inspector, "Corporate network"));
  ck_assert (says (inspector, "Crosses|Inner firewall"));
}
END_TEST

/* Many other sides: some at a time. */
START_TEST (test_many)
{
  g_autoptr (GString) text = g_string_new ("<plan xmlns='urn:portolan:plan:1' title='Many'>"
                                           "<site code='P01' kind='primary'/>"
                                           "<zone id='corp' name='Corporate' kind='intranet'/>"
                                           "<node id='cm01' name='CM01' zone='corp' site='P01'>"
                                           "<role name='site-server'/></node>");
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GPtrArray) problems = NULL, before = NULL, after = NULL, buttons = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text,
                            "<node id='dp%u' name='DP%u' zone='corp' site='P01'><role name='distribution-point'/>"
                            "<set name='client-http-port'>%u</set></node>",
                            i, i, 1000 + i);
  g_string_append (text, "</plan>");
  stream = g_memory_input_stream_new_from_data (text->str, (gssize) text->len, NULL);
  open_plan (ptl_plan_read (catalogue, stream, &problems));
  choose (PTL_RECORD_NODE, "cm01");
  before = all (inspector, PTL_TYPE_PORT_SECTION);
  ck_assert_uint_eq (before->len, 30);
  buttons = all (inspector, GTK_TYPE_BUTTON);
  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_button_get_label (buttons->pdata[i]), "Show 30 More") == 0)
      g_signal_emit_by_name (buttons->pdata[i], "clicked");
  after = all (inspector, PTL_TYPE_PORT_SECTION);
  ck_assert_uint_eq (after->len, 60);
}
END_TEST

static GtkWidget *
popover (void)
{
  for (GtkWidget *child = gtk_widget_get_first_child (canvas); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (PTL_IS_PORT_POPOVER (child))
      return child;
  return NULL;
}

static void
check_popover (const char *a, const char *b, guint n_rows, const char *text)
{
  g_autoptr (GPtrArray) rows = NULL;

  gtk_widget_grab_focus (canvas); /* as a click does */
  ptl_session_set_focus (session, PTL_FOCUS_TALK, a, b);
  ptl_port_popover_show (PTL_CANVAS (canvas), &(GdkRectangle){ 100, 100, 1, 1 });
  settle ();
  ck_assert (gtk_widget_get_visible (popover ()));
  rows = all (popover (), GTK_TYPE_LIST_BOX_ROW);
  ck_assert_uint_eq (rows->len, n_rows);
  ck_assert (says (popover (), text));
}

START_TEST (test_popover)
{
  open_plan (read_template ("perimeter"));
  check_popover ("sql01", "mp02", 1, "MP02|→|SQL01|Perimeter → Corporate network|Crosses|Inner firewall|SQL Server");
  check_popover ("mp02", "dc01", 12, "and 1 more");
  ptl_session_set_focus (session, PTL_FOCUS_NONE, NULL, NULL);
  settle ();
  ck_assert (!gtk_widget_get_visible (popover ()));
  check_popover ("cm01", "mp02", 4, "RPC dynamic|tcp 49152–65535");
  ptl_canvas_pan (PTL_CANVAS (canvas), 10, 0);
  ck_assert (!gtk_widget_get_visible (popover ()));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("port-list");
  TCase *tests = tcase_create ("port-list");
  SRunner *runner;
  int failed;

  gtk_init ();
  tcase_set_timeout (tests, 120);
  tcase_add_checked_fixture (tests, set_up, tear_down);
  tcase_add_test (tests, test_arrows);
  tcase_add_test (tests, test_lens);
  tcase_add_test (tests, test_row);
  tcase_add_test (tests, test_node);
  tcase_add_test (tests, test_ways);
  tcase_add_test (tests, test_many);
  tcase_add_test (tests, test_popover);
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
