#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "engine/ptl-question.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"

static const char plan_text[]
    = "<plan xmlns='urn:portolan:plan:1' title='Test'>"
      "<site code='P01' kind='primary' name='Head office'/>"
      "<zone id='corp' name='Corporate network' kind='intranet'/>"
      "<zone id='dmz' name='Büro Süd' kind='perimeter'/>"
      "<zone id='net' name='Internet' kind='internet'/>"
      "<firewall id='fw-inner' name='Inner firewall' zones='corp dmz'/>"
      "<firewall id='fw-edge' name='Edge' zones='dmz net'/>"
      "<node id='cm01' name='CM01' zone='corp' site='P01' addresses='10.1.0.10'><role name='site-server'/>"
      "<role name='sms-provider'/><role name='sql-server'/></node>"
      "<node id='mp02' name='MP02' zone='dmz' site='P01' addresses='10.2.0.44'>"
      "<role name='management-point' internet-facing='yes'/></node>"
      "<node id='dp03' name='SRV-445' zone='dmz' site='P01'><role name='distribution-point'/></node>"
      "<node id='pcs' name='Laptops' zone='net' site='P01'><role name='client'/></node>"
      "<node id='desks' name='Desks' zone='corp' site='P01'><role name='client'/></node>"
      "</plan>";

static PtlCatalogue *catalogue;
static PtlGraph *graph;
static PtlRoutes *routes;
static PtlTalks *talks;

static void
set_up (void)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (plan_text, -1, NULL);
  const PtlLens lens = PTL_LENS_ALL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) plan = NULL;
  PtlFlows *flows;

  catalogue = ptl_catalogue_load (NULL);
  plan = ptl_plan_read (catalogue, stream, &problems);
  ck_assert_ptr_nonnull (plan);
  graph = ptl_plan_to_graph (plan);
  flows = ptl_flows_new (graph);
  routes = ptl_routes_new (flows);
  talks = ptl_talks_new (routes, NULL, &lens);
  ptl_flows_unref (flows);
}

static void
tear_down (void)
{
  ptl_talks_unref (talks);
  ptl_routes_unref (routes);
  ptl_graph_unref (graph);
  ptl_catalogue_free (catalogue);
}

/* The ids of the nodes, or those of the ends of the talks, joined. */
static char *
list_nodes (const GArray *nodes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < nodes->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", graph->nodes[g_array_index (nodes, guint, i)].id);
  return g_string_free (text, FALSE);
}

static char *
list_talks (const GArray *found)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      const PtlTalk *talk = &talks->talks[g_array_index (found, guint, i)];

      g_string_append_printf (text, "%s%s-%s", i > 0 ? " " : "", graph->nodes[talk->a].id, graph->nodes[talk->b].id);
    }
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *text, *talks, *nodes;
} cases[] = {
  { "10123", "mp02-desks", "mp02 desks" },
  { "tcp/10123", "mp02-desks", "mp02 desks" },
  { "udp/10123", "", "" },
  { "10100-10200", "mp02-desks", "mp02 desks" },
  { "client notification", "mp02-desks", "mp02 desks" },
  { "10123 internet", "", "" },
  { "Büro süd 10123", "mp02-desks", "mp02" },
  { "BÜRO", NULL, "mp02 dp03" },
  { "mp", NULL, "mp02" },
  { "443 internet", "mp02-pcs", "pcs" },
  { "cm01", NULL, "cm01" },
  { "10.2.0.44", NULL, "mp02" },
  { "44", "", "" },
  { "management point", NULL, "mp02" },
  { "MP laptops", "mp02-pcs", "" },
  { "edge", "mp02-pcs", "mp02 pcs" },
  { "client-mp", "mp02-pcs mp02-desks", "mp02 pcs desks" },
  { "head office 10123", "mp02-desks", "mp02 desks" },
  { "nothing like it", "", "" },
  { "mp dp03", NULL, NULL },
  { "445", NULL, NULL },
  { "smb dmz", NULL, NULL },
  { "udp", NULL, NULL },
  { "rpc", NULL, NULL },
  { "inner firewall sql", NULL, NULL },
};

START_TEST (test_find)
{
  g_autoptr (PtlQuestion) question = ptl_question_new (routes, cases[_i].text);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *found_text = NULL, *node_text = NULL;

  ptl_question_find (question, talks, found, nodes);
  found_text = list_talks (found);
  node_text = list_nodes (nodes);
  if (cases[_i].talks != NULL)
    ck_assert_msg (strcmp (found_text, cases[_i].talks) == 0, "%s: talks %s", cases[_i].text, found_text);
  if (cases[_i].nodes != NULL)
    ck_assert_msg (strcmp (node_text, cases[_i].nodes) == 0, "%s: nodes %s", cases[_i].text, node_text);
}
END_TEST

static gboolean
takes_any (const PtlQuestion *question, guint source, guint destination)
{
  const PtlBundle *bundle = ptl_flows_between (routes->flows, source, destination);

  for (guint i = 0; bundle != NULL && i < bundle->n; i++)
    if (ptl_question_takes (question, source, destination, &bundle->flows[i]))
      return TRUE;
  return FALSE;
}

/* What is found of all is what is found one by one. */
START_TEST (test_one_by_one)
{
  g_autoptr (PtlQuestion) question = ptl_question_new (routes, cases[_i].text);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = 0;

  ptl_question_find (question, talks, found, nodes);
  for (guint i = 0; i < talks->n; i++)
    {
      const PtlTalk *talk = &talks->talks[i];
      gboolean takes = takes_any (question, talk->a, talk->b) || takes_any (question, talk->b, talk->a);

      ck_assert_msg (takes == (n < found->len && g_array_index (found, guint, n) == i), "%s: talk %u", cases[_i].text,
                     i);
      n += takes;
    }
}
END_TEST

/* The lens hides the flows of the other phase. */
START_TEST (test_lens)
{
  const PtlLens lens = { PTL_PHASE_INSTALLATION, -1, -1, { 0 } };
  g_autoptr (PtlTalks) installing = ptl_talks_new (routes, NULL, &lens);
  g_autoptr (PtlQuestion) question = ptl_question_new (routes, "10123");
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));

  ptl_question_find (question, installing, found, nodes);
  ck_assert_uint_eq (found->len, 0);
  ck_assert_uint_eq (nodes->len, 0);
}
END_TEST

/* Filters: what they let pass, counted one by one, and how many flows that are. */
static const struct
{
  guint protocols;
  PtlRange ports;
  const char *service, *role, *zone, *other_zone;
  gboolean passes; /* anything */
} filters[] = {
  { .protocols = 1 << PTL_PROTOCOL_UDP, .passes = TRUE },
  { .ports = { 443, 443 }, .passes = TRUE },
  { .ports = { 400, 50000 }, .protocols = 1 << PTL_PROTOCOL_TCP, .passes = TRUE },
  { .service = "SMB", .passes = TRUE },
  { .role = "management-point", .passes = TRUE },
  { .role = "client", .service = "HTTPS", .passes = TRUE },
  { .role = "fallback-status-point", .passes = FALSE },
  { .zone = "dmz", .passes = TRUE },
  { .zone = "corp", .other_zone = "dmz", .passes = TRUE },
  { .other_zone = "net", .zone = "dmz", .service = "SMB", .passes = FALSE },
  { .zone = "dmz", .other_zone = "dmz", .passes = TRUE },
};

static const PtlGraphZone *
zone_called (const char *id)
{
  for (guint i = 0; i < graph->n_zones && id != NULL; i++)
    if (strcmp (graph->zones[i].id, id) == 0)
      return &graph->zones[i];
  return NULL;
}

static gboolean
stands_in (guint node, const PtlGraphZone *zone)
{
  return zone == NULL || (graph->nodes[node].zone >= 0 && &graph->zones[graph->nodes[node].zone] == zone);
}

/* The flow is one of the role's: an end that the rule names holds it. */
static gboolean
is_of_role (guint source, guint destination, const PtlFlow *flow, int role)
{
  const PtlRule *rule = ptl_catalogue_rule (catalogue, flow->rule);
  guint from = flow->back ? destination : source, to = flow->back ? source : destination;

  for (guint i = 0; i < rule->n_from; i++)
    if ((int) rule->from[i].role == role && ptl_graph_node_role (&graph->nodes[from], (guint) role) != NULL)
      return TRUE;
  return (int) rule->to == role && ptl_graph_node_role (&graph->nodes[to], (guint) role) != NULL;
}

static guint
count_passing (guint test, guint source, guint destination)
{
  const PtlBundle *bundle = ptl_flows_between (routes->flows, source, destination);
  const PtlGraphZone *zone = zone_called (filters[test].zone), *other = zone_called (filters[test].other_zone);
  guint n = 0;

  if (!(stands_in (source, zone) && stands_in (destination, other))
      && !(stands_in (source, other) && stands_in (destination, zone)))
    return 0;
  for (guint i = 0; bundle != NULL && i < bundle->n; i++)
    {
      const PtlFlow *flow = &bundle->flows[i];
      const char *name = ptl_catalogue_rule (catalogue, flow->rule)->services[flow->service].name;
      gboolean passes = filters[test].protocols == 0 || filters[test].protocols == 1u << flow->protocol;

      if (filters[test].ports.to > 0)
        passes = passes && MAX (flow->from, filters[test].ports.from) <= MIN (flow->to, filters[test].ports.to);
      if (filters[test].service != NULL)
        passes = passes && strcmp (name, filters[test].service) == 0;
      if (filters[test].role != NULL)
        passes
            = passes && is_of_role (source, destination, flow, ptl_catalogue_find_role (catalogue, filters[test].role));
      n += passes;
    }
  return n;
}

START_TEST (test_filter)
{
  PtlLens lens = PTL_LENS_ALL;
  g_autoptr (PtlTalks) filtered = NULL;
  guint n = 0;

  lens.filter = (PtlFilter){ .protocols = filters[_i].protocols,
                             .ports = filters[_i].ports,
                             .service = filters[_i].service,
                             .zone = zone_called (filters[_i].zone),
                             .other_zone = zone_called (filters[_i].other_zone) };
  if (filters[_i].role != NULL)
    lens.filter.role = ptl_catalogue_role (catalogue, (guint) ptl_catalogue_find_role (catalogue, filters[_i].role));
  filtered = ptl_talks_new (routes, NULL, &lens);
  for (guint a = 0; a < graph->n_nodes; a++)
    for (guint b = a + 1; b < graph->n_nodes; b++)
      {
        guint there = count_passing (_i, a, b), back = count_passing (_i, b, a);
        int talk = ptl_talks_find (filtered, a, b);

        ck_assert_msg ((talk >= 0) == (there + back > 0), "filter %d: %u and %u", _i, a, b);
        if (talk < 0)
          continue;
        ck_assert_uint_eq (filtered->talks[talk].n_there, there);
        ck_assert_uint_eq (filtered->talks[talk].n_back, back);
        n++;
      }
  ck_assert_uint_eq (filtered->n, n);
  ck_assert_int_eq (n > 0, filters[_i].passes);
  ck_assert (!ptl_filter_is_empty (&lens.filter));
}
END_TEST

START_TEST (test_nothing)
{
  ck_assert_ptr_null (ptl_question_new (routes, ""));
  ck_assert_ptr_null (ptl_question_new (routes, " \t "));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("question");
  TCase *tests = tcase_create ("question");
  SRunner *runner;
  int failed;

  tcase_add_unchecked_fixture (tests, set_up, tear_down);
  tcase_add_loop_test (tests, test_find, 0, G_N_ELEMENTS (cases));
  tcase_add_loop_test (tests, test_one_by_one, 0, G_N_ELEMENTS (cases));
  tcase_add_test (tests, test_lens);
  tcase_add_loop_test (tests, test_filter, 0, G_N_ELEMENTS (filters));
  tcase_add_test (tests, test_nothing);
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
