#include "ptl-hash.h"

#include <string.h>

static guint64
seed (void)
{
  static guint64 number;

  if (g_once_init_enter (&number))
    g_once_init_leave (&number, (guint64) g_random_int () << 32 | g_random_int () | 1);
  return number;
}

static guint64
mix (guint64 hash, guint64 data)
{
  hash = (hash ^ data) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return hash ^ hash >> 29;
}

static guint
fold (guint64 hash)
{
  return (guint) (hash >> 32 ^ hash);
}

guint
ptl_hash_text (gconstpointer text)
{
  guint64 hash = seed ();

  for (const char *byte = text; *byte != '\0'; byte++)
    hash = mix (hash, (guchar) *byte);
  return fold (hash);
}

guint
ptl_hash_name (gconstpointer name)
{
  guint64 hash = seed ();

  for (const char *byte = name; *byte != '\0'; byte++)
    hash = mix (hash, (guchar) g_ascii_tolower (*byte));
  return fold (hash);
}

guint
ptl_hash_bytes (gconstpointer bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data ((GBytes *) bytes, &size);
  guint64 hash = mix (seed (), size), word;

  for (; size >= sizeof word; size -= sizeof word, data += sizeof word)
    {
      memcpy (&word, data, sizeof word);
      hash = mix (hash, word);
    }
  for (; size > 0; size--)
    hash = mix (hash, *data++);
  return fold (hash);
}

guint
ptl_hash_int64 (gconstpointer number)
{
  return fold (mix (seed (), *(const guint64 *) number));
}
