#pragma once

#include "ptl-edit.h"

/* What the edits that place things share. */

typedef struct
{
  double x, y, width, height;
} PtlArea;

/* Rounds to what a file can hold; refuses what is beyond the canvas. */
gboolean ptl_edit_set_coordinate (double *field, double value, GError **error);
/* Changes the place of an item; width and height are used for a zone only. */
gboolean ptl_edit_place_area (PtlEdit *edit, PtlItem item, const PtlArea *area, GError **error);
gboolean ptl_edit_check_size (double width, double height, GError **error);
