#pragma once

#include "ptl-history.h"

/* Edits of where things stand, in canvas units. Of a zone and a node the position is the upper left
 * corner, of a firewall the middle. A zone carries its members along. What else is moved, aligned or
 * distributed changes zone: it then belongs to the smallest one that holds its middle, or to none. */

/* From where the things stand now. Moves of the same items are one step until ptl_history_seal (). */
gboolean ptl_edit_move (PtlHistory *history, const PtlItem *items, guint n, double dx, double dy, GError **error);

/* Members that a border runs into are pushed along, and come back when it does in the same drag. */
gboolean ptl_edit_resize_zone (PtlHistory *history, guint zone, double x, double y, double width, double height,
                               GError **error);

typedef enum
{
  PTL_ALIGN_LEFT,
  PTL_ALIGN_CENTRE,
  PTL_ALIGN_RIGHT,
  PTL_ALIGN_TOP,
  PTL_ALIGN_MIDDLE,
  PTL_ALIGN_BOTTOM,
} PtlAlignment;
gboolean ptl_edit_align (PtlHistory *history, const PtlItem *items, guint n, PtlAlignment alignment, GError **error);

/* The same space between all of them; the outermost two stay. */
gboolean ptl_edit_distribute (PtlHistory *history, const PtlItem *items, guint n, gboolean vertically, GError **error);

/* Where a layout wants a thing; width and height count for a zone only. */
typedef struct
{
  PtlItem item;
  double x, y, width, height;
} PtlPlace;
/* Nodes keep their zones: a layout puts them where they belong. */
gboolean ptl_edit_arrange (PtlHistory *history, const PtlPlace *places, guint n, GError **error);

/* Nodes to a zone, by its index, or to none (-1); a card that is not in the zone moves to its nearest place there. */
gboolean ptl_edit_set_zone (PtlHistory *history, const PtlItem *nodes, guint n, int zone, GError **error);

/* The smallest zone that holds the point, or -1. */
int ptl_plan_zone_at (const PtlPlan *plan, double x, double y);
