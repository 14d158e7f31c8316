#include "app/ptl-session.h"
#include "app/ptl-sheet-model.h"
#include "draw/ptl-arrow-hit.h"
#include "engine/ptl-ports.h"
#include "export/ptl-csv.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"

/* Says what the window would tell of a plan, for comparison with what the command line writes:
 *
 *   truth PLAN FOLDER
 *
 * FOLDER/flows.csv gets what opens at the head of each arrow, FOLDER/<firewall>.csv the rows of each sheet's table. */

static PtlSession *
open_plan (const PtlCatalogue *catalogue, const char *path)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) plan = ptl_plan_load (catalogue, path, &problems);
  PtlSession *session;

  g_assert_nonnull (plan);
  session = ptl_session_new (plan);
  while (ptl_session_is_busy (session)) /* a draft is not what rests on the canvas */
    g_main_context_iteration (NULL, TRUE);
  return session;
}

/* Chooses what lies under the point, as a click does. */
static gboolean
click (PtlSession *session, PtlPoint at)
{
  const PtlScene *scene = ptl_session_get_scene (session);
  PtlArrowLook look = { 1, 1, TRUE };
  const PtlTalk *talk;
  PtlArrowHit hit;

  if (!ptl_scene_arrow_at (scene, at.x, at.y, &look, &hit) || hit.trunk)
    return FALSE;
  talk = &scene->arrows->talks->talks[hit.index];
  ptl_session_set_focus (session, PTL_FOCUS_TALK, scene->graph->nodes[talk->a].id, scene->graph->nodes[talk->b].id);
  return TRUE;
}

static void
write_flow (PtlOutput *output, const PtlGraph *graph, guint source, guint destination, const PtlFlow *flow)
{
  const PtlRule *rule = ptl_catalogue_rule (graph->catalogue, flow->rule);
  g_autofree char *from = flow->protocol == PTL_PROTOCOL_ICMP ? g_strdup ("") : g_strdup_printf ("%u", flow->from);
  g_autofree char *to = flow->protocol == PTL_PROTOCOL_ICMP ? g_strdup ("") : g_strdup_printf ("%u", flow->to);

  ptl_csv_row (output,
               (const char *const[]){ graph->nodes[source].id, graph->nodes[destination].id,
                                      ptl_protocol_names[flow->protocol], from, to, rule->services[flow->service].name,
                                      rule->id, ptl_phase_names[rule->phase] },
               8);
}

static void
write_ports (PtlSession *session, PtlOutput *output)
{
  PtlTalks *talks = ptl_session_get_talks (session);
  PtlFocus focus;
  g_autoptr (PtlPorts) ports = NULL;

  g_assert_true (ptl_session_get_focus (session, &focus));
  ports = ptl_ports_new (talks, (PtlPortsSubject){ PTL_PORTS_TALK, focus.a, focus.b });
  for (guint i = 0; i < ports->groups->len; i++)
    {
      const PtlPortGroup *group = ptl_ports_group (ports, i);

      for (guint j = 0; j < group->n; j++)
        write_flow (output, talks->routes->flows->graph, group->sources[0], group->destinations[0], &group->flows[j]);
    }
}

#define HEAD 3 /* units from the tip: inside of the drawn head */

static PtlPoint
head_of (const PtlArrow *arrow, gboolean first)
{
  PtlPoint tip = arrow->points[first ? 0 : arrow->n_points - 1];
  PtlPoint from = arrow->points[first ? 1 : arrow->n_points - 2];
  double length = hypot (from.x - tip.x, from.y - tip.y);

  return (PtlPoint){ tip.x + (from.x - tip.x) * HEAD / length, tip.y + (from.y - tip.y) * HEAD / length };
}

/* At the heads of both ends; the ports are those of the one that was found last, and there are no others. */
static void
write_arrows (PtlSession *session, PtlOutput *output)
{
  const PtlArrows *arrows = ptl_session_get_scene (session)->arrows;

  for (guint i = 0; i < arrows->n; i++)
    {
      const PtlTalk *talk = &arrows->talks->talks[i];
      const PtlArrow *arrow = &arrows->arrows[i];
      PtlFocus focus = { 0 };

      for (guint end = 0; end < 2; end++)
        if ((end == 0 ? talk->n_back : talk->n_there) > 0
            && (!click (session, head_of (arrow, end == 0)) || !ptl_session_get_focus (session, &focus)
                || focus.a != talk->a || focus.b != talk->b))
          g_error ("the head of %s - %s at %s is not found", ptl_session_get_scene (session)->graph->nodes[talk->a].id,
                   ptl_session_get_scene (session)->graph->nodes[talk->b].id, end == 0 ? "the first" : "the second");
      write_ports (session, output);
    }
}

static void
write_sheet (PtlSession *session, guint firewall, PtlOutput *output)
{
  g_autoptr (PtlSheetModel) model = ptl_sheet_model_new ();

  ptl_sheet_model_show (model, ptl_session_get_sheets (session), firewall, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      char *cells[PTL_N_SHEET_COLUMNS];

      for (guint c = 0; c < PTL_N_SHEET_COLUMNS; c++)
        cells[c] = ptl_sheet_model_get_cell (model, i, (PtlSheetColumn) c);
      ptl_csv_row (output, (const char *const *) cells, PTL_N_SHEET_COLUMNS);
      for (guint c = 0; c < PTL_N_SHEET_COLUMNS; c++)
        g_free (cells[c]);
    }
}

static PtlOutput *
create (const char *folder, const char *name)
{
  g_autofree char *path = g_strconcat (folder, "/", name, ".csv", NULL);

  return ptl_output_new_for_file (path, FALSE);
}

static void
finish (PtlOutput *output)
{
  g_autoptr (GError) error = NULL;

  ptl_output_finish (output, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  PtlCatalogue *catalogue = ptl_catalogue_load (NULL);
  PtlSession *session = open_plan (catalogue, argv[1]);
  PtlSheets *sheets = ptl_session_get_sheets (session);
  PtlOutput *flows = create (argv[2], "flows");

  write_arrows (session, flows);
  finish (flows);
  for (guint i = 0; i < ptl_session_get_routes (session)->n_firewalls; i++)
    if (ptl_sheets_has_sheet (sheets, i))
      {
        PtlOutput *output = create (argv[2], ptl_session_get_routes (session)->firewalls[i].id);

        write_sheet (session, i, output);
        finish (output);
      }
  g_object_unref (session);
  ptl_catalogue_free (catalogue);
  return 0;
}
