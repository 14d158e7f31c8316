#pragma once

#include "ptl-geometry.h"

/* Which of many boxes is next, as a person sees it. */

typedef enum
{
  PTL_DIRECTION_LEFT,
  PTL_DIRECTION_RIGHT,
  PTL_DIRECTION_UP,
  PTL_DIRECTION_DOWN,
} PtlDirection;

int ptl_direction_next (const PtlBox *boxes, guint n, const PtlBox *from, PtlDirection direction);
int ptl_direction_end (const PtlBox *boxes, guint n, gboolean last);
