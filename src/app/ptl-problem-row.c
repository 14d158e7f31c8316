#include "ptl-problem-row.h"

#include <glib/gi18n.h>

#include "plan/ptl-mend.h"

struct _PtlProblemRow
{
  GtkBox parent_instance;

  PtlSession *session;
  PtlProblem *problem;
  GtkImage *icon;
  GtkLabel *severity;
  GtkLabel *name;
  GtkLabel *sentence;
  GtkWidget *mend;
  GtkLabel *mend_label;
};

G_DEFINE_FINAL_TYPE (PtlProblemRow, ptl_problem_row, GTK_TYPE_BOX)

static const struct
{
  const char *word, *icon, *css_class;
} severities[] = {
  [PTL_SEVERITY_ERROR] = { NC_ ("severity", "Error"), "dialog-error-symbolic", "error" },
  [PTL_SEVERITY_WARNING] = { NC_ ("severity", "Warning"), "dialog-warning-symbolic", "warning" },
  [PTL_SEVERITY_NOTE] = { NC_ ("severity", "Note"), "dialog-information-symbolic", "dim-label" },
};

static void
on_mend_clicked_cb (GtkButton *button, PtlProblemRow *self)
{
  ptl_problem_row_mend (GTK_WIDGET (self), self->session, self->problem);
}

static void
ptl_problem_row_dispose (GObject *object)
{
  ptl_problem_row_set_problem (PTL_PROBLEM_ROW (object), NULL, NULL);
  G_OBJECT_CLASS (ptl_problem_row_parent_class)->dispose (object);
}

static void
ptl_problem_row_class_init (PtlProblemRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_problem_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-problem-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlProblemRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PtlProblemRow, severity);
  gtk_widget_class_bind_template_child (widget_class, PtlProblemRow, name);
  gtk_widget_class_bind_template_child (widget_class, PtlProblemRow, sentence);
  gtk_widget_class_bind_template_child (widget_class, PtlProblemRow, mend);
  gtk_widget_class_bind_template_child (widget_class, PtlProblemRow, mend_label);
  gtk_widget_class_bind_template_callback (widget_class, on_mend_clicked_cb);
}

static void
ptl_problem_row_init (PtlProblemRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ptl_problem_row_mend (GtkWidget *widget, PtlSession *session, PtlProblem *problem)
{
  g_autoptr (PtlProblem) kept = g_object_ref (problem); /* its row shows another one afterwards */
  GtkRoot *root = gtk_widget_get_root (widget);

  if (ptl_problem_mend (kept, session))
    gtk_widget_activate_action (GTK_WIDGET (root), "win.reveal-selection", NULL);
}

GtkWidget *
ptl_problem_row_new (void)
{
  return g_object_new (PTL_TYPE_PROBLEM_ROW, NULL);
}

void
ptl_problem_row_set_problem (PtlProblemRow *self, PtlSession *session, PtlProblem *problem)
{
  g_set_object (&self->session, session);
  g_set_object (&self->problem, problem);
  if (problem != NULL)
    ptl_problem_row_update (self);
}

static const char *
severity_word (PtlSeverity severity)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "severity", severities[severity].word);
}

static void
show_severity (PtlProblemRow *self, PtlSeverity severity)
{
  const char *classes[] = { severities[severity].css_class, NULL };

  gtk_image_set_from_icon_name (self->icon, severities[severity].icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
  gtk_label_set_text (self->severity, severity_word (severity));
}

static void
show_mend (PtlProblemRow *self)
{
  g_autofree char *words
      = ptl_mend_get_words (ptl_session_get_history (self->session), ptl_problem_get_finding (self->problem));
  /* Translators: what a button does, and the keys that do it, too. */
  g_autofree char *tip = words != NULL ? g_strdup_printf (_ ("%s (Ctrl+Enter)"), words) : NULL;

  gtk_widget_set_visible (self->mend, words != NULL);
  gtk_label_set_text (self->mend_label, words != NULL ? words : "");
  gtk_widget_set_tooltip_text (self->mend, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mend), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words != NULL ? words : "", -1);
}

void
ptl_problem_row_update (PtlProblemRow *self)
{
  const PtlFinding *finding;
  g_autofree char *name = NULL, *words = NULL;

  if (self->problem == NULL)
    return;
  finding = ptl_problem_get_finding (self->problem);
  name = ptl_problem_get_name (self->problem, self->session);
  show_severity (self, finding->severity);
  gtk_label_set_text (self->name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
  gtk_label_set_text (self->sentence, finding->message);
  words = g_strdup_printf ("%s, %s: %s", severity_word (finding->severity), name, finding->message);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (self))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  show_mend (self);
}
