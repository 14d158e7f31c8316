#pragma once

#include <gtk/gtk.h>

#include "draw/ptl-scene.h"

/* A small picture of a plan, in the colours of the theme. */

#define PTL_TYPE_PLAN_PREVIEW (ptl_plan_preview_get_type ())
G_DECLARE_FINAL_TYPE (PtlPlanPreview, ptl_plan_preview, PTL, PLAN_PREVIEW, GtkWidget)

GtkWidget *ptl_plan_preview_new (PtlScene *scene);
