#pragma once

#include "ptl-history.h"

/* A site that is in no plan yet, with the next free code of its kind; NULL when there is none. `parent` is an index,
 * or -1. */
PtlSite *ptl_edit_make_site (PtlHistory *history, PtlSiteKind kind, int parent, GError **error);
