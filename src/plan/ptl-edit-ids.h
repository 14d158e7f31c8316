#pragma once

#include "ptl-plan.h"

/* Ids and names for new zones, firewalls and nodes: free ones, numbered as people do, with the same
 * number in both: mp01 and MP01, intranet-2 and Intranet 2. */

typedef struct _PtlIds PtlIds;

PtlIds *ptl_ids_new (const PtlPlan *plan);
void ptl_ids_free (PtlIds *ids);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlIds, ptl_ids_free)

void ptl_ids_number (PtlIds *ids, const char *id, const char *name, char **new_id, char **new_name);
void ptl_ids_copy (PtlIds *ids, const char *id, const char *name, char **new_id, char **new_name);
