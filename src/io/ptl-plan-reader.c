#include "ptl-plan-file.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "plan/ptl-plan-check.h"
#include "ptl-plan-references.h"
#include "ptl-suggest.h"
#include "ptl-xml-reader.h"

/* More than all ports with white space folded: a longer text is no value of any setting. */
#define MAX_VALUE (65535 * 6)

/* A record whose `name` was not read yet, or is unknown. */
#define UNKNOWN G_MAXUINT

typedef struct
{
  PtlXmlReader xml; /* first: the functions of the tables get its address */
  const PtlCatalogue *catalogue;
  PtlPlan *plan;
  PtlPlanNames *names;
  GPtrArray *sets; /* that a <set> is added to */
} PlanReader;

/* Values */

static gboolean
take_text (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  guint max = GPOINTER_TO_UINT (detail);

  return ptl_check_text (value, 0, max, error) && ptl_xml_take_string (xml, value, field, NULL, error);
}

static gboolean
take_name (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  return ptl_check_name (value, error) && ptl_xml_take_string (xml, value, field, NULL, error);
}

static gboolean
take_id (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  return ptl_check_id (value, error) && ptl_xml_take_string (xml, value, field, NULL, error);
}

static gboolean
take_firewall_id (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  return ptl_check_firewall_id (value, error) && ptl_xml_take_string (xml, value, field, NULL, error);
}

static gboolean
take_site_code (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  return ptl_check_site_code (value, error) && ptl_xml_take_string (xml, value, field, NULL, error);
}

static gboolean
take_colour (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  return ptl_check_colour (value, error) && ptl_xml_take_string (xml, value, field, NULL, error);
}

static gboolean
take_coordinate (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  return ptl_parse_coordinate (value, field, error);
}

static gboolean
take_switch (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  static const char *const words[] = { "no", "yes", NULL };

  return ptl_xml_take_word (xml, value, field, words, error);
}

static gboolean
take_addresses (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  char *addresses = ptl_parse_addresses (value, error);

  if (addresses == NULL)
    return FALSE;
  g_free (*(char **) field);
  *(char **) field = addresses;
  return TRUE;
}

static gboolean
refuse (GError **error, const char *why, const char *value)
{
  g_autofree char *quoted = ptl_quote (value);

  g_set_error (error, PTL_IO_ERROR, PTL_IO_ERROR_READ, "%s %s", why, quoted);
  return FALSE;
}

/* Whether the zones exist and differ is known only at the end. */
static gboolean
take_zones (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  GPtrArray *zones = *(GPtrArray **) field;
  const char *word = value;
  gsize length = 0;

  while ((length = ptl_next_word (&word, length)) > 0 && zones->len <= PTL_MAX_ZONES)
    g_ptr_array_add (zones, g_strndup (word, length));
  if (zones->len > PTL_MAX_ZONES)
    return refuse (error, _ ("a firewall joins at most 10000 zones, not"), value);
  return zones->len >= 2 || refuse (error, _ ("a firewall joins two or more zones, not"), value);
}

/* Names of the catalogue */

/* Looks a name up among the records of one of the catalogue's arrays; `missing` says what there is none of. */
static gboolean
take_record (const GArray *records, int index, const char *missing, const char *value, gpointer field, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *quoted = NULL, *suggestion = NULL;

  if (index >= 0)
    {
      *(guint *) field = (guint) index;
      return TRUE;
    }
  names = ptl_catalogue_names (records);
  quoted = ptl_quote (value);
  suggestion = ptl_suggest (value, names);
  g_set_error (error, PTL_IO_ERROR, PTL_IO_ERROR_READ, "%s %s%s", _ (missing), quoted, suggestion);
  return FALSE;
}

static gboolean
take_setting (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  const PtlCatalogue *catalogue = ((PlanReader *) xml)->catalogue;

  return take_record (catalogue->settings, ptl_catalogue_find_setting (catalogue, value), N_ ("there is no setting"),
                      value, field, error);
}

static gboolean
take_feature (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  const PtlCatalogue *catalogue = ((PlanReader *) xml)->catalogue;

  return take_record (catalogue->features, ptl_catalogue_find_feature (catalogue, value), N_ ("there is no feature"),
                      value, field, error);
}

static gboolean
take_link_kind (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  const PtlCatalogue *catalogue = ((PlanReader *) xml)->catalogue;

  return take_record (catalogue->links, ptl_catalogue_find_link (catalogue, value), N_ ("there is no kind of link"),
                      value, field, error);
}

static gboolean
take_role (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  const PtlCatalogue *catalogue = ((PlanReader *) xml)->catalogue;
  PtlRoleUse *use = field;

  if (!take_record (catalogue->roles, ptl_catalogue_find_role (catalogue, value), N_ ("there is no role"), value,
                    &use->role, error))
    return FALSE;
  ptl_role_use_init (use, catalogue, use->role);
  return TRUE;
}

static gboolean
refuse_option (const PtlRole *role, const char *name, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *suggestion = NULL;

  for (guint i = 0; i < role->n_options; i++)
    g_ptr_array_add (names, role->options[i].name);
  suggestion = ptl_suggest (name, names);
  g_set_error (error, PTL_IO_ERROR, PTL_IO_ERROR_READ, _ ("the role “%s” has no such option%s"), role->name,
               suggestion);
  return FALSE;
}

/* Any other attribute of a role is one of its options. */
static gboolean
take_option (PtlXmlReader *xml, gpointer record, const char *name, const char *text, GError **error)
{
  PtlRoleUse *use = &((PtlNodeRole *) record)->use;
  const PtlRole *role;
  g_autofree char *number = NULL;
  int option, value;

  if (use->role == UNKNOWN)
    return TRUE; /* its options are as unknown as itself */
  role = ptl_catalogue_role (((PlanReader *) xml)->catalogue, use->role);
  option = ptl_role_find_option (role, name);
  if (option < 0)
    return refuse_option (role, name, error);
  if (role->options[option].values == NULL)
    text = number = ptl_fold_white_space (text); /* white space around numbers does not count */
  if (!ptl_option_parse (&role->options[option], text, &value, error))
    return FALSE;
  use->options[option] = (gint16) value;
  return TRUE;
}

/* Elements */

static gpointer
begin_plan (PtlXmlReader *xml, gpointer parent)
{
  PlanReader *reader = (PlanReader *) xml;

  reader->sets = reader->plan->sets;
  return reader->plan;
}

static gpointer
begin_set (PtlXmlReader *xml, gpointer parent)
{
  PtlSet *set = ptl_set_new ();

  set->setting = UNKNOWN;
  g_ptr_array_add (((PlanReader *) xml)->sets, set);
  return set;
}

static gboolean
has_same_set (const GPtrArray *sets, const PtlSet *set)
{
  for (guint i = 0; sets->pdata[i] != set; i++)
    if (((const PtlSet *) sets->pdata[i])->setting == set->setting)
      return TRUE;
  return FALSE;
}

static void
end_set (PtlXmlReader *xml, gpointer record, const char *text)
{
  PlanReader *reader = (PlanReader *) xml;
  PtlSet *set = record;
  const PtlSetting *setting;
  g_autofree char *folded = NULL;
  g_autoptr (GError) error = NULL;

  if (set->setting == UNKNOWN || text == NULL)
    return;
  folded = ptl_fold_white_space (text);
  setting = ptl_catalogue_setting (reader->catalogue, set->setting);
  if (has_same_set (reader->sets, set))
    ptl_xml_problem (xml, "name", _ ("the setting “%s” is given twice here: keep one"), setting->name);
  if (strlen (folded) > MAX_VALUE)
    ptl_xml_problem (xml, NULL, _ ("the value is too long: shorten it"));
  else if ((set->value = ptl_value_parse (setting, folded, &error)) == NULL)
    ptl_xml_problem (xml, NULL, "%s", error->message);
}

static gpointer
begin_feature (PtlXmlReader *xml, gpointer parent)
{
  PtlFeatureSet *feature = ptl_feature_set_new ();

  feature->feature = UNKNOWN;
  g_ptr_array_add (((PlanReader *) xml)->plan->features, feature);
  return feature;
}

static void
end_feature (PtlXmlReader *xml, gpointer record, const char *text)
{
  const GPtrArray *features = ((PlanReader *) xml)->plan->features;
  const PtlFeatureSet *feature = record;

  for (guint i = 0; feature->feature != UNKNOWN && i + 1 < features->len; i++)
    if (((const PtlFeatureSet *) features->pdata[i])->feature == feature->feature)
      {
        ptl_xml_problem (xml, "name", _ ("the feature “%s” is given twice: keep one"),
                         ptl_catalogue_feature (((PlanReader *) xml)->catalogue, feature->feature)->name);
        return;
      }
}

/* One more record of a group, which may have `max` of them. */
static gpointer
add_record (PtlXmlReader *xml, GPtrArray *group, gpointer record, const char *element, guint max)
{
  if (group->len == max)
    {
      ptl_xml_problem_at (xml, xml->line, element, NULL, _ ("a plan has at most %u of them: split the plan"), max);
      xml->stopped = TRUE;
    }
  g_ptr_array_add (group, record);
  return record;
}

static gpointer
begin_site (PtlXmlReader *xml, gpointer parent)
{
  PlanReader *reader = (PlanReader *) xml;
  PtlSite *site = ptl_site_new ();

  reader->sets = site->sets;
  return add_record (xml, reader->plan->sites, site, "site", PTL_MAX_SITES);
}

static gpointer
begin_zone (PtlXmlReader *xml, gpointer parent)
{
  return add_record (xml, ((PlanReader *) xml)->plan->zones, ptl_zone_new (), "zone", PTL_MAX_ZONES);
}

static gpointer
begin_firewall (PtlXmlReader *xml, gpointer parent)
{
  return add_record (xml, ((PlanReader *) xml)->plan->firewalls, ptl_firewall_new (), "firewall", PTL_MAX_FIREWALLS);
}

static gpointer
begin_node (PtlXmlReader *xml, gpointer parent)
{
  PlanReader *reader = (PlanReader *) xml;
  PtlNode *node = ptl_node_new ();

  reader->sets = node->sets;
  return add_record (xml, reader->plan->nodes, node, "node", PTL_MAX_NODES);
}

static void
end_site (PtlXmlReader *xml, gpointer record, const char *text)
{
  ptl_plan_names_add (((PlanReader *) xml)->names, xml, PTL_THING_SITE, "code", ((PtlSite *) record)->code);
}

static void
end_zone (PtlXmlReader *xml, gpointer record, const char *text)
{
  ptl_plan_names_add (((PlanReader *) xml)->names, xml, PTL_THING_ZONE, "id", ((PtlZone *) record)->id);
}

static void
end_firewall (PtlXmlReader *xml, gpointer record, const char *text)
{
  ptl_plan_names_add (((PlanReader *) xml)->names, xml, PTL_THING_FIREWALL, "id", ((PtlFirewall *) record)->id);
}

static void
end_node (PtlXmlReader *xml, gpointer record, const char *text)
{
  PtlNode *node = record;

  ptl_plan_names_add (((PlanReader *) xml)->names, xml, PTL_THING_NODE, "id", node->id);
  if (node->roles->len == 0)
    ptl_xml_problem (xml, NULL, _ ("the node “%s” has no role: add a <role>"), node->id);
}

static gpointer
begin_role (PtlXmlReader *xml, gpointer parent)
{
  PtlNodeRole *role = ptl_node_role_new (((PlanReader *) xml)->catalogue, 0);

  role->use.role = UNKNOWN;
  g_ptr_array_add (((PtlNode *) parent)->roles, role);
  return role;
}

static void
end_role (PtlXmlReader *xml, gpointer record, const char *text)
{
  const PtlNode *node = xml->open[xml->depth - 2].record;
  const PtlNodeRole *role = record;

  for (guint i = 0; role->use.role != UNKNOWN && i + 1 < node->roles->len; i++)
    if (((const PtlNodeRole *) node->roles->pdata[i])->use.role == role->use.role)
      {
        ptl_xml_problem (xml, "name", _ ("the node has the role “%s” twice: keep one"),
                         ptl_catalogue_role (((PlanReader *) xml)->catalogue, role->use.role)->name);
        return;
      }
}

static gpointer
begin_link (PtlXmlReader *xml, gpointer parent)
{
  PlanReader *reader = (PlanReader *) xml;
  PtlLink *link = ptl_link_new ();

  g_clear_pointer (&link->from, g_free);
  g_clear_pointer (&link->to, g_free);
  g_ptr_array_add (reader->plan->links, link);
  ptl_plan_names_add_link (reader->names, xml);
  return link;
}

/* The tables: attributes in the order of data/plan.xsd; `name` before what depends on it. */

#define FIELD(record, field) G_STRUCT_OFFSET (record, field)
#define NOTE(record)                                                                                                   \
  {                                                                                                                    \
    "note", FALSE, take_text, FIELD (record, note), GUINT_TO_POINTER (PTL_MAX_NOTE)                                    \
  }
#define COORDINATE(record, field)                                                                                      \
  {                                                                                                                    \
#field, FALSE, take_coordinate, FIELD(record, field), NULL                                                         \
  }
#define END                                                                                                            \
  {                                                                                                                    \
    NULL, FALSE, NULL, 0, NULL                                                                                         \
  }

static const PtlXmlElement set = {
  .name = "set",
  .attributes = (const PtlXmlAttribute[]){
    { "name", TRUE, take_setting, FIELD (PtlSet, setting), NULL },
    NOTE (PtlSet),
    END,
  },
  .has_text = TRUE,
  .begin = begin_set,
  .end = end_set,
};

static const PtlXmlElement feature = {
  .name = "feature",
  .attributes = (const PtlXmlAttribute[]){
    { "name", TRUE, take_feature, FIELD (PtlFeatureSet, feature), NULL },
    { "enabled", TRUE, take_switch, FIELD (PtlFeatureSet, enabled), NULL },
    NOTE (PtlFeatureSet),
    END,
  },
  .begin = begin_feature,
  .end = end_feature,
};

static const PtlXmlElement site = {
  .name = "site",
  .attributes = (const PtlXmlAttribute[]){
    { "code", TRUE, take_site_code, FIELD (PtlSite, code), NULL },
    { "name", FALSE, take_name, FIELD (PtlSite, name), NULL },
    { "kind", TRUE, ptl_xml_take_word, FIELD (PtlSite, kind), ptl_site_kind_names },
    { "parent", FALSE, ptl_xml_take_string, FIELD (PtlSite, parent), NULL },
    NOTE (PtlSite),
    END,
  },
  .children = (const PtlXmlElement *const[]){ &set, NULL },
  .begin = begin_site,
  .end = end_site,
};

static const PtlXmlElement zone = {
  .name = "zone",
  .attributes = (const PtlXmlAttribute[]){
    { "id", TRUE, take_id, FIELD (PtlZone, id), NULL },
    { "name", TRUE, take_name, FIELD (PtlZone, name), NULL },
    { "kind", TRUE, ptl_xml_take_word, FIELD (PtlZone, kind), ptl_zone_kind_names },
    COORDINATE (PtlZone, x),
    COORDINATE (PtlZone, y),
    COORDINATE (PtlZone, width),
    COORDINATE (PtlZone, height),
    { "colour", FALSE, take_colour, FIELD (PtlZone, colour), NULL },
    NOTE (PtlZone),
    END,
  },
  .begin = begin_zone,
  .end = end_zone,
};

static const PtlXmlElement firewall = {
  .name = "firewall",
  .attributes = (const PtlXmlAttribute[]){
    { "id", TRUE, take_firewall_id, FIELD (PtlFirewall, id), NULL },
    { "name", TRUE, take_name, FIELD (PtlFirewall, name), NULL },
    { "zones", TRUE, take_zones, FIELD (PtlFirewall, zones), NULL },
    COORDINATE (PtlFirewall, x),
    COORDINATE (PtlFirewall, y),
    { "managed", FALSE, take_switch, FIELD (PtlFirewall, managed), NULL },
    NOTE (PtlFirewall),
    END,
  },
  .begin = begin_firewall,
  .end = end_firewall,
};

static const PtlXmlElement role = {
  .name = "role",
  .attributes = (const PtlXmlAttribute[]){
    { "name", TRUE, take_role, FIELD (PtlNodeRole, use), NULL },
    NOTE (PtlNodeRole),
    END,
  },
  .begin = begin_role,
  .other = take_option,
  .end = end_role,
};

static const PtlXmlElement node = {
  .name = "node",
  .attributes = (const PtlXmlAttribute[]){
    { "id", TRUE, take_id, FIELD (PtlNode, id), NULL },
    { "name", TRUE, take_name, FIELD (PtlNode, name), NULL },
    { "zone", FALSE, ptl_xml_take_string, FIELD (PtlNode, zone), NULL },
    { "site", FALSE, ptl_xml_take_string, FIELD (PtlNode, site), NULL },
    COORDINATE (PtlNode, x),
    COORDINATE (PtlNode, y),
    { "addresses", FALSE, take_addresses, FIELD (PtlNode, addresses), NULL },
    { "site-server-initiates", FALSE, take_switch, FIELD (PtlNode, site_server_initiates), NULL },
    NOTE (PtlNode),
    END,
  },
  .children = (const PtlXmlElement *const[]){ &role, &set, NULL },
  .begin = begin_node,
  .end = end_node,
};

/* `link` is a function of unistd.h. */
static const PtlXmlElement link_element = {
  .name = "link",
  .attributes = (const PtlXmlAttribute[]){
    { "kind", TRUE, take_link_kind, FIELD (PtlLink, kind), NULL },
    { "from", TRUE, ptl_xml_take_string, FIELD (PtlLink, from), NULL },
    { "to", TRUE, ptl_xml_take_string, FIELD (PtlLink, to), NULL },
    NOTE (PtlLink),
    END,
  },
  .begin = begin_link,
};

static const PtlXmlElement plan_element = {
  .name = "plan",
  .attributes = (const PtlXmlAttribute[]){
    { "title", TRUE, take_text, FIELD (PtlPlan, title), GUINT_TO_POINTER (PTL_MAX_NAME) },
    { "description", FALSE, take_text, FIELD (PtlPlan, description), GUINT_TO_POINTER (PTL_MAX_NOTE) },
    NOTE (PtlPlan),
    END,
  },
  .children = (const PtlXmlElement *const[]){ &set, &feature, &site, &zone, &firewall, &node, &link_element, NULL },
  .begin = begin_plan,
};

/* Reading */

static int
compare_problems (gconstpointer a, gconstpointer b)
{
  guint one = (*(PtlFileProblem *const *) a)->line, other = (*(PtlFileProblem *const *) b)->line;

  return (one > other) - (one < other);
}

/**
 * ptl_plan_read:
 * @stream: is read to its end, or to the first error that leaves nothing to go on with
 * @problems: (out): set when the plan is not; free it with g_ptr_array_unref ()
 *
 * Returns: (transfer full): the plan, or NULL
 */
PtlPlan *
ptl_plan_read (const PtlCatalogue *catalogue, GInputStream *stream, GPtrArray **problems)
{
  g_autoptr (PtlPlan) plan = ptl_plan_new (catalogue);
  g_autoptr (PtlPlanNames) names = ptl_plan_names_new ();
  PlanReader reader = { { .uri = PTL_PLAN_NAMESPACE, .root = &plan_element }, catalogue, plan, names, NULL };

  if (ptl_xml_reader_read (&reader.xml, stream))
    ptl_plan_names_resolve (names, &reader.xml, plan);
  g_ptr_array_sort (reader.xml.problems, compare_problems);
  if (reader.xml.problems->len > 0)
    {
      *problems = g_steal_pointer (&reader.xml.problems);
      g_clear_object (&plan);
    }
  else
    plan->has_comments = reader.xml.has_comments;
  ptl_xml_reader_clear (&reader.xml);
  return g_steal_pointer (&plan);
}

static const char *
open_failure (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return _ ("there is no such file");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return _ ("permission to read the file is denied");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    return _ ("it is a folder, not a file");
  return error->message;
}

static GInputStream *
open_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (strcmp (path, "-") == 0)
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);
  file = g_file_new_for_path (path);
  return (GInputStream *) g_file_read (file, NULL, error);
}

/**
 * ptl_plan_load:
 * @path: a file, or "-" for standard input
 * @problems: (out): set when the plan is not; free it with g_ptr_array_unref ()
 *
 * Returns: (transfer full): the plan, or NULL
 */
PtlPlan *
ptl_plan_load (const PtlCatalogue *catalogue, const char *path, GPtrArray **problems)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = open_file (path, &error);

  if (stream != NULL)
    return ptl_plan_read (catalogue, stream, problems);
  *problems = ptl_problems_new ();
  ptl_problems_add (*problems, 0, open_failure (error));
  return NULL;
}
