#include "ptl-answers.h"

static int
find_site (const PtlGraph *graph, const char *code)
{
  for (guint i = 0; i < graph->n_sites && code != NULL; i++)
    if (g_str_equal (graph->sites[i].code, code))
      return (int) i;
  return -1;
}

PtlAnswers *
ptl_answers_new (PtlFlows *flows, int phase, const char *site, const char *firewall)
{
  PtlAnswers *answers = g_new0 (PtlAnswers, 1);
  PtlLens lens = { phase, find_site (flows->graph, site), -1 };

  answers->routes = ptl_routes_new (flows);
  if (firewall != NULL)
    lens.firewall = ptl_routes_find_firewall (answers->routes, firewall);
  answers->sheets = ptl_sheets_new (answers->routes, FALSE);
  answers->findings = ptl_check (answers->routes);
  answers->talks = ptl_talks_new (answers->routes, answers->sheets, &lens);
  return answers;
}

void
ptl_answers_free (PtlAnswers *answers)
{
  if (answers == NULL)
    return;
  ptl_talks_unref (answers->talks);
  g_ptr_array_unref (answers->findings);
  ptl_sheets_free (answers->sheets);
  ptl_routes_unref (answers->routes);
  g_free (answers);
}
