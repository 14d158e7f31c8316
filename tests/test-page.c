#include <check.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draw/ptl-picture.h"
#include "draw/ptl-surface-cairo.h"
#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"

/* A plan drawn on pages */

typedef struct
{
  PtlCatalogue *catalogue;
  PtlPlan *plan;
  PtlTalks *talks;
  PtlScene *scene;
  PtlPages *pages;
} Drawn;

static const PtlPageWords words = { "Whole plan", "Operation", "2026-01-02", "Portolan 1" };

static void
draw (Drawn *drawn, const char *text, const PtlPageSetup *setup)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlGraph) graph = NULL;
  g_autoptr (PtlFlows) flows = NULL;
  g_autoptr (PtlRoutes) routes = NULL;

  drawn->catalogue = ptl_catalogue_load (NULL);
  drawn->plan = ptl_plan_read (drawn->catalogue, stream, &problems);
  ck_assert_ptr_nonnull (drawn->plan);
  graph = ptl_plan_to_graph (drawn->plan);
  flows = ptl_flows_new (graph);
  routes = ptl_routes_new (flows);
  drawn->talks = ptl_talks_new (routes, NULL, &PTL_LENS_ALL);
  drawn->scene = ptl_scene_new (drawn->plan, drawn->talks, NULL);
  drawn->pages = ptl_pages_new (drawn->scene, setup, &words);
}

static void
draw_template (Drawn *drawn, const char *name, const PtlPageSetup *setup)
{
  g_autofree char *path = g_strdup_printf ("%s/data/templates/%s.portolan", g_getenv ("PTL_SOURCE_ROOT"), name);
  g_autofree char *text = NULL;

  ck_assert (g_file_get_contents (path, &text, NULL, NULL));
  draw (drawn, text, setup);
}

static void
drawn_clear (Drawn *drawn)
{
  ptl_pages_unref (drawn->pages);
  ptl_scene_unref (drawn->scene);
  ptl_talks_unref (drawn->talks);
  g_object_unref (drawn->plan);
  ptl_catalogue_free (drawn->catalogue);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Drawn, drawn_clear)

static const char *const templates[] = { "stand-alone", "perimeter", "hierarchy", "internet-clients" };

static const PtlPageSetup setups[] = {
  { 297, 210, 0, TRUE, TRUE },     { 210, 297, 0, TRUE, TRUE },   { 420, 297, 0, TRUE, TRUE },
  { 279.4, 215.9, 0, TRUE, TRUE }, { 0, 0, 0, TRUE, TRUE },       { 0, 0, 0, FALSE, FALSE },
  { 148, 105, 0, TRUE, TRUE },     { 297, 210, 0, TRUE, FALSE },  { 297, 210, 0, FALSE, TRUE },
  { 297, 210, 1, TRUE, TRUE },     { 210, 297, 0.5, TRUE, TRUE }, { 215.9, 279.4, 1, TRUE, FALSE },
  { 297, 210, 1, FALSE, FALSE },
};

/* A surface that notes what stands where */

typedef struct
{
  char *text;
  PtlBox box; /* what it fills, not the room that it has */
  gboolean cut, clipped;
} Text;

typedef struct
{
  PtlSurface base;
  PtlSurface *cairo; /* measures */
  GArray *texts;     /* Text */
  PtlBox clip;
  gboolean clipped;
} Notes;

static void
note_box (PtlSurface *surface, const PtlBox *box, const PtlBoxStyle *style)
{
}

static void
note_line (PtlSurface *surface, const PtlPoint *points, guint n, PtlHeads heads, const PtlLineStyle *style)
{
}

static double
note_text_width (PtlSurface *surface, const PtlTextStyle *style, const char *text)
{
  return ptl_surface_text_width (((Notes *) surface)->cairo, style, text);
}

static guint
note_text (PtlSurface *surface, const PtlTextStyle *style, double x, double y, double width, const char *text)
{
  Notes *notes = (Notes *) surface;
  double wide = note_text_width (surface, style, text);
  double filled = MIN (wide, width);
  Text noted = { g_strdup (text),
                 { x + (width - filled) * style->align / 2, y, filled, style->size * PTL_LINE_HEIGHT },
                 wide > width,
                 notes->clipped };

  g_array_append_val (notes->texts, noted);
  return 1;
}

static void
note_icon (PtlSurface *surface, const PtlIcon *icon, double x, double y, double size, PtlColour colour)
{
}

static void
note_clip (PtlSurface *surface, const PtlBox *box)
{
  ((Notes *) surface)->clip = *box;
  ((Notes *) surface)->clipped = TRUE;
}

static void
note_end_clip (PtlSurface *surface)
{
  ((Notes *) surface)->clipped = FALSE;
}

static const PtlSurfaceClass notes_class = {
  .box = note_box,
  .line = note_line,
  .text = note_text,
  .text_width = note_text_width,
  .icon = note_icon,
  .begin_clip = note_clip,
  .end_clip = note_end_clip,
};

static void
clear_text (gpointer data)
{
  g_free (((Text *) data)->text);
}

static void
notes_init (Notes *notes)
{
  *notes = (Notes){ .base.class = &notes_class,
                    .cairo = ptl_surface_cairo_new (),
                    .texts = g_array_new (FALSE, FALSE, sizeof (Text)) };
  g_array_set_clear_func (notes->texts, clear_text);
}

static void
notes_clear (Notes *notes)
{
  ptl_surface_free (notes->cairo);
  g_array_unref (notes->texts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Notes, notes_clear)

static gboolean
notes_have (const Notes *notes, const char *text)
{
  for (guint i = 0; i < notes->texts->len; i++)
    if (!g_array_index (notes->texts, Text, i).clipped
        && g_str_equal (g_array_index (notes->texts, Text, i).text, text))
      return TRUE;
  return FALSE;
}

static gboolean
contains (const PtlBox *outer, const PtlBox *inner)
{
  PtlBox most = ptl_box_grow (outer, 1e-6);

  return inner->x >= most.x && inner->y >= most.y && ptl_box_right (inner) <= ptl_box_right (&most)
         && ptl_box_bottom (inner) <= ptl_box_bottom (&most);
}

/* What stands around the drawing is whole, on the paper, beside the drawing and beside each other. */
static void
check_page (const PtlPages *pages, guint page)
{
  g_auto (Notes) notes = { 0 };
  PtlBox paper = ptl_pages_get_box (pages, page), part = ptl_pages_get_part (pages, page);

  notes_init (&notes);
  ptl_pages_paint (pages, page, &notes.base, HUGE_VAL);
  ck_assert (contains (&paper, &part));
  ck_assert_mem_eq (&notes.clip, &part, sizeof part);
  for (guint i = 0; i < notes.texts->len; i++)
    {
      const Text *text = &g_array_index (notes.texts, Text, i);

      if (text->clipped)
        continue;
      ck_assert_msg (!text->cut, "“%s” is cut", text->text);
      ck_assert_msg (contains (&paper, &text->box), "“%s” is not on the paper", text->text);
      ck_assert_msg (!ptl_box_overlaps (&text->box, &part), "“%s” lies on the drawing", text->text);
      for (guint j = 0; j < i; j++)
        {
          const Text *other = &g_array_index (notes.texts, Text, j);

          ck_assert_msg (other->clipped || !ptl_box_overlaps (&text->box, &other->box), "“%s” lies on “%s”", text->text,
                         other->text);
        }
    }
}

/* The same drawing in another way. */
static void
set_up_pages (Drawn *drawn, const PtlPageSetup *setup)
{
  ptl_pages_unref (drawn->pages);
  drawn->pages = ptl_pages_new (drawn->scene, setup, &words);
}

START_TEST (texts_stand_apart)
{
  g_auto (Drawn) drawn = { 0 };

  draw_template (&drawn, templates[_i], &setups[0]);
  for (guint i = 0; i < G_N_ELEMENTS (setups); i++)
    {
      set_up_pages (&drawn, &setups[i]);
      for (guint page = 0; page < ptl_pages_get_n (drawn.pages); page++)
        check_page (drawn.pages, page);
    }
}
END_TEST

/* The whole drawing is on the first page. */
static void
check_first (const Drawn *drawn)
{
  PtlBox part = ptl_pages_get_part (drawn->pages, 0);

  ck_assert (contains (&part, &drawn->scene->bounds));
}

/* Each point of the drawing is on a tile, and what is at the border of one is whole on it or on its neighbour when it
 * is no larger than what they share. */
static void
check_tiles (const Drawn *drawn)
{
  guint n = ptl_pages_get_n (drawn->pages);
  const PtlBox *bounds = &drawn->scene->bounds;
  double unit = 1 / (ptl_pages_get_scale (drawn->pages, 1) * PTL_CANVAS_UNIT), step = 3 * unit, mark = 6 * unit;

  for (double y = bounds->y; y < ptl_box_bottom (bounds); y += step)
    for (double x = bounds->x; x < ptl_box_right (bounds); x += step)
      {
        PtlBox thing = { x, y, mark, mark };
        gboolean whole = FALSE;

        for (guint page = 1; page < n && !whole; page++)
          {
            PtlBox part = ptl_pages_get_part (drawn->pages, page);

            whole = contains (&part, &thing);
          }
        ck_assert_msg (whole, "%g, %g", x, y);
      }
}

START_TEST (nothing_is_lost)
{
  g_auto (Drawn) drawn = { 0 };

  draw_template (&drawn, templates[_i], &setups[0]);
  for (guint i = 0; i < G_N_ELEMENTS (setups); i++)
    {
      set_up_pages (&drawn, &setups[i]);
      check_first (&drawn);
      ck_assert (ptl_pages_get_n (drawn.pages) == 1 || setups[i].tile_scale > 0);
      if (ptl_pages_get_n (drawn.pages) == 1)
        continue;
      check_tiles (&drawn);
      ck_assert_double_eq (ptl_pages_get_scale (drawn.pages, 1), setups[i].tile_scale);
    }
}
END_TEST

static void
check_legend (const char *template, guint setup, const char *const *present, const char *const *absent)
{
  g_auto (Drawn) drawn = { 0 };
  g_auto (Notes) notes = { 0 };

  draw_template (&drawn, template, &setups[setup]);
  notes_init (&notes);
  ptl_pages_paint (drawn.pages, 0, &notes.base, HUGE_VAL);
  for (guint i = 0; present[i] != NULL; i++)
    ck_assert_msg (notes_have (&notes, present[i]), "“%s” is missing", present[i]);
  for (guint i = 0; absent[i] != NULL; i++)
    ck_assert_msg (!notes_have (&notes, absent[i]), "“%s” does not occur", absent[i]);
}

START_TEST (legend_has_the_arrows)
{
  static const char *const present[]
      = { "Between zones", "Within a zone", "Initiated towards the head", "Crosses a firewall", NULL };
  static const char *const absent[]
      = { "No path joins the zones", "Crosses one managed by others", "Between zones, n rules", NULL };

  check_legend ("perimeter", 0, present, absent);
}
END_TEST

/* Without arrows within zones there is no word of them. */
START_TEST (legend_has_outer_arrows_only)
{
  g_auto (Drawn) drawn = { 0 };
  g_auto (Notes) notes = { 0 };

  draw_template (&drawn, "perimeter", &(PtlPageSetup){ 297, 210, 0, TRUE, TRUE, TRUE });
  notes_init (&notes);
  ptl_pages_paint (drawn.pages, 0, &notes.base, HUGE_VAL);
  ck_assert (notes_have (&notes, "Between zones") && !notes_have (&notes, "Within a zone"));
}
END_TEST

/* The legend explains what is seen at the scale of the page. */
START_TEST (legend_follows_the_scale)
{
  static const char *const far[] = { "Between zones, n rules", NULL };
  static const char *const not_far[] = { "Between zones", "Crosses a firewall", "SMS Provider", NULL };
  static const char *const near[] = { "Between zones", "Crosses a firewall", "SMS Provider", NULL };
  static const char *const not_near[] = { "Between zones, n rules", NULL };

  check_legend ("hierarchy", 6, far, not_far);
  check_legend ("hierarchy", 4, near, not_near);
}
END_TEST

/* A plan with a zone of a kind and a node of a role, and no others. */
START_TEST (legend_has_what_occurs)
{
  g_auto (Drawn) drawn = { 0 };
  g_auto (Notes) notes = { 0 };

  draw (&drawn,
        "<plan xmlns='urn:portolan:plan:1' title='Little'><site code='P01' kind='primary'/>"
        "<zone id='z' name='Zone' kind='perimeter' x='0' y='0' width='400' height='300'/>"
        "<node id='a' name='A' zone='z' site='P01' x='40' y='80'><role name='distribution-point'/></node></plan>",
        &setups[0]);
  notes_init (&notes);
  ptl_pages_paint (drawn.pages, 0, &notes.base, HUGE_VAL);
  ck_assert (notes_have (&notes, "Perimeter zone") && notes_have (&notes, "Distribution point"));
  ck_assert (!notes_have (&notes, "Intranet zone") && !notes_have (&notes, "Management point"));
  ck_assert (!notes_have (&notes, "Firewall") && !notes_have (&notes, "Firewall managed by others"));
}
END_TEST

/* Four tiles on A4. */
#define LARGE                                                                                                          \
  "<plan xmlns='urn:portolan:plan:1' title='Large'><site code='P01' kind='primary'/>"                                  \
  "<zone id='z' name='Zone' kind='perimeter' x='0' y='0' width='1600' height='900'/>"                                  \
  "<node id='a' name='A' zone='z' site='P01' x='40' y='80'><role name='distribution-point'/></node></plan>"

START_TEST (title_block_says_what_it_is)
{
  g_auto (Drawn) drawn = { 0 };
  g_auto (Notes) first = { 0 }, last = { 0 };

  draw (&drawn, LARGE, &(PtlPageSetup){ 297, 210, 1, TRUE, TRUE });
  ck_assert_uint_eq (ptl_pages_get_n (drawn.pages), 5);
  notes_init (&first);
  notes_init (&last);
  ptl_pages_paint (drawn.pages, 0, &first.base, HUGE_VAL);
  ptl_pages_paint (drawn.pages, 4, &last.base, HUGE_VAL);
  ck_assert (notes_have (&first, drawn.scene->graph->title) && notes_have (&last, drawn.scene->graph->title));
  ck_assert (notes_have (&first, "Whole plan") && notes_have (&first, "Operation")
             && notes_have (&first, "2026-01-02"));
  ck_assert (notes_have (&first, "Portolan 1") && notes_have (&first, "1 of 5 (overview)"));
  ck_assert (notes_have (&last, "100 %") && notes_have (&last, "5 of 5 (B2)"));
  ck_assert (notes_have (&first, "Legend") && !notes_have (&last, "Legend"));
  ck_assert (notes_have (&last, "A2") && notes_have (&last, "B1")); /* the neighbours */
}
END_TEST

/* Files */

static void
on_page_done_cb (guint page, gpointer data)
{
  ck_assert_uint_eq (page, (*(guint *) data)++);
}

static char *
save (const PtlPages *pages, PtlPictureFormat format, gsize *n)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "ptl-page-XXXXXX", NULL);
  int fd = g_mkstemp (path);
  guint done = 0;
  char *bytes;

  ck_assert_int_ge (fd, 0);
  g_close (fd, NULL);
  ck_assert (ptl_picture_save_pages (pages, format, path, on_page_done_cb, &done, NULL, NULL));
  ck_assert_uint_eq (done, format == PTL_PICTURE_PDF ? ptl_pages_get_n (pages) : 1);
  ck_assert (g_file_get_contents (path, &bytes, n, NULL));
  g_unlink (path);
  return bytes;
}

START_TEST (files_are_the_same_each_time)
{
  g_auto (Drawn) drawn = { 0 };
  g_autofree char *one = NULL, *other = NULL;
  gsize n, m;

  draw_template (&drawn, "perimeter", &setups[0]);
  one = save (drawn.pages, (PtlPictureFormat) _i, &n);
  other = save (drawn.pages, (PtlPictureFormat) _i, &m);
  ck_assert_uint_eq (n, m);
  ck_assert_mem_eq (one, other, n);
}
END_TEST

START_TEST (pdf_has_all_pages)
{
  g_auto (Drawn) drawn = { 0 };
  g_autofree char *bytes = NULL;
  gsize n;
  guint pages = 0;

  draw_template (&drawn, "hierarchy", &(PtlPageSetup){ 297, 210, 1, TRUE, TRUE });
  bytes = save (drawn.pages, PTL_PICTURE_PDF, &n);
  for (char *at = bytes; (at = memmem (at, n - (gsize) (at - bytes), "/Type /Page", 11)) != NULL; at++)
    pages += at[11] != 's';
  ck_assert_uint_eq (pages, ptl_pages_get_n (drawn.pages));
}
END_TEST

START_TEST (svg_is_well_formed)
{
  static const GMarkupParser parser = { 0 };
  g_auto (Drawn) drawn = { 0 };
  g_autofree char *text = NULL;
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;
  gsize n;

  draw_template (&drawn, "hierarchy", &setups[_i]);
  text = save (drawn.pages, PTL_PICTURE_SVG, &n);
  ck_assert (g_markup_parse_context_parse (context, text, (gssize) n, NULL));
  ck_assert_msg (g_markup_parse_context_end_parse (context, &error), "%s", error != NULL ? error->message : "");
  ck_assert_ptr_nonnull (strstr (text, "Central administration site with two primary sites</text>"));
}
END_TEST

static void
cancel (guint page, gpointer data)
{
  g_cancellable_cancel (data);
}

/* What was there before stays. */
START_TEST (cancelled_files_are_not_written)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "ptl-page-XXXXXX", NULL), *bytes = NULL;
  int fd = g_mkstemp (path);

  ck_assert_int_ge (fd, 0);
  g_close (fd, NULL);
  ck_assert (g_file_set_contents (path, "before", -1, NULL));
  draw_template (&drawn, "hierarchy", &(PtlPageSetup){ 297, 210, 1, TRUE, TRUE });
  ck_assert (
      !ptl_picture_save_pages (drawn.pages, (PtlPictureFormat) _i, path, cancel, cancellable, cancellable, &error));
  ck_assert (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  ck_assert (g_file_get_contents (path, &bytes, NULL, NULL));
  ck_assert_str_eq (bytes, "before");
  g_unlink (path);
}
END_TEST

START_TEST (pages_of_nothing)
{
  g_auto (Drawn) drawn = { 0 };

  draw (&drawn, "<plan xmlns='urn:portolan:plan:1' title=''/>", &setups[0]);
  for (guint i = 0; i < G_N_ELEMENTS (setups); i++)
    {
      g_autofree char *bytes = NULL;
      gsize n;

      set_up_pages (&drawn, &setups[i]);
      bytes = save (drawn.pages, PTL_PICTURE_PDF, &n);
      ck_assert_uint_eq (ptl_pages_get_n (drawn.pages), 1);
    }
}
END_TEST

/* A dashed line does not make others dashed. */
START_TEST (lines_are_not_dashed_by_others)
{
  g_autoptr (PtlSurface) surface = ptl_surface_cairo_new ();
  cairo_surface_t *paper = cairo_recording_surface_create (CAIRO_CONTENT_COLOR, NULL);
  cairo_t *cr = cairo_create (paper);
  const PtlPoint points[] = { { 0, 0 }, { 100, 0 } };

  ptl_surface_cairo_set_target (surface, cr);
  ptl_surface_line (surface, points, 2, &(PtlLineStyle){ 0xff, 1, TRUE, 0 });
  ck_assert_int_eq (cairo_get_dash_count (cr), 0);
  cairo_destroy (cr);
  cairo_surface_destroy (paper);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("page");
  TCase *layout = tcase_create ("layout"), *files = tcase_create ("files");
  SRunner *runner = srunner_create (suite);
  int failed;

  tcase_add_loop_test (layout, texts_stand_apart, 0, G_N_ELEMENTS (templates));
  tcase_add_loop_test (layout, nothing_is_lost, 0, G_N_ELEMENTS (templates));
  tcase_add_test (layout, legend_has_what_occurs);
  tcase_add_test (layout, legend_has_the_arrows);
  tcase_add_test (layout, legend_has_outer_arrows_only);
  tcase_add_test (layout, legend_follows_the_scale);
  tcase_add_test (layout, title_block_says_what_it_is);
  tcase_add_loop_test (files, files_are_the_same_each_time, 0, 3);
  tcase_add_test (files, pdf_has_all_pages);
  tcase_add_loop_test (files, svg_is_well_formed, 0, 5);
  tcase_add_loop_test (files, cancelled_files_are_not_written, 0, 3);
  tcase_add_test (files, pages_of_nothing);
  tcase_add_test (files, lines_are_not_dashed_by_others);
  suite_add_tcase (suite, layout);
  suite_add_tcase (suite, files);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
