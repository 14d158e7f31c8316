#pragma once

#include "engine/ptl-inquiry.h"
#include "engine/ptl-ports.h"
#include "ptl-session.h"

/* What a port says in words. Services, rules and documents have the catalogue's. */

/* One flow of two nodes. */
typedef struct
{
  PtlTalks *talks;
  guint source, destination;
  PtlFlow flow;
} PtlPort;

const PtlService *ptl_port_service (const PtlPort *port);

/* Free the texts with g_free (). */
char *ptl_port_words_ports (const PtlFlow *flow);                                 /* "tcp 445" */
char *ptl_port_words_side (const PtlTalks *talks, const guint *nodes, guint n);   /* "MP01", "MP01 and 3 more" */
char *ptl_port_words_way (const char *from, const char *to, gboolean both);       /* "CM01 → MP02" */
char *ptl_port_words_services (const PtlTalks *talks, const PtlPortGroup *group); /* "HTTP, HTTPS" */

/* The conversation that a flow is of, among those that are open. */
const PtlWhy *ptl_port_find_why (const PtlInquiry *inquiry, const PtlFlow *flow);
/* Why it is asked for, what sets it, what the documents say: array of PtlWhyLine without tests. */
GPtrArray *ptl_port_lines (PtlSession *session, const PtlPort *port);
