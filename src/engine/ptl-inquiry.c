#include "ptl-inquiry-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NEAREST 5 /* conversations for what is closed */

static const PtlService *
service_of (const PtlInquiry *i, const PtlWhy *why)
{
  return &ptl_catalogue_rule (i->flows->graph->catalogue, why->rule)->services[why->service];
}

/* Whether a service with these ranges is what was asked for. */
static gboolean
is_asked (const PtlAsked *asked, PtlProtocol protocol, const PtlRange *ranges, guint n)
{
  if (asked->protocol >= 0 && (int) protocol != asked->protocol)
    return FALSE;
  for (guint i = 0; i < n && asked->port > 0; i++)
    if (ranges[i].from <= asked->port && asked->port <= ranges[i].to)
      return TRUE;
  return asked->port == 0;
}

/* How many flows that were asked for go from the one node to the other. */
static guint
count_flows (const PtlInquiry *i, const PtlAsked *asked, guint source, guint destination)
{
  const PtlBundle *bundle = ptl_flows_between (i->flows, source, destination);
  guint n = 0;

  for (guint j = 0; bundle != NULL && j < bundle->n; j++)
    {
      const PtlRange range = { bundle->flows[j].from, bundle->flows[j].to };

      n += is_asked (asked, bundle->flows[j].protocol, &range, 1);
    }
  return n;
}

/* Whether another value of a setting would bring the service to the port; notes that as missing. */
static gboolean
could_be_set (const PtlInquiry *i, PtlWhy *why)
{
  const PtlGraph *graph = i->flows->graph;
  const PtlService *service = service_of (i, why);
  const PtlSetting *setting;
  g_autofree char *name = NULL;
  guint node;

  if (service->setting < 0 || why->lacks_role || i->asked.port == 0
      || (i->asked.protocol >= 0 && (int) service->protocol != i->asked.protocol))
    return FALSE;
  setting = ptl_catalogue_setting (graph->catalogue, service->setting);
  if (setting->type != PTL_SETTING_PORT)
    return FALSE;
  node = ptl_inquiry_setting_node (i, why);
  name = ptl_why_setting (graph, (guint) service->setting, node, i->called);
  ptl_why_lack (why, (PtlTest){ PTL_TEST_SETTING, node, (guint) service->setting, 0, NULL },
                g_strdup_printf (_ ("%s is %s: set it to %u"), name, graph->nodes[node].values[service->setting]->text,
                                 i->asked.port));
  return TRUE;
}

static int
compare_missing (gconstpointer a, gconstpointer b)
{
  const PtlWhy *one = *(PtlWhy *const *) a, *other = *(PtlWhy *const *) b;

  return (one->missing->len > other->missing->len) - (one->missing->len < other->missing->len);
}

/* Whether the way back of a rule asks for what its way forward asks for: two site servers are both its sides. */
static gboolean
is_repeated (const GPtrArray *open, const PtlWhy *why)
{
  const PtlWhy *last = open->len > 0 ? open->pdata[open->len - 1] : NULL;

  return last != NULL && why->back && !last->back && last->rule == why->rule && last->service == why->service
         && last->n_ranges == why->n_ranges
         && memcmp (last->ranges, why->ranges, why->n_ranges * sizeof (PtlRange)) == 0;
}

/* Puts each candidate where it belongs. Near are first the conversations that use the port, then those
 * that a setting would bring to it; what needs another role counts only when nothing else is near. */
static void
sort_out (PtlInquiry *inquiry, GPtrArray *closed)
{
  g_autoptr (GPtrArray) settable = g_ptr_array_new (), other_roles = g_ptr_array_new ();

  for (guint i = 0; i < inquiry->all->len; i++)
    {
      PtlWhy *why = inquiry->all->pdata[i];
      gboolean is_open = why->missing->len == 0;

      if (!is_asked (&inquiry->asked, service_of (inquiry, why)->protocol, why->ranges, why->n_ranges))
        {
          if (could_be_set (inquiry, why))
            g_ptr_array_add (settable, why);
        }
      else if (is_open && !is_repeated (inquiry->open, why))
        g_ptr_array_add (inquiry->open, why);
      else if (!is_open)
        g_ptr_array_add (why->lacks_role ? other_roles : closed, why);
    }
  g_ptr_array_sort (settable, compare_missing);
  g_ptr_array_extend (closed, settable, NULL, NULL);
  if (closed->len == 0)
    g_ptr_array_extend (closed, other_roles, NULL, NULL);
}

/* Whether both are closed for the same reason in the same conversation. */
static gboolean
same_reason (const PtlWhy *one, const PtlWhy *other)
{
  if (one->rule != other->rule || one->back != other->back || one->from_role != other->from_role
      || one->to_role != other->to_role || one->missing->len != other->missing->len)
    return FALSE;
  for (guint i = 0; i < one->missing->len; i++)
    if (strcmp (((PtlTest *) one->missing->pdata[i])->text, ((PtlTest *) other->missing->pdata[i])->text) != 0)
      return FALSE;
  return TRUE;
}

/* Gathers the services that the same is missing for. */
static void
gather (PtlInquiry *inquiry, const GPtrArray *closed)
{
  for (guint i = 0; i < closed->len; i++)
    {
      GPtrArray *group = NULL;

      for (guint j = 0; j < inquiry->nearest->len && group == NULL; j++)
        if (same_reason (((GPtrArray *) inquiry->nearest->pdata[j])->pdata[0], closed->pdata[i]))
          group = inquiry->nearest->pdata[j];
      if (group == NULL && inquiry->nearest->len == MAX_NEAREST)
        continue;
      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_ptr_array_add (inquiry->nearest, group);
        }
      g_ptr_array_add (group, closed->pdata[i]);
    }
}

/**
 * ptl_inquiry_new:
 * @asked: the nodes are two
 * @called: how the sentences call things
 *
 * Returns: (transfer full): what opens what was asked for, or what is nearest to opening it
 */
PtlInquiry *
ptl_inquiry_new (const PtlRoutes *routes, const PtlAsked *asked, PtlCalled called)
{
  PtlInquiry *inquiry = g_new0 (PtlInquiry, 1);
  const PtlAsked any = { asked->source, asked->destination, -1, 0 };
  g_autoptr (GPtrArray) closed = g_ptr_array_new ();
  const PtlRoute *route;

  inquiry->routes = routes;
  inquiry->flows = routes->flows;
  inquiry->asked = *asked;
  inquiry->called = called;
  inquiry->all = ptl_why (routes->flows, asked->source, asked->destination, called);
  inquiry->open = g_ptr_array_new ();
  inquiry->nearest = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  sort_out (inquiry, closed);
  route = ptl_inquiry_find_route (inquiry);
  inquiry->verdict = inquiry->open->len == 0              ? PTL_VERDICT_CLOSED
                     : route != NULL && route->unroutable ? PTL_VERDICT_UNROUTABLE
                                                          : PTL_VERDICT_OPEN;
  if (inquiry->open->len == 0)
    gather (inquiry, closed);
  inquiry->n_others = count_flows (inquiry, &any, asked->source, asked->destination);
  inquiry->n_back = count_flows (inquiry, asked, asked->destination, asked->source);
  return inquiry;
}

void
ptl_inquiry_free (PtlInquiry *inquiry)
{
  if (inquiry == NULL)
    return;
  g_ptr_array_unref (inquiry->open);
  g_ptr_array_unref (inquiry->nearest);
  g_ptr_array_unref (inquiry->all);
  g_free (inquiry);
}

/* The node that a service reads its setting from: the rule's to side, which is the source of the way back. */
guint
ptl_inquiry_setting_node (const PtlInquiry *i, const PtlWhy *why)
{
  const PtlSetting *setting = ptl_catalogue_setting (i->flows->graph->catalogue, (guint) service_of (i, why)->setting);

  return why->back && !setting->from_destination ? i->asked.source : i->asked.destination;
}

/* The route between the two nodes' zones, or NULL when there are no two, or nothing flows between them. */
const PtlRoute *
ptl_inquiry_find_route (const PtlInquiry *i)
{
  int from = i->flows->graph->nodes[i->asked.source].zone, to = i->flows->graph->nodes[i->asked.destination].zone;

  return from >= 0 && to >= 0 && from != to ? ptl_routes_between (i->routes, (guint) from, (guint) to) : NULL;
}
