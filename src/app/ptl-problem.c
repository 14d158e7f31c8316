#include "ptl-problem.h"

#include <glib/gi18n-lib.h>

#include "plan/ptl-mend.h"
#include "ptl-item-words.h"
#include "ptl-problem-light.h"

struct _PtlProblem
{
  GObject parent_instance;

  GPtrArray *findings;
  const PtlFinding *finding; /* one of them */
};

G_DEFINE_FINAL_TYPE (PtlProblem, ptl_problem, G_TYPE_OBJECT)

static const struct
{
  const char *code, *title;
  const char *field; /* of the inspector, or NULL: nothing that is typed mends it */
} kinds[] = {
  { "address-family", N_ ("No address in common"), N_ ("Addresses") },
  { "address-overlap", N_ ("Overlapping addresses"), NULL },
  { "any-address", N_ ("Any address"), N_ ("Addresses") },
  { "cmg-alone", N_ ("Gateway without its partner"), NULL },
  { "documents-disagree", N_ ("Documents disagree"), NULL },
  { "limit", N_ ("Over a limit"), NULL },
  { "link-role", N_ ("Link without meaning"), NULL },
  { "no-address", N_ ("No address"), N_ ("Addresses") },
  { "no-site", N_ ("No site"), N_ ("Site") },
  { "no-site-server", N_ ("No site server"), NULL },
  { "no-sql-server", N_ ("No SQL Server"), NULL },
  { "no-zone", N_ ("No zone"), N_ ("Zone") },
  { "pull-without-source", N_ ("No pull source"), NULL },
  { "removed-role", N_ ("Removed role"), NULL },
  { "role-at-cas", N_ ("Role at a central administration site"), N_ ("Site") },
  { "role-at-secondary", N_ ("Role at a secondary site"), N_ ("Site") },
  { "site-code-reserved", N_ ("Reserved site code"), N_ ("Code") },
  { "site-parent", N_ ("Wrong parent site"), N_ ("Parent site") },
  { "sup-source", N_ ("No synchronisation source"), NULL },
  { "through-internet", N_ ("Way through the internet"), NULL },
  { "top-only-role", N_ ("Role below the top site"), N_ ("Site") },
  { "unanswered-clients", N_ ("Unanswered clients"), NULL },
  { "unroutable", N_ ("No way between zones"), NULL },
  { "windows-services-off", N_ ("Windows services switched off"), NULL },
  { "wsus-ports", N_ ("WSUS ports"), NULL },
};

const char *
ptl_problem_title (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].code, code))
      return _ (kinds[i].title);
  return code;
}

const char *
ptl_problem_get_field (PtlProblem *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].code, self->finding->code))
      return kinds[i].field != NULL ? _ (kinds[i].field) : NULL;
  return NULL;
}

/* What it is about */

/* The first and, if there is one, the other. */
static guint
find_things (PtlProblem *self, PtlSession *session, PtlItem items[2])
{
  static const struct
  {
    const char *word; /* of the findings */
    PtlRecordKind kind;
  } words[] = { { "site", PTL_RECORD_SITE },
                { "zone", PTL_RECORD_ZONE },
                { "zones", PTL_RECORD_ZONE },
                { "firewall", PTL_RECORD_FIREWALL },
                { "node", PTL_RECORD_NODE } };
  g_auto (GStrv) ids = g_strsplit (self->finding->subject, "~", 2);
  const char *const both[] = { ids[0], ids[1] != NULL ? ids[1] : self->finding->other };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    for (guint j = 0; j < G_N_ELEMENTS (both) && g_str_equal (self->finding->kind, words[i].word); j++)
      {
        int index = ptl_history_find (ptl_session_get_history (session), words[i].kind, both[j]);

        if (index >= 0)
          items[n++] = (PtlItem){ words[i].kind, (guint) index };
      }
  return n;
}

static gboolean
is_about (PtlProblem *self, const char *kind)
{
  return g_str_equal (self->finding->kind, kind);
}

char *
ptl_problem_get_name (PtlProblem *self, PtlSession *session)
{
  PtlItem items[2];
  guint n = find_things (self, session, items);
  g_autofree char *name = n > 0 ? ptl_item_name (session, items[0]) : g_strdup (self->finding->subject);
  g_autofree char *other = NULL;

  if (is_about (self, "conflict"))
    return g_strdup (_ ("Documents"));
  if (!is_about (self, "zones") || n < 2)
    return g_steal_pointer (&name);
  other = ptl_item_name (session, items[1]);
  return g_strdup_printf ("%s – %s", name, other);
}

void
ptl_problem_show (PtlProblem *self, PtlSession *session)
{
  PtlItem items[2];
  guint n = find_things (self, session, items);

  if (is_about (self, "conflict"))
    ptl_problem_light (session, self->finding->subject);
  else if (is_about (self, "zones") && n == 2)
    {
      const PtlPlan *plan = ptl_session_get_plan (session);
      const PtlZone *a = plan->zones->pdata[items[0].index], *b = plan->zones->pdata[items[1].index];

      ptl_session_set_focus (session, PTL_FOCUS_TRUNK, a->id, b->id);
    }
  else if (n > 0) /* what is typed is meant for one thing */
    ptl_session_select (session, items, ptl_problem_get_field (self) != NULL ? 1 : n, PTL_SELECT_ONLY);
}

gboolean
ptl_problem_can_mend (PtlProblem *self, PtlSession *session)
{
  g_autofree char *words = ptl_mend_get_words (ptl_session_get_history (session), self->finding);

  return words != NULL;
}

/* What was added stands last. The edits of a mend may hand the problem another finding than the one that is mended. */
gboolean
ptl_problem_mend (PtlProblem *self, PtlSession *session)
{
  G_GNUC_UNUSED g_autoptr (GPtrArray) kept = g_ptr_array_ref (self->findings);
  static const PtlRecordKind kinds_added[] = { PTL_RECORD_NODE, PTL_RECORD_FIREWALL };
  const PtlPlan *plan = ptl_session_get_plan (session);
  const guint before[] = { plan->nodes->len, plan->firewalls->len };
  GError *error = NULL;

  ptl_session_check (session, ptl_mend_apply (ptl_session_get_history (session), self->finding, &error), error);
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    if (ptl_records (plan, kinds_added[i])->len > before[i])
      {
        PtlItem added = { kinds_added[i], before[i] };

        ptl_session_select (session, &added, 1, PTL_SELECT_ONLY);
        return TRUE;
      }
  return FALSE;
}

static void
ptl_problem_finalize (GObject *object)
{
  g_ptr_array_unref (PTL_PROBLEM (object)->findings);
  G_OBJECT_CLASS (ptl_problem_parent_class)->finalize (object);
}

static void
ptl_problem_class_init (PtlProblemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ptl_problem_finalize;
}

static void
ptl_problem_init (PtlProblem *self)
{
}

PtlProblem *
ptl_problem_new (GPtrArray *findings, guint i)
{
  PtlProblem *self = g_object_new (PTL_TYPE_PROBLEM, NULL);

  self->findings = g_ptr_array_ref (findings);
  self->finding = findings->pdata[i];
  return self;
}

const PtlFinding *
ptl_problem_get_finding (PtlProblem *self)
{
  return self->finding;
}

gboolean
ptl_problem_take (PtlProblem *self, GPtrArray *findings, guint i)
{
  const PtlFinding *old = self->finding, *new = findings->pdata[i];

  if (!g_str_equal (old->code, new->code) || !g_str_equal (old->subject, new->subject)
      || g_strcmp0 (old->role, new->role) != 0 || g_strcmp0 (old->other, new->other) != 0)
    return FALSE;
  self->finding = new;
  g_ptr_array_ref (findings);
  g_ptr_array_unref (self->findings);
  self->findings = findings;
  return TRUE;
}

char *
ptl_problem_key (const PtlFinding *finding)
{
  return g_strjoin ("\n", finding->code, finding->subject, finding->role != NULL ? finding->role : "", finding->other,
                    NULL);
}
