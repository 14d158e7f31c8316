#include "ptl-edit-place.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "engine/ptl-hash.h"
#include "ptl-edit-place-private.h"
#include "ptl-edit-words.h"
#include "ptl-plan-check.h"

#define THOUSANDTHS 1000 /* a plan has coordinates of three places */

typedef struct
{
  double x, y;
} Shift;

/* Rounds to what a file can hold; -0 is 0. */
static double
to_coordinate (double value)
{
  return round (value * THOUSANDTHS) / THOUSANDTHS + 0.0;
}

gboolean
ptl_edit_set_coordinate (double *field, double value, GError **error)
{
  if (!(fabs (value) <= PTL_MAX_COORDINATE))
    return ptl_words_refuse (error, _ ("the canvas ends there: it reaches from -10000000 to 10000000"));
  *field = to_coordinate (value);
  return TRUE;
}

/* The box of what stands on the canvas; one without a place has NAN for x or y. */
static PtlArea
area_of (PtlRecordKind kind, gpointer record)
{
  double *size, *position = ptl_record_position (kind, record, &size);

  if (kind == PTL_RECORD_ZONE)
    return (PtlArea){ position[0], position[1], size[0], size[1] };
  if (kind == PTL_RECORD_NODE)
    return (PtlArea){ position[0], position[1], PTL_NODE_WIDTH, PTL_NODE_HEIGHT };
  return (PtlArea){ position[0] - PTL_FIREWALL_WIDTH / 2.0, position[1] - PTL_FIREWALL_HEIGHT / 2.0, PTL_FIREWALL_WIDTH,
                    PTL_FIREWALL_HEIGHT };
}

/* Zones by size */

static gboolean
holds (const PtlArea *area, double x, double y)
{
  /* An absent coordinate is NAN, and no comparison with it holds. */
  return x >= area->x && x <= area->x + area->width && y >= area->y && y <= area->y + area->height;
}

int
ptl_plan_zone_at (const PtlPlan *plan, double x, double y)
{
  double best_size = INFINITY;
  int best = -1;

  for (guint i = 0; i < plan->zones->len; i++)
    {
      PtlArea area = area_of (PTL_RECORD_ZONE, plan->zones->pdata[i]);

      if (holds (&area, x, y) && area.width * area.height < best_size)
        {
          best = (int) i;
          best_size = area.width * area.height;
        }
    }
  return best;
}

typedef struct
{
  PtlArea area;
  const char *id;
  guint index;
} SizedZone;

static int
compare_sizes (gconstpointer a, gconstpointer b)
{
  const SizedZone *one = a, *other = b;
  double size = one->area.width * one->area.height, other_size = other->area.width * other->area.height;

  if (size != other_size)
    return size < other_size ? -1 : 1;
  return (one->index > other->index) - (one->index < other->index);
}

/* The zones as the edit leaves them, the smallest first: so the first that holds a point is the one. */
static GArray *
sized_zones (PtlEdit *edit)
{
  const GPtrArray *zones = ptl_edit_get_plan (edit)->zones;
  GArray *sized = g_array_new (FALSE, FALSE, sizeof (SizedZone));

  for (guint i = 0; i < zones->len; i++)
    {
      PtlZone *zone
          = ptl_edit_has (edit, PTL_RECORD_ZONE, i) ? ptl_edit_change (edit, PTL_RECORD_ZONE, i) : zones->pdata[i];
      SizedZone own = { area_of (PTL_RECORD_ZONE, zone), zone->id, i };

      if (!isnan (own.area.x + own.area.y + own.area.width + own.area.height))
        g_array_append_val (sized, own);
    }
  g_array_sort (sized, compare_sizes);
  return sized;
}

static void
find_zone (PtlNode *node, const GArray *sized)
{
  const char *found = NULL;

  if (isnan (node->x + node->y))
    return;
  for (guint i = 0; i < sized->len && found == NULL; i++)
    {
      const SizedZone *zone = &g_array_index (sized, SizedZone, i);

      if (holds (&zone->area, node->x + PTL_NODE_WIDTH / 2.0, node->y + PTL_NODE_HEIGHT / 2.0))
        found = zone->id;
    }
  ptl_replace_text (&node->zone, found);
}

/* Moving */

static gboolean
shift (PtlEdit *edit, PtlItem item, Shift by, GError **error)
{
  gpointer record = ptl_record (ptl_edit_get_plan (edit), item.kind, item.index);
  const double *old = ptl_record_position (item.kind, record, NULL);
  double *new;

  if (old == NULL || isnan (old[0] + old[1]))
    return TRUE; /* what stands nowhere stays there */
  new = ptl_record_position (item.kind, ptl_edit_change (edit, item.kind, item.index), NULL);
  return ptl_edit_set_coordinate (&new[0], old[0] + by.x, error)
         && ptl_edit_set_coordinate (&new[1], old[1] + by.y, error);
}

/* Shifts the members of the zones among the items. */
static gboolean
carry_members (PtlEdit *edit, const PtlItem *items, const Shift *shifts, guint n, GError **error)
{
  const PtlPlan *plan = ptl_edit_get_plan (edit);
  g_autoptr (GHashTable) carried = g_hash_table_new (ptl_hash_text, g_str_equal);

  for (guint i = 0; i < n; i++)
    if (items[i].kind == PTL_RECORD_ZONE)
      g_hash_table_insert (carried, ((PtlZone *) plan->zones->pdata[items[i].index])->id, (gpointer) &shifts[i]);
  if (g_hash_table_size (carried) == 0)
    return TRUE;
  for (guint i = 0; i < plan->nodes->len; i++)
    {
      const char *zone = ((const PtlNode *) plan->nodes->pdata[i])->zone;
      const Shift *by = zone != NULL ? g_hash_table_lookup (carried, zone) : NULL;

      if (by != NULL && !shift (edit, (PtlItem){ PTL_RECORD_NODE, i }, *by, error))
        return FALSE;
    }
  return TRUE;
}

/* Shifts each item, zones with their members; the other nodes then find their zones. */
static gboolean
shift_all (PtlEdit *edit, const PtlItem *items, const Shift *shifts, guint n, GError **error)
{
  g_autoptr (GArray) sized = NULL;
  g_autoptr (GArray) alone = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < n; i++)
    if (items[i].kind == PTL_RECORD_ZONE && !shift (edit, items[i], shifts[i], error))
      return FALSE;
  if (!carry_members (edit, items, shifts, n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      if (ptl_edit_has (edit, items[i].kind, items[i].index))
        continue; /* a zone, or carried by one */
      if (!shift (edit, items[i], shifts[i], error))
        return FALSE;
      if (items[i].kind == PTL_RECORD_NODE && ptl_edit_has (edit, PTL_RECORD_NODE, items[i].index))
        g_array_append_val (alone, items[i].index);
    }
  if (alone->len > 0)
    sized = sized_zones (edit);
  for (guint i = 0; i < alone->len; i++)
    find_zone (ptl_edit_change (edit, PTL_RECORD_NODE, g_array_index (alone, guint, i)), sized);
  return TRUE;
}

static gboolean
push_shifts (PtlHistory *history, const PtlItem *items, const Shift *shifts, guint n, const char *format, char *key,
             GError **error)
{
  g_autofree char *own_key = key;
  const PtlPlan *plan = ptl_history_get_plan (history);
  g_autoptr (PtlEdit) edit = ptl_edit_new (plan);

  return shift_all (edit, items, shifts, n, error)
         && ptl_history_push (history, g_steal_pointer (&edit), ptl_words (format, plan, items, n),
                              g_steal_pointer (&own_key), error);
}

gboolean
ptl_edit_move (PtlHistory *history, const PtlItem *items, guint n, double dx, double dy, GError **error)
{
  g_autofree Shift *shifts = g_new (Shift, n + 1);

  for (guint i = 0; i < n; i++)
    shifts[i] = (Shift){ dx, dy };
  return push_shifts (history, items, shifts, n, _ ("Move %s"), ptl_words_key ("move", items, n), error);
}

/* Aligning and distributing: each item along one axis */

typedef struct
{
  double from, size;
  guint item;
} Span;

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const Span *one = a, *other = b;
  double middle = one->from + one->size / 2, other_middle = other->from + other->size / 2;

  return (middle > other_middle) - (middle < other_middle);
}

/* How far each item that has a place reaches along the axis. */
static GArray *
spans_of (const PtlPlan *plan, const PtlItem *items, guint n, gboolean vertically)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));

  for (guint i = 0; i < n; i++)
    {
      gpointer record = ptl_record (plan, items[i].kind, items[i].index);
      PtlArea area;
      Span span = { .item = i };

      if (ptl_record_position (items[i].kind, record, NULL) == NULL)
        continue;
      area = area_of (items[i].kind, record);
      span.from = vertically ? area.y : area.x;
      span.size = vertically ? area.height : area.width;
      if (!isnan (span.from + span.size))
        g_array_append_val (spans, span);
    }
  return spans;
}

/* Moves the items to where `spans` has them by now. */
static gboolean
push_spans (PtlHistory *history, const PtlItem *items, guint n, const GArray *spans, gboolean vertically,
            const char *format, GError **error)
{
  g_autoptr (GArray) old = spans_of (ptl_history_get_plan (history), items, n, vertically);
  g_autofree double *was = g_new0 (double, n + 1);
  g_autofree Shift *shifts = g_new0 (Shift, n + 1);

  for (guint i = 0; i < old->len; i++)
    was[g_array_index (old, Span, i).item] = g_array_index (old, Span, i).from;
  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);

      *(vertically ? &shifts[span->item].y : &shifts[span->item].x) = span->from - was[span->item];
    }
  return push_shifts (history, items, shifts, n, format, NULL, error);
}

gboolean
ptl_edit_align (PtlHistory *history, const PtlItem *items, guint n, PtlAlignment alignment, GError **error)
{
  gboolean vertically = alignment >= PTL_ALIGN_TOP;
  double part = (alignment % 3) / 2.0; /* of the way from the first edge to the last */
  double from = INFINITY, to = -INFINITY;
  g_autoptr (GArray) spans = spans_of (ptl_history_get_plan (history), items, n, vertically);

  if (spans->len < 2)
    return ptl_words_refuse (error, _ ("choose two or more things to align"));
  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);

      from = MIN (from, span->from);
      to = MAX (to, span->from + span->size);
    }
  for (guint i = 0; i < spans->len; i++)
    {
      Span *span = &g_array_index (spans, Span, i);

      span->from = from + (to - from - span->size) * part;
    }
  return push_spans (history, items, n, spans, vertically, _ ("Align %s"), error);
}

gboolean
ptl_edit_distribute (PtlHistory *history, const PtlItem *items, guint n, gboolean vertically, GError **error)
{
  g_autoptr (GArray) spans = spans_of (ptl_history_get_plan (history), items, n, vertically);
  const Span *first, *last;
  double gap, place;

  if (spans->len < 3)
    return ptl_words_refuse (error, _ ("choose three or more things to distribute"));
  g_array_sort (spans, compare_spans);
  first = &g_array_index (spans, Span, 0);
  last = &g_array_index (spans, Span, spans->len - 1);
  place = first->from;
  gap = last->from + last->size - first->from;
  for (guint i = 0; i < spans->len; i++)
    gap -= g_array_index (spans, Span, i).size;
  gap /= spans->len - 1;
  for (guint i = 0; i < spans->len; i++)
    {
      Span *span = &g_array_index (spans, Span, i);

      span->from = place;
      place += span->size + gap;
    }
  return push_spans (history, items, n, spans, vertically, _ ("Distribute %s"), error);
}

/* Places */

gboolean
ptl_edit_place_area (PtlEdit *edit, PtlItem item, const PtlArea *area, GError **error)
{
  double *size, *position = ptl_record_position (item.kind, ptl_edit_change (edit, item.kind, item.index), &size);

  return ptl_edit_set_coordinate (&position[0], area->x, error)
         && ptl_edit_set_coordinate (&position[1], area->y, error)
         && (size == NULL
             || (ptl_edit_set_coordinate (&size[0], area->width, error)
                 && ptl_edit_set_coordinate (&size[1], area->height, error)));
}

gboolean
ptl_edit_arrange (PtlHistory *history, const PtlPlace *places, guint n, GError **error)
{
  g_autoptr (PtlEdit) edit = ptl_edit_new (ptl_history_get_plan (history));

  for (guint i = 0; i < n; i++)
    {
      PtlArea area = { places[i].x, places[i].y, places[i].width, places[i].height };

      if (!ptl_edit_place_area (edit, places[i].item, &area, error))
        return FALSE;
    }
  return ptl_history_push (history, g_steal_pointer (&edit), g_strdup (_ ("Arrange the plan")), NULL, error);
}

/* Pushes a card along when a border that moved inwards runs into it. */
static double
push_card (double place, double size, double old_from, double old_to, double from, double to)
{
  if (to < old_to && place + size > to)
    place = to - size;
  if (from > old_from && place < from)
    place = from;
  return place;
}

static gboolean
push_members (PtlHistory *history, PtlEdit *edit, const PtlZone *base, const char *key, const PtlArea *area,
              GError **error)
{
  const PtlPlan *plan = ptl_edit_get_plan (edit);

  for (guint i = 0; i < plan->nodes->len; i++)
    {
      const PtlNode *node = plan->nodes->pdata[i];
      PtlArea card;

      if (g_strcmp0 (node->zone, base->id) != 0 || isnan (node->x + node->y))
        continue;
      node = ptl_history_base (history, key, PTL_RECORD_NODE, i);
      card.x = push_card (node->x, PTL_NODE_WIDTH, base->x, base->x + base->width, area->x, area->x + area->width);
      card.y = push_card (node->y, PTL_NODE_HEIGHT, base->y, base->y + base->height, area->y, area->y + area->height);
      if (!ptl_edit_place_area (edit, (PtlItem){ PTL_RECORD_NODE, i }, &card, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
ptl_edit_resize_zone (PtlHistory *history, guint zone, double x, double y, double width, double height, GError **error)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  g_autoptr (PtlEdit) edit = ptl_edit_new (plan);
  PtlItem item = { PTL_RECORD_ZONE, zone };
  g_autofree char *key = ptl_words_key ("resize", &item, 1);
  PtlArea area = { x, y, width, height };

  if (!ptl_edit_check_size (width, height, error) || !ptl_edit_place_area (edit, item, &area, error)
      || !push_members (history, edit, ptl_history_base (history, key, PTL_RECORD_ZONE, zone), key, &area, error))
    return FALSE;
  return ptl_history_push (history, g_steal_pointer (&edit), ptl_words (_ ("Resize %s"), plan, &item, 1),
                           g_steal_pointer (&key), error);
}

gboolean
ptl_edit_check_size (double width, double height, GError **error)
{
  if (width >= 1 && height >= 1)
    return TRUE;
  return ptl_words_refuse (error, _ ("a zone has a width and a height of at least 1"));
}

/* The nearest place of a card inside the zone; in one that is too small, its upper left corner. */
static void
move_into (PtlNode *node, const PtlZone *zone)
{
  if (isnan (node->x + node->y + zone->x + zone->y + zone->width + zone->height))
    return;
  node->x = to_coordinate (MAX (zone->x, MIN (node->x, zone->x + zone->width - PTL_NODE_WIDTH)));
  node->y = to_coordinate (MAX (zone->y, MIN (node->y, zone->y + zone->height - PTL_NODE_HEIGHT)));
}

gboolean
ptl_edit_set_zone (PtlHistory *history, const PtlItem *nodes, guint n, int zone, GError **error)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  const PtlZone *target = zone >= 0 ? plan->zones->pdata[zone] : NULL;
  PtlEdit *edit = ptl_edit_new (plan);

  for (guint i = 0; i < n; i++)
    {
      PtlNode *node = ptl_edit_change (edit, PTL_RECORD_NODE, nodes[i].index);

      ptl_replace_text (&node->zone, target != NULL ? target->id : NULL);
      if (target != NULL)
        move_into (node, target);
    }
  return ptl_history_push (history, edit, ptl_words (_ ("Change the zone of %s"), plan, nodes, n), NULL, error);
}
