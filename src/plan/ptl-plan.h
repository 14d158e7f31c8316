#pragma once

#include <gio/gio.h>

#include "engine/ptl-graph.h"

/* The document: what a person edits and the plan file holds. Plain records inside one object; every
 * value in them was checked at the door (see ptl-plan-check.h and the engine's parsers), so code that
 * reads them need not check again. Canvas units: 1 unit = 1 px at 100 %. A zone's and a node's position is its upper
 * left corner, a firewall's its middle; nodes and firewalls are all of one size: */
#define PTL_NODE_WIDTH      180
#define PTL_NODE_HEIGHT     80
#define PTL_FIREWALL_WIDTH  104
#define PTL_FIREWALL_HEIGHT 68

typedef struct
{
  guint setting; /* index in the catalogue */
  PtlValue *value;
  char *note; /* "" when there is none; so everywhere below */
} PtlSet;

typedef struct
{
  guint feature; /* index in the catalogue */
  gboolean enabled;
  char *note;
} PtlFeatureSet;

typedef struct
{
  char *code; /* three of A-Z 0-9 */
  char *name; /* "" when absent */
  PtlSiteKind kind;
  char *parent;    /* a site's code, or NULL */
  GPtrArray *sets; /* PtlSet */
  char *note;
} PtlSite;

typedef struct
{
  char *id, *name;
  PtlZoneKind kind;
  double x, y, width, height; /* NAN when absent */
  char *colour;               /* "#rrggbb" or NULL */
  char *note;
} PtlZone;

typedef struct
{
  char *id, *name;
  GPtrArray *zones; /* char *: ids, in the order written */
  double x, y;
  gboolean managed;
  char *note;
} PtlFirewall;

typedef struct
{
  PtlRoleUse use;
  char *note;
} PtlNodeRole;

typedef struct
{
  char *id, *name;
  char *zone, *site; /* id, code; or NULL */
  double x, y;
  char *addresses; /* as written, joined by one space; "" when there are none */
  gboolean site_server_initiates;
  GPtrArray *roles; /* PtlNodeRole, in the order written */
  GPtrArray *sets;  /* PtlSet */
  char *note;
} PtlNode;

typedef struct
{
  guint kind;      /* index in the catalogue */
  char *from, *to; /* node ids */
  char *note;
} PtlLink;

#define PTL_TYPE_PLAN (ptl_plan_get_type ())
G_DECLARE_FINAL_TYPE (PtlPlan, ptl_plan, PTL, PLAN, GObject)

struct _PtlPlan
{
  GObject parent_instance;

  const PtlCatalogue *catalogue;
  char *title, *description, *note;
  GPtrArray *sets;       /* PtlSet */
  GPtrArray *features;   /* PtlFeatureSet */
  GPtrArray *sites;      /* PtlSite; these and those below in the order of the document */
  GPtrArray *zones;      /* PtlZone */
  GPtrArray *firewalls;  /* PtlFirewall */
  GPtrArray *nodes;      /* PtlNode */
  GPtrArray *links;      /* PtlLink */
  gboolean has_comments; /* the file it was read from has comments, which a save does not keep */
};

PtlPlan *ptl_plan_new (const PtlCatalogue *catalogue);

/* New records with empty texts, absent coordinates and defaults; the caller owns them until they are
 * added to one of the plan's arrays, which free them. */
PtlSet *ptl_set_new (void);
PtlFeatureSet *ptl_feature_set_new (void);
PtlSite *ptl_site_new (void);
PtlZone *ptl_zone_new (void);
PtlFirewall *ptl_firewall_new (void);
PtlNode *ptl_node_new (void);
PtlNodeRole *ptl_node_role_new (const PtlCatalogue *catalogue, guint role);
PtlLink *ptl_link_new (void);

/* Makes `use` the role with all its options at their defaults. */
void ptl_role_use_init (PtlRoleUse *use, const PtlCatalogue *catalogue, guint role);

/* Free a record with all it owns; those in an array are freed by it. */
void ptl_set_free (PtlSet *set);
void ptl_feature_set_free (PtlFeatureSet *feature);
void ptl_site_free (PtlSite *site);
void ptl_zone_free (PtlZone *zone);
void ptl_firewall_free (PtlFirewall *firewall);
void ptl_node_free (PtlNode *node);
void ptl_node_role_free (PtlNodeRole *role);
void ptl_link_free (PtlLink *link);

/* A snapshot for the engine. */
PtlGraph *ptl_plan_to_graph (PtlPlan *plan);
const char *ptl_plan_setting_origin (const PtlPlan *plan, guint node, guint setting);
