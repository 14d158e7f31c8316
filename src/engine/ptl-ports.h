#pragma once

#include "ptl-talks.h"

/* Which ports are asked for: the flows of a talk, a trunk, a firewall or a node, as far as the lens of the talks
 * shows them. They stand in groups: no rule can tell the nodes of one class apart, so that what they start to those of
 * another is one list for all. */

typedef enum
{
  PTL_PORTS_TALK,
  PTL_PORTS_TRUNK,
  PTL_PORTS_FIREWALL,
  PTL_PORTS_NODE,
} PtlPortsKind;

typedef struct
{
  PtlPortsKind kind;
  guint a, b; /* two nodes, two zones, a firewall of the routes, a node */
} PtlPortsSubject;

typedef struct
{
  guint n_sources, n_destinations;
  const guint *sources, *destinations; /* nodes; each of the first starts the flows to each of the others */
  guint n;
  const PtlFlow *flows; /* in the order of their bundle */
} PtlPortGroup;

typedef struct
{
  PtlTalks *talks;
  PtlPortsSubject subject;
  GArray *groups; /* PtlPortGroup; those of a node by the other side's name, out before in; else by zones and names */
  guint n_hidden; /* flows of groups that the lens does not show */
  GPtrArray *blocks;
} PtlPorts;

/* Of a subject of the talks' routes. */
PtlPorts *ptl_ports_new (PtlTalks *talks, PtlPortsSubject subject);
void ptl_ports_free (PtlPorts *ports);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlPorts, ptl_ports_free)

#define ptl_ports_group(p, i) (&g_array_index ((p)->groups, PtlPortGroup, (i)))

/* Whether the group's flows lead away from the subject, which is a node. */
gboolean ptl_ports_leads_out (const PtlPorts *ports, const PtlPortGroup *group);
