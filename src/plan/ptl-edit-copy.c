#include "ptl-edit-copy.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "engine/ptl-hash.h"
#include "ptl-edit-ids.h"
#include "ptl-edit-place-private.h"
#include "ptl-edit-references.h"
#include "ptl-edit-words.h"

/* What is copied: a mark for each zone, firewall and node. */
typedef struct
{
  gboolean *marks[PTL_N_RECORDS];
} Chosen;

typedef struct
{
  PtlHistory *history;
  const PtlPlan *source, *target;
  PtlEdit *edit;
  PtlIds *ids;
  PtlRenames renames; /* ids in the source -> ids of the copies */
  GStringChunk *texts;
  double dx, dy;
  GArray *copies;
  const char *name; /* of the last one */
  guint no_zone, no_site, no_firewall, no_link;
} Copying;

static gboolean
is_chosen (const Chosen *chosen, PtlRecordKind kind, guint index)
{
  return chosen->marks[kind] != NULL && chosen->marks[kind][index];
}

static void
clear_chosen (Chosen *chosen)
{
  for (PtlRecordKind kind = 0; kind < PTL_N_RECORDS; kind++)
    g_free (chosen->marks[kind]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chosen, clear_chosen)

/* The items, and the members of zones among them. */
static Chosen
choose (const PtlPlan *plan, const PtlItem *items, guint n)
{
  Chosen chosen = { { NULL } };
  g_autoptr (GHashTable) zones = g_hash_table_new (ptl_hash_text, g_str_equal);

  for (PtlRecordKind kind = PTL_RECORD_ZONE; kind <= PTL_RECORD_NODE; kind++)
    chosen.marks[kind] = g_new0 (gboolean, ptl_records (plan, kind)->len + 1);
  for (guint i = 0; i < n; i++)
    if (chosen.marks[items[i].kind] != NULL)
      {
        chosen.marks[items[i].kind][items[i].index] = TRUE;
        if (items[i].kind == PTL_RECORD_ZONE)
          g_hash_table_add (zones, ((PtlZone *) plan->zones->pdata[items[i].index])->id);
      }
  for (guint i = 0; i < plan->nodes->len; i++)
    {
      const char *zone = ((const PtlNode *) plan->nodes->pdata[i])->zone;

      if (zone != NULL && g_hash_table_contains (zones, zone))
        chosen.marks[PTL_RECORD_NODE][i] = TRUE;
    }
  return chosen;
}

/* Copying into a plan */

/* What a reference is in the target: the copy, the record of the same id, or NULL. */
static const char *
follow (Copying *c, PtlRecordKind kind, const char *id, guint *missing)
{
  GHashTable *ids = c->renames.ids[kind];
  const char *copy = id != NULL && ids != NULL ? g_hash_table_lookup (ids, id) : NULL;

  if (id == NULL || copy != NULL)
    return copy;
  if (ptl_history_find (c->history, kind, id) >= 0)
    return id;
  ++*missing;
  return NULL;
}

static void
follow_node (Copying *c, PtlNode *node)
{
  ptl_replace_text (&node->zone, follow (c, PTL_RECORD_ZONE, node->zone, &c->no_zone));
  ptl_replace_text (&node->site, follow (c, PTL_RECORD_SITE, node->site, &c->no_site));
}

/* Whether enough of the firewall's zones are there. */
static gboolean
follow_firewall (Copying *c, PtlFirewall *firewall)
{
  guint missing = 0;

  for (guint i = firewall->zones->len; i-- > 0;)
    {
      const char *zone = follow (c, PTL_RECORD_ZONE, firewall->zones->pdata[i], &missing);

      if (zone == NULL)
        g_ptr_array_remove_index (firewall->zones, i);
      else
        ptl_replace_text ((char **) &firewall->zones->pdata[i], zone);
    }
  return firewall->zones->len >= 2;
}

static gboolean
shift (const Copying *c, PtlRecordKind kind, gpointer copy, GError **error)
{
  double *position = ptl_record_position (kind, copy, NULL);

  return isnan (position[0] + position[1])
         || (ptl_edit_set_coordinate (&position[0], position[0] + c->dx, error)
             && ptl_edit_set_coordinate (&position[1], position[1] + c->dy, error));
}

static void
give_id (Copying *c, PtlRecordKind kind, gpointer copy)
{
  char **id = ptl_record_id_field (kind, copy), **name = ptl_record_name_field (kind, copy);
  g_autofree char *old_id = *id, *old_name = *name;

  *id = *name = NULL;
  ptl_ids_copy (c->ids, old_id, old_name, id, name);
  c->name = g_string_chunk_insert (c->texts, *name);
  ptl_renames_add (&c->renames, kind, g_string_chunk_insert (c->texts, old_id), g_string_chunk_insert (c->texts, *id));
}

static gboolean
copy_record (Copying *c, PtlRecordKind kind, guint index, GError **error)
{
  gpointer copy = ptl_record_copy (kind, ptl_record (c->source, kind, index));
  PtlItem item = { kind, 0 };

  if (!shift (c, kind, copy, error))
    {
      ptl_record_free (kind, copy);
      return FALSE;
    }
  if (kind == PTL_RECORD_FIREWALL && !follow_firewall (c, copy))
    {
      ptl_record_free (kind, copy);
      c->no_firewall++;
      return TRUE;
    }
  if (kind == PTL_RECORD_NODE)
    follow_node (c, copy);
  give_id (c, kind, copy);
  item.index = ptl_edit_insert (c->edit, kind, copy);
  g_array_append_val (c->copies, item);
  return TRUE;
}

/* Links that start at a copy; they end at one, or, in the same plan, where they always did. */
static void
copy_links (Copying *c)
{
  GHashTable *ids = c->renames.ids[PTL_RECORD_NODE];

  for (guint i = 0; i < c->source->links->len && ids != NULL; i++)
    {
      const PtlLink *link = c->source->links->pdata[i];
      const char *from = g_hash_table_lookup (ids, link->from), *to = g_hash_table_lookup (ids, link->to);
      PtlLink *copy;

      if (to == NULL && c->source == c->target)
        to = link->to;
      c->no_link += from != NULL && to == NULL;
      if (from == NULL || to == NULL)
        continue;
      copy = ptl_record_copy (PTL_RECORD_LINK, link);
      ptl_replace_text (&copy->from, from);
      ptl_replace_text (&copy->to, to);
      ptl_edit_insert (c->edit, PTL_RECORD_LINK, copy);
    }
}

/* Zones come first: what else is copied refers to them. */
static gboolean
copy_all (Copying *c, const Chosen *chosen, GError **error)
{
  static const PtlRecordKind order[] = { PTL_RECORD_ZONE, PTL_RECORD_FIREWALL, PTL_RECORD_NODE };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    for (guint k = 0; k < ptl_records (c->source, order[i])->len; k++)
      if (is_chosen (chosen, order[i], k) && !copy_record (c, order[i], k, error))
        return FALSE;
  copy_links (c);
  return TRUE;
}

static void
add_dropped (GString *text, const char *format, guint n)
{
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_auto (GStrv) parts = n > 0 ? g_strsplit (format, "%u", 2) : NULL;
  g_autofree char *line = n > 0 ? g_strjoinv (number, parts) : NULL;

  if (line != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

/* What the plan lacks, in words, or NULL. */
static char *
dropped_words (const Copying *c)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_dropped (text,
               g_dngettext (GETTEXT_PACKAGE, "%u node is in no zone, because this plan does not have its zone.",
                            "%u nodes are in no zone, because this plan does not have their zones.", c->no_zone),
               c->no_zone);
  add_dropped (text,
               g_dngettext (GETTEXT_PACKAGE, "%u node is without a site, because this plan does not have its site.",
                            "%u nodes are without a site, because this plan does not have their sites.", c->no_site),
               c->no_site);
  add_dropped (
      text,
      g_dngettext (GETTEXT_PACKAGE, "%u firewall was left out, because this plan does not have two of its zones.",
                   "%u firewalls were left out, because this plan does not have two of their zones.", c->no_firewall),
      c->no_firewall);
  add_dropped (text,
               g_dngettext (GETTEXT_PACKAGE, "%u link was left out, because this plan does not have its other end.",
                            "%u links were left out, because this plan does not have their other ends.", c->no_link),
               c->no_link);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static gboolean
push_copies (PtlHistory *history, const PtlPlan *source, const Chosen *chosen, double dx, double dy, const char *format,
             GArray **copies, char **dropped, GError **error)
{
  PtlPlan *plan = ptl_history_get_plan (history);
  g_autoptr (PtlEdit) edit = ptl_edit_new (plan);
  g_autoptr (PtlIds) ids = ptl_ids_new (plan);
  g_autoptr (GArray) made = g_array_new (FALSE, FALSE, sizeof (PtlItem));
  Copying c = { .history = history,
                .source = source,
                .target = plan,
                .edit = edit,
                .ids = ids,
                .texts = g_string_chunk_new (1024),
                .dx = dx,
                .dy = dy,
                .copies = made };
  gboolean done = copy_all (&c, chosen, error);
  g_autofree char *name = made->len == 1 ? ptl_words_with (format, c.name)
                                         : ptl_words (format, NULL, (const PtlItem *) (gpointer) made->data, made->len);

  ptl_renames_clear (&c.renames);
  g_string_chunk_free (c.texts);
  if (!done || !ptl_history_push (history, g_steal_pointer (&edit), g_steal_pointer (&name), NULL, error))
    return FALSE;
  if (dropped != NULL)
    *dropped = dropped_words (&c);
  if (copies != NULL)
    *copies = g_steal_pointer (&made);
  return TRUE;
}

gboolean
ptl_edit_duplicate (PtlHistory *history, const PtlItem *items, guint n, double dx, double dy, GArray **copies,
                    char **dropped, GError **error)
{
  PtlPlan *plan = ptl_history_get_plan (history);
  g_auto (Chosen) chosen = choose (plan, items, n);

  return push_copies (history, plan, &chosen, dx, dy, _ ("Duplicate %s"), copies, dropped, error);
}

/* Whether the zone was copied, or only is what others refer to. */
static gboolean
has_place (const PtlZone *zone)
{
  return !isnan (zone->x + zone->y + zone->width + zone->height);
}

/**
 * ptl_edit_paste:
 * @clip: as ptl_plan_extract () makes it, of the same catalogue
 */
gboolean
ptl_edit_paste (PtlHistory *history, const PtlPlan *clip, double dx, double dy, GArray **copies, char **dropped,
                GError **error)
{
  g_auto (Chosen) chosen = choose (clip, NULL, 0);

  for (guint i = 0; i < clip->zones->len; i++)
    chosen.marks[PTL_RECORD_ZONE][i] = has_place (clip->zones->pdata[i]);
  for (guint i = 0; i < clip->firewalls->len; i++)
    chosen.marks[PTL_RECORD_FIREWALL][i] = TRUE;
  for (guint i = 0; i < clip->nodes->len; i++)
    chosen.marks[PTL_RECORD_NODE][i] = TRUE;
  return push_copies (history, clip, &chosen, dx, dy, _ ("Paste %s"), copies, dropped, error);
}

/* Extracting */

/* Marks the zones and sites that the chosen things refer to. */
static void
choose_references (const PtlPlan *plan, const Chosen *chosen, Chosen *referred)
{
  g_autoptr (PtlPlanIndex) index = ptl_plan_index_new_for_plan (plan);
  int place;

  referred->marks[PTL_RECORD_SITE] = g_new0 (gboolean, plan->sites->len + 1);
  referred->marks[PTL_RECORD_ZONE] = g_new0 (gboolean, plan->zones->len + 1);
  for (guint i = 0; i < plan->nodes->len; i++)
    {
      const PtlNode *node = plan->nodes->pdata[i];

      if (!is_chosen (chosen, PTL_RECORD_NODE, i))
        continue;
      if (node->zone != NULL && (place = ptl_plan_index_find (index, PTL_THING_ZONE, node->zone)) >= 0)
        referred->marks[PTL_RECORD_ZONE][place] = TRUE;
      if (node->site != NULL && (place = ptl_plan_index_find (index, PTL_THING_SITE, node->site)) >= 0)
        referred->marks[PTL_RECORD_SITE][place] = TRUE;
    }
  for (guint i = 0; i < plan->firewalls->len; i++)
    for (guint k = 0; is_chosen (chosen, PTL_RECORD_FIREWALL, i)
                      && k < ((const PtlFirewall *) plan->firewalls->pdata[i])->zones->len;
         k++)
      {
        place = ptl_plan_index_find (index, PTL_THING_ZONE,
                                     ((const PtlFirewall *) plan->firewalls->pdata[i])->zones->pdata[k]);
        if (place >= 0)
          referred->marks[PTL_RECORD_ZONE][place] = TRUE;
      }
}

static gpointer
extract_one (const PtlPlan *plan, PtlPlan *clip, PtlRecordKind kind, guint index)
{
  gpointer copy = ptl_record_copy (kind, ptl_record (plan, kind, index));

  g_ptr_array_add (ptl_records (clip, kind), copy);
  return copy;
}

static void
extract_referred (const PtlPlan *plan, PtlPlan *clip, const Chosen *chosen, const Chosen *referred)
{
  for (guint i = 0; i < plan->sites->len; i++)
    if (is_chosen (referred, PTL_RECORD_SITE, i))
      ptl_replace_text (&((PtlSite *) extract_one (plan, clip, PTL_RECORD_SITE, i))->parent, NULL);
  for (guint i = 0; i < plan->zones->len; i++)
    if (!is_chosen (chosen, PTL_RECORD_ZONE, i) && is_chosen (referred, PTL_RECORD_ZONE, i))
      {
        PtlZone *zone = extract_one (plan, clip, PTL_RECORD_ZONE, i);

        zone->x = zone->y = zone->width = zone->height = NAN;
      }
}

static void
extract_links (const PtlPlan *plan, PtlPlan *clip)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (ptl_hash_text, g_str_equal);

  for (guint i = 0; i < clip->nodes->len; i++)
    g_hash_table_add (ids, ((PtlNode *) clip->nodes->pdata[i])->id);
  for (guint i = 0; i < plan->links->len; i++)
    {
      const PtlLink *link = plan->links->pdata[i];

      if (g_hash_table_contains (ids, link->from) && g_hash_table_contains (ids, link->to))
        extract_one (plan, clip, PTL_RECORD_LINK, i);
    }
}

/**
 * ptl_plan_extract:
 * @items: zones, firewalls and nodes; others are passed over
 *
 * Returns: (transfer full): a plan with copies of them
 */
PtlPlan *
ptl_plan_extract (const PtlPlan *plan, const PtlItem *items, guint n)
{
  PtlPlan *clip = ptl_plan_new (plan->catalogue);
  g_auto (Chosen) chosen = choose (plan, items, n);
  g_auto (Chosen) referred = { { NULL } };

  choose_references (plan, &chosen, &referred);
  extract_referred (plan, clip, &chosen, &referred);
  for (PtlRecordKind kind = PTL_RECORD_ZONE; kind <= PTL_RECORD_NODE; kind++)
    for (guint i = 0; i < ptl_records (plan, kind)->len; i++)
      if (is_chosen (&chosen, kind, i))
        extract_one (plan, clip, kind, i);
  extract_links (plan, clip);
  return clip;
}
