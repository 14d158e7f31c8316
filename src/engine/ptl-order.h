#pragma once

#include <glib.h>

/* Sorting of things that are known by their index. */

/* The indices below `n` in the order of `compare`, which gets pointers to two of them; free with g_free (). */
guint *ptl_order (guint n, GCompareDataFunc compare, gconstpointer data);
/* The place of each index in an order; free with g_free (). */
guint *ptl_ranks (const guint *order, guint n);
/* Both in one. */
guint *ptl_rank (guint n, GCompareDataFunc compare, gconstpointer data);

int ptl_compare_guints (gconstpointer a, gconstpointer b);
