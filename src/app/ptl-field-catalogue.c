#include <glib/gi18n.h>
#include <string.h>

#include "plan/ptl-edit-fields.h"
#include "ptl-field-kinds.h"

/* The fields that the catalogue describes: settings, features, roles and their options. */

static const char *const word_titles[][2] = {
  { "yes", N_ ("Yes") },
  { "no", N_ ("No") },
  { "cas", N_ ("Central administration site") },
  { "primary", N_ ("Primary site") },
  { "secondary", N_ ("Secondary site") },
  { "intranet", N_ ("Intranet") },
  { "perimeter", N_ ("Perimeter") },
  { "internet", N_ ("Internet") },
  { "cloud", N_ ("Cloud") },
  { "only", N_ ("Only these") },
  { "wds", N_ ("By Windows Deployment Services") },
  { "responder", N_ ("By the PXE responder") },
  { "upstream", N_ ("An upstream server") },
  { "replica", N_ ("Replica of an upstream server") },
  { "auto", N_ ("Automatically") },
  { "always", N_ ("Always") },
  { "never", N_ ("Never") },
  { "vmss", N_ ("Virtual machine scale set") },
  { "classic", N_ ("Classic cloud service") },
  { "http-and-https", N_ ("HTTP and HTTPS") },
  { "https", N_ ("HTTPS only") },
};

/* Words of a newer catalogue are shown as they are. */
const char *
ptl_word_title (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (word_titles); i++)
    if (strcmp (word_titles[i][0], word) == 0)
      return _ (word_titles[i][1]);
  return word;
}

static const PtlCatalogue *
catalogue (PtlTopic *topic)
{
  return ptl_topic_get_plan (topic)->catalogue;
}

/* A word of a list, with what is to be known of it. */
static void
add_word (PtlChoices *choices, const char *word, gboolean initial, gboolean removed)
{
  g_autofree char *title = NULL;

  if (removed)
    /* Translators: %s is a value to choose. */
    title = g_strdup_printf (_ ("%s (removed from the product)"), ptl_word_title (word));
  else if (initial)
    /* Translators: %s is a value to choose. */
    title = g_strdup_printf (_ ("%s (default)"), ptl_word_title (word));
  ptl_choices_add (choices, word, title != NULL ? title : ptl_word_title (word));
}

/* Settings: a node's own, else its site's, else the plan's, else the catalogue's default. */

static const PtlSite *
site_of (PtlTopic *topic, PtlItem item)
{
  const PtlPlan *plan = ptl_topic_get_plan (topic);
  int index;

  if (item.kind != PTL_RECORD_NODE)
    return NULL;
  index = ptl_history_find (ptl_topic_get_history (topic), PTL_RECORD_SITE,
                            ((const PtlNode *) plan->nodes->pdata[item.index])->site);
  return index >= 0 ? plan->sites->pdata[index] : NULL;
}

static const PtlSet *
own_setting (PtlTopic *topic, PtlItem item, guint setting)
{
  const PtlPlan *plan = ptl_topic_get_plan (topic);

  switch (item.kind)
    {
    case PTL_RECORD_NODE:
      return ptl_sets_find (((const PtlNode *) plan->nodes->pdata[item.index])->sets, setting, NULL);
    case PTL_RECORD_SITE:
      return ptl_sets_find (((const PtlSite *) plan->sites->pdata[item.index])->sets, setting, NULL);
    default:
      return ptl_sets_find (plan->sets, setting, NULL);
    }
}

/* What counts without an own value; `from` says whose it is. */
static const PtlValue *
inherited_setting (PtlTopic *topic, PtlItem item, guint setting, char **from)
{
  const PtlSite *site = site_of (topic, item);
  const PtlSet *of_site = site != NULL ? ptl_sets_find (site->sets, setting, NULL) : NULL;
  const PtlSet *of_plan
      = item.kind != PTL_RECORD_PLAN ? ptl_sets_find (ptl_topic_get_plan (topic)->sets, setting, NULL) : NULL;

  if (from != NULL)
    *from = of_site != NULL   ? g_strdup_printf (_ ("from site %s"), site->code)
            : of_plan != NULL ? g_strdup (_ ("from the plan"))
                              : g_strdup (_ ("the default"));
  return of_site != NULL   ? of_site->value
         : of_plan != NULL ? of_plan->value
                           : ptl_catalogue_setting (catalogue (topic), setting)->initial;
}

static char *
read_setting (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  const PtlSet *own = own_setting (topic, item, detail.which);

  return g_strdup (own != NULL ? own->value->text : inherited_setting (topic, item, detail.which, NULL)->text);
}

static gboolean
write_setting (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  guint n;
  const PtlItem *items = ptl_topic_get_items (topic, &n);

  return ptl_edit_set_setting (ptl_topic_get_history (topic), items, n, detail.which, text, error);
}

static void
setting_choices (PtlTopic *topic, PtlDetail detail, PtlChoices *choices)
{
  const PtlSetting *setting = ptl_catalogue_setting (catalogue (topic), detail.which);

  for (int i = 0; setting->values[i] != NULL; i++)
    add_word (choices, setting->values[i], i == setting->initial->choice, FALSE);
}

static gboolean
has_own_setting (PtlTopic *topic, PtlItem item, PtlDetail detail, char **origin)
{
  gboolean own = own_setting (topic, item, detail.which) != NULL;
  g_autofree char *from = NULL;
  const PtlValue *inherited;

  if (origin == NULL)
    return own;
  inherited = inherited_setting (topic, item, detail.which, &from);
  if (own)
    /* Translators: a setting that is set here, what it would be, and where that comes from: "443, from site P01". */
    *origin = g_strdup_printf (_ ("Set here instead of %s, %s"),
                               inherited->choice < 0 ? inherited->text : ptl_word_title (inherited->text), from);
  else
    /* Translators: where a setting's value comes from: "Inherited: from site P01". */
    *origin = g_strdup_printf (_ ("Inherited: %s"), from);
  return own;
}

const PtlFieldKind ptl_setting_field = {
  .editor = PTL_EDITOR_ENTRY,
  .differs = PTL_DIFFERS_MEANING,
  .read = read_setting,
  .write = write_setting,
  .is_own = has_own_setting,
};

const PtlFieldKind ptl_setting_choice_field = {
  .editor = PTL_EDITOR_CHOICE,
  .differs = PTL_DIFFERS_MEANING,
  .read = read_setting,
  .write = write_setting,
  .choices = setting_choices,
  .is_own = has_own_setting,
};

/* Of sites and nodes: what is set for all stands in the note of the plan. */
static char *
read_setting_note (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  const PtlSet *own = item.kind != PTL_RECORD_PLAN ? own_setting (topic, item, detail.which) : NULL;

  return own != NULL ? g_strdup (own->note) : NULL;
}

static gboolean
write_setting_note (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  guint n;
  const PtlItem *items = ptl_topic_get_items (topic, &n);

  return ptl_edit_set_setting_note (ptl_topic_get_history (topic), items[0], detail.which, text, error);
}

const PtlFieldKind ptl_setting_note_field = {
  .editor = PTL_EDITOR_NOTE,
  .title = N_ ("Note about the setting"),
  .single = TRUE,
  .differs = PTL_DIFFERS_MEANING,
  .read = read_setting_note,
  .write = write_setting_note,
};

/* Features */

static const PtlFeatureSet *
own_feature (PtlTopic *topic, guint feature)
{
  const GPtrArray *features = ptl_topic_get_plan (topic)->features;

  for (guint i = 0; i < features->len; i++)
    if (((const PtlFeatureSet *) features->pdata[i])->feature == feature)
      return features->pdata[i];
  return NULL;
}

static char *
read_feature (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  const PtlFeatureSet *own = own_feature (topic, detail.which);
  gboolean on = own != NULL ? own->enabled : ptl_catalogue_feature (catalogue (topic), detail.which)->initial;

  return g_strdup (on ? "yes" : "no");
}

static gboolean
write_feature (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  return ptl_edit_set_feature (ptl_topic_get_history (topic), detail.which,
                               text == NULL ? -1 : strcmp (text, "yes") == 0, error);
}

/* What is as everywhere needs no words. */
static gboolean
has_own_feature (PtlTopic *topic, PtlItem item, PtlDetail detail, char **origin)
{
  gboolean own = own_feature (topic, detail.which) != NULL;

  if (own && origin != NULL)
    *origin = g_strdup (ptl_catalogue_feature (catalogue (topic), detail.which)->initial ? _ ("On by default")
                                                                                         : _ ("Off by default"));
  return own;
}

const PtlFieldKind ptl_feature_field = {
  .editor = PTL_EDITOR_SWITCH,
  .differs = PTL_DIFFERS_MEANING,
  .read = read_feature,
  .write = write_feature,
  .is_own = has_own_feature,
};

/* Options and notes of a role */

static const PtlNodeRole *
own_role (PtlTopic *topic, PtlItem item, guint role)
{
  return ptl_node_find_role (ptl_record (ptl_topic_get_plan (topic), PTL_RECORD_NODE, item.index), role);
}

static const PtlOption *
option_of (PtlTopic *topic, PtlDetail detail)
{
  return &ptl_catalogue_role (catalogue (topic), detail.which)->options[detail.option];
}

static char *
read_option (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  const PtlNodeRole *own = own_role (topic, item, detail.which);

  return own != NULL ? ptl_option_text (option_of (topic, detail), own->use.options[detail.option]) : NULL;
}

static gboolean
write_option (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  guint n;
  const PtlItem *items = ptl_topic_get_items (topic, &n);

  return ptl_edit_set_option (ptl_topic_get_history (topic), items, n, detail.which, detail.option, text, error);
}

static void
option_choices (PtlTopic *topic, PtlDetail detail, PtlChoices *choices)
{
  const PtlOption *option = option_of (topic, detail);

  for (int i = 0; option->values[i] != NULL; i++)
    add_word (choices, option->values[i], i == option->initial, i == option->removed);
}

static void
option_range (PtlTopic *topic, PtlDetail detail, double *min, double *max)
{
  const PtlOption *option = option_of (topic, detail);

  *min = option->min;
  *max = option->max;
}

const PtlFieldKind ptl_option_field = {
  .editor = PTL_EDITOR_CHOICE,
  .differs = PTL_DIFFERS_MEANING,
  .read = read_option,
  .write = write_option,
  .choices = option_choices,
};

const PtlFieldKind ptl_option_number_field = {
  .editor = PTL_EDITOR_NUMBER,
  .differs = PTL_DIFFERS_MEANING,
  .range = option_range,
  .read = read_option,
  .write = write_option,
};

static char *
read_role_note (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  const PtlNodeRole *own = own_role (topic, item, detail.which);

  return own != NULL ? g_strdup (own->note) : NULL;
}

static gboolean
write_role_note (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  guint n;
  const PtlItem *items = ptl_topic_get_items (topic, &n);

  return ptl_edit_set_role_note (ptl_topic_get_history (topic), items[0].index, detail.which, text, error);
}

const PtlFieldKind ptl_role_note_field = {
  .editor = PTL_EDITOR_NOTE,
  .title = N_ ("Note about the role"),
  .single = TRUE,
  .differs = PTL_DIFFERS_MEANING,
  .read = read_role_note,
  .write = write_role_note,
};
