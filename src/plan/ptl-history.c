#include "ptl-history.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NEVER (-1) /* a saved position that undo and redo do not lead to */

struct _PtlHistory
{
  GObject parent_instance;

  PtlPlan *plan;
  GPtrArray *edits;    /* PtlEdit */
  guint position;      /* the edits before it are done, those from it on undone */
  gint64 saved;        /* the position that is on disk */
  gboolean sealed;     /* the next edit starts a step of its own */
  gboolean joining;    /* the next edit is one step with the last one */
  PtlPlanIndex *index; /* NULL when it must be made anew */

  /* As last notified. */
  gboolean can_undo, can_redo, modified;
  char *undo_name, *redo_name;
};

enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  PROP_UNDO_NAME,
  PROP_REDO_NAME,
  PROP_MODIFIED,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (PtlHistory, ptl_history, G_TYPE_OBJECT)

static PtlEdit *
edit_at (const PtlHistory *history, guint position)
{
  return history->edits->pdata[position];
}

static void
set_flag (PtlHistory *history, gboolean *flag, gboolean value, guint property)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (history), properties[property]);
}

static void
set_name (PtlHistory *history, char **name, char *value, guint property)
{
  if (g_strcmp0 (*name, value) == 0)
    {
      g_free (value);
      return;
    }
  g_free (*name);
  *name = value;
  g_object_notify_by_pspec (G_OBJECT (history), properties[property]);
}

/* Menu entries: without an edit they name the command alone. */

static char *
undo_words (const PtlHistory *history)
{
  /* Translators: %s is what was done, such as "Move 3 nodes". */
  return history->position > 0
             ? g_strdup_printf (_ ("Undo %s"), ptl_edit_get_name (edit_at (history, history->position - 1)))
             : g_strdup (_ ("Undo"));
}

/* Whether the edit is done and undone together with the one before it. */
static gboolean
is_joined (const PtlHistory *history, guint position)
{
  return position < history->edits->len && ptl_edit_is_joined (edit_at (history, position));
}

static char *
redo_words (const PtlHistory *history)
{
  guint last = history->position;

  if (last == history->edits->len)
    return g_strdup (_ ("Redo"));
  while (is_joined (history, last + 1))
    last++;
  /* Translators: %s is what was undone, such as "Move 3 nodes". */
  return g_strdup_printf (_ ("Redo %s"), ptl_edit_get_name (edit_at (history, last)));
}

/* Notifies of what is not as it was last time. */
static void
update_properties (PtlHistory *history)
{
  g_object_freeze_notify (G_OBJECT (history));
  set_flag (history, &history->can_undo, history->position > 0, PROP_CAN_UNDO);
  set_flag (history, &history->can_redo, history->position < history->edits->len, PROP_CAN_REDO);
  set_flag (history, &history->modified, history->position != history->saved, PROP_MODIFIED);
  set_name (history, &history->undo_name, undo_words (history), PROP_UNDO_NAME);
  set_name (history, &history->redo_name, redo_words (history), PROP_REDO_NAME);
  g_object_thaw_notify (G_OBJECT (history));
}

/* Keeps the index when that is easy: ids belong to the records, which are others now. */
static void
update_index (PtlHistory *history, const PtlEdit *edit, gboolean reverted)
{
  guint n;
  const PtlChange *changes = ptl_edit_get_changes (edit, &n);
  PtlThing thing;

  for (guint i = 0; i < n && history->index != NULL; i++)
    {
      const PtlChange *change = &changes[i];
      gconstpointer old = reverted ? change->after : change->before, new = reverted ? change->before : change->after;

      if (!ptl_record_kind_thing (change->kind, &thing))
        continue;
      if (new != NULL
          && (old == NULL ? !reverted /* inserted ones stand at the end */
                          : strcmp (ptl_record_id (change->kind, old), ptl_record_id (change->kind, new)) == 0))
        ptl_plan_index_add (history->index, thing, ptl_record_id (change->kind, new), change->index);
      else
        g_clear_pointer (&history->index, ptl_plan_index_free);
    }
}

static void
emit_changed (PtlHistory *history, const PtlEdit *edit, gboolean reverted)
{
  PtlTouched touched = { .reverted = reverted, .difference = ptl_edit_get_difference (edit) };

  touched.changes = ptl_edit_get_changes (edit, &touched.n_changes);
  for (guint i = 0; i < touched.n_changes; i++)
    {
      const PtlChange *change = &touched.changes[i];

      touched.kinds |= 1u << change->kind;
      if (change->before == NULL || change->after == NULL)
        touched.shifted |= 1u << change->kind;
    }
  g_signal_emit (history, changed_signal, 0, &touched);
}

static void
ptl_history_finalize (GObject *object)
{
  PtlHistory *history = PTL_HISTORY (object);

  g_clear_pointer (&history->index, ptl_plan_index_free);
  g_ptr_array_unref (history->edits);
  g_clear_object (&history->plan);
  g_free (history->undo_name);
  g_free (history->redo_name);
  G_OBJECT_CLASS (ptl_history_parent_class)->finalize (object);
}

static void
ptl_history_get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
  PtlHistory *history = PTL_HISTORY (object);

  switch (property)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, history->can_undo);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, history->can_redo);
      break;
    case PROP_UNDO_NAME:
      g_value_set_string (value, history->undo_name);
      break;
    case PROP_REDO_NAME:
      g_value_set_string (value, history->redo_name);
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, history->modified);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static GParamSpec *
flag_spec (const char *name)
{
  return g_param_spec_boolean (name, NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
name_spec (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
ptl_history_class_init (PtlHistoryClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->finalize = ptl_history_finalize;
  object_class->get_property = ptl_history_get_property;
  properties[PROP_CAN_UNDO] = flag_spec ("can-undo");
  properties[PROP_CAN_REDO] = flag_spec ("can-redo");
  properties[PROP_UNDO_NAME] = name_spec ("undo-name");
  properties[PROP_REDO_NAME] = name_spec ("redo-name");
  properties[PROP_MODIFIED] = flag_spec ("modified");
  g_object_class_install_properties (object_class, N_PROPS, properties);
  changed_signal = g_signal_new ("changed", PTL_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_POINTER);
}

static void
ptl_history_init (PtlHistory *history)
{
  history->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) ptl_edit_free);
  history->undo_name = undo_words (history);
  history->redo_name = redo_words (history);
}

/**
 * ptl_history_new:
 * @plan: as it is on disk, or new; from now on only edits change it
 *
 * Returns: (transfer full): a history with nothing in it
 */
PtlHistory *
ptl_history_new (PtlPlan *plan)
{
  PtlHistory *history = g_object_new (PTL_TYPE_HISTORY, NULL);

  history->plan = g_object_ref (plan);
  return history;
}

/* The plan; the history keeps it. */
PtlPlan *
ptl_history_get_plan (PtlHistory *history)
{
  return history->plan;
}

/* Finds records by their ids; valid until the next edit. */
const PtlPlanIndex *
ptl_history_get_index (PtlHistory *history)
{
  if (history->index == NULL)
    history->index = ptl_plan_index_new_for_plan (history->plan);
  return history->index;
}

/* The index of the record with the id or site code, or -1. */
int
ptl_history_find (PtlHistory *history, PtlRecordKind kind, const char *id)
{
  PtlThing thing;

  return id != NULL && ptl_record_kind_thing (kind, &thing)
             ? ptl_plan_index_find (ptl_history_get_index (history), thing, id)
             : -1;
}

/* The last edit, if the next one may become part of it. What is on disk must remain a position of its own. */
static PtlEdit *
open_edit (const PtlHistory *history)
{
  return history->sealed || history->position == 0 || history->position < history->edits->len
                 || history->position == history->saved
             ? NULL
             : edit_at (history, history->position - 1);
}

static void
forget_undone (PtlHistory *history)
{
  if (history->saved > history->position)
    history->saved = NEVER;
  g_ptr_array_set_size (history->edits, (int) history->position);
}

/**
 * ptl_history_push:
 * @edit: (transfer full): made for the plan as it is now
 * @name: (transfer full): what it does, in words: "Move 3 nodes"
 * @key: (transfer full) (nullable): it becomes one step with the edit before it if that has the same key and
 * nothing came between them
 *
 * Does the edit. One that changes nothing is no step, and what was undone can then still be redone.
 *
 * Returns: whether the plan could take it; if not it is as it was, and @error says which limit it would pass
 */
gboolean
ptl_history_push (PtlHistory *history, PtlEdit *edit, char *name, char *key, GError **error)
{
  g_autoptr (PtlEdit) own = edit;
  PtlEdit *last;

  g_return_val_if_fail (ptl_edit_get_plan (own) == history->plan, FALSE);
  if (!ptl_edit_finish (own, name, key, error))
    return FALSE;
  if (ptl_edit_is_empty (own))
    return TRUE;
  last = open_edit (history);
  forget_undone (history);
  ptl_edit_apply (own, history->plan);
  update_index (history, own, FALSE);
  if (last == NULL || !ptl_edit_merge (last, own))
    {
      last = own;
      ptl_edit_set_joined (own, history->joining);
      g_ptr_array_add (history->edits, g_steal_pointer (&own));
      history->position++;
    }
  history->sealed = history->joining = FALSE;
  emit_changed (history, own != NULL ? own : last, FALSE);
  update_properties (history);
  return TRUE;
}

/* Begins or ends a drag or the typing in a field: the next edit is a step of its own. */
void
ptl_history_seal (PtlHistory *history)
{
  history->sealed = TRUE;
}

/**
 * ptl_history_base:
 * @key: of the edit that is about to be made
 *
 * What a drag starts from: so that its result depends on where the pointer is, not on its way there.
 *
 * Returns: (transfer none): the record as it was before the step that such an edit would become part of
 */
gconstpointer
ptl_history_base (PtlHistory *history, const char *key, PtlRecordKind kind, guint index)
{
  const PtlEdit *last = open_edit (history);
  const PtlChange *change
      = last != NULL && g_strcmp0 (ptl_edit_get_key (last), key) == 0 ? ptl_edit_find (last, kind, index) : NULL;

  return change != NULL && change->before != NULL ? change->before : ptl_record (history->plan, kind, index);
}

/* The edit just done and the next one are one step, which has the name of the next: a zone that grows for what is
 * then put into it. */
void
ptl_history_join (PtlHistory *history)
{
  history->sealed = history->joining = TRUE;
}

/* What was done last is called so in menus: where several edits are one step, the last one's name would tell too
 * little. */
void
ptl_history_rename (PtlHistory *history, const char *name)
{
  ptl_edit_set_name (edit_at (history, history->position - 1), name);
  update_properties (history);
}

/* Does nothing when there is nothing to undo. */
void
ptl_history_undo (PtlHistory *history)
{
  gboolean more = history->position > 0;

  history->sealed = TRUE;
  while (more)
    {
      PtlEdit *edit = edit_at (history, --history->position);

      ptl_edit_revert (edit, history->plan);
      update_index (history, edit, TRUE);
      emit_changed (history, edit, TRUE);
      more = ptl_edit_is_joined (edit);
    }
  update_properties (history);
}

/* Gives a drag up that began with ptl_history_seal (): its step is undone and forgotten. */
void
ptl_history_cancel (PtlHistory *history)
{
  if (open_edit (history) == NULL)
    return;
  ptl_history_undo (history);
  forget_undone (history);
  update_properties (history);
}

/* Does nothing when there is nothing to redo. */
void
ptl_history_redo (PtlHistory *history)
{
  gboolean more = history->position < history->edits->len;

  history->sealed = TRUE;
  while (more)
    {
      PtlEdit *edit = edit_at (history, history->position++);

      ptl_edit_apply (edit, history->plan);
      update_index (history, edit, FALSE);
      emit_changed (history, edit, FALSE);
      more = is_joined (history, history->position);
    }
  update_properties (history);
}

gboolean
ptl_history_can_undo (PtlHistory *history)
{
  return history->can_undo;
}

gboolean
ptl_history_can_redo (PtlHistory *history)
{
  return history->can_redo;
}

/* For the menu: "Undo Move 3 nodes", or "Undo" when there is nothing to undo. */
const char *
ptl_history_get_undo_name (PtlHistory *history)
{
  return history->undo_name;
}

const char *
ptl_history_get_redo_name (PtlHistory *history)
{
  return history->redo_name;
}

/* The plan is on disk as it is now. */
void
ptl_history_mark_saved (PtlHistory *history)
{
  history->saved = history->position;
  update_properties (history);
}

/* The plan is nowhere on disk, as one from a recovery file or a template: modified until it is saved. */
void
ptl_history_mark_unsaved (PtlHistory *history)
{
  history->saved = NEVER;
  update_properties (history);
}

gboolean
ptl_history_is_modified (PtlHistory *history)
{
  return history->modified;
}
