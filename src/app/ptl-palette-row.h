#pragma once

#include "ptl-stencil.h"

/* A thing that can be placed. Its texts live as long as the program. */
typedef struct
{
  PtlStencil stencil;
  guint section;          /* of the palette */
  const char *title;      /* in English: the row translates it, and is found by both */
  const char *short_name; /* what people call it, or NULL */
  const char *words;      /* by what else it is looked for, or NULL */
  const char *icon;
  gboolean removed; /* from the product */
} PtlPaletteThing;

/* Its row, which can be dragged. */

#define PTL_TYPE_PALETTE_ROW (ptl_palette_row_get_type ())
G_DECLARE_FINAL_TYPE (PtlPaletteRow, ptl_palette_row, PTL, PALETTE_ROW, GtkListBoxRow)

GtkWidget *ptl_palette_row_new (const PtlPaletteThing *thing);
const PtlPaletteThing *ptl_palette_row_get_thing (PtlPaletteRow *self);
/* Whether each word of the text begins one of the thing's. */
gboolean ptl_palette_row_matches (PtlPaletteRow *self, const char *text);
