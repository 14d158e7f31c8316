#pragma once

#include "ptl-disk-watch.h"
#include "ptl-recovery-file.h"
#include "ptl-session.h"

/* A session and its file, which may be anywhere that GIO reaches. Reading and writing happen in threads.
 *
 * Properties, all read-only: modified (boolean): work would be lost with the plan, as far as is known by now; file
 * (GFile; NULL: never saved); disk-state (PtlDiskState, as int): whether others changed or removed the file. */

#define PTL_TYPE_OPEN_PLAN (ptl_open_plan_get_type ())
G_DECLARE_FINAL_TYPE (PtlOpenPlan, ptl_open_plan, PTL, OPEN_PLAN, GObject)

/* A plan that is nowhere on disk. */
PtlOpenPlan *ptl_open_plan_new (PtlPlan *plan);

/* Reads a file, or with `left_over` what a crash has left of the work on a plan: modified until it is saved. */
void ptl_open_plan_load_async (const PtlCatalogue *catalogue, GFile *file, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);
void ptl_open_plan_recover_async (const PtlCatalogue *catalogue, const PtlLeftOver *left_over,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* NULL with `problems` (PtlFileProblem) when the file is not a plan; NULL without when it was cancelled. */
PtlOpenPlan *ptl_open_plan_load_finish (GAsyncResult *result, GPtrArray **problems);

PtlSession *ptl_open_plan_get_session (PtlOpenPlan *self);
GFile *ptl_open_plan_get_file (PtlOpenPlan *self);
gboolean ptl_open_plan_is_modified (PtlOpenPlan *self);
gboolean ptl_open_plan_is_saving (PtlOpenPlan *self);
PtlDiskState ptl_open_plan_get_disk_state (PtlOpenPlan *self);
/* Of the file as it was last read or written; NULL without one. */
const char *ptl_open_plan_get_digest (PtlOpenPlan *self);
/* What the plan is called where it is listed: its title, else its file's name, else "Untitled plan"; free with
 * g_free (). */
char *ptl_open_plan_get_name (PtlOpenPlan *self);
/* As it would be saved now. */
GBytes *ptl_open_plan_get_bytes (PtlOpenPlan *self);

/* Into its file, or another one that is its file from then on. Unless `anyway`, fails with G_IO_ERROR_WRONG_ETAG when
 * others changed its file. When it fails the old file is as it was, and the plan stays modified. */
void ptl_open_plan_save_async (PtlOpenPlan *self, GFile *file, gboolean anyway, GAsyncReadyCallback callback,
                               gpointer data);
gboolean ptl_open_plan_save_finish (PtlOpenPlan *self, GAsyncResult *result, GError **error);

/* The person goes on with this plan although the file is another: it will not be said again. */
void ptl_open_plan_keep (PtlOpenPlan *self);
/* The recovery file has all that is not saved, whatever comes. */
void ptl_open_plan_secure (PtlOpenPlan *self);
/* The person wants the unsaved work no more. */
void ptl_open_plan_discard (PtlOpenPlan *self);
