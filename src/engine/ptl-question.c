#include "ptl-question.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ptl-hash.h"

#define MAX_WORDS 12 /* more are not looked at */

/* One word, or several that are one name. */
typedef struct
{
  char *text; /* folded */
  gboolean is_port;
  int protocol; /* of the ports; -1: any */
  PtlRange ports;
} Term;

/* How much of a text a term must be. */
typedef enum
{
  FIT_WHOLE,
  FIT_WORD,    /* the beginning of a word */
  FIT_PART,    /* any part: people spell names as they like */
  FIT_ADDRESS, /* any part, and no port */
} Fit;

/* What something is called, and where it is noted which terms fit it: a bit each. */
typedef struct
{
  char *text; /* folded */
  Fit fit;
  guint32 *bits;
} Text;

struct _PtlQuestion
{
  const PtlRoutes *routes;
  const PtlGraph *graph;
  GArray *terms; /* Term */
  guint32 all;   /* bits: the terms */
  guint32 *nodes, *sites, *zones, *firewalls, *roles;
  guint32 *rules, *services; /* of a rule: from its `first_service` on */
  guint32 protocols[PTL_PROTOCOL_UDP + 1];
  guint *first_service;
};

/* What one flow adds to what its ends are called. */
typedef struct
{
  guint32 common, source, destination;
} Hint;

/* Without regard to case and to how accents are written. */
static char *
fold (const char *text)
{
  g_autofree char *normal = NULL;

  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);
  normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  return g_utf8_casefold (normal, -1);
}

/* Terms */

/* Takes over the text. */
static Term
term_new (char *text)
{
  Term term = { .text = text, .protocol = -1 };
  const char *slash = strchr (text, '/');
  g_autofree char *protocol = slash != NULL ? g_strndup (text, (gsize) (slash - text)) : NULL;

  if (protocol != NULL)
    term.protocol = ptl_name_index (ptl_protocol_names, protocol);
  term.is_port
      = (protocol == NULL || term.protocol >= 0) && ptl_range_parse (slash != NULL ? slash + 1 : text, &term.ports);
  return term;
}

static gboolean
is_part_of_word (char c)
{
  return g_ascii_isalnum (c) || (guchar) c > 127;
}

static gboolean
fits_at (const Term *term, const Text *text, const char *at)
{
  char before = at > text->text ? at[-1] : ' ', after = at[strlen (term->text)];

  if (text->fit == FIT_WHOLE)
    return at == text->text && after == '\0';
  if (term->is_port) /* a number in a name */
    return text->fit != FIT_ADDRESS && !g_ascii_isdigit (before) && !g_ascii_isdigit (after);
  return text->fit != FIT_WORD || !is_part_of_word (before);
}

static gboolean
occurs (const Term *term, const Text *text)
{
  for (const char *at = strstr (text->text, term->text); at != NULL; at = strstr (at + 1, term->text))
    if (fits_at (term, text, at))
      return TRUE;
  return FALSE;
}

static gboolean
occurs_somewhere (const Term *term, const GArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    if (occurs (term, &g_array_index (texts, Text, i)))
      return TRUE;
  return FALSE;
}

static void
clear_term (gpointer data)
{
  g_free (((Term *) data)->text);
}

/* The term that begins with the first word: as many words as are in one name together. */
static guint
add_term (PtlQuestion *q, char **words, guint n, const GArray *texts)
{
  for (; n > 0; n--)
    {
      char *after = words[n];
      Term term;

      words[n] = NULL;
      term = term_new (g_strjoinv (" ", words));
      words[n] = after;
      if (n == 1 || occurs_somewhere (&term, texts))
        {
          g_array_append_val (q->terms, term);
          break;
        }
      clear_term (&term);
    }
  return n;
}

static void
add_terms (PtlQuestion *q, const char *text, const GArray *texts)
{
  g_autofree char *folded = fold (text);
  g_auto (GStrv) words = g_strsplit_set (folded, " \t\n", -1);
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++) /* leaves out empty ones */
    if (*words[i] != '\0' && n < MAX_WORDS)
      {
        char *word = words[i];

        words[i] = words[n];
        words[n++] = word;
      }
  for (guint i = 0; i < n;)
    i += add_term (q, words + i, n - i, texts);
  q->all = (1u << q->terms->len) - 1;
}

/* Texts */

static void
clear_text (gpointer data)
{
  g_free (((Text *) data)->text);
}

static void
add_text (GArray *texts, const char *text, Fit fit, guint32 *bits)
{
  Text added = { NULL, fit, bits };

  if (text == NULL || *text == '\0')
    return;
  added.text = fold (text);
  g_array_append_val (texts, added);
}

static void
add_catalogue (PtlQuestion *q, GArray *texts)
{
  const PtlCatalogue *catalogue = q->graph->catalogue;
  guint n_services = 0;

  q->roles = g_new0 (guint32, catalogue->roles->len);
  for (guint i = 0; i < catalogue->roles->len; i++)
    {
      const PtlRole *role = ptl_catalogue_role (catalogue, i);
      const char *const words[] = { role->name, role->title, _ (role->title), role->short_name, role->also };

      for (guint j = 0; j < G_N_ELEMENTS (words); j++)
        add_text (texts, words[j], FIT_WORD, &q->roles[i]);
    }
  q->rules = g_new0 (guint32, catalogue->rules->len);
  q->first_service = g_new (guint, catalogue->rules->len);
  for (guint i = 0; i < catalogue->rules->len; i++)
    {
      q->first_service[i] = n_services;
      n_services += ptl_catalogue_rule (catalogue, i)->n_services;
      add_text (texts, ptl_catalogue_rule (catalogue, i)->id, FIT_WHOLE, &q->rules[i]);
    }
  q->services = g_new0 (guint32, n_services + 1);
  for (guint i = 0; i < catalogue->rules->len; i++)
    for (guint j = 0; j < ptl_catalogue_rule (catalogue, i)->n_services; j++)
      add_text (texts, ptl_catalogue_rule (catalogue, i)->services[j].name, FIT_WORD,
                &q->services[q->first_service[i] + j]);
  for (guint i = 0; i < G_N_ELEMENTS (q->protocols); i++)
    add_text (texts, ptl_protocol_names[i], FIT_WHOLE, &q->protocols[i]);
}

static void
add_plan (PtlQuestion *q, GArray *texts)
{
  const PtlGraph *graph = q->graph;

  q->sites = g_new0 (guint32, graph->n_sites + 1);
  q->zones = g_new0 (guint32, graph->n_zones + 1);
  q->firewalls = g_new0 (guint32, q->routes->n_firewalls + 1);
  q->nodes = g_new0 (guint32, graph->n_nodes + 1);
  for (guint i = 0; i < graph->n_sites; i++)
    {
      add_text (texts, graph->sites[i].code, FIT_PART, &q->sites[i]);
      add_text (texts, graph->sites[i].name, FIT_PART, &q->sites[i]);
    }
  for (guint i = 0; i < graph->n_zones; i++)
    {
      add_text (texts, graph->zones[i].id, FIT_PART, &q->zones[i]);
      add_text (texts, graph->zones[i].name, FIT_PART, &q->zones[i]);
    }
  for (guint i = 0; i < graph->n_firewalls; i++) /* those that are implied have no names of their own */
    {
      add_text (texts, q->routes->firewalls[i].id, FIT_PART, &q->firewalls[i]);
      add_text (texts, q->routes->firewalls[i].name, FIT_PART, &q->firewalls[i]);
    }
  for (guint i = 0; i < graph->n_nodes; i++)
    {
      add_text (texts, graph->nodes[i].id, FIT_PART, &q->nodes[i]);
      add_text (texts, graph->nodes[i].name, FIT_PART, &q->nodes[i]);
      add_text (texts, graph->nodes[i].addresses, FIT_ADDRESS, &q->nodes[i]);
    }
}

/* Notes which terms fit what, and for the nodes also those that fit where they belong. */
static void
fit (PtlQuestion *q, const GArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    for (guint j = 0; j < q->terms->len; j++)
      if (occurs (&g_array_index (q->terms, Term, j), &g_array_index (texts, Text, i)))
        *g_array_index (texts, Text, i).bits |= 1u << j;
  for (guint i = 0; i < q->graph->n_nodes; i++)
    {
      const PtlGraphNode *node = &q->graph->nodes[i];

      q->nodes[i] |= (node->site >= 0 ? q->sites[node->site] : 0) | (node->zone >= 0 ? q->zones[node->zone] : 0);
    }
}

/**
 * ptl_question_new:
 * @text: what a person typed
 *
 * Returns: (transfer full) (nullable): the question; NULL when the text has no word
 */
PtlQuestion *
ptl_question_new (const PtlRoutes *routes, const char *text)
{
  PtlQuestion *q = g_new0 (PtlQuestion, 1);
  g_autoptr (GArray) texts = g_array_new (FALSE, FALSE, sizeof (Text));

  g_array_set_clear_func (texts, clear_text);
  q->routes = routes;
  q->graph = routes->flows->graph;
  q->terms = g_array_new (FALSE, FALSE, sizeof (Term));
  g_array_set_clear_func (q->terms, clear_term);
  add_catalogue (q, texts);
  add_plan (q, texts);
  add_terms (q, text, texts);
  if (q->terms->len == 0)
    g_clear_pointer (&q, ptl_question_free);
  else
    fit (q, texts);
  return q;
}

void
ptl_question_free (PtlQuestion *q)
{
  if (q == NULL)
    return;
  g_array_unref (q->terms);
  g_free (q->nodes);
  g_free (q->sites);
  g_free (q->zones);
  g_free (q->firewalls);
  g_free (q->roles);
  g_free (q->rules);
  g_free (q->services);
  g_free (q->first_service);
  g_free (q);
}

/* Answers */

static guint32
held_roles (const PtlQuestion *q, guint node)
{
  guint32 bits = 0;

  for (guint i = 0; i < q->graph->nodes[node].n_roles; i++)
    bits |= q->roles[q->graph->nodes[node].roles[i].role];
  return bits;
}

static guint32
port_bits (const PtlQuestion *q, const PtlFlow *flow)
{
  guint32 bits = 0;

  for (guint i = 0; i < q->terms->len; i++)
    {
      const Term *term = &g_array_index (q->terms, Term, i);

      if (term->is_port && (term->protocol < 0 || term->protocol == flow->protocol) && flow->from <= term->ports.to
          && term->ports.from <= flow->to)
        bits |= 1u << i;
    }
  return bits;
}

/* The firewalls between two nodes. */
static guint32
route_bits (const PtlQuestion *q, guint source, guint destination)
{
  int from = q->graph->nodes[source].zone, to = q->graph->nodes[destination].zone;
  const PtlRoute *route
      = from >= 0 && to >= 0 && from != to ? ptl_routes_between (q->routes, (guint) from, (guint) to) : NULL;
  guint32 bits = 0;

  for (guint i = 0; route != NULL && i < route->n_firewalls; i++)
    bits |= q->firewalls[route->firewalls[i]];
  return bits;
}

static Hint
hint_of (const PtlQuestion *q, guint source, guint destination, const PtlFlow *flow)
{
  const PtlRule *rule = ptl_catalogue_rule (q->graph->catalogue, flow->rule);
  const PtlGraphNode *from = &q->graph->nodes[flow->back ? destination : source];
  guint32 from_bits = 0, to_bits = q->roles[rule->to];

  for (guint i = 0; i < rule->n_from; i++)
    if (ptl_graph_node_role (from, rule->from[i].role) != NULL)
      from_bits |= q->roles[rule->from[i].role];
  return (Hint){ q->rules[flow->rule] | q->services[q->first_service[flow->rule] + flow->service]
                     | q->protocols[flow->protocol] | port_bits (q, flow),
                 flow->back ? to_bits : from_bits, flow->back ? from_bits : to_bits };
}

static gboolean
takes_hint (const PtlQuestion *q, const Hint *hint, guint source, guint destination)
{
  return (hint->common | hint->source | hint->destination | q->nodes[source] | q->nodes[destination]) == q->all;
}

gboolean
ptl_question_takes (const PtlQuestion *q, guint source, guint destination, const PtlFlow *flow)
{
  Hint hint = hint_of (q, source, destination, flow);

  hint.common |= route_bits (q, source, destination);
  return takes_hint (q, &hint, source, destination);
}

/* The hints of the flows between two classes that the lens shows, each kind once. */
static GArray *
hints_new (const PtlQuestion *q, const PtlTalks *talks, guint source, guint destination)
{
  const PtlBundle *bundle = ptl_flows_between (q->routes->flows, source, destination);
  guint32 on_the_way = route_bits (q, source, destination);
  GArray *hints = g_array_new (FALSE, FALSE, sizeof (Hint));

  for (guint i = 0; bundle != NULL && i < bundle->n; i++)
    if (ptl_lens_shows_flow (&talks->lens, q->graph->catalogue, &bundle->flows[i]))
      {
        Hint hint = hint_of (q, source, destination, &bundle->flows[i]);
        gboolean known = FALSE;

        hint.common |= on_the_way;
        for (guint j = 0; j < hints->len && !known; j++)
          known = memcmp (&hint, &g_array_index (hints, Hint, j), sizeof hint) == 0;
        if (!known)
          g_array_append_val (hints, hint);
      }
  return hints;
}

typedef struct
{
  const PtlQuestion *question;
  const PtlTalks *talks;
  GHashTable *hints; /* gint64: class of the source << 32 | class of the destination -> GArray of Hint */
  gboolean *nodes;   /* those that fit */
} Finding;

static const GArray *
find_hints (Finding *f, guint source, guint destination)
{
  const PtlFlows *flows = f->question->routes->flows;
  gint64 key = (gint64) flows->class_of[source] << 32 | flows->class_of[destination];
  GArray *hints = g_hash_table_lookup (f->hints, &key);

  if (hints == NULL)
    {
      hints = hints_new (f->question, f->talks, source, destination);
      g_hash_table_insert (f->hints, g_memdup2 (&key, sizeof key), hints);
    }
  return hints;
}

/* Whether some flow from the one to the other fits; notes which of the two fit with it. */
static gboolean
find_flow (Finding *f, guint source, guint destination)
{
  const PtlQuestion *q = f->question;
  const GArray *hints = find_hints (f, source, destination);
  gboolean found = FALSE;

  for (guint i = 0; i < hints->len; i++)
    {
      const Hint *hint = &g_array_index (hints, Hint, i);

      found |= takes_hint (q, hint, source, destination);
      f->nodes[source] |= (hint->common | hint->source | q->nodes[source]) == q->all;
      f->nodes[destination] |= (hint->common | hint->destination | q->nodes[destination]) == q->all;
    }
  return found;
}

/**
 * ptl_question_find:
 * @talks: of the question's routes
 * @found: (element-type guint): gets the talks that have a flow that fits
 * @nodes: (element-type guint): gets the nodes that fit
 */
void
ptl_question_find (const PtlQuestion *q, const PtlTalks *talks, GArray *found, GArray *nodes)
{
  g_autoptr (GHashTable) hints
      = g_hash_table_new_full (ptl_hash_int64, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
  g_autofree gboolean *fitting = g_new0 (gboolean, q->graph->n_nodes + 1);
  Finding f = { q, talks, hints, fitting };

  for (guint i = 0; i < talks->n; i++)
    {
      const PtlTalk *talk = &talks->talks[i];
      gboolean there = find_flow (&f, talk->a, talk->b), back = find_flow (&f, talk->b, talk->a);

      if (there || back)
        g_array_append_val (found, i);
    }
  for (guint i = 0; i < q->graph->n_nodes; i++)
    if (fitting[i] || (q->nodes[i] | held_roles (q, i)) == q->all)
      g_array_append_val (nodes, i);
}
