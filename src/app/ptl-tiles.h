#pragma once

#include <gtk/gtk.h>

#include "draw/ptl-scene.h"
#include "draw/ptl-theme.h"
#include "draw/ptl-viewport.h"

/* The picture of a scene, as tiles that threads paint. At rest it is what the painter paints, pixel by pixel; until
 * that is there, what was painted before is shown: stretched, or of the last scene. */

typedef struct _PtlTiles PtlTiles;

/* `changed` is called when there is something new to be shown. */
PtlTiles *ptl_tiles_new (void (*changed) (gpointer data), gpointer data);
void ptl_tiles_free (PtlTiles *tiles);

void ptl_tiles_set_scene (PtlTiles *tiles, PtlScene *scene);
void ptl_tiles_set_theme (PtlTiles *tiles, const PtlTheme *theme);
void ptl_tiles_set_view (PtlTiles *tiles, const PtlViewport *view, int factor);
void ptl_tiles_clear (PtlTiles *tiles);

void ptl_tiles_snapshot (PtlTiles *tiles, GtkSnapshot *snapshot, gboolean software);
gboolean ptl_tiles_at_rest (PtlTiles *tiles);
