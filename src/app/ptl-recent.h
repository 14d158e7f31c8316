#pragma once

#include <gio/gio.h>

/* Plans that were opened or saved lately, on the list that all programs of the desktop share. */

typedef struct
{
  GFile *file;
  char *name;   /* of the file, without its extension */
  char *folder; /* short: the home folder is "~" */
  GDateTime *used;
} PtlRecent;

void ptl_recent_free (PtlRecent *recent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlRecent, ptl_recent_free)

/* (PtlRecent): at most `max`, the newest first; without those that are gone. */
GPtrArray *ptl_recent_list (guint max);
void ptl_recent_add (GFile *file);
