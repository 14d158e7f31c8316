#pragma once

#include "ptl-geometry.h"

/* The shape of lines: rounded corners, and heads, filled triangles whose tips are the ends of the line. */

typedef enum
{
  PTL_HEAD_NONE = 0,
  PTL_HEAD_START = 1 << 0,
  PTL_HEAD_END = 1 << 1,
} PtlHeads;

double ptl_line_head_length (double line_width);
gboolean ptl_line_cut_head (PtlPoint *tip, PtlPoint from, double length, PtlPoint corners[3]);
PtlPoint ptl_line_bend (PtlPoint corner, PtlPoint towards, double radius);
