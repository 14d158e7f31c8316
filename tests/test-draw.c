#include <check.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draw/ptl-arrow-hit.h"
#include "draw/ptl-damage.h"
#include "draw/ptl-icon.h"
#include "draw/ptl-layout.h"
#include "draw/ptl-painter.h"
#include "draw/ptl-picture.h"
#include "draw/ptl-surface-cairo.h"
#include "draw/ptl-surface-svg.h"
#include "draw/ptl-viewport.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"

/* Plans */

typedef struct
{
  PtlCatalogue *catalogue;
  PtlPlan *plan;
  PtlGraph *graph;
  PtlFlows *flows;
  PtlRoutes *routes;
  PtlTalks *talks;
} Drawn;

static void
compute (Drawn *drawn)
{
  drawn->graph = ptl_plan_to_graph (drawn->plan);
  drawn->flows = ptl_flows_new (drawn->graph);
  drawn->routes = ptl_routes_new (drawn->flows);
  drawn->talks = ptl_talks_new (drawn->routes, NULL, &PTL_LENS_ALL);
}

static void
read_text (Drawn *drawn, const char *text)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GPtrArray) problems = NULL;

  drawn->catalogue = ptl_catalogue_load (NULL);
  drawn->plan = ptl_plan_read (drawn->catalogue, stream, &problems);
  ck_assert_ptr_nonnull (drawn->plan);
  compute (drawn);
}

/* A template, with its positions or without. */
static void
read_template (Drawn *drawn, const char *name, gboolean positions)
{
  g_autofree char *path = g_strdup_printf ("%s/data/templates/%s.portolan", g_getenv ("PTL_SOURCE_ROOT"), name);
  g_autoptr (GRegex) regex = g_regex_new (" (x|y|width|height)=\"[^\"]*\"", 0, 0, NULL);
  g_autofree char *text = NULL, *stripped = NULL;

  ck_assert (g_file_get_contents (path, &text, NULL, NULL));
  stripped = g_regex_replace_literal (regex, text, -1, 0, "", 0, NULL);
  read_text (drawn, positions ? text : stripped);
}

static void
uncompute (Drawn *drawn)
{
  ptl_talks_unref (drawn->talks);
  ptl_routes_unref (drawn->routes);
  ptl_flows_unref (drawn->flows);
  ptl_graph_unref (drawn->graph);
}

static void
drawn_clear (Drawn *drawn)
{
  uncompute (drawn);
  g_object_unref (drawn->plan);
  ptl_catalogue_free (drawn->catalogue);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Drawn, drawn_clear)

static const char *const templates[] = { "stand-alone", "perimeter", "hierarchy", "internet-clients" };

/* A plan of many zones, firewalls between most of them, nodes with and without a zone, some with positions. */
static char *
random_plan (guint32 seed, gboolean positions)
{
  static const char *const kinds[] = { "intranet", "intranet", "perimeter", "internet", "cloud" };
  static const char *const roles[] = { "site-server", "client", "management-point", "domain-controller", "console" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  GString *plan = g_string_new ("<plan xmlns='urn:portolan:plan:1' title='Random'>"
                                "<site code='P01' kind='primary'/><site code='S01' kind='secondary' parent='P01'/>");
  guint n_zones = (guint) g_rand_int_range (rand, 1, 12), n_nodes = (guint) g_rand_int_range (rand, 0, 120);

  for (guint i = 0; i < n_zones; i++)
    {
      g_string_append_printf (plan, "<zone id='z%u' name='Zone %u' kind='%s'", i, i,
                              kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))]);
      if (positions && g_rand_boolean (rand))
        g_string_append_printf (plan, " x='%d' y='%d'", g_rand_int_range (rand, -5, 5) * 1000, (int) i * 3000);
      if (positions && g_rand_boolean (rand))
        g_string_append_printf (plan, " width='%d' height='%d'", g_rand_int_range (rand, 10, 900),
                                g_rand_int_range (rand, 10, 900));
      g_string_append (plan, "/>");
    }
  for (guint i = 0; n_zones > 1 && i < n_zones * 2; i++)
    {
      int one = g_rand_int_range (rand, 0, (int) n_zones), other = g_rand_int_range (rand, 0, (int) n_zones);

      if (one != other)
        g_string_append_printf (plan, "<firewall id='f%u' name='Wall %u' zones='z%d z%d'/>", i, i, one, other);
    }
  for (guint i = 0; i < n_nodes; i++)
    {
      g_string_append_printf (plan, "<node id='n%u' name='Node %u'", i, i);
      if (g_rand_int_range (rand, 0, 10) > 0)
        g_string_append_printf (plan, " zone='z%d'", g_rand_int_range (rand, 0, (int) n_zones));
      if (g_rand_boolean (rand))
        g_string_append (plan, g_rand_boolean (rand) ? " site='P01'" : " site='S01'");
      if (positions && g_rand_int_range (rand, 0, 4) == 0)
        g_string_append_printf (plan, " x='%d' y='%d'", -100000 + (int) i * 200, 50000);
      g_string_append_printf (plan, "><role name='%s'/></node>",
                              roles[g_rand_int_range (rand, 0, G_N_ELEMENTS (roles))]);
    }
  g_string_append (plan, "</plan>");
  return g_string_free (plan, FALSE);
}

/* Viewport */

START_TEST (viewport_goes_there_and_back)
{
  PtlViewport viewport = { .x = -120, .y = 340, .scale = 1.6, .width = 800, .height = 600 };
  PtlPoint world = ptl_viewport_to_world (&viewport, 123, 45);
  PtlPoint view = ptl_viewport_to_view (&viewport, world.x, world.y);

  ck_assert_double_eq_tol (view.x, 123, 1e-9);
  ck_assert_double_eq_tol (view.y, 45, 1e-9);
}
END_TEST

START_TEST (viewport_zooms_at_the_point)
{
  PtlViewport viewport = { .x = -120, .y = 340, .scale = 1, .width = 800, .height = 600 };
  PtlPoint before = ptl_viewport_to_world (&viewport, 700, 100), after;
  const double scales[] = { 2, 0.5, 100, 0.0001 };

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      ptl_viewport_zoom_at (&viewport, scales[i], 700, 100);
      after = ptl_viewport_to_world (&viewport, 700, 100);
      ck_assert_double_eq_tol (after.x, before.x, 1e-6);
      ck_assert_double_eq_tol (after.y, before.y, 1e-6);
      ck_assert_double_eq (viewport.scale, CLAMP (scales[i], PTL_MIN_SCALE, PTL_MAX_SCALE));
    }
}
END_TEST

START_TEST (viewport_pans_by_pixels)
{
  PtlViewport viewport = { .scale = 2, .width = 800, .height = 600 };

  ptl_viewport_pan (&viewport, 30, -10);
  ck_assert_double_eq (viewport.x, -15);
  ck_assert_double_eq (viewport.y, 5);
}
END_TEST

START_TEST (viewport_fits)
{
  PtlViewport viewport = { .width = 800, .height = 600 };
  const PtlBox boxes[] = { { 10, 20, 2000, 300 }, { -5000, 0, 10, 4000 }, { 7, 7, 20, 20 }, { 0, 0, 0, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      PtlBox visible;

      ptl_viewport_fit (&viewport, &boxes[i], 20);
      visible = ptl_viewport_visible (&viewport);
      ck_assert_double_le (viewport.scale, 1);
      ck_assert_double_le (visible.x, boxes[i].x);
      ck_assert_double_ge (ptl_box_right (&visible), ptl_box_right (&boxes[i]));
      ck_assert_double_le (visible.y, boxes[i].y);
      ck_assert_double_ge (ptl_box_bottom (&visible), ptl_box_bottom (&boxes[i]));
    }
  ptl_viewport_fit (&viewport, &(PtlBox){ 0, 0, 1e7, 1e7 }, 20);
  ck_assert_double_eq (viewport.scale, PTL_MIN_SCALE);
}
END_TEST

/* Hits */

/* Boxes of all sizes, as far out as a plan may have them. */
static PtlBox
random_box (GRand *rand)
{
  double reach = pow (10, g_rand_double_range (rand, 1, 7)), size = pow (10, g_rand_double_range (rand, 0, 6));

  return (PtlBox){ g_rand_double_range (rand, -reach, reach), g_rand_double_range (rand, -reach, reach),
                   g_rand_double_range (rand, 0, size), g_rand_double_range (rand, 0, size) };
}

START_TEST (hit_finds_what_a_search_finds)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) _i);
  g_autoptr (PtlHit) hit = ptl_hit_new ();
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (PtlHitItem));
  g_autofree PtlBox *boxes = g_new (PtlBox, 500);

  for (guint i = 0; i < 500; i++)
    {
      boxes[i] = random_box (rand);
      ptl_hit_add (hit, PTL_HIT_NODE, i, &boxes[i]);
    }
  ptl_hit_seal (hit);
  for (guint i = 0; i < 200; i++)
    {
      PtlBox asked = random_box (rand);
      guint n = 0;

      ptl_hit_in (hit, &asked, found);
      for (guint j = 0; j < 500; j++)
        if (ptl_box_touches (&boxes[j], &asked))
          ck_assert_uint_eq (g_array_index (found, PtlHitItem, n++).index, j);
      ck_assert_uint_eq (found->len, n);
    }
}
END_TEST

START_TEST (hit_takes_what_is_on_top)
{
  g_autoptr (PtlHit) hit = ptl_hit_new ();
  PtlHitItem item;

  ptl_hit_add (hit, PTL_HIT_ZONE, 0, &(PtlBox){ 0, 0, 1000, 1000 });
  ptl_hit_add (hit, PTL_HIT_ZONE, 1, &(PtlBox){ 100, 100, 500, 500 });
  ptl_hit_add (hit, PTL_HIT_ZONE, 2, &(PtlBox){ 0, 0, 2000, 2000 });
  ptl_hit_add (hit, PTL_HIT_NODE, 7, &(PtlBox){ 200, 200, 180, 80 });
  ptl_hit_add (hit, PTL_HIT_NODE, 8, &(PtlBox){ 300, 200, 180, 80 });
  ptl_hit_add (hit, PTL_HIT_FIREWALL, 3, &(PtlBox){ 350, 200, 100, 100 });
  ptl_hit_add (hit, PTL_HIT_LINE, 0, &(PtlBox){ 0, 0, 1000, 1000 });
  ptl_hit_seal (hit);
  ck_assert (ptl_hit_at (hit, 310, 240, 4, &item));
  ck_assert_uint_eq (item.kind, PTL_HIT_NODE);
  ck_assert_uint_eq (item.index, 8);
  ck_assert (ptl_hit_at (hit, 400, 290, 4, &item));
  ck_assert_uint_eq (item.kind, PTL_HIT_FIREWALL);
  ck_assert (ptl_hit_at (hit, 500, 500, 4, &item));
  ck_assert (item.kind == PTL_HIT_ZONE && item.index == 1 && item.edges == 0);
  ck_assert (ptl_hit_at (hit, 98, 597, 4, &item));
  ck_assert (item.index == 1 && item.edges == (PTL_EDGE_LEFT | PTL_EDGE_BOTTOM));
  ck_assert (ptl_hit_at (hit, 1003, 500, 4, &item));
  ck_assert (item.index == 0 && item.edges == PTL_EDGE_RIGHT);
  ck_assert (ptl_hit_at (hit, 1500, -2, 4, &item));
  ck_assert (item.index == 2 && item.edges == PTL_EDGE_TOP);
  ck_assert (!ptl_hit_at (hit, 2005, 2005, 4, &item));
}
END_TEST

/* Layout */

static gboolean
has_place (double x, double y)
{
  return !isnan (x) && !isnan (y);
}

/* No card placed by the layout lies on another; in a plan without positions zones and firewalls do not either. */
static void
check_overlaps (const Drawn *drawn, const PtlLayout *layout, gboolean all)
{
  const PtlGraph *graph = drawn->graph;

  for (guint i = 0; i < graph->n_nodes; i++)
    for (guint j = 0; j < i; j++)
      ck_assert_msg (!ptl_box_overlaps (&layout->nodes[i], &layout->nodes[j]), "nodes %u and %u", i, j);
  for (guint i = 0; i < graph->n_firewalls; i++)
    for (guint j = 0; j < i; j++)
      ck_assert_msg (!ptl_box_overlaps (&layout->firewalls[i], &layout->firewalls[j]), "firewalls %u and %u", i, j);
  for (guint i = 0; i < graph->n_firewalls; i++)
    for (guint j = 0; j < graph->n_nodes; j++)
      ck_assert_msg (!ptl_box_overlaps (&layout->firewalls[i], &layout->nodes[j]), "firewall %u, node %u", i, j);
  for (guint i = 0; all && i < graph->n_zones; i++)
    {
      for (guint j = 0; j < i; j++)
        ck_assert_msg (!ptl_box_overlaps (&layout->zones[i], &layout->zones[j]), "zones %u and %u", i, j);
      for (guint j = 0; j < graph->n_nodes; j++)
        ck_assert_msg (graph->nodes[j].zone == (int) i || !ptl_box_overlaps (&layout->zones[i], &layout->nodes[j]),
                       "zone %u, node %u", i, j);
    }
}

static void
check_inside (const Drawn *drawn, const PtlLayout *layout)
{
  for (guint i = 0; i < drawn->graph->n_nodes; i++)
    if (drawn->graph->nodes[i].zone >= 0)
      {
        const PtlBox *zone = &layout->zones[drawn->graph->nodes[i].zone], *node = &layout->nodes[i];

        ck_assert (node->x >= zone->x && node->y >= zone->y + PTL_ZONE_HEADER);
        ck_assert (ptl_box_right (node) <= ptl_box_right (zone) && ptl_box_bottom (node) <= ptl_box_bottom (zone));
      }
}

static void
check_kept (const Drawn *drawn, const PtlLayout *layout)
{
  for (guint i = 0; i < drawn->plan->zones->len; i++)
    {
      const PtlZone *zone = drawn->plan->zones->pdata[i];

      if (has_place (zone->x, zone->y))
        ck_assert (layout->zones[i].x == zone->x && layout->zones[i].y == zone->y);
      if (has_place (zone->width, zone->height))
        ck_assert (layout->zones[i].width == zone->width || !has_place (zone->x, zone->y));
    }
  for (guint i = 0; i < drawn->plan->nodes->len; i++)
    {
      const PtlNode *node = drawn->plan->nodes->pdata[i];

      if (has_place (node->x, node->y))
        ck_assert (layout->nodes[i].x == node->x && layout->nodes[i].y == node->y);
    }
  for (guint i = 0; i < drawn->plan->firewalls->len; i++)
    {
      const PtlFirewall *firewall = drawn->plan->firewalls->pdata[i];
      PtlPoint centre = ptl_box_centre (&layout->firewalls[i]);

      if (has_place (firewall->x, firewall->y))
        ck_assert (centre.x == firewall->x && centre.y == firewall->y);
    }
}

static void
check_same (const Drawn *drawn, const PtlLayout *layout)
{
  g_autoptr (PtlLayout) again = ptl_layout_new (drawn->plan, drawn->flows, FALSE);

  ck_assert_mem_eq (layout->zones, again->zones, drawn->graph->n_zones * sizeof (PtlBox));
  ck_assert_mem_eq (layout->firewalls, again->firewalls, drawn->graph->n_firewalls * sizeof (PtlBox));
  ck_assert_mem_eq (layout->nodes, again->nodes, drawn->graph->n_nodes * sizeof (PtlBox));
}

START_TEST (layout_of_templates)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (PtlLayout) layout = NULL, kept = NULL, new = NULL;

  read_template (&drawn, templates[_i], FALSE);
  layout = ptl_layout_new (drawn.plan, drawn.flows, FALSE);
  check_overlaps (&drawn, layout, TRUE);
  check_inside (&drawn, layout);
  check_same (&drawn, layout);
  drawn_clear (&drawn);
  read_template (&drawn, templates[_i], TRUE);
  kept = ptl_layout_new (drawn.plan, drawn.flows, FALSE);
  check_kept (&drawn, kept);
  check_overlaps (&drawn, kept, FALSE);
  new = ptl_layout_new (drawn.plan, drawn.flows, TRUE);
  ck_assert_mem_eq (new->nodes, layout->nodes, drawn.graph->n_nodes * sizeof (PtlBox));
}
END_TEST

START_TEST (layout_of_random_plans)
{
  g_autofree char *text = random_plan ((guint32) _i, FALSE);
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (PtlLayout) layout = NULL;

  read_text (&drawn, text);
  layout = ptl_layout_new (drawn.plan, drawn.flows, FALSE);
  check_overlaps (&drawn, layout, TRUE);
  check_inside (&drawn, layout);
  check_same (&drawn, layout);
}
END_TEST

START_TEST (layout_keeps_what_has_a_place)
{
  g_autofree char *text = random_plan ((guint32) _i, TRUE);
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (PtlLayout) layout = NULL;

  read_text (&drawn, text);
  layout = ptl_layout_new (drawn.plan, drawn.flows, FALSE);
  check_overlaps (&drawn, layout, FALSE);
  check_kept (&drawn, layout);
  check_same (&drawn, layout);
}
END_TEST

START_TEST (layout_orders_zones)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (PtlLayout) layout = NULL;

  read_template (&drawn, "perimeter", FALSE);
  layout = ptl_layout_new (drawn.plan, drawn.flows, FALSE);
  ck_assert_double_lt (ptl_box_right (&layout->zones[0]), layout->firewalls[0].x);
  ck_assert_double_lt (ptl_box_right (&layout->firewalls[0]), layout->zones[1].x);
  ck_assert_double_lt (ptl_box_right (&layout->zones[1]), layout->firewalls[1].x);
  ck_assert_double_lt (ptl_box_right (&layout->firewalls[1]), layout->zones[2].x);
}
END_TEST

/* Icons */

START_TEST (icons_of_all_roles)
{
  g_autoptr (PtlCatalogue) catalogue = ptl_catalogue_load (NULL);

  for (guint i = 0; i < catalogue->roles->len; i++)
    ck_assert_msg (ptl_icon_find (ptl_catalogue_role (catalogue, i)->name) != NULL, "no icon for %s",
                   ptl_catalogue_role (catalogue, i)->name);
  for (guint i = 0; ptl_zone_kind_names[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat ("zone-", ptl_zone_kind_names[i], NULL);

      ck_assert_ptr_nonnull (ptl_icon_find (name));
    }
  for (guint i = 0; ptl_site_kind_names[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat ("site-", ptl_site_kind_names[i], NULL);

      ck_assert_ptr_nonnull (ptl_icon_find (name));
    }
  ck_assert_ptr_nonnull (ptl_icon_find ("firewall"));
  ck_assert_ptr_nonnull (ptl_icon_find_role ("of-a-later-catalogue"));
}
END_TEST

static const struct
{
  const char *path;
  guint n;     /* steps; 0: no path of ours */
  double x, y; /* where it ends */
} paths[] = {
  { "M1 2L3 4", 2, 3, 4 },
  { "m1,2 3 4h-1v.5", 4, 3, 6.5 },
  { "M1 1H5V7Z", 4, 1, 1 },
  { "M0 0c1 0 2 1 2 2s1 2 2 2", 3, 4, 4 },
  { "M8 1a7 7 0 0 1 7 7", 2, 15, 8 },
  { "M8 1a7 7 0 1 1 0 14", 3, 8, 15 },
  { "M0 0a5 5 0 01.3.4", 2, 0.3, 0.4 },
  { "", 0, 0, 0 },
  { "M1", 0, 0, 0 },
  { "M1 1Q2 2 3 3", 0, 0, 0 },
  { "M1 1L", 0, 0, 0 },
  { "M1 1a7 6 0 0 1 2 2", 0, 0, 0 },
  { "M1 1Z2", 0, 0, 0 },
};

START_TEST (icon_paths)
{
  GArray *steps = ptl_icon_parse_path (paths[_i].path);
  const PtlIconStep *last;
  int end;

  if (paths[_i].n == 0)
    {
      ck_assert (steps == NULL || steps->len == 0);
      g_clear_pointer (&steps, g_array_unref);
      return;
    }
  ck_assert_ptr_nonnull (steps);
  ck_assert_uint_eq (steps->len, paths[_i].n);
  last = &g_array_index (steps, PtlIconStep, steps->len - 1);
  end = last->verb == PTL_ICON_CURVE ? 2 : 0;
  ck_assert_double_eq_tol (last->x[end], paths[_i].x, 1e-9);
  ck_assert_double_eq_tol (last->y[end], paths[_i].y, 1e-9);
  g_array_unref (steps);
}
END_TEST

/* The largest distance of an icon's points from the grid: an arc that bulges to the wrong side leaves it. */
START_TEST (icons_stay_on_their_grid)
{
  g_autoptr (PtlCatalogue) catalogue = ptl_catalogue_load (NULL);

  for (guint i = 0; i < catalogue->roles->len; i++)
    {
      const PtlIcon *icon = ptl_icon_find_role (ptl_catalogue_role (catalogue, i)->name);

      for (guint j = 0; j < icon->steps->len; j++)
        {
          const PtlIconStep *step = &g_array_index (icon->steps, PtlIconStep, j);

          for (int k = 0; k < (step->verb == PTL_ICON_CURVE ? 3 : 1); k++)
            ck_assert_msg (step->x[k] > 0 && step->x[k] < 16 && step->y[k] > 0 && step->y[k] < 16, "%s: %g %g",
                           icon->name, step->x[k], step->y[k]);
        }
    }
}
END_TEST

/* Surfaces and painter */

START_TEST (text_fits_its_room)
{
  g_autoptr (PtlSurface) surface = ptl_surface_cairo_new ();
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_A8, 400, 200);
  cairo_t *cr = cairo_create (image);
  PtlTextStyle style = { 0xff, 14, FALSE, PTL_TEXT_START, 2 };
  const unsigned char *pixels;
  int stride = cairo_image_surface_get_stride (image);

  ptl_surface_cairo_set_target (surface, cr);
  ck_assert_uint_eq (ptl_surface_text (surface, &style, 20, 20, 100, ""), 0);
  ck_assert_uint_eq (ptl_surface_text (surface, &style, 20, 20, 100, "Short"), 1);
  ck_assert_uint_eq (ptl_surface_text (surface, &style, 20, 20, 100, "A name that is too long for three lines"), 2);
  style.align = PTL_TEXT_END;
  ck_assert_uint_eq (ptl_surface_text (surface, &style, 20, 80, 100, "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"), 2);
  style.align = PTL_TEXT_CENTRE;
  ck_assert_uint_eq (ptl_surface_text (surface, &style, 20, 140, 100, "\330\247\331\204\330\265\331\201 mixed"), 1);
  cairo_surface_flush (image);
  pixels = cairo_image_surface_get_data (image);
  for (int y = 0; y < 200; y++)
    for (int x = 0; x < 400; x++)
      if (x < 18 || x > 122)
        ck_assert_uint_eq (pixels[y * stride + x], 0);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}
END_TEST

static cairo_surface_t *
paint_part (const PtlScene *scene, PtlSurface *surface, int x, int y, int width, int height, double scale)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (image);
  PtlBox part = { x / scale, y / scale, width / scale, height / scale };

  cairo_translate (cr, -x, -y);
  cairo_scale (cr, scale, scale);
  ptl_surface_cairo_set_target (surface, cr);
  ptl_painter_paint (scene, &ptl_theme_dark, surface, &part, scale);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}

typedef struct
{
  const PtlScene *scene;
  cairo_surface_t *whole;
  int first; /* of the rows of tiles; every second is this thread's */
  double scale;
  guint differing;
} Tiles;

#define TILE  256
#define TILES 4

/* Paints tiles on a surface of its own and compares them with the whole picture. */
static gpointer
paint_tiles (gpointer data)
{
  Tiles *tiles = data;
  g_autoptr (PtlSurface) surface = ptl_surface_cairo_new ();
  int stride = cairo_image_surface_get_stride (tiles->whole);

  for (int row = tiles->first; row < TILES; row += 2)
    for (int column = 0; column < TILES; column++)
      {
        cairo_surface_t *tile = paint_part (tiles->scene, surface, column * TILE, row * TILE, TILE, TILE, tiles->scale);

        for (int y = 0; y < TILE; y++)
          tiles->differing
              += memcmp (cairo_image_surface_get_data (tile) + y * cairo_image_surface_get_stride (tile),
                         cairo_image_surface_get_data (tiles->whole) + (row * TILE + y) * stride + column * TILE * 4,
                         TILE * 4)
                 != 0;
        cairo_surface_destroy (tile);
      }
  return NULL;
}

static const double scales[] = { 0.1, 0.2, 0.5, 1, 2.37 };

/* As the window paints: tiles, each thread with a surface of its own. */
START_TEST (tiles_are_parts_of_the_whole)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (PtlScene) scene = NULL;
  g_autoptr (PtlSurface) surface = ptl_surface_cairo_new ();
  cairo_surface_t *whole;
  GThread *thread;
  Tiles one, other;

  read_template (&drawn, "hierarchy", FALSE);
  scene = ptl_scene_new (drawn.plan, drawn.talks, NULL);
  whole = paint_part (scene, surface, 0, 0, TILE * TILES, TILE * TILES, scales[_i]);
  one = other = (Tiles){ scene, whole, 0, scales[_i], 0 };
  other.first = 1;
  thread = g_thread_new ("tiles", paint_tiles, &other);
  paint_tiles (&one);
  g_thread_join (thread);
  ck_assert_uint_eq (one.differing + other.differing, 0);
  cairo_surface_destroy (whole);
}
END_TEST

static char *
save (const PtlScene *scene, PtlPictureFormat format, gsize *n)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "ptl-draw-XXXXXX", NULL);
  int fd = g_mkstemp (path);
  char *bytes;

  ck_assert_int_ge (fd, 0);
  g_close (fd, NULL);
  ck_assert (ptl_picture_save (scene, &ptl_theme_light, format, path, NULL));
  ck_assert (g_file_get_contents (path, &bytes, n, NULL));
  g_unlink (path);
  return bytes;
}

START_TEST (pictures_are_the_same_each_time)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (PtlScene) scene = NULL;
  g_autofree char *one = NULL, *other = NULL;
  gsize n, m;

  read_template (&drawn, "perimeter", TRUE);
  scene = ptl_scene_new (drawn.plan, drawn.talks, NULL);
  one = save (scene, (PtlPictureFormat) _i, &n);
  other = save (scene, (PtlPictureFormat) _i, &m);
  ck_assert_uint_eq (n, m);
  ck_assert_mem_eq (one, other, n);
}
END_TEST

START_TEST (pictures_of_nothing)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (PtlScene) scene = NULL;
  g_autofree char *bytes = NULL;
  gsize n;

  read_text (&drawn, "<plan xmlns='urn:portolan:plan:1' title=''/>");
  scene = ptl_scene_new (drawn.plan, drawn.talks, NULL);
  bytes = save (scene, (PtlPictureFormat) _i, &n);
  ck_assert_uint_gt (n, 60);
}
END_TEST

typedef struct
{
  const char *bytes;
} Reader;

static cairo_status_t
on_read_cb (void *data, unsigned char *bytes, unsigned int n)
{
  Reader *reader = data;

  memcpy (bytes, reader->bytes, n);
  reader->bytes += n;
  return CAIRO_STATUS_SUCCESS;
}

/* A picture of so wide a plan that trunks stand for arrows, and names above zones: none of them is cut off. */
START_TEST (pictures_from_afar)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (PtlScene) scene = NULL;
  g_autofree char *bytes = NULL;
  Reader reader;
  cairo_surface_t *image;
  const guint32 *first, *last;
  gsize n;

  read_text (&drawn, "<plan xmlns='urn:portolan:plan:1' title='Far'><site code='P01' kind='primary'/>"
                     "<zone id='a' name='A' kind='intranet' x='0' y='0' width='400' height='400'/>"
                     "<zone id='b' name='B' kind='intranet' x='160000' y='0' width='400' height='400'/>"
                     "<zone id='c' name='C' kind='intranet' x='80000' y='0' width='400' height='400'/>"
                     "<node id='s' name='S' zone='a' site='P01' x='100' y='100'><role name='site-server'/></node>"
                     "<node id='m' name='M' zone='b' site='P01' x='160100' y='100'>"
                     "<role name='management-point'/></node></plan>");
  scene = ptl_scene_new (drawn.plan, drawn.talks, NULL);
  ck_assert_uint_eq (scene->arrows->n_trunks, 1);
  reader.bytes = bytes = save (scene, PTL_PICTURE_PNG, &n);
  image = cairo_image_surface_create_from_png_stream (on_read_cb, &reader);
  ck_assert_int_eq (cairo_surface_status (image), CAIRO_STATUS_SUCCESS);
  first = (const guint32 *) (gpointer) cairo_image_surface_get_data (image);
  last = first + cairo_image_surface_get_stride (image) / 4 * (cairo_image_surface_get_height (image) - 1);
  for (int i = 0; i < cairo_image_surface_get_width (image); i++)
    ck_assert ((first[i] & 0xffffff) == (first[0] & 0xffffff) && (last[i] & 0xffffff) == (first[0] & 0xffffff));
  cairo_surface_destroy (image);
}
END_TEST

/* A link is an arrow from card to card; moving an end damages where it was and where it is. */
START_TEST (links_of_a_scene)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (PtlBox));
  g_autoptr (PtlScene) before = NULL, after = NULL, covered = NULL;
  PtlNode *node;

  read_text (&drawn, "<plan xmlns='urn:portolan:plan:1' title='Links'>"
                     "<node id='a' name='A' x='0' y='0'><role name='distribution-point' pull='yes'/></node>"
                     "<node id='b' name='B' x='400' y='0'><role name='distribution-point'/></node>"
                     "<link kind='pull-source' from='a' to='b'/></plan>");
  before = ptl_scene_new (drawn.plan, drawn.talks, NULL);
  ck_assert (before->links[0].shown);
  ck_assert_mem_eq (before->links[0].points, ((PtlPoint[]){ { 180, 40 }, { 397, 40 } }), sizeof (PtlPoint[2]));
  node = drawn.plan->nodes->pdata[1];
  node->y = 300;
  after = ptl_scene_new (drawn.plan, drawn.talks, NULL);
  ptl_scene_damage (before, after, boxes);
  ck_assert_uint_eq (boxes->len, 8); /* the card, the link and the arrow, before and after */
  node->x = 20;
  node->y = 20;
  covered = ptl_scene_new (drawn.plan, drawn.talks, NULL);
  ck_assert (!covered->links[0].shown);
}
END_TEST

/* What one firewall has to do with, and nothing else. */
START_TEST (scene_of_a_firewall)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (PtlTalks) talks = NULL;
  g_autoptr (PtlScene) scene = NULL;

  read_template (&drawn, "perimeter", TRUE);
  talks = ptl_talks_new (drawn.routes, NULL, &(PtlLens){ -1, -1, 1 });
  scene = ptl_scene_new_for_firewall (drawn.plan, talks);
  ck_assert (scene->firewalls[1].shown && !scene->firewalls[0].shown);
  ck_assert (scene->zones[1].shown && scene->zones[2].shown);
  for (guint i = 0; i < drawn.graph->n_nodes; i++)
    if (scene->nodes[i].shown)
      ck_assert (scene->zones[drawn.graph->nodes[i].zone].shown);
  for (guint i = 0; i < scene->lines->len; i++)
    ck_assert_uint_eq (g_array_index (scene->lines, PtlSceneLine, i).firewall, 1);
}
END_TEST

/* The scene of a firewall from that of the whole plan. */
START_TEST (scene_of_a_firewall_from_another)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (PtlTalks) talks = NULL;
  g_autoptr (PtlScene) whole = NULL, one = NULL, other = NULL;

  read_template (&drawn, "perimeter", TRUE);
  talks = ptl_talks_new (drawn.routes, NULL, &(PtlLens){ -1, -1, 0 });
  whole = ptl_scene_new_draft (drawn.plan, drawn.talks, NULL);
  one = ptl_scene_new_for_firewall (drawn.plan, talks);
  other = ptl_scene_for_firewall (whole, talks);
  ck_assert_mem_eq (&one->bounds, &other->bounds, sizeof one->bounds);
  ck_assert_uint_eq (one->lines->len, other->lines->len);
  ck_assert_uint_eq (one->arrows->n, other->arrows->n);
  for (guint i = 0; i < drawn.graph->n_zones; i++)
    ck_assert_int_eq (one->zones[i].shown, other->zones[i].shown);
  for (guint i = 0; i < drawn.graph->n_nodes; i++)
    ck_assert_int_eq (one->nodes[i].shown, other->nodes[i].shown);
}
END_TEST

/* The point of the canvas that is `back` from the tip of a head. */
static PtlPoint
behind_tip (const PtlArrow *arrow, gboolean at_end, double back)
{
  const PtlPoint *tip = &arrow->points[at_end ? arrow->n_points - 1 : 0], *from = at_end ? tip - 1 : tip + 1;
  double way = hypot (tip->x - from->x, tip->y - from->y), part = MIN (back / way, 0.5);

  return (PtlPoint){ tip->x + (from->x - tip->x) * part, tip->y + (from->y - tip->y) * part };
}

static gboolean
is_on_card (const PtlScene *scene, PtlPoint at)
{
  PtlHitItem item;

  return ptl_hit_at (scene->hit, at.x, at.y, 0, &item) && item.kind != PTL_HIT_ZONE;
}

/* Heads may lie on each other where there is no room: then one of them is found. */
static guint
check_head (const PtlScene *scene, guint index, gboolean trunk, gboolean at_end, double scale)
{
  const PtlArrow *arrows = trunk ? scene->arrows->trunks : scene->arrows->arrows;
  const PtlArrowLook look = { scale, 4 / scale, TRUE };
  PtlPoint at = behind_tip (&arrows[index], at_end, 2 / scale);
  PtlArrowHit hit;

  if (is_on_card (scene, at))
    return 0;
  ck_assert (ptl_scene_arrow_at (scene, at.x, at.y, &look, &hit));
  ck_assert (hit.trunk == trunk && hit.part == PTL_ARROW_HEAD);
  if (hit.index != index)
    {
      const PtlArrow *found = &arrows[hit.index];
      PtlPoint one = behind_tip (found, FALSE, 2 / scale), other = behind_tip (found, TRUE, 2 / scale);

      ck_assert_double_le (MIN (hypot (one.x - at.x, one.y - at.y), hypot (other.x - at.x, other.y - at.y)), 4 / scale);
      return 0;
    }
  return 1;
}

START_TEST (arrows_are_found_at_their_heads)
{
  static const double far[] = { 0.3, 0.15 }, near[] = { 0.4, 1, 2.5 };
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (PtlScene) scene = NULL;
  guint n = 0;

  read_template (&drawn, templates[_i], TRUE);
  scene = ptl_scene_new (drawn.plan, drawn.talks, NULL);
  for (guint i = 0; i < drawn.talks->n; i++)
    for (guint j = 0; j < G_N_ELEMENTS (near); j++)
      {
        if (drawn.talks->talks[i].n_back > 0)
          n += check_head (scene, i, FALSE, FALSE, near[j]);
        if (drawn.talks->talks[i].n_there > 0)
          n += check_head (scene, i, FALSE, TRUE, near[j]);
      }
  ck_assert_uint_gt (n, drawn.talks->n * 2);
  for (guint i = 0; i < drawn.talks->n_trunks; i++)
    for (guint j = 0; j < G_N_ELEMENTS (far); j++)
      {
        if (drawn.talks->trunks[i].n_back > 0)
          check_head (scene, i, TRUE, FALSE, far[j]);
        if (drawn.talks->trunks[i].n_there > 0)
          check_head (scene, i, TRUE, TRUE, far[j]);
      }
}
END_TEST

/* Two zones, an arrow across from card to card, and one that is drawn only when asked for. */
START_TEST (arrows_are_found_by_their_parts)
{
  const PtlArrowLook look = { 1, 4, TRUE }, strict = { 1, 4, FALSE }, far = { 0.2, 20, TRUE };
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (PtlScene) scene = NULL;
  const PtlArrow *arrow;
  PtlPoint mark, middle;
  PtlArrowHit hit;

  read_text (&drawn, "<plan xmlns='urn:portolan:plan:1' title='Arrow'>"
                     "<site code='P01' kind='primary'/>"
                     "<zone id='z' name='Z' kind='intranet' x='0' y='0' width='600' height='400'/>"
                     "<zone id='y' name='Y' kind='intranet' x='1000' y='0' width='300' height='400'/>"
                     "<firewall id='f' name='F' zones='z y' x='800' y='350'/>"
                     "<node id='a' name='A' x='40' y='100' zone='z' site='P01'><role name='site-server'/></node>"
                     "<node id='b' name='B' x='1040' y='100' zone='y' site='P01'>"
                     "<role name='distribution-point'/></node>"
                     "<node id='c' name='C' x='40' y='300' zone='z' site='P01'>"
                     "<role name='distribution-point'/></node></plan>");
  scene = ptl_scene_new (drawn.plan, drawn.talks, NULL);
  arrow = &scene->arrows->arrows[ptl_talks_find (drawn.talks, 0, 1)];
  ck_assert_uint_eq (arrow->n_marks, 1);
  mark = arrow->marks[0];
  ck_assert (ptl_scene_arrow_at (scene, mark.x, mark.y, &look, &hit));
  ck_assert_uint_eq (hit.part, ptl_box_holds (&arrow->label, mark.x, mark.y) ? PTL_ARROW_LABEL : PTL_ARROW_MARK);
  middle = ptl_box_centre (&arrow->label);
  ck_assert (ptl_scene_arrow_at (scene, middle.x, middle.y, &look, &hit));
  ck_assert (hit.part == PTL_ARROW_LABEL && &scene->arrows->arrows[hit.index] == arrow && !hit.trunk);
  middle = behind_tip (arrow, TRUE, 30);
  ck_assert (ptl_scene_arrow_at (scene, middle.x, middle.y + 3, &look, &hit) && hit.part == PTL_ARROW_LINE);
  ck_assert (!ptl_scene_arrow_at (scene, middle.x, middle.y + 30, &look, &hit));
  ck_assert (!ptl_scene_arrow_at (scene, 120, 140, &look, &hit)); /* a card */
  arrow = &scene->arrows->arrows[ptl_talks_find (drawn.talks, 0, 2)];
  middle = behind_tip (arrow, TRUE, 30);
  ck_assert (ptl_scene_arrow_at (scene, middle.x, middle.y, &look, &hit));
  ck_assert (!ptl_scene_arrow_at (scene, middle.x, middle.y, &strict, &hit));
  middle = behind_tip (&scene->arrows->trunks[0], TRUE, 100);
  ck_assert (ptl_scene_arrow_at (scene, middle.x, middle.y, &far, &hit) && hit.trunk && hit.index == 0);
}
END_TEST

/* Of a plan without firewalls, where its zones face each other; on no card and no name. */
START_TEST (implied_firewalls_have_a_place)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (PtlScene) scene = NULL;

  read_template (&drawn, "hierarchy", TRUE);
  g_ptr_array_set_size (drawn.plan->firewalls, 0);
  uncompute (&drawn);
  compute (&drawn);
  scene = ptl_scene_new (drawn.plan, drawn.talks, NULL);
  ck_assert_uint_gt (scene->n_implied, 5);
  ck_assert_uint_eq (scene->n_implied, drawn.talks->n_trunks);
  for (guint i = 0; i < scene->n_implied; i++)
    {
      const PtlBox *box = &scene->implied[i].box;
      PtlPoint middle = ptl_box_centre (box);
      guint found;

      ck_assert (ptl_scene_implied_at (scene, middle.x, middle.y, &found) && found == i);
      for (guint j = 0; j < i; j++)
        ck_assert (!ptl_box_overlaps (box, &scene->implied[j].box));
      for (guint j = 0; j < drawn.graph->n_nodes; j++)
        ck_assert (!ptl_box_overlaps (box, &scene->nodes[j].box));
      for (guint j = 0; j < drawn.graph->n_zones; j++)
        ck_assert (!ptl_box_overlaps (box, &(PtlBox){ scene->zones[j].box.x, scene->zones[j].box.y, 200, 60 }));
    }
}
END_TEST

START_TEST (picture_formats)
{
  PtlPictureFormat format;

  ck_assert (ptl_picture_format_of ("a.b.SVG", &format) && format == PTL_PICTURE_SVG);
  ck_assert (ptl_picture_format_of ("/x/y.pdf", &format) && format == PTL_PICTURE_PDF);
  ck_assert (ptl_picture_format_of ("y.Png", &format) && format == PTL_PICTURE_PNG);
  ck_assert (!ptl_picture_format_of ("svg", &format));
  ck_assert (!ptl_picture_format_of (".svg", &format));
  ck_assert (!ptl_picture_format_of ("a.svg.gz", &format));
  ck_assert (!ptl_picture_format_of ("", &format));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("draw");
  TCase *viewport = tcase_create ("viewport"), *hits = tcase_create ("hits"), *layout = tcase_create ("layout");
  TCase *icons = tcase_create ("icons"), *pictures = tcase_create ("pictures");
  SRunner *runner;
  int failed;

  tcase_add_test (viewport, viewport_goes_there_and_back);
  tcase_add_test (viewport, viewport_zooms_at_the_point);
  tcase_add_test (viewport, viewport_pans_by_pixels);
  tcase_add_test (viewport, viewport_fits);
  tcase_add_loop_test (hits, hit_finds_what_a_search_finds, 0, 5);
  tcase_add_test (hits, hit_takes_what_is_on_top);
  tcase_add_loop_test (layout, layout_of_templates, 0, G_N_ELEMENTS (templates));
  tcase_add_loop_test (layout, layout_of_random_plans, 0, 60);
  tcase_add_loop_test (layout, layout_keeps_what_has_a_place, 0, 60);
  tcase_add_test (layout, layout_orders_zones);
  tcase_add_test (icons, icons_of_all_roles);
  tcase_add_loop_test (icons, icon_paths, 0, G_N_ELEMENTS (paths));
  tcase_add_test (icons, icons_stay_on_their_grid);
  tcase_add_test (pictures, text_fits_its_room);
  tcase_add_loop_test (pictures, tiles_are_parts_of_the_whole, 0, G_N_ELEMENTS (scales));
  tcase_add_loop_test (pictures, pictures_are_the_same_each_time, 0, 3);
  tcase_add_loop_test (pictures, pictures_of_nothing, 0, 3);
  tcase_add_test (pictures, pictures_from_afar);
  tcase_add_test (pictures, links_of_a_scene);
  tcase_add_test (pictures, scene_of_a_firewall);
  tcase_add_test (pictures, scene_of_a_firewall_from_another);
  tcase_add_loop_test (pictures, arrows_are_found_at_their_heads, 0, G_N_ELEMENTS (templates));
  tcase_add_test (pictures, arrows_are_found_by_their_parts);
  tcase_add_test (pictures, implied_firewalls_have_a_place);
  tcase_add_test (pictures, picture_formats);
  suite_add_tcase (suite, viewport);
  suite_add_tcase (suite, hits);
  suite_add_tcase (suite, layout);
  suite_add_tcase (suite, icons);
  suite_add_tcase (suite, pictures);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed > 0;
}
