#include "ptl-output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_SIZE (1 << 16)
#define MAX_LINKS   40 /* symbolic links in a row, as the kernel has it */
#define NEW_MODE    0666

G_DEFINE_QUARK (ptl_io_error, ptl_io_error)

struct _PtlOutput
{
  char *name; /* the path, or what messages call the descriptor */
  int fd;     /* -1 for a file, which is kept in the buffer until the end */
  gboolean durable;
  char *buffer;
  gsize n, size;
  int failure; /* errno of the first failed write, or 0 */
};

static PtlOutput *
output_new (int fd, const char *name, gboolean durable)
{
  PtlOutput *output = g_new0 (PtlOutput, 1);

  output->name = g_strdup (name);
  output->fd = fd;
  output->durable = durable;
  output->buffer = g_malloc (BUFFER_SIZE);
  output->size = BUFFER_SIZE;
  return output;
}

/**
 * ptl_output_new_for_file:
 * @path: need not exist, but its folder must
 * @durable: wait until the disk has it
 *
 * Returns: (transfer full): an output; end it with ptl_output_finish () or ptl_output_abandon ()
 */
PtlOutput *
ptl_output_new_for_file (const char *path, gboolean durable)
{
  return output_new (-1, path, durable);
}

/**
 * ptl_output_new_for_fd:
 * @fd: stays the caller's
 * @name: what messages call it
 *
 * Returns: (transfer full): an output; end it with ptl_output_finish () or ptl_output_abandon ()
 */
PtlOutput *
ptl_output_new_for_fd (int fd, const char *name)
{
  return output_new (fd, name, FALSE);
}

PtlOutput *
ptl_output_new_for_memory (void)
{
  return output_new (-1, "", FALSE);
}

/* Writes as much as the descriptor takes at once. */
static gssize
write_some (PtlOutput *output, const char *bytes, gsize n)
{
  gssize written = write (output->fd, bytes, n);

  if (written >= 0 || errno == EINTR)
    return MAX (written, 0);
  if (errno == EAGAIN)
    {
      struct pollfd wait = { .fd = output->fd, .events = POLLOUT };

      poll (&wait, 1, -1);
      return 0;
    }
  output->failure = errno;
  return -1;
}

static void
write_all (PtlOutput *output, const char *bytes, gsize n)
{
  while (n > 0 && output->failure == 0)
    {
      gssize written = write_some (output, bytes, n);

      if (written > 0)
        {
          bytes += written;
          n -= (gsize) written;
        }
    }
}

static void
flush (PtlOutput *output)
{
  write_all (output, output->buffer, output->n);
  output->n = 0;
}

/* The buffer is full: a file's grows, a descriptor's is emptied. */
static void
make_room (PtlOutput *output, gsize n)
{
  if (output->fd >= 0)
    {
      flush (output);
      return;
    }
  while (output->size - output->n < n)
    output->size *= 2;
  output->buffer = g_realloc (output->buffer, output->size);
}

void
ptl_output_write (PtlOutput *output, const char *bytes, gsize n)
{
  if (output->size - output->n < n)
    make_room (output, n);
  if (output->size - output->n < n)
    {
      write_all (output, bytes, n);
      return;
    }
  memcpy (output->buffer + output->n, bytes, n);
  output->n += n;
}

void
ptl_output_text (PtlOutput *output, const char *text)
{
  ptl_output_write (output, text, strlen (text));
}

void
ptl_output_char (PtlOutput *output, char byte)
{
  if (output->n == output->size)
    make_room (output, 1);
  output->buffer[output->n++] = byte;
}

gboolean
ptl_output_ok (const PtlOutput *output)
{
  return output->failure == 0;
}

/**
 * ptl_output_failure_text:
 * @code: as g_file_error_from_errno () has it
 *
 * Returns: (nullable): the end of the sentence that says what failed; NULL when the system's own words are better
 */
const char *
ptl_output_failure_text (GFileError code)
{
  switch (code)
    {
    case G_FILE_ERROR_NOSPC:
      return _ ("no space is left on the disk");
    case G_FILE_ERROR_PIPE:
      return _ ("the program that reads it has ended");
    case G_FILE_ERROR_ACCES:
    case G_FILE_ERROR_PERM:
      return _ ("permission denied");
    case G_FILE_ERROR_ROFS:
      return _ ("the disk is read-only");
    case G_FILE_ERROR_NOENT:
    case G_FILE_ERROR_NOTDIR:
      return _ ("the folder does not exist");
    case G_FILE_ERROR_ISDIR:
      return _ ("it is a folder");
    case G_FILE_ERROR_LOOP:
      return _ ("too many symbolic links follow each other");
    case G_FILE_ERROR_NAMETOOLONG:
      return _ ("the name is too long");
    case G_FILE_ERROR_IO:
      return _ ("the device reports an error");
    default:
      return NULL;
    }
}

static void
set_error (const PtlOutput *output, int code, const char *other, GError **error)
{
  const char *text = ptl_output_failure_text ((GFileError) code);

  g_set_error (error, PTL_IO_ERROR, code == G_FILE_ERROR_PIPE ? PTL_IO_ERROR_PIPE : PTL_IO_ERROR_WRITE,
               _ ("“%s” could not be written: %s"), output->name, text != NULL ? text : other);
}

/* The file that a path leads to in the end, whether it exists or not; NULL when links go in a circle. */
static char *
follow_links (const char *path)
{
  g_autofree char *target = g_strdup (path);

  for (guint i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *link = g_file_read_link (target, NULL);
      g_autofree char *folder = g_path_get_dirname (target);

      if (link == NULL)
        return g_steal_pointer (&target);
      g_free (target);
      target = g_path_is_absolute (link) ? g_strdup (link) : g_build_filename (folder, link, NULL);
    }
  return NULL;
}

/* Only a regular file that may be written is one to replace: not a device such as /dev/null, which root could, nor
 * a file that somebody protected, though a rename would get around that. */
static gboolean
may_replace (const PtlOutput *output, const char *target, const GStatBuf *old, GError **error)
{
  if (S_ISREG (old->st_mode) && g_access (target, W_OK) == 0)
    return TRUE;
  if (S_ISREG (old->st_mode))
    set_error (output, (int) g_file_error_from_errno (errno), g_strerror (errno), error);
  else
    set_error (output, S_ISDIR (old->st_mode) ? G_FILE_ERROR_ISDIR : G_FILE_ERROR_FAILED, _ ("it is no regular file"),
               error);
  return FALSE;
}

/* Writes a file beside the target and renames it: whole or not there, but not waiting for the disk. GLib waits
 * whenever it renames, twice for each of the many sheets of an export. */
static gboolean
write_beside (PtlOutput *output, const char *target, int mode, GError **error)
{
  g_autofree char *beside = g_strconcat (target, ".XXXXXX", NULL);
  PtlOutput file = { .fd = g_mkstemp_full (beside, O_RDWR | O_CLOEXEC, mode) };

  if (file.fd < 0)
    file.failure = errno;
  write_all (&file, output->buffer, output->n);
  if (file.fd >= 0 && close (file.fd) != 0 && file.failure == 0)
    file.failure = errno;
  if (file.failure == 0 && g_rename (beside, target) != 0)
    file.failure = errno;
  if (file.failure == 0)
    return TRUE;
  if (file.fd >= 0)
    g_unlink (beside);
  set_error (output, (int) g_file_error_from_errno (file.failure), g_strerror (file.failure), error);
  return FALSE;
}

static gboolean
write_durably (PtlOutput *output, const char *target, int mode, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (g_file_set_contents_full (target, output->buffer, (gssize) output->n,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, mode, &failure))
    return TRUE;
  set_error (output, failure->code, failure->message, error);
  return FALSE;
}

static gboolean
replace_file (PtlOutput *output, GError **error)
{
  g_autofree char *target = follow_links (output->name);
  GStatBuf old;
  gboolean exists;
  int mode;

  if (target == NULL)
    {
      set_error (output, G_FILE_ERROR_LOOP, NULL, error);
      return FALSE;
    }
  exists = g_stat (target, &old) == 0;
  if (exists && !may_replace (output, target, &old, error))
    return FALSE;
  mode = exists ? (int) (old.st_mode & 0777) : NEW_MODE;
  if (!(output->durable ? write_durably : write_beside) (output, target, mode, error))
    return FALSE;
  /* The umask took bits that the old file had: the new one never was more open than it. */
  if (exists)
    g_chmod (target, old.st_mode & 07777);
  return TRUE;
}

void
ptl_output_abandon (PtlOutput *output)
{
  g_free (output->name);
  g_free (output->buffer);
  g_free (output);
}

/**
 * ptl_output_finish:
 *
 * Writes what is not yet written and frees the output. A file is replaced in one step: the old or the
 * new content is there, never a mixture.
 *
 * Returns: whether everything arrived; if not, @error says why in a sentence
 */
gboolean
ptl_output_finish (PtlOutput *output, GError **error)
{
  g_autoptr (PtlOutput) own = output;

  if (own->fd < 0)
    return replace_file (own, error);
  flush (own);
  if (own->failure == 0)
    return TRUE;
  set_error (own, (int) g_file_error_from_errno (own->failure), g_strerror (own->failure), error);
  return FALSE;
}

GBytes *
ptl_output_finish_bytes (PtlOutput *output)
{
  GBytes *bytes = g_bytes_new_take (g_steal_pointer (&output->buffer), output->n);

  ptl_output_abandon (output);
  return bytes;
}
