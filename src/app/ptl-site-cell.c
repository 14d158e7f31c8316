#include "ptl-site-cell.h"

#include <glib/gi18n-lib.h>

#include "ptl-site-tree-private.h"

struct _PtlSiteCell
{
  GtkBox parent_instance;

  GtkLabel *code;
  GtkEditableLabel *name;
  GtkLabel *description;
  PtlSiteRow *row; /* or NULL */
};

G_DEFINE_FINAL_TYPE (PtlSiteCell, ptl_site_cell, GTK_TYPE_BOX)

static PtlSiteTree *
get_tree (PtlSiteCell *self)
{
  return PTL_SITE_TREE (gtk_widget_get_ancestor (GTK_WIDGET (self), PTL_TYPE_SITE_TREE));
}

/* It is the row of the list that assistive technology reads. */
static void
label_list_row (PtlSiteCell *self, const char *description)
{
  GtkWidget *list_row = ptl_site_cell_get_list_row (self);
  /* Translators: how assistive technology reads a site of the tree: its code, name and "Primary site, 3 nodes". */
  g_autofree char *label = *self->row->name != '\0'
                               ? g_strdup_printf (_ ("%s %s, %s"), self->row->code, self->row->name, description)
                               : g_strdup_printf (_ ("%s, %s"), self->row->code, description);

  if (list_row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (list_row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
on_row_changed_cb (PtlSiteRow *row, PtlSiteCell *self)
{
  g_autofree char *description = ptl_site_row_describe (row);

  gtk_label_set_text (self->code, row->code);
  if (!gtk_editable_label_get_editing (self->name))
    gtk_editable_set_text (GTK_EDITABLE (self->name), row->name);
  gtk_label_set_text (self->description, description);
  label_list_row (self, description);
}

/* Renaming. The label takes no clicks meanwhile: they choose the site. */

static void
on_editing_cb (GtkEditableLabel *label, GParamSpec *spec, PtlSiteCell *self)
{
  gboolean editing = gtk_editable_label_get_editing (label);

  gtk_widget_set_can_target (GTK_WIDGET (label), editing);
  gtk_widget_set_focusable (GTK_WIDGET (label), editing);
  if (editing || self->row == NULL)
    return;
  if (!ptl_site_tree_rename (get_tree (self), self->row, gtk_editable_get_text (GTK_EDITABLE (label))))
    gtk_editable_set_text (GTK_EDITABLE (label), self->row->name);
}

/* Dragging */

static GdkContentProvider *
on_prepare_cb (GtkDragSource *source, double x, double y, PtlSiteCell *self)
{
  return self->row != NULL ? gdk_content_provider_new_typed (PTL_TYPE_SITE_ROW, self->row) : NULL;
}

static void
on_drag_begin_cb (GtkDragSource *source, GdkDrag *drag, PtlSiteCell *self)
{
  GtkWidget *label = gtk_label_new (self->row->code);

  gtk_widget_add_css_class (label, "drag-card");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), label);
}

static gboolean
on_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, PtlSiteCell *self)
{
  return self->row != NULL && ptl_site_tree_move (get_tree (self), g_value_get_object (value), self->row);
}

static void
on_right_pressed_cb (GtkGestureClick *gesture, int n, double x, double y, PtlSiteCell *self)
{
  if (self->row == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  ptl_site_tree_popup (get_tree (self), self->row, GTK_WIDGET (self), x, y);
}

static void
ptl_site_cell_dispose (GObject *object)
{
  ptl_site_cell_set_row (PTL_SITE_CELL (object), NULL);
  G_OBJECT_CLASS (ptl_site_cell_parent_class)->dispose (object);
}

static void
ptl_site_cell_class_init (PtlSiteCellClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_site_cell_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-site-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlSiteCell, code);
  gtk_widget_class_bind_template_child (widget_class, PtlSiteCell, name);
  gtk_widget_class_bind_template_child (widget_class, PtlSiteCell, description);
  gtk_widget_class_bind_template_callback (widget_class, on_editing_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_right_pressed_cb);
}

static void
ptl_site_cell_init (PtlSiteCell *self)
{
  GtkDropTarget *target = gtk_drop_target_new (PTL_TYPE_SITE_ROW, GDK_ACTION_MOVE);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

GtkWidget *
ptl_site_cell_new (void)
{
  return g_object_new (PTL_TYPE_SITE_CELL, NULL);
}

void
ptl_site_cell_set_row (PtlSiteCell *self, PtlSiteRow *row)
{
  if (self->row != NULL)
    g_signal_handlers_disconnect_by_data (self->row, self);
  g_set_object (&self->row, row);
  if (row == NULL)
    return;
  g_signal_connect (row, "changed", G_CALLBACK (on_row_changed_cb), self);
  on_row_changed_cb (row, self);
}

PtlSiteRow *
ptl_site_cell_get_row (PtlSiteCell *self)
{
  return self->row;
}

void
ptl_site_cell_start_renaming (PtlSiteCell *self)
{
  gtk_editable_label_start_editing (self->name);
}

GtkWidget *
ptl_site_cell_get_list_row (PtlSiteCell *self)
{
  GtkWidget *expander = gtk_widget_get_parent (GTK_WIDGET (self));

  return expander != NULL ? gtk_widget_get_parent (expander) : NULL;
}
