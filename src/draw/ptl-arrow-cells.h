#pragma once

#include "ptl-ground.h"

/* What lies on the canvas, for finding room for labels and marks between it. Things are added at any time. */

typedef enum
{
  PTL_CELL_THING = 1 << 0,  /* cards, names, heads, marks, labels */
  PTL_CELL_LINE = 1 << 1,   /* of an arrow */
  PTL_CELL_BORDER = 1 << 2, /* of a zone */
  PTL_CELL_ZONE = 1 << 3,   /* all of it */
} PtlCellKind;

#define PTL_CELL_NOBODY G_MAXUINT

typedef struct
{
  PtlExtent box;
  guint owner; /* the arrow of a line, or PTL_CELL_NOBODY */
  PtlCellKind kind;
} PtlCellItem;

typedef struct _PtlCells PtlCells;

/* For about `n` things within the bounds; what lies outside of them is found, too. */
PtlCells *ptl_cells_new (const PtlExtent *bounds, guint n);
void ptl_cells_free (PtlCells *cells);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlCells, ptl_cells_free)

void ptl_cells_add (PtlCells *cells, PtlCellKind kind, const PtlExtent *box, guint owner);
/* Whether something of these kinds that is not the owner's overlaps the box. */
gboolean ptl_cells_is_free (const PtlCells *cells, guint kinds, const PtlExtent *box, guint owner);
/* Finds all of these kinds that overlap the box and are not the owner's: GArray of PtlCellItem. Some come twice. FALSE
 * where there are too many to find room between them. */
gboolean ptl_cells_find (const PtlCells *cells, guint kinds, const PtlExtent *box, guint owner, GArray *found);
