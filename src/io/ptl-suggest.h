#pragma once

#include <glib.h>

/* What to write instead of an unknown word: the name most like it, or all there are. Ends the sentence that
 * says that the word is unknown; free it with g_free (). */
char *ptl_suggest (const char *word, const GPtrArray *names);
