#include <check.h>
#include <stdlib.h>

#include "app/ptl-field-private.h"
#include "app/ptl-inspector.h"
#include "app/ptl-picker.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"
#include "plan/ptl-edit-fields.h"
#include "plan/ptl-edit-place.h"
#include "plan/ptl-edit-sites.h"

/* The fields are driven as GTK drives them: their editors change, or their controllers hear of focus and keys. */

enum
{
  P01,
  P02
}; /* sites */
enum
{
  CORP,
  DMZ,
  NET
}; /* zones */
enum
{
  CM01,
  MP01,
  DP01
}; /* nodes */

static const char start[]
    = "<plan xmlns='urn:portolan:plan:1' title='Test'>"
      "<set name='client-https-port'>8443</set>"
      "<site code='P01' kind='primary'><set name='sql-port'>1500</set></site>"
      "<site code='P02' name='Branch' kind='primary'/>"
      "<zone id='corp' name='Corporate' kind='intranet' x='0' y='0' width='640' height='480'/>"
      "<zone id='dmz' name='Perimeter' kind='perimeter' x='720' y='0' width='320' height='480'/>"
      "<zone id='net' name='Internet' kind='internet' x='1120' y='0' width='320' height='480'/>"
      "<firewall id='fw' name='Inner' zones='corp dmz' x='680' y='240'/>"
      "<node id='cm01' name='CM01' zone='corp' site='P01' x='40' y='80'><role name='site-server'/></node>"
      "<node id='mp01' name='MP01' zone='dmz' site='P02' x='760' y='80'><role name='management-point'/></node>"
      "<node id='dp01' name='DP01' zone='dmz' site='P02' x='760' y='240'><role name='distribution-point'/>"
      "<role name='management-point'/></node>"
      "</plan>";

static PtlCatalogue *catalogue;
static PtlSession *session;
static PtlHistory *history;
static PtlPlan *plan;
static GtkWidget *window, *inspector;

static void
set_up (void)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (start, -1, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) own = NULL;

  catalogue = ptl_catalogue_load (NULL);
  own = ptl_plan_read (catalogue, stream, &problems);
  session = ptl_session_new (own);
  history = ptl_session_get_history (session);
  plan = ptl_session_get_plan (session);
  inspector = g_object_new (PTL_TYPE_INSPECTOR, NULL);
  window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (window), inspector);
  gtk_window_present (GTK_WINDOW (window));
  ptl_inspector_set_session (PTL_INSPECTOR (inspector), session);
}

static void
tear_down (void)
{
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (session); /* nothing of the inspector is left */
  ptl_catalogue_free (catalogue);
}

static void
select_item (PtlRecordKind kind, guint index, PtlSelectMode mode)
{
  PtlItem item = { kind, index };

  ptl_session_select (session, &item, 1, mode);
}

static PtlNode *
node (guint index)
{
  return plan->nodes->pdata[index];
}

/* The widget of a type for which `matches` holds, among those that the page shows. */
static GtkWidget *
find (GtkWidget *root, gboolean (*matches) (GtkWidget *widget, const char *text), const char *text)
{
  GtkWidget *child, *found = NULL;

  if (!gtk_widget_get_child_visible (root) || !gtk_widget_get_visible (root))
    return NULL;
  if (matches (root, text))
    return root;
  for (child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, matches, text);
  return found;
}

static gboolean
is_field (GtkWidget *widget, const char *title)
{
  return PTL_IS_FIELD (widget) && g_str_equal (ptl_field_get_title (PTL_FIELD (widget)), title);
}

static gboolean
is_label (GtkWidget *widget, const char *text)
{
  return GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);
}

static gboolean
is_expander (GtkWidget *widget, const char *text)
{
  return GTK_IS_EXPANDER (widget);
}

static gboolean
is_picker (GtkWidget *widget, const char *text)
{
  return PTL_IS_PICKER (widget);
}

static gboolean
has_tooltip (GtkWidget *widget, const char *text)
{
  return g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0;
}

static PtlField *
field (const char *title)
{
  GtkWidget *found = find (inspector, is_field, title);

  return found != NULL ? PTL_FIELD (found) : NULL;
}

static const char *
shown (const char *title)
{
  return gtk_editable_get_text (GTK_EDITABLE (field (title)->editor));
}

static void
type (const char *title, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (field (title)->editor), text);
}

static void
choose (const char *title, const char *key)
{
  PtlField *own = field (title);
  guint place;

  ck_assert (g_ptr_array_find_with_equal_func (own->choices.keys, key, g_str_equal, &place));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (own->editor), place);
}

static const char *
chosen (const char *title)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (field (title)->editor);

  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (drop_down));
}

/* What the editor's controllers of a type hear. */
static void
emit (const char *title, GType type_of, const char *signal, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (field (title)->editor);
  gboolean handled = FALSE;

  /* The field's own were added last and stand first. */
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (!G_TYPE_CHECK_INSTANCE_TYPE (controller, type_of))
        continue;
      if (key != 0)
        g_signal_emit_by_name (controller, signal, key, 0, 0, &handled);
      else
        g_signal_emit_by_name (controller, signal);
      return;
    }
  ck_abort ();
}

static void
enter (const char *title)
{
  emit (title, GTK_TYPE_EVENT_CONTROLLER_FOCUS, "enter", 0);
}

static void
leave (const char *title)
{
  emit (title, GTK_TYPE_EVENT_CONTROLLER_FOCUS, "leave", 0);
}

static gboolean
is_refused (const char *title)
{
  return gtk_widget_get_visible (field (title)->reason) && gtk_widget_has_css_class (field (title)->editor, "error");
}

START_TEST (test_typing)
{
  select_item (PTL_RECORD_NODE, MP01, PTL_SELECT_ONLY);
  enter ("Name");
  type ("Name", "M");
  type ("Name", "MP9");
  ck_assert_str_eq (node (MP01)->name, "MP9");
  leave ("Name");
  ptl_history_undo (history);
  ck_assert_str_eq (node (MP01)->name, "MP01");
  ck_assert_str_eq (shown ("Name"), "MP01");
  ck_assert (!ptl_history_can_undo (history));
}
END_TEST

START_TEST (test_refusal)
{
  select_item (PTL_RECORD_NODE, MP01, PTL_SELECT_ONLY);
  enter ("Addresses");
  type ("Addresses", "10.1.0.300");
  ck_assert (is_refused ("Addresses"));
  ck_assert_str_eq (node (MP01)->addresses, "");
  leave ("Addresses");
  ck_assert (!is_refused ("Addresses"));
  ck_assert_str_eq (shown ("Addresses"), "");
  enter ("Addresses");
  type ("Addresses", "10.1.0.3   web-01");
  ck_assert (!is_refused ("Addresses"));
  ck_assert_str_eq (shown ("Addresses"), "10.1.0.3   web-01");
  leave ("Addresses");
  ck_assert_str_eq (shown ("Addresses"), "10.1.0.3 web-01");
}
END_TEST

/* The beginning of what is wrong may be a value, too: it is not meant. */
START_TEST (test_refusal_after_a_value)
{
  select_item (PTL_RECORD_NODE, MP01, PTL_SELECT_ONLY);
  enter ("Addresses");
  type ("Addresses", "10.0.0.88/4");
  type ("Addresses", "10.0.0.88/40");
  ck_assert (is_refused ("Addresses"));
  ck_assert_str_eq (shown ("Addresses"), "10.0.0.88/40");
  ck_assert_str_eq (node (MP01)->addresses, "");
  type ("Addresses", "10.0.0.88");
  ck_assert_str_eq (node (MP01)->addresses, "10.0.0.88");
  type ("Addresses", "10.0.0.888");
  leave ("Addresses");
  ck_assert_str_eq (shown ("Addresses"), "");
  ck_assert_str_eq (node (MP01)->addresses, "");
  ck_assert (!ptl_history_can_undo (history));
}
END_TEST

START_TEST (test_escape)
{
  select_item (PTL_RECORD_NODE, MP01, PTL_SELECT_ONLY);
  enter ("Name");
  type ("Name", "Other");
  emit ("Name", GTK_TYPE_EVENT_CONTROLLER_KEY, "key-pressed", GDK_KEY_Escape);
  ck_assert_str_eq (node (MP01)->name, "MP01");
  ck_assert_str_eq (shown ("Name"), "MP01");
  ck_assert (!ptl_history_can_undo (history));
}
END_TEST

/* What is half typed stays when something else changes, and goes when the field's own value does. */
START_TEST (test_edit_elsewhere)
{
  PtlItem item = { PTL_RECORD_NODE, MP01 };

  select_item (PTL_RECORD_NODE, MP01, PTL_SELECT_ONLY);
  enter ("Name");
  type ("Name", "");
  ck_assert (is_refused ("Name"));
  ck_assert (ptl_edit_set_site (history, &item, 1, P01, NULL));
  ck_assert_str_eq (shown ("Name"), "");
  ck_assert_str_eq (chosen ("Site"), "P01");
  ck_assert (ptl_edit_set_text (history, PTL_FIELD_NAME, &item, 1, "New", NULL));
  ck_assert_str_eq (shown ("Name"), "New");
  ck_assert (!is_refused ("Name"));
}
END_TEST

/* A wrong text must not reach what is selected next. */
START_TEST (test_selection)
{
  GtkWidget *name;

  select_item (PTL_RECORD_NODE, MP01, PTL_SELECT_ONLY);
  name = GTK_WIDGET (field ("Name"));
  type ("Name", "");
  select_item (PTL_RECORD_NODE, DP01, PTL_SELECT_ONLY);
  ck_assert_ptr_eq (name, field ("Name"));
  ck_assert_str_eq (shown ("Name"), "DP01");
  ck_assert (!is_refused ("Name"));
  select_item (PTL_RECORD_ZONE, DMZ, PTL_SELECT_ONLY);
  ck_assert_str_eq (shown ("Name"), "Perimeter");
  type ("Name", "Outside");
  ck_assert_str_eq (((PtlZone *) plan->zones->pdata[DMZ])->name, "Outside");
  ptl_session_select (session, NULL, 0, PTL_SELECT_ONLY);
  ck_assert_str_eq (shown ("Title"), "Test");
}
END_TEST

START_TEST (test_site)
{
  PtlSite *site;

  select_item (PTL_RECORD_SITE, P02, PTL_SELECT_ONLY);
  ck_assert_str_eq (shown ("Code"), "P02");
  ck_assert_str_eq (shown ("Name"), "Branch");
  ck_assert_ptr_nonnull (find (inspector, is_label, "2 nodes"));
  type ("Code", "P01");
  ck_assert (is_refused ("Code")); /* another site has it */
  type ("Code", "x01");
  site = plan->sites->pdata[P02];
  ck_assert_str_eq (site->code, "X01");
  ck_assert_str_eq (node (MP01)->site, "X01");
}
END_TEST

/* A site is renamed here, as it stands nowhere on the canvas. */
START_TEST (test_focus_name)
{
  select_item (PTL_RECORD_SITE, P02, PTL_SELECT_ONLY);
  ptl_inspector_focus_field (PTL_INSPECTOR (inspector), "Name");
  ck_assert_ptr_eq (gtk_root_get_focus (GTK_ROOT (window)), field ("Name")->target);
}
END_TEST

START_TEST (test_several)
{
  select_item (PTL_RECORD_NODE, CM01, PTL_SELECT_ONLY);
  select_item (PTL_RECORD_NODE, MP01, PTL_SELECT_ADD);
  select_item (PTL_RECORD_NODE, DP01, PTL_SELECT_ADD);
  ck_assert_ptr_nonnull (find (inspector, is_label, "3 nodes"));
  ck_assert_ptr_nonnull (find (inspector, is_label, "Management point (2 of 3)"));
  ck_assert_ptr_null (field ("Name"));
  ck_assert_str_eq (chosen ("Site"), "(different)");
  choose ("Site", "P01");
  ck_assert_str_eq (node (MP01)->site, "P01");
  ck_assert_str_eq (node (DP01)->site, "P01");
  ck_assert_str_eq (chosen ("Site"), "P01");
  ptl_history_undo (history);
  ck_assert_str_eq (chosen ("Site"), "(different)");
  ck_assert_str_eq (node (MP01)->site, "P02");
  select_item (PTL_RECORD_ZONE, NET, PTL_SELECT_ADD);
  ck_assert_ptr_nonnull (find (inspector, is_label, "4 items"));
}
END_TEST

START_TEST (test_setting)
{
  guint https = (guint) ptl_catalogue_find_setting (catalogue, "client-https-port");
  PtlField *own = NULL;

  ck_assert_ptr_nonnull (field ("Client HTTPS port")); /* set at the plan */
  select_item (PTL_RECORD_NODE, CM01, PTL_SELECT_ONLY);
  ck_assert_ptr_null (field ("Client HTTPS port"));
  g_object_set (find (inspector, is_expander, NULL), "expanded", TRUE, NULL);
  own = field ("Client HTTPS port");
  ck_assert_str_eq (shown ("Client HTTPS port"), "8443");
  ck_assert_str_eq (gtk_label_get_text (GTK_LABEL (own->origin)), "Inherited: from the plan");
  ck_assert_str_eq (gtk_label_get_text (GTK_LABEL (field ("SQL Server port")->origin)), "Inherited: from site P01");
  type ("Client HTTPS port", "70000");
  ck_assert (is_refused ("Client HTTPS port"));
  ck_assert (!ptl_field_is_own (own));
  type ("Client HTTPS port", "9443");
  ck_assert (ptl_field_is_own (own));
  ck_assert_str_eq (gtk_label_get_text (GTK_LABEL (own->origin)), "Set here instead of 8443, from the plan");
  ck_assert_ptr_nonnull (ptl_sets_find (node (CM01)->sets, https, NULL));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (field ("Note about the setting")->target)),
                            "As the proxy has it", -1);
  ck_assert_str_eq (ptl_sets_find (node (CM01)->sets, https, NULL)->note, "As the proxy has it");
  g_signal_emit_by_name (own->reset, "clicked");
  ck_assert_ptr_null (ptl_sets_find (node (CM01)->sets, https, NULL));
  ck_assert_str_eq (shown ("Client HTTPS port"), "8443");
  ck_assert_ptr_null (field ("Note about the setting"));
}
END_TEST

START_TEST (test_feature)
{
  PtlField *own = field ("Client push installation");

  gtk_switch_set_active (GTK_SWITCH (own->editor), TRUE);
  ck_assert_uint_eq (plan->features->len, 1);
  ck_assert (ptl_field_is_own (own));
  g_signal_emit_by_name (own->reset, "clicked");
  ck_assert_uint_eq (plan->features->len, 0);
  ck_assert (!gtk_switch_get_active (GTK_SWITCH (own->editor)));
}
END_TEST

START_TEST (test_wheel)
{
  g_autoptr (GListModel) controllers = NULL;
  guint n = 0;

  select_item (PTL_RECORD_NODE, MP01, PTL_SELECT_ONLY);
  controllers = gtk_widget_observe_controllers (field ("Horizontal")->editor);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        continue;
      ck_assert_int_eq (gtk_event_controller_get_propagation_phase (controller), GTK_PHASE_NONE);
      n++;
    }
  ck_assert_uint_gt (n, 0);
}
END_TEST

START_TEST (test_position)
{
  PtlItem item = { PTL_RECORD_NODE, MP01 };

  select_item (PTL_RECORD_NODE, MP01, PTL_SELECT_ONLY);
  ck_assert_str_eq (shown ("Horizontal"), "760");
  enter ("Horizontal");
  type ("Horizontal", "800.5");
  ck_assert_double_eq (node (MP01)->x, 800.5);
  type ("Horizontal", "99999999999");
  ck_assert (is_refused ("Horizontal"));
  ck_assert_double_eq (node (MP01)->x, 760);
  leave ("Horizontal");
  ck_assert_str_eq (shown ("Horizontal"), "760");
  gtk_spin_button_spin (GTK_SPIN_BUTTON (field ("Horizontal")->editor), GTK_SPIN_STEP_FORWARD, 1);
  ck_assert_double_eq (node (MP01)->x, 761);
  ck_assert (ptl_edit_move (history, &item, 1, 39, 4, NULL));
  ck_assert_str_eq (shown ("Horizontal"), "800");
  ck_assert_str_eq (shown ("Vertical"), "84");
}
END_TEST

START_TEST (test_firewall)
{
  GtkWidget *picker;

  select_item (PTL_RECORD_FIREWALL, 0, PTL_SELECT_ONLY);
  g_signal_emit_by_name (find (inspector, has_tooltip, "Remove Corporate"), "clicked");
  ck_assert_uint_eq (((PtlFirewall *) plan->firewalls->pdata[0])->zones->len, 2);
  ck_assert_ptr_nonnull (
      find (inspector, is_label, "A firewall joins two zones at least: join it to another zone first, or delete it"));
  picker = find (inspector, is_picker, NULL);
  g_signal_emit_by_name (picker, "picked", "net");
  ck_assert_uint_eq (((PtlFirewall *) plan->firewalls->pdata[0])->zones->len, 3);
  g_signal_emit_by_name (find (inspector, has_tooltip, "Remove Corporate"), "clicked");
  ck_assert_uint_eq (((PtlFirewall *) plan->firewalls->pdata[0])->zones->len, 2);
}
END_TEST

START_TEST (test_roles)
{
  GtkWidget *picker;

  select_item (PTL_RECORD_NODE, MP01, PTL_SELECT_ONLY);
  g_signal_emit_by_name (find (inspector, has_tooltip, "Remove Management point"), "clicked");
  ck_assert_uint_eq (node (MP01)->roles->len, 1); /* a node has one role at least */
  picker = find (inspector, is_picker, NULL);
  g_signal_emit_by_name (picker, "picked", "sql-server");
  ck_assert_uint_eq (node (MP01)->roles->len, 2);
  g_signal_emit_by_name (find (inspector, has_tooltip, "Remove Management point"), "clicked");
  ck_assert_uint_eq (node (MP01)->roles->len, 1);
  ck_assert_ptr_null (find (inspector, has_tooltip, "Remove Management point"));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("inspector");
  TCase *tests = tcase_create ("inspector");
  SRunner *runner;
  int failed;

  gtk_init ();
  tcase_set_timeout (tests, 120);
  tcase_add_checked_fixture (tests, set_up, tear_down);
  tcase_add_test (tests, test_typing);
  tcase_add_test (tests, test_refusal);
  tcase_add_test (tests, test_refusal_after_a_value);
  tcase_add_test (tests, test_escape);
  tcase_add_test (tests, test_edit_elsewhere);
  tcase_add_test (tests, test_selection);
  tcase_add_test (tests, test_site);
  tcase_add_test (tests, test_focus_name);
  tcase_add_test (tests, test_several);
  tcase_add_test (tests, test_setting);
  tcase_add_test (tests, test_feature);
  tcase_add_test (tests, test_wheel);
  tcase_add_test (tests, test_position);
  tcase_add_test (tests, test_firewall);
  tcase_add_test (tests, test_roles);
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
