#pragma once

#include <gtk/gtk.h>

#include "ptl-session.h"

/* The sites of the plan as a tree. */

#define PTL_TYPE_SITE_TREE (ptl_site_tree_get_type ())
G_DECLARE_FINAL_TYPE (PtlSiteTree, ptl_site_tree, PTL, SITE_TREE, GtkBox)

/* NULL: the panel is empty. */
void ptl_site_tree_set_session (PtlSiteTree *self, PtlSession *session);
