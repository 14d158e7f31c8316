#pragma once

#include <glib-object.h>

#include "ptl-session.h"

/* What a page of the inspector is about: the selected things, all of one kind or of several, or the plan
 * as the only item. Whatever the page consists of follows its page's topic.
 *
 * Signal "refresh" (const PtlTouched *): what was edited, or NULL when the topic is other things now. */

#define PTL_TYPE_TOPIC (ptl_topic_get_type ())
G_DECLARE_FINAL_TYPE (PtlTopic, ptl_topic, PTL, TOPIC, GObject)

/* What is selected: a kind, or PTL_TOPIC_MIXED. */
#define PTL_TOPIC_MIXED PTL_N_RECORDS
PtlRecordKind ptl_topic_kind (PtlSession *session);

PtlTopic *ptl_topic_new (void);

/* `touched` NULL: the selection changed. Without a session there are no items, and nothing is emitted. */
void ptl_topic_follow (PtlTopic *topic, PtlSession *session, const PtlTouched *touched);

PtlSession *ptl_topic_get_session (PtlTopic *topic);
PtlHistory *ptl_topic_get_history (PtlTopic *topic);
PtlPlan *ptl_topic_get_plan (PtlTopic *topic);
const PtlItem *ptl_topic_get_items (PtlTopic *topic, guint *n);

/* The record of the first item, or NULL. */
gconstpointer ptl_topic_get_record (PtlTopic *topic);
