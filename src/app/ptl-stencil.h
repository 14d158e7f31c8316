#pragma once

#include <gtk/gtk.h>

#include "engine/ptl-catalogue.h"

/* What the palette offers to be placed. It is also what a drag from the palette carries. */

typedef enum
{
  PTL_STENCIL_ROLE,     /* value: a role's index in the catalogue */
  PTL_STENCIL_SITE,     /* PtlSiteKind: a site with its site server */
  PTL_STENCIL_ZONE,     /* PtlZoneKind */
  PTL_STENCIL_FIREWALL, /* 0 */
} PtlStencilKind;

typedef struct
{
  PtlStencilKind kind;
  guint value;
} PtlStencil;

#define PTL_TYPE_STENCIL (ptl_stencil_get_type ())
GType ptl_stencil_get_type (void);
