#include <stdlib.h>

#include "ptl-hit.h"
#include "ptl-layout.h"
#include "ptl-snap.h"
#include "ptl-space.h"

/* A firewall that no plan names stands where its two zones face each other, on top of what they have in common, or
 * where they are nearest to each other. */

#define WIDTH     128
#define HEIGHT    26
#define BESIDE    72  /* units from a zone, in a wide gap */
#define TITLE     260 /* width of what is kept free for a zone's name */
#define GAP       4   /* to cards and others of its kind */
#define MAX_STEPS 60

typedef struct
{
  const PtlLayout *layout;
  PtlHit *hit;     /* zones and nodes */
  PtlSpace *taken; /* by those that stand already */
  guint zones[2];
} Placing;

typedef struct
{
  double low, high;
} Extent;

static Extent
extent_of (const PtlBox *box, gboolean vertical)
{
  return vertical ? (Extent){ box->y, ptl_box_bottom (box) } : (Extent){ box->x, ptl_box_right (box) };
}

/* What lies between two extents; of negative length what they have in common. */
static Extent
between (Extent one, Extent other)
{
  return (Extent){ MIN (one.high, other.high), MAX (one.low, other.low) };
}

static PtlBox
box_at (double x, double y)
{
  return (PtlBox){ x - WIDTH / 2, y - HEIGHT / 2, WIDTH, HEIGHT };
}

static gboolean
covers_title (const PtlBox *zone, const PtlBox *box)
{
  PtlBox title = { zone->x, zone->y, MIN (zone->width, TITLE), PTL_ZONE_HEADER };

  return ptl_box_overlaps (&title, box);
}

/* Whether the box lies on no card, no name and no third zone. */
static gboolean
is_free (const Placing *p, const PtlBox *box)
{
  PtlBox around = ptl_box_grow (box, GAP);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (PtlHitItem));

  if (!ptl_space_is_free (p->taken, &around))
    return FALSE;
  ptl_hit_in (p->hit, &around, found);
  for (guint i = 0; i < found->len; i++)
    {
      const PtlHitItem *item = &g_array_index (found, PtlHitItem, i);

      if (item->kind == PTL_HIT_NODE || covers_title (&p->layout->zones[item->index], &around))
        return FALSE;
      if (item->index != p->zones[0] && item->index != p->zones[1]
          && ptl_box_overlaps (&p->layout->zones[item->index], box))
        return FALSE;
    }
  return TRUE;
}

/* Looks for room from a place on, forth, or to both sides. */
static gboolean
find_room (const Placing *p, PtlPoint at, PtlPoint step, int n_steps, gboolean both, PtlBox *box)
{
  for (int i = 0; i < MIN (n_steps, MAX_STEPS); i++)
    {
      int n = !both ? i : (i + 1) / 2 * (i % 2 == 0 ? 1 : -1);

      *box = box_at (at.x + n * step.x, at.y + n * step.y);
      if (is_free (p, box))
        return TRUE;
    }
  return FALSE;
}

/* Between zones that face each other across a gap: in its middle, or beside one of them, as far as they face; else
 * beyond that. */
static gboolean
place_in_gap (const Placing *p, Extent gap, Extent common, gboolean vertical, PtlBox *box)
{
  double middle = (gap.low + gap.high) / 2, beside = MIN (BESIDE, middle - gap.low),
         half = (common.high - common.low) / 2;
  const double places[] = { middle, gap.low + beside, gap.high - beside, middle };
  double start = common.low + MIN (vertical ? WIDTH / 2 : PTL_ZONE_HEADER, half);
  PtlPoint step = vertical ? (PtlPoint){ PTL_GRID, 0 } : (PtlPoint){ 0, PTL_GRID };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      PtlPoint at = vertical ? (PtlPoint){ start, places[i] } : (PtlPoint){ places[i], start };
      int n_steps = i < 3 ? (int) ((common.high - start) / PTL_GRID) + 1 : MAX_STEPS;

      if (find_room (p, at, step, n_steps, FALSE, box))
        return TRUE;
    }
  return FALSE;
}

/* Where zones lie in each other: on the lower border of the smaller one. */
static gboolean
place_on_border (const Placing *p, PtlBox *box)
{
  const PtlBox *one = &p->layout->zones[p->zones[0]], *other = &p->layout->zones[p->zones[1]];
  const PtlBox *small = one->width * one->height <= other->width * other->height ? one : other;

  return find_room (p, (PtlPoint){ ptl_box_centre (small).x, ptl_box_bottom (small) }, (PtlPoint){ PTL_GRID, 0 },
                    MAX_STEPS, TRUE, box);
}

static void
place (const Placing *p, PtlBox *box)
{
  const PtlBox *one = &p->layout->zones[p->zones[0]], *other = &p->layout->zones[p->zones[1]];
  Extent across = between (extent_of (one, FALSE), extent_of (other, FALSE));
  Extent down = between (extent_of (one, TRUE), extent_of (other, TRUE));
  PtlPoint corner = { (across.low + across.high) / 2, (down.low + down.high) / 2 };
  gboolean apart = across.high >= across.low, above = down.high >= down.low;

  if (apart && !above && place_in_gap (p, across, (Extent){ down.high, down.low }, FALSE, box))
    return;
  if (above && !apart && place_in_gap (p, down, (Extent){ across.high, across.low }, TRUE, box))
    return;
  if (!apart && !above && place_on_border (p, box))
    return;
  if (!find_room (p, corner, (PtlPoint){ 0, PTL_GRID }, MAX_STEPS, TRUE, box))
    *box = box_at (corner.x, corner.y);
}

/**
 * ptl_layout_imply:
 * @routes: of the plan that the layout is of
 *
 * Places the firewalls that the plan does not name: none where it names any.
 */
void
ptl_layout_imply (PtlLayout *layout, const PtlRoutes *routes)
{
  const PtlGraph *graph = routes->flows->graph;
  g_autoptr (PtlHit) hit = NULL;
  g_autoptr (PtlSpace) taken = NULL;

  if (graph->n_firewalls > 0 || routes->n_firewalls == 0)
    return;
  hit = ptl_hit_new ();
  taken = ptl_space_new ();
  for (guint i = 0; i < graph->n_zones; i++)
    ptl_hit_add (hit, PTL_HIT_ZONE, i, &layout->zones[i]);
  for (guint i = 0; i < graph->n_nodes; i++)
    ptl_hit_add (hit, PTL_HIT_NODE, i, &layout->nodes[i]);
  ptl_hit_seal (hit);
  layout->n_implied = routes->n_firewalls;
  layout->implied = g_new (PtlBox, routes->n_firewalls);
  for (guint i = 0; i < routes->n_firewalls; i++)
    {
      const guint *zones = routes->firewalls[i].zones;

      place (&(Placing){ layout, hit, taken, { zones[0], zones[1] } }, &layout->implied[i]);
      ptl_space_take (taken, &layout->implied[i]);
    }
}
