#include "ptl-inspector-heading.h"

#include <glib/gi18n.h>

#include "plan/ptl-edit-words.h"

struct _PtlInspectorHeading
{
  GtkBox parent_instance;

  PtlTopic *topic;
  GtkWidget *title, *subtitle;
};

G_DEFINE_FINAL_TYPE (PtlInspectorHeading, ptl_inspector_heading, GTK_TYPE_BOX)

static const char *const kind_words[PTL_N_RECORDS] = {
  [PTL_RECORD_SITE] = N_ ("Site"),
  [PTL_RECORD_ZONE] = N_ ("Zone"),
  [PTL_RECORD_FIREWALL] = N_ ("Firewall"),
  [PTL_RECORD_NODE] = N_ ("Node"),
};

/* "2 zones, 3 nodes" */
static char *
list_counts (PtlSession *session)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (int kind = PTL_RECORD_SITE; kind <= PTL_RECORD_NODE; kind++)
    {
      guint n = ptl_session_count_selected (session, (PtlRecordKind) kind);

      if (n > 0)
        g_ptr_array_add (words, ptl_words_count ((PtlRecordKind) kind, n));
    }
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}

static void
show (PtlInspectorHeading *self, const char *title, const char *subtitle)
{
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->subtitle), subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (self->subtitle, subtitle != NULL);
}

static void
on_refresh_cb (PtlTopic *topic, const PtlTouched *touched, PtlInspectorHeading *self)
{
  PtlSession *session = ptl_topic_get_session (topic);
  PtlRecordKind kind = ptl_topic_kind (session);
  guint n;
  g_autofree char *counts = NULL, *list = NULL;

  if (touched != NULL && !(touched->difference & PTL_DIFFERS_MEANING))
    return;
  ptl_topic_get_items (topic, &n);
  counts = ptl_words_count (kind, n);
  if (kind == PTL_RECORD_PLAN)
    show (self, _ ("Plan"), NULL);
  else if (kind == PTL_TOPIC_MIXED)
    show (self, counts, list = list_counts (session));
  else if (n > 1)
    show (self, counts, NULL);
  else
    show (self, ptl_record_name (kind, ptl_topic_get_record (topic)), _ (kind_words[kind]));
}

static void
ptl_inspector_heading_dispose (GObject *object)
{
  PtlInspectorHeading *self = PTL_INSPECTOR_HEADING (object);

  if (self->topic != NULL)
    g_signal_handlers_disconnect_by_data (self->topic, self);
  g_clear_object (&self->topic);
  G_OBJECT_CLASS (ptl_inspector_heading_parent_class)->dispose (object);
}

static void
ptl_inspector_heading_class_init (PtlInspectorHeadingClass *class)
{
  G_OBJECT_CLASS (class)->dispose = ptl_inspector_heading_dispose;
}

static GtkWidget *
add_label (PtlInspectorHeading *self, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (self), label);
  return label;
}

static void
ptl_inspector_heading_init (PtlInspectorHeading *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->title = add_label (self, "title-3");
  self->subtitle = add_label (self, "dim-label");
}

GtkWidget *
ptl_inspector_heading_new (PtlTopic *topic)
{
  PtlInspectorHeading *self = g_object_new (PTL_TYPE_INSPECTOR_HEADING, NULL);

  self->topic = g_object_ref (topic);
  g_signal_connect (topic, "refresh", G_CALLBACK (on_refresh_cb), self);
  on_refresh_cb (topic, NULL, self);
  return GTK_WIDGET (self);
}
