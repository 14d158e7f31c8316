#include "ptl-members.h"

#include <glib/gi18n.h>

struct _PtlMembers
{
  GtkBox parent_instance;

  PtlTopic *topic;
  GtkWidget *label, *button;
};

G_DEFINE_FINAL_TYPE (PtlMembers, ptl_members, GTK_TYPE_BOX)

/* The nodes of the selected sites or zones. */
static GArray *
find_members (PtlMembers *self)
{
  const PtlPlan *plan = ptl_topic_get_plan (self->topic);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  GArray *members = g_array_new (FALSE, FALSE, sizeof (PtlItem));
  guint n;
  const PtlItem *items = ptl_topic_get_items (self->topic, &n);

  for (guint i = 0; i < n; i++)
    g_hash_table_add (ids, (gpointer) ptl_record_id (items[i].kind, ptl_record (plan, items[i].kind, items[i].index)));
  for (guint i = 0; i < plan->nodes->len && n > 0; i++)
    {
      const PtlNode *node = plan->nodes->pdata[i];
      const char *owner = items[0].kind == PTL_RECORD_SITE ? node->site : node->zone;
      PtlItem item = { PTL_RECORD_NODE, i };

      if (owner != NULL && g_hash_table_contains (ids, owner))
        g_array_append_val (members, item);
    }
  return members;
}

static void
on_clicked_cb (GtkButton *button, PtlMembers *self)
{
  g_autoptr (GArray) members = find_members (self);

  if (members->len > 0)
    ptl_session_select (ptl_topic_get_session (self->topic), (const PtlItem *) (gpointer) members->data, members->len,
                        PTL_SELECT_ONLY);
}

static void
on_refresh_cb (PtlTopic *topic, const PtlTouched *touched, PtlMembers *self)
{
  g_autoptr (GArray) members = NULL;
  g_autofree char *text = NULL;

  if (touched != NULL && !(touched->difference & PTL_DIFFERS_MEANING))
    return;
  members = find_members (self);
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node", "%u nodes", members->len), members->len);
  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_widget_set_sensitive (self->button, members->len > 0);
}

static void
ptl_members_dispose (GObject *object)
{
  PtlMembers *self = PTL_MEMBERS (object);

  if (self->topic != NULL)
    g_signal_handlers_disconnect_by_data (self->topic, self);
  g_clear_object (&self->topic);
  G_OBJECT_CLASS (ptl_members_parent_class)->dispose (object);
}

static void
ptl_members_class_init (PtlMembersClass *class)
{
  G_OBJECT_CLASS (class)->dispose = ptl_members_dispose;
}

static void
ptl_members_init (PtlMembers *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_set_hexpand (self->label, TRUE);
  self->button = gtk_button_new_with_label (_ ("Select Them"));
  g_signal_connect (self->button, "clicked", G_CALLBACK (on_clicked_cb), self);
  gtk_widget_add_css_class (GTK_WIDGET (self), "field");
  gtk_box_append (GTK_BOX (self), self->label);
  gtk_box_append (GTK_BOX (self), self->button);
}

GtkWidget *
ptl_members_new (PtlTopic *topic)
{
  PtlMembers *self = g_object_new (PTL_TYPE_MEMBERS, "spacing", 6, NULL);

  self->topic = g_object_ref (topic);
  g_signal_connect (topic, "refresh", G_CALLBACK (on_refresh_cb), self);
  on_refresh_cb (topic, NULL, self);
  return GTK_WIDGET (self);
}
