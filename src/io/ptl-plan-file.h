#pragma once

#include "plan/ptl-plan.h"
#include "ptl-output.h"

#define PTL_PLAN_NAMESPACE "urn:portolan:plan:1"
#define PTL_PLAN_MIME_TYPE "application/x-portolan+xml"

/* One thing that is wrong with a file. */
typedef struct
{
  guint line;    /* 0: of the whole file */
  char *message; /* a sentence */
} PtlFileProblem;

/* Reads a plan from a stream, whole or not at all. On failure returns NULL and `problems` holds the
 * first errors (PtlFileProblem, at most PTL_MAX_PROBLEMS) in the order of the file. Opens nothing but
 * the stream: no network, no entities, no DTD. */
#define PTL_MAX_PROBLEMS 20
PtlPlan *ptl_plan_read (const PtlCatalogue *catalogue, GInputStream *stream, GPtrArray **problems);
/* The same from a file; "-" is standard input. */
PtlPlan *ptl_plan_load (const PtlCatalogue *catalogue, const char *path, GPtrArray **problems);

/* Writes the canonical form. */
void ptl_plan_write (PtlPlan *plan, PtlOutput *output);
/* The same into a file, whole or not at all and safe on the disk. */
gboolean ptl_plan_save (PtlPlan *plan, const char *path, GError **error);
