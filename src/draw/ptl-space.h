#pragma once

#include "ptl-geometry.h"

/* The room on the canvas that is taken by cards, for finding free places between them. */

typedef struct _PtlSpace PtlSpace;

PtlSpace *ptl_space_new (void);
void ptl_space_free (PtlSpace *space);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlSpace, ptl_space_free)

void ptl_space_take (PtlSpace *space, const PtlBox *box);
gboolean ptl_space_is_free (const PtlSpace *space, const PtlBox *box);
