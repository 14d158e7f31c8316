#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "plan/ptl-plan-check.h"
#include "plan/ptl-plan-index.h"

/* Values at the door */

static gboolean
check_name (const char *text, GError **error)
{
  return ptl_check_text (text, 1, 8, error);
}

static gboolean
check_coordinate (const char *text, GError **error)
{
  double value;

  return ptl_parse_coordinate (text, &value, error);
}

static gboolean
check_addresses (const char *text, GError **error)
{
  g_autofree char *addresses = ptl_parse_addresses (text, error);

  return addresses != NULL;
}

static const struct
{
  gboolean (*check) (const char *text, GError **error);
  const char *text;
  const char *words; /* of the error; NULL: the value is good */
} values[] = {
  { ptl_check_id, "a", NULL },
  { ptl_check_id, "_9.-x", NULL },
  { ptl_check_id, "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz12345678901", NULL },
  { ptl_check_id, "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz123456789012", "63" },
  { ptl_check_id, "", "not an id" },
  { ptl_check_id, "9a", "write a letter" },
  { ptl_check_id, "-a", "not an id" },
  { ptl_check_id, "a b", "not an id" },
  { ptl_check_id, "a~b", "not an id" },
  { ptl_check_id, "é", "“é” is not an id" },
  { ptl_check_id, "CON", NULL },
  { ptl_check_firewall_id, "console", NULL },
  { ptl_check_firewall_id, "com", NULL },
  { ptl_check_firewall_id, "com10", NULL },
  { ptl_check_firewall_id, "x.con", NULL },
  { ptl_check_firewall_id, "CON", "Windows" },
  { ptl_check_firewall_id, "nul", "Windows" },
  { ptl_check_firewall_id, "Aux.x", "Windows" },
  { ptl_check_firewall_id, "prn.", "Windows" },
  { ptl_check_firewall_id, "com1", "Windows" },
  { ptl_check_firewall_id, "LPT9.a.b", "Windows" },
  { ptl_check_firewall_id, "1", "not an id" },
  { ptl_check_site_code, "P01", NULL },
  { ptl_check_site_code, "p01", "not a site code" },
  { ptl_check_site_code, "P0", "not a site code" },
  { ptl_check_site_code, "P012", "not a site code" },
  { check_name, "Zürich 12", "9 characters" },
  { check_name, "Zürich 1", NULL },
  { check_name, "", "0 characters" },
  { check_name, "a\tb", "U+0009" },
  { check_name, "a\nb", "U+000A" },
  { check_name, "a\177", "U+007F" },
  { check_name, "\302\205", "U+0085" },
  { check_name, "\357\277\277", "U+FFFF" },
  { check_name, "\355\240\200", "not UTF-8" },
  { check_name, "\300\257", "not UTF-8" },
  { ptl_check_colour, "#12abEF", NULL },
  { ptl_check_colour, "#12abE", "not a colour" },
  { ptl_check_colour, "#12abEF0", "not a colour" },
  { ptl_check_colour, "12abEF", "not a colour" },
  { ptl_check_colour, "", "not a colour" },
  { check_coordinate, "0", NULL },
  { check_coordinate, "-0", NULL },
  { check_coordinate, " -12.345\n", NULL },
  { check_coordinate, "10000000", NULL },
  { check_coordinate, "-10000000.000", NULL },
  { check_coordinate, "10000000.001", "out of range" },
  { check_coordinate, "-10000001", "out of range" },
  { check_coordinate, "1.2345", "three places" },
  { check_coordinate, "01", "not a number" },
  { check_coordinate, "1.", "not a number" },
  { check_coordinate, ".5", "not a number" },
  { check_coordinate, "+1", "not a number" },
  { check_coordinate, "--1", "not a number" },
  { check_coordinate, "1e3", "not a number" },
  { check_coordinate, "1,5", "not a number" },
  { check_coordinate, "0x10", "not a number" },
  { check_coordinate, "nan", "not a number" },
  { check_coordinate, "1 2", "not a number" },
  { check_coordinate, "", "not a number" },
  { check_addresses, "", NULL },
  { check_addresses, "10.1.0.10 2001:db8::/32 web-01 any", NULL },
  { check_addresses, "10.1.0.10 10.1.0.300", "10.1.0.300" },
};

START_TEST (test_value)
{
  g_autoptr (GError) error = NULL;
  gboolean good = values[_i].check (values[_i].text, &error);

  ck_assert_msg (good == (values[_i].words == NULL), "%s", values[_i].text);
  if (!good)
    ck_assert_msg (strstr (error->message, values[_i].words) != NULL, "%s", error->message);
}
END_TEST

START_TEST (test_coordinate)
{
  double value;

  ck_assert (ptl_parse_coordinate ("-12.345", &value, NULL));
  ck_assert_double_eq (value, -12.345);
}
END_TEST

START_TEST (test_addresses)
{
  g_autofree char *joined = ptl_parse_addresses ("\t10.1.0.10 \n any  ", NULL);
  g_autoptr (GString) many = g_string_new (NULL);
  g_autofree char *thousand = NULL;
  g_autoptr (GError) error = NULL;

  ck_assert_str_eq (joined, "10.1.0.10 any");
  for (guint i = 0; i < PTL_MAX_ADDRESSES; i++)
    g_string_append (many, "any ");
  thousand = ptl_parse_addresses (many->str, NULL);
  ck_assert_ptr_nonnull (thousand);
  g_string_append (many, "any");
  ck_assert_ptr_null (ptl_parse_addresses (many->str, &error));
  ck_assert_ptr_nonnull (strstr (error->message, "1000"));
}
END_TEST

START_TEST (test_quote)
{
  g_autofree char *controls = ptl_quote ("a\n\033[2J\377b");
  g_autofree char *text = g_strnfill (1 << 20, 'x');
  g_autofree char *shortened = ptl_quote (text);

  ck_assert_str_eq (controls, "“a\357\277\275\357\277\275[2J\357\277\275b”");
  ck_assert_uint_lt (strlen (shortened), 80);
  ck_assert (g_str_has_suffix (shortened, "x…”"));
}
END_TEST

/* The index */

START_TEST (test_index)
{
  g_autoptr (PtlPlanIndex) index = ptl_plan_index_new ();
  PtlThing thing;
  guint place;

  ptl_plan_index_add (index, PTL_THING_ZONE, "Corp", 7);
  ptl_plan_index_add (index, PTL_THING_SITE, "P01", 3);
  ck_assert_int_eq (ptl_plan_index_find (index, PTL_THING_ZONE, "Corp"), 7);
  ck_assert_int_eq (ptl_plan_index_find (index, PTL_THING_ZONE, "corp"), -1);
  ck_assert_int_eq (ptl_plan_index_find (index, PTL_THING_NODE, "Corp"), -1);
  ck_assert_int_eq (ptl_plan_index_find (index, PTL_THING_SITE, "P01"), 3);
  ck_assert_int_eq (ptl_plan_index_find (index, PTL_THING_NODE, "P01"), -1);
  ck_assert (ptl_plan_index_taken (index, PTL_THING_NODE, "CORP", &thing, &place));
  ck_assert_uint_eq (thing, PTL_THING_ZONE);
  ck_assert_uint_eq (place, 7);
  ck_assert (!ptl_plan_index_taken (index, PTL_THING_NODE, "P01", &thing, &place));
}
END_TEST

/* Names that g_str_hash () cannot tell apart take no longer than others: with it, this runs into the timeout. */
START_TEST (test_index_is_hard_to_attack)
{
  g_autoptr (PtlPlanIndex) index = ptl_plan_index_new ();
  g_autoptr (GStringChunk) names = g_string_chunk_new (1 << 16);
  char name[41] = "";

  for (guint i = 0; i < 1 << 17; i++)
    {
      for (guint k = 0; k < 20; k++)
        memcpy (name + 2 * k, i >> k & 1 ? "Ez" : "FY", 2);
      ptl_plan_index_add (index, PTL_THING_NODE, g_string_chunk_insert (names, name), i);
    }
  ck_assert_int_eq (ptl_plan_index_find (index, PTL_THING_NODE, name), (1 << 17) - 1);
}
END_TEST

/* The graph */

static void
add_setting (PtlCatalogue *catalogue, const char *name, const char *initial)
{
  PtlSetting setting = { .name = g_strdup (name), .title = g_strdup (name), .type = PTL_SETTING_PORTS };

  setting.initial = ptl_value_parse (&setting, initial, NULL);
  g_array_append_val (catalogue->settings, setting);
}

static PtlCatalogue *
small_catalogue (void)
{
  static const char *const words[] = { "no", "yes", NULL };
  PtlCatalogue *catalogue = ptl_catalogue_new ();
  PtlFeature feature = { .name = g_strdup ("feature"), .title = g_strdup (""), .initial = TRUE };
  PtlLinkKind link = { .kind = g_strdup ("link"), .title = g_strdup ("") };

  add_setting (catalogue, "a", "1");
  add_setting (catalogue, "b", "2");
  g_array_append_val (catalogue->features, feature);
  g_array_append_val (catalogue->links, link);
  for (guint i = 0; i < 3; i++)
    {
      PtlRole role = { .name = g_strdup_printf ("role-%u", i), .title = g_strdup (""), .n_options = 1 };

      role.options[0] = (PtlOption){ .name = g_strdup ("on"), .values = g_strdupv ((char **) words), .initial = 1 };
      g_array_append_val (catalogue->roles, role);
    }
  return catalogue;
}

static void
add_set (const PtlCatalogue *catalogue, GPtrArray *sets, guint setting, const char *text)
{
  PtlSet *set = ptl_set_new ();

  set->setting = setting;
  set->value = ptl_value_parse (ptl_catalogue_setting (catalogue, setting), text, NULL);
  g_ptr_array_add (sets, set);
}

static PtlSite *
add_site (PtlPlan *plan, const char *code, const char *parent)
{
  PtlSite *site = ptl_site_new ();

  g_free (site->code);
  site->code = g_strdup (code);
  site->parent = g_strdup (parent);
  g_ptr_array_add (plan->sites, site);
  return site;
}

static PtlNode *
add_node (PtlPlan *plan, const char *id, const char *site)
{
  PtlNode *node = ptl_node_new ();

  g_free (node->id);
  node->id = g_strdup (id);
  node->site = g_strdup (site);
  g_ptr_array_add (node->roles, ptl_node_role_new (plan->catalogue, 2));
  g_ptr_array_add (node->roles, ptl_node_role_new (plan->catalogue, 0));
  g_ptr_array_add (plan->nodes, node);
  return node;
}

#define VALUE(graph, node, setting) ((graph)->nodes[node].values[setting]->text)

START_TEST (test_cascade)
{
  g_autoptr (PtlCatalogue) catalogue = small_catalogue ();
  g_autoptr (PtlPlan) plan = ptl_plan_new (catalogue);
  g_autoptr (PtlGraph) graph = NULL;

  add_set (catalogue, plan->sets, 0, "10");
  add_set (catalogue, add_site (plan, "P01", NULL)->sets, 0, "20");
  add_site (plan, "S01", "P01");
  add_node (plan, "nowhere", NULL);
  add_node (plan, "at-site", "P01");
  add_set (catalogue, add_node (plan, "own", "P01")->sets, 0, "30");
  add_node (plan, "below", "S01");
  add_set (catalogue, add_node (plan, "same", NULL)->sets, 0, "20");
  graph = ptl_plan_to_graph (plan);
  ck_assert_str_eq (VALUE (graph, 0, 0), "10");
  ck_assert_str_eq (VALUE (graph, 0, 1), "2"); /* the default */
  ck_assert_str_eq (VALUE (graph, 1, 0), "20");
  ck_assert_str_eq (VALUE (graph, 1, 1), "2");
  ck_assert_str_eq (VALUE (graph, 2, 0), "30");
  ck_assert_str_eq (VALUE (graph, 3, 0), "10"); /* not the parent site's */
  ck_assert_ptr_eq (graph->nodes[4].values[0], graph->nodes[1].values[0]);
  ck_assert_int_eq (graph->sites[1].parent, 0);
  ck_assert_int_eq (graph->sites[0].parent, -1);
}
END_TEST

START_TEST (test_graph)
{
  g_autoptr (PtlCatalogue) catalogue = small_catalogue ();
  g_autoptr (PtlPlan) plan = ptl_plan_new (catalogue);
  g_autoptr (PtlGraph) graph = NULL;
  PtlFeatureSet *feature = ptl_feature_set_new ();
  PtlLink *link = ptl_link_new ();

  g_ptr_array_add (plan->features, feature);
  ((PtlNodeRole *) add_node (plan, "a", NULL)->roles->pdata[0])->use.options[0] = 0;
  add_node (plan, "b", NULL);
  g_free (link->from);
  g_free (link->to);
  link->from = g_strdup ("b");
  link->to = g_strdup ("a");
  g_ptr_array_add (plan->links, link);
  graph = ptl_plan_to_graph (plan);
  ck_assert (!graph->features[0]);
  ck_assert_uint_eq (graph->nodes[0].n_roles, 2);
  ck_assert_uint_eq (graph->nodes[0].roles[0].role, 0); /* in the order of the catalogue */
  ck_assert_int_eq (graph->nodes[0].roles[0].options[0], 1);
  ck_assert_uint_eq (graph->nodes[0].roles[1].role, 2);
  ck_assert_int_eq (graph->nodes[0].roles[1].options[0], 0);
  ck_assert_int_eq (graph->nodes[0].zone, -1);
  ck_assert_int_eq (graph->nodes[0].site, -1);
  ck_assert_uint_eq (graph->links[0].from, 1);
  ck_assert_uint_eq (graph->links[0].to, 0);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("plan");
  TCase *tests = tcase_create ("plan");
  SRunner *runner;
  int failed;

  tcase_set_timeout (tests, 30);
  tcase_add_loop_test (tests, test_value, 0, G_N_ELEMENTS (values));
  tcase_add_test (tests, test_coordinate);
  tcase_add_test (tests, test_addresses);
  tcase_add_test (tests, test_quote);
  tcase_add_test (tests, test_index);
  tcase_add_test (tests, test_index_is_hard_to_attack);
  tcase_add_test (tests, test_cascade);
  tcase_add_test (tests, test_graph);
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
