#include "ptl-layout-private.h"

#include <math.h>
#include <stdlib.h>

/* A firewall stands in the gap between its zones; where that is wide, beside the zone that has fewer firewalls. */

#define WIDE      320 /* a gap that other zones may stand in */
#define MAX_STEPS 400 /* up and down in the gap, in search of room */

/* One direction of the canvas: what holds for a row of zones holds for a stack of them. */
typedef struct
{
  double low, high;
  guint zone;
} Extent;

typedef struct
{
  double low, high;
  guint before, behind; /* the zones at its ends */
} Gap;

static int
compare_extents (gconstpointer a, gconstpointer b)
{
  const Extent *one = a, *other = b;

  if (one->low != other->low)
    return one->low < other->low ? -1 : 1;
  return (one->zone > other->zone) - (one->zone < other->zone);
}

static Extent
extent_of (const PtlPlacing *p, guint zone, gboolean vertical)
{
  const PtlBox *box = &p->layout->zones[zone];

  return vertical ? (Extent){ box->y, ptl_box_bottom (box), zone } : (Extent){ box->x, ptl_box_right (box), zone };
}

/* The narrowest gap between the firewall's zones in one direction. */
static gboolean
find_gap (const PtlPlacing *p, const PtlGraphFirewall *firewall, gboolean vertical, Gap *gap)
{
  g_autoptr (GArray) extents = g_array_new (FALSE, FALSE, sizeof (Extent));
  Extent last;
  gboolean found = FALSE;

  for (guint i = 0; i < firewall->n_zones; i++)
    {
      Extent extent = extent_of (p, firewall->zones[i], vertical);

      g_array_append_val (extents, extent);
    }
  g_array_sort (extents, compare_extents);
  last = g_array_index (extents, Extent, 0);
  for (guint i = 1; i < extents->len; i++)
    {
      Extent next = g_array_index (extents, Extent, i);

      if (next.low >= last.high && (!found || next.low - last.high < gap->high - gap->low))
        {
          *gap = (Gap){ last.high, next.low, last.zone, next.zone };
          found = TRUE;
        }
      if (next.high > last.high)
        last = next;
    }
  return found;
}

/* Where in the gap: in its middle, or in a wide one beside the zone that has fewer firewalls. */
static double
across (const Gap *gap, const guint *n_firewalls)
{
  if (gap->high - gap->low <= WIDE)
    return (gap->low + gap->high) / 2;
  if (n_firewalls[gap->before] <= n_firewalls[gap->behind])
    return gap->low + PTL_ZONE_GAP / 2;
  return gap->high - PTL_ZONE_GAP / 2;
}

/* How far along the gap: the middle of what all zones have in common, or of what lies between them; in a wide gap
 * beside the zone that has fewer firewalls. */
static double
along (const PtlPlacing *p, const PtlGraphFirewall *firewall, const Gap *gap, gboolean vertical,
       const guint *n_firewalls)
{
  Extent one = extent_of (p, gap->before, !vertical), other = extent_of (p, gap->behind, !vertical);
  const Extent *leaf = n_firewalls[gap->before] <= n_firewalls[gap->behind] ? &one : &other;
  double low = one.low, high = one.high, reach = MIN ((leaf->high - leaf->low) / 2, PTL_FIREWALL_WIDTH / 2);

  for (guint i = 0; i < firewall->n_zones; i++)
    {
      Extent extent = extent_of (p, firewall->zones[i], !vertical);

      low = MAX (low, extent.low);
      high = MIN (high, extent.high);
    }
  if (gap->high - gap->low <= WIDE && (low < high || firewall->n_zones > 2))
    return (low + high) / 2;
  return CLAMP ((low + high) / 2, leaf->low + reach, leaf->high - reach);
}

static PtlBox
card_at (double x, double y)
{
  return (PtlBox){ round (x) - PTL_FIREWALL_WIDTH / 2, round (y) - PTL_FIREWALL_HEIGHT / 2, PTL_FIREWALL_WIDTH,
                   PTL_FIREWALL_HEIGHT };
}

/* Looks for room from a place on, in steps to both sides. */
static gboolean
find_room (const PtlPlacing *p, double x, double y, gboolean vertical, PtlBox *card)
{
  for (int i = 0; i < MAX_STEPS; i++)
    {
      double step = (i + 1) / 2 * PTL_GRID * (i % 2 == 0 ? 1 : -1);
      PtlBox around;

      *card = vertical ? card_at (x + step, y) : card_at (x, y + step);
      around = ptl_box_grow (card, PTL_GRID / 2);
      if (ptl_space_is_free (p->space, &around))
        return TRUE;
    }
  return FALSE;
}

static gboolean
place_firewall (const PtlPlacing *p, guint index, const guint *n_firewalls)
{
  const PtlGraphFirewall *firewall = &p->graph->firewalls[index];
  PtlBox *card = &p->layout->firewalls[index];
  PtlBox all = p->layout->zones[firewall->zones[0]];
  PtlPoint at;
  Gap gap;

  if (find_gap (p, firewall, FALSE, &gap))
    return find_room (p, across (&gap, n_firewalls), along (p, firewall, &gap, FALSE, n_firewalls), FALSE, card);
  if (find_gap (p, firewall, TRUE, &gap))
    return find_room (p, along (p, firewall, &gap, TRUE, n_firewalls), across (&gap, n_firewalls), TRUE, card);
  for (guint i = 1; i < firewall->n_zones; i++)
    all = ptl_box_union (&all, &p->layout->zones[firewall->zones[i]]);
  at = ptl_box_centre (&all);
  return find_room (p, at.x, at.y, FALSE, card);
}

void
ptl_place_firewalls (PtlPlacing *p, GArray *rest)
{
  const PtlGraph *graph = p->graph;
  g_autofree guint *n_firewalls = g_new0 (guint, graph->n_zones + 1);

  for (guint i = 0; i < graph->n_firewalls; i++)
    for (guint j = 0; j < graph->firewalls[i].n_zones; j++)
      n_firewalls[graph->firewalls[i].zones[j]]++;
  for (guint i = 0; i < graph->n_firewalls; i++)
    {
      if (ptl_placing_firewall_fixed (p, i))
        continue;
      if (place_firewall (p, i, n_firewalls))
        ptl_space_take (p->space, &p->layout->firewalls[i]);
      else
        {
          p->layout->firewalls[i] = (PtlBox){ 0 };
          g_array_append_val (rest, i);
        }
    }
}
