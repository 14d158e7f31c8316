#pragma once

#include "ptl-open-plan.h"
#include "ptl-recovery-file.h"

/* Keeps the unsaved work on an open plan in a recovery file, which a few seconds after each edit is up to date. It
 * goes away when the plan is as saved. */

#define PTL_TYPE_RECOVERY (ptl_recovery_get_type ())
G_DECLARE_FINAL_TYPE (PtlRecovery, ptl_recovery, PTL, RECOVERY, GObject)

/* `file` is what the plan was recovered from, or NULL. The open plan owns the recovery. */
PtlRecovery *ptl_recovery_new (PtlOpenPlan *open_plan, PtlRecoveryFile *file);
/* Writes what is not yet written, and waits for it. */
void ptl_recovery_flush (PtlRecovery *self);
/* A person wants the unsaved work no more. */
void ptl_recovery_discard (PtlRecovery *self);
