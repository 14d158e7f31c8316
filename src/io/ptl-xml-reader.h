#pragma once

#include "plan/ptl-plan-check.h"
#include "ptl-plan-file.h"
#include "ptl-xml-door.h"

/* Reads XML by tables, private to io. A table says which elements and attributes there are, and a function an
 * attribute takes its value in; all that is not in the tables is a problem with its line. */

typedef struct _PtlXmlReader PtlXmlReader;

/* Takes a value into `field`, which lies in the element's record. `detail` comes from the table. */
typedef gboolean (*PtlXmlTake) (PtlXmlReader *reader, const char *value, gpointer field, gconstpointer detail,
                                GError **error);

typedef struct
{
  const char *name;
  gboolean required;
  PtlXmlTake take;
  gsize offset; /* of the field in the record */
  gconstpointer detail;
} PtlXmlAttribute;

typedef struct _PtlXmlElement PtlXmlElement;
struct _PtlXmlElement
{
  const char *name;
  const PtlXmlAttribute *attributes;    /* taken in this order; ended by one without a name */
  const PtlXmlElement *const *children; /* in the order in which they must stand; ended by NULL. NULL: none */
  gboolean has_text;
  gpointer (*begin) (PtlXmlReader *reader, gpointer parent); /* makes the record; somebody else owns it */
  /* An attribute that is not in the table; NULL: there is none. */
  gboolean (*other) (PtlXmlReader *reader, gpointer record, const char *name, const char *value, GError **error);
  /* `text` is NULL when the content was refused. May be NULL. */
  void (*end) (PtlXmlReader *reader, gpointer record, const char *text);
};

typedef struct
{
  const PtlXmlElement *element;
  gpointer record;
  guint line;
  guint child;       /* the place of the last child in `children` */
  gboolean had_text; /* where none can stand */
  gboolean broken;   /* its content was refused */
} PtlXmlOpen;

struct _PtlXmlReader
{
  const char *uri;           /* the namespace of all elements */
  const PtlXmlElement *root; /* its record is `data` */
  gpointer data;
  GPtrArray *problems; /* PtlFileProblem */
  guint line;          /* where the element at hand starts */
  gboolean stopped;    /* for good */
  gboolean has_comments;
  gboolean has_unknown; /* elements, with whatever stood in them */
  /*< private >*/
  PtlXmlOpen open[PTL_MAX_DEPTH];
  guint depth;
  guint skipped;   /* elements open inside one that is not known */
  guint n_skipped; /* elements skipped so far */
  GString *text;
};

GPtrArray *ptl_problems_new (void);
void ptl_problems_add (GPtrArray *problems, guint line, const char *message);

/* Whether the whole stream was read, problems or not. */
gboolean ptl_xml_reader_read (PtlXmlReader *reader, GInputStream *stream);
void ptl_xml_reader_clear (PtlXmlReader *reader);

/* Adds a problem of the element at hand; `attribute` may be NULL. */
void ptl_xml_problem (PtlXmlReader *reader, const char *attribute, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* The same of an element of another line. */
void ptl_xml_problem_at (PtlXmlReader *reader, guint line, const char *element, const char *attribute,
                         const char *format, ...) G_GNUC_PRINTF (5, 6);

/* Functions for tables */
gboolean ptl_xml_take_string (PtlXmlReader *reader, const char *value, gpointer field, gconstpointer detail,
                              GError **error); /* char *; any text */
gboolean ptl_xml_take_word (PtlXmlReader *reader, const char *value, gpointer field, gconstpointer detail,
                            GError **error); /* int or an enumeration; `detail`: the words, ended by NULL */
