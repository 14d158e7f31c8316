#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "engine/ptl-talks.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"

/* Talks and trunks against what is counted pair by pair. */

typedef struct
{
  PtlCatalogue *catalogue;
  PtlPlan *plan;
  PtlRoutes *routes;
  PtlSheets *sheets;
} Bench;

static void
bench_init (Bench *bench, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s", g_getenv ("PTL_SOURCE_ROOT"), name);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlGraph) graph = NULL;
  g_autoptr (PtlFlows) flows = NULL;

  bench->catalogue = ptl_catalogue_load (NULL);
  bench->plan = ptl_plan_load (bench->catalogue, path, &problems);
  ck_assert_ptr_nonnull (bench->plan);
  graph = ptl_plan_to_graph (bench->plan);
  flows = ptl_flows_new (graph);
  bench->routes = ptl_routes_new (flows);
  bench->sheets = ptl_sheets_new (bench->routes, FALSE);
}

static void
bench_clear (Bench *bench)
{
  ptl_sheets_free (bench->sheets);
  ptl_routes_unref (bench->routes);
  g_object_unref (bench->plan);
  ptl_catalogue_free (bench->catalogue);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bench, bench_clear)

/* What is expected, for each two nodes: row a, column b, a < b. */
typedef struct
{
  const Bench *bench;
  const PtlLens *lens;
  guint n;
  PtlTalk *talks;
} Expected;

static gboolean
crosses_firewall (const PtlRoute *route, int firewall)
{
  for (guint i = 0; route != NULL && i < route->n_firewalls; i++)
    if (ptl_route_firewall (route, i) == (guint) firewall)
      return TRUE;
  return FALSE;
}

static gboolean
count_pair (guint source, guint destination, const PtlBundle *bundle, gpointer data)
{
  const Expected *expected = data;
  const PtlRoutes *routes = expected->bench->routes;
  const PtlGraph *graph = routes->flows->graph;
  const PtlGraphNode *one = &graph->nodes[source], *other = &graph->nodes[destination];
  const PtlLens *lens = expected->lens;
  PtlTalk *talk = &expected->talks[MIN (source, destination) * expected->n + MAX (source, destination)];
  gboolean crosses = one->zone >= 0 && other->zone >= 0 && one->zone != other->zone;
  const PtlRoute *route = crosses ? ptl_routes_between (routes, (guint) one->zone, (guint) other->zone) : NULL;

  talk->kind = !crosses ? PTL_TALK_INNER : route->unroutable ? PTL_TALK_UNROUTABLE : PTL_TALK_CROSSING;
  if ((lens->site >= 0 && one->site != lens->site && other->site != lens->site)
      || (lens->firewall >= 0 && !crosses_firewall (route, lens->firewall)))
    return TRUE;
  for (guint i = 0; i < bundle->n; i++)
    if (lens->phase < 0
        || (int) ptl_catalogue_rule (expected->bench->catalogue, bundle->flows[i].rule)->phase == lens->phase)
      *(source < destination ? &talk->n_there : &talk->n_back) += 1;
  return TRUE;
}

/* Returns how many talks there are. */
static guint
compare (const Bench *bench, const PtlLens *lens)
{
  guint n = bench->routes->flows->graph->n_nodes, seen = 0;
  g_autofree PtlTalk *table = g_new0 (PtlTalk, n * n);
  Expected expected = { bench, lens, n, table };
  g_autoptr (PtlTalks) talks = ptl_talks_new (bench->routes, bench->sheets, lens);

  ptl_flows_foreach (bench->routes->flows, FALSE, count_pair, &expected);
  for (guint a = 0; a < n; a++)
    for (guint b = a + 1; b < n; b++)
      {
        const PtlTalk *talk = &table[a * n + b];
        int found = ptl_talks_find (talks, b, a);

        if (talk->n_there + talk->n_back == 0)
          {
            ck_assert_int_eq (found, -1);
            continue;
          }
        ck_assert_int_eq (found, (int) seen++); /* by a, then b */
        ck_assert_uint_eq (talks->talks[found].n_there, talk->n_there);
        ck_assert_uint_eq (talks->talks[found].n_back, talk->n_back);
        ck_assert_uint_eq (talks->talks[found].kind, talk->kind);
        ck_assert_uint_gt (strlen (talks->talks[found].label), 0);
      }
  ck_assert_uint_eq (talks->n, seen);
  return seen;
}

static const char *const plans[] = { "data/templates/stand-alone.portolan", "data/templates/perimeter.portolan",
                                     "data/templates/hierarchy.portolan", "data/templates/internet-clients.portolan" };

START_TEST (test_talks)
{
  g_auto (Bench) bench = { 0 };
  const PtlGraph *graph;
  guint all, shown = 0;

  bench_init (&bench, plans[_i]);
  graph = bench.routes->flows->graph;
  all = compare (&bench, &PTL_LENS_ALL);
  ck_assert_uint_gt (all, 20);
  for (int phase = 0; phase < 2; phase++)
    ck_assert_uint_le (compare (&bench, &(PtlLens){ phase, -1, -1 }), all);
  for (guint i = 0; i < graph->n_sites; i++)
    ck_assert_uint_gt (compare (&bench, &(PtlLens){ -1, (int) i, -1 }), 0);
  for (guint i = 0; i < bench.routes->n_firewalls; i++)
    shown += compare (&bench, &(PtlLens){ -1, -1, (int) i });
  ck_assert_uint_gt (shown, 0);
}
END_TEST

START_TEST (test_trunks)
{
  g_auto (Bench) bench = { 0 };
  g_autoptr (PtlTalks) talks = NULL;

  bench_init (&bench, plans[_i]);
  talks = ptl_talks_new (bench.routes, bench.sheets, &PTL_LENS_ALL);
  for (guint i = 0; i < talks->n_trunks; i++)
    {
      const PtlTrunk *trunk = &talks->trunks[i];
      const PtlGraphNode *nodes = bench.routes->flows->graph->nodes;
      guint n_talks = 0, n_there = 0, n_back = 0, most_rules = 0;

      ck_assert_int_eq (ptl_talks_find_trunk (talks, trunk->b, trunk->a), (int) i);
      for (guint j = 0; j < talks->n; j++)
        {
          const PtlTalk *talk = &talks->talks[j];
          gboolean forward = nodes[talk->a].zone == (int) trunk->a && nodes[talk->b].zone == (int) trunk->b;
          gboolean backward = nodes[talk->b].zone == (int) trunk->a && nodes[talk->a].zone == (int) trunk->b;

          n_talks += forward || backward;
          n_there += (forward && talk->n_there > 0) || (backward && talk->n_back > 0);
          n_back += (forward && talk->n_back > 0) || (backward && talk->n_there > 0);
        }
      ck_assert_uint_eq (trunk->n_talks, n_talks);
      ck_assert_uint_eq (trunk->n_there, n_there);
      ck_assert_uint_eq (trunk->n_back, n_back);
      for (guint f = 0; f < bench.routes->n_firewalls; f++)
        {
          const GPtrArray *rows = ptl_sheets_has_sheet (bench.sheets, f) ? ptl_sheets_rows (bench.sheets, f) : NULL;
          guint n = 0;

          for (guint r = 0; rows != NULL && r < rows->len; r++)
            {
              const PtlRow *row = rows->pdata[r];

              n += MIN (row->source_zone, row->destination_zone) == trunk->a
                   && MAX (row->source_zone, row->destination_zone) == trunk->b;
            }
          most_rules = MAX (most_rules, n);
        }
      ck_assert_uint_eq (trunk->n_rules, most_rules); /* a firewall on the way has all of them */
    }
}
END_TEST

/* Whether one of a row's pairs has a flow that the lens shows, and that the row is for. */
static gboolean
row_is_shown (const Bench *bench, const PtlLens *lens, const PtlRow *row)
{
  for (guint i = 0; i < row->n_sources * row->n_destinations; i++)
    {
      guint source = row->sources[i / row->n_destinations], destination = row->destinations[i % row->n_destinations];
      const PtlBundle *bundle = ptl_flows_between (bench->routes->flows, source, destination);

      if (!ptl_lens_shows_nodes (lens, bench->routes, source, destination))
        continue;
      for (guint j = 0; bundle != NULL && j < bundle->n; j++)
        for (guint k = 0; k < row->n_references; k++)
          if (bundle->flows[j].rule == row->references[k].rule && bundle->flows[j].service == row->references[k].service
              && ptl_lens_shows_flow (lens, bench->catalogue, &bundle->flows[j]))
            return TRUE;
    }
  return FALSE;
}

/* Of the rules for two zones those count that are for what is seen of a role. */
START_TEST (test_rules_of_a_role)
{
  g_auto (Bench) bench = { 0 };

  bench_init (&bench, plans[_i]);
  for (guint role = 0; role < bench.catalogue->roles->len; role++)
    {
      PtlLens lens = PTL_LENS_ALL;

      lens.filter.role = ptl_catalogue_role (bench.catalogue, role);
      for (guint f = 0; f < bench.routes->n_firewalls; f++)
        for (guint r = 0; ptl_sheets_has_sheet (bench.sheets, f) && r < ptl_sheets_rows (bench.sheets, f)->len; r++)
          {
            const PtlRow *row = ptl_sheets_rows (bench.sheets, f)->pdata[r];

            ck_assert_int_eq (ptl_lens_shows_row (&lens, bench.routes->flows->graph, row),
                              row_is_shown (&bench, &lens, row));
          }
    }
}
END_TEST

START_TEST (test_labels)
{
  g_auto (Bench) bench = { 0 };
  g_autoptr (PtlTalks) talks = NULL;
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  bench_init (&bench, plans[1]);
  for (guint i = 0; i < bench.catalogue->rules->len; i++)
    for (guint j = 0; j < ptl_catalogue_rule (bench.catalogue, i)->n_services; j++)
      g_hash_table_add (known, ptl_catalogue_rule (bench.catalogue, i)->services[j].name);
  talks = ptl_talks_new (bench.routes, NULL, &PTL_LENS_ALL);
  for (guint i = 0; i < talks->n; i++)
    {
      g_auto (GStrv) parts = g_strsplit (talks->talks[i].label, " +", 2);
      g_auto (GStrv) names = g_strsplit (parts[0], ", ", -1);

      ck_assert_uint_le (g_strv_length (names), 2);
      for (guint j = 0; names[j] != NULL; j++)
        ck_assert_msg (g_hash_table_contains (known, names[j]), "%s", names[j]);
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("talks");
  TCase *tcase = tcase_create ("talks");
  SRunner *runner;
  int failed;

  tcase_add_loop_test (tcase, test_talks, 0, G_N_ELEMENTS (plans));
  tcase_add_loop_test (tcase, test_trunks, 0, G_N_ELEMENTS (plans));
  tcase_add_loop_test (tcase, test_rules_of_a_role, 0, G_N_ELEMENTS (plans));
  tcase_add_test (tcase, test_labels);
  suite_add_tcase (suite, tcase);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
