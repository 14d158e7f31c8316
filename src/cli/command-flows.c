#include "command.h"

#include <unistd.h>

#include "export/ptl-flows-csv.h"

static gboolean
on_progress_cb (guint done, guint total, gpointer data)
{
  if (!isatty (STDOUT_FILENO))
    ptl_cli_progress ("flows of %u of %u nodes", done, total);
  return TRUE;
}

static int
run (const PtlCliCommand *command, int argc, char **argv)
{
  gboolean crossing = FALSE;
  const GOptionEntry options[] = {
    { "crossing", 0, 0, G_OPTION_ARG_NONE, &crossing, "Only flows from one zone to another", NULL },
    { NULL },
  };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (PtlCliPlan) plan = NULL;
  PtlOutput *output;
  int status;

  if (!ptl_cli_parse (command, argc, argv, options, NULL, &arguments, &status))
    return status;
  plan = ptl_cli_plan_load (arguments[0]);
  if (plan == NULL)
    return PTL_EXIT_FAILED;
  ptl_cli_plan_warn (plan);
  output = ptl_cli_stdout ();
  ptl_flows_write_csv (plan->routes, crossing, output, on_progress_cb, NULL);
  return ptl_cli_finish (output, PTL_EXIT_DONE);
}

const PtlCliCommand ptl_command_flows = { "flows", "PLAN", "Write every flow as CSV on standard output", 1, 1, run };
