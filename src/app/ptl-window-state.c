#include "ptl-view-state.h"
#include "ptl-window-private.h"

/* A plan that is opened again is looked at as it was last: what of it, where, and which sheet. */

#define NARROW 500 /* px: where that shows nothing of the plan, the plan is another now */

static GFile *
file_of (PtlWindow *self)
{
  return self->open_plan != NULL ? ptl_open_plan_get_file (self->open_plan) : NULL;
}

static void
move_view (PtlWindow *self, const PtlViewState *state)
{
  const PtlBox *bounds = &ptl_session_get_scene (ptl_open_plan_get_session (self->open_plan))->bounds;
  PtlBox seen = { state->x, state->y, NARROW / state->scale, NARROW / state->scale };
  PtlViewport viewport = { .x = state->x, .y = state->y, .scale = state->scale };

  if (state->moved && ptl_box_touches (bounds, &seen))
    ptl_canvas_set_viewport (self->canvas, &viewport);
}

void
ptl_window_restore_view (PtlWindow *self)
{
  g_auto (PtlViewState) state = { 0 };

  if (file_of (self) == NULL || !ptl_view_state_load (&state, file_of (self)))
    return;
  ptl_session_set_lens (ptl_open_plan_get_session (self->open_plan), state.phase, state.site, state.firewall);
  move_view (self, &state);
}

void
ptl_window_restore_sheet (PtlWindow *self)
{
  g_auto (PtlViewState) state = { 0 };

  if (file_of (self) != NULL && ptl_view_state_load (&state, file_of (self)))
    ptl_results_show_sheet (self->results, state.sheet);
}

/* Nothing is remembered of a plan that is nowhere on disk, or was hardly there. */
void
ptl_window_remember_view (PtlWindow *self)
{
  g_auto (PtlViewState) state = { 0 };
  const PtlViewport *viewport = ptl_canvas_get_viewport (self->canvas);
  const PtlLens *lens;
  PtlRoutes *routes;

  if (file_of (self) == NULL || self->filling != 0)
    return;
  routes = ptl_session_get_routes (ptl_open_plan_get_session (self->open_plan));
  lens = ptl_session_get_lens (ptl_open_plan_get_session (self->open_plan));
  state.phase = lens->phase;
  state.site = g_strdup (lens->site >= 0 ? routes->flows->graph->sites[lens->site].code : NULL);
  state.firewall = g_strdup (lens->firewall >= 0 ? routes->firewalls[lens->firewall].id : NULL);
  state.moved = !ptl_canvas_is_fitted (self->canvas);
  state.x = viewport->x;
  state.y = viewport->y;
  state.scale = viewport->scale;
  state.sheet = g_strdup (ptl_results_get_sheet (self->results));
  ptl_view_state_save (&state, file_of (self));
}
