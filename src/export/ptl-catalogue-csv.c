#include "ptl-catalogue-csv.h"

#include "ptl-csv.h"

/* One row: a service of a rule for one from-role, and one of its ranges. */
typedef struct
{
  const PtlCatalogue *catalogue;
  const PtlRule *rule;
  const PtlRuleFrom *from;
  const PtlService *service;
  PtlRange range;
} Entry;

/* What a rule asks for and what one of its services asks for besides. */
static void
append_both (GString *cell, const char *first, const char *second, const char *separator)
{
  g_string_append (cell, first != NULL ? first : "");
  if (first != NULL && second != NULL)
    g_string_append (cell, separator);
  g_string_append (cell, second != NULL ? second : "");
}

static const char *
feature_name (const PtlCatalogue *catalogue, int feature)
{
  return feature < 0 ? NULL : ptl_catalogue_feature (catalogue, feature)->name;
}

/* One function a column: appends the cell's text. */

static void
rule_cell (GString *cell, const Entry *entry)
{
  g_string_append (cell, entry->rule->id);
}

static void
from_role_cell (GString *cell, const Entry *entry)
{
  g_string_append (cell, ptl_catalogue_role (entry->catalogue, entry->from->role)->name);
}

static void
to_role_cell (GString *cell, const Entry *entry)
{
  g_string_append (cell, ptl_catalogue_role (entry->catalogue, entry->rule->to)->name);
}

static void
direction_cell (GString *cell, const Entry *entry)
{
  g_string_append (cell, entry->rule->two_way ? "two-way" : "one-way");
}

static void
scope_cell (GString *cell, const Entry *entry)
{
  g_string_append (cell, ptl_scope_names[entry->from->scope]);
}

static void
location_cell (GString *cell, const Entry *entry)
{
  g_string_append (cell, ptl_location_names[ptl_service_location (entry->rule, entry->service)]);
}

static void
feature_cell (GString *cell, const Entry *entry)
{
  append_both (cell, feature_name (entry->catalogue, entry->rule->feature),
               feature_name (entry->catalogue, entry->service->feature), " ");
}

static void
condition_cell (GString *cell, const Entry *entry)
{
  append_both (cell, entry->rule->when, entry->service->when, " and ");
}

static void
phase_cell (GString *cell, const Entry *entry)
{
  g_string_append (cell, ptl_phase_names[entry->rule->phase]);
}

static void
service_cell (GString *cell, const Entry *entry)
{
  g_string_append (cell, entry->service->name);
}

static void
protocol_cell (GString *cell, const Entry *entry)
{
  g_string_append (cell, ptl_protocol_names[entry->service->protocol]);
}

static void
port_from_cell (GString *cell, const Entry *entry)
{
  if (entry->service->protocol != PTL_PROTOCOL_ICMP)
    g_string_append_printf (cell, "%u", entry->range.from);
}

static void
port_to_cell (GString *cell, const Entry *entry)
{
  if (entry->service->protocol != PTL_PROTOCOL_ICMP)
    g_string_append_printf (cell, "%u", entry->range.to);
}

static void
setting_cell (GString *cell, const Entry *entry)
{
  if (entry->service->setting >= 0)
    g_string_append (cell, ptl_catalogue_setting (entry->catalogue, entry->service->setting)->name);
}

static void
configurable_cell (GString *cell, const Entry *entry)
{
  g_string_append (cell, entry->service->setting >= 0 ? "yes" : "no");
}

/* The documents whose letter begins one of the lines. */
static void
documents_cell (GString *cell, const Entry *entry)
{
  g_auto (GStrv) lines = g_strsplit (entry->service->lines, " ", -1);
  const GArray *documents = entry->catalogue->documents;

  if (entry->service->beyond != NULL)
    {
      g_string_append (cell, "beyond");
      return;
    }
  for (guint i = 0; i < documents->len; i++)
    {
      const PtlDocument *document = &g_array_index (documents, PtlDocument, i);
      guint n = 0;

      for (guint j = 0; lines[j] != NULL; j++)
        n += lines[j][0] == document->letter;
      if (n > 0)
        g_string_append_printf (cell, "%s%s", cell->len > 0 ? " " : "", document->id);
    }
}

static void
lines_cell (GString *cell, const Entry *entry)
{
  g_string_append (cell, entry->service->lines);
}

static void
notes_cell (GString *cell, const Entry *entry)
{
  g_string_append (cell, entry->service->notes);
}

static void
conflict_cell (GString *cell, const Entry *entry)
{
  const GArray *conflicts = entry->service->conflicts;

  for (guint i = 0; i < conflicts->len; i++)
    {
      guint index = g_array_index (conflicts, guint, i);
      const PtlConflict *conflict = &g_array_index (entry->catalogue->conflicts, PtlConflict, index);

      g_string_append_printf (cell, "%s%s (%s): %s", i > 0 ? " | " : "", conflict->id, conflict->lines, conflict->text);
    }
}

static const struct
{
  const char *title;
  void (*append) (GString *cell, const Entry *entry);
} columns[] = {
  { "rule", rule_cell },           { "from_role", from_role_cell }, { "to_role", to_role_cell },
  { "direction", direction_cell }, { "scope", scope_cell },         { "location", location_cell },
  { "feature", feature_cell },     { "condition", condition_cell }, { "phase", phase_cell },
  { "service", service_cell },     { "protocol", protocol_cell },   { "port_from", port_from_cell },
  { "port_to", port_to_cell },     { "setting", setting_cell },     { "configurable", configurable_cell },
  { "documents", documents_cell }, { "lines", lines_cell },         { "notes", notes_cell },
  { "conflict", conflict_cell },
};

static void
write_entry (PtlOutput *output, const Entry *entry)
{
  g_autoptr (GString) cell = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_string_truncate (cell, 0);
      columns[i].append (cell, entry);
      if (i > 0)
        ptl_output_char (output, ',');
      ptl_csv_field (output, cell->str);
    }
  ptl_output_text (output, "\r\n");
}

/* A service has one range, or those that its setting starts with. */
static void
write_service (PtlOutput *output, Entry entry)
{
  const PtlValue *initial;

  if (entry.service->setting < 0)
    {
      entry.range = entry.service->range;
      write_entry (output, &entry);
      return;
    }
  initial = ptl_catalogue_setting (entry.catalogue, entry.service->setting)->initial;
  for (guint i = 0; i < initial->n_ranges; i++)
    {
      entry.range = initial->ranges[i];
      write_entry (output, &entry);
    }
}

/**
 * ptl_catalogue_write_csv:
 * @catalogue: the port data
 * @output: where to write
 *
 * Writes one row a service and port range, in the order of the data file; a rule with several
 * from-roles has its rows once for each.
 */
void
ptl_catalogue_write_csv (const PtlCatalogue *catalogue, PtlOutput *output)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      ptl_output_text (output, i > 0 ? "," : "");
      ptl_output_text (output, columns[i].title);
    }
  ptl_output_text (output, "\r\n");
  for (guint i = 0; i < catalogue->rules->len; i++)
    {
      const PtlRule *rule = ptl_catalogue_rule (catalogue, i);

      for (guint f = 0; f < rule->n_from; f++)
        for (guint s = 0; s < rule->n_services; s++)
          write_service (output, (Entry){ catalogue, rule, &rule->from[f], &rule->services[s], { 0, 0 } });
    }
}
