#pragma once

#include "ptl-session.h"

/* What a site, zone, firewall or node is called, all free with g_free (). */

/* "MP02", "P01 Headquarters" */
char *ptl_item_name (PtlSession *session, PtlItem item);
/* What is worth knowing beside the name, in few words: the roles of a node; or "". */
char *ptl_item_detail (PtlSession *session, PtlItem item);
/* All of it, as assistive technology reads it: "MP02, Management point, site P01, zone Perimeter, 203.0.113.12" */
char *ptl_item_words (PtlSession *session, PtlItem item);
/* The name of its icon, see ptl_icon_find_role (). */
char *ptl_item_icon (PtlSession *session, PtlItem item);
