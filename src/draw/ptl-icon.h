#pragma once

#include <glib.h>

/* Our icons: lines on a grid of 16 × 16, drawn in one weight and any colour. They are read once and
 * never change: any thread may use them. */

#define PTL_ICON_GRID   16
#define PTL_ICON_WEIGHT 1.25 /* of the lines, in units of the grid */

typedef enum
{
  PTL_ICON_MOVE,
  PTL_ICON_LINE,
  PTL_ICON_CURVE,
  PTL_ICON_CLOSE,
} PtlIconVerb;

typedef struct
{
  PtlIconVerb verb;
  double x[3], y[3]; /* a curve's two control points and its end; otherwise the first alone */
} PtlIconStep;

typedef struct
{
  char *name;
  char *path;    /* as an SVG path */
  GArray *steps; /* PtlIconStep */
} PtlIcon;

const PtlIcon *ptl_icon_find (const char *name);
const PtlIcon *ptl_icon_find_role (const char *role);

GArray *ptl_icon_parse_path (const char *path);
