#include <math.h>

#include "ptl-canvas-hand.h"

/* What is drawn on top of the picture: a hover or a selection paints none of it anew. */

#define HOVER_WIDTH    1.5f
#define SELECTED_WIDTH 2.0f
#define FAR_SCALE      0.2 /* below it cards are dots, with little room between them */
#define FOCUS_WIDTH    2.0f
#define SELECTED_GAP   1.0f /* px between a thing and its outline */
#define FOCUS_GAP      5.0f
#define HANDLE         8.0f /* the side of a handle that a zone is resized by */
#define MANY           150  /* outlines that are drawn one by one; more are drawn as one, and plain */

/* The rounding of what the painter paints, in canvas units. */
static float
radius_of (PtlItem item)
{
  return item.kind == PTL_RECORD_ZONE ? 12 : item.kind == PTL_RECORD_FIREWALL ? 10 : 8;
}

/* On whole pixels of the screen, as the thing itself is painted. */
static graphene_rect_t
view_rect (PtlCanvas *self, PtlItem item, float gap)
{
  PtlBox box = ptl_hand_box_of (self, item);
  int factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  PtlPoint start = ptl_viewport_to_view (&self->viewport, box.x, box.y);
  PtlPoint end = ptl_viewport_to_view (&self->viewport, ptl_box_right (&box), ptl_box_bottom (&box));
  double left = round (start.x * factor) / factor, top = round (start.y * factor) / factor;
  graphene_rect_t rect
      = GRAPHENE_RECT_INIT ((float) left, (float) top, (float) (round (end.x * factor) / factor - left),
                            (float) (round (end.y * factor) / factor - top));

  graphene_rect_inset (&rect, -gap, -gap);
  return rect;
}

static gboolean
is_seen (PtlCanvas *self, const graphene_rect_t *rect)
{
  graphene_rect_t view = GRAPHENE_RECT_INIT (0, 0, (float) self->viewport.width, (float) self->viewport.height);

  return graphene_rect_intersection (&view, rect, NULL);
}

/* Around the thing, `gap` px away from it. */
static void
append_outline (PtlCanvas *self, GtkSnapshot *snapshot, PtlItem item, float gap, float width, const GdkRGBA *colour)
{
  graphene_rect_t rect = view_rect (self, item, gap + width);
  float radius = radius_of (item) * (float) self->viewport.scale + gap + width;
  GskRoundedRect outline;

  if (!is_seen (self, &rect))
    return;
  gsk_rounded_rect_init_from_rect (&outline, &rect, MIN (radius, MIN (rect.size.width, rect.size.height) / 2));
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ width, width, width, width },
                              (GdkRGBA[4]){ *colour, *colour, *colour, *colour });
}

/* Whole pixels and right angles: cairo draws a thousand of them in no time. */
static void
append_many (PtlCanvas *self, GtkSnapshot *snapshot, const PtlItem *items, guint n, const GdkRGBA *colour)
{
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) self->viewport.width, (float) self->viewport.height));

  gdk_cairo_set_source_rgba (cr, colour);
  for (guint i = 0; i < n; i++)
    {
      graphene_rect_t rect = view_rect (self, items[i], SELECTED_GAP + SELECTED_WIDTH);
      int x = (int) rect.origin.x, y = (int) rect.origin.y, width = (int) rect.size.width,
          height = (int) rect.size.height, line = (int) SELECTED_WIDTH;

      if (!is_seen (self, &rect))
        continue;
      cairo_rectangle (cr, x, y, width, line);
      cairo_rectangle (cr, x, y + height - line, width, line);
      cairo_rectangle (cr, x, y + line, line, height - 2 * line);
      cairo_rectangle (cr, x + width - line, y + line, line, height - 2 * line);
    }
  cairo_fill (cr);
  cairo_destroy (cr);
}

/* At the corners and in the middle of the sides. */
static void
append_handles (PtlCanvas *self, GtkSnapshot *snapshot, PtlItem zone, const GdkRGBA *colour)
{
  graphene_rect_t rect = view_rect (self, zone, SELECTED_GAP + SELECTED_WIDTH / 2);
  GdkRGBA inner = { 1, 1, 1, 1 };

  if (rect.size.width < 6 * HANDLE || rect.size.height < 6 * HANDLE)
    return;
  for (int i = 0; i < 9; i++)
    {
      graphene_rect_t handle
          = GRAPHENE_RECT_INIT (rect.origin.x + rect.size.width * (float) (i % 3) / 2 - HANDLE / 2,
                                rect.origin.y + rect.size.height * (float) (i / 3) / 2 - HANDLE / 2, HANDLE, HANDLE);
      GskRoundedRect shape;

      if (i == 4)
        continue;
      gsk_rounded_rect_init_from_rect (&shape, &handle, 2);
      gtk_snapshot_push_rounded_clip (snapshot, &shape);
      gtk_snapshot_append_color (snapshot, &inner, &handle);
      gtk_snapshot_pop (snapshot);
      gtk_snapshot_append_border (snapshot, &shape, (float[4]){ 1.5f, 1.5f, 1.5f, 1.5f },
                                  (GdkRGBA[4]){ *colour, *colour, *colour, *colour });
    }
}

static void
append_outlines (PtlCanvas *self, GtkSnapshot *snapshot, const PtlItem *items, guint n, const GdkRGBA *colour)
{
  gboolean far = self->viewport.scale < FAR_SCALE;

  if (n > MANY)
    append_many (self, snapshot, items, n, colour);
  for (guint i = 0; i < n && n <= MANY; i++)
    append_outline (self, snapshot, items[i], far ? 0 : SELECTED_GAP, far ? 1 : SELECTED_WIDTH, colour);
}

/* A site itself stands nowhere: it is seen by its nodes. */
static void
append_members (PtlCanvas *self, GtkSnapshot *snapshot, guint site, const GdkRGBA *colour)
{
  const PtlGraph *graph = ptl_session_get_scene (self->session)->graph;
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (PtlItem));

  for (guint i = 0; i < graph->n_nodes; i++)
    {
      PtlItem item = { PTL_RECORD_NODE, i };

      if (graph->nodes[i].site == (int) site && !ptl_session_is_selected (self->session, item))
        g_array_append_val (members, item);
    }
  append_outlines (self, snapshot, (const PtlItem *) (gpointer) members->data, members->len, colour);
}

static void
append_selection (PtlCanvas *self, GtkSnapshot *snapshot, const GdkRGBA *colour, const GdkRGBA *quiet)
{
  const PtlItem *items;
  guint n;

  items = ptl_session_get_selected (self->session, &n);
  while (n > 0 && items->kind == PTL_RECORD_SITE) /* the first kind */
    {
      append_members (self, snapshot, items->index, quiet);
      items++;
      n--;
    }
  append_outlines (self, snapshot, items, n, colour);
  if (n == 1 && items->kind == PTL_RECORD_ZONE)
    append_handles (self, snapshot, *items, colour);
}

/* While the cursor is at nothing. */
static void
append_focus (PtlCanvas *self, GtkSnapshot *snapshot, const GdkRGBA *colour)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (
      &outline, &GRAPHENE_RECT_INIT (0, 0, (float) self->viewport.width, (float) self->viewport.height), 0);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ FOCUS_WIDTH, FOCUS_WIDTH, FOCUS_WIDTH, FOCUS_WIDTH },
                              (GdkRGBA[4]){ *colour, *colour, *colour, *colour });
}

void
ptl_canvas_snapshot_marks (PtlCanvas *self, GtkSnapshot *snapshot)
{
  GdkRGBA accent = ptl_hand_accent (self), half = accent;

  half.alpha *= 0.5f;
  if (self->hovering && !ptl_session_is_selected (self->session, self->hover))
    append_outline (self, snapshot, self->hover, 0, HOVER_WIDTH, &half);
  append_selection (self, snapshot, &accent, &half);
  if (!gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    return;
  if (self->has_cursor)
    append_outline (self, snapshot, self->cursor, FOCUS_GAP, FOCUS_WIDTH, &half);
  else
    append_focus (self, snapshot, &half);
}
