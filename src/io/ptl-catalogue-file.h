#pragma once

#include <gio/gio.h>

#include "engine/ptl-catalogue.h"

#define PTL_RESOURCE_PREFIX "/org/portolan/data/"

/* Reads the embedded catalogue, or the overlay that G_RESOURCE_OVERLAYS names for it. The errors name
 * the line. */
PtlCatalogue *ptl_catalogue_load (GError **error);
/* The same from any stream. */
PtlCatalogue *ptl_catalogue_read (GInputStream *stream, GError **error);
