#include "ptl-recovery-file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "io/ptl-output.h"

#define PLAN  ".portolan"
#define ABOUT ".ini"
#define LOCK  ".lock"
#define GROUP "Recovery"

struct _PtlRecoveryFile
{
  GObject parent_instance;

  char *id;
  int lock; /* -1: nothing is on the disk */
  GThread *writer;
  int writing; /* atomic: the writer is not done */
};

G_DEFINE_FINAL_TYPE (PtlRecoveryFile, ptl_recovery_file, G_TYPE_OBJECT)

/* What the thread gets and what it returns. */
typedef struct
{
  char *path, *about_path;
  GBytes *plan;
  char *about;
  GError *error;
  int *writing;
} Job;

static char *
folder_name (void)
{
  return g_build_filename (g_get_user_state_dir (), "portolan", "recovery", NULL);
}

static char *
path_of (const char *id, const char *extension)
{
  g_autofree char *folder = folder_name (), *name = g_strconcat (id, extension, NULL);

  return g_build_filename (folder, name, NULL);
}

/* The lock, or -1 while another holds it. Where nothing can be locked everybody gets it: rather offered twice than
 * never. */
static int
take_lock (const char *id)
{
  g_autofree char *path = path_of (id, LOCK);
  int lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (lock >= 0 && flock (lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    {
      close (lock);
      return -1;
    }
  return lock;
}

static void
job_free (Job *job)
{
  g_free (job->path);
  g_free (job->about_path);
  g_bytes_unref (job->plan);
  g_free (job->about);
  g_clear_error (&job->error);
  g_free (job);
}

static gboolean
write_file (const char *path, const char *bytes, gsize n, GError **error)
{
  PtlOutput *output = ptl_output_new_for_file (path, TRUE);

  ptl_output_write (output, bytes, n);
  return ptl_output_finish (output, error);
}

/* The plan comes last: where it is, the rest is too. */
static gpointer
write_in_thread (gpointer data)
{
  Job *job = data;
  gsize n;
  const char *bytes = g_bytes_get_data (job->plan, &n);

  if (write_file (job->about_path, job->about, strlen (job->about), &job->error))
    write_file (job->path, bytes, n, &job->error);
  g_atomic_int_set (job->writing, FALSE);
  return job;
}

static void
ptl_recovery_file_finalize (GObject *object)
{
  PtlRecoveryFile *self = PTL_RECOVERY_FILE (object);

  ptl_recovery_file_wait (self, NULL);
  if (self->lock >= 0)
    close (self->lock);
  g_free (self->id);
  G_OBJECT_CLASS (ptl_recovery_file_parent_class)->finalize (object);
}

static void
ptl_recovery_file_class_init (PtlRecoveryFileClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ptl_recovery_file_finalize;
}

static void
ptl_recovery_file_init (PtlRecoveryFile *self)
{
  self->lock = -1;
}

PtlRecoveryFile *
ptl_recovery_file_new (void)
{
  PtlRecoveryFile *self = g_object_new (PTL_TYPE_RECOVERY_FILE, NULL);

  self->id = g_uuid_string_random ();
  return self;
}

PtlRecoveryFile *
ptl_recovery_file_take (const char *id)
{
  g_autofree char *path = path_of (id, PLAN);
  PtlRecoveryFile *self;
  int lock = take_lock (id);

  if (lock < 0 || g_access (path, R_OK) != 0)
    {
      if (lock >= 0)
        close (lock);
      return NULL;
    }
  self = g_object_new (PTL_TYPE_RECOVERY_FILE, NULL);
  self->id = g_strdup (id);
  self->lock = lock;
  return self;
}

char *
ptl_recovery_file_get_path (PtlRecoveryFile *self)
{
  return path_of (self->id, PLAN);
}

static char *
about_text (const char *name, GFile *file, const char *digest, gboolean has_comments)
{
  g_autoptr (GKeyFile) about = g_key_file_new ();
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : NULL;

  g_key_file_set_string (about, GROUP, "name", name);
  if (uri != NULL)
    g_key_file_set_string (about, GROUP, "file", uri);
  if (digest != NULL)
    g_key_file_set_string (about, GROUP, "digest", digest);
  g_key_file_set_boolean (about, GROUP, "comments", has_comments);
  return g_key_file_to_data (about, NULL, NULL);
}

void
ptl_recovery_file_write (PtlRecoveryFile *self, GBytes *plan, const char *name, GFile *file, const char *digest,
                         gboolean has_comments)
{
  g_autofree char *folder = folder_name ();
  Job *job = g_new0 (Job, 1);

  ptl_recovery_file_wait (self, NULL);
  g_mkdir_with_parents (folder, 0700);
  if (self->lock < 0)
    self->lock = take_lock (self->id);
  job->path = path_of (self->id, PLAN);
  job->about_path = path_of (self->id, ABOUT);
  job->plan = g_bytes_ref (plan);
  job->about = about_text (name, file, digest, has_comments);
  job->writing = &self->writing;
  self->writing = TRUE;
  self->writer = g_thread_new ("recovery", write_in_thread, job);
}

gboolean
ptl_recovery_file_is_writing (PtlRecoveryFile *self)
{
  return g_atomic_int_get (&self->writing);
}

gboolean
ptl_recovery_file_wait (PtlRecoveryFile *self, GError **error)
{
  Job *job = self->writer != NULL ? g_thread_join (self->writer) : NULL;
  gboolean written = job == NULL || job->error == NULL;

  self->writer = NULL;
  if (!written)
    g_propagate_error (error, g_steal_pointer (&job->error));
  g_clear_pointer (&job, job_free);
  return written;
}

/* With what an interrupted write has left beside them; the lock goes last. */
void
ptl_recovery_file_remove (PtlRecoveryFile *self)
{
  g_autofree char *folder = folder_name (), *lock = path_of (self->id, LOCK);
  g_autoptr (GDir) names = NULL;

  ptl_recovery_file_wait (self, NULL);
  if (self->lock < 0)
    return;
  names = g_dir_open (folder, 0, NULL);
  for (const char *name; names != NULL && (name = g_dir_read_name (names)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, self->id) && !g_str_equal (path, lock))
        g_unlink (path);
    }
  g_unlink (lock);
  close (self->lock);
  self->lock = -1;
}

/* What was left over */

char *
ptl_left_over_get_path (const PtlLeftOver *left_over)
{
  return path_of (left_over->id, PLAN);
}

void
ptl_left_over_free (PtlLeftOver *left_over)
{
  g_free (left_over->id);
  g_free (left_over->name);
  g_clear_object (&left_over->file);
  g_free (left_over->digest);
  g_date_time_unref (left_over->written);
  g_free (left_over);
}

static PtlLeftOver *
read_left_over (const char *id)
{
  g_autofree char *path = path_of (id, PLAN), *about_path = path_of (id, ABOUT), *uri = NULL;
  g_autoptr (GKeyFile) about = g_key_file_new ();
  PtlLeftOver *left_over;
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return NULL;
  g_key_file_load_from_file (about, about_path, G_KEY_FILE_NONE, NULL);
  left_over = g_new0 (PtlLeftOver, 1);
  left_over->id = g_strdup (id);
  left_over->written = g_date_time_new_from_unix_local (info.st_mtime);
  left_over->digest = g_key_file_get_string (about, GROUP, "digest", NULL);
  left_over->has_comments = g_key_file_get_boolean (about, GROUP, "comments", NULL);
  left_over->name = g_key_file_get_string (about, GROUP, "name", NULL);
  uri = g_key_file_get_string (about, GROUP, "file", NULL);
  if (uri != NULL)
    left_over->file = g_file_new_for_uri (uri);
  if (left_over->name == NULL)
    left_over->name = g_path_get_basename (path);
  return left_over;
}

static int
compare_left_overs (gconstpointer a, gconstpointer b)
{
  const PtlLeftOver *one = *(PtlLeftOver *const *) a, *other = *(PtlLeftOver *const *) b;

  return g_date_time_compare (other->written, one->written);
}

GPtrArray *
ptl_recovery_list (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) ptl_left_over_free);
  g_autofree char *folder = folder_name ();
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);

  for (const char *name; names != NULL && (name = g_dir_read_name (names)) != NULL;)
    {
      g_autoptr (PtlRecoveryFile) taken = NULL;
      g_autofree char *id = NULL;
      PtlLeftOver *left_over;

      if (!g_str_has_suffix (name, PLAN))
        continue;
      id = g_strndup (name, strlen (name) - strlen (PLAN));
      taken = ptl_recovery_file_take (id); /* for a moment: nobody has it open */
      left_over = taken != NULL ? read_left_over (id) : NULL;
      if (left_over != NULL)
        g_ptr_array_add (list, left_over);
    }
  g_ptr_array_sort (list, compare_left_overs);
  return list;
}
