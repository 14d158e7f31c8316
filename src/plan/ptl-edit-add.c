#include "ptl-edit-add.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "ptl-edit-ids.h"
#include "ptl-edit-place-private.h"
#include "ptl-edit-place.h"
#include "ptl-edit-sites-private.h"
#include "ptl-edit-words.h"
#include "ptl-plan-check.h"

/* Inserts the record and pushes the edit: "Add MP01". */
static gboolean
push_new (PtlHistory *history, PtlEdit *edit, PtlRecordKind kind, gpointer record, guint *index, GError **error)
{
  char *name = ptl_words_with (_ ("Add %s"), ptl_record_name (kind, record));
  guint place = ptl_edit_insert (edit, kind, record);

  if (!ptl_history_push (history, edit, name, NULL, error))
    return FALSE;
  if (index != NULL)
    *index = place;
  return TRUE;
}

/* Sets the coordinates of a new record. */
static gboolean
place_new (PtlRecordKind kind, gpointer record, const PtlArea *area, GError **error)
{
  double *size, *position = ptl_record_position (kind, record, &size);

  return ptl_edit_set_coordinate (&position[0], area->x, error)
         && ptl_edit_set_coordinate (&position[1], area->y, error)
         && (size == NULL
             || (ptl_edit_set_coordinate (&size[0], area->width, error)
                 && ptl_edit_set_coordinate (&size[1], area->height, error)));
}

/* Nodes */

/* An id as a title suggests it: "azure-logic-app". */
static char *
id_of_title (const char *title)
{
  g_autofree char *id = g_ascii_strdown (title, -1);

  g_strcanon (id, G_CSET_a_2_z G_CSET_DIGITS, '-');
  return g_strconcat (g_ascii_isalpha (id[0]) ? "" : "node-", id, NULL);
}

static void
name_node (const PtlPlan *plan, const PtlRole *role, PtlNode *node)
{
  g_autoptr (PtlIds) ids = ptl_ids_new (plan);
  g_autofree char *name
      = role->short_name != NULL ? g_strconcat (role->short_name, "00", NULL) : g_strdup (role->title);
  g_autofree char *id = id_of_title (name);

  g_clear_pointer (&node->id, g_free);
  g_clear_pointer (&node->name, g_free);
  ptl_ids_number (ids, id, name, &node->id, &node->name);
}

/* A node with one role, in the smallest zone under its middle. */
static PtlNode *
new_node (const PtlPlan *plan, guint role, const char *site, double x, double y, GError **error)
{
  PtlNode *node = ptl_node_new ();
  PtlArea area = { x, y, 0, 0 };
  int zone;

  if (!place_new (PTL_RECORD_NODE, node, &area, error))
    {
      ptl_node_free (node);
      return NULL;
    }
  name_node (plan, ptl_catalogue_role (plan->catalogue, role), node);
  g_ptr_array_add (node->roles, ptl_node_role_new (plan->catalogue, role));
  ptl_replace_text (&node->site, site);
  zone = ptl_plan_zone_at (plan, node->x + PTL_NODE_WIDTH / 2.0, node->y + PTL_NODE_HEIGHT / 2.0);
  if (zone >= 0)
    ptl_replace_text (&node->zone, ((const PtlZone *) plan->zones->pdata[zone])->id);
  return node;
}

gboolean
ptl_edit_add_node (PtlHistory *history, guint role, int site, double x, double y, guint *index, GError **error)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  const char *code = site >= 0 ? ((const PtlSite *) plan->sites->pdata[site])->code : NULL;
  PtlNode *node = new_node (plan, role, code, x, y, error);

  return node != NULL && push_new (history, ptl_edit_new (plan), PTL_RECORD_NODE, node, index, error);
}

/* Sites */

/* A site of the one kind stands below one of the other. */
static gboolean
can_be_parent (PtlSiteKind parent, PtlSiteKind kind)
{
  return (kind == PTL_SITE_PRIMARY && parent == PTL_SITE_CAS)
         || (kind == PTL_SITE_SECONDARY && parent == PTL_SITE_PRIMARY);
}

static int
find_parent (PtlHistory *history, PtlSiteKind kind, int near)
{
  const GPtrArray *sites = ptl_history_get_plan (history)->sites;

  /* A file may have a cycle. */
  for (guint steps = 0; near >= 0 && steps < sites->len; steps++)
    {
      const PtlSite *site = sites->pdata[near];

      if (can_be_parent (site->kind, kind))
        return near;
      near = ptl_history_find (history, PTL_RECORD_SITE, site->parent);
    }
  for (guint i = 0; i < sites->len; i++)
    if (can_be_parent (((const PtlSite *) sites->pdata[i])->kind, kind))
      return (int) i;
  return -1;
}

/* What stands on the server of a new site. */
static const char *const server_roles[][4] = {
  [PTL_SITE_CAS] = { "site-server", "sms-provider", "sql-server" },
  [PTL_SITE_PRIMARY] = { "site-server", "sms-provider", "sql-server" },
  [PTL_SITE_SECONDARY] = { "site-server", "management-point", "distribution-point", "sql-server" },
};

/* The roles that the catalogue has, the first of which the node is called by. */
static PtlNode *
new_site_server (const PtlPlan *plan, const PtlSite *site, double x, double y, GError **error)
{
  PtlNode *node = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (server_roles[0]) && server_roles[site->kind][i] != NULL; i++)
    {
      int role = ptl_catalogue_find_role (plan->catalogue, server_roles[site->kind][i]);

      if (role < 0)
        continue;
      if (node != NULL)
        g_ptr_array_add (node->roles, ptl_node_role_new (plan->catalogue, (guint) role));
      else if ((node = new_node (plan, (guint) role, site->code, x, y, error)) == NULL)
        return NULL;
    }
  return node;
}

gboolean
ptl_edit_place_site (PtlHistory *history, PtlSiteKind kind, int near, double x, double y, guint *index, GError **error)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  PtlSite *site = ptl_edit_make_site (history, kind, find_parent (history, kind, near), error);
  PtlNode *node = site != NULL ? new_site_server (plan, site, x, y, error) : NULL;
  PtlEdit *edit;
  guint place;

  if (node == NULL)
    {
      ptl_site_free (site);
      return FALSE;
    }
  edit = ptl_edit_new (plan);
  ptl_edit_insert (edit, PTL_RECORD_SITE, site);
  place = ptl_edit_insert (edit, PTL_RECORD_NODE, node);
  if (!ptl_history_push (history, edit, ptl_words_with (_ ("Add site %s"), site->code), NULL, error))
    return FALSE;
  if (index != NULL)
    *index = place;
  return TRUE;
}

/* Zones */

static const char *
zone_name (PtlZoneKind kind)
{
  switch (kind)
    {
    case PTL_ZONE_INTRANET:
      return _ ("Intranet");
    case PTL_ZONE_PERIMETER:
      return _ ("Perimeter");
    case PTL_ZONE_INTERNET:
      return _ ("Internet");
    case PTL_ZONE_CLOUD:
      return _ ("Cloud");
    }
  return "";
}

static PtlZone *
new_zone (const PtlPlan *plan, PtlZoneKind kind)
{
  g_autoptr (PtlIds) ids = ptl_ids_new (plan);
  PtlZone *zone = ptl_zone_new ();

  zone->kind = kind;
  g_clear_pointer (&zone->id, g_free);
  g_clear_pointer (&zone->name, g_free);
  ptl_ids_number (ids, ptl_zone_kind_names[kind], zone_name (kind), &zone->id, &zone->name);
  return zone;
}

/* Who draws a zone around servers means them; those that are in another zone are spoken for. */
static void
adopt_nodes (PtlEdit *edit, const PtlZone *zone)
{
  const PtlPlan *plan = ptl_edit_get_plan (edit);

  for (guint i = 0; i < plan->nodes->len; i++)
    {
      const PtlNode *node = plan->nodes->pdata[i];
      double x = node->x + PTL_NODE_WIDTH / 2.0, y = node->y + PTL_NODE_HEIGHT / 2.0;

      if (node->zone == NULL && x >= zone->x && x <= zone->x + zone->width && y >= zone->y
          && y <= zone->y + zone->height)
        ptl_replace_text (&((PtlNode *) ptl_edit_change (edit, PTL_RECORD_NODE, i))->zone, zone->id);
    }
}

gboolean
ptl_edit_add_zone (PtlHistory *history, PtlZoneKind kind, double x, double y, double width, double height, guint *index,
                   GError **error)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  PtlArea area = { x, y, width, height };
  PtlZone *zone = new_zone (plan, kind);
  PtlEdit *edit;

  if (!ptl_edit_check_size (width, height, error) || !place_new (PTL_RECORD_ZONE, zone, &area, error))
    {
      ptl_zone_free (zone);
      return FALSE;
    }
  edit = ptl_edit_new (plan);
  adopt_nodes (edit, zone);
  return push_new (history, edit, PTL_RECORD_ZONE, zone, index, error);
}

/* Firewalls */

/* How far a point is from the zone, which it may stand in. */
static double
distance (const PtlZone *zone, double x, double y)
{
  double dx = MAX (MAX (zone->x - x, x - zone->x - zone->width), 0);
  double dy = MAX (MAX (zone->y - y, y - zone->y - zone->height), 0);

  return isnan (zone->x + zone->y + zone->width + zone->height) ? INFINITY : dx * dx + dy * dy;
}

/* The places of the two nearest zones, in the order of the plan. */
static void
nearest_zones (const PtlPlan *plan, double x, double y, guint zones[2])
{
  double distances[2] = { INFINITY, INFINITY };

  zones[0] = 0;
  zones[1] = 1;
  for (guint i = 0; i < plan->zones->len; i++)
    {
      double own = distance (plan->zones->pdata[i], x, y);

      if (own < distances[0])
        {
          distances[1] = distances[0];
          zones[1] = isinf (distances[0]) ? zones[1] : zones[0];
          distances[0] = own;
          zones[0] = i;
        }
      else if (own < distances[1])
        {
          distances[1] = own;
          zones[1] = i;
        }
    }
  if (zones[0] == zones[1]) /* only one has a place */
    zones[1] = zones[0] == 0 ? 1 : 0;
  if (zones[0] > zones[1])
    {
      guint first = zones[1];

      zones[1] = zones[0];
      zones[0] = first;
    }
}

static gboolean
joins (const PtlFirewall *firewall, const char *zone, guint *place)
{
  return g_ptr_array_find_with_equal_func (firewall->zones, zone, g_str_equal, place);
}

static PtlFirewall *
new_firewall (const PtlPlan *plan, const guint *zones, guint n)
{
  g_autoptr (PtlIds) ids = ptl_ids_new (plan);
  PtlFirewall *firewall = ptl_firewall_new ();

  g_clear_pointer (&firewall->id, g_free);
  g_clear_pointer (&firewall->name, g_free);
  ptl_ids_number (ids, "firewall", _ ("Firewall"), &firewall->id, &firewall->name);
  for (guint i = 0; i < n; i++)
    {
      const char *zone = ((const PtlZone *) plan->zones->pdata[zones[i]])->id;

      if (!joins (firewall, zone, NULL))
        g_ptr_array_add (firewall->zones, g_strdup (zone));
    }
  return firewall;
}

gboolean
ptl_edit_add_firewall (PtlHistory *history, const guint *zones, guint n_zones, double x, double y, guint *index,
                       GError **error)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  PtlArea area = { x, y, 0, 0 };
  PtlFirewall *firewall;
  guint nearest[2];

  if (plan->zones->len < 2)
    return ptl_words_refuse (error, _ ("a firewall joins two zones at least: draw the zones first"));
  if (n_zones == 0)
    {
      nearest_zones (plan, x, y, nearest);
      zones = nearest;
      n_zones = 2;
    }
  firewall = new_firewall (plan, zones, n_zones);
  if ((firewall->zones->len >= 2
       || ptl_words_refuse (error, _ ("a firewall joins two zones at least: choose another one")))
      && place_new (PTL_RECORD_FIREWALL, firewall, &area, error))
    return push_new (history, ptl_edit_new (plan), PTL_RECORD_FIREWALL, firewall, index, error);
  ptl_firewall_free (firewall);
  return FALSE;
}

static gboolean
push_firewall (PtlHistory *history, PtlEdit *edit, guint firewall, const char *format, GError **error)
{
  PtlItem item = { PTL_RECORD_FIREWALL, firewall };

  return ptl_history_push (history, edit, ptl_words (format, ptl_history_get_plan (history), &item, 1), NULL, error);
}

gboolean
ptl_edit_join_zone (PtlHistory *history, guint firewall, guint zone, GError **error)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  const char *id = ((const PtlZone *) plan->zones->pdata[zone])->id;
  PtlEdit *edit;

  if (joins (plan->firewalls->pdata[firewall], id, NULL))
    return ptl_words_refuse (error, _ ("the firewall joins this zone already"));
  edit = ptl_edit_new (plan);
  g_ptr_array_add (((PtlFirewall *) ptl_edit_change (edit, PTL_RECORD_FIREWALL, firewall))->zones, g_strdup (id));
  return push_firewall (history, edit, firewall, _ ("Join %s to a zone"), error);
}

gboolean
ptl_edit_leave_zone (PtlHistory *history, guint firewall, guint zone, GError **error)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  const PtlFirewall *own = plan->firewalls->pdata[firewall];
  PtlEdit *edit;
  guint place;

  if (!joins (own, ((const PtlZone *) plan->zones->pdata[zone])->id, &place))
    return ptl_words_refuse (error, _ ("the firewall does not join this zone"));
  if (own->zones->len <= 2)
    return ptl_words_refuse (error, _ ("a firewall joins two zones at least: join it to another zone first, or delete "
                                       "it"));
  edit = ptl_edit_new (plan);
  g_ptr_array_remove_index (((PtlFirewall *) ptl_edit_change (edit, PTL_RECORD_FIREWALL, firewall))->zones, place);
  return push_firewall (history, edit, firewall, _ ("Part %s from a zone"), error);
}

/* Links */

static gboolean
has_link (const PtlPlan *plan, guint kind, const PtlNode *from, const PtlNode *to)
{
  for (guint i = 0; i < plan->links->len; i++)
    {
      const PtlLink *link = plan->links->pdata[i];

      if (link->kind == kind && strcmp (link->from, from->id) == 0 && strcmp (link->to, to->id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The first of the rule's from-roles that the node has, or NULL. */
static const PtlNodeRole *
from_role (const PtlRule *rule, const PtlNode *from)
{
  for (guint i = 0; i < rule->n_from; i++)
    if (ptl_node_find_role (from, rule->from[i].role) != NULL)
      return ptl_node_find_role (from, rule->from[i].role);
  return NULL;
}

/* Whether a rule makes something of a link between the nodes; that rule. */
static const PtlRule *
rule_for_link (const PtlCatalogue *catalogue, guint kind, const PtlNode *from, const PtlNode *to)
{
  for (guint i = 0; i < catalogue->rules->len; i++)
    {
      const PtlRule *rule = ptl_catalogue_rule (catalogue, i);

      if (rule->link == (int) kind && ptl_node_find_role (to, rule->to) != NULL && from_role (rule, from) != NULL)
        return rule;
    }
  return NULL;
}

/* Gives the role the option values that the rule's conditions name. */
static void
set_wanted_options (const PtlCatalogue *catalogue, const PtlRule *rule, PtlNodeRole *own)
{
  const PtlRole *role = ptl_catalogue_role (catalogue, own->use.role);

  for (guint i = 0; i < rule->conditions.n; i++)
    {
      const PtlCondition *condition = &rule->conditions.items[i];
      int option = condition->subject == PTL_SUBJECT_FROM && !condition->negated
                       ? ptl_role_find_option (role, condition->option)
                       : -1;
      int value;

      if (option >= 0 && ptl_option_parse (&role->options[option], condition->word, &value, NULL))
        own->use.options[option] = (gint16) value;
    }
}

gboolean
ptl_plan_can_link (const PtlPlan *plan, guint kind, guint from, guint to)
{
  const PtlNode *source = plan->nodes->pdata[from], *target = plan->nodes->pdata[to];

  return from != to && rule_for_link (plan->catalogue, kind, source, target) != NULL
         && !has_link (plan, kind, source, target);
}

gboolean
ptl_plan_can_link_from (const PtlPlan *plan, guint kind, guint from)
{
  for (guint i = 0; i < plan->catalogue->rules->len; i++)
    {
      const PtlRule *rule = ptl_catalogue_rule (plan->catalogue, i);

      if (rule->link == (int) kind && from_role (rule, plan->nodes->pdata[from]) != NULL)
        return TRUE;
    }
  return FALSE;
}

gboolean
ptl_edit_add_link (PtlHistory *history, guint kind, guint from, guint to, GError **error)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  const PtlNode *source = plan->nodes->pdata[from], *target = plan->nodes->pdata[to];
  const PtlRule *rule = rule_for_link (plan->catalogue, kind, source, target);
  PtlItem item = { PTL_RECORD_NODE, from };
  PtlEdit *edit;
  PtlNode *node;
  PtlLink *link;

  if (from == to)
    return ptl_words_refuse (error, _ ("a node is not linked to itself: choose another node"));
  if (rule == NULL)
    return ptl_words_refuse (error, _ ("these nodes do not have the roles for such a link"));
  if (has_link (plan, kind, source, target))
    return ptl_words_refuse (error, _ ("the nodes are linked already"));
  edit = ptl_edit_new (plan);
  node = ptl_edit_change (edit, PTL_RECORD_NODE, from);
  set_wanted_options (plan->catalogue, rule, ptl_node_find_role (node, from_role (rule, source)->use.role));
  link = ptl_link_new ();
  link->kind = kind;
  ptl_replace_text (&link->from, source->id);
  ptl_replace_text (&link->to, target->id);
  ptl_edit_insert (edit, PTL_RECORD_LINK, link);
  return ptl_history_push (history, edit, ptl_words (_ ("Link %s to its source"), plan, &item, 1), NULL, error);
}
