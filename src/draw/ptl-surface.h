#pragma once

#include "ptl-line.h"
#include "ptl-icon.h"
#include "ptl-theme.h"

/* What pictures are made of: a few primitives in canvas units, for the screen and files. A surface
 * belongs to one thread at a time; different ones work at once. */

typedef struct
{
  PtlColour fill, stroke;
  double width;  /* of the stroke, which lies inside the box */
  double radius; /* of the corners */
  gboolean dashed;
} PtlBoxStyle;

typedef struct
{
  PtlColour colour;
  double width;
  gboolean dashed;
  double radius; /* of the corners */
} PtlLineStyle;

typedef enum
{
  PTL_TEXT_START,
  PTL_TEXT_CENTRE,
  PTL_TEXT_END,
} PtlAlign;

typedef struct
{
  PtlColour colour;
  double size; /* of the letters, in canvas units */
  gboolean bold;
  PtlAlign align;
  guint lines; /* at most; the last one ends in … where there is more */
} PtlTextStyle;

#define PTL_LINE_HEIGHT 1.25 /* of a line of text, times its size */

typedef struct _PtlSurface PtlSurface;

/* The two kinds of surface fill this in. */
typedef struct
{
  void (*box) (PtlSurface *surface, const PtlBox *box, const PtlBoxStyle *style);
  void (*line) (PtlSurface *surface, const PtlPoint *points, guint n, PtlHeads heads, const PtlLineStyle *style);
  guint (*text) (PtlSurface *surface, const PtlTextStyle *style, double x, double y, double width, const char *text);
  double (*text_width) (PtlSurface *surface, const PtlTextStyle *style, const char *text);
  void (*icon) (PtlSurface *surface, const PtlIcon *icon, double x, double y, double size, PtlColour colour);
  void (*begin_clip) (PtlSurface *surface, const PtlBox *box);
  void (*end_clip) (PtlSurface *surface);
  void (*begin_group) (PtlSurface *surface, const char *kind, const char *id, const char *tooltip);
  void (*end_group) (PtlSurface *surface);
  void (*free) (PtlSurface *surface);
} PtlSurfaceClass;

struct _PtlSurface
{
  const PtlSurfaceClass *class;
  gboolean has_groups; /* otherwise tooltips need not be made */
};

void ptl_surface_free (PtlSurface *surface);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlSurface, ptl_surface_free)

void ptl_surface_box (PtlSurface *surface, const PtlBox *box, const PtlBoxStyle *style);
void ptl_surface_line (PtlSurface *surface, const PtlPoint *points, guint n, const PtlLineStyle *style);
void ptl_surface_arrow (PtlSurface *surface, const PtlPoint *points, guint n, PtlHeads heads,
                        const PtlLineStyle *style);
guint ptl_surface_text (PtlSurface *surface, const PtlTextStyle *style, double x, double y, double width,
                        const char *text);
double ptl_surface_text_width (PtlSurface *surface, const PtlTextStyle *style, const char *text);
void ptl_surface_icon (PtlSurface *surface, const PtlIcon *icon, double x, double y, double size, PtlColour colour);
/* What is drawn until the end is seen inside the box only. */
void ptl_surface_begin_clip (PtlSurface *surface, const PtlBox *box);
void ptl_surface_end_clip (PtlSurface *surface);
void ptl_surface_begin_group (PtlSurface *surface, const char *kind, const char *id, const char *tooltip);
void ptl_surface_end_group (PtlSurface *surface);
