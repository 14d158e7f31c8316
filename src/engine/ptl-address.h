#pragma once

#include <glib.h>

/* One address of a node: an address, CIDR block or range of IPv4 or IPv6, a host name, or `any`. */

typedef enum
{
  PTL_ADDRESS_IPV4 = 1 << 0,
  PTL_ADDRESS_IPV6 = 1 << 1,
  PTL_ADDRESS_NAME = 1 << 2,
  PTL_ADDRESS_ANY = 1 << 3,
} PtlAddressKind;

typedef struct
{
  PtlAddressKind kind;
  guint8 first[16], last[16]; /* network byte order, both included; IPv4 uses the first four bytes */
} PtlAddress;

gboolean ptl_address_parse (const char *text, PtlAddress *address, GError **error);
