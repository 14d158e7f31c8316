#pragma once

#include <gtk/gtk.h>

#include "draw/ptl-icon.h"

/* One of our icons for GtkImage, which gives it the size of icons and the colour of text. */

#define PTL_TYPE_ICON_PAINTABLE (ptl_icon_paintable_get_type ())
G_DECLARE_FINAL_TYPE (PtlIconPaintable, ptl_icon_paintable, PTL, ICON_PAINTABLE, GObject)

/* A name as for ptl_icon_find_role (): of a role, or of any other icon. */
GdkPaintable *ptl_icon_paintable_new (const char *name);
