#pragma once

#include <gio/gio.h>

/* What tells whether a file is still what it was: a digest of its bytes, as text. */

char *ptl_digest_of_bytes (GBytes *bytes);
/* NULL with `error` when the file cannot be read. */
char *ptl_digest_of_file (GFile *file, GCancellable *cancellable, GError **error);

/* Passes on what it reads from another stream and takes the digest of it. Reading fails once `cancellable`, which
 * may be NULL, is cancelled: for readers that pass on none. */
#define PTL_TYPE_DIGEST_STREAM (ptl_digest_stream_get_type ())
G_DECLARE_FINAL_TYPE (PtlDigestStream, ptl_digest_stream, PTL, DIGEST_STREAM, GFilterInputStream)

GInputStream *ptl_digest_stream_new (GInputStream *base, GCancellable *cancellable);
/* Of what was read so far; afterwards nothing may be read. */
char *ptl_digest_stream_finish (PtlDigestStream *self);
