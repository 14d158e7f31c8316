#include "ptl-layout-private.h"

#include <math.h>

#include "engine/ptl-order.h"

/* Zones stand in stacks side by side: inside networks left, what is outside right, and among the inside ones those
 * farther from the outside farther left. In a stack, a zone stands near the height of those that it talks to. */

#define MAX_STRETCH 2 /* a column of zones is made as high as the highest, if that is at most so many times as high */

/* Two zones that talk to each other. */
typedef struct
{
  guint zones[2];
  double weight; /* how much they have to say */
} Talk;

typedef struct
{
  PtlPlacing *p;
  GArray *talks;     /* Talk */
  guint *first_talk; /* of a zone in `talk_of`, and behind the last */
  guint *talk_of;
  guint *distance; /* of a zone from the outside, in firewalls */
  double *wish;    /* the height that a zone would like its centre to have */
} Columns;

static void
add_talk (Columns *c, GHashTable *known, guint one, guint other, double weight)
{
  Talk talk = { { MIN (one, other), MAX (one, other) }, weight };
  gint64 key = (gint64) talk.zones[0] << 32 | talk.zones[1];
  gpointer place = g_hash_table_lookup (known, &key);

  if (place != NULL)
    {
      g_array_index (c->talks, Talk, GPOINTER_TO_UINT (place) - 1).weight += weight;
      return;
    }
  g_array_append_val (c->talks, talk);
  g_hash_table_insert (known, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (c->talks->len));
}

static void
find_talks (Columns *c)
{
  const PtlFlows *flows = c->p->flows;
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint n_zones = c->p->graph->n_zones;
  g_autofree guint *next = NULL;

  c->talks = g_array_new (FALSE, FALSE, sizeof (Talk));
  for (guint i = 0; i < flows->n_pairs; i++)
    if (ptl_flows_pair_crosses (flows, &flows->pairs[i]))
      add_talk (c, known, (guint) flows->graph->nodes[flows->classes[flows->pairs[i].source].node].zone,
                (guint) flows->graph->nodes[flows->classes[flows->pairs[i].destination].node].zone,
                ptl_flows_bundle (flows, flows->pairs[i].bundle)->n);
  c->first_talk = g_new0 (guint, n_zones + 1);
  c->talk_of = g_new (guint, c->talks->len * 2 + 1);
  for (guint i = 0; i < c->talks->len; i++)
    for (guint end = 0; end < 2; end++)
      c->first_talk[g_array_index (c->talks, Talk, i).zones[end] + 1]++;
  for (guint i = 0; i < n_zones; i++)
    c->first_talk[i + 1] += c->first_talk[i];
  next = g_memdup2 (c->first_talk, (n_zones + 1) * sizeof *next);
  for (guint i = 0; i < c->talks->len; i++)
    for (guint end = 0; end < 2; end++)
      c->talk_of[next[g_array_index (c->talks, Talk, i).zones[end]]++] = i;
}

/* 0 inside, 1 between, 2 outside. */
static guint
depth_of (const PtlPlacing *p, guint zone)
{
  switch (p->graph->zones[zone].kind)
    {
    case PTL_ZONE_INTRANET:
      return 0;
    case PTL_ZONE_PERIMETER:
      return 1;
    default:
      return 2;
    }
}

/* The zones that distances are counted from: those outside, else those between, else the one that talks most. */
static void
find_roots (const Columns *c, GArray *queue)
{
  guint n_zones = c->p->graph->n_zones, outermost = 0, most = 0;

  for (guint i = 0; i < n_zones; i++)
    {
      outermost = MAX (outermost, depth_of (c->p, i));
      if (c->first_talk[i + 1] - c->first_talk[i] > c->first_talk[most + 1] - c->first_talk[most])
        most = i;
    }
  if (outermost == 0)
    g_array_append_val (queue, most);
  for (guint i = 0; i < n_zones && outermost > 0; i++)
    if (depth_of (c->p, i) == outermost)
      g_array_append_val (queue, i);
}

static void
reach (Columns *c, GArray *queue, guint zone, guint distance)
{
  if (c->distance[zone] != G_MAXUINT)
    return;
  c->distance[zone] = distance;
  g_array_append_val (queue, zone);
}

/* The firewalls of each zone: those of zone i are firewalls[first[i]] to firewalls[first[i + 1] - 1]. */
static guint *
firewalls_of_zones (const PtlGraph *graph, guint *first)
{
  g_autofree guint *next = NULL;
  guint *firewalls;

  for (guint i = 0; i < graph->n_firewalls; i++)
    for (guint j = 0; j < graph->firewalls[i].n_zones; j++)
      first[graph->firewalls[i].zones[j] + 1]++;
  for (guint i = 0; i < graph->n_zones; i++)
    first[i + 1] += first[i];
  firewalls = g_new (guint, first[graph->n_zones] + 1);
  next = g_memdup2 (first, (graph->n_zones + 1) * sizeof *next);
  for (guint i = 0; i < graph->n_firewalls; i++)
    for (guint j = 0; j < graph->firewalls[i].n_zones; j++)
      firewalls[next[graph->firewalls[i].zones[j]]++] = i;
  return firewalls;
}

/* Breadth first, across firewalls; in a plan without any, from zone to zone as they talk. */
static void
find_distances (Columns *c)
{
  const PtlGraph *graph = c->p->graph;
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *first = g_new0 (guint, graph->n_zones + 1);
  g_autofree guint *firewalls = firewalls_of_zones (graph, first);
  g_autofree gboolean *crossed = g_new0 (gboolean, graph->n_firewalls + 1);

  c->distance = g_new (guint, graph->n_zones + 1);
  for (guint i = 0; i < graph->n_zones; i++)
    c->distance[i] = G_MAXUINT;
  find_roots (c, queue);
  for (guint i = 0; i < queue->len; i++)
    c->distance[g_array_index (queue, guint, i)] = 0;
  for (guint i = 0; i < queue->len; i++)
    {
      guint zone = g_array_index (queue, guint, i), next = c->distance[zone] + 1;

      for (guint j = first[zone]; j < first[zone + 1]; j++)
        for (guint k = 0; k < graph->firewalls[firewalls[j]].n_zones && !crossed[firewalls[j]]; k++)
          reach (c, queue, graph->firewalls[firewalls[j]].zones[k], next);
      for (guint j = first[zone]; j < first[zone + 1]; j++)
        crossed[firewalls[j]] = TRUE;
      for (guint j = c->first_talk[zone]; j < c->first_talk[zone + 1] && graph->n_firewalls == 0; j++)
        for (guint end = 0; end < 2; end++)
          reach (c, queue, g_array_index (c->talks, Talk, c->talk_of[j]).zones[end], next);
    }
}

static int
compare_guint (guint one, guint other)
{
  return (one > other) - (one < other);
}

/* The internet comes behind the clouds. */
static int
compare_outside (const Columns *c, guint one, guint other)
{
  return (c->p->graph->zones[one].kind == PTL_ZONE_INTERNET) - (c->p->graph->zones[other].kind == PTL_ZONE_INTERNET);
}

/* From the inside to the outside; zones that are as far in the order of the document, counted from the outside. */
static int
compare_zones (gconstpointer a, gconstpointer b, gpointer data)
{
  const Columns *c = data;
  guint one = *(const guint *) a, other = *(const guint *) b;
  int order = compare_guint (depth_of (c->p, one), depth_of (c->p, other));

  if (order == 0)
    order = compare_outside (c, one, other);
  if (order == 0)
    order = compare_guint (c->distance[other], c->distance[one]);
  return order != 0 ? order : compare_guint (other, one);
}

/* Inside one stack: the cloud over the internet, then as the zones wish. */
static int
compare_wishes (gconstpointer a, gconstpointer b, gpointer data)
{
  const Columns *c = data;
  guint one = *(const guint *) a, other = *(const guint *) b;
  int order = compare_outside (c, one, other);

  if (order != 0)
    return order;
  if (c->wish[one] != c->wish[other])
    return c->wish[one] < c->wish[other] ? -1 : 1;
  return compare_guint (one, other);
}

/* The mean height of the zones that stand and that this one talks to; at the end without any. */
static double
find_wish (const Columns *c, guint zone, const gboolean *stands)
{
  double sum = 0, weight = 0;

  for (guint i = c->first_talk[zone]; i < c->first_talk[zone + 1]; i++)
    {
      const Talk *talk = &g_array_index (c->talks, Talk, c->talk_of[i]);
      guint other = talk->zones[talk->zones[0] == zone ? 1 : 0];

      if (stands[other])
        {
          sum += ptl_box_centre (&c->p->layout->zones[other]).y * talk->weight;
          weight += talk->weight;
        }
    }
  return weight > 0 ? sum / weight : G_MAXDOUBLE;
}

/* Stacks zones on each other around the height 0; returns how high the stack is. */
static double
stack (const Columns *c, const guint *zones, guint n)
{
  double height = -PTL_ZONE_GAP, y;

  for (guint i = 0; i < n; i++)
    height += c->p->layout->zones[zones[i]].height + PTL_ZONE_GAP;
  y = -floor (height / 2 / PTL_GRID) * PTL_GRID;
  for (guint i = 0; i < n; i++)
    {
      c->p->layout->zones[zones[i]].y = y;
      y += c->p->layout->zones[zones[i]].height + PTL_ZONE_GAP;
    }
  return height;
}

/* A stack is made as high as the highest one, so that the picture has straight edges. */
static void
stretch (const Columns *c, const guint *zones, guint n, double height)
{
  double own = -PTL_ZONE_GAP, more;

  for (guint i = 0; i < n; i++)
    own += c->p->layout->zones[zones[i]].height + PTL_ZONE_GAP;
  if (height <= own || height > own * MAX_STRETCH)
    return;
  more = floor ((height - own) / n / PTL_GRID) * PTL_GRID;
  for (guint i = 0; i < n; i++)
    c->p->layout->zones[zones[i]].height += i < n - 1 ? more : height - own - more * (n - 1);
  stack (c, zones, n);
}

/* The height that stacks should not exceed: that of a picture twice as wide as high, or a bit more than its highest
 * zone's. */
static double
height_limit (const PtlPlacing *p, const guint *zones, guint n)
{
  double area = 0, limit = 0;

  for (guint i = 0; i < n; i++)
    {
      const PtlBox *zone = &p->layout->zones[zones[i]];

      area += (zone->width + PTL_ZONE_GAP) * (zone->height + PTL_ZONE_GAP);
      limit = MAX (limit, zone->height);
    }
  return MAX (limit * 1.5, sqrt (area / 2));
}

/* How many of the last zones make a stack: as many as fit, but inside, between and outside do not mix. */
static guint
fitting (const PtlPlacing *p, const guint *zones, guint n, double limit)
{
  guint depth = depth_of (p, zones[n - 1]), i = n - 1;
  double height = p->layout->zones[zones[i]].height;

  while (i > 0 && depth_of (p, zones[i - 1]) == depth
         && height + PTL_ZONE_GAP + p->layout->zones[zones[i - 1]].height <= limit)
    height += PTL_ZONE_GAP + p->layout->zones[zones[--i]].height;
  return n - i;
}

/* Cuts the ordered zones into stacks, from the right: where the stacks start, the rightmost first. */
static GArray *
make_stacks (Columns *c, guint *zones, guint n)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree gboolean *stands = g_memdup2 (c->p->placed, (c->p->graph->n_zones + 1) * sizeof *stands);
  double limit = height_limit (c->p, zones, n);

  for (guint end = n, start; end > 0; end = start)
    {
      start = end - fitting (c->p, zones, end, limit);
      for (guint i = start; i < end; i++)
        c->wish[zones[i]] = find_wish (c, zones[i], stands);
      g_qsort_with_data (zones + start, (int) (end - start), sizeof *zones, compare_wishes, c);
      stack (c, zones + start, end - start);
      g_array_append_val (starts, start);
      for (guint i = start; i < end; i++)
        stands[zones[i]] = TRUE;
    }
  return starts;
}

/* Sets the stacks beside each other, from left to right. */
static void
set_stacks (Columns *c, const guint *zones, guint n, const GArray *starts, PtlPoint origin)
{
  double x = origin.x, height = 0;

  for (guint i = 0, end = n; i < starts->len; end = g_array_index (starts, guint, i++))
    height = MAX (height, stack (c, zones + g_array_index (starts, guint, i), end - g_array_index (starts, guint, i)));
  for (guint i = starts->len; i-- > 0;)
    {
      guint start = g_array_index (starts, guint, i), end = i > 0 ? g_array_index (starts, guint, i - 1) : n;
      double width = 0;

      stretch (c, zones + start, end - start, height);
      for (guint j = start; j < end; j++)
        width = MAX (width, c->p->layout->zones[zones[j]].width);
      for (guint j = start; j < end; j++)
        {
          PtlBox *zone = &c->p->layout->zones[zones[j]];

          zone->width = width;
          zone->x = x;
          zone->y += origin.y + floor (height / 2 / PTL_GRID) * PTL_GRID;
          c->p->placed[zones[j]] = TRUE;
        }
      x += width + PTL_ZONE_GAP;
    }
}

void
ptl_place_zones (PtlPlacing *p, PtlPoint origin)
{
  Columns c = { .p = p };
  g_autofree guint *zones = g_new (guint, p->graph->n_zones + 1);
  guint n = 0;

  for (guint i = 0; i < p->graph->n_zones; i++)
    if (!p->placed[i])
      zones[n++] = i;
  if (n == 0)
    return;
  find_talks (&c);
  find_distances (&c);
  c.wish = g_new0 (double, p->graph->n_zones + 1);
  g_qsort_with_data (zones, (int) n, sizeof *zones, compare_zones, &c);
  {
    g_autoptr (GArray) starts = make_stacks (&c, zones, n);

    set_stacks (&c, zones, n, starts, origin);
  }
  g_array_unref (c.talks);
  g_free (c.first_talk);
  g_free (c.talk_of);
  g_free (c.distance);
  g_free (c.wish);
}
