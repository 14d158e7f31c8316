#include "ptl-session-private.h"

#include <string.h>

void
ptl_session_init_view (PtlSession *self)
{
  self->phase = -1;
  self->lit_talks = g_array_new (FALSE, FALSE, sizeof (guint));
  self->lit_nodes = g_array_new (FALSE, FALSE, sizeof (guint));
}

void
ptl_session_finalize_view (PtlSession *self)
{
  g_free (self->lens_site);
  g_free (self->lens_firewall);
  g_free (self->filter_zone);
  g_free (self->filter_other_zone);
  g_free (self->focus_a);
  g_free (self->focus_b);
  g_array_unref (self->lit_talks);
  g_array_unref (self->lit_nodes);
}

/* A thing with another id is still the same one. */
static void
follow_id (char **id, PtlRecordKind kind, const PtlTouched *touched)
{
  for (guint i = 0; i < touched->n_changes && *id != NULL; i++)
    {
      const PtlChange *change = &touched->changes[i];
      const char *before = change->before != NULL ? ptl_record_id (change->kind, change->before) : NULL;
      const char *after = change->after != NULL ? ptl_record_id (change->kind, change->after) : NULL;
      const char *old = touched->reverted ? after : before, *new = touched->reverted ? before : after;

      if (change->kind == kind && new != NULL && g_strcmp0 (*id, old) == 0)
        {
          ptl_replace_text (id, new);
          return;
        }
    }
}

static PtlRecordKind
focus_record (PtlSession *self)
{
  return self->focus == PTL_FOCUS_TALK ? PTL_RECORD_NODE : PTL_RECORD_ZONE;
}

static gboolean
is_there (PtlSession *self, PtlRecordKind kind, const char *id)
{
  return id != NULL && ptl_history_find (self->history, kind, id) >= 0;
}

gboolean
ptl_session_follow_view (PtlSession *self, const PtlTouched *touched)
{
  PtlRecordKind kind = focus_record (self);

  follow_id (&self->lens_site, PTL_RECORD_SITE, touched);
  follow_id (&self->lens_firewall, PTL_RECORD_FIREWALL, touched);
  follow_id (&self->filter_zone, PTL_RECORD_ZONE, touched);
  follow_id (&self->filter_other_zone, PTL_RECORD_ZONE, touched);
  if (!is_there (self, PTL_RECORD_SITE, self->lens_site))
    g_clear_pointer (&self->lens_site, g_free);
  if (self->focus == PTL_FOCUS_NONE)
    return FALSE;
  follow_id (&self->focus_a, kind, touched);
  follow_id (&self->focus_b, kind, touched);
  if (is_there (self, kind, self->focus_a) && is_there (self, kind, self->focus_b))
    return FALSE;
  self->focus = PTL_FOCUS_NONE;
  return TRUE;
}

/* In the indices of the talks. */
const PtlLens *
ptl_session_get_lens (PtlSession *self)
{
  return &self->talks->lens;
}

/**
 * ptl_session_set_lens:
 * @phase: a PtlPhase, or -1 for both
 * @site: (nullable): a site's code
 * @firewall: (nullable): a firewall's id, be it an implied one; one that is not there (any more) hides nothing
 */
void
ptl_session_set_lens (PtlSession *self, int phase, const char *site, const char *firewall)
{
  if (self->phase == phase && g_strcmp0 (self->lens_site, site) == 0 && g_strcmp0 (self->lens_firewall, firewall) == 0)
    return;
  self->phase = phase;
  ptl_replace_text (&self->lens_site, site);
  ptl_replace_text (&self->lens_firewall, firewall);
  ptl_session_answer (self);
}

/**
 * ptl_session_set_filter:
 * @filter: its zones are of the session's graph; one that is not there any more filters nothing
 */
void
ptl_session_set_filter (PtlSession *self, const PtlFilter *filter)
{
  const char *zone = filter->zone != NULL ? filter->zone->id : NULL;
  const char *other_zone = filter->other_zone != NULL ? filter->other_zone->id : NULL;
  PtlFilter kept = *filter;

  kept.zone = kept.other_zone = NULL;
  if (memcmp (&kept, &self->filter, sizeof kept) == 0 && g_strcmp0 (zone, self->filter_zone) == 0
      && g_strcmp0 (other_zone, self->filter_other_zone) == 0)
    return;
  self->filter = kept;
  ptl_replace_text (&self->filter_zone, zone);
  ptl_replace_text (&self->filter_other_zone, other_zone);
  ptl_session_answer (self);
}

/**
 * ptl_session_set_focus:
 * @a: (nullable): a node's or zone's id; of nodes and zones that are there
 * @b: (nullable): another one's
 */
void
ptl_session_set_focus (PtlSession *self, PtlFocusKind kind, const char *a, const char *b)
{
  if (self->focus == kind && g_strcmp0 (self->focus_a, a) == 0 && g_strcmp0 (self->focus_b, b) == 0)
    return;
  self->focus = kind;
  ptl_replace_text (&self->focus_a, a);
  ptl_replace_text (&self->focus_b, b);
  if (kind != PTL_FOCUS_NONE)
    ptl_session_deselect (self);
  g_signal_emit (self, ptl_session_signals[PTL_SESSION_SELECTION_CHANGED], 0);
}

/* Returns whether an arrow is chosen. */
gboolean
ptl_session_get_focus (PtlSession *self, PtlFocus *focus)
{
  PtlRecordKind kind = focus_record (self);

  focus->kind = self->focus;
  if (self->focus == PTL_FOCUS_NONE)
    return FALSE;
  focus->a = (guint) ptl_history_find (self->history, kind, self->focus_a);
  focus->b = (guint) ptl_history_find (self->history, kind, self->focus_b);
  return TRUE;
}

/**
 * ptl_session_set_light:
 * @talks: indices in the session's talks
 * @nodes: indices in the plan
 */
void
ptl_session_set_light (PtlSession *self, const guint *talks, guint n_talks, const guint *nodes, guint n_nodes)
{
  if (n_talks + n_nodes + self->lit_talks->len + self->lit_nodes->len == 0)
    return;
  g_array_set_size (self->lit_talks, 0);
  g_array_set_size (self->lit_nodes, 0);
  g_array_append_vals (self->lit_talks, talks, n_talks);
  g_array_append_vals (self->lit_nodes, nodes, n_nodes);
  g_signal_emit (self, ptl_session_signals[PTL_SESSION_LIGHT_CHANGED], 0);
}

const guint *
ptl_session_get_lit_talks (PtlSession *self, guint *n)
{
  *n = self->lit_talks->len;
  return (const guint *) (gpointer) self->lit_talks->data;
}

const guint *
ptl_session_get_lit_nodes (PtlSession *self, guint *n)
{
  *n = self->lit_nodes->len;
  return (const guint *) (gpointer) self->lit_nodes->data;
}
