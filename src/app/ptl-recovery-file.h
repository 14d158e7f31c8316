#pragma once

#include <gio/gio.h>

/* A copy of unsaved work in the user's state folder: ID.portolan is the plan, ID.ini says whose it is, and ID.lock is
 * locked as long as a process has the copy open; what no process has open was left over by a crash. Nothing is
 * on the disk before the first write, and only ptl_recovery_file_remove () takes anything away. */

typedef struct
{
  char *id;
  char *name;            /* of the plan, as it was listed */
  GFile *file;           /* that the plan belongs to; NULL: it was never saved */
  char *digest;          /* of that file when the plan was last read from it or written to it; NULL without */
  gboolean has_comments; /* that file, which the plan is without */
  GDateTime *written;    /* local time */
} PtlLeftOver;

/* Where the plan is; free with g_free (). */
char *ptl_left_over_get_path (const PtlLeftOver *left_over);
void ptl_left_over_free (PtlLeftOver *left_over);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlLeftOver, ptl_left_over_free)

/* (PtlLeftOver): what crashes have left over, the newest first. */
GPtrArray *ptl_recovery_list (void);

#define PTL_TYPE_RECOVERY_FILE (ptl_recovery_file_get_type ())
G_DECLARE_FINAL_TYPE (PtlRecoveryFile, ptl_recovery_file, PTL, RECOVERY_FILE, GObject)

PtlRecoveryFile *ptl_recovery_file_new (void);
/* Takes over what was left over. NULL when another process was faster. */
PtlRecoveryFile *ptl_recovery_file_take (const char *id);

/* Where the plan is; free with g_free (). */
char *ptl_recovery_file_get_path (PtlRecoveryFile *self);
/* Writes in a thread; what was being written is waited for. `file` and `digest` may be NULL. */
void ptl_recovery_file_write (PtlRecoveryFile *self, GBytes *plan, const char *name, GFile *file, const char *digest,
                              gboolean has_comments);
/* To wait for it would take a while. */
gboolean ptl_recovery_file_is_writing (PtlRecoveryFile *self);
/* Waits until it is written. FALSE with `error` when that failed. */
gboolean ptl_recovery_file_wait (PtlRecoveryFile *self, GError **error);
/* The work is saved, or a person wants it no more. */
void ptl_recovery_file_remove (PtlRecoveryFile *self);
