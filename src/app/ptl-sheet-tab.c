#include "ptl-sheet-tab.h"

#include <glib/gi18n.h>

#define MAX_CHARS 30 /* of a name that is shown in full */

struct _PtlSheetTab
{
  GObject parent_instance;

  char *id, *name;
  guint n_rules;
};

enum
{
  PROP_NAME = 1,
  PROP_N_RULES,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PtlSheetTab, ptl_sheet_tab, G_TYPE_OBJECT)

/* The widget of a tab */

static void
update_child (GtkListItem *item)
{
  PtlSheetTab *tab = gtk_list_item_get_item (item);
  GtkWidget *child = gtk_list_item_get_child (item), *name = gtk_widget_get_first_child (child);
  g_autofree char *count = g_strdup_printf ("%u", tab->n_rules);
  g_autofree char *rules
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u rule", "%u rules", tab->n_rules), tab->n_rules);
  g_autofree char *words = g_strdup_printf ("%s, %s", tab->name, rules);

  gtk_label_set_text (GTK_LABEL (name), tab->name);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (name)), count);
  gtk_widget_set_tooltip_text (child, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (child)), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *count = gtk_label_new (NULL);

  gtk_box_append (GTK_BOX (child), g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, "max-width-chars",
                                                 MAX_CHARS, "xalign", 0.0, NULL));
  gtk_widget_add_css_class (count, "dim-label");
  gtk_box_append (GTK_BOX (child), count);
  gtk_list_item_set_child (item, child);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  g_signal_connect_swapped (gtk_list_item_get_item (item), "notify", G_CALLBACK (update_child), item);
  update_child (item);
}

static void
on_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), item);
}

static void
ptl_sheet_tab_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  PtlSheetTab *self = PTL_SHEET_TAB (object);

  if (id == PROP_NAME)
    g_value_set_string (value, self->name);
  else
    g_value_set_uint (value, self->n_rules);
}

static void
ptl_sheet_tab_finalize (GObject *object)
{
  PtlSheetTab *self = PTL_SHEET_TAB (object);

  g_free (self->id);
  g_free (self->name);
  G_OBJECT_CLASS (ptl_sheet_tab_parent_class)->finalize (object);
}

static void
ptl_sheet_tab_class_init (PtlSheetTabClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ptl_sheet_tab_get_property;
  object_class->finalize = ptl_sheet_tab_finalize;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_N_RULES] = g_param_spec_uint ("n-rules", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
ptl_sheet_tab_init (PtlSheetTab *self)
{
}

PtlSheetTab *
ptl_sheet_tab_new (const char *id)
{
  PtlSheetTab *self = g_object_new (PTL_TYPE_SHEET_TAB, NULL);

  self->id = g_strdup (id);
  return self;
}

const char *
ptl_sheet_tab_get_id (PtlSheetTab *self)
{
  return self->id;
}

const char *
ptl_sheet_tab_get_name (PtlSheetTab *self)
{
  return self->name;
}

void
ptl_sheet_tab_update (PtlSheetTab *self, const char *name, guint n_rules)
{
  if (n_rules != self->n_rules)
    {
      self->n_rules = n_rules;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RULES]);
    }
  if (g_strcmp0 (name, self->name) != 0)
    {
      g_free (self->name);
      self->name = g_strdup (name);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
    }
}

GtkListItemFactory *
ptl_sheet_tab_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind_cb), NULL);
  return factory;
}
