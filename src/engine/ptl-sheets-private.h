#pragma once

#include "ptl-consolidate.h"

/* What the sheets know of a node's or a zone's place in a cell. */
struct _PtlSheets
{
  PtlRoutes *routes;
  const PtlGraph *graph;
  gboolean expand;
  PtlConsolidator consolidator;
  char **node_names, **zone_names, **firewall_names; /* for people; NULL ends each */
  guint *name_rank;                                  /* of a node, by its name for people in byte order */
  guint *name_length;                                /* of a node, in characters */
  guint *address_length;                             /* of a node's text in an address cell, in characters */
  GHashTable *pairs;                                 /* gint64 zone pair -> GArray of guint: pairs of classes */
  GHashTable *rows;                                  /* gint64 zone pair -> GPtrArray of PtlRow, made when asked for */
  GPtrArray **zone_pairs;                            /* of a firewall: gint64 * of `pairs`, in the order of the sheet */
  GPtrArray **sheets;                                /* of a firewall: PtlRow, made when asked for */
  GHashTable *lists;                                 /* classes as GBytes -> NodeList */
  GPtrArray *blocks;                                 /* what ptl_sheet_rows_between () made: the rows point into them */
};

/* ptl-sheet-rows.c */

/* The rows between two zones, of PtlRow; they are the same on every firewall in between. The key is one of `pairs`. */
GPtrArray *ptl_sheet_rows_between (PtlSheets *sheets, gint64 *zones);
void ptl_sheet_list_free (gpointer list); /* a NodeList of `lists` */
