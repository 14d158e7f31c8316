#include "ptl-view-state.h"

#include <math.h>

#include "draw/ptl-viewport.h"
#include "plan/ptl-plan-check.h"

#define MAX_PLANS 100
#define USED      "used" /* when, in seconds since 1970 */

static char *
path_of_file (void)
{
  return g_build_filename (g_get_user_state_dir (), "portolan", "views.ini", NULL);
}

/* What cannot be read is as if it were not there. */
static GKeyFile *
load_file (void)
{
  GKeyFile *keys = g_key_file_new ();
  g_autofree char *path = path_of_file ();

  g_key_file_load_from_file (keys, path, G_KEY_FILE_NONE, NULL);
  return keys;
}

/* Where somebody works is nobody's business: plans are known by a digest. */
static char *
group_of (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
}

/* A number between two others; `otherwise` when it is none. */
static double
get_number (GKeyFile *keys, const char *group, const char *key, double min, double max, double otherwise)
{
  g_autoptr (GError) error = NULL;
  double value = g_key_file_get_double (keys, group, key, &error);

  return error == NULL && value >= min && value <= max ? value : otherwise;
}

static void
set_text (GKeyFile *keys, const char *group, const char *key, const char *text)
{
  if (text != NULL)
    g_key_file_set_string (keys, group, key, text);
}

gboolean
ptl_view_state_load (PtlViewState *state, GFile *file)
{
  g_autoptr (GKeyFile) keys = load_file ();
  g_autofree char *group = group_of (file);

  *state = (PtlViewState){ .phase = -1 };
  if (!g_key_file_has_group (keys, group))
    return FALSE;
  state->phase = (int) get_number (keys, group, "phase", -1, 1, -1);
  state->site = g_key_file_get_string (keys, group, "site", NULL);
  state->firewall = g_key_file_get_string (keys, group, "firewall", NULL);
  state->sheet = g_key_file_get_string (keys, group, "sheet", NULL);
  state->x = get_number (keys, group, "x", -PTL_MAX_COORDINATE, PTL_MAX_COORDINATE, NAN);
  state->y = get_number (keys, group, "y", -PTL_MAX_COORDINATE, PTL_MAX_COORDINATE, NAN);
  state->scale = get_number (keys, group, "scale", PTL_MIN_SCALE, PTL_MAX_SCALE, NAN);
  state->moved = !isnan (state->x + state->y + state->scale);
  return TRUE;
}

/* Forgets the plans that were not looked at for the longest time. */
static void
forget (GKeyFile *keys)
{
  gsize n;
  g_auto (GStrv) groups = g_key_file_get_groups (keys, &n);

  for (; n > MAX_PLANS; n--)
    {
      const char *oldest = NULL;
      gint64 used = G_MAXINT64;

      for (char **group = groups; *group != NULL; group++)
        if (g_key_file_has_group (keys, *group) && g_key_file_get_int64 (keys, *group, USED, NULL) < used)
          {
            oldest = *group;
            used = g_key_file_get_int64 (keys, oldest, USED, NULL);
          }
      g_key_file_remove_group (keys, oldest, NULL);
    }
}

/* Without it the plan is only looked at as if for the first time: that is not worth a word. */
void
ptl_view_state_save (const PtlViewState *state, GFile *file)
{
  g_autoptr (GKeyFile) keys = load_file ();
  g_autofree char *path = path_of_file (), *folder = g_path_get_dirname (path), *group = group_of (file);

  g_key_file_remove_group (keys, group, NULL);
  g_key_file_set_int64 (keys, group, USED, g_get_real_time () / G_USEC_PER_SEC);
  g_key_file_set_integer (keys, group, "phase", state->phase);
  set_text (keys, group, "site", state->site);
  set_text (keys, group, "firewall", state->firewall);
  set_text (keys, group, "sheet", state->sheet);
  if (state->moved)
    {
      g_key_file_set_double (keys, group, "x", state->x);
      g_key_file_set_double (keys, group, "y", state->y);
      g_key_file_set_double (keys, group, "scale", state->scale);
    }
  forget (keys);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_key_file_save_to_file (keys, path, NULL);
}

void
ptl_view_state_clear (PtlViewState *state)
{
  g_clear_pointer (&state->site, g_free);
  g_clear_pointer (&state->firewall, g_free);
  g_clear_pointer (&state->sheet, g_free);
}
