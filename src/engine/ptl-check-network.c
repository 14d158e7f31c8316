#include <glib/gi18n-lib.h>
#include <stdint.h>
#include <string.h>

#include "ptl-address.h"
#include "ptl-check-private.h"
#include "ptl-hash.h"
#include "ptl-match.h"

/* The addresses of a node, one after the other. */
static GPtrArray *
split_addresses (const PtlGraphNode *node)
{
  g_auto (GStrv) words = *node->addresses != '\0' ? g_strsplit (node->addresses, " ", -1) : NULL;
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    g_ptr_array_add (addresses, g_steal_pointer (&words[i]));
  return addresses;
}

/* The kinds of all addresses of a node, as bits of PtlAddressKind. */
static guint
address_kinds (const PtlGraphNode *node)
{
  g_autoptr (GPtrArray) addresses = split_addresses (node);
  guint kinds = 0;

  for (guint i = 0; i < addresses->len; i++)
    {
      PtlAddress address;

      if (ptl_address_parse (addresses->pdata[i], &address, NULL))
        kinds |= address.kind;
    }
  return kinds;
}

/* What can be said of a node on its own. */
void
ptl_check_nodes (PtlChecker *c)
{
  for (guint i = 0; i < c->graph->n_nodes; i++)
    {
      const PtlGraphNode *node = &c->graph->nodes[i];
      PtlZoneKind kind = node->zone >= 0 ? c->graph->zones[node->zone].kind : PTL_ZONE_INTRANET;

      if (node->zone < 0)
        ptl_checker_add (c, "no-zone", "node", node->id,
                         _ ("the node stands in no zone, so its flows cross no firewall: put it in one"));
      if (node->site < 0
          && (ptl_checker_holds_kind (c, node, PTL_ROLE_SITE_SYSTEM)
              || ptl_checker_holds_kind (c, node, PTL_ROLE_CLIENT_LIKE)))
        ptl_checker_add (c, "no-site", "node", node->id,
                         _ ("the node has no site, so it serves or uses every site: give it one"));
      if (kind != PTL_ZONE_INTERNET && kind != PTL_ZONE_CLOUD && (address_kinds (node) & PTL_ADDRESS_ANY) != 0)
        ptl_checker_add (c, "any-address", "node", node->id,
                         _ ("the address “any” opens the firewall to everybody: write the node's addresses"));
    }
}

/* Pairs of zones that only a way through the internet joins. */
void
ptl_check_through_internet (PtlChecker *c)
{
  GHashTableIter iter;
  gpointer key, route;

  g_hash_table_iter_init (&iter, c->routes->routes);
  while (g_hash_table_iter_next (&iter, &key, &route))
    {
      const char *source = c->graph->zones[*(gint64 *) key >> 32].id;
      const char *destination = c->graph->zones[*(gint64 *) key & G_MAXUINT32].id;
      g_autofree char *subject = g_strdup_printf ("%s~%s", source, destination);

      if (((const PtlRoute *) route)->through_internet && strcmp (source, destination) < 0)
        ptl_checker_add (c, "through-internet", "zones", subject,
                         _ ("the only way between the zones passes through the internet: add a firewall that joins "
                            "them, or plan a tunnel"));
    }
}

/* The number of flows between two nodes' classes, all pairs of members counted. */
static uintmax_t
count_flows (const PtlFlows *flows, const PtlPair *pair)
{
  return (uintmax_t) flows->classes[pair->source].n_members * flows->classes[pair->destination].n_members
         * ptl_flows_bundle (flows, pair->bundle)->n;
}

void
ptl_check_unroutable (PtlChecker *c)
{
  const PtlGraph *graph = c->graph;
  g_autoptr (GHashTable) counts = g_hash_table_new_full (ptl_hash_text, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer subject, count;

  for (guint i = 0; i < c->flows->n_pairs; i++)
    {
      const PtlPair *pair = &c->flows->pairs[i];
      const PtlGraphZone *source, *destination;
      g_autofree char *key = NULL;
      uintmax_t sum;

      if (!ptl_flows_pair_crosses (c->flows, pair))
        continue;
      source = &graph->zones[graph->nodes[c->flows->classes[pair->source].node].zone];
      destination = &graph->zones[graph->nodes[c->flows->classes[pair->destination].node].zone];
      if (!ptl_routes_between (c->routes, (guint) (source - graph->zones), (guint) (destination - graph->zones))
               ->unroutable)
        continue;
      if (strcmp (source->id, destination->id) < 0)
        key = g_strdup_printf ("%s~%s", source->id, destination->id);
      else
        key = g_strdup_printf ("%s~%s", destination->id, source->id);
      count = g_hash_table_lookup (counts, key);
      sum = (count != NULL ? *(uintmax_t *) count : 0) + count_flows (c->flows, pair);
      g_hash_table_replace (counts, g_steal_pointer (&key), g_memdup2 (&sum, sizeof sum));
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &subject, &count))
    ptl_checker_add (c, "unroutable", "zones", subject,
                     _ ("no way for flows between the zones (%ju): join the zones by a firewall"),
                     *(uintmax_t *) count);
}

/* Whether a client-like role of the source asks for the flow; another of its roles may, by the same rule. */
static gboolean
is_clients_flow (const PtlChecker *c, const PtlGraphNode *source, const PtlGraphNode *destination, const PtlFlow *flow)
{
  const PtlRule *rule = ptl_catalogue_rule (c->catalogue, flow->rule);
  PtlLocation location = ptl_service_location (rule, &rule->services[flow->service]);

  for (guint i = 0; i < rule->n_from && !flow->back; i++)
    {
      PtlCandidate candidate = { c->graph,
                                 rule,
                                 rule->from[i].scope,
                                 source,
                                 destination,
                                 ptl_graph_node_role (source, rule->from[i].role),
                                 ptl_graph_node_role (destination, rule->to) };

      if (candidate.from_use != NULL
          && ptl_catalogue_role (c->catalogue, rule->from[i].role)->kind == PTL_ROLE_CLIENT_LIKE
          && ptl_candidate_in_scope (&candidate) && ptl_candidate_in_location (&candidate, location))
        return TRUE;
    }
  return FALSE;
}

/* Whether something answers a client-like role that the class holds. */
static gboolean
is_answered (const PtlChecker *c, guint class)
{
  const PtlGraphNode *source = &c->graph->nodes[c->flows->classes[class].node];

  for (guint i = c->flows->first_pair[class]; i < c->flows->first_pair[class + 1]; i++)
    {
      const PtlPair *pair = &c->flows->pairs[i];
      const PtlBundle *bundle = ptl_flows_bundle (c->flows, pair->bundle);
      const PtlGraphNode *destination = &c->graph->nodes[c->flows->classes[pair->destination].node];

      for (guint j = 0; j < bundle->n; j++)
        if (is_clients_flow (c, source, destination, &bundle->flows[j]))
          return TRUE;
    }
  return FALSE;
}

void
ptl_check_internet_clients (PtlChecker *c)
{
  for (guint i = 0; i < c->flows->n_classes; i++)
    {
      const PtlClass *class = &c->flows->classes[i];
      const PtlGraphNode *node = &c->graph->nodes[class->node];

      if (node->zone < 0 || c->graph->zones[node->zone].kind != PTL_ZONE_INTERNET
          || !ptl_checker_holds_kind (c, node, PTL_ROLE_CLIENT_LIKE) || is_answered (c, i))
        continue;
      for (guint j = 0; j < class->n_members; j++)
        ptl_checker_add (c, "unanswered-clients", "node", c->graph->nodes[class->members[j]].id,
                         _ ("nothing answers these clients on the internet: add a cloud management gateway, or site "
                            "systems that are “internet-facing”"));
    }
}

void
ptl_check_addresses (PtlChecker *c)
{
  g_autofree gboolean *crosses = g_new0 (gboolean, c->flows->n_classes + 1);

  for (guint i = 0; i < c->flows->n_pairs; i++)
    if (ptl_flows_pair_crosses (c->flows, &c->flows->pairs[i]))
      crosses[c->flows->pairs[i].source] = crosses[c->flows->pairs[i].destination] = TRUE;
  for (guint i = 0; i < c->graph->n_nodes; i++)
    if (crosses[c->flows->class_of[i]] && *c->graph->nodes[i].addresses == '\0')
      ptl_checker_add (c, "no-address", "node", c->graph->nodes[i].id,
                       _ ("flows of the node cross a firewall, but it has no address: add one, or the sheets say "
                          "UNRESOLVED"));
}

/* The members of a class that have addresses of one family only, by family: 0 IPv4, 1 IPv6. */
typedef struct
{
  guint n[2];
  guint first[2]; /* a node */
} Families;

/* 0 or 1 as above, or -1 when the node has both, none, a name or `any`. */
static int
only_family (const PtlGraphNode *node)
{
  guint kinds = address_kinds (node);

  return kinds == PTL_ADDRESS_IPV4 ? 0 : kinds == PTL_ADDRESS_IPV6 ? 1 : -1;
}

/* What members of a class with one family alone cannot reach. */
typedef struct
{
  uintmax_t n[2];
  guint first[2];
} Unreached;

/* Nodes whose addresses have no family in common with those they start flows to: one finding a node,
 * however many it cannot reach. */
void
ptl_check_families (PtlChecker *c)
{
  g_autofree int *family = g_new (int, c->graph->n_nodes + 1);
  g_autofree Families *families = g_new0 (Families, c->flows->n_classes + 1);
  g_autofree Unreached *unreached = g_new0 (Unreached, c->flows->n_classes + 1);

  for (guint i = 0; i < c->graph->n_nodes; i++)
    {
      Families *of_class = &families[c->flows->class_of[i]];

      family[i] = only_family (&c->graph->nodes[i]);
      if (family[i] >= 0 && of_class->n[family[i]]++ == 0)
        of_class->first[family[i]] = i;
    }
  for (guint i = 0; i < c->flows->n_pairs; i++)
    for (guint own = 0; own < 2 && ptl_flows_pair_crosses (c->flows, &c->flows->pairs[i]); own++)
      {
        const Families *other = &families[c->flows->pairs[i].destination];
        Unreached *of_class = &unreached[c->flows->pairs[i].source];

        if (of_class->n[own] == 0 && other->n[1 - own] > 0)
          of_class->first[own] = other->first[1 - own];
        of_class->n[own] += other->n[1 - own];
      }
  for (guint i = 0; i < c->graph->n_nodes; i++)
    {
      const Unreached *of_class = &unreached[c->flows->class_of[i]];

      if (family[i] < 0 || of_class->n[family[i]] == 0)
        continue;
      ptl_checker_add (c, "address-family", "node", c->graph->nodes[i].id,
                       _ ("the node has only %s addresses, but starts flows to %ju with only %s ones, such as %s: "
                          "add addresses of the same family"),
                       family[i] == 0 ? "IPv4" : "IPv6", of_class->n[family[i]], family[i] == 0 ? "IPv6" : "IPv4",
                       c->graph->nodes[of_class->first[family[i]]].id);
      ptl_checker_set_other (c, &c->graph->nodes[of_class->first[family[i]]]);
    }
}

/* An address of a node, to be compared with those of other nodes. */
typedef struct
{
  PtlAddress address;
  guint node;
  char *name; /* of a host, see reverse_labels () */
} Place;

/* The labels of a host name from the last to the first, so that names under one domain stand together; a first
 * label * sorts before letters, so that it stands before the names it covers. */
static char *
reverse_labels (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_auto (GStrv) labels = g_strsplit (lower, ".", -1);
  g_autoptr (GString) reversed = g_string_new (NULL);

  for (guint i = g_strv_length (labels); i-- > 0;)
    if (i > 0 || strcmp (labels[0], "*") != 0)
      g_string_append_printf (reversed, "%s.", labels[i]);
    else
      g_string_append_c (reversed, '*');
  return g_string_free (g_steal_pointer (&reversed), FALSE);
}

/* Whether a name as above is the other, or a wildcard above it. */
static gboolean
covers (const char *name, const char *other)
{
  gsize n = strlen (name);

  if (name[n - 1] == '*')
    return strncmp (name, other, n - 1) == 0;
  return strcmp (name, other) == 0;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *one = a, *other = b;
  int order = (int) one->address.kind - (int) other->address.kind;

  if (order == 0)
    order = one->name != NULL ? strcmp (one->name, other->name) : memcmp (one->address.first, other->address.first, 16);
  return order != 0 ? order : (one->node > other->node) - (one->node < other->node);
}

static gboolean
overlap (const Place *earlier, const Place *later)
{
  if (earlier->node == later->node || earlier->address.kind != later->address.kind)
    return FALSE;
  return later->name != NULL ? covers (earlier->name, later->name)
                             : memcmp (earlier->address.last, later->address.first, 16) >= 0;
}

/* Whether an address ends behind an earlier one, so that it overlaps more of what follows. */
static gboolean
reaches_further (const Place *place, const Place *earlier)
{
  return place->name != NULL ? !covers (earlier->name, place->name)
                             : memcmp (place->address.last, earlier->address.last, 16) > 0;
}

static void
clear_place (gpointer data)
{
  g_free (((Place *) data)->name);
}

static GArray *
list_places (const PtlGraph *graph)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));

  g_array_set_clear_func (places, clear_place);
  for (guint i = 0; i < graph->n_nodes; i++)
    {
      g_autoptr (GPtrArray) addresses = split_addresses (&graph->nodes[i]);

      for (guint j = 0; j < addresses->len; j++)
        {
          Place place = { .node = i };

          if (!ptl_address_parse (addresses->pdata[j], &place.address, NULL) || place.address.kind == PTL_ADDRESS_ANY)
            continue;
          if (place.address.kind == PTL_ADDRESS_NAME)
            place.name = reverse_labels (addresses->pdata[j]);
          g_array_append_val (places, place);
        }
    }
  g_array_sort (places, compare_places);
  return places;
}

static void
add_overlap (PtlChecker *c, GHashTable *seen, guint one, guint other)
{
  const PtlGraphNode *a = &c->graph->nodes[one], *b = &c->graph->nodes[other];

  if (strcmp (a->id, b->id) > 0)
    {
      const PtlGraphNode *swap = a;

      a = b;
      b = swap;
    }
  if (!g_hash_table_add (seen, g_strdup_printf ("%s~%s", a->id, b->id)))
    return;
  ptl_checker_add (c, "address-overlap", "node", a->id,
                   _ ("its addresses overlap those of %s, so a rule for one opens the other: give each node its own"),
                   b->id);
  ptl_checker_set_other (c, b);
}

/* Each address is compared with the one before it that reaches furthest. What overlaps any other before it overlaps
 * that one too, or is of the same node, whose overlap was found then: every node with an overlap is named, without
 * a list of all pairs. */
void
ptl_check_overlaps (PtlChecker *c)
{
  g_autoptr (GArray) places = list_places (c->graph);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (ptl_hash_text, g_str_equal, g_free, NULL);
  const Place *furthest = NULL;

  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);

      if (furthest != NULL && furthest->address.kind != place->address.kind)
        furthest = NULL;
      if (furthest != NULL && overlap (furthest, place))
        add_overlap (c, seen, furthest->node, place->node);
      if (furthest == NULL || reaches_further (place, furthest))
        furthest = place;
    }
}

/* The contradictions of the documents that flows of the plan rest on. */
void
ptl_check_documents (PtlChecker *c)
{
  g_autofree gboolean *found = g_new0 (gboolean, c->catalogue->conflicts->len + 1);

  for (guint i = 0; i < c->flows->bundles->len; i++)
    for (guint j = 0; j < ptl_flows_bundle (c->flows, i)->n; j++)
      {
        const PtlFlow *flow = &ptl_flows_bundle (c->flows, i)->flows[j];
        const GArray *conflicts = ptl_catalogue_rule (c->catalogue, flow->rule)->services[flow->service].conflicts;

        for (guint k = 0; k < conflicts->len; k++)
          found[g_array_index (conflicts, guint, k)] = TRUE;
      }
  for (guint i = 0; i < c->catalogue->conflicts->len; i++)
    if (found[i])
      {
        const PtlConflict *conflict = &g_array_index (c->catalogue->conflicts, PtlConflict, i);

        ptl_checker_add (c, "documents-disagree", "conflict", conflict->id, "%s (%s)", conflict->text, conflict->lines);
      }
}
