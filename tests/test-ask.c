#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "app/ptl-filter-box.h"
#include "app/ptl-search-bar.h"
#include "app/ptl-why-dialog.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"
#include "plan/ptl-edit-delete.h"
#include "plan/ptl-edit-fields.h"

/* Questions to a plan: the search, the filter, and why something is open. */

enum
{
  CM01,
  MP01,
  PCS,
  DESKS
}; /* nodes */

static const char start[]
    = "<plan xmlns='urn:portolan:plan:1' title='Test'>"
      "<site code='P01' kind='primary'/>"
      "<zone id='corp' name='Corporate' kind='intranet' x='0' y='0' width='640' height='480'/>"
      "<zone id='dmz' name='Perimeter' kind='perimeter' x='720' y='0' width='320' height='480'/>"
      "<zone id='net' name='Internet' kind='internet' x='1200' y='0' width='320' height='480'/>"
      "<firewall id='fw' name='Inner' zones='corp dmz' x='680' y='240'/>"
      "<firewall id='edge' name='Edge' zones='dmz net' x='1120' y='240'/>"
      "<node id='cm01' name='CM01' zone='corp' site='P01' x='40' y='80'><role name='site-server'/></node>"
      "<node id='mp01' name='MP01' zone='dmz' site='P01' x='760' y='80'><role name='management-point'/></node>"
      "<node id='pcs' name='Laptops' zone='net' site='P01' x='1240' y='80'><role name='client'/></node>"
      "<node id='desks' name='Desks' zone='corp' site='P01' x='40' y='240'><role name='client'/></node>"
      "</plan>";

static PtlCatalogue *catalogue;
static PtlSession *session;
static PtlHistory *history;
static GtkWidget *window;
static PtlSearchBar *bar;

static void
set_up (void)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (start, -1, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) plan = NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  PtlCanvas *canvas = g_object_new (PTL_TYPE_CANVAS, "vexpand", TRUE, NULL);

  catalogue = ptl_catalogue_load (NULL);
  plan = ptl_plan_read (catalogue, stream, &problems);
  session = ptl_session_new (plan);
  history = ptl_session_get_history (session);
  bar = g_object_new (PTL_TYPE_SEARCH_BAR, NULL);
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 600);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (canvas));
  gtk_window_set_child (GTK_WINDOW (window), box);
  ptl_canvas_set_session (canvas, session);
  ptl_search_bar_set_canvas (bar, canvas);
  ptl_search_bar_set_session (bar, session);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
}

static void
tear_down (void)
{
  g_clear_pointer ((GtkWindow **) &window, gtk_window_destroy);
  g_assert_finalize_object (session);
  ptl_catalogue_free (catalogue);
}

/* The first widget of the type below another one, or with this text. */
static gpointer
find_widget (GtkWidget *widget, GType type, const char *text)
{
  gpointer found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type)
      && (text == NULL || (GTK_IS_LABEL (widget) && strcmp (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type, text);
  return found;
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  GtkWidget *label = find_widget (widget, GTK_TYPE_LABEL, text);

  return label != NULL && gtk_widget_get_mapped (label);
}

/* The search */

static GtkWidget *
search_for (const char *text)
{
  GtkWidget *entry = find_widget (GTK_WIDGET (bar), GTK_TYPE_SEARCH_ENTRY, NULL);

  ptl_search_bar_open (bar);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
  return entry;
}

static guint
count_lit (guint *n_nodes)
{
  guint n;

  ptl_session_get_lit_nodes (session, n_nodes);
  ptl_session_get_lit_talks (session, &n);
  return n;
}

START_TEST (test_search_lights)
{
  guint n_nodes;

  search_for ("10123");
  gtk_test_widget_wait_for_draw (window);
  ck_assert (says (GTK_WIDGET (bar), "1 arrow, 2 nodes"));
  ck_assert_uint_eq (count_lit (&n_nodes), 1);
  ck_assert_uint_eq (ptl_session_get_lit_talks (session, &n_nodes)[0],
                     (guint) ptl_talks_find (ptl_session_get_talks (session), MP01, DESKS));
  search_for ("laptops");
  ck_assert_uint_eq (count_lit (&n_nodes), 0);
  ck_assert_uint_eq (n_nodes, 1);
  search_for ("no such thing");
  ck_assert (says (GTK_WIDGET (bar), "Nothing found"));
  ck_assert_uint_eq (count_lit (&n_nodes) + n_nodes, 0);
}
END_TEST

/* The light goes out with each edit: the search lights it again, with what fits now. */
START_TEST (test_search_follows)
{
  const PtlItem pcs = { PTL_RECORD_NODE, PCS };
  guint n_nodes;

  search_for ("tablets");
  ck_assert_uint_eq (count_lit (&n_nodes) + n_nodes, 0);
  ck_assert (ptl_edit_set_text (history, PTL_FIELD_NAME, &pcs, 1, "Tablets", NULL));
  count_lit (&n_nodes);
  ck_assert_uint_eq (n_nodes, 1);
}
END_TEST

START_TEST (test_search_steps)
{
  GtkWidget *entry = search_for ("10123");
  PtlFocus focus;
  guint n;

  g_signal_emit_by_name (entry, "activate");
  ck_assert (ptl_session_is_selected (session, (PtlItem){ PTL_RECORD_NODE, MP01 }));
  g_signal_emit_by_name (entry, "activate");
  ck_assert (ptl_session_is_selected (session, (PtlItem){ PTL_RECORD_NODE, DESKS }));
  g_signal_emit_by_name (entry, "next-match");
  ptl_session_get_selected (session, &n);
  ck_assert_uint_eq (n, 0);
  ck_assert (ptl_session_get_focus (session, &focus));
  ck_assert_uint_eq (focus.a + focus.b, MP01 + DESKS);
  g_signal_emit_by_name (entry, "activate");
  ck_assert (ptl_session_is_selected (session, (PtlItem){ PTL_RECORD_NODE, MP01 }));
  g_signal_emit_by_name (entry, "previous-match");
  ck_assert (ptl_session_get_focus (session, &focus));
}
END_TEST

static void
on_changed_cb (PtlSession *emitter, const PtlTouched *touched, gpointer entry)
{
  g_signal_emit_by_name (entry, "next-match");
}

/* A step before the results of an edit are there goes to what the plan has now. */
START_TEST (test_search_steps_in_time)
{
  const PtlItem mp01 = { PTL_RECORD_NODE, MP01 };
  GtkWidget *entry = search_for ("laptops");
  guint n_nodes;

  g_signal_connect (session, "changed", G_CALLBACK (on_changed_cb), entry);
  ck_assert (ptl_edit_delete (history, &mp01, 1, NULL));
  ck_assert (ptl_session_is_selected (session, (PtlItem){ PTL_RECORD_NODE, PCS - 1 }));
  g_signal_handlers_disconnect_by_func (session, on_changed_cb, entry);
  ck_assert_uint_eq (count_lit (&n_nodes), 0);
  ck_assert_uint_eq (n_nodes, 1);
}
END_TEST

/* What a search has lit is lit while one goes through it; without a question, what others light stays. */
START_TEST (test_search_and_others)
{
  GtkWidget *entry = search_for ("10123");
  guint n_nodes;

  ptl_session_set_light (session, NULL, 0, NULL, 0);
  g_signal_emit_by_name (entry, "next-match");
  ck_assert_uint_eq (count_lit (&n_nodes), 1);
  search_for ("");
  ck_assert_uint_eq (count_lit (&n_nodes) + n_nodes, 0);
  ptl_session_set_light (session, (guint[]){ 0 }, 1, NULL, 0);
  search_for ("");
  ck_assert_uint_eq (count_lit (&n_nodes), 1);
}
END_TEST

START_TEST (test_search_ends)
{
  GtkWidget *entry = search_for ("10123");
  guint n_nodes;

  g_signal_emit_by_name (entry, "stop-search");
  ck_assert_uint_eq (count_lit (&n_nodes) + n_nodes, 0);
  ck_assert_str_eq (gtk_editable_get_text (GTK_EDITABLE (entry)), "");
  ck_assert (PTL_IS_CANVAS (gtk_root_get_focus (GTK_ROOT (window))));
}
END_TEST

/* The filter */

START_TEST (test_filter)
{
  PtlFilterBox *box = find_widget (GTK_WIDGET (bar), PTL_TYPE_FILTER_BOX, NULL);
  GtkWidget *port = find_widget (GTK_WIDGET (box), GTK_TYPE_ENTRY, NULL);
  guint all = ptl_session_get_talks (session)->n;

  ptl_filter_box_set_session (box, session);
  ck_assert_uint_eq (ptl_session_get_talks (session)->n, all);
  gtk_editable_set_text (GTK_EDITABLE (port), "10123");
  gtk_test_widget_wait_for_draw (window);
  ck_assert_uint_eq (ptl_session_get_talks (session)->n, 1);
  ck_assert (says (GTK_WIDGET (bar), "Only port 10123: 1 arrow"));
  gtk_editable_set_text (GTK_EDITABLE (port), "10123x");
  ck_assert (gtk_widget_has_css_class (port, "error"));
  ck_assert_uint_eq (ptl_session_get_talks (session)->n, all);
  gtk_editable_set_text (GTK_EDITABLE (port), "10123");
  ptl_filter_clear (session);
  ck_assert_uint_eq (ptl_session_get_talks (session)->n, all);
  ck_assert (!says (GTK_WIDGET (bar), "Only port 10123: 1 arrow"));
}
END_TEST

/* A zone that goes away filters nothing; when it comes back, it filters again. */
START_TEST (test_filter_follows)
{
  PtlFilter filter = { 0 };
  const PtlItem net = { PTL_RECORD_ZONE, 2 };
  guint all = ptl_session_get_talks (session)->n;

  filter.zone = &ptl_session_get_talks (session)->routes->flows->graph->zones[1];
  filter.ports = (PtlRange){ 10123, 10123 };
  ptl_session_set_filter (session, &filter);
  ck_assert_uint_eq (ptl_session_get_talks (session)->n, 1);
  ck_assert (ptl_edit_set_text (history, PTL_FIELD_NAME, &net, 1, "Outside", NULL));
  ck_assert_uint_eq (ptl_session_get_talks (session)->n, 1);
  ck_assert_str_eq (ptl_session_get_lens (session)->filter.zone->id, "dmz");
  ptl_filter_clear (session);
  ck_assert_uint_eq (ptl_session_get_talks (session)->n, all);
}
END_TEST

/* While the popover is open, keys may undo an edit: what stands there is what is chosen. */
START_TEST (test_filter_is_up_to_date)
{
  const PtlItem corp = { PTL_RECORD_ZONE, 0 };
  GtkWidget *box = find_widget (GTK_WIDGET (bar), PTL_TYPE_FILTER_BOX, NULL);
  GObject *zone = gtk_widget_get_template_child (box, PTL_TYPE_FILTER_BOX, "zone");

  ptl_search_bar_open (bar);
  gtk_popover_popup (GTK_POPOVER (gtk_widget_get_ancestor (box, GTK_TYPE_POPOVER)));
  gtk_test_widget_wait_for_draw (window);
  ck_assert (ptl_edit_delete (history, &corp, 1, NULL));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (zone), 2);
  ck_assert_str_eq (ptl_session_get_lens (session)->filter.zone->id, "net");
  ck_assert_str_eq (gtk_string_object_get_string (gtk_drop_down_get_selected_item (GTK_DROP_DOWN (zone))), "Internet");
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (box, GTK_TYPE_POPOVER)));
}
END_TEST

/* Why */

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *w = windows; w != NULL; w = w->next)
    if (PTL_IS_WHY_DIALOG (w->data))
      return w->data;
  return NULL;
}

START_TEST (test_why_follows)
{
  const PtlItem mp01 = { PTL_RECORD_NODE, MP01 };
  int role = ptl_catalogue_find_role (catalogue, "management-point");
  GtkWidget *dialog;

  ptl_why_dialog_show (GTK_WINDOW (window), session, PCS, MP01, PTL_PROTOCOL_TCP, 443);
  dialog = find_dialog ();
  gtk_test_widget_wait_for_draw (dialog);
  ck_assert (says (dialog, "Not open"));
  ck_assert (says (dialog, "“Clients on the internet” of MP01 is no: set it to yes"));
  ck_assert (ptl_edit_set_option (history, &mp01, 1, (guint) role, 0, "yes", NULL));
  gtk_test_widget_wait_for_draw (dialog);
  ck_assert (says (dialog, "Open"));
  ck_assert (says (dialog, "Route: Edge"));
  ptl_history_undo (history);
  gtk_test_widget_wait_for_draw (dialog);
  ck_assert (says (dialog, "Not open"));
  ptl_why_dialog_show (GTK_WINDOW (window), session, DESKS, MP01, -1, 0);
  ck_assert_ptr_eq (find_dialog (), dialog);
  ck_assert (says (dialog, "Open"));
  ptl_why_dialog_close (GTK_WINDOW (window));
  ck_assert_ptr_null (find_dialog ());
}
END_TEST

/* Half a question has no answer. */
START_TEST (test_why_waits)
{
  static const struct
  {
    int source, destination;
  } asked[] = { { -1, -1 }, { CM01, -1 }, { CM01, CM01 } };
  GtkWidget *dialog;

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      ptl_why_dialog_show (GTK_WINDOW (window), session, asked[i].source, asked[i].destination, -1, 0);
      dialog = find_dialog ();
      gtk_test_widget_wait_for_draw (dialog);
      ck_assert (says (dialog, "Choose two nodes, and a port if it is about one."));
    }
  gtk_window_destroy (GTK_WINDOW (find_dialog ()));
}
END_TEST

/* Text in whatever size has room: GTK would warn. */
START_TEST (test_sizes)
{
  static const int sizes[] = { 72, 80, 96, 110, 120, 131, 144, 168, 192 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", sizes[i] * 1024, NULL);
      search_for ("443");
      ptl_why_dialog_show (GTK_WINDOW (window), session, DESKS, MP01, -1, 0);
      gtk_test_widget_wait_for_draw (find_dialog ());
      ck_assert (says (find_dialog (), "Open"));
      ptl_why_dialog_show (GTK_WINDOW (window), session, PCS, CM01, PTL_PROTOCOL_TCP, 443);
      gtk_test_widget_wait_for_draw (find_dialog ());
      ck_assert (says (find_dialog (), "Not open"));
      ptl_why_dialog_close (GTK_WINDOW (window));
      gtk_test_widget_wait_for_draw (window);
    }
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("ask");
  TCase *tests = tcase_create ("ask");
  SRunner *runner;
  int failed;

  gtk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  tcase_set_timeout (tests, 120);
  tcase_add_checked_fixture (tests, set_up, tear_down);
  tcase_add_test (tests, test_search_lights);
  tcase_add_test (tests, test_search_follows);
  tcase_add_test (tests, test_search_steps);
  tcase_add_test (tests, test_search_steps_in_time);
  tcase_add_test (tests, test_search_and_others);
  tcase_add_test (tests, test_search_ends);
  tcase_add_test (tests, test_filter);
  tcase_add_test (tests, test_filter_follows);
  tcase_add_test (tests, test_filter_is_up_to_date);
  tcase_add_test (tests, test_why_follows);
  tcase_add_test (tests, test_why_waits);
  tcase_add_test (tests, test_sizes);
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
