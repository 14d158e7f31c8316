#include "ptl-sheet-model.h"

#include <string.h>

#define FEW 40 /* rows that differ, for each of which the list is told */

/* A row that is shown. Its id outlives the sheets, with which the new ones are compared. */
typedef struct
{
  const PtlRow *row;
  char id[sizeof ((PtlRow *) NULL)->id];
} Line;

struct _PtlSheetModel
{
  GObject parent_instance;

  PtlSheets *sheets; /* of the session; NULL: none */
  guint firewall;
  char *firewall_id;    /* or NULL */
  GPtrArray *rows;      /* PtlRow: those that belong to the scope, in the sheet's order */
  GPtrArray *texts;     /* char *: all cells of each of the rows, folded; made for a filter */
  GArray *lines;        /* Line */
  GHashTable *known;    /* char *: the ids of all rows of the sheet */
  GHashTable *new;      /* char *: those that are new in it */
  GHashTable *selected; /* char *: the ids of the selected ones */
  char *filter;         /* folded, or NULL */
  PtlSheetColumn column;
  gboolean descending;
};

static guint rows_changed_signal;

static void ptl_sheet_model_list_init (GListModelInterface *interface);
static void ptl_sheet_model_selection_init (GtkSelectionModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PtlSheetModel, ptl_sheet_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ptl_sheet_model_list_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, ptl_sheet_model_selection_init))

static Line *
line_at (const GArray *lines, guint i)
{
  return &g_array_index (lines, Line, i);
}

/* What is to be shown */

static void
append_cell (PtlSheetModel *self, GString *text, const PtlRow *row, PtlSheetColumn column)
{
  ptl_sheet_append_cell (text, self->sheets, self->firewall, row, column);
}

/* What g_utf8_casefold () makes, ten times as fast of what most cells are. */
static char *
fold (const char *text, gsize length)
{
  return g_str_is_ascii (text) ? g_ascii_strdown (text, (gssize) length) : g_utf8_casefold (text, (gssize) length);
}

/* A line a cell, so that no text is found across two. */
static char *
fold_row (PtlSheetModel *self, const PtlRow *row)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < PTL_N_SHEET_COLUMNS; i++)
    {
      append_cell (self, text, row, i);
      g_string_append_c (text, '\n');
    }
  return fold (text->str, text->len);
}

static gboolean
passes (PtlSheetModel *self, guint i)
{
  if (self->filter == NULL)
    return TRUE;
  if (self->texts == NULL)
    {
      self->texts = g_ptr_array_new_with_free_func (g_free);
      for (guint j = 0; j < self->rows->len; j++)
        g_ptr_array_add (self->texts, fold_row (self, self->rows->pdata[j]));
    }
  return strstr (self->texts->pdata[i], self->filter) != NULL;
}

/* A row with what it is sorted by. */
typedef struct
{
  const PtlRow *row;
  guint place; /* in the sheet */
  char *key;
} Sorted;

static int
compare_sorted (gconstpointer a, gconstpointer b)
{
  const Sorted *one = a, *other = b;
  int order = strcmp (one->key, other->key);

  return order != 0 ? order : one->place < other->place ? -1 : 1;
}

static void
clear_sorted (gpointer data)
{
  g_free (((Sorted *) data)->key);
}

/* The keys are those that sort names of files: they take numbers as numbers. */
static char *
sort_key (PtlSheetModel *self, const PtlRow *row)
{
  g_autoptr (GString) cell = g_string_new (NULL);

  append_cell (self, cell, row, self->column);
  return g_utf8_collate_key_for_filename (cell->str, (gssize) cell->len);
}

static void
sort (PtlSheetModel *self, GPtrArray *rows)
{
  g_autoptr (GArray) sorted = g_array_sized_new (FALSE, FALSE, sizeof (Sorted), rows->len);

  g_array_set_clear_func (sorted, clear_sorted);
  for (guint i = 0; i < rows->len; i++)
    {
      Sorted item = { rows->pdata[i], i, sort_key (self, rows->pdata[i]) };

      g_array_append_val (sorted, item);
    }
  g_array_sort (sorted, compare_sorted);
  for (guint i = 0; i < rows->len; i++)
    rows->pdata[self->descending ? rows->len - 1 - i : i] = (gpointer) g_array_index (sorted, Sorted, i).row;
}

static GArray *
make_lines (PtlSheetModel *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));

  for (guint i = 0; i < self->rows->len; i++)
    if (passes (self, i))
      g_ptr_array_add (rows, self->rows->pdata[i]);
  if (self->column < PTL_N_SHEET_COLUMNS)
    sort (self, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      Line line = { rows->pdata[i], "" };

      g_strlcpy (line.id, line.row->id, sizeof line.id);
      g_array_append_val (lines, line);
    }
  return lines;
}

/* Getting there */

static GHashTable *
index_lines (const GArray *lines)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < lines->len; i++)
    g_hash_table_insert (index, line_at (lines, i)->id, line_at (lines, i));
  return index;
}

/* How many lines from `from` on are not in the index. */
static guint
count_missing (const GArray *lines, guint from, GHashTable *index)
{
  guint n = 0;

  while (from + n < lines->len && g_hash_table_lookup (index, line_at (lines, from + n)->id) == NULL)
    n++;
  return n;
}

static void
splice (PtlSheetModel *self, guint position, guint n_removed, const GArray *lines, guint n_added)
{
  if (n_removed > 0)
    g_array_remove_range (self->lines, position, n_removed);
  if (n_added > 0)
    g_array_insert_vals (self->lines, position, line_at (lines, position), n_added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

/* What stays gets its new row first: whoever is told of a change asks for what is beside it. */
static void
take_over (PtlSheetModel *self, GHashTable *after)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *now = g_hash_table_lookup (after, line_at (self->lines, i)->id);

      line_at (self->lines, i)->row = now != NULL ? now->row : NULL;
    }
}

static gboolean
same_line (PtlSheetModel *self, const GArray *lines, guint i)
{
  return i < self->lines->len && i < lines->len && g_str_equal (line_at (self->lines, i)->id, line_at (lines, i)->id);
}

/* What stands at a place is another row: making other widgets would take the list too long. */
static void
replace (PtlSheetModel *self, const GArray *lines)
{
  guint n = MIN (self->lines->len, lines->len);

  if (n > 0)
    memcpy (self->lines->data, lines->data, n * sizeof (Line));
  splice (self, n, self->lines->len - n, lines, lines->len - n);
  if (g_hash_table_size (self->selected) > 0 && n > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, n);
}

/* Only what differs is taken out and put in, so that the rest stays where a person sees it. Returns FALSE, and is done
 * halfway, when what stays comes in another order. */
static gboolean
splice_few (PtlSheetModel *self, const GArray *lines, GHashTable *before, GHashTable *after)
{
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
    else
      return FALSE;
  return TRUE;
}

static guint
count_others (GHashTable *ids, GHashTable *known)
{
  GHashTableIter iter;
  gpointer id;
  guint n = 0;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    n += !g_hash_table_contains (known, id);
  return n;
}

static void
update (PtlSheetModel *self, gboolean same_sheet)
{
  g_autoptr (GArray) lines = make_lines (self), old = g_array_copy (self->lines);
  g_autoptr (GHashTable) after = index_lines (lines), before = index_lines (old);
  gboolean few = count_others (before, after) + count_others (after, before) <= FEW;

  take_over (self, after);
  few = few && splice_few (self, lines, before, after);
  if (!few)
    replace (self, lines);
  g_signal_emit (self, rows_changed_signal, 0, same_sheet && few);
}

/* As a list */

static GType
ptl_sheet_model_get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
ptl_sheet_model_get_n_items (GListModel *model)
{
  return PTL_SHEET_MODEL (model)->lines->len;
}

/* Who shows it asks for the row by its position: the object only says that there is one. */
static gpointer
ptl_sheet_model_get_item (GListModel *model, guint position)
{
  PtlSheetModel *self = PTL_SHEET_MODEL (model);

  return position < self->lines->len ? g_object_new (G_TYPE_OBJECT, NULL) : NULL;
}

static void
ptl_sheet_model_list_init (GListModelInterface *interface)
{
  interface->get_item_type = ptl_sheet_model_get_item_type;
  interface->get_n_items = ptl_sheet_model_get_n_items;
  interface->get_item = ptl_sheet_model_get_item;
}

/* As a selection: GTK makes all its other functions from these two. */

static gboolean
ptl_sheet_model_is_selected (GtkSelectionModel *model, guint position)
{
  PtlSheetModel *self = PTL_SHEET_MODEL (model);

  return position < self->lines->len && g_hash_table_contains (self->selected, line_at (self->lines, position)->id);
}

static gboolean
ptl_sheet_model_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  PtlSheetModel *self = PTL_SHEET_MODEL (model);
  guint first = G_MAXUINT, last = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const char *id = line_at (self->lines, i)->id;
      gboolean wanted = gtk_bitset_contains (selected, i);

      if (!gtk_bitset_contains (mask, i) || wanted == g_hash_table_contains (self->selected, id))
        continue;
      if (wanted)
        g_hash_table_add (self->selected, g_strdup (id));
      else
        g_hash_table_remove (self->selected, id);
      first = MIN (first, i);
      last = i;
    }
  if (first <= last)
    gtk_selection_model_selection_changed (model, first, last - first + 1);
  return TRUE;
}

static void
ptl_sheet_model_selection_init (GtkSelectionModelInterface *interface)
{
  interface->is_selected = ptl_sheet_model_is_selected;
  interface->set_selection = ptl_sheet_model_set_selection;
}

static void
ptl_sheet_model_finalize (GObject *object)
{
  PtlSheetModel *self = PTL_SHEET_MODEL (object);

  g_free (self->firewall_id);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_array_unref (self->lines);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->new);
  g_hash_table_unref (self->selected);
  g_free (self->filter);
  G_OBJECT_CLASS (ptl_sheet_model_parent_class)->finalize (object);
}

static void
ptl_sheet_model_class_init (PtlSheetModelClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ptl_sheet_model_finalize;
  rows_changed_signal = g_signal_new ("rows-changed", PTL_TYPE_SHEET_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static GHashTable *
new_ids (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
ptl_sheet_model_init (PtlSheetModel *self)
{
  self->rows = g_ptr_array_new ();
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  self->known = new_ids ();
  self->new = new_ids ();
  self->selected = new_ids ();
  self->column = PTL_N_SHEET_COLUMNS;
}

PtlSheetModel *
ptl_sheet_model_new (void)
{
  return g_object_new (PTL_TYPE_SHEET_MODEL, NULL);
}

static gboolean
is_gone (gpointer id, gpointer value, gpointer known)
{
  return !g_hash_table_contains (known, id);
}

/* Rows are new to a sheet that was there before; what is gone is not selected any more. */
static void
know_rows (PtlSheetModel *self, const GPtrArray *rows, gboolean same_sheet)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->known);

  self->known = new_ids ();
  g_hash_table_remove_all (self->new);
  for (guint i = 0; i < rows->len; i++)
    {
      const char *id = ((const PtlRow *) rows->pdata[i])->id;

      g_hash_table_add (self->known, g_strdup (id));
      if (same_sheet && !g_hash_table_contains (before, id))
        g_hash_table_add (self->new, g_strdup (id));
    }
  g_hash_table_foreach_remove (self->selected, is_gone, self->known);
}

void
ptl_sheet_model_show (PtlSheetModel *self, PtlSheets *sheets, guint firewall, const PtlSheetScope *scope)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  const GPtrArray *rows = sheets != NULL ? ptl_sheets_rows (sheets, firewall) : none;
  const char *id = sheets != NULL ? ptl_sheets_routes (sheets)->firewalls[firewall].id : NULL;
  gboolean same_sheet = id != NULL && g_strcmp0 (id, self->firewall_id) == 0;

  know_rows (self, rows, same_sheet);
  if (!same_sheet)
    {
      g_free (self->firewall_id);
      self->firewall_id = g_strdup (id);
    }
  self->sheets = sheets;
  self->firewall = firewall;
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < rows->len; i++)
    if (scope == NULL || ptl_sheet_scope_has (scope, rows->pdata[i]))
      g_ptr_array_add (self->rows, rows->pdata[i]);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  update (self, same_sheet);
}

void
ptl_sheet_model_set_filter (PtlSheetModel *self, const char *text)
{
  g_free (self->filter);
  self->filter = *text != '\0' ? g_utf8_casefold (text, -1) : NULL;
  update (self, FALSE);
}

void
ptl_sheet_model_sort (PtlSheetModel *self, PtlSheetColumn column, gboolean descending)
{
  if (column == self->column && descending == self->descending)
    return;
  self->column = column;
  self->descending = descending;
  update (self, FALSE);
}

const PtlRow *
ptl_sheet_model_get_row (PtlSheetModel *self, guint position)
{
  return position < self->lines->len ? line_at (self->lines, position)->row : NULL;
}

char *
ptl_sheet_model_get_cell (PtlSheetModel *self, guint position, PtlSheetColumn column)
{
  const PtlRow *row = ptl_sheet_model_get_row (self, position);
  GString *text = g_string_new (NULL);

  if (row != NULL)
    append_cell (self, text, row, column);
  return g_string_free (text, FALSE);
}

gboolean
ptl_sheet_model_is_new (PtlSheetModel *self, guint position)
{
  return position < self->lines->len && g_hash_table_contains (self->new, line_at (self->lines, position)->id);
}

void
ptl_sheet_model_forget_new (PtlSheetModel *self)
{
  g_hash_table_remove_all (self->new);
}
