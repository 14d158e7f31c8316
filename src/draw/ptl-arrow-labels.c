#include <math.h>
#include <string.h>

#include "ptl-arrows-private.h"
#include "ptl-font.h"

/* Labels stand on the ways of their arrows, where they lie on nothing else: in a gap between zones if there is room,
 * else in a zone, and at worst over its border. Where the whole text finds no place, a shorter one may. */

#define TITLE_LETTERS 22 /* of zones' names, as the painter sets them where labels are read */
#define TITLE_INSET   14 /* from the corner of a zone to its sign */
#define TITLE_SIGN    50 /* units that it takes, and the room around it */
#define TITLE_HEIGHT  36

#define LETTERS 10
#define HEIGHT  12
#define PADDING 3   /* units of a label on each side of its text */
#define ROOM    4   /* beside a label, along its line */
#define WINDOW  320 /* units along a line to both sides of the best place in which one is looked for */
#define TEXTS   3   /* ways to say a label */

/* What labels must not lie on; the first is the best. */
static const guint manners[] = {
  PTL_CELL_THING | PTL_CELL_LINE | PTL_CELL_BORDER | PTL_CELL_ZONE,
  PTL_CELL_THING | PTL_CELL_LINE | PTL_CELL_BORDER,
};
static const guint last_manners[] = { PTL_CELL_THING | PTL_CELL_LINE };

typedef struct
{
  PtlArrows *arrows;
  PtlCells *cells;
  GArray *found;     /* PtlCellItem, scratch */
  GHashTable *texts; /* label -> const char *[TEXTS + 1] */
} Labelling;

PtlBox
ptl_arrow_title (const PtlBox *zone, const char *name)
{
  double width = TITLE_SIGN + ptl_font_width (TITLE_LETTERS, TRUE, name);

  return (PtlBox){ zone->x + TITLE_INSET, zone->y + (PTL_ZONE_HEADER - TITLE_HEIGHT) / 2.0,
                   CLAMP (width, 0, MAX (zone->width - 2 * TITLE_INSET, 0)),
                   CLAMP (zone->height - PTL_ZONE_HEADER / 2.0, 0, TITLE_HEIGHT) };
}

static const char *
intern (char *text)
{
  const char *interned = g_intern_string (text);

  g_free (text);
  return interned;
}

/* The texts of a label: “SMB, RPC +2”, “SMB +3”, “+4”. They outlive all arrows, being few. */
static const char **
find_texts (Labelling *l, const char *label)
{
  const char **texts = g_hash_table_lookup (l->texts, label);
  const char *comma = strstr (label, ", "), *plus = strrchr (label, '+');
  guint more = plus != NULL ? (guint) g_ascii_strtoull (plus + 1, NULL, 10) : 0;
  guint n = 0;

  if (texts != NULL)
    return texts;
  texts = g_new0 (const char *, TEXTS + 1);
  texts[n++] = g_intern_string (label);
  more += comma != NULL ? 1 : 0;
  if (comma != NULL)
    texts[n++] = intern (g_strdup_printf ("%.*s +%u", (int) (comma - label), label, more));
  if (more > 0)
    texts[n++] = intern (g_strdup_printf ("+%u", more + 1));
  g_hash_table_insert (l->texts, (gpointer) label, texts);
  return texts;
}

static int
compare_lows (gconstpointer a, gconstpointer b)
{
  const PtlCellItem *one = a, *other = b;

  return (one->box.low[0] > other->box.low[0]) - (one->box.low[0] < other->box.low[0]);
}

/* Finds the free place from low to high along a leg that is nearest to `wish`, for something of this size along it;
 * G_MAXDOUBLE if there is none. */
static double
find_place (const GArray *found, guint kinds, guint axis, double low, double high, double wish, double size)
{
  double reached = low, best = G_MAXDOUBLE;

  for (guint i = 0; i <= found->len; i++)
    {
      const PtlCellItem *item = i < found->len ? &g_array_index (found, PtlCellItem, i) : NULL;
      double next = item != NULL ? MIN (item->box.low[axis], high) : high;

      if (item != NULL && (item->kind & kinds) == 0)
        continue;
      if (next - reached >= size)
        {
          double at = CLAMP (wish, reached + size / 2, next - size / 2);

          if (fabs (at - wish) < fabs (best - wish))
            best = at;
        }
      if (item != NULL)
        reached = MAX (reached, item->box.high[axis]);
    }
  return best;
}

static int
compare_lows_across (gconstpointer a, gconstpointer b)
{
  const PtlCellItem *one = a, *other = b;

  return (one->box.low[1] > other->box.low[1]) - (one->box.low[1] < other->box.low[1]);
}

/* What a label along a line could lie on. */
static gboolean
look_around (Labelling *l, guint index, guint kinds, guint axis, double at, double low, double high, double size)
{
  PtlExtent strip;

  strip.low[axis] = low;
  strip.high[axis] = high;
  strip.low[1 - axis] = at - size / 2;
  strip.high[1 - axis] = at + size / 2;
  if (!ptl_cells_find (l->cells, kinds, &strip, index, l->found))
    return FALSE;
  g_array_sort (l->found, axis == 0 ? compare_lows : compare_lows_across);
  return TRUE;
}

/* Where a label is looked for first: at the first firewall, else in the middle of the way. */
static PtlPoint
find_wish (const PtlArrow *arrow)
{
  const PtlPoint *middle = &arrow->points[(arrow->n_points - 1) / 2];

  if (arrow->n_marks > 0)
    return arrow->marks[0];
  return (PtlPoint){ (middle[0].x + middle[1].x) / 2, (middle[0].y + middle[1].y) / 2 };
}

/* Tries all legs along an axis, for the best manner that any of them allows, and then the nearest to the wish. */
static gboolean
try_legs (Labelling *l, guint index, guint axis, double width, const guint *kinds, guint n_kinds)
{
  PtlArrow *arrow = &l->arrows->arrows[index];
  double size = axis == 0 ? width : HEIGHT, across = axis == 0 ? HEIGHT : width;
  PtlPoint wish = find_wish (arrow), best_at = { 0, 0 };
  guint best = n_kinds;
  double best_way = G_MAXDOUBLE;

  for (guint leg = 0; leg + 1 < arrow->n_points; leg++)
    {
      PtlPoint from = arrow->points[leg], to = arrow->points[leg + 1];
      double at = axis == 0 ? from.y : from.x, along = axis == 0 ? wish.x : wish.y;
      double low = axis == 0 ? MIN (from.x, to.x) : MIN (from.y, to.y);
      double high = axis == 0 ? MAX (from.x, to.x) : MAX (from.y, to.y);

      if ((axis == 0 ? from.y != to.y : from.x != to.x) || high - low < size + 2 * ROOM)
        continue;
      along = CLAMP (along, low, high);
      low = MAX (low, along - WINDOW);
      high = MIN (high, along + WINDOW);
      if (!look_around (l, index, kinds[0], axis, at, low, high, across))
        continue;
      for (guint i = 0; i <= MIN (best, n_kinds - 1); i++)
        {
          double place = find_place (l->found, kinds[i], axis, low, high, along, size + 2 * ROOM);
          PtlPoint there = axis == 0 ? (PtlPoint){ place, at } : (PtlPoint){ at, place };
          double way = fabs (there.x - wish.x) + fabs (there.y - wish.y);

          if (place == G_MAXDOUBLE || (i == best && way >= best_way))
            continue;
          best = i;
          best_way = way;
          best_at = there;
        }
    }
  if (best == n_kinds)
    return FALSE;
  arrow->label = (PtlBox){ best_at.x - width / 2, best_at.y - HEIGHT / 2.0, width, HEIGHT };
  return TRUE;
}

static gboolean
try_text (Labelling *l, guint index, const char *text, const guint *kinds, guint n_kinds)
{
  PtlArrow *arrow = &l->arrows->arrows[index];
  double width = ptl_font_width (LETTERS, FALSE, text) + 2 * PADDING;

  arrow->text = text;
  return try_legs (l, index, 0, width, kinds, n_kinds) || try_legs (l, index, 1, width, kinds, n_kinds);
}

/* Tries the longest text first; but where the shortest finds no place, no other does. */
static gboolean
try_texts (Labelling *l, guint index, const guint *kinds, guint n_kinds)
{
  const char **texts = find_texts (l, l->arrows->talks->talks[index].label);
  guint n = g_strv_length ((char **) texts);
  PtlExtent box;

  if (n > 1 && !try_text (l, index, texts[n - 1], kinds, n_kinds))
    return FALSE;
  while (*texts != NULL && !try_text (l, index, *texts, kinds, n_kinds))
    texts++;
  if (*texts == NULL)
    return FALSE;
  box = ptl_extent_of (&l->arrows->arrows[index].label);
  ptl_cells_add (l->cells, PTL_CELL_THING, &box, PTL_CELL_NOBODY);
  return TRUE;
}

void
ptl_arrow_set_labels (PtlArrows *arrows, PtlCells *cells)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (PtlCellItem));
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
  Labelling l = { arrows, cells, found, texts };

  for (guint i = 0; i < arrows->n; i++)
    if (arrows->talks->talks[i].kind != PTL_TALK_INNER)
      if (!try_texts (&l, i, manners, G_N_ELEMENTS (manners)))
        try_texts (&l, i, last_manners, G_N_ELEMENTS (last_manners));
}
