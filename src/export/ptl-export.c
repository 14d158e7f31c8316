#include "ptl-export.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "ptl-csv.h"

#define INDEX "index.csv"

/* A file to be written: one sheet in one format. */
typedef struct
{
  const PtlFormat *format;
  guint firewall;
  char *name;
} File;

static void
file_free (gpointer data)
{
  File *file = data;

  g_free (file->name);
  g_free (file);
}

/* The files in the order of the index. */
static GPtrArray *
plan_files (const PtlRoutes *routes, const PtlExport *what)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (file_free);

  for (guint i = 0; i < what->firewalls->len; i++)
    for (guint j = 0; j < what->formats->len; j++)
      {
        File *file = g_new0 (File, 1);

        file->format = g_ptr_array_index (what->formats, j);
        file->firewall = g_array_index (what->firewalls, guint, i);
        file->name = g_strconcat (routes->firewalls[file->firewall].id, file->format->extension, NULL);
        g_ptr_array_add (files, file);
      }
  return files;
}

/* Two firewalls may ask for one file name: a.excel as CSV, and a as CSV for spreadsheets. Some file
 * systems ignore case. */
static gboolean
check_names (const GPtrArray *files, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_hash_table_add (seen, g_strdup (INDEX));
  for (guint i = 0; i < files->len; i++)
    {
      const File *file = g_ptr_array_index (files, i);

      if (!g_hash_table_add (seen, g_ascii_strdown (file->name, -1)))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
                       _ ("two files of this export would be called %s: rename a firewall or choose other formats"),
                       file->name);
          return FALSE;
        }
    }
  return TRUE;
}

/* Whether the folder that a folder would stand in is missing. */
static gboolean
lacks_parent (const char *folder)
{
  g_autofree char *path = g_strdup (folder);
  g_autofree char *parent = NULL;

  for (gsize n = strlen (path); n > 1 && path[n - 1] == '/'; n--)
    path[n - 1] = '\0';
  parent = g_path_get_dirname (path);
  return !g_file_test (parent, G_FILE_TEST_EXISTS);
}

/* Why a folder cannot be made, the same words in every language where there are some. */
static const char *
folder_failure (const char *folder, int number)
{
  const char *text = ptl_output_failure_text (g_file_error_from_errno (number));

  if (number == ENOENT)
    return lacks_parent (folder) ? _ ("its parent does not exist") : _ ("the system makes no folder there");
  if (number == ENOTDIR)
    return _ ("its parent is not a folder");
  return text != NULL ? text : g_strerror (number);
}

static gboolean
make_folder (const char *folder, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder);
  int number;

  if (g_file_test (folder, G_FILE_TEST_IS_DIR) || g_mkdir (folder, 0777) == 0)
    return TRUE;
  number = errno;
  if (number == EEXIST)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY, _ ("%s is not a folder"), name);
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), _ ("the folder %s cannot be made: %s"), name,
                 folder_failure (folder, number));
  return FALSE;
}

static gboolean
write_file (PtlSheets *sheets, const PtlExport *what, const File *file, GError **error)
{
  g_autofree char *path = g_build_filename (what->folder, file->name, NULL);
  PtlOutput *output = ptl_output_new_for_file (path, FALSE);

  file->format->write (output, sheets, file->firewall);
  return ptl_output_finish (output, error);
}

/* Says which file comes next, of the sheets and the index. */
static gboolean
go_on (const PtlExport *what, const GPtrArray *files, guint done, const char *name, GError **error)
{
  if (what->progress == NULL || what->progress (done, files->len + 1, name, what->data))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  return FALSE;
}

static gboolean
write_files (PtlSheets *sheets, const PtlExport *what, const GPtrArray *files, GError **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      const File *file = g_ptr_array_index (files, i);

      if (!go_on (what, files, i, file->name, error) || !write_file (sheets, what, file, error))
        return FALSE;
    }
  return go_on (what, files, files->len, INDEX, error);
}

void
ptl_export_find_unresolved (PtlSheets *sheets, guint firewall, GHashTable *nodes)
{
  const PtlGraphNode *known = ptl_sheets_graph (sheets)->nodes;
  GPtrArray *rows = ptl_sheets_rows (sheets, firewall);

  for (guint r = 0; r < rows->len; r++)
    {
      const PtlRow *row = g_ptr_array_index (rows, r);

      for (guint i = 0; i < row->n_sources + row->n_destinations; i++)
        {
          guint node = i < row->n_sources ? row->sources[i] : row->destinations[i - row->n_sources];

          if (*known[node].addresses == '\0')
            g_hash_table_add (nodes, GUINT_TO_POINTER (node));
        }
    }
}

/* What stands on a firewall's sheet, added up in the result; `all` are the nodes without an address on any. Returns how
 * many of those are on this sheet. */
static guint
count (PtlSheets *sheets, guint firewall, GHashTable *all, PtlExportResult *result)
{
  g_autoptr (GHashTable) here = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer node;

  ptl_export_find_unresolved (sheets, firewall, here);
  g_hash_table_iter_init (&iter, here);
  while (g_hash_table_iter_next (&iter, &node, NULL))
    g_hash_table_add (all, node);
  result->rules += ptl_sheets_rows (sheets, firewall)->len;
  result->unresolved = g_hash_table_size (all);
  return g_hash_table_size (here);
}

/* The index; `result` gets its numbers. */
static gboolean
write_index (PtlSheets *sheets, const PtlExport *what, const GPtrArray *files, PtlExportResult *result, GError **error)
{
  static const char *const header[] = { "Firewall", "File", "Rules", "Unresolved" };
  g_autofree char *path = g_build_filename (what->folder, INDEX, NULL);
  PtlOutput *output = ptl_output_new_for_file (path, FALSE);
  g_autoptr (GHashTable) all = g_hash_table_new (NULL, NULL);
  guint here = 0; /* nodes without an address on the firewall's sheet */

  ptl_csv_row (output, header, G_N_ELEMENTS (header));
  for (guint i = 0; i < files->len; i++)
    {
      const File *file = g_ptr_array_index (files, i);
      g_autofree char *n_rules = g_strdup_printf ("%u", ptl_sheets_rows (sheets, file->firewall)->len);
      g_autofree char *n_nodes = NULL;
      const char *fields[] = { ptl_sheets_routes (sheets)->firewalls[file->firewall].id, file->name, n_rules, NULL };

      if (i == 0 || ((const File *) g_ptr_array_index (files, i - 1))->firewall != file->firewall)
        here = count (sheets, file->firewall, all, result);
      fields[3] = n_nodes = g_strdup_printf ("%u", here);
      ptl_csv_row (output, fields, G_N_ELEMENTS (fields));
    }
  return ptl_output_finish (output, error);
}

/* Whether a file is a rule sheet, whoever wrote it: its beginning tells. */
static gboolean
is_sheet (const char *path)
{
  char beginning[4096];
  gsize n;
  FILE *file;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || (file = g_fopen (path, "rb")) == NULL)
    return FALSE;
  n = fread (beginning, 1, sizeof beginning - 1, file);
  fclose (file);
  beginning[n] = '\0';
  for (const PtlFormat *format = ptl_formats; format->name != NULL; format++)
    if (g_str_has_suffix (path, format->extension) && format->is_ours (beginning))
      return TRUE;
  return FALSE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* Sheets in the folder that this export did not write. */
static GPtrArray *
find_strangers (const char *folder, const GPtrArray *files)
{
  GPtrArray *strangers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) ours = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  for (guint i = 0; i < files->len; i++)
    g_hash_table_add (ours, ((const File *) g_ptr_array_index (files, i))->name);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_hash_table_contains (ours, name) && is_sheet (path))
        g_ptr_array_add (strangers, g_strdup (name));
    }
  g_ptr_array_sort (strangers, compare_names);
  return strangers;
}

GPtrArray *
ptl_export_file_names (const PtlRoutes *routes, const PtlExport *what, GError **error)
{
  g_autoptr (GPtrArray) files = plan_files (routes, what);
  GPtrArray *names;

  if (!check_names (files, error))
    return NULL;
  names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (names, g_strdup (((const File *) g_ptr_array_index (files, i))->name));
  g_ptr_array_add (names, g_strdup (INDEX));
  return names;
}

/**
 * ptl_export_sheets:
 * @sheets: the sheets of a plan
 * @what: which of them, in which formats, and where to
 * @result: (out caller-allocates): what the person should know; free the strangers with g_ptr_array_unref ()
 * @error: return location for an error (domain G_IO_ERROR)
 *
 * Writes the sheets and, last, the index beside them. Each file is the old one or the new one, never
 * a half. Nothing is written when two files would have one name.
 *
 * Returns: whether every file was written; @result is set only then
 */
gboolean
ptl_export_sheets (PtlSheets *sheets, const PtlExport *what, PtlExportResult *result, GError **error)
{
  g_autoptr (GPtrArray) files = plan_files (ptl_sheets_routes (sheets), what);

  *result = (PtlExportResult){ 0 };
  if (!check_names (files, error) || !make_folder (what->folder, error) || !write_files (sheets, what, files, error)
      || !write_index (sheets, what, files, result, error))
    return FALSE;
  result->strangers = find_strangers (what->folder, files);
  return TRUE;
}
