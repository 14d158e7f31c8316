#include <glib/gi18n.h>
#include <string.h>

#include "plan/ptl-edit-add.h"
#include "plan/ptl-edit-delete.h"
#include "ptl-relations.h"

/* Zones of a firewall */

static gboolean
always (PtlTopic *topic, PtlDetail detail)
{
  return TRUE;
}

static gboolean
joins (const PtlFirewall *firewall, const char *zone)
{
  return g_ptr_array_find_with_equal_func (firewall->zones, zone, g_str_equal, NULL);
}

static void
add_zones (PtlTopic *topic, PtlChoices *choices, gboolean joined)
{
  const PtlFirewall *firewall = ptl_topic_get_record (topic);
  const GPtrArray *zones = ptl_topic_get_plan (topic)->zones;

  for (guint i = 0; i < zones->len; i++)
    {
      const PtlZone *zone = zones->pdata[i];

      if (joins (firewall, zone->id) == joined)
        ptl_choices_add (choices, zone->id, zone->name);
    }
}

static void
list_zones (PtlTopic *topic, PtlDetail detail, PtlChoices *choices)
{
  add_zones (topic, choices, TRUE);
}

static void
find_zones (PtlTopic *topic, PtlDetail detail, PtlChoices *choices)
{
  add_zones (topic, choices, FALSE);
}

static guint
index_of (PtlTopic *topic)
{
  guint n;

  return ptl_topic_get_items (topic, &n)->index;
}

static gboolean
join_zone (PtlTopic *topic, PtlDetail detail, const char *key, GError **error)
{
  PtlHistory *history = ptl_topic_get_history (topic);

  return ptl_edit_join_zone (history, index_of (topic), (guint) ptl_history_find (history, PTL_RECORD_ZONE, key),
                             error);
}

static gboolean
leave_zone (PtlTopic *topic, PtlDetail detail, const char *key, GError **error)
{
  PtlHistory *history = ptl_topic_get_history (topic);

  return ptl_edit_leave_zone (history, index_of (topic), (guint) ptl_history_find (history, PTL_RECORD_ZONE, key),
                              error);
}

const PtlRelationKind ptl_firewall_zones = {
  .add = N_ ("Join a Zone…"),
  .list = list_zones,
  .candidates = find_zones,
  .applies = always,
  .join = join_zone,
  .part = leave_zone,
};

/* Links of a node. The catalogue's rules say between which roles there can be some. */

static gboolean
has_role (const PtlNode *node, const PtlRule *rule, gboolean from)
{
  if (!from)
    return ptl_node_find_role (node, rule->to) != NULL;
  for (guint i = 0; i < rule->n_from; i++)
    if (ptl_node_find_role (node, rule->from[i].role) != NULL)
      return TRUE;
  return FALSE;
}

/* Whether the node has a role at that end of a rule for the links. */
static gboolean
can_link (const PtlCatalogue *catalogue, const PtlNode *node, guint kind, gboolean from)
{
  for (guint i = 0; i < catalogue->rules->len; i++)
    {
      const PtlRule *rule = ptl_catalogue_rule (catalogue, i);

      if (rule->link == (int) kind && has_role (node, rule, from))
        return TRUE;
    }
  return FALSE;
}

/* The other ends of the node's links. */
static void
add_links (PtlTopic *topic, guint kind, gboolean from, PtlChoices *choices)
{
  const PtlPlan *plan = ptl_topic_get_plan (topic);
  const PtlNode *node = ptl_topic_get_record (topic);

  for (guint i = 0; i < plan->links->len; i++)
    {
      const PtlLink *link = plan->links->pdata[i];
      const char *own = from ? link->from : link->to, *other = from ? link->to : link->from;
      int index;

      if (link->kind != kind || strcmp (own, node->id) != 0)
        continue;
      index = ptl_history_find (ptl_topic_get_history (topic), PTL_RECORD_NODE, other);
      ptl_choices_add (choices, other, ((const PtlNode *) plan->nodes->pdata[index])->name);
    }
}

static void
list_links_from (PtlTopic *topic, PtlDetail detail, PtlChoices *choices)
{
  add_links (topic, detail.which, TRUE, choices);
}

static void
list_links_to (PtlTopic *topic, PtlDetail detail, PtlChoices *choices)
{
  add_links (topic, detail.which, FALSE, choices);
}

static void
find_targets (PtlTopic *topic, PtlDetail detail, PtlChoices *choices)
{
  const PtlPlan *plan = ptl_topic_get_plan (topic);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  PtlChoices linked = { keys, titles };

  add_links (topic, detail.which, TRUE, &linked);
  for (guint i = 0; i < plan->nodes->len; i++)
    {
      const PtlNode *node = plan->nodes->pdata[i];

      if (node != ptl_topic_get_record (topic) && can_link (plan->catalogue, node, detail.which, FALSE)
          && !g_ptr_array_find_with_equal_func (keys, node->id, g_str_equal, NULL))
        ptl_choices_add (choices, node->id, node->name);
    }
}

static gboolean
can_be_linked (PtlTopic *topic, PtlDetail detail)
{
  return can_link (ptl_topic_get_plan (topic)->catalogue, ptl_topic_get_record (topic), detail.which, TRUE);
}

static gboolean
add_link (PtlTopic *topic, PtlDetail detail, const char *key, GError **error)
{
  PtlHistory *history = ptl_topic_get_history (topic);

  return ptl_edit_add_link (history, detail.which, index_of (topic),
                            (guint) ptl_history_find (history, PTL_RECORD_NODE, key), error);
}

static gboolean
delete_link (PtlTopic *topic, guint kind, const char *from, const char *to, GError **error)
{
  const GPtrArray *links = ptl_topic_get_plan (topic)->links;

  for (guint i = 0; i < links->len; i++)
    {
      const PtlLink *link = links->pdata[i];
      PtlItem item = { PTL_RECORD_LINK, i };

      if (link->kind == kind && strcmp (link->from, from) == 0 && strcmp (link->to, to) == 0)
        return ptl_edit_delete (ptl_topic_get_history (topic), &item, 1, error);
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
delete_link_from (PtlTopic *topic, PtlDetail detail, const char *key, GError **error)
{
  const PtlNode *node = ptl_topic_get_record (topic);

  return delete_link (topic, detail.which, node->id, key, error);
}

static gboolean
delete_link_to (PtlTopic *topic, PtlDetail detail, const char *key, GError **error)
{
  const PtlNode *node = ptl_topic_get_record (topic);

  return delete_link (topic, detail.which, key, node->id, error);
}

const PtlRelationKind ptl_links_from = {
  .add = N_ ("Add a Source…"),
  .list = list_links_from,
  .candidates = find_targets,
  .applies = can_be_linked,
  .join = add_link,
  .part = delete_link_from,
};

const PtlRelationKind ptl_links_to = {
  .list = list_links_to,
  .part = delete_link_to,
};
