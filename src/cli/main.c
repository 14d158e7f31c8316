#include "command.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const PtlCliCommand *const commands[] = {
  &ptl_command_flows,     &ptl_command_sheets, &ptl_command_check, &ptl_command_why,
  &ptl_command_catalogue, &ptl_command_draw,   &ptl_command_new,
};

static int
print_help (void)
{
  PtlOutput *output = ptl_cli_stdout ();

  ptl_output_text (output, "Usage:\n"
                           "  portolan-cli COMMAND [OPTION…] ARGUMENT…\n\n"
                           "Plans which server of a Configuration Manager hierarchy talks to which, across which\n"
                           "firewall and on which ports, and writes the firewalls' rule sheets.\n\n"
                           "Commands:\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *line = g_strdup_printf ("  %-10s %s\n", commands[i]->name, commands[i]->summary);

      ptl_output_text (output, line);
    }
  ptl_output_text (output, "\nOptions:\n"
                           "  --help     Show this help; behind a command, that command's\n"
                           "  --version  Show the version\n\n"
                           "PLAN may be - for standard input.\n");
  return ptl_cli_finish (output, PTL_EXIT_DONE);
}

static int
print_version (void)
{
  PtlOutput *output = ptl_cli_stdout ();

  ptl_output_text (output, "portolan-cli " PTL_VERSION "\n");
  return ptl_cli_finish (output, PTL_EXIT_DONE);
}

static int
run (int argc, char **argv)
{
  const char *name = argc > 1 ? argv[1] : NULL;

  if (name == NULL)
    return ptl_cli_usage (NULL, "a command is missing");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (name, commands[i]->name) == 0)
      return commands[i]->run (commands[i], argc - 1, argv + 1);
  if (*name != '-')
    return ptl_cli_usage (NULL, "there is no command “%s”", name);
  if (argc > 2)
    return ptl_cli_usage (NULL, "unexpected argument “%s”", argv[2]);
  if (strcmp (name, "--help") == 0 || strcmp (name, "-h") == 0)
    return print_help ();
  if (strcmp (name, "--version") == 0)
    return print_version ();
  return ptl_cli_usage (NULL, "there is no option “%s”", name);
}

/* A file opened later must not become standard output or standard error because that one is closed. */
static void
keep_standard_files (void)
{
  for (int fd = 0; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) == -1 && open ("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
      _exit (PTL_EXIT_FAILED);
}

/* No setlocale (): everything we read and write is UTF-8 and English, with the same numbers everywhere. */
int
main (int argc, char **argv)
{
  keep_standard_files ();
  signal (SIGPIPE, SIG_IGN);
  return run (argc, argv);
}
