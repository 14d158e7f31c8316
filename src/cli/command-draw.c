#include "command.h"

#include "draw/ptl-picture.h"

#define MAX_NAMED 20 /* firewalls in a message */

/* The scene of one firewall, or NULL after saying that there is none. */
static PtlScene *
firewall_scene (const PtlCliCommand *command, const PtlCliPlan *plan, PtlSheets *sheets, const char *id)
{
  PtlLens lens = { -1, -1, ptl_routes_find_firewall (plan->routes, id) };
  g_autoptr (GString) known = g_string_new (NULL);

  if (lens.firewall >= 0)
    {
      g_autoptr (PtlTalks) talks = ptl_talks_new (plan->routes, sheets, &lens);

      return ptl_scene_new_for_firewall (plan->plan, talks);
    }
  for (guint i = 0; i < MIN (plan->routes->n_firewalls, MAX_NAMED); i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", plan->routes->firewalls[i].id);
  if (plan->routes->n_firewalls > MAX_NAMED)
    g_string_append_printf (known, " and %u more", plan->routes->n_firewalls - MAX_NAMED);
  ptl_cli_usage (command, "there is no firewall “%s” (there are %s)", id, known->len > 0 ? known->str : "none");
  return NULL;
}

static PtlScene *
whole_scene (const PtlCliPlan *plan, PtlSheets *sheets)
{
  g_autoptr (PtlTalks) talks = ptl_talks_new (plan->routes, sheets, &PTL_LENS_ALL);

  return ptl_scene_new (plan->plan, talks, NULL);
}

static int
draw (const PtlCliCommand *command, const char *path, const char *firewall, const char *file, PtlPictureFormat format)
{
  g_autoptr (PtlCliPlan) plan = ptl_cli_plan_load (path);
  g_autoptr (PtlSheets) sheets = NULL;
  g_autoptr (PtlScene) scene = NULL;
  g_autoptr (GError) error = NULL;

  if (plan == NULL)
    return PTL_EXIT_FAILED;
  sheets = ptl_sheets_new (plan->routes, FALSE);
  scene = firewall != NULL ? firewall_scene (command, plan, sheets, firewall) : whole_scene (plan, sheets);
  if (scene == NULL)
    return PTL_EXIT_FAILED;
  ptl_cli_plan_warn (plan);
  if (!ptl_picture_save (scene, &ptl_theme_light, format, file, &error))
    return ptl_cli_fail (NULL, error);
  return PTL_EXIT_DONE;
}

static int
run (const PtlCliCommand *command, int argc, char **argv)
{
  g_autofree char *file = NULL, *firewall = NULL;
  const GOptionEntry options[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &file, "The picture; its extension says the format: .svg, .pdf or .png",
      "FILE" },
    { "firewall", 0, 0, G_OPTION_ARG_FILENAME, &firewall, "Only what this firewall joins", "ID" },
    { NULL },
  };
  g_auto (GStrv) arguments = NULL;
  PtlPictureFormat format;
  int status;

  if (!ptl_cli_parse (command, argc, argv, options, NULL, &arguments, &status))
    return status;
  if (file == NULL || *file == '\0')
    return ptl_cli_usage (command, "--output FILE is missing");
  if (!ptl_picture_format_of (file, &format))
    return ptl_cli_usage (command, "the name “%s” does not end in .svg, .pdf or .png", file);
  return draw (command, arguments[0], firewall, file, format);
}

const PtlCliCommand ptl_command_draw
    = { "draw", "PLAN --output FILE", "Draw the diagram: .svg, .pdf or .png by extension", 1, 1, run };
