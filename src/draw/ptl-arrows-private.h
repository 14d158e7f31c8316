#pragma once

#include "ptl-arrow-cells.h"
#include "ptl-arrow-ways.h"
#include "ptl-arrows.h"

/* What the steps of making arrows share. */

#define PTL_BORDER 4 /* units on each side of a zone's border that lines do not run along */

/* Memory that lives as long as the arrows. */
gpointer ptl_arrows_keep (PtlArrows *arrows, gpointer block);

/* Where the name of a zone stands. */
PtlBox ptl_arrow_title (const PtlBox *zone, const char *name);

/* Sets the marks and labels of all arrows; their ways are known. */
void ptl_arrow_set_marks (PtlArrows *arrows, const PtlArrowMap *map, PtlCells *cells);
void ptl_arrow_set_labels (PtlArrows *arrows, PtlCells *cells);
