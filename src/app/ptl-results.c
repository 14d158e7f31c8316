#include "ptl-results.h"

#include <glib/gi18n.h>

#include "engine/ptl-check.h"
#include "engine/ptl-sheets.h"
#include "ptl-item-words.h"

#define DELAY 250 /* ms after an edit: a drag is not held up by sheets that its next motion makes anew */

struct _PtlResults
{
  GtkBox parent_instance;

  PtlSession *session;
  guint timeout;
  GPtrArray *findings;   /* PtlFinding, of the rows of the list of problems */
  GArray *firewalls;     /* guint: in the routes, of the rows of the list of sheets */
  GtkStringList *sheets; /* what the rows say */
  GtkStringList *problems;
  GtkListView *sheets_view;
  GtkListView *problems_view;
  GtkWidget *sheets_hint; /* instead of an empty list */
  GtkWidget *problems_hint;
  GtkStackPage *problems_page;
};

G_DEFINE_FINAL_TYPE (PtlResults, ptl_results, GTK_TYPE_BOX)

static void
set_rows (GtkStringList *list, GtkListView *view, GtkWidget *hint, GPtrArray *rows)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (view), GTK_TYPE_SCROLLED_WINDOW);

  gtk_widget_set_visible (hint, rows->len == 0);
  gtk_widget_set_visible (scrolled, rows->len > 0);
  g_ptr_array_add (rows, NULL);
  gtk_string_list_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), (const char *const *) rows->pdata);
}

static void
update_sheets (PtlResults *self, PtlRoutes *routes)
{
  g_autoptr (PtlSheets) sheets = ptl_sheets_new (routes, FALSE);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  g_array_set_size (self->firewalls, 0);
  for (guint i = 0; i < routes->n_firewalls; i++)
    if (ptl_sheets_has_sheet (sheets, i))
      {
        guint n = ptl_sheets_rows (sheets, i)->len;
        g_autofree char *count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u rule", "%u rules", n), n);

        g_array_append_val (self->firewalls, i);
        g_ptr_array_add (rows, g_strdup_printf ("%s: %s", ptl_sheets_firewall_name (sheets, i), count));
      }
  set_rows (self->sheets, self->sheets_view, self->sheets_hint, rows);
}

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
find_thing (PtlResults *self, const PtlFinding *finding, PtlItem *item)
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
problem_text (PtlResults *self, const PtlFinding *finding)
{
  PtlItem item;
  g_autofree char *name
      = find_thing (self, finding, &item) ? ptl_item_name (self->session, item) : g_strdup (finding->subject);
  const char *severity = finding->severity == PTL_SEVERITY_ERROR ? _ ("Error") : _ ("Warning");

  return g_strdup_printf ("%s: %s: %s", severity, name, finding->message);
}

static void
update_problems (PtlResults *self, const PtlRoutes *routes)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *title = NULL;

  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->findings = ptl_check (routes);
  for (guint i = 0; i < self->findings->len; i++)
    {
      const PtlFinding *finding = self->findings->pdata[i];

      if (finding->severity == PTL_SEVERITY_NOTE)
        break; /* they come last */
      g_ptr_array_add (rows, problem_text (self, finding));
    }
  title = rows->len > 0 ? g_strdup_printf (_ ("Problems %u"), rows->len) : g_strdup (_ ("No problems"));
  gtk_stack_page_set_title (self->problems_page, title);
  set_rows (self->problems, self->problems_view, self->problems_hint, rows);
}

static gboolean
on_timeout_cb (gpointer data)
{
  PtlResults *self = data;
  PtlRoutes *routes = ptl_session_get_routes (self->session);

  self->timeout = 0;
  update_sheets (self, routes);
  update_problems (self, routes);
  return G_SOURCE_REMOVE;
}

static void
on_session_changed_cb (PtlSession *session, const PtlTouched *touched, PtlResults *self)
{
  if (!(touched->difference & PTL_DIFFERS_MEANING))
    return;
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (DELAY, on_timeout_cb, self);
}

static void
on_sheet_activated_cb (GtkListView *view, guint position, PtlResults *self)
{
  const PtlRoutes *routes = ptl_session_get_routes (self->session);

  const char *id = routes->firewalls[g_array_index (self->firewalls, guint, position)].id;
  int index = ptl_history_find (ptl_session_get_history (self->session), PTL_RECORD_FIREWALL, id);
  PtlItem item = { PTL_RECORD_FIREWALL, (guint) index };

  if (index >= 0) /* an implied one is not on the canvas */
    ptl_session_select (self->session, &item, 1, PTL_SELECT_ONLY);
}

static void
on_problem_activated_cb (GtkListView *view, guint position, PtlResults *self)
{
  PtlItem item;

  if (find_thing (self, self->findings->pdata[position], &item))
    ptl_session_select (self->session, &item, 1, PTL_SELECT_ONLY);
}

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_list_item_set_child (item, label);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkStringList *
fill_view (GtkListView *view)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkStringList *list = gtk_string_list_new (NULL);
  GtkSingleSelection *selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (list)));

  gtk_single_selection_set_autoselect (selection, FALSE);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  gtk_list_view_set_factory (view, factory);
  gtk_list_view_set_model (view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  g_object_unref (factory);
  return list;
}

static void
ptl_results_dispose (GObject *object)
{
  PtlResults *self = PTL_RESULTS (object);

  ptl_results_set_session (self, NULL);
  g_clear_object (&self->sheets);
  g_clear_object (&self->problems);
  G_OBJECT_CLASS (ptl_results_parent_class)->dispose (object);
}

static void
ptl_results_finalize (GObject *object)
{
  PtlResults *self = PTL_RESULTS (object);

  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_array_unref (self->firewalls);
  G_OBJECT_CLASS (ptl_results_parent_class)->finalize (object);
}

static void
ptl_results_class_init (PtlResultsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_results_dispose;
  G_OBJECT_CLASS (class)->finalize = ptl_results_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-results.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlResults, sheets_view);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, problems_view);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, problems_page);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, sheets_hint);
  gtk_widget_class_bind_template_child (widget_class, PtlResults, problems_hint);
  gtk_widget_class_bind_template_callback (widget_class, on_sheet_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_problem_activated_cb);
}

static void
ptl_results_init (PtlResults *self)
{
  self->firewalls = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_init_template (GTK_WIDGET (self));
  self->sheets = fill_view (self->sheets_view);
  self->problems = fill_view (self->problems_view);
}

void
ptl_results_set_session (PtlResults *self, PtlSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect (session, "changed", G_CALLBACK (on_session_changed_cb), self);
  self->timeout = g_timeout_add (DELAY, on_timeout_cb, self);
}
