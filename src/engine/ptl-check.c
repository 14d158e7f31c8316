#include "ptl-check.h"

#include <stdarg.h>
#include <string.h>

#include "ptl-check-private.h"

const char *const ptl_severity_names[] = { "error", "warning", "note", NULL };

void
ptl_checker_add (PtlChecker *c, const char *code, const char *kind, const char *subject, const char *format, ...)
{
  PtlFinding *finding = g_new0 (PtlFinding, 1);
  va_list arguments;

  finding->severity = c->severity;
  finding->code = code;
  finding->kind = kind;
  finding->subject = g_strdup (subject);
  va_start (arguments, format);
  finding->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (c->findings, finding);
}

static PtlFinding *
last_finding (PtlChecker *c)
{
  return c->findings->pdata[c->findings->len - 1];
}

void
ptl_checker_set_role (PtlChecker *c, const PtlRole *role)
{
  last_finding (c)->role = role->name;
}

void
ptl_checker_set_other (PtlChecker *c, const PtlGraphNode *other)
{
  last_finding (c)->other = g_strdup (other->id);
}

static void
free_finding (gpointer data)
{
  PtlFinding *finding = data;

  g_free (finding->subject);
  g_free (finding->other);
  g_free (finding->message);
  g_free (finding);
}

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const PtlFinding *one = *(PtlFinding *const *) a, *other = *(PtlFinding *const *) b;
  int order = (int) one->severity - (int) other->severity;

  if (order == 0)
    order = strcmp (one->code, other->code);
  if (order == 0)
    order = strcmp (one->subject, other->subject);
  return order != 0 ? order : strcmp (one->message, other->message);
}

/* The role with a name that a check is about; -1 when the catalogue has none: no node holds it then. */
int
ptl_checker_role (const PtlChecker *c, const char *name)
{
  return ptl_catalogue_find_role (c->catalogue, name);
}

/* How the node holds the role, or NULL. */
const PtlRoleUse *
ptl_checker_use (const PtlGraphNode *node, int role)
{
  return role >= 0 ? ptl_graph_node_role (node, (guint) role) : NULL;
}

gboolean
ptl_checker_holds_kind (const PtlChecker *c, const PtlGraphNode *node, PtlRoleKind kind)
{
  for (guint i = 0; i < node->n_roles; i++)
    if (ptl_catalogue_role (c->catalogue, node->roles[i].role)->kind == kind)
      return TRUE;
  return FALSE;
}

/* Each adds the findings of one severity; ptl_check () sorts them. */
static const struct
{
  PtlSeverity severity;
  void (*check) (PtlChecker *c);
} checks[] = {
  { PTL_SEVERITY_ERROR, ptl_check_sites },
  { PTL_SEVERITY_ERROR, ptl_check_role_places },
  { PTL_SEVERITY_ERROR, ptl_check_wsus },
  { PTL_SEVERITY_ERROR, ptl_check_pull },
  { PTL_SEVERITY_ERROR, ptl_check_unroutable },
  { PTL_SEVERITY_WARNING, ptl_check_members },
  { PTL_SEVERITY_WARNING, ptl_check_nodes },
  { PTL_SEVERITY_WARNING, ptl_check_removed },
  { PTL_SEVERITY_WARNING, ptl_check_cmg },
  { PTL_SEVERITY_WARNING, ptl_check_internet_clients },
  { PTL_SEVERITY_WARNING, ptl_check_windows_services },
  { PTL_SEVERITY_WARNING, ptl_check_limits },
  { PTL_SEVERITY_WARNING, ptl_check_addresses },
  { PTL_SEVERITY_WARNING, ptl_check_families },
  { PTL_SEVERITY_WARNING, ptl_check_overlaps },
  { PTL_SEVERITY_WARNING, ptl_check_through_internet },
  { PTL_SEVERITY_NOTE, ptl_check_documents },
};

/**
 * ptl_check:
 *
 * Returns: (transfer full) (element-type PtlFinding): what is wrong or doubtful: errors first, then
 *   warnings, then notes, each by code and subject
 */
GPtrArray *
ptl_check (const PtlRoutes *routes)
{
  PtlChecker c = { .routes = routes, .flows = routes->flows, .graph = routes->flows->graph };

  c.catalogue = c.graph->catalogue;
  c.findings = g_ptr_array_new_with_free_func (free_finding);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      c.severity = checks[i].severity;
      checks[i].check (&c);
    }
  g_ptr_array_sort (c.findings, compare_findings);
  return c.findings;
}
