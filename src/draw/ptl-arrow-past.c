#include <string.h>

#include "ptl-arrows-private.h"

/* What is remembered of ways, so that arrows made after a small change need not look for all of them again. */

#define MANY 64 /* changes after which nothing is taken over */

struct _PtlArrowPast
{
  PtlBox *zones, *firewalls, *implied;
  guint n_firewalls, n_implied;
  PtlArrowRaw *raws; /* one a talk */
};

struct _PtlArrowMemory
{
  const PtlArrows *arrows, *before;
  int *old;        /* of a node: what it was before, where nothing of it changed; or -1 */
  GArray *changed; /* PtlExtent: where something to go around stands that did not, or stood that does not */
};

PtlArrowRaw *
ptl_arrow_past_make (PtlArrows *arrows, const PtlLayout *layout)
{
  const PtlGraph *graph = arrows->talks->routes->flows->graph;
  PtlArrowPast *past = ptl_arrows_keep (arrows, g_new (PtlArrowPast, 1));

  past->n_firewalls = graph->n_firewalls;
  past->n_implied = layout->n_implied;
  past->zones = ptl_arrows_keep (arrows, g_memdup2 (layout->zones, (graph->n_zones + 1) * sizeof (PtlBox)));
  past->firewalls = ptl_arrows_keep (arrows, g_memdup2 (layout->firewalls, (graph->n_firewalls + 1) * sizeof (PtlBox)));
  past->implied = ptl_arrows_keep (arrows, g_memdup2 (layout->implied, layout->n_implied * sizeof (PtlBox)));
  past->raws = ptl_arrows_keep (arrows, g_new (PtlArrowRaw, arrows->n + 1));
  arrows->past = past;
  return past->raws;
}

static gboolean
same_surroundings (const PtlArrows *arrows, const PtlArrows *before)
{
  const PtlGraph *now = arrows->talks->routes->flows->graph, *then = before->talks->routes->flows->graph;

  if (now->n_zones != then->n_zones || arrows->past->n_firewalls != before->past->n_firewalls
      || memcmp (arrows->past->zones, before->past->zones, now->n_zones * sizeof (PtlBox)) != 0
      || memcmp (arrows->past->firewalls, before->past->firewalls, now->n_firewalls * sizeof (PtlBox)) != 0)
    return FALSE;
  for (guint i = 0; i < now->n_zones; i++)
    if (!g_str_equal (now->zones[i].name, then->zones[i].name))
      return FALSE;
  return TRUE;
}

static void
add_changed (PtlArrowMemory *memory, const PtlBox *box)
{
  PtlExtent extent = ptl_extent_of (box);

  g_array_append_val (memory->changed, extent);
}

/* Firewalls that the plan does not name come, go and move with what flows between the zones. */
static void
find_changed_implied (PtlArrowMemory *memory)
{
  const PtlArrowPast *now = memory->arrows->past, *then = memory->before->past;

  for (guint i = 0; i < MAX (now->n_implied, then->n_implied); i++)
    {
      if (i < now->n_implied && i < then->n_implied
          && memcmp (&now->implied[i], &then->implied[i], sizeof (PtlBox)) == 0)
        continue;
      if (i < now->n_implied)
        add_changed (memory, &now->implied[i]);
      if (i < then->n_implied)
        add_changed (memory, &then->implied[i]);
    }
}

static void
find_changed_nodes (PtlArrowMemory *memory)
{
  const PtlGraph *now = memory->arrows->talks->routes->flows->graph;
  const PtlGraph *then = memory->before->talks->routes->flows->graph;
  g_autofree gboolean *stays = g_new0 (gboolean, then->n_nodes + 1);

  for (guint i = 0; i < now->n_nodes; i++)
    {
      int old = memory->old[i];

      if (old >= 0 && now->nodes[i].zone == then->nodes[old].zone)
        stays[old] = TRUE;
      else
        {
          memory->old[i] = -1;
          add_changed (memory, &memory->arrows->nodes[i]);
        }
    }
  for (guint i = 0; i < then->n_nodes; i++)
    if (!stays[i])
      add_changed (memory, &memory->before->nodes[i]);
}

/**
 * ptl_arrow_memory_new:
 * @arrows: with a past
 * @before: (nullable): may be drafts
 *
 * Returns: (nullable) (transfer full): what can be taken over from @before
 */
PtlArrowMemory *
ptl_arrow_memory_new (const PtlArrows *arrows, const PtlArrows *before)
{
  PtlArrowMemory *memory;

  if (before != NULL && before->base != NULL)
    before = before->base;
  if (before == NULL || before->past == NULL || !same_surroundings (arrows, before))
    return NULL;
  memory = g_new (PtlArrowMemory, 1);
  memory->arrows = arrows;
  memory->before = before;
  memory->old = ptl_arrows_match_nodes (arrows, before);
  memory->changed = g_array_new (FALSE, FALSE, sizeof (PtlExtent));
  find_changed_nodes (memory);
  find_changed_implied (memory);
  return memory;
}

void
ptl_arrow_memory_free (PtlArrowMemory *memory)
{
  if (memory == NULL)
    return;
  g_free (memory->old);
  g_array_unref (memory->changed);
  g_free (memory);
}

/* The way of a talk before the lanes, if it is still what would be found; or NULL. */
const PtlArrowRaw *
ptl_arrow_memory_find (const PtlArrowMemory *memory, guint index, double margin)
{
  const PtlTalk *talk = &memory->arrows->talks->talks[index];
  int a = memory->old[talk->a], b = memory->old[talk->b], found = (int) index;
  const PtlArrowRaw *raw;

  if (a < 0 || b <= a || memory->changed->len > MANY)
    return NULL;
  if (memory->before->talks != memory->arrows->talks)
    found = ptl_talks_find (memory->before->talks, (guint) a, (guint) b);
  if (found < 0)
    return NULL;
  raw = &memory->before->past->raws[found];
  for (guint i = 0; i < memory->changed->len; i++)
    {
      const PtlExtent *box = &g_array_index (memory->changed, PtlExtent, i);

      if (box->low[0] - margin <= raw->reach.high[0] && box->high[0] + margin >= raw->reach.low[0]
          && box->low[1] - margin <= raw->reach.high[1] && box->high[1] + margin >= raw->reach.low[1])
        return NULL;
    }
  return raw;
}
