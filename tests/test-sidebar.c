#include <check.h>
#include <stdlib.h>

#include "app/ptl-item-words.h"
#include "app/ptl-outline-model.h"
#include "app/ptl-outline.h"
#include "app/ptl-palette-row.h"
#include "app/ptl-palette-section.h"
#include "app/ptl-palette.h"
#include "app/ptl-site-tree-private.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"
#include "plan/ptl-edit-add.h"
#include "plan/ptl-edit-delete.h"
#include "plan/ptl-edit-fields.h"
#include "plan/ptl-edit-place.h"
#include "plan/ptl-edit-sites.h"

enum
{
  CAS,
  P01,
  P02,
  S01
}; /* sites */
enum
{
  DMZ,
  CORP
}; /* zones, the second of them on the left */
enum
{
  CM01,
  MP01,
  LONE
}; /* nodes */

static const char start[]
    = "<plan xmlns='urn:portolan:plan:1' title='Test'>"
      "<site code='CAS' kind='cas'/>"
      "<site code='P01' name='Headquarters' kind='primary' parent='CAS'/>"
      "<site code='P02' kind='primary' parent='CAS'/>"
      "<site code='S01' kind='secondary' parent='P01'/>"
      "<zone id='dmz' name='Perimeter' kind='perimeter' x='720' y='0' width='320' height='480'/>"
      "<zone id='corp' name='Corporate' kind='intranet' x='0' y='0' width='640' height='480'/>"
      "<firewall id='fw' name='Inner firewall' zones='dmz corp' x='680' y='240'/>"
      "<node id='cm01' name='CM01' zone='corp' site='P01' x='40' y='80'><role name='site-server'/></node>"
      "<node id='mp01' name='MP01' zone='dmz' site='P02' x='760' y='80' addresses='203.0.113.12'>"
      "<role name='management-point'/><role name='distribution-point'/></node>"
      "<node id='lone' name='Lone' x='2000' y='2000'><role name='client'/></node>"
      "</plan>";

static PtlCatalogue *catalogue;
static PtlSession *session;
static PtlHistory *history;
static PtlPlan *plan;    /* the session's */
static GString *heard;   /* what the session said */
static GtkWidget *shown; /* the window of the widget under test, or NULL */

static void
on_said_cb (PtlSession *emitter, const char *sentence, gpointer data)
{
  g_string_assign (heard, sentence);
}

static void
take_plan (PtlPlan *taken)
{
  session = ptl_session_new (taken);
  history = ptl_session_get_history (session);
  plan = ptl_session_get_plan (session);
  g_signal_connect (session, "said", G_CALLBACK (on_said_cb), NULL);
}

static void
set_up (void)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (start, -1, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) read = NULL;

  catalogue = ptl_catalogue_load (NULL);
  heard = g_string_new (NULL);
  read = ptl_plan_read (catalogue, stream, &problems);
  take_plan (read);
}

static void
tear_down (void)
{
  g_clear_pointer ((GtkWindow **) &shown, gtk_window_destroy);
  g_assert_finalize_object (session);
  g_string_free (heard, TRUE);
  ptl_catalogue_free (catalogue);
}

/* Shows a widget until the test ends. */
static void
show (gpointer widget)
{
  shown = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (shown), 260, 600);
  gtk_window_set_child (GTK_WINDOW (shown), widget);
  gtk_window_present (GTK_WINDOW (shown));
  gtk_test_widget_wait_for_draw (shown);
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

static PtlItem
item (PtlRecordKind kind, guint index)
{
  return (PtlItem){ kind, index };
}

/* The palette */

static PtlPalette *
show_palette (void)
{
  PtlPalette *palette = g_object_new (PTL_TYPE_PALETTE, NULL);

  ptl_palette_set_session (palette, session);
  show (palette);
  return palette;
}

static void
on_placed_cb (PtlPalette *palette, const PtlStencil *stencil, PtlStencil *placed)
{
  *placed = *stencil;
}

/* The rows that are shown, or headings. */
static guint
count_rows (PtlPalette *palette, GType type)
{
  GtkListBox *list = find_widget (GTK_WIDGET (palette), GTK_TYPE_LIST_BOX);
  GtkListBoxRow *row;
  guint n = 0;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    n += gtk_widget_get_child_visible (GTK_WIDGET (row)) && G_OBJECT_TYPE (row) == type;
  return n;
}

START_TEST (test_palette_offers_everything)
{
  PtlPalette *palette = show_palette ();
  GtkListBox *list = find_widget (GTK_WIDGET (palette), GTK_TYPE_LIST_BOX);
  GtkListBoxRow *row;
  guint section = 0;
  gboolean removed = FALSE;

  ck_assert_uint_eq (count_rows (palette, PTL_TYPE_PALETTE_ROW), catalogue->roles->len + 3 + 4 + 1);
  ck_assert_uint_eq (count_rows (palette, PTL_TYPE_PALETTE_SECTION), 6);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (PTL_IS_PALETTE_ROW (row))
      {
        const PtlPaletteThing *thing = ptl_palette_row_get_thing (PTL_PALETTE_ROW (row));

        removed = removed && thing->section == section;
        ck_assert (!removed || thing->removed);
        removed = thing->removed;
        section = thing->section;
      }
}
END_TEST

static const struct
{
  const char *text, *role;
} searches[] = {
  { "MP", "management-point" },
  { "dp", "distribution-point" },
  { "sup", "software-update-point" },
  { "CMG", "cmg" },
  { "ssrs", "reporting-services-point" },
  { "WSUS", "upstream-wsus" },
  { "data ware", "data-warehouse-service-point" },
  { "point cmg", "cmg-connection-point" },
};

START_TEST (test_palette_search)
{
  PtlPalette *palette = show_palette ();
  GtkWidget *search = find_widget (GTK_WIDGET (palette), GTK_TYPE_SEARCH_ENTRY);
  PtlStencil placed = { PTL_STENCIL_FIREWALL, 0 };

  g_signal_connect (palette, "placed", G_CALLBACK (on_placed_cb), &placed);
  gtk_editable_set_text (GTK_EDITABLE (search), searches[_i].text);
  g_signal_emit_by_name (search, "activate");
  ck_assert_uint_eq (placed.kind, PTL_STENCIL_ROLE);
  ck_assert_str_eq (ptl_catalogue_role (catalogue, placed.value)->name, searches[_i].role);
  ck_assert_uint_eq (count_rows (palette, PTL_TYPE_PALETTE_SECTION), 0);
  g_signal_emit_by_name (search, "stop-search");
  ck_assert_uint_eq (count_rows (palette, PTL_TYPE_PALETTE_SECTION), 6);
}
END_TEST

START_TEST (test_palette_finds_nothing)
{
  PtlPalette *palette = show_palette ();
  GtkWidget *search = find_widget (GTK_WIDGET (palette), GTK_TYPE_SEARCH_ENTRY);
  PtlStencil placed = { PTL_STENCIL_FIREWALL, 7 };

  g_signal_connect (palette, "placed", G_CALLBACK (on_placed_cb), &placed);
  gtk_editable_set_text (GTK_EDITABLE (search), "toaster");
  g_signal_emit_by_name (search, "activate");
  ck_assert_uint_eq (count_rows (palette, PTL_TYPE_PALETTE_ROW), 0);
  ck_assert_uint_eq (placed.value, 7);
}
END_TEST

START_TEST (test_palette_folds)
{
  PtlPalette *palette = show_palette ();
  guint n = count_rows (palette, PTL_TYPE_PALETTE_ROW);
  GtkWidget *section = find_widget (GTK_WIDGET (palette), PTL_TYPE_PALETTE_SECTION);

  gtk_widget_activate (section);
  ck_assert_uint_eq (count_rows (palette, PTL_TYPE_PALETTE_ROW), n - 3);
  gtk_editable_set_text (find_widget (GTK_WIDGET (palette), GTK_TYPE_SEARCH_ENTRY), "secondary");
  ck_assert_uint_eq (count_rows (palette, PTL_TYPE_PALETTE_ROW), 1);
}
END_TEST

/* The sites */

static PtlSiteTree *
show_tree (void)
{
  PtlSiteTree *tree = g_object_new (PTL_TYPE_SITE_TREE, NULL);

  ptl_site_tree_set_session (tree, session);
  show (tree);
  return tree;
}

/* The codes in the order of the list. */
static char *
list_codes (PtlSiteTree *tree)
{
  GListModel *model = G_LIST_MODEL (tree->selection);
  GString *codes = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkTreeListRow) list_row = g_list_model_get_item (model, i);
      g_autoptr (PtlSiteRow) row = gtk_tree_list_row_get_item (list_row);

      g_string_append_printf (codes, "%*s%s ", (int) gtk_tree_list_row_get_depth (list_row), "", row->code);
    }
  return g_strchomp (g_string_free (codes, FALSE));
}

static void
check_codes (PtlSiteTree *tree, const char *expected)
{
  g_autofree char *codes = list_codes (tree);

  ck_assert_str_eq (codes, expected);
}

static void
choose (PtlSiteTree *tree, const char *code)
{
  ptl_site_tree_choose (tree, code, FALSE);
}

static void
check_chosen (PtlSiteTree *tree, const char *code)
{
  GtkTreeListRow *list_row = gtk_single_selection_get_selected_item (tree->selection);
  g_autoptr (PtlSiteRow) row = list_row != NULL ? gtk_tree_list_row_get_item (list_row) : NULL;

  ck_assert_pstr_eq (row != NULL ? row->code : NULL, code);
}

START_TEST (test_tree_shows_hierarchy)
{
  PtlSiteTree *tree = show_tree ();
  PtlSiteRow *row = ptl_site_model_find (tree->model, "P01");
  PtlItem mp01 = item (PTL_RECORD_NODE, MP01);

  check_codes (tree, "CAS  P01   S01  P02");
  ck_assert_uint_eq (row->n_nodes, 1);
  ck_assert (ptl_edit_set_site (history, &mp01, 1, P01, NULL));
  ck_assert_uint_eq (row->n_nodes, 2);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (ptl_site_cell_get_list_row (ptl_site_tree_find_cell (tree, row))), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "P01 Headquarters, Primary site, 2 nodes");
}
END_TEST

START_TEST (test_tree_reparents)
{
  PtlSiteTree *tree = show_tree ();
  PtlSiteRow *secondary = ptl_site_model_find (tree->model, "S01");

  choose (tree, "S01");
  ck_assert (ptl_site_tree_move (tree, secondary, ptl_site_model_find (tree->model, "P02")));
  check_codes (tree, "CAS  P01  P02   S01");
  ck_assert_ptr_eq (ptl_site_model_find (tree->model, "S01"), secondary);
  check_chosen (tree, "S01");
  ck_assert (ptl_site_tree_move (tree, secondary, NULL));
  check_codes (tree, "CAS  P01  P02 S01");
  ptl_history_undo (history);
  ptl_history_undo (history);
  check_codes (tree, "CAS  P01   S01  P02");
  check_chosen (tree, "S01");
}
END_TEST

START_TEST (test_tree_refuses)
{
  PtlSiteTree *tree = show_tree ();
  PtlSiteRow *primary = ptl_site_model_find (tree->model, "P01");

  ck_assert (!ptl_site_tree_move (tree, primary, ptl_site_model_find (tree->model, "S01")));
  ck_assert_str_eq (heard->str, "the parent of a primary site is a central administration site");
  ck_assert (!ptl_site_tree_move (tree, ptl_site_model_find (tree->model, "CAS"), primary));
  ck_assert (!ptl_site_tree_move (tree, primary, primary));
  ck_assert (!ptl_history_can_undo (history));
}
END_TEST

START_TEST (test_tree_moves_by_key)
{
  PtlSiteTree *tree = show_tree ();

  choose (tree, "S01");
  gtk_widget_activate_action (GTK_WIDGET (tree), "sites.move-next", NULL);
  check_codes (tree, "CAS  P01  P02   S01");
  gtk_widget_activate_action (GTK_WIDGET (tree), "sites.move-next", NULL);
  check_codes (tree, "CAS  P01  P02   S01");
  gtk_widget_activate_action (GTK_WIDGET (tree), "sites.move-previous", NULL);
  gtk_widget_activate_action (GTK_WIDGET (tree), "sites.move-previous", NULL);
  check_codes (tree, "CAS  P01  P02 S01");
}
END_TEST

/* Parents that are not there, are no parents for the kind, or lead back. */
START_TEST (test_tree_stands_broken_parents)
{
  static const struct
  {
    const char *code, *parent;
    PtlSiteKind kind;
  } sites[] = {
    { "A01", "A02", PTL_SITE_PRIMARY },   { "A02", "A01", PTL_SITE_PRIMARY }, { "A03", "A03", PTL_SITE_CAS },
    { "A04", "A05", PTL_SITE_SECONDARY }, { "A05", "XXX", PTL_SITE_PRIMARY },
  };
  g_autoptr (PtlPlan) broken = ptl_plan_new (catalogue);
  g_autoptr (PtlSiteModel) model = ptl_site_model_new ();

  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      PtlSite *site = ptl_site_new ();

      site->kind = sites[i].kind;
      ptl_replace_text (&site->code, sites[i].code);
      ptl_replace_text (&site->parent, sites[i].parent);
      g_ptr_array_add (broken->sites, site);
    }
  ptl_site_model_update (model, broken);
  ck_assert_uint_eq (g_list_model_get_n_items (G_LIST_MODEL (ptl_site_model_get_top (model))), 4);
  ck_assert_str_eq (ptl_site_model_find (model, "A04")->parent->code, "A05");
}
END_TEST

START_TEST (test_tree_adds_and_renames)
{
  PtlSiteTree *tree = show_tree ();
  PtlSiteRow *row;

  choose (tree, "S01");
  gtk_widget_activate_action (GTK_WIDGET (tree), "sites.add", "s", "secondary");
  check_codes (tree, "CAS  P01   S01   S02  P02");
  check_chosen (tree, "S02");
  gtk_widget_activate_action (GTK_WIDGET (tree), "sites.add", "s", "primary");
  check_codes (tree, "CAS  P01   S01   S02  P02  P03");
  row = ptl_site_model_find (tree->model, "P03");
  ck_assert (ptl_site_tree_rename (tree, row, "Branch"));
  ck_assert_str_eq (row->name, "Branch");
  ck_assert (!ptl_site_tree_rename (tree, row, "a\nb"));
  ck_assert_uint_gt (heard->len, 0);
}
END_TEST

START_TEST (test_tree_shares_selection)
{
  PtlSiteTree *tree = show_tree ();
  PtlItem site = item (PTL_RECORD_SITE, P02);
  PtlItem nodes[] = { item (PTL_RECORD_NODE, CM01), item (PTL_RECORD_NODE, LONE) };

  ptl_session_select (session, &site, 1, PTL_SELECT_ONLY);
  check_chosen (tree, "P02");
  gtk_single_selection_set_selected (tree->selection, 0);
  ck_assert (ptl_session_is_selected (session, item (PTL_RECORD_SITE, CAS)));
  choose (tree, "P02");
  ptl_session_select (session, nodes, 2, PTL_SELECT_ONLY);
  check_chosen (tree, "P02");
  gtk_widget_activate_action (GTK_WIDGET (tree), "sites.assign", NULL);
  ck_assert_str_eq (((PtlNode *) plan->nodes->pdata[LONE])->site, "P02");
  ck_assert_str_eq (((PtlNode *) plan->nodes->pdata[CM01])->site, "P02");
  gtk_widget_activate_action (GTK_WIDGET (tree), "sites.select-members", NULL);
  ck_assert_uint_eq (ptl_session_count_selected (session, PTL_RECORD_NODE), 3);
}
END_TEST

/* The outline */

/* Names in the order of the list, those inside of zones after a space. */
static char *
list_names (PtlOutlineModel *model)
{
  GString *names = g_string_new (NULL);
  gboolean inside;
  PtlItem listed;

  for (guint i = 0; ptl_outline_model_get (model, i, &listed, &inside); i++)
    {
      g_autofree char *name = ptl_item_name (session, listed);

      g_string_append_printf (names, "%s%s%s", i > 0 ? "," : "", inside ? " " : "", name);
    }
  return g_string_free (names, FALSE);
}

static void
check_names (PtlOutlineModel *model, const char *expected)
{
  g_autofree char *names = list_names (model);

  ck_assert_str_eq (names, expected);
}

static void
on_items_changed_cb (GListModel *model, guint position, guint n_removed, guint n_added, GString *changes)
{
  g_string_append_printf (changes, "%u-%u+%u ", position, n_removed, n_added);
}

#define AT_START "Corporate, CM01, Inner firewall,Perimeter, MP01,Lone,CAS,P01 Headquarters,P02,S01"

START_TEST (test_outline_follows_edits)
{
  g_autoptr (PtlOutlineModel) model = ptl_outline_model_new (session);
  g_autoptr (GString) changes = g_string_new (NULL);
  PtlItem lone = item (PTL_RECORD_NODE, LONE), cm01 = item (PTL_RECORD_NODE, CM01);

  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed_cb), changes);
  check_names (model, AT_START);
  ck_assert (ptl_edit_set_zone (history, &lone, 1, DMZ, NULL));
  check_names (model, "Corporate, CM01, Inner firewall,Perimeter, MP01, Lone,CAS,P01 Headquarters,P02,S01");
  ck_assert_str_eq (changes->str, "5-1+0 5-0+1 ");
  g_string_truncate (changes, 0);
  ck_assert (ptl_edit_delete (history, &cm01, 1, NULL));
  check_names (model, "Corporate, Inner firewall,Perimeter, MP01, Lone,CAS,P01 Headquarters,P02,S01");
  ck_assert_str_eq (changes->str, "1-1+0 ");
  ptl_history_undo (history);
  ptl_history_undo (history);
  check_names (model, AT_START);
  g_string_truncate (changes, 0);
  ck_assert (ptl_edit_set_text (history, PTL_FIELD_NAME, &cm01, 1, "Server", NULL));
  ck_assert_str_eq (changes->str, "");
}
END_TEST

START_TEST (test_outline_has_zones_from_left_to_right)
{
  g_autoptr (PtlOutlineModel) model = ptl_outline_model_new (session);
  PtlItem dmz = item (PTL_RECORD_ZONE, DMZ);

  ck_assert (ptl_edit_move (history, &dmz, 1, -100, 0, NULL));
  check_names (model, AT_START);
  ck_assert (ptl_edit_move (history, &dmz, 1, -1000, 0, NULL));
  check_names (model, "Perimeter, MP01, Inner firewall,Corporate, CM01,Lone,CAS,P01 Headquarters,P02,S01");
}
END_TEST

START_TEST (test_outline_filter)
{
  g_autoptr (PtlOutlineModel) model = ptl_outline_model_new (session);
  PtlItem mp01 = item (PTL_RECORD_NODE, MP01);

  ptl_outline_model_set_filter (model, "PERIMETER");
  check_names (model, " Inner firewall,Perimeter, MP01");
  ck_assert (ptl_edit_set_text (history, PTL_FIELD_NAME, &mp01, 1, "Gate", NULL));
  ptl_outline_model_set_filter (model, "gate");
  check_names (model, " Gate");
  ptl_history_undo (history);
  check_names (model, "");
  ptl_outline_model_set_filter (model, "");
  check_names (model, AT_START);
}
END_TEST

START_TEST (test_outline_shares_selection)
{
  g_autoptr (PtlOutlineModel) model = ptl_outline_model_new (session);
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (model);
  PtlItem mp01 = item (PTL_RECORD_NODE, MP01);

  ptl_session_select (session, &mp01, 1, PTL_SELECT_ONLY);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    ck_assert_int_eq (gtk_selection_model_is_selected (selection, i), i == 4);
  ck_assert (gtk_selection_model_select_item (selection, 0, FALSE));
  ck_assert (ptl_session_is_selected (session, mp01));
  ck_assert (ptl_session_is_selected (session, item (PTL_RECORD_ZONE, CORP)));
  ck_assert (gtk_selection_model_unselect_item (selection, 4));
  ck_assert (!ptl_session_is_selected (session, mp01));
  ck_assert (gtk_selection_model_select_range (selection, 6, 4, TRUE));
  ck_assert_uint_eq (ptl_session_count_selected (session, PTL_RECORD_SITE), 4);
  ck_assert_uint_eq (ptl_session_count_selected (session, PTL_RECORD_ZONE), 0);
}
END_TEST

static const struct
{
  PtlRecordKind kind;
  guint index;
  const char *words;
} named[] = {
  { PTL_RECORD_NODE, MP01, "MP01, Management point, Distribution point, site P02, zone Perimeter, 203.0.113.12" },
  { PTL_RECORD_NODE, LONE, "Lone, Client, without a site, in no zone" },
  { PTL_RECORD_FIREWALL, 0, "Firewall Inner firewall, joins Perimeter and Corporate" },
  { PTL_RECORD_ZONE, DMZ, "Zone Perimeter, perimeter" },
  { PTL_RECORD_SITE, CAS, "Site CAS, central administration site" },
  { PTL_RECORD_SITE, P01, "Site P01 Headquarters, primary site, below CAS" },
};

/* The row in the list view that shows the item. */
static GtkWidget *
find_row (GtkWidget *list, guint position)
{
  GtkWidget *row = gtk_widget_get_first_child (list);

  while (position-- > 0)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

START_TEST (test_outline_names_things_fully)
{
  g_autoptr (PtlOutlineModel) model = ptl_outline_model_new (session);
  PtlOutline *outline = g_object_new (PTL_TYPE_OUTLINE, NULL);
  PtlItem thing = item (named[_i].kind, named[_i].index);
  GtkWidget *row;

  ptl_outline_set_session (outline, session);
  show (outline);
  row = find_row (find_widget (GTK_WIDGET (outline), GTK_TYPE_LIST_VIEW), ptl_outline_model_find (model, thing));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, named[_i].words);
}
END_TEST

START_TEST (test_outline_renames_in_view)
{
  PtlOutline *outline = g_object_new (PTL_TYPE_OUTLINE, NULL);
  PtlItem dmz = item (PTL_RECORD_ZONE, DMZ);
  GtkWidget *list;

  ptl_outline_set_session (outline, session);
  show (outline);
  list = find_widget (GTK_WIDGET (outline), GTK_TYPE_LIST_VIEW);
  ck_assert (ptl_edit_set_text (history, PTL_FIELD_NAME, &dmz, 1, "Edge", NULL));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_row (list, 3)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Zone Edge, perimeter");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_row (list, 4)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "MP01, Management point, Distribution point, site P02, zone Edge, 203.0.113.12");
}
END_TEST

/* Seconds to list a plan of so many nodes, to filter it, and to list all of it again. */
static double
time_outline (guint n)
{
  g_autoptr (PtlPlan) large = ptl_plan_new (catalogue);
  g_autoptr (PtlOutlineModel) model = NULL;
  gint64 began;

  g_assert_finalize_object (session);
  for (guint i = 0; i < n; i++)
    {
      PtlNode *node = ptl_node_new ();
      g_autofree char *id = g_strdup_printf ("n%u", i);

      ptl_replace_text (&node->id, id);
      ptl_replace_text (&node->name, id);
      g_ptr_array_add (large->nodes, node);
    }
  take_plan (large);
  began = g_get_monotonic_time ();
  model = ptl_outline_model_new (session);
  ptl_outline_model_set_filter (model, "n1");
  ptl_outline_model_set_filter (model, "");
  ck_assert_uint_eq (g_list_model_get_n_items (G_LIST_MODEL (model)), n);
  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

START_TEST (test_outline_time)
{
  double small = time_outline (10000), large = time_outline (40000);

  ck_assert_double_lt (large, MAX (small, 0.01) * 4 * 4);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("sidebar");
  TCase *tests = tcase_create ("sidebar");
  SRunner *runner;
  int failed;

  gtk_init ();
  tcase_set_timeout (tests, 120);
  tcase_add_checked_fixture (tests, set_up, tear_down);
  tcase_add_test (tests, test_palette_offers_everything);
  tcase_add_loop_test (tests, test_palette_search, 0, G_N_ELEMENTS (searches));
  tcase_add_test (tests, test_palette_finds_nothing);
  tcase_add_test (tests, test_palette_folds);
  tcase_add_test (tests, test_tree_shows_hierarchy);
  tcase_add_test (tests, test_tree_reparents);
  tcase_add_test (tests, test_tree_refuses);
  tcase_add_test (tests, test_tree_moves_by_key);
  tcase_add_test (tests, test_tree_stands_broken_parents);
  tcase_add_test (tests, test_tree_adds_and_renames);
  tcase_add_test (tests, test_tree_shares_selection);
  tcase_add_test (tests, test_outline_follows_edits);
  tcase_add_test (tests, test_outline_has_zones_from_left_to_right);
  tcase_add_test (tests, test_outline_filter);
  tcase_add_test (tests, test_outline_shares_selection);
  tcase_add_loop_test (tests, test_outline_names_things_fully, 0, G_N_ELEMENTS (named));
  tcase_add_test (tests, test_outline_renames_in_view);
  tcase_add_test (tests, test_outline_time);
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
