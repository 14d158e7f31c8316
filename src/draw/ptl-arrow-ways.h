#pragma once

#include "ptl-ground.h"

/* The ways of arrows before they are spread over lanes. A way is a row of legs, each along the other axis than the one
 * before: a leg is known by its place across. What is an end of arrows is a card, or a zone for trunks. */

#define PTL_WAY_LEGS 12 /* at most */

typedef struct
{
  guint n;                 /* legs; 0: straight from start to end, on whatever lies there */
  guint axis;              /* of the first leg */
  double start, end;       /* where the first leg begins and the last one ends, along them */
  double at[PTL_WAY_LEGS]; /* across */
} PtlWay;

static inline guint
ptl_way_axis (const PtlWay *way, guint leg)
{
  return way->axis ^ (leg & 1);
}

/* Where a leg comes from and where it goes, along it. */
static inline double
ptl_way_from (const PtlWay *way, guint leg)
{
  return leg == 0 ? way->start : way->at[leg - 1];
}

static inline double
ptl_way_to (const PtlWay *way, guint leg)
{
  return leg + 1 == way->n ? way->end : way->at[leg + 1];
}

/* Sizes, which differ for arrows and trunks. */
typedef struct
{
  double margin; /* between lines and what they go around */
  double inset;  /* between the corner of an end and the first tip on its side */
  double beside; /* from an end to the lines that run along it, at most */
  double bend;   /* the detour that is worth a bend less */
  double lane;   /* between parallel lines, where there is room */
} PtlArrowRules;

typedef struct
{
  PtlExtent box;
  int zone;              /* or -1 */
  double channels[2][2]; /* by axis and side (low, high): where lines run along it */
} PtlArrowEnd;

/* The ends of an arrow. */
typedef struct
{
  guint a, b;
} PtlArrowPair;

typedef struct
{
  const PtlArrowRules *rules;
  PtlGround *ground;     /* what is gone around, larger by the margin */
  PtlGround *zones;      /* as they are */
  PtlGround *borders[2]; /* by axis: of zones, and lines of firewalls: they are crossed, but not followed */
  GArray *ends;          /* PtlArrowEnd */
  GArray *homes;         /* PtlArrowEnd, of the zones */
  gpointer scratch;      /* of the search */
} PtlArrowMap;

PtlArrowMap *ptl_arrow_map_new (const PtlArrowRules *rules);
void ptl_arrow_map_free (PtlArrowMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlArrowMap, ptl_arrow_map_free)

/* Something to go around; an end of arrows, which is one, too, in a zone or -1; a zone; a line that is crossed, but not
 * followed. */
void ptl_arrow_map_add_obstacle (PtlArrowMap *map, const PtlBox *box);
void ptl_arrow_map_add_end (PtlArrowMap *map, const PtlBox *box, int zone);
void ptl_arrow_map_add_home (PtlArrowMap *map, const PtlBox *box);
void ptl_arrow_map_add_border (PtlArrowMap *map, PtlPoint from, PtlPoint to);
void ptl_arrow_map_seal (PtlArrowMap *map); /* after all of these */

void ptl_arrow_map_measure (PtlArrowMap *map);
void ptl_arrow_find_way (const PtlArrowMap *map, guint a, guint b, PtlWay *way, PtlExtent *reach);
gboolean ptl_arrow_search_way (const PtlArrowMap *map, guint a, guint b, PtlWay *way, PtlExtent *reach);
gsize ptl_arrow_search_size (void);
gboolean ptl_arrow_way_is_free (const PtlArrowMap *map, const PtlWay *way);

/* Moves the legs of all ways onto lanes of their own, where there is room. */
void ptl_arrow_spread (const PtlArrowMap *map, PtlWay *ways, const PtlArrowPair *pairs, guint n);
