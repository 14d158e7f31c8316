#pragma once

#include "draw/ptl-scene.h"
#include "plan/ptl-history.h"

/* A plan that is open, and what of it no file holds: what the engine makes of it, its scene, what is
 * selected. Everything in a window that shows the plan follows one session. Plans without positions get them here,
 * before the first edit; every record then has a place.
 *
 * Signals:
 *   changed (const PtlTouched *): the plan was edited; scene, flows, talks and selection already follow. The
 *     handlers must not edit. Emitted for each motion of a drag.
 *   scene-changed: the scene is another one, but not by an edit: the arrows of a large plan have found their ways, or
 *     the lens is another one
 *   results-changed: sheets, findings and talks are others: after an edit, in large plans a moment later, and when the
 *     lens is another one
 *   selection-changed: what is selected, by its ids, is not what it was; not for indices that shifted
 *   light-changed: other things are lit
 *   said (const char *): a sentence for the person: why an edit was refused, what a paste left out */

#define PTL_TYPE_SESSION (ptl_session_get_type ())
G_DECLARE_FINAL_TYPE (PtlSession, ptl_session, PTL, SESSION, GObject)

PtlSession *ptl_session_new (PtlPlan *plan);

PtlPlan *ptl_session_get_plan (PtlSession *session);
PtlHistory *ptl_session_get_history (PtlSession *session);
PtlScene *ptl_session_get_scene (PtlSession *session);
const PtlFlows *ptl_session_get_flows (PtlSession *session);
PtlRoutes *ptl_session_get_routes (PtlSession *session);
PtlSheets *ptl_session_get_sheets (PtlSession *session);
GPtrArray *ptl_session_get_findings (PtlSession *session);
PtlTalks *ptl_session_get_talks (PtlSession *session);

typedef enum
{
  PTL_SELECT_ONLY,
  PTL_SELECT_ADD,
  PTL_SELECT_TOGGLE,
} PtlSelectMode;

/* Sites, zones, firewalls and nodes can be selected; an empty selection means the plan. */
void ptl_session_select (PtlSession *session, const PtlItem *items, guint n, PtlSelectMode mode);
void ptl_session_select_all (PtlSession *session);
const PtlItem *ptl_session_get_selected (PtlSession *session, guint *n);
gboolean ptl_session_is_selected (PtlSession *session, PtlItem item);
guint ptl_session_count_selected (PtlSession *session, PtlRecordKind kind);

int ptl_session_get_site (PtlSession *session);

/* Whether the arrows are a draft still, or the results those of the plan before the last edit. */
gboolean ptl_session_is_busy (PtlSession *session);

/* What of the flows is looked at. NULL: all sites, all firewalls; phase -1: both. */
const PtlLens *ptl_session_get_lens (PtlSession *session);
void ptl_session_set_lens (PtlSession *session, int phase, const char *site, const char *firewall);
void ptl_session_set_filter (PtlSession *session, const PtlFilter *filter);

/* The arrow that is chosen. Choosing one deselects what is selected, and the other way round. */
typedef enum
{
  PTL_FOCUS_NONE,
  PTL_FOCUS_TALK,
  PTL_FOCUS_TRUNK,
} PtlFocusKind;

typedef struct
{
  PtlFocusKind kind;
  guint a, b; /* nodes of a talk, zones of a trunk, in any order */
} PtlFocus;

void ptl_session_set_focus (PtlSession *session, PtlFocusKind kind, const char *a, const char *b);
gboolean ptl_session_get_focus (PtlSession *session, PtlFocus *focus);

/* What is lit while everything else fades; nothing of both: nothing fades. Goes out as soon as the talks are others,
 * and with "results-changed". */
void ptl_session_set_light (PtlSession *session, const guint *talks, guint n_talks, const guint *nodes, guint n_nodes);
const guint *ptl_session_get_lit_talks (PtlSession *session, guint *n);
const guint *ptl_session_get_lit_nodes (PtlSession *session, guint *n);

void ptl_session_say (PtlSession *session, const char *sentence);
gboolean ptl_session_check_refused (PtlSession *session, gboolean done, GError **error);
/* `done` may be the call of the edit that sets `error`: arguments have no order, so that it is looked at later. */
#define ptl_session_check(session, done, error) ptl_session_check_refused ((session), (done), &(error))
