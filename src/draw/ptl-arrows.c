#include "ptl-arrows.h"

#include <string.h>

#define LABEL_HEIGHT 14
#define LABEL_LETTER 6 /* units that a letter of a label takes */

static gpointer
keep (PtlArrows *arrows, gpointer block)
{
  g_ptr_array_add (arrows->blocks, block);
  return block;
}

/* Straight from the one box to the other. */
static void
set_way (PtlArrows *arrows, PtlArrow *arrow, const PtlBox *a, const PtlBox *b)
{
  PtlPoint *points = keep (arrows, g_new (PtlPoint, 2));

  points[0] = ptl_box_leave (a, ptl_box_centre (b), 0);
  points[1] = ptl_box_leave (b, ptl_box_centre (a), 0);
  arrow->points = points;
  arrow->n_points = 2;
}

static void
set_label (PtlArrow *arrow, const char *text)
{
  double width = strlen (text) * LABEL_LETTER;
  PtlPoint middle = { (arrow->points[0].x + arrow->points[1].x) / 2, (arrow->points[0].y + arrow->points[1].y) / 2 };

  arrow->label = (PtlBox){ middle.x - width / 2, middle.y - LABEL_HEIGHT / 2, width, LABEL_HEIGHT };
}

static void
set_marks (PtlArrows *arrows, PtlArrow *arrow, const PtlRoute *route)
{
  PtlPoint *marks = keep (arrows, g_new (PtlPoint, route->n_firewalls + 1));
  PtlPoint from = arrow->points[0], to = arrow->points[1];

  for (guint i = 0; i < route->n_firewalls; i++)
    {
      double part = (i + 1) / (route->n_firewalls + 1.0);

      marks[i] = (PtlPoint){ from.x + part * (to.x - from.x), from.y + part * (to.y - from.y) };
    }
  arrow->marks = marks;
  arrow->n_marks = route->n_firewalls;
}

static void
add_arrow (PtlArrows *arrows, guint index, const PtlLayout *layout)
{
  const PtlTalk *talk = &arrows->talks->talks[index];
  const PtlGraphNode *nodes = arrows->talks->routes->flows->graph->nodes;
  PtlArrow *arrow = &arrows->arrows[index];

  arrow->talk = index;
  set_way (arrows, arrow, &layout->nodes[talk->a], &layout->nodes[talk->b]);
  if (talk->kind == PTL_TALK_INNER)
    return;
  set_label (arrow, talk->label);
  set_marks (arrows, arrow,
             ptl_routes_between (arrows->talks->routes, (guint) nodes[talk->a].zone, (guint) nodes[talk->b].zone));
}

/**
 * ptl_arrows_new:
 * @layout: where everything stands
 * @before: (nullable): arrows made before: ways on which nothing changed are taken from there, which is quicker
 *
 * Returns: (transfer full): the ways of all arrows and trunks; they keep the talks, not the layout
 */
PtlArrows *
ptl_arrows_new (PtlTalks *talks, const PtlLayout *layout, PtlArrows *before)
{
  PtlArrows *arrows = g_new0 (PtlArrows, 1);

  g_atomic_ref_count_init (&arrows->refs);
  arrows->talks = ptl_talks_ref (talks);
  arrows->blocks = g_ptr_array_new_with_free_func (g_free);
  arrows->nodes = g_memdup2 (layout->nodes, (talks->routes->flows->graph->n_nodes + 1) * sizeof (PtlBox));
  arrows->n = talks->n;
  arrows->arrows = g_new0 (PtlArrow, talks->n + 1);
  arrows->n_trunks = talks->n_trunks;
  arrows->trunks = g_new0 (PtlArrow, talks->n_trunks + 1);
  for (guint i = 0; i < talks->n; i++)
    add_arrow (arrows, i, layout);
  for (guint i = 0; i < talks->n_trunks; i++)
    {
      arrows->trunks[i].talk = i;
      set_way (arrows, &arrows->trunks[i], &layout->zones[talks->trunks[i].a], &layout->zones[talks->trunks[i].b]);
    }
  return arrows;
}

PtlArrows *
ptl_arrows_ref (PtlArrows *arrows)
{
  g_atomic_ref_count_inc (&arrows->refs);
  return arrows;
}

void
ptl_arrows_unref (PtlArrows *arrows)
{
  if (arrows == NULL || !g_atomic_ref_count_dec (&arrows->refs))
    return;
  g_free (arrows->arrows);
  g_free (arrows->trunks);
  g_free (arrows->nodes);
  g_ptr_array_unref (arrows->blocks);
  ptl_arrows_unref (arrows->base);
  ptl_talks_unref (arrows->talks);
  g_free (arrows);
}
