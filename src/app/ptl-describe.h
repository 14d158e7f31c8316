#pragma once

#include "plan/ptl-records.h"

/* What a thing is, in one line for those who do not see it: "MP02, management point, site PS1, zone Perimeter,
 * 203.0.113.12". Free with g_free (). */
char *ptl_describe (const PtlPlan *plan, PtlItem item);
/* "Primary site", as a title. */
const char *ptl_describe_site_kind (PtlSiteKind kind);
/* "Perimeter zone", as a title. */
const char *ptl_describe_zone_kind (PtlZoneKind kind);
