#include "ptl-edit-delete.h"

#include <glib/gi18n-lib.h>

#include "ptl-edit-references.h"
#include "ptl-edit-words.h"

#define MAX_NAMED 5 /* firewalls in a sentence */

static PtlEdit *
make_edit (const PtlPlan *plan, const PtlItem *items, guint n, PtlLost *lost)
{
  PtlEdit *edit = ptl_edit_new (plan);
  g_auto (PtlRenames) gone = { 0 };

  for (guint i = 0; i < n; i++)
    {
      const char *id = ptl_record_id (items[i].kind, ptl_record (plan, items[i].kind, items[i].index));

      if (items[i].kind == PTL_RECORD_PLAN)
        continue;
      ptl_edit_remove (edit, items[i].kind, items[i].index);
      if (id != NULL)
        ptl_renames_add (&gone, items[i].kind, id, NULL);
    }
  ptl_edit_follow (edit, &gone, lost);
  return edit;
}

gboolean
ptl_edit_delete (PtlHistory *history, const PtlItem *items, guint n, GError **error)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  g_auto (PtlLost) lost = { 0 };
  PtlEdit *edit = make_edit (plan, items, n, &lost);

  return ptl_history_push (history, edit, ptl_words (_ ("Delete %s"), plan, items, n), NULL, error);
}

/* In words */

static void
add_line (GString *text, char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
  g_free (line);
}

/* The sentence for a number of references of one sort. */
static char *
cut_words (const PtlRecordReference *reference, guint n)
{
  if (reference->kind == PTL_RECORD_SITE)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u site will be without a parent.", "%u sites will be without a parent.", n), n);
  if (reference->kind == PTL_RECORD_FIREWALL)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u firewall will join fewer zones.", "%u firewalls will join fewer zones.", n),
        n);
  if (reference->kind == PTL_RECORD_LINK)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u link will be deleted, too.", "%u links will be deleted, too.", n), n);
  if (reference->to == PTL_RECORD_ZONE)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u node will be in no zone.", "%u nodes will be in no zone.", n), n);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u node will be without a site.", "%u nodes will be without a site.", n), n);
}

static char *
firewall_words (const GPtrArray *names)
{
  g_autoptr (GString) listed = g_string_new (NULL);

  for (guint i = 0; i < names->len && i < MAX_NAMED; i++)
    g_string_append_printf (listed, "%s%s", i > 0 ? ", " : "", (const char *) names->pdata[i]);
  if (names->len > MAX_NAMED)
    g_string_append (listed, ", …");
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u firewall would join fewer than two zones and will be deleted, too: %s.",
                   "%u firewalls would join fewer than two zones and will be deleted, too: %s.", names->len),
      names->len, listed->str);
}

char *
ptl_edit_delete_consequences (PtlHistory *history, const PtlItem *items, guint n)
{
  g_auto (PtlLost) lost = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);

  ptl_edit_free (make_edit (ptl_history_get_plan (history), items, n, &lost));
  for (guint i = 0; i < PTL_N_REFERENCES; i++)
    {
      guint number = lost.cut[i];

      /* The two ends of links are told together. */
      if (i + 1 < PTL_N_REFERENCES && ptl_references[i].kind == PTL_RECORD_LINK)
        continue;
      if (i > 0 && ptl_references[i].kind == PTL_RECORD_LINK)
        number += lost.cut[i - 1];
      if (number > 0)
        add_line (text, cut_words (&ptl_references[i], number));
    }
  if (lost.firewalls != NULL)
    add_line (text, firewall_words (lost.firewalls));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
