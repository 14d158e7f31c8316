#include "command.h"

#include "export/ptl-catalogue-csv.h"
#include "io/ptl-catalogue-file.h"

static int
run (const PtlCliCommand *command, int argc, char **argv)
{
  const GOptionEntry options[] = { { NULL } };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (PtlCatalogue) catalogue = NULL;
  g_autoptr (GError) error = NULL;
  PtlOutput *output;
  int status;

  if (!ptl_cli_parse (command, argc, argv, options, NULL, &arguments, &status))
    return status;
  catalogue = ptl_catalogue_load (&error);
  if (catalogue == NULL)
    return ptl_cli_fail (NULL, error);
  output = ptl_cli_stdout ();
  ptl_catalogue_write_csv (catalogue, output);
  return ptl_cli_finish (output, PTL_EXIT_DONE);
}

const PtlCliCommand ptl_command_catalogue
    = { "catalogue", NULL, "Write the embedded port data with its provenance as CSV", 0, 0, run };
