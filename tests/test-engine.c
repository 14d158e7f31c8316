#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "engine/ptl-address.h"
#include "engine/ptl-graph.h"

/* The engine's small parts; its flows and sheets are tested from outside, through the command line. */

static const struct
{
  const char *text;
  guint kind;        /* 0: refused */
  const char *words; /* of the error */
} addresses[] = {
  { "10.1.0.10", PTL_ADDRESS_IPV4, NULL },
  { "2001:db8::20", PTL_ADDRESS_IPV6, NULL },
  { "::ffff:192.0.2.1", PTL_ADDRESS_IPV6, NULL },
  { "10.1.0.0/16", PTL_ADDRESS_IPV4, NULL },
  { "0.0.0.0/0", PTL_ADDRESS_IPV4, NULL },
  { "192.0.2.1/32", PTL_ADDRESS_IPV4, NULL },
  { "2001:db8::/33", PTL_ADDRESS_IPV6, NULL },
  { "10.1.0.5-10.1.0.9", PTL_ADDRESS_IPV4, NULL },
  { "2001:db8::1-2001:db8::f", PTL_ADDRESS_IPV6, NULL },
  { "web-01", PTL_ADDRESS_NAME, NULL },
  { "*.example.com", PTL_ADDRESS_NAME, NULL },
  { "10-web.example.com", PTL_ADDRESS_NAME, NULL },
  { "10.1.0.5-web", PTL_ADDRESS_NAME, NULL },
  { "any", PTL_ADDRESS_ANY, NULL },
  { "", 0, "empty" },
  { "10.1.0.300", 0, "has a letter" },
  { "10.1.0.5-9", 0, "has a letter" },
  { "10.1.0.10/16", 0, "10.1.0.0/16" },
  { "2001:db8::1/64", 0, "2001:db8::/64" },
  { "10.1.0.0/33", 0, "0 to 32" },
  { "10.1.0.0/08", 0, "0 to 32" },
  { "web/24", 0, "before “/”" },
  { "10.1.0.9-10.1.0.5", 0, "lower" },
  { "10.1.0.9-2001:db8::1", 0, "one family" },
  { "*", 0, "write an IPv4" },
  { "a..b", 0, "write an IPv4" },
  { "-web", 0, "write an IPv4" },
  { "web_01", 0, "write an IPv4" },
};

START_TEST (test_address)
{
  g_autoptr (GError) error = NULL;
  PtlAddress address;
  gboolean parsed = ptl_address_parse (addresses[_i].text, &address, &error);

  ck_assert_msg (parsed == (addresses[_i].kind != 0), "%s", addresses[_i].text);
  if (parsed)
    ck_assert_uint_eq (address.kind, addresses[_i].kind);
  else
    ck_assert_msg (strstr (error->message, addresses[_i].words) != NULL, "%s", error->message);
}
END_TEST

START_TEST (test_address_range)
{
  const guint8 first[4] = { 10, 1, 128, 0 }, last[4] = { 10, 1, 255, 255 };
  PtlAddress address;

  ck_assert (ptl_address_parse ("10.1.128.0/17", &address, NULL));
  ck_assert_mem_eq (address.first, first, sizeof first);
  ck_assert_mem_eq (address.last, last, sizeof last);
}
END_TEST

static char *choices[] = { (char *) "yes", (char *) "no", NULL };

static const struct
{
  PtlSettingType type;
  const char *text;
  const char *value; /* NULL: refused */
} values[] = {
  { PTL_SETTING_PORT, "80", "80" },
  { PTL_SETTING_PORT, " 80\n", "80" },
  { PTL_SETTING_PORT, "65535", "65535" },
  { PTL_SETTING_PORT, "0", NULL },
  { PTL_SETTING_PORT, "65536", NULL },
  { PTL_SETTING_PORT, "080", NULL },
  { PTL_SETTING_PORT, "+80", NULL },
  { PTL_SETTING_PORT, "80 81", NULL },
  { PTL_SETTING_PORT, "", NULL },
  { PTL_SETTING_PORTS, "49152-65535 \t 1024-5000", "49152-65535 1024-5000" },
  { PTL_SETTING_PORTS, "7", "7" },
  { PTL_SETTING_PORTS, "5000-1024", NULL },
  { PTL_SETTING_PORTS, "1-10 10-20", NULL },
  { PTL_SETTING_PORTS, "10 1-20", NULL },
  { PTL_SETTING_PORTS, "1-2-3", NULL },
  { PTL_SETTING_PORTS, "", NULL },
  { PTL_SETTING_CHOICE, " no ", "no" },
  { PTL_SETTING_CHOICE, "No", NULL },
};

START_TEST (test_value)
{
  PtlSetting setting = { .name = (char *) "x", .type = values[_i].type, .values = choices };
  g_autoptr (GError) error = NULL;
  g_autoptr (PtlValue) value = ptl_value_parse (&setting, values[_i].text, &error);

  if (values[_i].value == NULL)
    ck_assert_ptr_null (value);
  else
    ck_assert_str_eq (value->text, values[_i].value);
  ck_assert ((value == NULL) == (error != NULL));
}
END_TEST

/* Parents of sites 0, 1, … and the tops that follow. */
static const struct
{
  guint n;
  int parents[5], tops[5];
} trees[] = {
  { 3, { -1, 0, 1 }, { 0, 0, 0 } }, { 3, { 1, 2, -1 }, { 2, 2, 2 } },      { 1, { 0 }, { 0 } },
  { 2, { 1, 0 }, { 1, 0 } },        { 4, { 1, 2, 1, 0 }, { 2, 2, 1, 2 } }, { 5, { 1, 2, 0, 2, 3 }, { 2, 0, 1, 1, 1 } },
};

START_TEST (test_tops)
{
  g_autoptr (PtlCatalogue) catalogue = ptl_catalogue_new ();
  g_autoptr (PtlGraph) graph = ptl_graph_new (catalogue);

  graph->n_sites = trees[_i].n;
  graph->sites = ptl_graph_alloc (graph, graph->n_sites, sizeof *graph->sites);
  for (guint i = 0; i < graph->n_sites; i++)
    graph->sites[i].parent = trees[_i].parents[i];
  ptl_graph_find_tops (graph);
  for (guint i = 0; i < graph->n_sites; i++)
    ck_assert_int_eq (graph->sites[i].top, trees[_i].tops[i]);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("engine");
  TCase *tests = tcase_create ("engine");
  SRunner *runner;
  int failed;

  tcase_add_loop_test (tests, test_address, 0, G_N_ELEMENTS (addresses));
  tcase_add_test (tests, test_address_range);
  tcase_add_loop_test (tests, test_value, 0, G_N_ELEMENTS (values));
  tcase_add_loop_test (tests, test_tops, 0, G_N_ELEMENTS (trees));
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
