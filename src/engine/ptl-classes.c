#include "ptl-classes.h"

#include <string.h>

#include "ptl-hash.h"
#include "ptl-order.h"

/* The links of a node, one way: a slice of all links sorted by that end. */
typedef struct
{
  const PtlGraphLink *links; /* sorted by `from`, then kind and `to` */
  guint *first;              /* of a node, and the number of links behind the last */
} LinkEnds;

static int
compare_links (gconstpointer a, gconstpointer b)
{
  const PtlGraphLink *one = a, *other = b;

  if (one->from != other->from)
    return one->from < other->from ? -1 : 1;
  if (one->kind != other->kind)
    return one->kind < other->kind ? -1 : 1;
  return (one->to > other->to) - (one->to < other->to);
}

/* The links by their from-end; with `swapped`, by their to-end, which then stands in `from`. */
static LinkEnds
sort_links (const PtlGraph *graph, gboolean swapped)
{
  PtlGraphLink *links = g_new0 (PtlGraphLink, graph->n_links + 1);
  LinkEnds ends = { links, g_new0 (guint, graph->n_nodes + 1) };

  for (guint i = 0; i < graph->n_links; i++)
    {
      const PtlGraphLink *link = &graph->links[i];

      links[i] = *link;
      if (swapped)
        {
          links[i].from = link->to;
          links[i].to = link->from;
        }
      ends.first[links[i].from + 1]++;
    }
  qsort (links, graph->n_links, sizeof *links, compare_links);
  for (guint i = 0; i < graph->n_nodes; i++)
    ends.first[i + 1] += ends.first[i];
  return ends;
}

static void
free_ends (LinkEnds *ends)
{
  g_free ((gpointer) ends->links);
  g_free (ends->first);
}

static void
append_links (GByteArray *key, const LinkEnds *ends, guint node)
{
  guint32 n = ends->first[node + 1] - ends->first[node];

  g_byte_array_append (key, (const guint8 *) &n, sizeof n);
  for (guint i = ends->first[node]; i < ends->first[node + 1]; i++)
    {
      g_byte_array_append (key, (const guint8 *) &ends->links[i].kind, sizeof (guint));
      g_byte_array_append (key, (const guint8 *) &ends->links[i].to, sizeof (guint));
    }
}

static void
note_conditions (gboolean *used, const PtlConditions *conditions)
{
  for (guint i = 0; i < conditions->n; i++)
    if (conditions->items[i].subject == PTL_SUBJECT_SETTING)
      used[conditions->items[i].setting] = TRUE;
}

/* Notes which settings a rule reads from a node that holds the role at one of its sides. */
static void
note_rule (gboolean *used, const PtlCatalogue *catalogue, const PtlRule *rule, gboolean to_side)
{
  if (to_side)
    note_conditions (used, &rule->conditions);
  for (guint i = 0; i < rule->n_services; i++)
    {
      const PtlService *service = &rule->services[i];

      if (to_side)
        note_conditions (used, &service->conditions);
      /* What is read from a flow's own destination is read from the from side on the way back. */
      if (service->setting >= 0 && (to_side || ptl_catalogue_setting (catalogue, service->setting)->from_destination))
        used[service->setting] = TRUE;
    }
}

/* Of each role, which settings rules read from a node that holds it: rows of one gboolean a setting. */
static gboolean *
find_used_settings (const PtlCatalogue *catalogue)
{
  guint n = catalogue->settings->len;
  gboolean *used = g_new0 (gboolean, catalogue->roles->len * n + 1);

  for (guint i = 0; i < catalogue->rules->len; i++)
    {
      const PtlRule *rule = ptl_catalogue_rule (catalogue, i);

      note_rule (used + rule->to * n, catalogue, rule, TRUE);
      for (guint j = 0; j < rule->n_from; j++)
        note_rule (used + rule->from[j].role * n, catalogue, rule, FALSE);
    }
  return used;
}

/* The values of the settings that matter for the node's roles; the others make no difference. */
static void
append_values (GByteArray *key, const PtlGraph *graph, const PtlGraphNode *node, const gboolean *used)
{
  guint n = graph->catalogue->settings->len;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < node->n_roles; j++)
      if (used[node->roles[j].role * n + i])
        {
          g_byte_array_append (key, (const guint8 *) &node->values[i], sizeof (PtlValue *));
          break;
        }
}

/* All that a rule can see of a node, as bytes: nodes with the same bytes are one class. */
static void
make_key (GByteArray *key, const PtlGraph *graph, guint index, const gboolean *used, const LinkEnds *out,
          const LinkEnds *in)
{
  const PtlGraphNode *node = &graph->nodes[index];
  gint32 place[] = { node->zone, node->site, node->site_server_initiates, (gint32) node->n_roles };

  g_byte_array_set_size (key, 0);
  g_byte_array_append (key, (const guint8 *) place, sizeof place);
  g_byte_array_append (key, (const guint8 *) node->roles, node->n_roles * sizeof (PtlRoleUse));
  append_values (key, graph, node, used);
  append_links (key, out, index);
  append_links (key, in, index);
}

static int
compare_ids (gconstpointer a, gconstpointer b, gpointer data)
{
  const PtlGraph *graph = data;

  return strcmp (graph->nodes[*(const guint *) a].id, graph->nodes[*(const guint *) b].id);
}

/* Gives each node its class, classes numbered in the order of their first member's id. */
static void
number_classes (PtlFlows *flows)
{
  const PtlGraph *graph = flows->graph;
  LinkEnds out = sort_links (graph, FALSE), in = sort_links (graph, TRUE);
  g_autoptr (GHashTable) known
      = g_hash_table_new_full (ptl_hash_bytes, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  g_autoptr (GByteArray) key = g_byte_array_new ();
  g_autofree gboolean *used = find_used_settings (graph->catalogue);

  flows->class_of = g_new (guint, graph->n_nodes + 1);
  for (guint i = 0; i < graph->n_nodes; i++)
    {
      guint node = flows->by_id[i];
      g_autoptr (GBytes) bytes = NULL;
      gpointer number;

      make_key (key, graph, node, used, &out, &in);
      bytes = g_bytes_new_static (key->data, key->len);
      if (!g_hash_table_lookup_extended (known, bytes, NULL, &number))
        {
          number = GUINT_TO_POINTER (flows->n_classes++);
          g_hash_table_insert (known, g_bytes_new (key->data, key->len), number);
        }
      flows->class_of[node] = GPOINTER_TO_UINT (number);
    }
  free_ends (&out);
  free_ends (&in);
}

void
ptl_classes_build (PtlFlows *flows)
{
  guint n = flows->graph->n_nodes;
  guint *members = g_new (guint, n + 1), *next;

  g_ptr_array_add (flows->blocks, members);
  flows->by_id = ptl_order (n, compare_ids, flows->graph);
  flows->id_rank = ptl_ranks (flows->by_id, n);
  number_classes (flows);
  flows->classes = g_new0 (PtlClass, flows->n_classes + 1);
  for (guint i = 0; i < n; i++)
    flows->classes[flows->class_of[i]].n_members++;
  next = g_new (guint, flows->n_classes + 1);
  for (guint i = 0, sum = 0; i < flows->n_classes; i++)
    {
      next[i] = sum;
      flows->classes[i].members = members + sum;
      sum += flows->classes[i].n_members;
    }
  for (guint i = 0; i < n; i++)
    members[next[flows->class_of[flows->by_id[i]]]++] = flows->by_id[i];
  for (guint i = 0; i < flows->n_classes; i++)
    flows->classes[i].node = flows->classes[i].members[0];
  g_free (next);
}
