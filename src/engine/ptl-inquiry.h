#pragma once

#include "ptl-why.h"

/* The answer to "why is this open?" or "why is this not open?", for two nodes and maybe one port. */

typedef struct
{
  guint source, destination;
  int protocol; /* -1: any */
  guint port;   /* 0: any, and what ICMP has */
} PtlAsked;

typedef enum
{
  PTL_VERDICT_OPEN,
  PTL_VERDICT_UNROUTABLE, /* a rule asks for it, but no path of firewalls joins the zones */
  PTL_VERDICT_CLOSED,
} PtlVerdict;

typedef struct
{
  const PtlFlows *flows;
  const PtlRoutes *routes;
  PtlAsked asked;
  PtlCalled called;
  PtlVerdict verdict;
  GPtrArray *open;    /* PtlWhy: what opens it */
  GPtrArray *nearest; /* when it is closed: GPtrArray of PtlWhy each, the services that the same is missing for */
  guint n_others;     /* flows the same way, on whatever port */
  guint n_back;       /* what was asked for the other way */
  GPtrArray *all;     /* owns the PtlWhy */
} PtlInquiry;

/* The routes must outlive it. */
PtlInquiry *ptl_inquiry_new (const PtlRoutes *routes, const PtlAsked *asked, PtlCalled called);
void ptl_inquiry_free (PtlInquiry *inquiry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlInquiry, ptl_inquiry_free)

/* What is to be said of one conversation, in labelled lines. */
typedef struct
{
  const char *label;   /* not translated: mark it by _ (); NULL: that of the line before goes on */
  char *text;          /* a sentence, or the beginning of one */
  const PtlTest *test; /* that it tells of, or NULL */
  int setting;         /* that the ports come from, of `node`; or -1 */
  guint node;
} PtlWhyLine;

/* Where the node has its value of a setting from, as the end of a sentence; the graph does not know. */
typedef const char *(*PtlOriginFunc) (guint node, guint setting, gpointer data);

/* Of an open conversation, and of one of the nearest. Arrays of PtlWhyLine. */
GPtrArray *ptl_inquiry_open_lines (const PtlInquiry *inquiry, const PtlWhy *why, PtlOriginFunc origin, gpointer data);
GPtrArray *ptl_inquiry_nearest_lines (const PtlInquiry *inquiry, const PtlWhy *why);
/* "SMB tcp/445"; free with g_free (). */
char *ptl_inquiry_service (const PtlInquiry *inquiry, const PtlWhy *why);
/* The firewalls on the way, or why there are none; free with g_free (). */
char *ptl_inquiry_route (const PtlInquiry *inquiry);
