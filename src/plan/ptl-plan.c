#include "ptl-plan.h"

#include <math.h>

G_DEFINE_FINAL_TYPE (PtlPlan, ptl_plan, G_TYPE_OBJECT)

static char *
empty (void)
{
  return g_strdup ("");
}

static GPtrArray *
new_sets (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ptl_set_free);
}

static void
ptl_plan_finalize (GObject *object)
{
  PtlPlan *plan = PTL_PLAN (object);

  g_free (plan->title);
  g_free (plan->description);
  g_free (plan->note);
  g_ptr_array_unref (plan->sets);
  g_ptr_array_unref (plan->features);
  g_ptr_array_unref (plan->sites);
  g_ptr_array_unref (plan->zones);
  g_ptr_array_unref (plan->firewalls);
  g_ptr_array_unref (plan->nodes);
  g_ptr_array_unref (plan->links);
  G_OBJECT_CLASS (ptl_plan_parent_class)->finalize (object);
}

static void
ptl_plan_class_init (PtlPlanClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ptl_plan_finalize;
}

static void
ptl_plan_init (PtlPlan *plan)
{
  plan->title = empty ();
  plan->description = empty ();
  plan->note = empty ();
  plan->sets = new_sets ();
  plan->features = g_ptr_array_new_with_free_func ((GDestroyNotify) ptl_feature_set_free);
  plan->sites = g_ptr_array_new_with_free_func ((GDestroyNotify) ptl_site_free);
  plan->zones = g_ptr_array_new_with_free_func ((GDestroyNotify) ptl_zone_free);
  plan->firewalls = g_ptr_array_new_with_free_func ((GDestroyNotify) ptl_firewall_free);
  plan->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) ptl_node_free);
  plan->links = g_ptr_array_new_with_free_func ((GDestroyNotify) ptl_link_free);
}

/**
 * ptl_plan_new:
 * @catalogue: must outlive the plan
 *
 * Returns: (transfer full): an empty plan without a title
 */
PtlPlan *
ptl_plan_new (const PtlCatalogue *catalogue)
{
  PtlPlan *plan = g_object_new (PTL_TYPE_PLAN, NULL);

  plan->catalogue = catalogue;
  return plan;
}

PtlSet *
ptl_set_new (void)
{
  PtlSet *set = g_new0 (PtlSet, 1);

  set->note = empty ();
  return set;
}

PtlFeatureSet *
ptl_feature_set_new (void)
{
  PtlFeatureSet *feature = g_new0 (PtlFeatureSet, 1);

  feature->note = empty ();
  return feature;
}

PtlSite *
ptl_site_new (void)
{
  PtlSite *site = g_new0 (PtlSite, 1);

  site->code = empty ();
  site->name = empty ();
  site->sets = new_sets ();
  site->note = empty ();
  return site;
}

PtlZone *
ptl_zone_new (void)
{
  PtlZone *zone = g_new0 (PtlZone, 1);

  zone->id = empty ();
  zone->name = empty ();
  zone->x = zone->y = zone->width = zone->height = NAN;
  zone->note = empty ();
  return zone;
}

PtlFirewall *
ptl_firewall_new (void)
{
  PtlFirewall *firewall = g_new0 (PtlFirewall, 1);

  firewall->id = empty ();
  firewall->name = empty ();
  firewall->zones = g_ptr_array_new_with_free_func (g_free);
  firewall->x = firewall->y = NAN;
  firewall->managed = TRUE;
  firewall->note = empty ();
  return firewall;
}

PtlNode *
ptl_node_new (void)
{
  PtlNode *node = g_new0 (PtlNode, 1);

  node->id = empty ();
  node->name = empty ();
  node->x = node->y = NAN;
  node->addresses = empty ();
  node->roles = g_ptr_array_new_with_free_func ((GDestroyNotify) ptl_node_role_free);
  node->sets = new_sets ();
  node->note = empty ();
  return node;
}

/**
 * ptl_node_role_new:
 * @role: index in @catalogue
 *
 * Returns: (transfer full): the role with all its options at their defaults
 */
PtlNodeRole *
ptl_node_role_new (const PtlCatalogue *catalogue, guint role)
{
  PtlNodeRole *own = g_new0 (PtlNodeRole, 1);

  ptl_role_use_init (&own->use, catalogue, role);
  own->note = empty ();
  return own;
}

void
ptl_role_use_init (PtlRoleUse *use, const PtlCatalogue *catalogue, guint role)
{
  const PtlRole *kind = ptl_catalogue_role (catalogue, role);

  *use = (PtlRoleUse){ .role = role };
  for (guint i = 0; i < kind->n_options; i++)
    use->options[i] = (gint16) kind->options[i].initial;
}

PtlLink *
ptl_link_new (void)
{
  PtlLink *link = g_new0 (PtlLink, 1);

  link->from = empty ();
  link->to = empty ();
  link->note = empty ();
  return link;
}

void
ptl_set_free (PtlSet *set)
{
  ptl_value_free (set->value);
  g_free (set->note);
  g_free (set);
}

void
ptl_feature_set_free (PtlFeatureSet *feature)
{
  g_free (feature->note);
  g_free (feature);
}

void
ptl_site_free (PtlSite *site)
{
  g_free (site->code);
  g_free (site->name);
  g_free (site->parent);
  g_ptr_array_unref (site->sets);
  g_free (site->note);
  g_free (site);
}

void
ptl_zone_free (PtlZone *zone)
{
  g_free (zone->id);
  g_free (zone->name);
  g_free (zone->colour);
  g_free (zone->note);
  g_free (zone);
}

void
ptl_firewall_free (PtlFirewall *firewall)
{
  g_free (firewall->id);
  g_free (firewall->name);
  g_ptr_array_unref (firewall->zones);
  g_free (firewall->note);
  g_free (firewall);
}

void
ptl_node_free (PtlNode *node)
{
  g_free (node->id);
  g_free (node->name);
  g_free (node->zone);
  g_free (node->site);
  g_free (node->addresses);
  g_ptr_array_unref (node->roles);
  g_ptr_array_unref (node->sets);
  g_free (node->note);
  g_free (node);
}

void
ptl_node_role_free (PtlNodeRole *role)
{
  g_free (role->note);
  g_free (role);
}

void
ptl_link_free (PtlLink *link)
{
  g_free (link->from);
  g_free (link->to);
  g_free (link->note);
  g_free (link);
}
