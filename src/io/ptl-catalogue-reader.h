#pragma once

#include "engine/ptl-catalogue.h"
#include "ptl-xml-reader.h"

/* What the two halves of the catalogue's reader share, private to io: ptl-catalogue-file.c reads what there
 * is (documents, settings, features, roles, links, conflicts), ptl-catalogue-rules.c what follows from it. */

/* Values that are read when their element ends, as they depend on others of it. */
typedef struct
{
  char *initial, *values, *min, *max, *removed;
  char *port;
} PtlCataloguePending;

typedef struct
{
  PtlXmlReader xml; /* first: the functions of the tables get its address */
  PtlCatalogue *catalogue;
  PtlCataloguePending pending;
  PtlScope scope;         /* of the roles at hand that start a rule */
  GArray *rule_conflicts; /* guint: of the rule at hand */
} PtlCatalogueReader;

extern const PtlXmlElement ptl_catalogue_rule_element;

/* Frees and forgets the pending values. */
void ptl_catalogue_clear_pending (PtlCatalogueReader *reader);
/* The words of a text; free with g_strfreev (). */
char **ptl_catalogue_split (const char *text);
/* Sets `error` to `why` with the value behind it; returns FALSE. */
gboolean ptl_catalogue_refuse (GError **error, const char *why, const char *value);

/* Functions for tables */
gboolean ptl_catalogue_take_name (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail,
                                  GError **error); /* char *: lower-case letters, digits, dashes */
gboolean ptl_catalogue_take_text (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail,
                                  GError **error); /* char *: text for people, not empty */
gboolean ptl_catalogue_take_flag (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail,
                                  GError **error); /* gboolean; `detail`: the only word there is */
gboolean ptl_catalogue_take_lines (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail,
                                   GError **error); /* char *: lines of known documents */
gboolean ptl_catalogue_take_pending (PtlXmlReader *xml, const char *value, gpointer field, gconstpointer detail,
                                     GError **error); /* `detail`: the offset of a text in the pending ones */

#define PTL_PENDING(field) GSIZE_TO_POINTER (G_STRUCT_OFFSET (PtlCataloguePending, field))
#define PTL_XML_END                                                                                                    \
  {                                                                                                                    \
    NULL, FALSE, NULL, 0, NULL                                                                                         \
  }
