#include "ptl-problem-light.h"

static gboolean
rests_on (const PtlTalks *talks, const PtlFlow *flow, guint conflict)
{
  const PtlCatalogue *catalogue = talks->routes->flows->graph->catalogue;
  const GArray *conflicts = ptl_catalogue_rule (catalogue, flow->rule)->services[flow->service].conflicts;

  for (guint i = 0; i < conflicts->len; i++)
    if (g_array_index (conflicts, guint, i) == conflict)
      return ptl_lens_shows_flow (&talks->lens, catalogue, flow);
  return FALSE;
}

static gboolean
has_conflict (const PtlTalks *talks, guint from, guint to, guint conflict)
{
  const PtlBundle *bundle = ptl_flows_between (talks->routes->flows, from, to);

  for (guint i = 0; bundle != NULL && i < bundle->n; i++)
    if (rests_on (talks, &bundle->flows[i], conflict))
      return TRUE;
  return FALSE;
}

void
ptl_problem_light (PtlSession *session, const char *conflict)
{
  const PtlTalks *talks = ptl_session_get_talks (session);
  int index = ptl_catalogue_find_conflict (ptl_session_get_plan (session)->catalogue, conflict);
  g_autoptr (GArray) lit = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < talks->n && index >= 0; i++)
    {
      const PtlTalk *talk = &talks->talks[i];

      if (!has_conflict (talks, talk->a, talk->b, (guint) index)
          && !has_conflict (talks, talk->b, talk->a, (guint) index))
        continue;
      g_array_append_val (lit, i);
      g_array_append_val (ends, talk->a);
      g_array_append_val (ends, talk->b);
    }
  ptl_session_set_light (session, (const guint *) (gpointer) lit->data, lit->len, (const guint *) (gpointer) ends->data,
                         ends->len);
}
