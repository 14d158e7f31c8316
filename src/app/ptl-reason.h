#pragma once

#include <gtk/gtk.h>

/* Edits say why they refuse in words that can stand in a sentence; a person reads them as one. */

/* The words, beginning with a capital; free with g_free (). */
char *ptl_reason_sentence (const char *words);
/* Shows them in the label; NULL: hides it. */
void ptl_reason_show (GtkWidget *label, const char *words);
