#include "ptl-problem-list.h"

#include <glib/gi18n.h>

#include "ptl-problem-row.h"

struct _PtlProblemList
{
  GtkBox parent_instance;

  PtlSession *session;
  char *title;
  GListStore *problems; /* PtlProblem: the session's findings, in their order */
  GtkCustomFilter *filter;
  GtkSingleSelection *selection;
  GtkListView *list;
  GtkDropDown *chooser; /* of one kind of problems */
  GtkStringList *kinds;
  GPtrArray *codes; /* const char *: of the kinds; the first, for all but notes, is NULL */
  const char *code; /* the chosen one */
  gboolean updating;
  gboolean lit; /* something on the canvas, by a problem */
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

/* Following the session: problems that stay keep their objects, and with them selection and place. */

static PtlProblem *
problem_at (PtlProblemList *self, guint i)
{
  PtlProblem *problem = g_list_model_get_item (G_LIST_MODEL (self->problems), i);

  g_object_unref (problem); /* the list has it */
  return problem;
}

static GHashTable *
index_problems (PtlProblemList *self, guint from, guint to)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  for (guint i = from; i < to; i++)
    {
      PtlProblem *problem = problem_at (self, i);

      g_hash_table_insert (index, ptl_problem_key (ptl_problem_get_finding (problem)), g_object_ref (problem));
    }
  return index;
}

static PtlProblem *
find_or_make (GHashTable *known, GPtrArray *findings, guint i)
{
  g_autofree char *key = ptl_problem_key (findings->pdata[i]);
  PtlProblem *problem = g_hash_table_lookup (known, key);

  if (problem == NULL)
    return ptl_problem_new (findings, i);
  g_object_ref (problem);
  g_hash_table_remove (known, key);
  ptl_problem_take (problem, findings, i);
  return problem;
}

static void
update_problems (PtlProblemList *self, GPtrArray *findings)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->problems)), n_both = MIN (n, findings->len);
  guint head = 0, tail = 0;
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (GPtrArray) others = NULL;

  while (head < n_both && ptl_problem_take (problem_at (self, head), findings, head))
    head++;
  while (tail < n_both - head && ptl_problem_take (problem_at (self, n - tail - 1), findings, findings->len - tail - 1))
    tail++;
  if (head + tail == n && n == findings->len)
    return;
  known = index_problems (self, head, n - tail);
  others = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = head; i < findings->len - tail; i++)
    g_ptr_array_add (others, find_or_make (known, findings, i));
  g_list_store_splice (self->problems, head, n - tail - head, others->pdata, others->len);
}

/* A problem that was mended hands the selection on to the next one. */
static void
update_selection (PtlProblemList *self, guint before)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (before != GTK_INVALID_LIST_POSITION && n > 0
      && gtk_single_selection_get_selected (self->selection) == GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, MIN (before, n - 1));
}

/* All findings but the notes, which come last. */
static guint
count_problems (const GPtrArray *findings)
{
  guint n = findings->len;

  while (n > 0 && ((const PtlFinding *) findings->pdata[n - 1])->severity == PTL_SEVERITY_NOTE)
    n--;
  return n;
}

static void
update_title (PtlProblemList *self, guint n)
{
  g_free (self->title);
  self->title = n > 0 ? g_strdup_printf (_ ("Problems %u"), n) : g_strdup (_ ("No problems"));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
update_hint (PtlProblemList *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;

  gtk_widget_set_visible (self->hint, !any);
  gtk_widget_set_visible (self->scrolled, any);
}

/* The kinds of problems that there are, each with their number. */

static void
add_kind (const char *title, guint n, GPtrArray *titles)
{
  /* Translators: a kind of problem and how many of it there are: "No address (12)". */
  g_ptr_array_add (titles, g_strdup_printf (_ ("%s (%u)"), title, n));
}

static GPtrArray *
list_kinds (PtlProblemList *self, const GPtrArray *findings)
{
  GPtrArray *titles = g_ptr_array_new_with_free_func (g_free);
  guint n = 0;

  g_ptr_array_set_size (self->codes, 0);
  g_ptr_array_add (self->codes, NULL);
  add_kind (_ ("All Problems"), count_problems (findings), titles);
  for (guint i = 0; i < findings->len; i++) /* those of one kind stand together */
    {
      const PtlFinding *finding = findings->pdata[i];
      const PtlFinding *next = i + 1 < findings->len ? findings->pdata[i + 1] : NULL;

      n++;
      if (next != NULL && g_str_equal (finding->code, next->code))
        continue;
      g_ptr_array_add (self->codes, (gpointer) finding->code);
      add_kind (ptl_problem_title (finding->code), n, titles);
      n = 0;
    }
  return titles;
}

static guint
find_code (PtlProblemList *self)
{
  for (guint i = 0; i < self->codes->len; i++)
    if (g_strcmp0 (self->codes->pdata[i], self->code) == 0)
      return i;
  return 0;
}

static void
choose_code (PtlProblemList *self, const char *code)
{
  if (g_strcmp0 (self->code, code) == 0)
    return;
  self->code = code;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_hint (self);
}

static void
update_kinds (PtlProblemList *self, const GPtrArray *findings)
{
  g_autoptr (GPtrArray) titles = list_kinds (self, findings);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->kinds));
  gboolean same = n == titles->len;

  for (guint i = 0; i < titles->len && same; i++)
    same = g_str_equal (titles->pdata[i], gtk_string_list_get_string (self->kinds, i));
  g_ptr_array_add (titles, NULL);
  self->updating = TRUE;
  if (!same)
    gtk_string_list_splice (self->kinds, 0, n, (const char *const *) titles->pdata);
  gtk_drop_down_set_selected (self->chooser, find_code (self));
  self->updating = FALSE;
  choose_code (self, self->codes->pdata[find_code (self)]);
  gtk_widget_set_sensitive (GTK_WIDGET (self->chooser), findings->len > 0);
}

/* What is shown of problems that stay may be another: a name, or what mends them. */
static void
update_rows (PtlProblemList *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (PTL_IS_PROBLEM_ROW (gtk_widget_get_first_child (child)))
      ptl_problem_row_update (PTL_PROBLEM_ROW (gtk_widget_get_first_child (child)));
}

static void
update (PtlProblemList *self)
{
  GPtrArray *findings = ptl_session_get_findings (self->session);
  guint selected = gtk_single_selection_get_selected (self->selection);

  update_problems (self, findings);
  update_kinds (self, findings);
  update_selection (self, selected);
  update_title (self, count_problems (findings));
  update_hint (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update_rows (self);
}

static void
on_results_changed_cb (PtlSession *session, PtlProblemList *self)
{
  self->lit = FALSE; /* all lights are out */
  update (self);
}

static gboolean
is_chosen (gpointer item, gpointer data)
{
  const PtlProblemList *self = data;
  const PtlFinding *finding = ptl_problem_get_finding (item);

  return self->code != NULL ? g_str_equal (finding->code, self->code) : finding->severity != PTL_SEVERITY_NOTE;
}

/* What a person does */

static void
on_kind_cb (GtkDropDown *chooser, GParamSpec *spec, PtlProblemList *self)
{
  guint selected = gtk_drop_down_get_selected (chooser);

  if (!self->updating && selected < self->codes->len)
    choose_code (self, self->codes->pdata[selected]);
}

static void
put_light_out (PtlProblemList *self)
{
  if (self->lit)
    ptl_session_set_light (self->session, NULL, 0, NULL, 0);
  self->lit = FALSE;
}

static void
go (PtlProblemList *self, PtlProblem *problem)
{
  const char *field = ptl_problem_get_field (problem);

  put_light_out (self);
  self->lit = g_str_equal (ptl_problem_get_finding (problem)->kind, "conflict");
  ptl_problem_show (problem, self->session);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.reveal-selection", NULL);
  if (field != NULL && !ptl_problem_can_mend (problem, self->session))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.focus-field", "s", field);
}

static void
on_selection_changed_cb (PtlSession *session, PtlProblemList *self)
{
  put_light_out (self);
}

static void
on_activate_cb (GtkListView *list, guint position, PtlProblemList *self)
{
  g_autoptr (PtlProblem) problem = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (problem != NULL)
    go (self, problem);
}

static void
on_released_cb (GtkGestureClick *click, int n_press, double x, double y, GtkListItem *item)
{
  gtk_widget_activate_action (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click)), "list.activate-item", "u",
                              gtk_list_item_get_position (item));
}

static gboolean
on_mend_key_cb (GtkWidget *list, GVariant *arguments, gpointer data)
{
  PtlProblemList *self = data;
  PtlProblem *problem = gtk_single_selection_get_selected_item (self->selection);

  if (problem == NULL)
    return GDK_EVENT_PROPAGATE;
  ptl_problem_row_mend (list, self->session, problem);
  return GDK_EVENT_STOP;
}

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *row = ptl_problem_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "released", G_CALLBACK (on_released_cb), item);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, row);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, PtlProblemList *self)
{
  ptl_problem_row_set_problem (PTL_PROBLEM_ROW (gtk_list_item_get_child (item)), self->session,
                               gtk_list_item_get_item (item));
}

static void
on_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, PtlProblemList *self)
{
  ptl_problem_row_set_problem (PTL_PROBLEM_ROW (gtk_list_item_get_child (item)), NULL, NULL);
}

static void
ptl_problem_list_map (GtkWidget *widget)
{
  update_rows (PTL_PROBLEM_LIST (widget));
  GTK_WIDGET_CLASS (ptl_problem_list_parent_class)->map (widget);
}

static void
ptl_problem_list_unmap (GtkWidget *widget)
{
  put_light_out (PTL_PROBLEM_LIST (widget));
  GTK_WIDGET_CLASS (ptl_problem_list_parent_class)->unmap (widget);
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
  PtlProblemList *self = PTL_PROBLEM_LIST (object);

  g_ptr_array_unref (self->codes);
  g_free (self->title);
  G_OBJECT_CLASS (ptl_problem_list_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  gtk_widget_class_set_template_from_resource (class, "/org/portolan/ui/ptl-problem-list.ui");
  gtk_widget_class_bind_template_child (class, PtlProblemList, chooser);
  gtk_widget_class_bind_template_child (class, PtlProblemList, kinds);
  gtk_widget_class_bind_template_child (class, PtlProblemList, filter);
  gtk_widget_class_bind_template_child (class, PtlProblemList, hint);
  gtk_widget_class_bind_template_child (class, PtlProblemList, list);
  gtk_widget_class_bind_template_child (class, PtlProblemList, problems);
  gtk_widget_class_bind_template_child (class, PtlProblemList, scrolled);
  gtk_widget_class_bind_template_child (class, PtlProblemList, selection);
  gtk_widget_class_bind_template_callback (class, on_activate_cb);
  gtk_widget_class_bind_template_callback (class, on_bind_cb);
  gtk_widget_class_bind_template_callback (class, on_kind_cb);
  gtk_widget_class_bind_template_callback (class, on_setup_cb);
  gtk_widget_class_bind_template_callback (class, on_unbind_cb);
}

static void
ptl_problem_list_class_init (PtlProblemListClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = ptl_problem_list_get_property;
  object_class->dispose = ptl_problem_list_dispose;
  object_class->finalize = ptl_problem_list_finalize;
  GTK_WIDGET_CLASS (class)->map = ptl_problem_list_map;
  GTK_WIDGET_CLASS (class)->unmap = ptl_problem_list_unmap;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_type_ensure (PTL_TYPE_PROBLEM);
  bind_template (GTK_WIDGET_CLASS (class));
}

static void
ptl_problem_list_init (PtlProblemList *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->title = g_strdup (_ ("Problems"));
  self->codes = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_custom_filter_set_filter_func (self->filter, is_chosen, self, NULL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                        gtk_callback_action_new (on_mend_key_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

GtkWidget *
ptl_problem_list_get_tools (PtlProblemList *self)
{
  return GTK_WIDGET (self->chooser);
}

void
ptl_problem_list_set_session (PtlProblemList *self, PtlSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->problems != NULL)
    g_list_store_remove_all (self->problems);
  self->lit = FALSE;
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect (session, "results-changed", G_CALLBACK (on_results_changed_cb), self);
  g_signal_connect (session, "selection-changed", G_CALLBACK (on_selection_changed_cb), self);
  update (self);
}
