#pragma once

#include "engine/ptl-sheets.h"
#include "ptl-session.h"

/* What of the sheets belongs to the chosen arrow or to the selected nodes. In the indices of the session's sheets, be
 * they of a plan before the last edit: valid until its "results-changed". */

typedef struct
{
  PtlFocusKind kind; /* of the arrow */
  guint a, b;        /* nodes or zones */
  gboolean *nodes;   /* of each node whether it is selected; NULL with an arrow */
  char *name;        /* for people: "CM01 – MP02" */
} PtlSheetScope;

/* NULL when nothing is chosen that rules could belong to. */
PtlSheetScope *ptl_sheet_scope_new (PtlSession *session);
void ptl_sheet_scope_free (PtlSheetScope *scope);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlSheetScope, ptl_sheet_scope_free)

gboolean ptl_sheet_scope_has (const PtlSheetScope *scope, const PtlRow *row);
/* How many rows of the firewall's sheet belong to it. */
guint ptl_sheet_scope_count (const PtlSheetScope *scope, PtlSheets *sheets, guint firewall);
