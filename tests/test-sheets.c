#include <check.h>
#include <stdlib.h>

#include "app/ptl-problem-list.h"
#include "app/ptl-results.h"
#include "app/ptl-sheet-clip.h"
#include "app/ptl-sheet-tab.h"
#include "app/ptl-sheet-view.h"
#include "export/ptl-csv.h"
#include "export/ptl-sheet-csv.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"
#include "plan/ptl-edit-delete.h"
#include "plan/ptl-edit-fields.h"

static PtlCatalogue *catalogue;
static PtlSession *session;
static PtlHistory *history;
static GtkWidget *window; /* of the widget under test, or NULL */
static PtlResults *results;
static PtlSheetView *view;
static PtlSheetModel *model; /* of the view */

static void
set_up (void)
{
  catalogue = ptl_catalogue_load (NULL);
}

static void
tear_down (void)
{
  g_clear_pointer ((GtkWindow **) &window, gtk_window_destroy);
  if (session != NULL)
    g_assert_finalize_object (session);
  session = NULL;
  ptl_catalogue_free (catalogue);
}

static PtlPlan *
read_plan (GInputStream *stream)
{
  g_autoptr (GPtrArray) problems = NULL;
  PtlPlan *plan = ptl_plan_read (catalogue, stream, &problems);

  ck_assert_ptr_nonnull (plan);
  return plan;
}

static void
take_plan (GInputStream *stream)
{
  g_autoptr (PtlPlan) plan = read_plan (stream);

  session = ptl_session_new (plan);
  history = ptl_session_get_history (session);
}

static void
open_template (const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/data/templates/%s.portolan", g_getenv ("PTL_SOURCE_ROOT"), name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GInputStream) stream = G_INPUT_STREAM (g_file_read (file, NULL, NULL));

  ck_assert_ptr_nonnull (stream);
  take_plan (stream);
}

/* The first widget of the type below another one. */
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
show_results (const char *template)
{
  open_template (template);
  results = g_object_new (PTL_TYPE_RESULTS, NULL);
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 400);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (results));
  ptl_results_set_session (results, session);
  view = find_widget (GTK_WIDGET (results), PTL_TYPE_SHEET_VIEW);
  model = ptl_sheet_view_get_model (view);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
}

static guint
n_rows (void)
{
  return g_list_model_get_n_items (G_LIST_MODEL (model));
}

static PtlItem
find_item (PtlRecordKind kind, const char *id)
{
  int index = ptl_history_find (history, kind, id);

  ck_assert_int_ge (index, 0);
  return (PtlItem){ kind, (guint) index };
}

static void
select_node (const char *id)
{
  PtlItem item = find_item (PTL_RECORD_NODE, id);

  ptl_session_select (session, &item, 1, PTL_SELECT_ONLY);
}

static void
set_text (PtlRecordKind kind, const char *id, PtlTextField field, const char *text)
{
  PtlItem item = find_item (kind, id);

  ck_assert (ptl_edit_set_text (history, field, &item, 1, text, NULL));
}

/* The rows are those of the exported sheet */

static char *
write_csv (PtlSheets *sheets, guint firewall)
{
  PtlOutput *output = ptl_output_new_for_memory ();
  g_autoptr (GBytes) bytes = NULL;

  ptl_sheet_write_csv (output, sheets, firewall);
  bytes = ptl_output_finish_bytes (output);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The model's rows as CSV. */
static char *
spell_csv (PtlSheetModel *rows)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < PTL_N_SHEET_COLUMNS; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", ptl_sheet_title (i));
  g_string_append (text, "\r\n");
  for (guint r = 0; r < g_list_model_get_n_items (G_LIST_MODEL (rows)); r++)
    {
      for (guint i = 0; i < PTL_N_SHEET_COLUMNS; i++)
        {
          g_autofree char *cell = ptl_sheet_model_get_cell (rows, r, i);

          g_string_append (text, i > 0 ? "," : "");
          ptl_csv_append (text, cell);
        }
      g_string_append (text, "\r\n");
    }
  return g_strdup (text->str);
}

static void
check_same (PtlSheetModel *rows, PtlSheets *sheets, guint firewall)
{
  g_autofree char *exported = write_csv (sheets, firewall), *shown = spell_csv (rows);

  ck_assert_str_eq (shown, exported);
}

/* The cells of the rows that the list has made are those of the model, as they are cut. */
static void
check_labels (GtkWidget *widget)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (widget), "item");

  if (item != NULL && gtk_list_item_get_item (item) != NULL)
    {
      PtlSheetColumn column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "column"));
      guint position = gtk_list_item_get_position (item);
      g_autofree char *cell = ptl_sheet_model_get_cell (model, position, column);

      ck_assert_uint_lt (position, n_rows ());
      ck_assert_int_eq (gtk_list_item_get_selected (item),
                        gtk_selection_model_is_selected (GTK_SELECTION_MODEL (model), position));
      if (g_utf8_strlen (cell, -1) <= 200)
        ck_assert_str_eq (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), cell);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_labels (child);
}

static const char *const templates[] = { "hierarchy", "internet-clients", "perimeter", "stand-alone" };

START_TEST (test_rows_are_the_exported_ones)
{
  PtlSheets *sheets;
  guint n = 0;

  show_results (templates[_i]);
  sheets = ptl_session_get_sheets (session);
  for (guint i = 0; i < ptl_sheets_routes (sheets)->n_firewalls; i++)
    if (ptl_sheets_has_sheet (sheets, i))
      {
        ptl_results_show_sheet (results, ptl_sheets_routes (sheets)->firewalls[i].id);
        check_same (model, sheets, i);
        check_labels (GTK_WIDGET (view));
        n += n_rows ();
      }
  ck_assert_uint_gt (n, 0);
}
END_TEST

static const char *const odd_names[] = { "=SUM(A1)", "one; other", "a, \"b\"", "+1", "", "Zürich", "tab\there" };

/* A plan of a few zones, firewalls and nodes with any roles, names and addresses. */
static char *
random_plan (GRand *rand)
{
  GString *text = g_string_new ("<plan xmlns='urn:portolan:plan:1' title='T'><site code='P01' kind='primary'/>");
  guint n_zones = (guint) g_rand_int_range (rand, 2, 6);

  for (guint i = 0; i < n_zones; i++)
    g_string_append_printf (text, "<zone id='z%u' name='Zone %u' kind='intranet'/>", i, i % 3);
  for (guint i = 1; i < n_zones; i++)
    if (g_rand_boolean (rand))
      g_string_append_printf (text, "<firewall id='f%u' name='Wall' zones='z%u z%u' note='n%u'/>", i,
                              (guint) g_rand_int_range (rand, 0, (int) i), i, i);
  for (guint i = 0; i < 25; i++)
    {
      const PtlRole *role
          = &g_array_index (catalogue->roles, PtlRole, (guint) g_rand_int_range (rand, 0, (int) catalogue->roles->len));
      const char *odd = odd_names[g_rand_int_range (rand, 0, G_N_ELEMENTS (odd_names))];
      g_autofree char *name = g_markup_escape_text (*odd != '\0' ? odd : "Node", -1);

      g_string_append_printf (
          text, "<node id='n%u' name='%s' zone='z%u' site='P01' addresses='%s'><role name='%s'/></node>", i, name,
          (guint) g_rand_int_range (rand, 0, (int) n_zones), g_rand_boolean (rand) ? "" : "192.0.2.7", role->name);
    }
  g_string_append (text, "</plan>");
  return g_string_free (text, FALSE);
}

START_TEST (test_rows_of_random_plans)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint) _i);
  g_autofree char *text = random_plan (rand);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (PtlSheetModel) rows = ptl_sheet_model_new ();
  PtlSheets *sheets;

  take_plan (stream);
  sheets = ptl_session_get_sheets (session);
  for (guint i = 0; i < ptl_sheets_routes (sheets)->n_firewalls; i++)
    {
      ptl_sheet_model_show (rows, sheets, i, NULL);
      check_same (rows, sheets, i);
    }
}
END_TEST

/* Tabs */

static GListModel *
get_tabs (void)
{
  GtkListView *list = find_widget (GTK_WIDGET (results), GTK_TYPE_LIST_VIEW);

  return G_LIST_MODEL (gtk_list_view_get_model (list));
}

static char *
spell_tabs (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (get_tabs ()); i++)
    {
      g_autoptr (PtlSheetTab) tab = g_list_model_get_item (get_tabs (), i);
      g_autofree char *name = NULL;
      guint n;

      g_object_get (tab, "name", &name, "n-rules", &n, NULL);
      g_string_append_printf (text, "%s%s %u", i > 0 ? ", " : "", name, n);
    }
  return g_string_free (text, FALSE);
}

static void
check_tabs (const char *wanted)
{
  g_autofree char *tabs = spell_tabs ();

  ck_assert_str_eq (tabs, wanted);
}

/* What crosses where the plan has no firewall has a sheet all the same. */
START_TEST (test_implied_firewalls)
{
  static const char text[]
      = "<plan xmlns='urn:portolan:plan:1' title='T'><site code='P01' kind='primary'/>"
        "<zone id='a' name='A' kind='intranet'/><zone id='b' name='B' kind='intranet'/>"
        "<node id='cm' name='CM' zone='a' site='P01'><role name='site-server'/></node>"
        "<node id='dp' name='DP' zone='b' site='P01'><role name='distribution-point'/></node></plan>";
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autofree char *tabs = NULL;

  show_results ("stand-alone");
  ptl_results_set_session (results, NULL);
  ck_assert_uint_eq (g_list_model_get_n_items (get_tabs ()), 0);
  g_assert_finalize_object (session);
  take_plan (stream);
  ptl_results_set_session (results, session);
  tabs = spell_tabs ();
  ck_assert (g_str_has_prefix (tabs, "A~B ") || g_str_has_prefix (tabs, "a~b "));
  ck_assert_str_eq (ptl_results_get_sheet (results), "a~b");
  ck_assert_uint_gt (n_rows (), 0);
}
END_TEST

START_TEST (test_tabs_follow_edits)
{
  PtlItem inner;

  show_results ("perimeter");
  check_tabs ("Inner firewall 22, Edge firewall 7");
  ptl_results_show_sheet (results, "fw-edge");
  ck_assert_uint_eq (n_rows (), 7);
  set_text (PTL_RECORD_FIREWALL, "fw-edge", PTL_FIELD_NAME, "Outer");
  check_tabs ("Inner firewall 22, Outer 7");
  inner = find_item (PTL_RECORD_FIREWALL, "fw-inner");
  ck_assert (ptl_edit_delete (history, &inner, 1, NULL));
  check_tabs ("Outer 3"); /* no way leads from the corporate network to the internet */
  ck_assert_str_eq (ptl_results_get_sheet (results), "fw-edge");
  ck_assert_uint_eq (n_rows (), 3);
  ptl_history_undo (history);
  check_tabs ("Inner firewall 22, Outer 7");
  ck_assert_str_eq (ptl_results_get_sheet (results), "fw-edge");
  ptl_results_show_sheet (results, NULL);
  ck_assert_ptr_null (ptl_results_get_sheet (results));
  ptl_results_show_sheet (results, "fw-inner");
  ck_assert_str_eq (ptl_results_get_sheet (results), "fw-inner");
  ck_assert_uint_eq (n_rows (), 22);
}
END_TEST

/* Rows over edits */

static GtkSelectionModel *
get_selection (void)
{
  return GTK_SELECTION_MODEL (model);
}

/* The first row of which the cell is `text`. */
static guint
find_row (PtlSheetColumn column, const char *text)
{
  for (guint i = 0; i < n_rows (); i++)
    {
      g_autofree char *cell = ptl_sheet_model_get_cell (model, i, column);

      if (g_str_equal (cell, text))
        return i;
    }
  ck_abort_msg ("no row with %s", text);
  return 0;
}

static guint
count_selected (void)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (get_selection ());

  return (guint) gtk_bitset_get_size (selected);
}

/* Cells that are marked as changed, all of them with the text. */
static guint
count_marked (GtkWidget *widget, const char *text)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  guint n = 0;

  if (child != NULL && GTK_IS_INSCRIPTION (child) && gtk_widget_has_css_class (widget, "new"))
    {
      ck_assert_ptr_nonnull (strstr (gtk_inscription_get_text (GTK_INSCRIPTION (child)), text));
      n++;
    }
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_marked (child, text);
  return n;
}

START_TEST (test_changed_cells_are_marked)
{
  show_results ("perimeter");
  set_text (PTL_RECORD_NODE, "mp02", PTL_FIELD_ADDRESSES, "203.0.113.99");
  ck_assert_uint_gt (count_marked (GTK_WIDGET (view), "203.0.113.99"), 0);
  ptl_results_show_sheet (results, "fw-edge");
  ptl_results_show_sheet (results, "fw-inner");
  ck_assert_uint_eq (count_marked (GTK_WIDGET (view), "203.0.113.99"), 0);
  ptl_sheet_model_sort (model, PTL_SHEET_SOURCE, FALSE);
  set_text (PTL_RECORD_NODE, "cm01", PTL_FIELD_NAME, "ZZ"); /* the rows stand elsewhere, and no cell has changed */
  ck_assert_uint_eq (count_marked (GTK_WIDGET (view), "ZZ"), 0);
  ptl_sheet_model_sort (model, PTL_N_SHEET_COLUMNS, FALSE);
}
END_TEST

START_TEST (test_rows_follow_edits)
{
  PtlItem plan = { PTL_RECORD_PLAN, 0 };
  guint setting = (guint) ptl_catalogue_find_setting (catalogue, "sql-port"), at;
  g_autofree char *id = NULL, *cell = NULL;

  show_results ("perimeter");
  at = find_row (PTL_SHEET_DESTINATION_PORT, "445");
  id = ptl_sheet_model_get_cell (model, at, PTL_SHEET_RULE);
  gtk_selection_model_select_item (get_selection (), at, TRUE);
  set_text (PTL_RECORD_NODE, "cm01", PTL_FIELD_NAME, "CM99");
  at = find_row (PTL_SHEET_RULE, id);
  ck_assert (gtk_selection_model_is_selected (get_selection (), at));
  cell = ptl_sheet_model_get_cell (model, at, PTL_SHEET_SOURCE);
  ck_assert_str_eq (cell, "CM99");
  check_labels (GTK_WIDGET (view));
  ck_assert (!ptl_sheet_model_is_new (model, at));

  ck_assert (ptl_edit_set_setting (history, &plan, 1, setting, "1500", NULL));
  at = find_row (PTL_SHEET_DESTINATION_PORT, "1500");
  ck_assert (ptl_sheet_model_is_new (model, at));
  ck_assert (gtk_selection_model_is_selected (get_selection (), find_row (PTL_SHEET_RULE, id)));
  ck_assert_uint_eq (count_selected (), 1);
  check_labels (GTK_WIDGET (view));
  check_same (model, ptl_session_get_sheets (session), 0);
}
END_TEST

/* Whatever is shown after whatever else: each cell that the list has bound tells what the model says. */
static void
on_items_changed_cb (GListModel *list, guint position, guint n_removed, guint n_added, guint *n)
{
  ck_assert_uint_le (position + n_removed, *n);
  *n = *n - n_removed + n_added;
  ck_assert_uint_eq (*n, g_list_model_get_n_items (list));
}

START_TEST (test_changes_are_told)
{
  static const char *const filters[] = { "", "443", "cm01", "nothing at all", "tcp" };
  static const char *const firewalls[] = { "fw-inner", "fw-edge" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint n;

  show_results ("perimeter");
  n = n_rows ();
  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed_cb), &n);
  for (guint i = 0; i < 200; i++)
    {
      int kind = g_rand_int_range (rand, 0, 5);

      if (kind == 0)
        ptl_results_show_sheet (results, firewalls[g_rand_int_range (rand, 0, 2)]);
      else if (kind == 1)
        ptl_sheet_model_set_filter (model, filters[g_rand_int_range (rand, 0, G_N_ELEMENTS (filters))]);
      else if (kind == 2)
        ptl_sheet_model_sort (model, (guint) g_rand_int_range (rand, 0, PTL_N_SHEET_COLUMNS + 1),
                              g_rand_boolean (rand));
      else if (kind == 3)
        set_text (PTL_RECORD_NODE, "dp02", PTL_FIELD_NAME, i % 2 == 0 ? "DP02" : "DP03");
      else if (n_rows () > 0)
        gtk_selection_model_select_item (get_selection (), (guint) g_rand_int_range (rand, 0, (int) n_rows ()), FALSE);
      check_labels (GTK_WIDGET (view));
      if (i % 10 == 0)
        gtk_test_widget_wait_for_draw (window);
    }
  g_signal_handlers_disconnect_by_data (model, &n);
}
END_TEST

/* A list that was scrolled shows another sheet from the top, and nothing at all without complaint. */
START_TEST (test_scrolled)
{
  GtkAdjustment *adjustment;

  show_results ("hierarchy");
  adjustment = gtk_scrolled_window_get_vadjustment (find_widget (GTK_WIDGET (view), GTK_TYPE_SCROLLED_WINDOW));
  ptl_results_show_sheet (results, "wan-europe");
  gtk_test_widget_wait_for_draw (window);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  gtk_test_widget_wait_for_draw (window);
  ck_assert_double_gt (gtk_adjustment_get_value (adjustment), 0);
  ptl_results_show_sheet (results, "wan-americas");
  gtk_test_widget_wait_for_draw (window);
  ck_assert_double_eq (gtk_adjustment_get_value (adjustment), 0);
  check_labels (GTK_WIDGET (view));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  gtk_test_widget_wait_for_draw (window);
  ptl_sheet_model_set_filter (model, "nowhere");
  gtk_test_widget_wait_for_draw (window);
  ptl_sheet_model_set_filter (model, "");
  gtk_test_widget_wait_for_draw (window);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  ptl_results_set_session (results, NULL);
  gtk_test_widget_wait_for_draw (window);
}
END_TEST

/* Filter and order */

START_TEST (test_filter)
{
  show_results ("perimeter");
  ptl_sheet_model_set_filter (model, "SUP02");
  ck_assert_uint_gt (n_rows (), 0);
  ck_assert_uint_lt (n_rows (), 22);
  for (guint i = 0; i < n_rows (); i++)
    {
      g_autoptr (GString) all = g_string_new (NULL);

      for (guint c = 0; c < PTL_N_SHEET_COLUMNS; c++)
        ptl_sheet_append_cell (all, ptl_session_get_sheets (session), 0, ptl_sheet_model_get_row (model, i), c);
      ck_assert_ptr_nonnull (strstr (all->str, "SUP02"));
    }
  ptl_sheet_model_set_filter (model, "sup02");
  ck_assert_uint_gt (n_rows (), 0);
  set_text (PTL_RECORD_NODE, "sup02", PTL_FIELD_NAME, "Other");
  ck_assert_uint_lt (n_rows (), 22); /* the id stands in no cell, the name is gone */
  ptl_sheet_model_set_filter (model, "nowhere");
  ck_assert_uint_eq (n_rows (), 0);
  ptl_sheet_model_set_filter (model, "");
  check_same (model, ptl_session_get_sheets (session), 0);
}
END_TEST

START_TEST (test_order)
{
  GtkColumnView *table;
  g_autoptr (GtkColumnViewColumn) column = NULL;
  guint last = 0;

  show_results ("perimeter");
  table = find_widget (GTK_WIDGET (view), GTK_TYPE_COLUMN_VIEW);
  column = g_list_model_get_item (gtk_column_view_get_columns (table), 8);
  ck_assert_str_eq (gtk_column_view_column_get_title (column), "Destination port");
  gtk_column_view_sort_by_column (table, column, GTK_SORT_ASCENDING);
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < n_rows (); i++)
        {
          const PtlRow *row = ptl_sheet_model_get_row (model, i);
          guint port = row->n_ranges > 0 ? row->ranges[0].from : 0;

          if (port == 0) /* "echo-request" comes behind all numbers */
            continue;
          if (last > 0 && pass == 0)
            ck_assert_uint_ge (port, last);
          else if (last > 0)
            ck_assert_uint_le (port, last);
          last = port;
        }
      gtk_column_view_sort_by_column (table, column, GTK_SORT_DESCENDING);
      last = 0;
    }
  gtk_widget_activate_action (GTK_WIDGET (view), "sheet.sort", "s", "");
  check_same (model, ptl_session_get_sheets (session), 0);
  gtk_widget_activate_action (GTK_WIDGET (view), "sheet.sort", "s", "Service");
  ck_assert_ptr_ne (ptl_sheet_model_get_row (model, 0),
                    ptl_sheets_rows (ptl_session_get_sheets (session), 0)->pdata[0]);
  gtk_column_view_sort_by_column (table, NULL, GTK_SORT_ASCENDING);
  check_same (model, ptl_session_get_sheets (session), 0);
}
END_TEST

static GtkColumnViewColumn *
get_column (PtlSheetView *of, guint i)
{
  GtkColumnView *table = find_widget (GTK_WIDGET (of), GTK_TYPE_COLUMN_VIEW);
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (gtk_column_view_get_columns (table), i);

  return column; /* the view's */
}

START_TEST (test_columns_are_remembered)
{
  g_autoptr (PtlSheetView) other = NULL;
  const PtlRow *first;

  show_results ("perimeter");
  gtk_widget_activate_action (GTK_WIDGET (view), "sheet.column-2", NULL);
  ck_assert (!gtk_column_view_column_get_visible (get_column (view, 2)));
  gtk_widget_activate_action (GTK_WIDGET (view), "sheet.sort", "s", "Destination port");
  gtk_widget_activate_action (GTK_WIDGET (view), "sheet.descending", NULL);
  first = ptl_sheet_model_get_row (model, 0);

  other = g_object_ref_sink (g_object_new (PTL_TYPE_SHEET_VIEW, NULL));
  ck_assert (!gtk_column_view_column_get_visible (get_column (other, 2)));
  ck_assert (gtk_column_view_column_get_visible (get_column (other, 3)));
  ptl_sheet_view_show (other, session, 0, NULL);
  ck_assert_ptr_eq (ptl_sheet_model_get_row (ptl_sheet_view_get_model (other), 0), first);

  gtk_widget_activate_action (GTK_WIDGET (view), "sheet.column-2", NULL);
  gtk_widget_activate_action (GTK_WIDGET (view), "sheet.sort", "s", "");
}
END_TEST

/* Rows and arrows */

static gboolean
in_list (const guint *list, guint n, guint value)
{
  for (guint i = 0; i < n; i++)
    if (list[i] == value)
      return TRUE;
  return FALSE;
}

static gboolean
has_pair (const PtlRow *row, guint a, guint b)
{
  return in_list (row->sources, row->n_sources, a) && in_list (row->destinations, row->n_destinations, b);
}

static void
check_light (const PtlRow *one, const PtlRow *other)
{
  const PtlTalks *talks = ptl_session_get_talks (session);
  guint n_talks, n_nodes;
  const guint *lit = ptl_session_get_lit_talks (session, &n_talks);
  const guint *nodes = ptl_session_get_lit_nodes (session, &n_nodes);

  for (guint i = 0; i < talks->n; i++)
    {
      guint a = talks->talks[i].a, b = talks->talks[i].b;

      ck_assert_int_eq (in_list (lit, n_talks, i), has_pair (one, a, b) || has_pair (one, b, a)
                                                       || has_pair (other, a, b) || has_pair (other, b, a));
    }
  for (guint i = 0; i < talks->routes->flows->graph->n_nodes; i++)
    ck_assert_int_eq (in_list (nodes, n_nodes, i), in_list (one->sources, one->n_sources, i)
                                                       || in_list (one->destinations, one->n_destinations, i)
                                                       || in_list (other->sources, other->n_sources, i)
                                                       || in_list (other->destinations, other->n_destinations, i));
}

static void
on_emitted_cb (PtlSession *emitter, guint *n)
{
  ++*n;
}

START_TEST (test_rows_light_arrows)
{
  guint n_selections = 0, n;

  show_results ("perimeter");
  g_signal_connect (session, "selection-changed", G_CALLBACK (on_emitted_cb), &n_selections);
  for (guint i = 0; i + 1 < n_rows (); i++)
    {
      gtk_selection_model_select_item (get_selection (), i, TRUE);
      gtk_selection_model_select_item (get_selection (), i + 1, FALSE);
      check_light (ptl_sheet_model_get_row (model, i), ptl_sheet_model_get_row (model, i + 1));
    }
  set_text (PTL_RECORD_NODE, "cm01", PTL_FIELD_NAME, "CM99"); /* puts the light out */
  check_light (ptl_sheet_model_get_row (model, n_rows () - 2), ptl_sheet_model_get_row (model, n_rows () - 1));
  ck_assert_uint_eq (n_selections, 0);
  ptl_sheet_view_unselect (view);
  ptl_session_get_lit_talks (session, &n);
  ck_assert_uint_eq (n, 0);
}
END_TEST

static GtkWidget *
find_bar (void)
{
  for (GtkWidget *child = gtk_widget_get_prev_sibling (GTK_WIDGET (view)); child != NULL;
       child = gtk_widget_get_prev_sibling (child))
    if (gtk_widget_has_css_class (child, "scope"))
      return child;
  ck_abort ();
  return NULL;
}

static void
check_bar (const char *wanted)
{
  ck_assert_int_eq (gtk_widget_get_visible (find_bar ()), wanted != NULL);
  if (wanted != NULL)
    ck_assert_str_eq (gtk_label_get_text (find_widget (find_bar (), GTK_TYPE_LABEL)), wanted);
}

START_TEST (test_arrows_leave_their_rows)
{
  guint cm01, mp02, n_lights = 0;

  show_results ("perimeter");
  g_signal_connect (session, "light-changed", G_CALLBACK (on_emitted_cb), &n_lights);
  check_bar (NULL);
  ptl_session_set_focus (session, PTL_FOCUS_TALK, "cm01", "mp02");
  cm01 = find_item (PTL_RECORD_NODE, "cm01").index;
  mp02 = find_item (PTL_RECORD_NODE, "mp02").index;
  ck_assert_uint_gt (n_rows (), 0);
  ck_assert_uint_lt (n_rows (), 22);
  for (guint i = 0; i < n_rows (); i++)
    ck_assert (has_pair (ptl_sheet_model_get_row (model, i), cm01, mp02)
               || has_pair (ptl_sheet_model_get_row (model, i), mp02, cm01));
  check_bar ("3 of 22 rules belong to CM01 – MP02");
  ck_assert_uint_eq (n_lights, 0);

  g_signal_emit_by_name (find_widget (find_bar (), GTK_TYPE_BUTTON), "clicked");
  ck_assert_uint_eq (n_rows (), 22);
  check_bar (NULL);
  set_text (PTL_RECORD_NODE, "cm01", PTL_FIELD_NAME, "CM99");
  ck_assert_uint_eq (n_rows (), 22);
  ptl_session_set_focus (session, PTL_FOCUS_NONE, NULL, NULL);
  ptl_session_set_focus (session, PTL_FOCUS_TALK, "cm01", "mp02");
  check_bar ("3 of 22 rules belong to CM99 – MP02");
  ptl_session_set_focus (session, PTL_FOCUS_TRUNK, "corp", "dmz");
  check_bar ("18 of 22 rules belong to Corporate network – Perimeter");
}
END_TEST

START_TEST (test_nodes_open_their_sheet)
{
  PtlItem edge;

  show_results ("perimeter");
  select_node ("laptops"); /* nothing of theirs goes through the inner firewall */
  ck_assert_str_eq (ptl_results_get_sheet (results), "fw-edge");
  check_bar ("3 of 7 rules belong to Travelling laptops");
  select_node ("mp02");
  ck_assert_str_eq (ptl_results_get_sheet (results), "fw-edge");
  select_node ("sql01");
  ck_assert_str_eq (ptl_results_get_sheet (results), "fw-inner");
  select_node ("ca01"); /* nothing of it crosses */
  check_bar (NULL);
  ck_assert_uint_eq (n_rows (), 22);
  edge = find_item (PTL_RECORD_FIREWALL, "fw-edge");
  ptl_session_select (session, &edge, 1, PTL_SELECT_ONLY);
  ck_assert_str_eq (ptl_results_get_sheet (results), "fw-edge");
  ptl_results_show_sheet (results, NULL);
  select_node ("sql01"); /* the problems stay where they are */
  ck_assert_ptr_null (ptl_results_get_sheet (results));
}
END_TEST

/* The clipboard */

static void
on_read_cb (GObject *clipboard, GAsyncResult *result, gpointer text)
{
  *(char **) text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

START_TEST (test_copy)
{
  GdkClipboard *clipboard;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  show_results ("perimeter");
  set_text (PTL_RECORD_NODE, "cm01", PTL_FIELD_NAME, "CM \"01\"");
  clipboard = gtk_widget_get_clipboard (window);
  gtk_selection_model_select_item (get_selection (), 2, TRUE);
  gtk_selection_model_select_item (get_selection (), 4, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (view), "sheet.column-0", NULL);
  ck_assert (gtk_widget_activate_action (GTK_WIDGET (view), "sheet.copy", NULL));
  gtk_widget_activate_action (GTK_WIDGET (view), "sheet.column-0", NULL);
  gdk_clipboard_read_text_async (clipboard, NULL, on_read_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  lines = g_strsplit (text, "\n", -1);
  ck_assert_uint_eq (g_strv_length (lines), 4);
  ck_assert_str_eq (lines[0], "Source zone\tSource\tSource address\tDestination zone\tDestination\tDestination "
                              "address\tProtocol\tDestination port\tService\tPhase\tPurpose\tReference\tNote");
  for (guint i = 1; i <= 2; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      g_autofree char *port = ptl_sheet_model_get_cell (model, i * 2, PTL_SHEET_DESTINATION_PORT);

      ck_assert_uint_eq (g_strv_length (cells), 13);
      ck_assert_str_eq (cells[7], port);
    }
  ck_assert_ptr_nonnull (strstr (text, "\"CM \"\"01\"\"\""));
  ck_assert (gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard), "text/csv"));
  ptl_sheet_view_unselect (view);
  gtk_widget_activate_action (GTK_WIDGET (view), "sheet.select-all", NULL);
  ck_assert_uint_eq (count_selected (), 22);
}
END_TEST

/* Large sheets */

/* Seconds that it takes to show, sort, filter and show again so many rows. */
static double
time_rows (guint n_wanted)
{
  g_autoptr (GString) text
      = g_string_new ("<plan xmlns='urn:portolan:plan:1' title='T'><site code='P01' kind='primary'/>"
                      "<zone id='a' name='A' kind='intranet'/><zone id='b' name='B' kind='intranet'/>"
                      "<firewall id='f' name='F' zones='a b'/>");
  g_autoptr (PtlSheetModel) rows = ptl_sheet_model_new ();
  g_autoptr (PtlSheets) sheets = NULL;
  g_autoptr (GInputStream) stream = NULL;
  gint64 began;

  for (guint i = 0; i < n_wanted / 4; i++)
    g_string_append_printf (text, "<node id='n%u' name='N%u' zone='b' site='P01'><role name='client'/></node>", i, i);
  g_string_append (text, "<node id='mp' name='MP' zone='a' site='P01'><role name='management-point'/>"
                         "<role name='distribution-point'/></node></plan>");
  stream = g_memory_input_stream_new_from_data (text->str, -1, NULL);
  take_plan (stream);
  sheets = ptl_sheets_new (ptl_session_get_routes (session), TRUE);
  ck_assert_uint_ge (ptl_sheets_rows (sheets, 0)->len, n_wanted / 4);
  began = g_get_monotonic_time ();
  ptl_sheet_model_show (rows, sheets, 0, NULL);
  ptl_sheet_model_sort (rows, PTL_SHEET_DESTINATION_PORT, TRUE);
  ptl_sheet_model_set_filter (rows, "n1");
  ptl_sheet_model_show (rows, sheets, 0, NULL);
  ptl_sheet_model_set_filter (rows, "");
  g_clear_object (&session);
  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

START_TEST (test_large_sheet)
{
  double small = time_rows (5000), large = time_rows (20000);

  ck_assert_double_lt (large, MAX (small, 0.01) * 4 * 4);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("sheets");
  TCase *tests = tcase_create ("sheets");
  SRunner *runner;
  int failed;

  gtk_init ();
  tcase_set_timeout (tests, 120);
  tcase_add_checked_fixture (tests, set_up, tear_down);
  tcase_add_loop_test (tests, test_rows_are_the_exported_ones, 0, G_N_ELEMENTS (templates));
  tcase_add_loop_test (tests, test_rows_of_random_plans, 0, 40);
  tcase_add_test (tests, test_implied_firewalls);
  tcase_add_test (tests, test_tabs_follow_edits);
  tcase_add_test (tests, test_rows_follow_edits);
  tcase_add_test (tests, test_changed_cells_are_marked);
  tcase_add_test (tests, test_changes_are_told);
  tcase_add_test (tests, test_scrolled);
  tcase_add_test (tests, test_filter);
  tcase_add_test (tests, test_order);
  tcase_add_test (tests, test_columns_are_remembered);
  tcase_add_test (tests, test_rows_light_arrows);
  tcase_add_test (tests, test_arrows_leave_their_rows);
  tcase_add_test (tests, test_nodes_open_their_sheet);
  tcase_add_test (tests, test_copy);
  tcase_add_test (tests, test_large_sheet);
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
