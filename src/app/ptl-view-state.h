#pragma once

#include <gio/gio.h>

/* How a plan was last looked at: what is no part of its file and yet is there again when it is opened again. A key file
 * in the user's state folder has it for the plans that were looked at last; it names none of them. */

typedef struct
{
  int phase;             /* of the lens; -1: both */
  char *site, *firewall; /* of the lens: ids, or NULL */
  gboolean moved;        /* the view is not fitted to the plan, but here: */
  double x, y, scale;
  char *sheet; /* the tab that is open: a firewall's id; NULL: the problems */
} PtlViewState;

/* Returns whether anything is known of the file. */
gboolean ptl_view_state_load (PtlViewState *state, GFile *file);
void ptl_view_state_save (const PtlViewState *state, GFile *file);
void ptl_view_state_clear (PtlViewState *state);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PtlViewState, ptl_view_state_clear)
