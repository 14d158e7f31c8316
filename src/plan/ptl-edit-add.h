#pragma once

#include "ptl-history.h"

/* Edits that add things and join them. What is added stands at the end of its group; `index` (out,
 * optional) is its place there. */

/* A node with one role, called by the role's short name (MP01), in the smallest zone under its middle.
 * `site` is an index or -1; x and y are its upper left corner. */
gboolean ptl_edit_add_node (PtlHistory *history, guint role, int site, double x, double y, guint *index,
                            GError **error);

/* A site with its site server: a node with the roles that one has at a site of the kind. `near` is the site
 * that was used last, or -1: it or one above it becomes the parent, if it can be, else the first site that can.
 * `index` is the node's place. */
gboolean ptl_edit_place_site (PtlHistory *history, PtlSiteKind kind, int near, double x, double y, guint *index,
                              GError **error);

/* A zone, called by its kind. Nodes that stand in it and are in no zone become its members; those of
 * other zones stay theirs. */
gboolean ptl_edit_add_zone (PtlHistory *history, PtlZoneKind kind, double x, double y, double width, double height,
                            guint *index, GError **error);

/* A firewall between two or more zones, by their indices; without any, the two nearest. x and y are its middle. */
gboolean ptl_edit_add_firewall (PtlHistory *history, const guint *zones, guint n_zones, double x, double y,
                                guint *index, GError **error);

/* A firewall keeps two zones at least. */
gboolean ptl_edit_join_zone (PtlHistory *history, guint firewall, guint zone, GError **error);
gboolean ptl_edit_leave_zone (PtlHistory *history, guint firewall, guint zone, GError **error);

/* A link of a kind of the catalogue from one node to another. The first node's role gets the options
 * that the catalogue's rules for such links want of it: a distribution point becomes a pull one. */
gboolean ptl_edit_add_link (PtlHistory *history, guint kind, guint from, guint to, GError **error);
/* Whether such a link would mean something and is not there yet; whether one from the node could. */
gboolean ptl_plan_can_link (const PtlPlan *plan, guint kind, guint from, guint to);
gboolean ptl_plan_can_link_from (const PtlPlan *plan, guint kind, guint from);
