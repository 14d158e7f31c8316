#pragma once

#include "ptl-geometry.h"

/* Finds what lies under a point or in a box, in time proportional to what is found. Everything in
 * canvas units. Filled once, then read only: any number of threads may ask. */

typedef enum
{
  PTL_HIT_LINE, /* from a firewall to a zone: found in boxes, never under a point */
  PTL_HIT_LINK, /* from a node to another one: the same */
  PTL_HIT_ARROW,
  PTL_HIT_IMPLIED, /* a firewall that the plan does not name: found in boxes, see ptl_scene_implied_at () */
  PTL_HIT_ZONE,
  PTL_HIT_FIREWALL,
  PTL_HIT_NODE,
} PtlHitKind; /* what is drawn later comes later */

/* The edges of a zone, as bits: two of them are a corner. */
typedef enum
{
  PTL_EDGE_LEFT = 1 << 0,
  PTL_EDGE_RIGHT = 1 << 1,
  PTL_EDGE_TOP = 1 << 2,
  PTL_EDGE_BOTTOM = 1 << 3,
} PtlEdges;

typedef struct
{
  PtlHitKind kind;
  guint index; /* in the scene's array of its kind */
  guint edges; /* PtlEdges, of a zone under a point */
} PtlHitItem;

typedef struct _PtlHit PtlHit;

PtlHit *ptl_hit_new (void);
void ptl_hit_free (PtlHit *hit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlHit, ptl_hit_free)

void ptl_hit_add (PtlHit *hit, PtlHitKind kind, guint index, const PtlBox *box);
void ptl_hit_seal (PtlHit *hit); /* after the last ptl_hit_add () and before the first question */

void ptl_hit_in (const PtlHit *hit, const PtlBox *box, GArray *found);
gboolean ptl_hit_at (const PtlHit *hit, double x, double y, double tolerance, PtlHitItem *item);
