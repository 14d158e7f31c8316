#include "ptl-palette-row.h"

#include <glib/gi18n-lib.h>

#include "ptl-icon-paintable.h"

struct _PtlPaletteRow
{
  GtkListBoxRow parent_instance;

  PtlPaletteThing thing;
  char *words; /* all that it is found by */
};

G_DEFINE_FINAL_TYPE (PtlPaletteRow, ptl_palette_row, GTK_TYPE_LIST_BOX_ROW)

static GtkWidget *
new_image (PtlPaletteRow *self)
{
  g_autoptr (GdkPaintable) paintable = ptl_icon_paintable_new (self->thing.icon);

  return gtk_image_new_from_paintable (paintable);
}

static GtkWidget *
new_title (PtlPaletteRow *self)
{
  return g_object_new (GTK_TYPE_LABEL, "label", _ (self->thing.title), "xalign", 0.0, "hexpand", TRUE, "wrap", TRUE,
                       "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
}

static GtkWidget *
new_tag (const char *text)
{
  GtkWidget *tag = gtk_label_new (text);

  gtk_widget_add_css_class (tag, "dim-label");
  gtk_widget_add_css_class (tag, "caption");
  return tag;
}

static void
fill (PtlPaletteRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (box), new_image (self));
  gtk_box_append (GTK_BOX (box), new_title (self));
  if (self->thing.removed)
    gtk_box_append (GTK_BOX (box), new_tag (_ ("removed")));
  else if (self->thing.short_name != NULL)
    gtk_box_append (GTK_BOX (box), new_tag (self->thing.short_name));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

static void
describe (PtlPaletteRow *self)
{
  g_autofree char *name = self->thing.short_name != NULL
                              ? g_strdup_printf ("%s (%s)", _ (self->thing.title), self->thing.short_name)
                              : g_strdup (_ (self->thing.title));
  g_autofree char *tip = g_strdup_printf (
      "%s\n%s", name,
      self->thing.removed
          ? _ ("Removed from the product: for plans of older hierarchies. Drag it onto the canvas, or press Enter.")
          : _ ("Drag it onto the canvas, or press Enter."));

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_drag_begin_cb (GtkDragSource *source, GdkDrag *drag, PtlPaletteRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (box, "drag-card");
  gtk_box_append (GTK_BOX (box), new_image (self));
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ (self->thing.title)));
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), box);
  gdk_drag_set_hotspot (drag, 0, 0);
}

static void
add_drag (PtlPaletteRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  g_autoptr (GdkContentProvider) content = gdk_content_provider_new_typed (PTL_TYPE_STENCIL, &self->thing.stencil);

  gtk_drag_source_set_content (source, content);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}

static void
ptl_palette_row_finalize (GObject *object)
{
  g_free (PTL_PALETTE_ROW (object)->words);
  G_OBJECT_CLASS (ptl_palette_row_parent_class)->finalize (object);
}

static void
ptl_palette_row_class_init (PtlPaletteRowClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ptl_palette_row_finalize;
}

static void
ptl_palette_row_init (PtlPaletteRow *self)
{
}

GtkWidget *
ptl_palette_row_new (const PtlPaletteThing *thing)
{
  PtlPaletteRow *self = g_object_new (PTL_TYPE_PALETTE_ROW, NULL);

  self->thing = *thing;
  self->words
      = g_strdup_printf ("%s %s %s %s", _ (thing->title), thing->title,
                         thing->short_name != NULL ? thing->short_name : "", thing->words != NULL ? thing->words : "");
  fill (self);
  describe (self);
  add_drag (self);
  return GTK_WIDGET (self);
}

const PtlPaletteThing *
ptl_palette_row_get_thing (PtlPaletteRow *self)
{
  return &self->thing;
}

gboolean
ptl_palette_row_matches (PtlPaletteRow *self, const char *text)
{
  return g_str_match_string (text, self->words, TRUE);
}
