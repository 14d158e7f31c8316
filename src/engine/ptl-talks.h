#pragma once

#include "ptl-lens.h"

/* Who talks with whom: what the arrows of a picture stand for. A talk is all flows between two nodes, either way,
 * a trunk all talks between two zones. Nothing of them changes once they are made: any number of threads may read
 * them. */

typedef enum
{
  PTL_TALK_INNER, /* within a zone, or with a node outside every zone */
  PTL_TALK_CROSSING,
  PTL_TALK_UNROUTABLE, /* no path joins the zones */
} PtlTalkKind;

typedef struct
{
  guint a, b;            /* nodes, a < b */
  guint n_there, n_back; /* flows that a starts to b, and b to a */
  PtlTalkKind kind;
  const char *label; /* the services in a few words: "SMB, RPC +2" */
} PtlTalk;

typedef struct
{
  guint a, b; /* zones, a < b */
  guint n_talks;
  guint n_there, n_back; /* talks that have flows from a to b, and from b to a */
  guint n_rules;         /* rows of the sheets for these zones, either way; 0 where nobody here manages a firewall */
  PtlTalkKind kind;      /* crossing or unroutable */
} PtlTrunk;

typedef struct
{
  PtlRoutes *routes;
  PtlLens lens;
  guint n;
  PtlTalk *talks; /* by a, then b */
  guint n_trunks;
  PtlTrunk *trunks; /* by a, then b */
  GStringChunk *labels;
  gatomicrefcount refs;
} PtlTalks;

PtlTalks *ptl_talks_new (PtlRoutes *routes, PtlSheets *sheets, const PtlLens *lens);
PtlTalks *ptl_talks_ref (PtlTalks *talks);
void ptl_talks_unref (PtlTalks *talks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlTalks, ptl_talks_unref)

/* The talk between two nodes, the trunk between two zones, in any order, or -1. */
int ptl_talks_find (const PtlTalks *talks, guint node, guint other);
int ptl_talks_find_trunk (const PtlTalks *talks, guint zone, guint other);
