#include "command.h"

#include "draw/ptl-picture.h"

#define MAX_NAMED 20 /* firewalls in a message */

typedef struct
{
  char *file, *firewall, *phase;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->file);
  g_free (options->firewall);
  g_free (options->phase);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
find_phase (const PtlCliCommand *command, const char *name, int *phase)
{
  g_autofree char *known = NULL;

  for (int i = 0; ptl_phase_names[i] != NULL; i++)
    if (g_str_equal (ptl_phase_names[i], name))
      {
        *phase = i;
        return TRUE;
      }
  known = g_strjoinv (", ", (char **) ptl_phase_names);
  ptl_cli_usage (command, "there is no phase “%s” (there are %s)", name, known);
  return FALSE;
}

static gboolean
find_firewall (const PtlCliCommand *command, const PtlRoutes *routes, const char *id, int *firewall)
{
  g_autoptr (GString) known = g_string_new (NULL);

  *firewall = ptl_routes_find_firewall (routes, id);
  if (*firewall >= 0)
    return TRUE;
  for (guint i = 0; i < MIN (routes->n_firewalls, MAX_NAMED); i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", routes->firewalls[i].id);
  if (routes->n_firewalls > MAX_NAMED)
    g_string_append_printf (known, " and %u more", routes->n_firewalls - MAX_NAMED);
  ptl_cli_usage (command, "there is no firewall “%s” (there are %s)", id, known->len > 0 ? known->str : "none");
  return FALSE;
}

static PtlScene *
make_scene (const PtlCliPlan *plan, const PtlLens *lens)
{
  g_autoptr (PtlSheets) sheets = ptl_sheets_new (plan->routes, FALSE);
  g_autoptr (PtlTalks) talks = ptl_talks_new (plan->routes, sheets, lens);

  return lens->firewall >= 0 ? ptl_scene_new_for_firewall (plan->plan, talks) : ptl_scene_new (plan->plan, talks, NULL);
}

static int
draw (const PtlCliCommand *command, const char *path, const Options *options, PtlPictureFormat format)
{
  PtlLens lens = PTL_LENS_ALL;
  g_autoptr (PtlCliPlan) plan = NULL;
  g_autoptr (PtlScene) scene = NULL;
  g_autoptr (GError) error = NULL;

  if (options->phase != NULL && !find_phase (command, options->phase, &lens.phase))
    return PTL_EXIT_FAILED;
  plan = ptl_cli_plan_load (path);
  if (plan == NULL)
    return PTL_EXIT_FAILED;
  if (options->firewall != NULL && !find_firewall (command, plan->routes, options->firewall, &lens.firewall))
    return PTL_EXIT_FAILED;
  scene = make_scene (plan, &lens);
  ptl_cli_plan_warn (plan);
  if (!ptl_picture_save (scene, &ptl_theme_light, format, options->file, &error))
    return ptl_cli_fail (NULL, error);
  return PTL_EXIT_DONE;
}

static int
run (const PtlCliCommand *command, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &options.file,
      "The picture; its extension says the format: .svg, .pdf or .png", "FILE" },
    { "firewall", 0, 0, G_OPTION_ARG_FILENAME, &options.firewall, "Only what crosses this firewall", "ID" },
    { "phase", 0, 0, G_OPTION_ARG_FILENAME, &options.phase, "Only the flows of this phase: operation, installation",
      "P" },
    { NULL },
  };
  g_auto (GStrv) arguments = NULL;
  PtlPictureFormat format;
  int status;

  if (!ptl_cli_parse (command, argc, argv, entries, NULL, &arguments, &status))
    return status;
  if (options.file == NULL || *options.file == '\0')
    return ptl_cli_usage (command, "--output FILE is missing");
  if (!ptl_picture_format_of (options.file, &format))
    return ptl_cli_usage (command, "the name “%s” does not end in .svg, .pdf or .png", options.file);
  return draw (command, arguments[0], &options, format);
}

const PtlCliCommand ptl_command_draw
    = { "draw", "PLAN --output FILE", "Draw the diagram: .svg, .pdf or .png by extension", 1, 1, run };
