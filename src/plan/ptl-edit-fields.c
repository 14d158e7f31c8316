#include "ptl-edit-fields.h"

#include <glib/gi18n-lib.h>

#include "ptl-edit-words.h"
#include "ptl-plan-check.h"

/* Texts */

typedef struct
{
  PtlTextField field;
  PtlRecordKind kind;
  gsize offset;
  guint min, max;
  /* The text as the record keeps it, or NULL with an error. */
  char *(*parse) (const char *text, guint min, guint max, GError **error);
} TextField;

typedef struct
{
  PtlRecordKind kind;
  gsize offset;
  const char *words;
} ChoiceField;

static char *
parse_text (const char *text, guint min, guint max, GError **error)
{
  return ptl_check_text (text, min, max, error) ? g_strdup (text) : NULL;
}

static char *
parse_addresses (const char *text, guint min, guint max, GError **error)
{
  return ptl_parse_addresses (text, error);
}

static char *
parse_colour (const char *text, guint min, guint max, GError **error)
{
  return *text == '\0' || ptl_check_colour (text, error) ? g_strdup (text) : NULL;
}

#define AT(record, field) G_STRUCT_OFFSET (record, field)

static const TextField text_fields[] = {
  { PTL_FIELD_TITLE, PTL_RECORD_PLAN, AT (PtlHeading, title), 0, PTL_MAX_NAME, parse_text },
  { PTL_FIELD_DESCRIPTION, PTL_RECORD_PLAN, AT (PtlHeading, description), 0, PTL_MAX_NOTE, parse_text },
  { PTL_FIELD_NAME, PTL_RECORD_SITE, AT (PtlSite, name), 0, PTL_MAX_NAME, parse_text },
  { PTL_FIELD_NAME, PTL_RECORD_ZONE, AT (PtlZone, name), 1, PTL_MAX_NAME, parse_text },
  { PTL_FIELD_NAME, PTL_RECORD_FIREWALL, AT (PtlFirewall, name), 1, PTL_MAX_NAME, parse_text },
  { PTL_FIELD_NAME, PTL_RECORD_NODE, AT (PtlNode, name), 1, PTL_MAX_NAME, parse_text },
  { PTL_FIELD_NOTE, PTL_RECORD_PLAN, AT (PtlHeading, note), 0, PTL_MAX_NOTE, parse_text },
  { PTL_FIELD_NOTE, PTL_RECORD_SET, AT (PtlSet, note), 0, PTL_MAX_NOTE, parse_text },
  { PTL_FIELD_NOTE, PTL_RECORD_FEATURE, AT (PtlFeatureSet, note), 0, PTL_MAX_NOTE, parse_text },
  { PTL_FIELD_NOTE, PTL_RECORD_SITE, AT (PtlSite, note), 0, PTL_MAX_NOTE, parse_text },
  { PTL_FIELD_NOTE, PTL_RECORD_ZONE, AT (PtlZone, note), 0, PTL_MAX_NOTE, parse_text },
  { PTL_FIELD_NOTE, PTL_RECORD_FIREWALL, AT (PtlFirewall, note), 0, PTL_MAX_NOTE, parse_text },
  { PTL_FIELD_NOTE, PTL_RECORD_NODE, AT (PtlNode, note), 0, PTL_MAX_NOTE, parse_text },
  { PTL_FIELD_NOTE, PTL_RECORD_LINK, AT (PtlLink, note), 0, PTL_MAX_NOTE, parse_text },
  { PTL_FIELD_COLOUR, PTL_RECORD_ZONE, AT (PtlZone, colour), 0, 0, parse_colour },
  { PTL_FIELD_ADDRESSES, PTL_RECORD_NODE, AT (PtlNode, addresses), 0, 0, parse_addresses },
};

/* Translators: here and below, %s is what is edited: "MP01", "3 nodes", "2 zones", "5 items". */
static const char *const text_words[] = {
  [PTL_FIELD_TITLE] = N_ ("Change the title of %s"),
  [PTL_FIELD_DESCRIPTION] = N_ ("Change the description of %s"),
  [PTL_FIELD_NAME] = N_ ("Rename %s"),
  [PTL_FIELD_NOTE] = N_ ("Change the note of %s"),
  [PTL_FIELD_COLOUR] = N_ ("Change the colour of %s"),
  [PTL_FIELD_ADDRESSES] = N_ ("Change the addresses of %s"),
};

static const ChoiceField choice_fields[] = {
  [PTL_FIELD_SITE_KIND] = { PTL_RECORD_SITE, AT (PtlSite, kind), N_ ("Change the kind of %s") },
  [PTL_FIELD_ZONE_KIND] = { PTL_RECORD_ZONE, AT (PtlZone, kind), N_ ("Change the kind of %s") },
  [PTL_FIELD_MANAGED] = { PTL_RECORD_FIREWALL, AT (PtlFirewall, managed), N_ ("Change who manages %s") },
  [PTL_FIELD_SITE_SERVER_INITIATES]
  = { PTL_RECORD_NODE, AT (PtlNode, site_server_initiates), N_ ("Change who starts conversations with %s") },
};

static const TextField *
find_text_field (PtlTextField field, PtlRecordKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (text_fields); i++)
    if (text_fields[i].field == field && text_fields[i].kind == kind)
      return &text_fields[i];
  return NULL;
}

static gboolean
push (PtlHistory *history, PtlEdit *edit, const char *format, const char *verb, const PtlItem *items, guint n,
      GError **error)
{
  return ptl_history_push (history, edit, ptl_words (_ (format), ptl_history_get_plan (history), items, n),
                           verb != NULL ? ptl_words_key (verb, items, n) : NULL, error);
}

/**
 * ptl_edit_set_text:
 * @items: of kinds that have the field
 * @text: what was typed
 */
gboolean
ptl_edit_set_text (PtlHistory *history, PtlTextField field, const PtlItem *items, guint n, const char *text,
                   GError **error)
{
  g_autoptr (PtlEdit) edit = ptl_edit_new (ptl_history_get_plan (history));
  g_autofree char *verb = g_strdup_printf ("text-%u", field);

  for (guint i = 0; i < n; i++)
    {
      const TextField *own = find_text_field (field, items[i].kind);
      g_autofree char *parsed = NULL;
      char **place;

      g_return_val_if_fail (own != NULL, FALSE);
      parsed = own->parse (text, own->min, own->max, error);
      if (parsed == NULL)
        return FALSE;
      place = G_STRUCT_MEMBER_P (ptl_edit_change (edit, items[i].kind, items[i].index), own->offset);
      ptl_replace_text (place, field == PTL_FIELD_COLOUR && *parsed == '\0' ? NULL : parsed);
    }
  return push (history, g_steal_pointer (&edit), text_words[field], verb, items, n, error);
}

gboolean
ptl_edit_set_choice (PtlHistory *history, PtlChoiceField field, const PtlItem *items, guint n, int value,
                     GError **error)
{
  PtlEdit *edit = ptl_edit_new (ptl_history_get_plan (history));
  const ChoiceField *own = &choice_fields[field];

  for (guint i = 0; i < n; i++)
    if (items[i].kind == own->kind)
      *(int *) G_STRUCT_MEMBER_P (ptl_edit_change (edit, own->kind, items[i].index), own->offset) = value;
  return push (history, edit, own->words, NULL, items, n, error);
}

/* Settings and features */

/* The settings that a site or a node has of its own, in the copy that the edit makes of it. */
static GPtrArray *
own_sets (PtlEdit *edit, PtlItem item)
{
  gpointer record = ptl_edit_change (edit, item.kind, item.index);

  return item.kind == PTL_RECORD_SITE ? ((PtlSite *) record)->sets : ((PtlNode *) record)->sets;
}

static PtlSet *
new_set (guint setting, const PtlValue *value)
{
  PtlSet *set = ptl_set_new ();

  set->setting = setting;
  set->value = ptl_value_copy (value);
  return set;
}

static void
replace_value (PtlSet *set, const PtlValue *value)
{
  ptl_value_free (set->value);
  set->value = ptl_value_copy (value);
}

static void
set_own (GPtrArray *sets, guint setting, const PtlValue *value)
{
  guint index;
  PtlSet *set = ptl_sets_find (sets, setting, &index);

  if (set == NULL && value != NULL)
    g_ptr_array_add (sets, new_set (setting, value));
  else if (set != NULL && value != NULL)
    replace_value (set, value);
  else if (set != NULL)
    g_ptr_array_remove_index (sets, index);
}

/* The plan's settings are records themselves. */
static void
set_of_plan (PtlEdit *edit, guint setting, const PtlValue *value)
{
  guint index;
  gboolean found = ptl_sets_find (ptl_edit_get_plan (edit)->sets, setting, &index) != NULL;

  if (!found && value != NULL)
    ptl_edit_insert (edit, PTL_RECORD_SET, new_set (setting, value));
  else if (found && value != NULL)
    replace_value (ptl_edit_change (edit, PTL_RECORD_SET, index), value);
  else if (found)
    ptl_edit_remove (edit, PTL_RECORD_SET, index);
}

gboolean
ptl_edit_set_setting (PtlHistory *history, const PtlItem *items, guint n, guint setting, const char *text,
                      GError **error)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  const PtlSetting *kind = ptl_catalogue_setting (plan->catalogue, setting);
  g_autoptr (PtlValue) value = text != NULL ? ptl_value_parse (kind, text, error) : NULL;
  g_autofree char *verb = g_strdup_printf ("setting-%u", setting);
  /* Translators: %s is the title of a setting. */
  char *name = ptl_words_with (text != NULL ? _ ("Set %s") : _ ("Inherit %s"), _ (kind->title));
  PtlEdit *edit;

  if (text != NULL && value == NULL)
    {
      g_free (name);
      return FALSE;
    }
  edit = ptl_edit_new (plan);
  for (guint i = 0; i < n; i++)
    if (items[i].kind == PTL_RECORD_PLAN)
      set_of_plan (edit, setting, value);
    else
      set_own (own_sets (edit, items[i]), setting, value);
  return ptl_history_push (history, edit, name, text != NULL ? ptl_words_key (verb, items, n) : NULL, error);
}

static gboolean
find_feature (const PtlPlan *plan, guint feature, guint *index)
{
  for (*index = 0; *index < plan->features->len; ++*index)
    if (((const PtlFeatureSet *) plan->features->pdata[*index])->feature == feature)
      return TRUE;
  return FALSE;
}

gboolean
ptl_edit_set_feature (PtlHistory *history, guint feature, int enabled, GError **error)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  PtlEdit *edit = ptl_edit_new (plan);
  guint index;
  gboolean found = find_feature (plan, feature, &index);
  /* Translators: %s is the title of a feature. */
  char *name = ptl_words_with (enabled < 0   ? _ ("Reset %s")
                               : enabled > 0 ? _ ("Switch %s on")
                                             : _ ("Switch %s off"),
                               _ (ptl_catalogue_feature (plan->catalogue, feature)->title));

  if (found && enabled < 0)
    ptl_edit_remove (edit, PTL_RECORD_FEATURE, index);
  else if (found)
    ((PtlFeatureSet *) ptl_edit_change (edit, PTL_RECORD_FEATURE, index))->enabled = enabled > 0;
  else if (enabled >= 0)
    {
      PtlFeatureSet *own = ptl_feature_set_new ();

      own->feature = feature;
      own->enabled = enabled > 0;
      ptl_edit_insert (edit, PTL_RECORD_FEATURE, own);
    }
  return ptl_history_push (history, edit, name, NULL, error);
}

/* Roles */

static const PtlNode *
node_at (PtlHistory *history, guint index)
{
  return ptl_record (ptl_history_get_plan (history), PTL_RECORD_NODE, index);
}

static const PtlRole *
role_kind (PtlHistory *history, guint role)
{
  return ptl_catalogue_role (ptl_history_get_plan (history)->catalogue, role);
}

/* Nodes that have it keep theirs; refused when all do. */
gboolean
ptl_edit_add_role (PtlHistory *history, const PtlItem *nodes, guint n, guint role, GError **error)
{
  const PtlPlan *plan = ptl_history_get_plan (history);
  g_autoptr (PtlEdit) edit = ptl_edit_new (plan);
  gboolean any = FALSE;

  for (guint i = 0; i < n; i++)
    {
      PtlNode *node = ptl_edit_change (edit, PTL_RECORD_NODE, nodes[i].index);

      if (ptl_node_find_role (node, role) != NULL)
        continue;
      g_ptr_array_add (node->roles, ptl_node_role_new (plan->catalogue, role));
      any = TRUE;
    }
  if (!any)
    return ptl_words_refuse (error, _ ("the node has this role already"));
  return push (history, g_steal_pointer (&edit), N_ ("Add a role to %s"), NULL, nodes, n, error);
}

gboolean
ptl_edit_remove_role (PtlHistory *history, const PtlItem *nodes, guint n, guint role, GError **error)
{
  g_autoptr (PtlEdit) edit = ptl_edit_new (ptl_history_get_plan (history));

  for (guint i = 0; i < n; i++)
    {
      PtlNode *node = ptl_edit_change (edit, PTL_RECORD_NODE, nodes[i].index);
      PtlNodeRole *own = ptl_node_find_role (node, role);

      if (own != NULL && node->roles->len == 1)
        return ptl_words_refuse (error, _ ("a node has at least one role: delete the node, or give it another role "
                                           "first"));
      if (own != NULL)
        g_ptr_array_remove (node->roles, own);
    }
  return push (history, g_steal_pointer (&edit), N_ ("Remove a role from %s"), NULL, nodes, n, error);
}

/**
 * ptl_edit_set_option:
 * @nodes: those without the role are passed over
 * @option: its index in the role
 * @text: one of its words, or a number
 */
gboolean
ptl_edit_set_option (PtlHistory *history, const PtlItem *nodes, guint n, guint role, guint option, const char *text,
                     GError **error)
{
  const PtlOption *kind = &role_kind (history, role)->options[option];
  g_autofree char *verb = g_strdup_printf ("option-%u-%u", role, option);
  PtlEdit *edit;
  int value;

  if (!ptl_option_parse (kind, text, &value, error))
    return FALSE;
  edit = ptl_edit_new (ptl_history_get_plan (history));
  for (guint i = 0; i < n; i++)
    if (ptl_node_find_role (node_at (history, nodes[i].index), role) != NULL)
      {
        PtlNode *node = ptl_edit_change (edit, PTL_RECORD_NODE, nodes[i].index);

        ptl_node_find_role (node, role)->use.options[option] = (gint16) value;
      }
  return push (history, edit, N_ ("Change an option of %s"), kind->values == NULL ? verb : NULL, nodes, n, error);
}

/* Notes inside of records */

gboolean
ptl_edit_set_setting_note (PtlHistory *history, PtlItem item, guint setting, const char *text, GError **error)
{
  g_autoptr (PtlEdit) edit = ptl_edit_new (ptl_history_get_plan (history));
  g_autofree char *verb = g_strdup_printf ("setting-note-%u", setting);
  PtlSet *set = ptl_sets_find (own_sets (edit, item), setting, NULL);

  if (set == NULL)
    return ptl_words_refuse (error, _ ("the setting is inherited: set it first"));
  if (!ptl_check_text (text, 0, PTL_MAX_NOTE, error))
    return FALSE;
  ptl_replace_text (&set->note, text);
  return push (history, g_steal_pointer (&edit), text_words[PTL_FIELD_NOTE], verb, &item, 1, error);
}

gboolean
ptl_edit_set_role_note (PtlHistory *history, guint node, guint role, const char *text, GError **error)
{
  g_autoptr (PtlEdit) edit = ptl_edit_new (ptl_history_get_plan (history));
  g_autofree char *verb = g_strdup_printf ("role-note-%u", role);
  PtlItem item = { PTL_RECORD_NODE, node };
  PtlNodeRole *own = ptl_node_find_role (ptl_edit_change (edit, PTL_RECORD_NODE, node), role);

  if (own == NULL)
    return ptl_words_refuse (error, _ ("the node does not have this role"));
  if (!ptl_check_text (text, 0, PTL_MAX_NOTE, error))
    return FALSE;
  ptl_replace_text (&own->note, text);
  return push (history, g_steal_pointer (&edit), text_words[PTL_FIELD_NOTE], verb, &item, 1, error);
}
