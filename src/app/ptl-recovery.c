#include "ptl-recovery.h"

#include <glib/gi18n.h>

#define DELAY 2 /* s after an edit */

struct _PtlRecovery
{
  GObject parent_instance;

  PtlOpenPlan *open_plan; /* not owned */
  PtlRecoveryFile *file;
  guint timeout;
  gboolean dirty;  /* something was edited that is not in the file */
  gboolean warned; /* the person knows that it does not work */
};

G_DEFINE_FINAL_TYPE (PtlRecovery, ptl_recovery, G_TYPE_OBJECT)

static void
start_writing (PtlRecovery *self)
{
  g_autoptr (GBytes) bytes = ptl_open_plan_get_bytes (self->open_plan);
  g_autofree char *name = ptl_open_plan_get_name (self->open_plan);

  self->dirty = FALSE;
  ptl_recovery_file_write (self->file, bytes, name, ptl_open_plan_get_file (self->open_plan),
                           ptl_open_plan_get_digest (self->open_plan),
                           ptl_session_get_plan (ptl_open_plan_get_session (self->open_plan))->has_comments);
}

static void
wait (PtlRecovery *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (ptl_recovery_file_wait (self->file, &error))
    return;
  self->dirty = TRUE; /* it is tried again */
  if (self->warned)
    return;
  self->warned = TRUE;
  sentence = g_strdup_printf (_ ("Unsaved work would not survive a crash: %s"), error->message);
  ptl_session_say (ptl_open_plan_get_session (self->open_plan), sentence);
}

/* Comes again until nothing is left to write, and once more to see that it was written. */
static gboolean
on_timeout_cb (gpointer data)
{
  PtlRecovery *self = data;

  if (ptl_recovery_file_is_writing (self->file)) /* the disk is slow: the window must not be */
    return G_SOURCE_CONTINUE;
  wait (self);
  if (self->dirty)
    {
      start_writing (self);
      return G_SOURCE_CONTINUE;
    }
  self->timeout = 0;
  return G_SOURCE_REMOVE;
}

static void
plan_differs (PtlRecovery *self)
{
  self->dirty = TRUE;
  if (self->timeout == 0)
    self->timeout = g_timeout_add_seconds (DELAY, on_timeout_cb, self);
}

static void
on_changed_cb (PtlSession *session, const PtlTouched *touched, PtlRecovery *self)
{
  if (ptl_open_plan_is_modified (self->open_plan))
    plan_differs (self);
}

static void
on_modified_cb (PtlOpenPlan *open_plan, GParamSpec *spec, PtlRecovery *self)
{
  if (ptl_open_plan_is_modified (open_plan))
    plan_differs (self);
  else
    ptl_recovery_discard (self);
}

static void
ptl_recovery_dispose (GObject *object)
{
  PtlRecovery *self = PTL_RECOVERY (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (ptl_recovery_parent_class)->dispose (object);
}

static void
ptl_recovery_class_init (PtlRecoveryClass *class)
{
  G_OBJECT_CLASS (class)->dispose = ptl_recovery_dispose;
}

static void
ptl_recovery_init (PtlRecovery *self)
{
}

PtlRecovery *
ptl_recovery_new (PtlOpenPlan *open_plan, PtlRecoveryFile *file)
{
  PtlRecovery *self = g_object_new (PTL_TYPE_RECOVERY, NULL);

  self->open_plan = open_plan;
  self->file = file != NULL ? g_object_ref (file) : ptl_recovery_file_new ();
  g_signal_connect_object (open_plan, "notify::modified", G_CALLBACK (on_modified_cb), self, 0);
  g_signal_connect_object (ptl_open_plan_get_session (open_plan), "changed", G_CALLBACK (on_changed_cb), self, 0);
  return self;
}

void
ptl_recovery_flush (PtlRecovery *self)
{
  if (self->dirty)
    start_writing (self);
  wait (self);
}

void
ptl_recovery_discard (PtlRecovery *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->dirty = FALSE;
  ptl_recovery_file_remove (self->file);
}
