#pragma once

#include "ptl-formats.h"

/* Writes sheets into a folder, and an index of them. */

typedef struct
{
  GPtrArray *formats; /* const PtlFormat */
  GArray *firewalls;  /* guint: indices in the routes' firewalls */
  const char *folder; /* made when its parent exists */
  /* Called before each file; NULL for none. FALSE cancels. */
  gboolean (*progress) (guint done, guint total, const char *file, gpointer data);
  gpointer data;
} PtlExport;

typedef struct
{
  GPtrArray *strangers; /* char *: names of sheets found in the folder that were not written now */
  guint rules;          /* on the written sheets */
  guint unresolved;     /* nodes without an address that stand on a written sheet */
} PtlExportResult;

/* The names of the files that would be written, the index last; NULL when two of them would be one. */
GPtrArray *ptl_export_file_names (const PtlRoutes *routes, const PtlExport *what, GError **error);
/* Adds the nodes without an address that stand on a firewall's sheet, as GUINT_TO_POINTER (). */
void ptl_export_find_unresolved (PtlSheets *sheets, guint firewall, GHashTable *nodes);
gboolean ptl_export_sheets (PtlSheets *sheets, const PtlExport *what, PtlExportResult *result, GError **error);
