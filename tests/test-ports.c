#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "engine/ptl-ports.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"
#include "plan/ptl-records.h"

/* The ports of a subject are the flows that the command line lists, no more and no less: for the templates and for
 * random plans, through several lenses. */

#define PLANS 200

static const char *const templates[] = { "hierarchy", "internet-clients", "perimeter", "stand-alone" };

static PtlCatalogue *catalogue;

static void
set_up (void)
{
  catalogue = ptl_catalogue_load (NULL);
}

static void
tear_down (void)
{
  ptl_catalogue_free (catalogue);
}

/* Random plans */

static void
take (char **field, char *text)
{
  g_free (*field);
  *field = text;
}

static void
add_zones (PtlPlan *plan, GRand *rand, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      PtlZone *zone = ptl_zone_new ();

      take (&zone->id, g_strdup_printf ("z%u", i));
      take (&zone->name, g_strdup_printf ("Zone %u", i));
      zone->kind = (PtlZoneKind) g_rand_int_range (rand, 0, 4);
      g_ptr_array_add (plan->zones, zone);
    }
}

static void
add_firewalls (PtlPlan *plan, GRand *rand)
{
  for (int i = g_rand_int_range (rand, 0, 4); i > 0; i--)
    {
      PtlFirewall *firewall = ptl_firewall_new ();
      guint first = (guint) g_rand_int_range (rand, 0, (int) plan->zones->len);

      take (&firewall->id, g_strdup_printf ("f%d", i));
      take (&firewall->name, g_strdup_printf ("Firewall %d", i));
      firewall->managed = g_rand_boolean (rand);
      for (guint k = 0; k < MIN (2, plan->zones->len); k++)
        g_ptr_array_add (firewall->zones,
                         g_strdup (((PtlZone *) plan->zones->pdata[(first + k) % plan->zones->len])->id));
      g_ptr_array_add (plan->firewalls, firewall);
    }
}

static void
add_sites (PtlPlan *plan)
{
  static const PtlSiteKind kinds[] = { PTL_SITE_CAS, PTL_SITE_PRIMARY, PTL_SITE_SECONDARY };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      PtlSite *site = ptl_site_new ();

      take (&site->code, g_strdup_printf ("S0%u", i));
      site->kind = kinds[i];
      take (&site->parent, i > 0 ? g_strdup_printf ("S0%u", i - 1) : NULL);
      g_ptr_array_add (plan->sites, site);
    }
}

static void
add_node (PtlPlan *plan, GRand *rand, guint i)
{
  PtlNode *node = ptl_node_new ();
  guint zone = (guint) g_rand_int_range (rand, 0, (int) plan->zones->len + 1);

  take (&node->id, g_strdup_printf ("n%u", i));
  take (&node->name, g_strdup_printf ("N%u", i % 5));
  if (zone < plan->zones->len)
    take (&node->zone, g_strdup (((PtlZone *) plan->zones->pdata[zone])->id));
  if (g_rand_int_range (rand, 0, 8) > 0)
    take (&node->site, g_strdup_printf ("S0%d", g_rand_int_range (rand, 0, 3)));
  for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
    {
      guint role = (guint) g_rand_int_range (rand, 0, (int) catalogue->roles->len);

      if (ptl_node_find_role (node, role) == NULL)
        g_ptr_array_add (node->roles, ptl_node_role_new (catalogue, role));
    }
  g_ptr_array_add (plan->nodes, node);
}

static PtlPlan *
make_plan (guint seed)
{
  GRand *rand = g_rand_new_with_seed (seed);
  PtlPlan *plan = ptl_plan_new (catalogue);

  add_zones (plan, rand, (guint) g_rand_int_range (rand, 1, 5));
  add_firewalls (plan, rand);
  add_sites (plan);
  for (guint i = 0, n = (guint) g_rand_int_range (rand, 2, 14); i < n; i++)
    add_node (plan, rand, i);
  g_rand_free (rand);
  return plan;
}

static PtlPlan *
read_template (const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/data/templates/%s.portolan", g_getenv ("PTL_SOURCE_ROOT"), name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  PtlPlan *plan = ptl_plan_read (catalogue, G_INPUT_STREAM (stream), &problems);

  ck_assert_msg (plan != NULL, "%s", path);
  return plan;
}

/* What must come out: each flow between two nodes as a text, from the list that the command line prints. */

typedef struct
{
  PtlTalks *talks;
  const PtlPortsSubject *subject;
  GPtrArray *texts;
} Wanted;

static char *
flow_text (const PtlTalks *talks, guint source, guint destination, const PtlFlow *flow)
{
  const PtlGraph *graph = talks->routes->flows->graph;
  const PtlRule *rule = ptl_catalogue_rule (catalogue, flow->rule);

  return g_strdup_printf ("%s,%s,%s,%u,%u,%s,%s", graph->nodes[source].id, graph->nodes[destination].id,
                          ptl_protocol_names[flow->protocol], flow->from, flow->to, rule->services[flow->service].name,
                          rule->id);
}

static gboolean
crosses (const PtlTalks *talks, guint source, guint destination, guint firewall)
{
  const PtlGraphNode *nodes = talks->routes->flows->graph->nodes;
  const PtlRoute *route = NULL;

  if (nodes[source].zone >= 0 && nodes[destination].zone >= 0 && nodes[source].zone != nodes[destination].zone)
    route = ptl_routes_between (talks->routes, (guint) nodes[source].zone, (guint) nodes[destination].zone);
  for (guint i = 0; route != NULL && i < route->n_firewalls; i++)
    if (ptl_route_firewall (route, i) == firewall)
      return TRUE;
  return FALSE;
}

static gboolean
are (int one, int other, const PtlPortsSubject *subject)
{
  return (one == (int) subject->a && other == (int) subject->b)
         || (one == (int) subject->b && other == (int) subject->a);
}

static gboolean
belongs (const PtlTalks *talks, const PtlPortsSubject *subject, guint source, guint destination)
{
  const PtlGraphNode *nodes = talks->routes->flows->graph->nodes;

  switch (subject->kind)
    {
    case PTL_PORTS_TALK:
      return are ((int) source, (int) destination, subject);
    case PTL_PORTS_TRUNK:
      return are (nodes[source].zone, nodes[destination].zone, subject);
    case PTL_PORTS_FIREWALL:
      return crosses (talks, source, destination, subject->a);
    case PTL_PORTS_NODE:
    default:
      return source == subject->a || destination == subject->a;
    }
}

static gboolean
add_wanted (guint source, guint destination, const PtlBundle *bundle, gpointer data)
{
  const Wanted *wanted = data;
  const PtlLens *lens = &wanted->talks->lens;
  const PtlGraphNode *nodes = wanted->talks->routes->flows->graph->nodes;

  if (!belongs (wanted->talks, wanted->subject, source, destination)
      || (lens->site >= 0 && nodes[source].site != lens->site && nodes[destination].site != lens->site)
      || (lens->firewall >= 0 && !crosses (wanted->talks, source, destination, (guint) lens->firewall)))
    return TRUE;
  for (guint i = 0; i < bundle->n; i++)
    if (lens->phase < 0 || (int) ptl_catalogue_rule (catalogue, bundle->flows[i].rule)->phase == lens->phase)
      g_ptr_array_add (wanted->texts, flow_text (wanted->talks, source, destination, &bundle->flows[i]));
  return TRUE;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char *
join (GPtrArray *texts)
{
  g_ptr_array_sort (texts, compare_texts);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv ("\n", (char **) texts->pdata);
}

static char *
list_ports (const PtlPorts *ports)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < ports->groups->len; i++)
    {
      const PtlPortGroup *group = ptl_ports_group (ports, i);

      ck_assert_uint_gt (group->n, 0);
      for (guint s = 0; s < group->n_sources; s++)
        for (guint d = 0; d < group->n_destinations; d++)
          for (guint k = 0; k < group->n; k++)
            g_ptr_array_add (texts,
                             flow_text (ports->talks, group->sources[s], group->destinations[d], &group->flows[k]));
    }
  return join (texts);
}

static guint
check_subject (PtlTalks *talks, PtlPortsKind kind, guint a, guint b)
{
  const PtlPortsSubject subject = { kind, a, b };
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Wanted wanted = { talks, &subject, texts };
  g_autoptr (PtlPorts) ports = ptl_ports_new (talks, subject);
  g_autofree char *listed = list_ports (ports), *all = NULL;
  guint n;

  ptl_flows_foreach (talks->routes->flows, FALSE, add_wanted, &wanted);
  n = texts->len;
  all = join (texts);
  if (kind == PTL_PORTS_TALK && talks->lens.phase < 0 && talks->lens.site < 0 && talks->lens.firewall < 0)
    ck_assert_uint_eq (ports->n_hidden, 0);
  ck_assert_msg (g_str_equal (listed, all), "kind %d, of %u and %u", kind, a, b); /* the lists may be long */
  return n;
}

/* Returns how many flows were compared. */
static guint
check_lens (PtlRoutes *routes, PtlLens lens)
{
  g_autoptr (PtlTalks) talks = ptl_talks_new (routes, NULL, &lens);
  const PtlGraph *graph = routes->flows->graph;
  guint n = 0;

  for (guint i = 0; i < talks->n; i++)
    ck_assert_uint_eq (check_subject (talks, PTL_PORTS_TALK, talks->talks[i].a, talks->talks[i].b),
                       talks->talks[i].n_there + talks->talks[i].n_back);
  for (guint i = 0; i < talks->n_trunks; i++)
    n += check_subject (talks, PTL_PORTS_TRUNK, talks->trunks[i].a, talks->trunks[i].b);
  for (guint i = 0; i < graph->n_nodes; i++)
    n += check_subject (talks, PTL_PORTS_NODE, i, 0);
  for (guint i = 0; i < routes->n_firewalls; i++)
    n += check_subject (talks, PTL_PORTS_FIREWALL, i, 0);
  return n;
}

static guint
check_plan (PtlPlan *plan)
{
  g_autoptr (PtlGraph) graph = ptl_plan_to_graph (plan);
  g_autoptr (PtlFlows) flows = ptl_flows_new (graph);
  g_autoptr (PtlRoutes) routes = ptl_routes_new (flows);
  guint n = check_lens (routes, PTL_LENS_ALL);

  check_lens (routes, (PtlLens){ PTL_PHASE_OPERATION, -1, -1 });
  check_lens (routes, (PtlLens){ PTL_PHASE_INSTALLATION, 0, -1 });
  if (routes->n_firewalls > 0)
    check_lens (routes, (PtlLens){ -1, -1, 0 });
  return n;
}

START_TEST (test_templates)
{
  g_autoptr (PtlPlan) plan = read_template (templates[_i]);

  ck_assert_uint_gt (check_plan (plan), 100);
}
END_TEST

START_TEST (test_random)
{
  guint n = 0;

  for (guint seed = 0; seed < PLANS; seed++)
    {
      g_autoptr (PtlPlan) plan = make_plan (seed);

      n += check_plan (plan);
    }
  ck_assert_uint_gt (n, PLANS * 20);
}
END_TEST

/* Out before in, by the other side's name. */
START_TEST (test_order)
{
  g_autoptr (PtlPlan) plan = read_template ("perimeter");
  g_autoptr (PtlGraph) graph = ptl_plan_to_graph (plan);
  g_autoptr (PtlFlows) flows = ptl_flows_new (graph);
  g_autoptr (PtlRoutes) routes = ptl_routes_new (flows);
  const PtlLens all = PTL_LENS_ALL;
  g_autoptr (PtlTalks) talks = ptl_talks_new (routes, NULL, &all);
  const char *last = "";
  gboolean was_out = FALSE;

  g_autoptr (PtlPorts) ports = ptl_ports_new (talks, (PtlPortsSubject){ PTL_PORTS_NODE, 0, 0 });
  for (guint i = 0; i < ports->groups->len; i++)
    {
      const PtlPortGroup *group = ptl_ports_group (ports, i);
      gboolean out = ptl_ports_leads_out (ports, group);
      const char *name = graph->nodes[out ? group->destinations[0] : group->sources[0]].name;
      int order = strcmp (last, name);

      ck_assert_msg (order < 0 || (order == 0 && was_out && !out), "%s after %s", name, last);
      last = name;
      was_out = out;
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("ports");
  TCase *tcase = tcase_create ("ports");
  SRunner *runner;
  int failed;

  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_add_loop_test (tcase, test_templates, 0, (int) G_N_ELEMENTS (templates));
  tcase_add_test (tcase, test_random);
  tcase_add_test (tcase, test_order);
  suite_add_tcase (suite, tcase);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
