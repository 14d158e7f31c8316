#include "ptl-palette.h"

struct _PtlPalette
{
  GtkBox parent_instance;

  PtlSession *session;
};

G_DEFINE_FINAL_TYPE (PtlPalette, ptl_palette, GTK_TYPE_BOX)

static void
ptl_palette_dispose (GObject *object)
{
  PtlPalette *self = PTL_PALETTE (object);

  ptl_palette_set_session (self, NULL);
  G_OBJECT_CLASS (ptl_palette_parent_class)->dispose (object);
}

static void
ptl_palette_class_init (PtlPaletteClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_palette_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-palette.ui");
}

static void
ptl_palette_init (PtlPalette *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ptl_palette_set_session (PtlPalette *self, PtlSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
}
