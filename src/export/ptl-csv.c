#include "ptl-csv.h"

#include <string.h>

static gboolean
must_be_quoted (const char *text)
{
  return text[strcspn (text, ",\"\r\n")] != '\0';
}

/**
 * ptl_csv_append:
 * @line: where to append
 * @text: the field's text
 *
 * Appends one field as it stands in a CSV line, quoted where it must be.
 */
void
ptl_csv_append (GString *line, const char *text)
{
  if (!must_be_quoted (text))
    {
      g_string_append (line, text);
      return;
    }
  g_string_append_c (line, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *text);
    }
  g_string_append_c (line, '"');
}

/**
 * ptl_csv_field:
 * @output: where to write
 * @text: the field's text
 *
 * Writes one field, quoted where it must be, and no comma.
 */
void
ptl_csv_field (PtlOutput *output, const char *text)
{
  g_autoptr (GString) field = NULL;

  if (!must_be_quoted (text))
    {
      ptl_output_text (output, text);
      return;
    }
  field = g_string_new (NULL);
  ptl_csv_append (field, text);
  ptl_output_write (output, field->str, field->len);
}

/**
 * ptl_csv_row:
 * @output: where to write
 * @fields: (array length=n): the texts of the fields
 * @n: how many
 *
 * Writes a whole row with its line end.
 */
void
ptl_csv_row (PtlOutput *output, const char *const *fields, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        ptl_output_char (output, ',');
      ptl_csv_field (output, fields[i]);
    }
  ptl_output_text (output, "\r\n");
}
