#include "ptl-outline.h"

#include "ptl-icon-paintable.h"
#include "ptl-item-words.h"
#include "ptl-outline-model.h"

struct _PtlOutline
{
  GtkBox parent_instance;

  GtkSearchEntry *search;
  GtkListView *list;
  GtkWidget *empty; /* shown while nothing is listed */

  PtlSession *session;
  PtlOutlineModel *model;
  GHashTable *bound; /* GtkListItem: those that are shown */
};

static guint activated_signal;

G_DEFINE_FINAL_TYPE (PtlOutline, ptl_outline, GTK_TYPE_BOX)

/* Rows */

static GtkWidget *
new_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, PtlOutline *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  new_label (box, NULL);
  new_label (box, "dim-label");
  gtk_list_item_set_child (item, box);
}

static void
set_text (GtkWidget *label, char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  g_free (text);
}

/* The row says all of it to assistive technology, and its tooltip to whom it does not fit. */
static void
update_row (PtlOutline *self, GtkListItem *list_item)
{
  GtkWidget *box = gtk_list_item_get_child (list_item), *row = gtk_widget_get_parent (box);
  GtkWidget *image = gtk_widget_get_first_child (box), *name = gtk_widget_get_next_sibling (image);
  g_autofree char *words = NULL, *icon = NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  gboolean inside;
  PtlItem item;

  if (!ptl_outline_model_get (self->model, gtk_list_item_get_position (list_item), &item, &inside))
    return;
  icon = ptl_item_icon (self->session, item);
  words = ptl_item_words (self->session, item);
  paintable = ptl_icon_paintable_new (icon);
  gtk_image_set_from_paintable (GTK_IMAGE (image), paintable);
  gtk_widget_set_margin_start (image, inside ? 20 : 0);
  (item.kind == PTL_RECORD_ZONE ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (name, "zone");
  set_text (name, ptl_item_name (self->session, item));
  set_text (gtk_widget_get_next_sibling (name), ptl_item_detail (self->session, item));
  gtk_widget_set_tooltip_text (box, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, PtlOutline *self)
{
  g_hash_table_add (self->bound, item);
  update_row (self, item);
}

static void
on_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, PtlOutline *self)
{
  g_hash_table_remove (self->bound, item);
}

static void
on_list_activate_cb (GtkListView *list, guint position, PtlOutline *self)
{
  gboolean inside;
  PtlItem item;

  if (ptl_outline_model_get (self->model, position, &item, &inside))
    g_signal_emit (self, activated_signal, 0, &item);
}

static void
on_items_changed_cb (GListModel *model, guint position, guint n_removed, guint n_added, PtlOutline *self)
{
  gtk_widget_set_visible (self->empty, g_list_model_get_n_items (model) == 0);
}

static void
on_search_changed_cb (GtkSearchEntry *search, PtlOutline *self)
{
  if (self->model != NULL)
    ptl_outline_model_set_filter (self->model, gtk_editable_get_text (GTK_EDITABLE (search)));
}

static void
on_stop_search_cb (GtkSearchEntry *search, PtlOutline *self)
{
  gtk_editable_set_text (GTK_EDITABLE (search), "");
}

/* Following the session */

static void
on_changed_cb (PtlSession *session, const PtlTouched *touched, PtlOutline *self)
{
  GHashTableIter iter;
  gpointer item;

  if (!(touched->difference & PTL_DIFFERS_MEANING))
    return;
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    update_row (self, item);
}

/* What is selected elsewhere comes into view. */
static void
reveal_selected (PtlOutline *self)
{
  guint n, position;
  const PtlItem *items = ptl_session_get_selected (self->session, &n);

  if (n != 1 || !gtk_widget_get_mapped (GTK_WIDGET (self->list)))
    return;
  position = ptl_outline_model_find (self->model, items[0]);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

static void
on_selection_changed_cb (PtlSession *session, PtlOutline *self)
{
  if (!ptl_outline_model_is_selecting (self->model))
    reveal_selected (self);
}

static void
on_list_map_cb (GtkWidget *list, PtlOutline *self)
{
  if (self->session != NULL)
    reveal_selected (self);
}

static void
ptl_outline_dispose (GObject *object)
{
  PtlOutline *self = PTL_OUTLINE (object);

  ptl_outline_set_session (self, NULL);
  G_OBJECT_CLASS (ptl_outline_parent_class)->dispose (object);
}

static void
ptl_outline_finalize (GObject *object)
{
  g_hash_table_unref (PTL_OUTLINE (object)->bound);
  G_OBJECT_CLASS (ptl_outline_parent_class)->finalize (object);
}

static void
ptl_outline_class_init (PtlOutlineClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_outline_dispose;
  G_OBJECT_CLASS (class)->finalize = ptl_outline_finalize;
  activated_signal = g_signal_new ("activated", PTL_TYPE_OUTLINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-outline.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlOutline, search);
  gtk_widget_class_bind_template_child (widget_class, PtlOutline, list);
  gtk_widget_class_bind_template_child (widget_class, PtlOutline, empty);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_list_map_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
}

static void
ptl_outline_init (PtlOutline *self)
{
  self->bound = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ptl_outline_set_session (PtlOutline *self, PtlSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      gtk_list_view_set_model (self->list, NULL);
      g_signal_handlers_disconnect_by_data (self->model, self);
      g_clear_object (&self->model);
    }
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  self->model = ptl_outline_model_new (session);
  g_signal_connect (self->model, "items-changed", G_CALLBACK (on_items_changed_cb), self);
  on_items_changed_cb (G_LIST_MODEL (self->model), 0, 0, 0, self);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->model));
  g_signal_connect (session, "changed", G_CALLBACK (on_changed_cb), self);
  g_signal_connect (session, "selection-changed", G_CALLBACK (on_selection_changed_cb), self);
}

void
ptl_outline_focus_search (PtlOutline *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
