#include "ptl-canvas-hand.h"

#include <math.h>

#include "plan/ptl-edit-place.h"

/* Drags that move things or the edges of a zone. */

static void
cancel_edit (PtlCanvas *self)
{
  ptl_history_cancel (ptl_session_get_history (self->session));
}

/* Moving */

void
ptl_hand_begin_move (PtlCanvas *self, PtlItem item)
{
  PtlHand *hand = self->hand;
  guint n;
  const PtlItem *selected = ptl_session_get_selected (self->session, &n);

  hand->drag = &ptl_drag_move;
  hand->item = item;
  hand->box = ptl_hand_box_of (self, item);
  g_array_set_size (hand->items, 0);
  for (guint i = 0; i < n; i++)
    if (selected[i].kind != PTL_RECORD_SITE)
      g_array_append_val (hand->items, selected[i]);
  ptl_hand_collect_others (self, item.kind == PTL_RECORD_ZONE, FALSE);
}

/* Where it stands on the grid: a firewall by its middle, all else by its corner. */
static PtlPoint
anchor_of (PtlItem item, const PtlBox *box)
{
  return item.kind == PTL_RECORD_FIREWALL ? ptl_box_centre (box) : (PtlPoint){ box->x, box->y };
}

/* Lights up the zone that the node is in by now. */
static void
show_zone (PtlCanvas *self)
{
  const PtlPlan *plan = ptl_session_get_plan (self->session);
  PtlItem zone = { .kind = PTL_RECORD_ZONE };
  int index;

  if (self->hand->item.kind != PTL_RECORD_NODE)
    return;
  index = ptl_history_find (ptl_session_get_history (self->session), PTL_RECORD_ZONE,
                            ((const PtlNode *) plan->nodes->pdata[self->hand->item.index])->zone);
  zone.index = (guint) index;
  ptl_hand_set_target (self, index >= 0 ? &zone : NULL);
}

/* Edits move from where things stand now: so that the result depends on where the pointer is alone, this moves by
 * whole units and by what is missing. */
static void
move_to (PtlCanvas *self, PtlPoint to)
{
  PtlHand *hand = self->hand;
  g_autoptr (GError) error = NULL;

  if (to.x == hand->moved.x && to.y == hand->moved.y)
    return;
  if (to.x == 0 && to.y == 0)
    cancel_edit (self); /* also who changed zone comes back, and no step is left */
  else if (!ptl_edit_move (ptl_session_get_history (self->session), (const PtlItem *) (gpointer) hand->items->data,
                           hand->items->len, to.x - hand->moved.x, to.y - hand->moved.y, &error))
    return; /* the canvas ends there */
  hand->moved = to;
}

static void
update_move (PtlCanvas *self, PtlPoint at, gboolean freely)
{
  PtlHand *hand = self->hand;
  PtlBox box = hand->box;
  PtlPoint by = { 0, 0 };

  box.x += round (at.x - hand->start.x);
  box.y += round (at.y - hand->start.y);
  hand->n_guides = 0;
  if (!freely)
    {
      PtlSnap snap = ptl_hand_get_snap (self);

      hand->n_guides = ptl_snap_move (&snap, &box, anchor_of (hand->item, &box), &by, hand->guides);
    }
  move_to (self, (PtlPoint){ box.x + by.x - hand->box.x, box.y + by.y - hand->box.y });
  show_zone (self);
}

static void
draw_move (PtlCanvas *self, GtkSnapshot *snapshot)
{
  ptl_hand_draw_guides (self, snapshot);
}

const PtlDragClass ptl_drag_move = { update_move, NULL, cancel_edit, draw_move };

/* Resizing a zone */

void
ptl_hand_begin_resize (PtlCanvas *self, PtlItem zone, guint edges)
{
  PtlHand *hand = self->hand;

  hand->drag = &ptl_drag_resize;
  hand->item = zone;
  hand->edges = edges;
  hand->box = ptl_hand_box_of (self, zone);
  ptl_session_select (self->session, &zone, 1, PTL_SELECT_ONLY);
  ptl_hand_collect_others (self, TRUE, FALSE);
}

/* The edge moves no further than leaves the zone a sensible size, or the one it had. */
static void
keep_size (PtlBox *box, const PtlBox *was, guint edges)
{
  double width = MAX (box->width, MIN (was->width, PTL_LEAST_WIDTH));
  double height = MAX (box->height, MIN (was->height, PTL_LEAST_HEIGHT));

  if (edges & PTL_EDGE_LEFT)
    box->x -= width - box->width;
  if (edges & PTL_EDGE_TOP)
    box->y -= height - box->height;
  box->width = width;
  box->height = height;
}

static void
update_resize (PtlCanvas *self, PtlPoint at, gboolean freely)
{
  PtlHand *hand = self->hand;
  double dx = round (at.x - hand->start.x), dy = round (at.y - hand->start.y);
  PtlBox box = hand->box;
  g_autoptr (GError) error = NULL;

  if (hand->edges & PTL_EDGE_LEFT)
    box.x += dx;
  if (hand->edges & (PTL_EDGE_LEFT | PTL_EDGE_RIGHT))
    box.width += hand->edges & PTL_EDGE_LEFT ? -dx : dx;
  if (hand->edges & PTL_EDGE_TOP)
    box.y += dy;
  if (hand->edges & (PTL_EDGE_TOP | PTL_EDGE_BOTTOM))
    box.height += hand->edges & PTL_EDGE_TOP ? -dy : dy;
  hand->n_guides = 0;
  if (!freely)
    {
      PtlSnap snap = ptl_hand_get_snap (self);

      hand->n_guides = ptl_snap_edges (&snap, hand->edges, &box, hand->guides);
    }
  keep_size (&box, &hand->box, hand->edges);
  if (memcmp (&box, &hand->box, sizeof box) == 0)
    cancel_edit (self); /* no step is left of a drag that comes back */
  else
    ptl_edit_resize_zone (ptl_session_get_history (self->session), hand->item.index, box.x, box.y, box.width,
                          box.height, &error);
}

const PtlDragClass ptl_drag_resize = { update_resize, NULL, cancel_edit, draw_move };
