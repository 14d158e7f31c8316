#include "ptl-inspector.h"

struct _PtlInspector
{
  GtkBox parent_instance;

  PtlSession *session;
};

G_DEFINE_FINAL_TYPE (PtlInspector, ptl_inspector, GTK_TYPE_BOX)

static void
ptl_inspector_dispose (GObject *object)
{
  PtlInspector *self = PTL_INSPECTOR (object);

  ptl_inspector_set_session (self, NULL);
  G_OBJECT_CLASS (ptl_inspector_parent_class)->dispose (object);
}

static void
ptl_inspector_class_init (PtlInspectorClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_inspector_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-inspector.ui");
}

static void
ptl_inspector_init (PtlInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ptl_inspector_set_session (PtlInspector *self, PtlSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
}
