#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draw/ptl-damage.h"
#include "draw/ptl-layout.h"
#include "draw/ptl-painter.h"
#include "draw/ptl-piece.h"
#include "draw/ptl-surface-cairo.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"
#include "plan/ptl-edit-add.h"
#include "plan/ptl-edit-delete.h"
#include "plan/ptl-edit-fields.h"
#include "plan/ptl-edit-place.h"
#include "plan/ptl-edit-sites.h"

/* Random edits: the picture of before, painted anew in the damaged boxes, must be the picture of after. */

#define EDITS  60
#define WIDTH  700
#define HEIGHT 500

static const double scales[] = { 0.1, 0.23, 0.5, 1, 2.37 };

typedef struct
{
  PtlCatalogue *catalogue;
  PtlPlan *plan;
  PtlHistory *history;
  GRand *rand;
  PtlSurface *surface;
  double scale;
} Bench;

static void
bench_init (Bench *bench, int seed)
{
  g_autofree char *path = g_strdup_printf ("%s/data/templates/hierarchy.portolan", g_getenv ("PTL_SOURCE_ROOT"));
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GInputStream) stream = G_INPUT_STREAM (g_file_read (file, NULL, NULL));
  g_autoptr (GPtrArray) problems = NULL;

  bench->catalogue = ptl_catalogue_load (NULL);
  bench->plan = ptl_plan_read (bench->catalogue, stream, &problems);
  ck_assert_ptr_nonnull (bench->plan);
  if (seed % 3 == 2)
    g_ptr_array_set_size (bench->plan->firewalls, 0); /* then each two zones that talk have one */
  bench->history = ptl_history_new (bench->plan);
  bench->rand = g_rand_new_with_seed ((guint32) seed);
  bench->surface = ptl_surface_cairo_new ();
  bench->scale = scales[seed % (int) G_N_ELEMENTS (scales)];
}

static void
bench_clear (Bench *bench)
{
  ptl_surface_free (bench->surface);
  g_rand_free (bench->rand);
  g_object_unref (bench->history);
  g_object_unref (bench->plan);
  ptl_catalogue_free (bench->catalogue);
}

static PtlScene *
scene_of (PtlPlan *plan)
{
  g_autoptr (PtlGraph) graph = ptl_plan_to_graph (plan);
  g_autoptr (PtlFlows) flows = ptl_flows_new (graph);
  g_autoptr (PtlRoutes) routes = ptl_routes_new (flows);
  g_autoptr (PtlSheets) sheets = ptl_sheets_new (routes, FALSE);
  g_autoptr (PtlTalks) talks = ptl_talks_new (routes, sheets, &PTL_LENS_ALL);

  return ptl_scene_new (plan, talks, NULL);
}

/* Edits. Those that are refused change nothing, which is fine. */

static guint
below (Bench *bench, guint n)
{
  return n > 0 ? (guint) g_rand_int_range (bench->rand, 0, (int) n) : 0;
}

static PtlItem
any (Bench *bench)
{
  static const PtlRecordKind kinds[] = { PTL_RECORD_ZONE, PTL_RECORD_FIREWALL, PTL_RECORD_NODE, PTL_RECORD_NODE };
  PtlItem item;

  do
    item.kind = kinds[below (bench, G_N_ELEMENTS (kinds))];
  while (ptl_records (bench->plan, item.kind)->len == 0 && bench->plan->nodes->len > 0);
  item.index = below (bench, ptl_records (bench->plan, item.kind)->len);
  return item;
}

static PtlItem
any_of (Bench *bench, PtlRecordKind kind)
{
  return (PtlItem){ kind, below (bench, ptl_records (bench->plan, kind)->len) };
}

static double
way (Bench *bench)
{
  return (int) below (bench, 41) * 10.0 - 200;
}

static void
edit_place (Bench *bench)
{
  PtlItem items[] = { any (bench), any (bench) }, zone = any_of (bench, PTL_RECORD_ZONE);

  switch (below (bench, 4))
    {
    case 0:
      ptl_edit_resize_zone (bench->history, zone.index, way (bench), way (bench), 300 + fabs (way (bench)) * 3,
                            200 + fabs (way (bench)) * 2, NULL);
      break;
    case 1:
      ptl_edit_align (bench->history, items, 2, (PtlAlignment) below (bench, 6), NULL);
      break;
    default:
      ptl_edit_move (bench->history, items, 1 + below (bench, 2), way (bench), way (bench), NULL);
    }
}

static void
edit_field (Bench *bench)
{
  static const char *const names[] = { "A", "A name that is long enough for two lines of a card", "Ω Ж 管理サーバー" };
  static const char *const colours[] = { "", "#ff0000", "#00aa55" };
  PtlItem item = any (bench), node = any_of (bench, PTL_RECORD_NODE), zone = any_of (bench, PTL_RECORD_ZONE);

  switch (below (bench, 7))
    {
    case 0:
      ptl_edit_set_text (bench->history, PTL_FIELD_COLOUR, &zone, 1, colours[below (bench, 3)], NULL);
      break;
    case 1:
      ptl_edit_set_choice (bench->history, PTL_FIELD_ZONE_KIND, &zone, 1, (int) below (bench, 4), NULL);
      break;
    case 2:
      item = any_of (bench, PTL_RECORD_FIREWALL);
      if (bench->plan->firewalls->len > 0)
        ptl_edit_set_choice (bench->history, PTL_FIELD_MANAGED, &item, 1, (int) below (bench, 2), NULL);
      break;
    case 3:
      ptl_edit_set_text (bench->history, PTL_FIELD_ADDRESSES, &node, 1, below (bench, 2) ? "10.1.2.3 10.1.2.4" : "",
                         NULL);
      break;
    case 4:
      ptl_edit_set_zone (bench->history, &node, 1, (int) below (bench, bench->plan->zones->len + 1) - 1, NULL);
      break;
    case 5:
      ptl_edit_set_site (bench->history, &node, 1, (int) below (bench, bench->plan->sites->len + 1) - 1, NULL);
      break;
    default:
      ptl_edit_set_text (bench->history, PTL_FIELD_NAME, &item, 1, names[below (bench, 3)], NULL);
    }
}

static void
link_any (Bench *bench)
{
  PtlItem nodes[] = { any_of (bench, PTL_RECORD_NODE), any_of (bench, PTL_RECORD_NODE) };
  guint role = (guint) ptl_catalogue_find_role (bench->catalogue, "distribution-point");

  ptl_edit_add_role (bench->history, &nodes[0], 1, role, NULL);
  ptl_edit_add_role (bench->history, &nodes[1], 1, role, NULL);
  ptl_edit_add_link (bench->history, 0, nodes[0].index, nodes[1].index, NULL);
}

static void
edit_what_is_there (Bench *bench)
{
  PtlItem item = any (bench), node = any_of (bench, PTL_RECORD_NODE), site = any_of (bench, PTL_RECORD_SITE);
  guint zone = below (bench, bench->plan->zones->len), firewall = below (bench, bench->plan->firewalls->len);

  switch (below (bench, 8))
    {
    case 0:
      ptl_edit_add_node (bench->history, below (bench, 8), -1, way (bench), way (bench), NULL, NULL);
      break;
    case 1:
      ptl_edit_add_zone (bench->history, PTL_ZONE_INTRANET, way (bench), way (bench), 300, 200, NULL, NULL);
      break;
    case 2:
      ptl_edit_add_firewall (bench->history, NULL, 0, way (bench), way (bench), NULL, NULL);
      break;
    case 3:
      if (bench->plan->firewalls->len > 0)
        ptl_edit_join_zone (bench->history, firewall, zone, NULL);
      break;
    case 4:
      ptl_edit_add_role (bench->history, &node, 1, below (bench, 20), NULL);
      break;
    case 5:
      ptl_edit_set_code (bench->history, site.index, "QQQ", NULL);
      break;
    case 6:
      link_any (bench);
      break;
    default:
      ptl_edit_delete (bench->history, &item, 1, NULL);
    }
}

static void
edit_anything (Bench *bench)
{
  guint choice = below (bench, 10);

  ptl_history_seal (bench->history);
  if (choice < 4)
    edit_place (bench);
  else if (choice < 6)
    edit_field (bench);
  else if (choice < 8)
    edit_what_is_there (bench);
  else if (choice < 9)
    ptl_history_undo (bench->history);
  else
    ptl_history_redo (bench->history);
}

/* Pictures */

static cairo_surface_t *
paint (Bench *bench, PtlScene *scene, PtlPoint origin, cairo_surface_t *base, const cairo_rectangle_int_t *dirty)
{
  PtlPiece piece = {
    .scene = scene,
    .theme = ptl_theme_light,
    .scale = bench->scale,
    .factor = 1,
    .x = (int) origin.x,
    .y = (int) origin.y,
    .width = WIDTH,
    .height = HEIGHT,
    .base = base,
  };

  if (dirty != NULL)
    piece.dirty = *dirty;
  return ptl_piece_paint (&piece, bench->surface);
}

static cairo_surface_t *
repaint (Bench *bench, PtlScene *scene, cairo_surface_t *image, PtlPoint origin, const GArray *boxes)
{
  cairo_region_t *region = cairo_region_create ();

  for (guint i = 0; i < boxes->len; i++)
    {
      PtlBox box = ptl_box_grow (&g_array_index (boxes, PtlBox, i), ptl_painter_reach (bench->scale));
      cairo_rectangle_int_t part
          = { (int) floor (box.x * bench->scale - origin.x) - 1, (int) floor (box.y * bench->scale - origin.y) - 1,
              (int) ceil (box.width * bench->scale) + 3, (int) ceil (box.height * bench->scale) + 3 };

      cairo_region_union_rectangle (region, &part);
    }
  cairo_region_intersect_rectangle (region, &(cairo_rectangle_int_t){ 0, 0, WIDTH, HEIGHT });
  for (int i = 0; i < cairo_region_num_rectangles (region); i++)
    {
      cairo_rectangle_int_t part;
      cairo_surface_t *base = image;

      cairo_region_get_rectangle (region, i, &part);
      image = paint (bench, scene, origin, base, &part);
      cairo_surface_destroy (base);
    }
  cairo_region_destroy (region);
  return image;
}

static gboolean
looks_the_same (cairo_surface_t *one, cairo_surface_t *other)
{
  return memcmp (cairo_image_surface_get_data (one), cairo_image_surface_get_data (other), WIDTH * HEIGHT * 4) == 0;
}

START_TEST (damage_is_all_that_changed)
{
  Bench bench;
  PtlScene *before;
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (PtlBox));

  bench_init (&bench, _i);
  before = scene_of (bench.plan);
  for (guint i = 0; i < EDITS; i++)
    {
      PtlPoint origin = { floor (before->bounds.x * bench.scale) - 20, floor (before->bounds.y * bench.scale) - 20 };
      cairo_surface_t *image = paint (&bench, before, origin, NULL, NULL), *wanted;
      PtlScene *after;

      edit_anything (&bench);
      after = scene_of (bench.plan);
      wanted = paint (&bench, after, origin, NULL, NULL);
      ptl_scene_damage (before, after, boxes);
      image = repaint (&bench, after, image, origin, boxes);
      ck_assert_msg (looks_the_same (image, wanted), "the picture is another one after edit %u, “%s”", i,
                     ptl_history_get_undo_name (bench.history));
      cairo_surface_destroy (image);
      cairo_surface_destroy (wanted);
      ptl_scene_unref (before);
      before = after;
    }
  ptl_scene_unref (before);
  bench_clear (&bench);
}
END_TEST

/* What nobody touched is not painted again. */
START_TEST (damage_is_little_more)
{
  Bench bench;
  PtlScene *before, *after;
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (PtlBox));
  PtlItem node = { PTL_RECORD_NODE, 1 }, first = { PTL_RECORD_NODE, 0 };
  PtlBox old;

  bench_init (&bench, 0);
  before = scene_of (bench.plan);
  ptl_scene_damage (before, before, boxes);
  ck_assert_uint_eq (boxes->len, 0);
  ck_assert (ptl_edit_set_text (bench.history, PTL_FIELD_NAME, &node, 1, "Another", NULL));
  after = scene_of (bench.plan);
  ptl_scene_damage (before, after, boxes);
  for (guint i = 0; i < boxes->len; i++)
    ck_assert_mem_eq (&g_array_index (boxes, PtlBox, i), &after->nodes[1].box, sizeof (PtlBox));
  ptl_scene_unref (before);
  /* All that follow get other indices. */
  before = after;
  old = before->nodes[0].box;
  ck_assert (ptl_edit_delete (bench.history, &first, 1, NULL));
  after = scene_of (bench.plan);
  ptl_scene_damage (before, after, boxes);
  /* Its card, and arrows: but not another card. */
  ck_assert_mem_eq (&g_array_index (boxes, PtlBox, 0), &old, sizeof (PtlBox));
  for (guint i = 0; i < boxes->len; i++)
    for (guint j = 0; j < after->graph->n_nodes; j++)
      ck_assert (memcmp (&g_array_index (boxes, PtlBox, i), &after->nodes[j].box, sizeof (PtlBox)) != 0);
  ptl_scene_unref (before);
  ptl_scene_unref (after);
  bench_clear (&bench);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("damage");
  TCase *damage = tcase_create ("damage");
  SRunner *runner;
  const char *seeds = g_getenv ("PTL_RANDOM_SEEDS");
  int failed;

  tcase_add_loop_test (damage, damage_is_all_that_changed, 0, seeds != NULL ? atoi (seeds) : 12);
  tcase_add_test (damage, damage_is_little_more);
  suite_add_tcase (suite, damage);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
