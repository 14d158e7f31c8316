#include "ptl-piece.h"

#include "ptl-painter.h"
#include "ptl-surface-cairo.h"

static void
copy_image (cairo_t *cr, cairo_surface_t *from)
{
  cairo_save (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_surface (cr, from, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_restore (cr);
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
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, piece->width, piece->height);
  cairo_rectangle_int_t all = { 0, 0, piece->width, piece->height }, part = piece->base != NULL ? piece->dirty : all;
  double scale = piece->scale * piece->factor;
  PtlBox box = { (piece->x + part.x) / scale, (piece->y + part.y) / scale, part.width / scale, part.height / scale };
  cairo_t *cr = cairo_create (image);

  if (piece->base != NULL)
    copy_image (cr, piece->base);
  cairo_rectangle (cr, part.x, part.y, part.width, part.height);
  cairo_clip (cr);
  cairo_translate (cr, -piece->x, -piece->y);
  cairo_scale (cr, scale, scale);
  ptl_surface_cairo_set_target (surface, cr);
  ptl_painter_paint (piece->scene, &piece->theme, surface, &box, piece->scale);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}
