#pragma once

#include "draw/ptl-surface.h"
#include "ptl-canvas.h"

/* What the files of the canvas share: ptl-canvas.c shows it, ptl-canvas-gestures.c has what the pointer does. */

struct _PtlCanvas
{
  GtkWidget parent_instance;

  PtlSession *session;
  PtlViewport viewport;  /* view pixels are the widget's coordinates */
  gboolean fitted;       /* the view was never moved by a person: a new size fits it anew */
  PtlItem hover, cursor; /* while hovering and has_cursor */
  gboolean hovering, has_cursor;
  PtlSurface *surface;
};

/* Called at the end of instance init. */
void ptl_canvas_init_gestures (PtlCanvas *self);
/* Draws on the snapshot what a gesture shows: a rubber band, guides, a zone being drawn. View coordinates. */
void ptl_canvas_snapshot_gesture (PtlCanvas *self, GtkSnapshot *snapshot);
