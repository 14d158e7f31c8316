#pragma once

#include "draw/ptl-surface.h"
#include "ptl-canvas.h"
#include "ptl-tiles.h"

/* What the files of the canvas share: ptl-canvas.c shows it, -marks.c draws what is selected on top of it, -navigate.c
 * moves the view, -gestures.c has what the pointer does otherwise. */

typedef struct _PtlHand PtlHand;             /* ptl-canvas-hand.h */
typedef struct _PtlNavigation PtlNavigation; /* ptl-canvas-navigate.c */

struct _PtlCanvas
{
  GtkWidget parent_instance;

  PtlSession *session;
  PtlViewport viewport;  /* view pixels are the widget's coordinates; its origin is on a pixel of the screen */
  gboolean fitted;       /* the view was never moved by a person: a new size fits it anew */
  PtlItem hover, cursor; /* while hovering and has_cursor */
  gboolean hovering, has_cursor;
  gboolean show_grid, show_inner_arrows;

  /* -arrows.c */
  PtlFocus hover_arrow;
  gboolean faded;    /* everything but the arrow that is pointed at */
  guint fade_source; /* until it is */
  PtlSurface *lit_surface;

  PtlTheme theme;
  PtlTiles *tiles;
  PtlNavigation *navigation;
  PtlHand *hand;
};

/* Draws what is hovered, selected and at the cursor. */
void ptl_canvas_snapshot_marks (PtlCanvas *self, GtkSnapshot *snapshot);

/* Draws on top of the picture what arrows are lit, pointed at or chosen. */
void ptl_canvas_snapshot_arrows (PtlCanvas *self, GtkSnapshot *snapshot);
void ptl_canvas_reveal_box (PtlCanvas *self, const PtlBox *box);

void ptl_canvas_init_navigation (PtlCanvas *self);
void ptl_canvas_dispose_navigation (PtlCanvas *self);
/* While a drag is near the border of the view, at (x, y) in it, the view moves; "notify::zoom" tells of each step.
 * To be called for each motion, and stopped when the drag ends. */
void ptl_canvas_autoscroll (PtlCanvas *self, double x, double y);
void ptl_canvas_stop_autoscroll (PtlCanvas *self);

/* Called at the end of instance init. */
void ptl_canvas_init_gestures (PtlCanvas *self);
void ptl_canvas_dispose_gestures (PtlCanvas *self);
/* The session is another one, or none: what was under way is given up. */
void ptl_canvas_reset_gestures (PtlCanvas *self);
/* Called in class init and in size_allocate. */
void ptl_canvas_install_actions (GtkWidgetClass *class);
void ptl_canvas_allocate_gestures (PtlCanvas *self);
/* Called for each edit, with what it touched, and when other things are selected. */
void ptl_canvas_follow_edit (PtlCanvas *self, const PtlTouched *touched);
void ptl_canvas_follow_selection (PtlCanvas *self);
/* Draws on the snapshot what a gesture shows: a rubber band, guides, a zone being drawn. View coordinates. */
void ptl_canvas_snapshot_gesture (PtlCanvas *self, GtkSnapshot *snapshot);

/* What the pointer is over, what the keyboard is at; NULL: nothing. */
void ptl_canvas_set_hover (PtlCanvas *self, const PtlItem *item);
void ptl_canvas_set_cursor (PtlCanvas *self, const PtlItem *item);
