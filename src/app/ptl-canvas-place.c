#include "ptl-canvas-hand.h"

#include <glib/gi18n.h>
#include <math.h>

#include "draw/ptl-space.h"
#include "plan/ptl-edit-add.h"
#include "plan/ptl-edit-fields.h"
#include "plan/ptl-edit-place.h"

/* Places what the palette offers: where it is dropped, or where there is room. */

#define ZONE_WIDTH  660 /* of one that was not drawn: room for nine cards */
#define ZONE_HEIGHT 400
#define ZONE_GAP    160 /* beside the others: a firewall fits between */
#define PADDING     40  /* between a zone's edge and its cards */
#define FAR         60  /* steps of the grid that a free place is looked for */

/* At a point */

static PtlPoint
size_of (const PtlStencil *stencil)
{
  switch (stencil->kind)
    {
    case PTL_STENCIL_ZONE:
      return (PtlPoint){ ZONE_WIDTH, ZONE_HEIGHT };
    case PTL_STENCIL_FIREWALL:
      return (PtlPoint){ 0, 0 }; /* its place is its middle */
    default:
      return (PtlPoint){ PTL_NODE_WIDTH, PTL_NODE_HEIGHT };
    }
}

static gboolean
add (PtlCanvas *self, const PtlStencil *stencil, PtlPoint at, PtlItem *item, GError **error)
{
  PtlHistory *history = ptl_session_get_history (self->session);
  int site = ptl_session_get_site (self->session);

  switch (stencil->kind)
    {
    case PTL_STENCIL_ROLE:
      item->kind = PTL_RECORD_NODE;
      return ptl_edit_add_node (history, stencil->value, site, at.x, at.y, &item->index, error);
    case PTL_STENCIL_SITE:
      item->kind = PTL_RECORD_NODE;
      return ptl_edit_place_site (history, (PtlSiteKind) stencil->value, site, at.x, at.y, &item->index, error);
    case PTL_STENCIL_ZONE:
      item->kind = PTL_RECORD_ZONE;
      return ptl_edit_add_zone (history, (PtlZoneKind) stencil->value, at.x, at.y, ZONE_WIDTH, ZONE_HEIGHT,
                                &item->index, error);
    default:
      item->kind = PTL_RECORD_FIREWALL;
      return ptl_edit_add_firewall (history, NULL, 0, at.x, at.y, &item->index, error);
    }
}

static gboolean
finish (PtlCanvas *self, gboolean done, PtlItem item, GError *error)
{
  if (ptl_session_check (self->session, done, error))
    ptl_session_select (self->session, &item, 1, PTL_SELECT_ONLY);
  return done;
}

/* Where to put it so that it is in line with its neighbours, or on the grid. */
PtlPoint
ptl_hand_snap_stencil (PtlCanvas *self, const PtlStencil *stencil, PtlPoint middle)
{
  PtlPoint size = size_of (stencil), by;
  PtlBox box = { middle.x - size.x / 2, middle.y - size.y / 2, size.x, size.y };
  PtlGuide guides[2];
  PtlSnap snap;

  ptl_hand_collect_others (self, stencil->kind == PTL_STENCIL_ZONE, TRUE);
  snap = ptl_hand_get_snap (self);
  ptl_snap_move (&snap, &box, (PtlPoint){ box.x, box.y }, &by, guides);
  return (PtlPoint){ middle.x + by.x, middle.y + by.y };
}

gboolean
ptl_hand_put (PtlCanvas *self, const PtlStencil *stencil, PtlPoint middle, const PtlItem *onto)
{
  PtlPoint size = size_of (stencil);
  GError *error = NULL;
  PtlItem item;
  gboolean done;

  if (onto == NULL)
    done = add (self, stencil, (PtlPoint){ middle.x - size.x / 2, middle.y - size.y / 2 }, &item, &error);
  else
    {
      item = *onto;
      done = ptl_edit_add_role (ptl_session_get_history (self->session), onto, 1, stencil->value, &error);
    }
  return finish (self, done, item, error);
}

/* Where there is room */

static PtlSpace *
taken_space (PtlCanvas *self)
{
  const PtlScene *scene = ptl_session_get_scene (self->session);
  PtlSpace *space = ptl_space_new ();

  for (guint i = 0; i < scene->graph->n_nodes; i++)
    ptl_space_take (space, &scene->nodes[i].box);
  for (guint i = 0; i < scene->graph->n_firewalls; i++)
    ptl_space_take (space, &scene->firewalls[i].box);
  return space;
}

static gboolean
is_free (const PtlSpace *space, const PtlBox *card)
{
  PtlBox around = ptl_box_grow (card, PTL_GRID / 2 - 1);

  return ptl_space_is_free (space, &around);
}

/* The first free place of a card in a zone, row by row. */
static gboolean
find_in_zone (const PtlSpace *space, const PtlBox *zone, PtlPoint *middle)
{
  double right = ptl_box_right (zone) - PTL_GRID - PTL_NODE_WIDTH;
  double bottom = ptl_box_bottom (zone) - PTL_GRID - PTL_NODE_HEIGHT;

  for (double y = ceil ((zone->y + PTL_ZONE_HEADER) / PTL_GRID) * PTL_GRID; y <= bottom; y += PTL_GRID)
    for (double x = ceil ((zone->x + PADDING / 2.0) / PTL_GRID) * PTL_GRID; x <= right; x += PTL_GRID)
      {
        PtlBox card = { x, y, PTL_NODE_WIDTH, PTL_NODE_HEIGHT };

        if (!is_free (space, &card))
          continue;
        *middle = ptl_box_centre (&card);
        return TRUE;
      }
  return FALSE;
}

/* The free place of a box that is nearest to where it should stand, on ever larger squares around it. */
static PtlPoint
find_near (const PtlSpace *space, PtlPoint middle, double width, double height)
{
  for (int ring = 0; ring <= FAR; ring++)
    for (int row = -ring; row <= ring; row++)
      for (int column = -ring; column <= ring; column += ABS (row) == ring ? 1 : MAX (2 * ring, 1))
        {
          PtlPoint at = { middle.x + column * PTL_GRID, middle.y + row * PTL_GRID };
          PtlBox card = { at.x - width / 2, at.y - height / 2, width, height };

          if (is_free (space, &card))
            return at;
        }
  return middle;
}

/* The zone that is selected, or that the selected node is in, or that is in the middle of the view; -1: none. */
static int
current_zone (PtlCanvas *self, PtlPoint middle)
{
  PtlPlan *plan = ptl_session_get_plan (self->session);
  guint n;
  const PtlItem *selected = ptl_session_get_selected (self->session, &n);

  for (guint i = 0; i < n; i++)
    {
      int zone = -1;

      if (selected[i].kind == PTL_RECORD_ZONE)
        zone = (int) selected[i].index;
      else if (selected[i].kind == PTL_RECORD_NODE)
        zone = ptl_history_find (ptl_session_get_history (self->session), PTL_RECORD_ZONE,
                                 ((const PtlNode *) plan->nodes->pdata[selected[i].index])->zone);
      if (zone >= 0)
        return zone;
    }
  return ptl_plan_zone_at (plan, middle.x, middle.y);
}

/* A zone stands right of everything. */
static PtlPoint
place_of_zone (PtlCanvas *self, PtlPoint middle)
{
  const PtlBox *bounds = &ptl_session_get_scene (self->session)->bounds;

  if (bounds->width <= 0)
    return middle;
  return (PtlPoint){ ptl_snap_to_grid (ptl_box_right (bounds) + ZONE_GAP) + ZONE_WIDTH / 2.0,
                     bounds->y + ZONE_HEIGHT / 2.0 };
}

/* Makes room for a row of cards below those that fill the zone, unless another zone is there; one step with what is
 * put there. */
static gboolean
grow_zone (PtlCanvas *self, guint zone, PtlBox *box)
{
  PtlHistory *history = ptl_session_get_history (self->session);
  const PtlScene *scene = ptl_session_get_scene (self->session);
  PtlBox added = { box->x, ptl_box_bottom (box), MAX (box->width, PTL_NODE_WIDTH + 2 * PADDING),
                   PTL_NODE_HEIGHT + 2 * PTL_GRID };

  for (guint i = 0; i < scene->graph->n_zones; i++)
    if (i != zone && ptl_box_overlaps (&scene->zones[i].box, &added))
      return FALSE;
  *box = ptl_box_union (box, &added);
  ptl_history_seal (history);
  if (!ptl_edit_resize_zone (history, zone, box->x, box->y, box->width, box->height, NULL))
    return FALSE;
  ptl_history_join (history);
  return TRUE;
}

static PtlPoint
place_of_node (PtlCanvas *self, PtlPoint middle)
{
  g_autoptr (PtlSpace) space = taken_space (self);
  int zone = current_zone (self, middle);
  PtlBox box;
  PtlPoint at;

  if (zone < 0)
    return find_near (space, middle, PTL_NODE_WIDTH, PTL_NODE_HEIGHT);
  box = ptl_hand_box_of (self, (PtlItem){ PTL_RECORD_ZONE, (guint) zone });
  if (find_in_zone (space, &box, &at) || (grow_zone (self, (guint) zone, &box) && find_in_zone (space, &box, &at)))
    return at;
  return ptl_box_centre (&box);
}

/* Firewalls */

static gboolean
share_firewall (const PtlGraph *graph, guint zone, guint other)
{
  for (guint i = 0; i < graph->n_firewalls; i++)
    {
      const PtlGraphFirewall *firewall = &graph->firewalls[i];
      guint found = 0;

      for (guint j = 0; j < firewall->n_zones; j++)
        found += firewall->zones[j] == zone || firewall->zones[j] == other;
      if (found == 2)
        return TRUE;
    }
  return FALSE;
}

/* How far apart two boxes are. */
static double
distance (const PtlBox *a, const PtlBox *b)
{
  double dx = MAX (MAX (b->x - ptl_box_right (a), a->x - ptl_box_right (b)), 0);
  double dy = MAX (MAX (b->y - ptl_box_bottom (a), a->y - ptl_box_bottom (b)), 0);

  return dx + dy;
}

/* The nearest zone that no firewall joins to this one yet, else the nearest. */
static int
find_partner (const PtlScene *scene, guint zone)
{
  double best_distance = INFINITY;
  gboolean best_shares = TRUE;
  int best = -1;

  for (guint i = 0; i < scene->graph->n_zones; i++)
    {
      double own = distance (&scene->zones[zone].box, &scene->zones[i].box);
      gboolean shares = share_firewall (scene->graph, zone, i);

      if (i == zone || shares > best_shares || (shares == best_shares && own >= best_distance))
        continue;
      best = (int) i;
      best_distance = own;
      best_shares = shares;
    }
  return best;
}

/* The middle of the gap between two spans, or of what they have in common. */
static double
middle_between (double from, double to, double other_from, double other_to)
{
  return (MAX (from, other_from) + MIN (to, other_to)) / 2;
}

static PtlPoint
gap_between (const PtlBox *a, const PtlBox *b)
{
  return (PtlPoint){ middle_between (a->x, ptl_box_right (a), b->x, ptl_box_right (b)),
                     middle_between (a->y, ptl_box_bottom (a), b->y, ptl_box_bottom (b)) };
}

/* Between the selected zones, or the current one and its neighbour. */
static gboolean
place_firewall (PtlCanvas *self, PtlPoint middle, PtlItem *item, GError **error)
{
  const PtlScene *scene = ptl_session_get_scene (self->session);
  g_autoptr (GArray) zones = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (PtlSpace) space = taken_space (self);
  guint n;
  const PtlItem *selected = ptl_session_get_selected (self->session, &n);

  for (guint i = 0; i < n; i++)
    if (selected[i].kind == PTL_RECORD_ZONE)
      g_array_append_val (zones, selected[i].index);
  if (zones->len < 2 && scene->graph->n_zones >= 2)
    {
      guint zone = (guint) MAX (current_zone (self, middle), 0), partner = (guint) find_partner (scene, zone);

      g_array_set_size (zones, 0);
      g_array_append_val (zones, zone);
      g_array_append_val (zones, partner);
    }
  if (zones->len >= 2)
    middle = gap_between (&scene->zones[g_array_index (zones, guint, 0)].box,
                          &scene->zones[g_array_index (zones, guint, 1)].box);
  middle = (PtlPoint){ ptl_snap_to_grid (middle.x), ptl_snap_to_grid (middle.y) };
  middle = find_near (space, middle, PTL_FIREWALL_WIDTH, PTL_FIREWALL_HEIGHT);
  item->kind = PTL_RECORD_FIREWALL;
  return ptl_edit_add_firewall (ptl_session_get_history (self->session), (const guint *) (gpointer) zones->data,
                                zones->len, middle.x, middle.y, &item->index, error);
}

gboolean
ptl_canvas_place (PtlCanvas *self, const PtlStencil *stencil)
{
  PtlBox visible = ptl_viewport_visible (&self->viewport);
  PtlPoint middle = ptl_box_centre (&visible);
  GError *error = NULL;
  PtlItem item;
  const PtlItem *selected;
  gboolean done;
  guint n;

  if (self->session == NULL)
    return FALSE;
  middle = (PtlPoint){ ptl_snap_to_grid (middle.x), ptl_snap_to_grid (middle.y) };
  if (stencil->kind == PTL_STENCIL_FIREWALL)
    {
      done = place_firewall (self, middle, &item, &error);
      finish (self, done, item, error);
    }
  else
    done = ptl_hand_put (
        self, stencil, stencil->kind == PTL_STENCIL_ZONE ? place_of_zone (self, middle) : place_of_node (self, middle),
        NULL);
  selected = ptl_session_get_selected (self->session, &n);
  if (done)
    ptl_canvas_reveal (self, selected[0]);
  return done;
}

void
ptl_canvas_draw_zone (PtlCanvas *self, PtlZoneKind kind)
{
  if (self->session == NULL)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  ptl_hand_arm (self, kind);
  ptl_session_say (self->session, _ ("Drag on the canvas to draw the zone, or press Esc."));
}
