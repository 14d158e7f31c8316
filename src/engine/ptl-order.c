#include "ptl-order.h"

guint *
ptl_order (guint n, GCompareDataFunc compare, gconstpointer data)
{
  guint *order = g_new (guint, n + 1);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n, sizeof (guint), compare, (gpointer) data);
  return order;
}

guint *
ptl_ranks (const guint *order, guint n)
{
  guint *ranks = g_new (guint, n + 1);

  for (guint i = 0; i < n; i++)
    ranks[order[i]] = i;
  return ranks;
}

guint *
ptl_rank (guint n, GCompareDataFunc compare, gconstpointer data)
{
  g_autofree guint *order = ptl_order (n, compare, data);

  return ptl_ranks (order, n);
}

int
ptl_compare_guints (gconstpointer a, gconstpointer b)
{
  guint one = *(const guint *) a, other = *(const guint *) b;

  return (one > other) - (one < other);
}
