#include "ptl-export-job.h"

struct _PtlExportJob
{
  GObject parent_instance;

  PtlRoutes *routes;
  gboolean expand;
  GPtrArray *formats; /* as PtlExport has them */
  GArray *firewalls;
  char *folder;
  GPtrArray *files; /* char * */
  guint done;       /* atomic: the thread counts */
  PtlExportResult result;
};

G_DEFINE_FINAL_TYPE (PtlExportJob, ptl_export_job, G_TYPE_OBJECT)

static gboolean
on_progress_cb (guint done, guint total, const char *file, gpointer data)
{
  GTask *task = data;
  PtlExportJob *self = g_task_get_source_object (task);

  g_atomic_int_set (&self->done, done);
  return !g_cancellable_is_cancelled (g_task_get_cancellable (task));
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PtlExportJob *self = source;
  g_autoptr (PtlSheets) sheets = ptl_sheets_new (self->routes, self->expand);
  PtlExport what = { self->formats, self->firewalls, self->folder, on_progress_cb, task };
  GError *error = NULL;

  if (ptl_export_sheets (sheets, &what, &self->result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
ptl_export_job_finalize (GObject *object)
{
  PtlExportJob *self = PTL_EXPORT_JOB (object);

  ptl_routes_unref (self->routes);
  g_ptr_array_unref (self->formats);
  g_array_unref (self->firewalls);
  g_free (self->folder);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->result.strangers, g_ptr_array_unref);
  G_OBJECT_CLASS (ptl_export_job_parent_class)->finalize (object);
}

static void
ptl_export_job_class_init (PtlExportJobClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ptl_export_job_finalize;
}

static void
ptl_export_job_init (PtlExportJob *self)
{
}

PtlExportJob *
ptl_export_job_new (PtlRoutes *routes, gboolean expand, const PtlExport *what, GError **error)
{
  g_autoptr (PtlExportJob) self = g_object_new (PTL_TYPE_EXPORT_JOB, NULL);

  self->routes = ptl_routes_ref (routes);
  self->expand = expand;
  self->formats = g_ptr_array_ref (what->formats);
  self->firewalls = g_array_ref (what->firewalls);
  self->folder = g_strdup (what->folder);
  self->files = ptl_export_file_names (routes, what, error);
  return self->files != NULL ? g_steal_pointer (&self) : NULL;
}

void
ptl_export_job_run_async (PtlExportJob *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, ptl_export_job_run_async);
  g_task_set_check_cancellable (task, FALSE); /* what was cancelled too late is done */
  g_task_run_in_thread (task, run);
}

const PtlExportResult *
ptl_export_job_run_finish (PtlExportJob *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error) ? &self->result : NULL;
}

const GPtrArray *
ptl_export_job_get_files (PtlExportJob *self)
{
  return self->files;
}

guint
ptl_export_job_get_done (PtlExportJob *self)
{
  return (guint) g_atomic_int_get (&self->done);
}

guint
ptl_export_job_count_sheets (PtlExportJob *self)
{
  return self->firewalls->len;
}

const char *
ptl_export_job_get_folder (PtlExportJob *self)
{
  return self->folder;
}
