#include "ptl-picker.h"

#include "ptl-icon-paintable.h"

struct _PtlPicker
{
  GtkBox parent_instance;

  PtlTopic *topic;
  PtlDetail detail;
  PtlPickerFill fill;
  gboolean icons;

  GtkWidget *button, *popover, *search, *list, *nothing;
  GListStore *store; /* GtkStringObject: the titles, with their keys as data */
  GtkFilter *filter;
};

#define KEY "key"

static guint picked_signal;

G_DEFINE_FINAL_TYPE (PtlPicker, ptl_picker, GTK_TYPE_BOX)

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, PtlPicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *image = gtk_image_new (),
            *label = gtk_label_new (NULL);

  gtk_widget_set_visible (image, self->icons);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, PtlPicker *self)
{
  GtkWidget *image = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkStringObject *object = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (image)), gtk_string_object_get_string (object));
  if (self->icons)
    {
      g_autoptr (GdkPaintable) icon = ptl_icon_paintable_new (g_object_get_data (G_OBJECT (object), KEY));

      gtk_image_set_from_paintable (GTK_IMAGE (image), icon);
    }
}

static void
on_activate_cb (GtkListView *list, guint position, PtlPicker *self)
{
  g_autoptr (GObject) object = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (list)), position);
  g_autofree char *key = NULL;

  if (object == NULL)
    return;
  key = g_strdup (g_object_get_data (object, KEY));
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, picked_signal, 0, key);
}

static void
on_search_activate_cb (GtkSearchEntry *search, PtlPicker *self)
{
  on_activate_cb (GTK_LIST_VIEW (self->list), 0, self);
}

static void
on_items_changed_cb (GListModel *model, guint position, guint removed, guint added, PtlPicker *self)
{
  gtk_widget_set_visible (self->nothing, g_list_model_get_n_items (model) == 0);
}

static void
on_search_changed_cb (GtkEditable *search, PtlPicker *self)
{
  gtk_string_filter_set_search (GTK_STRING_FILTER (self->filter), gtk_editable_get_text (search));
}

static void
on_show_cb (GtkWidget *popover, PtlPicker *self)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_object_unref);
  PtlChoices choices = { keys, titles };
  guint n;

  ptl_topic_get_items (self->topic, &n);
  if (n > 0)
    self->fill (self->topic, self->detail, &choices);
  for (guint i = 0; i < keys->len; i++)
    {
      GtkStringObject *object = gtk_string_object_new (titles->pdata[i]);

      g_object_set_data_full (G_OBJECT (object), KEY, g_strdup (keys->pdata[i]), g_free);
      g_ptr_array_add (objects, object);
    }
  g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)), objects->pdata,
                       objects->len);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (self->search);
}

static void
ptl_picker_dispose (GObject *object)
{
  PtlPicker *self = PTL_PICKER (object);

  g_clear_object (&self->topic);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (ptl_picker_parent_class)->dispose (object);
}

static void
ptl_picker_class_init (PtlPickerClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_picker_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlPicker, button);
  gtk_widget_class_bind_template_child (widget_class, PtlPicker, popover);
  gtk_widget_class_bind_template_child (widget_class, PtlPicker, search);
  gtk_widget_class_bind_template_child (widget_class, PtlPicker, list);
  gtk_widget_class_bind_template_child (widget_class, PtlPicker, nothing);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_show_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_cb);
  picked_signal
      = g_signal_new ("picked", PTL_TYPE_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ptl_picker_init (PtlPicker *self)
{
  GtkExpression *title = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkFilterListModel *filtered;
  g_autoptr (GtkNoSelection) model = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->store = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  self->filter = GTK_FILTER (gtk_string_filter_new (title));
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->store)), self->filter);
  g_signal_connect_object (filtered, "items-changed", G_CALLBACK (on_items_changed_cb), self, 0);
  model = gtk_no_selection_new (G_LIST_MODEL (filtered));
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (model));
}

GtkWidget *
ptl_picker_new (PtlTopic *topic, PtlDetail detail, const char *label, PtlPickerFill fill, gboolean icons)
{
  PtlPicker *self = g_object_new (PTL_TYPE_PICKER, NULL);

  self->topic = g_object_ref (topic);
  self->detail = detail;
  self->fill = fill;
  self->icons = icons;
  ptl_picker_set_label (self, label, label);
  return GTK_WIDGET (self);
}

void
ptl_picker_set_label (PtlPicker *self, const char *label, const char *name)
{
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
