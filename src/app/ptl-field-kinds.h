#pragma once

#include "ptl-field.h"

/* The fields of the inspector's pages, as tables; each table ends with a field without a read function. */

extern const PtlFieldKind ptl_plan_fields[];
extern const PtlFieldKind ptl_site_fields[];
extern const PtlFieldKind ptl_zone_fields[];
extern const PtlFieldKind ptl_firewall_fields[];
extern const PtlFieldKind ptl_node_fields[];
extern const PtlFieldKind ptl_place_fields[]; /* the detail's `which` is the place in the table */
extern const PtlFieldKind ptl_note_fields[];
extern const PtlFieldKind ptl_id_fields[];

/* The detail's `which` is the setting or feature. */
extern const PtlFieldKind ptl_setting_field;        /* ports */
extern const PtlFieldKind ptl_setting_choice_field; /* words */
extern const PtlFieldKind ptl_setting_note_field;
extern const PtlFieldKind ptl_feature_field;

/* The detail's `which` is the role. */
extern const PtlFieldKind ptl_option_field; /* words */
extern const PtlFieldKind ptl_option_number_field;
extern const PtlFieldKind ptl_role_note_field;

/* A word of the plan file as people read it; NULL for what is none. */
const char *ptl_word_title (const char *word);
