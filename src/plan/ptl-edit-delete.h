#pragma once

#include "ptl-history.h"

/* Deletes sites, zones, firewalls, nodes and links, all in one step. Nodes stay, in no zone and without
 * a site; child sites stay without a parent; links of deleted nodes go; firewalls that would join fewer
 * than two zones go, too. */
gboolean ptl_edit_delete (PtlHistory *history, const PtlItem *items, guint n, GError **error);

/* What deleting them does beyond that, to be asked before: sentences, one a line, or NULL; free with g_free (). */
char *ptl_edit_delete_consequences (PtlHistory *history, const PtlItem *items, guint n);
