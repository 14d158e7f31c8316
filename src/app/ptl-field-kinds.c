#include "ptl-field-kinds.h"

#include <glib/gi18n.h>
#include <string.h>

#include "draw/ptl-theme.h"
#include "plan/ptl-edit-fields.h"
#include "plan/ptl-edit-place.h"
#include "plan/ptl-edit-sites.h"
#include "plan/ptl-plan-check.h"

static gpointer
record (PtlTopic *topic, PtlItem item)
{
  return ptl_record (ptl_topic_get_plan (topic), item.kind, item.index);
}

/* Texts: each has a reader that finds it in a record, and a writer. */

static gboolean
write_field (PtlTopic *topic, PtlTextField field, const char *text, GError **error)
{
  guint n;
  const PtlItem *items = ptl_topic_get_items (topic, &n);

  return ptl_edit_set_text (ptl_topic_get_history (topic), field, items, n, text, error);
}

static char *
read_title (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  return g_strdup (ptl_topic_get_plan (topic)->title);
}

static gboolean
write_title (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  return write_field (topic, PTL_FIELD_TITLE, text, error);
}

static char *
read_description (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  return g_strdup (ptl_topic_get_plan (topic)->description);
}

static gboolean
write_description (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  return write_field (topic, PTL_FIELD_DESCRIPTION, text, error);
}

static char *
read_name (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  gpointer own = record (topic, item);

  /* Elsewhere a site is called by its code. */
  return g_strdup (item.kind == PTL_RECORD_SITE ? ((const PtlSite *) own)->name : ptl_record_name (item.kind, own));
}

static gboolean
write_name (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  return write_field (topic, PTL_FIELD_NAME, text, error);
}

static char *
read_note (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  gpointer own = record (topic, item);

  switch (item.kind)
    {
    case PTL_RECORD_PLAN:
      return g_strdup (((const PtlHeading *) own)->note);
    case PTL_RECORD_SITE:
      return g_strdup (((const PtlSite *) own)->note);
    case PTL_RECORD_ZONE:
      return g_strdup (((const PtlZone *) own)->note);
    case PTL_RECORD_FIREWALL:
      return g_strdup (((const PtlFirewall *) own)->note);
    default:
      return g_strdup (((const PtlNode *) own)->note);
    }
}

static gboolean
write_note (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  return write_field (topic, PTL_FIELD_NOTE, text, error);
}

static char *
read_addresses (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  return g_strdup (((const PtlNode *) record (topic, item))->addresses);
}

static gboolean
write_addresses (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  return write_field (topic, PTL_FIELD_ADDRESSES, text, error);
}

static char *
read_id (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  return g_strdup (ptl_record_id (item.kind, record (topic, item)));
}

static gboolean
write_id (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  guint n;
  const PtlItem *items = ptl_topic_get_items (topic, &n);

  return ptl_edit_set_id (ptl_topic_get_history (topic), items[0], text, error);
}

static gboolean
write_code (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  guint n;
  const PtlItem *items = ptl_topic_get_items (topic, &n);
  g_autofree char *code = g_ascii_strup (text, -1); /* what it means is clear */

  return ptl_edit_set_code (ptl_topic_get_history (topic), items[0].index, code, error);
}

/* A zone's colour: its own, or its kind's as the light theme has it. */

static char *
read_colour (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  const PtlZone *zone = record (topic, item);

  return zone->colour != NULL ? g_strdup (zone->colour)
                              : g_strdup_printf ("#%06x", ptl_theme_light.zone_kinds[zone->kind] >> 8);
}

static gboolean
write_colour (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  return write_field (topic, PTL_FIELD_COLOUR, text != NULL ? text : "", error);
}

static gboolean
has_own_colour (PtlTopic *topic, PtlItem item, PtlDetail detail, char **origin)
{
  gboolean own = ((const PtlZone *) record (topic, item))->colour != NULL;

  if (origin != NULL)
    *origin = g_strdup (own ? _ ("A colour of its own") : _ ("The colour of its kind"));
  return own;
}

/* Words */

static gboolean
write_choice (PtlTopic *topic, PtlChoiceField field, const char *const *names, const char *text, GError **error)
{
  guint n;
  const PtlItem *items = ptl_topic_get_items (topic, &n);

  return ptl_edit_set_choice (ptl_topic_get_history (topic), field, items, n, ptl_name_index (names, text), error);
}

static void
add_names (PtlChoices *choices, const char *const *names)
{
  for (; *names != NULL; names++)
    ptl_choices_add (choices, *names, ptl_word_title (*names));
}

static const char *const no_yes[] = { "no", "yes", NULL };

static char *
read_site_kind (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  return g_strdup (ptl_site_kind_names[((const PtlSite *) record (topic, item))->kind]);
}

static gboolean
write_site_kind (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  return write_choice (topic, PTL_FIELD_SITE_KIND, ptl_site_kind_names, text, error);
}

static void
site_kind_choices (PtlTopic *topic, PtlDetail detail, PtlChoices *choices)
{
  add_names (choices, ptl_site_kind_names);
}

static char *
read_zone_kind (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  return g_strdup (ptl_zone_kind_names[((const PtlZone *) record (topic, item))->kind]);
}

static gboolean
write_zone_kind (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  return write_choice (topic, PTL_FIELD_ZONE_KIND, ptl_zone_kind_names, text, error);
}

static void
zone_kind_choices (PtlTopic *topic, PtlDetail detail, PtlChoices *choices)
{
  add_names (choices, ptl_zone_kind_names);
}

static char *
read_managed (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  return g_strdup (no_yes[((const PtlFirewall *) record (topic, item))->managed]);
}

static gboolean
write_managed (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  return write_choice (topic, PTL_FIELD_MANAGED, no_yes, text, error);
}

/* Who starts is a question for site systems only. */
static char *
read_initiates (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  const PtlNode *node = record (topic, item);

  for (guint i = 0; i < node->roles->len; i++)
    {
      const PtlNodeRole *own = node->roles->pdata[i];
      const PtlRole *role = ptl_catalogue_role (ptl_topic_get_plan (topic)->catalogue, own->use.role);

      if (role->kind == PTL_ROLE_SITE_SYSTEM && !role->site_server)
        return g_strdup (no_yes[node->site_server_initiates]);
    }
  return NULL;
}

static gboolean
write_initiates (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  return write_choice (topic, PTL_FIELD_SITE_SERVER_INITIATES, no_yes, text, error);
}

/* References: an empty text means none. */

static char *
site_title (const PtlSite *site)
{
  return *site->name != '\0' ? g_strdup_printf ("%s  %s", site->code, site->name) : g_strdup (site->code);
}

static char *
read_parent (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  const char *parent = ((const PtlSite *) record (topic, item))->parent;

  return g_strdup (parent != NULL ? parent : "");
}

static gboolean
write_parent (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  PtlHistory *history = ptl_topic_get_history (topic);
  guint n;
  const PtlItem *items = ptl_topic_get_items (topic, &n);

  return ptl_edit_set_parent (history, items, n, ptl_history_find (history, PTL_RECORD_SITE, text), error);
}

/* Primary sites stand below the central administration site, secondary ones below primaries. A parent that a
 * file has against that is shown, too. */
static void
parent_choices (PtlTopic *topic, PtlDetail detail, PtlChoices *choices)
{
  const PtlPlan *plan = ptl_topic_get_plan (topic);
  const PtlSite *site = ptl_topic_get_record (topic);

  ptl_choices_add (choices, "", _ ("None"));
  for (guint i = 0; i < plan->sites->len; i++)
    {
      const PtlSite *other = plan->sites->pdata[i];
      g_autofree char *title = NULL;

      if (other->kind + 1 != site->kind && g_strcmp0 (other->code, site->parent) != 0)
        continue;
      title = site_title (other);
      ptl_choices_add (choices, other->code, title);
    }
}

static char *
read_site (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  const char *site = ((const PtlNode *) record (topic, item))->site;

  return g_strdup (site != NULL ? site : "");
}

static gboolean
write_site (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  PtlHistory *history = ptl_topic_get_history (topic);
  guint n;
  const PtlItem *items = ptl_topic_get_items (topic, &n);

  return ptl_edit_set_site (history, items, n, ptl_history_find (history, PTL_RECORD_SITE, text), error);
}

static void
site_choices (PtlTopic *topic, PtlDetail detail, PtlChoices *choices)
{
  const PtlPlan *plan = ptl_topic_get_plan (topic);

  ptl_choices_add (choices, "", _ ("None"));
  for (guint i = 0; i < plan->sites->len; i++)
    {
      const PtlSite *site = plan->sites->pdata[i];
      g_autofree char *title = site_title (site);

      ptl_choices_add (choices, site->code, title);
    }
}

static char *
read_zone (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  const char *zone = ((const PtlNode *) record (topic, item))->zone;

  return g_strdup (zone != NULL ? zone : "");
}

static gboolean
write_zone (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  PtlHistory *history = ptl_topic_get_history (topic);
  guint n;
  const PtlItem *items = ptl_topic_get_items (topic, &n);

  return ptl_edit_set_zone (history, items, n, ptl_history_find (history, PTL_RECORD_ZONE, text), error);
}

static void
zone_choices (PtlTopic *topic, PtlDetail detail, PtlChoices *choices)
{
  const PtlPlan *plan = ptl_topic_get_plan (topic);

  ptl_choices_add (choices, "", _ ("None"));
  for (guint i = 0; i < plan->zones->len; i++)
    {
      const PtlZone *zone = plan->zones->pdata[i];

      ptl_choices_add (choices, zone->id, zone->name);
    }
}

/* Where things stand */

static char *
read_place (PtlTopic *topic, PtlItem item, PtlDetail detail)
{
  double *size, *position = ptl_record_position (item.kind, record (topic, item), &size);
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (detail.which >= 2 && size == NULL)
    return NULL;
  return g_strdup (
      g_ascii_formatd (text, sizeof text, "%.10g", detail.which < 2 ? position[detail.which] : size[detail.which - 2]));
}

static gboolean
write_place (PtlTopic *topic, PtlDetail detail, const char *text, GError **error)
{
  PtlHistory *history = ptl_topic_get_history (topic);
  guint n;
  const PtlItem *items = ptl_topic_get_items (topic, &n);
  double *size, *position = ptl_record_position (items[0].kind, record (topic, items[0]), &size), value;

  if (!ptl_parse_coordinate (text, &value, error))
    return FALSE;
  switch (detail.which)
    {
    case 0:
      return ptl_edit_move (history, items, n, value - position[0], 0, error);
    case 1:
      return ptl_edit_move (history, items, n, 0, value - position[1], error);
    case 2:
      return ptl_edit_resize_zone (history, items[0].index, position[0], position[1], value, size[1], error);
    default:
      return ptl_edit_resize_zone (history, items[0].index, position[0], position[1], size[0], value, error);
    }
}

static void
place_range (PtlTopic *topic, PtlDetail detail, double *min, double *max)
{
  *min = -PTL_MAX_COORDINATE;
  *max = PTL_MAX_COORDINATE;
}

/* The tables */

const PtlFieldKind ptl_plan_fields[] = {
  { .editor = PTL_EDITOR_ENTRY,
    .title = N_ ("Title"),
    .differs = PTL_DIFFERS_MEANING,
    .read = read_title,
    .write = write_title },
  { .editor = PTL_EDITOR_NOTE,
    .title = N_ ("Description"),
    .differs = PTL_DIFFERS_MEANING,
    .read = read_description,
    .write = write_description },
  { 0 },
};

const PtlFieldKind ptl_site_fields[] = {
  { .editor = PTL_EDITOR_ENTRY,
    .title = N_ ("Code"),
    .single = TRUE,
    .differs = PTL_DIFFERS_MEANING,
    .read = read_id,
    .write = write_code },
  { .editor = PTL_EDITOR_ENTRY,
    .title = N_ ("Name"),
    .single = TRUE,
    .differs = PTL_DIFFERS_MEANING,
    .read = read_name,
    .write = write_name },
  { .editor = PTL_EDITOR_CHOICE,
    .title = N_ ("Kind"),
    .differs = PTL_DIFFERS_MEANING,
    .read = read_site_kind,
    .write = write_site_kind,
    .choices = site_kind_choices },
  { .editor = PTL_EDITOR_CHOICE,
    .title = N_ ("Parent site"),
    .differs = PTL_DIFFERS_MEANING,
    .read = read_parent,
    .write = write_parent,
    .choices = parent_choices },
  { 0 },
};

const PtlFieldKind ptl_zone_fields[] = {
  { .editor = PTL_EDITOR_ENTRY,
    .title = N_ ("Name"),
    .single = TRUE,
    .differs = PTL_DIFFERS_MEANING,
    .read = read_name,
    .write = write_name },
  { .editor = PTL_EDITOR_CHOICE,
    .title = N_ ("Kind"),
    .differs = PTL_DIFFERS_MEANING,
    .read = read_zone_kind,
    .write = write_zone_kind,
    .choices = zone_kind_choices },
  { .editor = PTL_EDITOR_COLOUR,
    .title = N_ ("Colour"),
    .differs = PTL_DIFFERS_LOOK | PTL_DIFFERS_MEANING,
    .read = read_colour,
    .write = write_colour,
    .is_own = has_own_colour },
  { 0 },
};

const PtlFieldKind ptl_firewall_fields[] = {
  { .editor = PTL_EDITOR_ENTRY,
    .title = N_ ("Name"),
    .single = TRUE,
    .differs = PTL_DIFFERS_MEANING,
    .read = read_name,
    .write = write_name },
  { .editor = PTL_EDITOR_SWITCH,
    .title = N_ ("Managed"),
    .explanation = N_ ("A firewall that nobody here configures has no rule sheet."),
    .differs = PTL_DIFFERS_MEANING,
    .read = read_managed,
    .write = write_managed },
  { 0 },
};

const PtlFieldKind ptl_node_fields[] = {
  { .editor = PTL_EDITOR_ENTRY,
    .title = N_ ("Name"),
    .single = TRUE,
    .differs = PTL_DIFFERS_MEANING,
    .read = read_name,
    .write = write_name },
  { .editor = PTL_EDITOR_CHOICE,
    .title = N_ ("Site"),
    .differs = PTL_DIFFERS_MEANING,
    .read = read_site,
    .write = write_site,
    .choices = site_choices },
  { .editor = PTL_EDITOR_CHOICE,
    .title = N_ ("Zone"),
    .differs = PTL_DIFFERS_MEANING,
    .read = read_zone,
    .write = write_zone,
    .choices = zone_choices },
  { .editor = PTL_EDITOR_ENTRY,
    .title = N_ ("Addresses"),
    .explanation = N_ ("Addresses, networks, ranges or host names, with spaces between them, or “any”"),
    .single = TRUE,
    .differs = PTL_DIFFERS_MEANING,
    .read = read_addresses,
    .write = write_addresses },
  { .editor = PTL_EDITOR_SWITCH,
    .title = N_ ("The site server starts conversations"),
    .differs = PTL_DIFFERS_MEANING,
    .read = read_initiates,
    .write = write_initiates },
  { 0 },
};

const PtlFieldKind ptl_place_fields[] = {
  { .editor = PTL_EDITOR_NUMBER,
    .title = N_ ("Horizontal"),
    .single = TRUE,
    .differs = PTL_DIFFERS_LOOK | PTL_DIFFERS_MEANING,
    .read = read_place,
    .write = write_place,
    .digits = 3,
    .range = place_range },
  { .editor = PTL_EDITOR_NUMBER,
    .title = N_ ("Vertical"),
    .single = TRUE,
    .differs = PTL_DIFFERS_LOOK | PTL_DIFFERS_MEANING,
    .read = read_place,
    .write = write_place,
    .digits = 3,
    .range = place_range },
  { .editor = PTL_EDITOR_NUMBER,
    .title = N_ ("Width"),
    .single = TRUE,
    .differs = PTL_DIFFERS_LOOK | PTL_DIFFERS_MEANING,
    .read = read_place,
    .write = write_place,
    .digits = 3,
    .range = place_range },
  { .editor = PTL_EDITOR_NUMBER,
    .title = N_ ("Height"),
    .single = TRUE,
    .differs = PTL_DIFFERS_LOOK | PTL_DIFFERS_MEANING,
    .read = read_place,
    .write = write_place,
    .digits = 3,
    .range = place_range },
  { 0 },
};

const PtlFieldKind ptl_note_fields[] = {
  { .editor = PTL_EDITOR_NOTE,
    .title = N_ ("Note"),
    .single = TRUE,
    .differs = PTL_DIFFERS_MEANING,
    .read = read_note,
    .write = write_note },
  { 0 },
};

const PtlFieldKind ptl_id_fields[] = {
  { .editor = PTL_EDITOR_ENTRY,
    .title = N_ ("Id"),
    .explanation = N_ ("What the plan file and the files of rule sheets call it"),
    .single = TRUE,
    .differs = PTL_DIFFERS_MEANING,
    .read = read_id,
    .write = write_id },
  { 0 },
};
