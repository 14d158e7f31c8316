#include "ptl-catalogue-reader.h"

#include <string.h>

#define UNKNOWN G_MAXUINT /* a role that was not read yet */

/* Names of what stands before the rules */

static gboolean
take_role (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  int role = ptl_catalogue_find_role (((PtlCatalogueReader *) xml)->catalogue, value);

  *(guint *) field = (guint) role;
  return role >= 0 || ptl_catalogue_refuse (error, "there is no role", value);
}

static gboolean
take_feature (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  *(int *) field = ptl_catalogue_find_feature (((PtlCatalogueReader *) xml)->catalogue, value);
  return *(int *) field >= 0 || ptl_catalogue_refuse (error, "there is no feature", value);
}

static gboolean
take_link (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  *(int *) field = ptl_catalogue_find_link (((PtlCatalogueReader *) xml)->catalogue, value);
  return *(int *) field >= 0 || ptl_catalogue_refuse (error, "there is no kind of link", value);
}

static gboolean
take_setting (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  const PtlCatalogue *catalogue = ((PtlCatalogueReader *) xml)->catalogue;

  *(int *) field = ptl_catalogue_find_setting (catalogue, value);
  if (*(int *) field < 0)
    return ptl_catalogue_refuse (error, "there is no setting", value);
  return ptl_catalogue_setting (catalogue, *(int *) field)->type != PTL_SETTING_CHOICE
         || ptl_catalogue_refuse (error, "a service takes its ports from a port setting, not from", value);
}

static gboolean
take_document (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  int document = ptl_catalogue_find_document (((PtlCatalogueReader *) xml)->catalogue, value);

  *(guint *) field = (guint) document;
  return document >= 0 || ptl_catalogue_refuse (error, "there is no document", value);
}

static gboolean
take_line (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  guint64 line;

  if (!g_ascii_string_to_unsigned (value, 10, 1, G_MAXUINT, &line, error))
    return FALSE;
  *(guint *) field = (guint) line;
  return TRUE;
}

static gboolean
has_conflict (const GArray *conflicts, guint conflict)
{
  for (guint i = 0; i < conflicts->len; i++)
    if (g_array_index (conflicts, guint, i) == conflict)
      return TRUE;
  return FALSE;
}

static gboolean
add_conflicts (const PtlCatalogue *catalogue, const char *ids, GArray *conflicts, GError **error)
{
  g_auto (GStrv) words = ptl_catalogue_split (ids);

  for (guint i = 0; words[i] != NULL; i++)
    {
      int found = ptl_catalogue_find_conflict (catalogue, words[i]);
      guint conflict = (guint) found;

      if (found < 0 || has_conflict (conflicts, conflict))
        return ptl_catalogue_refuse (error, found < 0 ? "there is no conflict" : "twice the conflict", words[i]);
      g_array_append_val (conflicts, conflict);
    }
  return TRUE;
}

static gboolean
take_conflicts (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  return add_conflicts (((PtlCatalogueReader *) xml)->catalogue, value, *(GArray **) field, error);
}

static gboolean
take_rule_conflicts (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  PtlCatalogueReader *reader = (PtlCatalogueReader *) xml;

  return add_conflicts (reader->catalogue, value, reader->rule_conflicts, error);
}

/* Where a rule starts */

static gboolean
add_from (PtlRule *rule, guint role, PtlScope scope)
{
  for (guint i = 0; i < rule->n_from; i++)
    if (rule->from[i].role == role)
      return FALSE;
  rule->from = g_renew (PtlRuleFrom, rule->from, rule->n_from + 1);
  rule->from[rule->n_from++] = (PtlRuleFrom){ role, scope };
  return TRUE;
}

/* A role, or with @ all roles of a kind. */
static gboolean
add_from_word (const PtlCatalogue *catalogue, PtlRule *rule, const char *word, PtlScope scope, GError **error)
{
  int role = ptl_catalogue_find_role (catalogue, word);
  int kind = *word == '@' ? ptl_name_index (ptl_role_kind_names, word + 1) : -1;
  gboolean added = TRUE;

  if (role < 0 && kind < 0)
    return ptl_catalogue_refuse (error, "there is no role or kind of roles", word);
  if (role >= 0)
    added = add_from (rule, (guint) role, scope);
  for (guint i = 0; role < 0 && i < catalogue->roles->len; i++)
    if ((int) ptl_catalogue_role (catalogue, i)->kind == kind)
      added &= add_from (rule, i, scope);
  return added || ptl_catalogue_refuse (error, "a role starts the rule twice by", word);
}

static gboolean
take_from (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  PtlCatalogueReader *reader = (PtlCatalogueReader *) xml;
  g_auto (GStrv) words = ptl_catalogue_split (value);

  for (guint i = 0; words[i] != NULL; i++)
    if (!add_from_word (reader->catalogue, field, words[i], reader->scope, error))
      return FALSE;
  return TRUE;
}

/* Stands before the roles in the tables. */
static gboolean
take_scope (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  return ptl_xml_take_word (xml, value, &((PtlCatalogueReader *) xml)->scope, ptl_scope_names, error);
}

/* Conditions */

static gboolean
check_option (const PtlCatalogue *catalogue, guint role_index, PtlCondition *condition, GError **error)
{
  const PtlRole *role;
  int option, value;

  if (role_index == UNKNOWN)
    return TRUE;
  role = ptl_catalogue_role (catalogue, role_index);
  option = ptl_role_find_option (role, condition->option);
  if (option < 0)
    return ptl_catalogue_refuse (error, role->name, "has no such option");
  if (!ptl_option_parse (&role->options[option], condition->word, &value, error))
    return FALSE;
  if (role->options[option].values == NULL)
    condition->number = value;
  return TRUE;
}

static gboolean
check_setting (const PtlCatalogue *catalogue, const char *name, PtlCondition *condition, GError **error)
{
  int index = ptl_catalogue_find_setting (catalogue, name);
  const PtlSetting *setting;

  if (index < 0)
    return ptl_catalogue_refuse (error, "there is no setting", name);
  setting = ptl_catalogue_setting (catalogue, index);
  condition->setting = (guint) index;
  if (setting->type != PTL_SETTING_CHOICE)
    return ptl_catalogue_refuse (error, "a condition asks for a choice, not for ports as in", name);
  return ptl_name_index ((const char *const *) setting->values, condition->word) >= 0
         || ptl_catalogue_refuse (error, "the setting has no value", condition->word);
}

/* One condition: "to.OPTION = VALUE", "from.OPTION != VALUE" or "SETTING = VALUE". */
static gboolean
read_condition (const PtlCatalogue *catalogue, const PtlRule *rule, const char *text, PtlCondition *condition,
                GError **error)
{
  g_auto (GStrv) words = ptl_catalogue_split (text);

  if (g_strv_length (words) != 3 || (strcmp (words[1], "=") != 0 && strcmp (words[1], "!=") != 0))
    return ptl_catalogue_refuse (error, "write a condition as “to.pxe != no”, not", text);
  *condition = (PtlCondition){
    .negated = words[1][0] == '!',
    .word = g_intern_string (words[2]),
    .number = -1,
  };
  if (g_str_has_prefix (words[0], "to."))
    {
      condition->subject = PTL_SUBJECT_TO;
      condition->option = g_intern_string (words[0] + strlen ("to."));
      return check_option (catalogue, rule->to, condition, error);
    }
  if (!g_str_has_prefix (words[0], "from."))
    {
      condition->subject = PTL_SUBJECT_SETTING;
      return check_setting (catalogue, words[0], condition, error);
    }
  condition->subject = PTL_SUBJECT_FROM;
  condition->option = g_intern_string (words[0] + strlen ("from."));
  for (guint i = 0; i < rule->n_from; i++)
    if (!check_option (catalogue, rule->from[i].role, condition, error))
      return FALSE;
  return TRUE;
}

static void
read_conditions (PtlCatalogueReader *reader, const PtlRule *rule, const char *when, PtlConditions *conditions)
{
  g_auto (GStrv) parts = when != NULL ? g_strsplit (when, " and ", -1) : g_new0 (char *, 1);
  g_autoptr (GError) error = NULL;

  conditions->n = g_strv_length (parts);
  conditions->items = g_new0 (PtlCondition, conditions->n);
  for (guint i = 0; i < conditions->n; i++)
    if (!read_condition (reader->catalogue, rule, parts[i], &conditions->items[i], &error))
      {
        ptl_xml_problem (&reader->xml, "when", "%s", error->message);
        return;
      }
}

/* Elements */

static void
clear_note (gpointer data)
{
  g_free (((PtlNote *) data)->text);
}

static GArray *
new_notes (void)
{
  GArray *notes = g_array_new (FALSE, TRUE, sizeof (PtlNote));

  g_array_set_clear_func (notes, clear_note);
  return notes;
}

static gpointer
add_note (GArray *notes)
{
  g_array_set_size (notes, notes->len + 1);
  return &g_array_index (notes, PtlNote, notes->len - 1);
}

static gpointer
begin_rule_note (PtlXmlReader *xml, gpointer parent)
{
  return add_note (((PtlRule *) parent)->remarks);
}

static gpointer
begin_service_note (PtlXmlReader *xml, gpointer parent)
{
  return add_note (((PtlService *) parent)->remarks);
}

static void
end_note (PtlXmlReader *xml, gpointer record, const char *text)
{
  ((PtlNote *) record)->text = g_strdup (text);
}

/* Its attributes are the rule's. */
static gpointer
begin_from (PtlXmlReader *xml, gpointer parent)
{
  return parent;
}

static gpointer
begin_source (PtlXmlReader *xml, gpointer parent)
{
  PtlRule *rule = parent;

  rule->sources = g_renew (PtlSource, rule->sources, rule->n_sources + 1);
  rule->sources[rule->n_sources] = (PtlSource){ 0 };
  return &rule->sources[rule->n_sources++];
}

static gpointer
begin_service (PtlXmlReader *xml, gpointer parent)
{
  PtlRule *rule = parent;
  PtlService *service;

  if (rule->n_services == PTL_MAX_SERVICES)
    {
      ptl_xml_problem (xml, NULL, "a rule has at most %d services", PTL_MAX_SERVICES);
      xml->stopped = TRUE;
    }
  ptl_catalogue_clear_pending ((PtlCatalogueReader *) xml);
  rule->services = g_renew (PtlService, rule->services, rule->n_services + 1);
  service = &rule->services[rule->n_services++];
  *service = (PtlService){
    .setting = -1,
    .feature = -1,
    .lines = g_strdup (""),
    .notes = g_strdup (""),
    .conflicts = g_array_new (FALSE, FALSE, sizeof (guint)),
    .remarks = new_notes (),
  };
  return service;
}

/* A port or a range, by the rules for the values of a setting. */
static void
read_port (PtlCatalogueReader *reader, PtlService *service)
{
  const PtlSetting ports = { .name = (char *) "port", .type = PTL_SETTING_PORTS };
  g_autoptr (GError) error = NULL;
  g_autoptr (PtlValue) value = ptl_value_parse (&ports, reader->pending.port, &error);

  if (value == NULL)
    ptl_xml_problem (&reader->xml, "port", "%s", error->message);
  else if (value->n_ranges > 1)
    ptl_xml_problem (&reader->xml, "port", "a service has one port or range: write a service for each");
  else
    service->range = value->ranges[0];
}

static void
end_service (PtlXmlReader *xml, gpointer record, const char *text)
{
  PtlCatalogueReader *reader = (PtlCatalogueReader *) xml;
  const PtlRule *rule = xml->open[xml->depth - 2].record;
  PtlService *service = record;
  guint ports = (reader->pending.port != NULL) + (service->setting >= 0);

  if (xml->problems->len > 0)
    return;
  if (ports != (service->protocol == PTL_PROTOCOL_ICMP ? 0 : 1))
    ptl_xml_problem (xml, NULL, "it needs a port or a setting, and icmp neither");
  else if (reader->pending.port != NULL)
    read_port (reader, service);
  if ((*service->lines != '\0') == (service->beyond != NULL))
    ptl_xml_problem (xml, NULL, "it needs the lines of the documents that list it, or else beyond");
  read_conditions (reader, rule, service->when, &service->conditions);
  for (guint i = 0; i < reader->rule_conflicts->len; i++)
    if (!has_conflict (service->conflicts, g_array_index (reader->rule_conflicts, guint, i)))
      g_array_append_val (service->conflicts, g_array_index (reader->rule_conflicts, guint, i));
}

static gpointer
begin_rule (PtlXmlReader *xml, gpointer parent)
{
  PtlCatalogueReader *reader = (PtlCatalogueReader *) xml;
  GArray *rules = reader->catalogue->rules;
  PtlRule *rule;

  if (rules->len == G_MAXUINT16)
    {
      ptl_xml_problem (xml, NULL, "there are at most %d rules", G_MAXUINT16);
      xml->stopped = TRUE;
    }
  ptl_catalogue_clear_pending (reader);
  g_array_set_size (reader->rule_conflicts, 0);
  g_array_set_size (rules, rules->len + 1);
  rule = &g_array_index (rules, PtlRule, rules->len - 1);
  rule->id = g_strdup ("");
  rule->to = UNKNOWN;
  rule->link = -1;
  rule->feature = -1;
  rule->remarks = new_notes ();
  return rule;
}

static gboolean
has_client_like_side (const PtlCatalogue *catalogue, const PtlRule *rule)
{
  gboolean found = ptl_catalogue_role (catalogue, rule->to)->kind == PTL_ROLE_CLIENT_LIKE;

  for (guint i = 0; i < rule->n_from; i++)
    found |= ptl_catalogue_role (catalogue, rule->from[i].role)->kind == PTL_ROLE_CLIENT_LIKE;
  return found;
}

static gboolean
has_scope (const PtlRule *rule, PtlScope scope)
{
  for (guint i = 0; i < rule->n_from; i++)
    if (rule->from[i].scope == scope)
      return TRUE;
  return FALSE;
}

static void
end_rule (PtlXmlReader *xml, gpointer record, const char *text)
{
  PtlCatalogueReader *reader = (PtlCatalogueReader *) xml;
  const GArray *rules = reader->catalogue->rules;
  PtlRule *rule = record;

  if (xml->problems->len > 0)
    return;
  for (guint i = 0; i + 1 < rules->len; i++)
    if (strcmp (g_array_index (rules, PtlRule, i).id, rule->id) == 0)
      ptl_xml_problem (xml, "id", "“%s” is there twice", rule->id);
  if (rule->n_from == 0)
    ptl_xml_problem (xml, "from", "no role starts the rule");
  if (rule->n_services == 0)
    ptl_xml_problem (xml, NULL, "it has no service");
  if (has_scope (rule, PTL_SCOPE_LINK) != (rule->link >= 0))
    ptl_xml_problem (xml, "link", "a rule of scope link, and no other, names a kind of link");
  if (rule->location == PTL_LOCATION_NONE && has_client_like_side (reader->catalogue, rule))
    ptl_xml_problem (xml, "location", "a rule with a client-like side needs one");
  read_conditions (reader, rule, rule->when, &rule->conditions);
}

/* The tables */

static const PtlXmlElement from = {
  .name = "from",
  .attributes = (const PtlXmlAttribute[]){
    { "scope", TRUE, take_scope, 0, NULL },
    { "role", TRUE, take_from, 0, NULL },
    PTL_XML_END,
  },
  .begin = begin_from,
};

static const PtlXmlElement source = {
  .name = "source",
  .attributes = (const PtlXmlAttribute[]){
    { "document", TRUE, take_document, G_STRUCT_OFFSET (PtlSource, document), NULL },
    { "line", TRUE, take_line, G_STRUCT_OFFSET (PtlSource, line), NULL },
    { "section", TRUE, ptl_catalogue_take_text, G_STRUCT_OFFSET (PtlSource, section), NULL },
    PTL_XML_END,
  },
  .begin = begin_source,
};

static const PtlXmlAttribute note_attributes[] = {
  { "direction", FALSE, ptl_catalogue_take_flag, G_STRUCT_OFFSET (PtlNote, back_only), "back" },
  PTL_XML_END,
};

static const PtlXmlElement service_note = {
  .name = "note",
  .attributes = note_attributes,
  .has_text = TRUE,
  .begin = begin_service_note,
  .end = end_note,
};

static const PtlXmlElement rule_note = {
  .name = "note",
  .attributes = note_attributes,
  .has_text = TRUE,
  .begin = begin_rule_note,
  .end = end_note,
};

static const PtlXmlElement service = {
  .name = "service",
  .attributes = (const PtlXmlAttribute[]){
    { "name", TRUE, ptl_catalogue_take_text, G_STRUCT_OFFSET (PtlService, name), NULL },
    { "protocol", TRUE, ptl_xml_take_word, G_STRUCT_OFFSET (PtlService, protocol), ptl_protocol_names },
    { "port", FALSE, ptl_catalogue_take_pending, 0, PTL_PENDING (port) },
    { "setting", FALSE, take_setting, G_STRUCT_OFFSET (PtlService, setting), NULL },
    { "feature", FALSE, take_feature, G_STRUCT_OFFSET (PtlService, feature), NULL },
    { "when", FALSE, ptl_catalogue_take_text, G_STRUCT_OFFSET (PtlService, when), NULL },
    { "location", FALSE, ptl_xml_take_word, G_STRUCT_OFFSET (PtlService, location), ptl_location_names },
    { "lines", FALSE, ptl_catalogue_take_lines, G_STRUCT_OFFSET (PtlService, lines), NULL },
    { "notes", FALSE, ptl_catalogue_take_text, G_STRUCT_OFFSET (PtlService, notes), NULL },
    { "conflicts", FALSE, take_conflicts, G_STRUCT_OFFSET (PtlService, conflicts), NULL },
    { "beyond", FALSE, ptl_catalogue_take_text, G_STRUCT_OFFSET (PtlService, beyond), NULL },
    PTL_XML_END,
  },
  .children = (const PtlXmlElement *const[]){ &service_note, NULL },
  .begin = begin_service,
  .end = end_service,
};

const PtlXmlElement ptl_catalogue_rule_element = {
  .name = "rule",
  .attributes = (const PtlXmlAttribute[]){
    { "id", TRUE, ptl_catalogue_take_name, G_STRUCT_OFFSET (PtlRule, id), NULL },
    { "scope", TRUE, take_scope, 0, NULL },
    { "from", TRUE, take_from, 0, NULL },
    { "to", TRUE, take_role, G_STRUCT_OFFSET (PtlRule, to), NULL },
    { "location", FALSE, ptl_xml_take_word, G_STRUCT_OFFSET (PtlRule, location), ptl_location_names },
    { "direction", FALSE, ptl_catalogue_take_flag, G_STRUCT_OFFSET (PtlRule, two_way), "two-way" },
    { "link", FALSE, take_link, G_STRUCT_OFFSET (PtlRule, link), NULL },
    { "feature", FALSE, take_feature, G_STRUCT_OFFSET (PtlRule, feature), NULL },
    { "when", FALSE, ptl_catalogue_take_text, G_STRUCT_OFFSET (PtlRule, when), NULL },
    { "phase", FALSE, ptl_xml_take_word, G_STRUCT_OFFSET (PtlRule, phase), ptl_phase_names },
    { "conflicts", FALSE, take_rule_conflicts, 0, NULL },
    { "purpose", TRUE, ptl_catalogue_take_text, G_STRUCT_OFFSET (PtlRule, purpose), NULL },
    PTL_XML_END,
  },
  .children = (const PtlXmlElement *const[]){ &from, &source, &service, &rule_note, NULL },
  .begin = begin_rule,
  .end = end_rule,
};
