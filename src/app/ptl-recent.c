#include "ptl-recent.h"

#include <gtk/gtk.h>

#include "io/ptl-plan-file.h"

void
ptl_recent_free (PtlRecent *recent)
{
  g_object_unref (recent->file);
  g_free (recent->name);
  g_free (recent->folder);
  g_date_time_unref (recent->used);
  g_free (recent);
}

static char *
short_folder (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file), home = g_file_new_for_path (g_get_home_dir ());
  g_autofree char *below = folder != NULL ? g_file_get_relative_path (home, folder) : NULL;

  if (below != NULL)
    return g_build_filename ("~", below, NULL);
  return folder == NULL ? g_strdup ("") : g_file_equal (folder, home) ? g_strdup ("~") : g_file_get_parse_name (folder);
}

static PtlRecent *
recent_new (GtkRecentInfo *info)
{
  PtlRecent *recent = g_new0 (PtlRecent, 1);
  g_autofree char *name = NULL;

  recent->file = g_file_new_for_uri (gtk_recent_info_get_uri (info));
  recent->folder = short_folder (recent->file);
  recent->used = g_date_time_to_local (gtk_recent_info_get_modified (info));
  name = g_file_get_basename (recent->file);
  if (g_str_has_suffix (name, ".portolan"))
    name[strlen (name) - strlen (".portolan")] = '\0';
  recent->name = g_filename_display_name (name);
  return recent;
}

static int
compare_infos (gconstpointer a, gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified ((GtkRecentInfo *) b),
                              gtk_recent_info_get_modified ((GtkRecentInfo *) a));
}

/* Whether a file elsewhere exists is not asked: that may take long. */
static gboolean
is_ours (GtkRecentInfo *info)
{
  return g_str_equal (gtk_recent_info_get_mime_type (info), PTL_PLAN_MIME_TYPE)
         && (!gtk_recent_info_is_local (info) || gtk_recent_info_exists (info));
}

GPtrArray *
ptl_recent_list (guint max)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) ptl_recent_free);
  GList *infos = g_list_sort (gtk_recent_manager_get_items (gtk_recent_manager_get_default ()), compare_infos);

  for (GList *l = infos; l != NULL && list->len < max; l = l->next)
    if (is_ours (l->data))
      g_ptr_array_add (list, recent_new (l->data));
  g_list_free_full (infos, (GDestroyNotify) gtk_recent_info_unref);
  return list;
}

void
ptl_recent_add (GFile *file)
{
  static char *groups[] = { NULL };
  g_autofree char *uri = g_file_get_uri (file);
  GtkRecentData data = { .mime_type = (char *) PTL_PLAN_MIME_TYPE,
                         .app_name = (char *) "portolan",
                         .app_exec = (char *) "portolan %u",
                         .groups = groups };

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}
