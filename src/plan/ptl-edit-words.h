#pragma once

#include "ptl-records.h"

/* What edits are called, and what they say when they are refused. */

char *ptl_words_count (PtlRecordKind kind, guint n);
char *ptl_words (const char *format, const PtlPlan *plan, const PtlItem *items, guint n);
char *ptl_words_with (const char *format, const char *name);
char *ptl_words_key (const char *verb, const PtlItem *items, guint n);
gboolean ptl_words_refuse (GError **error, const char *sentence);
