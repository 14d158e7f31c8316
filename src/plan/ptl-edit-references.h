#pragma once

#include "ptl-edit.h"

/* What refers to records that get another id or go. */

typedef struct
{
  GHashTable *ids[PTL_N_RECORDS]; /* old id -> new one, NULL when the record goes; NULL: none of the kind */
} PtlRenames;

/* What an edit does beyond what was asked for. */
typedef struct
{
  guint cut[PTL_N_REFERENCES]; /* references to records that go, by their place in ptl_references */
  GPtrArray *firewalls;        /* names of those that go because they would join fewer than two zones */
} PtlLost;

void ptl_renames_add (PtlRenames *renames, PtlRecordKind kind, const char *id, const char *new_id);
void ptl_renames_clear (PtlRenames *renames);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PtlRenames, ptl_renames_clear)

void ptl_lost_clear (PtlLost *lost);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PtlLost, ptl_lost_clear)

void ptl_edit_follow (PtlEdit *edit, const PtlRenames *renames, PtlLost *lost);
