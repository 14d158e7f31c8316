#include "ptl-preferences.h"

#define GROUP "Window"

static char *
file_name (void)
{
  return g_build_filename (g_get_user_config_dir (), "portolan", "preferences.ini", NULL);
}

static GKeyFile *
load (void)
{
  GKeyFile *file = g_key_file_new ();
  g_autofree char *path = file_name ();

  g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  return file;
}

/* A choice that cannot be kept must not disturb the work: the next start has the old one. */
static void
save (GKeyFile *file)
{
  g_autofree char *path = file_name (), *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_key_file_save_to_file (file, path, NULL);
}

int
ptl_preferences_get_int (const char *key, int otherwise)
{
  g_autoptr (GKeyFile) file = load ();
  g_autoptr (GError) error = NULL;
  int value = g_key_file_get_integer (file, GROUP, key, &error);

  return error == NULL ? value : otherwise;
}

void
ptl_preferences_set_int (const char *key, int value)
{
  g_autoptr (GKeyFile) file = load ();

  g_key_file_set_integer (file, GROUP, key, value);
  save (file);
}

gboolean
ptl_preferences_get_flag (const char *key, gboolean otherwise)
{
  return ptl_preferences_get_int (key, otherwise) != 0;
}

void
ptl_preferences_set_flag (const char *key, gboolean value)
{
  ptl_preferences_set_int (key, value);
}

char *
ptl_preferences_get_word (const char *key, const char *otherwise)
{
  g_autoptr (GKeyFile) file = load ();
  char *value = g_key_file_get_string (file, GROUP, key, NULL);

  return value != NULL ? value : g_strdup (otherwise);
}

void
ptl_preferences_set_word (const char *key, const char *value)
{
  g_autoptr (GKeyFile) file = load ();

  g_key_file_set_string (file, GROUP, key, value);
  save (file);
}
