#include "ptl-plan-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "engine/ptl-address.h"

#define MAX_ID      63
#define MAX_ADDRESS 253 /* characters: no address is longer than the longest host name */
#define MAX_QUOTE   60  /* characters of a value in a message */

G_DEFINE_QUARK (ptl_plan_error, ptl_plan_error)

/**
 * ptl_quote:
 * @text: anything
 *
 * Returns: (transfer full): @text in quotes as a message can show it, valid UTF-8 and short
 */
char *
ptl_quote (const char *text)
{
  g_autoptr (GString) shown = g_string_new (NULL);

  for (guint n = 0; *text != '\0'; n++)
    {
      gunichar c = g_utf8_get_char_validated (text, -1);
      gboolean valid = c != (gunichar) -1 && c != (gunichar) -2;

      if (n == MAX_QUOTE)
        {
          g_string_append (shown, "…");
          break;
        }
      g_string_append_unichar (shown, valid && !g_unichar_iscntrl (c) ? c : 0xfffd);
      text = valid ? g_utf8_next_char (text) : text + 1;
    }
  return g_strdup_printf (_ ("“%s”"), shown->str);
}

static gboolean
refuse (GError **error, const char *text, const char *meant)
{
  g_autofree char *quoted = ptl_quote (text);

  g_set_error (error, PTL_PLAN_ERROR, PTL_PLAN_ERROR_VALUE, "%s %s", quoted, meant);
  return FALSE;
}

/**
 * ptl_check_id:
 *
 * Returns: whether @text is an id as zones, firewalls and nodes have
 */
gboolean
ptl_check_id (const char *text, GError **error)
{
  gsize length = strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-");

  if ((g_ascii_isalpha (text[0]) || text[0] == '_') && text[length] == '\0' && length <= MAX_ID)
    return TRUE;
  return refuse (
      error, text,
      _ ("is not an id: write a letter or “_”, then letters, digits, “.”, “_” or “-”, 63 characters at most"));
}

/* CON, PRN, AUX, NUL, COM0 to COM9 and LPT0 to LPT9, whatever follows a full stop. */
static gboolean
is_reserved_by_windows (const char *text)
{
  static const char *const reserved[] = { "con", "prn", "aux", "nul", "com", "lpt" };
  gsize length = strcspn (text, ".");

  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    if (g_ascii_strncasecmp (text, reserved[i], 3) == 0)
      return i < 4 ? length == 3 : length == 4 && g_ascii_isdigit (text[3]);
  return FALSE;
}

/**
 * ptl_check_firewall_id:
 *
 * Returns: whether @text is an id and, with an extension, a file name on every system
 */
gboolean
ptl_check_firewall_id (const char *text, GError **error)
{
  if (!ptl_check_id (text, error))
    return FALSE;
  if (is_reserved_by_windows (text))
    return refuse (error, text,
                   _ ("cannot be a firewall's id: Windows reserves the name, and the rule sheet is a file "
                      "of that name; write another one"));
  return TRUE;
}

gboolean
ptl_check_site_code (const char *text, GError **error)
{
  if (strspn (text, G_CSET_A_2_Z G_CSET_DIGITS) == 3 && text[3] == '\0')
    return TRUE;
  return refuse (error, text, _ ("is not a site code: write three capital letters or digits"));
}

/* A character that may stand in a text: XML knows it, and it is no control character. */
static gboolean
is_text_character (gunichar c)
{
  return c >= 0x20 && !(c >= 0x7f && c <= 0x9f) && c != 0xfffe && c != 0xffff;
}

/**
 * ptl_check_text:
 * @min: characters at least
 * @max: characters at most
 *
 * Returns: whether @text is text for people
 */
gboolean
ptl_check_text (const char *text, guint min, guint max, GError **error)
{
  glong length;

  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, text, _ ("is not UTF-8 text"));
  for (const char *place = text; *place != '\0'; place = g_utf8_next_char (place))
    if (!is_text_character (g_utf8_get_char (place)))
      {
        g_set_error (error, PTL_PLAN_ERROR, PTL_PLAN_ERROR_VALUE,
                     _ ("the text has the control character U+%04X: leave it out"), g_utf8_get_char (place));
        return FALSE;
      }
  length = g_utf8_strlen (text, -1);
  if (length >= min && length <= max)
    return TRUE;
  g_set_error (error, PTL_PLAN_ERROR, PTL_PLAN_ERROR_VALUE, _ ("the text has %ld characters: write %u to %u"), length,
               min, max);
  return FALSE;
}

/**
 * ptl_check_name:
 *
 * Returns: whether @text is a name for people
 */
gboolean
ptl_check_name (const char *text, GError **error)
{
  if (*text != '\0')
    return ptl_check_text (text, 1, PTL_MAX_NAME, error);
  g_set_error (error, PTL_PLAN_ERROR, PTL_PLAN_ERROR_VALUE, _ ("the name is empty: write 1 to %d characters"),
               PTL_MAX_NAME);
  return FALSE;
}

gboolean
ptl_check_colour (const char *text, GError **error)
{
  if (text[0] == '#' && strspn (text + 1, G_CSET_DIGITS "ABCDEFabcdef") == 6 && text[7] == '\0')
    return TRUE;
  return refuse (error, text, _ ("is not a colour: write #rrggbb, as #3584e4"));
}

/**
 * ptl_parse_coordinate:
 * @text: a decimal number; white space around it does not count
 * @value: (out): the number, in canvas units
 *
 * Never depends on the locale.
 *
 * Returns: whether @text is a number a plan can hold
 */
gboolean
ptl_parse_coordinate (const char *text, double *value, GError **error)
{
  const char *digits = text + strspn (text, PTL_WHITE_SPACE);
  gboolean negative = *digits == '-';
  gsize whole, places = 0;
  const char *end;

  digits += negative;
  whole = strspn (digits, G_CSET_DIGITS);
  end = digits + whole;
  if (*end == '.')
    {
      places = strspn (end + 1, G_CSET_DIGITS);
      end += 1 + places;
    }
  if (whole == 0 || (whole > 1 && *digits == '0') || end[-1] == '.' || places > 3
      || end[strspn (end, PTL_WHITE_SPACE)] != '\0')
    return refuse (error, text,
                   _ ("is not a number as a plan has: write a decimal number with at most three places, as "
                      "-12.5"));
  *value = g_ascii_strtod (negative ? digits - 1 : digits, NULL);
  if (*value >= -PTL_MAX_COORDINATE && *value <= PTL_MAX_COORDINATE)
    return TRUE;
  return refuse (error, text, _ ("is out of range: write a number from -10000000 to 10000000"));
}

/**
 * ptl_next_word:
 * @word: (inout): the word before, or the text at the first call; then the word
 * @length: what the last call returned, or 0
 *
 * Returns: the length of the next word in a list with white space between its words, or 0 at the end
 */
gsize
ptl_next_word (const char **word, gsize length)
{
  *word += length;
  *word += strspn (*word, PTL_WHITE_SPACE);
  return strcspn (*word, PTL_WHITE_SPACE);
}

char *
ptl_fold_white_space (const char *text)
{
  GString *folded = g_string_new (NULL);
  gsize length = 0;

  while ((length = ptl_next_word (&text, length)) > 0)
    {
      if (folded->len > 0)
        g_string_append_c (folded, ' ');
      g_string_append_len (folded, text, (gssize) length);
    }
  return g_string_free (folded, FALSE);
}

static gboolean
check_address (const char *word, gsize length, GError **error)
{
  char text[MAX_ADDRESS + 1];
  PtlAddress address;

  if (length > MAX_ADDRESS)
    {
      g_autofree char *full = g_strndup (word, length);

      return refuse (error, full, _ ("is not an address: it has more than 253 characters"));
    }
  memcpy (text, word, length);
  text[length] = '\0';
  return ptl_address_parse (text, &address, error);
}

/**
 * ptl_parse_addresses:
 * @text: addresses with white space between them; may be empty
 *
 * Returns: (transfer full): the addresses joined by one space, or NULL when one of them is none
 */
char *
ptl_parse_addresses (const char *text, GError **error)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  const char *word = text;
  gsize length = 0;

  for (guint n = 0; (length = ptl_next_word (&word, length)) > 0; n++)
    {
      if (n == PTL_MAX_ADDRESSES)
        {
          g_set_error (error, PTL_PLAN_ERROR, PTL_PLAN_ERROR_VALUE,
                       _ ("a node has at most %d addresses: write blocks or ranges instead"), PTL_MAX_ADDRESSES);
          return NULL;
        }
      if (!check_address (word, length, error))
        return NULL;
      if (n > 0)
        g_string_append_c (joined, ' ');
      g_string_append_len (joined, word, (gssize) length);
    }
  return g_string_free (g_steal_pointer (&joined), FALSE);
}
