#include "ptl-problem-list.h"

#include <glib/gi18n.h>

#include "engine/ptl-check.h"
#include "ptl-item-words.h"

struct _PtlProblemList
{
  GtkBox parent_instance;

  PtlSession *session;
  char *title;
  GtkStringList *rows; /* what the session's findings say */
  GtkListView *list;
  GtkWidget *scrolled;
  GtkWidget *hint; /* instead of an empty list */
};

enum
{
  PROP_TITLE = 1,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PtlProblemList, ptl_problem_list, GTK_TYPE_BOX)

static const struct
{
  const char *word; /* of the findings */
  PtlRecordKind kind;
} kinds[] = { { "site", PTL_RECORD_SITE },
              { "zone", PTL_RECORD_ZONE },
              { "firewall", PTL_RECORD_FIREWALL },
              { "node", PTL_RECORD_NODE } };

/* What a finding is about, or FALSE when it is nothing that can be selected. */
static gboolean
find_thing (PtlProblemList *self, const PtlFinding *finding, PtlItem *item)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (finding->kind, kinds[i].word))
      {
        int index = ptl_history_find (ptl_session_get_history (self->session), kinds[i].kind, finding->subject);

        *item = (PtlItem){ kinds[i].kind, (guint) index };
        return index >= 0;
      }
  return FALSE;
}

/* Errors and warnings are told apart by a word, and things have their names for people. */
static char *
problem_text (PtlProblemList *self, const PtlFinding *finding)
{
  PtlItem item;
  g_autofree char *name
      = find_thing (self, finding, &item) ? ptl_item_name (self->session, item) : g_strdup (finding->subject);
  const char *severity = finding->severity == PTL_SEVERITY_ERROR ? _ ("Error") : _ ("Warning");

  return g_strdup_printf ("%s: %s: %s", severity, name, finding->message);
}

static void
set_rows (PtlProblemList *self, GPtrArray *rows)
{
  gtk_widget_set_visible (self->hint, rows->len == 0);
  gtk_widget_set_visible (self->scrolled, rows->len > 0);
  g_free (self->title);
  self->title = rows->len > 0 ? g_strdup_printf (_ ("Problems %u"), rows->len) : g_strdup (_ ("No problems"));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  g_ptr_array_add (rows, NULL);
  gtk_string_list_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)),
                          (const char *const *) rows->pdata);
}

static void
update (PtlProblemList *self)
{
  GPtrArray *findings = ptl_session_get_findings (self->session);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < findings->len; i++)
    {
      const PtlFinding *finding = findings->pdata[i];

      if (finding->severity == PTL_SEVERITY_NOTE)
        break; /* they come last */
      g_ptr_array_add (rows, problem_text (self, finding));
    }
  set_rows (self, rows);
}

static void
on_results_changed_cb (PtlSession *session, PtlProblemList *self)
{
  update (self);
}

static void
on_activate_cb (GtkListView *list, guint position, PtlProblemList *self)
{
  PtlItem item;

  if (find_thing (self, ptl_session_get_findings (self->session)->pdata[position], &item))
    ptl_session_select (self->session, &item, 1, PTL_SELECT_ONLY);
}

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL));
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static void
ptl_problem_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_string (value, PTL_PROBLEM_LIST (object)->title);
}

static void
ptl_problem_list_dispose (GObject *object)
{
  PtlProblemList *self = PTL_PROBLEM_LIST (object);

  ptl_problem_list_set_session (self, NULL);
  G_OBJECT_CLASS (ptl_problem_list_parent_class)->dispose (object);
}

static void
ptl_problem_list_finalize (GObject *object)
{
  g_free (PTL_PROBLEM_LIST (object)->title);
  G_OBJECT_CLASS (ptl_problem_list_parent_class)->finalize (object);
}

static void
ptl_problem_list_class_init (PtlProblemListClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = ptl_problem_list_get_property;
  object_class->dispose = ptl_problem_list_dispose;
  object_class->finalize = ptl_problem_list_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-problem-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlProblemList, list);
  gtk_widget_class_bind_template_child (widget_class, PtlProblemList, rows);
  gtk_widget_class_bind_template_child (widget_class, PtlProblemList, scrolled);
  gtk_widget_class_bind_template_child (widget_class, PtlProblemList, hint);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
}

static void
ptl_problem_list_init (PtlProblemList *self)
{
  self->title = g_strdup (_ ("Problems"));
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ptl_problem_list_set_session (PtlProblemList *self, PtlSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect (session, "results-changed", G_CALLBACK (on_results_changed_cb), self);
  update (self);
}
