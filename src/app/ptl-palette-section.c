#include "ptl-palette-section.h"

struct _PtlPaletteSection
{
  GtkListBoxRow parent_instance;

  GtkImage *arrow;
  gboolean expanded;
};

G_DEFINE_FINAL_TYPE (PtlPaletteSection, ptl_palette_section, GTK_TYPE_LIST_BOX_ROW)

/* One click is enough, where things take two. */
static void
on_pressed_cb (GtkGestureClick *gesture, int n, double x, double y, PtlPaletteSection *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_activate (GTK_WIDGET (self));
}

static void
ptl_palette_section_class_init (PtlPaletteSectionClass *class)
{
}

static void
ptl_palette_section_init (PtlPaletteSection *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_css_class (GTK_WIDGET (self), "section");
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
}

GtkWidget *
ptl_palette_section_new (const char *title)
{
  PtlPaletteSection *self = g_object_new (PTL_TYPE_PALETTE_SECTION, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (title);

  self->arrow = GTK_IMAGE (gtk_image_new ());
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->arrow));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  ptl_palette_section_set_expanded (self, TRUE);
  return GTK_WIDGET (self);
}

gboolean
ptl_palette_section_get_expanded (PtlPaletteSection *self)
{
  return self->expanded;
}

void
ptl_palette_section_set_expanded (PtlPaletteSection *self, gboolean expanded)
{
  self->expanded = expanded;
  gtk_image_set_from_icon_name (self->arrow, expanded ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, expanded, -1);
}
