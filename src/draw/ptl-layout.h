#pragma once

#include "engine/ptl-routes.h"
#include "plan/ptl-plan.h"
#include "ptl-geometry.h"

/* Where everything stands, in canvas units. A zone's and a node's position in the plan is its top left
 * corner, a firewall's its centre; nodes and firewalls are all of one size. */

#define PTL_ZONE_HEADER 60 /* what is kept free for its name */

typedef struct
{
  PtlBox *zones, *firewalls, *nodes; /* with the indices of the plan */
  guint n_implied;
  PtlBox *implied; /* firewalls that the plan does not name, with the indices of its routes */
} PtlLayout;

PtlLayout *ptl_layout_new (const PtlPlan *plan, const PtlFlows *flows, gboolean everything);
void ptl_layout_imply (PtlLayout *layout, const PtlRoutes *routes);
void ptl_layout_place (const PtlLayout *layout, PtlPlan *plan);
void ptl_layout_free (PtlLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlLayout, ptl_layout_free)
