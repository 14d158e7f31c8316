#include "ptl-outline-model.h"

#include "ptl-item-words.h"

/* A line of the list; its object is made when somebody asks. */
typedef struct
{
  PtlItem item;
  gboolean inside; /* of a zone */
  char *key;       /* kind, id and zone: what stays the same when indices change */
} Line;

struct _PtlOutlineModel
{
  GObject parent_instance;

  PtlSession *session;
  GArray *lines;      /* Line */
  char *filter;       /* folded, or NULL */
  gboolean selecting; /* see ptl_outline_model_is_selecting () */
};

static void ptl_outline_model_list_init (GListModelInterface *interface);
static void ptl_outline_model_selection_init (GtkSelectionModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PtlOutlineModel, ptl_outline_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ptl_outline_model_list_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, ptl_outline_model_selection_init))

#define LISTED (1 << PTL_RECORD_SITE | 1 << PTL_RECORD_ZONE | 1 << PTL_RECORD_FIREWALL | 1 << PTL_RECORD_NODE)

static Line *
line_at (const GArray *lines, guint i)
{
  return &g_array_index (lines, Line, i);
}

static void
clear_line (gpointer data)
{
  g_free (((Line *) data)->key);
}

static GArray *
new_lines (void)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));

  g_array_set_clear_func (lines, clear_line);
  return lines;
}

/* What the list is to be */

static gboolean
passes (PtlOutlineModel *self, PtlItem item)
{
  g_autofree char *words = NULL, *folded = NULL;

  if (self->filter == NULL)
    return TRUE;
  words = ptl_item_words (self->session, item);
  folded = g_utf8_casefold (words, -1);
  return strstr (folded, self->filter) != NULL;
}

static void
add_line (PtlOutlineModel *self, GArray *lines, PtlRecordKind kind, guint index, const PtlZone *zone)
{
  gpointer record = ptl_record (ptl_session_get_plan (self->session), kind, index);
  Line line = { { kind, index }, zone != NULL, NULL };

  if (!passes (self, line.item))
    return;
  line.key = g_strdup_printf ("%u/%s/%s", kind, ptl_record_id (kind, record), zone != NULL ? zone->id : "");
  g_array_append_val (lines, line);
}

static int
compare_zones (gconstpointer a, gconstpointer b, gpointer data)
{
  const GPtrArray *zones = data;
  guint i = *(const guint *) a, j = *(const guint *) b;
  const PtlZone *one = zones->pdata[i], *other = zones->pdata[j];

  if (one->x != other->x)
    return one->x < other->x ? -1 : 1;
  if (one->y != other->y)
    return one->y < other->y ? -1 : 1;
  return (i > j) - (i < j);
}

/* The zones' indices, from left to right. */
static guint *
order_zones (const GPtrArray *zones)
{
  guint *order = g_new (guint, zones->len + 1);

  for (guint i = 0; i < zones->len; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) zones->len, sizeof *order, compare_zones, (gpointer) zones);
  return order;
}

/* The index of a zone, or `none`. */
static guint
find_zone (PtlOutlineModel *self, const char *id, guint none)
{
  int zone = ptl_history_find (ptl_session_get_history (self->session), PTL_RECORD_ZONE, id);

  return zone >= 0 ? (guint) zone : none;
}

/* The first of the firewall's zones in their order. */
static guint
first_zone (PtlOutlineModel *self, const PtlFirewall *firewall, const guint *ranks, guint none)
{
  guint first = none;

  for (guint i = 0; i < firewall->zones->len; i++)
    {
      guint zone = find_zone (self, firewall->zones->pdata[i], none);

      if (ranks[zone] < ranks[first])
        first = zone;
    }
  return first;
}

/* For each zone, and after them for none, what is listed below it. */
static GArray **
group_by_zone (PtlOutlineModel *self, const guint *order)
{
  const PtlPlan *plan = ptl_session_get_plan (self->session);
  guint n = plan->zones->len;
  GArray **groups = g_new (GArray *, n + 1);
  g_autofree guint *ranks = g_new (guint, n + 1);

  for (guint i = 0; i <= n; i++)
    {
      groups[i] = g_array_new (FALSE, FALSE, sizeof (PtlItem));
      ranks[i < n ? order[i] : n] = i;
    }
  for (guint i = 0; i < plan->nodes->len; i++)
    {
      PtlItem item = { PTL_RECORD_NODE, i };

      g_array_append_val (groups[find_zone (self, ((const PtlNode *) plan->nodes->pdata[i])->zone, n)], item);
    }
  for (guint i = 0; i < plan->firewalls->len; i++)
    {
      PtlItem item = { PTL_RECORD_FIREWALL, i };

      g_array_append_val (groups[first_zone (self, plan->firewalls->pdata[i], ranks, n)], item);
    }
  return groups;
}

static void
add_group (PtlOutlineModel *self, GArray *lines, GArray *group, const PtlZone *zone)
{
  for (guint i = 0; i < group->len; i++)
    {
      PtlItem item = g_array_index (group, PtlItem, i);

      add_line (self, lines, item.kind, item.index, zone);
    }
  g_array_unref (group);
}

static GArray *
make_lines (PtlOutlineModel *self)
{
  const PtlPlan *plan = ptl_session_get_plan (self->session);
  g_autofree guint *order = order_zones (plan->zones);
  g_autofree GArray **groups = group_by_zone (self, order);
  GArray *lines = new_lines ();

  for (guint i = 0; i < plan->zones->len; i++)
    {
      add_line (self, lines, PTL_RECORD_ZONE, order[i], NULL);
      add_group (self, lines, groups[order[i]], plan->zones->pdata[order[i]]);
    }
  add_group (self, lines, groups[plan->zones->len], NULL);
  for (guint i = 0; i < plan->sites->len; i++)
    add_line (self, lines, PTL_RECORD_SITE, i, NULL);
  return lines;
}

/* Getting there: only what differs is taken out and put in, so that the rest stays where a person sees it. */

static GHashTable *
index_lines (const GArray *lines)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < lines->len; i++)
    g_hash_table_insert (index, line_at (lines, i)->key, line_at (lines, i));
  return index;
}

/* How many lines from `from` on are not in the index. */
static guint
count_missing (const GArray *lines, guint from, GHashTable *index)
{
  guint n = 0;

  while (from + n < lines->len && g_hash_table_lookup (index, line_at (lines, from + n)->key) == NULL)
    n++;
  return n;
}

static void
splice (PtlOutlineModel *self, guint position, guint n_removed, GArray *lines, guint n_added)
{
  g_array_remove_range (self->lines, position, n_removed);
  if (n_added > 0)
    g_array_insert_vals (self->lines, position, line_at (lines, position), n_added);
  for (guint i = 0; i < n_added; i++)
    line_at (self->lines, position + i)->key = g_strdup (line_at (lines, position + i)->key);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

/* What stays gets its new index first: whoever is told of a change asks for what is beside it. Returns the keys of
 * before. */
static GHashTable *
take_over (PtlOutlineModel *self, GHashTable *after)
{
  GHashTable *before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = line_at (self->lines, i);
      const Line *now = g_hash_table_lookup (after, line->key);

      g_hash_table_add (before, g_strdup (line->key));
      if (now != NULL)
        line->item = now->item;
    }
  return before;
}

static gboolean
same_line (PtlOutlineModel *self, const GArray *lines, guint i)
{
  return i < self->lines->len && i < lines->len && g_str_equal (line_at (self->lines, i)->key, line_at (lines, i)->key);
}

static void
update (PtlOutlineModel *self)
{
  g_autoptr (GArray) lines = make_lines (self);
  g_autoptr (GHashTable) after = index_lines (lines);
  g_autoptr (GHashTable) before = take_over (self, after);
  guint i = 0, n;

  while (i < self->lines->len || i < lines->len)
    if (same_line (self, lines, i))
      i++;
    else if ((n = count_missing (self->lines, i, after)) > 0)
      splice (self, i, n, lines, 0);
    else if ((n = count_missing (lines, i, before)) > 0)
      {
        splice (self, i, 0, lines, n);
        i += n;
      }
    else /* the same in another order */
      {
        splice (self, i, self->lines->len - i, lines, lines->len - i);
        i = lines->len;
      }
}

/* Following the session */

/* Whether another line is to be listed, or at another place. */
static gboolean
moves_lines (PtlOutlineModel *self, const PtlTouched *touched)
{
  if (touched->shifted & LISTED)
    return TRUE;
  if (self->filter != NULL && (touched->difference & PTL_DIFFERS_MEANING))
    return TRUE;
  for (guint i = 0; i < touched->n_changes; i++)
    {
      const PtlChange *change = &touched->changes[i];
      const char *before = ptl_record_id (change->kind, change->before);

      if (!(LISTED & 1u << change->kind))
        continue;
      if (change->kind == PTL_RECORD_FIREWALL || g_strcmp0 (before, ptl_record_id (change->kind, change->after)) != 0)
        return TRUE;
      if (change->kind == PTL_RECORD_NODE
          && g_strcmp0 (((const PtlNode *) change->before)->zone, ((const PtlNode *) change->after)->zone) != 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
zones_in_order (PtlOutlineModel *self)
{
  GPtrArray *zones = ptl_session_get_plan (self->session)->zones;
  gint64 last = -1;

  for (guint i = 0; i < self->lines->len; i++)
    {
      PtlItem item = line_at (self->lines, i)->item;
      guint index = item.index;

      if (item.kind != PTL_RECORD_ZONE)
        continue;
      if (last >= 0 && compare_zones (&(guint){ (guint) last }, &index, zones) > 0)
        return FALSE;
      last = index;
    }
  return TRUE;
}

static void
on_changed_cb (PtlSession *session, const PtlTouched *touched, PtlOutlineModel *self)
{
  if (moves_lines (self, touched) || ((touched->kinds & 1 << PTL_RECORD_ZONE) && !zones_in_order (self)))
    update (self);
}

static void
on_selection_changed_cb (PtlSession *session, PtlOutlineModel *self)
{
  if (self->lines->len > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, self->lines->len);
}

/* As a list */

static GType
ptl_outline_model_get_item_type (GListModel *model)
{
  return GTK_TYPE_STRING_OBJECT;
}

static guint
ptl_outline_model_get_n_items (GListModel *model)
{
  return PTL_OUTLINE_MODEL (model)->lines->len;
}

/* Who shows it asks for the line by its position: the object only says that there is one. */
static gpointer
ptl_outline_model_get_item (GListModel *model, guint position)
{
  PtlOutlineModel *self = PTL_OUTLINE_MODEL (model);

  return position < self->lines->len ? gtk_string_object_new (line_at (self->lines, position)->key) : NULL;
}

static void
ptl_outline_model_list_init (GListModelInterface *interface)
{
  interface->get_item_type = ptl_outline_model_get_item_type;
  interface->get_n_items = ptl_outline_model_get_n_items;
  interface->get_item = ptl_outline_model_get_item;
}

/* As a selection: GTK makes all its other functions from these two. */

static gboolean
ptl_outline_model_is_selected (GtkSelectionModel *model, guint position)
{
  PtlOutlineModel *self = PTL_OUTLINE_MODEL (model);

  return position < self->lines->len && ptl_session_is_selected (self->session, line_at (self->lines, position)->item);
}

static gboolean
ptl_outline_model_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  PtlOutlineModel *self = PTL_OUTLINE_MODEL (model);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (PtlItem));

  for (guint i = 0; i < self->lines->len; i++)
    if (gtk_bitset_contains (mask, i) ? gtk_bitset_contains (selected, i) : ptl_outline_model_is_selected (model, i))
      g_array_append_val (items, line_at (self->lines, i)->item);
  self->selecting = TRUE;
  ptl_session_select (self->session, (const PtlItem *) (gpointer) items->data, items->len, PTL_SELECT_ONLY);
  self->selecting = FALSE;
  return TRUE;
}

static void
ptl_outline_model_selection_init (GtkSelectionModelInterface *interface)
{
  interface->is_selected = ptl_outline_model_is_selected;
  interface->set_selection = ptl_outline_model_set_selection;
}

static void
ptl_outline_model_finalize (GObject *object)
{
  PtlOutlineModel *self = PTL_OUTLINE_MODEL (object);

  g_signal_handlers_disconnect_by_data (self->session, self);
  g_object_unref (self->session);
  g_array_unref (self->lines);
  g_free (self->filter);
  G_OBJECT_CLASS (ptl_outline_model_parent_class)->finalize (object);
}

static void
ptl_outline_model_class_init (PtlOutlineModelClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ptl_outline_model_finalize;
}

static void
ptl_outline_model_init (PtlOutlineModel *self)
{
}

PtlOutlineModel *
ptl_outline_model_new (PtlSession *session)
{
  PtlOutlineModel *self = g_object_new (PTL_TYPE_OUTLINE_MODEL, NULL);

  self->session = g_object_ref (session);
  self->lines = make_lines (self);
  g_signal_connect (session, "changed", G_CALLBACK (on_changed_cb), self);
  g_signal_connect (session, "selection-changed", G_CALLBACK (on_selection_changed_cb), self);
  return self;
}

void
ptl_outline_model_set_filter (PtlOutlineModel *self, const char *text)
{
  g_free (self->filter);
  self->filter = *text != '\0' ? g_utf8_casefold (text, -1) : NULL;
  update (self);
}

gboolean
ptl_outline_model_get (PtlOutlineModel *self, guint position, PtlItem *item, gboolean *inside)
{
  Line *line = position < self->lines->len ? line_at (self->lines, position) : NULL;

  if (line == NULL || !ptl_item_valid (ptl_session_get_plan (self->session), line->item))
    return FALSE;
  *item = line->item;
  *inside = line->inside;
  return TRUE;
}

guint
ptl_outline_model_find (PtlOutlineModel *self, PtlItem item)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (line_at (self->lines, i)->item.kind == item.kind && line_at (self->lines, i)->item.index == item.index)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

gboolean
ptl_outline_model_is_selecting (PtlOutlineModel *self)
{
  return self->selecting;
}
