#pragma once

#include <cairo.h>

#include "io/ptl-output.h"
#include "ptl-page.h"
#include "ptl-theme.h"

/* A scene as a file. */

typedef enum
{
  PTL_PICTURE_SVG,
  PTL_PICTURE_PDF,
  PTL_PICTURE_PNG,
} PtlPictureFormat;

extern const char *const ptl_picture_extensions[]; /* ".svg" …, in the order of the formats, ended by NULL */

gboolean ptl_picture_format_of (const char *path, PtlPictureFormat *format);
gboolean ptl_picture_save (const PtlScene *scene, const PtlTheme *theme, PtlPictureFormat format, const char *path,
                           GError **error);

/* Called as each page is done. */
typedef void (*PtlPageDone) (guint page, gpointer data);

void ptl_picture_draw_page (const PtlPages *pages, guint page, cairo_t *cr, double resolution);
gboolean ptl_picture_save_pages (const PtlPages *pages, PtlPictureFormat format, const char *path, PtlPageDone done,
                                 gpointer data, GCancellable *cancellable, GError **error);
