#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "app/ptl-canvas-private.h"
#include "app/ptl-minimap.h"
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

/* The controller of the type that comes first in the phase. */
static GtkEventController *
controller_of (gpointer widget, GType type, GtkPropagationPhase phase)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type)
          && gtk_event_controller_get_propagation_phase (controller) == phase)
        return controller; /* the widget keeps it */
    }
  ck_abort_msg ("there is no %s", g_type_name (type));
}

/* By how many pixels of the view the canvas moved. */
static PtlPoint
moved (const PtlViewport *before)
{
  const PtlViewport *after = ptl_canvas_get_viewport (canvas);

  return (PtlPoint){ (before->x - after->x) * after->scale, (before->y - after->y) * after->scale };
}

START_TEST (view_is_scrolled)
{
  GtkEventController *scroll = controller_of (canvas, GTK_TYPE_EVENT_CONTROLLER_SCROLL, GTK_PHASE_BUBBLE);
  PtlViewport before;
  gboolean handled = FALSE;

  rest ();
  before = *ptl_canvas_get_viewport (canvas);
  g_signal_emit_by_name (scroll, "scroll", 0.0, 1.0, &handled);
  ck_assert (handled);
  ck_assert_double_eq (moved (&before).x, 0);
  ck_assert_double_eq_tol (moved (&before).y, -pow (before.height, 2.0 / 3.0), 1);
  g_signal_emit_by_name (scroll, "scroll", -1.0, -1.0, &handled);
  ck_assert_double_eq_tol (moved (&before).x, pow (before.height, 2.0 / 3.0), 1);
  ck_assert_double_eq_tol (moved (&before).y, 0, 1);
}
END_TEST

/* The first of the key controllers that handles it stops it. */
static gboolean
press_space (void)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (canvas));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_space, 0, 0, &handled);
    }
  return handled;
}

START_TEST (view_is_dragged_while_space_is_held)
{
  GtkEventController *drag = controller_of (canvas, GTK_TYPE_GESTURE_DRAG, GTK_PHASE_CAPTURE);
  PtlViewport before;

  rest ();
  before = *ptl_canvas_get_viewport (canvas);
  ck_assert (press_space ());
  g_signal_emit_by_name (drag, "drag-begin", 100.0, 100.0);
  g_signal_emit_by_name (drag, "drag-update", 30.0, -10.0);
  g_signal_emit_by_name (drag, "drag-update", 60.0, -20.0);
  g_signal_emit_by_name (drag, "drag-end", 60.0, -20.0);
  ck_assert_double_eq_tol (moved (&before).x, 60, 1e-6);
  ck_assert_double_eq_tol (moved (&before).y, -20, 1e-6);
  ck_assert (!ptl_history_can_undo (ptl_session_get_history (session)));
}
END_TEST

/* A press on the minimap brings that place to the middle of the view. */
START_TEST (view_follows_the_minimap)
{
  PtlMinimap *minimap = g_object_new (PTL_TYPE_MINIMAP, NULL);
  GtkWindow *other = GTK_WINDOW (gtk_window_new ());
  GtkEventController *drag = controller_of (minimap, GTK_TYPE_GESTURE_DRAG, GTK_PHASE_BUBBLE);
  PtlBox bounds = ptl_session_get_scene (session)->bounds, seen;
  PtlPoint wanted = ptl_box_centre (&bounds), centre;
  gint64 end = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  ptl_minimap_set_canvas (minimap, canvas);
  ptl_minimap_set_session (minimap, session);
  gtk_window_set_child (other, GTK_WIDGET (minimap));
  gtk_window_present (other);
  ptl_canvas_zoom_to (canvas, 1);
  do
    {
      g_main_context_iteration (NULL, FALSE);
      ptl_canvas_pan (canvas, 3000, 3000);
      g_signal_emit_by_name (drag, "drag-begin", 95.0, 65.0); /* its middle */
      seen = ptl_viewport_visible (ptl_canvas_get_viewport (canvas));
      centre = ptl_box_centre (&seen);
    }
  while (hypot (centre.x - wanted.x, centre.y - wanted.y) > bounds.width / 20 && g_get_monotonic_time () < end);
  ck_assert_double_eq_tol (centre.x, wanted.x, bounds.width / 20);
  ck_assert_double_eq_tol (centre.y, wanted.y, bounds.width / 20);
  gtk_window_destroy (other);
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
  tcase_add_test (pictures, view_is_scrolled);
  tcase_add_test (pictures, view_is_dragged_while_space_is_held);
  tcase_add_test (pictures, view_follows_the_minimap);
  suite_add_tcase (suite, pictures);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
