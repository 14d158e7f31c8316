#include "ptl-address.h"

#include <arpa/inet.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "ptl-catalogue.h"

#define MAX_HOST_NAME 253
#define MAX_LABEL     63
#define LETTERS       "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

static gboolean
fail (GError **error, const char *text, const char *meant)
{
  g_set_error (error, PTL_ENGINE_ERROR, PTL_ENGINE_ERROR_VALUE, _ ("“%s” is not an address: %s"), text, meant);
  return FALSE;
}

/* One IPv4 or IPv6 address in `bytes`; 0 when the text is none. */
static PtlAddressKind
parse_ip (const char *text, guint8 *bytes)
{
  memset (bytes, 0, 16);
  if (inet_pton (AF_INET, text, bytes) == 1)
    return PTL_ADDRESS_IPV4;
  if (inet_pton (AF_INET6, text, bytes) == 1)
    return PTL_ADDRESS_IPV6;
  return 0;
}

static guint
byte_count (PtlAddressKind kind)
{
  return kind == PTL_ADDRESS_IPV4 ? 4 : 16;
}

static gboolean
refuse_host_bits (const char *text, const PtlAddress *address, guint prefix, GError **error)
{
  char block[INET6_ADDRSTRLEN];

  inet_ntop (address->kind == PTL_ADDRESS_IPV4 ? AF_INET : AF_INET6, address->first, block, sizeof block);
  g_set_error (error, PTL_ENGINE_ERROR, PTL_ENGINE_ERROR_VALUE,
               _ ("“%s” has host bits: write the block “%s/%u”, or the address without “/%u”"), text, block,
               (guint) prefix, (guint) prefix);
  return FALSE;
}

static gboolean
parse_block (const char *text, const char *slash, PtlAddress *address, GError **error)
{
  g_autofree char *base = g_strndup (text, (gsize) (slash - text));
  gboolean host_bits = FALSE;
  guint prefix;

  address->kind = parse_ip (base, address->first);
  if (address->kind == 0)
    return fail (error, text, _ ("before “/” stands an IPv4 or IPv6 address"));
  if (!ptl_number_parse (slash + 1, 0, byte_count (address->kind) * 8, &prefix))
    return fail (error, text,
                 address->kind == PTL_ADDRESS_IPV4 ? _ ("behind “/” stands a number from 0 to 32")
                                                   : _ ("behind “/” stands a number from 0 to 128"));
  memset (address->last, 0, sizeof address->last);
  for (guint i = 0; i < byte_count (address->kind); i++)
    {
      guint kept = prefix >= 8 * (i + 1) ? 8 : prefix <= 8 * i ? 0 : (guint) (prefix - 8 * i);
      guint8 mask = (guint8) (0xff00 >> kept);

      host_bits |= (address->first[i] & ~mask) != 0;
      address->first[i] &= mask;
      address->last[i] = (guint8) (address->first[i] | (guint8) ~mask);
    }
  return !host_bits || refuse_host_bits (text, address, prefix, error);
}

/* Whether addresses stand on both sides of the dash; it may as well be part of a host name. */
static gboolean
is_range (const char *text, const char *dash)
{
  g_autofree char *first = g_strndup (text, (gsize) (dash - text));
  guint8 bytes[16];

  return parse_ip (first, bytes) != 0 && parse_ip (dash + 1, bytes) != 0;
}

static gboolean
parse_range (const char *text, const char *dash, PtlAddress *address, GError **error)
{
  g_autofree char *first = g_strndup (text, (gsize) (dash - text));

  address->kind = parse_ip (first, address->first);
  if (parse_ip (dash + 1, address->last) != address->kind)
    return fail (error, text, _ ("a range joins two addresses of one family, as in 10.1.0.5-10.1.0.9"));
  if (memcmp (address->first, address->last, 16) > 0)
    return fail (error, text, _ ("a range starts with its lower address"));
  return TRUE;
}

static gboolean
is_label (const char *label, gsize length)
{
  if (length == 0 || length > MAX_LABEL || label[0] == '-' || label[length - 1] == '-')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (label[i]) && label[i] != '-')
      return FALSE;
  return TRUE;
}

static gboolean
parse_host_name (const char *text, GError **error)
{
  g_auto (GStrv) labels = g_strsplit (text, ".", -1);
  guint n = g_strv_length (labels);

  if (strlen (text) > MAX_HOST_NAME)
    return fail (error, text, _ ("a host name has at most 253 characters"));
  for (guint i = 0; i < n; i++)
    if (!is_label (labels[i], strlen (labels[i])) && !(i == 0 && n > 1 && strcmp (labels[0], "*") == 0))
      return fail (error, text,
                   _ ("write an IPv4 or IPv6 address, a block as 10.1.0.0/16, a range as 10.1.0.5-10.1.0.9, a host "
                      "name, or “any”"));
  if (strpbrk (labels[n - 1], LETTERS) == NULL)
    return fail (error, text,
                 _ ("it is no IPv4 address, range or block, and the last part of a host name has a letter"));
  return TRUE;
}

/**
 * ptl_address_parse:
 * @text: one address without white space
 * @address: (out)
 *
 * Returns: whether @text is an address, block, range, host name or `any`; if not, @error says what is meant
 */
gboolean
ptl_address_parse (const char *text, PtlAddress *address, GError **error)
{
  const char *slash = strchr (text, '/');
  const char *dash = strchr (text, '-');

  memset (address, 0, sizeof *address);
  if (strcmp (text, "any") == 0)
    {
      address->kind = PTL_ADDRESS_ANY;
      return TRUE;
    }
  if (slash != NULL)
    return parse_block (text, slash, address, error);
  address->kind = parse_ip (text, address->first);
  if (address->kind != 0)
    {
      memcpy (address->last, address->first, sizeof address->last);
      return TRUE;
    }
  if (dash != NULL && is_range (text, dash))
    return parse_range (text, dash, address, error);
  address->kind = PTL_ADDRESS_NAME;
  return *text != '\0' ? parse_host_name (text, error) : fail (error, text, _ ("it is empty"));
}
