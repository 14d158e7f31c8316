#include "ptl-sheet-light.h"

typedef struct
{
  const PtlTalks *talks;
  gboolean *talk_lit, *node_lit;
  gboolean *is_source, *is_destination; /* of the row that is looked at */
} Light;

static void
mark (gboolean *marks, const guint *nodes, guint n, gboolean value)
{
  for (guint i = 0; i < n; i++)
    marks[nodes[i]] = value;
}

static void
light_pairs (Light *light, const PtlRow *row)
{
  for (guint i = 0; i < row->n_sources; i++)
    for (guint j = 0; j < row->n_destinations; j++)
      {
        int talk = ptl_talks_find (light->talks, row->sources[i], row->destinations[j]);

        if (talk >= 0)
          light->talk_lit[talk] = TRUE;
      }
}

static void
light_talks (Light *light, const PtlRow *row)
{
  mark (light->is_source, row->sources, row->n_sources, TRUE);
  mark (light->is_destination, row->destinations, row->n_destinations, TRUE);
  for (guint i = 0; i < light->talks->n; i++)
    {
      const PtlTalk *talk = &light->talks->talks[i];

      light->talk_lit[i] |= (light->is_source[talk->a] && light->is_destination[talk->b])
                            || (light->is_source[talk->b] && light->is_destination[talk->a]);
    }
  mark (light->is_source, row->sources, row->n_sources, FALSE);
  mark (light->is_destination, row->destinations, row->n_destinations, FALSE);
}

static GArray *
list_marked (const gboolean *marks, guint n)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < n; i++)
    if (marks[i])
      g_array_append_val (list, i);
  return list;
}

/* While the sheets are older than the talks, nothing is lit: that comes with the new ones. */
void
ptl_sheet_light (PtlSession *session, const GPtrArray *rows)
{
  const PtlTalks *all = ptl_session_get_talks (session);
  guint n_nodes = all->routes->flows->graph->n_nodes;
  g_autofree gboolean *marks = g_new0 (gboolean, all->n + 3 * n_nodes + 1);
  Light light = { all, marks, marks + all->n, marks + all->n + n_nodes, marks + all->n + 2 * n_nodes };
  g_autoptr (GArray) talks = NULL, nodes = NULL;

  if (ptl_sheets_routes (ptl_session_get_sheets (session)) != all->routes)
    return;
  for (guint i = 0; i < rows->len; i++)
    {
      const PtlRow *row = rows->pdata[i];

      mark (light.node_lit, row->sources, row->n_sources, TRUE);
      mark (light.node_lit, row->destinations, row->n_destinations, TRUE);
      if ((guint64) row->n_sources * row->n_destinations < all->n)
        light_pairs (&light, row);
      else
        light_talks (&light, row);
    }
  talks = list_marked (light.talk_lit, all->n);
  nodes = list_marked (light.node_lit, n_nodes);
  ptl_session_set_light (session, (const guint *) (gpointer) talks->data, talks->len,
                         (const guint *) (gpointer) nodes->data, nodes->len);
}
