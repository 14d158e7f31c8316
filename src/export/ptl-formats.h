#pragma once

#include "engine/ptl-sheets.h"
#include "io/ptl-output.h"

/* The formats that a rule sheet can be written in: one table for the command line and the window. */

typedef struct
{
  const char *name;      /* on the command line */
  const char *extension; /* of the file, with its dot */
  const char *title;     /* for people, to be translated */
  gboolean initial;      /* written when nobody chooses */
  void (*write) (PtlOutput *output, PtlSheets *sheets, guint firewall);
  gboolean (*is_ours) (const char *text); /* whether a file that begins so is a sheet in this format */
} PtlFormat;

extern const PtlFormat ptl_formats[]; /* by name, ended by one without a name */
const PtlFormat *ptl_format_find (const char *name);
