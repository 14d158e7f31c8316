#pragma once

#include "ptl-scene.h"
#include "ptl-surface.h"

/* A drawing on paper: on one page, or on tiles of a scale to be laid side by side, with a title block and a legend.
 * Nothing of it changes once it is made: any thread may draw its pages. Lengths are millimetres. */

#define PTL_CANVAS_UNIT (25.4 / 96) /* mm at 100 % */

typedef struct
{
  double width, height; /* of the paper as it lies; 0: as large as the drawing is at 100 % */
  double tile_scale;    /* 1 is 100 %; 0: everything on one page */
  gboolean title_block, legend;
  gboolean outer_only; /* without arrows within zones */
} PtlPageSetup;

/* What the title block says beside the plan's title, the scale and the page. */
typedef struct
{
  const char *diagram; /* what of the plan is drawn */
  const char *phase;
  const char *date;
  const char *program; /* and its version */
} PtlPageWords;

typedef struct _PtlPages PtlPages;

PtlPages *ptl_pages_new (PtlScene *scene, const PtlPageSetup *setup, const PtlPageWords *words);
PtlPages *ptl_pages_new_on_paper (const PtlPages *pages, double width, double height);
PtlPages *ptl_pages_ref (PtlPages *pages);
void ptl_pages_unref (PtlPages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlPages, ptl_pages_unref)

guint ptl_pages_get_n (const PtlPages *pages);
PtlScene *ptl_pages_get_scene (const PtlPages *pages);
void ptl_pages_get_paper (const PtlPages *pages, double *width, double *height);
double ptl_pages_get_scale (const PtlPages *pages, guint page);
char *ptl_pages_get_name (const PtlPages *pages, guint page);

PtlBox ptl_pages_get_box (const PtlPages *pages, guint page);
PtlBox ptl_pages_get_part (const PtlPages *pages, guint page);
void ptl_pages_paint (const PtlPages *pages, guint page, PtlSurface *surface, double most);
