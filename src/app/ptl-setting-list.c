#include "ptl-setting-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ptl-field-kinds.h"

struct _PtlSettingList
{
  GtkBox parent_instance;

  PtlTopic *topic;
  GtkWidget *rows, *all, *search;
  GPtrArray *fields; /* PtlField, in the catalogue's order; each is the first in its one of `rows` */
};

G_DEFINE_FINAL_TYPE (PtlSettingList, ptl_setting_list, GTK_TYPE_BOX)

static gboolean
is_found (PtlSettingList *self, PtlField *field)
{
  g_autofree char *title = g_utf8_casefold (ptl_field_get_title (field), -1);
  g_autofree char *text = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  return gtk_expander_get_expanded (GTK_EXPANDER (self->all)) && strstr (title, text) != NULL;
}

/* Only what is set here can have a note. */
static void
add_note (PtlSettingList *self, GtkWidget *row, guint setting)
{
  if (gtk_widget_get_first_child (row) == gtk_widget_get_last_child (row))
    gtk_box_append (GTK_BOX (row),
                    ptl_field_new (self->topic, &ptl_setting_note_field, (PtlDetail){ setting, 0 }, NULL));
}

/* Puts the settings that are set here first. */
static void
arrange (PtlSettingList *self)
{
  GtkWidget *last_own = NULL, *last = NULL;
  gboolean any = FALSE;

  for (guint i = 0; i < self->fields->len; i++)
    if (ptl_field_is_own (self->fields->pdata[i]))
      {
        GtkWidget *row = gtk_widget_get_parent (self->fields->pdata[i]);

        add_note (self, row, i);
        gtk_box_reorder_child_after (GTK_BOX (self->rows), row, last_own);
        last_own = row;
      }
  last = last_own;
  for (guint i = 0; i < self->fields->len; i++)
    {
      PtlField *field = self->fields->pdata[i];
      GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (field));
      gboolean own = ptl_field_is_own (field), shown = own || is_found (self, field);

      if (!own)
        {
          gtk_box_reorder_child_after (GTK_BOX (self->rows), row, last);
          last = row;
        }
      gtk_widget_set_visible (row, shown);
      any |= shown;
    }
  gtk_widget_set_visible (self->rows, any);
}

static void
on_expanded_cb (GtkExpander *expander, GParamSpec *spec, PtlSettingList *self)
{
  arrange (self);
}

static void
on_search_changed_cb (GtkEditable *search, PtlSettingList *self)
{
  arrange (self);
}

/* Rows do not jump while somebody types in one. */
static void
on_refresh_cb (PtlTopic *topic, const PtlTouched *touched, PtlSettingList *self)
{
  if (touched == NULL || gtk_widget_get_focus_child (self->rows) == NULL)
    arrange (self);
}

static void
on_leave_cb (GtkEventControllerFocus *controller, PtlSettingList *self)
{
  if (self->topic != NULL) /* it does not go with the focus */
    arrange (self);
}

static void
ptl_setting_list_dispose (GObject *object)
{
  PtlSettingList *self = PTL_SETTING_LIST (object);

  if (self->topic != NULL)
    g_signal_handlers_disconnect_by_data (self->topic, self);
  g_clear_object (&self->topic);
  G_OBJECT_CLASS (ptl_setting_list_parent_class)->dispose (object);
}

static void
ptl_setting_list_finalize (GObject *object)
{
  g_ptr_array_unref (PTL_SETTING_LIST (object)->fields);
  G_OBJECT_CLASS (ptl_setting_list_parent_class)->finalize (object);
}

static void
ptl_setting_list_class_init (PtlSettingListClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_setting_list_dispose;
  G_OBJECT_CLASS (class)->finalize = ptl_setting_list_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-setting-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlSettingList, rows);
  gtk_widget_class_bind_template_child (widget_class, PtlSettingList, all);
  gtk_widget_class_bind_template_child (widget_class, PtlSettingList, search);
  gtk_widget_class_bind_template_callback (widget_class, on_expanded_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
}

static void
ptl_setting_list_init (PtlSettingList *self)
{
  self->fields = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_field (PtlSettingList *self, guint setting)
{
  const PtlSetting *kind = ptl_catalogue_setting (ptl_topic_get_plan (self->topic)->catalogue, setting);
  const PtlFieldKind *field = kind->type == PTL_SETTING_CHOICE ? &ptl_setting_choice_field : &ptl_setting_field;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_ptr_array_add (self->fields, ptl_field_new (self->topic, field, (PtlDetail){ setting, 0 }, _ (kind->title)));
  gtk_box_append (GTK_BOX (row), g_ptr_array_index (self->fields, setting));
  gtk_widget_add_css_class (row, "setting");
  gtk_box_append (GTK_BOX (self->rows), row);
}

GtkWidget *
ptl_setting_list_new (PtlTopic *topic)
{
  PtlSettingList *self = g_object_new (PTL_TYPE_SETTING_LIST, NULL);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->topic = g_object_ref (topic);
  for (guint i = 0; i < ptl_topic_get_plan (topic)->catalogue->settings->len; i++)
    add_field (self, i);
  g_signal_connect (focus, "leave", G_CALLBACK (on_leave_cb), self);
  gtk_widget_add_controller (self->rows, focus);
  g_signal_connect (topic, "refresh", G_CALLBACK (on_refresh_cb), self);
  arrange (self);
  return GTK_WIDGET (self);
}

void
ptl_setting_list_focus (PtlSettingList *self, guint setting)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_expander_set_expanded (GTK_EXPANDER (self->all), TRUE);
  arrange (self);
  ptl_field_focus (self->fields->pdata[setting]);
}

guint
ptl_setting_home (PtlSession *session, guint node, guint setting, PtlItem *home)
{
  const PtlPlan *plan = ptl_session_get_plan (session);
  const PtlNode *own = plan->nodes->pdata[node];
  int site = ptl_history_find (ptl_session_get_history (session), PTL_RECORD_SITE, own->site);

  *home = (PtlItem){ PTL_RECORD_NODE, node };
  if (ptl_sets_find (own->sets, setting, NULL) != NULL)
    return 1;
  *home = (PtlItem){ PTL_RECORD_SITE, (guint) site };
  return site >= 0 && ptl_sets_find (((const PtlSite *) plan->sites->pdata[site])->sets, setting, NULL) != NULL;
}
