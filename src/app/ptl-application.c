#include "ptl-application.h"

#include "io/ptl-catalogue-file.h"
#include "ptl-window.h"

struct _PtlApplication
{
  GtkApplication parent_instance;

  PtlCatalogue *catalogue;
};

G_DEFINE_FINAL_TYPE (PtlApplication, ptl_application, GTK_TYPE_APPLICATION)

static PtlWindow *
add_window (PtlApplication *self)
{
  PtlWindow *window = ptl_window_new (GTK_APPLICATION (self), self->catalogue);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/org/portolan/ui/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
ptl_application_startup (GApplication *application)
{
  PtlApplication *self = PTL_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  G_APPLICATION_CLASS (ptl_application_parent_class)->startup (application);
  load_style ();
  self->catalogue = ptl_catalogue_load (&error);
  if (self->catalogue == NULL)
    g_error ("the embedded port data cannot be read: %s", error->message);
}

static void
ptl_application_activate (GApplication *application)
{
  add_window (PTL_APPLICATION (application));
}

/* One window a plan. */
static void
ptl_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    ptl_window_open (add_window (PTL_APPLICATION (application)), files[i]);
}

static void
ptl_application_finalize (GObject *object)
{
  ptl_catalogue_free (PTL_APPLICATION (object)->catalogue);
  G_OBJECT_CLASS (ptl_application_parent_class)->finalize (object);
}

static void
ptl_application_class_init (PtlApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ptl_application_finalize;
  G_APPLICATION_CLASS (klass)->startup = ptl_application_startup;
  G_APPLICATION_CLASS (klass)->activate = ptl_application_activate;
  G_APPLICATION_CLASS (klass)->open = ptl_application_open;
}

static void
ptl_application_init (PtlApplication *self)
{
}

PtlApplication *
ptl_application_new (void)
{
  return g_object_new (PTL_TYPE_APPLICATION, "application-id", "org.portolan.Portolan", "flags",
                       G_APPLICATION_HANDLES_OPEN, NULL);
}
