#pragma once

#include <gtk/gtk.h>

/* The heading of a section of the palette: activating it folds the section. */

#define PTL_TYPE_PALETTE_SECTION (ptl_palette_section_get_type ())
G_DECLARE_FINAL_TYPE (PtlPaletteSection, ptl_palette_section, PTL, PALETTE_SECTION, GtkListBoxRow)

GtkWidget *ptl_palette_section_new (const char *title);
gboolean ptl_palette_section_get_expanded (PtlPaletteSection *self);
void ptl_palette_section_set_expanded (PtlPaletteSection *self, gboolean expanded);
