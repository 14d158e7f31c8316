#pragma once

#include <gio/gio.h>

#include "plan/ptl-plan.h"

/* A site as the tree shows it: the same object as long as the site keeps its code.
 *
 * Signal "changed": another name, kind or number of nodes. */

#define PTL_TYPE_SITE_ROW (ptl_site_row_get_type ())
G_DECLARE_FINAL_TYPE (PtlSiteRow, ptl_site_row, PTL, SITE_ROW, GObject)

struct _PtlSiteRow
{
  GObject parent_instance;

  char *code, *name;
  PtlSiteKind kind;
  guint index;          /* in the plan */
  guint n_nodes;        /* members */
  PtlSiteRow *parent;   /* the model's, or NULL */
  GListStore *children; /* PtlSiteRow */
};

/* Primary sites stand below central administration sites, secondary ones below primary ones; so there are no circles.
 */
static inline gboolean
ptl_site_kind_can_be_below (PtlSiteKind kind, PtlSiteKind parent)
{
  return kind == parent + 1;
}

PtlSiteRow *ptl_site_row_new (const char *code);
/* Takes over what the site is now. */
void ptl_site_row_update (PtlSiteRow *self, const PtlSite *site, guint index, guint n_nodes);
/* "Primary site, 3 nodes"; free with g_free (). */
char *ptl_site_row_describe (PtlSiteRow *self);
