#include "ptl-icon.h"

#include <gio/gio.h>
#include <string.h>

#include "ptl-icons.h"

#define ICONS     "/org/portolan/icons/"
#define EXTENSION ".svg"
#define UNKNOWN   "role" /* for roles of a catalogue newer than the icons */

static void
on_start_element_cb (GMarkupParseContext *context, const char *element, const char **names, const char **values,
                     gpointer data, GError **error)
{
  GString *path = data;

  for (guint i = 0; strcmp (element, "path") == 0 && names[i] != NULL; i++)
    if (strcmp (names[i], "d") == 0)
      g_string_append_printf (path, "%s%s", path->len > 0 ? " " : "", values[i]);
}

/* The paths of an icon's file as one. */
static char *
read_path (const char *resource)
{
  static const GMarkupParser parser = { .start_element = on_start_element_cb };
  g_autoptr (GBytes) bytes = g_resources_lookup_data (resource, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, path, NULL);
  gsize n;
  const char *text = g_bytes_get_data (bytes, &n);

  if (!g_markup_parse_context_parse (context, text, (gssize) n, NULL))
    return NULL;
  return g_strdup (path->str);
}

static PtlIcon *
load_icon (const char *file)
{
  g_autofree char *resource = g_strconcat (ICONS, file, NULL);
  PtlIcon *icon = g_new0 (PtlIcon, 1);

  icon->name = g_strndup (file, strlen (file) - strlen (EXTENSION));
  icon->path = read_path (resource);
  icon->steps = icon->path != NULL ? ptl_icon_parse_path (icon->path) : NULL;
  if (icon->steps == NULL)
    g_error ("the icon %s is not made of lines that we draw", file);
  return icon;
}

/* All icons by name; they live as long as the program. */
static GHashTable *
icons (void)
{
  static GHashTable *table;

  if (g_once_init_enter (&table))
    {
      GHashTable *loaded = g_hash_table_new (g_str_hash, g_str_equal);
      g_auto (GStrv) files = NULL;

      ptl_icons_get_resource (); /* without a use of it, the linker would leave the icons out */
      files = g_resources_enumerate_children (ICONS, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      for (char **file = files; *file != NULL; file++)
        if (g_str_has_suffix (*file, EXTENSION))
          {
            PtlIcon *icon = load_icon (*file);

            g_hash_table_insert (loaded, icon->name, icon);
          }
      g_once_init_leave (&table, loaded);
    }
  return table;
}

/**
 * ptl_icon_find:
 * @name: of a file in icons/, without its extension
 *
 * Returns: (transfer none) (nullable): the icon
 */
const PtlIcon *
ptl_icon_find (const char *name)
{
  return g_hash_table_lookup (icons (), name);
}

/**
 * ptl_icon_find_role:
 * @role: the name of a role of the catalogue
 *
 * Returns: (transfer none): its icon, or one that stands for any role
 */
const PtlIcon *
ptl_icon_find_role (const char *role)
{
  const PtlIcon *icon = ptl_icon_find (role);

  return icon != NULL ? icon : ptl_icon_find (UNKNOWN);
}
