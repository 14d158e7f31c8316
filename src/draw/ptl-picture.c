#include "ptl-picture.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "ptl-painter.h"
#include "ptl-surface-cairo.h"
#include "ptl-surface-svg.h"

#define MARGIN        40    /* around the scene, in canvas units */
#define POINTS        0.75  /* of paper a canvas unit: 96 px and 72 points are an inch */
#define MAX_POINTS    14400 /* the side of the largest page that readers of PDF show */
#define PNG_SCALE     2.0   /* pixels a canvas unit: sharp on screens of today and on paper */
#define MAX_PIXELS    40e6  /* more takes seconds and hundreds of megabytes */
#define MAX_PNG_SIDE  16000
#define RESOLUTION    (PNG_SCALE / PTL_CANVAS_UNIT) /* pixels a millimetre of paper */
#define INCH          25.4
#define CREATION_DATE "2000-01-01T00:00:00Z" /* any: the same picture gives the same bytes */

const char *const ptl_picture_extensions[] = { ".svg", ".pdf", ".png", NULL };

/**
 * ptl_picture_format_of:
 * @path: the name of a file
 * @format: (out): what its extension says, in capitals or not
 *
 * Returns: whether it is one of ptl_picture_extensions
 */
gboolean
ptl_picture_format_of (const char *path, PtlPictureFormat *format)
{
  for (guint i = 0; ptl_picture_extensions[i] != NULL; i++)
    {
      gsize n = strlen (path), length = strlen (ptl_picture_extensions[i]);

      if (n > length && g_ascii_strcasecmp (path + n - length, ptl_picture_extensions[i]) == 0)
        {
          *format = (PtlPictureFormat) i;
          return TRUE;
        }
    }
  return FALSE;
}

static cairo_status_t
on_write_cb (void *data, const unsigned char *bytes, unsigned int n)
{
  PtlOutput *output = data;

  ptl_output_write (output, (const char *) bytes, n);
  return ptl_output_ok (output) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* Paints on a surface of cairo that has `zoom` of its units a canvas unit. */
static void
paint (const PtlScene *scene, const PtlTheme *theme, cairo_surface_t *target, const PtlBox *part, double zoom,
       double scale)
{
  g_autoptr (PtlSurface) surface = ptl_surface_cairo_new ();
  cairo_t *cr = cairo_create (target);

  cairo_scale (cr, zoom, zoom);
  cairo_translate (cr, -part->x, -part->y);
  ptl_surface_cairo_set_target (surface, cr);
  ptl_painter_paint (scene, theme, surface, part, scale);
  cairo_destroy (cr);
}

static cairo_status_t
write_pdf (const PtlScene *scene, const PtlTheme *theme, const PtlBox *part, PtlOutput *output)
{
  double zoom = MIN (POINTS, MAX_POINTS / MAX (part->width, part->height));
  cairo_surface_t *target
      = cairo_pdf_surface_create_for_stream (on_write_cb, output, part->width * zoom, part->height * zoom);
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (target, CAIRO_PDF_METADATA_TITLE, scene->graph->title);
  cairo_pdf_surface_set_metadata (target, CAIRO_PDF_METADATA_CREATE_DATE, CREATION_DATE);
  paint (scene, theme, target, part, zoom, PTL_FULL_SCALE);
  cairo_surface_finish (target);
  status = cairo_surface_status (target);
  cairo_surface_destroy (target);
  return status;
}

/* What a picture shows from so far away that trunks stand for arrows; names and numbers stand out of the bounds. */
static PtlBox
part_from_afar (const PtlScene *scene, double scale)
{
  PtlBox part = scene->bounds;

  for (guint i = 0; i < scene->arrows->n_trunks; i++)
    for (guint j = 0; j < scene->arrows->trunks[i].n_points; j++)
      {
        PtlPoint point = scene->arrows->trunks[i].points[j];

        part = ptl_box_union (&part, &(PtlBox){ point.x, point.y, 0, 0 });
      }
  return ptl_box_grow (&part, MAX (MARGIN, ptl_painter_reach (scale)));
}

static double
png_zoom (const PtlBox *part)
{
  double fit = MIN (MAX_PNG_SIDE / MAX (part->width, part->height), sqrt (MAX_PIXELS / part->width / part->height));

  return MIN (PNG_SCALE, fit);
}

static cairo_status_t
write_png (const PtlScene *scene, const PtlTheme *theme, const PtlBox *near, PtlOutput *output)
{
  gboolean far = ptl_level_at (png_zoom (near)) < PTL_LEVEL_NAMES;
  PtlBox part = far ? part_from_afar (scene, png_zoom (near)) : *near;
  double zoom = png_zoom (&part);
  cairo_surface_t *target = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) MAX (part.width * zoom, 1),
                                                        (int) MAX (part.height * zoom, 1));
  cairo_status_t status;

  paint (scene, theme, target, &part, zoom, zoom);
  status = cairo_surface_write_to_png_stream (target, on_write_cb, output);
  cairo_surface_destroy (target);
  return status;
}

static cairo_status_t
write_svg (const PtlScene *scene, const PtlTheme *theme, const PtlBox *part, PtlOutput *output)
{
  g_autoptr (PtlSurface) surface = ptl_surface_svg_new (output, part, 1, scene->graph->title);

  ptl_painter_paint (scene, theme, surface, part, PTL_FULL_SCALE);
  return CAIRO_STATUS_SUCCESS;
}

/* A failure to write is the output's to tell. */
static gboolean
finish (PtlOutput *output, cairo_status_t status, const char *path, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS || status == CAIRO_STATUS_WRITE_ERROR)
    return ptl_output_finish (output, error);
  ptl_output_abandon (output);
  g_set_error (error, PTL_IO_ERROR, PTL_IO_ERROR_WRITE, _ ("“%s” could not be drawn: %s"), path,
               cairo_status_to_string (status));
  return FALSE;
}

/**
 * ptl_picture_save:
 * @scene: what is drawn, all of it
 * @theme: in which colours
 * @path: replaced in one step, or left as it is when something fails
 *
 * SVG and PDF say everything, however large the plan is; a PNG has at most 40 million pixels and says what can be read
 * at that size.
 *
 * Returns: whether the file was written; if not, @error says why in a sentence
 */
gboolean
ptl_picture_save (const PtlScene *scene, const PtlTheme *theme, PtlPictureFormat format, const char *path,
                  GError **error)
{
  static cairo_status_t (*const writers[]) (const PtlScene *, const PtlTheme *, const PtlBox *, PtlOutput *)
      = { write_svg, write_pdf, write_png };
  g_autoptr (PtlOutput) output = ptl_output_new_for_file (path, FALSE);
  PtlBox part = ptl_box_grow (&scene->bounds, MARGIN);
  cairo_status_t status = writers[format](scene, theme, &part, output);

  return finish (g_steal_pointer (&output), status, path, error);
}

/* Pages */

typedef struct
{
  const PtlPages *pages;
  PtlOutput *output;
  PtlPageDone done;
  gpointer data;
  GCancellable *cancellable;
} Job;

static cairo_status_t
on_write_page_cb (void *data, const unsigned char *bytes, unsigned int n)
{
  Job *job = data;

  return g_cancellable_is_cancelled (job->cancellable) ? CAIRO_STATUS_WRITE_ERROR : on_write_cb (job->output, bytes, n);
}

static cairo_status_t
write_pdf_pages (Job *job)
{
  double width, height;
  cairo_surface_t *target;
  cairo_status_t status;

  ptl_pages_get_paper (job->pages, &width, &height);
  target = cairo_pdf_surface_create_for_stream (on_write_page_cb, job, width / INCH * 72, height / INCH * 72);
  cairo_pdf_surface_set_metadata (target, CAIRO_PDF_METADATA_TITLE, ptl_pages_get_scene (job->pages)->graph->title);
  cairo_pdf_surface_set_metadata (target, CAIRO_PDF_METADATA_CREATE_DATE, CREATION_DATE);
  for (guint i = 0; i < ptl_pages_get_n (job->pages) && !g_cancellable_is_cancelled (job->cancellable); i++)
    {
      cairo_t *cr = cairo_create (target);

      cairo_scale (cr, 72 / INCH, 72 / INCH);
      ptl_picture_draw_page (job->pages, i, cr, HUGE_VAL);
      cairo_show_page (cr);
      cairo_destroy (cr);
      job->done (i, job->data);
    }
  cairo_surface_finish (target);
  status = cairo_surface_status (target);
  cairo_surface_destroy (target);
  return status;
}

static cairo_status_t
write_png_page (Job *job)
{
  double width, height, resolution;
  cairo_surface_t *target;
  cairo_status_t status;
  cairo_t *cr;

  ptl_pages_get_paper (job->pages, &width, &height);
  resolution = MIN (RESOLUTION, MIN (MAX_PNG_SIDE / MAX (width, height), sqrt (MAX_PIXELS / width / height)));
  target = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (width * resolution), (int) (height * resolution));
  cr = cairo_create (target);
  cairo_scale (cr, resolution, resolution);
  ptl_picture_draw_page (job->pages, 0, cr, resolution);
  cairo_destroy (cr);
  status = cairo_surface_write_to_png_stream (target, on_write_page_cb, job);
  cairo_surface_destroy (target);
  job->done (0, job->data);
  return status;
}

static cairo_status_t
write_svg_page (Job *job)
{
  PtlBox box = ptl_pages_get_box (job->pages, 0);
  g_autoptr (PtlSurface) surface = ptl_surface_svg_new (job->output, &box, ptl_pages_get_scale (job->pages, 0),
                                                        ptl_pages_get_scene (job->pages)->graph->title);

  ptl_pages_paint (job->pages, 0, surface, HUGE_VAL);
  job->done (0, job->data);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * ptl_picture_draw_page:
 * @cr: takes millimetres from the paper's upper left corner
 * @resolution: pixels a millimetre: what would be too small to be seen is left out; HUGE_VAL for paper
 */
void
ptl_picture_draw_page (const PtlPages *pages, guint page, cairo_t *cr, double resolution)
{
  g_autoptr (PtlSurface) surface = ptl_surface_cairo_new ();
  PtlBox box = ptl_pages_get_box (pages, page);
  double scale = ptl_pages_get_scale (pages, page) * PTL_CANVAS_UNIT;

  cairo_save (cr);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -box.x, -box.y);
  ptl_surface_cairo_set_target (surface, cr);
  ptl_pages_paint (pages, page, surface, resolution * scale);
  cairo_restore (cr);
}

/**
 * ptl_picture_save_pages:
 * @format: all pages go into a PDF, the first one into other files
 * @path: replaced in one step, or left as it is when something fails
 * @done: called in this thread
 * @cancellable: stops after a page, or when its bytes are written
 *
 * Returns: whether the file was written; if not, @error says why in a sentence
 */
gboolean
ptl_picture_save_pages (const PtlPages *pages, PtlPictureFormat format, const char *path, PtlPageDone done,
                        gpointer data, GCancellable *cancellable, GError **error)
{
  static cairo_status_t (*const writers[]) (Job *) = { write_svg_page, write_pdf_pages, write_png_page };
  g_autoptr (PtlOutput) output = ptl_output_new_for_file (path, FALSE);
  Job job = { pages, output, done, data, cancellable };
  cairo_status_t status = writers[format](&job);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return finish (g_steal_pointer (&output), status, path, error);
}
