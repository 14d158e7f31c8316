#pragma once

#include "ptl-canvas.h"
#include "ptl-inspector.h"
#include "ptl-lens-button.h"
#include "ptl-names.h"
#include "ptl-minimap.h"
#include "ptl-outline.h"
#include "ptl-palette.h"
#include "ptl-results.h"
#include "ptl-search-bar.h"
#include "ptl-site-tree.h"
#include "ptl-start-page.h"
#include "ptl-window.h"

/* What the files of the window share: ptl-window.c puts it together, -actions.c has the actions on the plan,
 * -files.c those on files and -save.c saving, -panels.c folds the panels and remembers their size. */

struct _PtlWindow
{
  GtkApplicationWindow parent_instance;

  const PtlCatalogue *catalogue;
  PtlOpenPlan *open_plan; /* NULL: the start page is shown */

  /* -files.c, -save.c */
  GCancellable *opening; /* while a file is being read */
  GFile *opening_file;
  char *opening_kept; /* where the recovery file is that is being read, or NULL */
  guint opening_timeout;
  gboolean gone_accepted; /* a person knows that the file is gone */
  gboolean asking;        /* whether to save before the window closes */
  void (*after_save) (PtlWindow *self);

  GtkStack *pages;
  GtkLabel *title_label;
  GtkLabel *subtitle_label;
  GtkWidget *sidebar_button; /* shown with a plan, and with it what else in the header is for one */
  GtkWidget *menu_button;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  GMenuModel *main_menu;
  GMenuModel *zoom_menu;
  GMenu *recent_menu;
  GMenu *undo_menu; /* of the main menu: what is undone and redone, in words */
  GtkPaned *results_paned;
  GtkPaned *sidebar_paned;
  GtkPaned *inspector_paned;
  GtkWidget *sidebar;
  GtkStack *sidebar_stack;
  guint filling; /* a tick callback: the panels follow the plan once its first picture is there */
  guint narrow;  /* bits: the panels that the window has no room for */
  PtlSearchBar *search_bar;
  GtkOverlay *canvas_overlay;
  GtkWidget *hint; /* on an empty canvas */
  GtkRevealer *message_revealer;
  GtkLabel *message_label;
  guint message_timeout;
  GtkLabel *opening_label;
  GtkWidget *file_bar; /* tells what others did to the file */
  GtkLabel *file_bar_label;
  GtkWidget *reload_button;
  PtlStartPage *start_page;
  PtlPalette *palette;
  PtlSiteTree *site_tree;
  PtlOutline *outline;
  PtlCanvas *canvas;
  PtlMinimap *minimap;
  GtkMenuButton *zoom_button;
  PtlLensButton *lens_button;
  PtlInspector *inspector;
  PtlResults *results;
};

/* Installs the actions on the plan with their shortcuts. */
void ptl_window_install_plan_actions (GtkWidgetClass *class);
/* Enables those that can be done now. */
void ptl_window_update_plan_actions (PtlWindow *self);

/* The clipboard */
void ptl_window_cut (GtkWidget *widget, const char *name, GVariant *parameter);
void ptl_window_copy (GtkWidget *widget, const char *name, GVariant *parameter);
void ptl_window_paste (GtkWidget *widget, const char *name, GVariant *parameter);

void ptl_window_install_file_actions (GtkWidgetClass *class);
void ptl_window_update_file_actions (PtlWindow *self);
void ptl_window_init_files (PtlWindow *self);
void ptl_window_dispose_files (PtlWindow *self);
void ptl_window_save (GtkWidget *widget, const char *name, GVariant *parameter);
void ptl_window_save_as (GtkWidget *widget, const char *name, GVariant *parameter);
/* FALSE when that is asked first: the window closes later. */
gboolean ptl_window_may_close (PtlWindow *self);

void ptl_window_install_panel_actions (GtkWidgetClass *class);
void ptl_window_init_panels (PtlWindow *self);
/* Called when the window has a surface. */
void ptl_window_follow_width (PtlWindow *self);
void ptl_window_remember_panels (PtlWindow *self);

/* Zoom, grid and minimap. */
void ptl_window_install_view_actions (GtkWidgetClass *class);
void ptl_window_init_view (PtlWindow *self);

/* How the plan is looked at, from one time to the next. */
void ptl_window_restore_view (PtlWindow *self);
/* Called when the panels follow the plan. */
void ptl_window_restore_sheet (PtlWindow *self);
void ptl_window_remember_view (PtlWindow *self);
