#include "ptl-site-tree.h"

struct _PtlSiteTree
{
  GtkBox parent_instance;

  PtlSession *session;
};

G_DEFINE_FINAL_TYPE (PtlSiteTree, ptl_site_tree, GTK_TYPE_BOX)

static void
ptl_site_tree_dispose (GObject *object)
{
  PtlSiteTree *self = PTL_SITE_TREE (object);

  ptl_site_tree_set_session (self, NULL);
  G_OBJECT_CLASS (ptl_site_tree_parent_class)->dispose (object);
}

static void
ptl_site_tree_class_init (PtlSiteTreeClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_site_tree_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-site-tree.ui");
}

static void
ptl_site_tree_init (PtlSiteTree *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ptl_site_tree_set_session (PtlSiteTree *self, PtlSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
}
