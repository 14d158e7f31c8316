#pragma once

#include "ptl-scene.h"

/* What an edit changed in the picture, so that the rest need not be painted again. */

void ptl_scene_damage (const PtlScene *before, const PtlScene *after, GArray *boxes);
