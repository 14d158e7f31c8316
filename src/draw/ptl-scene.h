#pragma once

#include "plan/ptl-plan.h"
#include "ptl-arrows.h"
#include "ptl-hit.h"

/* What is drawn of a plan, as a read-only snapshot: a plan may be edited while threads paint its last
 * scene. Zones, firewalls, nodes and links have the indices of the scene's graph, which holds their names.
 * Coordinates are canvas units. */

typedef struct
{
  PtlBox box;
  char colour[8]; /* "#rrggbb", or empty */
  guint rank;     /* zones are painted by rank: small ones over large ones */
  gboolean shown;
} PtlSceneZone;

typedef struct
{
  PtlBox box;
  gboolean shown;
} PtlSceneFirewall;

typedef struct
{
  PtlBox box;
  gboolean shown;
} PtlSceneNode;

/* From a firewall to one of its zones. */
typedef struct
{
  guint firewall, zone;
  PtlPoint points[3]; /* from the centre of the firewall's card to the zone's border */
  guint n_points;     /* 2 where they face each other */
} PtlSceneLine;

/* A link of the graph, as an arrow between the cards. */
typedef struct
{
  PtlPoint points[2]; /* from the border of the one card to that of the other */
  gboolean shown;     /* not where a card covers the other */
} PtlSceneLink;

typedef struct
{
  PtlGraph *graph;
  PtlSceneZone *zones;
  PtlSceneFirewall *firewalls;
  PtlSceneNode *nodes;
  GArray *lines; /* PtlSceneLine, of what is shown */
  PtlSceneLink *links;
  guint n_implied;
  PtlSceneFirewall *implied; /* that the plan does not name, with the indices of its routes */
  PtlArrows *arrows;
  PtlBox bounds; /* around everything that is shown; empty at 0, 0 when nothing is */
  PtlHit *hit;   /* what is shown, but for arrows */
  gatomicrefcount refs;
} PtlScene;

/* The corners of the line from the middle of a firewall's card to a zone; how many there are. */
guint ptl_scene_line_points (PtlPoint from, const PtlBox *zone, PtlPoint points[3]);

PtlScene *ptl_scene_new (const PtlPlan *plan, PtlTalks *talks, PtlArrows *before);
PtlScene *ptl_scene_new_draft (const PtlPlan *plan, PtlTalks *talks, PtlArrows *before);
PtlScene *ptl_scene_complete (const PtlScene *draft, PtlTalks *talks, PtlArrows *before);
PtlScene *ptl_scene_new_for_firewall (const PtlPlan *plan, PtlTalks *talks);
PtlScene *ptl_scene_for_firewall (const PtlScene *whole, PtlTalks *talks);
gboolean ptl_scene_implied_at (const PtlScene *scene, double x, double y, guint *firewall);
PtlScene *ptl_scene_ref (PtlScene *scene);
void ptl_scene_unref (PtlScene *scene);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlScene, ptl_scene_unref)
