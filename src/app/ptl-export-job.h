#pragma once

#include "export/ptl-export.h"

/* Sheets on their way into a folder. They are made and written in a thread, from the job's own references: an edit does
 * not disturb them. */

#define PTL_TYPE_EXPORT_JOB (ptl_export_job_get_type ())
G_DECLARE_FINAL_TYPE (PtlExportJob, ptl_export_job, PTL, EXPORT_JOB, GObject)

/* `what` without progress. NULL when two of the files would have one name. */
PtlExportJob *ptl_export_job_new (PtlRoutes *routes, gboolean expand, const PtlExport *what, GError **error);

/* Cancelled, it ends behind the file that is being written; the program should stay until then. */
void ptl_export_job_run_async (PtlExportJob *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer data);
/* The result is the job's. */
const PtlExportResult *ptl_export_job_run_finish (PtlExportJob *self, GAsyncResult *result, GError **error);

/* The names of the files, char *, in their order; the index comes last. */
const GPtrArray *ptl_export_job_get_files (PtlExportJob *self);
/* How many of them are written; at any time. */
guint ptl_export_job_get_done (PtlExportJob *self);
guint ptl_export_job_count_sheets (PtlExportJob *self);
const char *ptl_export_job_get_folder (PtlExportJob *self);
