#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "ptl-edit-add.h"
#include "ptl-edit-fields.h"
#include "ptl-edit-place.h"
#include "ptl-edit-words.h"
#include "ptl-mend-private.h"

/* The zone that the node is drawn in, else the only one. */
void
ptl_mend_no_zone (PtlMender *m)
{
  const PtlNode *node = m->plan->nodes->pdata[m->subject];
  int zone = ptl_plan_zone_at (m->plan, node->x + PTL_NODE_WIDTH / 2.0, node->y + PTL_NODE_HEIGHT / 2.0);
  PtlItem item = { PTL_RECORD_NODE, m->subject };

  if (node->zone != NULL)
    return;
  if (zone < 0 && m->plan->zones->len == 1)
    zone = 0;
  if (zone >= 0
      && ptl_mender_offer (m, ptl_words_with (_ ("Put in %s"), ((const PtlZone *) m->plan->zones->pdata[zone])->name)))
    m->done = ptl_edit_set_zone (m->history, &item, 1, zone, m->error);
}

/* Ways between zones */

#define STEP 40 /* between two places that are tried */
#define FAR  60 /* of them in each direction */

/* The middle of the gap between two spans, or of what they share. */
static double
middle (double from, double size, double other, double other_size)
{
  double start = MAX (from, other), end = MIN (from + size, other + other_size);

  return (start + end) / 2;
}

/* Whether a firewall between two zones, with its middle at the point, touches no other zone or firewall. */
static gboolean
is_free (const PtlPlan *plan, const PtlZone *a, const PtlZone *b, double x, double y)
{
  for (guint i = 0; i < plan->zones->len; i++)
    {
      const PtlZone *zone = plan->zones->pdata[i];

      if (zone != a && zone != b && x > zone->x - PTL_FIREWALL_WIDTH / 2.0
          && x < zone->x + zone->width + PTL_FIREWALL_WIDTH / 2.0 && y > zone->y - PTL_FIREWALL_HEIGHT / 2.0
          && y < zone->y + zone->height + PTL_FIREWALL_HEIGHT / 2.0)
        return FALSE;
    }
  for (guint i = 0; i < plan->firewalls->len; i++)
    {
      const PtlFirewall *other = plan->firewalls->pdata[i];

      if (fabs (other->x - x) < PTL_FIREWALL_WIDTH && fabs (other->y - y) < PTL_FIREWALL_HEIGHT)
        return FALSE;
    }
  return TRUE;
}

/* Between the zones; where something stands there, above or below it, or beside it. */
static void
find_gap (const PtlPlan *plan, const PtlZone *a, const PtlZone *b, double *x, double *y)
{
  double from_x = middle (a->x, a->width, b->x, b->width), from_y = middle (a->y, a->height, b->y, b->height);
  gboolean side_by_side = a->x + a->width <= b->x || b->x + b->width <= a->x;

  *x = from_x;
  *y = from_y;
  for (int i = 1; !is_free (plan, a, b, *x, *y) && i < 2 * FAR; i++)
    {
      int by = (i % 2 == 0 ? -1 : 1) * ((i + 1) / 2) * STEP;

      *x = from_x + (side_by_side ? 0 : by);
      *y = from_y + (side_by_side ? by : 0);
    }
}

/* Whether a firewall stands between the two zones. */
static gboolean
are_joined (const PtlPlan *plan, const char *a, const char *b)
{
  for (guint i = 0; i < plan->firewalls->len; i++)
    {
      const PtlFirewall *firewall = plan->firewalls->pdata[i];

      if (g_ptr_array_find_with_equal_func (firewall->zones, a, g_str_equal, NULL)
          && g_ptr_array_find_with_equal_func (firewall->zones, b, g_str_equal, NULL))
        return TRUE;
    }
  return FALSE;
}

/* A firewall of their own is the shortest way between two zones, and none through a third. */
void
ptl_mend_zones (PtlMender *m)
{
  g_auto (GStrv) ids = g_strsplit (m->finding->subject, "~", 2);
  int a = ptl_history_find (m->history, PTL_RECORD_ZONE, ids[0]);
  int b = ptl_history_find (m->history, PTL_RECORD_ZONE, ids[1]);
  const guint zones[] = { (guint) a, (guint) b };
  double x, y;

  if (a < 0 || b < 0 || are_joined (m->plan, ids[0], ids[1]) || !ptl_mender_offer (m, g_strdup (_ ("Add a Firewall"))))
    return;
  find_gap (m->plan, m->plan->zones->pdata[a], m->plan->zones->pdata[b], &x, &y);
  m->done = ptl_edit_add_firewall (m->history, zones, G_N_ELEMENTS (zones), x, y, NULL, m->error);
}

/* Clients on the internet */

/* Whether the node stands in a perimeter, at the site of the client. */
static gboolean
could_answer (const PtlMender *m, const PtlNode *client, const PtlNode *node)
{
  int zone = ptl_history_find (m->history, PTL_RECORD_ZONE, node->zone);

  return zone >= 0 && ((const PtlZone *) m->plan->zones->pdata[zone])->kind == PTL_ZONE_PERIMETER
         && (client->site == NULL || node->site == NULL || strcmp (client->site, node->site) == 0);
}

/* PtlItem: the nodes that could answer the client with a role, if it were to answer on the internet. */
static GArray *
find_answering (const PtlMender *m, const PtlNode *client, const char *role)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (PtlItem));

  for (guint i = 0; i < m->plan->nodes->len; i++)
    {
      const PtlNode *node = m->plan->nodes->pdata[i];
      PtlItem item = { PTL_RECORD_NODE, i };

      if (g_strcmp0 (ptl_mender_option (m, node, role, "internet-facing"), "no") == 0 && could_answer (m, client, node))
        g_array_append_val (found, item);
    }
  return found;
}

/* Where a management point can answer, what else stands beside it for clients is to answer, too. */
void
ptl_mend_internet_clients (PtlMender *m)
{
  const PtlCatalogue *catalogue = m->plan->catalogue;
  const PtlNode *client = m->plan->nodes->pdata[m->subject];
  g_autoptr (GArray) first = find_answering (m, client, "management-point");

  if (first->len == 0 || ptl_mender_find_role (m, client, "client") == NULL
      || !ptl_mender_offer (m, g_strdup (_ ("Open the Perimeter to Them"))))
    return;
  for (guint i = 0; i < catalogue->roles->len; i++)
    {
      const PtlRole *role = ptl_catalogue_role (catalogue, i);
      int option = ptl_role_find_option (role, "internet-facing");
      g_autoptr (GArray) nodes = find_answering (m, client, role->name);

      if (option < 0 || nodes->len == 0)
        continue;
      if (m->done)
        ptl_history_join (m->history);
      m->done |= ptl_edit_set_option (m->history, (const PtlItem *) (gpointer) nodes->data, nodes->len, i,
                                      (guint) option, "yes", m->error);
    }
}
