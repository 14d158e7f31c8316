#include "engine/ptl-check.h"
#include "engine/ptl-sheets.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"

/* Any bytes are a plan or give errors with lines, and every plan can be computed on. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
compute (PtlPlan *plan)
{
  g_autoptr (PtlGraph) graph = ptl_plan_to_graph (plan);
  g_autoptr (PtlFlows) flows = ptl_flows_new (graph);
  g_autoptr (PtlRoutes) routes = ptl_routes_new (flows);
  g_autoptr (PtlSheets) sheets = ptl_sheets_new (routes, FALSE);
  g_autoptr (GPtrArray) findings = ptl_check (routes);

  for (guint i = 0; i < routes->n_firewalls; i++)
    ptl_sheets_rows (sheets, i);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static PtlCatalogue *catalogue;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) plan = NULL;

  if (catalogue == NULL)
    catalogue = ptl_catalogue_load (NULL);
  plan = ptl_plan_read (catalogue, stream, &problems);
  if (plan != NULL)
    compute (plan);
  else
    g_assert (problems->len > 0 && problems->len <= PTL_MAX_PROBLEMS);
  return 0;
}
