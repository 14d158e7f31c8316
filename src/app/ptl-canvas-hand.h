#pragma once

#include "draw/ptl-layout.h"
#include "draw/ptl-snap.h"
#include "ptl-canvas-private.h"

/* What the hand of a person does on the canvas, shared by the files that say so: -gestures.c tells what the pointer
 * does, -drag.c, -move.c and -link.c what it does while it is held down, -drop.c takes what is dragged from the
 * palette, -place.c places it, -keys.c, -menu.c and -rename.c are the other ways to the same edits.
 * Points are canvas units, unless they are said to be of the view. */

#define PTL_LEAST_WIDTH  120 /* of a zone that is resized */
#define PTL_LEAST_HEIGHT 100

/* A kind of drag. */
typedef struct
{
  /* `freely`: nothing snaps. */
  void (*update) (PtlCanvas *self, PtlPoint at, gboolean freely);
  void (*finish) (PtlCanvas *self); /* NULL: nothing is left to do */
  void (*cancel) (PtlCanvas *self); /* NULL: nothing was done */
  void (*draw) (PtlCanvas *self, GtkSnapshot *snapshot);
} PtlDragClass;

struct _PtlHand
{
  /* The drag that is under way: */
  const PtlDragClass *drag; /* NULL: none */
  gboolean pressed;         /* the pointer is down, and no drag began yet: one that ended does not begin again */
  PtlPoint start;           /* where the pointer went down */
  PtlItem item;             /* what is moved, resized or linked */
  guint edges;              /* PtlEdges, of the zone that is resized */
  PtlBox box;               /* what is moved or resized, as it stood; or what is drawn */
  PtlPoint moved;           /* how far the things are from where they stood */
  GArray *items;            /* PtlItem: what is moved; what was selected before the rubber band */
  GArray *others;           /* PtlBox: what snaps */
  PtlGuide guides[2];
  guint n_guides;
  gboolean adding;  /* the rubber band selects them, too */
  gboolean editing; /* the plan changes because of the drag */

  gboolean has_target; /* what is dragged would go into this, or be joined to it */
  PtlItem target;

  gboolean armed; /* the next drag draws a zone */
  PtlZoneKind zone_kind;

  GdkModifierType state; /* of the last motion of a drag */
  PtlViewport seen;      /* as it was when the drag last followed it */
  const char *shape;     /* of the pointer, or NULL */
  gboolean inside;       /* the pointer is over the canvas */
  PtlPoint pointer;      /* where in the view */
  char *cursor_id;       /* of what the keyboard is at, as indices shift; or NULL */

  GtkWidget *menu;  /* the popover, once it was opened */
  GtkWidget *entry; /* the field that is open, or NULL */
  PtlItem renamed;
};

typedef enum
{
  PTL_GRAB_NOTHING, /* empty canvas, or the inner area of a zone: starts a rubber band */
  PTL_GRAB_BODY,
  PTL_GRAB_EDGES,
  PTL_GRAB_HANDLE, /* starts a link */
} PtlGrab;

/* What is under a point of the view. */
typedef struct
{
  PtlGrab grab;
  gboolean found; /* `item` is there, if only for a click */
  PtlItem item;
  guint edges;
} PtlPick;

/* Arrows: found at a point of the view, pointed at (NULL: none), chosen. */
gboolean ptl_hand_pick_arrow (PtlCanvas *self, double x, double y, PtlFocus *found);
void ptl_hand_hover_arrow (PtlCanvas *self, const PtlFocus *focus);
void ptl_hand_choose_arrow (PtlCanvas *self, const PtlFocus *focus);

PtlPick ptl_hand_pick (PtlCanvas *self, double x, double y);
PtlPoint ptl_hand_to_world (PtlCanvas *self, PtlPoint point);
PtlBox ptl_hand_box_of (PtlCanvas *self, PtlItem item);
/* A length on the screen in canvas units. */
double ptl_hand_length (PtlCanvas *self, double pixels);

extern const PtlDragClass ptl_drag_band, ptl_drag_zone, ptl_drag_move, ptl_drag_resize, ptl_drag_link;
void ptl_hand_begin_drag (PtlCanvas *self, const PtlPick *pick, PtlPoint start, GdkModifierType state);
void ptl_hand_begin_band (PtlCanvas *self, gboolean adding);
void ptl_hand_begin_move (PtlCanvas *self, PtlItem item);
void ptl_hand_begin_resize (PtlCanvas *self, PtlItem zone, guint edges);
void ptl_hand_begin_link (PtlCanvas *self, PtlItem item);
void ptl_hand_update_drag (PtlCanvas *self, GdkModifierType state);
void ptl_hand_finish_drag (PtlCanvas *self);
/* Returns whether there was a drag. */
gboolean ptl_hand_cancel_drag (PtlCanvas *self);

void ptl_hand_set_target (PtlCanvas *self, const PtlItem *target);
/* Crosshair: the next drag draws a zone. */
void ptl_hand_arm (PtlCanvas *self, PtlZoneKind kind);
gboolean ptl_hand_disarm (PtlCanvas *self);
/* Zones, or cards. */
void ptl_hand_collect_others (PtlCanvas *self, gboolean zones, gboolean selected_too);
PtlSnap ptl_hand_get_snap (PtlCanvas *self);

/* NULL: nowhere. */
void ptl_hand_move_cursor (PtlCanvas *self, const PtlItem *item);
void ptl_hand_open_menu_at (PtlCanvas *self, double x, double y);
void ptl_hand_open_menu_at_selection (PtlCanvas *self);
void ptl_hand_end_rename (PtlCanvas *self);
void ptl_hand_allocate_entry (PtlCanvas *self);

/* Links */
gboolean ptl_hand_pick_handle (PtlCanvas *self, double x, double y, PtlItem *item);
void ptl_hand_draw_handles (PtlCanvas *self, GtkSnapshot *snapshot);
void ptl_hand_toggle_zone (PtlCanvas *self, guint firewall, guint zone);
const char *ptl_hand_node_name (const PtlPlan *plan, const char *id);

/* Drawing, in the view. */
void ptl_hand_draw_box (PtlCanvas *self, GtkSnapshot *snapshot, const PtlBox *box, float radius, float fill);
void ptl_hand_draw_guides (PtlCanvas *self, GtkSnapshot *snapshot);
GdkRGBA ptl_hand_accent (PtlCanvas *self);

PtlPoint ptl_hand_snap_stencil (PtlCanvas *self, const PtlStencil *stencil, PtlPoint middle);
/* Makes what the stencil stands for, with its middle at the point, and selects it. A role goes to the node at
 * `onto`, unless that is NULL. Returns whether it could be. */
gboolean ptl_hand_put (PtlCanvas *self, const PtlStencil *stencil, PtlPoint middle, const PtlItem *onto);

void ptl_hand_init_drop (PtlCanvas *self);
void ptl_hand_init_keys (PtlCanvas *self);
