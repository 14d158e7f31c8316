#pragma once

#include "ptl-arrow-cells.h"
#include "ptl-arrow-ways.h"
#include "ptl-arrows.h"

/* What the steps of making arrows share. */

/* Arrows and trunks that have no ways yet. */
PtlArrows *ptl_arrows_alloc (PtlTalks *talks, const PtlLayout *layout);

/* Memory that lives as long as the arrows. */
gpointer ptl_arrows_keep (PtlArrows *arrows, gpointer block);

/* The corners of a way; straight from box to box where there is none. */
void ptl_arrow_set_points (PtlArrows *arrows, PtlArrow *arrow, const PtlWay *way, const PtlBox *a, const PtlBox *b);

/* Where the name of a zone stands. */
PtlBox ptl_arrow_title (const PtlBox *zone, const char *name);

/* Sets the marks and labels of all arrows; their ways are known. */
void ptl_arrow_set_marks (PtlArrows *arrows, const PtlArrowMap *map, PtlCells *cells);
void ptl_arrow_set_labels (PtlArrows *arrows, PtlCells *cells);

/* Sets the ways of the trunks and the places of their pills. */
void ptl_arrow_set_trunks (PtlArrows *arrows, const PtlLayout *layout);

/* A way before the lanes, and what it depends on: see ptl_arrow_find_way (). */
typedef struct
{
  PtlWay way;
  PtlExtent reach;
} PtlArrowRaw;

/* What arrows remember for those after them; room for the ways of all talks. */
PtlArrowRaw *ptl_arrow_past_make (PtlArrows *arrows, const PtlLayout *layout);

typedef struct _PtlArrowMemory PtlArrowMemory;

PtlArrowMemory *ptl_arrow_memory_new (const PtlArrows *arrows, const PtlArrows *before);
void ptl_arrow_memory_free (PtlArrowMemory *memory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlArrowMemory, ptl_arrow_memory_free)
const PtlArrowRaw *ptl_arrow_memory_find (const PtlArrowMemory *memory, guint index, double margin);

/* Of each node, what it was before if it did not move, or -1. */
int *ptl_arrows_match_nodes (const PtlArrows *arrows, const PtlArrows *before);
