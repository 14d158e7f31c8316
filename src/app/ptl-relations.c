#include "ptl-relations.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ptl-picker.h"
#include "ptl-reason.h"

struct _PtlRelations
{
  GtkBox parent_instance;

  PtlTopic *topic;
  const PtlRelationKind *kind;
  PtlDetail detail;

  GtkWidget *rows, *picker, *reason;
  GPtrArray *keys, *titles; /* char *: as shown */
};

G_DEFINE_FINAL_TYPE (PtlRelations, ptl_relations, GTK_TYPE_BOX)

typedef gboolean (*Change) (PtlTopic *topic, PtlDetail detail, const char *key, GError **error);

static void
change (PtlRelations *self, Change how, const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *own = g_strdup (key); /* rows go with the change */
  guint n;

  ptl_topic_get_items (self->topic, &n);
  if (n == 1)
    ptl_reason_show (self->reason, how (self->topic, self->detail, own, &error) ? NULL : error->message);
}

static void
on_remove_cb (GtkButton *button, PtlRelations *self)
{
  change (self, self->kind->part, g_object_get_data (G_OBJECT (button), "key"));
}

static void
on_picked_cb (PtlPicker *picker, const char *key, PtlRelations *self)
{
  change (self, self->kind->join, key);
}

static GtkWidget *
make_row (PtlRelations *self, const char *key, const char *title)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = gtk_label_new (title);
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: %s is a name. */
  g_autofree char *tip = g_strdup_printf (_ ("Remove %s"), title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  g_object_set_data_full (G_OBJECT (remove), "key", g_strdup (key), g_free);
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove_cb), self);
  gtk_widget_add_css_class (row, "relation");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), remove);
  return row;
}

static gboolean
same_texts (const GPtrArray *one, const GPtrArray *other)
{
  if (one->len != other->len)
    return FALSE;
  for (guint i = 0; i < one->len; i++)
    if (strcmp (one->pdata[i], other->pdata[i]) != 0)
      return FALSE;
  return TRUE;
}

static void
update (PtlRelations *self)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  PtlChoices choices = { keys, titles };
  GtkWidget *child;

  self->kind->list (self->topic, self->detail, &choices);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          keys->len > 0 || (self->picker != NULL && self->kind->applies (self->topic, self->detail)));
  if (same_texts (keys, self->keys) && same_texts (titles, self->titles))
    return;
  while ((child = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), child);
  for (guint i = 0; i < keys->len; i++)
    gtk_box_append (GTK_BOX (self->rows), make_row (self, keys->pdata[i], titles->pdata[i]));
  gtk_widget_set_visible (self->rows, keys->len > 0);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->titles);
  self->keys = g_steal_pointer (&keys);
  self->titles = g_steal_pointer (&titles);
}

static void
on_refresh_cb (PtlTopic *topic, const PtlTouched *touched, PtlRelations *self)
{
  guint n;

  ptl_topic_get_items (topic, &n);
  if (touched != NULL && !(touched->difference & PTL_DIFFERS_MEANING))
    return;
  gtk_widget_set_visible (self->reason, FALSE);
  if (n == 1)
    update (self);
  else
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
ptl_relations_dispose (GObject *object)
{
  PtlRelations *self = PTL_RELATIONS (object);

  if (self->topic != NULL)
    g_signal_handlers_disconnect_by_data (self->topic, self);
  g_clear_object (&self->topic);
  G_OBJECT_CLASS (ptl_relations_parent_class)->dispose (object);
}

static void
ptl_relations_finalize (GObject *object)
{
  PtlRelations *self = PTL_RELATIONS (object);

  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->titles);
  G_OBJECT_CLASS (ptl_relations_parent_class)->finalize (object);
}

static void
ptl_relations_class_init (PtlRelationsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_relations_dispose;
  G_OBJECT_CLASS (class)->finalize = ptl_relations_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-relations.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlRelations, rows);
  gtk_widget_class_bind_template_child (widget_class, PtlRelations, reason);
}

static void
ptl_relations_init (PtlRelations *self)
{
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->titles = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ptl_relations_new (PtlTopic *topic, const PtlRelationKind *kind, PtlDetail detail)
{
  PtlRelations *self = g_object_new (PTL_TYPE_RELATIONS, NULL);

  self->topic = g_object_ref (topic);
  self->kind = kind;
  self->detail = detail;
  if (kind->add != NULL)
    {
      self->picker = ptl_picker_new (topic, detail, _ (kind->add), kind->candidates, FALSE);
      g_signal_connect (self->picker, "picked", G_CALLBACK (on_picked_cb), self);
      gtk_box_append (GTK_BOX (self), self->picker);
    }
  g_signal_connect (topic, "refresh", G_CALLBACK (on_refresh_cb), self);
  on_refresh_cb (topic, NULL, self);
  return GTK_WIDGET (self);
}
