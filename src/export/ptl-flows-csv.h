#pragma once

#include "engine/ptl-routes.h"
#include "io/ptl-output.h"

/* Called before each source node, of `total`; FALSE stops the writer. */
typedef gboolean (*PtlFlowsProgress) (guint done, guint total, gpointer data);

/* Every flow of a plan as CSV, as it is found: memory does not grow with the rows. */
void ptl_flows_write_csv (const PtlRoutes *routes, gboolean crossing_only, PtlOutput *output, PtlFlowsProgress progress,
                          gpointer data);
