#pragma once

#include "ptl-inquiry.h"

/* What the files of the inquiry share: ptl-inquiry.c finds the answer, -words.c says it. */

guint ptl_inquiry_setting_node (const PtlInquiry *inquiry, const PtlWhy *why);
const PtlRoute *ptl_inquiry_find_route (const PtlInquiry *inquiry);
