#include "ptl-xml-reader.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

#include "ptl-suggest.h"

#define MAX_MESSAGE 900 /* bytes: a hostile file must not get through in its error messages */

/* Elements of unknown names: libxml2 keeps them all, and there is an error to tell already. */
#define MAX_SKIPPED 1000

static void
free_problem (gpointer data)
{
  PtlFileProblem *problem = data;

  g_free (problem->message);
  g_free (problem);
}

/* The beginning and the end of a text that is too long, as the end says what to do. */
static char *
shorten (const char *text)
{
  gsize length = strlen (text);
  const char *head, *tail;

  if (length <= MAX_MESSAGE)
    return g_strdup (text);
  head = g_utf8_find_prev_char (text, text + MAX_MESSAGE / 2);
  tail = g_utf8_find_next_char (text + length - MAX_MESSAGE / 2, NULL);
  return g_strdup_printf ("%.*s…%s", (int) (head - text), text, tail);
}

static void
replace_controls (char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_iscntrl (*text))
      *text = ' ';
}

/* An empty array of PtlFileProblem; free it with g_ptr_array_unref (). */
GPtrArray *
ptl_problems_new (void)
{
  return g_ptr_array_new_with_free_func (free_problem);
}

/* Adds a problem, its message shortened and without control characters; `line` 0 is the whole file. */
void
ptl_problems_add (GPtrArray *problems, guint line, const char *message)
{
  PtlFileProblem *problem = g_new (PtlFileProblem, 1);
  g_autofree char *valid = g_utf8_make_valid (message, -1);

  problem->line = line;
  problem->message = shorten (valid);
  replace_controls (problem->message);
  g_ptr_array_add (problems, problem);
}

static void
add_problem_of (PtlXmlReader *reader, guint line, const char *element, const char *attribute, const char *message)
{
  g_autofree char *full = attribute != NULL
                              ? g_strdup_printf (_ ("element %s, attribute %s: %s"), element, attribute, message)
                              : g_strdup_printf (_ ("element %s: %s"), element, message);

  ptl_problems_add (reader->problems, line, full);
  reader->stopped |= reader->problems->len >= PTL_MAX_PROBLEMS;
}

void
ptl_xml_problem (PtlXmlReader *reader, const char *attribute, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  add_problem_of (reader, reader->line, reader->open[reader->depth - 1].element->name, attribute, message);
}

void
ptl_xml_problem_at (PtlXmlReader *reader, guint line, const char *element, const char *attribute, const char *format,
                    ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  add_problem_of (reader, line, element, attribute, message);
}

/* Attributes */

static const char *
find_value (const PtlXmlTag *tag, const char *name)
{
  for (guint i = 0; i < tag->n_attributes; i++)
    if (strcmp (tag->attributes[i].name, name) == 0)
      return tag->attributes[i].value;
  return NULL;
}

static void
take_known (PtlXmlReader *reader, const PtlXmlElement *element, gpointer record, const PtlXmlTag *tag)
{
  for (const PtlXmlAttribute *attribute = element->attributes; attribute->name != NULL; attribute++)
    {
      const char *value = find_value (tag, attribute->name);
      g_autoptr (GError) error = NULL;

      if (value == NULL && attribute->required)
        ptl_xml_problem (reader, attribute->name, _ ("it is missing: add it"));
      else if (value != NULL
               && !attribute->take (reader, value, (char *) record + attribute->offset, attribute->detail, &error))
        ptl_xml_problem (reader, attribute->name, "%s", error->message);
    }
}

static gboolean
is_known (const PtlXmlElement *element, const char *name)
{
  for (const PtlXmlAttribute *attribute = element->attributes; attribute->name != NULL; attribute++)
    if (strcmp (attribute->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* Says that an attribute is unknown, and what the element has. */
static void
refuse_attribute (PtlXmlReader *reader, const PtlXmlElement *element, const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *quoted = ptl_quote (name), *suggestion = NULL;

  for (const PtlXmlAttribute *attribute = element->attributes; attribute->name != NULL; attribute++)
    g_ptr_array_add (names, (char *) attribute->name);
  suggestion = ptl_suggest (name, names);
  ptl_xml_problem (reader, NULL, _ ("there is no attribute %s here%s"), quoted, suggestion);
}

static void
take_others (PtlXmlReader *reader, const PtlXmlElement *element, gpointer record, const PtlXmlTag *tag)
{
  for (guint i = 0; i < tag->n_attributes; i++)
    {
      const PtlXmlPair *pair = &tag->attributes[i];
      g_autoptr (GError) error = NULL;

      if (is_known (element, pair->name)
          || (element->other != NULL && element->other (reader, record, pair->name, pair->value, &error)))
        continue;
      if (error != NULL)
        ptl_xml_problem (reader, pair->name, "%s", error->message);
      else
        refuse_attribute (reader, element, pair->name);
    }
}

/* Elements */

/* The place of a child among those that its parent may have; -1 for none. */
static int
find_child (const PtlXmlReader *reader, const PtlXmlElement *parent, const PtlXmlTag *tag)
{
  if (parent->children != NULL && strcmp (tag->uri, reader->uri) == 0)
    for (int i = 0; parent->children[i] != NULL; i++)
      if (strcmp (parent->children[i]->name, tag->name) == 0)
        return i;
  return -1;
}

static void
open_element (PtlXmlReader *reader, const PtlXmlElement *element, gpointer parent, const PtlXmlTag *tag)
{
  gpointer record = element->begin != NULL ? element->begin (reader, parent) : reader->data;

  reader->open[reader->depth++] = (PtlXmlOpen){ .element = element, .record = record, .line = tag->line };
  g_string_truncate (reader->text, 0);
  take_known (reader, element, record, tag);
  if (tag->n_attributes > 0)
    take_others (reader, element, record, tag);
}

static void
open_root (PtlXmlReader *reader, const PtlXmlTag *tag)
{
  g_autofree char *name = ptl_quote (tag->name);
  g_autofree char *uri = ptl_quote (tag->uri);

  if (strcmp (tag->name, reader->root->name) == 0 && strcmp (tag->uri, reader->uri) == 0)
    {
      open_element (reader, reader->root, NULL, tag);
      return;
    }
  ptl_xml_problem_at (reader, tag->line, name, NULL,
                      _ ("a %s file starts with <%s xmlns=\"%s\">; this one is of the namespace %s"),
                      reader->root->name, reader->root->name, reader->uri, uri);
  reader->stopped = TRUE;
}

/* Says that an element is unknown, and what its parent has. */
static void
refuse_element (PtlXmlReader *reader, const PtlXmlElement *parent, const PtlXmlTag *tag)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *quoted = ptl_quote (tag->name), *suggestion = NULL;

  for (guint i = 0; parent->children != NULL && parent->children[i] != NULL; i++)
    g_ptr_array_add (names, (char *) parent->children[i]->name);
  suggestion = ptl_suggest (tag->name, names);
  reader->has_unknown = TRUE;
  ptl_xml_problem_at (reader, tag->line, parent->name, NULL, _ ("there is no element %s here%s"), quoted, suggestion);
}

static void
open_child (PtlXmlReader *reader, const PtlXmlTag *tag)
{
  const PtlXmlElement *parent = reader->open[reader->depth - 1].element;
  guint *last = &reader->open[reader->depth - 1].child;
  int child = find_child (reader, parent, tag);

  if (child < 0)
    {
      refuse_element (reader, parent, tag);
      reader->skipped = 1;
      reader->open[reader->depth - 1].broken = TRUE;
      return;
    }
  if ((guint) child < *last)
    ptl_xml_problem_at (reader, tag->line, tag->name, NULL, _ ("it stands behind %s: move it before the first %s"),
                        parent->children[*last]->name, parent->children[child + 1]->name);
  *last = MAX (*last, (guint) child);
  open_element (reader, parent->children[child], reader->open[reader->depth - 1].record, tag);
}

static gboolean
on_start (gpointer data, const PtlXmlTag *tag)
{
  PtlXmlReader *reader = data;

  reader->line = tag->line;
  if (reader->depth + reader->skipped == PTL_MAX_DEPTH)
    {
      g_autofree char *name = ptl_quote (tag->name);

      ptl_xml_problem_at (reader, tag->line, name, NULL,
                          _ ("elements are nested more than %d deep: take the inner ones out"), PTL_MAX_DEPTH);
      reader->stopped = TRUE;
    }
  else if (reader->skipped > 0)
    {
      reader->skipped++;
      reader->stopped = ++reader->n_skipped > MAX_SKIPPED;
    }
  else if (reader->depth == 0)
    open_root (reader, tag);
  else
    open_child (reader, tag);
  return !reader->stopped;
}

static gboolean
on_end (gpointer data)
{
  PtlXmlReader *reader = data;
  const PtlXmlOpen *open = &reader->open[reader->depth - 1];

  if (reader->skipped > 0)
    {
      reader->skipped--;
      return TRUE;
    }
  reader->line = open->line;
  if (open->element->end != NULL)
    open->element->end (reader, open->record, open->broken ? NULL : reader->text->str);
  reader->depth--;
  return !reader->stopped;
}

static gboolean
on_text (gpointer data, guint last_line, gboolean cdata, const char *text, gsize n)
{
  PtlXmlReader *reader = data;
  PtlXmlOpen *open = &reader->open[reader->depth - 1];
  const char *end = text + n;

  if (reader->skipped > 0 || open->had_text)
    return TRUE;
  if (open->element->has_text)
    {
      g_string_append_len (reader->text, text, (gssize) n);
      return TRUE;
    }
  while (text < end && strchr (PTL_WHITE_SPACE, *text) != NULL)
    text++;
  /* White space does no harm; that a CDATA section between elements does, we take over from libxml2's schemas. */
  if (text == end && !(cdata && open->element->children != NULL))
    return TRUE;
  while (text < end)
    last_line -= *text++ == '\n';
  open->had_text = TRUE;
  ptl_xml_problem_at (reader, last_line, open->element->name, NULL, _ ("text cannot stand here: take it out"));
  return !reader->stopped;
}

static void
on_comment (gpointer data)
{
  ((PtlXmlReader *) data)->has_comments = TRUE;
}

/**
 * ptl_xml_reader_read:
 * @reader: with its namespace, root element and data; all else zero
 *
 * Reads the stream and gathers problems, up to PTL_MAX_PROBLEMS of them.
 *
 * Returns: whether the stream was read to its end
 */
gboolean
ptl_xml_reader_read (PtlXmlReader *reader, GInputStream *stream)
{
  static const PtlXmlEvents events = { on_start, on_end, on_text, on_comment };
  g_autoptr (GError) error = NULL;
  guint line;

  reader->problems = ptl_problems_new ();
  reader->text = g_string_new (NULL);
  if (ptl_xml_door_read (stream, &events, reader, &line, &error))
    return TRUE;
  if (error == NULL)
    return FALSE;
  /* Where a tag is not closed, all that follows seems to stand in the wrong place. */
  if (g_error_matches (error, PTL_IO_ERROR, PTL_IO_ERROR_TAGS))
    g_ptr_array_set_size (reader->problems, 0);
  ptl_problems_add (reader->problems, line, error->message);
  return FALSE;
}

/* Frees what the reader holds, not the reader. */
void
ptl_xml_reader_clear (PtlXmlReader *reader)
{
  g_clear_pointer (&reader->problems, g_ptr_array_unref);
  if (reader->text != NULL)
    g_string_free (g_steal_pointer (&reader->text), TRUE);
}

gboolean
ptl_xml_take_string (PtlXmlReader *reader, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  g_free (*(char **) field);
  *(char **) field = g_strdup (value);
  return TRUE;
}

/* The words that can be written, joined by commas; the one that stands for nothing is not. */
static char *
join_words (const char *const *words)
{
  return g_strjoinv (", ", (char **) (words[0] != NULL && *words[0] == '\0' ? words + 1 : words));
}

gboolean
ptl_xml_take_word (PtlXmlReader *reader, const char *value, gpointer field, gconstpointer detail, GError **error)
{
  g_autofree char *quoted = NULL, *words = NULL;
  int index = ptl_name_index (detail, value);

  if (index >= 0 && *value != '\0')
    {
      *(int *) field = index;
      return TRUE;
    }
  quoted = ptl_quote (value);
  words = join_words (detail);
  g_set_error (error, PTL_IO_ERROR, PTL_IO_ERROR_READ, _ ("%s cannot stand here: write one of %s"), quoted, words);
  return FALSE;
}
