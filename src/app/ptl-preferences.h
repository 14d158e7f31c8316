#pragma once

#include <glib.h>

/* What a person chose for the program as a whole: a key file in the user's configuration folder, so that it
 * is the same from the build folder and installed. Unreadable or missing values are the given ones. */

int ptl_preferences_get_int (const char *key, int otherwise);
void ptl_preferences_set_int (const char *key, int value);
gboolean ptl_preferences_get_flag (const char *key, gboolean otherwise);
void ptl_preferences_set_flag (const char *key, gboolean value);
/* Free with g_free (). */
char *ptl_preferences_get_word (const char *key, const char *otherwise);
void ptl_preferences_set_word (const char *key, const char *value);
