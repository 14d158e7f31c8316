#include "ptl-arrow-page.h"

#include <glib/gi18n.h>

#include "ptl-arrow-heading.h"
#include "ptl-port-list.h"

struct _PtlArrowPage
{
  GtkBox parent_instance;

  PtlSession *session; /* weak, or NULL */
  PtlArrowHeading *heading;
  PtlPortList *ports;
};

G_DEFINE_FINAL_TYPE (PtlArrowPage, ptl_arrow_page, GTK_TYPE_BOX)

static void
update (PtlArrowPage *self)
{
  const PtlPlan *plan = ptl_session_get_plan (self->session);
  PtlFocus focus;
  PtlPortsSubject subject;
  PtlRecordKind kind;

  if (!ptl_session_get_focus (self->session, &focus))
    return;
  kind = focus.kind == PTL_FOCUS_TALK ? PTL_RECORD_NODE : PTL_RECORD_ZONE;
  subject = (PtlPortsSubject){ focus.kind == PTL_FOCUS_TALK ? PTL_PORTS_TALK : PTL_PORTS_TRUNK, focus.a, focus.b };
  ptl_arrow_heading_show (self->heading, self->session, subject);
  ptl_port_list_show (self->ports, self->session, subject.kind, ptl_record_id (kind, ptl_record (plan, kind, focus.a)),
                      ptl_record_id (kind, ptl_record (plan, kind, focus.b)));
}

static void
on_results_changed_cb (PtlSession *session, PtlArrowPage *self)
{
  update (self);
}

static void
ptl_arrow_page_dispose (GObject *object)
{
  ptl_arrow_page_follow (PTL_ARROW_PAGE (object), NULL);
  G_OBJECT_CLASS (ptl_arrow_page_parent_class)->dispose (object);
}

static void
ptl_arrow_page_class_init (PtlArrowPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_arrow_page_dispose;
  g_type_ensure (PTL_TYPE_ARROW_HEADING);
  g_type_ensure (PTL_TYPE_PORT_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-arrow-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlArrowPage, heading);
  gtk_widget_class_bind_template_child (widget_class, PtlArrowPage, ports);
}

static void
ptl_arrow_page_init (PtlArrowPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ptl_arrow_page_new (void)
{
  return g_object_new (PTL_TYPE_ARROW_PAGE, NULL);
}

void
ptl_arrow_page_follow (PtlArrowPage *self, PtlSession *session)
{
  if (self->session != session)
    {
      if (self->session != NULL)
        g_signal_handlers_disconnect_by_data (self->session, self);
      g_set_weak_pointer (&self->session, session);
      if (session != NULL)
        g_signal_connect_object (session, "results-changed", G_CALLBACK (on_results_changed_cb), self, 0);
    }
  if (session != NULL)
    update (self);
}
