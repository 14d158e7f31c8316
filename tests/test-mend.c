#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"
#include "plan/ptl-mend.h"

/* Every mend: the finding goes away, no error comes, one step, and undone the file is the same to the byte. */

#define PLAN                        "<plan xmlns='urn:portolan:plan:1' title=''>"
#define PLACE(x, y)                 " x='" #x "' y='" #y "'"
#define ZONE(id, kind, x)           "<zone id='" id "' name='" id "' kind='" kind "' x='" #x "' y='0' width='640' height='480'/>"
#define CORP                        ZONE ("corp", "intranet", 0)
#define DMZ                         ZONE ("dmz", "perimeter", 720)
#define NET                         ZONE ("net", "internet", 1440)
#define AZURE                       ZONE ("azure", "cloud", 2160)
#define FIREWALL(id, zones, x)      "<firewall id='" id "' name='" id "' zones='" zones "'" PLACE (x, 240) "/>"
#define SITE(code, kind)            "<site code='" code "' kind='" kind "'/>"
#define BELOW(code, kind, parent)   "<site code='" code "' kind='" kind "' parent='" parent "'/>"
#define P01                         SITE ("P01", "primary")
#define NODE(id, zone, site, roles) "<node id='" id "' name='" id "' zone='" zone "' site='" site "'>" roles "</node>"
#define LOOSE(id, more, roles)      "<node id='" id "' name='" id "'" more ">" roles "</node>"
#define ROLE(name)                  "<role name='" name "'/>"
#define OPTION(name, option, value) "<role name='" name "' " option "='" value "'/>"
#define SET(name, value)            "<set name='" name "'>" value "</set>"
#define SERVER(id, site)            NODE (id, "corp", site, ROLE ("site-server") ROLE ("sql-server"))
#define PULL                        OPTION ("distribution-point", "pull", "yes")
#define DP                          ROLE ("distribution-point")
#define LINK(from, to)              "<link kind='pull-source' from='" from "' to='" to "'/>"
#define END                         "</plan>"

typedef struct
{
  const char *plan, *code, *subject;
  const char *words; /* NULL: it has no mend */
} Case;

static const Case cases[] = {
  /* Parents */
  { PLAN P01 BELOW ("CAS", "cas", "P01") END, "site-parent", "CAS", "Remove the Parent" },
  { PLAN P01 BELOW ("P02", "primary", "P01") END, "site-parent", "P02", "Remove the Parent" },
  { PLAN BELOW ("P01", "primary", "P01") END, "site-parent", "P01", "Remove the Parent" },
  { PLAN P01 SITE ("S01", "secondary") END, "site-parent", "S01", "Move Below P01" },
  { PLAN P01 SITE ("P02", "primary") SITE ("S01", "secondary") END, "site-parent", "S01", NULL },
  { PLAN P01 SITE ("P02", "primary") BELOW ("S01", "secondary", "P02") BELOW ("S02", "secondary", "S01") END,
    "site-parent", "S02", "Move Below P02" },
  { PLAN SITE ("CAS", "cas") BELOW ("P01", "primary", "CAS") BELOW ("S01", "secondary", "CAS") END, "site-parent",
    "S01", "Move Below P01" },
  { PLAN BELOW ("P01", "primary", "S01") BELOW ("S01", "secondary", "P01") END, "site-parent", "P01",
    "Remove the Parent" },
  { PLAN BELOW ("P01", "primary", "S01") BELOW ("S01", "secondary", "P01") END, "site-parent", "S01", NULL },
  { PLAN P01 SITE ("S01", "secondary") CORP NODE ("scp", "corp", "S01", ROLE ("service-connection-point")) END,
    "site-parent", "S01", NULL },
  { PLAN SITE ("AUX", "primary") END, "site-code-reserved", "AUX", NULL },

  /* Servers */
  { PLAN P01 CORP END, "no-site-server", "P01", "Add a Site Server" },
  { PLAN P01 END, "no-site-server", "P01", NULL },
  { PLAN P01 CORP NODE ("cm", "corp", "P01", ROLE ("site-server")) END, "no-sql-server", "P01",
    "Add SQL Server to cm" },
  { PLAN P01 CORP END, "no-sql-server", "P01", "Add an SQL Server" },

  /* Roles in the wrong place */
  { PLAN SITE ("CAS", "cas") BELOW ("P01", "primary", "CAS") CORP NODE ("mp", "corp", "CAS", ROLE ("management-point"))
        END,
    "role-at-cas", "mp", "Move to Site P01" },
  { PLAN SITE ("CAS", "cas") CORP NODE ("mp", "corp", "CAS", ROLE ("management-point")) END, "role-at-cas", "mp",
    NULL },
  { PLAN SITE ("CAS", "cas") CORP NODE ("cm", "corp", "CAS", ROLE ("site-server") DP) END, "role-at-cas", "cm",
    "Remove the Role" },
  { PLAN SITE ("CAS", "cas") BELOW ("P01", "primary", "CAS") CORP NODE ("cm", "corp", "CAS", ROLE ("site-server") DP)
        NODE ("dp", "corp", "P01", PULL) LINK ("dp", "cm") END,
    "role-at-cas", "cm", NULL },
  { PLAN P01 BELOW ("S01", "secondary", "P01") CORP NODE ("rsp", "corp", "S01", ROLE ("reporting-services-point")) END,
    "role-at-secondary", "rsp", "Move to Site P01" },
  { PLAN P01 BELOW ("S01", "secondary", "P01")
        CORP NODE ("cm", "corp", "S01", ROLE ("site-server") ROLE ("reporting-services-point")) END,
    "role-at-secondary", "cm", "Remove the Role" },
  { PLAN SITE ("CAS", "cas") BELOW ("P01", "primary", "CAS")
        CORP NODE ("scp", "corp", "P01", ROLE ("service-connection-point")) END,
    "top-only-role", "scp", "Move to Site CAS" },
  { PLAN SITE ("CAS", "cas") BELOW ("P01", "primary", "CAS")
        CORP NODE ("cm", "corp", "P01", ROLE ("site-server") ROLE ("service-connection-point")) END,
    "top-only-role", "cm", "Remove the Role" },

  /* Removed roles */
  { PLAN P01 CORP NODE ("crp", "corp", "P01", ROLE ("certificate-registration-point")) END, "removed-role", "crp",
    "Delete crp" },
  { PLAN P01 CORP NODE ("cm", "corp", "P01", ROLE ("site-server") ROLE ("certificate-registration-point")) END,
    "removed-role", "cm", "Remove the Role" },
  { PLAN P01 CORP AZURE NODE ("cmg", "azure", "P01", OPTION ("cmg", "kind", "classic")) END, "removed-role", "cmg",
    "Choose “vmss”" },

  /* Ports of WSUS: for the plan, unless a site or a node has its own */
  { PLAN SET ("wsus-http-port", "80") P01 CORP NODE ("sup", "corp", "P01", ROLE ("software-update-point")) END,
    "wsus-ports", "sup", "Set HTTPS Port to 443" },
  { PLAN P01 CORP NODE ("sup", "corp", "P01", ROLE ("software-update-point") SET ("wsus-http-port", "9000")) END,
    "wsus-ports", "sup", "Set HTTPS Port to 9001" },
  { PLAN SET ("wsus-http-port", "9000") P01 CORP NODE ("sup", "corp", "P01", ROLE ("software-update-point"))
        NODE ("two", "corp", "P01", ROLE ("software-update-point") SET ("wsus-http-port", "8530")) END,
    "wsus-ports", "sup", "Set HTTPS Port to 9001" },
  { PLAN P01 CORP NODE ("sup", "corp", "P01", ROLE ("software-update-point") SET ("wsus-http-port", "65535")) END,
    "wsus-ports", "sup", "Set HTTP Port to 8530" },
  { PLAN P01 CORP NODE ("sup", "corp", "P01",
                        ROLE ("software-update-point") SET ("wsus-http-port", "65535") SET ("wsus-https-port", "81"))
        END,
    "wsus-ports", "sup", NULL },

  /* Sources */
  { PLAN P01 CORP NODE ("sup", "corp", "P01", OPTION ("software-update-point", "sync-source", "replica")) END,
    "sup-source", "sup", "Synchronise with the Internet" },
  { PLAN P01 CORP NODE ("sup", "corp", "P01", OPTION ("software-update-point", "sync-source", "upstream")) END,
    "sup-source", "sup", "Synchronise with the Internet" },
  { PLAN P01 CORP NODE ("pull", "corp", "P01", PULL) END, "pull-without-source", "pull", "Switch Pulling Off" },
  { PLAN P01 SITE ("P02", "primary") CORP LOOSE ("pull", " zone='corp' site='P01'" PLACE (40, 80), PULL)
        LOOSE ("near", " zone='corp' site='P02'" PLACE (240, 80), DP)
            LOOSE ("own", " zone='corp' site='P01'" PLACE (440, 280), DP)
                LOOSE ("far", " zone='corp' site='P01'" PLACE (440, 380), DP)
                    LOOSE ("too", " zone='corp' site='P01'" PLACE (40, 180), PULL) LINK ("too", "own") END,
    "pull-without-source", "pull", "Pull from own" },
  { PLAN P01 CORP NODE ("one", "corp", "P01", DP) NODE ("two", "corp", "P01", DP) LINK ("one", "two") END, "link-role",
    "one", "Remove the Link" },
  { PLAN P01 CORP NODE ("pull", "corp", "P01", PULL) NODE ("mp", "corp", "P01", ROLE ("management-point"))
        LINK ("pull", "mp") END,
    "link-role", "pull", NULL },
  { PLAN P01 CORP NODE ("pull", "corp", "P01", PULL) NODE ("mp", "corp", "P01", ROLE ("management-point"))
        NODE ("dp", "corp", "P01", DP) LINK ("pull", "mp") END,
    "link-role", "pull", "Pull from dp" },
  { PLAN P01 CORP NODE ("pull", "corp", "P01", PULL) NODE ("mp", "corp", "P01", ROLE ("management-point"))
        NODE ("dp", "corp", "P01", DP) LINK ("pull", "mp") LINK ("pull", "dp") END,
    "link-role", "pull", "Remove the Link" },

  /* Gateways */
  { PLAN P01 CORP AZURE SERVER ("cm", "P01") NODE ("cmg", "azure", "P01", ROLE ("cmg")) END, "cmg-alone", "cmg",
    "Add Connection Point to cm" },
  { PLAN P01 CORP AZURE NODE ("cmg", "azure", "P01", ROLE ("cmg")) END, "cmg-alone", "cmg", NULL },
  { PLAN P01 SITE ("P02", "primary") CORP AZURE SERVER ("cm", "P02") NODE ("cmg", "azure", "P01", ROLE ("cmg")) END,
    "cmg-alone", "cmg", NULL },
  { PLAN P01 CORP AZURE NODE ("cp", "corp", "P01", ROLE ("cmg-connection-point")) END, "cmg-alone", "cp",
    "Add a Gateway" },
  { PLAN P01 CORP NODE ("cp", "corp", "P01", ROLE ("cmg-connection-point")) END, "cmg-alone", "cp", NULL },

  /* Zones, sites and ways */
  { PLAN P01 CORP DMZ LOOSE ("dp", " site='P01'" PLACE (760, 80), DP) END, "no-zone", "dp", "Put in dmz" },
  { PLAN P01 CORP LOOSE ("dp", " site='P01'" PLACE (1760, 80), DP) END, "no-zone", "dp", "Put in corp" },
  { PLAN P01 CORP DMZ LOOSE ("dp", " site='P01'" PLACE (1760, 80), DP) END, "no-zone", "dp", NULL },
  { PLAN P01 CORP LOOSE ("dp", " zone='corp'", DP) END, "no-site", "dp", "Put in Site P01" },
  { PLAN P01 SITE ("P02", "primary") CORP LOOSE ("dp", " zone='corp'", DP) END, "no-site", "dp", NULL },
  { PLAN "<site code='P01' kind='primary'>" SET ("wsus-http-port", "9000") "</site>" CORP LOOSE (
        "sup", " zone='corp'", ROLE ("software-update-point")) END,
    "no-site", "sup", NULL },
  { PLAN SITE ("CAS", "cas") CORP LOOSE ("dp", " zone='corp'", DP) END, "no-site", "dp", NULL },
  { PLAN P01 CORP DMZ NET FIREWALL ("fw", "dmz net", 1400) SERVER ("cm", "P01")
        NODE ("mp", "dmz", "P01", ROLE ("management-point")) END,
    "unroutable", "corp~dmz", "Add a Firewall" },
  { PLAN P01 CORP DMZ NET FIREWALL ("fw1", "corp net", 680) FIREWALL ("fw2", "dmz net", 1400) SERVER ("cm", "P01")
        NODE ("mp", "dmz", "P01", ROLE ("management-point")) END,
    "through-internet", "corp~dmz", "Add a Firewall" },
  { PLAN P01 DMZ NET NODE ("mp", "dmz", "P01", ROLE ("management-point")) NODE ("dp", "dmz", "P01", DP)
        NODE ("pcs", "net", "P01", ROLE ("client")) END,
    "unanswered-clients", "pcs", "Open the Perimeter to Them" },
  { PLAN P01 CORP NET NODE ("mp", "corp", "P01", ROLE ("management-point")) NODE ("pcs", "net", "P01", ROLE ("client"))
        END,
    "unanswered-clients", "pcs", NULL },
  { PLAN P01 CORP DMZ SERVER ("cm", "P01") LOOSE ("dc", " zone='dmz'", ROLE ("domain-controller")) END,
    "windows-services-off", "cm", "Switch Windows Services On" },

  /* What only a person knows */
  { PLAN P01 CORP DMZ SERVER ("cm", "P01") NODE ("mp", "dmz", "P01", ROLE ("management-point")) END, "no-address", "mp",
    NULL },
};

static PtlCatalogue *catalogue;
static PtlHistory *history;
static PtlPlan *plan;

static void
open_plan (const char *text)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GPtrArray) problems = NULL;

  plan = ptl_plan_read (catalogue, stream, &problems);
  ck_assert_msg (plan != NULL, "%s", problems != NULL ? ((PtlFileProblem *) problems->pdata[0])->message : "");
  history = ptl_history_new (plan);
}

static char *
write_plan (void)
{
  int fd = memfd_create ("plan", 0);
  PtlOutput *output = ptl_output_new_for_fd (fd, "memory");
  char *text;
  off_t size;

  ptl_plan_write (plan, output);
  ck_assert (ptl_output_finish (output, NULL));
  size = lseek (fd, 0, SEEK_END);
  text = g_malloc0 ((gsize) size + 1);
  ck_assert_int_eq (pread (fd, text, (size_t) size, 0), size);
  close (fd);
  return text;
}

static GPtrArray *
check_plan (void)
{
  g_autoptr (PtlGraph) graph = ptl_plan_to_graph (plan);
  g_autoptr (PtlFlows) flows = ptl_flows_new (graph);
  g_autoptr (PtlRoutes) routes = ptl_routes_new (flows);

  return ptl_check (routes);
}

static const PtlFinding *
find (const GPtrArray *findings, const char *code, const char *subject)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const PtlFinding *finding = findings->pdata[i];

      if (g_str_equal (finding->code, code) && g_str_equal (finding->subject, subject))
        return finding;
    }
  return NULL;
}

static guint
count (const GPtrArray *findings, const PtlFinding *like)
{
  guint n = 0;

  for (guint i = 0; i < findings->len; i++)
    {
      const PtlFinding *finding = findings->pdata[i];

      n += g_str_equal (finding->code, like->code) && g_str_equal (finding->subject, like->subject)
           && g_str_equal (finding->message, like->message);
    }
  return n;
}

/* What was missing may find no way. */
static void
check_no_new_error (const GPtrArray *before, const GPtrArray *after)
{
  for (guint i = 0; i < after->len; i++)
    {
      const PtlFinding *finding = after->pdata[i];

      if (finding->severity == PTL_SEVERITY_ERROR && !g_str_equal (finding->code, "unroutable"))
        ck_assert_msg (count (after, finding) <= count (before, finding), "%s %s: %s", finding->code, finding->subject,
                       finding->message);
    }
}

static void
check_mend (const GPtrArray *before, const PtlFinding *finding)
{
  g_autofree char *words = ptl_mend_get_words (history, finding);
  g_autofree char *text = write_plan (), *mended = NULL, *undone = NULL, *again = NULL, *left = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  ck_assert_msg (ptl_mend_apply (history, finding, &error), "%s", error != NULL ? error->message : "");
  ck_assert_str_eq (ptl_history_get_undo_name (history) + strlen ("Undo "), words);
  mended = write_plan ();
  after = check_plan ();
  left = ptl_mend_get_words (history, finding);
  ck_assert_pstr_eq (left, NULL); /* the finding is out of date now */
  ck_assert_msg (count (after, finding) < count (before, finding), "%s is still there", finding->code);
  check_no_new_error (before, after);
  ptl_history_undo (history);
  ck_assert (!ptl_history_can_undo (history));
  undone = write_plan ();
  ck_assert_str_eq (undone, text);
  ptl_history_redo (history);
  again = write_plan ();
  ck_assert_str_eq (again, mended);
}

static void
set_up (void)
{
  catalogue = ptl_catalogue_load (NULL);
}

static void
close_plan (void)
{
  g_clear_object (&history);
  g_clear_object (&plan);
}

static void
tear_down (void)
{
  close_plan ();
  g_clear_pointer (&catalogue, ptl_catalogue_free);
}

START_TEST (test_mend)
{
  const Case *given = &cases[_i];
  g_autoptr (GPtrArray) findings = NULL;
  const PtlFinding *finding;
  g_autofree char *words = NULL;

  open_plan (given->plan);
  findings = check_plan ();
  finding = find (findings, given->code, given->subject);
  ck_assert_msg (finding != NULL, "no %s of %s", given->code, given->subject);
  words = ptl_mend_get_words (history, finding);
  ck_assert_pstr_eq (words, given->words);
  ck_assert (!ptl_history_can_undo (history));
  if (words != NULL)
    check_mend (findings, finding);
}
END_TEST

START_TEST (test_plan_wide_ports)
{
  g_autoptr (GPtrArray) findings = NULL;

  open_plan (PLAN SET ("wsus-http-port", "80") P01 CORP NODE ("sup", "corp", "P01", ROLE ("software-update-point"))
                 NODE ("two", "corp", "P01", ROLE ("software-update-point")) END);
  findings = check_plan ();
  ck_assert (ptl_mend_apply (history, find (findings, "wsus-ports", "sup"), NULL));
  g_ptr_array_unref (g_steal_pointer (&findings));
  findings = check_plan ();
  ck_assert_ptr_null (find (findings, "wsus-ports", "two"));
}
END_TEST

/* A finding that is out of date changes nothing. */
START_TEST (test_stale)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  const PtlFinding *finding;

  open_plan (PLAN P01 BELOW ("CAS", "cas", "P01") END);
  findings = check_plan ();
  finding = find (findings, "site-parent", "CAS");
  ck_assert (ptl_mend_apply (history, finding, NULL));
  ck_assert_ptr_null (ptl_mend_get_words (history, finding));
  ck_assert (!ptl_mend_apply (history, finding, &error));
  ck_assert_ptr_nonnull (error);
}
END_TEST

/* What a mend adds stands in a free place: never on a card, and a firewall in no zone. */
START_TEST (test_places)
{
  g_autoptr (GPtrArray) findings = NULL;
  const PtlNode *server;
  const PtlFirewall *firewall;

  open_plan (PLAN P01 CORP DMZ NET FIREWALL ("fw", "dmz net", 1400)
                 LOOSE ("pcs", " zone='corp' site='P01'" PLACE (20, 60), ROLE ("client"))
                     LOOSE ("mp", " zone='net' site='P01'" PLACE (1500, 60), ROLE ("management-point")) END);
  findings = check_plan ();
  ck_assert (ptl_mend_apply (history, find (findings, "no-site-server", "P01"), NULL));
  server = plan->nodes->pdata[plan->nodes->len - 1];
  ck_assert_str_eq (server->zone, "corp");
  ck_assert_double_ge (server->x, 20 + PTL_NODE_WIDTH);
  ck_assert_double_lt (server->x, 640 - PTL_NODE_WIDTH);
  ck_assert (ptl_mend_apply (history, find (findings, "unroutable", "corp~net"), NULL));
  firewall = plan->firewalls->pdata[1];
  ck_assert_double_eq (firewall->x, 1040); /* between the zones, where the perimeter is */
  ck_assert (firewall->y <= -PTL_FIREWALL_HEIGHT / 2.0 || firewall->y >= 480 + PTL_FIREWALL_HEIGHT / 2.0);
}
END_TEST

/* That a zone full of thousands of nodes has no room is known at once. */
START_TEST (test_full_zone)
{
  g_autoptr (GString) text = g_string_new (PLAN P01 "<zone id='corp' name='corp' kind='intranet' x='0' y='0' "
                                                    "width='20040' height='10080'/>");
  g_autoptr (GPtrArray) findings = NULL;
  gint64 start;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text,
                            "<node id='n%u' name='n' zone='corp' site='P01' x='%u' y='%u'>" ROLE ("client") "</node>",
                            i, 20 + i % 100 * 200, 60 + i / 100 * 100);
  g_string_append (text, END);
  open_plan (text->str);
  findings = check_plan ();
  start = g_get_monotonic_time ();
  ck_assert_ptr_null (ptl_mend_get_words (history, find (findings, "no-site-server", "P01")));
  ck_assert_int_lt (g_get_monotonic_time () - start, G_USEC_PER_SEC);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("mend");
  TCase *tests = tcase_create ("all");
  SRunner *runner = srunner_create (suite);
  int failed;

  tcase_add_checked_fixture (tests, set_up, tear_down);
  tcase_add_loop_test (tests, test_mend, 0, G_N_ELEMENTS (cases));
  tcase_add_test (tests, test_plan_wide_ports);
  tcase_add_test (tests, test_stale);
  tcase_add_test (tests, test_places);
  tcase_add_test (tests, test_full_zone);
  suite_add_tcase (suite, tests);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
