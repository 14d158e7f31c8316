#pragma once

#include "ptl-talks.h"

/* What a person looks for: words that must all fit. A word is a port or a range of them ("445", "49152-65535",
 * "tcp/445"), a protocol, or a part of what something is called: services, rules, roles, nodes and their addresses,
 * sites, zones, firewalls; whatever it fits counts. Words that together are in a name are one.
 *
 * A flow fits when each word fits the flow, one of its firewalls, or one of its ends in its role there. A node fits
 * when each word fits the node, or when one of its flows fits without what only the other end has: "445" are the nodes
 * that need it, "445 dmz" those of them in that zone. */

typedef struct _PtlQuestion PtlQuestion;

/* The routes must outlive the question. NULL when nothing is asked for. */
PtlQuestion *ptl_question_new (const PtlRoutes *routes, const char *text);
void ptl_question_free (PtlQuestion *question);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlQuestion, ptl_question_free)

gboolean ptl_question_takes (const PtlQuestion *question, guint source, guint destination, const PtlFlow *flow);
/* What fits of the talks that were made from the same routes, and all nodes that fit: indices, ascending, of guint. */
void ptl_question_find (const PtlQuestion *question, const PtlTalks *talks, GArray *found, GArray *nodes);
