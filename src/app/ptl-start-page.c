#include "ptl-start-page.h"

struct _PtlStartPage
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (PtlStartPage, ptl_start_page, GTK_TYPE_BOX)

static void
ptl_start_page_class_init (PtlStartPageClass *class)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (class), "/org/portolan/ui/ptl-start-page.ui");
}

static void
ptl_start_page_init (PtlStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
