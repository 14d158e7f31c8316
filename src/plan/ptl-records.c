#include "ptl-records.h"

#include <string.h>

#include "ptl-plan-check.h"

/* The fields of a record, by what it takes to copy and to compare them. */
typedef enum
{
  FIELD_TEXT,   /* char *, may be NULL */
  FIELD_NUMBER, /* double, may be NAN */
  FIELD_INT,    /* gboolean, guint or an enumeration */
  FIELD_VALUE,  /* PtlValue * */
  FIELD_USE,    /* PtlRoleUse */
  FIELD_TEXTS,  /* GPtrArray of char * */
  FIELD_SETS,   /* GPtrArray of PtlSet */
  FIELD_ROLES,  /* GPtrArray of PtlNodeRole */
} FieldType;

typedef struct
{
  FieldType type;
  gsize offset;
  PtlDifference difference;
} Field;

typedef struct
{
  gsize size;
  GDestroyNotify free;
  const Field *fields;
  guint n_fields;
} Shape;

typedef struct
{
  gsize array; /* offset in PtlPlan; 0: there is none */
  guint max;
  int thing;      /* PtlThing, or -1: it has no id */
  gsize id, name; /* offsets, for those with an id */
  Shape shape;
} Kind;

G_STATIC_ASSERT (G_STRUCT_OFFSET (PtlPlan, description) - G_STRUCT_OFFSET (PtlPlan, title)
                 == G_STRUCT_OFFSET (PtlHeading, description));
G_STATIC_ASSERT (G_STRUCT_OFFSET (PtlPlan, note) - G_STRUCT_OFFSET (PtlPlan, title)
                 == G_STRUCT_OFFSET (PtlHeading, note));

#define AT(record, field) G_STRUCT_OFFSET (record, field)
#define FIELD(type, record, field)                                                                                     \
  {                                                                                                                    \
    FIELD_##type, AT (record, field), PTL_DIFFERS_MEANING                                                              \
  }
#define LOOK(type, record, field)                                                                                      \
  {                                                                                                                    \
    FIELD_##type, AT (record, field), PTL_DIFFERS_LOOK                                                                 \
  }
#define SHAPE(record, free, fields)                                                                                    \
  {                                                                                                                    \
    sizeof (record), (GDestroyNotify) (free), fields, G_N_ELEMENTS (fields)                                            \
  }

static const Field heading_fields[] = {
  FIELD (TEXT, PtlHeading, title),
  FIELD (TEXT, PtlHeading, description),
  FIELD (TEXT, PtlHeading, note),
};

static const Field set_fields[] = {
  FIELD (INT, PtlSet, setting),
  FIELD (VALUE, PtlSet, value),
  FIELD (TEXT, PtlSet, note),
};

static const Field feature_fields[] = {
  FIELD (INT, PtlFeatureSet, feature),
  FIELD (INT, PtlFeatureSet, enabled),
  FIELD (TEXT, PtlFeatureSet, note),
};

static const Field site_fields[] = {
  FIELD (TEXT, PtlSite, code),   FIELD (TEXT, PtlSite, name), FIELD (INT, PtlSite, kind),
  FIELD (TEXT, PtlSite, parent), FIELD (SETS, PtlSite, sets), FIELD (TEXT, PtlSite, note),
};

static const Field zone_fields[] = {
  FIELD (TEXT, PtlZone, id),      FIELD (TEXT, PtlZone, name),  FIELD (INT, PtlZone, kind),
  LOOK (NUMBER, PtlZone, x),      LOOK (NUMBER, PtlZone, y),    LOOK (NUMBER, PtlZone, width),
  LOOK (NUMBER, PtlZone, height), LOOK (TEXT, PtlZone, colour), FIELD (TEXT, PtlZone, note),
};

static const Field firewall_fields[] = {
  FIELD (TEXT, PtlFirewall, id),   FIELD (TEXT, PtlFirewall, name), FIELD (TEXTS, PtlFirewall, zones),
  LOOK (NUMBER, PtlFirewall, x),   LOOK (NUMBER, PtlFirewall, y),   FIELD (INT, PtlFirewall, managed),
  FIELD (TEXT, PtlFirewall, note),
};

static const Field node_fields[] = {
  FIELD (TEXT, PtlNode, id),        FIELD (TEXT, PtlNode, name),
  FIELD (TEXT, PtlNode, zone),      FIELD (TEXT, PtlNode, site),
  LOOK (NUMBER, PtlNode, x),        LOOK (NUMBER, PtlNode, y),
  FIELD (TEXT, PtlNode, addresses), FIELD (INT, PtlNode, site_server_initiates),
  FIELD (ROLES, PtlNode, roles),    FIELD (SETS, PtlNode, sets),
  FIELD (TEXT, PtlNode, note),
};

static const Field role_fields[] = {
  FIELD (USE, PtlNodeRole, use),
  FIELD (TEXT, PtlNodeRole, note),
};

static const Field link_fields[] = {
  FIELD (INT, PtlLink, kind),
  FIELD (TEXT, PtlLink, from),
  FIELD (TEXT, PtlLink, to),
  FIELD (TEXT, PtlLink, note),
};

static void heading_free (PtlHeading *heading);

static const Shape role_shape = SHAPE (PtlNodeRole, ptl_node_role_free, role_fields);

static const Kind kinds[PTL_N_RECORDS] = {
  [PTL_RECORD_PLAN] = { 0, 1, -1, 0, 0, SHAPE (PtlHeading, heading_free, heading_fields) },
  [PTL_RECORD_SET] = { AT (PtlPlan, sets), G_MAXUINT, -1, 0, 0, SHAPE (PtlSet, ptl_set_free, set_fields) },
  [PTL_RECORD_FEATURE]
  = { AT (PtlPlan, features), G_MAXUINT, -1, 0, 0, SHAPE (PtlFeatureSet, ptl_feature_set_free, feature_fields) },
  [PTL_RECORD_SITE] = { AT (PtlPlan, sites), PTL_MAX_SITES, PTL_THING_SITE, AT (PtlSite, code), AT (PtlSite, code),
                        SHAPE (PtlSite, ptl_site_free, site_fields) },
  [PTL_RECORD_ZONE] = { AT (PtlPlan, zones), PTL_MAX_ZONES, PTL_THING_ZONE, AT (PtlZone, id), AT (PtlZone, name),
                        SHAPE (PtlZone, ptl_zone_free, zone_fields) },
  [PTL_RECORD_FIREWALL] = { AT (PtlPlan, firewalls), PTL_MAX_FIREWALLS, PTL_THING_FIREWALL, AT (PtlFirewall, id),
                            AT (PtlFirewall, name), SHAPE (PtlFirewall, ptl_firewall_free, firewall_fields) },
  [PTL_RECORD_NODE] = { AT (PtlPlan, nodes), PTL_MAX_NODES, PTL_THING_NODE, AT (PtlNode, id), AT (PtlNode, name),
                        SHAPE (PtlNode, ptl_node_free, node_fields) },
  [PTL_RECORD_LINK] = { AT (PtlPlan, links), G_MAXUINT, -1, 0, 0, SHAPE (PtlLink, ptl_link_free, link_fields) },
};

const PtlRecordReference ptl_references[PTL_N_REFERENCES] = {
  { PTL_RECORD_SITE, AT (PtlSite, parent), PTL_RECORD_SITE },
  { PTL_RECORD_FIREWALL, AT (PtlFirewall, zones), PTL_RECORD_ZONE },
  { PTL_RECORD_NODE, AT (PtlNode, zone), PTL_RECORD_ZONE },
  { PTL_RECORD_NODE, AT (PtlNode, site), PTL_RECORD_SITE },
  { PTL_RECORD_LINK, AT (PtlLink, from), PTL_RECORD_NODE },
  { PTL_RECORD_LINK, AT (PtlLink, to), PTL_RECORD_NODE },
};

static void
heading_free (PtlHeading *heading)
{
  g_free (heading->title);
  g_free (heading->description);
  g_free (heading->note);
  g_free (heading);
}

/* Copies and comparisons, field by field */

static gpointer copy_shape (const Shape *shape, gconstpointer record);
static PtlDifference compare_shapes (const Shape *shape, gconstpointer a, gconstpointer b);

/* What the elements of an array are; NULL: texts. */
static const Shape *
element_shape (FieldType type)
{
  return type == FIELD_SETS ? &kinds[PTL_RECORD_SET].shape : type == FIELD_ROLES ? &role_shape : NULL;
}

static GPtrArray *
copy_array (const Shape *shape, const GPtrArray *array)
{
  GPtrArray *copy = g_ptr_array_new_full (array->len, shape != NULL ? shape->free : g_free);

  for (guint i = 0; i < array->len; i++)
    g_ptr_array_add (copy, shape != NULL ? copy_shape (shape, array->pdata[i]) : g_strdup (array->pdata[i]));
  return copy;
}

static gpointer
copy_shape (const Shape *shape, gconstpointer record)
{
  char *copy = g_memdup2 (record, shape->size);

  for (guint i = 0; i < shape->n_fields; i++)
    {
      const Field *field = &shape->fields[i];
      gpointer *place = (gpointer *) (gpointer) (copy + field->offset);

      switch (field->type)
        {
        case FIELD_TEXT:
          *place = g_strdup (*place);
          break;
        case FIELD_VALUE:
          *place = ptl_value_copy (*place);
          break;
        case FIELD_TEXTS:
        case FIELD_SETS:
        case FIELD_ROLES:
          *place = copy_array (element_shape (field->type), *place);
          break;
        case FIELD_NUMBER:
        case FIELD_INT:
        case FIELD_USE:
          break;
        }
    }
  return copy;
}

static gboolean
equal_arrays (const Shape *shape, const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (shape != NULL ? compare_shapes (shape, a->pdata[i], b->pdata[i]) != 0 : strcmp (a->pdata[i], b->pdata[i]) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
equal_fields (FieldType type, gconstpointer a, gconstpointer b)
{
  gpointer const *one = a, *other = b;

  switch (type)
    {
    case FIELD_TEXT:
      return g_strcmp0 (*one, *other) == 0;
    case FIELD_VALUE:
      return strcmp (((const PtlValue *) *one)->text, ((const PtlValue *) *other)->text) == 0;
    case FIELD_TEXTS:
    case FIELD_SETS:
    case FIELD_ROLES:
      return equal_arrays (element_shape (type), *one, *other);
    case FIELD_NUMBER: /* of absent ones, which are NAN, all bytes are the same */
      return memcmp (a, b, sizeof (double)) == 0;
    case FIELD_INT:
      return memcmp (a, b, sizeof (int)) == 0;
    case FIELD_USE:
      return memcmp (a, b, sizeof (PtlRoleUse)) == 0;
    }
  return FALSE;
}

static PtlDifference
compare_shapes (const Shape *shape, gconstpointer a, gconstpointer b)
{
  PtlDifference difference = 0;

  for (guint i = 0; i < shape->n_fields; i++)
    {
      const Field *field = &shape->fields[i];

      if (!equal_fields (field->type, (const char *) a + field->offset, (const char *) b + field->offset))
        difference |= field->difference;
    }
  return difference;
}

/**
 * ptl_record_copy:
 *
 * Returns: (transfer full): a deep copy; free it with ptl_record_free ()
 */
gpointer
ptl_record_copy (PtlRecordKind kind, gconstpointer record)
{
  return copy_shape (&kinds[kind].shape, record);
}

void
ptl_record_free (PtlRecordKind kind, gpointer record)
{
  if (record != NULL)
    kinds[kind].shape.free (record);
}

/* 0: they are equal. */
PtlDifference
ptl_record_compare (PtlRecordKind kind, gconstpointer record, gconstpointer other)
{
  return compare_shapes (&kinds[kind].shape, record, other);
}

/* Access */

/* The plan's array of a kind; NULL for PTL_RECORD_PLAN. */
GPtrArray *
ptl_records (const PtlPlan *plan, PtlRecordKind kind)
{
  return kinds[kind].array != 0 ? G_STRUCT_MEMBER (GPtrArray *, plan, kinds[kind].array) : NULL;
}

/* How many records of a kind a plan may have. */
guint
ptl_records_max (PtlRecordKind kind)
{
  return kinds[kind].max;
}

GDestroyNotify
ptl_records_free_func (PtlRecordKind kind)
{
  return kinds[kind].shape.free;
}

/**
 * ptl_record:
 *
 * Returns: (transfer none): the record, a PtlNode for PTL_RECORD_NODE and so on; only an edit changes it
 */
gpointer
ptl_record (const PtlPlan *plan, PtlRecordKind kind, guint index)
{
  return kind == PTL_RECORD_PLAN ? (gpointer) &plan->title : ptl_records (plan, kind)->pdata[index];
}

gboolean
ptl_item_valid (const PtlPlan *plan, PtlItem item)
{
  return item.kind < PTL_N_RECORDS
         && item.index < (item.kind == PTL_RECORD_PLAN ? 1 : ptl_records (plan, item.kind)->len);
}

/* The id or the site code; NULL for a kind without. */
const char *
ptl_record_id (PtlRecordKind kind, gconstpointer record)
{
  return kinds[kind].thing >= 0 ? G_STRUCT_MEMBER (char *, record, kinds[kind].id) : NULL;
}

/* What people call it, a site by its code; NULL for a kind without a name. */
const char *
ptl_record_name (PtlRecordKind kind, gconstpointer record)
{
  return kinds[kind].thing >= 0 ? G_STRUCT_MEMBER (char *, record, kinds[kind].name) : NULL;
}

char **
ptl_record_id_field (PtlRecordKind kind, gpointer record)
{
  return G_STRUCT_MEMBER_P (record, kinds[kind].id);
}

char **
ptl_record_name_field (PtlRecordKind kind, gpointer record)
{
  return G_STRUCT_MEMBER_P (record, kinds[kind].name);
}

/* Whether records of the kind have ids, and what an index calls the kind. */
gboolean
ptl_record_kind_thing (PtlRecordKind kind, PtlThing *thing)
{
  if (kinds[kind].thing >= 0)
    *thing = (PtlThing) kinds[kind].thing;
  return kinds[kind].thing >= 0;
}

void
ptl_plan_set_heading (PtlPlan *plan, const PtlHeading *heading)
{
  ptl_replace_text (&plan->title, heading->title);
  ptl_replace_text (&plan->description, heading->description);
  ptl_replace_text (&plan->note, heading->note);
}

G_STATIC_ASSERT (AT (PtlZone, y) == AT (PtlZone, x) + sizeof (double));
G_STATIC_ASSERT (AT (PtlZone, height) == AT (PtlZone, width) + sizeof (double));
G_STATIC_ASSERT (AT (PtlFirewall, y) == AT (PtlFirewall, x) + sizeof (double));
G_STATIC_ASSERT (AT (PtlNode, y) == AT (PtlNode, x) + sizeof (double));

/**
 * ptl_record_position:
 * @size: (out) (optional): width and height, or NULL
 *
 * Returns: (transfer none): x and y, in canvas units: of a zone and of a node the upper left corner, of a
 * firewall the middle; NULL for a kind without a position
 */
double *
ptl_record_position (PtlRecordKind kind, gpointer record, double **size)
{
  if (size != NULL)
    *size = kind == PTL_RECORD_ZONE ? &((PtlZone *) record)->width : NULL;
  switch (kind)
    {
    case PTL_RECORD_ZONE:
      return &((PtlZone *) record)->x;
    case PTL_RECORD_FIREWALL:
      return &((PtlFirewall *) record)->x;
    case PTL_RECORD_NODE:
      return &((PtlNode *) record)->x;
    default:
      return NULL;
    }
}

void
ptl_replace_text (char **field, const char *text)
{
  char *copy = g_strdup (text);

  g_free (*field);
  *field = copy;
}

/* The node's role, or NULL. */
PtlNodeRole *
ptl_node_find_role (const PtlNode *node, guint role)
{
  for (guint i = 0; i < node->roles->len; i++)
    if (((PtlNodeRole *) node->roles->pdata[i])->use.role == role)
      return node->roles->pdata[i];
  return NULL;
}

/**
 * ptl_sets_find:
 * @index: (out) (optional): its place, when there is one
 *
 * Returns: (transfer none): the setting among @sets, or NULL
 */
PtlSet *
ptl_sets_find (const GPtrArray *sets, guint setting, guint *index)
{
  for (guint i = 0; i < sets->len; i++)
    if (((PtlSet *) sets->pdata[i])->setting == setting)
      {
        if (index != NULL)
          *index = i;
        return sets->pdata[i];
      }
  return NULL;
}
