#include <string.h>

#include "ptl-arrow-hit.h"
#include "ptl-arrows-private.h"

/* Drafts of arrows: what stands as it stood is taken over, the rest goes straight ahead. In time proportional to the
 * arrows, whatever they have to go round. */

typedef struct
{
  const PtlArrows *before;
  int *old; /* of a node now: what it was before, where it stands where it stood; or -1 */
} Draft;

static PtlPoint *
new_points (PtlArrows *arrows, guint n)
{
  return ptl_arrows_keep (arrows, g_new (PtlPoint, n));
}

/* From the middle of the one side to that of the other, with a step half way. */
static void
go_simply (PtlArrows *arrows, PtlArrow *arrow, const PtlBox *a, const PtlBox *b)
{
  PtlPoint from = ptl_box_centre (a), to = ptl_box_centre (b);
  PtlPoint *points = new_points (arrows, 4);
  double dx = to.x - from.x, dy = to.y - from.y;

  if (fabs (dx) - (a->width + b->width) / 2 >= fabs (dy) - (a->height + b->height) / 2)
    {
      double out = dx < 0 ? a->x : ptl_box_right (a), in = dx < 0 ? ptl_box_right (b) : b->x;

      points[0] = (PtlPoint){ out, from.y };
      points[1] = (PtlPoint){ (out + in) / 2, from.y };
      points[2] = (PtlPoint){ (out + in) / 2, to.y };
      points[3] = (PtlPoint){ in, to.y };
    }
  else
    {
      double out = dy < 0 ? a->y : ptl_box_bottom (a), in = dy < 0 ? ptl_box_bottom (b) : b->y;

      points[0] = (PtlPoint){ from.x, out };
      points[1] = (PtlPoint){ from.x, (out + in) / 2 };
      points[2] = (PtlPoint){ to.x, (out + in) / 2 };
      points[3] = (PtlPoint){ to.x, in };
    }
  arrow->points = points;
  arrow->n_points = 4;
}

/* The ends were the other way round. */
static void
turn_round (PtlArrows *arrows, PtlArrow *arrow)
{
  PtlPoint *points = new_points (arrows, arrow->n_points), *marks = new_points (arrows, arrow->n_marks);

  for (guint i = 0; i < arrow->n_points; i++)
    points[i] = arrow->points[arrow->n_points - 1 - i];
  for (guint i = 0; i < arrow->n_marks; i++)
    marks[i] = arrow->marks[arrow->n_marks - 1 - i];
  arrow->points = points;
  arrow->marks = marks;
}

static gboolean
same_place (const PtlBox *a, const PtlBox *b)
{
  return memcmp (a, b, sizeof *a) == 0;
}

/* The nodes of both are sorted by id: those in both that did not move. */
int *
ptl_arrows_match_nodes (const PtlArrows *arrows, const PtlArrows *before)
{
  const PtlFlows *now = arrows->talks->routes->flows, *then = before->talks->routes->flows;
  int *old = g_new (int, now->graph->n_nodes + 1);

  for (guint i = 0, j = 0; i < now->graph->n_nodes; i++)
    {
      guint node = now->by_id[i];
      int order = -1;

      while (j < then->graph->n_nodes
             && (order = strcmp (then->graph->nodes[then->by_id[j]].id, now->graph->nodes[node].id)) < 0)
        j++;
      old[node]
          = j < then->graph->n_nodes && order == 0 && same_place (&arrows->nodes[node], &before->nodes[then->by_id[j]])
                ? (int) then->by_id[j]
                : -1;
    }
  return old;
}

static guint
count_firewalls (const PtlTalks *talks, const PtlTalk *talk)
{
  const PtlGraphNode *nodes = talks->routes->flows->graph->nodes;

  if (talk->kind == PTL_TALK_INNER)
    return 0;
  return ptl_routes_between (talks->routes, (guint) nodes[talk->a].zone, (guint) nodes[talk->b].zone)->n_firewalls;
}

/* What went this way before, as long as nothing of it is another: what it is called, how many firewalls it crosses. */
static const PtlArrow *
find_before (const Draft *draft, const PtlTalks *talks, guint i, gboolean *backwards)
{
  const PtlTalk *talk = &talks->talks[i], *then;
  int a = draft->old[talk->a], b = draft->old[talk->b], found;

  *backwards = a > b;
  if (a < 0 || b < 0)
    return NULL;
  if (draft->before->talks == talks)
    return &draft->before->arrows[i];
  found = ptl_talks_find (draft->before->talks, (guint) a, (guint) b);
  if (found < 0)
    return NULL;
  then = &draft->before->talks->talks[found];
  if (then->kind != talk->kind || !g_str_equal (then->label, talk->label)
      || draft->before->arrows[found].n_marks != count_firewalls (talks, talk))
    return NULL;
  return &draft->before->arrows[found];
}

static void
add_arrow (PtlArrows *arrows, guint i, const Draft *draft, const PtlLayout *layout)
{
  const PtlTalk *talk = &arrows->talks->talks[i];
  gboolean backwards = FALSE;
  const PtlArrow *before = draft->before != NULL ? find_before (draft, arrows->talks, i, &backwards) : NULL;

  if (before != NULL)
    arrows->arrows[i] = *before;
  else
    go_simply (arrows, &arrows->arrows[i], &layout->nodes[talk->a], &layout->nodes[talk->b]);
  arrows->arrows[i].talk = i;
  if (backwards && before != NULL)
    turn_round (arrows, &arrows->arrows[i]);
}

PtlArrows *
ptl_arrows_new_draft (PtlTalks *talks, const PtlLayout *layout, PtlArrows *before)
{
  PtlArrows *arrows = ptl_arrows_alloc (talks, layout);
  Draft draft = { before, NULL };

  if (before != NULL)
    {
      arrows->base = ptl_arrows_ref (before);
      draft.old = ptl_arrows_match_nodes (arrows, before);
    }
  for (guint i = 0; i < talks->n; i++)
    add_arrow (arrows, i, &draft, layout);
  for (guint i = 0; i < talks->n_trunks; i++)
    {
      const PtlTrunk *trunk = &talks->trunks[i];

      arrows->trunks[i].talk = i;
      go_simply (arrows, &arrows->trunks[i], &layout->zones[trunk->a], &layout->zones[trunk->b]);
    }
  g_free (draft.old);
  arrows->partial = before != NULL && before->talks == talks;
  arrows->hit = ptl_arrow_hit_new (arrows->arrows, arrows->n, arrows->partial ? before->arrows : NULL);
  arrows->trunk_hit = ptl_arrow_hit_new (arrows->trunks, arrows->n_trunks, NULL);
  return arrows;
}
