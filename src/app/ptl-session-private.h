#pragma once

#include "ptl-answers.h"
#include "ptl-session.h"

/* What the files of the session share: ptl-session.c follows the history, -answers.c has what follows from the plan,
 * -selection.c what is selected, -view.c what is looked at. */

struct _PtlSession
{
  GObject parent_instance;

  PtlHistory *history;

  /* -answers.c */
  PtlFlows *flows;
  PtlTalks *talks;
  PtlAnswers *answers;
  gboolean stale; /* the answers are of the plan as it was */
  PtlScene *scene;
  PtlArrows *complete;   /* the last ones that were no draft */
  GCancellable *working; /* while the thread works */

  /* -selection.c */
  GPtrArray *ids;    /* char *: kind and id of what is selected, as key () has them */
  GHashTable *known; /* the same as a set; its keys belong to `ids` */
  GArray *selected;  /* PtlItem: where they are in the plan now, by kind and index */
  char *site;        /* the code of the site that was used last, or NULL */

  /* -view.c */
  int phase;                       /* of the lens */
  char *lens_site, *lens_firewall; /* ids, or NULL */
  PtlFilter filter;                /* without its zones, which are known by their ids: */
  char *filter_zone, *filter_other_zone;
  PtlFocusKind focus;
  char *focus_a, *focus_b;       /* ids */
  GArray *lit_talks, *lit_nodes; /* guint */
};

typedef enum
{
  PTL_SESSION_CHANGED,
  PTL_SESSION_SCENE_CHANGED,
  PTL_SESSION_RESULTS_CHANGED,
  PTL_SESSION_SELECTION_CHANGED,
  PTL_SESSION_LIGHT_CHANGED,
  PTL_SESSION_SAID,
  PTL_N_SESSION_SIGNALS
} PtlSessionSignal;
extern guint ptl_session_signals[PTL_N_SESSION_SIGNALS];

/* The first time; `flows` are the plan's. */
void ptl_session_compute (PtlSession *self, PtlFlows *flows);
/* Returns whether the results are others now. */
gboolean ptl_session_follow_plan (PtlSession *self, const PtlTouched *touched);
void ptl_session_answer (PtlSession *self);
void ptl_session_finalize_answers (PtlSession *self);
void ptl_session_emit_results (PtlSession *self);

void ptl_session_init_selection (PtlSession *self);
void ptl_session_finalize_selection (PtlSession *self);
/* What got another id stays selected; returns whether some of it is gone. */
gboolean ptl_session_follow_selection (PtlSession *self, const PtlTouched *touched);
void ptl_session_deselect (PtlSession *self);

void ptl_session_init_view (PtlSession *self);
void ptl_session_finalize_view (PtlSession *self);
/* Ids that are others now. Returns whether the focus is gone. */
gboolean ptl_session_follow_view (PtlSession *self, const PtlTouched *touched);
