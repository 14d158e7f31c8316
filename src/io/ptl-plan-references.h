#pragma once

#include "plan/ptl-plan-index.h"
#include "ptl-xml-reader.h"

/* The names in a plan file and what refers to them, private to io: each name is used once, and each
 * reference leads to something. A reference may stand before what it names, so all are followed at the end. */

typedef struct _PtlPlanNames PtlPlanNames;

/* No names yet; free it with ptl_plan_names_free (). */
PtlPlanNames *ptl_plan_names_new (void);
void ptl_plan_names_free (PtlPlanNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlPlanNames, ptl_plan_names_free)

/* The element at hand is the next of its kind and has the name, which lives as long as the plan: a problem of
 * `attribute` when another thing has it; "" for a name that was refused. */
void ptl_plan_names_add (PtlPlanNames *names, PtlXmlReader *xml, PtlThing thing, const char *attribute,
                         const char *name);
/* The element at hand is the next link. */
void ptl_plan_names_add_link (PtlPlanNames *names, PtlXmlReader *xml);

void ptl_plan_names_resolve (PtlPlanNames *names, PtlXmlReader *xml, const PtlPlan *plan);
