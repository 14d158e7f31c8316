#include "ptl-role-list.h"

#include <glib/gi18n.h>

#include "plan/ptl-edit-fields.h"
#include "ptl-field-kinds.h"
#include "ptl-icon-paintable.h"
#include "ptl-picker.h"
#include "ptl-reason.h"

struct _PtlRoleList
{
  GtkBox parent_instance;

  PtlTopic *topic;
  GtkWidget *rows, *reason;
  GHashTable *known; /* role -> its row: a row once made stays, hidden, and so whether it is open */
};

G_DEFINE_FINAL_TYPE (PtlRoleList, ptl_role_list, GTK_TYPE_BOX)

#define ROLE   "role"
#define TITLE  "title"
#define BUTTON "button"

static const PtlCatalogue *
catalogue (PtlRoleList *self)
{
  return ptl_topic_get_plan (self->topic)->catalogue;
}

/* How many of the nodes have each role of the catalogue; `order` has those that any has, as first seen. */
static guint *
count_roles (PtlRoleList *self, GArray *order, guint *n)
{
  const PtlItem *items = ptl_topic_get_items (self->topic, n);
  guint *counts = g_new0 (guint, catalogue (self)->roles->len);

  for (guint i = 0; i < *n; i++)
    {
      const PtlNode *node = ptl_record (ptl_topic_get_plan (self->topic), PTL_RECORD_NODE, items[i].index);

      for (guint k = 0; k < node->roles->len; k++)
        {
          guint role = ((const PtlNodeRole *) node->roles->pdata[k])->use.role;

          if (counts[role]++ == 0 && order != NULL)
            g_array_append_val (order, role);
        }
    }
  return counts;
}

typedef gboolean (*Change) (PtlHistory *history, const PtlItem *nodes, guint n, guint role, GError **error);

static void
change (PtlRoleList *self, Change how, guint role)
{
  g_autoptr (GError) error = NULL;
  guint n;
  const PtlItem *items = ptl_topic_get_items (self->topic, &n);
  gboolean done = n == 0 || how (ptl_topic_get_history (self->topic), items, n, role, &error);

  ptl_reason_show (self->reason, done ? NULL : error->message);
}

static void
on_remove_cb (GtkButton *button, PtlRoleList *self)
{
  change (self, ptl_edit_remove_role, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), ROLE)));
}

static void
on_picked_cb (PtlPicker *picker, const char *key, PtlRoleList *self)
{
  change (self, ptl_edit_add_role, (guint) ptl_catalogue_find_role (catalogue (self), key));
}

/* The roles that not all of the nodes have. */
static void
find_roles (PtlTopic *topic, PtlDetail detail, PtlChoices *choices)
{
  const PtlPlan *plan = ptl_topic_get_plan (topic);
  guint n;
  const PtlItem *items = ptl_topic_get_items (topic, &n);

  for (guint role = 0; role < plan->catalogue->roles->len; role++)
    {
      const PtlRole *kind = ptl_catalogue_role (plan->catalogue, role);
      g_autofree char *title = NULL;
      guint having = 0;

      while (having < n && ptl_node_find_role (plan->nodes->pdata[items[having].index], role) != NULL)
        having++;
      if (having == n)
        continue;
      title = kind->removed ? g_strdup_printf (_ ("%s (removed from the product)"), _ (kind->title)) : NULL;
      ptl_choices_add (choices, kind->name, title != NULL ? title : _ (kind->title));
    }
}

/* Rows */

static void
on_toggled_cb (GtkToggleButton *button, GParamSpec *spec, GtkImage *arrow)
{
  gboolean open = gtk_toggle_button_get_active (button);

  gtk_image_set_from_icon_name (arrow, open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
}

/* A button that shows and hides the fields. It is no GtkExpander: that does not let a long title wrap. In a grid
 * image and title agree on their height at any width. */
static GtkWidget *
make_title (const PtlRole *role, GtkWidget **label)
{
  GtkWidget *button = gtk_toggle_button_new (), *grid = gtk_grid_new ();
  GtkWidget *images = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *arrow = gtk_image_new ();
  g_autoptr (GdkPaintable) icon = ptl_icon_paintable_new (role->name);

  *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (*label), 0);
  gtk_label_set_wrap (GTK_LABEL (*label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (*label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (*label, TRUE);
  gtk_box_append (GTK_BOX (images), arrow);
  gtk_box_append (GTK_BOX (images), gtk_image_new_from_paintable (icon));
  gtk_grid_attach (GTK_GRID (grid), images, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), *label, 1, 0, 1, 1);
  gtk_widget_set_valign (grid, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), grid);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (role->title), -1);
  g_signal_connect (button, "notify::active", G_CALLBACK (on_toggled_cb), arrow);
  on_toggled_cb (GTK_TOGGLE_BUTTON (button), NULL, GTK_IMAGE (arrow));
  return button;
}

static GtkWidget *
make_fields (PtlRoleList *self, guint role)
{
  const PtlRole *kind = ptl_catalogue_role (catalogue (self), role);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  PtlDetail detail = { role, 0 };

  for (; detail.option < kind->n_options; detail.option++)
    {
      const PtlOption *option = &kind->options[detail.option];

      gtk_box_append (GTK_BOX (box),
                      ptl_field_new (self->topic, option->values != NULL ? &ptl_option_field : &ptl_option_number_field,
                                     detail, _ (option->title)));
    }
  gtk_box_append (GTK_BOX (box), ptl_field_new (self->topic, &ptl_role_note_field, detail, NULL));
  return box;
}

static GtkWidget *
make_remove_button (PtlRoleList *self, guint role)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *tip = g_strdup_printf (_ ("Remove %s"), _ (ptl_catalogue_role (catalogue (self), role)->title));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  g_object_set_data (G_OBJECT (button), ROLE, GUINT_TO_POINTER (role));
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove_cb), self);
  return button;
}

static GtkWidget *
make_row (PtlRoleList *self, guint role)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label, *fields = make_fields (self, role);
  GtkWidget *title = make_title (ptl_catalogue_role (catalogue (self), role), &label);

  gtk_box_append (GTK_BOX (header), title);
  gtk_box_append (GTK_BOX (header), make_remove_button (self, role));
  gtk_widget_add_css_class (row, "role");
  gtk_box_append (GTK_BOX (row), header);
  gtk_box_append (GTK_BOX (row), fields);
  g_object_bind_property (title, "active", fields, "visible", G_BINDING_SYNC_CREATE);
  g_object_set_data (G_OBJECT (row), TITLE, label);
  g_object_set_data (G_OBJECT (row), BUTTON, title);
  gtk_box_append (GTK_BOX (self->rows), row);
  return row;
}

static void
show_count (PtlRoleList *self, GtkWidget *row, guint role, guint count, guint n)
{
  const char *title = _ (ptl_catalogue_role (catalogue (self), role)->title);
  /* Translators: a role and how many of the selected nodes have it: "Client (2 of 3)". */
  g_autofree char *text = count < n ? g_strdup_printf (_ ("%s (%u of %u)"), title, count, n) : g_strdup (title);

  gtk_label_set_text (GTK_LABEL (g_object_get_data (G_OBJECT (row), TITLE)), text);
}

static void
update (PtlRoleList *self)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n;
  g_autofree guint *counts = count_roles (self, order, &n);
  GtkWidget *last = NULL;
  GHashTableIter iter;
  gpointer role, row;

  for (guint i = 0; i < order->len; i++)
    {
      guint own = g_array_index (order, guint, i);

      row = g_hash_table_lookup (self->known, GUINT_TO_POINTER (own));
      if (row == NULL)
        g_hash_table_insert (self->known, GUINT_TO_POINTER (own), row = make_row (self, own));
      show_count (self, row, own, counts[own], n);
      gtk_box_reorder_child_after (GTK_BOX (self->rows), row, last);
      last = row;
    }
  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, &role, &row))
    gtk_widget_set_visible (row, counts[GPOINTER_TO_UINT (role)] > 0);
}

static void
on_refresh_cb (PtlTopic *topic, const PtlTouched *touched, PtlRoleList *self)
{
  if (touched != NULL && !(touched->kinds & 1 << PTL_RECORD_NODE && touched->difference & PTL_DIFFERS_MEANING))
    return;
  gtk_widget_set_visible (self->reason, FALSE);
  update (self);
}

static void
ptl_role_list_dispose (GObject *object)
{
  PtlRoleList *self = PTL_ROLE_LIST (object);

  if (self->topic != NULL)
    g_signal_handlers_disconnect_by_data (self->topic, self);
  g_clear_object (&self->topic);
  g_clear_pointer (&self->known, g_hash_table_unref);
  G_OBJECT_CLASS (ptl_role_list_parent_class)->dispose (object);
}

static void
ptl_role_list_class_init (PtlRoleListClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_role_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-role-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlRoleList, rows);
  gtk_widget_class_bind_template_child (widget_class, PtlRoleList, reason);
}

static void
ptl_role_list_init (PtlRoleList *self)
{
  self->known = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ptl_role_list_new (PtlTopic *topic)
{
  PtlRoleList *self = g_object_new (PTL_TYPE_ROLE_LIST, NULL);
  GtkWidget *picker = ptl_picker_new (topic, (PtlDetail){ 0 }, _ ("Add a Role…"), find_roles, TRUE);

  self->topic = g_object_ref (topic);
  g_signal_connect (picker, "picked", G_CALLBACK (on_picked_cb), self);
  gtk_box_append (GTK_BOX (self), picker);
  g_signal_connect (topic, "refresh", G_CALLBACK (on_refresh_cb), self);
  on_refresh_cb (topic, NULL, self);
  return GTK_WIDGET (self);
}

void
ptl_role_list_focus (PtlRoleList *self, guint role, guint option)
{
  GtkWidget *row = g_hash_table_lookup (self->known, GUINT_TO_POINTER (role)), *field;

  if (row == NULL || !gtk_widget_get_visible (row))
    return;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (g_object_get_data (G_OBJECT (row), BUTTON)), TRUE);
  field = gtk_widget_get_first_child (gtk_widget_get_last_child (row));
  for (guint i = 0; i < option; i++)
    field = gtk_widget_get_next_sibling (field);
  ptl_field_focus (PTL_FIELD (field));
}
