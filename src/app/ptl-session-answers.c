#include "ptl-session-private.h"

/* What follows from the plan and the lens. Flows, routes and talks are there at once, after each edit; sheets, findings
 * and the best ways of arrows in a large plan come from a thread, a moment later: until then arrows are a draft. */

#define AT_ONCE 200 /* talks: with so few, each motion of a drag finds all ways within a frame */

typedef struct
{
  PtlRoutes *routes; /* NULL: only the places changed, the answers are those of the draft */
  PtlLens lens;
  PtlScene *draft;
  PtlArrows *before;
  PtlAnswers *answers; /* what comes out, if `routes` */
  PtlScene *scene;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  ptl_routes_unref (work->routes);
  ptl_scene_unref (work->draft);
  ptl_arrows_unref (work->before);
  ptl_answers_free (work->answers);
  ptl_scene_unref (work->scene);
  g_free (work);
}

static void
do_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  PtlTalks *talks = work->draft->arrows->talks;

  if (work->routes != NULL)
    {
      work->answers = ptl_answers_new (work->routes, &work->lens);
      talks = work->answers->talks;
    }
  if (!g_cancellable_is_cancelled (cancellable))
    work->scene = ptl_scene_complete (work->draft, talks, work->before);
  g_task_return_boolean (task, TRUE);
}

static void start_work (PtlSession *self);

static void
set_scene (PtlSession *self, PtlScene *scene)
{
  ptl_scene_unref (self->scene);
  self->scene = scene;
}

static void
set_complete (PtlSession *self, PtlScene *scene)
{
  set_scene (self, scene);
  g_clear_pointer (&self->complete, ptl_arrows_unref);
  self->complete = ptl_arrows_ref (scene->arrows);
}

static void
on_done_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  PtlSession *self = PTL_SESSION (object);
  Work *work = g_task_get_task_data (G_TASK (result));
  gboolean answered = work->answers != NULL;

  if (g_cancellable_is_cancelled (self->working))
    {
      g_clear_object (&self->working);
      start_work (self);
      return;
    }
  g_clear_object (&self->working);
  if (answered)
    {
      ptl_answers_free (self->answers);
      self->answers = g_steal_pointer (&work->answers);
      ptl_talks_unref (self->talks);
      self->talks = ptl_talks_ref (self->answers->talks);
      self->stale = FALSE;
    }
  set_complete (self, g_steal_pointer (&work->scene));
  g_signal_emit (self, ptl_session_signals[PTL_SESSION_SCENE_CHANGED], 0);
  if (answered)
    ptl_session_emit_results (self);
}

/* One at a time; what an edit has overtaken is given up and begun again. */
static void
start_work (PtlSession *self)
{
  g_autoptr (GTask) task = NULL;
  Work *work;

  if (self->working != NULL)
    {
      g_cancellable_cancel (self->working);
      return;
    }
  self->working = g_cancellable_new ();
  work = g_new0 (Work, 1);
  work->routes = self->stale ? ptl_routes_ref (self->talks->routes) : NULL;
  work->lens = self->talks->lens;
  work->draft = ptl_scene_ref (self->scene);
  work->before = self->complete != NULL ? ptl_arrows_ref (self->complete) : NULL;
  task = g_task_new (self, self->working, on_done_cb, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, do_work);
}

static void
update_scene (PtlSession *self)
{
  PtlPlan *plan = ptl_session_get_plan (self);

  if (self->talks->n <= AT_ONCE && self->working == NULL)
    {
      set_complete (self, ptl_scene_new (plan, self->talks, self->complete));
      return;
    }
  set_scene (self, ptl_scene_new_draft (plan, self->talks, self->complete));
  start_work (self);
}

static void
update_flows (PtlSession *self)
{
  g_autoptr (PtlGraph) graph = ptl_plan_to_graph (ptl_session_get_plan (self));

  ptl_flows_unref (self->flows);
  self->flows = ptl_flows_new (graph);
}

static int
find_site (const PtlGraph *graph, const char *code)
{
  for (guint i = 0; i < graph->n_sites && code != NULL; i++)
    if (g_str_equal (graph->sites[i].code, code))
      return (int) i;
  return -1;
}

static const PtlGraphZone *
find_zone (const PtlGraph *graph, const char *id)
{
  for (guint i = 0; i < graph->n_zones && id != NULL; i++)
    if (g_str_equal (graph->zones[i].id, id))
      return &graph->zones[i];
  return NULL;
}

static PtlLens
lens_on (PtlSession *self, const PtlRoutes *routes)
{
  const PtlGraph *graph = routes->flows->graph;
  PtlLens lens
      = { self->phase, find_site (graph, self->lens_site),
          self->lens_firewall != NULL ? ptl_routes_find_firewall (routes, self->lens_firewall) : -1, self->filter };

  lens.filter.zone = find_zone (graph, self->filter_zone);
  lens.filter.other_zone = find_zone (graph, self->filter_other_zone);
  return lens;
}

/* Returns whether sheets and findings are there already. The first time they are, but the trunks of a large plan have
 * no numbers yet. */
static gboolean
answer (PtlSession *self)
{
  g_autoptr (PtlRoutes) routes = ptl_routes_new (self->flows);
  PtlLens lens = lens_on (self, routes);

  ptl_talks_unref (self->talks);
  self->talks = ptl_talks_new (routes, NULL, &lens);
  self->stale = TRUE;
  if (self->answers == NULL && self->talks->n > AT_ONCE)
    self->answers = ptl_answers_new_quick (self->talks);
  else if (self->talks->n <= AT_ONCE && self->working == NULL)
    {
      ptl_answers_free (self->answers);
      self->answers = ptl_answers_new (routes, &lens);
      ptl_talks_unref (self->talks);
      self->talks = ptl_talks_ref (self->answers->talks);
      self->stale = FALSE;
    }
  update_scene (self);
  return !self->stale;
}

void
ptl_session_compute (PtlSession *self, PtlFlows *flows)
{
  self->flows = ptl_flows_ref (flows);
  answer (self);
}

gboolean
ptl_session_follow_plan (PtlSession *self, const PtlTouched *touched)
{
  if (!(touched->difference & PTL_DIFFERS_MEANING))
    {
      update_scene (self);
      return FALSE;
    }
  update_flows (self);
  ptl_session_set_light (self, NULL, 0, NULL, 0);
  return answer (self);
}

/* The lens is another one. What is lit has the numbers of the talks that were. */
void
ptl_session_answer (PtlSession *self)
{
  gboolean answered;

  ptl_session_set_light (self, NULL, 0, NULL, 0);
  answered = answer (self);
  g_signal_emit (self, ptl_session_signals[PTL_SESSION_SCENE_CHANGED], 0);
  if (answered)
    ptl_session_emit_results (self);
}

gboolean
ptl_session_is_busy (PtlSession *self)
{
  return self->working != NULL;
}

void
ptl_session_finalize_answers (PtlSession *self)
{
  ptl_scene_unref (self->scene);
  ptl_arrows_unref (self->complete);
  ptl_answers_free (self->answers);
  ptl_talks_unref (self->talks);
  ptl_flows_unref (self->flows);
}
