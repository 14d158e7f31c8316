/* How much a frame of the canvas costs, beside a window of the same size that shows one unchanging picture, drawn anew
 * each time: the main thread's time from before-paint to after-paint, and the time from frame to frame. And how long
 * the program takes from its start to the first frame of a plan, beside a program with an empty window. Ends with 1
 * beyond the targets. To be run on a display of its own, on a machine that does nothing else:
 *
 *   tests/window/run.py --size 1920x1080 BUILD/tests/frames
 */

#include <glib/gstdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/ptl-application.h"
#include "app/ptl-canvas-private.h"
#include "app/ptl-window.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"
#include "plan/ptl-edit-place.h"

#define WIDTH       1920
#define HEIGHT      1080
#define FRAMES      240
#define MAX_CPU     8.0 /* ms above the unchanging window, at the 95th percentile */
#define MAX_RATIO   1.5 /* of the time from frame to frame */
#define MAX_START   2.0 /* of the time of an empty window */
#define STARTS      7
#define SERVED      334 /* nodes a management point; every client talks to all three */
#define ZONES       20
#define NODES       1000
#define ZONE_WIDTH  1900
#define ZONE_HEIGHT 1060

static PtlCatalogue *catalogue;
static PtlSession *session;
static PtlCanvas *canvas;
static guint frame;

/* 1,000 nodes in 20 zones, and 3,000 arrows. */
static char *
plan_text (void)
{
  GString *text = g_string_new ("<plan xmlns='urn:portolan:plan:1' title='Frames'>"
                                "<site code='P01' kind='primary'/>");
  guint each = NODES / ZONES;

  for (guint i = 0; i < ZONES; i++)
    g_string_append_printf (text, "<zone id='z%u' name='Zone %u' kind='%s' x='%u' y='%u' width='%d' height='%d'/>", i,
                            i, i % 3 == 0 ? "perimeter" : "intranet", i % 5 * (ZONE_WIDTH + 160),
                            i / 5 * (ZONE_HEIGHT + 160), ZONE_WIDTH, ZONE_HEIGHT);
  for (guint i = 0; i < ZONES - 1; i++)
    g_string_append_printf (text, "<firewall id='f%u' name='Firewall %u' zones='z%u z%u'/>", i, i, i, i + 1);
  for (guint i = 0; i < NODES; i++)
    g_string_append_printf (
        text,
        "<node id='n%u' name='Server %u' zone='z%u' site='P01' x='%u' y='%u' addresses='10.%u.0.%u'>"
        "<role name='%s'/></node>",
        i, i, i / each, i / each % 5 * (ZONE_WIDTH + 160) + 40 + i % each % 8 * 230,
        i / each / 5 * (ZONE_HEIGHT + 160) + 80 + i % each / 8 * 135, i / each, i % each + 1,
        i % SERVED == 0 ? "management-point" : "client");
  g_string_append (text, "</plan>");
  return g_string_free (text, FALSE);
}

static PtlSession *
session_new (void)
{
  g_autofree char *text = plan_text ();
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) plan = ptl_plan_read (catalogue, stream, &problems);
  g_assert (plan != NULL);
  return ptl_session_new (plan);
}

/* What each frame changes */

static void
step_pan (void)
{
  ptl_canvas_pan (canvas, frame / 60 % 2 == 0 ? -17 : 17, frame / 30 % 2 == 0 ? -9 : 9);
}

static void
step_zoom (void)
{
  double scale = ptl_canvas_get_viewport (canvas)->scale;

  ptl_canvas_zoom_at (canvas, frame / 40 % 2 == 0 ? scale * 1.03 : scale / 1.03, 900, 500);
}

static void
step_drag (void)
{
  PtlItem node = { PTL_RECORD_NODE, 410 };

  ptl_edit_move (ptl_session_get_history (session), &node, 1, frame / 40 % 2 == 0 ? 6 : -6, 2, NULL);
}

static void
step_hover (void)
{
  PtlItem node = { PTL_RECORD_NODE, frame % NODES };

  ptl_canvas_set_hover (canvas, &node);
}

/* An unchanging picture of the same size, drawn in the way that is cheapest for cairo */

#define PIECE 512

#define PTL_TYPE_STILL (still_get_type ())
G_DECLARE_FINAL_TYPE (Still, still, PTL, STILL, GtkWidget)

struct _Still
{
  GtkWidget parent_instance;
  cairo_surface_t *image;
};

G_DEFINE_FINAL_TYPE (Still, still, GTK_TYPE_WIDGET)

static void
still_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  for (int y = 0; y < HEIGHT; y += PIECE)
    for (int x = 0; x < WIDTH; x += PIECE)
      {
        cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) x, (float) y, PIECE, PIECE));

        cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
        cairo_set_source_surface (cr, PTL_STILL (widget)->image, x, y);
        cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
        cairo_paint (cr);
        cairo_destroy (cr);
      }
}

static void
still_finalize (GObject *object)
{
  cairo_surface_destroy (PTL_STILL (object)->image);
  G_OBJECT_CLASS (still_parent_class)->finalize (object);
}

static void
still_class_init (StillClass *class)
{
  G_OBJECT_CLASS (class)->finalize = still_finalize;
  GTK_WIDGET_CLASS (class)->snapshot = still_snapshot;
}

static void
still_init (Still *self)
{
  cairo_t *cr;

  self->image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, PIECE, PIECE);
  cr = cairo_create (self->image);
  cairo_set_source_rgb (cr, 0.9, 0.9, 0.95);
  cairo_paint (cr);
  cairo_destroy (cr);
}

/* Measuring */

typedef struct
{
  double cpu[FRAMES], time[FRAMES]; /* ms */
  void (*step) (void);
  GtkWidget *widget;
  double started;
  gint64 last;
  gboolean done;
} Run;

static double
thread_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static void
on_before_paint_cb (GdkFrameClock *clock, Run *run)
{
  run->started = thread_time ();
}

static void
on_after_paint_cb (GdkFrameClock *clock, Run *run)
{
  gint64 now = g_get_monotonic_time ();

  if (run->done || run->started == 0)
    return;
  if (run->last != 0)
    {
      run->cpu[frame] = thread_time () - run->started;
      run->time[frame] = (double) (now - run->last) / 1e3;
      frame++;
    }
  run->last = now;
  run->done = frame == FRAMES;
}

static gboolean
on_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Run *run = data;

  if (run->step != NULL)
    run->step ();
  gtk_widget_queue_draw (run->widget);
  return G_SOURCE_CONTINUE;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return (one > other) - (one < other);
}

static double
percentile (const double *values, guint percent)
{
  g_autofree double *sorted = g_memdup2 (values, FRAMES * sizeof *values);

  qsort (sorted, FRAMES, sizeof *sorted, compare_times);
  return sorted[(FRAMES - 1) * percent / 100];
}

static void
measure (Run *run, GtkWidget *widget, void (*step) (void))
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gulong before = g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint_cb), run);
  gulong after = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint_cb), run);
  guint tick;

  *run = (Run){ .step = step, .widget = widget };
  frame = 0;
  tick = gtk_widget_add_tick_callback (widget, on_tick_cb, run, NULL);
  while (!run->done)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (widget, tick);
  g_signal_handler_disconnect (clock, before);
  g_signal_handler_disconnect (clock, after);
}

static GtkWidget *
show (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (widget);
  return window;
}

static gboolean
report (const char *name, const Run *run, const Run *still)
{
  double cpu = percentile (run->cpu, 95) - percentile (still->cpu, 50);
  double ratio = percentile (run->time, 50) / percentile (still->time, 50);
  gboolean good = cpu < MAX_CPU && ratio <= MAX_RATIO;

  g_print ("%-14s cpu p50 %5.2f p95 %5.2f ms, above the unchanging window %5.2f; frame p50 %5.1f p95 %5.1f ms, "
           "%4.2f times%s\n",
           name, percentile (run->cpu, 50), percentile (run->cpu, 95), cpu, percentile (run->time, 50),
           percentile (run->time, 95), ratio, good ? "" : "  TOO MUCH");
  return good;
}

static void
rest (void)
{
  while (!ptl_tiles_at_rest (canvas->tiles))
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
measure_frames (void)
{
  static const struct
  {
    const char *name;
    double scale; /* 0: fitted */
    void (*step) (void);
  } cases[] = {
    { "pan, all", 0, step_pan },     { "zoom, all", 0, step_zoom }, { "drag, all", 0, step_drag },
    { "hover, all", 0, step_hover }, { "pan, 100 %", 1, step_pan }, { "zoom, 100 %", 1, step_zoom },
    { "drag, 100 %", 1, step_drag },
  };
  GtkWidget *still = g_object_new (PTL_TYPE_STILL, NULL), *window = show (still);
  gboolean good = TRUE;
  Run *base = g_new0 (Run, 1), *run = g_new0 (Run, 1);

  measure (base, still, NULL);
  measure (base, still, NULL);
  report ("unchanging", base, base);
  gtk_window_destroy (GTK_WINDOW (window));
  catalogue = ptl_catalogue_load (NULL);
  session = session_new ();
  canvas = g_object_new (PTL_TYPE_CANVAS, "show-grid", TRUE, NULL);
  ptl_canvas_set_session (canvas, session);
  window = show (GTK_WIDGET (canvas));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ptl_canvas_fit (canvas);
      if (cases[i].scale != 0)
        ptl_canvas_zoom_to (canvas, cases[i].scale);
      rest ();
      measure (run, GTK_WIDGET (canvas), cases[i].step);
      good &= report (cases[i].name, run, base);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (session);
  ptl_catalogue_free (catalogue);
  g_free (base);
  g_free (run);
  return good;
}

/* Starts. The program runs itself: with "empty" it shows an empty window, with "open FILE" what portolan shows. */

/* The first frame is there: says when, and ends at once. */
static void
on_first_frame_cb (GdkFrameClock *clock, gpointer data)
{
  g_print ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  exit (EXIT_SUCCESS);
}

static void
watch (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_first_frame_cb), NULL);
}

static void
run_empty (void)
{
  GtkWidget *window;

  gtk_init ();
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_widget_realize (window);
  watch (window);
  gtk_window_present (GTK_WINDOW (window));
  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_mapped_cb (GtkWidget *window, gpointer data)
{
  if (ptl_window_get_plan (PTL_WINDOW (window)) != NULL)
    watch (window);
}

static void
on_window_added_cb (GtkApplication *application, GtkWindow *window, gpointer data)
{
  gtk_window_set_default_size (window, WIDTH, HEIGHT);
  g_signal_connect (window, "map", G_CALLBACK (on_mapped_cb), NULL);
}

static int
run_open (int argc, char **argv)
{
  g_autoptr (PtlApplication) application = ptl_application_new ();

  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}

/* ms from the start of the program to its first frame. */
static double
time_start (const char *program, const char *how, const char *file)
{
  const char *const arguments[] = { program, how, file, NULL };
  gint64 start = g_get_monotonic_time ();
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL, &error))
    g_error ("%s", error->message);
  return (double) (g_ascii_strtoll (output, NULL, 10) - start) / 1e3;
}

static gboolean
measure_starts (const char *program)
{
  g_autofree char *folder = g_dir_make_tmp ("frames-XXXXXX", NULL), *file = g_build_filename (folder, "plan", NULL);
  g_autofree char *text = plan_text ();
  double empty = G_MAXDOUBLE, open = G_MAXDOUBLE;

  g_file_set_contents (file, text, -1, NULL);
  for (guint i = 0; i < STARTS; i++)
    {
      empty = MIN (empty, time_start (program, "empty", NULL));
      open = MIN (open, time_start (program, "open", file));
    }
  g_remove (file);
  g_rmdir (folder);
  g_print ("start to first frame: empty window %.0f ms, plan of %d nodes %.0f ms, %.2f times%s\n", empty, NODES, open,
           open / empty, open <= MAX_START * empty ? "" : "  TOO MUCH");
  return open <= MAX_START * empty;
}

int
main (int argc, char **argv)
{
  gboolean good;

  if (argc == 2)
    run_empty ();
  if (argc == 3)
    return run_open (argc - 1, argv + 1);
  if (!gtk_init_check ())
    return 77;
  good = measure_starts (argv[0]);
  good &= measure_frames ();
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
