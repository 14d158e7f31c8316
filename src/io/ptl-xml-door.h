#pragma once

#include <gio/gio.h>

/* The only way into the program for XML, private to io: a stream of bytes becomes elements and text. It
 * reads UTF-8 and nothing else, opens nothing but the stream, knows no entities but the five of XML and
 * refuses a DOCTYPE; time and memory are proportional to the input, whatever it is. */

typedef struct
{
  const char *name; /* with its prefix when it has one: our own have none */
  const char *value;
} PtlXmlPair;

typedef struct
{
  guint line;      /* where the tag starts */
  const char *uri; /* the namespace; "" for none */
  const char *name;
  guint n_attributes;
  const PtlXmlPair *attributes;
} PtlXmlTag;

/* What is read, piece by piece; FALSE ends the reading. */
typedef struct
{
  gboolean (*start) (gpointer data, const PtlXmlTag *tag);
  gboolean (*end) (gpointer data);
  /* May come in pieces; a CDATA section comes in its own. */
  gboolean (*text) (gpointer data, guint last_line, gboolean cdata, const char *text, gsize n);
  void (*comment) (gpointer data); /* or a processing instruction: nothing of it matters, but that it is there */
} PtlXmlEvents;

gboolean ptl_xml_door_read (GInputStream *stream, const PtlXmlEvents *events, gpointer data, guint *line,
                            GError **error);
