#pragma once

#include <gtk/gtk.h>

#include "draw/ptl-page.h"

/* A page as it will be on paper, as large as there is room. A thread paints it: what was there before stays until the
 * new picture is there. */

#define PTL_TYPE_PAGE_PREVIEW (ptl_page_preview_get_type ())
G_DECLARE_FINAL_TYPE (PtlPagePreview, ptl_page_preview, PTL, PAGE_PREVIEW, GtkWidget)

void ptl_page_preview_set_page (PtlPagePreview *self, PtlPages *pages, guint page);
/* Whether what is seen is the page that was set. */
gboolean ptl_page_preview_is_ready (PtlPagePreview *self);
