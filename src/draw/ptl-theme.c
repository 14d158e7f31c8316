#include "ptl-theme.h"

#include <stdlib.h>

const PtlTheme ptl_theme_light = {
  .background = 0xffffffff,
  .text = 0x241f31ff,
  .faint_text = 0x5e5c64ff,
  .card = 0xffffffff,
  .card_border = 0xcfccd2ff,
  .badge = 0xebebedff,
  .line = 0x8b8891ff,
  .arrow = 0x3d3846ff,
  .quiet_arrow = 0xa7a4adff,
  .far_arrow = 0x625e6aff,
  .problem = 0xc01c28ff,
  .zone_kinds = { 0x3584e4ff, 0xe5a50aff, 0xd9485fff, 0x9141acff },
  .fill = 9,
  .border = 42,
  .name = 60,
};

const PtlTheme ptl_theme_dark = {
  .background = 0x1e1e1eff,
  .text = 0xf6f5f4ff,
  .faint_text = 0xb4b2b8ff,
  .card = 0x333337ff,
  .card_border = 0x4c4c52ff,
  .badge = 0x4a4a50ff,
  .line = 0x87858eff,
  .arrow = 0xdedddaff,
  .quiet_arrow = 0x706e76ff,
  .far_arrow = 0xa9a8a8ff,
  .problem = 0xff7b63ff,
  .zone_kinds = { 0x62a0eaff, 0xf5c211ff, 0xf0708aff, 0xc061cbff },
  .fill = 11,
  .border = 45,
  .name = 55,
};

/* `percent` of one colour and the rest of another. */
static PtlColour
mix (PtlColour one, PtlColour other, guint percent)
{
  PtlColour mixed = 0xff;

  for (guint shift = 8; shift <= 24; shift += 8)
    {
      guint part = (one >> shift & 0xff) * percent + (other >> shift & 0xff) * (100 - percent);

      mixed |= (part + 50) / 100 << shift;
    }
  return mixed;
}

/**
 * ptl_theme_zone:
 * @own: (nullable): the zone's own colour as #rrggbb, instead of its kind's
 *
 * The colours are mixed so that the name can be read, whatever colour a person chose.
 *
 * Returns: the colours of a zone
 */
PtlZoneColours
ptl_theme_zone (const PtlTheme *theme, PtlZoneKind kind, const char *own)
{
  PtlColour base = theme->zone_kinds[kind];

  if (own != NULL)
    base = (PtlColour) strtoul (own + 1, NULL, 16) << 8 | 0xff;
  return (PtlZoneColours){
    .fill = mix (base, theme->background, theme->fill),
    .border = mix (base, theme->background, theme->border),
    .name = mix (base, theme->text, theme->name),
  };
}
