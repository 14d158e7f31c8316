#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draw/ptl-arrows.h"
#include "engine/ptl-sheets.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"

/* The geometry of arrows, as a person sees it: what lies on what. */

#define LINE  2    /* units between lines that do not lie on each other */
#define TIP   4    /* units between the tips of different arrows, where there is room */
#define PLACE 0.05 /* and where there is none */
#define SEEDS 8    /* random plans */
#define FUZZ  1e-3 /* what touches does not lie on each other */

typedef struct
{
  PtlCatalogue *catalogue;
  PtlPlan *plan;
  PtlGraph *graph;
  PtlFlows *flows;
  PtlRoutes *routes;
  PtlSheets *sheets;
  PtlTalks *talks;
  PtlLayout *layout;
  PtlArrows *arrows;
} Drawn;

static void
read_text (Drawn *drawn, const char *text, gboolean everything)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GPtrArray) problems = NULL;

  drawn->catalogue = ptl_catalogue_load (NULL);
  drawn->plan = ptl_plan_read (drawn->catalogue, stream, &problems);
  ck_assert_ptr_nonnull (drawn->plan);
  drawn->graph = ptl_plan_to_graph (drawn->plan);
  drawn->flows = ptl_flows_new (drawn->graph);
  drawn->routes = ptl_routes_new (drawn->flows);
  drawn->sheets = ptl_sheets_new (drawn->routes, FALSE);
  drawn->talks = ptl_talks_new (drawn->routes, drawn->sheets, &PTL_LENS_ALL);
  drawn->layout = ptl_layout_new (drawn->plan, drawn->flows, everything);
  ptl_layout_imply (drawn->layout, drawn->routes);
  drawn->arrows = ptl_arrows_new (drawn->talks, drawn->layout, NULL);
}

static void
drawn_clear (Drawn *drawn)
{
  ptl_arrows_unref (drawn->arrows);
  ptl_layout_free (drawn->layout);
  ptl_talks_unref (drawn->talks);
  ptl_sheets_free (drawn->sheets);
  ptl_routes_unref (drawn->routes);
  ptl_flows_unref (drawn->flows);
  ptl_graph_unref (drawn->graph);
  g_object_unref (drawn->plan);
  ptl_catalogue_free (drawn->catalogue);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Drawn, drawn_clear)

static const char *const templates[] = { "stand-alone", "perimeter", "hierarchy", "internet-clients" };

static void
read_template (Drawn *drawn, const char *name, gboolean everything)
{
  g_autofree char *path = g_strdup_printf ("%s/data/templates/%s.portolan", g_getenv ("PTL_SOURCE_ROOT"), name);
  g_autofree char *text = NULL;

  ck_assert (g_file_get_contents (path, &text, NULL, NULL));
  read_text (drawn, text, everything);
}

/* Cards in no order in four zones: each somewhere in a cell of its own, so that none lies on another. */
static void
read_random (Drawn *drawn, guint32 seed)
{
  static const char *const roles[]
      = { "site-server", "client", "management-point", "distribution-point", "domain-controller", "console" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GString) plan = g_string_new ("<plan xmlns='urn:portolan:plan:1' title=''>"
                                           "<site code='P01' kind='primary'/>");
  int columns = g_rand_int_range (rand, 1, 5), rows = g_rand_int_range (rand, 1, 6);

  for (int i = 0; i < 4; i++)
    g_string_append_printf (plan, "<zone id='z%d' name='Z' kind='intranet' x='%d' y='%d' width='%d' height='%d'/>", i,
                            i % 2 * 1800, i / 2 * 1400, columns * 300, rows * 200 + 60);
  g_string_append (plan, "<firewall id='f' name='F' zones='z0 z1 z2 z3' x='1650' y='1330'/>");
  for (int i = 0; i < 4 * columns * rows; i++)
    {
      int zone = i % 4, cell = i / 4;
      int x = zone % 2 * 1800 + cell % columns * 300 + g_rand_int_range (rand, 15, 105);
      int y = zone / 2 * 1400 + 60 + cell / columns * 200 + g_rand_int_range (rand, 15, 105);

      if (g_rand_int_range (rand, 0, 3) > 0)
        g_string_append_printf (plan,
                                "<node id='n%d' name='N' zone='z%d' site='P01' x='%d' y='%d'><role name='%s'/></node>",
                                i, zone, x, y, roles[g_rand_int_range (rand, 0, G_N_ELEMENTS (roles))]);
    }
  g_string_append (plan, "</plan>");
  read_text (drawn, plan->str, FALSE);
}

/* What lies on what */

static PtlBox
leg_box (const PtlArrow *arrow, guint leg)
{
  return ptl_box_between (arrow->points[leg], arrow->points[leg + 1]);
}

/* Whether a leg has more than an edge in common with a box; legs have no width. */
static gboolean
leg_enters (const PtlArrow *arrow, guint leg, const PtlBox *box, double by)
{
  PtlBox line = leg_box (arrow, leg), inner = ptl_box_grow (box, by - FUZZ);

  return ptl_box_touches (&line, &inner);
}

static guint
count_slanted (const PtlArrows *arrows)
{
  guint n = 0;

  for (guint i = 0; i < arrows->n; i++)
    for (guint leg = 0; leg + 1 < arrows->arrows[i].n_points; leg++)
      {
        PtlBox line = leg_box (&arrows->arrows[i], leg);

        n += line.width > FUZZ && line.height > FUZZ;
      }
  return n;
}

/* Lines through cards, be they nodes' or firewalls'. */
static guint
count_through_cards (const Drawn *drawn)
{
  guint n = 0;

  for (guint i = 0; i < drawn->arrows->n; i++)
    for (guint leg = 0; leg + 1 < drawn->arrows->arrows[i].n_points; leg++)
      {
        for (guint j = 0; j < drawn->graph->n_nodes; j++)
          n += leg_enters (&drawn->arrows->arrows[i], leg, &drawn->layout->nodes[j], 0);
        for (guint j = 0; j < drawn->graph->n_firewalls; j++)
          n += leg_enters (&drawn->arrows->arrows[i], leg, &drawn->layout->firewalls[j], 0);
      }
  return n;
}

static gboolean
legs_lie_on_each_other (const PtlArrow *one, guint leg, const PtlArrow *other, guint other_leg)
{
  PtlBox a = leg_box (one, leg), b = leg_box (other, other_leg);
  double along = MIN (ptl_box_right (&a), ptl_box_right (&b)) - MAX (a.x, b.x);
  double down = MIN (ptl_box_bottom (&a), ptl_box_bottom (&b)) - MAX (a.y, b.y);

  if (a.height < FUZZ && b.height < FUZZ)
    return along > LINE && fabs (a.y - b.y) < LINE;
  return a.width < FUZZ && b.width < FUZZ && down > LINE && fabs (a.x - b.x) < LINE;
}

static guint
count_lines_on_lines (const PtlArrows *arrows)
{
  guint n = 0;

  for (guint i = 0; i < arrows->n; i++)
    for (guint j = i + 1; j < arrows->n; j++)
      for (guint leg = 0; leg + 1 < arrows->arrows[i].n_points; leg++)
        for (guint other = 0; other + 1 < arrows->arrows[j].n_points; other++)
          n += legs_lie_on_each_other (&arrows->arrows[i], leg, &arrows->arrows[j], other);
  return n;
}

static guint
count_tips_on_tips (const PtlArrows *arrows, double near)
{
  guint n = 0;

  for (guint i = 0; i < 2 * arrows->n; i++)
    for (guint j = i + 1; j < 2 * arrows->n; j++)
      {
        const PtlArrow *one = &arrows->arrows[i / 2], *other = &arrows->arrows[j / 2];
        PtlPoint tip = one->points[i % 2 * (one->n_points - 1)];
        PtlPoint other_tip = other->points[j % 2 * (other->n_points - 1)];

        n += hypot (tip.x - other_tip.x, tip.y - other_tip.y) < near;
      }
  return n;
}

/* What of other arrows, cards and borders a label lies on. */
static guint
count_under_label (const Drawn *drawn, guint index)
{
  const PtlBox *label = &drawn->arrows->arrows[index].label;
  guint n = 0;

  for (guint i = 0; i < drawn->arrows->n; i++)
    {
      const PtlArrow *arrow = &drawn->arrows->arrows[i];

      for (guint leg = 0; leg + 1 < arrow->n_points && i != index; leg++)
        n += leg_enters (arrow, leg, label, 0);
      for (guint j = 0; j < arrow->n_marks; j++)
        n += ptl_box_holds (label, arrow->marks[j].x, arrow->marks[j].y);
      n += i != index && arrow->label.width > 0 && ptl_box_overlaps (label, &arrow->label);
    }
  for (guint i = 0; i < drawn->graph->n_nodes; i++)
    n += ptl_box_overlaps (label, &drawn->layout->nodes[i]);
  for (guint i = 0; i < drawn->graph->n_firewalls; i++)
    n += ptl_box_overlaps (label, &drawn->layout->firewalls[i]);
  return n;
}

static guint
count_under_labels (const Drawn *drawn)
{
  guint n = 0;

  for (guint i = 0; i < drawn->arrows->n; i++)
    if (drawn->arrows->arrows[i].label.width > 0)
      n += count_under_label (drawn, i);
  return n;
}

static guint
count_without_label (const PtlArrows *arrows)
{
  guint n = 0;

  for (guint i = 0; i < arrows->n; i++)
    n += arrows->talks->talks[i].kind != PTL_TALK_INNER && arrows->arrows[i].label.width == 0;
  return n;
}

static gboolean
lies_on_way (const PtlArrow *arrow, PtlPoint point)
{
  for (guint leg = 0; leg + 1 < arrow->n_points; leg++)
    {
      PtlBox line = leg_box (arrow, leg), around = ptl_box_grow (&line, FUZZ);

      if (ptl_box_holds (&around, point.x, point.y))
        return TRUE;
    }
  return FALSE;
}

/* Ways begin and end at the borders of their cards; labels and marks lie on them. */
static void
check_arrows (const Drawn *drawn)
{
  for (guint i = 0; i < drawn->arrows->n; i++)
    {
      const PtlArrow *arrow = &drawn->arrows->arrows[i];
      const PtlTalk *talk = &drawn->talks->talks[i];
      PtlBox a = ptl_box_grow (&drawn->layout->nodes[talk->a], FUZZ);
      PtlBox b = ptl_box_grow (&drawn->layout->nodes[talk->b], FUZZ);

      ck_assert_uint_ge (arrow->n_points, 2);
      ck_assert (ptl_box_holds (&a, arrow->points[0].x, arrow->points[0].y));
      ck_assert (ptl_box_holds (&b, arrow->points[arrow->n_points - 1].x, arrow->points[arrow->n_points - 1].y));
      if (arrow->label.width > 0)
        {
          ck_assert (lies_on_way (arrow, ptl_box_centre (&arrow->label)));
          ck_assert (*arrow->text != '\0');
        }
      for (guint j = 0; j < arrow->n_marks; j++)
        ck_assert (lies_on_way (arrow, arrow->marks[j]));
    }
  ck_assert_uint_eq (count_slanted (drawn->arrows), 0);
  ck_assert_uint_eq (count_through_cards (drawn), 0);
  ck_assert_uint_eq (count_under_labels (drawn), 0);
  ck_assert_uint_eq (count_tips_on_tips (drawn->arrows, PLACE), 0);
}

static void
check_same (const PtlArrows *one, const PtlArrows *other)
{
  ck_assert_uint_eq (one->n, other->n);
  for (guint i = 0; i < one->n; i++)
    {
      const PtlArrow *a = &one->arrows[i], *b = &other->arrows[i];

      ck_assert_uint_eq (a->n_points, b->n_points);
      ck_assert_mem_eq (a->points, b->points, a->n_points * sizeof *a->points);
      ck_assert_uint_eq (a->n_marks, b->n_marks);
      for (guint j = 0; j < a->n_marks; j++)
        ck_assert_mem_eq (&a->marks[j], &b->marks[j], sizeof a->marks[j]);
      ck_assert_mem_eq (&a->label, &b->label, sizeof a->label);
      ck_assert_ptr_eq (a->text, b->text);
    }
}

/* Tests */

START_TEST (templates_are_clean)
{
  g_auto (Drawn) drawn = { 0 };

  read_template (&drawn, templates[_i], FALSE);
  check_arrows (&drawn);
  ck_assert_uint_eq (count_lines_on_lines (drawn.arrows), 0);
  ck_assert_uint_eq (count_tips_on_tips (drawn.arrows, TIP), 0);
  ck_assert_uint_eq (count_without_label (drawn.arrows), 0);
}
END_TEST

/* Templates as the automatic layout places them. */
START_TEST (layouts_are_clean)
{
  g_auto (Drawn) drawn = { 0 };

  read_template (&drawn, templates[_i], TRUE);
  check_arrows (&drawn);
  ck_assert_uint_eq (count_lines_on_lines (drawn.arrows), 0);
  ck_assert_uint_eq (count_tips_on_tips (drawn.arrows, TIP), 0);
  g_print ("%s laid out anew: %u labels left out\n", templates[_i], count_without_label (drawn.arrows));
}
END_TEST

START_TEST (random_plans_are_clean)
{
  g_auto (Drawn) drawn = { 0 };

  read_random (&drawn, (guint32) _i);
  check_arrows (&drawn);
  g_print ("random plan %d: of %u arrows, %u labels left out, %u lines on lines, %u tips on tips\n", _i,
           drawn.arrows->n, count_without_label (drawn.arrows), count_lines_on_lines (drawn.arrows),
           count_tips_on_tips (drawn.arrows, TIP));
}
END_TEST

/* Each pill on its trunk, and none on another. */
START_TEST (pills_stand_apart)
{
  static const double scales[] = { 0.33, 0.24, 0.2, 0.17, 0.12, 0.085 };
  g_auto (Drawn) drawn = { 0 };

  read_template (&drawn, templates[_i], FALSE);
  for (guint scale = 0; scale < G_N_ELEMENTS (scales); scale++)
    for (guint i = 0; i < drawn.arrows->n_trunks; i++)
      {
        PtlBox pill = ptl_arrows_find_pill (drawn.arrows, i, scales[scale]);

        ck_assert (drawn.talks->trunks[i].n_rules == 0 || pill.width > 0 || scales[scale] < 0.2);
        ck_assert (pill.width == 0 || lies_on_way (&drawn.arrows->trunks[i], ptl_box_centre (&pill)));
        for (guint j = i + 1; j < drawn.arrows->n_trunks; j++)
          {
            PtlBox other = ptl_arrows_find_pill (drawn.arrows, j, scales[scale]);

            ck_assert (pill.width == 0 || other.width == 0 || !ptl_box_overlaps (&pill, &other));
          }
      }
}
END_TEST

/* After a card moved, what is taken over from before is what would be made anew. */
START_TEST (arrows_follow_a_card)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) _i);

  read_random (&drawn, (guint32) _i);
  for (guint i = 0; i < 6 && drawn.graph->n_nodes > 0; i++)
    {
      PtlNode *node = drawn.plan->nodes->pdata[g_rand_int_range (rand, 0, (int) drawn.graph->n_nodes)];
      g_autoptr (PtlLayout) layout = NULL;
      g_autoptr (PtlArrows) anew = NULL;
      PtlArrows *next;

      node->x += g_rand_int_range (rand, -300, 300);
      node->y += g_rand_int_range (rand, -300, 300);
      layout = ptl_layout_new (drawn.plan, drawn.flows, FALSE);
      anew = ptl_arrows_new (drawn.talks, layout, NULL);
      next = ptl_arrows_new (drawn.talks, layout, drawn.arrows);
      check_same (anew, next);
      ptl_arrows_unref (drawn.arrows);
      drawn.arrows = next;
    }
}
END_TEST

/* Three zones side by side, and the rest of a plan. */
static void
read_three_zones (Drawn *drawn, const char *rest)
{
  g_autofree char *plan
      = g_strconcat ("<plan xmlns='urn:portolan:plan:1' title=''><site code='P01' kind='primary'/>"
                     "<zone id='a' name='A' kind='intranet' x='0' y='0' width='400' height='600'/>"
                     "<zone id='b' name='B' kind='intranet' x='1600' y='0' width='400' height='600'/>"
                     "<zone id='c' name='C' kind='intranet' x='800' y='90' width='400' height='510'/>",
                     rest, "</plan>", NULL);

  read_text (drawn, plan, FALSE);
}

#define SERVER  "<node id='s' name='S' zone='a' site='P01' x='100' y='110'><role name='site-server'/></node>"
#define MANAGER "<node id='m' name='M' zone='b' site='P01' x='1700' y='110'><role name='management-point'/></node>"
#define CLIENT  "<node id='k' name='K' zone='c' site='P01' x='900' y='300'><role name='client'/></node>"

/* Firewalls that no plan names stand where flows cross: what went through their places before goes around them. */
START_TEST (arrows_follow_implied_firewalls)
{
  g_auto (Drawn) before = { 0 }, after = { 0 };
  g_autoptr (PtlArrows) next = NULL;

  read_three_zones (&before, SERVER MANAGER);
  read_three_zones (&after, SERVER MANAGER CLIENT);
  ck_assert_uint_gt (after.layout->n_implied, before.layout->n_implied);
  next = ptl_arrows_new (after.talks, after.layout, before.arrows);
  check_same (after.arrows, next);
}
END_TEST

/* What a draft takes over has as many marks as there are firewalls on its way now. */
START_TEST (drafts_forget_firewalls)
{
  static const char *const two = "<firewall id='f' name='F' zones='a c' x='600' y='700'/>"
                                 "<firewall id='g' name='G' zones='c b' x='1400' y='700'/>";
  static const char *const one = "<firewall id='f' name='F' zones='a b' x='600' y='700'/>"
                                 "<firewall id='g' name='G' zones='c b' x='1400' y='700'/>";
  g_auto (Drawn) before = { 0 }, after = { 0 };
  g_autoptr (PtlArrows) draft = NULL;
  g_autofree char *then = g_strconcat (two, SERVER MANAGER, NULL), *now = g_strconcat (one, SERVER MANAGER, NULL);

  read_three_zones (&before, then);
  read_three_zones (&after, now);
  ck_assert_uint_eq (before.arrows->n, 1);
  ck_assert_uint_eq (before.arrows->arrows[0].n_marks, 2);
  ck_assert_uint_eq (after.arrows->arrows[0].n_marks, 1);
  draft = ptl_arrows_new_draft (after.talks, after.layout, before.arrows);
  ck_assert_uint_le (draft->arrows[0].n_marks, 1);
}
END_TEST

/* Cards on each other and in each other have ways, too. */
START_TEST (cards_on_each_other)
{
  g_auto (Drawn) drawn = { 0 };

  read_text (&drawn,
             "<plan xmlns='urn:portolan:plan:1' title=''><site code='P01' kind='primary'/>"
             "<node id='a' name='A' site='P01' x='0' y='0'><role name='site-server'/></node>"
             "<node id='b' name='B' site='P01' x='0' y='0'><role name='sql-server'/></node>"
             "<node id='c' name='C' site='P01' x='90' y='40'><role name='management-point'/></node>"
             "<node id='d' name='D' site='P01' x='181' y='0'><role name='distribution-point'/></node></plan>",
             FALSE);
  ck_assert_uint_gt (drawn.arrows->n, 2);
  for (guint i = 0; i < drawn.arrows->n; i++)
    for (guint j = 0; j < drawn.arrows->arrows[i].n_points; j++)
      ck_assert (isfinite (drawn.arrows->arrows[i].points[j].x) && isfinite (drawn.arrows->arrows[i].points[j].y));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("arrows");
  TCase *cases = tcase_create ("arrows");
  SRunner *runner;
  int failed;

  tcase_add_loop_test (cases, templates_are_clean, 0, G_N_ELEMENTS (templates));
  tcase_add_loop_test (cases, layouts_are_clean, 0, G_N_ELEMENTS (templates));
  tcase_add_loop_test (cases, random_plans_are_clean, 0, SEEDS);
  tcase_add_loop_test (cases, pills_stand_apart, 0, G_N_ELEMENTS (templates));
  tcase_add_loop_test (cases, arrows_follow_a_card, 0, SEEDS);
  tcase_add_test (cases, arrows_follow_implied_firewalls);
  tcase_add_test (cases, drafts_forget_firewalls);
  tcase_add_test (cases, cards_on_each_other);
  suite_add_tcase (suite, cases);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
