#include <string.h>

#include "ptl-sheets-private.h"

/* What a row says in words. */

static const PtlRule *
rule_of (const PtlSheets *sheets, guint rule)
{
  return ptl_catalogue_rule (sheets->graph->catalogue, rule);
}

static const PtlService *
service_of (const PtlSheets *sheets, const PtlReference *reference)
{
  return &rule_of (sheets, reference->rule)->services[reference->service];
}

/* Adds the text unless it is there already. */
static void
add_once (GPtrArray *texts, char *text)
{
  if (g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_free (text);
  else
    g_ptr_array_add (texts, text);
}

static char *
join (GPtrArray *texts, const char *separator)
{
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (separator, (char **) texts->pdata);
}

/* The names of the services that ask for the row, in the order of their ports. */
char *
ptl_row_services (const PtlSheets *sheets, const PtlRow *row)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < row->n_references; i++)
    add_once (names, g_strdup (service_of (sheets, &row->references[i])->name));
  return join (names, "; ");
}

/* Whether all that the rule asks for in the row is asked for by its way back. */
static gboolean
is_way_back (const PtlRow *row, guint rule)
{
  for (guint i = 0; i < row->n_references; i++)
    if (row->references[i].rule == rule && !row->references[i].back)
      return FALSE;
  return TRUE;
}

/* Which conversations need the row. */
char *
ptl_row_purpose (const PtlSheets *sheets, const PtlRow *row)
{
  g_autoptr (GPtrArray) purposes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < row->n_reasons; i++)
    add_once (purposes, g_strconcat (rule_of (sheets, row->reasons[i])->purpose,
                                     is_way_back (row, row->reasons[i]) ? " (the way back)" : "", NULL));
  return join (purposes, "; ");
}

/* Adds the words of a list in one text, each once. */
static void
add_words (GPtrArray *words, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      add_once (words, g_strdup (parts[i]));
}

/* V73 before V211, and the lines of one document together. */
static int
compare_lines (gconstpointer a, gconstpointer b, gpointer data)
{
  const PtlCatalogue *catalogue = data;
  const char *one = *(char *const *) a, *other = *(char *const *) b;
  guint document = ptl_catalogue_document_of_line (catalogue, one);
  guint other_document = ptl_catalogue_document_of_line (catalogue, other);

  if (document != other_document)
    return document < other_document ? -1 : 1;
  return (int) g_ascii_strtoull (one + 1, NULL, 10) - (int) g_ascii_strtoull (other + 1, NULL, 10);
}

/* The lines that the services of one reason cite; `beyond` is set to their own source, if they have one. */
static GPtrArray *
cited_lines (const PtlSheets *sheets, const PtlRow *row, guint reason, const char **beyond)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < row->n_references; i++)
    if (row->references[i].rule == reason)
      {
        const PtlService *service = service_of (sheets, &row->references[i]);

        add_words (lines, service->lines);
        if (service->beyond != NULL)
          *beyond = service->beyond;
      }
  g_ptr_array_sort_with_data (lines, compare_lines, (gpointer) sheets->graph->catalogue);
  return lines;
}

void
ptl_row_reference (const PtlSheets *sheets, const PtlRow *row, guint reason, char **documents, char **lines)
{
  const PtlCatalogue *catalogue = sheets->graph->catalogue;
  const char *beyond = NULL;
  g_autoptr (GPtrArray) cited = cited_lines (sheets, row, reason, &beyond);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < catalogue->documents->len; i++)
    for (guint j = 0; j < cited->len; j++)
      if (ptl_catalogue_document_of_line (catalogue, cited->pdata[j]) == i)
        add_once (names, g_strdup (g_array_index (catalogue->documents, PtlDocument, i).id));
  if (beyond != NULL)
    g_ptr_array_add (names, g_strdup ("beyond"));
  *documents = join (names, " ");
  *lines = join (cited, " ");
}

/* Title, section, notes and lines of one source of a rule. */
static char *
describe_source (const PtlSheets *sheets, const PtlSource *source, const GPtrArray *cited, const GPtrArray *notes,
                 const PtlRule *rule)
{
  const PtlCatalogue *catalogue = sheets->graph->catalogue;
  const PtlDocument *document = &g_array_index (catalogue->documents, PtlDocument, source->document);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s, '%s'", document->title, source->section);
  if (source == rule->sources) /* the tables, which have the numbered notes, come first */
    for (guint i = 0; i < notes->len; i++)
      g_string_append_printf (text, ", Note %s", (const char *) notes->pdata[i]);
  for (guint i = 0; i < cited->len; i++)
    if (ptl_catalogue_source_of_line (catalogue, rule, cited->pdata[i]) == source)
      g_string_append_printf (text, ", %s", (const char *) cited->pdata[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_reason (const PtlSheets *sheets, const PtlRow *row, guint reason)
{
  const PtlCatalogue *catalogue = sheets->graph->catalogue;
  const PtlRule *rule = rule_of (sheets, reason);
  const char *beyond = NULL;
  g_autoptr (GPtrArray) cited = cited_lines (sheets, row, reason, &beyond);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;

  for (guint i = 0; i < row->n_references; i++)
    if (row->references[i].rule == reason)
      add_words (notes, service_of (sheets, &row->references[i])->notes);
  for (guint i = 0; i < rule->n_sources; i++)
    for (guint j = 0; j < cited->len; j++)
      if (ptl_catalogue_source_of_line (catalogue, rule, cited->pdata[j]) == &rule->sources[i])
        {
          g_ptr_array_add (parts, describe_source (sheets, &rule->sources[i], cited, notes, rule));
          break;
        }
  if (beyond != NULL)
    g_ptr_array_add (parts, g_strdup_printf ("%s (beyond the documents)", beyond));
  joined = join (parts, "; ");
  return g_strdup_printf ("%s: %s", rule->id, joined);
}

char *
ptl_row_reference_text (const PtlSheets *sheets, const PtlRow *row)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < row->n_reasons; i++)
    g_ptr_array_add (reasons, describe_reason (sheets, row, row->reasons[i]));
  return join (reasons, " | ");
}

static void
add_node_notes (GPtrArray *notes, const PtlSheets *sheets, const guint *nodes, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const char *note = sheets->graph->nodes[nodes[i]].note;

      if (*note != '\0')
        g_ptr_array_add (notes, g_strdup_printf ("%s: %s", sheets->node_names[nodes[i]], note));
    }
}

static void
add_remarks (GPtrArray *notes, const GArray *remarks, gboolean back)
{
  for (guint i = 0; i < remarks->len; i++)
    {
      const PtlNote *remark = &g_array_index (remarks, PtlNote, i);

      if (back || !remark->back_only)
        add_once (notes, g_strdup (remark->text));
    }
}

/* Where the documents disagree on the row, or NULL: the names alone, the catalogue tells the rest. */
static char *
describe_disagreements (const PtlSheets *sheets, const PtlRow *row)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;

  for (guint i = 0; i < row->n_references; i++)
    {
      const GArray *conflicts = service_of (sheets, &row->references[i])->conflicts;

      for (guint j = 0; j < conflicts->len; j++)
        {
          const PtlConflict *conflict
              = &g_array_index (sheets->graph->catalogue->conflicts, PtlConflict, g_array_index (conflicts, guint, j));

          add_once (texts, g_strdup (conflict->id));
        }
    }
  if (texts->len == 0)
    return NULL;
  joined = join (texts, ", ");
  return g_strdup_printf ("The documents disagree (portolan-cli catalogue says how): %s", joined);
}

/**
 * ptl_row_notes:
 *
 * Returns: (transfer full) (element-type utf8): what the people who configure the firewall must know of
 *   the row: the notes of the firewall and of the row's nodes, the remarks of the catalogue, where the
 *   documents disagree
 */
GPtrArray *
ptl_row_notes (const PtlSheets *sheets, const PtlRow *row, guint firewall)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_free);
  char *disagreements;

  if (*sheets->routes->firewalls[firewall].note != '\0')
    g_ptr_array_add (notes, g_strdup (sheets->routes->firewalls[firewall].note));
  add_node_notes (notes, sheets, row->sources, row->n_sources);
  add_node_notes (notes, sheets, row->destinations, row->n_destinations);
  for (guint i = 0; i < row->n_references; i++)
    {
      const PtlReference *reference = &row->references[i];

      add_remarks (notes, rule_of (sheets, reference->rule)->remarks, reference->back);
      add_remarks (notes, service_of (sheets, reference)->remarks, reference->back);
    }
  disagreements = describe_disagreements (sheets, row);
  if (disagreements != NULL)
    g_ptr_array_add (notes, disagreements);
  return notes;
}
