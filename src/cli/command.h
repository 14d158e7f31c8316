#pragma once

#include "engine/ptl-routes.h"
#include "io/ptl-output.h"
#include "plan/ptl-plan.h"

/* What the commands share: how they are described and parsed, how they speak, how they read a plan. */

#define PTL_EXIT_DONE   0
#define PTL_EXIT_FOUND  1 /* done, and check found errors */
#define PTL_EXIT_FAILED 2 /* wrong usage, bad input, or output that could not be written whole */

typedef struct _PtlCliCommand PtlCliCommand;
struct _PtlCliCommand
{
  const char *name;
  const char *arguments;                                            /* as the usage shows them */
  const char *summary;                                              /* a line */
  guint n_min, n_max;                                               /* arguments that are no options */
  int (*run) (const PtlCliCommand *command, int argc, char **argv); /* argv[0] is the command; an exit status */
};

extern const PtlCliCommand ptl_command_catalogue;
extern const PtlCliCommand ptl_command_check;
extern const PtlCliCommand ptl_command_draw;
extern const PtlCliCommand ptl_command_flows;
extern const PtlCliCommand ptl_command_new;
extern const PtlCliCommand ptl_command_sheets;
extern const PtlCliCommand ptl_command_why;

gboolean ptl_cli_parse (const PtlCliCommand *command, int argc, char **argv, const GOptionEntry *options,
                        const char *description, char ***arguments, int *status);

void ptl_cli_message (const char *place, guint line, const char *format, ...) G_GNUC_PRINTF (3, 4);
int ptl_cli_usage (const PtlCliCommand *command, const char *format, ...) G_GNUC_PRINTF (2, 3);
int ptl_cli_fail (const char *place, const GError *error);
void ptl_cli_progress (const char *format, ...) G_GNUC_PRINTF (1, 2);
void ptl_cli_progress_end (void);

PtlOutput *ptl_cli_stdout (void);
int ptl_cli_finish (PtlOutput *output, int status);

/* A plan with everything that the engine computes of it. */
typedef struct
{
  const char *path;
  PtlCatalogue *catalogue;
  PtlPlan *plan;
  PtlGraph *graph;
  PtlFlows *flows;
  PtlRoutes *routes;
} PtlCliPlan;

PtlCliPlan *ptl_cli_plan_load (const char *path);
/* Frees the plan and all that was computed of it. */
void ptl_cli_plan_free (PtlCliPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlCliPlan, ptl_cli_plan_free)

void ptl_cli_plan_warn (const PtlCliPlan *plan);
