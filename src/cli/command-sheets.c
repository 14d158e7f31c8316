#include "command.h"

#include <string.h>

#include "export/ptl-export.h"

#define MAX_NAMED 20 /* firewalls in a message */

typedef struct
{
  gboolean expand;
  char *folder;
  char **formats;
  char **firewalls;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->folder);
  g_strfreev (options->formats);
  g_strfreev (options->firewalls);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static char *
format_names (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (const PtlFormat *format = ptl_formats; format->name != NULL; format++)
    g_ptr_array_add (names, (char *) format->name);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static gboolean
wanted (char **names, const char *name, gboolean otherwise)
{
  return names == NULL ? otherwise : g_strv_contains ((const char *const *) names, name);
}

/* The formats asked for, in the order of the table; NULL when one is unknown. */
static GPtrArray *
choose_formats (const PtlCliCommand *command, const Options *options)
{
  g_autofree char *known = format_names ();
  GPtrArray *formats;

  for (char **name = options->formats; name != NULL && *name != NULL; name++)
    if (ptl_format_find (*name) == NULL)
      {
        ptl_cli_usage (command, "there is no format “%s” (there are %s)", *name, known);
        return NULL;
      }
  formats = g_ptr_array_new ();
  for (const PtlFormat *format = ptl_formats; format->name != NULL; format++)
    if (wanted (options->formats, format->name, format->initial))
      g_ptr_array_add (formats, (gpointer) format);
  return formats;
}

/* The firewalls that have a sheet, for a message. */
static char *
firewall_names (const PtlSheets *sheets)
{
  const PtlRoutes *routes = ptl_sheets_routes (sheets);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < routes->n_firewalls; i++)
    if (ptl_sheets_has_sheet (sheets, i) && n++ < MAX_NAMED)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", routes->firewalls[i].id);
  if (n > MAX_NAMED)
    g_string_append_printf (names, " and %u more", n - MAX_NAMED);
  return g_strdup (n > 0 ? names->str : "none");
}

static gboolean
check_firewalls (const PtlCliCommand *command, const Options *options, const PtlSheets *sheets)
{
  const PtlRoutes *routes = ptl_sheets_routes (sheets);
  g_autofree char *known = NULL;

  for (char **id = options->firewalls; id != NULL && *id != NULL; id++)
    {
      int firewall = ptl_routes_find_firewall (routes, *id);

      if (firewall >= 0 && ptl_sheets_has_sheet (sheets, firewall))
        continue;
      known = firewall_names (sheets);
      ptl_cli_usage (command,
                     firewall >= 0 ? "the firewall “%s” is not managed (those that are: %s)"
                                   : "there is no firewall “%s” (there are %s)",
                     *id, known);
      return FALSE;
    }
  return TRUE;
}

/* The firewalls asked for, in the order of the plan. */
static GArray *
choose_firewalls (const Options *options, const PtlSheets *sheets)
{
  const PtlRoutes *routes = ptl_sheets_routes (sheets);
  GArray *firewalls = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < routes->n_firewalls; i++)
    if (ptl_sheets_has_sheet (sheets, i) && wanted (options->firewalls, routes->firewalls[i].id, TRUE))
      g_array_append_val (firewalls, i);
  return firewalls;
}

static gboolean
on_progress_cb (guint done, guint total, const char *file, gpointer data)
{
  ptl_cli_progress ("file %u of %u: %s", done + 1, total, file);
  return TRUE;
}

static void
report (const PtlCliPlan *plan, const Options *options, const PtlExportResult *result)
{
  if (result->unresolved > 0)
    ptl_cli_message (plan->path, 0, "%u %s on the sheets without an address: UNRESOLVED stands there",
                     result->unresolved, result->unresolved == 1 ? "node stands" : "nodes stand");
  for (guint i = 0; i < result->strangers->len; i++)
    {
      g_autofree char *path = g_build_filename (options->folder, g_ptr_array_index (result->strangers, i), NULL);

      ptl_cli_message (path, 0, "this sheet was not written now and is left alone");
    }
}

static int
write_sheets (const PtlCliCommand *command, const Options *options, const char *path, GPtrArray *formats)
{
  g_autoptr (PtlCliPlan) plan = ptl_cli_plan_load (path);
  g_autoptr (PtlSheets) sheets = NULL;
  g_autoptr (GArray) firewalls = NULL;
  g_autoptr (GError) error = NULL;
  PtlExport what = { .formats = formats, .folder = options->folder, .progress = on_progress_cb };
  PtlExportResult result = { 0 };

  if (plan == NULL)
    return PTL_EXIT_FAILED;
  sheets = ptl_sheets_new (plan->routes, options->expand);
  if (!check_firewalls (command, options, sheets))
    return PTL_EXIT_FAILED;
  ptl_cli_plan_warn (plan);
  firewalls = choose_firewalls (options, sheets);
  what.firewalls = firewalls;
  if (!ptl_export_sheets (sheets, &what, &result, &error))
    return ptl_cli_fail (NULL, error);
  ptl_cli_progress_end ();
  report (plan, options, &result);
  g_ptr_array_unref (result.strangers);
  return PTL_EXIT_DONE;
}

static int
run (const PtlCliCommand *command, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  g_autofree char *known = format_names ();
  g_autofree char *formats_help = g_strdup_printf ("Write this format: %s; may be repeated", known);
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &options.folder, "The folder for the sheets; made when it is missing",
      "DIR" },
    { "format", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.formats, formats_help, "F" },
    { "firewall", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.firewalls, "Only this firewall's sheet; may be repeated",
      "ID" },
    { "expand", 0, 0, G_OPTION_ARG_NONE, &options.expand, "A row for each pair of nodes and port range", NULL },
    { NULL },
  };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GPtrArray) formats = NULL;
  int status;

  if (!ptl_cli_parse (command, argc, argv, entries, NULL, &arguments, &status))
    return status;
  if (options.folder == NULL || *options.folder == '\0')
    return ptl_cli_usage (command, "--output DIR is missing");
  formats = choose_formats (command, &options);
  if (formats == NULL)
    return PTL_EXIT_FAILED;
  return write_sheets (command, &options, arguments[0], formats);
}

const PtlCliCommand ptl_command_sheets
    = { "sheets", "PLAN --output DIR", "Write the rule sheets, one file per managed firewall and format", 1, 1, run };
