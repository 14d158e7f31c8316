#include "ptl-edit-sites.h"

#include <glib/gi18n-lib.h>

#include "ptl-edit-references.h"
#include "ptl-edit-sites-private.h"
#include "ptl-edit-words.h"
#include "ptl-plan-check.h"

#define MAX_NUMBER  99 /* of codes such as P01 */
#define ALL_CODES   (36 * 36 * 36)
#define CODE_DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

/* The first of CAS, C01 to C99, P01 to P99 or S01 to S99 that is free; then any that is. */
static gboolean
find_code (PtlHistory *history, PtlSiteKind kind, char code[4])
{
  static const char letters[] = { [PTL_SITE_CAS] = 'C', [PTL_SITE_PRIMARY] = 'P', [PTL_SITE_SECONDARY] = 'S' };

  g_strlcpy (code, "CAS", 4);
  if (kind == PTL_SITE_CAS && ptl_history_find (history, PTL_RECORD_SITE, code) < 0)
    return TRUE;
  for (int i = 1; i <= MAX_NUMBER; i++)
    {
      g_snprintf (code, 4, "%c%02d", letters[kind], i);
      if (ptl_history_find (history, PTL_RECORD_SITE, code) < 0)
        return TRUE;
    }
  for (guint i = 0; i < ALL_CODES; i++)
    {
      g_snprintf (code, 4, "%c%c%c", CODE_DIGITS[i / (36 * 36)], CODE_DIGITS[i / 36 % 36], CODE_DIGITS[i % 36]);
      if (ptl_history_find (history, PTL_RECORD_SITE, code) < 0)
        return TRUE;
    }
  return FALSE;
}

static const char *
code_of (const PtlPlan *plan, int site)
{
  return site >= 0 ? ((const PtlSite *) plan->sites->pdata[site])->code : NULL;
}

PtlSite *
ptl_edit_make_site (PtlHistory *history, PtlSiteKind kind, int parent, GError **error)
{
  PtlSite *site;
  char code[4];

  if (!find_code (history, kind, code))
    {
      ptl_words_refuse (error, _ ("all site codes are taken"));
      return NULL;
    }
  site = ptl_site_new ();
  site->kind = kind;
  ptl_replace_text (&site->code, code);
  ptl_replace_text (&site->parent, code_of (ptl_history_get_plan (history), parent));
  return site;
}

gboolean
ptl_edit_add_site (PtlHistory *history, PtlSiteKind kind, int parent, guint *index, GError **error)
{
  PtlSite *site = ptl_edit_make_site (history, kind, parent, error);
  PtlEdit *edit;
  guint place;

  if (site == NULL)
    return FALSE;
  edit = ptl_edit_new (ptl_history_get_plan (history));
  place = ptl_edit_insert (edit, PTL_RECORD_SITE, site);
  if (!ptl_history_push (history, edit, ptl_words_with (_ ("Add site %s"), site->code), NULL, error))
    return FALSE;
  if (index != NULL)
    *index = place;
  return TRUE;
}

/* Gives a record another id, and all that refers to it. */
static gboolean
push_id (PtlHistory *history, PtlItem item, char **field, PtlEdit *edit, const char *id, const char *format,
         GError **error)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  g_auto (PtlRenames) renames = { 0 };
  g_auto (PtlLost) lost = { 0 }; /* nothing, as nothing goes */

  ptl_renames_add (&renames, item.kind, ptl_record_id (item.kind, ptl_record (plan, item.kind, item.index)), id);
  ptl_replace_text (field, id);
  ptl_edit_follow (edit, &renames, &lost);
  return ptl_history_push (history, edit, ptl_words (format, plan, &item, 1), ptl_words_key ("id", &item, 1), error);
}

gboolean
ptl_edit_set_code (PtlHistory *history, guint site, const char *code, GError **error)
{
  int other = ptl_history_find (history, PTL_RECORD_SITE, code);
  PtlItem item = { PTL_RECORD_SITE, site };
  PtlEdit *edit;
  PtlSite *own;

  if (!ptl_check_site_code (code, error))
    return FALSE;
  if (other >= 0 && (guint) other != site)
    return ptl_words_refuse (error, _ ("another site has this code: choose another one"));
  edit = ptl_edit_new (ptl_history_get_plan (history));
  own = ptl_edit_change (edit, PTL_RECORD_SITE, site);
  return push_id (history, item, &own->code, edit, code, _ ("Change the code of %s"), error);
}

gboolean
ptl_edit_set_id (PtlHistory *history, PtlItem item, const char *id, GError **error)
{
  gboolean good = item.kind == PTL_RECORD_FIREWALL ? ptl_check_firewall_id (id, error) : ptl_check_id (id, error);
  PtlThing thing, other;
  PtlEdit *edit;
  guint place;

  if (!good)
    return FALSE;
  ptl_record_kind_thing (item.kind, &thing);
  if (ptl_plan_index_taken (ptl_history_get_index (history), thing, id, &other, &place)
      && (other != thing || place != item.index))
    return ptl_words_refuse (error, _ ("something else has this id (case does not tell two apart): choose another "
                                       "one"));
  edit = ptl_edit_new (ptl_history_get_plan (history));
  return push_id (history, item, ptl_record_id_field (item.kind, ptl_edit_change (edit, item.kind, item.index)), edit,
                  id, _ ("Change the id of %s"), error);
}

/* Whether one of the sites is the one at `site` or above it. A file may have a cycle. */
static gboolean
is_above (PtlHistory *history, const PtlItem *sites, guint n, int site)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  g_autofree gboolean *moved = g_new0 (gboolean, plan->sites->len + 1);

  for (guint i = 0; i < n; i++)
    moved[sites[i].index] = TRUE;
  for (guint steps = 0; site >= 0 && steps <= plan->sites->len; steps++)
    {
      if (moved[site])
        return TRUE;
      site = ptl_history_find (history, PTL_RECORD_SITE, ((const PtlSite *) plan->sites->pdata[site])->parent);
    }
  return FALSE;
}

gboolean
ptl_edit_set_parent (PtlHistory *history, const PtlItem *sites, guint n, int parent, GError **error)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  PtlEdit *edit;

  if (is_above (history, sites, n, parent))
    return ptl_words_refuse (error, _ ("a site cannot stand below itself: choose another parent"));
  edit = ptl_edit_new (plan);
  for (guint i = 0; i < n; i++)
    ptl_replace_text (&((PtlSite *) ptl_edit_change (edit, PTL_RECORD_SITE, sites[i].index))->parent,
                      code_of (plan, parent));
  return ptl_history_push (history, edit, ptl_words (_ ("Move %s in the hierarchy"), plan, sites, n), NULL, error);
}

gboolean
ptl_edit_set_site (PtlHistory *history, const PtlItem *nodes, guint n, int site, GError **error)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  PtlEdit *edit = ptl_edit_new (plan);

  for (guint i = 0; i < n; i++)
    ptl_replace_text (&((PtlNode *) ptl_edit_change (edit, PTL_RECORD_NODE, nodes[i].index))->site,
                      code_of (plan, site));
  return ptl_history_push (history, edit, ptl_words (_ ("Change the site of %s"), plan, nodes, n), NULL, error);
}
