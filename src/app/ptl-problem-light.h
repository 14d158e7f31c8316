#pragma once

#include "ptl-session.h"

/* Lights up the arrows whose ports rest on a conflict of the documents, known by its id. */
void ptl_problem_light (PtlSession *session, const char *conflict);
