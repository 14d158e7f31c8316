#pragma once

#include <glib.h>

#include "engine/ptl-catalogue.h"

/* The colours of a picture. Colour says what kind of zone something is, nothing else. */

typedef guint32 PtlColour; /* 0xrrggbbaa; 0: nothing is drawn */

typedef struct
{
  PtlColour background, text, faint_text; /* faint: what is read second */
  PtlColour card, card_border;
  PtlColour badge;
  PtlColour line;               /* from a firewall to its zones */
  PtlColour arrow, quiet_arrow; /* from zone to zone, and within one */
  PtlColour far_arrow;          /* from zone to zone, seen from far away, where many lie side by side */
  PtlColour problem;            /* of what no path joins */
  PtlColour grid;               /* dots behind everything; none in files */
  PtlColour zone_kinds[4];      /* by PtlZoneKind: what the colours of a zone are mixed from */
  gboolean wordless;            /* names are left out: of a picture too small to read them */
  gboolean outer_only;          /* arrows within a zone are left out */
  guint fill, border, name;     /* how much of that, in percent, the rest being background or, of the name, text */
} PtlTheme;

typedef struct
{
  PtlColour fill, border, name;
} PtlZoneColours;

extern const PtlTheme ptl_theme_light; /* and for paper */
extern const PtlTheme ptl_theme_dark;

PtlZoneColours ptl_theme_zone (const PtlTheme *theme, PtlZoneKind kind, const char *own);
