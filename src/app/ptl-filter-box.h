#pragma once

#include <gtk/gtk.h>

#include "ptl-session.h"

/* What a person filters the flows by: service, protocol, port, role, zones and phase. What is chosen is shown at once.
 */

#define PTL_TYPE_FILTER_BOX (ptl_filter_box_get_type ())
G_DECLARE_FINAL_TYPE (PtlFilterBox, ptl_filter_box, PTL, FILTER_BOX, GtkBox)

/* NULL: nothing is filtered. To be called each time that the box is shown: it follows the plan only while it can be
 * seen.
 */
void ptl_filter_box_set_session (PtlFilterBox *self, PtlSession *session);

/* What is filtered, and what else of the lens hides flows: "TCP · port 445 · site P01"; NULL when nothing does. Free
 * with g_free (). */
char *ptl_filter_words (PtlSession *session);
/* The filter alone: "TCP · port 445", or NULL. */
char *ptl_filter_words_of (const PtlFilter *filter);
/* Shows everything again. */
void ptl_filter_clear (PtlSession *session);
