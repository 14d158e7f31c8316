#include <string.h>

#include "ptl-session-private.h"

/* The selection is kept by ids: indices are others after an edit. */

static char *
key (PtlRecordKind kind, const char *id)
{
  return g_strdup_printf ("%c%s", '0' + (char) kind, id);
}

static char *
item_key (PtlSession *self, PtlItem item)
{
  return key (item.kind, ptl_record_id (item.kind, ptl_record (ptl_session_get_plan (self), item.kind, item.index)));
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const PtlItem *one = a, *other = b;

  if (one->kind != other->kind)
    return one->kind < other->kind ? -1 : 1;
  return (one->index > other->index) - (one->index < other->index);
}

/* Finds the selected things again. Returns whether some are gone. */
static gboolean
resolve_selection (PtlSession *self)
{
  guint before = self->ids->len;

  g_array_set_size (self->selected, 0);
  g_hash_table_remove_all (self->known);
  for (guint i = 0; i < self->ids->len;)
    {
      const char *text = self->ids->pdata[i];
      PtlRecordKind kind = (PtlRecordKind) (text[0] - '0');
      int index = ptl_history_find (self->history, kind, text + 1);
      PtlItem item = { kind, (guint) index };

      if (index < 0)
        {
          g_ptr_array_remove_index (self->ids, i);
          continue;
        }
      g_array_append_val (self->selected, item);
      g_hash_table_add (self->known, self->ids->pdata[i]);
      i++;
    }
  g_array_sort (self->selected, compare_items);
  return self->ids->len < before;
}

/* What got another id stays selected. */
static void
follow_ids (PtlSession *self, const PtlTouched *touched)
{
  for (guint i = 0; i < touched->n_changes && self->ids->len > 0; i++)
    {
      const PtlChange *change = &touched->changes[i];
      const char *before = change->before != NULL ? ptl_record_id (change->kind, change->before) : NULL;
      const char *after = change->after != NULL ? ptl_record_id (change->kind, change->after) : NULL;
      const char *old = touched->reverted ? after : before, *new = touched->reverted ? before : after;
      g_autofree char *text = NULL;
      guint place;

      if (old == NULL || new == NULL || g_str_equal (old, new))
        continue;
      text = key (change->kind, old);
      if (g_ptr_array_find_with_equal_func (self->ids, text, g_str_equal, &place))
        {
          g_free (self->ids->pdata[place]);
          self->ids->pdata[place] = key (change->kind, new);
        }
    }
}

/* New nodes belong to the site that a person last chose, or chose a member of. */
static void
remember_site (PtlSession *self)
{
  PtlPlan *plan = ptl_session_get_plan (self);
  const char *code = NULL;

  for (guint i = 0; i < self->selected->len; i++)
    {
      PtlItem item = g_array_index (self->selected, PtlItem, i);

      if (item.kind == PTL_RECORD_SITE)
        code = ((PtlSite *) plan->sites->pdata[item.index])->code;
      else if (item.kind == PTL_RECORD_NODE && ((PtlNode *) plan->nodes->pdata[item.index])->site != NULL)
        code = ((PtlNode *) plan->nodes->pdata[item.index])->site;
    }
  if (code != NULL && g_strcmp0 (code, self->site) != 0)
    ptl_replace_text (&self->site, code);
}

gboolean
ptl_session_follow_selection (PtlSession *self, const PtlTouched *touched)
{
  gboolean lost;

  follow_ids (self, touched);
  lost = resolve_selection (self);
  remember_site (self);
  return lost;
}

void
ptl_session_deselect (PtlSession *self)
{
  g_hash_table_remove_all (self->known);
  g_ptr_array_set_size (self->ids, 0);
  g_array_set_size (self->selected, 0);
}

static void
take_selected (PtlSession *self, const PtlItem *items, guint n, PtlSelectMode mode)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = item_key (self, items[i]);
      guint place;

      if (!g_hash_table_contains (self->known, text))
        {
          g_hash_table_add (self->known, text);
          g_ptr_array_add (self->ids, g_steal_pointer (&text));
        }
      else if (mode == PTL_SELECT_TOGGLE && g_ptr_array_find_with_equal_func (self->ids, text, g_str_equal, &place))
        {
          g_hash_table_remove (self->known, text);
          g_ptr_array_remove_index (self->ids, place);
        }
    }
}

/* Selects the items alone, too, or changes whether each is selected. Items of other kinds than sites,
 * zones, firewalls and nodes are not allowed. */
void
ptl_session_select (PtlSession *self, const PtlItem *items, guint n, PtlSelectMode mode)
{
  g_autoptr (GArray) before = g_array_copy (self->selected);

  gboolean had_focus = self->focus != PTL_FOCUS_NONE;

  if (mode == PTL_SELECT_ONLY)
    ptl_session_deselect (self);
  self->focus = PTL_FOCUS_NONE;
  take_selected (self, items, n, mode);
  resolve_selection (self);
  remember_site (self);
  if (had_focus || before->len != self->selected->len
      || (before->len > 0 && memcmp (before->data, self->selected->data, before->len * sizeof (PtlItem)) != 0))
    g_signal_emit (self, ptl_session_signals[PTL_SESSION_SELECTION_CHANGED], 0);
}

/* All zones, firewalls and nodes: what stands on the canvas. */
void
ptl_session_select_all (PtlSession *self)
{
  static const PtlRecordKind kinds[] = { PTL_RECORD_ZONE, PTL_RECORD_FIREWALL, PTL_RECORD_NODE };
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (PtlItem));

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < ptl_records (ptl_session_get_plan (self), kinds[k])->len; i++)
      {
        PtlItem item = { kinds[k], i };

        g_array_append_val (items, item);
      }
  ptl_session_select (self, (const PtlItem *) (gpointer) items->data, items->len, PTL_SELECT_ONLY);
}

/* By kind and index; the session's, valid until the next edit or selection. */
const PtlItem *
ptl_session_get_selected (PtlSession *self, guint *n)
{
  *n = self->selected->len;
  return (const PtlItem *) (gpointer) self->selected->data;
}

gboolean
ptl_session_is_selected (PtlSession *self, PtlItem item)
{
  return self->selected->len > 0
         && bsearch (&item, self->selected->data, self->selected->len, sizeof (PtlItem), compare_items) != NULL;
}

guint
ptl_session_count_selected (PtlSession *self, PtlRecordKind kind)
{
  guint n = 0;

  for (guint i = 0; i < self->selected->len; i++)
    n += g_array_index (self->selected, PtlItem, i).kind == kind;
  return n;
}

/* The site that a new node gets: the one used last, else the first; -1 when there is none. */
int
ptl_session_get_site (PtlSession *self)
{
  int site = ptl_history_find (self->history, PTL_RECORD_SITE, self->site);

  return site < 0 && ptl_session_get_plan (self)->sites->len > 0 ? 0 : site;
}

void
ptl_session_init_selection (PtlSession *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->known = g_hash_table_new (g_str_hash, g_str_equal);
  self->selected = g_array_new (FALSE, FALSE, sizeof (PtlItem));
}

void
ptl_session_finalize_selection (PtlSession *self)
{
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->ids);
  g_array_unref (self->selected);
  g_free (self->site);
}
