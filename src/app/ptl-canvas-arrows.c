#include "draw/ptl-arrow-hit.h"
#include "draw/ptl-painter.h"
#include "draw/ptl-surface-cairo.h"
#include "ptl-canvas-hand.h"

/* Arrows under the pointer and chosen ones. What is lit is painted again on top of a veil over everything else. */

#define REACH      5    /* px: how near to an arrow is on it */
#define FADE_DELAY 150  /* ms: a pointer that passes over arrows does not make the picture flicker */
#define VEIL       0.72 /* of the background, over what is not lit */
#define GLOW_WIDTH 6    /* px, along an arrow that is chosen or pointed at */
#define MANY       2000 /* arrows: more are not painted again for each frame */

/* Finding */

/* A firewall that no plan names is all that its two zones say to each other. */
static gboolean
pick_implied (PtlCanvas *self, PtlPoint at, PtlFocus *found)
{
  const PtlGraphFirewall *firewalls = ptl_session_get_routes (self->session)->firewalls;
  guint i;

  if (ptl_level_at (self->viewport.scale) < PTL_LEVEL_NAMES
      || !ptl_scene_implied_at (ptl_session_get_scene (self->session), at.x, at.y, &i))
    return FALSE;
  *found = (PtlFocus){ PTL_FOCUS_TRUNK, firewalls[i].zones[0], firewalls[i].zones[1] };
  return TRUE;
}

/* What is under a point of the view: an arrow, or a trunk where these are drawn. Cards lie above arrows. */
gboolean
ptl_hand_pick_arrow (PtlCanvas *self, double x, double y, PtlFocus *found)
{
  const PtlScene *scene = ptl_session_get_scene (self->session);
  PtlArrowLook look = { self->viewport.scale, ptl_hand_length (self, REACH), !self->theme.outer_only };
  PtlPoint at = ptl_viewport_to_world (&self->viewport, x, y);
  PtlArrowHit hit;

  if (pick_implied (self, at, found))
    return TRUE;
  if (!ptl_scene_arrow_at (scene, at.x, at.y, &look, &hit))
    return FALSE;
  if (hit.trunk)
    *found = (PtlFocus){ PTL_FOCUS_TRUNK, scene->arrows->talks->trunks[hit.index].a,
                         scene->arrows->talks->trunks[hit.index].b };
  else
    *found = (PtlFocus){ PTL_FOCUS_TALK, scene->arrows->talks->talks[hit.index].a,
                         scene->arrows->talks->talks[hit.index].b };
  return TRUE;
}

static const PtlArrow *
arrow_of (const PtlArrows *arrows, const PtlFocus *focus)
{
  int i = focus->kind == PTL_FOCUS_TALK ? ptl_talks_find (arrows->talks, focus->a, focus->b)
                                        : ptl_talks_find_trunk (arrows->talks, focus->a, focus->b);

  if (i < 0)
    return NULL;
  return focus->kind == PTL_FOCUS_TALK ? &arrows->arrows[i] : &arrows->trunks[i];
}

/* Hover */

static gboolean
on_fade_cb (gpointer data)
{
  PtlCanvas *self = data;

  self->fade_source = 0;
  self->faded = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

void
ptl_hand_hover_arrow (PtlCanvas *self, const PtlFocus *focus)
{
  static const PtlFocus none = { 0 };

  focus = focus != NULL ? focus : &none;
  if (focus->kind == self->hover_arrow.kind && focus->a == self->hover_arrow.a && focus->b == self->hover_arrow.b)
    return;
  self->hover_arrow = *focus;
  self->faded = FALSE;
  g_clear_handle_id (&self->fade_source, g_source_remove);
  if (focus->kind != PTL_FOCUS_NONE)
    self->fade_source = g_timeout_add (FADE_DELAY, on_fade_cb, self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Choosing */

void
ptl_hand_choose_arrow (PtlCanvas *self, const PtlFocus *focus)
{
  const PtlGraph *graph = ptl_session_get_scene (self->session)->graph;

  if (focus->kind == PTL_FOCUS_TALK)
    ptl_session_set_focus (self->session, focus->kind, graph->nodes[focus->a].id, graph->nodes[focus->b].id);
  else
    ptl_session_set_focus (self->session, focus->kind, graph->zones[focus->a].id, graph->zones[focus->b].id);
}

/* Painting */

static cairo_t *
begin (PtlCanvas *self, GtkSnapshot *snapshot)
{
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) self->viewport.width, (float) self->viewport.height));

  cairo_scale (cr, self->viewport.scale, self->viewport.scale);
  cairo_translate (cr, -self->viewport.x, -self->viewport.y);
  ptl_surface_cairo_set_target (self->lit_surface, cr);
  return cr;
}

static void
end (PtlCanvas *self, cairo_t *cr)
{
  ptl_surface_cairo_set_target (self->lit_surface, NULL);
  cairo_destroy (cr);
}

static void
append_veil (PtlCanvas *self, GtkSnapshot *snapshot)
{
  PtlColour colour = self->theme.background;
  GdkRGBA veil = { (float) (colour >> 24) / 255, (float) (colour >> 16 & 0xff) / 255,
                   (float) (colour >> 8 & 0xff) / 255, (float) VEIL };

  gtk_snapshot_append_color (snapshot, &veil,
                             &GRAPHENE_RECT_INIT (0, 0, (float) self->viewport.width, (float) self->viewport.height));
}

static gboolean *
mark (const guint *indices, guint n, guint n_all)
{
  gboolean *marks = g_new0 (gboolean, n_all + 1);

  for (guint i = 0; i < n; i++)
    marks[indices[i]] = TRUE;
  return marks;
}

/* Those that may be seen; far away, where their trunks are drawn, all. */
static GArray *
seen_talks (PtlCanvas *self, const guint *talks, guint n)
{
  const PtlScene *scene = ptl_session_get_scene (self->session);
  PtlBox view = ptl_viewport_visible (&self->viewport);
  gboolean far = ptl_level_at (self->viewport.scale) < PTL_LEVEL_NAMES;
  g_autoptr (GArray) near = far || n == 0 ? NULL : ptl_arrows_find (scene->arrows, FALSE, &view);
  g_autofree gboolean *wanted = near != NULL ? mark (talks, n, scene->arrows->n) : NULL;
  GArray *seen = g_array_new (FALSE, FALSE, sizeof (guint));

  if (near == NULL)
    g_array_append_vals (seen, talks, n);
  for (guint i = 0; near != NULL && i < near->len && seen->len < MANY; i++)
    if (wanted[g_array_index (near, guint, i)])
      g_array_append_val (seen, g_array_index (near, guint, i));
  return seen;
}

/* Each once. */
static GArray *
seen_nodes (PtlCanvas *self, const guint *nodes, guint n)
{
  const PtlScene *scene = ptl_session_get_scene (self->session);
  PtlBox view = ptl_viewport_visible (&self->viewport);
  g_autofree gboolean *wanted = mark (nodes, n, scene->graph->n_nodes);
  GArray *seen = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; n > 0 && i < scene->graph->n_nodes; i++)
    if (wanted[i] && ptl_box_touches (&scene->nodes[i].box, &view))
      g_array_append_val (seen, i);
  return seen;
}

static void
append_some (PtlCanvas *self, GtkSnapshot *snapshot, const PtlTheme *theme, const guint *talks, guint n_talks,
             const guint *nodes, guint n_nodes)
{
  g_autoptr (GArray) arrows = seen_talks (self, talks, n_talks), cards = seen_nodes (self, nodes, n_nodes);
  cairo_t *cr = begin (self, snapshot);

  ptl_painter_paint_some (ptl_session_get_scene (self->session), theme, self->lit_surface, self->viewport.scale,
                          (const guint *) (gpointer) arrows->data, arrows->len, (const guint *) (gpointer) cards->data,
                          cards->len);
  end (self, cr);
}

static PtlColour
colour_of (const GdkRGBA *colour)
{
  return (PtlColour) (colour->red * 255) << 24 | (PtlColour) (colour->green * 255) << 16
         | (PtlColour) (colour->blue * 255) << 8 | (PtlColour) (colour->alpha * 255);
}

/* Some arrow between two zones: from far away their trunk is painted in its place. */
static int
find_talk_between (const PtlTalks *talks, guint zone, guint other)
{
  const PtlGraphNode *nodes = talks->routes->flows->graph->nodes;

  for (guint i = 0; i < talks->n; i++)
    {
      int a = nodes[talks->talks[i].a].zone, b = nodes[talks->talks[i].b].zone;

      if ((a == (int) zone && b == (int) other) || (a == (int) other && b == (int) zone))
        return (int) i;
    }
  return -1;
}

/* A glow along the arrow, in the colour of what is selected, and the arrow on top of it. */
static void
append_glow (PtlCanvas *self, GtkSnapshot *snapshot, const PtlFocus *focus, const GdkRGBA *colour)
{
  const PtlArrows *arrows = ptl_session_get_scene (self->session)->arrows;
  const PtlArrow *arrow = arrow_of (arrows, focus);
  PtlLineStyle style = { .colour = colour_of (colour), .width = ptl_hand_length (self, GLOW_WIDTH) };
  cairo_t *cr;
  int talk;

  if (arrow == NULL || arrow->n_points == 0)
    return;
  cr = begin (self, snapshot);
  ptl_surface_line (self->lit_surface, arrow->points, arrow->n_points, &style);
  end (self, cr);
  talk = focus->kind == PTL_FOCUS_TALK ? (int) arrow->talk : find_talk_between (arrows->talks, focus->a, focus->b);
  if (talk >= 0 && (focus->kind == PTL_FOCUS_TALK) == (ptl_level_at (self->viewport.scale) >= PTL_LEVEL_NAMES))
    append_some (self, snapshot, &self->theme, (guint[]){ (guint) talk }, 1, NULL, 0);
}

/* The arrow that is pointed at, with its ends. */
static void
append_hover (PtlCanvas *self, GtkSnapshot *snapshot, const GdkRGBA *colour)
{
  const PtlTalks *talks = ptl_session_get_talks (self->session);
  gboolean lit = self->faded && self->hover_arrow.kind == PTL_FOCUS_TALK
                 && ptl_talks_find (talks, self->hover_arrow.a, self->hover_arrow.b) >= 0;

  if (lit)
    append_veil (self, snapshot);
  append_glow (self, snapshot, &self->hover_arrow, colour);
  if (lit)
    append_some (self, snapshot, &self->theme, NULL, 0, (guint[]){ self->hover_arrow.a, self->hover_arrow.b }, 2);
}

/* All arrows of the one node that is selected, in the colour of the selection. */
static void
append_arrows_of_node (PtlCanvas *self, GtkSnapshot *snapshot, guint node, const GdkRGBA *accent)
{
  const PtlTalks *talks = ptl_session_get_talks (self->session);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));
  PtlTheme theme = self->theme;

  for (guint i = 0; i < talks->n; i++)
    if ((talks->talks[i].a == node || talks->talks[i].b == node)
        && (talks->talks[i].kind != PTL_TALK_INNER || !theme.outer_only))
      g_array_append_val (found, i);
  theme.arrow = theme.quiet_arrow = colour_of (accent);
  append_some (self, snapshot, &theme, (const guint *) (gpointer) found->data, found->len, NULL, 0);
}

static void
append_selected (PtlCanvas *self, GtkSnapshot *snapshot, const GdkRGBA *accent)
{
  guint n;
  const PtlItem *selected = ptl_session_get_selected (self->session, &n);

  if (n == 1 && selected->kind == PTL_RECORD_NODE && ptl_level_at (self->viewport.scale) >= PTL_LEVEL_NAMES)
    append_arrows_of_node (self, snapshot, selected->index, accent);
}

void
ptl_canvas_snapshot_arrows (PtlCanvas *self, GtkSnapshot *snapshot)
{
  GdkRGBA accent = ptl_hand_accent (self), half = accent;
  guint n_talks, n_nodes;
  const guint *talks = ptl_session_get_lit_talks (self->session, &n_talks);
  const guint *nodes = ptl_session_get_lit_nodes (self->session, &n_nodes);
  PtlFocus focus;

  half.alpha *= 0.5f;
  if (n_talks + n_nodes > 0 && !self->faded)
    {
      append_veil (self, snapshot);
      append_some (self, snapshot, &self->theme, talks, n_talks, nodes, n_nodes);
    }
  else
    append_selected (self, snapshot, &accent);
  if (ptl_session_get_focus (self->session, &focus))
    append_glow (self, snapshot, &focus, &accent);
  if (self->hover_arrow.kind != PTL_FOCUS_NONE)
    append_hover (self, snapshot, &half);
}

/* Moves the view so that the chosen arrow is seen. */
void
ptl_canvas_reveal_focus (PtlCanvas *self)
{
  PtlFocus focus;
  const PtlArrow *arrow;
  PtlBox box;

  if (!ptl_session_get_focus (self->session, &focus))
    return;
  arrow = arrow_of (ptl_session_get_scene (self->session)->arrows, &focus);
  if (arrow == NULL || arrow->n_points == 0)
    return;
  box = ptl_box_between (arrow->points[0], arrow->points[arrow->n_points - 1]);
  ptl_canvas_reveal_box (self, &box);
}
