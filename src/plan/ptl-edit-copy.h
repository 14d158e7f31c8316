#pragma once

#include "ptl-history.h"

/* Copying zones, firewalls and nodes; a zone brings its members. Copies get free ids and names, and
 * keep their site, zone and links where the plan has them. */

/* What the clipboard gets: a plan of its own, fit for a file, with the items, the links between them,
 * and what they refer to: sites, and zones without a place. */
PtlPlan *ptl_plan_extract (const PtlPlan *plan, const PtlItem *items, guint n);

/* Both shift the copies by dx and dy. `copies` (out, optional): GArray of PtlItem, for the selection.
 * `dropped` (out, optional): what was left out because the plan lacks it, in sentences, one a line, or NULL. */
gboolean ptl_edit_paste (PtlHistory *history, const PtlPlan *clip, double dx, double dy, GArray **copies,
                         char **dropped, GError **error);
gboolean ptl_edit_duplicate (PtlHistory *history, const PtlItem *items, guint n, double dx, double dy, GArray **copies,
                             char **dropped, GError **error);
