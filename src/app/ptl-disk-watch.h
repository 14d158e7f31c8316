#pragma once

#include <gio/gio.h>

/* Watches whether others change or remove a file. Compares contents: a file that is only touched is the same.
 *
 * Properties: state (PtlDiskState, as int, read-only), found out in a thread. */

typedef enum
{
  PTL_DISK_SAME,
  PTL_DISK_CHANGED,
  PTL_DISK_GONE,
} PtlDiskState;

#define PTL_TYPE_DISK_WATCH (ptl_disk_watch_get_type ())
G_DECLARE_FINAL_TYPE (PtlDiskWatch, ptl_disk_watch, PTL, DISK_WATCH, GObject)

/* `digest` is of what is known of the file; NULL: nothing, any content is a change. Looks at once whether it is so. */
PtlDiskWatch *ptl_disk_watch_new (GFile *file, const char *digest);
PtlDiskState ptl_disk_watch_get_state (PtlDiskWatch *self);
/* Of what was found last; NULL when it could not be read. */
const char *ptl_disk_watch_get_found (PtlDiskWatch *self);
