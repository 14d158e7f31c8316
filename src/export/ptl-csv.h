#pragma once

#include "io/ptl-output.h"

/* RFC 4180 with \r\n; a field is quoted only where it must be. */
void ptl_csv_append (GString *line, const char *text);    /* one field at the end of a line in memory */
void ptl_csv_field (PtlOutput *output, const char *text); /* one field; the caller writes the commas */
void ptl_csv_row (PtlOutput *output, const char *const *fields, guint n);
