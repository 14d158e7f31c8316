#pragma once

#include "ptl-export-job.h"

/* What the export of sheets tells, in words; free with g_free (). Names are char *, and long lists of them are cut. */

/* "a, b, c and 4 more" */
char *ptl_export_words_names (const GPtrArray *names);
char *ptl_export_words_rules (guint n);
char *ptl_export_words_files (const GPtrArray *names);
char *ptl_export_words_unresolved (const GPtrArray *names);
char *ptl_export_words_errors (guint n);
char *ptl_export_words_replace (guint n); /* a question */
char *ptl_export_words_done (PtlExportJob *job, const PtlExportResult *result);
char *ptl_export_words_strangers (const GPtrArray *names);
/* How far it came before it was cancelled or failed. */
char *ptl_export_words_stopped (PtlExportJob *job);
