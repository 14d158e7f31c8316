#pragma once

#include "engine/ptl-routes.h"
#include "io/ptl-output.h"

/* Every flow of a plan as CSV, as it is found: memory does not grow with the rows. */
void ptl_flows_write_csv (const PtlRoutes *routes, gboolean crossing_only, PtlOutput *output);
