#pragma once

#include "engine/ptl-catalogue.h"
#include "io/ptl-output.h"

/* The embedded port data with its provenance as CSV. */
void ptl_catalogue_write_csv (const PtlCatalogue *catalogue, PtlOutput *output);
