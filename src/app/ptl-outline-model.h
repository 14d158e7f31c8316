#pragma once

#include <gtk/gtk.h>

#include "ptl-session.h"

/* Everything in a session's plan as a list: zones from left to right, each before its nodes and the firewalls of
 * which it is the first zone, then what is in no zone, then the sites. Its selection is the session's. */

#define PTL_TYPE_OUTLINE_MODEL (ptl_outline_model_get_type ())
G_DECLARE_FINAL_TYPE (PtlOutlineModel, ptl_outline_model, PTL, OUTLINE_MODEL, GObject)

PtlOutlineModel *ptl_outline_model_new (PtlSession *session);
/* Only what has the text in its words is listed; "" for everything. */
void ptl_outline_model_set_filter (PtlOutlineModel *self, const char *text);
/* FALSE when nothing is there, as for an item of a list that changes just now. */
gboolean ptl_outline_model_get (PtlOutlineModel *self, guint position, PtlItem *item, gboolean *inside);
/* The place of the item, or GTK_INVALID_LIST_POSITION. */
guint ptl_outline_model_find (PtlOutlineModel *self, PtlItem item);
/* Whether a person changes the selection in this list just now. */
gboolean ptl_outline_model_is_selecting (PtlOutlineModel *self);
