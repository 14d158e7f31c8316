#pragma once

#include "io/ptl-output.h"
#include "ptl-scene.h"
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
