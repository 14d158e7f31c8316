#pragma once

#include "ptl-formats.h"

/* Writes sheets into a folder. */

typedef struct
{
  GPtrArray *formats; /* const PtlFormat */
  GArray *firewalls;  /* guint: indices in the routes' firewalls */
  const char *folder; /* made when its parent exists */
  /* Called before each sheet; NULL for none. FALSE cancels. */
  gboolean (*progress) (guint done, guint total, const char *file, gpointer data);
  gpointer data;
} PtlExport;

typedef struct
{
  GPtrArray *strangers; /* char *: names of sheets found in the folder that were not written now */
  guint unresolved;     /* nodes without an address that stand on a written sheet */
} PtlExportResult;

gboolean ptl_export_sheets (PtlSheets *sheets, const PtlExport *what, PtlExportResult *result, GError **error);
