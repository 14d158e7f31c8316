#pragma once

#include <glib.h>

/* The embedded port data: which roles exist, which settings and features a plan may change, and every
 * conversation that the two source documents list. It is read once at the start and never changes.
 *
 * Roles, settings, features, rules and services are known by their index in the catalogue's arrays. */

#define PTL_MAX_OPTIONS  8  /* options of one role */
#define PTL_MAX_SERVICES 32 /* services of one rule: a set of them is a guint32 */

typedef enum
{
  PTL_PROTOCOL_ICMP,
  PTL_PROTOCOL_TCP,
  PTL_PROTOCOL_UDP,
} PtlProtocol; /* in byte order of the names */

typedef enum
{
  PTL_PHASE_OPERATION,
  PTL_PHASE_INSTALLATION,
} PtlPhase;

typedef enum
{
  PTL_SITE_CAS,
  PTL_SITE_PRIMARY,
  PTL_SITE_SECONDARY,
} PtlSiteKind;

typedef enum
{
  PTL_ZONE_INTRANET,
  PTL_ZONE_PERIMETER,
  PTL_ZONE_INTERNET,
  PTL_ZONE_CLOUD,
} PtlZoneKind;

typedef enum
{
  PTL_ROLE_SITE_SYSTEM,
  PTL_ROLE_CLIENT_LIKE,
  PTL_ROLE_TOOL,
  PTL_ROLE_INFRASTRUCTURE,
  PTL_ROLE_OUTSIDE,
} PtlRoleKind;

typedef enum
{
  PTL_SETTING_PORT,   /* one port */
  PTL_SETTING_PORTS,  /* ports and ranges */
  PTL_SETTING_CHOICE, /* one of a list of words */
} PtlSettingType;

typedef enum
{
  PTL_SCOPE_ANY,
  PTL_SCOPE_SITE,
  PTL_SCOPE_TOP,
  PTL_SCOPE_ASSIGNED,
  PTL_SCOPE_SUBTREE,
  PTL_SCOPE_HIERARCHY,
  PTL_SCOPE_PARENT_CHILD,
  PTL_SCOPE_TO_PARENT,
  PTL_SCOPE_ZONE,
  PTL_SCOPE_LINK,
} PtlScope;

typedef enum
{
  PTL_LOCATION_NONE, /* of a service: the rule's; of a rule: no side is client-like */
  PTL_LOCATION_INTRANET,
  PTL_LOCATION_ANY,
  PTL_LOCATION_CLOUD,
} PtlLocation;

/* The words of the plan file, the catalogue and the command line for the enumerations above,
 * in the order of their values, ended by NULL. */
extern const char *const ptl_protocol_names[];
extern const char *const ptl_phase_names[];
extern const char *const ptl_site_kind_names[];
extern const char *const ptl_zone_kind_names[];
extern const char *const ptl_role_kind_names[];
extern const char *const ptl_scope_names[];
extern const char *const ptl_location_names[]; /* the first is empty */

int ptl_name_index (const char *const *names, const char *name);

typedef struct
{
  guint16 from, to; /* both included, from <= to */
} PtlRange;

/* A setting's value: ranges for ports, the index of the word for a choice. */
typedef struct
{
  char *text;       /* as written, white space folded */
  int choice;       /* -1 for ports */
  guint n_ranges;   /* 0 for a choice */
  PtlRange *ranges; /* in the order written */
} PtlValue;

typedef struct
{
  char *name, *title;
  PtlSettingType type;
  char **values; /* of a choice */
  PtlValue *initial;
  gboolean from_destination; /* read from a flow's own destination, not from the rule's */
} PtlSetting;

typedef struct
{
  char *name, *title;
  gboolean initial;
} PtlFeature;

/* A role's option: one of `values`, or a number from `min` to `max` when `values` is NULL.
 * Its value is an int: the index in `values`, or the number itself. */
typedef struct
{
  char *name, *title;
  char **values;
  int min, max, initial;
  int removed; /* the value that stands for a feature removed from the product, or -1 */
} PtlOption;

typedef struct
{
  char *name, *title;
  char *short_name; /* that new nodes are named after: "MP"; NULL: the title */
  char *also;       /* by what else people look for it: "WSUS"; or NULL */
  PtlRoleKind kind;
  guint n_options;
  PtlOption options[PTL_MAX_OPTIONS];
  guint not_at;         /* bits 1 << PtlSiteKind: a site of that kind cannot have it */
  gboolean site_server; /* the role that configures the site systems of its site */
  gboolean top_only;    /* only at a site without a parent */
  gboolean removed;     /* removed from the product */
} PtlRole;

typedef struct
{
  char *kind, *title;
} PtlLinkKind;

typedef struct
{
  char *id, *title, *publisher;
  char letter; /* that its lines are cited with */
} PtlDocument;

/* A contradiction between the documents or inside one. */
typedef struct
{
  char *id, *lines, *text;
} PtlConflict;

typedef enum
{
  PTL_SUBJECT_FROM,    /* an option of the rule's from-role */
  PTL_SUBJECT_TO,      /* an option of the rule's to-role */
  PTL_SUBJECT_SETTING, /* a setting of the node in the to column */
} PtlSubject;

/* `negated` or not, the subject's value is `value`. */
typedef struct
{
  PtlSubject subject;
  guint setting;      /* its index, for PTL_SUBJECT_SETTING */
  const char *option; /* its name, otherwise; interned */
  gboolean negated;
  const char *word; /* the value's word; interned */
  int number;       /* the value as a number, or -1 */
} PtlCondition;

typedef struct
{
  guint n;
  PtlCondition *items; /* all must hold */
} PtlConditions;

/* What the people who read a sheet must know of a rule or a service. */
typedef struct
{
  char *text;
  gboolean back_only; /* said of the way back of a two-way rule only */
} PtlNote;

typedef struct
{
  char *name;
  PtlProtocol protocol;
  int setting;    /* that the ports are read from, or -1 */
  PtlRange range; /* without a setting; 0-0 for ICMP */
  int feature;    /* that must be on, or -1 */
  char *when;     /* the conditions in the data file's words, or NULL */
  PtlConditions conditions;
  PtlLocation location; /* PTL_LOCATION_NONE: the rule's */
  char *lines, *notes;  /* "V73 G30", "2"; may be empty, never NULL */
  char *beyond;         /* its own source when no document lists it, or NULL */
  GArray *conflicts;    /* guint: indices, those of its rule included */
  GArray *remarks;      /* PtlNote */
} PtlService;

typedef struct
{
  guint role;
  PtlScope scope;
} PtlRuleFrom;

typedef struct
{
  guint document;
  guint line;
  char *section;
} PtlSource;

typedef struct
{
  char *id, *purpose;
  guint n_from;
  PtlRuleFrom *from;
  guint to;
  PtlLocation location;
  gboolean two_way;
  int link;    /* the kind, for PTL_SCOPE_LINK, or -1 */
  int feature; /* that must be on, or -1 */
  char *when;
  PtlConditions conditions;
  PtlPhase phase;
  guint n_sources;
  PtlSource *sources;
  guint n_services;
  PtlService *services;
  GArray *remarks; /* PtlNote */
} PtlRule;

typedef struct
{
  GArray *documents; /* PtlDocument */
  GArray *settings;  /* PtlSetting */
  GArray *features;  /* PtlFeature */
  GArray *roles;     /* PtlRole */
  GArray *links;     /* PtlLinkKind */
  GArray *conflicts; /* PtlConflict */
  GArray *rules;     /* PtlRule, in the order of the data file */
} PtlCatalogue;

PtlCatalogue *ptl_catalogue_new (void);
void ptl_catalogue_free (PtlCatalogue *catalogue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlCatalogue, ptl_catalogue_free)

#define ptl_catalogue_setting(c, i) (&g_array_index ((c)->settings, PtlSetting, (i)))
#define ptl_catalogue_feature(c, i) (&g_array_index ((c)->features, PtlFeature, (i)))
#define ptl_catalogue_role(c, i)    (&g_array_index ((c)->roles, PtlRole, (i)))
#define ptl_catalogue_rule(c, i)    (&g_array_index ((c)->rules, PtlRule, (i)))

int ptl_catalogue_find_document (const PtlCatalogue *catalogue, const char *id);
int ptl_catalogue_find_setting (const PtlCatalogue *catalogue, const char *name);
int ptl_catalogue_find_feature (const PtlCatalogue *catalogue, const char *name);
int ptl_catalogue_find_role (const PtlCatalogue *catalogue, const char *name);
int ptl_catalogue_find_link (const PtlCatalogue *catalogue, const char *kind);
int ptl_catalogue_find_conflict (const PtlCatalogue *catalogue, const char *id);
guint ptl_catalogue_document_of_line (const PtlCatalogue *catalogue, const char *line);
const PtlSource *ptl_catalogue_source_of_line (const PtlCatalogue *catalogue, const PtlRule *rule, const char *line);
GPtrArray *ptl_catalogue_names (const GArray *records);
/* Where a service applies: its own location, or its rule's. */
PtlLocation ptl_service_location (const PtlRule *rule, const PtlService *service);
int ptl_role_find_option (const PtlRole *role, const char *name);

gboolean ptl_number_parse (const char *text, guint min, guint max, guint *number);
/* "445", "49152-65535" */
gboolean ptl_range_parse (const char *text, PtlRange *range);
gboolean ptl_option_parse (const PtlOption *option, const char *text, int *value, GError **error);
char *ptl_option_text (const PtlOption *option, int value);

PtlValue *ptl_value_parse (const PtlSetting *setting, const char *text, GError **error);
PtlValue *ptl_value_copy (const PtlValue *value);
void ptl_value_free (PtlValue *value);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlValue, ptl_value_free)

#define PTL_ENGINE_ERROR (ptl_engine_error_quark ())
GQuark ptl_engine_error_quark (void);
typedef enum
{
  PTL_ENGINE_ERROR_VALUE, /* a text is not a value of its kind */
} PtlEngineError;
