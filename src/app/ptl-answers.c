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
  PtlAnswers *answers = g_new (PtlAnswers, 1);

  answers->sheets = ptl_sheets_new (talks->routes, FALSE);
  answers->findings = ptl_check (talks->routes);
  answers->talks = ptl_talks_ref (talks);
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
  g_free (answers);
}
