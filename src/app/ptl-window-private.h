#pragma once

#include "ptl-canvas.h"
#include "ptl-inspector.h"
#include "ptl-outline.h"
#include "ptl-palette.h"
#include "ptl-results.h"
#include "ptl-site-tree.h"
#include "ptl-start-page.h"
#include "ptl-window.h"

/* What the files of the window share: ptl-window.c puts it together, -actions.c has the actions on the plan,
 * -files.c those on files, -panels.c folds the panels and remembers their size. */

struct _PtlWindow
{
  GtkApplicationWindow parent_instance;

  const PtlCatalogue *catalogue;
  PtlOpenPlan *open_plan; /* NULL: the start page is shown */
  GtkFileChooserNative *chooser;

  GtkStack *pages;
  GtkLabel *title_label;
  GtkLabel *subtitle_label;
  GtkWidget *menu_button;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  GMenu *undo_menu; /* of the main menu: what is undone and redone, in words */
  GtkPaned *results_paned;
  GtkPaned *sidebar_paned;
  GtkPaned *inspector_paned;
  GtkWidget *sidebar;
  GtkOverlay *canvas_overlay;
  GtkRevealer *message_revealer;
  GtkLabel *message_label;
  guint message_timeout;
  PtlStartPage *start_page;
  PtlPalette *palette;
  PtlSiteTree *site_tree;
  PtlOutline *outline;
  PtlCanvas *canvas;
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

void ptl_window_install_panel_keys (GtkWidgetClass *class);
void ptl_window_init_panels (PtlWindow *self);
void ptl_window_remember_panels (PtlWindow *self);
