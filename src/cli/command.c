#include "command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "engine/ptl-check.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"

#define PROGRAM      "portolan-cli"
#define MAX_WARNINGS 20

static gboolean progress_shown;

/**
 * ptl_cli_progress_end:
 *
 * Wipes the progress away: messages and the end of the work take its place.
 */
void
ptl_cli_progress_end (void)
{
  if (progress_shown)
    fputs ("\r\033[K", stderr);
  progress_shown = FALSE;
}

/* File names and arguments may hold anything; a terminal gets only what can be seen. */
static char *
printable (const char *text)
{
  GString *result = g_string_new (NULL);

  while (*text != '\0')
    {
      gunichar c = g_utf8_get_char_validated (text, -1);
      const char *next = c >= (gunichar) -2 ? text + 1 : g_utf8_next_char (text);

      if (c < (gunichar) -2 && g_unichar_isprint (c))
        g_string_append_len (result, text, next - text);
      else
        for (const char *byte = text; byte < next; byte++)
          g_string_append_printf (result, "\\x%02x", (guchar) *byte);
      text = next;
    }
  return g_string_free (result, FALSE);
}

static void
say (const char *place, guint line, const char *text)
{
  g_autoptr (GString) message = g_string_new (PROGRAM ": ");
  g_autofree char *clean = NULL;

  if (place != NULL && line > 0)
    g_string_append_printf (message, "%s:%u: ", place, line);
  else if (place != NULL)
    g_string_append_printf (message, "%s: ", place);
  g_string_append (message, text);
  clean = printable (message->str);
  ptl_cli_progress_end ();
  fprintf (stderr, "%s\n", clean);
}

/**
 * ptl_cli_message:
 * @place: (nullable): the file that it is about
 * @line: the line in it, or 0
 * @format: a sentence
 *
 * Says something on standard error.
 */
void
ptl_cli_message (const char *place, guint line, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  say (place, line, text);
}

/**
 * ptl_cli_usage:
 * @command: (nullable): whose usage is wrong; %NULL for the program's
 * @format: what is wrong
 *
 * Returns: the exit status
 */
int
ptl_cli_usage (const PtlCliCommand *command, const char *format, ...)
{
  g_autofree char *text = NULL, *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  sentence = g_strdup_printf ("%s; see " PROGRAM "%s%s --help", text, command != NULL ? " " : "",
                              command != NULL ? command->name : "");
  say (NULL, 0, sentence);
  return PTL_EXIT_FAILED;
}

/**
 * ptl_cli_fail:
 * @place: (nullable): the file that it is about
 * @error: what went wrong
 *
 * Returns: the exit status
 */
int
ptl_cli_fail (const char *place, const GError *error)
{
  say (place, 0, error->message);
  return PTL_EXIT_FAILED;
}

/**
 * ptl_cli_progress:
 * @format: how far the work is
 *
 * Shows progress where a person watches and the work is long.
 */
void
ptl_cli_progress (const char *format, ...)
{
  static gint64 next;
  gint64 now = g_get_monotonic_time ();
  g_autofree char *text = NULL;
  va_list arguments;

  if (next == 0)
    next = now + G_USEC_PER_SEC / 2;
  if (now < next || !isatty (STDERR_FILENO))
    return;
  next = now + G_USEC_PER_SEC / 10;
  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fprintf (stderr, "\r\033[K%s", text);
  progress_shown = TRUE;
}

static int
print_help (GOptionContext *context)
{
  g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
  PtlOutput *output = ptl_cli_stdout ();

  ptl_output_text (output, help);
  return ptl_cli_finish (output, PTL_EXIT_DONE);
}

/* GLib takes --force=no for --force. */
static int
check_values (const PtlCliCommand *command, char *const *argv, const GOptionEntry *options)
{
  for (; *argv != NULL && strcmp (*argv, "--") != 0; argv++)
    for (const GOptionEntry *option = options; option->long_name != NULL; option++)
      {
        g_autofree char *with_value = g_strdup_printf ("--%s=", option->long_name);

        if (option->arg == G_OPTION_ARG_NONE && g_str_has_prefix (*argv, with_value))
          return ptl_cli_usage (command, "--%s takes no value", option->long_name);
      }
  return PTL_EXIT_DONE;
}

static int
check_count (const PtlCliCommand *command, char *const *arguments)
{
  guint n = g_strv_length ((char **) arguments);

  if (n < command->n_min)
    return ptl_cli_usage (command, "usage: " PROGRAM " %s %s", command->name, command->arguments);
  if (n > command->n_max)
    return ptl_cli_usage (command, "unexpected argument “%s”", arguments[command->n_max]);
  return PTL_EXIT_DONE;
}

/**
 * ptl_cli_parse:
 * @command: the command
 * @argc: how many arguments, the command's name first
 * @argv: the arguments
 * @options: (array zero-terminated=1): the command's own options
 * @description: (nullable): what stands below the options in the help
 * @arguments: (out): what are no options; free with g_strfreev ()
 * @status: (out): the exit status if the command is to end here
 *
 * Parses a command's options, which may stand before and behind its arguments, and answers --help.
 *
 * Returns: whether the command is to go on
 */
gboolean
ptl_cli_parse (const PtlCliCommand *command, int argc, char **argv, const GOptionEntry *options,
               const char *description, char ***arguments, int *status)
{
  gboolean help = FALSE;
  const GOptionEntry shared[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, "Show this help", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, arguments, NULL, NULL },
    { NULL },
  };
  g_autofree char *program = g_strdup_printf (PROGRAM " %s", command->name);
  g_autoptr (GOptionContext) context = g_option_context_new (command->arguments);
  g_autoptr (GError) error = NULL;

  g_set_prgname (program);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, command->summary);
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, options, NULL);
  g_option_context_add_main_entries (context, shared, NULL);
  *status = check_values (command, argv, options);
  if (*status != PTL_EXIT_DONE)
    return FALSE;
  if (!g_option_context_parse (context, &argc, &argv, &error))
    *status = ptl_cli_usage (command, "%s", error->message);
  else if (help)
    {
      *status = print_help (context);
      return FALSE;
    }
  else
    {
      if (*arguments == NULL)
        *arguments = g_new0 (char *, 1);
      *status = check_count (command, *arguments);
    }
  return *status == PTL_EXIT_DONE;
}

/**
 * ptl_cli_stdout:
 *
 * Returns: (transfer full): standard output
 */
PtlOutput *
ptl_cli_stdout (void)
{
  return ptl_output_new_for_fd (STDOUT_FILENO, "standard output");
}

/**
 * ptl_cli_finish:
 * @output: (transfer full): what was written to
 * @status: the exit status if everything was written
 *
 * Returns: the exit status
 */
int
ptl_cli_finish (PtlOutput *output, int status)
{
  g_autoptr (GError) error = NULL;

  ptl_cli_progress_end ();
  return ptl_output_finish (output, &error) ? status : ptl_cli_fail (NULL, error);
}

/**
 * ptl_cli_plan_load:
 * @path: a file, or - for standard input; stays the caller's
 *
 * Reads a plan and computes its flows and routes, or says what is wrong with it.
 *
 * Returns: (nullable): the plan
 */
PtlCliPlan *
ptl_cli_plan_load (const char *path)
{
  g_autoptr (PtlCliPlan) plan = g_new0 (PtlCliPlan, 1);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  plan->path = path;
  plan->catalogue = ptl_catalogue_load (&error);
  if (plan->catalogue == NULL)
    {
      ptl_cli_fail (NULL, error);
      return NULL;
    }
  plan->plan = ptl_plan_load (plan->catalogue, path, &problems);
  if (plan->plan == NULL)
    {
      for (guint i = 0; i < problems->len; i++)
        {
          const PtlFileProblem *problem = g_ptr_array_index (problems, i);

          ptl_cli_message (path, problem->line, "%s", problem->message);
        }
      return NULL;
    }
  plan->graph = ptl_plan_to_graph (plan->plan);
  plan->flows = ptl_flows_new (plan->graph);
  plan->routes = ptl_routes_new (plan->flows);
  return g_steal_pointer (&plan);
}

void
ptl_cli_plan_free (PtlCliPlan *plan)
{
  g_clear_pointer (&plan->routes, ptl_routes_unref);
  g_clear_pointer (&plan->flows, ptl_flows_unref);
  g_clear_pointer (&plan->graph, ptl_graph_unref);
  g_clear_object (&plan->plan);
  g_clear_pointer (&plan->catalogue, ptl_catalogue_free);
  g_free (plan);
}

/**
 * ptl_cli_plan_warn:
 * @plan: a plan
 *
 * Says what check finds wrong or doubtful in it, and how to see the rest where that is much.
 */
void
ptl_cli_plan_warn (const PtlCliPlan *plan)
{
  g_autoptr (GPtrArray) findings = ptl_check (plan->routes);
  guint n = 0;

  while (n < findings->len && ((PtlFinding *) g_ptr_array_index (findings, n))->severity != PTL_SEVERITY_NOTE)
    n++;
  for (guint i = 0; i < MIN (n, MAX_WARNINGS); i++)
    {
      const PtlFinding *finding = g_ptr_array_index (findings, i);

      ptl_cli_message (plan->path, 0, "%s[%s] %s %s: %s", ptl_severity_names[finding->severity], finding->code,
                       finding->kind, finding->subject, finding->message);
    }
  if (n > MAX_WARNINGS)
    ptl_cli_message (plan->path, 0, "and %u more: " PROGRAM " check shows them all", n - MAX_WARNINGS);
}
