#include "ptl-open-plan.h"

#include <glib/gi18n.h>

#include "io/ptl-plan-file.h"

struct _PtlOpenPlan
{
  GObject parent_instance;

  PtlSession *session;
  GFile *file;
};

enum
{
  PROP_FILE = 1,
  PROP_MODIFIED,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PtlOpenPlan, ptl_open_plan, G_TYPE_OBJECT)

static void
on_modified_cb (PtlHistory *history, GParamSpec *spec, PtlOpenPlan *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
}

static void
ptl_open_plan_dispose (GObject *object)
{
  PtlOpenPlan *self = PTL_OPEN_PLAN (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (ptl_session_get_history (self->session), self);
  g_clear_object (&self->session);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (ptl_open_plan_parent_class)->dispose (object);
}

static void
ptl_open_plan_get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
  PtlOpenPlan *self = PTL_OPEN_PLAN (object);

  if (property == PROP_FILE)
    g_value_set_object (value, self->file);
  else
    g_value_set_boolean (value, ptl_history_is_modified (ptl_session_get_history (self->session)));
}

static void
ptl_open_plan_class_init (PtlOpenPlanClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = ptl_open_plan_dispose;
  object_class->get_property = ptl_open_plan_get_property;
  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags);
  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ptl_open_plan_init (PtlOpenPlan *self)
{
}

PtlOpenPlan *
ptl_open_plan_new (PtlPlan *plan, GFile *file)
{
  PtlOpenPlan *self = g_object_new (PTL_TYPE_OPEN_PLAN, NULL);

  self->session = ptl_session_new (plan);
  g_set_object (&self->file, file);
  g_signal_connect (ptl_session_get_history (self->session), "notify::modified", G_CALLBACK (on_modified_cb), self);
  return self;
}

PtlOpenPlan *
ptl_open_plan_load (const PtlCatalogue *catalogue, GFile *file, GPtrArray **problems)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (PtlPlan) plan = ptl_plan_load (catalogue, path != NULL ? path : "", problems);

  return plan != NULL ? ptl_open_plan_new (plan, file) : NULL;
}

PtlSession *
ptl_open_plan_get_session (PtlOpenPlan *self)
{
  return self->session;
}

GFile *
ptl_open_plan_get_file (PtlOpenPlan *self)
{
  return self->file;
}

char *
ptl_open_plan_get_name (PtlOpenPlan *self)
{
  const char *title = ptl_session_get_plan (self->session)->title;

  if (*title != '\0')
    return g_strdup (title);
  return self->file != NULL ? g_file_get_basename (self->file) : g_strdup (_ ("Untitled plan"));
}

gboolean
ptl_open_plan_save (PtlOpenPlan *self, GFile *file, GError **error)
{
  g_autofree char *path = g_file_get_path (file);

  if (!ptl_plan_save (ptl_session_get_plan (self->session), path, error))
    return FALSE;
  if (g_set_object (&self->file, file))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
  ptl_history_mark_saved (ptl_session_get_history (self->session));
  return TRUE;
}
