#include "ptl-suggest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_WORD 64 /* bytes: longer ones are nobody's slip */

/* How many letters must be put in, left out or exchanged to make one word of the other. */
static guint
distance (const char *one, const char *other)
{
  guint row[MAX_WORD + 1];
  gsize n = strlen (other);

  for (guint j = 0; j <= n; j++)
    row[j] = j;
  for (guint i = 0; one[i] != '\0'; i++)
    {
      guint corner = row[0];

      row[0] = i + 1;
      for (guint j = 0; j < n; j++)
        {
          guint exchanged = corner + (g_ascii_tolower (one[i]) != g_ascii_tolower (other[j]));

          corner = row[j + 1];
          row[j + 1] = MIN (exchanged, MIN (row[j], row[j + 1]) + 1);
        }
    }
  return row[n];
}

static const char *
find_nearest (const char *word, const GPtrArray *names)
{
  guint best = 1 + (guint) strlen (word) / 3; /* from that on it is another word */
  const char *nearest = NULL;

  for (guint i = 0; i < names->len && strlen (word) <= MAX_WORD; i++)
    {
      const char *name = names->pdata[i];

      if (strlen (name) <= MAX_WORD && distance (word, name) < best)
        {
          best = distance (word, name);
          nearest = name;
        }
    }
  return nearest;
}

char *
ptl_suggest (const char *word, const GPtrArray *names)
{
  const char *nearest = find_nearest (word, names);
  g_autoptr (GString) text = g_string_new (NULL);

  if (nearest != NULL)
    return g_strdup_printf (_ (": did you mean “%s”?"), nearest);
  if (names->len == 0)
    return g_strdup (_ (": take it out"));
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : ", ", (const char *) names->pdata[i]);
  return g_strdup_printf (_ (": there are %s"), text->str);
}
