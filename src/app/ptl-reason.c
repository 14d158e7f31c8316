#include "ptl-reason.h"

char *
ptl_reason_sentence (const char *words)
{
  const char *rest = *words != '\0' ? g_utf8_next_char (words) : words;
  g_autofree char *first = g_utf8_strup (words, rest - words);

  return g_strconcat (first, rest, NULL);
}

void
ptl_reason_show (GtkWidget *label, const char *words)
{
  g_autofree char *sentence = ptl_reason_sentence (words != NULL ? words : "");

  gtk_label_set_text (GTK_LABEL (label), sentence);
  gtk_widget_set_visible (label, words != NULL);
}
