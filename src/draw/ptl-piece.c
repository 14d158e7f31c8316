#include "ptl-piece.h"

#include <math.h>

#include "ptl-painter.h"
#include "ptl-surface-cairo.h"

static void
copy (cairo_surface_t *from, int x, int y, cairo_surface_t *to, const cairo_rectangle_int_t *part)
{
  cairo_t *cr = cairo_create (to);

  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_surface (cr, from, x, y);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_rectangle (cr, part->x, part->y, part->width, part->height);
  cairo_fill (cr);
  cairo_destroy (cr);
}

#define LONGEST 8 /* canvas units: of those parts, or pixels of the view where that is more */

/* Where the border of an image cuts the head of an arrow or a slanted dash, the last pixels get another shade than they
 * have in a larger image. So as much more is painted on each side than is kept, in pixels. */
static int
spare (const PtlPiece *piece)
{
  return (int) ceil (LONGEST * MAX (piece->scale, 1) * piece->factor) + 2;
}

/**
 * ptl_piece_paint:
 * @surface: a cairo surface; it is left without a target
 *
 * Returns: (transfer full): the piece as an image
 */
cairo_surface_t *
ptl_piece_paint (const PtlPiece *piece, PtlSurface *surface)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, piece->width, piece->height), *larger;
  cairo_rectangle_int_t all = { 0, 0, piece->width, piece->height }, part = piece->base != NULL ? piece->dirty : all;
  int more = spare (piece), width = part.width + 2 * more, height = part.height + 2 * more;
  int x = piece->x + part.x - more, y = piece->y + part.y - more;
  double scale = piece->scale * piece->factor;
  PtlBox box = { x / scale, y / scale, width / scale, height / scale };
  cairo_t *cr;

  larger = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (larger);
  cairo_translate (cr, -x, -y);
  cairo_scale (cr, scale, scale);
  ptl_surface_cairo_set_target (surface, cr);
  ptl_painter_paint (piece->scene, &piece->theme, surface, &box, piece->scale);
  cairo_destroy (cr);
  if (piece->base != NULL)
    copy (piece->base, 0, 0, image, &all);
  copy (larger, part.x - more, part.y - more, image, &part);
  cairo_surface_destroy (larger);
  cairo_surface_flush (image);
  return image;
}
