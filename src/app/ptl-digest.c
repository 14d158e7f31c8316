#include "ptl-digest.h"

#define BUFFER_SIZE (1 << 16)

struct _PtlDigestStream
{
  GFilterInputStream parent_instance;

  GChecksum *checksum;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (PtlDigestStream, ptl_digest_stream, G_TYPE_FILTER_INPUT_STREAM)

static gssize
ptl_digest_stream_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  PtlDigestStream *self = PTL_DIGEST_STREAM (stream);
  GInputStream *base = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream));
  gssize n;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return -1;
  n = g_input_stream_read (base, buffer, count, cancellable, error);
  if (n > 0)
    g_checksum_update (self->checksum, buffer, n);
  return n;
}

static void
ptl_digest_stream_finalize (GObject *object)
{
  PtlDigestStream *self = PTL_DIGEST_STREAM (object);

  g_checksum_free (self->checksum);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (ptl_digest_stream_parent_class)->finalize (object);
}

static void
ptl_digest_stream_class_init (PtlDigestStreamClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ptl_digest_stream_finalize;
  G_INPUT_STREAM_CLASS (class)->read_fn = ptl_digest_stream_read;
}

static void
ptl_digest_stream_init (PtlDigestStream *self)
{
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
}

GInputStream *
ptl_digest_stream_new (GInputStream *base, GCancellable *cancellable)
{
  PtlDigestStream *self = g_object_new (PTL_TYPE_DIGEST_STREAM, "base-stream", base, NULL);

  g_set_object (&self->cancellable, cancellable);
  return G_INPUT_STREAM (self);
}

char *
ptl_digest_stream_finish (PtlDigestStream *self)
{
  return g_strdup (g_checksum_get_string (self->checksum));
}

char *
ptl_digest_of_bytes (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

char *
ptl_digest_of_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) base = g_file_read (file, cancellable, error);
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);
  gssize n;

  if (base == NULL)
    return NULL;
  stream = ptl_digest_stream_new (G_INPUT_STREAM (base), cancellable);
  do
    n = g_input_stream_read (stream, buffer, BUFFER_SIZE, NULL, error);
  while (n > 0);
  return n == 0 ? ptl_digest_stream_finish (PTL_DIGEST_STREAM (stream)) : NULL;
}
