#include "ptl-site-model.h"

struct _PtlSiteModel
{
  GHashTable *rows; /* code -> PtlSiteRow */
  GListStore *top;
};

PtlSiteModel *
ptl_site_model_new (void)
{
  PtlSiteModel *self = g_new0 (PtlSiteModel, 1);

  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->top = g_list_store_new (PTL_TYPE_SITE_ROW);
  return self;
}

void
ptl_site_model_free (PtlSiteModel *self)
{
  g_hash_table_unref (self->rows);
  g_object_unref (self->top);
  g_free (self);
}

static GHashTable *
count_members (const PtlPlan *plan)
{
  GHashTable *counts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < plan->nodes->len; i++)
    {
      const PtlNode *node = plan->nodes->pdata[i];

      if (node->site != NULL)
        g_hash_table_insert (counts, node->site,
                             GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, node->site)) + 1));
    }
  return counts;
}

/* The rows of the plan's sites, those of before where there were any. */
static void
update_rows (PtlSiteModel *self, const PtlPlan *plan)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->rows);
  g_autoptr (GHashTable) counts = count_members (plan);

  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  for (guint i = 0; i < plan->sites->len; i++)
    {
      const PtlSite *site = plan->sites->pdata[i];
      PtlSiteRow *row = g_hash_table_lookup (before, site->code);

      row = row != NULL ? g_object_ref (row) : ptl_site_row_new (site->code);
      g_hash_table_insert (self->rows, row->code, row);
      ptl_site_row_update (row, site, i, GPOINTER_TO_UINT (g_hash_table_lookup (counts, site->code)));
    }
}

static void
update_parents (PtlSiteModel *self, const PtlPlan *plan)
{
  for (guint i = 0; i < plan->sites->len; i++)
    {
      const PtlSite *site = plan->sites->pdata[i];
      PtlSiteRow *row = g_hash_table_lookup (self->rows, site->code);
      PtlSiteRow *parent = site->parent != NULL ? g_hash_table_lookup (self->rows, site->parent) : NULL;

      row->parent = parent != NULL && ptl_site_kind_can_be_below (row->kind, parent->kind) ? parent : NULL;
    }
}

/* Replaces what differs between the beginning and the end that both have. */
static void
update_list (GListStore *list, const GPtrArray *rows)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list)), start = 0, end = 0;
  guint most = rows != NULL ? MIN (n, rows->len) : 0, len = rows != NULL ? rows->len : 0;

  for (; start < most; start++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (list), start);

      if (item != rows->pdata[start])
        break;
    }
  for (; end < most - start; end++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (list), n - 1 - end);

      if (item != rows->pdata[len - 1 - end])
        break;
    }
  if (start + end < n || start + end < len)
    g_list_store_splice (list, start, n - start - end, rows != NULL ? rows->pdata + start : NULL, len - start - end);
}

/* GTK asks once, when it sees a row, whether anything is below it: a row for which that changed is seen anew. */
static void
announce (GListStore *list, PtlSiteRow *row)
{
  guint position;

  if (g_list_store_find (list, row, &position))
    {
      gpointer item = row;

      g_list_store_splice (list, position, 1, &item, 1);
    }
}

/* The rows below each, in the order of the plan; NULL is the key of the top. */
static GHashTable *
group_rows (PtlSiteModel *self, const PtlPlan *plan)
{
  GHashTable *groups = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < plan->sites->len; i++)
    {
      PtlSiteRow *row = g_hash_table_lookup (self->rows, ((const PtlSite *) plan->sites->pdata[i])->code);
      GPtrArray *group = g_hash_table_lookup (groups, row->parent);

      if (group == NULL)
        g_hash_table_insert (groups, row->parent, group = g_ptr_array_new ());
      g_ptr_array_add (group, row);
    }
  return groups;
}

static void
update_lists (PtlSiteModel *self, const PtlPlan *plan)
{
  g_autoptr (GHashTable) groups = group_rows (self, plan);

  for (guint i = 0; i < plan->sites->len; i++)
    {
      PtlSiteRow *row = g_hash_table_lookup (self->rows, ((const PtlSite *) plan->sites->pdata[i])->code);
      const GPtrArray *group = g_hash_table_lookup (groups, row);
      gboolean had_any = g_list_model_get_n_items (G_LIST_MODEL (row->children)) > 0;

      update_list (row->children, group);
      if (had_any != (group != NULL))
        announce (row->parent != NULL ? row->parent->children : self->top, row);
    }
  update_list (self->top, g_hash_table_lookup (groups, NULL));
}

GListStore *
ptl_site_model_get_top (PtlSiteModel *self)
{
  return self->top;
}

/* In time proportional to the plan's nodes and sites. */
void
ptl_site_model_update (PtlSiteModel *self, const PtlPlan *plan)
{
  update_rows (self, plan);
  update_parents (self, plan);
  update_lists (self, plan);
}

PtlSiteRow *
ptl_site_model_find (PtlSiteModel *self, const char *code)
{
  return g_hash_table_lookup (self->rows, code);
}
