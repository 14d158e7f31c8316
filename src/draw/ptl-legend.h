#pragma once

#include "ptl-painter.h"
#include "ptl-pen.h"

/* What the signs of a drawing mean: of those that occur in it, and no others. */

typedef struct _PtlLegend PtlLegend;

PtlLegend *ptl_legend_new (const PtlScene *scene, const PtlTheme *theme, PtlLevel level, double letters);
void ptl_legend_free (PtlLegend *legend);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlLegend, ptl_legend_free)

/* Arranges the entries in as many columns as the width has room for, all in millimetres; returns the height. */
double ptl_legend_fit (PtlLegend *legend, double width);
void ptl_legend_paint (const PtlLegend *legend, const PtlPen *pen, double x, double y);
