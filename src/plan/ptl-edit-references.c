#include "ptl-edit-references.h"

#include "engine/ptl-hash.h"

/**
 * ptl_renames_add:
 * @id: must live as long as the renames
 * @new_id: (nullable): likewise; NULL: the record goes
 */
void
ptl_renames_add (PtlRenames *renames, PtlRecordKind kind, const char *id, const char *new_id)
{
  if (renames->ids[kind] == NULL)
    renames->ids[kind] = g_hash_table_new (ptl_hash_text, g_str_equal);
  g_hash_table_insert (renames->ids[kind], (gpointer) id, (gpointer) new_id);
}

void
ptl_renames_clear (PtlRenames *renames)
{
  for (guint i = 0; i < PTL_N_RECORDS; i++)
    g_clear_pointer (&renames->ids[i], g_hash_table_unref);
}

void
ptl_lost_clear (PtlLost *lost)
{
  g_clear_pointer (&lost->firewalls, g_ptr_array_unref);
}

static void
lose_firewall (PtlEdit *edit, guint index, PtlLost *lost)
{
  const PtlFirewall *firewall = ptl_record (ptl_edit_get_plan (edit), PTL_RECORD_FIREWALL, index);

  ptl_edit_remove (edit, PTL_RECORD_FIREWALL, index);
  if (lost->firewalls == NULL)
    lost->firewalls = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (lost->firewalls, g_strdup (firewall->name));
}

/* Whether one of the zones is renamed or goes. */
static gboolean
any_renamed (GHashTable *ids, const GPtrArray *zones)
{
  for (guint i = 0; i < zones->len; i++)
    if (g_hash_table_contains (ids, zones->pdata[i]))
      return TRUE;
  return FALSE;
}

static void
follow_firewall (PtlEdit *edit, guint index, GHashTable *ids, guint *cut, PtlLost *lost)
{
  const PtlFirewall *old = ptl_record (ptl_edit_get_plan (edit), PTL_RECORD_FIREWALL, index);
  GPtrArray *zones;

  if (!any_renamed (ids, old->zones))
    return;
  zones = ((PtlFirewall *) ptl_edit_change (edit, PTL_RECORD_FIREWALL, index))->zones;
  for (guint i = zones->len; i-- > 0;)
    {
      gpointer new_id;

      if (!g_hash_table_lookup_extended (ids, zones->pdata[i], NULL, &new_id))
        continue;
      if (new_id == NULL)
        g_ptr_array_remove_index (zones, i);
      else
        ptl_replace_text ((char **) &zones->pdata[i], new_id);
    }
  if (zones->len < 2)
    lose_firewall (edit, index, lost);
  else if (zones->len < old->zones->len)
    ++*cut;
}

static void
follow_record (PtlEdit *edit, const PtlRecordReference *reference, guint index, GHashTable *ids, guint *cut)
{
  gconstpointer old = ptl_record (ptl_edit_get_plan (edit), reference->kind, index);
  const char *id = G_STRUCT_MEMBER (char *, old, reference->offset);
  gpointer new_id;

  if (id == NULL || !g_hash_table_lookup_extended (ids, id, NULL, &new_id))
    return;
  *cut += new_id == NULL;
  if (new_id == NULL && reference->kind == PTL_RECORD_LINK) /* it needs both its ends */
    ptl_edit_remove (edit, PTL_RECORD_LINK, index);
  else
    ptl_replace_text (G_STRUCT_MEMBER_P (ptl_edit_change (edit, reference->kind, index), reference->offset), new_id);
}

/**
 * ptl_edit_follow:
 * @edit: everything that goes is already removed in it
 * @lost: is added to
 *
 * Lets every reference follow its record, and cuts those to records that go. A link with one end goes,
 * and so does a firewall with fewer than two zones.
 */
void
ptl_edit_follow (PtlEdit *edit, const PtlRenames *renames, PtlLost *lost)
{
  for (guint i = 0; i < PTL_N_REFERENCES; i++)
    {
      const PtlRecordReference *reference = &ptl_references[i];
      GHashTable *ids = renames->ids[reference->to];
      guint n = ptl_records (ptl_edit_get_plan (edit), reference->kind)->len;

      for (guint k = 0; k < n && ids != NULL; k++)
        if (ptl_edit_removes (edit, reference->kind, k))
          continue;
        else if (reference->kind == PTL_RECORD_FIREWALL)
          follow_firewall (edit, k, ids, &lost->cut[i], lost);
        else
          follow_record (edit, reference, k, ids, &lost->cut[i]);
    }
}
