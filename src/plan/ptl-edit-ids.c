#include "ptl-edit-ids.h"

#include <string.h>

#include "engine/ptl-hash.h"
#include "ptl-plan-check.h"
#include "ptl-records.h"

#define MAX_DIGITS   6                 /* more at the end of a name are no number of ours */
#define MAX_PREFIX   (63 - MAX_DIGITS) /* an id has at most 63 characters */
#define FIRST_NUMBER 2                 /* of what stands there once without a number */

struct _PtlIds
{
  GHashTable *taken;   /* ids and names of zones, firewalls and nodes: they go by either */
  GStringChunk *texts; /* the new ones */
  GHashTable *next;    /* prefix of an id -> the number to try next: thousands of copies stay fast */
};

/* A text as a prefix and a number of some width. */
typedef struct
{
  char *prefix;
  int width;
  guint number;
} Numbered;

static gboolean
equal_names (gconstpointer a, gconstpointer b)
{
  return g_ascii_strcasecmp (a, b) == 0;
}

/**
 * ptl_ids_new:
 * @plan: must not change while the ids are used
 */
PtlIds *
ptl_ids_new (const PtlPlan *plan)
{
  PtlIds *ids = g_new (PtlIds, 1);

  ids->taken = g_hash_table_new (ptl_hash_name, equal_names);
  ids->texts = g_string_chunk_new (1024);
  ids->next = g_hash_table_new_full (ptl_hash_name, equal_names, g_free, NULL);
  for (PtlRecordKind kind = PTL_RECORD_ZONE; kind <= PTL_RECORD_NODE; kind++)
    for (guint i = 0; i < ptl_records (plan, kind)->len; i++)
      {
        gconstpointer record = ptl_record (plan, kind, i);

        g_hash_table_add (ids->taken, (gpointer) ptl_record_id (kind, record));
        g_hash_table_add (ids->taken, (gpointer) ptl_record_name (kind, record));
      }
  return ids;
}

void
ptl_ids_free (PtlIds *ids)
{
  if (ids == NULL)
    return;
  g_hash_table_unref (ids->taken);
  g_hash_table_unref (ids->next);
  g_string_chunk_free (ids->texts);
  g_free (ids);
}

/* Splits "MP02" and "Intranet 2"; a text without a number gets one after `separator`. */
static Numbered
split (const char *text, const char *separator)
{
  gsize length = strlen (text), digits = 0;

  while (digits < length && g_ascii_isdigit (text[length - 1 - digits]))
    digits++;
  if (digits == 0 || digits == length || digits > MAX_DIGITS)
    return (Numbered){ g_strconcat (text, separator, NULL), 1, FIRST_NUMBER - 1 };
  return (Numbered){ g_strndup (text, length - digits), (int) digits,
                     (guint) g_ascii_strtoull (text + length - digits, NULL, 10) };
}

static void
limit_prefix (Numbered *text, glong max)
{
  if (g_utf8_strlen (text->prefix, -1) > max)
    *g_utf8_offset_to_pointer (text->prefix, max) = '\0';
}

static void
take (PtlIds *ids, const char *id, const char *name)
{
  g_hash_table_add (ids->taken, g_string_chunk_insert (ids->texts, id));
  g_hash_table_add (ids->taken, g_string_chunk_insert (ids->texts, name));
}

static gboolean
is_free (const PtlIds *ids, const char *id, const char *name)
{
  return !g_hash_table_contains (ids->taken, id) && !g_hash_table_contains (ids->taken, name);
}

/* The first free number after that of the id. */
static void
count_up (PtlIds *ids, const char *id, const char *name, char **new_id, char **new_name)
{
  Numbered one = split (id, "-"), other = split (name, " ");
  guint number;

  limit_prefix (&one, MAX_PREFIX);
  limit_prefix (&other, PTL_MAX_NAME - MAX_DIGITS);
  number = MAX (one.number + 1, GPOINTER_TO_UINT (g_hash_table_lookup (ids->next, one.prefix)));
  for (;; number++)
    {
      g_autofree char *next_id = g_strdup_printf ("%s%0*u", one.prefix, one.width, number);
      g_autofree char *next_name = g_strdup_printf ("%s%0*u", other.prefix, other.width, number);

      if (!is_free (ids, next_id, next_name))
        continue;
      take (ids, next_id, next_name);
      *new_id = g_steal_pointer (&next_id);
      *new_name = g_steal_pointer (&next_name);
      break;
    }
  g_hash_table_insert (ids->next, one.prefix, GUINT_TO_POINTER (number + 1));
  g_free (other.prefix);
}

/**
 * ptl_ids_number:
 * @id: "mp00" or "internet"
 * @name: "MP00" or "Internet"
 * @new_id: (out): for a new thing: mp01, internet, internet-2
 * @new_name: (out): MP01, Internet, Internet 2
 */
void
ptl_ids_number (PtlIds *ids, const char *id, const char *name, char **new_id, char **new_name)
{
  gboolean plain = !g_ascii_isdigit (id[strlen (id) - 1]);

  if (!plain || strlen (id) > MAX_PREFIX || !is_free (ids, id, name))
    {
      count_up (ids, id, name, new_id, new_name);
      return;
    }
  take (ids, id, name);
  *new_id = g_strdup (id);
  *new_name = g_strdup (name);
}

/**
 * ptl_ids_copy:
 *
 * For a copy of a thing: its own id and name where the plan does not have the id, else the next free ones.
 */
void
ptl_ids_copy (PtlIds *ids, const char *id, const char *name, char **new_id, char **new_name)
{
  if (g_hash_table_contains (ids->taken, id))
    {
      count_up (ids, id, name, new_id, new_name);
      return;
    }
  take (ids, id, name);
  *new_id = g_strdup (id);
  *new_name = g_strdup (name);
}
