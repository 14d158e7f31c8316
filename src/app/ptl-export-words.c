#include "ptl-export-words.h"

#include <glib/gi18n.h>

#define MAX_NAMES 8 /* in a list */

char *
ptl_export_words_names (const GPtrArray *names)
{
  guint n = names->len <= MAX_NAMES ? names->len : MAX_NAMES - 1;
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", (const char *) names->pdata[i]);
  if (n == names->len)
    return g_strdup (list->str);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s and %u more", "%s and %u more", names->len - n), list->str,
                          names->len - n);
}

char *
ptl_export_words_rules (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u rule", "%u rules", n), n);
}

char *
ptl_export_words_files (const GPtrArray *names)
{
  g_autofree char *list = ptl_export_words_names (names);

  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u file will be written: %s", "%u files will be written: %s", names->len),
      names->len, list);
}

char *
ptl_export_words_unresolved (const GPtrArray *names)
{
  g_autofree char *list = ptl_export_words_names (names);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node without an address stands on these sheets as %s: %s",
                                       "%u nodes without an address stand on these sheets as %s: %s", names->len),
                          names->len, "UNRESOLVED", list);
}

char *
ptl_export_words_errors (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u error in the plan: flows may be missing",
                                       "%u errors in the plan: flows may be missing", n),
                          n);
}

char *
ptl_export_words_replace (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Replace %u file?", "Replace %u files?", n), n);
}

char *
ptl_export_words_done (PtlExportJob *job, const PtlExportResult *result)
{
  guint n = ptl_export_job_count_sheets (job);
  g_autofree char *rules = ptl_export_words_rules (result->rules);
  g_autofree char *sheets = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u sheet", "%u sheets", n), n);
  g_autofree char *folder = g_filename_display_name (ptl_export_job_get_folder (job));

  return g_strdup_printf (_ ("%s in %s written to “%s”"), rules, sheets, folder);
}

char *
ptl_export_words_strangers (const GPtrArray *names)
{
  g_autofree char *list = ptl_export_words_names (names);

  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u sheet in the folder was not written now and is left alone: %s",
                   "%u sheets in the folder were not written now and are left alone: %s", names->len),
      names->len, list);
}

char *
ptl_export_words_stopped (PtlExportJob *job)
{
  guint done = ptl_export_job_get_done (job), n = ptl_export_job_get_files (job)->len;

  if (done == 0)
    return g_strdup (_ ("Nothing was written."));
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u of %u files was written.", "%u of %u files were written.", done), done, n);
}
