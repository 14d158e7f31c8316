#pragma once

#include "ptl-history.h"

/* Edits of sites and of what things are known by. Whatever refers to a site, zone or node follows when
 * it gets another code or id. */

/* A site with the next free code of its kind, below `parent` (an index, or -1). */
gboolean ptl_edit_add_site (PtlHistory *history, PtlSiteKind kind, int parent, guint *index, GError **error);
gboolean ptl_edit_set_code (PtlHistory *history, guint site, const char *code, GError **error);
/* `parent` is an index or -1; refused when a site would stand below itself. */
gboolean ptl_edit_set_parent (PtlHistory *history, const PtlItem *sites, guint n, int parent, GError **error);
/* Nodes to a site, or to none (-1). */
gboolean ptl_edit_set_site (PtlHistory *history, const PtlItem *nodes, guint n, int site, GError **error);

/* The id of a zone, firewall or node: what the file and the sheets' file names have. */
gboolean ptl_edit_set_id (PtlHistory *history, PtlItem item, const char *id, GError **error);
