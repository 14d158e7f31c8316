#pragma once

#include "ptl-pen.h"

/* The table at the foot of a page that says what the drawing is. */

typedef enum
{
  PTL_TITLE_TITLE,   /* of the plan */
  PTL_TITLE_DIAGRAM, /* what of the plan is drawn */
  PTL_TITLE_PHASE,
  PTL_TITLE_DATE,
  PTL_TITLE_SCALE,
  PTL_TITLE_PROGRAM,
  PTL_TITLE_PAGE,
  PTL_N_TITLES,
} PtlTitle;

typedef enum
{
  PTL_TITLE_BLOCK, /* for a corner, PTL_TITLE_BLOCK_WIDTH wide */
  PTL_TITLE_WIDE,  /* two rows along the page */
  PTL_TITLE_STRIP, /* one */
} PtlTitleForm;

/* In millimetres. */
#define PTL_TITLE_BLOCK_WIDTH 104

double ptl_title_block_height (PtlTitleForm form);
/* `size`: how much larger than that everything is. */
void ptl_title_block_paint (const PtlPen *pen, PtlTitleForm form, const PtlBox *box, double size,
                            const char *const words[PTL_N_TITLES]);
