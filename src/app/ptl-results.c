#include "ptl-results.h"

#include <glib/gi18n.h>

#include "ptl-problem-list.h"
#include "ptl-sheet-tab.h"
#include "ptl-sheet-view.h"

struct _PtlResults
{
  GtkBox parent_instance;

  PtlSession *session;
  GListStore *tabs; /* PtlSheetTab */
  GtkSingleSelection *chosen;
  GtkWidget *tab_row;
  GtkListView *tab_list;
  GtkListView *chooser_list;
  GtkMenuButton *chooser;
  GtkSearchEntry *search;
  GtkSingleSelection *found; /* of the chooser */
  GtkStringFilter *filter;
  GtkToggleButton *problems_button;
  GtkStack *stack;
  GtkWidget *scope_bar; /* only the rules of what is chosen are shown */
  GtkLabel *scope_label;
  gboolean all_shown; /* all the same, as a person wants it */
  PtlSheetView *sheet_view;
  PtlProblemList *problem_list;
};

G_DEFINE_FINAL_TYPE (PtlResults, ptl_results, GTK_TYPE_BOX)

static void
show_page (PtlResults *self, const char *page)
{
  gboolean sheet = g_str_equal (page, "sheet");

  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_set_visible (ptl_sheet_view_get_tools (self->sheet_view), sheet);
  gtk_widget_set_visible (ptl_problem_list_get_tools (self->problem_list), !sheet);
  gtk_toggle_button_set_active (self->problems_button, !sheet);
  (sheet ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self->tab_row, "sheet");
}

static GHashTable *
index_tabs (PtlResults *self)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tabs)); i++)
    {
      PtlSheetTab *tab = g_list_model_get_item (G_LIST_MODEL (self->tabs), i);

      g_hash_table_insert (index, (gpointer) ptl_sheet_tab_get_id (tab), tab);
    }
  return index;
}

static gboolean
has_tabs (PtlResults *self, const GPtrArray *tabs)
{
  gboolean same = g_list_model_get_n_items (G_LIST_MODEL (self->tabs)) == tabs->len;

  for (guint i = 0; i < tabs->len && same; i++)
    {
      g_autoptr (PtlSheetTab) tab = g_list_model_get_item (G_LIST_MODEL (self->tabs), i);

      same = tab == tabs->pdata[i];
    }
  return same;
}

static void
update_tabs (PtlResults *self)
{
  PtlSheets *sheets = ptl_session_get_sheets (self->session);
  const PtlRoutes *routes = ptl_sheets_routes (sheets);
  g_autoptr (GHashTable) known = index_tabs (self);
  g_autoptr (GPtrArray) tabs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < routes->n_firewalls; i++)
    if (ptl_sheets_has_sheet (sheets, i))
      {
        PtlSheetTab *tab = g_hash_table_lookup (known, routes->firewalls[i].id);

        g_ptr_array_add (tabs, tab != NULL ? g_object_ref (tab) : ptl_sheet_tab_new (routes->firewalls[i].id));
        ptl_sheet_tab_update (tabs->pdata[tabs->len - 1], ptl_sheets_firewall_name (sheets, i),
                              ptl_sheets_rows (sheets, i)->len);
      }
  if (!has_tabs (self, tabs))
    g_list_store_splice (self->tabs, 0, g_list_model_get_n_items (G_LIST_MODEL (self->tabs)), tabs->pdata, tabs->len);
  gtk_widget_set_visible (GTK_WIDGET (self->chooser), tabs->len > 1);
}

/* The sheet of the open tab */

/* In the routes of the sheets; -1 when there is none. */
static int
find_firewall (PtlResults *self)
{
  PtlSheetTab *tab = gtk_single_selection_get_selected_item (self->chosen);

  return tab != NULL && self->session != NULL ? ptl_routes_find_firewall (
             ptl_sheets_routes (ptl_session_get_sheets (self->session)), ptl_sheet_tab_get_id (tab))
                                              : -1;
}

static void
show_scope (PtlResults *self, const PtlSheetScope *scope, guint n, guint n_all)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->scope_bar, scope != NULL);
  if (scope == NULL)
    return;
  /* Translators: how many of all rules of a sheet belong to a thing or to an arrow: “4 of 14 rules belong to CM01”. */
  text = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u of %u rules belongs to %s", "%u of %u rules belong to %s", n), n, n_all,
      scope->name);
  gtk_label_set_text (self->scope_label, text);
}

static void
show_sheet (PtlResults *self)
{
  int firewall = find_firewall (self);
  PtlSheets *sheets = firewall >= 0 ? ptl_session_get_sheets (self->session) : NULL;
  g_autoptr (PtlSheetScope) scope = sheets != NULL && !self->all_shown ? ptl_sheet_scope_new (self->session) : NULL;
  guint n = scope != NULL ? ptl_sheet_scope_count (scope, sheets, (guint) firewall) : 0;

  if (n == 0)
    g_clear_pointer (&scope, ptl_sheet_scope_free);
  show_scope (self, scope, n, sheets != NULL ? ptl_sheets_rows (sheets, (guint) firewall)->len : 0);
  gtk_widget_set_sensitive (ptl_sheet_view_get_tools (self->sheet_view), sheets != NULL);
  ptl_sheet_view_set_hint (self->sheet_view,
                           sheets != NULL ? _ ("Nothing crosses this firewall.")
                                          : _ ("A firewall’s sheet appears here as soon as something crosses it."));
  ptl_sheet_view_show (self->sheet_view, sheets != NULL ? self->session : NULL, sheets != NULL ? (guint) firewall : 0,
                       scope);
}

static void
on_results_changed_cb (PtlSession *session, PtlResults *self)
{
  update_tabs (self);
  show_sheet (self);
}

static void
on_chosen_cb (GtkSingleSelection *chosen, GParamSpec *spec, PtlResults *self)
{
  show_sheet (self);
  ptl_sheet_view_scroll_to_top (self->sheet_view);
}

static void
on_show_all_cb (GtkButton *button, PtlResults *self)
{
  self->all_shown = TRUE;
  show_sheet (self);
}

/* Following what is chosen on the canvas */

static void
choose_tab (PtlResults *self, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tabs)); i++)
    {
      g_autoptr (PtlSheetTab) tab = g_list_model_get_item (G_LIST_MODEL (self->tabs), i);

      if (!g_str_equal (ptl_sheet_tab_get_id (tab), id))
        continue;
      gtk_single_selection_set_selected (self->chosen, i);
      gtk_widget_activate_action (GTK_WIDGET (self->tab_list), "list.scroll-to-item", "u", i);
    }
}

/* To a sheet that has rules of what is chosen, unless the open one has some. */
static void
follow_scope (PtlResults *self)
{
  PtlSheets *sheets = ptl_session_get_sheets (self->session);
  const PtlRoutes *routes = ptl_sheets_routes (sheets);
  g_autoptr (PtlSheetScope) scope = ptl_sheet_scope_new (self->session);
  int firewall = find_firewall (self);

  if (scope == NULL || firewall < 0 || ptl_sheet_scope_count (scope, sheets, (guint) firewall) > 0)
    return;
  for (guint i = 0; i < routes->n_firewalls; i++)
    if (ptl_sheets_has_sheet (sheets, i) && ptl_sheet_scope_count (scope, sheets, i) > 0)
      {
        choose_tab (self, routes->firewalls[i].id);
        return;
      }
}

static void
on_selection_changed_cb (PtlSession *session, PtlResults *self)
{
  guint n;
  const PtlItem *items = ptl_session_get_selected (session, &n);

  self->all_shown = FALSE;
  ptl_sheet_view_unselect (self->sheet_view);
  if (n == 1 && items[0].kind == PTL_RECORD_FIREWALL)
    choose_tab (self, ptl_record_id (PTL_RECORD_FIREWALL,
                                     ptl_record (ptl_session_get_plan (session), items[0].kind, items[0].index)));
  else
    follow_scope (self);
  show_sheet (self);
}

static void
on_tab_activated_cb (GtkListView *list, guint position, PtlResults *self)
{
  gtk_single_selection_set_selected (self->chosen, position);
  show_page (self, "sheet");
}

static void
on_problems_clicked_cb (GtkButton *button, PtlResults *self)
{
  show_page (self, "problems");
}

/* The chooser finds a tab among many. */

static void
choose_found (PtlResults *self, guint position)
{
  g_autoptr (PtlSheetTab) tab = g_list_model_get_item (G_LIST_MODEL (self->found), position);

  if (tab == NULL)
    return;
  ptl_results_show_sheet (self, ptl_sheet_tab_get_id (tab));
  gtk_menu_button_popdown (self->chooser);
}

static void
on_found_activated_cb (GtkListView *list, guint position, PtlResults *self)
{
  choose_found (self, position);
}

static void
on_search_activated_cb (GtkSearchEntry *search, PtlResults *self)
{
  choose_found (self, 0);
}

static void
on_search_changed_cb (GtkSearchEntry *search, PtlResults *self)
{
  gtk_string_filter_set_search (self->filter, gtk_editable_get_text (GTK_EDITABLE (search)));
}

static void
on_popover_show_cb (GtkWidget *popover, PtlResults *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
ptl_results_dispose (GObject *object)
{
  ptl_results_set_session (PTL_RESULTS (object), NULL);
  G_OBJECT_CLASS (ptl_results_parent_class)->dispose (object);
}

static void
ptl_results_class_init (PtlResultsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_results_dispose;
  g_type_ensure (PTL_TYPE_PROBLEM_LIST);
  g_type_ensure (PTL_TYPE_SHEET_TAB);
  g_type_ensure (PTL_TYPE_SHEET_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-results.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlResults, tabs);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, chosen);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, tab_row);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, tab_list);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, chooser);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, chooser_list);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, search);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, found);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, filter);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, problems_button);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, stack);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, scope_bar);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, scope_label);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, sheet_view);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, problem_list);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_tab_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_problems_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_found_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_popover_show_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_show_all_cb);
}

static void
ptl_results_init (PtlResults *self)
{
  GtkWidget *popover;
  g_autoptr (GtkListItemFactory) factory = ptl_sheet_tab_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_view_set_factory (self->tab_list, factory);
  gtk_list_view_set_factory (self->chooser_list, factory);
  popover = GTK_WIDGET (gtk_menu_button_get_popover (self->chooser));
  g_signal_connect (popover, "show", G_CALLBACK (on_popover_show_cb), self);
  gtk_box_insert_child_after (GTK_BOX (self->tab_row), ptl_sheet_view_get_tools (self->sheet_view),
                              GTK_WIDGET (self->chooser));
  gtk_box_insert_child_after (GTK_BOX (self->tab_row), ptl_problem_list_get_tools (self->problem_list),
                              GTK_WIDGET (self->chooser));
}

void
ptl_results_set_session (PtlResults *self, PtlSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  ptl_problem_list_set_session (self->problem_list, session);
  g_list_store_remove_all (self->tabs);
  if (session == NULL)
    {
      show_sheet (self);
      return;
    }
  g_signal_connect (session, "results-changed", G_CALLBACK (on_results_changed_cb), self);
  g_signal_connect (session, "selection-changed", G_CALLBACK (on_selection_changed_cb), self);
  update_tabs (self);
  show_sheet (self);
}

void
ptl_results_show_sheet (PtlResults *self, const char *firewall)
{
  if (firewall != NULL)
    choose_tab (self, firewall);
  show_page (self, firewall != NULL ? "sheet" : "problems");
}

const char *
ptl_results_get_sheet (PtlResults *self)
{
  PtlSheetTab *tab = gtk_single_selection_get_selected_item (self->chosen);
  gboolean sheet = g_str_equal (gtk_stack_get_visible_child_name (self->stack), "sheet");

  return sheet && tab != NULL ? ptl_sheet_tab_get_id (tab) : NULL;
}
