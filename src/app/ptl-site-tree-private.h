#pragma once

#include "ptl-site-cell.h"
#include "ptl-site-model.h"
#include "ptl-site-tree.h"

/* What the files of the site tree share: ptl-site-tree.c shows it, ptl-site-tree-actions.c changes sites,
 * ptl-site-cell.c is one row. */

struct _PtlSiteTree
{
  GtkBox parent_instance;

  GtkListView *list;
  GtkWidget *empty; /* shown while there is no site */
  GtkWidget *assign;
  GtkLabel *assign_label;
  GtkPopoverMenu *menu;

  PtlSession *session;
  PtlSiteModel *model;
  GtkSingleSelection *selection; /* of GtkTreeListRow */
  char *chosen;                  /* the code of the site that actions are for, or NULL */
  gboolean following;            /* the plan or the session: what is selected now, no person chose */
};

/* The site that actions are for, or NULL; the tree's. */
PtlSiteRow *ptl_site_tree_get_chosen (PtlSiteTree *self);
/* NULL: none. The session's selection follows, unless `quietly`. */
void ptl_site_tree_choose (PtlSiteTree *self, const char *code, gboolean quietly);
/* NULL while the site is not in view. */
PtlSiteCell *ptl_site_tree_find_cell (PtlSiteTree *self, PtlSiteRow *row);
/* The menu of a site, which becomes the chosen one, at a point of the widget; what is selected in the session stays,
 * so that it can be assigned to the site. */
void ptl_site_tree_popup (PtlSiteTree *self, PtlSiteRow *row, GtkWidget *widget, double x, double y);

void ptl_site_tree_install_actions (GtkWidgetClass *class);
void ptl_site_tree_update_actions (PtlSiteTree *self);
/* Puts the site below another one, or at the top for NULL; says why not. */
gboolean ptl_site_tree_move (PtlSiteTree *self, PtlSiteRow *row, PtlSiteRow *parent);
gboolean ptl_site_tree_rename (PtlSiteTree *self, PtlSiteRow *row, const char *name);
