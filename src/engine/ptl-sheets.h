#pragma once

#include "ptl-routes.h"

/* The firewalls' rule sheets: few rows that together permit just the flows that cross. */

#define PTL_CELL_LIMIT 30000 /* characters of a cell; a spreadsheet cuts at 32,767 */

/* One service that asks for ports of a row. */
typedef struct
{
  PtlRange range; /* the joined range of the row that it asks for, or for a part of; 0-0 for ICMP */
  guint16 rule;
  guint8 service; /* index in the rule */
  guint8 back;    /* asked for by the way back of a two-way rule only */
} PtlReference;

typedef struct
{
  char id[14]; /* "R" and 12 hex digits */
  guint source_zone, destination_zone;
  PtlPhase phase;
  PtlProtocol protocol;
  guint n_ranges;         /* 0 for ICMP */
  const PtlRange *ranges; /* ascending, neither adjacent nor overlapping */
  guint n_sources, n_destinations;
  const guint *sources, *destinations; /* nodes, in the order of their names for people */
  guint n_reasons;
  const guint *reasons; /* rules, in byte order of their ids */
  guint n_references;
  const PtlReference *references; /* by range, then rule as in reasons, then service; none twice */
} PtlRow;

typedef struct _PtlSheets PtlSheets;

PtlSheets *ptl_sheets_new (PtlRoutes *routes, gboolean expand);
void ptl_sheets_free (PtlSheets *sheets);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlSheets, ptl_sheets_free)

PtlRoutes *ptl_sheets_routes (const PtlSheets *sheets);
const PtlGraph *ptl_sheets_graph (const PtlSheets *sheets);
gboolean ptl_sheets_has_sheet (const PtlSheets *sheets, guint firewall);

/* The rows of a firewall's sheet in their order; the array and the rows belong to the sheets. */
GPtrArray *ptl_sheets_rows (PtlSheets *sheets, guint firewall);

/* How things are called in a sheet: the name, with the id behind it where the name alone does not tell. */
const char *ptl_sheets_node_name (const PtlSheets *sheets, guint node);
const char *ptl_sheets_zone_name (const PtlSheets *sheets, guint zone);
const char *ptl_sheets_firewall_name (const PtlSheets *sheets, guint firewall);

/* What a row says in words; free the texts with g_free (), the arrays with g_ptr_array_unref (). */
char *ptl_row_services (const PtlSheets *sheets, const PtlRow *row);
char *ptl_row_purpose (const PtlSheets *sheets, const PtlRow *row);
GPtrArray *ptl_row_notes (const PtlSheets *sheets, const PtlRow *row, guint firewall);
char *ptl_row_reference_text (const PtlSheets *sheets, const PtlRow *row); /* the Reference cell */
/* Of one reason of the row: "vendor guide" or "beyond", and the lines of the services that ask for it. */
void ptl_row_reference (const PtlSheets *sheets, const PtlRow *row, guint reason, char **documents, char **lines);
