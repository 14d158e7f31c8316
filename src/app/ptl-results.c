#include "ptl-results.h"

struct _PtlResults
{
  GtkBox parent_instance;

  PtlSession *session;
};

G_DEFINE_FINAL_TYPE (PtlResults, ptl_results, GTK_TYPE_BOX)

static void
ptl_results_dispose (GObject *object)
{
  PtlResults *self = PTL_RESULTS (object);

  ptl_results_set_session (self, NULL);
  G_OBJECT_CLASS (ptl_results_parent_class)->dispose (object);
}

static void
ptl_results_class_init (PtlResultsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_results_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-results.ui");
}

static void
ptl_results_init (PtlResults *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ptl_results_set_session (PtlResults *self, PtlSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
}
