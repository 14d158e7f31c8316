#pragma once

#include <gtk/gtk.h>

#include "engine/ptl-inquiry.h"

/* What is to be said of a conversation, for people to read: a caption for each label, a sign beside conflicts, links
 * to the settings, options and features that decide. They are actions of the window: "win.show-setting" and the like.
 */

/* Appends the lines (PtlWhyLine) to the box; their tests are valid, or NULL. */
void ptl_why_lines_append (GtkBox *box, const PtlGraph *graph, const GPtrArray *lines);
/* Appends a link to the window that asks about what was asked: "win.why-port". */
void ptl_why_lines_append_question (GtkBox *box, const PtlGraph *graph, const PtlAsked *asked);
