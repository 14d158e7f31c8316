#pragma once

#include <gtk/gtk.h>

#include "ptl-topic.h"

/* What the inspector shows for a kind of things: a heading and sections of fields. */

/* `kind` may be PTL_TOPIC_MIXED. The topic has items of the kind. */
GtkWidget *ptl_inspector_page_new (PtlTopic *topic, PtlRecordKind kind);
