#pragma once

#include "ptl-records.h"

/* One step of the history: a name in words and a list of record changes. Whoever makes an edit asks
 * for copies of records and changes those, adds records and names the ones that go, all by the indices
 * that the plan has now; the plan itself is untouched until the history applies the edit. */

typedef struct
{
  PtlRecordKind kind;
  guint index;            /* in the plan's array, when the changes before it are done */
  gpointer before, after; /* NULL before: inserted; NULL after: removed */
  gboolean moved;         /* another edit took over the record that this one would free */
} PtlChange;

typedef struct _PtlEdit PtlEdit;

PtlEdit *ptl_edit_new (const PtlPlan *plan);
void ptl_edit_free (PtlEdit *edit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlEdit, ptl_edit_free)

const PtlPlan *ptl_edit_get_plan (const PtlEdit *edit);
gpointer ptl_edit_change (PtlEdit *edit, PtlRecordKind kind, guint index);
void ptl_edit_remove (PtlEdit *edit, PtlRecordKind kind, guint index);
guint ptl_edit_insert (PtlEdit *edit, PtlRecordKind kind, gpointer record);
gboolean ptl_edit_removes (const PtlEdit *edit, PtlRecordKind kind, guint index);
gboolean ptl_edit_has (const PtlEdit *edit, PtlRecordKind kind, guint index);

/* For the history. */
gboolean ptl_edit_finish (PtlEdit *edit, char *name, char *key, GError **error);
gboolean ptl_edit_is_empty (const PtlEdit *edit);
void ptl_edit_apply (PtlEdit *edit, PtlPlan *plan);
void ptl_edit_revert (PtlEdit *edit, PtlPlan *plan);
gboolean ptl_edit_merge (PtlEdit *edit, PtlEdit *later);
void ptl_edit_set_joined (PtlEdit *edit, gboolean joined);
gboolean ptl_edit_is_joined (const PtlEdit *edit);
void ptl_edit_set_name (PtlEdit *edit, const char *name);
const char *ptl_edit_get_name (const PtlEdit *edit);
const char *ptl_edit_get_key (const PtlEdit *edit);
const PtlChange *ptl_edit_get_changes (const PtlEdit *edit, guint *n);
PtlDifference ptl_edit_get_difference (const PtlEdit *edit);
const PtlChange *ptl_edit_find (const PtlEdit *edit, PtlRecordKind kind, guint index);
