#include "ptl-search-bar.h"

#include <glib/gi18n-lib.h>

#include "engine/ptl-question.h"
#include "ptl-filter-box.h"

struct _PtlSearchBar
{
  GtkBox parent_instance;

  GtkSearchBar *bar;
  GtkSearchEntry *entry;
  GtkLabel *result;
  GtkWidget *next, *previous;
  PtlFilterBox *filter;
  GtkWidget *strip; /* says that flows are hidden */
  GtkLabel *hidden;

  PtlSession *session;
  PtlCanvas *canvas;
  GArray *talks, *nodes; /* guint: what fits */
  PtlTalks *searched;    /* whose indices these are; NULL: there are none */
  int at;                /* the match that was stepped to: nodes first; -1: none yet */
};

G_DEFINE_FINAL_TYPE (PtlSearchBar, ptl_search_bar, GTK_TYPE_BOX)

/* What fits */

static const guint *
indices (const GArray *array)
{
  return (const guint *) (gconstpointer) array->data;
}

static guint
count_matches (PtlSearchBar *self)
{
  return self->nodes->len + self->talks->len;
}

static void
forget (PtlSearchBar *self)
{
  g_array_set_size (self->talks, 0);
  g_array_set_size (self->nodes, 0);
  g_clear_pointer (&self->searched, ptl_talks_unref);
  self->at = -1;
}

static void
find (PtlSearchBar *self)
{
  PtlTalks *talks = ptl_session_get_talks (self->session);
  g_autoptr (PtlQuestion) question
      = ptl_question_new (talks->routes, gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  forget (self);
  self->searched = ptl_talks_ref (talks);
  if (question != NULL)
    ptl_question_find (question, talks, self->talks, self->nodes);
}

/* The arrows that fit with their ends, and the nodes that fit without an arrow. */
static void
light (PtlSearchBar *self)
{
  const PtlTalks *talks = ptl_session_get_talks (self->session);
  g_autoptr (GArray) nodes = g_array_copy (self->nodes);

  for (guint i = 0; i < self->talks->len; i++)
    {
      const PtlTalk *talk = &talks->talks[g_array_index (self->talks, guint, i)];

      g_array_append_val (nodes, talk->a);
      g_array_append_val (nodes, talk->b);
    }
  ptl_session_set_light (self->session, indices (self->talks), self->talks->len, indices (nodes), nodes->len);
}

/* "7 arrows, 5 nodes" */
static char *
result_words (PtlSearchBar *self)
{
  g_autofree char *talks = NULL, *nodes = NULL;

  if (count_matches (self) == 0)
    return g_strdup (_ ("Nothing found"));
  talks = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u arrow", "%u arrows", self->talks->len), self->talks->len);
  nodes = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node", "%u nodes", self->nodes->len), self->nodes->len);
  /* Translators: numbers of arrows and of nodes, as “7 arrows”, “5 nodes”. */
  return g_strdup_printf (_ ("%s, %s"), talks, nodes);
}

static void
show_result (PtlSearchBar *self)
{
  gboolean asked = *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0';
  gboolean found = count_matches (self) > 0;
  g_autofree char *words = asked ? result_words (self) : g_strdup ("");

  gtk_label_set_text (self->result, words);
  gtk_widget_set_sensitive (self->next, found);
  gtk_widget_set_sensitive (self->previous, found);
  (asked && !found ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (self->entry), "error");
}

/* While the bar is shown. What others have lit stays when there is nothing to look for. */
static void
search (PtlSearchBar *self)
{
  gboolean lit = count_matches (self) > 0;

  if (self->session == NULL || !gtk_search_bar_get_search_mode (self->bar))
    return;
  find (self);
  if (lit || *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    light (self);
  show_result (self);
}

/* Steps through what fits */

static void
show_node (PtlSearchBar *self, guint index)
{
  PtlItem item = { PTL_RECORD_NODE, index };

  ptl_session_select (self->session, &item, 1, PTL_SELECT_ONLY);
  ptl_canvas_reveal (self->canvas, item);
}

static void
show_talk (PtlSearchBar *self, guint index)
{
  const PtlTalks *talks = ptl_session_get_talks (self->session);
  const PtlGraphNode *nodes = talks->routes->flows->graph->nodes;
  const PtlTalk *talk = &talks->talks[index];

  ptl_session_set_focus (self->session, PTL_FOCUS_TALK, nodes[talk->a].id, nodes[talk->b].id);
  ptl_canvas_reveal_focus (self->canvas);
}

/* After an edit of a large plan the results, with which all is searched again, come a moment later. */
static void
step (PtlSearchBar *self, int by)
{
  int n;
  guint at;

  if (self->session != NULL && self->searched != ptl_session_get_talks (self->session))
    search (self);
  n = (int) count_matches (self);
  if (n == 0)
    return;
  self->at = self->at < 0 && by < 0 ? n - 1 : (self->at + by + n) % n;
  at = (guint) self->at;
  if (at < self->nodes->len)
    show_node (self, g_array_index (self->nodes, guint, at));
  else
    show_talk (self, g_array_index (self->talks, guint, at - self->nodes->len));
  light (self); /* whoever lit something of what was selected has put it out */
}

static void
on_next_cb (PtlSearchBar *self)
{
  step (self, 1);
}

static void
on_previous_cb (PtlSearchBar *self)
{
  step (self, -1);
}

static gboolean
on_shift_enter_cb (GtkWidget *entry, GVariant *arguments, gpointer data)
{
  step (data, -1);
  return TRUE;
}

/* What is typed is found before Enter takes a step. */
static void
on_activate_cb (PtlSearchBar *self)
{
  if (self->at < 0)
    search (self);
  step (self, 1);
}

static void
on_search_changed_cb (PtlSearchBar *self)
{
  search (self);
}

static void
on_search_mode_cb (PtlSearchBar *self)
{
  if (gtk_search_bar_get_search_mode (self->bar))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  forget (self);
  show_result (self);
  if (self->session == NULL)
    return;
  ptl_session_set_light (self->session, NULL, 0, NULL, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

/* Filters */

/* Nothing is hidden silently. */
static void
show_hidden (PtlSearchBar *self)
{
  g_autofree char *words = self->session != NULL ? ptl_filter_words (self->session) : NULL;

  if (words != NULL)
    {
      guint n = ptl_session_get_talks (self->session)->n;
      g_autofree char *count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u arrow", "%u arrows", n), n);
      /* Translators: what is filtered, and a number of arrows: “Only TCP · port 445: 9 arrows”. */
      g_autofree char *text = g_strdup_printf (_ ("Only %s: %s"), words, count);

      gtk_label_set_text (self->hidden, text);
    }
  gtk_widget_set_visible (self->strip, words != NULL);
}

static void
on_filter_show_cb (PtlSearchBar *self)
{
  ptl_filter_box_set_session (self->filter, self->session);
}

static void
on_show_all_cb (PtlSearchBar *self)
{
  ptl_filter_clear (self->session);
}

static void
on_results_changed_cb (PtlSession *session, PtlSearchBar *self)
{
  search (self);
  show_hidden (self);
}

static void
ptl_search_bar_dispose (GObject *object)
{
  PtlSearchBar *self = PTL_SEARCH_BAR (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (ptl_search_bar_parent_class)->dispose (object);
}

static void
ptl_search_bar_finalize (GObject *object)
{
  PtlSearchBar *self = PTL_SEARCH_BAR (object);

  g_array_unref (self->talks);
  g_array_unref (self->nodes);
  ptl_talks_unref (self->searched);
  G_OBJECT_CLASS (ptl_search_bar_parent_class)->finalize (object);
}

static void
ptl_search_bar_class_init (PtlSearchBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_search_bar_dispose;
  G_OBJECT_CLASS (class)->finalize = ptl_search_bar_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-search-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlSearchBar, bar);
  gtk_widget_class_bind_template_child (widget_class, PtlSearchBar, entry);
  gtk_widget_class_bind_template_child (widget_class, PtlSearchBar, result);
  gtk_widget_class_bind_template_child (widget_class, PtlSearchBar, next);
  gtk_widget_class_bind_template_child (widget_class, PtlSearchBar, previous);
  gtk_widget_class_bind_template_child (widget_class, PtlSearchBar, filter);
  gtk_widget_class_bind_template_child (widget_class, PtlSearchBar, strip);
  gtk_widget_class_bind_template_child (widget_class, PtlSearchBar, hidden);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_show_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_mode_cb);
}

static void
add_shift_enter (PtlSearchBar *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Shift>Return|<Shift>KP_Enter"),
                        gtk_callback_action_new (on_shift_enter_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

static void
ptl_search_bar_init (PtlSearchBar *self)
{
  self->talks = g_array_new (FALSE, FALSE, sizeof (guint));
  self->nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_type_ensure (PTL_TYPE_FILTER_BOX);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->bar, GTK_EDITABLE (self->entry));
  add_shift_enter (self);
}

void
ptl_search_bar_set_canvas (PtlSearchBar *self, PtlCanvas *canvas)
{
  self->canvas = canvas;
}

void
ptl_search_bar_set_session (PtlSearchBar *self, PtlSession *session)
{
  if (self->session != NULL)
    {
      gtk_search_bar_set_search_mode (self->bar, FALSE);
      g_signal_handlers_disconnect_by_data (self->session, self);
    }
  g_set_object (&self->session, session);
  ptl_filter_box_set_session (self->filter, NULL);
  show_hidden (self);
  if (session != NULL)
    g_signal_connect (session, "results-changed", G_CALLBACK (on_results_changed_cb), self);
}

void
ptl_search_bar_open (PtlSearchBar *self)
{
  gtk_search_bar_set_search_mode (self->bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}
