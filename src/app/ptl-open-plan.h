#pragma once

#include "ptl-session.h"

/* A session and its file.
 *
 * Properties: modified (boolean, read-only), file (GFile, read-only; NULL: never saved). */

#define PTL_TYPE_OPEN_PLAN (ptl_open_plan_get_type ())
G_DECLARE_FINAL_TYPE (PtlOpenPlan, ptl_open_plan, PTL, OPEN_PLAN, GObject)

/* `file` is NULL for a plan that is nowhere on disk. */
PtlOpenPlan *ptl_open_plan_new (PtlPlan *plan, GFile *file);
/* NULL with `problems` (PtlFileProblem) when the file is not a plan. */
PtlOpenPlan *ptl_open_plan_load (const PtlCatalogue *catalogue, GFile *file, GPtrArray **problems);

PtlSession *ptl_open_plan_get_session (PtlOpenPlan *self);
GFile *ptl_open_plan_get_file (PtlOpenPlan *self);
/* What the plan is called where it is listed: its title, else its file's name, else "Untitled plan"; free with
 * g_free (). */
char *ptl_open_plan_get_name (PtlOpenPlan *self);
/* Into its file, or another one that is its file from then on. */
gboolean ptl_open_plan_save (PtlOpenPlan *self, GFile *file, GError **error);
