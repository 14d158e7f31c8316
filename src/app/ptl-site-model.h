#pragma once

#include "ptl-site-row.h"

/* The hierarchy of a plan's sites as lists in lists. A site whose parent does not exist, or cannot be one,
 * stands at the top. */

typedef struct _PtlSiteModel PtlSiteModel;

PtlSiteModel *ptl_site_model_new (void);
void ptl_site_model_free (PtlSiteModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlSiteModel, ptl_site_model_free)

/* PtlSiteRow; the model's. Sites below one are in its row. */
GListStore *ptl_site_model_get_top (PtlSiteModel *model);
/* Makes it the plan's; only what differs is changed. */
void ptl_site_model_update (PtlSiteModel *model, const PtlPlan *plan);
/* The model's, or NULL. */
PtlSiteRow *ptl_site_model_find (PtlSiteModel *model, const char *code);
