#include "ptl-classes.h"

#include <string.h>

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

/* All that a rule can see of a node, as bytes: nodes with the same bytes are one class. */
static void
make_key (GByteArray *key, const PtlGraph *graph, guint index, const LinkEnds *out, const LinkEnds *in)
{
  const PtlGraphNode *node = &graph->nodes[index];
  gint32 place[] = { node->zone, node->site, node->site_server_initiates, (gint32) node->n_roles };

  g_byte_array_set_size (key, 0);
  g_byte_array_append (key, (const guint8 *) place, sizeof place);
  g_byte_array_append (key, (const guint8 *) node->roles, node->n_roles * sizeof (PtlRoleUse));
  g_byte_array_append (key, (const guint8 *) node->values,
                       graph->catalogue->settings->len * (guint) sizeof (PtlValue *));
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
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  g_autoptr (GByteArray) key = g_byte_array_new ();

  flows->class_of = g_new (guint, graph->n_nodes + 1);
  for (guint i = 0; i < graph->n_nodes; i++)
    {
      guint node = flows->by_id[i];
      g_autoptr (GBytes) bytes = NULL;
      gpointer number;

      make_key (key, graph, node, &out, &in);
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
