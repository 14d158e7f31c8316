#include "ptl-ground.h"

#include <math.h>

/* For each axis the plane is cut into bands along it. A box stands in all bands that it reaches, and the boxes of a
 * band are sorted by where they begin. */

#define BAND  64 /* units across, at least */
#define BANDS 4  /* for each box, at most */

typedef struct
{
  double origin, size; /* of the first band; across */
  guint n;
  guint *first; /* of the entries of a band, and behind the last */
  guint *entries;
  double *longest; /* box of a band, along it */
} Bands;

struct _PtlGround
{
  gboolean soft;
  GArray *boxes; /* PtlExtent */
  Bands bands[2];
};

PtlGround *
ptl_ground_new (gboolean soft)
{
  PtlGround *ground = g_new0 (PtlGround, 1);

  ground->soft = soft;
  ground->boxes = g_array_new (FALSE, FALSE, sizeof (PtlExtent));
  return ground;
}

void
ptl_ground_free (PtlGround *ground)
{
  if (ground == NULL)
    return;
  for (guint axis = 0; axis < 2; axis++)
    {
      g_free (ground->bands[axis].first);
      g_free (ground->bands[axis].entries);
      g_free (ground->bands[axis].longest);
    }
  g_array_unref (ground->boxes);
  g_free (ground);
}

void
ptl_ground_add (PtlGround *ground, const PtlBox *box)
{
  PtlExtent extent = ptl_extent_of (box);

  g_array_append_val (ground->boxes, extent);
}

#define box_at(ground, i) (&g_array_index ((ground)->boxes, PtlExtent, (i)))

static guint
band_of (const Bands *bands, double at)
{
  double band = floor ((at - bands->origin) / bands->size);

  return (guint) CLAMP (band, 0, bands->n - 1);
}

static void
cut_bands (const PtlGround *ground, guint axis, Bands *bands)
{
  double low = G_MAXDOUBLE, high = -G_MAXDOUBLE, across = 0;
  guint n = ground->boxes->len;

  for (guint i = 0; i < n; i++)
    {
      low = MIN (low, box_at (ground, i)->low[1 - axis]);
      high = MAX (high, box_at (ground, i)->high[1 - axis]);
      across += box_at (ground, i)->high[1 - axis] - box_at (ground, i)->low[1 - axis];
    }
  bands->origin = n > 0 ? low : 0;
  bands->size = n > 0 ? MAX (MAX (BAND, (high - low) / (n * BANDS)), across / (n * BANDS)) : BAND;
  bands->n = n > 0 ? (guint) ((high - low) / bands->size) + 1 : 1;
}

typedef struct
{
  const PtlGround *ground;
  guint axis;
} Order;

static int
compare_lows (gconstpointer a, gconstpointer b, gpointer data)
{
  const Order *order = data;
  guint one = *(const guint *) a, other = *(const guint *) b;
  double low = box_at (order->ground, one)->low[order->axis],
         other_low = box_at (order->ground, other)->low[order->axis];

  if (low != other_low)
    return low < other_low ? -1 : 1;
  return (one > other) - (one < other);
}

static void
fill_bands (const PtlGround *ground, guint axis, Bands *bands)
{
  g_autofree guint *next = NULL;
  guint n = ground->boxes->len;
  Order order = { ground, axis };

  bands->first = g_new0 (guint, bands->n + 1);
  bands->longest = g_new0 (double, bands->n);
  for (guint i = 0; i < n; i++)
    for (guint band = band_of (bands, box_at (ground, i)->low[1 - axis]);
         band <= band_of (bands, box_at (ground, i)->high[1 - axis]); band++)
      bands->first[band + 1]++;
  for (guint band = 0; band < bands->n; band++)
    bands->first[band + 1] += bands->first[band];
  bands->entries = g_new (guint, bands->first[bands->n] + 1);
  next = g_memdup2 (bands->first, (bands->n + 1) * sizeof *next);
  for (guint i = 0; i < n; i++)
    for (guint band = band_of (bands, box_at (ground, i)->low[1 - axis]);
         band <= band_of (bands, box_at (ground, i)->high[1 - axis]); band++)
      {
        bands->entries[next[band]++] = i;
        bands->longest[band]
            = MAX (bands->longest[band], box_at (ground, i)->high[axis] - box_at (ground, i)->low[axis]);
      }
  for (guint band = 0; band < bands->n; band++)
    g_qsort_with_data (bands->entries + bands->first[band], (int) (bands->first[band + 1] - bands->first[band]),
                       sizeof *bands->entries, compare_lows, &order);
}

void
ptl_ground_seal (PtlGround *ground)
{
  for (guint axis = 0; axis < 2; axis++)
    {
      cut_bands (ground, axis, &ground->bands[axis]);
      fill_bands (ground, axis, &ground->bands[axis]);
    }
}

const GArray *
ptl_ground_get_boxes (const PtlGround *ground)
{
  return ground->boxes;
}

PtlExtent
ptl_ground_get_bounds (const PtlGround *ground)
{
  PtlExtent bounds = { { G_MAXDOUBLE, G_MAXDOUBLE }, { -G_MAXDOUBLE, -G_MAXDOUBLE } };

  for (guint i = 0; i < ground->boxes->len; i++)
    for (guint axis = 0; axis < 2; axis++)
      {
        bounds.low[axis] = MIN (bounds.low[axis], box_at (ground, i)->low[axis]);
        bounds.high[axis] = MAX (bounds.high[axis], box_at (ground, i)->high[axis]);
      }
  return ground->boxes->len > 0 ? bounds : (PtlExtent){ { 0, 0 }, { 0, 0 } };
}

/* The first entry of the band that may reach beyond `low`. */
static guint
find_first (const PtlGround *ground, guint axis, guint band, double low)
{
  const Bands *bands = &ground->bands[axis];
  guint from = bands->first[band], to = bands->first[band + 1];

  low -= bands->longest[band];
  while (from < to)
    {
      guint middle = from + (to - from) / 2;

      if (box_at (ground, bands->entries[middle])->low[axis] < low)
        from = middle + 1;
      else
        to = middle;
    }
  return from;
}

gboolean
ptl_ground_is_free (const PtlGround *ground, guint axis, double at, double low, double high)
{
  const Bands *bands = &ground->bands[axis];
  guint band = band_of (bands, at);

  for (guint i = find_first (ground, axis, band, low); i < bands->first[band + 1]; i++)
    {
      const PtlExtent *box = box_at (ground, bands->entries[i]);

      if (box->low[axis] >= high)
        return TRUE;
      if (box->high[axis] > low && box->low[1 - axis] < at && box->high[1 - axis] > at)
        return FALSE;
    }
  return TRUE;
}

/* Narrows the room by the boxes of one band. */
static void
narrow (const PtlGround *ground, guint axis, guint band, double at, double low, double high, double *min, double *max)
{
  const Bands *bands = &ground->bands[axis];

  for (guint i = find_first (ground, axis, band, low); i < bands->first[band + 1]; i++)
    {
      const PtlExtent *box = box_at (ground, bands->entries[i]);

      if (box->low[axis] >= high)
        return;
      if (box->high[axis] <= low)
        continue;
      if (box->high[1 - axis] <= at
          || (ground->soft && box->low[1 - axis] < at && box->high[1 - axis] + box->low[1 - axis] <= 2 * at
              && box->high[1 - axis] < *max))
        *min = MAX (*min, box->high[1 - axis]);
      else if (box->low[1 - axis] >= at || (ground->soft && box->low[1 - axis] > *min))
        *max = MIN (*max, box->low[1 - axis]);
      else if (!ground->soft)
        *min = *max = at;
    }
}

void
ptl_ground_find_room (const PtlGround *ground, guint axis, double at, double low, double high, double *min, double *max)
{
  guint middle = band_of (&ground->bands[axis], at);

  for (guint band = middle; band + 1 > band_of (&ground->bands[axis], *min); band--)
    narrow (ground, axis, band, at, low, high, min, max);
  for (guint band = middle + 1; band <= band_of (&ground->bands[axis], *max); band++)
    narrow (ground, axis, band, at, low, high, min, max);
}

void
ptl_ground_find_edges (const PtlGround *ground, const PtlExtent *within, GArray *edges[2])
{
  const Bands *bands = &ground->bands[0];

  for (guint band = band_of (bands, within->low[1]); band <= band_of (bands, within->high[1]); band++)
    for (guint i = find_first (ground, 0, band, within->low[0]); i < bands->first[band + 1]; i++)
      {
        const PtlExtent *box = box_at (ground, bands->entries[i]);

        if (box->low[0] > within->high[0])
          break;
        for (guint axis = 0; axis < 2 && box->high[0] >= within->low[0]; axis++)
          {
            if (box->low[axis] >= within->low[axis])
              g_array_append_val (edges[axis], box->low[axis]);
            if (box->high[axis] <= within->high[axis])
              g_array_append_val (edges[axis], box->high[axis]);
          }
      }
}

void
ptl_ground_find_boxes (const PtlGround *ground, guint axis, double at, double low, double high, GArray *found)
{
  const Bands *bands = &ground->bands[axis];
  guint band = band_of (bands, at);

  for (guint i = find_first (ground, axis, band, low); i < bands->first[band + 1]; i++)
    {
      const PtlExtent *box = box_at (ground, bands->entries[i]);

      if (box->low[axis] > high)
        return;
      if (box->high[axis] >= low && box->low[1 - axis] <= at && box->high[1 - axis] >= at)
        g_array_append_vals (found, box, 1);
    }
}
