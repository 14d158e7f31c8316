#include "ptl-canvas-hand.h"

#include "plan/ptl-edit-add.h"

/* Drags: what they share, the rubber band and the drawing of a zone. */

#define SMALLEST_ZONE 40 /* what is drawn smaller was a click */
#define SNAP_REACH    6  /* px */

/* Drawing */

/* The colour of a selection. On a dark ground it is too dark for a line: the colour of text then lightens it. */
GdkRGBA
ptl_hand_accent (PtlCanvas *self)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA colour = { 0.2f, 0.5f, 0.9f, 1 }, text;
  float part;

  gtk_style_context_lookup_color (style, "theme_selected_bg_color", &colour);
  gtk_style_context_get_color (style, &text);
  part = text.green > 0.5f ? 0.4f : 0;
  colour.red += (text.red - colour.red) * part;
  colour.green += (text.green - colour.green) * part;
  colour.blue += (text.blue - colour.blue) * part;
  return colour;
}

/* An outline in the accent colour, filled with `fill` of it. */
void
ptl_hand_draw_box (PtlCanvas *self, GtkSnapshot *snapshot, const PtlBox *box, float radius, float fill)
{
  PtlPoint corner = ptl_viewport_to_view (&self->viewport, box->x, box->y);
  float width = (float) (box->width * self->viewport.scale), height = (float) (box->height * self->viewport.scale);
  GdkRGBA accent = ptl_hand_accent (self), inner = accent;
  GskRoundedRect outline;

  inner.alpha *= fill;
  gsk_rounded_rect_init_from_rect (
      &outline, &GRAPHENE_RECT_INIT ((float) corner.x, (float) corner.y, MAX (width, 1), MAX (height, 1)), radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &inner, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1.5f, 1.5f, 1.5f, 1.5f },
                              (GdkRGBA[4]){ accent, accent, accent, accent });
}

void
ptl_hand_draw_guides (PtlCanvas *self, GtkSnapshot *snapshot)
{
  GdkRGBA accent = ptl_hand_accent (self);

  for (guint i = 0; i < self->hand->n_guides; i++)
    {
      const PtlGuide *guide = &self->hand->guides[i];
      PtlPoint from = ptl_viewport_to_view (&self->viewport, guide->from.x, guide->from.y);
      PtlPoint to = ptl_viewport_to_view (&self->viewport, guide->to.x, guide->to.y);

      gtk_snapshot_append_color (snapshot, &accent,
                                 &GRAPHENE_RECT_INIT ((float) from.x, (float) from.y, (float) MAX (to.x - from.x, 1),
                                                      (float) MAX (to.y - from.y, 1)));
    }
}

/* Snapping */

PtlSnap
ptl_hand_get_snap (PtlCanvas *self)
{
  return (PtlSnap){ (const PtlBox *) (gpointer) self->hand->others->data, self->hand->others->len,
                    ptl_viewport_visible (&self->viewport), ptl_hand_length (self, SNAP_REACH) };
}

/* Cards stand in line with cards, zones with zones. */
void
ptl_hand_collect_others (PtlCanvas *self, gboolean zones, gboolean selected_too)
{
  static const PtlRecordKind cards[] = { PTL_RECORD_FIREWALL, PTL_RECORD_NODE };
  const PtlPlan *plan = ptl_session_get_plan (self->session);

  g_array_set_size (self->hand->others, 0);
  for (guint k = 0; k < (zones ? 1 : G_N_ELEMENTS (cards)); k++)
    {
      PtlRecordKind kind = zones ? PTL_RECORD_ZONE : cards[k];

      for (guint i = 0; i < ptl_records (plan, kind)->len; i++)
        {
          PtlItem item = { kind, i };
          PtlBox box = ptl_hand_box_of (self, item);

          if (selected_too || !ptl_session_is_selected (self->session, item))
            g_array_append_val (self->hand->others, box);
        }
    }
}

/* Rubber band */

void
ptl_hand_begin_band (PtlCanvas *self, gboolean adding)
{
  guint n;
  const PtlItem *selected = ptl_session_get_selected (self->session, &n);

  g_array_set_size (self->hand->items, 0);
  g_array_append_vals (self->hand->items, selected, n);
  self->hand->adding = adding;
  self->hand->drag = &ptl_drag_band;
}

/* Cards are taken when the band touches them, zones when it holds them whole. */
static void
add_banded (PtlCanvas *self, const PtlBox *band, GArray *items)
{
  static const PtlRecordKind kinds[] = {
    [PTL_HIT_ZONE] = PTL_RECORD_ZONE, [PTL_HIT_FIREWALL] = PTL_RECORD_FIREWALL, [PTL_HIT_NODE] = PTL_RECORD_NODE
  };
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (PtlHitItem));

  ptl_hit_in (ptl_session_get_scene (self->session)->hit, band, found);
  for (guint i = 0; i < found->len; i++)
    {
      const PtlHitItem *hit = &g_array_index (found, PtlHitItem, i);
      PtlItem item = { kinds[hit->kind], hit->index };
      PtlBox box;

      if (hit->kind < PTL_HIT_ZONE)
        continue;
      box = ptl_hand_box_of (self, item);
      if (hit->kind != PTL_HIT_ZONE
          || (ptl_box_holds (band, box.x, box.y) && ptl_box_holds (band, ptl_box_right (&box), ptl_box_bottom (&box))))
        g_array_append_val (items, item);
    }
}

static void
select_array (PtlCanvas *self, const GArray *items)
{
  ptl_session_select (self->session, (const PtlItem *) (gpointer) items->data, items->len, PTL_SELECT_ONLY);
}

static void
update_band (PtlCanvas *self, PtlPoint at, gboolean freely)
{
  g_autoptr (GArray) items
      = self->hand->adding ? g_array_copy (self->hand->items) : g_array_new (FALSE, FALSE, sizeof (PtlItem));

  self->hand->box = ptl_box_between (self->hand->start, at);
  add_banded (self, &self->hand->box, items);
  select_array (self, items);
}

static void
cancel_band (PtlCanvas *self)
{
  select_array (self, self->hand->items);
}

static void
draw_band (PtlCanvas *self, GtkSnapshot *snapshot)
{
  ptl_hand_draw_box (self, snapshot, &self->hand->box, 0, 0.15f);
}

const PtlDragClass ptl_drag_band = { update_band, NULL, cancel_band, draw_band };

/* Drawing a zone */

static void
update_zone (PtlCanvas *self, PtlPoint at, gboolean freely)
{
  PtlHand *hand = self->hand;
  PtlBox *box = &hand->box;
  PtlSnap snap = ptl_hand_get_snap (self);
  PtlPoint start = hand->start;

  if (!freely)
    start = (PtlPoint){ ptl_snap_to_grid (start.x), ptl_snap_to_grid (start.y) };
  *box = ptl_box_between (start, at);
  hand->n_guides = freely ? 0
                          : ptl_snap_edges (&snap,
                                            (at.x < start.x ? PTL_EDGE_LEFT : PTL_EDGE_RIGHT)
                                                | (at.y < start.y ? PTL_EDGE_TOP : PTL_EDGE_BOTTOM),
                                            box, hand->guides);
}

static void
finish_zone (PtlCanvas *self)
{
  const PtlBox *box = &self->hand->box;
  g_autoptr (GError) error = NULL;
  PtlItem item = { .kind = PTL_RECORD_ZONE };
  gboolean done;

  if (box->width < SMALLEST_ZONE || box->height < SMALLEST_ZONE)
    return;
  done = ptl_edit_add_zone (ptl_session_get_history (self->session), self->hand->zone_kind, box->x, box->y, box->width,
                            box->height, &item.index, &error);
  if (ptl_session_check (self->session, done, error))
    ptl_session_select (self->session, &item, 1, PTL_SELECT_ONLY);
  ptl_hand_disarm (self);
}

static void
draw_zone (PtlCanvas *self, GtkSnapshot *snapshot)
{
  ptl_hand_draw_box (self, snapshot, &self->hand->box, (float) (12 * self->viewport.scale), 0.1f);
  ptl_hand_draw_guides (self, snapshot);
}

const PtlDragClass ptl_drag_zone = { update_zone, finish_zone, NULL, draw_zone };

/* All */

/* Begins what a drag from there means. */
void
ptl_hand_begin_drag (PtlCanvas *self, const PtlPick *pick, PtlPoint start, GdkModifierType state)
{
  PtlHand *hand = self->hand;

  hand->start = start;
  hand->n_guides = 0;
  hand->moved = (PtlPoint){ 0, 0 };
  ptl_history_seal (ptl_session_get_history (self->session));
  if (hand->armed)
    {
      hand->drag = &ptl_drag_zone;
      ptl_hand_collect_others (self, TRUE, TRUE);
    }
  else if (pick->grab == PTL_GRAB_HANDLE)
    ptl_hand_begin_link (self, pick->item);
  else if (pick->grab == PTL_GRAB_EDGES)
    ptl_hand_begin_resize (self, pick->item, pick->edges);
  else if (pick->grab == PTL_GRAB_BODY)
    {
      if (!ptl_session_is_selected (self->session, pick->item))
        ptl_session_select (self->session, &pick->item, 1,
                            state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK) ? PTL_SELECT_ADD : PTL_SELECT_ONLY);
      ptl_hand_begin_move (self, pick->item);
    }
  else
    ptl_hand_begin_band (self, (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0);
}

/* Follows the pointer, or the view under it. */
void
ptl_hand_update_drag (PtlCanvas *self, GdkModifierType state)
{
  PtlHand *hand = self->hand;

  if (hand->drag == NULL)
    return;
  hand->state = state;
  hand->editing = TRUE;
  hand->drag->update (self, ptl_hand_to_world (self, hand->pointer), (state & (GDK_ALT_MASK | GDK_CONTROL_MASK)) != 0);
  hand->editing = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
end (PtlCanvas *self)
{
  ptl_canvas_stop_autoscroll (self);
  self->hand->drag = NULL;
  self->hand->n_guides = 0;
  ptl_hand_set_target (self, NULL);
  ptl_history_seal (ptl_session_get_history (self->session));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ptl_hand_finish_drag (PtlCanvas *self)
{
  const PtlDragClass *drag = self->hand->drag;

  if (drag == NULL)
    return;
  self->hand->drag = NULL;
  if (drag->finish != NULL)
    drag->finish (self);
  end (self);
}

gboolean
ptl_hand_cancel_drag (PtlCanvas *self)
{
  const PtlDragClass *drag = self->hand->drag;

  if (drag == NULL)
    return FALSE;
  self->hand->drag = NULL;
  if (drag->cancel != NULL)
    drag->cancel (self);
  end (self);
  return TRUE;
}
