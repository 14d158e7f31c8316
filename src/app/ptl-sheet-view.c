#include "ptl-sheet-view.h"

#include <glib/gi18n.h>

#include "ptl-export-dialog.h"
#include "ptl-sheet-clip.h"
#include "ptl-sheet-columns.h"
#include "ptl-sheet-light.h"

#define LONGEST_CELL    200  /* characters that are laid out; no column is so wide */
#define LONGEST_TOOLTIP 2000 /* characters */
#define NEW_SECONDS     2    /* that new rows and cells stand out */

struct _PtlSheetView
{
  GtkBox parent_instance;

  GtkColumnView *table;
  GtkScrolledWindow *scrolled;
  GtkLabel *hint;
  GtkWidget *tools;
  GtkSearchEntry *filter;
  GtkMenuButton *menu_button;
  GtkPopoverMenu *row_menu;

  PtlSession *session;
  guint firewall; /* in the routes of the session's sheets */
  PtlSheetModel *model;
  PtlSheetColumns *columns;
  GSimpleActionGroup *actions;
  GHashTable *bound; /* GtkListItem: the cells that are shown */
  guint new_timeout;
  char *empty; /* what the hint says of a sheet without rows */
};

G_DEFINE_FINAL_TYPE (PtlSheetView, ptl_sheet_view, GTK_TYPE_BOX)

static guint
count_shown (PtlSheetView *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

/* Cells */

static GtkWidget *
cell_of (GtkListItem *item)
{
  return gtk_widget_get_parent (gtk_list_item_get_child (item));
}

static GtkWidget *
row_of (GtkListItem *item)
{
  return gtk_widget_get_parent (cell_of (item));
}

static PtlSheetColumn
column_of (GtkListItem *item)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (gtk_list_item_get_child (item)), "column"));
}

static char *
cut (const char *text, glong length)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= length)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, length);
  return g_strconcat (start, "…", NULL);
}

static char *
tell (PtlSheetView *self, guint position, PtlSheetColumn column)
{
  g_autofree char *text = ptl_sheet_model_get_cell (self->model, position, column);

  return cut (text, LONGEST_CELL);
}

static void
name_widget (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* What a row is about, for assistive technology. */
static void
name_row (PtlSheetView *self, GtkWidget *row, guint position)
{
  g_autofree char *source = tell (self, position, PTL_SHEET_SOURCE);
  g_autofree char *destination = tell (self, position, PTL_SHEET_DESTINATION);
  g_autofree char *protocol = tell (self, position, PTL_SHEET_PROTOCOL);
  g_autofree char *port = tell (self, position, PTL_SHEET_DESTINATION_PORT);
  g_autofree char *service = tell (self, position, PTL_SHEET_SERVICE);
  /* Translators: a rule: from where to where, protocol, port, service. */
  g_autofree char *words = g_strdup_printf (_ ("%s to %s, %s %s, %s"), source, destination, protocol, port, service);

  name_widget (row, words);
}

static void
set_class (GtkWidget *widget, const char *class, gboolean on)
{
  (on ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (widget, class);
}

static gboolean
is_first (PtlSheetView *self, GtkListItem *item)
{
  PtlSheetColumn shown[PTL_N_SHEET_COLUMNS];

  return ptl_sheet_columns_get_shown (self->columns, shown) > 0 && shown[0] == column_of (item);
}

/* Returns whether the cell had another text. */
static gboolean
show_cell (PtlSheetView *self, GtkListItem *item)
{
  GtkWidget *label = gtk_list_item_get_child (item), *row = row_of (item);
  guint position = gtk_list_item_get_position (item);
  g_autofree char *text = tell (self, position, column_of (item));
  gboolean other = g_strcmp0 (text, gtk_inscription_get_text (GTK_INSCRIPTION (label))) != 0;

  if (other)
    {
      gtk_inscription_set_text (GTK_INSCRIPTION (label), text);
      name_widget (cell_of (item), text);
    }
  if (is_first (self, item))
    {
      name_row (self, row, position);
      set_class (row, "new", ptl_sheet_model_is_new (self->model, position));
    }
  return other;
}

/* What is there instead of rows */

static void
update_hint (PtlSheetView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->filter));
  gboolean any = count_shown (self) > 0;
  g_autofree char *nothing = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->scrolled), any);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), !any);
  if (any)
    return;
  /* Translators: %s is what a person looks for. */
  nothing = g_strdup_printf (_ ("No rule holds “%s”."), text);
  gtk_label_set_text (self->hint, *text != '\0' ? nothing : self->empty);
}

static void
on_rows_changed_cb (PtlSheetModel *model, gboolean edited, PtlSheetView *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    if (show_cell (self, item) || !edited)
      set_class (cell_of (item), "new", edited);
  update_hint (self);
}

static gboolean
on_new_timeout_cb (gpointer data)
{
  PtlSheetView *self = data;
  GHashTableIter iter;
  gpointer item;

  self->new_timeout = 0;
  ptl_sheet_model_forget_new (self->model);
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    {
      gtk_widget_remove_css_class (cell_of (item), "new");
      gtk_widget_remove_css_class (row_of (item), "new");
    }
  return G_SOURCE_REMOVE;
}

/* Only what does not fit has a tooltip. */
static gboolean
on_query_tooltip_cb (GtkWidget *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip, GtkListItem *item)
{
  PtlSheetView *self = PTL_SHEET_VIEW (gtk_widget_get_ancestor (label, PTL_TYPE_SHEET_VIEW));
  g_autofree char *text = ptl_sheet_model_get_cell (self->model, gtk_list_item_get_position (item), column_of (item));
  g_autofree char *shown = cut (text, LONGEST_TOOLTIP);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (label, shown);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width <= gtk_widget_get_width (label))
    return FALSE;
  gtk_tooltip_set_text (tooltip, shown);
  return TRUE;
}

/* The cell has the text as its name; that what shows it is a thing of its own concerns nobody. */
static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *label = g_object_new (GTK_TYPE_INSCRIPTION, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                   "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, "has-tooltip", TRUE, NULL);

  g_object_set_data (G_OBJECT (label), "column", column);
  g_object_set_data (G_OBJECT (label), "item", item);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (on_query_tooltip_cb), item);
  gtk_list_item_set_child (item, label);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, PtlSheetView *self)
{
  g_hash_table_add (self->bound, item);
  show_cell (self, item);
}

static void
on_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, PtlSheetView *self)
{
  g_hash_table_remove (self->bound, item);
  gtk_widget_remove_css_class (cell_of (item), "new");
}

static GtkListItemFactory *
new_factory (PtlSheetColumn column, gpointer self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), GUINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind_cb), self);
  return factory;
}

/* From right to left GTK 4.8 would begin with the last column. */
static void
on_width_cb (GtkAdjustment *adjustment, GParamSpec *spec, PtlSheetView *self)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

static void
on_filter_changed_cb (GtkSearchEntry *filter, PtlSheetView *self)
{
  ptl_sheet_model_set_filter (self->model, gtk_editable_get_text (GTK_EDITABLE (filter)));
}

static void
on_stop_search_cb (GtkSearchEntry *filter, PtlSheetView *self)
{
  gtk_editable_set_text (GTK_EDITABLE (filter), "");
}

/* What is done with rows */

static GPtrArray *
list_selected (PtlSheetView *self)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < count_shown (self); i++)
    if (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->model), i))
      g_ptr_array_add (rows, (gpointer) ptl_sheet_model_get_row (self->model, i));
  return rows;
}

static void
enable (PtlSheetView *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
on_selection_changed_cb (GtkSelectionModel *model, guint position, guint n, PtlSheetView *self)
{
  g_autoptr (GPtrArray) rows = list_selected (self);

  enable (self, "copy", rows->len > 0);
  if (self->session != NULL)
    ptl_sheet_light (self->session, rows);
}

static void
on_copy_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PtlSheetView *self = data;
  PtlSheetColumn shown[PTL_N_SHEET_COLUMNS];
  guint n = ptl_sheet_columns_get_shown (self->columns, shown);
  g_autoptr (GdkContentProvider) clip = ptl_sheet_clip_new (self->model, shown, n);

  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), clip);
}

static void
on_select_all_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (PTL_SHEET_VIEW (data)->model));
}

static void
on_unselect_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ptl_sheet_view_unselect (data);
}

static void
on_export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PtlSheetView *self = data;
  const PtlRoutes *routes = ptl_sheets_routes (ptl_session_get_sheets (self->session));

  ptl_export_dialog_show (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->session,
                          routes->firewalls[self->firewall].id);
}

static const GActionEntry entries[] = {
  { "copy", on_copy_cb, NULL, NULL, NULL, { 0 } },
  { "select-all", on_select_all_cb, NULL, NULL, NULL, { 0 } },
  { "unselect", on_unselect_cb, NULL, NULL, NULL, { 0 } },
  { "export", on_export_cb, NULL, NULL, NULL, { 0 } },
};

/* The label of a cell at or around a widget of the table. */
static GtkListItem *
item_at (PtlSheetView *self, GtkWidget *widget)
{
  for (; widget != NULL && widget != GTK_WIDGET (self->table); widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *child = gtk_widget_get_first_child (widget);
      GtkWidget *label = child != NULL && GTK_IS_INSCRIPTION (child) ? child : widget;
      GtkListItem *item = g_object_get_data (G_OBJECT (label), "item");

      if (item != NULL)
        return item;
    }
  return NULL;
}

/* The menu is about the selected rows, or the one that is clicked when it is not among them. */
static void
on_pressed_cb (GtkGestureClick *gesture, int n, double x, double y, PtlSheetView *self)
{
  GtkListItem *item = item_at (self, gtk_widget_pick (GTK_WIDGET (self->table), x, y, GTK_PICK_DEFAULT));
  double own_x, own_y;

  if (item == NULL)
    return;
  if (!gtk_list_item_get_selected (item))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->model), gtk_list_item_get_position (item), TRUE);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->table), GTK_WIDGET (self), x, y, &own_x, &own_y);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->row_menu), &(GdkRectangle){ (int) own_x, (int) own_y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->row_menu));
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
on_menu_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  PtlSheetView *self = PTL_SHEET_VIEW (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_compute_bounds (focus, widget, &bounds))
    return FALSE;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->row_menu),
                               &(GdkRectangle){ 24, (int) (bounds.origin.y + bounds.size.height), 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->row_menu));
  return TRUE;
}

/* The keys that delete and cut what is selected on the canvas do not do so from within a table. */
static gboolean
on_other_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_widget_error_bell (widget);
  return TRUE;
}

static void
ptl_sheet_view_dispose (GObject *object)
{
  PtlSheetView *self = PTL_SHEET_VIEW (object);

  g_clear_handle_id (&self->new_timeout, g_source_remove);
  if (self->columns != NULL)
    {
      gtk_column_view_set_model (self->table, NULL);
      g_signal_handlers_disconnect_by_data (self->model, self);
      g_clear_pointer (&self->columns, ptl_sheet_columns_free);
    }
  g_clear_object (&self->session);
  g_clear_pointer ((GtkWidget **) &self->row_menu, gtk_widget_unparent);
  G_OBJECT_CLASS (ptl_sheet_view_parent_class)->dispose (object);
}

static void
ptl_sheet_view_finalize (GObject *object)
{
  PtlSheetView *self = PTL_SHEET_VIEW (object);

  g_hash_table_unref (self->bound);
  g_object_unref (self->actions);
  g_object_unref (self->model);
  g_free (self->empty);
  G_OBJECT_CLASS (ptl_sheet_view_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *class)
{
  gtk_widget_class_add_binding_action (class, GDK_KEY_c, GDK_CONTROL_MASK, "sheet.copy", NULL);
  gtk_widget_class_add_binding_action (class, GDK_KEY_a, GDK_CONTROL_MASK, "sheet.select-all", NULL);
  gtk_widget_class_add_binding_action (class, GDK_KEY_Escape, 0, "sheet.unselect", NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_Menu, 0, on_menu_key_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_F10, GDK_SHIFT_MASK, on_menu_key_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_Delete, 0, on_other_key_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_x, GDK_CONTROL_MASK, on_other_key_cb, NULL);
}

static void
ptl_sheet_view_class_init (PtlSheetViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_sheet_view_dispose;
  G_OBJECT_CLASS (class)->finalize = ptl_sheet_view_finalize;
  add_keys (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-sheet-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlSheetView, table);
  gtk_widget_class_bind_template_child (widget_class, PtlSheetView, scrolled);
  gtk_widget_class_bind_template_child (widget_class, PtlSheetView, hint);
  gtk_widget_class_bind_template_child (widget_class, PtlSheetView, tools);
  gtk_widget_class_bind_template_child (widget_class, PtlSheetView, filter);
  gtk_widget_class_bind_template_child (widget_class, PtlSheetView, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PtlSheetView, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed_cb);
}

static void
add_menus (PtlSheetView *self)
{
  g_autoptr (GMenu) menu = g_menu_new (), sheet = g_menu_new ();
  GMenuModel *rows = gtk_popover_menu_get_menu_model (self->row_menu);

  g_menu_append (sheet, _ ("_Export This Sheet…"), "sheet.export");
  g_menu_append_section (menu, NULL, rows);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (sheet));
  g_menu_append_section (menu, NULL, ptl_sheet_columns_get_menu (self->columns));
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (menu));
  gtk_widget_set_parent (GTK_WIDGET (self->row_menu), GTK_WIDGET (self));
}

/* The rows below the titles. */
static GtkWidget *
list_of (PtlSheetView *self)
{
  return gtk_widget_get_next_sibling (gtk_widget_get_first_child (GTK_WIDGET (self->table)));
}

/* What the table consists of has no names of its own in GTK 4.8: a row of titles, and a list. */
static void
name_parts (PtlSheetView *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->table);
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->table)), *title;
  guint i = 0;

  for (title = gtk_widget_get_first_child (header); title != NULL; title = gtk_widget_get_next_sibling (title))
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i++);

      name_widget (title, gtk_column_view_column_get_title (column));
    }
  name_widget (header, _ ("Columns"));
  name_widget (list_of (self), _ ("Rules"));
}

static void
ptl_sheet_view_init (PtlSheetView *self)
{
  self->bound = g_hash_table_new (NULL, NULL);
  self->actions = g_simple_action_group_new ();
  self->model = ptl_sheet_model_new ();
  self->empty = g_strdup ("");
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->columns = ptl_sheet_columns_new (self->table, self->model, G_ACTION_MAP (self->actions), new_factory, self);
  add_menus (self);
  name_parts (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "sheet", G_ACTION_GROUP (self->actions));
  gtk_widget_insert_action_group (self->tools, "sheet", G_ACTION_GROUP (self->actions));
  g_signal_connect (gtk_scrolled_window_get_hadjustment (self->scrolled), "notify::upper", G_CALLBACK (on_width_cb),
                    self);
  g_signal_connect (self->model, "rows-changed", G_CALLBACK (on_rows_changed_cb), self);
  g_signal_connect (self->model, "selection-changed", G_CALLBACK (on_selection_changed_cb), self);
  on_selection_changed_cb (GTK_SELECTION_MODEL (self->model), 0, 0, self);
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->model));
}

void
ptl_sheet_view_show (PtlSheetView *self, PtlSession *session, guint firewall, const PtlSheetScope *scope)
{
  g_autoptr (GPtrArray) before = list_selected (self);

  g_set_object (&self->session, session);
  self->firewall = firewall;
  enable (self, "export", session != NULL);
  ptl_sheet_model_show (self->model, session != NULL ? ptl_session_get_sheets (session) : NULL, firewall, scope);
  if (before->len > 0) /* the light went out with the results before */
    on_selection_changed_cb (GTK_SELECTION_MODEL (self->model), 0, 0, self);
  g_clear_handle_id (&self->new_timeout, g_source_remove);
  self->new_timeout = g_timeout_add_seconds (NEW_SECONDS, on_new_timeout_cb, self);
}

void
ptl_sheet_view_scroll_to_top (PtlSheetView *self)
{
  gtk_widget_activate_action (list_of (self), "list.scroll-to-item", "u", 0);
}

void
ptl_sheet_view_set_hint (PtlSheetView *self, const char *hint)
{
  g_free (self->empty);
  self->empty = g_strdup (hint);
  update_hint (self);
}

void
ptl_sheet_view_unselect (PtlSheetView *self)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->model));
}

GtkWidget *
ptl_sheet_view_get_tools (PtlSheetView *self)
{
  return self->tools;
}

PtlSheetModel *
ptl_sheet_view_get_model (PtlSheetView *self)
{
  return self->model;
}
