#include "ptl-answers.h"

PtlAnswers *
ptl_answers_new (PtlRoutes *routes, const PtlLens *lens)
{
  PtlAnswers *answers = g_new (PtlAnswers, 1);

  answers->sheets = ptl_sheets_new (routes, FALSE);
  answers->findings = ptl_check (routes);
  answers->talks = ptl_talks_new (routes, answers->sheets, lens); /* makes all rows, too */
  return answers;
}

PtlAnswers *
ptl_answers_new_quick (PtlTalks *talks)
{
  PtlAnswers *answers = g_new0 (PtlAnswers, 1);

  answers->sheets = ptl_sheets_new (talks->routes, FALSE);
  answers->talks = ptl_talks_ref (talks);
  return answers;
}

GPtrArray *
ptl_answers_get_findings (PtlAnswers *answers)
{
  if (answers->findings == NULL)
    answers->findings = ptl_check (answers->talks->routes);
  return answers->findings;
}

void
ptl_answers_free (PtlAnswers *answers)
{
  if (answers == NULL)
    return;
  ptl_talks_unref (answers->talks);
  g_clear_pointer (&answers->findings, g_ptr_array_unref);
  ptl_sheets_free (answers->sheets);
  g_free (answers);
}
