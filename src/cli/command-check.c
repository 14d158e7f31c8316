#include "command.h"

#include "engine/ptl-check.h"
#include "export/ptl-csv.h"

static void
write_csv (PtlOutput *output, const GPtrArray *findings)
{
  static const char *const header[] = { "severity", "code", "kind", "subject", "message" };

  ptl_csv_row (output, header, G_N_ELEMENTS (header));
  for (guint i = 0; i < findings->len; i++)
    {
      const PtlFinding *finding = g_ptr_array_index (findings, i);
      const char *fields[]
          = { ptl_severity_names[finding->severity], finding->code, finding->kind, finding->subject, finding->message };

      ptl_csv_row (output, fields, G_N_ELEMENTS (fields));
    }
}

static void
write_lines (PtlOutput *output, const GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const PtlFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *line = g_strdup_printf ("%s[%s] %s %s: %s\n", ptl_severity_names[finding->severity],
                                               finding->code, finding->kind, finding->subject, finding->message);

      ptl_output_text (output, line);
    }
}

/* Errors stand first. */
static gboolean
has_error (const GPtrArray *findings)
{
  return findings->len > 0 && ((PtlFinding *) g_ptr_array_index (findings, 0))->severity == PTL_SEVERITY_ERROR;
}

static int
run (const PtlCliCommand *command, int argc, char **argv)
{
  gboolean csv = FALSE;
  const GOptionEntry options[] = {
    { "csv", 0, 0, G_OPTION_ARG_NONE, &csv, "Write the findings as CSV", NULL },
    { NULL },
  };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (PtlCliPlan) plan = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  PtlOutput *output;
  int status;

  if (!ptl_cli_parse (command, argc, argv, options, "The exit status is 1 when an error was found.", &arguments,
                      &status))
    return status;
  plan = ptl_cli_plan_load (arguments[0]);
  if (plan == NULL)
    return PTL_EXIT_FAILED;
  findings = ptl_check (plan->routes);
  output = ptl_cli_stdout ();
  (csv ? write_csv : write_lines) (output, findings);
  return ptl_cli_finish (output, has_error (findings) ? PTL_EXIT_FOUND : PTL_EXIT_DONE);
}

const PtlCliCommand ptl_command_check
    = { "check", "PLAN", "Say what is wrong or doubtful in a plan, one line each", 1, 1, run };
