#include "ptl-graph.h"

#include "ptl-hash.h"

/**
 * ptl_graph_new:
 * @catalogue: must outlive the graph
 *
 * Returns: (transfer full): an empty graph for the plan to fill
 */
PtlGraph *
ptl_graph_new (const PtlCatalogue *catalogue)
{
  PtlGraph *graph = g_new0 (PtlGraph, 1);

  graph->catalogue = catalogue;
  graph->strings = g_string_chunk_new (1 << 16);
  graph->blocks = g_ptr_array_new_with_free_func (g_free);
  graph->values = g_hash_table_new_full (ptl_hash_text, g_str_equal, g_free, (GDestroyNotify) ptl_value_free);
  graph->features = ptl_graph_alloc (graph, catalogue->features->len, sizeof (gboolean));
  g_atomic_ref_count_init (&graph->refs);
  return graph;
}

PtlGraph *
ptl_graph_ref (PtlGraph *graph)
{
  g_atomic_ref_count_inc (&graph->refs);
  return graph;
}

void
ptl_graph_unref (PtlGraph *graph)
{
  if (graph == NULL || !g_atomic_ref_count_dec (&graph->refs))
    return;
  g_hash_table_unref (graph->values);
  g_ptr_array_unref (graph->blocks);
  g_string_chunk_free (graph->strings);
  g_free (graph);
}

/* Zeroed memory that lives as long as the graph. */
gpointer
ptl_graph_alloc (PtlGraph *graph, gsize n, gsize size)
{
  gpointer block = g_malloc0_n (MAX (n, 1), size);

  g_ptr_array_add (graph->blocks, block);
  return block;
}

/* A copy of the text that lives as long as the graph; NULL becomes "". */
const char *
ptl_graph_string (PtlGraph *graph, const char *text)
{
  return text == NULL || *text == '\0' ? "" : g_string_chunk_insert (graph->strings, text);
}

/* The graph's own copy of a setting's value: equal values share one pointer. */
const PtlValue *
ptl_graph_value (PtlGraph *graph, guint setting, const PtlValue *value)
{
  g_autofree char *key = g_strdup_printf ("%u %s", setting, value->text);
  PtlValue *own = g_hash_table_lookup (graph->values, key);

  if (own == NULL)
    {
      own = ptl_value_copy (value);
      g_hash_table_insert (graph->values, g_steal_pointer (&key), own);
    }
  return own;
}

/* Gives the sites from `site` up their top, once the parents above have theirs or a site repeats. */
static void
find_top (PtlGraph *graph, guint site, GArray *way, guint *place)
{
  int top, next = (int) site;
  guint cycle;

  g_array_set_size (way, 0);
  while (next >= 0 && graph->sites[next].top < 0 && place[next] == 0)
    {
      g_array_append_val (way, next);
      place[next] = way->len;
      next = graph->sites[next].parent;
    }
  if (next < 0)
    top = g_array_index (way, int, way->len - 1);
  else
    top = graph->sites[next].top;
  /* In a cycle the top of each site is the last one before it repeats: the one below it. */
  cycle = next >= 0 && top < 0 ? place[next] - 1 : way->len;
  for (guint i = cycle; i < way->len; i++)
    graph->sites[g_array_index (way, int, i)].top = g_array_index (way, int, i > cycle ? i - 1 : way->len - 1);
  if (cycle < way->len)
    top = graph->sites[next].top;
  for (guint i = 0; i < cycle; i++)
    graph->sites[g_array_index (way, int, i)].top = top;
}

/* Fills the `top` of all sites from their parents; the last step of making a graph. In a cycle of parents the
 * topmost ancestor is the last site reached before one repeats. */
void
ptl_graph_find_tops (PtlGraph *graph)
{
  g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (int));
  g_autofree guint *place = g_new0 (guint, graph->n_sites + 1);

  for (guint i = 0; i < graph->n_sites; i++)
    graph->sites[i].top = -1;
  for (guint i = 0; i < graph->n_sites; i++)
    if (graph->sites[i].top < 0)
      find_top (graph, i, way, place);
}

/* The word that an option of a role has, or NULL when the role has no such option, or a number. */
const char *
ptl_role_use_word (const PtlCatalogue *catalogue, const PtlRoleUse *use, const char *option)
{
  const PtlRole *role = ptl_catalogue_role (catalogue, use->role);
  int index = ptl_role_find_option (role, option);

  return index >= 0 && role->options[index].values != NULL ? role->options[index].values[use->options[index]] : NULL;
}

/* How the node holds a role, or NULL. */
const PtlRoleUse *
ptl_graph_node_role (const PtlGraphNode *node, guint role)
{
  for (guint i = 0; i < node->n_roles; i++)
    if (node->roles[i].role == role)
      return &node->roles[i];
  return NULL;
}
