#pragma once

#include "engine/ptl-check.h"
#include "ptl-history.h"

/* Problems that one change mends. The change makes the finding go away and no new error, but that flows which were
 * missing may find no way. What it is depends on the plan as it is now: a finding that is mended already, or whose
 * subject is gone, has none. */

/* What the change is called on a button: “Remove the Parent”; NULL: there is none. Free with g_free (). */
char *ptl_mend_get_words (PtlHistory *history, const PtlFinding *finding);
/* Makes the change, as one step. */
gboolean ptl_mend_apply (PtlHistory *history, const PtlFinding *finding, GError **error);
