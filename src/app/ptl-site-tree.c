#include "ptl-site-cell.h"
#include "ptl-site-tree-private.h"

G_DEFINE_FINAL_TYPE (PtlSiteTree, ptl_site_tree, GTK_TYPE_BOX)

/* NULL for a site with none below: GTK then shows no arrow. */
static GListModel *
list_children (gpointer item, gpointer data)
{
  GListModel *children = G_LIST_MODEL (PTL_SITE_ROW (item)->children);

  return g_list_model_get_n_items (children) > 0 ? g_object_ref (children) : NULL;
}

static GtkTreeListModel *
get_tree_model (PtlSiteTree *self)
{
  return GTK_TREE_LIST_MODEL (gtk_single_selection_get_model (self->selection));
}

/* The place of a site in the list; the sites above it are expanded. Free with g_object_unref (). */
static GtkTreeListRow *
find_list_row (PtlSiteTree *self, PtlSiteRow *row)
{
  g_autoptr (GtkTreeListRow) above = NULL;
  guint position;

  if (row->parent == NULL)
    return g_list_store_find (ptl_site_model_get_top (self->model), row, &position)
               ? gtk_tree_list_model_get_child_row (get_tree_model (self), position)
               : NULL;
  above = find_list_row (self, row->parent);
  if (above == NULL || !g_list_store_find (row->parent->children, row, &position))
    return NULL;
  gtk_tree_list_row_set_expanded (above, TRUE);
  return gtk_tree_list_row_get_child_row (above, position);
}

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, PtlSiteTree *self)
{
  GtkWidget *expander = gtk_tree_expander_new ();

  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), ptl_site_cell_new ());
  gtk_list_item_set_child (item, expander);
}

static PtlSiteCell *
get_cell (GtkListItem *item)
{
  return PTL_SITE_CELL (gtk_tree_expander_get_child (GTK_TREE_EXPANDER (gtk_list_item_get_child (item))));
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, PtlSiteTree *self)
{
  GtkTreeListRow *list_row = gtk_list_item_get_item (item);
  g_autoptr (PtlSiteRow) row = gtk_tree_list_row_get_item (list_row);

  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (gtk_list_item_get_child (item)), list_row);
  ptl_site_cell_set_row (get_cell (item), row);
}

static void
on_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, PtlSiteTree *self)
{
  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (gtk_list_item_get_child (item)), NULL);
  ptl_site_cell_set_row (get_cell (item), NULL);
}

/* Following the session */

static void
on_selected_cb (GtkSingleSelection *selection, GParamSpec *spec, PtlSiteTree *self)
{
  GtkTreeListRow *list_row = gtk_single_selection_get_selected_item (selection);
  g_autoptr (PtlSiteRow) row = NULL;

  if (self->following || list_row == NULL)
    return;
  row = gtk_tree_list_row_get_item (list_row);
  ptl_site_tree_choose (self, row->code, FALSE);
}

/* While something else than one site is selected, the chosen site stays: nodes can then be assigned to it. */
static void
on_selection_changed_cb (PtlSession *session, PtlSiteTree *self)
{
  guint n;
  const PtlItem *items = ptl_session_get_selected (session, &n);

  if (n == 0)
    ptl_site_tree_choose (self, NULL, TRUE);
  else if (n == 1 && items[0].kind == PTL_RECORD_SITE)
    ptl_site_tree_choose (self, ((PtlSite *) ptl_session_get_plan (session)->sites->pdata[items[0].index])->code, TRUE);
  ptl_site_tree_update_actions (self);
}

static void
update (PtlSiteTree *self)
{
  g_autofree char *chosen = g_strdup (self->chosen);

  self->following = TRUE;
  ptl_site_model_update (self->model, ptl_session_get_plan (self->session));
  gtk_widget_set_visible (self->empty, g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0);
  self->following = FALSE;
  ptl_site_tree_choose (self, chosen, TRUE);
}

static void
on_changed_cb (PtlSession *session, const PtlTouched *touched, PtlSiteTree *self)
{
  if ((touched->difference & PTL_DIFFERS_MEANING) && (touched->kinds & (1 << PTL_RECORD_SITE | 1 << PTL_RECORD_NODE)))
    update (self);
}

/* Dropped beside the rows: to the top of the hierarchy. */
static gboolean
on_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, PtlSiteTree *self)
{
  return ptl_site_tree_move (self, g_value_get_object (value), NULL);
}

static void
ptl_site_tree_dispose (GObject *object)
{
  PtlSiteTree *self = PTL_SITE_TREE (object);

  ptl_site_tree_set_session (self, NULL);
  g_clear_pointer ((GtkWidget **) &self->menu, gtk_widget_unparent);
  G_OBJECT_CLASS (ptl_site_tree_parent_class)->dispose (object);
}

static void
ptl_site_tree_finalize (GObject *object)
{
  PtlSiteTree *self = PTL_SITE_TREE (object);

  g_free (self->chosen);
  G_OBJECT_CLASS (ptl_site_tree_parent_class)->finalize (object);
}

static void
ptl_site_tree_class_init (PtlSiteTreeClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_site_tree_dispose;
  G_OBJECT_CLASS (class)->finalize = ptl_site_tree_finalize;
  ptl_site_tree_install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-site-tree.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlSiteTree, list);
  gtk_widget_class_bind_template_child (widget_class, PtlSiteTree, empty);
  gtk_widget_class_bind_template_child (widget_class, PtlSiteTree, assign);
  gtk_widget_class_bind_template_child (widget_class, PtlSiteTree, assign_label);
  gtk_widget_class_bind_template_child (widget_class, PtlSiteTree, menu);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind_cb);
}

static void
ptl_site_tree_init (PtlSiteTree *self)
{
  GtkDropTarget *target = gtk_drop_target_new (PTL_TYPE_SITE_ROW, GDK_ACTION_MOVE);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (target));
  ptl_site_tree_update_actions (self);
}

static void
drop_session (PtlSiteTree *self)
{
  g_signal_handlers_disconnect_by_data (self->session, self);
  gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->model, ptl_site_model_free);
  g_clear_pointer (&self->chosen, g_free);
}

static void
take_session (PtlSiteTree *self)
{
  GtkTreeListModel *tree;

  self->model = ptl_site_model_new ();
  tree = gtk_tree_list_model_new (G_LIST_MODEL (g_object_ref (ptl_site_model_get_top (self->model))), FALSE, TRUE,
                                  list_children, NULL, NULL);
  self->selection
      = g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "can-unselect", TRUE, "model", tree, NULL);
  g_object_unref (tree);
  update (self);
  g_signal_connect (self->selection, "notify::selected", G_CALLBACK (on_selected_cb), self);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect (self->session, "changed", G_CALLBACK (on_changed_cb), self);
  g_signal_connect (self->session, "selection-changed", G_CALLBACK (on_selection_changed_cb), self);
}

void
ptl_site_tree_set_session (PtlSiteTree *self, PtlSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    drop_session (self);
  g_set_object (&self->session, session);
  if (session != NULL)
    take_session (self);
  ptl_site_tree_update_actions (self);
}

PtlSiteRow *
ptl_site_tree_get_chosen (PtlSiteTree *self)
{
  return self->chosen != NULL ? ptl_site_model_find (self->model, self->chosen) : NULL;
}

void
ptl_site_tree_choose (PtlSiteTree *self, const char *code, gboolean quietly)
{
  PtlSiteRow *row = code != NULL ? ptl_site_model_find (self->model, code) : NULL;
  g_autoptr (GtkTreeListRow) list_row = row != NULL ? find_list_row (self, row) : NULL;
  PtlItem item = { PTL_RECORD_SITE, row != NULL ? row->index : 0 };

  ptl_replace_text (&self->chosen, row != NULL ? row->code : NULL);
  self->following = TRUE;
  gtk_single_selection_set_selected (self->selection, list_row != NULL ? gtk_tree_list_row_get_position (list_row)
                                                                       : GTK_INVALID_LIST_POSITION);
  self->following = FALSE;
  if (row != NULL && !quietly)
    ptl_session_select (self->session, &item, 1, PTL_SELECT_ONLY);
  ptl_site_tree_update_actions (self);
}

PtlSiteCell *
ptl_site_tree_find_cell (PtlSiteTree *self, PtlSiteRow *row)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *expander = gtk_widget_get_first_child (child);
      GtkWidget *cell = expander != NULL ? gtk_tree_expander_get_child (GTK_TREE_EXPANDER (expander)) : NULL;

      if (cell != NULL && ptl_site_cell_get_row (PTL_SITE_CELL (cell)) == row)
        return PTL_SITE_CELL (cell);
    }
  return NULL;
}

void
ptl_site_tree_popup (PtlSiteTree *self, PtlSiteRow *row, GtkWidget *widget, double x, double y)
{
  GdkRectangle at = { .width = 1, .height = 1 };
  double tree_x, tree_y;

  ptl_site_tree_choose (self, row->code, TRUE);
  gtk_widget_translate_coordinates (widget, GTK_WIDGET (self), x, y, &tree_x, &tree_y);
  at.x = (int) tree_x;
  at.y = (int) tree_y;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}
