#pragma once

#include <glib.h>

/* Hashes for keys that come from files. GLib's own let anybody choose keys that all fall together, which makes
 * every table of them slow; these start from a number that nobody outside knows. */

guint ptl_hash_text (gconstpointer text);    /* goes with g_str_equal () */
guint ptl_hash_name (gconstpointer name);    /* without regard to the case of ASCII letters */
guint ptl_hash_bytes (gconstpointer bytes);  /* of a GBytes, with g_bytes_equal () */
guint ptl_hash_int64 (gconstpointer number); /* with g_int64_equal () */
