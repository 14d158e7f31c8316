#include "ptl-disk-watch.h"

#include <stdlib.h>

#include "ptl-digest.h"

#define PATIENCE 250 /* ms: programs write in several steps, or remove a file and put another in its place */

struct _PtlDiskWatch
{
  GObject parent_instance;

  GFile *file;
  char *digest;
  char *found;
  PtlDiskState state;
  GFileMonitor *monitors[2]; /* of the name and of what it leads to; NULL where nothing can be watched */
  GCancellable *cancellable;
  guint timeout;
};

enum
{
  PROP_STATE = 1,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PtlDiskWatch, ptl_disk_watch, G_TYPE_OBJECT)

static void
look (GTask *task, gpointer source, gpointer file, GCancellable *cancellable)
{
  GError *error = NULL;
  char *digest = ptl_digest_of_file (file, cancellable, &error);

  if (digest != NULL)
    g_task_return_pointer (task, digest, g_free);
  else
    g_task_return_error (task, error);
}

static void
on_looked_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  PtlDiskWatch *self = PTL_DISK_WATCH (object);
  g_autoptr (GError) error = NULL;
  char *found = g_task_propagate_pointer (G_TASK (result), &error);
  PtlDiskState state = g_strcmp0 (found, self->digest) == 0 ? PTL_DISK_SAME : PTL_DISK_CHANGED;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL) /* what cannot be read now is not known to be another */
    state = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ? PTL_DISK_GONE : PTL_DISK_SAME;
  g_free (self->found);
  self->found = found;
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (object, properties[PROP_STATE]);
}

static void
start_looking (PtlDiskWatch *self)
{
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, on_looked_cb, NULL);
  g_task_set_task_data (task, g_object_ref (self->file), g_object_unref);
  g_task_run_in_thread (task, look);
}

static gboolean
on_timeout_cb (gpointer data)
{
  PtlDiskWatch *self = data;

  self->timeout = 0;
  start_looking (self);
  return G_SOURCE_REMOVE;
}

static void
on_event_cb (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, PtlDiskWatch *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (PATIENCE, on_timeout_cb, self);
}

static GFileMonitor *
monitor_new (PtlDiskWatch *self, GFile *file)
{
  GFileMonitor *monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

  if (monitor != NULL)
    g_signal_connect (monitor, "changed", G_CALLBACK (on_event_cb), self);
  return monitor;
}

/* Where symbolic links lead to; NULL when there are none. */
static GFile *
follow_links (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  char *real = path != NULL ? realpath (path, NULL) : NULL;
  GFile *target = real != NULL && !g_str_equal (real, path) ? g_file_new_for_path (real) : NULL;

  free (real);
  return target;
}

static void
ptl_disk_watch_dispose (GObject *object)
{
  PtlDiskWatch *self = PTL_DISK_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timeout, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (self->monitors); i++)
    {
      if (self->monitors[i] != NULL)
        g_signal_handlers_disconnect_by_data (self->monitors[i], self);
      g_clear_object (&self->monitors[i]);
    }
  G_OBJECT_CLASS (ptl_disk_watch_parent_class)->dispose (object);
}

static void
ptl_disk_watch_finalize (GObject *object)
{
  PtlDiskWatch *self = PTL_DISK_WATCH (object);

  g_clear_object (&self->file);
  g_free (self->digest);
  g_free (self->found);
  G_OBJECT_CLASS (ptl_disk_watch_parent_class)->finalize (object);
}

static void
ptl_disk_watch_get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
  g_value_set_int (value, (int) PTL_DISK_WATCH (object)->state);
}

static void
ptl_disk_watch_class_init (PtlDiskWatchClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = ptl_disk_watch_dispose;
  object_class->finalize = ptl_disk_watch_finalize;
  object_class->get_property = ptl_disk_watch_get_property;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, PTL_DISK_SAME, PTL_DISK_GONE, PTL_DISK_SAME,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ptl_disk_watch_init (PtlDiskWatch *self)
{
}

PtlDiskWatch *
ptl_disk_watch_new (GFile *file, const char *digest)
{
  PtlDiskWatch *self = g_object_new (PTL_TYPE_DISK_WATCH, NULL);
  g_autoptr (GFile) target = follow_links (file);

  self->file = g_object_ref (file);
  self->digest = g_strdup (digest);
  self->monitors[0] = monitor_new (self, file);
  if (target != NULL)
    self->monitors[1] = monitor_new (self, target);
  start_looking (self);
  return self;
}

PtlDiskState
ptl_disk_watch_get_state (PtlDiskWatch *self)
{
  return self->state;
}

const char *
ptl_disk_watch_get_found (PtlDiskWatch *self)
{
  return self->found;
}
