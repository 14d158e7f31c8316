#include "ptl-stencil.h"

static PtlStencil *
stencil_copy (PtlStencil *stencil)
{
  return g_memdup2 (stencil, sizeof *stencil);
}

G_DEFINE_BOXED_TYPE (PtlStencil, ptl_stencil, stencil_copy, g_free)
