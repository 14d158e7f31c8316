#include "ptl-sheet-clip.h"

#include <string.h>

#include "export/ptl-csv.h"

typedef void (*AppendField) (GString *line, const char *text);

/* Only what would be taken for the end of a cell, or for quotes, is quoted. */
static void
append_field (GString *line, const char *text)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *doubled = NULL;

  if (text[strcspn (text, "\t\r\n\"")] == '\0')
    {
      g_string_append (line, text);
      return;
    }
  parts = g_strsplit (text, "\"", -1);
  doubled = g_strjoinv ("\"\"", parts);
  g_string_append_printf (line, "\"%s\"", doubled);
}

static GBytes *
write_rows (PtlSheetModel *model, const PtlSheetColumn *columns, guint n_columns, AppendField append,
            const char *separator, const char *line_end)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (model);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_columns; i++)
    {
      g_string_append (text, i > 0 ? separator : "");
      append (text, ptl_sheet_title (columns[i]));
    }
  g_string_append (text, line_end);
  for (guint row = 0; row < g_list_model_get_n_items (G_LIST_MODEL (model)); row++)
    {
      if (!gtk_selection_model_is_selected (selection, row))
        continue;
      for (guint i = 0; i < n_columns; i++)
        {
          g_autofree char *cell = ptl_sheet_model_get_cell (model, row, columns[i]);

          g_string_append (text, i > 0 ? separator : "");
          append (text, cell);
        }
      g_string_append (text, line_end);
    }
  return g_string_free_to_bytes (text);
}

GdkContentProvider *
ptl_sheet_clip_new (PtlSheetModel *model, const PtlSheetColumn *columns, guint n_columns)
{
  g_autoptr (GBytes) csv = write_rows (model, columns, n_columns, ptl_csv_append, ",", "\r\n");
  g_autoptr (GBytes) text = write_rows (model, columns, n_columns, append_field, "\t", "\n");

  return gdk_content_provider_new_union (
      (GdkContentProvider *[]){ gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", text),
                                gdk_content_provider_new_for_bytes ("text/csv", csv) },
      2);
}
