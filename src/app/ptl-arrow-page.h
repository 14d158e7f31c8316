#pragma once

#include <gtk/gtk.h>

#include "ptl-session.h"

/* What the inspector shows of the arrow that is chosen: its two ends, the firewalls that it crosses, its ports. */

#define PTL_TYPE_ARROW_PAGE (ptl_arrow_page_get_type ())
G_DECLARE_FINAL_TYPE (PtlArrowPage, ptl_arrow_page, PTL, ARROW_PAGE, GtkBox)

GtkWidget *ptl_arrow_page_new (void);

/* Shows what is chosen in the session; NULL: follows nothing. */
void ptl_arrow_page_follow (PtlArrowPage *self, PtlSession *session);
