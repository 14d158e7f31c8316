#include "ptl-outline.h"

struct _PtlOutline
{
  GtkBox parent_instance;

  PtlSession *session;
};

G_DEFINE_FINAL_TYPE (PtlOutline, ptl_outline, GTK_TYPE_BOX)

static void
ptl_outline_dispose (GObject *object)
{
  PtlOutline *self = PTL_OUTLINE (object);

  ptl_outline_set_session (self, NULL);
  G_OBJECT_CLASS (ptl_outline_parent_class)->dispose (object);
}

static void
ptl_outline_class_init (PtlOutlineClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_outline_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-outline.ui");
}

static void
ptl_outline_init (PtlOutline *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ptl_outline_set_session (PtlOutline *self, PtlSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
}
