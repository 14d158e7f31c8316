#pragma once

#include "ptl-scene.h"

/* Compares the arrows of two scenes, and their trunks; `nodes` and `zones` say by the index after the index before,
 * -1 for what is new. */
void ptl_damage_arrows (const PtlScene *before, const PtlScene *after, const int *nodes, const int *zones,
                        GArray *boxes);
