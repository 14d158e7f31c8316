#pragma once

#include "engine/ptl-sheets.h"
#include "ptl-session.h"

/* Lights the arrows and nodes of some rows (PtlRow) of the session's sheets; of none: nothing fades any more. */
void ptl_sheet_light (PtlSession *session, const GPtrArray *rows);
