#include <glib/gi18n-lib.h>

#include "plan/ptl-edit-fields.h"
#include "plan/ptl-edit-sites.h"
#include "ptl-site-tree-private.h"

static PtlHistory *
get_history (PtlSiteTree *self)
{
  return ptl_session_get_history (self->session);
}

/* The nearest site from the chosen one upwards that a new one can stand below. */
static int
find_parent (PtlSiteTree *self, PtlSiteKind kind)
{
  for (PtlSiteRow *row = ptl_site_tree_get_chosen (self); row != NULL; row = row->parent)
    if (ptl_site_kind_can_be_below (kind, row->kind))
      return (int) row->index;
  return -1;
}

static void
on_add_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlSiteTree *self = PTL_SITE_TREE (widget);
  int kind = ptl_name_index (ptl_site_kind_names, g_variant_get_string (parameter, NULL));
  GError *error = NULL;
  PtlSite *site;
  guint index;

  g_return_if_fail (kind >= 0);
  if (!ptl_session_check (self->session,
                          ptl_edit_add_site (get_history (self), (PtlSiteKind) kind,
                                             find_parent (self, (PtlSiteKind) kind), &index, &error),
                          error))
    return;
  site = ptl_session_get_plan (self->session)->sites->pdata[index];
  ptl_site_tree_choose (self, site->code, FALSE);
}

static void
on_rename_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlSiteTree *self = PTL_SITE_TREE (widget);
  PtlSiteCell *cell = ptl_site_tree_find_cell (self, ptl_site_tree_get_chosen (self));

  if (cell != NULL)
    ptl_site_cell_start_renaming (cell);
}

/* The window asks and deletes what is selected. */
static void
on_delete_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlSiteTree *self = PTL_SITE_TREE (widget);

  ptl_site_tree_choose (self, self->chosen, FALSE);
  gtk_widget_activate_action (widget, "win.delete", NULL);
}

static GArray *
selected_nodes (PtlSiteTree *self)
{
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (PtlItem));
  guint n;
  const PtlItem *items = ptl_session_get_selected (self->session, &n);

  for (guint i = 0; i < n; i++)
    if (items[i].kind == PTL_RECORD_NODE)
      g_array_append_val (nodes, items[i]);
  return nodes;
}

static void
on_assign_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlSiteTree *self = PTL_SITE_TREE (widget);
  g_autoptr (GArray) nodes = selected_nodes (self);
  int site = (int) ptl_site_tree_get_chosen (self)->index;
  GError *error = NULL;

  ptl_session_check (
      self->session,
      ptl_edit_set_site (get_history (self), (const PtlItem *) (gpointer) nodes->data, nodes->len, site, &error),
      error);
}

static void
on_select_members_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlSiteTree *self = PTL_SITE_TREE (widget);
  const PtlPlan *plan = ptl_session_get_plan (self->session);
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (PtlItem));

  for (guint i = 0; i < plan->nodes->len; i++)
    {
      PtlItem item = { PTL_RECORD_NODE, i };

      if (g_strcmp0 (((const PtlNode *) plan->nodes->pdata[i])->site, self->chosen) == 0)
        g_array_append_val (nodes, item);
    }
  ptl_session_select (self->session, (const PtlItem *) (gpointer) nodes->data, nodes->len, PTL_SELECT_ONLY);
}

/* The sites that one can stand below, in the order of the plan, after NULL for none. */
static GPtrArray *
possible_parents (PtlSiteTree *self, PtlSiteRow *row)
{
  const PtlPlan *plan = ptl_session_get_plan (self->session);
  GPtrArray *parents = g_ptr_array_new ();

  g_ptr_array_add (parents, NULL);
  for (guint i = 0; i < plan->sites->len; i++)
    {
      const PtlSite *site = plan->sites->pdata[i];

      if (ptl_site_kind_can_be_below (row->kind, site->kind))
        g_ptr_array_add (parents, ptl_site_model_find (self->model, site->code));
    }
  return parents;
}

/* The row of the list is another one after a move. */
static void
focus (PtlSiteTree *self, PtlSiteRow *row)
{
  PtlSiteCell *cell = ptl_site_tree_find_cell (self, row);

  if (cell != NULL)
    gtk_widget_grab_focus (ptl_site_cell_get_list_row (cell));
}

static void
move_by (PtlSiteTree *self, int step)
{
  PtlSiteRow *row = ptl_site_tree_get_chosen (self);
  g_autoptr (GPtrArray) parents = possible_parents (self, row);
  guint place = 0;

  g_ptr_array_find (parents, row->parent, &place);
  if ((step > 0 || place > 0) && place + (guint) step < parents->len
      && ptl_site_tree_move (self, row, parents->pdata[place + (guint) step]))
    focus (self, row);
}

static void
on_move_previous_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_by (PTL_SITE_TREE (widget), -1);
}

static void
on_move_next_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_by (PTL_SITE_TREE (widget), 1);
}

static void
on_menu_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlSiteTree *self = PTL_SITE_TREE (widget);
  PtlSiteRow *row = ptl_site_tree_get_chosen (self);
  PtlSiteCell *cell = ptl_site_tree_find_cell (self, row);

  if (cell != NULL)
    ptl_site_tree_popup (self, row, GTK_WIDGET (cell), 0, gtk_widget_get_height (GTK_WIDGET (cell)));
}

typedef struct
{
  const char *name, *parameter;
  GtkWidgetActionActivateFunc activate;
  guint key;
  GdkModifierType modifiers;
} Action;

/* All but the first are for the chosen site. */
static const Action actions[] = {
  { "sites.add", "s", on_add_cb, 0, 0 },
  { "sites.rename", NULL, on_rename_cb, GDK_KEY_F2, 0 },
  { "sites.delete", NULL, on_delete_cb, GDK_KEY_Delete, 0 },
  { "sites.assign", NULL, on_assign_cb, 0, 0 },
  { "sites.select-members", NULL, on_select_members_cb, 0, 0 },
  { "sites.move-previous", NULL, on_move_previous_cb, GDK_KEY_Up, GDK_ALT_MASK },
  { "sites.move-next", NULL, on_move_next_cb, GDK_KEY_Down, GDK_ALT_MASK },
  { "sites.menu", NULL, on_menu_cb, GDK_KEY_Menu, 0 },
};

void
ptl_site_tree_install_actions (GtkWidgetClass *class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (class, actions[i].name, actions[i].parameter, actions[i].activate);
      if (actions[i].key != 0)
        gtk_widget_class_add_binding_action (class, actions[i].key, actions[i].modifiers, actions[i].name, NULL);
    }
  gtk_widget_class_add_binding_action (class, GDK_KEY_F10, GDK_SHIFT_MASK, "sites.menu", NULL);
}

/* "Assign 3 Nodes to P01" */
static char *
assign_words (guint n, const char *code)
{
  return n == 0 || code == NULL
             ? g_strdup (_ ("Assign Selected Nodes"))
             : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Assign %u Node to %s", "Assign %u Nodes to %s", n), n,
                                code);
}

void
ptl_site_tree_update_actions (PtlSiteTree *self)
{
  PtlSiteRow *chosen = self->session != NULL ? ptl_site_tree_get_chosen (self) : NULL;
  guint n_nodes = self->session != NULL ? ptl_session_count_selected (self->session, PTL_RECORD_NODE) : 0;
  g_autofree char *words = assign_words (n_nodes, chosen != NULL ? chosen->code : NULL);

  for (guint i = 1; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name, chosen != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sites.add", self->session != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sites.assign", chosen != NULL && n_nodes > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sites.select-members", chosen != NULL && chosen->n_nodes > 0);
  gtk_label_set_text (self->assign_label, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->assign), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* Why a site of the kind cannot stand below another one, or NULL. */
static const char *
refusal (PtlSiteKind kind, PtlSiteRow *parent)
{
  if (parent == NULL || ptl_site_kind_can_be_below (kind, parent->kind))
    return NULL;
  if (kind == PTL_SITE_CAS)
    return _ ("a central administration site has no parent");
  return kind == PTL_SITE_PRIMARY ? _ ("the parent of a primary site is a central administration site")
                                  : _ ("the parent of a secondary site is a primary site");
}

gboolean
ptl_site_tree_move (PtlSiteTree *self, PtlSiteRow *row, PtlSiteRow *parent)
{
  const char *why = refusal (row->kind, parent);
  PtlItem item = { PTL_RECORD_SITE, row->index };
  GError *error = NULL;

  if (ptl_site_model_find (self->model, row->code) != row || row == parent)
    return FALSE; /* from another window, or nowhere */
  if (why != NULL)
    {
      ptl_session_say (self->session, why);
      return FALSE;
    }
  return ptl_session_check (
      self->session,
      ptl_edit_set_parent (get_history (self), &item, 1, parent != NULL ? (int) parent->index : -1, &error), error);
}

gboolean
ptl_site_tree_rename (PtlSiteTree *self, PtlSiteRow *row, const char *name)
{
  PtlItem item = { PTL_RECORD_SITE, row->index };
  GError *error = NULL;

  if (g_str_equal (name, row->name))
    return TRUE;
  return ptl_session_check (self->session,
                            ptl_edit_set_text (get_history (self), PTL_FIELD_NAME, &item, 1, name, &error), error);
}
