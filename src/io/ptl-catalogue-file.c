#include "ptl-catalogue-file.h"

#include <string.h>

#include "ptl-catalogue-reader.h"
#include "ptl-data.h"

#define CATALOGUE_NAMESPACE "urn:portolan:catalogue:1"
#define NAME_CHARACTERS     G_CSET_a_2_z G_CSET_DIGITS "-"
#define MAX_SHORT_NAME      8 /* characters */

void
ptl_catalogue_clear_pending (PtlCatalogueReader *reader)
{
  PtlCataloguePending *pending = &reader->pending;

  g_free (pending->initial);
  g_free (pending->values);
  g_free (pending->min);
  g_free (pending->max);
  g_free (pending->removed);
  g_free (pending->port);
  memset (pending, 0, sizeof *pending);
}

char **
ptl_catalogue_split (const char *text)
{
  g_autofree char *folded = ptl_fold_white_space (text);

  return g_strsplit (folded, " ", -1);
}

gboolean
ptl_catalogue_refuse (GError **error, const char *why, const char *value)
{
  g_set_error (error, PTL_IO_ERROR, PTL_IO_ERROR_READ, "%s “%s”", why, value);
  return FALSE;
}

/* Values */

gboolean
ptl_catalogue_take_name (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  if (*value == '\0' || value[strspn (value, NAME_CHARACTERS)] != '\0')
    return ptl_catalogue_refuse (error, "a name has lower-case letters, digits and dashes, not", value);
  return ptl_xml_take_string (xml, value, field, NULL, error);
}

gboolean
ptl_catalogue_take_text (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  return ptl_check_text (value, 1, PTL_MAX_NOTE, error) && ptl_xml_take_string (xml, value, field, NULL, error);
}

gboolean
ptl_catalogue_take_flag (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  if (strcmp (value, detail) != 0)
    return ptl_catalogue_refuse (error, "leave it out or write", detail);
  *(gboolean *) field = TRUE;
  return TRUE;
}

gboolean
ptl_catalogue_take_pending (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  PtlCatalogueReader *reader = (PtlCatalogueReader *) xml;

  return ptl_xml_take_string (xml, value, (char *) &reader->pending + GPOINTER_TO_SIZE (detail), NULL, error);
}

static gboolean
has_letter (const PtlCatalogue *catalogue, char letter)
{
  for (guint i = 0; i < catalogue->documents->len; i++)
    if (g_array_index (catalogue->documents, PtlDocument, i).letter == letter)
      return TRUE;
  return FALSE;
}

gboolean
ptl_catalogue_take_lines (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  const PtlCatalogue *catalogue = ((PtlCatalogueReader *) xml)->catalogue;
  g_auto (GStrv) lines = ptl_catalogue_split (value);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!has_letter (catalogue, lines[i][0])
        || !g_ascii_string_to_unsigned (lines[i] + 1, 10, 1, G_MAXUINT, NULL, NULL))
      return ptl_catalogue_refuse (error, "write the letter of a document and a line, not", lines[i]);
  return lines[0] != NULL ? ptl_xml_take_string (xml, value, field, NULL, error)
                          : ptl_catalogue_refuse (error, "write lines such as V73, not", value);
}

static gboolean
take_letter (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  if (!g_ascii_isupper (value[0]) || value[1] != '\0')
    return ptl_catalogue_refuse (error, "write one capital letter, not", value);
  if (has_letter (((PtlCatalogueReader *) xml)->catalogue, value[0]))
    return ptl_catalogue_refuse (error, "another document has the letter", value);
  *(char *) field = value[0];
  return TRUE;
}

/* Ids and names of nodes begin with it. */
static gboolean
take_short_name (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  gsize length = strspn (value, G_CSET_A_2_Z G_CSET_DIGITS);

  if (!g_ascii_isupper (value[0]) || value[length] != '\0' || length > MAX_SHORT_NAME)
    return ptl_catalogue_refuse (error, "a short name has one to eight capital letters and digits, not", value);
  return ptl_xml_take_string (xml, value, field, NULL, error);
}

/* Kinds of site as bits. */
static gboolean
take_site_kinds (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  g_auto (GStrv) words = ptl_catalogue_split (value);

  for (guint i = 0; words[i] != NULL; i++)
    {
      int kind = ptl_name_index (ptl_site_kind_names, words[i]);

      if (kind < 0)
        return ptl_catalogue_refuse (error, "there is no kind of site", words[i]);
      *(guint *) field |= 1u << kind;
    }
  return TRUE;
}

/* Elements */

/* A new record at the end of the array; it stays where it is until the next one comes. */
static gpointer
add_record (PtlXmlReader *xml, GArray *array)
{
  gpointer record;

  ptl_catalogue_clear_pending ((PtlCatalogueReader *) xml);
  g_array_set_size (array, array->len + 1);
  record = array->data + (array->len - 1) * g_array_get_element_size (array);
  *(char **) record = g_strdup (""); /* each starts with its name, and all are searched for names */
  return record;
}

/* `found` is the first record that has the name of the last one. */
static void
check_unique (PtlXmlReader *xml, const GArray *array, int found, const char *name)
{
  if (*name != '\0' && found + 1 != (int) array->len)
    ptl_xml_problem (xml, NULL, "“%s” is there twice", name);
}

static gpointer
begin_document (PtlXmlReader *xml, gpointer parent)
{
  return add_record (xml, ((PtlCatalogueReader *) xml)->catalogue->documents);
}

static void
end_document (PtlXmlReader *xml, gpointer record, const char *text)
{
  const PtlCatalogue *catalogue = ((PtlCatalogueReader *) xml)->catalogue;
  const PtlDocument *document = record;

  check_unique (xml, catalogue->documents, ptl_catalogue_find_document (catalogue, document->id), document->id);
}

static gpointer
begin_setting (PtlXmlReader *xml, gpointer parent)
{
  return add_record (xml, ((PtlCatalogueReader *) xml)->catalogue->settings);
}

static void
end_setting (PtlXmlReader *xml, gpointer record, const char *text)
{
  PtlCatalogueReader *reader = (PtlCatalogueReader *) xml;
  PtlSetting *setting = record;
  g_autoptr (GError) error = NULL;

  if (xml->problems->len > 0)
    return;
  check_unique (xml, reader->catalogue->settings, ptl_catalogue_find_setting (reader->catalogue, setting->name),
                setting->name);
  if ((setting->type == PTL_SETTING_CHOICE) != (reader->pending.values != NULL))
    {
      ptl_xml_problem (xml, "values", "a choice has values, other settings have none");
      return;
    }
  if (reader->pending.values != NULL)
    setting->values = ptl_catalogue_split (reader->pending.values);
  setting->initial = ptl_value_parse (setting, reader->pending.initial, &error);
  if (setting->initial == NULL)
    ptl_xml_problem (xml, "default", "%s", error->message);
}

static gpointer
begin_feature (PtlXmlReader *xml, gpointer parent)
{
  return add_record (xml, ((PtlCatalogueReader *) xml)->catalogue->features);
}

static void
end_feature (PtlXmlReader *xml, gpointer record, const char *text)
{
  const PtlCatalogue *catalogue = ((PtlCatalogueReader *) xml)->catalogue;
  const PtlFeature *feature = record;

  check_unique (xml, catalogue->features, ptl_catalogue_find_feature (catalogue, feature->name), feature->name);
}

static gpointer
begin_role (PtlXmlReader *xml, gpointer parent)
{
  return add_record (xml, ((PtlCatalogueReader *) xml)->catalogue->roles);
}

static void
end_role (PtlXmlReader *xml, gpointer record, const char *text)
{
  const PtlCatalogue *catalogue = ((PtlCatalogueReader *) xml)->catalogue;
  const PtlRole *role = record;

  check_unique (xml, catalogue->roles, ptl_catalogue_find_role (catalogue, role->name), role->name);
}

static gpointer
begin_option (PtlXmlReader *xml, gpointer parent)
{
  PtlRole *role = parent;
  PtlOption *option;

  ptl_catalogue_clear_pending ((PtlCatalogueReader *) xml);
  if (role->n_options == PTL_MAX_OPTIONS)
    {
      ptl_xml_problem (xml, NULL, "a role has at most %d options", PTL_MAX_OPTIONS);
      xml->stopped = TRUE;
      return &role->options[PTL_MAX_OPTIONS - 1];
    }
  option = &role->options[role->n_options++];
  option->name = g_strdup ("");
  return option;
}

/* The values of an option: words, or all numbers from one to another. */
static gboolean
read_option_values (PtlCatalogueReader *reader, PtlOption *option)
{
  const PtlCataloguePending *pending = &reader->pending;
  gboolean words = pending->values != NULL;
  guint64 min, max;

  if ((pending->min != NULL) == words || (pending->max != NULL) == words)
    return FALSE;
  if (words)
    {
      option->values = ptl_catalogue_split (pending->values);
      return option->values[0] != NULL;
    }
  if (!g_ascii_string_to_unsigned (pending->max, 10, 0, G_MAXINT16, &max, NULL)
      || !g_ascii_string_to_unsigned (pending->min, 10, 0, max, &min, NULL))
    return FALSE;
  option->min = (int) min;
  option->max = (int) max;
  return TRUE;
}

static void
end_option (PtlXmlReader *xml, gpointer record, const char *text)
{
  PtlCatalogueReader *reader = (PtlCatalogueReader *) xml;
  const PtlRole *role = xml->open[xml->depth - 2].record;
  PtlOption *option = record;
  g_autoptr (GError) error = NULL;

  if (xml->problems->len > 0)
    return;
  option->removed = -1;
  if (ptl_role_find_option (role, option->name) + 1 != (int) role->n_options)
    ptl_xml_problem (xml, "name", "the role has the option “%s” twice", option->name);
  if (!read_option_values (reader, option))
    ptl_xml_problem (xml, NULL, "it needs values, or else min and max, numbers up to %d", G_MAXINT16);
  else if (!ptl_option_parse (option, reader->pending.initial, &option->initial, &error))
    ptl_xml_problem (xml, "default", "%s", error->message);
  else if (reader->pending.removed != NULL
           && !ptl_option_parse (option, reader->pending.removed, &option->removed, &error))
    ptl_xml_problem (xml, "removed", "%s", error->message);
}

static gpointer
begin_link (PtlXmlReader *xml, gpointer parent)
{
  return add_record (xml, ((PtlCatalogueReader *) xml)->catalogue->links);
}

static void
end_link (PtlXmlReader *xml, gpointer record, const char *text)
{
  const PtlCatalogue *catalogue = ((PtlCatalogueReader *) xml)->catalogue;
  const PtlLinkKind *kind = record;

  check_unique (xml, catalogue->links, ptl_catalogue_find_link (catalogue, kind->kind), kind->kind);
}

static gpointer
begin_conflict (PtlXmlReader *xml, gpointer parent)
{
  return add_record (xml, ((PtlCatalogueReader *) xml)->catalogue->conflicts);
}

static void
end_conflict (PtlXmlReader *xml, gpointer record, const char *text)
{
  const PtlCatalogue *catalogue = ((PtlCatalogueReader *) xml)->catalogue;
  PtlConflict *conflict = record;

  conflict->text = g_strdup (text);
  check_unique (xml, catalogue->conflicts, ptl_catalogue_find_conflict (catalogue, conflict->id), conflict->id);
}

/* The tables */

static const char *const setting_types[] = { "port", "ports", "choice", NULL };
static const char *const switches[] = { "off", "on", NULL };

static const PtlXmlElement document = {
  .name = "document",
  .attributes = (const PtlXmlAttribute[]){
    { "id", TRUE, ptl_catalogue_take_name, G_STRUCT_OFFSET (PtlDocument, id), NULL },
    { "letter", TRUE, take_letter, G_STRUCT_OFFSET (PtlDocument, letter), NULL },
    { "title", TRUE, ptl_catalogue_take_text, G_STRUCT_OFFSET (PtlDocument, title), NULL },
    { "publisher", TRUE, ptl_catalogue_take_text, G_STRUCT_OFFSET (PtlDocument, publisher), NULL },
    PTL_XML_END,
  },
  .begin = begin_document,
  .end = end_document,
};

static const PtlXmlElement setting = {
  .name = "setting",
  .attributes = (const PtlXmlAttribute[]){
    { "name", TRUE, ptl_catalogue_take_name, G_STRUCT_OFFSET (PtlSetting, name), NULL },
    { "title", TRUE, ptl_catalogue_take_text, G_STRUCT_OFFSET (PtlSetting, title), NULL },
    { "type", TRUE, ptl_xml_take_word, G_STRUCT_OFFSET (PtlSetting, type), setting_types },
    { "values", FALSE, ptl_catalogue_take_pending, 0, PTL_PENDING (values) },
    { "default", TRUE, ptl_catalogue_take_pending, 0, PTL_PENDING (initial) },
    { "read-from", FALSE, ptl_catalogue_take_flag, G_STRUCT_OFFSET (PtlSetting, from_destination), "destination" },
    PTL_XML_END,
  },
  .begin = begin_setting,
  .end = end_setting,
};

static const PtlXmlElement feature = {
  .name = "feature",
  .attributes = (const PtlXmlAttribute[]){
    { "name", TRUE, ptl_catalogue_take_name, G_STRUCT_OFFSET (PtlFeature, name), NULL },
    { "title", TRUE, ptl_catalogue_take_text, G_STRUCT_OFFSET (PtlFeature, title), NULL },
    { "default", TRUE, ptl_xml_take_word, G_STRUCT_OFFSET (PtlFeature, initial), switches },
    PTL_XML_END,
  },
  .begin = begin_feature,
  .end = end_feature,
};

static const PtlXmlElement option = {
  .name = "option",
  .attributes = (const PtlXmlAttribute[]){
    { "name", TRUE, ptl_catalogue_take_name, G_STRUCT_OFFSET (PtlOption, name), NULL },
    { "title", TRUE, ptl_catalogue_take_text, G_STRUCT_OFFSET (PtlOption, title), NULL },
    { "values", FALSE, ptl_catalogue_take_pending, 0, PTL_PENDING (values) },
    { "min", FALSE, ptl_catalogue_take_pending, 0, PTL_PENDING (min) },
    { "max", FALSE, ptl_catalogue_take_pending, 0, PTL_PENDING (max) },
    { "default", TRUE, ptl_catalogue_take_pending, 0, PTL_PENDING (initial) },
    { "removed", FALSE, ptl_catalogue_take_pending, 0, PTL_PENDING (removed) },
    PTL_XML_END,
  },
  .begin = begin_option,
  .end = end_option,
};

static const PtlXmlElement role = {
  .name = "role",
  .attributes = (const PtlXmlAttribute[]){
    { "name", TRUE, ptl_catalogue_take_name, G_STRUCT_OFFSET (PtlRole, name), NULL },
    { "title", TRUE, ptl_catalogue_take_text, G_STRUCT_OFFSET (PtlRole, title), NULL },
    { "short", FALSE, take_short_name, G_STRUCT_OFFSET (PtlRole, short_name), NULL },
    { "also", FALSE, ptl_catalogue_take_text, G_STRUCT_OFFSET (PtlRole, also), NULL },
    { "kind", TRUE, ptl_xml_take_word, G_STRUCT_OFFSET (PtlRole, kind), ptl_role_kind_names },
    { "site-server", FALSE, ptl_catalogue_take_flag, G_STRUCT_OFFSET (PtlRole, site_server), "yes" },
    { "not-at", FALSE, take_site_kinds, G_STRUCT_OFFSET (PtlRole, not_at), NULL },
    { "top-only", FALSE, ptl_catalogue_take_flag, G_STRUCT_OFFSET (PtlRole, top_only), "yes" },
    { "removed", FALSE, ptl_catalogue_take_flag, G_STRUCT_OFFSET (PtlRole, removed), "yes" },
    PTL_XML_END,
  },
  .children = (const PtlXmlElement *const[]){ &option, NULL },
  .begin = begin_role,
  .end = end_role,
};

static const PtlXmlElement link_kind = {
  .name = "link",
  .attributes = (const PtlXmlAttribute[]){
    { "kind", TRUE, ptl_catalogue_take_name, G_STRUCT_OFFSET (PtlLinkKind, kind), NULL },
    { "title", TRUE, ptl_catalogue_take_text, G_STRUCT_OFFSET (PtlLinkKind, title), NULL },
    PTL_XML_END,
  },
  .begin = begin_link,
  .end = end_link,
};

static const PtlXmlElement conflict = {
  .name = "conflict",
  .attributes = (const PtlXmlAttribute[]){
    { "id", TRUE, ptl_catalogue_take_name, G_STRUCT_OFFSET (PtlConflict, id), NULL },
    { "lines", TRUE, ptl_catalogue_take_lines, G_STRUCT_OFFSET (PtlConflict, lines), NULL },
    PTL_XML_END,
  },
  .has_text = TRUE,
  .begin = begin_conflict,
  .end = end_conflict,
};

static const PtlXmlElement root = {
  .name = "catalogue",
  .attributes = (const PtlXmlAttribute[]){ PTL_XML_END },
  .children = (const PtlXmlElement *const[]){ &document, &setting, &feature, &role, &link_kind, &conflict,
                                              &ptl_catalogue_rule_element, NULL },
};

/* Reading */

/**
 * ptl_catalogue_read:
 * @stream: the data file
 *
 * Returns: (transfer full): the catalogue, all of whose names were looked up, or NULL; @error names the line
 */
PtlCatalogue *
ptl_catalogue_read (GInputStream *stream, GError **error)
{
  g_autoptr (PtlCatalogue) catalogue = ptl_catalogue_new ();
  PtlCatalogueReader reader = { .xml = { .uri = CATALOGUE_NAMESPACE, .root = &root }, .catalogue = catalogue };

  reader.rule_conflicts = g_array_new (FALSE, FALSE, sizeof (guint));
  ptl_xml_reader_read (&reader.xml, stream);
  if (reader.xml.problems->len > 0)
    {
      const PtlFileProblem *problem = reader.xml.problems->pdata[0];

      g_set_error (error, PTL_IO_ERROR, PTL_IO_ERROR_READ, "the port data cannot be read: line %u: %s", problem->line,
                   problem->message);
      g_clear_pointer (&catalogue, ptl_catalogue_free);
    }
  ptl_catalogue_clear_pending (&reader);
  g_array_unref (reader.rule_conflicts);
  ptl_xml_reader_clear (&reader.xml);
  return g_steal_pointer (&catalogue);
}

/**
 * ptl_catalogue_load:
 *
 * Returns: (transfer full): the embedded catalogue, or the one that G_RESOURCE_OVERLAYS puts in its place;
 * NULL when it cannot be read; @error names the line
 */
PtlCatalogue *
ptl_catalogue_load (GError **error)
{
  g_autoptr (GInputStream) stream = NULL;

  ptl_data_get_resource (); /* without a use of it, the linker would leave the data out */
  stream = g_resources_open_stream (PTL_RESOURCE_PREFIX "catalogue.xml", G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  return stream != NULL ? ptl_catalogue_read (stream, error) : NULL;
}
