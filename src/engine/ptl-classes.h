#pragma once

#include "ptl-flows.h"

/* Fills the classes of the flows and the orders of the nodes. */
void ptl_classes_build (PtlFlows *flows);
