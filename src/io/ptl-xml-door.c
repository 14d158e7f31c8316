#include "ptl-xml-door.h"

#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <string.h>

#include "plan/ptl-plan-check.h"
#include "ptl-output.h"

#define CHUNK          (1 << 16)
#define MAX_ATTRIBUTES 64    /* of an element: libxml2 compares each with all others */
#define MAX_FOREIGN    10000 /* in a file: libxml2 keeps names in a table that does not grow enough for more */

#define NO_DOCTYPE N_ ("a DOCTYPE is not allowed: take the line with <!DOCTYPE out of the file")

/* Where the next byte stands, as far as the guard must know. */
typedef enum
{
  IN_TEXT,
  AFTER_LESS, /* behind "<" */
  AFTER_BANG, /* behind "<!" */
  IN_TAG,
  IN_VALUE,
  IN_OTHER, /* in a comment, a CDATA section or a processing instruction */
} Place;

/* Follows the markup just closely enough to count attributes and to see a DOCTYPE, before libxml2 gets
 * the bytes. When the two could disagree, libxml2 has already found an error, which ends the reading. */
typedef struct
{
  Place place;
  char quote;         /* that ends the value */
  guint n_attributes; /* of the tag, as values in quotes */
  guint skip;         /* bytes that cannot belong to the end of IN_OTHER */
  guint32 end, mask;  /* of IN_OTHER: its last bytes as a number, and how many of them count */
  guint32 last_bytes;
} Guard;

typedef struct
{
  GInputStream *stream;
  const PtlXmlEvents *events;
  gpointer data;
  xmlParserCtxtPtr parser;
  Guard guard;
  char chunk[CHUNK];
  gsize next, n;      /* in the chunk */
  gsize total;        /* bytes read */
  guint lines;        /* line ends handed on */
  GError *refusal;    /* why the bytes end here */
  guint refusal_line; /* 0: of the whole file */
  gboolean done;      /* no more events */
  guint line;
  GError *error;
  guint n_foreign; /* namespaces declared and processing instructions: names that nobody else bounds */
  GString *values;
} Door;

/* The guard */

static void
enter_other (Guard *guard, guint skip, guint32 end, guint32 mask)
{
  guard->place = IN_OTHER;
  guard->skip = skip;
  guard->end = end;
  guard->mask = mask;
  guard->last_bytes = 0;
}

static void
pass_less (Guard *guard, char byte)
{
  guard->n_attributes = 0;
  if (byte == '?')
    enter_other (guard, 0, '?' << 8 | '>', 0xffff);
  else
    guard->place = byte == '!' ? AFTER_BANG : IN_TAG;
}

/* Only a comment or a CDATA section may follow: the rest of "<!--" or "<![CDATA[" is skipped. */
static const char *
pass_bang (Guard *guard, char byte)
{
  if (byte == '-')
    enter_other (guard, 1, '-' << 16 | '-' << 8 | '>', 0xffffff);
  else if (byte == '[')
    enter_other (guard, 6, ']' << 16 | ']' << 8 | '>', 0xffffff);
  else
    return _ (NO_DOCTYPE);
  return NULL;
}

static const char *
pass_tag (Guard *guard, char byte)
{
  if (byte == '>')
    guard->place = IN_TEXT;
  if (byte != '"' && byte != '\'')
    return NULL;
  guard->place = IN_VALUE;
  guard->quote = byte;
  return ++guard->n_attributes <= MAX_ATTRIBUTES ? NULL : _ ("an element has more than 64 attributes: take some out");
}

static void
pass_other (Guard *guard, char byte)
{
  if (guard->skip > 0)
    {
      guard->skip--;
      return;
    }
  guard->last_bytes = guard->last_bytes << 8 | (guchar) byte;
  if ((guard->last_bytes & guard->mask) == guard->end)
    guard->place = IN_TEXT;
}

/* One byte; returns why it is refused, or NULL. */
static const char *
pass_byte (Guard *guard, char byte)
{
  switch (guard->place)
    {
    case AFTER_LESS:
      pass_less (guard, byte);
      return NULL;
    case AFTER_BANG:
      return pass_bang (guard, byte);
    case IN_TAG:
      return pass_tag (guard, byte);
    case IN_OTHER:
      pass_other (guard, byte);
      return NULL;
    case IN_TEXT:
    case IN_VALUE:
    default:
      g_assert_not_reached ();
    }
}

/* How many of the bytes are good; `why` says what is wrong with the next one, if any. */
static gsize
guard_bytes (Guard *guard, const char *bytes, gsize n, const char **why)
{
  const char *end = bytes + n, *place = bytes;

  while (place < end)
    if (guard->place == IN_TEXT || guard->place == IN_VALUE)
      {
        place = memchr (place, guard->place == IN_TEXT ? '<' : guard->quote, (gsize) (end - place));
        if (place == NULL)
          return n;
        guard->place = guard->place == IN_TEXT ? AFTER_LESS : IN_TAG;
        place++;
      }
    else if ((*why = pass_byte (guard, *place)) != NULL)
      return (gsize) (place - bytes);
    else
      place++;
  return n;
}

/* Bytes in */

static void
refuse (Door *door, const char *why, guint line)
{
  g_clear_error (&door->refusal);
  door->refusal = g_error_new_literal (PTL_IO_ERROR, PTL_IO_ERROR_READ, why);
  door->refusal_line = line;
}

static guint
count_lines (const char *bytes, gsize n)
{
  guint lines = 0;

  for (gsize i = 0; i < n; i++)
    lines += bytes[i] == '\n';
  return lines;
}

/* Cuts the chunk off before the first byte that the parser must not see. */
static void
check_chunk (Door *door)
{
  const char *zero = memchr (door->chunk, '\0', door->n);
  const char *why = NULL;
  gsize good;

  if (zero != NULL)
    door->n = (gsize) (zero - door->chunk);
  good = guard_bytes (&door->guard, door->chunk, door->n, &why);
  door->lines += count_lines (door->chunk, good);
  door->n = good;
  if (zero != NULL && why == NULL)
    why = _ ("the file is not UTF-8 text: save it as UTF-8");
  if (why != NULL)
    refuse (door, why, door->lines + 1);
}

/* The next chunk of the stream; FALSE at its end or where it is refused. */
static gboolean
fill (Door *door)
{
  g_autoptr (GError) error = NULL;
  gssize n;

  if (door->refusal != NULL)
    return FALSE;
  n = g_input_stream_read (door->stream, door->chunk, CHUNK, NULL, &error);
  if (n < 0)
    refuse (door, error->message, 0);
  if (n <= 0)
    return FALSE;
  door->total += (gsize) n;
  if (door->total > PTL_MAX_FILE_SIZE)
    {
      refuse (door, _ ("the file is larger than 256 MiB: split the plan"), 0);
      return FALSE;
    }
  door->next = 0;
  door->n = (gsize) n;
  check_chunk (door);
  return door->n > 0;
}

static int
on_read (void *data, char *buffer, int size)
{
  Door *door = data;
  gsize n;

  if (door->done || (door->next == door->n && !fill (door)))
    return 0;
  n = MIN ((gsize) size, door->n - door->next);
  memcpy (buffer, door->chunk + door->next, n);
  door->next += n;
  return (int) n;
}

/* Events out. The parser is never stopped from inside, which it does not bear everywhere: it gets no
 * more bytes, and what it still says is not heard. */

static void
fail (Door *door, guint line, GError *error)
{
  if (!door->done)
    {
      door->error = error;
      door->line = line;
    }
  else
    g_error_free (error);
  door->done = TRUE;
}

static void
on_start_document (void *data)
{
  Door *door = data;
  const xmlParserInput *input = door->parser->input;
  const xmlChar *encoding = door->parser->encoding != NULL ? door->parser->encoding : input->encoding;

  if (input->buf->encoder != NULL
      || (encoding != NULL && g_ascii_strcasecmp ((const char *) encoding, "UTF-8") != 0
          && g_ascii_strcasecmp ((const char *) encoding, "UTF8") != 0))
    fail (door, 1,
          g_error_new (PTL_IO_ERROR, PTL_IO_ERROR_READ, _ ("the file's encoding is not UTF-8: save it as UTF-8")));
}

/* A DOCTYPE is refused by the guard; should one get here, then here. */
static void
on_doctype (void *data, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
  Door *door = data;

  fail (door, (guint) door->parser->input->line, g_error_new (PTL_IO_ERROR, PTL_IO_ERROR_READ, _ (NO_DOCTYPE)));
}

static void
count_foreign (Door *door, guint n)
{
  door->n_foreign += n;
  if (door->n_foreign > MAX_FOREIGN)
    fail (
        door, (guint) door->parser->input->line,
        g_error_new (PTL_IO_ERROR, PTL_IO_ERROR_READ,
                     _ ("the file has more than %d namespace declarations and processing instructions: take some out"),
                     MAX_FOREIGN));
}

/* The parser is at the end of the start tag: back to its "<", which no attribute value can hold. */
static guint
start_line (const xmlParserInput *input)
{
  const xmlChar *place = memrchr (input->base, '<', (gsize) (input->cur - input->base));
  guint line = (guint) input->line;

  while (place != NULL && (place = memchr (place + 1, '\n', (gsize) (input->cur - place - 1))) != NULL)
    line--;
  return line;
}

/* Without entities to replace, libxml2 hands on an ampersand in an attribute value as "&#38;". */
static char *
copy_value (char *to, const char *from, const char *end)
{
  static const char ampersand[] = "&#38;";
  const gsize length = sizeof ampersand - 1;

  while (from < end)
    {
      *to++ = *from;
      from += *from == '&' && (gsize) (end - from) >= length && memcmp (from, ampersand, length) == 0 ? length : 1;
    }
  *to++ = '\0';
  return to;
}

/* libxml2's five pointers an attribute as names and values that end with a NUL. */
static void
copy_attributes (Door *door, const xmlChar **attributes, guint n, PtlXmlPair *pairs)
{
  gsize size = 0;
  char *to;

  for (guint i = 0; i < n; i++)
    size += (gsize) (attributes[5 * i + 4] - attributes[5 * i + 3]) + 1
            + (attributes[5 * i + 1] != NULL
                   ? strlen ((const char *) attributes[5 * i]) + strlen ((const char *) attributes[5 * i + 1]) + 2
                   : 0);
  g_string_set_size (door->values, size);
  to = door->values->str;
  for (guint i = 0; i < n; i++, attributes += 5)
    {
      pairs[i].name = (const char *) attributes[0];
      if (attributes[1] != NULL)
        {
          pairs[i].name = to;
          to = g_stpcpy (g_stpcpy (g_stpcpy (to, (const char *) attributes[1]), ":"), (const char *) attributes[0]) + 1;
        }
      pairs[i].value = to;
      to = copy_value (to, (const char *) attributes[3], (const char *) attributes[4]);
    }
}

static void
on_start (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_namespaces,
          const xmlChar **namespaces, int n_attributes, int n_defaulted, const xmlChar **attributes)
{
  Door *door = data;
  PtlXmlPair pairs[MAX_ATTRIBUTES];
  PtlXmlTag tag = {
    .line = start_line (door->parser->input),
    .uri = uri != NULL ? (const char *) uri : "",
    .name = (const char *) name,
    .n_attributes = (guint) n_attributes,
    .attributes = pairs,
  };

  count_foreign (door, (guint) n_namespaces);
  if (door->done)
    return;
  g_assert (n_attributes <= MAX_ATTRIBUTES);
  copy_attributes (door, attributes, tag.n_attributes, pairs);
  door->done = !door->events->start (door->data, &tag);
}

static void
on_end (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  Door *door = data;

  if (!door->done)
    door->done = !door->events->end (door->data);
}

static void
pass_text (Door *door, gboolean cdata, const xmlChar *text, int n)
{
  if (!door->done)
    door->done
        = !door->events->text (door->data, (guint) door->parser->input->line, cdata, (const char *) text, (gsize) n);
}

static void
on_text (void *data, const xmlChar *text, int n)
{
  pass_text (data, FALSE, text, n);
}

static void
on_cdata (void *data, const xmlChar *text, int n)
{
  pass_text (data, TRUE, text, n);
}

static void
on_comment (void *data, const xmlChar *text)
{
  Door *door = data;

  if (!door->done)
    door->events->comment (door->data);
}

static void
on_instruction (void *data, const xmlChar *target, const xmlChar *text)
{
  count_foreign (data, 1);
  on_comment (data, text);
}

/* The slips of people who write by hand, in their words. */
static const struct
{
  int code;
  gboolean tags;
  const char *text;
} hints[] = {
  { XML_ERR_ATTRIBUTE_NOT_STARTED, FALSE, N_ ("an attribute's value stands in quotation marks") },
  { XML_ERR_ATTRIBUTE_NOT_FINISHED, FALSE, N_ ("a quotation mark is missing in this line or before it") },
  { XML_ERR_ATTRIBUTE_WITHOUT_VALUE, FALSE, N_ ("an attribute needs a value, as in name=\"value\"") },
  { XML_ERR_ATTRIBUTE_REDEFINED, FALSE, N_ ("an attribute stands twice in one element: keep one") },
  { XML_ERR_LT_IN_ATTRIBUTE, FALSE, N_ ("write &lt; for <, or a quotation mark is missing in this line or before it") },
  { XML_ERR_NAME_REQUIRED, FALSE, N_ ("write &amp; for & and &lt; for <") },
  { XML_ERR_ENTITYREF_SEMICOL_MISSING, FALSE, N_ ("write &amp; for &") },
  { XML_ERR_UNDECLARED_ENTITY, FALSE, N_ ("write &amp; for &") },
  { XML_ERR_SPACE_REQUIRED, FALSE, N_ ("a space or a quotation mark is missing in this line or before it") },
  { XML_ERR_GT_REQUIRED, FALSE, N_ ("a tag is not closed by >") },
  { XML_ERR_TAG_NAME_MISMATCH, TRUE, N_ ("an element is not closed where another one ends") },
  { XML_ERR_TAG_NOT_FINISHED, TRUE, N_ ("the file ends before its elements are closed") },
};

static GError *
error_of (const xmlError *error)
{
  const char *message = error->message != NULL ? error->message : _ ("unknown error");

  if (error->code == XML_ERR_UNSUPPORTED_ENCODING || error->code == XML_ERR_INVALID_ENCODING
      || error->code == XML_I18N_CONV_FAILED || g_str_has_prefix (message, "Input is not proper UTF-8"))
    return g_error_new (PTL_IO_ERROR, PTL_IO_ERROR_READ, _ ("the file is not UTF-8 text: save it as UTF-8"));
  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    if (hints[i].code == error->code)
      return g_error_new (PTL_IO_ERROR, hints[i].tags ? PTL_IO_ERROR_TAGS : PTL_IO_ERROR_READ,
                          _ ("the file is not well-formed XML: %s (%.*s)"), _ (hints[i].text),
                          (int) strcspn (message, "\n"), message);
  return g_error_new (PTL_IO_ERROR, PTL_IO_ERROR_READ, _ ("the file is not well-formed XML: %.*s"),
                      (int) strcspn (message, "\n"), message);
}

/* The first error counts. Where the bytes were cut off, the reason is the one for that. */
static void
on_error (void *data, xmlErrorPtr error)
{
  Door *door = data;

  if (error->level < XML_ERR_ERROR || error->code == XML_WAR_NS_URI)
    return;
  if (door->refusal != NULL && (guint) error->line >= door->refusal_line)
    fail (door, door->refusal_line, g_error_copy (door->refusal));
  else if (door->total == 0)
    fail (door, 1, g_error_new (PTL_IO_ERROR, PTL_IO_ERROR_READ, _ ("the file is empty")));
  else
    fail (door, (guint) error->line, error_of (error));
}

static xmlSAXHandler sax = {
  .initialized = XML_SAX2_MAGIC,
  .internalSubset = on_doctype,
  .startDocument = on_start_document,
  .startElementNs = on_start,
  .endElementNs = on_end,
  .characters = on_text,
  .ignorableWhitespace = on_text,
  .cdataBlock = on_cdata,
  .comment = on_comment,
  .processingInstruction = on_instruction,
  .serror = on_error,
};

/**
 * ptl_xml_door_read:
 * @events: called as the stream is read
 * @line: (out): of the error; 0 when it is about the whole file
 *
 * Returns: whether the stream was read to its end. If not, @error says why, or is not set when one of
 * @events ended the reading.
 */
gboolean
ptl_xml_door_read (GInputStream *stream, const PtlXmlEvents *events, gpointer data, guint *line, GError **error)
{
  g_autofree Door *door = g_new0 (Door, 1);

  door->stream = stream;
  door->events = events;
  door->data = data;
  door->values = g_string_new (NULL);
  door->parser = xmlCreateIOParserCtxt (&sax, door, on_read, NULL, door, XML_CHAR_ENCODING_NONE);
  xmlCtxtUseOptions (door->parser, XML_PARSE_NONET);
  xmlParseDocument (door->parser);
  if (!door->done && door->refusal != NULL)
    fail (door, door->refusal_line, g_error_copy (door->refusal));
  xmlFreeParserCtxt (door->parser);
  g_string_free (door->values, TRUE);
  g_clear_error (&door->refusal);
  *line = door->line;
  if (door->error != NULL)
    g_propagate_error (error, door->error);
  return !door->done;
}
