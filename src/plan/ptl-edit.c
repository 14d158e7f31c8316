#include "ptl-edit.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "ptl-plan-check.h"

/* A record that is in the plan belongs to the plan, the other one of a change to the edit: `before`
 * when the edit is applied, `after` when it is not. Of the plan's heading, which has no array, both. */
struct _PtlEdit
{
  const PtlPlan *plan; /* while the edit is made */
  GHashTable *known;   /* while it is made: which change a record has, see key_of () */
  GArray *changes;     /* PtlChange; finished: replaced, then removed from the last on, then inserted */
  guint n_removed[PTL_N_RECORDS], n_inserted[PTL_N_RECORDS];
  PtlDifference difference;
  gboolean applied;
  gboolean joined; /* one step with the edit before it */
  char *name, *key;
};

#define CHANGE(edit, i) (&g_array_index ((edit)->changes, PtlChange, i))

/* One number for a record of the plan; never 0, which a hash table cannot tell from nothing. */
static gpointer
key_of (PtlRecordKind kind, guint index)
{
  return GSIZE_TO_POINTER ((gsize) index * PTL_N_RECORDS + kind + 1);
}

static PtlChange *
known_change (const PtlEdit *edit, PtlRecordKind kind, guint index)
{
  gsize place = GPOINTER_TO_SIZE (g_hash_table_lookup (edit->known, key_of (kind, index)));

  return place > 0 ? CHANGE (edit, place - 1) : NULL;
}

static void
free_records (const PtlEdit *edit, const PtlChange *change)
{
  gboolean heading = change->kind == PTL_RECORD_PLAN;

  if (change->moved)
    return;
  if (heading || edit->applied)
    ptl_record_free (change->kind, change->before);
  if (heading || !edit->applied)
    ptl_record_free (change->kind, change->after);
}

/**
 * ptl_edit_new:
 * @plan: must not change until the edit is pushed or freed
 */
PtlEdit *
ptl_edit_new (const PtlPlan *plan)
{
  PtlEdit *edit = g_new0 (PtlEdit, 1);

  edit->plan = plan;
  edit->known = g_hash_table_new (NULL, NULL);
  edit->changes = g_array_new (FALSE, FALSE, sizeof (PtlChange));
  return edit;
}

void
ptl_edit_free (PtlEdit *edit)
{
  if (edit == NULL)
    return;
  for (guint i = 0; i < edit->changes->len; i++)
    free_records (edit, CHANGE (edit, i));
  g_clear_pointer (&edit->known, g_hash_table_unref);
  g_array_unref (edit->changes);
  g_free (edit->name);
  g_free (edit->key);
  g_free (edit);
}

const PtlPlan *
ptl_edit_get_plan (const PtlEdit *edit)
{
  return edit->plan;
}

static PtlChange *
add_change (PtlEdit *edit, PtlRecordKind kind, guint index, gpointer before)
{
  PtlChange change = { kind, index, before, NULL, FALSE };

  g_array_append_val (edit->changes, change);
  return CHANGE (edit, edit->changes->len - 1);
}

static PtlChange *
get_change (PtlEdit *edit, PtlRecordKind kind, guint index)
{
  PtlChange *change = known_change (edit, kind, index);
  gpointer record;

  if (change != NULL)
    return change;
  record = ptl_record (edit->plan, kind, index);
  change = add_change (edit, kind, index, kind == PTL_RECORD_PLAN ? ptl_record_copy (kind, record) : record);
  change->after = ptl_record_copy (kind, record);
  g_hash_table_insert (edit->known, key_of (kind, index), GSIZE_TO_POINTER (edit->changes->len));
  return change;
}

/**
 * ptl_edit_change:
 *
 * Returns: (transfer none): a copy of the record, always the same one, which takes the record's place;
 * the caller must not ask for a record that it removed
 */
gpointer
ptl_edit_change (PtlEdit *edit, PtlRecordKind kind, guint index)
{
  PtlChange *change = get_change (edit, kind, index);

  g_assert (change->after != NULL);
  return change->after;
}

/* Removing twice is removing. */
void
ptl_edit_remove (PtlEdit *edit, PtlRecordKind kind, guint index)
{
  PtlChange *change = known_change (edit, kind, index);

  if (change == NULL)
    {
      add_change (edit, kind, index, ptl_record (edit->plan, kind, index));
      g_hash_table_insert (edit->known, key_of (kind, index), GSIZE_TO_POINTER (edit->changes->len));
    }
  else if (change->after == NULL)
    return;
  else
    g_clear_pointer (&change->after, ptl_records_free_func (kind));
  edit->n_removed[kind]++;
}

/**
 * ptl_edit_insert:
 * @record: (transfer full): comes at the end of its group
 *
 * Returns: its index, when all that the edit removes is removed before this call
 */
guint
ptl_edit_insert (PtlEdit *edit, PtlRecordKind kind, gpointer record)
{
  guint n = edit->n_inserted[kind]++;

  add_change (edit, kind, n, NULL)->after = record; /* ptl_edit_finish () adds what stands before them */
  return ptl_records (edit->plan, kind)->len - edit->n_removed[kind] + n;
}

gboolean
ptl_edit_removes (const PtlEdit *edit, PtlRecordKind kind, guint index)
{
  const PtlChange *change = known_change (edit, kind, index);

  return change != NULL && change->after == NULL;
}

gboolean
ptl_edit_has (const PtlEdit *edit, PtlRecordKind kind, guint index)
{
  return known_change (edit, kind, index) != NULL;
}

/* Replaced, removed, inserted: so the indices of the first two are those before the edit. */
static int
order_of (const PtlChange *change)
{
  return change->before == NULL ? 2 : change->after == NULL ? 1 : 0;
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const PtlChange *one = a, *other = b;
  int order = order_of (one);

  if (order != order_of (other))
    return order - order_of (other);
  if (one->kind != other->kind)
    return one->kind < other->kind ? -1 : 1;
  return (one->index < other->index ? -1 : one->index > other->index) * (order == 1 ? -1 : 1);
}

/* Leaves out what stayed as it was, and finds out in what the rest differs. */
static void
drop_equal (PtlEdit *edit)
{
  guint kept = 0;

  for (guint i = 0; i < edit->changes->len; i++)
    {
      PtlChange *change = CHANGE (edit, i);
      PtlDifference difference = order_of (change) == 0
                                     ? ptl_record_compare (change->kind, change->before, change->after)
                                     : PTL_DIFFERS_MEANING;

      if (difference == 0)
        free_records (edit, change);
      else
        *CHANGE (edit, kept++) = *change;
      edit->difference |= difference;
    }
  g_array_set_size (edit->changes, kept);
}

static gboolean
check_limits (const PtlEdit *edit, GError **error)
{
  for (PtlRecordKind kind = 0; kind < PTL_N_RECORDS; kind++)
    if (edit->n_inserted[kind] > 0
        && ptl_records (edit->plan, kind)->len - edit->n_removed[kind] + edit->n_inserted[kind]
               > ptl_records_max (kind))
      {
        g_set_error (error, PTL_PLAN_ERROR, PTL_PLAN_ERROR_VALUE, _ ("a plan has at most %u of them"),
                     ptl_records_max (kind));
        return FALSE;
      }
  return TRUE;
}

/**
 * ptl_edit_finish:
 * @name: (transfer full): in words
 * @key: (transfer full) (nullable): edits with the same key may become one
 *
 * Puts the changes in the order in which they are done. The edit cannot be added to afterwards.
 *
 * Returns: whether the plan can take it; @error then names the limit that it would pass
 */
gboolean
ptl_edit_finish (PtlEdit *edit, char *name, char *key, GError **error)
{
  edit->name = name;
  edit->key = key;
  if (!check_limits (edit, error))
    return FALSE;
  drop_equal (edit);
  for (guint i = 0; i < edit->changes->len; i++)
    {
      PtlChange *change = CHANGE (edit, i);

      if (change->before == NULL)
        change->index += ptl_records (edit->plan, change->kind)->len - edit->n_removed[change->kind];
    }
  g_array_sort (edit->changes, compare_changes);
  g_clear_pointer (&edit->known, g_hash_table_unref);
  edit->plan = NULL;
  return TRUE;
}

gboolean
ptl_edit_is_empty (const PtlEdit *edit)
{
  return edit->changes->len == 0;
}

/* Doing and undoing. A run of removed or of inserted records of one kind is one pass over the array. */

typedef struct
{
  PtlChange *changes;
  guint n;
  gboolean descending; /* as removed records are listed */
} Run;

/* The k-th change of the run in the order of the array. */
static PtlChange *
in_order (const Run *run, guint k)
{
  return &run->changes[run->descending ? run->n - 1 - k : k];
}

static Run
run_at (const PtlEdit *edit, guint first)
{
  Run run = { CHANGE (edit, first), 1, CHANGE (edit, first)->after == NULL };
  const PtlChange *next = run.changes + 1;

  while (first + run.n < edit->changes->len && next->kind == run.changes->kind
         && order_of (next) == order_of (run.changes))
    {
      run.n++;
      next++;
    }
  return run;
}

static void
take_out (PtlPlan *plan, const Run *run)
{
  GPtrArray *array = ptl_records (plan, run->changes->kind);
  guint kept = in_order (run, 0)->index, taken = 0;

  for (guint i = kept; i < array->len; i++)
    if (taken < run->n && in_order (run, taken)->index == i)
      taken++;
    else
      array->pdata[kept++] = array->pdata[i];
  /* The records live on in the edit. */
  g_ptr_array_set_free_func (array, NULL);
  g_ptr_array_set_size (array, (int) kept);
  g_ptr_array_set_free_func (array, ptl_records_free_func (run->changes->kind));
}

static void
put_in (PtlPlan *plan, const Run *run)
{
  GPtrArray *array = ptl_records (plan, run->changes->kind);
  guint from = array->len, to = from + run->n, left = run->n;

  g_ptr_array_set_size (array, (int) to);
  while (left > 0)
    {
      const PtlChange *change = in_order (run, left - 1);

      if (--to == change->index)
        {
          array->pdata[to] = change->before != NULL ? change->before : change->after;
          left--;
        }
      else
        array->pdata[to] = array->pdata[--from];
    }
}

static void
replace (PtlPlan *plan, const PtlChange *change, gpointer record)
{
  if (change->kind == PTL_RECORD_PLAN)
    ptl_plan_set_heading (plan, record);
  else
    ptl_records (plan, change->kind)->pdata[change->index] = record;
}

void
ptl_edit_apply (PtlEdit *edit, PtlPlan *plan)
{
  for (guint i = 0; i < edit->changes->len;)
    {
      const PtlChange *change = CHANGE (edit, i);
      Run run;

      if (order_of (change) == 0)
        {
          replace (plan, change, change->after);
          i++;
          continue;
        }
      run = run_at (edit, i);
      if (change->after == NULL)
        take_out (plan, &run);
      else
        put_in (plan, &run);
      i += run.n;
    }
  edit->applied = TRUE;
}

/* The runs in the opposite order: inserted records go, then removed ones come back; what was replaced
 * is independent of both, because removed and inserted ones are as they were then. */
void
ptl_edit_revert (PtlEdit *edit, PtlPlan *plan)
{
  g_autoptr (GArray) firsts = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < edit->changes->len; i += order_of (CHANGE (edit, i)) == 0 ? 1 : run_at (edit, i).n)
    g_array_append_val (firsts, i);
  for (guint i = firsts->len; i-- > 0;)
    {
      guint first = g_array_index (firsts, guint, i);
      const PtlChange *change = CHANGE (edit, first);
      Run run;

      if (order_of (change) == 0)
        {
          replace (plan, change, change->before);
          continue;
        }
      run = run_at (edit, first);
      if (change->after == NULL)
        put_in (plan, &run);
      else
        take_out (plan, &run);
    }
  edit->applied = FALSE;
}

/* The one change of a record that is in the plan once the edit is done, or NULL. */
static PtlChange *
find_change (const PtlEdit *edit, PtlRecordKind kind, guint index)
{
  static char some[1]; /* only whether there is a record counts */
  PtlChange replaced = { kind, index, some, some, FALSE }, inserted = { kind, index, NULL, some, FALSE };
  const GArray *changes = edit->changes;
  PtlChange *found = bsearch (&replaced, changes->data, changes->len, sizeof replaced, compare_changes);

  return found != NULL ? found : bsearch (&inserted, changes->data, changes->len, sizeof inserted, compare_changes);
}

/* The same for who looks on. With an edit that removes records, an index may be another record's. */
const PtlChange *
ptl_edit_find (const PtlEdit *edit, PtlRecordKind kind, guint index)
{
  return find_change (edit, kind, index);
}

static gboolean
has_order (const PtlEdit *edit, int from, int to)
{
  for (guint i = 0; i < edit->changes->len; i++)
    if (order_of (CHANGE (edit, i)) >= from && order_of (CHANGE (edit, i)) <= to)
      return TRUE;
  return FALSE;
}

static void
merge_change (PtlEdit *edit, PtlChange *change, GArray *added)
{
  PtlChange *mine = find_change (edit, change->kind, change->index);

  if (mine == NULL)
    {
      g_array_append_val (added, *change);
      change->moved = TRUE;
      return;
    }
  if (change->kind == PTL_RECORD_PLAN)
    {
      gpointer middle = mine->after;

      mine->after = change->after;
      change->after = middle;
    }
  else
    mine->after = change->after; /* `later` still has the one between them, and frees it */
}

/**
 * ptl_edit_merge:
 * @edit: done just before @later
 * @later: if merged, to be freed; until then it still tells what it changed
 *
 * Only edits with the same key merge, and only what needs no reckoning with moving indices: @edit
 * removes nothing, @later replaces records and no more.
 *
 * Returns: whether @edit now stands for both
 */
gboolean
ptl_edit_merge (PtlEdit *edit, PtlEdit *later)
{
  g_autoptr (GArray) added = NULL;

  if (edit->key == NULL || g_strcmp0 (edit->key, later->key) != 0 || has_order (edit, 1, 1) || has_order (later, 1, 2))
    return FALSE;
  added = g_array_new (FALSE, FALSE, sizeof (PtlChange));
  for (guint i = 0; i < later->changes->len; i++)
    merge_change (edit, CHANGE (later, i), added);
  if (added->len > 0)
    {
      g_array_append_vals (edit->changes, added->data, added->len);
      g_array_sort (edit->changes, compare_changes);
    }
  edit->difference |= later->difference;
  return TRUE;
}

void
ptl_edit_set_name (PtlEdit *edit, const char *name)
{
  ptl_replace_text (&edit->name, name);
}

const char *
ptl_edit_get_name (const PtlEdit *edit)
{
  return edit->name;
}

void
ptl_edit_set_joined (PtlEdit *edit, gboolean joined)
{
  edit->joined = joined;
}

gboolean
ptl_edit_is_joined (const PtlEdit *edit)
{
  return edit->joined;
}

const char *
ptl_edit_get_key (const PtlEdit *edit)
{
  return edit->key;
}

const PtlChange *
ptl_edit_get_changes (const PtlEdit *edit, guint *n)
{
  *n = edit->changes->len;
  return (const PtlChange *) (gpointer) edit->changes->data;
}

PtlDifference
ptl_edit_get_difference (const PtlEdit *edit)
{
  return edit->difference;
}
