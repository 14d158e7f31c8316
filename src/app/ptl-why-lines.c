#include "ptl-why-lines.h"

#include <glib/gi18n-lib.h>

#include "plan/ptl-records.h"
#include "ptl-reason.h"

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_warning (const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *sign = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_set_valign (sign, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), sign);
  gtk_box_append (GTK_BOX (box), make_label (text, NULL));
  return box;
}

static GtkWidget *
make_link (const char *text, const char *action, GVariant *target)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), make_label (text, NULL));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "link");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return button;
}

static GtkWidget *
make_setting (const char *text, const PtlGraph *graph, guint setting, guint node)
{
  return make_link (
      text, "win.show-setting",
      g_variant_new ("(ss)", graph->nodes[node].id, ptl_catalogue_setting (graph->catalogue, setting)->name));
}

/* The sentence itself leads to what it is about. */
static GtkWidget *
make_test (const char *text, const PtlGraph *graph, const PtlTest *test)
{
  const PtlCatalogue *catalogue = graph->catalogue;
  const char *node = graph->nodes[test->node].id;

  switch (test->kind)
    {
    case PTL_TEST_SETTING:
      return make_setting (text, graph, test->which, test->node);
    case PTL_TEST_FEATURE:
      return make_link (text, "win.show-feature",
                        g_variant_new_string (ptl_catalogue_feature (catalogue, test->which)->name));
    case PTL_TEST_OPTION:
      return make_link (text, "win.show-option",
                        g_variant_new ("(sss)", node, ptl_catalogue_role (catalogue, test->which)->name,
                                       ptl_catalogue_role (catalogue, test->which)->options[test->option].name));
    case PTL_TEST_ROLE:
    case PTL_TEST_START:
      return make_link (text, "win.show-item", g_variant_new ("(us)", PTL_RECORD_NODE, node));
    case PTL_TEST_SCOPE:
    case PTL_TEST_LOCATION:
    default:
      return make_label (text, NULL);
    }
}

static void
append_line (GtkBox *box, const PtlGraph *graph, const PtlWhyLine *line, gboolean labelled, gboolean conflict)
{
  g_autofree char *text = ptl_reason_sentence (line->text);

  if (labelled)
    {
      g_autofree char *caption = ptl_reason_sentence (_ (line->label));

      gtk_box_append (box, make_label (caption, "caption-heading"));
    }
  gtk_box_append (box, conflict             ? make_warning (text)
                       : line->test != NULL ? make_test (text, graph, line->test)
                                            : make_label (text, NULL));
  if (line->setting >= 0)
    {
      const PtlSetting *setting = ptl_catalogue_setting (graph->catalogue, (guint) line->setting);
      /* Translators: a button that leads to the setting of that name. */
      g_autofree char *link = g_strdup_printf (_ ("%s…"), _ (setting->title));

      gtk_box_append (box, make_setting (link, graph, (guint) line->setting, line->node));
    }
}

/* Conflicts between the documents come last. */
void
ptl_why_lines_append (GtkBox *box, const PtlGraph *graph, const GPtrArray *lines)
{
  gboolean conflict = FALSE;
  const char *label = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      const PtlWhyLine *line = lines->pdata[i];
      gboolean labelled = line->label != NULL && g_strcmp0 (line->label, label) != 0;

      label = labelled ? line->label : label;
      conflict |= g_strcmp0 (line->label, "conflict") == 0;
      append_line (box, graph, line, labelled, conflict);
    }
}

void
ptl_why_lines_append_question (GtkBox *box, const PtlGraph *graph, const PtlAsked *asked)
{
  gtk_box_append (box, make_link (_ ("Ask About This Port…"), "win.why-port",
                                  g_variant_new ("(ssiu)", graph->nodes[asked->source].id,
                                                 graph->nodes[asked->destination].id, asked->protocol, asked->port)));
}
