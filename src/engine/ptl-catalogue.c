#include "ptl-catalogue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const char *const ptl_protocol_names[] = { "icmp", "tcp", "udp", NULL };
const char *const ptl_phase_names[] = { "operation", "installation", NULL };
const char *const ptl_site_kind_names[] = { "cas", "primary", "secondary", NULL };
const char *const ptl_zone_kind_names[] = { "intranet", "perimeter", "internet", "cloud", NULL };
const char *const ptl_role_kind_names[] = { "site-system", "client-like", "tool", "infrastructure", "outside", NULL };
const char *const ptl_scope_names[]
    = { "any", "site", "top", "assigned", "subtree", "hierarchy", "parent-child", "to-parent", "zone", "link", NULL };
const char *const ptl_location_names[] = { "", "intranet", "any", "cloud", NULL };

G_DEFINE_QUARK (ptl_engine_error, ptl_engine_error)

/* The place of a name in a list that NULL ends, or -1. */
int
ptl_name_index (const char *const *names, const char *name)
{
  for (int i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return i;
  return -1;
}

static void
clear_document (gpointer data)
{
  PtlDocument *document = data;

  g_free (document->id);
  g_free (document->title);
  g_free (document->publisher);
}

static void
clear_setting (gpointer data)
{
  PtlSetting *setting = data;

  g_free (setting->name);
  g_free (setting->title);
  g_strfreev (setting->values);
  ptl_value_free (setting->initial);
}

static void
clear_feature (gpointer data)
{
  PtlFeature *feature = data;

  g_free (feature->name);
  g_free (feature->title);
}

static void
clear_role (gpointer data)
{
  PtlRole *role = data;

  g_free (role->name);
  g_free (role->title);
  g_free (role->short_name);
  g_free (role->also);
  for (guint i = 0; i < role->n_options; i++)
    {
      g_free (role->options[i].name);
      g_free (role->options[i].title);
      g_strfreev (role->options[i].values);
    }
}

static void
clear_link (gpointer data)
{
  PtlLinkKind *link = data;

  g_free (link->kind);
  g_free (link->title);
}

static void
clear_conflict (gpointer data)
{
  PtlConflict *conflict = data;

  g_free (conflict->id);
  g_free (conflict->lines);
  g_free (conflict->text);
}

static void
clear_service (PtlService *service)
{
  g_free (service->name);
  g_free (service->when);
  g_free (service->conditions.items);
  g_free (service->lines);
  g_free (service->notes);
  g_free (service->beyond);
  g_clear_pointer (&service->conflicts, g_array_unref);
  g_clear_pointer (&service->remarks, g_array_unref);
}

static void
clear_rule (gpointer data)
{
  PtlRule *rule = data;

  g_free (rule->id);
  g_free (rule->purpose);
  g_free (rule->from);
  g_free (rule->when);
  g_free (rule->conditions.items);
  for (guint i = 0; i < rule->n_sources; i++)
    g_free (rule->sources[i].section);
  g_free (rule->sources);
  for (guint i = 0; i < rule->n_services; i++)
    clear_service (&rule->services[i]);
  g_free (rule->services);
  g_clear_pointer (&rule->remarks, g_array_unref);
}

static GArray *
array_of (guint size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, size);

  g_array_set_clear_func (array, clear);
  return array;
}

/**
 * ptl_catalogue_new:
 *
 * Returns: an empty catalogue for a reader to fill; its arrays free what their elements hold
 */
PtlCatalogue *
ptl_catalogue_new (void)
{
  PtlCatalogue *catalogue = g_new0 (PtlCatalogue, 1);

  catalogue->documents = array_of (sizeof (PtlDocument), clear_document);
  catalogue->settings = array_of (sizeof (PtlSetting), clear_setting);
  catalogue->features = array_of (sizeof (PtlFeature), clear_feature);
  catalogue->roles = array_of (sizeof (PtlRole), clear_role);
  catalogue->links = array_of (sizeof (PtlLinkKind), clear_link);
  catalogue->conflicts = array_of (sizeof (PtlConflict), clear_conflict);
  catalogue->rules = array_of (sizeof (PtlRule), clear_rule);
  return catalogue;
}

void
ptl_catalogue_free (PtlCatalogue *catalogue)
{
  if (catalogue == NULL)
    return;
  g_array_unref (catalogue->documents);
  g_array_unref (catalogue->settings);
  g_array_unref (catalogue->features);
  g_array_unref (catalogue->roles);
  g_array_unref (catalogue->links);
  g_array_unref (catalogue->conflicts);
  g_array_unref (catalogue->rules);
  g_free (catalogue);
}

/* Every record that has a name starts with it. */
static int
find_by_name (const GArray *array, const char *name)
{
  guint size = g_array_get_element_size ((GArray *) array);

  for (guint i = 0; i < array->len; i++)
    if (strcmp (*(char **) (gpointer) (array->data + i * size), name) == 0)
      return (int) i;
  return -1;
}

G_STATIC_ASSERT (G_STRUCT_OFFSET (PtlDocument, id) == 0);
G_STATIC_ASSERT (G_STRUCT_OFFSET (PtlSetting, name) == 0);
G_STATIC_ASSERT (G_STRUCT_OFFSET (PtlFeature, name) == 0);
G_STATIC_ASSERT (G_STRUCT_OFFSET (PtlRole, name) == 0);
G_STATIC_ASSERT (G_STRUCT_OFFSET (PtlLinkKind, kind) == 0);
G_STATIC_ASSERT (G_STRUCT_OFFSET (PtlConflict, id) == 0);

/* The names of all records of one of the catalogue's arrays; they stay the catalogue's. */
GPtrArray *
ptl_catalogue_names (const GArray *records)
{
  guint size = g_array_get_element_size ((GArray *) records);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (names, *(char **) (gpointer) (records->data + i * size));
  return names;
}

int
ptl_catalogue_find_document (const PtlCatalogue *catalogue, const char *id)
{
  return find_by_name (catalogue->documents, id);
}

int
ptl_catalogue_find_setting (const PtlCatalogue *catalogue, const char *name)
{
  return find_by_name (catalogue->settings, name);
}

int
ptl_catalogue_find_feature (const PtlCatalogue *catalogue, const char *name)
{
  return find_by_name (catalogue->features, name);
}

int
ptl_catalogue_find_role (const PtlCatalogue *catalogue, const char *name)
{
  return find_by_name (catalogue->roles, name);
}

int
ptl_catalogue_find_link (const PtlCatalogue *catalogue, const char *kind)
{
  return find_by_name (catalogue->links, kind);
}

int
ptl_catalogue_find_conflict (const PtlCatalogue *catalogue, const char *id)
{
  return find_by_name (catalogue->conflicts, id);
}

int
ptl_role_find_option (const PtlRole *role, const char *name)
{
  for (guint i = 0; i < role->n_options; i++)
    if (strcmp (role->options[i].name, name) == 0)
      return (int) i;
  return -1;
}

/* The document that a cited line, such as V73, belongs to. */
guint
ptl_catalogue_document_of_line (const PtlCatalogue *catalogue, const char *line)
{
  guint i = 0;

  while (i + 1 < catalogue->documents->len && g_array_index (catalogue->documents, PtlDocument, i).letter != line[0])
    i++;
  return i;
}

/* The section of the rule's sources that a cited line stands in: the last that starts before it. */
const PtlSource *
ptl_catalogue_source_of_line (const PtlCatalogue *catalogue, const PtlRule *rule, const char *line)
{
  guint document = ptl_catalogue_document_of_line (catalogue, line);
  guint number = (guint) g_ascii_strtoull (line + 1, NULL, 10);
  const PtlSource *best = NULL;

  for (guint i = 0; i < rule->n_sources; i++)
    {
      const PtlSource *source = &rule->sources[i];

      if (source->document == document && (best == NULL || (source->line <= number && source->line > best->line)))
        best = source;
    }
  return best;
}

PtlLocation
ptl_service_location (const PtlRule *rule, const PtlService *service)
{
  return service->location != PTL_LOCATION_NONE ? service->location : rule->location;
}

/* A whole number in its one decimal form: no sign, no leading zeros. */
gboolean
ptl_number_parse (const char *text, guint min, guint max, guint *number)
{
  guint64 value;

  if ((text[0] == '0' && text[1] != '\0') || !g_ascii_string_to_unsigned (text, 10, min, max, &value, NULL))
    return FALSE;
  *number = (guint) value;
  return TRUE;
}

gboolean
ptl_range_parse (const char *text, PtlRange *range)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", 2);
  guint from, to;

  if (ends[0] == NULL || !ptl_number_parse (ends[0], 1, G_MAXUINT16, &from))
    return FALSE;
  to = from;
  if (ends[1] != NULL && !ptl_number_parse (ends[1], from, G_MAXUINT16, &to))
    return FALSE;
  *range = (PtlRange){ (guint16) from, (guint16) to };
  return TRUE;
}

/**
 * ptl_option_parse:
 * @value: (out): the option's value
 *
 * Returns: whether @text is a value of the option; if not, @error names the values that are
 */
gboolean
ptl_option_parse (const PtlOption *option, const char *text, int *value, GError **error)
{
  g_autofree char *choices = NULL;
  guint number;

  if (option->values == NULL)
    {
      g_autofree char *stripped = g_strstrip (g_strdup (text));

      if (ptl_number_parse (stripped, (guint) option->min, (guint) option->max, &number))
        {
          *value = (int) number;
          return TRUE;
        }
      g_set_error (error, PTL_ENGINE_ERROR, PTL_ENGINE_ERROR_VALUE,
                   _ ("“%s” is not a value of “%s”: write a whole number from %d to %d"), text, option->name,
                   option->min, option->max);
      return FALSE;
    }
  *value = ptl_name_index ((const char *const *) option->values, text);
  if (*value >= 0)
    return TRUE;
  choices = g_strjoinv (_ ("”, “"), option->values);
  g_set_error (error, PTL_ENGINE_ERROR, PTL_ENGINE_ERROR_VALUE, _ ("“%s” is not a value of “%s”: write one of “%s”"),
               text, option->name, choices);
  return FALSE;
}

/* The text of an option's value; free it with g_free (). */
char *
ptl_option_text (const PtlOption *option, int value)
{
  return option->values != NULL ? g_strdup (option->values[value]) : g_strdup_printf ("%d", value);
}

static gboolean
parse_port (const char *text, guint16 *port)
{
  guint number;

  if (!ptl_number_parse (text, 1, 65535, &number))
    return FALSE;
  *port = (guint16) number;
  return TRUE;
}

static gboolean
parse_range (const char *text, PtlRange *range)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", 3);
  guint n = g_strv_length (ends);

  if (n == 1)
    {
      if (!parse_port (ends[0], &range->from))
        return FALSE;
      range->to = range->from;
      return TRUE;
    }
  return n == 2 && parse_port (ends[0], &range->from) && parse_port (ends[1], &range->to) && range->from <= range->to;
}

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  return ((const PtlRange *) a)->from - ((const PtlRange *) b)->from;
}

/* Whether no two of the ranges share a port. */
static gboolean
ranges_are_apart (const PtlRange *ranges, guint n)
{
  g_autofree PtlRange *sorted = g_memdup2 (ranges, n * sizeof (PtlRange));

  qsort (sorted, n, sizeof (PtlRange), compare_ranges);
  for (guint i = 1; i < n; i++)
    if (sorted[i].from <= sorted[i - 1].to)
      return FALSE;
  return TRUE;
}

/* The words of a text, without the white space between them. */
static GPtrArray *
split_words (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " \t\r\n", -1);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_ptr_array_add (words, g_strdup (parts[i]));
  return words;
}

static gboolean
parse_value_words (const PtlSetting *setting, const GPtrArray *words, PtlValue *value)
{
  if (words->len == 0 || (words->len > 1 && setting->type != PTL_SETTING_PORTS))
    return FALSE;
  if (setting->type == PTL_SETTING_CHOICE)
    {
      value->choice = ptl_name_index ((const char *const *) setting->values, words->pdata[0]);
      return value->choice >= 0;
    }
  value->n_ranges = words->len;
  value->ranges = g_new0 (PtlRange, words->len);
  if (setting->type == PTL_SETTING_PORT)
    return parse_port (words->pdata[0], &value->ranges[0].from) && (value->ranges[0].to = value->ranges[0].from) > 0;
  for (guint i = 0; i < words->len; i++)
    if (!parse_range (words->pdata[i], &value->ranges[i]))
      return FALSE;
  return ranges_are_apart (value->ranges, value->n_ranges);
}

static void
set_value_error (const PtlSetting *setting, const char *text, GError **error)
{
  g_autofree char *choices = setting->values != NULL ? g_strjoinv (_ ("” or “"), setting->values) : NULL;
  g_autofree char *meant = NULL;

  if (setting->type == PTL_SETTING_CHOICE)
    meant = g_strdup_printf (_ ("“%s”"), choices);
  else
    meant = g_strdup (setting->type == PTL_SETTING_PORT
                          ? _ ("a port from 1 to 65535")
                          : _ ("ports from 1 to 65535 or ascending ranges such as 49152-65535 that do not overlap"));
  g_set_error (error, PTL_ENGINE_ERROR, PTL_ENGINE_ERROR_VALUE, _ ("“%s” is not a value of “%s”: write %s"), text,
               setting->name, meant);
}

/**
 * ptl_value_parse:
 *
 * White space around the words of @text does not count.
 *
 * Returns: (transfer full): the value, or NULL when @text is none of the setting; @error then says what is
 */
PtlValue *
ptl_value_parse (const PtlSetting *setting, const char *text, GError **error)
{
  g_autoptr (GPtrArray) words = split_words (text);
  g_autoptr (PtlValue) value = g_new0 (PtlValue, 1);

  value->choice = -1;
  if (!parse_value_words (setting, words, value))
    {
      set_value_error (setting, text, error);
      return NULL;
    }
  g_ptr_array_add (words, NULL);
  value->text = g_strjoinv (" ", (char **) words->pdata);
  return g_steal_pointer (&value);
}

PtlValue *
ptl_value_copy (const PtlValue *value)
{
  PtlValue *copy = g_memdup2 (value, sizeof *value);

  copy->text = g_strdup (value->text);
  copy->ranges = g_memdup2 (value->ranges, value->n_ranges * sizeof (PtlRange));
  return copy;
}

void
ptl_value_free (PtlValue *value)
{
  if (value == NULL)
    return;
  g_free (value->text);
  g_free (value->ranges);
  g_free (value);
}
