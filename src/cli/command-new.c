#include "command.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define TEMPLATES "/org/portolan/data/templates/"
#define EXTENSION ".portolan"
#define USUAL     "stand-alone"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names of the shipped templates, as a person writes them. */
static char **
template_names (void)
{
  char **names = g_resources_enumerate_children (TEMPLATES, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  for (char **name = names; *name != NULL; name++)
    if (g_str_has_suffix (*name, EXTENSION))
      (*name)[strlen (*name) - strlen (EXTENSION)] = '\0';
  return names;
}

static int
write_template (const char *name, const char *path)
{
  g_autofree char *resource = g_strconcat (TEMPLATES, name, EXTENSION, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resources_lookup_data (resource, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  PtlOutput *output;

  if (bytes == NULL)
    return ptl_cli_fail (NULL, error);
  output = strcmp (path, "-") == 0 ? ptl_cli_stdout () : ptl_output_new_for_file (path, TRUE);
  ptl_output_write (output, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return ptl_cli_finish (output, PTL_EXIT_DONE);
}

/* A symbolic link that leads nowhere is something, too. */
static gboolean
exists (const char *path)
{
  GStatBuf status;

  return strcmp (path, "-") != 0 && g_lstat (path, &status) == 0;
}

static int
run (const PtlCliCommand *command, int argc, char **argv)
{
  gboolean force = FALSE;
  g_autofree char *template = NULL;
  const GOptionEntry options[] = {
    { "template", 0, 0, G_OPTION_ARG_FILENAME, &template, "Start from this template, not from " USUAL, "NAME" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, "Overwrite a file that exists", NULL },
    { NULL },
  };
  g_auto (GStrv) arguments = NULL;
  g_auto (GStrv) names = template_names ();
  g_autofree char *list = g_strjoinv (", ", names);
  g_autofree char *description = g_strdup_printf ("Templates: %s", list);
  int status;

  if (!ptl_cli_parse (command, argc, argv, options, description, &arguments, &status))
    return status;
  if (template == NULL)
    template = g_strdup (USUAL);
  if (!g_strv_contains ((const char *const *) names, template))
    return ptl_cli_usage (command, "there is no template “%s” (there are %s)", template, list);
  if (!force && exists (arguments[0]))
    {
      ptl_cli_message (arguments[0], 0, "the file exists; --force overwrites it");
      return PTL_EXIT_FAILED;
    }
  return write_template (template, arguments[0]);
}

const PtlCliCommand ptl_command_new = { "new", "PLAN", "Start a plan from a shipped template", 1, 1, run };
