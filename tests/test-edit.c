#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"
#include "plan/ptl-edit-add.h"
#include "plan/ptl-edit-copy.h"
#include "plan/ptl-edit-delete.h"
#include "plan/ptl-edit-fields.h"
#include "plan/ptl-edit-place.h"
#include "plan/ptl-edit-sites.h"
#include "plan/ptl-plan-check.h"

/* What is compared everywhere is the file that the plan would be saved as. */

enum
{
  CAS,
  P01,
  S01
}; /* sites */
enum
{
  CORP,
  DMZ,
  NET,
  LAB
}; /* zones; LAB lies in CORP */
enum
{
  INNER,
  EDGE
}; /* firewalls */
enum
{
  CM01,
  MP02,
  DP03,
  LAPTOPS,
  DC01,
  LONE
}; /* nodes; LONE stands in no zone */

static const char start[]
    = "<plan xmlns='urn:portolan:plan:1' title='Test' description=''>"
      "<set name='client-http-port'>8080</set>"
      "<feature name='client-push' enabled='yes'/>"
      "<site code='CAS' kind='cas'/>"
      "<site code='P01' name='Head' kind='primary' parent='CAS'><set name='rpc-dynamic'>50000-50255</set></site>"
      "<site code='S01' kind='secondary' parent='P01'/>"
      "<zone id='corp' name='Corporate' kind='intranet' x='0' y='0' width='640' height='480'/>"
      "<zone id='dmz' name='Perimeter' kind='perimeter' x='720' y='0' width='320' height='480'/>"
      "<zone id='net' name='Internet' kind='internet' x='1120' y='0' width='320' height='480'/>"
      "<zone id='lab' name='Lab' kind='intranet' x='320' y='240' width='300' height='200'/>"
      "<firewall id='fw-inner' name='Inner' zones='corp dmz' x='680' y='240'/>"
      "<firewall id='fw-edge' name='Edge' zones='corp dmz net' x='1080' y='240'/>"
      "<node id='cm01' name='CM01' zone='corp' site='P01' x='40' y='80' addresses='10.1.0.10'>"
      "<role name='site-server'/><role name='distribution-point'/></node>"
      "<node id='mp02' name='MP02' zone='dmz' site='P01' x='760' y='80'>"
      "<role name='management-point' internet-facing='yes' note='n'/><set name='client-https-port'>8443</set></node>"
      "<node id='dp03' name='DP03' zone='corp' site='S01' x='40' y='200'><role name='distribution-point' "
      "pull='yes'/></node>"
      "<node id='laptops' name='Laptops' zone='net' site='P01' x='1200' y='80'><role name='client'/></node>"
      "<node id='dc01' name='DC01' zone='corp' x='240' y='80'><role name='domain-controller'/></node>"
      "<node id='lone' name='Lone' x='2000' y='2000'><role name='client'/></node>"
      "<link kind='pull-source' from='dp03' to='cm01'/>"
      "</plan>";

static PtlCatalogue *catalogue;
static PtlHistory *history;
static PtlPlan *plan;

static PtlPlan *
read_plan (const char *text)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  PtlPlan *read = ptl_plan_read (catalogue, stream, &problems);

  ck_assert_msg (read != NULL, "%s", problems != NULL ? ((PtlFileProblem *) problems->pdata[0])->message : "");
  return read;
}

static char *
write_plan (PtlPlan *written)
{
  int fd = memfd_create ("plan", 0);
  PtlOutput *output = ptl_output_new_for_fd (fd, "memory");
  char *text;
  off_t size;

  ptl_plan_write (written, output);
  ck_assert (ptl_output_finish (output, NULL));
  size = lseek (fd, 0, SEEK_END);
  text = g_malloc0 ((gsize) size + 1);
  ck_assert_int_eq (pread (fd, text, (size_t) size, 0), size);
  close (fd);
  return text;
}

/* The texts are too long for a message: it has the first line that differs. */
static void
check_same (const char *text, const char *other)
{
  g_auto (GStrv) lines = NULL, other_lines = NULL;
  guint i = 0;

  if (strcmp (text, other) == 0)
    return;
  lines = g_strsplit (text, "\n", -1);
  other_lines = g_strsplit (other, "\n", -1);
  while (g_strcmp0 (lines[i], other_lines[i]) == 0)
    i++;
  ck_abort_msg ("line %u: %s, not %s", i, lines[i] != NULL ? lines[i] : "",
                other_lines[i] != NULL ? other_lines[i] : "");
}

/* The plan as text; a file of it must be read, and give the same text again. */
static char *
checked_text (void)
{
  g_autofree char *text = write_plan (plan), *again = NULL;
  g_autoptr (PtlPlan) read = read_plan (text);

  again = write_plan (read);
  check_same (text, again);
  return g_steal_pointer (&text);
}

static void
set_up (void)
{
  catalogue = ptl_catalogue_load (NULL);
  plan = read_plan (start);
  history = ptl_history_new (plan);
}

static void
tear_down (void)
{
  g_clear_object (&history);
  g_clear_object (&plan);
  g_clear_pointer (&catalogue, ptl_catalogue_free);
}

static guint
role (const char *name)
{
  return (guint) ptl_catalogue_find_role (catalogue, name);
}

static guint
setting (const char *name)
{
  return (guint) ptl_catalogue_find_setting (catalogue, name);
}

static guint
feature (const char *name)
{
  return (guint) ptl_catalogue_find_feature (catalogue, name);
}

#define SITE(i)                                                                                                        \
  {                                                                                                                    \
    PTL_RECORD_SITE, i                                                                                                 \
  }
#define ZONE(i)                                                                                                        \
  {                                                                                                                    \
    PTL_RECORD_ZONE, i                                                                                                 \
  }
#define FIREWALL(i)                                                                                                    \
  {                                                                                                                    \
    PTL_RECORD_FIREWALL, i                                                                                             \
  }
#define NODE(i)                                                                                                        \
  {                                                                                                                    \
    PTL_RECORD_NODE, i                                                                                                 \
  }
#define ITEMS(...) ((const PtlItem[]){ __VA_ARGS__ }), G_N_ELEMENTS (((const PtlItem[]){ __VA_ARGS__ }))
#define THE_PLAN                                                                                                       \
  {                                                                                                                    \
    PTL_RECORD_PLAN, 0                                                                                                 \
  }

/* Every edit: what it is called, what the file then has and has no longer; undone and done again, the
 * file is the same to the byte. A case is a name and an expression. */

#define EDITS                                                                                                          \
  EDIT (add_node, ptl_edit_add_node (history, role ("management-point"), P01, 100, 300, NULL, e), "Add MP01",          \
        "<node id=\"mp01\" name=\"MP01\" zone=\"corp\" site=\"P01\" x=\"100\" y=\"300\">", NULL)                       \
  EDIT (add_node_smallest_zone, ptl_edit_add_node (history, role ("internet"), -1, 400, 300, NULL, e),                 \
        "Add Internet 2", "<node id=\"internet-2\" name=\"Internet 2\" zone=\"lab\" x=\"400\" y=\"300\">", NULL)       \
  EDIT (add_node_nowhere, ptl_edit_add_node (history, role ("distribution-point"), -1, 5000, 0.12345, NULL, e),        \
        "Add DP01", "<node id=\"dp01\" name=\"DP01\" x=\"5000\" y=\"0.123\">", NULL)                                   \
  EDIT (place_cas, ptl_edit_place_site (history, PTL_SITE_CAS, S01, 100, 300, NULL, e), "Add site C01",                \
        "<site code=\"C01\" kind=\"cas\"/>", NULL)                                                                     \
  EDIT (place_primary, ptl_edit_place_site (history, PTL_SITE_PRIMARY, S01, 400, 300, NULL, e), "Add site P02",        \
        "<node id=\"cm02\" name=\"CM02\" zone=\"lab\" site=\"P02\" x=\"400\" y=\"300\">\n    <role "                   \
        "name=\"site-server\"/>\n"                                                                                     \
        "    <role name=\"sms-provider\"/>\n    <role name=\"sql-server\"/>\n  </node>",                               \
        NULL)                                                                                                          \
  EDIT (place_primary_below, ptl_edit_place_site (history, PTL_SITE_PRIMARY, P01, 400, 300, NULL, e), "Add site P02",  \
        "<site code=\"P02\" kind=\"primary\" parent=\"CAS\"/>", NULL)                                                  \
  EDIT (place_secondary, ptl_edit_place_site (history, PTL_SITE_SECONDARY, CAS, 5000, 0, NULL, e), "Add site S02",     \
        "<site code=\"S02\" kind=\"secondary\" parent=\"P01\"/>", NULL)                                                \
  EDIT (place_secondary_server, ptl_edit_place_site (history, PTL_SITE_SECONDARY, -1, 5000, 0, NULL, e),               \
        "Add site S02",                                                                                                \
        "site=\"S02\" x=\"5000\" y=\"0\">\n    <role name=\"site-server\"/>\n    <role name=\"management-point\"/>\n"  \
        "    <role name=\"distribution-point\"/>\n    <role name=\"sql-server\"/>\n  </node>",                         \
        NULL)                                                                                                          \
  EDIT (add_zone, ptl_edit_add_zone (history, PTL_ZONE_CLOUD, 1900, 1900, 400, 300, NULL, e), "Add Cloud",             \
        "<node id=\"lone\" name=\"Lone\" zone=\"cloud\"", NULL)                                                        \
  EDIT (add_zone_over_others, ptl_edit_add_zone (history, PTL_ZONE_PERIMETER, 0, 0, 600, 400, NULL, e),                \
        "Add Perimeter 2", "<zone id=\"perimeter-2\" name=\"Perimeter 2\"", "zone=\"perimeter-2\"")                    \
  EDIT (add_firewall, ptl_edit_add_firewall (history, NULL, 0, 1080, 100, NULL, e), "Add Firewall",                    \
        "<firewall id=\"firewall\" name=\"Firewall\" zones=\"dmz net\" x=\"1080\" y=\"100\"/>", NULL)                  \
  EDIT (add_firewall_between, ptl_edit_add_firewall (history, (guint[]){ LAB, NET, LAB }, 3, 5, 5, NULL, e),           \
        "Add Firewall", "zones=\"lab net\"", NULL)                                                                     \
  EDIT (join_zone, ptl_edit_join_zone (history, INNER, NET, e), "Join Inner to a zone",                                \
        "zones=\"corp dmz net\" x=\"680\"", NULL)                                                                      \
  EDIT (leave_zone, ptl_edit_leave_zone (history, EDGE, DMZ, e), "Part Edge from a zone", "zones=\"corp net\"", NULL)  \
  EDIT (add_link, ptl_edit_add_link (history, 0, CM01, DP03, e), "Link CM01 to its source",                            \
        "<link kind=\"pull-source\" from=\"cm01\" to=\"dp03\"/>", "<role name=\"distribution-point\"/>")               \
  EDIT (move_one, ptl_edit_move (history, ITEMS (NODE (CM01)), 10, -20.5, e), "Move CM01", "x=\"50\" y=\"59.5\"",      \
        NULL)                                                                                                          \
  EDIT (move_many, ptl_edit_move (history, ITEMS (NODE (CM01), NODE (DP03), NODE (DC01)), 600, 0, e), "Move 3 nodes",  \
        "<node id=\"dc01\" name=\"DC01\" zone=\"dmz\" x=\"840\"", "zone=\"corp\"")                                     \
  EDIT (move_mixed, ptl_edit_move (history, ITEMS (NODE (LONE), FIREWALL (EDGE)), 0, 1, e), "Move 2 items",            \
        "x=\"1080\" y=\"241\"", NULL)                                                                                  \
  EDIT (move_out, ptl_edit_move (history, ITEMS (NODE (MP02)), 0, 5000, e), "Move MP02",                               \
        "<node id=\"mp02\" name=\"MP02\" site=\"P01\" x=\"760\" y=\"5080\">", "zone=\"dmz\"")                          \
  EDIT (move_into_smallest, ptl_edit_move (history, ITEMS (NODE (DC01)), 100, 200, e), "Move DC01",                    \
        "<node id=\"dc01\" name=\"DC01\" zone=\"lab\"", NULL)                                                          \
  EDIT (move_zone, ptl_edit_move (history, ITEMS (ZONE (CORP), NODE (CM01)), 1120, 0, e), "Move 2 items",              \
        "<node id=\"cm01\" name=\"CM01\" zone=\"corp\" site=\"P01\" x=\"1160\"", "x=\"40\" y=\"200\"")                 \
  EDIT (resize_zone, ptl_edit_resize_zone (history, CORP, 100, 0, 300, 240, e), "Resize Corporate",                    \
        "zone=\"corp\" site=\"S01\" x=\"100\" y=\"160\"", "x=\"240\" y=\"80\"")                                        \
  EDIT (align_left, ptl_edit_align (history, ITEMS (NODE (CM01), NODE (DC01)), PTL_ALIGN_LEFT, e), "Align 2 nodes",    \
        "<node id=\"dc01\" name=\"DC01\" zone=\"corp\" x=\"40\" y=\"80\">", NULL)                                      \
  EDIT (align_centre, ptl_edit_align (history, ITEMS (NODE (CM01), FIREWALL (INNER)), PTL_ALIGN_CENTRE, e),            \
        "Align 2 items", "<firewall id=\"fw-inner\" name=\"Inner\" zones=\"corp dmz\" x=\"386\"", NULL)                \
  EDIT (align_right, ptl_edit_align (history, ITEMS (NODE (CM01), NODE (DC01)), PTL_ALIGN_RIGHT, e), "Align 2 nodes",  \
        "site=\"P01\" x=\"240\" y=\"80\"", NULL)                                                                       \
  EDIT (align_top, ptl_edit_align (history, ITEMS (NODE (CM01), NODE (DP03)), PTL_ALIGN_TOP, e), "Align 2 nodes",      \
        "site=\"S01\" x=\"40\" y=\"80\"", NULL)                                                                        \
  EDIT (align_middle, ptl_edit_align (history, ITEMS (NODE (CM01), NODE (DP03)), PTL_ALIGN_MIDDLE, e),                 \
        "Align 2 nodes", "site=\"P01\" x=\"40\" y=\"140\"", NULL)                                                      \
  EDIT (align_bottom, ptl_edit_align (history, ITEMS (NODE (CM01), NODE (DP03)), PTL_ALIGN_BOTTOM, e),                 \
        "Align 2 nodes", "site=\"P01\" x=\"40\" y=\"200\"", NULL)                                                      \
  EDIT (align_zone, ptl_edit_align (history, ITEMS (ZONE (CORP), NODE (LONE)), PTL_ALIGN_RIGHT, e), "Align 2 items",   \
        "site=\"P01\" x=\"1580\" y=\"80\"", NULL)                                                                      \
  EDIT (distribute, ptl_edit_distribute (history, ITEMS (NODE (LONE), NODE (CM01), NODE (DC01)), FALSE, e),            \
        "Distribute 3 nodes", "<node id=\"dc01\" name=\"DC01\" x=\"1020\" y=\"80\"", "zone=\"corp\" x=\"240\"")        \
  EDIT (distribute_down, ptl_edit_distribute (history, ITEMS (NODE (LONE), NODE (CM01), NODE (DP03)), TRUE, e),        \
        "Distribute 3 nodes", "x=\"40\" y=\"1040\"", NULL)                                                             \
  EDIT (arrange,                                                                                                       \
        ptl_edit_arrange (history, (PtlPlace[]){ { NODE (CM01), 900, 900, 0, 0 }, { ZONE (LAB), 1, 2, 3, 4 } }, 2, e), \
        "Arrange the plan", "zone=\"corp\" site=\"P01\" x=\"900\" y=\"900\"", NULL)                                    \
  EDIT (set_zone, ptl_edit_set_zone (history, ITEMS (NODE (CM01)), NET, e), "Change the zone of CM01",                 \
        "zone=\"net\" site=\"P01\" x=\"1120\" y=\"80\"", NULL)                                                         \
  EDIT (set_no_zone, ptl_edit_set_zone (history, ITEMS (NODE (CM01), NODE (DC01)), -1, e),                             \
        "Change the zone of 2 nodes", "<node id=\"dc01\" name=\"DC01\" x=\"240\"", NULL)                               \
  EDIT (title, ptl_edit_set_text (history, PTL_FIELD_TITLE, ITEMS (THE_PLAN), "New", e),                               \
        "Change the title of the plan", "title=\"New\"", "title=\"Test\"")                                             \
  EDIT (description, ptl_edit_set_text (history, PTL_FIELD_DESCRIPTION, ITEMS (THE_PLAN), "D", e),                     \
        "Change the description of the plan", "description=\"D\"", NULL)                                               \
  EDIT (rename, ptl_edit_set_text (history, PTL_FIELD_NAME, ITEMS (ZONE (DMZ)), "DMZ", e), "Rename Perimeter",         \
        "name=\"DMZ\"", "name=\"Perimeter\"")                                                                          \
  EDIT (notes,                                                                                                         \
        ptl_edit_set_text (history, PTL_FIELD_NOTE,                                                                    \
                           ITEMS (SITE (P01), ZONE (NET), FIREWALL (EDGE), NODE (LONE), THE_PLAN,                      \
                                  { PTL_RECORD_LINK, 0 }, { PTL_RECORD_SET, 0 }, { PTL_RECORD_FEATURE, 0 }),           \
                           "N", e),                                                                                    \
        "Change the note of 8 items", "to=\"cm01\" note=\"N\"", NULL)                                                  \
  EDIT (colour, ptl_edit_set_text (history, PTL_FIELD_COLOUR, ITEMS (ZONE (DMZ)), "#00ff00", e),                       \
        "Change the colour of Perimeter", "colour=\"#00ff00\"", NULL)                                                  \
  EDIT (addresses, ptl_edit_set_text (history, PTL_FIELD_ADDRESSES, ITEMS (NODE (CM01), NODE (LONE)), " a  b ", e),    \
        "Change the addresses of 2 nodes", "addresses=\"a b\"", "10.1.0.10")                                           \
  EDIT (site_kind, ptl_edit_set_choice (history, PTL_FIELD_SITE_KIND, ITEMS (SITE (S01)), PTL_SITE_PRIMARY, e),        \
        "Change the kind of S01", "code=\"S01\" kind=\"primary\"", NULL)                                               \
  EDIT (zone_kind, ptl_edit_set_choice (history, PTL_FIELD_ZONE_KIND, ITEMS (ZONE (LAB)), PTL_ZONE_CLOUD, e),          \
        "Change the kind of Lab", "kind=\"cloud\"", NULL)                                                              \
  EDIT (managed, ptl_edit_set_choice (history, PTL_FIELD_MANAGED, ITEMS (FIREWALL (EDGE)), FALSE, e),                  \
        "Change who manages Edge", "managed=\"no\"", NULL)                                                             \
  EDIT (initiates, ptl_edit_set_choice (history, PTL_FIELD_SITE_SERVER_INITIATES, ITEMS (NODE (MP02)), TRUE, e),       \
        "Change who starts conversations with MP02", "site-server-initiates=\"yes\"", NULL)                            \
  EDIT (set_on_plan, ptl_edit_set_setting (history, ITEMS (THE_PLAN), setting ("sql-port"), "1500", e), NULL,          \
        "<set name=\"sql-port\">1500</set>", NULL)                                                                     \
  EDIT (change_on_plan, ptl_edit_set_setting (history, ITEMS (THE_PLAN), setting ("client-http-port"), " 81 ", e),     \
        NULL, ">81</set>", "8080")                                                                                     \
  EDIT (inherit_on_plan, ptl_edit_set_setting (history, ITEMS (THE_PLAN), setting ("client-http-port"), NULL, e),      \
        NULL, "<feature", "8080")                                                                                      \
  EDIT (set_on_many,                                                                                                   \
        ptl_edit_set_setting (history, ITEMS (SITE (CAS), NODE (MP02)), setting ("client-https-port"), "444", e),      \
        NULL, "<site code=\"CAS\" kind=\"cas\">\n    <set name=\"client-https-port\">444", "8443")                     \
  EDIT (inherit_on_node, ptl_edit_set_setting (history, ITEMS (NODE (MP02)), setting ("client-https-port"), NULL, e),  \
        NULL, "50000-50255", "8443")                                                                                   \
  EDIT (setting_note,                                                                                                  \
        ptl_edit_set_setting_note (history, (PtlItem) NODE (MP02), setting ("client-https-port"), "S", e),             \
        "Change the note of MP02", "note=\"S\">8443", NULL)                                                            \
  EDIT (feature_new, ptl_edit_set_feature (history, feature ("remote-control"), FALSE, e), NULL,                       \
        "<feature name=\"remote-control\" enabled=\"no\"/>", NULL)                                                     \
  EDIT (feature_off, ptl_edit_set_feature (history, feature ("client-push"), FALSE, e), NULL,                          \
        "<feature name=\"client-push\" enabled=\"no\"/>", NULL)                                                        \
  EDIT (feature_reset, ptl_edit_set_feature (history, feature ("client-push"), -1, e), NULL, "<site", "<feature")      \
  EDIT (add_role, ptl_edit_add_role (history, ITEMS (NODE (CM01), NODE (MP02)), role ("management-point"), e),         \
        "Add a role to 2 nodes", "<role name=\"management-point\"/>", NULL)                                            \
  EDIT (remove_role, ptl_edit_remove_role (history, ITEMS (NODE (CM01), NODE (LONE)), role ("site-server"), e),        \
        "Remove a role from 2 nodes", "<role", "site-server")                                                          \
  EDIT (set_option,                                                                                                    \
        ptl_edit_set_option (history, ITEMS (NODE (CM01), NODE (MP02)), role ("distribution-point"), 1, "yes", e),     \
        "Change an option of 2 nodes",                                                                                 \
        "<role name=\"distribution-point\" pull=\"yes\"/>\n  </node>\n  <node id=\"mp02\"", NULL)                      \
  EDIT (role_note, ptl_edit_set_role_note (history, MP02, role ("management-point"), "", e),                           \
        "Change the note of MP02", "internet-facing=\"yes\"/>", NULL)                                                  \
  EDIT (add_site, ptl_edit_add_site (history, PTL_SITE_SECONDARY, P01, NULL, e), "Add site S02",                       \
        "<site code=\"S02\" kind=\"secondary\" parent=\"P01\"/>", NULL)                                                \
  EDIT (add_cas, ptl_edit_add_site (history, PTL_SITE_CAS, -1, NULL, e), "Add site C01",                               \
        "<site code=\"C01\" kind=\"cas\"/>", NULL)                                                                     \
  EDIT (set_code, ptl_edit_set_code (history, P01, "XYZ", e), "Change the code of P01",                                \
        "<site code=\"S01\" kind=\"secondary\" parent=\"XYZ\"/>", "P01")                                               \
  EDIT (set_parent, ptl_edit_set_parent (history, ITEMS (SITE (P01), SITE (S01)), -1, e),                              \
        "Move 2 sites in the hierarchy", "<site code=\"S01\" kind=\"secondary\"/>", "parent")                          \
  EDIT (set_site, ptl_edit_set_site (history, ITEMS (NODE (DC01), NODE (LONE)), S01, e), "Change the site of 2 nodes", \
        "id=\"lone\" name=\"Lone\" site=\"S01\"", NULL)                                                                \
  EDIT (set_id_of_zone, ptl_edit_set_id (history, (PtlItem) ZONE (CORP), "Corp", e), "Change the id of Corporate",     \
        "zones=\"Corp dmz net\"", "corp")                                                                              \
  EDIT (set_id_of_node, ptl_edit_set_id (history, (PtlItem) NODE (CM01), "server", e), "Change the id of CM01",        \
        "from=\"dp03\" to=\"server\"", "cm01")                                                                         \
  EDIT (delete_site, ptl_edit_delete (history, ITEMS (SITE (P01)), e), "Delete P01",                                   \
        "<site code=\"S01\" kind=\"secondary\"/>", "P01")                                                              \
  EDIT (delete_zone, ptl_edit_delete (history, ITEMS (ZONE (CORP)), e), "Delete Corporate",                            \
        "<firewall id=\"fw-edge\" name=\"Edge\" zones=\"dmz net\"", "fw-inner")                                        \
  EDIT (delete_node, ptl_edit_delete (history, ITEMS (NODE (CM01)), e), "Delete CM01", "dp03", "<link")                \
  EDIT (delete_link, ptl_edit_delete (history, ITEMS ({ PTL_RECORD_LINK, 0 }), e), "Delete the link", "dp03", "<link") \
  EDIT (delete_many,                                                                                                   \
        ptl_edit_delete (history,                                                                                      \
                         ITEMS (NODE (LONE), ZONE (LAB), NODE (CM01), ZONE (NET), NODE (MP02), SITE (CAS),             \
                                FIREWALL (INNER), NODE (CM01)),                                                        \
                         e),                                                                                           \
        "Delete 8 items", "<node id=\"laptops\" name=\"Laptops\" site=\"P01\"", "mp02")                                \
  EDIT (duplicate, ptl_edit_duplicate (history, ITEMS (NODE (DP03), NODE (LAPTOPS)), 20, 20, NULL, NULL, e),           \
        "Duplicate 2 nodes", "<link kind=\"pull-source\" from=\"dp04\" to=\"cm01\"/>", NULL)                           \
  EDIT (duplicate_zone, ptl_edit_duplicate (history, ITEMS (ZONE (CORP), NODE (CM01)), 0, 600, NULL, NULL, e),         \
        "Duplicate 4 items", "<node id=\"dp04\" name=\"DP04\" zone=\"corp-2\" site=\"S01\" x=\"40\" y=\"800\">", NULL) \
  EDIT (duplicate_firewall, ptl_edit_duplicate (history, ITEMS (FIREWALL (EDGE)), 0, 0, NULL, NULL, e),                \
        "Duplicate Edge 2", "<firewall id=\"fw-edge-2\" name=\"Edge 2\" zones=\"corp dmz net\"", NULL)

typedef struct
{
  const char *what;
  gboolean (*edit) (GError **e);
  const char *name, *there, *gone; /* NULL: not looked at; name alone in refusals: words of the sentence */
} Case;

#define EDIT(what, expression, name, there, gone)                                                                      \
  static gboolean edit_##what (GError **e)                                                                             \
  {                                                                                                                    \
    return expression;                                                                                                 \
  }
EDITS
#undef EDIT
#define EDIT(what, expression, name, there, gone) { #what, edit_##what, name, there, gone },
static const Case edits[] = { EDITS };
#undef EDIT

START_TEST (test_edit)
{
  const Case *c = &edits[_i];
  g_autofree char *before = checked_text (), *after = NULL, *undone = NULL, *redone = NULL, *words = NULL;
  g_autoptr (GError) error = NULL;

  ck_assert_msg (c->edit (&error), "%s: %s", c->what, error != NULL ? error->message : "");
  after = checked_text ();
  words = g_strconcat ("Undo ", c->name, NULL);
  ck_assert_msg (c->name == NULL || strcmp (ptl_history_get_undo_name (history), words) == 0, "%s: %s", c->what,
                 ptl_history_get_undo_name (history));
  ck_assert_msg (strstr (after, c->there) != NULL, "%s: %s", c->what, after);
  ck_assert_msg (c->gone == NULL || (strstr (before, c->gone) != NULL) >= (strstr (after, c->gone) != NULL), "%s: %s",
                 c->what, after);
  ck_assert_msg (c->gone == NULL || strstr (after, c->gone) == NULL, "%s: %s", c->what, after);
  ck_assert (ptl_history_is_modified (history));
  ptl_history_undo (history);
  undone = checked_text ();
  check_same (undone, before);
  ck_assert (!ptl_history_is_modified (history));
  ck_assert (!ptl_history_can_undo (history));
  ptl_history_redo (history);
  redone = checked_text ();
  check_same (redone, after);
}
END_TEST

/* Refusals: a sentence, and no trace. */

#define LONG "0123456789012345678901234567890123456789012345678901234567890123"
#define REFUSALS                                                                                                       \
  REFUSAL (node_beyond, ptl_edit_add_node (history, 0, -1, 2e7, 0, NULL, e), "canvas ends")                            \
  REFUSAL (site_beyond, ptl_edit_place_site (history, PTL_SITE_PRIMARY, -1, 2e7, 0, NULL, e), "canvas ends")           \
  REFUSAL (node_not_a_number, ptl_edit_add_node (history, 0, -1, 0, NAN, NULL, e), "canvas ends")                      \
  REFUSAL (zone_flat, ptl_edit_add_zone (history, PTL_ZONE_CLOUD, 0, 0, 100, 0, NULL, e), "width and a height")        \
  REFUSAL (zone_beyond, ptl_edit_add_zone (history, PTL_ZONE_CLOUD, 0, -1e8, 100, 9, NULL, e), "canvas ends")          \
  REFUSAL (firewall_one_zone, ptl_edit_add_firewall (history, (guint[]){ LAB, LAB }, 2, 5, 5, NULL, e), "two zones")   \
  REFUSAL (join_twice, ptl_edit_join_zone (history, INNER, DMZ, e), "already")                                         \
  REFUSAL (leave_last, ptl_edit_leave_zone (history, INNER, DMZ, e), "two zones at least")                             \
  REFUSAL (leave_other, ptl_edit_leave_zone (history, INNER, NET, e), "does not join")                                 \
  REFUSAL (link_to_itself, ptl_edit_add_link (history, 0, CM01, CM01, e), "itself")                                    \
  REFUSAL (link_twice, ptl_edit_add_link (history, 0, DP03, CM01, e), "already")                                       \
  REFUSAL (link_roles, ptl_edit_add_link (history, 0, MP02, CM01, e), "roles")                                         \
  REFUSAL (move_beyond, ptl_edit_move (history, ITEMS (NODE (CM01), ZONE (NET)), 9999000, 0, e), "canvas ends")        \
  REFUSAL (resize_flat, ptl_edit_resize_zone (history, CORP, 0, 0, -5, 5, e), "width and a height")                    \
  REFUSAL (align_one, ptl_edit_align (history, ITEMS (NODE (CM01)), PTL_ALIGN_TOP, e), "two or more")                  \
  REFUSAL (distribute_two, ptl_edit_distribute (history, ITEMS (NODE (CM01), NODE (MP02)), TRUE, e), "three or more")  \
  REFUSAL (name_empty, ptl_edit_set_text (history, PTL_FIELD_NAME, ITEMS (SITE (P01), NODE (CM01)), "", e), "write 1") \
  REFUSAL (note_control, ptl_edit_set_text (history, PTL_FIELD_NOTE, ITEMS (NODE (CM01)), "\a", e), "control")         \
  REFUSAL (colour, ptl_edit_set_text (history, PTL_FIELD_COLOUR, ITEMS (ZONE (NET)), "red", e), "not a colour")        \
  REFUSAL (addresses, ptl_edit_set_text (history, PTL_FIELD_ADDRESSES, ITEMS (NODE (CM01)), "10.1.0.300", e),          \
           "10.1.0.300")                                                                                               \
  REFUSAL (setting, ptl_edit_set_setting (history, ITEMS (THE_PLAN), setting ("sql-port"), "70000", e), "65535")       \
  REFUSAL (setting_note, ptl_edit_set_setting_note (history, (PtlItem) NODE (CM01), 0, "x", e), "inherited")           \
  REFUSAL (role_twice, ptl_edit_add_role (history, ITEMS (NODE (LONE)), role ("client"), e), "already")                \
  REFUSAL (last_role,                                                                                                  \
           ptl_edit_remove_role (history, ITEMS (NODE (CM01), NODE (DP03)), role ("distribution-point"), e),           \
           "at least one role")                                                                                        \
  REFUSAL (option, ptl_edit_set_option (history, ITEMS (NODE (MP02)), role ("management-point"), 0, "maybe", e),       \
           "only")                                                                                                     \
  REFUSAL (role_note, ptl_edit_set_role_note (history, CM01, role ("client"), "x", e), "does not have")                \
  REFUSAL (code, ptl_edit_set_code (history, P01, "p01", e), "capital")                                                \
  REFUSAL (code_taken, ptl_edit_set_code (history, P01, "S01", e), "another site")                                     \
  REFUSAL (below_itself, ptl_edit_set_parent (history, ITEMS (SITE (CAS)), S01, e), "below itself")                    \
  REFUSAL (own_parent, ptl_edit_set_parent (history, ITEMS (SITE (S01), SITE (P01)), P01, e), "below itself")          \
  REFUSAL (id, ptl_edit_set_id (history, (PtlItem) NODE (CM01), LONG, e), "63")                                        \
  REFUSAL (id_taken, ptl_edit_set_id (history, (PtlItem) NODE (CM01), "FW-Edge", e), "case")                           \
  REFUSAL (id_reserved, ptl_edit_set_id (history, (PtlItem) FIREWALL (EDGE), "con", e), "Windows")

#define REFUSAL(what, expression, words)                                                                               \
  static gboolean refuse_##what (GError **e)                                                                           \
  {                                                                                                                    \
    return expression;                                                                                                 \
  }
REFUSALS
#undef REFUSAL
#define REFUSAL(what, expression, words) { #what, refuse_##what, words, NULL, NULL },
static const Case refusals[] = { REFUSALS };
#undef REFUSAL

START_TEST (test_refusal)
{
  const Case *c = &refusals[_i];
  g_autofree char *before = checked_text (), *after = NULL;
  g_autoptr (GError) error = NULL;

  ck_assert_msg (!c->edit (&error), "%s", c->what);
  ck_assert_msg (error != NULL && strstr (error->message, c->name) != NULL, "%s: %s", c->what,
                 error != NULL ? error->message : "");
  after = checked_text ();
  check_same (after, before);
  ck_assert (!ptl_history_can_undo (history));
  ck_assert (!ptl_history_is_modified (history));
}
END_TEST

/* The history */

static guint
count_undo (void)
{
  guint n = 0;

  for (; ptl_history_can_undo (history); n++)
    ptl_history_undo (history);
  for (guint i = 0; i < n; i++)
    ptl_history_redo (history);
  return n;
}

static void
rename_node (guint node, const char *name)
{
  ck_assert (ptl_edit_set_text (history, PTL_FIELD_NAME, ITEMS (NODE (node)), name, NULL));
}

START_TEST (test_merging)
{
  g_autofree char *before = checked_text (), *undone = NULL;

  rename_node (CM01, "A");
  rename_node (CM01, "AB");
  ck_assert_str_eq (ptl_history_get_undo_name (history), "Undo Rename CM01");
  for (guint i = 0; i < 10; i++)
    ck_assert (ptl_edit_move (history, ITEMS (NODE (CM01), ZONE (NET)), 7, 0, NULL));
  ck_assert (ptl_edit_move (history, ITEMS (NODE (CM01)), 7, 0, NULL)); /* other items: another step */
  rename_node (CM01, "B");
  ptl_history_seal (history);
  rename_node (CM01, "C");
  rename_node (CM01, "C"); /* nothing */
  ptl_history_undo (history);
  ptl_history_redo (history);
  rename_node (CM01, "D"); /* undoing ends a step */
  ck_assert_uint_eq (count_undo (), 6);
  ptl_history_undo (history);
  ptl_history_undo (history);
  ck_assert_str_eq (((PtlNode *) plan->nodes->pdata[CM01])->name, "B");
  while (ptl_history_can_undo (history))
    ptl_history_undo (history);
  undone = checked_text ();
  check_same (undone, before);
}
END_TEST

/* Typing in a field that had no value of its own: the record that comes is part of the step. */
START_TEST (test_merging_into_insertion)
{
  g_autofree char *before = checked_text (), *after = NULL, *undone = NULL, *redone = NULL;

  for (guint i = 0; i < 3; i++)
    ck_assert (ptl_edit_set_setting (history, ITEMS (THE_PLAN), setting ("sql-port"),
                                     (const char *[]){ "1", "15", "150" }[i], NULL));
  ck_assert (ptl_edit_set_text (history, PTL_FIELD_TITLE, ITEMS (THE_PLAN), "T", NULL));
  ck_assert (ptl_edit_set_text (history, PTL_FIELD_TITLE, ITEMS (THE_PLAN), "Ti", NULL));
  ck_assert_uint_eq (count_undo (), 2);
  after = checked_text ();
  ck_assert_ptr_nonnull (strstr (after, "<set name=\"sql-port\">150</set>"));
  ptl_history_undo (history);
  ptl_history_undo (history);
  undone = checked_text ();
  check_same (undone, before);
  ptl_history_redo (history);
  ptl_history_redo (history);
  redone = checked_text ();
  check_same (redone, after);
}
END_TEST

/* A drag of a border depends on where it ends, not on where it was. */
START_TEST (test_resize_comes_back)
{
  g_autofree char *before = checked_text (), *after = NULL;

  for (guint i = 0; i <= 20; i++)
    ck_assert (ptl_edit_resize_zone (history, CORP, 0, 0, 640 - 50 * (10 - fabs (10.0 - i)), 480, NULL));
  after = checked_text ();
  check_same (after, before);
  ck_assert_uint_eq (count_undo (), 1);
}
END_TEST

START_TEST (test_cancel)
{
  g_autofree char *before = checked_text (), *after = NULL;

  rename_node (CM01, "A");
  ptl_history_seal (history);
  ptl_history_cancel (history); /* nothing was dragged */
  ck_assert_uint_eq (count_undo (), 1);
  ptl_history_undo (history);
  ptl_history_seal (history);
  ck_assert (ptl_edit_move (history, ITEMS (ZONE (CORP)), 3, 0, NULL));
  ck_assert (ptl_edit_move (history, ITEMS (ZONE (CORP)), 3, 0, NULL));
  ptl_history_cancel (history);
  after = checked_text ();
  check_same (after, before);
  ck_assert (!ptl_history_can_undo (history) && !ptl_history_can_redo (history));
  ck_assert (!ptl_history_is_modified (history));
}
END_TEST

START_TEST (test_join)
{
  g_autofree char *before = checked_text (), *after = NULL, *undone = NULL, *redone = NULL;

  ck_assert (ptl_edit_resize_zone (history, LAB, 320, 240, 300, 320, NULL));
  ptl_history_join (history);
  ck_assert (ptl_edit_add_node (history, 0, -1, 400, 400, NULL, NULL));
  after = checked_text ();
  rename_node (CM01, "A");
  ptl_history_undo (history);
  ck_assert_str_eq (ptl_history_get_undo_name (history), "Undo Add CM02");
  ptl_history_undo (history);
  undone = checked_text ();
  check_same (undone, before);
  ck_assert (!ptl_history_can_undo (history) && !ptl_history_is_modified (history));
  ck_assert_str_eq (ptl_history_get_redo_name (history), "Redo Add CM02");
  ptl_history_redo (history);
  redone = checked_text ();
  check_same (redone, after);
  ck_assert_str_eq (ptl_history_get_redo_name (history), "Redo Rename CM01");
}
END_TEST

/* Each role of the catalogue gives a node that a file can hold, three times over. */
START_TEST (test_names)
{
  for (guint i = 0; i < 3 * catalogue->roles->len; i++)
    ck_assert (ptl_edit_add_node (history, i % catalogue->roles->len, -1, 0, 0, NULL, NULL));
  g_free (checked_text ());
  ck_assert_int_gt (ptl_history_find (history, PTL_RECORD_NODE, "sup03"), 0);
  ck_assert_int_gt (ptl_history_find (history, PTL_RECORD_NODE, "client-3"), 0);
}
END_TEST

START_TEST (test_modified)
{
  rename_node (CM01, "A");
  ptl_history_mark_saved (history);
  ck_assert (!ptl_history_is_modified (history));
  rename_node (CM01, "B"); /* what is saved stays a position */
  ck_assert (ptl_history_is_modified (history));
  ptl_history_undo (history);
  ck_assert (!ptl_history_is_modified (history));
  ck_assert_str_eq (((PtlNode *) plan->nodes->pdata[CM01])->name, "A");
  ptl_history_undo (history);
  ck_assert (ptl_history_is_modified (history));
  rename_node (CM01, "CM01"); /* nothing: redoing remains possible */
  ck_assert (ptl_history_can_redo (history));
  rename_node (CM01, "C"); /* now nothing leads to what is saved */
  ck_assert (!ptl_history_can_redo (history));
  ck_assert (ptl_history_is_modified (history));
  ptl_history_undo (history);
  ck_assert (ptl_history_is_modified (history));
  ptl_history_mark_saved (history);
  ck_assert (!ptl_history_is_modified (history));
  ptl_history_mark_unsaved (history);
  ck_assert (ptl_history_is_modified (history));
}
END_TEST

static void
on_notify_cb (GObject *object, GParamSpec *spec, gpointer data)
{
  g_string_append_printf (data, "%s ", spec->name);
}

START_TEST (test_properties)
{
  g_autoptr (GString) notified = g_string_new (NULL);
  g_autofree char *undo_name = NULL, *redo_name = NULL;
  gboolean can_undo, can_redo, modified;

  g_signal_connect (history, "notify", G_CALLBACK (on_notify_cb), notified);
  rename_node (CM01, "A");
  g_object_get (history, "can-undo", &can_undo, "can-redo", &can_redo, "modified", &modified, "undo-name", &undo_name,
                "redo-name", &redo_name, NULL);
  ck_assert (can_undo && !can_redo && modified);
  ck_assert_str_eq (undo_name, "Undo Rename CM01");
  ck_assert_str_eq (redo_name, "Redo");
  ck_assert_ptr_nonnull (strstr (notified->str, "can-undo"));
  ck_assert_ptr_nonnull (strstr (notified->str, "undo-name"));
  ck_assert_ptr_nonnull (strstr (notified->str, "modified"));
  ck_assert_ptr_null (strstr (notified->str, "redo"));
  g_string_truncate (notified, 0);
  rename_node (CM01, "AB");
  ck_assert_str_eq (notified->str, ""); /* nothing a menu shows is another now */
  ptl_history_undo (history);
  ck_assert_ptr_nonnull (strstr (notified->str, "can-redo"));
  ck_assert_str_eq (ptl_history_get_redo_name (history), "Redo Rename CM01");
  ptl_history_undo (history);
  ptl_history_redo (history);
  ptl_history_redo (history); /* nothing more: no harm */
}
END_TEST

static void
on_changed_cb (PtlHistory *own, const PtlTouched *touched, gpointer data)
{
  *(PtlTouched *) data = *touched;
}

START_TEST (test_touched)
{
  PtlTouched touched = { 0 };

  g_signal_connect (history, "changed", G_CALLBACK (on_changed_cb), &touched);
  ck_assert (ptl_edit_move (history, ITEMS (NODE (CM01)), 1, 0, NULL));
  ck_assert_uint_eq (touched.kinds, 1u << PTL_RECORD_NODE);
  ck_assert_uint_eq (touched.shifted, 0);
  ck_assert_uint_eq (touched.difference, PTL_DIFFERS_LOOK);
  ck_assert (ptl_edit_move (history, ITEMS (NODE (CM01)), 720, 0, NULL));
  ck_assert_uint_eq (touched.difference, PTL_DIFFERS_LOOK | PTL_DIFFERS_MEANING);
  ck_assert (ptl_edit_delete (history, ITEMS (NODE (CM01)), NULL));
  ck_assert_uint_eq (touched.kinds, 1u << PTL_RECORD_NODE | 1u << PTL_RECORD_LINK);
  ck_assert_uint_eq (touched.shifted, touched.kinds);
  ck_assert_uint_eq (touched.n_changes, 2);
  ck_assert (!touched.reverted);
  ptl_history_undo (history);
  ck_assert (touched.reverted);
}
END_TEST

/* What is said before something is deleted. */
START_TEST (test_consequences)
{
  g_autofree char *zone = ptl_edit_delete_consequences (history, ITEMS (ZONE (CORP)));
  g_autofree char *site = ptl_edit_delete_consequences (history, ITEMS (SITE (P01), NODE (LAPTOPS)));
  g_autofree char *node = ptl_edit_delete_consequences (history, ITEMS (NODE (CM01)));
  g_autofree char *nothing = ptl_edit_delete_consequences (history, ITEMS (NODE (LONE), FIREWALL (EDGE), ZONE (LAB)));

  ck_assert_str_eq (zone, "1 firewall will join fewer zones.\n3 nodes will be in no zone.\n"
                          "1 firewall would join fewer than two zones and will be deleted, too: Inner.");
  ck_assert_str_eq (site, "1 site will be without a parent.\n2 nodes will be without a site.");
  ck_assert_str_eq (node, "1 link will be deleted, too.");
  ck_assert_ptr_null (nothing);
  ck_assert (!ptl_history_can_undo (history));
}
END_TEST

/* Copying between plans, by way of the text on the clipboard. */

static char *
paste_into (const char *target, const PtlPlan *clip, char **dropped, guint *n)
{
  g_autoptr (PtlPlan) other = read_plan (target);
  g_autoptr (PtlHistory) other_history = ptl_history_new (other);
  g_autoptr (GArray) copies = NULL;
  g_autofree char *before = write_plan (other), *undone = NULL, *after = NULL;

  ck_assert (ptl_edit_paste (other_history, clip, 10, 10, &copies, dropped, NULL));
  *n = copies->len;
  after = write_plan (other);
  g_object_unref (read_plan (after));
  ptl_history_undo (other_history);
  undone = write_plan (other);
  check_same (undone, before);
  return g_steal_pointer (&after);
}

START_TEST (test_paste)
{
  g_autoptr (PtlPlan) clip = ptl_plan_extract (plan, ITEMS (NODE (CM01), NODE (DP03), FIREWALL (INNER)));
  g_autofree char *text = write_plan (clip), *same = NULL, *bare = NULL, *lost = NULL, *nothing = NULL;
  g_autoptr (PtlPlan) read = read_plan (text);
  guint n;

  ck_assert_ptr_nonnull (strstr (text, "<zone id=\"corp\" name=\"Corporate\" kind=\"intranet\"/>"));
  same = paste_into (start, read, &nothing, &n);
  ck_assert_ptr_null (nothing);
  ck_assert_uint_eq (n, 3);
  ck_assert_ptr_nonnull (strstr (same, "<node id=\"cm02\" name=\"CM02\" zone=\"corp\" site=\"P01\" x=\"50\" y=\"90\""));
  ck_assert_ptr_nonnull (strstr (same, "from=\"dp04\" to=\"cm02\""));
  bare = paste_into ("<plan xmlns='urn:portolan:plan:1' title=''/>", read, &lost, &n);
  ck_assert_uint_eq (n, 2);
  ck_assert_ptr_nonnull (strstr (bare, "<node id=\"cm01\" name=\"CM01\" x=\"50\""));
  ck_assert_ptr_nonnull (strstr (bare, "from=\"dp03\" to=\"cm01\""));
  ck_assert_str_eq (lost, "2 nodes are in no zone, because this plan does not have their zones.\n"
                          "2 nodes are without a site, because this plan does not have their sites.\n"
                          "1 firewall was left out, because this plan does not have two of its zones.");
}
END_TEST

START_TEST (test_paste_zone)
{
  g_autoptr (PtlPlan) clip = ptl_plan_extract (plan, ITEMS (ZONE (CORP), ZONE (DMZ), FIREWALL (INNER)));
  g_autofree char *bare = NULL, *lost = NULL;
  guint n;

  bare = paste_into ("<plan xmlns='urn:portolan:plan:1' title=''/>", clip, &lost, &n);
  ck_assert_uint_eq (n, 7);
  ck_assert_ptr_nonnull (strstr (bare, "zones=\"corp dmz\""));
  ck_assert_ptr_nonnull (strstr (bare, "<node id=\"mp02\" name=\"MP02\" zone=\"dmz\" x=\"770\""));
  ck_assert_str_eq (lost, "3 nodes are without a site, because this plan does not have their sites.");
}
END_TEST

/* Many steps at random */

#define STEPS 1000

static guint
any (GRand *rand, const GPtrArray *records)
{
  return (guint) g_rand_int_range (rand, 0, (int) records->len);
}

/* A few items of one kind, or of all that stand on the canvas. */
static guint
any_items (GRand *rand, PtlItem items[4], int kind)
{
  guint n = 0;

  for (int left = g_rand_int_range (rand, 1, 5); left > 0; left--)
    {
      PtlRecordKind own = kind >= 0 ? (PtlRecordKind) kind
                                    : (PtlRecordKind) g_rand_int_range (rand, PTL_RECORD_ZONE, PTL_RECORD_LINK);

      if (ptl_records (plan, own)->len > 0)
        items[n++] = (PtlItem){ own, any (rand, ptl_records (plan, own)) };
    }
  return n;
}

static void
random_edit (GRand *rand)
{
  PtlItem items[4];
  double x = g_rand_int_range (rand, -500, 2000), y = g_rand_double_range (rand, -500, 2000);
  guint n_roles = catalogue->roles->len;
  const GPtrArray *sites = plan->sites, *zones = plan->zones;
  static const char *const texts[] = { "", "a", "<&\">", "10.1.0.0/16 any", "#123456", "P09", "8080", "yes", "2" };
  const char *text = texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))];
  guint n;

  switch (g_rand_int_range (rand, 0, 24))
    {
    case 0:
    case 1:
      ptl_edit_add_node (history, (guint) g_rand_int_range (rand, 0, (int) n_roles), (int) any (rand, sites) - 1, x, y,
                         NULL, NULL);
      break;
    case 2:
      if (zones->len < 20)
        ptl_edit_add_zone (history, PTL_ZONE_CLOUD, x, y, 100 + fabs (y), 300, NULL, NULL);
      break;
    case 3:
      if (plan->firewalls->len < 20)
        ptl_edit_add_firewall (history, NULL, 0, x, y, NULL, NULL);
      break;
    case 4:
      if (plan->firewalls->len > 0 && zones->len > 0)
        ptl_edit_join_zone (history, any (rand, plan->firewalls), any (rand, zones), NULL);
      break;
    case 5:
      if (plan->firewalls->len > 0 && zones->len > 0)
        ptl_edit_leave_zone (history, any (rand, plan->firewalls), any (rand, zones), NULL);
      break;
    case 6:
      if (plan->nodes->len > 0)
        ptl_edit_add_link (history, 0, any (rand, plan->nodes), any (rand, plan->nodes), NULL);
      break;
    case 7:
    case 8:
      n = any_items (rand, items, -1);
      for (int left = g_rand_int_range (rand, 1, 6); left > 0; left--)
        ptl_edit_move (history, items, n, x / 10, y / 10, NULL);
      break;
    case 9:
      n = zones->len > 0 ? any (rand, zones) : 0;
      for (int left = g_rand_int_range (rand, 1, 6); left > 0 && zones->len > 0; left--)
        ptl_edit_resize_zone (history, n, x, y, 300 - 40 * left, 200 + 10 * left, NULL);
      break;
    case 10:
      n = any_items (rand, items, -1);
      ptl_edit_align (history, items, n, (PtlAlignment) g_rand_int_range (rand, 0, 6), NULL);
      break;
    case 11:
      n = any_items (rand, items, -1);
      ptl_edit_distribute (history, items, n, g_rand_boolean (rand), NULL);
      break;
    case 12:
      n = any_items (rand, items, PTL_RECORD_NODE);
      ptl_edit_set_zone (history, items, n, g_rand_int_range (rand, -1, (int) zones->len), NULL);
      break;
    case 13:
      n = any_items (rand, items, -1);
      ptl_edit_set_text (history, g_rand_boolean (rand) ? PTL_FIELD_NAME : PTL_FIELD_NOTE, items, n, text, NULL);
      break;
    case 14:
      ptl_edit_set_text (history, g_rand_boolean (rand) ? PTL_FIELD_TITLE : PTL_FIELD_DESCRIPTION, ITEMS (THE_PLAN),
                         text, NULL);
      break;
    case 15:
      n = any_items (rand, items, g_rand_boolean (rand) ? PTL_RECORD_NODE : PTL_RECORD_SITE);
      ptl_edit_set_setting (history, items, n, (guint) g_rand_int_range (rand, 0, 6),
                            g_rand_boolean (rand) ? text : NULL, NULL);
      break;
    case 16:
      ptl_edit_set_setting (history, ITEMS (THE_PLAN), (guint) g_rand_int_range (rand, 0, 6),
                            g_rand_boolean (rand) ? text : NULL, NULL);
      break;
    case 17:
      ptl_edit_set_feature (history, (guint) g_rand_int_range (rand, 0, 5), g_rand_int_range (rand, -1, 2), NULL);
      break;
    case 18:
      n = any_items (rand, items, PTL_RECORD_NODE);
      if (g_rand_boolean (rand))
        ptl_edit_add_role (history, items, n, (guint) g_rand_int_range (rand, 0, 5), NULL);
      else
        ptl_edit_remove_role (history, items, n, (guint) g_rand_int_range (rand, 0, 5), NULL);
      break;
    case 19:
      if (sites->len < 8)
        ptl_edit_add_site (history, (PtlSiteKind) g_rand_int_range (rand, 0, 3), (int) any (rand, sites), NULL, NULL);
      else
        ptl_edit_delete (history, ITEMS (SITE (any (rand, sites))), NULL);
      break;
    case 20:
      ptl_edit_set_code (history, any (rand, sites), text, NULL);
      n = any_items (rand, items, PTL_RECORD_SITE);
      ptl_edit_set_parent (history, items, n, g_rand_int_range (rand, -1, (int) sites->len), NULL);
      break;
    case 21:
      n = any_items (rand, items, PTL_RECORD_NODE);
      ptl_edit_set_site (history, items, n, g_rand_int_range (rand, -1, (int) sites->len), NULL);
      break;
    case 22:
      n = any_items (rand, items, -1);
      if (plan->nodes->len < 60)
        ptl_edit_duplicate (history, items, n, 20, 20, NULL, NULL, NULL);
      if (n > 0 && g_rand_boolean (rand))
        ptl_edit_set_id (history, items[0], text, NULL);
      break;
    case 23:
      n = any_items (rand, items, -1);
      ptl_edit_delete (history, items, n, NULL);
      break;
    }
}

static void
check_index (void)
{
  for (guint i = 0; i < plan->nodes->len; i++)
    ck_assert_int_eq (ptl_history_find (history, PTL_RECORD_NODE, ((PtlNode *) plan->nodes->pdata[i])->id), (int) i);
  for (guint i = 0; i < plan->sites->len; i++)
    ck_assert_int_eq (ptl_history_find (history, PTL_RECORD_SITE, ((PtlSite *) plan->sites->pdata[i])->code), (int) i);
}

static void
on_random_changed_cb (PtlHistory *own, const PtlTouched *touched, gpointer texts)
{
  check_index ();
  g_ptr_array_add (texts, checked_text ());
}

/* Steps that merge leave fewer positions than texts: each position has one of them, in their order. */
START_TEST (test_random)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) _i);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gulong handler = g_signal_connect (history, "changed", G_CALLBACK (on_random_changed_cb), texts);
  guint at;

  g_ptr_array_add (texts, checked_text ());
  for (guint i = 0; i < STEPS; i++)
    {
      random_edit (rand);
      if (g_rand_int_range (rand, 0, 10) == 0)
        {
          ptl_history_undo (history);
          ptl_history_redo (history);
        }
    }
  g_signal_handler_disconnect (history, handler);
  at = texts->len - 1;
  while (ptl_history_can_undo (history))
    {
      g_autofree char *text = NULL;

      ptl_history_undo (history);
      check_index ();
      text = write_plan (plan);
      if (strcmp (text, texts->pdata[at]) == 0)
        continue;
      while (at > 0 && strcmp (text, texts->pdata[at]) != 0)
        at--;
      check_same (text, texts->pdata[at]);
    }
  check_same (texts->pdata[at], texts->pdata[0]);
  while (ptl_history_can_redo (history))
    ptl_history_redo (history);
  {
    g_autofree char *text = checked_text ();

    check_same (text, texts->pdata[texts->len - 1]);
  }
}
END_TEST

/* Large edits: anything that looks up one thing after the other takes minutes here. */
START_TEST (test_large)
{
  enum
  {
    N = 40000
  };
  g_autofree PtlItem *nodes = g_new (PtlItem, N);
  g_autofree char *before = NULL, *after = NULL, *undone = NULL;
  g_autoptr (GArray) copies = NULL;

  for (guint i = 0; i < N; i++)
    nodes[i] = (PtlItem) NODE (CM01);
  for (guint i = 0; plan->nodes->len < N; i++)
    {
      PtlNode *copy = ptl_record_copy (PTL_RECORD_NODE, plan->nodes->pdata[DP03]);

      g_free (copy->id);
      copy->id = g_strdup_printf ("n%u", i);
      g_ptr_array_add (plan->nodes, copy);
    }
  before = write_plan (plan);
  for (guint i = 0; i < N; i++)
    nodes[i] = (PtlItem) NODE (i * 7 % N);
  ck_assert (ptl_edit_move (history, nodes, N, 1, 1, NULL));
  ck_assert (ptl_edit_move (history, nodes, N, 1, 1, NULL));
  ck_assert (ptl_edit_set_site (history, nodes, N, S01, NULL));
  ck_assert (ptl_edit_duplicate (history, nodes, N / 2, 1, 1, &copies, NULL, NULL));
  ck_assert_uint_eq (copies->len, N / 2);
  ck_assert (ptl_edit_delete (history, nodes, N / 2, NULL));
  ck_assert (ptl_edit_delete (history, ITEMS (SITE (S01), ZONE (CORP)), NULL));
  after = write_plan (plan);
  while (ptl_history_can_undo (history))
    ptl_history_undo (history);
  undone = write_plan (plan);
  check_same (undone, before);
  while (ptl_history_can_redo (history))
    ptl_history_redo (history);
  g_free (undone);
  undone = write_plan (plan);
  check_same (undone, after);
}
END_TEST

START_TEST (test_limits)
{
  g_autoptr (GError) error = NULL;

  while (plan->zones->len < PTL_MAX_ZONES)
    {
      PtlZone *zone = ptl_record_copy (PTL_RECORD_ZONE, plan->zones->pdata[LAB]);

      g_free (zone->id);
      zone->id = g_strdup_printf ("z%u", plan->zones->len);
      g_ptr_array_add (plan->zones, zone);
    }
  ck_assert (!ptl_edit_add_zone (history, PTL_ZONE_CLOUD, 0, 0, 10, 10, NULL, &error));
  ck_assert_ptr_nonnull (strstr (error->message, "10000"));
  ck_assert_uint_eq (plan->zones->len, PTL_MAX_ZONES);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("edit");
  TCase *tests = tcase_create ("edit");
  SRunner *runner;
  int failed;

  tcase_set_timeout (tests, 120);
  tcase_add_checked_fixture (tests, set_up, tear_down);
  tcase_add_loop_test (tests, test_edit, 0, G_N_ELEMENTS (edits));
  tcase_add_loop_test (tests, test_refusal, 0, G_N_ELEMENTS (refusals));
  tcase_add_test (tests, test_merging);
  tcase_add_test (tests, test_merging_into_insertion);
  tcase_add_test (tests, test_resize_comes_back);
  tcase_add_test (tests, test_cancel);
  tcase_add_test (tests, test_join);
  tcase_add_test (tests, test_names);
  tcase_add_test (tests, test_modified);
  tcase_add_test (tests, test_properties);
  tcase_add_test (tests, test_touched);
  tcase_add_test (tests, test_consequences);
  tcase_add_test (tests, test_paste);
  tcase_add_test (tests, test_paste_zone);
  tcase_add_loop_test (tests, test_random, 0, 5);
  tcase_add_test (tests, test_large);
  tcase_add_test (tests, test_limits);
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
