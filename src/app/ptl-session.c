#include "draw/ptl-layout.h"
#include "ptl-session-private.h"

guint ptl_session_signals[PTL_N_SESSION_SIGNALS];

G_DEFINE_FINAL_TYPE (PtlSession, ptl_session, G_TYPE_OBJECT)

void
ptl_session_emit_results (PtlSession *self)
{
  ptl_session_set_light (self, NULL, 0, NULL, 0);
  g_signal_emit (self, ptl_session_signals[PTL_SESSION_RESULTS_CHANGED], 0);
}

static void
on_history_changed_cb (PtlHistory *history, const PtlTouched *touched, PtlSession *self)
{
  gboolean lost = ptl_session_follow_view (self, touched);
  gboolean answered = ptl_session_follow_plan (self, touched);

  lost |= ptl_session_follow_selection (self, touched);
  g_signal_emit (self, ptl_session_signals[PTL_SESSION_CHANGED], 0, touched);
  if (answered)
    ptl_session_emit_results (self);
  if (lost)
    g_signal_emit (self, ptl_session_signals[PTL_SESSION_SELECTION_CHANGED], 0);
}

static void
ptl_session_finalize (GObject *object)
{
  PtlSession *self = PTL_SESSION (object);

  if (self->history != NULL)
    g_signal_handlers_disconnect_by_data (self->history, self);
  ptl_session_finalize_selection (self);
  ptl_session_finalize_view (self);
  ptl_session_finalize_answers (self);
  g_clear_object (&self->history);
  G_OBJECT_CLASS (ptl_session_parent_class)->finalize (object);
}

static void
add_signal (PtlSessionSignal signal, const char *name, guint n, GType type)
{
  ptl_session_signals[signal]
      = g_signal_new (name, PTL_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n, type);
}

static void
ptl_session_class_init (PtlSessionClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ptl_session_finalize;
  add_signal (PTL_SESSION_CHANGED, "changed", 1, G_TYPE_POINTER);
  add_signal (PTL_SESSION_SCENE_CHANGED, "scene-changed", 0, G_TYPE_NONE);
  add_signal (PTL_SESSION_RESULTS_CHANGED, "results-changed", 0, G_TYPE_NONE);
  add_signal (PTL_SESSION_SELECTION_CHANGED, "selection-changed", 0, G_TYPE_NONE);
  add_signal (PTL_SESSION_LIGHT_CHANGED, "light-changed", 0, G_TYPE_NONE);
  add_signal (PTL_SESSION_SAID, "said", 1, G_TYPE_STRING);
}

static void
ptl_session_init (PtlSession *self)
{
  ptl_session_init_selection (self);
  ptl_session_init_view (self);
}

/**
 * ptl_session_new:
 * @plan: as it was read or made; the session keeps it and gives positions to what has none
 *
 * Returns: (transfer full): a session with a new history, in which nothing is selected
 */
PtlSession *
ptl_session_new (PtlPlan *plan)
{
  PtlSession *self = g_object_new (PTL_TYPE_SESSION, NULL);
  g_autoptr (PtlGraph) graph = NULL;
  g_autoptr (PtlFlows) flows = NULL;
  g_autoptr (PtlLayout) layout = NULL;

  self->history = ptl_history_new (plan);
  graph = ptl_plan_to_graph (plan);
  flows = ptl_flows_new (graph);
  layout = ptl_layout_new (plan, flows, FALSE);
  ptl_layout_place (layout, plan);
  ptl_session_compute (self, flows);
  g_signal_connect (self->history, "changed", G_CALLBACK (on_history_changed_cb), self);
  return self;
}

PtlPlan *
ptl_session_get_plan (PtlSession *self)
{
  return ptl_history_get_plan (self->history);
}

PtlHistory *
ptl_session_get_history (PtlSession *self)
{
  return self->history;
}

/* The plan as it is to be drawn, with the indices of the plan. The session's: others take a reference, as
 * each edit makes a new one. */
PtlScene *
ptl_session_get_scene (PtlSession *self)
{
  return self->scene;
}

/* Valid until the next edit, as are routes and talks. */
const PtlFlows *
ptl_session_get_flows (PtlSession *self)
{
  return self->flows;
}

PtlRoutes *
ptl_session_get_routes (PtlSession *self)
{
  return self->talks->routes;
}

/* Consolidated; valid until "results-changed", as are the findings. Until then they may be those of a large plan before
 * the last edit: things in them are to be found again by their ids in the sheets' own graph. */
PtlSheets *
ptl_session_get_sheets (PtlSession *self)
{
  return self->answers->sheets;
}

/* PtlFinding, errors first. */
GPtrArray *
ptl_session_get_findings (PtlSession *self)
{
  return ptl_answers_get_findings (self->answers);
}

/* What the arrows of the scene stand for: what the lens shows. */
PtlTalks *
ptl_session_get_talks (PtlSession *self)
{
  return self->talks;
}

void
ptl_session_say (PtlSession *self, const char *sentence)
{
  g_signal_emit (self, ptl_session_signals[PTL_SESSION_SAID], 0, sentence);
}

/**
 * ptl_session_check_refused:
 * @done: what an edit returned
 * @error: why it was refused; freed and NULL afterwards
 *
 * Says why an edit was refused; see ptl_session_check ().
 *
 * Returns: @done
 */
gboolean
ptl_session_check_refused (PtlSession *self, gboolean done, GError **error)
{
  if (!done && *error != NULL)
    ptl_session_say (self, (*error)->message);
  g_clear_error (error);
  return done;
}
