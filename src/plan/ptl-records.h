#pragma once

#include "ptl-plan-index.h"

/* The records of a plan as a table: where each kind is kept, how it is copied and compared, what it is
 * called, and what refers to it. Whatever treats all kinds alike reads the table. */

typedef enum
{
  PTL_RECORD_PLAN, /* title, description and note of the plan itself; there is one, at index 0 */
  PTL_RECORD_SET,  /* a setting of the plan */
  PTL_RECORD_FEATURE,
  PTL_RECORD_SITE,
  PTL_RECORD_ZONE,
  PTL_RECORD_FIREWALL,
  PTL_RECORD_NODE,
  PTL_RECORD_LINK,
} PtlRecordKind; /* in the order of the document */
#define PTL_N_RECORDS 8

/* What PTL_RECORD_PLAN is a record of: the beginning of a PtlPlan's own texts. */
typedef struct
{
  char *title, *description, *note;
} PtlHeading;

/* One record of a plan: valid until the plan changes. */
typedef struct
{
  PtlRecordKind kind;
  guint index; /* in the plan's array of the kind */
} PtlItem;

/* In what two records of a kind differ. */
typedef enum
{
  PTL_DIFFERS_LOOK = 1 << 0,    /* in where they stand or in their colour: no sheet shows it */
  PTL_DIFFERS_MEANING = 1 << 1, /* in anything else */
} PtlDifference;

/* A field that names another record. */
typedef struct
{
  PtlRecordKind kind; /* that has the field */
  gsize offset;       /* of a char *, NULL for none; of a GPtrArray of them for a firewall's zones */
  PtlRecordKind to;
} PtlRecordReference;
#define PTL_N_REFERENCES 6
extern const PtlRecordReference ptl_references[PTL_N_REFERENCES];

GPtrArray *ptl_records (const PtlPlan *plan, PtlRecordKind kind);
guint ptl_records_max (PtlRecordKind kind);
GDestroyNotify ptl_records_free_func (PtlRecordKind kind);
gpointer ptl_record (const PtlPlan *plan, PtlRecordKind kind, guint index);
gboolean ptl_item_valid (const PtlPlan *plan, PtlItem item);

const char *ptl_record_id (PtlRecordKind kind, gconstpointer record);
const char *ptl_record_name (PtlRecordKind kind, gconstpointer record);
/* Where a record that has them keeps them; ptl_record_id () is for all. */
char **ptl_record_id_field (PtlRecordKind kind, gpointer record);
char **ptl_record_name_field (PtlRecordKind kind, gpointer record);
gboolean ptl_record_kind_thing (PtlRecordKind kind, PtlThing *thing);

gpointer ptl_record_copy (PtlRecordKind kind, gconstpointer record);
void ptl_record_free (PtlRecordKind kind, gpointer record);
PtlDifference ptl_record_compare (PtlRecordKind kind, gconstpointer record, gconstpointer other);
void ptl_plan_set_heading (PtlPlan *plan, const PtlHeading *heading);

/* A place on the canvas; NULL for a kind without one. `size` is then width and height, or NULL. */
double *ptl_record_position (PtlRecordKind kind, gpointer record, double **size);

void ptl_replace_text (char **field, const char *text);
PtlNodeRole *ptl_node_find_role (const PtlNode *node, guint role);
PtlSet *ptl_sets_find (const GPtrArray *sets, guint setting, guint *index);
