#pragma once

#include "draw/ptl-surface.h"
#include "ptl-canvas.h"

/* What the files of the canvas share: ptl-canvas.c shows it, ptl-canvas-gestures.c has what the pointer does. */

typedef struct _PtlHand PtlHand; /* ptl-canvas-hand.h */

struct _PtlCanvas
{
  GtkWidget parent_instance;

  PtlSession *session;
  PtlViewport viewport;  /* view pixels are the widget's coordinates */
  gboolean fitted;       /* the view was never moved by a person: a new size fits it anew */
  PtlItem hover, cursor; /* while hovering and has_cursor */
  gboolean hovering, has_cursor;
  PtlSurface *surface;
  PtlHand *hand;
};

/* Called at the end of instance init. */
void ptl_canvas_init_gestures (PtlCanvas *self);
void ptl_canvas_dispose_gestures (PtlCanvas *self);
/* The session is another one, or none: what was under way is given up. */
void ptl_canvas_reset_gestures (PtlCanvas *self);
/* Called for each edit, with what it touched. */
void ptl_canvas_follow_edit (PtlCanvas *self, const PtlTouched *touched);
/* Draws on the snapshot what a gesture shows: a rubber band, guides, a zone being drawn. View coordinates. */
void ptl_canvas_snapshot_gesture (PtlCanvas *self, GtkSnapshot *snapshot);

/* What the pointer is over, what the keyboard is at; NULL: nothing. */
void ptl_canvas_set_hover (PtlCanvas *self, const PtlItem *item);
void ptl_canvas_set_cursor (PtlCanvas *self, const PtlItem *item);
