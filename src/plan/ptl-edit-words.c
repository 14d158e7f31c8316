#include "ptl-edit-words.h"

#include <glib/gi18n-lib.h>

#include "ptl-plan-check.h"

#define MAX_NAME 40 /* characters of a name in a menu */

/* "3 nodes": what stands in the place of %s in "Move %s"; for PTL_RECORD_PLAN, of several kinds. Free with g_free ().
 */
char *
ptl_words_count (PtlRecordKind kind, guint n)
{
  switch (kind)
    {
    case PTL_RECORD_SITE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u site", "%u sites", n), n);
    case PTL_RECORD_ZONE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u zone", "%u zones", n), n);
    case PTL_RECORD_FIREWALL:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u firewall", "%u firewalls", n), n);
    case PTL_RECORD_NODE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node", "%u nodes", n), n);
    case PTL_RECORD_LINK:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u link", "%u links", n), n);
    default: /* of several kinds */
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u item", "%u items", n), n);
    }
}

static char *
record_words (const PtlPlan *plan, PtlItem item)
{
  gconstpointer record = ptl_record (plan, item.kind, item.index);

  switch (item.kind)
    {
    case PTL_RECORD_PLAN:
      return g_strdup (_ ("the plan"));
    case PTL_RECORD_SET:
      return g_strdup (_ (ptl_catalogue_setting (plan->catalogue, ((const PtlSet *) record)->setting)->title));
    case PTL_RECORD_FEATURE:
      return g_strdup (_ (ptl_catalogue_feature (plan->catalogue, ((const PtlFeatureSet *) record)->feature)->title));
    case PTL_RECORD_LINK:
      return g_strdup (_ ("the link"));
    default:
      return g_strdup (ptl_record_name (item.kind, record));
    }
}

static gboolean
same_kind (const PtlItem *items, guint n)
{
  for (guint i = 1; i < n; i++)
    if (items[i].kind != items[0].kind)
      return FALSE;
  return TRUE;
}

/**
 * ptl_words_with:
 * @format: translated, with one %s
 * @name: is shortened where it is too long for a menu
 *
 * Returns: (transfer full): the two put together
 */
char *
ptl_words_with (const char *format, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  g_autofree char *shortened = g_utf8_strlen (name, -1) > MAX_NAME ? g_utf8_substring (name, 0, MAX_NAME - 1) : NULL;
  g_autofree char *ended = shortened != NULL ? g_strconcat (shortened, "…", NULL) : g_strdup (name);

  return g_strjoinv (ended, parts);
}

/**
 * ptl_words:
 * @format: translated, with one %s for what is edited
 *
 * Returns: (transfer full): "Move MP01", "Move 3 nodes", "Move 5 items"
 */
char *
ptl_words (const char *format, const PtlPlan *plan, const PtlItem *items, guint n)
{
  g_autofree char *what = n == 1 ? record_words (plan, items[0])
                                 : ptl_words_count (n > 0 && same_kind (items, n) ? items[0].kind : PTL_RECORD_PLAN, n);

  return ptl_words_with (format, what);
}

/**
 * ptl_words_key:
 *
 * Returns: (transfer full): a merge key that is the same for the same verb and the same items only
 */
char *
ptl_words_key (const char *verb, const PtlItem *items, guint n)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (guint i = 0; i < n; i++)
    {
      hash = (hash ^ ((guint64) items[i].kind << 32 | items[i].index)) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 29;
    }
  return g_strdup_printf ("%s %u %016" G_GINT64_MODIFIER "x", verb, n, hash);
}

/* Returns FALSE, so that a function which refuses can return this. */
gboolean
ptl_words_refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, PTL_PLAN_ERROR, PTL_PLAN_ERROR_VALUE, sentence);
  return FALSE;
}
