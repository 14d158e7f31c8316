#include "ptl-export-list.h"

#include <glib/gi18n.h>

#include "ptl-export-words.h"

struct _PtlExportList
{
  GtkBox parent_instance;

  PtlSession *session;
  GtkStringList *ids; /* of the routes' firewalls, in their order */
  GtkBitset *chosen;  /* of them */
  gboolean expanded;
  GtkListView *view;
};

static guint changed_signal; /* others are chosen, or they have other sheets */

G_DEFINE_FINAL_TYPE (PtlExportList, ptl_export_list, GTK_TYPE_BOX)

/* What stands beside a firewall's name. */
static char *
firewall_detail (PtlExportList *self, guint firewall)
{
  PtlSheets *sheets = ptl_session_get_sheets (self->session);

  if (!ptl_sheets_has_sheet (sheets, firewall))
    return g_strdup (_ ("not managed here"));
  if (self->expanded)
    return g_strdup (""); /* the rows are not known before they are written */
  return ptl_export_words_rules (ptl_sheets_rows (sheets, firewall)->len);
}

static void
on_firewall_toggled_cb (GtkCheckButton *button, GtkListItem *item)
{
  PtlExportList *self = PTL_EXPORT_LIST (gtk_widget_get_ancestor (GTK_WIDGET (button), PTL_TYPE_EXPORT_LIST));
  guint position = gtk_list_item_get_position (item);

  if (gtk_check_button_get_active (button))
    gtk_bitset_add (self->chosen, position);
  else
    gtk_bitset_remove (self->chosen, position);
  g_signal_emit (self, changed_signal, 0);
}

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, PtlExportList *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = gtk_check_button_new (), *name = gtk_label_new (NULL), *detail = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), name);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (row), detail);
  gtk_list_item_set_child (item, row);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, PtlExportList *self)
{
  guint position = gtk_list_item_get_position (item);
  const char *name = ptl_sheets_firewall_name (ptl_session_get_sheets (self->session), position);
  g_autofree char *detail = firewall_detail (self, position);
  g_autofree char *words = g_strdup_printf ("%s, %s", name, detail);
  GtkWidget *row = gtk_list_item_get_child (item), *button = gtk_widget_get_first_child (row);

  g_signal_handlers_disconnect_by_func (button, on_firewall_toggled_cb, item);
  gtk_label_set_text (GTK_LABEL (gtk_check_button_get_child (GTK_CHECK_BUTTON (button))), name);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (row)), detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *detail != '\0' ? words : name, -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), gtk_bitset_contains (self->chosen, position));
  gtk_widget_set_sensitive (button, ptl_sheets_has_sheet (ptl_session_get_sheets (self->session), position));
  g_signal_connect (button, "toggled", G_CALLBACK (on_firewall_toggled_cb), item);
}

/* Shows what is chosen; the rows are made anew. */
static void
fill_list (PtlExportList *self)
{
  const PtlRoutes *routes = ptl_sheets_routes (ptl_session_get_sheets (self->session));
  g_autofree const char **ids = g_new0 (const char *, routes->n_firewalls + 1);

  for (guint i = 0; i < routes->n_firewalls; i++)
    ids[i] = routes->firewalls[i].id;
  gtk_string_list_splice (self->ids, 0, g_list_model_get_n_items (G_LIST_MODEL (self->ids)), ids);
  g_signal_emit (self, changed_signal, 0);
}

/* All that have a sheet but those; `without` has ids. */
static void
choose_all (PtlExportList *self, GHashTable *without)
{
  PtlSheets *sheets = ptl_session_get_sheets (self->session);
  const PtlRoutes *routes = ptl_sheets_routes (ptl_session_get_sheets (self->session));

  gtk_bitset_remove_all (self->chosen);
  for (guint i = 0; i < routes->n_firewalls; i++)
    if (ptl_sheets_has_sheet (sheets, i)
        && (without == NULL || !g_hash_table_contains (without, routes->firewalls[i].id)))
      gtk_bitset_add (self->chosen, i);
  fill_list (self);
}

/* Others than before may have these numbers now. */
static void
on_results_changed_cb (PtlSession *session, PtlExportList *self)
{
  g_autoptr (GHashTable) without = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->ids)); i++)
    if (!gtk_bitset_contains (self->chosen, i))
      g_hash_table_add (without, g_strdup (gtk_string_list_get_string (self->ids, i)));
  choose_all (self, without);
}

static void
on_select_all_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose_all (PTL_EXPORT_LIST (widget), NULL);
}

static void
on_select_none_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_bitset_remove_all (PTL_EXPORT_LIST (widget)->chosen);
  fill_list (PTL_EXPORT_LIST (widget));
}

static void
ptl_export_list_dispose (GObject *object)
{
  PtlExportList *self = PTL_EXPORT_LIST (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->ids);
  g_clear_pointer (&self->chosen, gtk_bitset_unref);
  G_OBJECT_CLASS (ptl_export_list_parent_class)->dispose (object);
}

static void
ptl_export_list_class_init (PtlExportListClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_export_list_dispose;
  changed_signal
      = g_signal_new ("changed", PTL_TYPE_EXPORT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-export-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlExportList, view);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_cb);
  gtk_widget_class_install_action (widget_class, "firewalls.all", NULL, on_select_all_cb);
  gtk_widget_class_install_action (widget_class, "firewalls.none", NULL, on_select_none_cb);
}

static void
ptl_export_list_init (PtlExportList *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  self->ids = gtk_string_list_new (NULL);
  self->chosen = gtk_bitset_new_empty ();
  gtk_widget_init_template (GTK_WIDGET (self));
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->ids)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
}

void
ptl_export_list_set_session (PtlExportList *self, PtlSession *session, const char *firewall)
{
  int only = firewall != NULL
                 ? ptl_routes_find_firewall (ptl_sheets_routes (ptl_session_get_sheets (session)), firewall)
                 : -1;

  self->session = g_object_ref (session);
  g_signal_connect (session, "results-changed", G_CALLBACK (on_results_changed_cb), self);
  if (only < 0)
    choose_all (self, NULL);
  else
    {
      gtk_bitset_add (self->chosen, (guint) only);
      fill_list (self);
    }
}

void
ptl_export_list_set_expanded (PtlExportList *self, gboolean expanded)
{
  self->expanded = expanded;
  if (self->session != NULL)
    fill_list (self);
}

GArray *
ptl_export_list_get_chosen (PtlExportList *self)
{
  GArray *firewalls = g_array_new (FALSE, FALSE, sizeof (guint));
  GtkBitsetIter iter;
  guint i;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, self->chosen, &i); more;
       more = gtk_bitset_iter_next (&iter, &i))
    g_array_append_val (firewalls, i);
  return firewalls;
}
