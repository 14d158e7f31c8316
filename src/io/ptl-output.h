#pragma once

#include <gio/gio.h>

/* Where bytes go: to a file that is whole or not there, or to standard output as they come. Write
 * errors stick and are reported by ptl_output_finish (). */

#define PTL_IO_ERROR (ptl_io_error_quark ())
GQuark ptl_io_error_quark (void);
typedef enum
{
  PTL_IO_ERROR_READ,  /* a file of ours cannot be read */
  PTL_IO_ERROR_TAGS,  /* elements are not closed as they were opened */
  PTL_IO_ERROR_WRITE, /* not everything could be written */
  PTL_IO_ERROR_PIPE,  /* the reader of a pipe wants no more */
} PtlIoError;

typedef struct _PtlOutput PtlOutput;

/* The file at `path` is replaced when the output is finished, not before. With `durable` it also
 * survives a crash of the machine. A symbolic link is followed, the mode of the old file kept. */
PtlOutput *ptl_output_new_for_file (const char *path, gboolean durable);
/* The descriptor stays the caller's. SIGPIPE must be ignored for a closed pipe to be an error. */
PtlOutput *ptl_output_new_for_fd (int fd, const char *name);

/* Kept in memory, for ptl_output_finish_bytes (). */
PtlOutput *ptl_output_new_for_memory (void);

/* Adds bytes, a text or one byte at the end; what is given stays the caller's. */
void ptl_output_write (PtlOutput *output, const char *bytes, gsize n);
void ptl_output_text (PtlOutput *output, const char *text);
void ptl_output_char (PtlOutput *output, char byte);

/* What went wrong, in the same words in every language; NULL when there are none for it. */
const char *ptl_output_failure_text (GFileError code);

/* FALSE once a write failed: a long writer may then stop early. */
gboolean ptl_output_ok (const PtlOutput *output);

/* Frees the output. FALSE with `error` set when not everything could be written; the old file is then untouched. */
gboolean ptl_output_finish (PtlOutput *output, GError **error);
/* Frees an output in memory and returns what was written to it. */
GBytes *ptl_output_finish_bytes (PtlOutput *output);
/* Frees the output; a file is left as it was. */
void ptl_output_abandon (PtlOutput *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlOutput, ptl_output_abandon)
