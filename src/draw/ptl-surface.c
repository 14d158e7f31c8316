#include "ptl-surface.h"

void
ptl_surface_free (PtlSurface *surface)
{
  if (surface != NULL)
    surface->class->free (surface);
}

/**
 * ptl_surface_box:
 * @box: in canvas units
 */
void
ptl_surface_box (PtlSurface *surface, const PtlBox *box, const PtlBoxStyle *style)
{
  surface->class->box (surface, box, style);
}

/**
 * ptl_surface_line:
 * @points: (array length=n): the corners of the line, two or more, in canvas units
 */
void
ptl_surface_line (PtlSurface *surface, const PtlPoint *points, guint n, const PtlLineStyle *style)
{
  surface->class->line (surface, points, n, PTL_HEAD_NONE, style);
}

/**
 * ptl_surface_arrow:
 * @points: (array length=n): the corners of the line, two or more, in canvas units
 * @heads: the ends that have a head; its tip is the end of the line
 */
void
ptl_surface_arrow (PtlSurface *surface, const PtlPoint *points, guint n, PtlHeads heads, const PtlLineStyle *style)
{
  surface->class->line (surface, points, n, heads, style);
}

/**
 * ptl_surface_text:
 * @x: the left edge of the room for the text, in canvas units
 * @y: the upper edge of its first line
 * @width: the room that it has; what is longer is wrapped as the style allows, then cut and ended by …
 *
 * Returns: how many lines it took, each PTL_LINE_HEIGHT times the style's size high
 */
guint
ptl_surface_text (PtlSurface *surface, const PtlTextStyle *style, double x, double y, double width, const char *text)
{
  if (*text == '\0' || width <= 0)
    return 0;
  return surface->class->text (surface, style, x, y, width, text);
}

/**
 * ptl_surface_text_width:
 *
 * Returns: the width of the text in one line, in canvas units
 */
double
ptl_surface_text_width (PtlSurface *surface, const PtlTextStyle *style, const char *text)
{
  return surface->class->text_width (surface, style, text);
}

/**
 * ptl_surface_icon:
 * @x: its left edge in canvas units
 * @y: its upper edge
 * @size: its width and height
 */
void
ptl_surface_icon (PtlSurface *surface, const PtlIcon *icon, double x, double y, double size, PtlColour colour)
{
  surface->class->icon (surface, icon, x, y, size, colour);
}

void
ptl_surface_begin_clip (PtlSurface *surface, const PtlBox *box)
{
  surface->class->begin_clip (surface, box);
}

void
ptl_surface_end_clip (PtlSurface *surface)
{
  surface->class->end_clip (surface);
}

/**
 * ptl_surface_begin_group:
 * @kind: what it is; with @id the name that programs know the group by
 * @tooltip: what people see when the pointer rests on it
 *
 * What is drawn until ptl_surface_end_group () belongs together. Surfaces without has_groups know none.
 */
void
ptl_surface_begin_group (PtlSurface *surface, const char *kind, const char *id, const char *tooltip)
{
  if (surface->has_groups)
    surface->class->begin_group (surface, kind, id, tooltip);
}

void
ptl_surface_end_group (PtlSurface *surface)
{
  if (surface->has_groups)
    surface->class->end_group (surface);
}
