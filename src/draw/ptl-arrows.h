#pragma once

#include "engine/ptl-talks.h"
#include "ptl-hit.h"
#include "ptl-layout.h"

/* The ways of arrows between cards, and of trunks between zones, in canvas units. Nothing of them changes once they
 * are made: any number of threads may read them. */

typedef struct _PtlArrowPast PtlArrowPast;

#define PTL_PILLS 7 /* scales for which the pills of trunks have places */

typedef struct
{
  guint talk; /* or trunk: its index in the talks */
  guint n_points;
  const PtlPoint *points; /* from the border of a to that of b; one after the other differ in x or in y */
  PtlBox label;           /* where its text stands, centred; of no width where it has no room */
  const char *text;       /* the label, shortened where there is no room for all; lives for ever */
  guint n_marks;
  const PtlPoint *pills; /* of a trunk that is no draft: see ptl_arrows_find_pill () */
  const PtlPoint *marks; /* on the way: one for each firewall on the route from a to b */
} PtlArrow;

typedef struct _PtlArrows
{
  PtlTalks *talks;
  guint n;
  PtlArrow *arrows; /* one a talk, in their order */
  guint n_trunks;
  PtlArrow *trunks;        /* one a trunk, in their order */
  PtlBox *nodes;           /* where the cards stood */
  struct _PtlArrows *base; /* of a draft: those whose ways it has; or NULL */
  PtlArrowPast *past;      /* what those after them may take over; NULL in drafts */
  PtlHit *hit, *trunk_hit; /* where they are found: ptl-arrow-hit.h */
  gboolean partial;        /* of a draft: `hit` has only what `base` does not have */
  GPtrArray *blocks;
  gatomicrefcount refs;
} PtlArrows;

PtlArrows *ptl_arrows_new (PtlTalks *talks, const PtlLayout *layout, PtlArrows *before);
/* As far as `before`, which is no draft, has ways between boxes where they were, these; else simple ones, without
 * labels and marks. */
PtlArrows *ptl_arrows_new_draft (PtlTalks *talks, const PtlLayout *layout, PtlArrows *before);
/* Where the number of rules of a trunk stands at a scale, of a constant size on the screen; of no width where there is
 * nothing to say or no room to say it. */
PtlBox ptl_arrows_find_pill (const PtlArrows *arrows, guint trunk, double scale);
PtlArrows *ptl_arrows_ref (PtlArrows *arrows);
void ptl_arrows_unref (PtlArrows *arrows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlArrows, ptl_arrows_unref)
