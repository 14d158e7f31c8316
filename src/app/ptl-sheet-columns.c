#include "ptl-sheet-columns.h"

#include <glib/gi18n.h>

#include "ptl-preferences.h"

#define N_COLUMNS G_N_ELEMENTS (kinds)

/* Those of the exported sheet without what is the same in each row. The titles fit, and the first ten columns into a
 * window of common width. */
static const struct
{
  PtlSheetColumn column;
  const char *title;
  int width; /* characters */
} kinds[] = {
  { PTL_SHEET_RULE, N_ ("Rule"), 13 },
  { PTL_SHEET_SOURCE_ZONE, N_ ("Source zone"), 13 },
  { PTL_SHEET_SOURCE, N_ ("Source"), 12 },
  { PTL_SHEET_SOURCE_ADDRESS, N_ ("Source address"), 16 },
  { PTL_SHEET_DESTINATION_ZONE, N_ ("Destination zone"), 18 },
  { PTL_SHEET_DESTINATION, N_ ("Destination"), 13 },
  { PTL_SHEET_DESTINATION_ADDRESS, N_ ("Destination address"), 21 },
  { PTL_SHEET_PROTOCOL, N_ ("Protocol"), 10 },
  { PTL_SHEET_DESTINATION_PORT, N_ ("Destination port"), 17 },
  { PTL_SHEET_SERVICE, N_ ("Service"), 15 },
  { PTL_SHEET_PHASE, N_ ("Phase"), 10 },
  { PTL_SHEET_PURPOSE, N_ ("Purpose"), 45 },
  { PTL_SHEET_REFERENCE, N_ ("Reference"), 45 },
  { PTL_SHEET_NOTE, N_ ("Note"), 45 },
};

struct _PtlSheetColumns
{
  GtkColumnView *view;
  PtlSheetModel *model;
  GtkColumnViewColumn *columns[N_COLUMNS];
  GSimpleAction *sort, *descending;
  GMenu *menu;
  int probed; /* the first column that compared anything, or -1 */
};

/* Sorting. The model sorts: GTK 4.8 tells nobody by which column, so that it is found out by having two things
 * compared that are all the same to us. */

typedef struct
{
  PtlSheetColumns *self;
  guint index;
} Probe;

static int
on_compare_cb (gconstpointer one, gconstpointer other, gpointer data)
{
  const Probe *probe = data;

  if (probe->self->probed < 0)
    probe->self->probed = (int) probe->index;
  return -1;
}

static GtkSorter *
new_sorter (PtlSheetColumns *self, guint index)
{
  Probe *probe = g_new (Probe, 1);

  *probe = (Probe){ self, index };
  return GTK_SORTER (gtk_custom_sorter_new (on_compare_cb, probe, g_free));
}

static const char *
key_of (int index)
{
  return index >= 0 ? ptl_sheet_title (kinds[index].column) : "";
}

static int
find_column (const char *key)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    if (g_str_equal (key, key_of ((int) i)))
      return (int) i;
  return -1;
}

static void
on_sorter_changed_cb (GtkSorter *sorter, GtkSorterChange change, PtlSheetColumns *self)
{
  gboolean descending;

  self->probed = -1;
  descending = gtk_sorter_compare (sorter, self->columns[0], self->columns[1]) == GTK_ORDERING_LARGER;
  g_simple_action_set_state (self->sort, g_variant_new_string (key_of (self->probed)));
  g_simple_action_set_state (self->descending, g_variant_new_boolean (descending));
  g_simple_action_set_enabled (self->descending, self->probed >= 0);
  ptl_sheet_model_sort (self->model, self->probed >= 0 ? kinds[self->probed].column : PTL_N_SHEET_COLUMNS, descending);
}

static void
sort_by (PtlSheetColumns *self, const char *key, gboolean descending)
{
  int index = find_column (key);

  gtk_column_view_sort_by_column (self->view, index >= 0 ? self->columns[index] : NULL,
                                  descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

static void
remember_sorting (PtlSheetColumns *self)
{
  g_autoptr (GVariant) key = g_action_get_state (G_ACTION (self->sort));
  g_autoptr (GVariant) descending = g_action_get_state (G_ACTION (self->descending));

  ptl_preferences_set_word ("sheet-sort", g_variant_get_string (key, NULL));
  ptl_preferences_set_flag ("sheet-descending", g_variant_get_boolean (descending));
}

static void
on_sort_cb (GSimpleAction *action, GVariant *value, PtlSheetColumns *self)
{
  sort_by (self, g_variant_get_string (value, NULL), FALSE);
}

static void
on_descending_cb (GSimpleAction *action, GVariant *value, PtlSheetColumns *self)
{
  g_autoptr (GVariant) key = g_action_get_state (G_ACTION (self->sort));

  sort_by (self, g_variant_get_string (key, NULL), g_variant_get_boolean (value));
}

static void
add_sorting (PtlSheetColumns *self, GActionMap *actions)
{
  g_autofree char *key = ptl_preferences_get_word ("sheet-sort", "");
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);

  self->sort = g_simple_action_new_stateful ("sort", G_VARIANT_TYPE_STRING, g_variant_new_string (""));
  self->descending = g_simple_action_new_stateful ("descending", NULL, g_variant_new_boolean (FALSE));
  g_signal_connect (self->sort, "change-state", G_CALLBACK (on_sort_cb), self);
  g_signal_connect (self->descending, "change-state", G_CALLBACK (on_descending_cb), self);
  g_action_map_add_action (actions, G_ACTION (self->sort));
  g_action_map_add_action (actions, G_ACTION (self->descending));
  g_signal_connect (sorter, "changed", G_CALLBACK (on_sorter_changed_cb), self);
  sort_by (self, key, ptl_preferences_get_flag ("sheet-descending", FALSE));
  g_signal_connect_swapped (sorter, "changed", G_CALLBACK (remember_sorting), self);
}

/* Hiding */

static void
remember_hidden (PtlSheetColumns *self)
{
  g_autoptr (GString) hidden = g_string_new (NULL);

  for (guint i = 0; i < N_COLUMNS; i++)
    if (!gtk_column_view_column_get_visible (self->columns[i]))
      g_string_append_printf (hidden, "%s%s", hidden->len > 0 ? "," : "", key_of ((int) i));
  ptl_preferences_set_word ("sheet-hidden", hidden->str);
}

static void
add_hiding (PtlSheetColumns *self, GActionMap *actions)
{
  g_autofree char *keys = ptl_preferences_get_word ("sheet-hidden", "");
  g_auto (GStrv) hidden = g_strsplit (keys, ",", -1);

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_autofree char *name = g_strdup_printf ("column-%u", i);
      g_autoptr (GPropertyAction) action = g_property_action_new (name, self->columns[i], "visible");

      gtk_column_view_column_set_visible (self->columns[i],
                                          !g_strv_contains ((const char *const *) hidden, key_of ((int) i)));
      g_action_map_add_action (actions, G_ACTION (action));
      g_signal_connect_swapped (self->columns[i], "notify::visible", G_CALLBACK (remember_hidden), self);
    }
}

static void
fill_menu (PtlSheetColumns *self)
{
  g_autoptr (GMenu) sorting = g_menu_new (), orders = g_menu_new (), direction = g_menu_new (), columns = g_menu_new ();

  g_menu_append (orders, _ ("Order of the Sheet"), "sheet.sort::");
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_autofree char *visible = g_strdup_printf ("sheet.column-%u", i);
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (kinds[i].title), NULL);

      g_menu_item_set_action_and_target (item, "sheet.sort", "s", key_of ((int) i));
      g_menu_append_item (orders, item);
      g_menu_append (columns, _ (kinds[i].title), visible);
    }
  g_menu_append (direction, _ ("_Descending"), "sheet.descending");
  g_menu_append_section (sorting, NULL, G_MENU_MODEL (orders));
  g_menu_append_section (sorting, NULL, G_MENU_MODEL (direction));
  g_menu_append_submenu (self->menu, _ ("_Sort By"), G_MENU_MODEL (sorting));
  g_menu_append_submenu (self->menu, _ ("_Columns"), G_MENU_MODEL (columns));
}

#define PADDING 16 /* px, of a cell */

/* Of digits in the font that is used: capitals are no wider, most letters narrower. */
static int
char_width (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = pango_font_metrics_get_approximate_digit_width (metrics);

  pango_font_metrics_unref (metrics);
  return MAX (width / PANGO_SCALE, 1);
}

PtlSheetColumns *
ptl_sheet_columns_new (GtkColumnView *view, PtlSheetModel *model, GActionMap *actions,
                       GtkListItemFactory *(*new_factory) (PtlSheetColumn column, gpointer data), gpointer data)
{
  PtlSheetColumns *self = g_new0 (PtlSheetColumns, 1);
  int width = char_width (GTK_WIDGET (view));

  self->view = view;
  self->model = model;
  self->menu = g_menu_new ();
  fill_menu (self);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_autoptr (GtkSorter) sorter = new_sorter (self, i);

      self->columns[i] = gtk_column_view_column_new (_ (kinds[i].title), new_factory (kinds[i].column, data));
      gtk_column_view_column_set_fixed_width (self->columns[i], kinds[i].width * width + PADDING);
      gtk_column_view_column_set_resizable (self->columns[i], TRUE);
      gtk_column_view_column_set_sorter (self->columns[i], sorter);
      gtk_column_view_column_set_header_menu (self->columns[i], G_MENU_MODEL (self->menu));
      gtk_column_view_append_column (view, self->columns[i]);
    }
  add_hiding (self, actions);
  add_sorting (self, actions);
  return self;
}

void
ptl_sheet_columns_free (PtlSheetColumns *self)
{
  g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
  g_signal_handlers_disconnect_by_data (self->sort, self);
  g_signal_handlers_disconnect_by_data (self->descending, self);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_signal_handlers_disconnect_by_data (self->columns[i], self);
      gtk_column_view_column_set_sorter (self->columns[i], NULL);
      g_object_unref (self->columns[i]);
    }
  g_object_unref (self->sort);
  g_object_unref (self->descending);
  g_object_unref (self->menu);
  g_free (self);
}

GMenuModel *
ptl_sheet_columns_get_menu (PtlSheetColumns *self)
{
  return G_MENU_MODEL (self->menu);
}

guint
ptl_sheet_columns_get_shown (PtlSheetColumns *self, PtlSheetColumn *shown)
{
  guint n = 0;

  for (guint i = 0; i < N_COLUMNS; i++)
    if (gtk_column_view_column_get_visible (self->columns[i]))
      shown[n++] = kinds[i].column;
  return n;
}
