#include "ptl-plan-index.h"

#include <string.h>

#include "engine/ptl-hash.h"

struct _PtlPlanIndex
{
  GHashTable *codes, *ids; /* name -> place and thing in one number */
};

static gboolean
equal_names (gconstpointer a, gconstpointer b)
{
  return g_ascii_strcasecmp (a, b) == 0;
}

static GHashTable *
table_of (const PtlPlanIndex *index, PtlThing thing)
{
  return thing == PTL_THING_SITE ? index->codes : index->ids;
}

PtlPlanIndex *
ptl_plan_index_new (void)
{
  PtlPlanIndex *index = g_new (PtlPlanIndex, 1);

  index->codes = g_hash_table_new (ptl_hash_name, equal_names);
  index->ids = g_hash_table_new (ptl_hash_name, equal_names);
  return index;
}

/**
 * ptl_plan_index_new_for_plan:
 *
 * Returns: (transfer full): an index of all sites, zones, firewalls and nodes; their places are those
 * in the plan's arrays
 */
PtlPlanIndex *
ptl_plan_index_new_for_plan (const PtlPlan *plan)
{
  PtlPlanIndex *index = ptl_plan_index_new ();

  for (guint i = 0; i < plan->sites->len; i++)
    ptl_plan_index_add (index, PTL_THING_SITE, ((PtlSite *) plan->sites->pdata[i])->code, i);
  for (guint i = 0; i < plan->zones->len; i++)
    ptl_plan_index_add (index, PTL_THING_ZONE, ((PtlZone *) plan->zones->pdata[i])->id, i);
  for (guint i = 0; i < plan->firewalls->len; i++)
    ptl_plan_index_add (index, PTL_THING_FIREWALL, ((PtlFirewall *) plan->firewalls->pdata[i])->id, i);
  for (guint i = 0; i < plan->nodes->len; i++)
    ptl_plan_index_add (index, PTL_THING_NODE, ((PtlNode *) plan->nodes->pdata[i])->id, i);
  return index;
}

void
ptl_plan_index_free (PtlPlanIndex *index)
{
  if (index == NULL)
    return;
  g_hash_table_unref (index->codes);
  g_hash_table_unref (index->ids);
  g_free (index);
}

/**
 * ptl_plan_index_add:
 * @name: must live as long as the index
 * @place: what ptl_plan_index_find () answers
 */
void
ptl_plan_index_add (PtlPlanIndex *index, PtlThing thing, const char *name, guint place)
{
  g_hash_table_replace (table_of (index, thing), (gpointer) name, GUINT_TO_POINTER (place * PTL_N_THINGS + thing));
}

gboolean
ptl_plan_index_taken (const PtlPlanIndex *index, PtlThing thing, const char *name, PtlThing *other, guint *place)
{
  gpointer found;

  if (!g_hash_table_lookup_extended (table_of (index, thing), name, NULL, &found))
    return FALSE;
  *other = GPOINTER_TO_UINT (found) % PTL_N_THINGS;
  *place = GPOINTER_TO_UINT (found) / PTL_N_THINGS;
  return TRUE;
}

int
ptl_plan_index_find (const PtlPlanIndex *index, PtlThing thing, const char *name)
{
  gpointer own, found;

  if (!g_hash_table_lookup_extended (table_of (index, thing), name, &own, &found) || strcmp (own, name) != 0
      || GPOINTER_TO_UINT (found) % PTL_N_THINGS != thing)
    return -1;
  return (int) (GPOINTER_TO_UINT (found) / PTL_N_THINGS);
}
