#include "ptl-mend.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ptl-edit-words.h"
#include "ptl-mend-private.h"

/* The other codes want what only a person knows: an address, a code, who moves where. */
static const struct
{
  const char *code;
  void (*mend) (PtlMender *m);
} mends[] = {
  { "cmg-alone", ptl_mend_cmg },
  { "link-role", ptl_mend_link },
  { "no-site", ptl_mend_no_site },
  { "no-site-server", ptl_mend_site_server },
  { "no-sql-server", ptl_mend_sql_server },
  { "no-zone", ptl_mend_no_zone },
  { "pull-without-source", ptl_mend_pull_source },
  { "removed-role", ptl_mend_removed_role },
  { "role-at-cas", ptl_mend_role_place },
  { "role-at-secondary", ptl_mend_role_place },
  { "site-parent", ptl_mend_parent },
  { "sup-source", ptl_mend_sync_source },
  { "through-internet", ptl_mend_zones },
  { "top-only-role", ptl_mend_role_place },
  { "unanswered-clients", ptl_mend_internet_clients },
  { "unroutable", ptl_mend_zones },
  { "windows-services-off", ptl_mend_windows_services },
  { "wsus-ports", ptl_mend_wsus_ports },
};

/* Whether the subject is still there. */
static gboolean
find_subject (PtlMender *m)
{
  PtlRecordKind kind = g_str_equal (m->finding->kind, "site") ? PTL_RECORD_SITE : PTL_RECORD_NODE;
  int index;

  if (g_str_equal (m->finding->kind, "zones"))
    return TRUE; /* which are two: the mend finds them */
  index = ptl_history_find (m->history, kind, m->finding->subject);
  m->subject = (guint) index;
  return index >= 0;
}

static void
mend (PtlMender *m)
{
  m->plan = ptl_history_get_plan (m->history);
  for (guint i = 0; i < G_N_ELEMENTS (mends); i++)
    if (g_str_equal (m->finding->code, mends[i].code) && find_subject (m))
      mends[i].mend (m);
}

char *
ptl_mend_get_words (PtlHistory *history, const PtlFinding *finding)
{
  PtlMender m = { .history = history, .finding = finding };

  mend (&m);
  return m.words;
}

gboolean
ptl_mend_apply (PtlHistory *history, const PtlFinding *finding, GError **error)
{
  PtlMender m = { .history = history, .finding = finding, .doing = TRUE, .error = error };
  g_autofree char *words = NULL;

  ptl_history_seal (history);
  mend (&m);
  words = m.words;
  if (m.done)
    ptl_history_rename (history, words);
  ptl_history_seal (history);
  return words != NULL ? m.done : ptl_words_refuse (error, _ ("nothing is left to mend here"));
}

gboolean
ptl_mender_offer (PtlMender *m, char *words)
{
  m->words = words;
  return m->doing;
}

int
ptl_mender_site_of (const PtlMender *m, const PtlNode *node)
{
  return ptl_history_find (m->history, PTL_RECORD_SITE, node->site);
}

int
ptl_mender_parent_of (const PtlMender *m, int site)
{
  return ptl_history_find (m->history, PTL_RECORD_SITE, ((const PtlSite *) m->plan->sites->pdata[site])->parent);
}

PtlNodeRole *
ptl_mender_find_role (const PtlMender *m, const PtlNode *node, const char *role)
{
  for (guint i = 0; i < node->roles->len; i++)
    {
      PtlNodeRole *own = node->roles->pdata[i];

      if (g_strcmp0 (ptl_catalogue_role (m->plan->catalogue, own->use.role)->name, role) == 0)
        return own;
    }
  return NULL;
}

const char *
ptl_mender_option (const PtlMender *m, const PtlNode *node, const char *role, const char *option)
{
  const PtlNodeRole *own = ptl_mender_find_role (m, node, role);

  return own != NULL ? ptl_role_use_word (m->plan->catalogue, &own->use, option) : NULL;
}

#define STEP   20 /* between two rows that are tried, and beside nodes */
#define HEADER 60 /* of a zone: its name */

/* The nodes that a row of others at this height would touch. */
static void
find_row (const PtlPlan *plan, double y, GPtrArray *row)
{
  g_ptr_array_set_size (row, 0);
  for (guint i = 0; i < plan->nodes->len; i++)
    {
      PtlNode *node = plan->nodes->pdata[i];

      if (ABS (node->y - y) < PTL_NODE_HEIGHT + STEP)
        g_ptr_array_add (row, node);
    }
}

/* One of them that a node at this place would touch, or NULL. */
static const PtlNode *
find_neighbour (const GPtrArray *row, double x)
{
  for (guint i = 0; i < row->len; i++)
    {
      const PtlNode *node = row->pdata[i];

      if (ABS (node->x - x) < PTL_NODE_WIDTH + STEP)
        return node;
    }
  return NULL;
}

gboolean
ptl_mender_find_room (const PtlMender *m, const PtlZone *zone, double *x, double *y)
{
  g_autoptr (GPtrArray) row = g_ptr_array_new ();

  for (*y = zone->y + HEADER; *y <= zone->y + zone->height - PTL_NODE_HEIGHT - STEP; *y += STEP)
    {
      find_row (m->plan, *y, row);
      *x = zone->x + STEP;
      while (*x <= zone->x + zone->width - PTL_NODE_WIDTH - STEP)
        {
          const PtlNode *neighbour = find_neighbour (row, *x);

          if (neighbour == NULL)
            return TRUE;
          *x = neighbour->x + PTL_NODE_WIDTH + STEP;
        }
    }
  return FALSE;
}
