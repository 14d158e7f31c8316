#pragma once

#include "ptl-output.h"

/* Writes XML in the one form that all our files have: UTF-8, two-space indentation, one element a
 * line, `/>` for an empty element. Characters that XML cannot hold are replaced by U+FFFD. */

typedef struct _PtlXmlWriter PtlXmlWriter;

PtlXmlWriter *ptl_xml_writer_new (PtlOutput *output); /* writes the declaration; the output stays the caller's */
void ptl_xml_writer_free (PtlXmlWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PtlXmlWriter, ptl_xml_writer_free)

/* Starts an element inside the one that is open; `name` must stay valid until it ends. */
void ptl_xml_start (PtlXmlWriter *writer, const char *name);
/* Adds an attribute to the element just started, before its content. */
void ptl_xml_attribute (PtlXmlWriter *writer, const char *name, const char *value);
void ptl_xml_text (PtlXmlWriter *writer, const char *text); /* an element has text or elements, not both */
/* Ends the element that is open. */
void ptl_xml_end (PtlXmlWriter *writer);
