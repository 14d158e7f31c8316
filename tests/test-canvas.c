#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "app/ptl-canvas-private.h"
#include "draw/ptl-painter.h"
#include "draw/ptl-piece.h"
#include "draw/ptl-surface-cairo.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"
#include "plan/ptl-edit-delete.h"
#include "plan/ptl-edit-fields.h"
#include "plan/ptl-edit-place.h"

/* The canvas in a window of its own. At rest it shows what the painter paints. */

static PtlCatalogue *catalogue;
static PtlSession *session;
static GtkWindow *window;
static PtlCanvas *canvas;

static void
set_up (void)
{
  g_autofree char *path = g_strdup_printf ("%s/data/templates/hierarchy.portolan", g_getenv ("PTL_SOURCE_ROOT"));
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GInputStream) stream = G_INPUT_STREAM (g_file_read (file, NULL, NULL));
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) plan = NULL;

  catalogue = ptl_catalogue_load (NULL);
  plan = ptl_plan_read (catalogue, stream, &problems);
  session = ptl_session_new (plan);
  canvas = g_object_new (PTL_TYPE_CANVAS, NULL);
  ptl_canvas_set_session (canvas, session);
  window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (window, 900, 640);
  gtk_window_set_child (window, GTK_WIDGET (canvas));
  gtk_window_present (window);
}

static void
tear_down (void)
{
  gtk_window_destroy (window);
  g_assert_finalize_object (session);
  ptl_catalogue_free (catalogue);
}

static void
rest (void)
{
  gtk_test_widget_wait_for_draw (GTK_WIDGET (canvas));
  while (!ptl_tiles_at_rest (canvas->tiles))
    g_main_context_iteration (NULL, TRUE);
}

/* What the window's renderer makes of the canvas. */
static cairo_surface_t *
shown (void)
{
  int width = gtk_widget_get_width (GTK_WIDGET (canvas)), height = gtk_widget_get_height (GTK_WIDGET (canvas));
  int factor = gtk_widget_get_scale_factor (GTK_WIDGET (canvas));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * factor, height * factor);

  gtk_snapshot_scale (snapshot, (float) factor, (float) factor);
  ptl_tiles_snapshot (canvas->tiles, snapshot, TRUE);
  node = gtk_snapshot_free_to_node (snapshot);
  texture
      = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                     &GRAPHENE_RECT_INIT (0, 0, (float) (width * factor), (float) (height * factor)));
  gdk_texture_download (texture, cairo_image_surface_get_data (image), (gsize) cairo_image_surface_get_stride (image));
  cairo_surface_mark_dirty (image);
  return image;
}

/* What the painter paints, in one piece. */
static cairo_surface_t *
painted (void)
{
  const PtlViewport *view = ptl_canvas_get_viewport (canvas);
  g_autoptr (PtlSurface) surface = ptl_surface_cairo_new ();
  int factor = gtk_widget_get_scale_factor (GTK_WIDGET (canvas));
  double density = view->scale * factor;
  PtlPiece piece = {
    .scene = ptl_session_get_scene (session),
    .theme = *ptl_canvas_get_theme (canvas),
    .scale = view->scale,
    .factor = factor,
    .x = (int) round (view->x * density),
    .y = (int) round (view->y * density),
    .width = (int) view->width * factor,
    .height = (int) view->height * factor,
  };

  return ptl_piece_paint (&piece, surface);
}

static void
check_picture (const char *what)
{
  cairo_surface_t *one, *other;
  guint differing = 0;

  rest ();
  one = shown ();
  other = painted ();
  for (int y = 0; y < cairo_image_surface_get_height (one); y++)
    differing += memcmp (cairo_image_surface_get_data (one) + y * cairo_image_surface_get_stride (one),
                         cairo_image_surface_get_data (other) + y * cairo_image_surface_get_stride (other),
                         (gsize) cairo_image_surface_get_width (one) * 4)
                 != 0;
  ck_assert_msg (differing == 0, "%u rows of pixels differ %s, at %g %%", differing, what,
                 ptl_canvas_get_viewport (canvas)->scale * 100);
  cairo_surface_destroy (one);
  cairo_surface_destroy (other);
}

START_TEST (picture_is_the_painter_s)
{
  static const double scales[] = { 0.1, 0.2, 0.37, 0.5, 1, 1.7, 4 };

  check_picture ("when fitted");
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      ptl_canvas_zoom_to (canvas, scales[i]);
      check_picture ("after zooming");
      ptl_canvas_pan (canvas, 133.3, -71.9);
      check_picture ("after panning");
    }
}
END_TEST

START_TEST (picture_follows_edits)
{
  PtlHistory *history = ptl_session_get_history (session);
  PtlItem node = { PTL_RECORD_NODE, 2 }, zone = { PTL_RECORD_ZONE, 0 };

  ptl_canvas_zoom_to (canvas, 0.8);
  check_picture ("before edits");
  for (guint i = 0; i < 10; i++)
    {
      ck_assert (ptl_edit_move (history, &node, 1, 30, 20, NULL));
      g_main_context_iteration (NULL, FALSE);
    }
  check_picture ("after a drag");
  ck_assert (ptl_edit_set_text (history, PTL_FIELD_COLOUR, &zone, 1, "#208040", NULL));
  ck_assert (ptl_edit_delete (history, &node, 1, NULL));
  check_picture ("after a colour and a deletion");
  while (ptl_history_can_undo (history))
    ptl_history_undo (history);
  check_picture ("after undoing everything");
}
END_TEST

START_TEST (picture_is_dark_or_light)
{
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_set (canvas, "show-grid", TRUE, NULL);
  check_picture ("with a grid");
  g_object_set (settings, "gtk-application-prefer-dark-theme", TRUE, NULL);
  check_picture ("in the dark");
  ck_assert_uint_eq (ptl_canvas_get_theme (canvas)->background, ptl_theme_dark.background);
  g_object_set (settings, "gtk-application-prefer-dark-theme", FALSE, NULL);
  check_picture ("in the light");
  ck_assert_uint_eq (ptl_canvas_get_theme (canvas)->background, ptl_theme_light.background);
}
END_TEST

START_TEST (view_moves)
{
  PtlViewport before, after;
  PtlPoint there, here;
  PtlItem node = { PTL_RECORD_NODE, 0 };
  PtlBox box, seen;

  rest ();
  before = *ptl_canvas_get_viewport (canvas);
  there = ptl_viewport_to_world (&before, 200, 150);
  ptl_canvas_zoom_at (canvas, 2, 200, 150);
  after = *ptl_canvas_get_viewport (canvas);
  here = ptl_viewport_to_world (&after, 200, 150);
  ck_assert_double_eq_tol (here.x, there.x, 0.51 / after.scale);
  ck_assert_double_eq_tol (here.y, there.y, 0.51 / after.scale);
  ck_assert_double_eq_tol (remainder (after.x * after.scale, 1), 0, 1e-6);
  ptl_canvas_pan (canvas, -5000, 5000);
  ptl_canvas_reveal (canvas, node);
  box = ptl_session_get_scene (session)->nodes[0].box;
  seen = ptl_viewport_visible (ptl_canvas_get_viewport (canvas));
  ck_assert (box.x >= seen.x && box.y >= seen.y && ptl_box_right (&box) <= ptl_box_right (&seen)
             && ptl_box_bottom (&box) <= ptl_box_bottom (&seen));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("canvas");
  TCase *pictures = tcase_create ("pictures");
  SRunner *runner;
  int failed;

  if (!gtk_init_check ())
    return 77;
  tcase_add_checked_fixture (pictures, set_up, tear_down);
  tcase_add_test (pictures, picture_is_the_painter_s);
  tcase_add_test (pictures, picture_follows_edits);
  tcase_add_test (pictures, picture_is_dark_or_light);
  tcase_add_test (pictures, view_moves);
  suite_add_tcase (suite, pictures);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
