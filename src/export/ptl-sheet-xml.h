#pragma once

#include "engine/ptl-sheets.h"
#include "io/ptl-output.h"

/* A rule sheet as XML, for programs; its schema is data/sheet.xsd. */
void ptl_sheet_write_xml (PtlOutput *output, PtlSheets *sheets, guint firewall);

/* Whether a file that begins with `text` is such a sheet, whoever wrote it. */
gboolean ptl_sheet_is_xml (const char *text);
