#include "ptl-open-plan.h"

#include <glib/gi18n.h>

#include "io/ptl-plan-file.h"
#include "io/ptl-xml-reader.h"
#include "ptl-digest.h"
#include "ptl-recovery.h"

struct _PtlOpenPlan
{
  GObject parent_instance;

  PtlSession *session;
  GFile *file;
  char *digest;
  gboolean saving; /* the history says saved already, as edits go on meanwhile */
  PtlDiskWatch *watch;
  PtlRecovery *recovery;
};

enum
{
  PROP_FILE = 1,
  PROP_MODIFIED,
  PROP_DISK_STATE,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PtlOpenPlan, ptl_open_plan, G_TYPE_OBJECT)

static PtlHistory *
get_history (PtlOpenPlan *self)
{
  return ptl_session_get_history (self->session);
}

static void
on_modified_cb (PtlHistory *history, GParamSpec *spec, PtlOpenPlan *self)
{
  if (!self->saving)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
}

static void
on_disk_state_cb (PtlDiskWatch *watch, GParamSpec *spec, PtlOpenPlan *self)
{
  if (ptl_disk_watch_get_state (watch) == PTL_DISK_GONE)
    ptl_history_mark_unsaved (get_history (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DISK_STATE]);
}

static void
stop_watching (PtlOpenPlan *self)
{
  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
}

/* From now on the file is known by this digest. */
static void
watch (PtlOpenPlan *self, GFile *file, const char *digest)
{
  g_autofree char *copy = g_strdup (digest);

  stop_watching (self);
  g_free (self->digest);
  self->digest = g_steal_pointer (&copy);
  if (g_set_object (&self->file, file))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
  if (file != NULL)
    {
      self->watch = ptl_disk_watch_new (file, self->digest);
      g_signal_connect (self->watch, "notify::state", G_CALLBACK (on_disk_state_cb), self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DISK_STATE]);
}

static void
ptl_open_plan_dispose (GObject *object)
{
  PtlOpenPlan *self = PTL_OPEN_PLAN (object);

  g_clear_object (&self->recovery);
  stop_watching (self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (get_history (self), self);
  g_clear_object (&self->session);
  g_clear_object (&self->file);
  g_clear_pointer (&self->digest, g_free);
  G_OBJECT_CLASS (ptl_open_plan_parent_class)->dispose (object);
}

static void
ptl_open_plan_get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
  PtlOpenPlan *self = PTL_OPEN_PLAN (object);

  if (property == PROP_FILE)
    g_value_set_object (value, self->file);
  else if (property == PROP_MODIFIED)
    g_value_set_boolean (value, ptl_open_plan_is_modified (self));
  else
    g_value_set_int (value, (int) ptl_open_plan_get_disk_state (self));
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
  properties[PROP_DISK_STATE]
      = g_param_spec_int ("disk-state", NULL, NULL, PTL_DISK_SAME, PTL_DISK_GONE, PTL_DISK_SAME, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ptl_open_plan_init (PtlOpenPlan *self)
{
}

static PtlOpenPlan *
open_plan_new (PtlSession *session, GFile *file, const char *digest, PtlRecoveryFile *recovered)
{
  PtlOpenPlan *self = g_object_new (PTL_TYPE_OPEN_PLAN, NULL);

  self->session = g_object_ref (session);
  g_signal_connect (get_history (self), "notify::modified", G_CALLBACK (on_modified_cb), self);
  if (recovered != NULL)
    ptl_history_mark_unsaved (get_history (self));
  self->recovery = ptl_recovery_new (self, recovered);
  watch (self, file, digest);
  return self;
}

PtlOpenPlan *
ptl_open_plan_new (PtlPlan *plan)
{
  g_autoptr (PtlSession) session = ptl_session_new (plan);

  return open_plan_new (session, NULL, NULL, NULL);
}

/* Loading. The thread makes the session too: for a large plan that takes longer than reading it. */

typedef struct
{
  const PtlCatalogue *catalogue;
  GFile *source;              /* what is read */
  GFile *file;                /* what the plan belongs to, or NULL */
  char *digest;               /* of it */
  PtlRecoveryFile *recovered; /* or NULL */
  gboolean has_comments;      /* the file of what is recovered */
  PtlSession *session;
  GPtrArray *problems;
} Loading;

static void
loading_free (Loading *loading)
{
  g_clear_object (&loading->source);
  g_clear_object (&loading->file);
  g_free (loading->digest);
  g_clear_object (&loading->recovered);
  g_clear_object (&loading->session);
  g_clear_pointer (&loading->problems, g_ptr_array_unref);
  g_free (loading);
}

static void
read_source (Loading *loading, GInputStream *base, GCancellable *cancellable)
{
  g_autoptr (GInputStream) stream = ptl_digest_stream_new (base, cancellable);
  g_autoptr (PtlPlan) plan = ptl_plan_read (loading->catalogue, stream, &loading->problems);

  if (plan == NULL)
    return;
  plan->has_comments |= loading->has_comments;
  loading->session = ptl_session_new (plan);
  if (loading->recovered == NULL)
    loading->digest = ptl_digest_stream_finish (PTL_DIGEST_STREAM (stream));
}

static void
load (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Loading *loading = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) base = g_file_read (loading->source, cancellable, &error);

  if (base != NULL)
    read_source (loading, G_INPUT_STREAM (base), cancellable);
  else
    {
      loading->problems = ptl_problems_new ();
      ptl_problems_add (loading->problems, 0, error->message);
    }
  g_task_return_boolean (task, TRUE);
}

static void
start_loading (Loading *loading, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_task_data (task, loading, (GDestroyNotify) loading_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, load);
}

void
ptl_open_plan_load_async (const PtlCatalogue *catalogue, GFile *file, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
  Loading *loading = g_new0 (Loading, 1);

  loading->catalogue = catalogue;
  loading->source = g_object_ref (file);
  loading->file = g_object_ref (file);
  start_loading (loading, cancellable, callback, data);
}

void
ptl_open_plan_recover_async (const PtlCatalogue *catalogue, const PtlLeftOver *left_over, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  Loading *loading = g_new0 (Loading, 1);
  g_autofree char *path = NULL;

  loading->catalogue = catalogue;
  loading->recovered = ptl_recovery_file_take (left_over->id);
  path = loading->recovered != NULL ? ptl_recovery_file_get_path (loading->recovered) : g_strdup ("");
  loading->source = g_file_new_for_path (path);
  g_set_object (&loading->file, left_over->file);
  loading->digest = g_strdup (left_over->digest);
  loading->has_comments = left_over->has_comments;
  start_loading (loading, cancellable, callback, data);
}

PtlOpenPlan *
ptl_open_plan_load_finish (GAsyncResult *result, GPtrArray **problems)
{
  Loading *loading = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return NULL;
  if (loading->session != NULL)
    return open_plan_new (loading->session, loading->file, loading->digest, loading->recovered);
  *problems = g_steal_pointer (&loading->problems);
  return NULL;
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

gboolean
ptl_open_plan_is_modified (PtlOpenPlan *self)
{
  return self->saving || ptl_history_is_modified (get_history (self));
}

gboolean
ptl_open_plan_is_saving (PtlOpenPlan *self)
{
  return self->saving;
}

PtlDiskState
ptl_open_plan_get_disk_state (PtlOpenPlan *self)
{
  return self->watch != NULL ? ptl_disk_watch_get_state (self->watch) : PTL_DISK_SAME;
}

const char *
ptl_open_plan_get_digest (PtlOpenPlan *self)
{
  return self->digest;
}

char *
ptl_open_plan_get_name (PtlOpenPlan *self)
{
  const char *title = ptl_session_get_plan (self->session)->title;

  if (*title != '\0')
    return g_strdup (title);
  return self->file != NULL ? g_file_get_basename (self->file) : g_strdup (_ ("Untitled plan"));
}

GBytes *
ptl_open_plan_get_bytes (PtlOpenPlan *self)
{
  PtlOutput *output = ptl_output_new_for_memory ();

  ptl_plan_write (ptl_session_get_plan (self->session), output);
  return ptl_output_finish_bytes (output);
}

/* Saving: the bytes are made at once, the disk is waited for in a thread. */

typedef struct
{
  GFile *file;
  GBytes *bytes;
  char *expected; /* digest of the file that may be replaced; NULL: of any */
  char *digest;   /* of what was written */
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->file);
  g_bytes_unref (saving->bytes);
  g_free (saving->expected);
  g_free (saving->digest);
  g_free (saving);
}

static gboolean
may_replace (const Saving *saving, GError **error)
{
  g_autofree char *found = saving->expected != NULL ? ptl_digest_of_file (saving->file, NULL, NULL) : NULL;

  if (found == NULL || g_str_equal (found, saving->expected))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG, _ ("The file was changed by another program."));
  return FALSE;
}

static gboolean
write_bytes (const Saving *saving, GError **error)
{
  g_autofree char *path = g_file_get_path (saving->file);
  gsize n;
  const char *bytes = g_bytes_get_data (saving->bytes, &n);
  PtlOutput *output;

  if (path == NULL)
    return g_file_replace_contents (saving->file, bytes, n, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, error);
  output = ptl_output_new_for_file (path, TRUE);
  ptl_output_write (output, bytes, n);
  return ptl_output_finish (output, error);
}

static void
save (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Saving *saving = data;
  GError *error = NULL;

  if (!may_replace (saving, &error) || !write_bytes (saving, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  saving->digest = ptl_digest_of_bytes (saving->bytes);
  g_task_return_boolean (task, TRUE);
}

void
ptl_open_plan_save_async (PtlOpenPlan *self, GFile *file, gboolean anyway, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  Saving *saving = g_new0 (Saving, 1);

  g_return_if_fail (!self->saving);
  saving->file = g_object_ref (file);
  saving->bytes = ptl_open_plan_get_bytes (self);
  if (!anyway && self->file != NULL && g_file_equal (self->file, file))
    saving->expected = g_strdup (self->digest);
  self->saving = TRUE;
  stop_watching (self);
  ptl_history_mark_saved (get_history (self));
  g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);
  g_task_run_in_thread (task, save);
}

gboolean
ptl_open_plan_save_finish (PtlOpenPlan *self, GAsyncResult *result, GError **error)
{
  Saving *saving = g_task_get_task_data (G_TASK (result));
  gboolean saved = g_task_propagate_boolean (G_TASK (result), error);

  self->saving = FALSE;
  if (saved)
    watch (self, saving->file, saving->digest);
  else
    {
      ptl_history_mark_unsaved (get_history (self));
      watch (self, self->file, self->digest);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
  return saved;
}

void
ptl_open_plan_keep (PtlOpenPlan *self)
{
  ptl_history_mark_unsaved (get_history (self));
  watch (self, self->file, self->watch != NULL ? ptl_disk_watch_get_found (self->watch) : NULL);
}

void
ptl_open_plan_secure (PtlOpenPlan *self)
{
  ptl_recovery_flush (self->recovery);
}

void
ptl_open_plan_discard (PtlOpenPlan *self)
{
  ptl_recovery_discard (self->recovery);
}
