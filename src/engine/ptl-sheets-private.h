#pragma once

#include "ptl-consolidate.h"

/* What the sheets know of a node's or a zone's place in a cell. */
struct _PtlSheets
{
  const PtlRoutes *routes;
  const PtlGraph *graph;
  gboolean expand;
  PtlConsolidator consolidator;
  char **node_names, **zone_names, **firewall_names; /* for people; NULL ends each */
  guint *name_rank;                                  /* of a node, by its name for people in byte order */
  guint *name_length;                                /* of a node, in characters */
  guint *address_length;                             /* of a node's text in an address cell, in characters */
  guint *zone_rank;                                  /* by id */
  GHashTable *pairs;                                 /* gint64 zone pair -> GArray of guint: pairs of classes */
  GHashTable *rows;                                  /* gint64 zone pair -> GPtrArray of PtlRow, made when asked for */
  GPtrArray **zone_pairs;                            /* of a firewall: gint64 * of `pairs`, in the order of the sheet */
  GPtrArray **sheets;                                /* of a firewall: PtlRow, made when asked for */
  GHashTable *lists;                                 /* classes as GBytes -> NodeList */
  GPtrArray *blocks;                                 /* what rows_between () made: the rows point into them */
};
