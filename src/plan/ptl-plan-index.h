#pragma once

#include "ptl-plan.h"

/* Finds the things of a plan by their names. Sites have codes of their own; zones, firewalls and nodes
 * share one space of ids in which case does not tell two apart. Names belong to the plan's records: the
 * index is valid as long as the plan is not changed. */

typedef enum
{
  PTL_THING_SITE,
  PTL_THING_ZONE,
  PTL_THING_FIREWALL,
  PTL_THING_NODE,
} PtlThing;
#define PTL_N_THINGS 4

typedef struct _PtlPlanIndex PtlPlanIndex;

/* An empty index; free it with ptl_plan_index_free (). */
PtlPlanIndex *ptl_plan_index_new (void);
PtlPlanIndex *ptl_plan_index_new_for_plan (const PtlPlan *plan);
void ptl_plan_index_free (PtlPlanIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlPlanIndex, ptl_plan_index_free)

void ptl_plan_index_add (PtlPlanIndex *index, PtlThing thing, const char *name, guint place);
/* The place of the thing with just this name, case told apart, or -1. */
int ptl_plan_index_find (const PtlPlanIndex *index, PtlThing thing, const char *name);
/* Whether a new thing cannot have the name; the one that has it then stands in `other` and `place`. */
gboolean ptl_plan_index_taken (const PtlPlanIndex *index, PtlThing thing, const char *name, PtlThing *other,
                               guint *place);
