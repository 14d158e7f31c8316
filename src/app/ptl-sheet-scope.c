#include "ptl-sheet-scope.h"

#include <glib/gi18n.h>

/* The plan's thing in the sheets' graph, by its id. Returns FALSE when it is not there yet. */
static gboolean
find_node (const PtlGraph *graph, const char *id, guint *index)
{
  for (*index = 0; *index < graph->n_nodes; ++*index)
    if (g_str_equal (graph->nodes[*index].id, id))
      return TRUE;
  return FALSE;
}

static gboolean
find_zone (const PtlGraph *graph, const char *id, guint *index)
{
  for (*index = 0; *index < graph->n_zones; ++*index)
    if (g_str_equal (graph->zones[*index].id, id))
      return TRUE;
  return FALSE;
}

static PtlSheetScope *
scope_of_arrow (PtlSession *session, const PtlFocus *focus)
{
  const PtlPlan *plan = ptl_session_get_plan (session);
  const PtlGraph *graph = ptl_sheets_graph (ptl_session_get_sheets (session));
  gboolean talk = focus->kind == PTL_FOCUS_TALK;
  PtlRecordKind kind = talk ? PTL_RECORD_NODE : PTL_RECORD_ZONE;
  gboolean (*find) (const PtlGraph *, const char *, guint *) = talk ? find_node : find_zone;
  PtlSheetScope scope = { focus->kind, 0, 0, NULL, NULL };

  if (!find (graph, ptl_record_id (kind, ptl_record (plan, kind, focus->a)), &scope.a)
      || !find (graph, ptl_record_id (kind, ptl_record (plan, kind, focus->b)), &scope.b))
    return NULL;
  scope.name = g_strdup_printf ("%s – %s", talk ? graph->nodes[scope.a].name : graph->zones[scope.a].name,
                                talk ? graph->nodes[scope.b].name : graph->zones[scope.b].name);
  return g_memdup2 (&scope, sizeof scope);
}

static GHashTable *
selected_ids (PtlSession *session)
{
  const GPtrArray *nodes = ptl_session_get_plan (session)->nodes;
  GHashTable *ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint n;
  const PtlItem *items = ptl_session_get_selected (session, &n);

  for (guint i = 0; i < n; i++)
    if (items[i].kind == PTL_RECORD_NODE)
      g_hash_table_add (ids, ((PtlNode *) nodes->pdata[items[i].index])->id);
  return ids;
}

static PtlSheetScope *
scope_of_nodes (PtlSession *session)
{
  const PtlGraph *graph = ptl_sheets_graph (ptl_session_get_sheets (session));
  g_autoptr (GHashTable) ids = selected_ids (session);
  g_autofree gboolean *nodes = NULL;
  PtlSheetScope *scope;
  guint n = 0, last = 0;

  if (g_hash_table_size (ids) == 0)
    return NULL;
  nodes = g_new0 (gboolean, graph->n_nodes + 1);
  for (guint i = 0; i < graph->n_nodes; i++)
    if (g_hash_table_contains (ids, graph->nodes[i].id))
      {
        nodes[last = i] = TRUE;
        n++;
      }
  if (n == 0)
    return NULL;
  scope = g_new0 (PtlSheetScope, 1);
  scope->nodes = g_steal_pointer (&nodes);
  scope->name = n == 1 ? g_strdup (graph->nodes[last].name)
                       : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node", "%u nodes", n), n);
  return scope;
}

PtlSheetScope *
ptl_sheet_scope_new (PtlSession *session)
{
  PtlFocus focus;

  return ptl_session_get_focus (session, &focus) ? scope_of_arrow (session, &focus) : scope_of_nodes (session);
}

void
ptl_sheet_scope_free (PtlSheetScope *scope)
{
  if (scope == NULL)
    return;
  g_free (scope->nodes);
  g_free (scope->name);
  g_free (scope);
}

static gboolean
holds (const guint *nodes, guint n, guint node)
{
  for (guint i = 0; i < n; i++)
    if (nodes[i] == node)
      return TRUE;
  return FALSE;
}

static gboolean
holds_any (const guint *nodes, guint n, const gboolean *wanted)
{
  for (guint i = 0; i < n; i++)
    if (wanted[nodes[i]])
      return TRUE;
  return FALSE;
}

/* Whether the row permits something from one to the other. */
static gboolean
leads (const PtlRow *row, guint from, guint to)
{
  return holds (row->sources, row->n_sources, from) && holds (row->destinations, row->n_destinations, to);
}

gboolean
ptl_sheet_scope_has (const PtlSheetScope *scope, const PtlRow *row)
{
  switch (scope->kind)
    {
    case PTL_FOCUS_TALK:
      return leads (row, scope->a, scope->b) || leads (row, scope->b, scope->a);
    case PTL_FOCUS_TRUNK:
      return (row->source_zone == scope->a && row->destination_zone == scope->b)
             || (row->source_zone == scope->b && row->destination_zone == scope->a);
    default:
      return holds_any (row->sources, row->n_sources, scope->nodes)
             || holds_any (row->destinations, row->n_destinations, scope->nodes);
    }
}

guint
ptl_sheet_scope_count (const PtlSheetScope *scope, PtlSheets *sheets, guint firewall)
{
  const GPtrArray *rows = ptl_sheets_rows (sheets, firewall);
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += ptl_sheet_scope_has (scope, rows->pdata[i]);
  return n;
}
