#include "ptl-xml-writer.h"

#include <string.h>

#define MAX_DEPTH 16 /* of any file of ours, with room */

struct _PtlXmlWriter
{
  PtlOutput *output;
  const char *names[MAX_DEPTH]; /* of the open elements */
  guint depth;
  gboolean in_tag;  /* the start tag is not closed yet */
  gboolean on_line; /* the element's text stands on the line of its start tag */
};

/**
 * ptl_xml_writer_new:
 * @output: stays the caller's and must outlive the writer
 *
 * Writes the XML declaration.
 *
 * Returns: (transfer full): a writer; free it with ptl_xml_writer_free ()
 */
PtlXmlWriter *
ptl_xml_writer_new (PtlOutput *output)
{
  PtlXmlWriter *writer = g_new0 (PtlXmlWriter, 1);

  writer->output = output;
  ptl_output_text (output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  return writer;
}

void
ptl_xml_writer_free (PtlXmlWriter *writer)
{
  g_free (writer);
}

/* What stands for an ASCII character that cannot stand for itself, or NULL. Attributes would lose tabs and line
 * ends, text a carriage return, if they were not written as references. */
static const char *
escape (guchar byte, gboolean attribute)
{
  switch (byte)
    {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return attribute ? "&quot;" : NULL;
    case '\t':
      return attribute ? "&#9;" : NULL;
    case '\n':
      return attribute ? "&#10;" : NULL;
    case '\r':
      return "&#13;";
    default:
      return byte < 0x20 ? "\357\277\275" : NULL;
    }
}

/* The length of the UTF-8 sequence at `text` when it is a character of XML, or 0. */
static gsize
valid_length (const char *text)
{
  gunichar c = g_utf8_get_char_validated (text, -1);

  if (c == (gunichar) -1 || c == (gunichar) -2 || c == 0xfffe || c == 0xffff)
    return 0;
  return (gsize) (g_utf8_next_char (text) - text);
}

static void
write_escaped (PtlOutput *output, const char *text, gboolean attribute)
{
  const char *run = text; /* of what stands for itself */

  while (*text != '\0')
    {
      guchar byte = (guchar) *text;
      const char *instead = byte < 0x80 ? escape (byte, attribute) : NULL;
      gsize length = byte < 0x80 ? 1 : valid_length (text);

      if (length == 0)
        {
          instead = "\357\277\275";
          length = 1;
        }
      if (instead != NULL)
        {
          ptl_output_write (output, run, (gsize) (text - run));
          ptl_output_text (output, instead);
          run = text + length;
        }
      text += length;
    }
  ptl_output_write (output, run, (gsize) (text - run));
}

static void
close_tag (PtlXmlWriter *writer, const char *end)
{
  if (writer->in_tag)
    ptl_output_text (writer->output, end);
  writer->in_tag = FALSE;
}

static void
indent (PtlXmlWriter *writer)
{
  for (guint i = 0; i < writer->depth; i++)
    ptl_output_text (writer->output, "  ");
}

void
ptl_xml_start (PtlXmlWriter *writer, const char *name)
{
  g_assert (writer->depth < MAX_DEPTH);
  close_tag (writer, ">\n");
  indent (writer);
  ptl_output_char (writer->output, '<');
  ptl_output_text (writer->output, name);
  writer->names[writer->depth++] = name;
  writer->in_tag = TRUE;
}

void
ptl_xml_attribute (PtlXmlWriter *writer, const char *name, const char *value)
{
  ptl_output_char (writer->output, ' ');
  ptl_output_text (writer->output, name);
  ptl_output_text (writer->output, "=\"");
  write_escaped (writer->output, value, TRUE);
  ptl_output_char (writer->output, '"');
}

void
ptl_xml_text (PtlXmlWriter *writer, const char *text)
{
  close_tag (writer, ">");
  write_escaped (writer->output, text, FALSE);
  writer->on_line = TRUE;
}

void
ptl_xml_end (PtlXmlWriter *writer)
{
  const char *name = writer->names[--writer->depth];

  if (writer->in_tag)
    close_tag (writer, "/>\n");
  else
    {
      if (!writer->on_line)
        indent (writer);
      ptl_output_text (writer->output, "</");
      ptl_output_text (writer->output, name);
      ptl_output_text (writer->output, ">\n");
    }
  writer->on_line = FALSE;
}
