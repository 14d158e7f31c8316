#pragma once

#include <glib.h>

/* The door: what a person may type for a single value of a plan, the same for files and fields.
 * Each function says in one sentence what is wrong and what is meant (domain PTL_PLAN_ERROR). */

#define PTL_PLAN_ERROR (ptl_plan_error_quark ())
GQuark ptl_plan_error_quark (void);
typedef enum
{
  PTL_PLAN_ERROR_VALUE,
} PtlPlanError;

#define PTL_MAX_FILE_SIZE  (256 * 1024 * 1024) /* bytes */
#define PTL_MAX_NODES      1000000
#define PTL_MAX_SITES      20000
#define PTL_MAX_ZONES      10000
#define PTL_MAX_FIREWALLS  10000
#define PTL_MAX_ADDRESSES  1000 /* a node */
#define PTL_MAX_DEPTH      8
#define PTL_MAX_NAME       256  /* characters */
#define PTL_MAX_NOTE       4096 /* characters */
#define PTL_MAX_COORDINATE 10000000

#define PTL_WHITE_SPACE " \t\r\n" /* as XML has it */

gboolean ptl_check_id (const char *text, GError **error);
gboolean ptl_check_firewall_id (const char *text, GError **error);
/* Three of A-Z and 0-9. */
gboolean ptl_check_site_code (const char *text, GError **error);
/* From 1 to PTL_MAX_NAME characters of text. */
gboolean ptl_check_name (const char *text, GError **error);
/* From `min` to `max` characters, none of them a control character. */
gboolean ptl_check_text (const char *text, guint min, guint max, GError **error);
/* "#" and six hexadecimal digits. */
gboolean ptl_check_colour (const char *text, GError **error);
gboolean ptl_parse_coordinate (const char *text, double *value, GError **error);
/* The addresses joined by one space; free with g_free (). */
char *ptl_parse_addresses (const char *text, GError **error);

/* The text for a message: in quotes, shortened, without control characters; free with g_free (). */
char *ptl_quote (const char *text);
/* The next word of a list, as a place and a length, or 0 at the end: start with `word` at the text. */
gsize ptl_next_word (const char **word, gsize length);
/* The words of a text joined by one space; free with g_free (). */
char *ptl_fold_white_space (const char *text);
