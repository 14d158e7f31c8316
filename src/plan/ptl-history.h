#pragma once

#include "ptl-edit.h"

/* A document that is edited: the plan and all that was done to it since it was opened, as a list of
 * edits, undone and done again without limit. Nothing else changes the plan while it has a history.
 *
 * Properties, all read-only: can-undo, can-redo, modified (boolean); undo-name, redo-name (string): for the
 * menu, "Undo Move 3 nodes".
 * Signal "changed" (const PtlTouched *): after the plan changed; its handlers must not edit. */

/* What an edit touched; valid in the handler only. */
typedef struct
{
  const PtlChange *changes; /* when `reverted`, in the opposite order, `before` is what is in the plan */
  guint n_changes;
  gboolean reverted;
  guint kinds;              /* bits 1 << PtlRecordKind: any record of the kind changed */
  guint shifted;            /* and of these, records came or went: indices above them are others now */
  PtlDifference difference; /* without PTL_DIFFERS_MEANING no flow, sheet or problem changed */
} PtlTouched;

#define PTL_TYPE_HISTORY (ptl_history_get_type ())
G_DECLARE_FINAL_TYPE (PtlHistory, ptl_history, PTL, HISTORY, GObject)

PtlHistory *ptl_history_new (PtlPlan *plan);
PtlPlan *ptl_history_get_plan (PtlHistory *history);
const PtlPlanIndex *ptl_history_get_index (PtlHistory *history);
int ptl_history_find (PtlHistory *history, PtlRecordKind kind, const char *id);

gboolean ptl_history_push (PtlHistory *history, PtlEdit *edit, char *name, char *key, GError **error);
void ptl_history_seal (PtlHistory *history);
void ptl_history_join (PtlHistory *history);
void ptl_history_rename (PtlHistory *history, const char *name);
void ptl_history_cancel (PtlHistory *history);
gconstpointer ptl_history_base (PtlHistory *history, const char *key, PtlRecordKind kind, guint index);

void ptl_history_undo (PtlHistory *history);
void ptl_history_redo (PtlHistory *history);
gboolean ptl_history_can_undo (PtlHistory *history);
gboolean ptl_history_can_redo (PtlHistory *history);
const char *ptl_history_get_undo_name (PtlHistory *history);
const char *ptl_history_get_redo_name (PtlHistory *history);

void ptl_history_mark_saved (PtlHistory *history);
void ptl_history_mark_unsaved (PtlHistory *history);
gboolean ptl_history_is_modified (PtlHistory *history);
