#include "ptl-arrow-hit.h"

#include "ptl-line.h"
#include "ptl-painter-private.h"

/* In the index stand the straight parts of the ways and the labels: their boxes are thin, or small. */

static void
add_arrow (PtlHit *hit, const PtlArrow *arrow, guint index)
{
  for (guint j = 1; j < arrow->n_points; j++)
    {
      PtlBox box = ptl_box_between (arrow->points[j - 1], arrow->points[j]);

      ptl_hit_add (hit, PTL_HIT_ARROW, index, &box);
    }
  if (arrow->label.width > 0)
    ptl_hit_add (hit, PTL_HIT_ARROW, index, &arrow->label);
}

/**
 * ptl_arrow_hit_new:
 * @base: (nullable): as many arrows: those that go the very same ways are left out
 */
PtlHit *
ptl_arrow_hit_new (const PtlArrow *arrows, guint n, const PtlArrow *base)
{
  PtlHit *hit = ptl_hit_new ();

  for (guint i = 0; i < n; i++)
    if (base == NULL || base[i].points != arrows[i].points)
      add_arrow (hit, &arrows[i], i);
  ptl_hit_seal (hit);
  return hit;
}

static int
compare_indices (gconstpointer a, gconstpointer b)
{
  guint one = *(const guint *) a, other = *(const guint *) b;

  return (one > other) - (one < other);
}

static void
append_found (const PtlHit *hit, const PtlBox *box, GArray *found)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (PtlHitItem));

  ptl_hit_in (hit, box, parts);
  for (guint i = 0; i < parts->len; i++)
    g_array_append_val (found, g_array_index (parts, PtlHitItem, i).index);
}

/**
 * ptl_arrows_find:
 * @box: in canvas units
 *
 * Returns: (transfer full) (element-type guint): the arrows that may be seen in the box, in their order
 */
GArray *
ptl_arrows_find (const PtlArrows *arrows, gboolean trunks, const PtlBox *box)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = 0;

  append_found (trunks ? arrows->trunk_hit : arrows->hit, box, found);
  if (arrows->partial && !trunks)
    {
      append_found (arrows->base->hit, box, found);
      g_array_sort (found, compare_indices);
    }
  for (guint i = 0; i < found->len; i++)
    if (n == 0 || g_array_index (found, guint, i) != g_array_index (found, guint, n - 1))
      g_array_index (found, guint, n++) = g_array_index (found, guint, i);
  g_array_set_size (found, n);
  return found;
}

/* Under a point */

typedef struct
{
  PtlPoint at;
  const PtlArrowLook *look;
  PtlLevel level;
  PtlArrowHit *hit;
  double distance; /* of the best so far */
  gboolean found;
} Search;

static double
distance_to_way (PtlPoint at, PtlPoint from, PtlPoint to)
{
  double dx = to.x - from.x, dy = to.y - from.y, square = dx * dx + dy * dy;
  double part = square > 0 ? CLAMP (((at.x - from.x) * dx + (at.y - from.y) * dy) / square, 0, 1) : 0;

  return hypot (at.x - from.x - part * dx, at.y - from.y - part * dy);
}

/* Takes it when it is of a better part than what was found, or nearer, or on top of it. */
static void
offer (Search *s, guint index, PtlArrowPart part, double distance)
{
  if (s->found && (part > s->hit->part || (part == s->hit->part && distance > s->distance)))
    return;
  *s->hit = (PtlArrowHit){ s->level < PTL_LEVEL_NAMES, index, part };
  s->distance = distance;
  s->found = TRUE;
}

/* A head is a triangle: how far the point is from its axis, where it is on it or nearly. */
static void
try_head (Search *s, guint index, PtlPoint tip, PtlPoint from, double width)
{
  PtlPoint corners[3], back = tip;
  double length = ptl_line_head_length (width), distance;

  if (!ptl_line_cut_head (&back, from, length, corners))
    return;
  distance = distance_to_way (s->at, tip, back);
  if (distance <= MAX (s->look->tolerance, length / 2))
    offer (s, index, PTL_ARROW_HEAD, distance);
}

static void
try_arrow (Search *s, guint index, const PtlArrow *arrow, PtlHeads heads, double width)
{
  const PtlPoint *points = arrow->points;
  double mark = MAX (ptl_arrow_mark_size (s->look->scale) / 2, s->look->tolerance);
  guint n = arrow->n_points;

  if (heads & PTL_HEAD_START)
    try_head (s, index, points[0], points[1], width);
  if (heads & PTL_HEAD_END)
    try_head (s, index, points[n - 1], points[n - 2], width);
  if (s->level == PTL_LEVEL_DETAILS && arrow->label.width > 0 && ptl_box_holds (&arrow->label, s->at.x, s->at.y))
    offer (s, index, PTL_ARROW_LABEL, 0);
  for (guint i = 0; i < arrow->n_marks; i++)
    {
      double distance = hypot (s->at.x - arrow->marks[i].x, s->at.y - arrow->marks[i].y);

      if (distance <= mark)
        offer (s, index, PTL_ARROW_MARK, distance);
    }
  for (guint i = 1; i < n; i++)
    {
      double distance = distance_to_way (s->at, points[i - 1], points[i]);

      if (distance <= s->look->tolerance)
        offer (s, index, PTL_ARROW_LINE, distance);
    }
}

static void
try_talk (Search *s, const PtlScene *scene, guint index)
{
  const PtlTalk *talk = &scene->arrows->talks->talks[index];

  if (talk->kind != PTL_TALK_INNER || s->look->inner)
    try_arrow (s, index, &scene->arrows->arrows[index], ptl_arrow_heads (talk->n_there, talk->n_back),
               ptl_arrow_width (talk->kind, s->look->scale));
}

static void
try_trunk (Search *s, const PtlScene *scene, guint index)
{
  const PtlTrunk *trunk = &scene->arrows->talks->trunks[index];
  const PtlArrow *arrow = &scene->arrows->trunks[index];
  PtlBox pill = ptl_arrows_find_pill (scene->arrows, index, s->look->scale);

  try_arrow (s, index, arrow, ptl_arrow_heads (trunk->n_there, trunk->n_back), ptl_trunk_width (trunk, s->look->scale));
  if (pill.width > 0 && ptl_box_holds (&pill, s->at.x, s->at.y))
    offer (s, index, PTL_ARROW_LABEL, 0);
}

/* Whether a card hides what is there. The tips of arrows touch its border. */
static gboolean
is_covered (const PtlScene *scene, PtlPoint at, double scale)
{
  PtlHitItem item;
  PtlBox inside;

  if (!ptl_hit_at (scene->hit, at.x, at.y, 0, &item) || item.kind == PTL_HIT_ZONE)
    return FALSE;
  inside = ptl_box_grow (item.kind == PTL_HIT_NODE ? &scene->nodes[item.index].box : &scene->firewalls[item.index].box,
                         -1 / scale);
  return ptl_box_holds (&inside, at.x, at.y);
}

/**
 * ptl_scene_arrow_at:
 * @x: in canvas units
 * @y: in canvas units
 * @hit: (out): what lies there: the nearest head, else the label, else the nearest mark, else the nearest line; far
 * away they are trunks'
 *
 * Returns: whether there is an arrow; cards hide those below them
 */
gboolean
ptl_scene_arrow_at (const PtlScene *scene, double x, double y, const PtlArrowLook *look, PtlArrowHit *hit)
{
  Search search = { { x, y }, look, ptl_level_at (look->scale), hit, 0, FALSE };
  gboolean far = search.level < PTL_LEVEL_NAMES;
  PtlBox around = { x, y, 0, 0 };
  g_autoptr (GArray) found = NULL;

  if (is_covered (scene, search.at, look->scale))
    return FALSE;
  around = ptl_box_grow (&around, MAX (look->tolerance, ptl_painter_reach (look->scale)));
  found = ptl_arrows_find (scene->arrows, far, &around);
  for (guint i = 0; i < found->len; i++)
    (far ? try_trunk : try_talk) (&search, scene, g_array_index (found, guint, i));
  return search.found;
}
