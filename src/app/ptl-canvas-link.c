#include "ptl-canvas-hand.h"

#include <math.h>

#include "plan/ptl-edit-add.h"

/* Drags from the handle of a firewall to a zone, and of a node to another one. */

#define HANDLE_RADIUS 6   /* px */
#define HANDLE_REACH  10  /* px */
#define LEAST_SCALE   0.3 /* below it cards are too small for handles */

static const PtlPlan *
get_plan (PtlCanvas *self)
{
  return ptl_session_get_plan (self->session);
}

const char *
ptl_hand_node_name (const PtlPlan *plan, const char *id)
{
  for (guint i = 0; i < plan->nodes->len; i++)
    {
      const PtlNode *node = plan->nodes->pdata[i];

      if (g_str_equal (node->id, id))
        return node->name;
    }
  return id;
}

/* Joins the firewall to the zone, or parts it from one that it joins. */
void
ptl_hand_toggle_zone (PtlCanvas *self, guint firewall, guint zone)
{
  const PtlPlan *plan = get_plan (self);
  const PtlFirewall *own = plan->firewalls->pdata[firewall];
  const char *id = ((const PtlZone *) plan->zones->pdata[zone])->id;
  PtlHistory *history = ptl_session_get_history (self->session);
  GError *error = NULL;
  gboolean done = g_ptr_array_find_with_equal_func (own->zones, id, g_str_equal, NULL)
                      ? ptl_edit_leave_zone (history, firewall, zone, &error)
                      : ptl_edit_join_zone (history, firewall, zone, &error);

  ptl_session_check (self->session, done, error);
}

/* Handles */

static gboolean
has_handle (PtlCanvas *self, PtlItem item)
{
  const PtlPlan *plan = get_plan (self);

  if (item.kind == PTL_RECORD_NODE)
    for (guint kind = 0; kind < plan->catalogue->links->len; kind++)
      if (ptl_plan_can_link_from (plan, kind, item.index))
        return TRUE;
  return item.kind == PTL_RECORD_FIREWALL;
}

/* In the middle of the lower edge. */
static PtlPoint
handle_of (PtlCanvas *self, PtlItem item)
{
  PtlBox box = ptl_hand_box_of (self, item);

  return ptl_viewport_to_view (&self->viewport, box.x + box.width / 2, ptl_box_bottom (&box));
}

/* The thing whose handle is shown: the one under the pointer, else the one that is selected. */
static gboolean
find_handles (PtlCanvas *self, PtlItem items[2], guint *n)
{
  guint n_selected;
  const PtlItem *selected = ptl_session_get_selected (self->session, &n_selected);

  *n = 0;
  if (self->viewport.scale < LEAST_SCALE || self->hand->drag != NULL || self->hand->armed)
    return FALSE;
  if (self->hovering && has_handle (self, self->hover))
    items[(*n)++] = self->hover;
  if (n_selected == 1 && has_handle (self, selected[0]))
    items[(*n)++] = selected[0];
  return *n > 0;
}

/* Whether the point of the view is on a handle that is shown, and whose. */
gboolean
ptl_hand_pick_handle (PtlCanvas *self, double x, double y, PtlItem *item)
{
  PtlItem items[2];
  guint n;

  find_handles (self, items, &n);
  for (guint i = 0; i < n; i++)
    {
      PtlPoint at = handle_of (self, items[i]);

      if (hypot (at.x - x, at.y - y) > HANDLE_REACH)
        continue;
      *item = items[i];
      return TRUE;
    }
  return FALSE;
}

static void
draw_dot (PtlCanvas *self, GtkSnapshot *snapshot, PtlPoint at)
{
  float size = 2 * HANDLE_RADIUS;
  GdkRGBA accent = ptl_hand_accent (self), inner = { 1, 1, 1, 1 };
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (
      &round, &GRAPHENE_RECT_INIT ((float) at.x - size / 2, (float) at.y - size / 2, size, size), size / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, &inner, &round.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &round, (float[4]){ 2, 2, 2, 2 },
                              (GdkRGBA[4]){ accent, accent, accent, accent });
}

void
ptl_hand_draw_handles (PtlCanvas *self, GtkSnapshot *snapshot)
{
  PtlItem items[2];
  guint n;

  find_handles (self, items, &n);
  for (guint i = 0; i < n; i++)
    draw_dot (self, snapshot, handle_of (self, items[i]));
}

/* Dragging */

void
ptl_hand_begin_link (PtlCanvas *self, PtlItem item)
{
  self->hand->drag = &ptl_drag_link;
  self->hand->item = item;
}

/* The kind of link that the two nodes could have. */
static gboolean
find_link_kind (const PtlPlan *plan, guint from, guint to, guint *kind)
{
  for (*kind = 0; *kind < plan->catalogue->links->len; (*kind)++)
    if (ptl_plan_can_link (plan, *kind, from, to))
      return TRUE;
  return FALSE;
}

/* What a drag from the item could be dropped on there: for a firewall a zone, also by what stands in it. */
static gboolean
find_target (PtlCanvas *self, PtlPoint at, PtlItem *target)
{
  const PtlScene *scene = ptl_session_get_scene (self->session);
  PtlItem from = self->hand->item;
  PtlHitItem hit;
  guint kind;
  int zone;

  if (!ptl_hit_at (scene->hit, at.x, at.y, 0, &hit))
    return FALSE;
  if (from.kind == PTL_RECORD_NODE)
    {
      *target = (PtlItem){ PTL_RECORD_NODE, hit.index };
      return hit.kind == PTL_HIT_NODE && find_link_kind (get_plan (self), from.index, hit.index, &kind);
    }
  zone = hit.kind == PTL_HIT_ZONE   ? (int) hit.index
         : hit.kind == PTL_HIT_NODE ? scene->graph->nodes[hit.index].zone
                                    : -1;
  *target = (PtlItem){ PTL_RECORD_ZONE, (guint) zone };
  return zone >= 0;
}

static void
update_link (PtlCanvas *self, PtlPoint at, gboolean freely)
{
  PtlItem target;

  ptl_hand_set_target (self, find_target (self, at, &target) ? &target : NULL);
}

static void
finish_link (PtlCanvas *self)
{
  PtlItem from = self->hand->item, to = self->hand->target;
  GError *error = NULL;
  guint kind;

  if (!self->hand->has_target)
    return;
  if (from.kind == PTL_RECORD_FIREWALL)
    ptl_hand_toggle_zone (self, from.index, to.index);
  else if (find_link_kind (get_plan (self), from.index, to.index, &kind))
    ptl_session_check (self->session,
                       ptl_edit_add_link (ptl_session_get_history (self->session), kind, from.index, to.index, &error),
                       error);
}

static void
draw_link (PtlCanvas *self, GtkSnapshot *snapshot)
{
  PtlPoint from = handle_of (self, self->hand->item), to = self->hand->pointer;
  PtlBox box = { MIN (from.x, to.x) - 2, MIN (from.y, to.y) - 2, fabs (from.x - to.x) + 4, fabs (from.y - to.y) + 4 };
  GdkRGBA accent = ptl_hand_accent (self);
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT ((float) box.x, (float) box.y, (float) box.width, (float) box.height));

  gdk_cairo_set_source_rgba (cr, &accent);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, from.x, from.y);
  cairo_line_to (cr, to.x, to.y);
  cairo_stroke (cr);
  cairo_destroy (cr);
  draw_dot (self, snapshot, from);
  draw_dot (self, snapshot, to);
}

const PtlDragClass ptl_drag_link = { update_link, finish_link, NULL, draw_link };
