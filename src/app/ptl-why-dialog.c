#include "ptl-why-dialog.h"

#include <glib/gi18n-lib.h>

#include "engine/ptl-inquiry.h"
#include "ptl-item-words.h"
#include "ptl-picker.h"
#include "ptl-why-lines.h"

#define DIALOG   "ptl-why-dialog" /* keeps the dialog of a window */
#define UNFOLDED 3                /* conversations: of more, each is opened when it is wanted */

struct _PtlWhyDialog
{
  GtkWindow parent_instance;

  GtkBox *source_box, *destination_box;
  GtkDropDown *protocol;
  GtkEntry *port;
  GtkWidget *swap, *hint, *verdict_box, *scrolled;
  GtkImage *sign;
  GtkLabel *verdict, *route, *others, *heading;
  GtkBox *conversations;

  PtlTopic *topic; /* of the pickers: they list all nodes, whatever is selected */
  PtlSession *session;
  GtkWidget *pickers[2];
  char *ids[2]; /* of source and destination; NULL: not chosen */
  char *shown;  /* all that the answer says */
};

G_DEFINE_FINAL_TYPE (PtlWhyDialog, ptl_why_dialog, GTK_TYPE_WINDOW)

/* Asking */

static int
find_node (PtlWhyDialog *self, guint end)
{
  return ptl_history_find (ptl_session_get_history (self->session), PTL_RECORD_NODE, self->ids[end]);
}

static const char *
end_title (guint end)
{
  return end == 0 ? _ ("From") : _ ("To");
}

static void
show_picked (PtlWhyDialog *self, guint end)
{
  int node = find_node (self, end);
  g_autofree char *label = node >= 0 ? ptl_item_name (self->session, (PtlItem){ PTL_RECORD_NODE, (guint) node })
                                     : g_strdup (_ ("Choose a Node…"));
  /* Translators: what a button chooses, and what is chosen: “From: MP02”. */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), end_title (end), label);

  ptl_picker_set_label (PTL_PICKER (self->pickers[end]), label, name);
}

/* FALSE: not everything is chosen that must be. What is no port marks the entry. */
static gboolean
read_asked (PtlWhyDialog *self, PtlAsked *asked)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->port));
  int source = find_node (self, 0), destination = find_node (self, 1);
  gboolean right;

  *asked = (PtlAsked){ (guint) source, (guint) destination, (int) gtk_drop_down_get_selected (self->protocol) - 1, 0 };
  gtk_widget_set_sensitive (GTK_WIDGET (self->port), asked->protocol != PTL_PROTOCOL_ICMP);
  if (asked->protocol == PTL_PROTOCOL_ICMP)
    text = "";
  right = *text == '\0' || ptl_number_parse (text, 1, G_MAXUINT16, &asked->port);
  (right ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (GTK_WIDGET (self->port), "error");
  return right && source >= 0 && destination >= 0 && source != destination;
}

/* The answer */

static const char *
find_origin (guint node, guint setting, gpointer session)
{
  return ptl_plan_setting_origin (ptl_session_get_plan (session), node, setting);
}

/* Which services: "SMB tcp/445, RPC Endpoint Mapper tcp/135" */
static char *
services_words (const PtlInquiry *inquiry, const PtlWhy *const *whys, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *service = ptl_inquiry_service (inquiry, whys[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", service);
    }
  return g_string_free (text, FALSE);
}

static void
set_accessible_label (GtkWidget *widget, const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
append_label (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
}

/* The services and their rule; all the rest unfolds. Takes the lines. */
static void
append_conversation (PtlWhyDialog *self, const PtlInquiry *inquiry, const PtlWhy *const *whys, guint n,
                     GPtrArray *lines, gboolean expanded)
{
  GtkWidget *title = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *expander = gtk_expander_new (NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *services = services_words (inquiry, whys, n);
  const PtlWhyLine *rule = lines->pdata[0];

  append_label (title, services, "heading");
  append_label (title, rule->text, "dim-label");
  gtk_expander_set_label_widget (GTK_EXPANDER (expander), title);
  set_accessible_label (expander, services);
  g_ptr_array_remove_index (lines, 0);
  ptl_why_lines_append (GTK_BOX (box), inquiry->flows->graph, lines);
  gtk_widget_add_css_class (box, "detail");
  gtk_expander_set_child (GTK_EXPANDER (expander), box);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), expanded);
  gtk_widget_add_css_class (expander, "conversation");
  gtk_box_append (self->conversations, expander);
  g_ptr_array_unref (lines);
}

static void
append_conversations (PtlWhyDialog *self, const PtlInquiry *inquiry)
{
  gboolean few = inquiry->open->len + inquiry->nearest->len <= UNFOLDED;

  for (guint i = 0; i < inquiry->open->len; i++)
    {
      const PtlWhy *why = inquiry->open->pdata[i];

      append_conversation (self, inquiry, &why, 1, ptl_inquiry_open_lines (inquiry, why, find_origin, self->session),
                           few);
    }
  for (guint i = 0; i < inquiry->nearest->len; i++)
    {
      const GPtrArray *group = inquiry->nearest->pdata[i];

      append_conversation (self, inquiry, (const PtlWhy *const *) group->pdata, group->len,
                           ptl_inquiry_nearest_lines (inquiry, group->pdata[0]), few || i == 0);
    }
}

/* What else is open between the two, for one who asked about the wrong port or the wrong way round. */
static char *
others_words (const PtlInquiry *inquiry)
{
  guint n = inquiry->n_others, back = inquiry->n_back;
  g_autofree char *other = NULL, *backwards = NULL;

  if (n > 0)
    other = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "On other ports %u flow is open.", "On other ports %u flows are open.", n), n);
  backwards = back > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The other way it is open, by %u flow.",
                                                       "The other way it is open, by %u flows.", back),
                                          back)
                       : g_strdup (_ ("The other way it is not open either."));
  return other != NULL ? g_strdup_printf ("%s %s", other, backwards) : g_steal_pointer (&backwards);
}

static const struct
{
  const char *sign, *words, *heading;
} verdicts[] = {
  [PTL_VERDICT_OPEN] = { "emblem-ok-symbolic", NC_ ("verdict", "Open"), N_ ("What opens it") },
  [PTL_VERDICT_UNROUTABLE]
  = { "dialog-warning-symbolic", NC_ ("verdict", "Asked for, but no way leads there"), N_ ("What asks for it") },
  [PTL_VERDICT_CLOSED]
  = { "action-unavailable-symbolic", NC_ ("verdict", "Not open"), N_ ("What would open it, nearest first") },
};

/* All that an answer says, to know it again: what has not changed is not made again under the pointer. */
static char *
make_digest (PtlWhyDialog *self, const PtlInquiry *inquiry, const char *route, const char *others)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%u %u\n%u\n%s\n%s\n", inquiry->asked.source, inquiry->asked.destination, inquiry->verdict,
                   route, others);
  for (guint i = 0; i < inquiry->open->len + inquiry->nearest->len; i++)
    {
      const GPtrArray *group = i < inquiry->open->len ? NULL : inquiry->nearest->pdata[i - inquiry->open->len];
      const PtlWhy *why = group == NULL ? inquiry->open->pdata[i] : group->pdata[0];
      g_autofree char *services = services_words (inquiry, group == NULL ? &why : (const PtlWhy *const *) group->pdata,
                                                  group == NULL ? 1 : group->len);
      g_autoptr (GPtrArray) lines = group == NULL ? ptl_inquiry_open_lines (inquiry, why, find_origin, self->session)
                                                  : ptl_inquiry_nearest_lines (inquiry, why);

      g_string_append_printf (text, "%s\n", services);
      for (guint j = 0; j < lines->len; j++)
        g_string_append_printf (text, "%s\n", ((PtlWhyLine *) lines->pdata[j])->text);
    }
  return g_string_free (text, FALSE);
}

static void
show_verdict (PtlWhyDialog *self, const PtlInquiry *inquiry, const char *route, const char *others)
{
  gboolean closed = inquiry->verdict == PTL_VERDICT_CLOSED;
  g_autofree char *route_words = g_strdup_printf (_ ("Route: %s"), route);

  gtk_image_set_from_icon_name (self->sign, verdicts[inquiry->verdict].sign);
  gtk_label_set_text (self->verdict, g_dpgettext2 (GETTEXT_PACKAGE, "verdict", verdicts[inquiry->verdict].words));
  gtk_label_set_text (self->route, route_words);
  gtk_label_set_text (self->others, others);
  gtk_widget_set_visible (GTK_WIDGET (self->others), closed);
  gtk_label_set_text (self->heading, closed && inquiry->nearest->len == 0
                                         ? _ ("No rule opens it between the roles of these nodes")
                                         : _ (verdicts[inquiry->verdict].heading));
}

static void
show_answer (PtlWhyDialog *self, const PtlAsked *asked)
{
  PtlTalks *talks = ptl_session_get_talks (self->session);
  g_autoptr (PtlInquiry) inquiry = ptl_inquiry_new (talks->routes, asked, PTL_CALLED_BY_NAMES);
  g_autofree char *route = ptl_inquiry_route (inquiry), *others = others_words (inquiry);
  g_autofree char *digest = make_digest (self, inquiry, route, others);
  GtkWidget *child;

  if (g_strcmp0 (digest, self->shown) == 0)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->conversations))) != NULL)
    gtk_box_remove (self->conversations, child);
  show_verdict (self, inquiry, route, others);
  append_conversations (self, inquiry);
  ptl_replace_text (&self->shown, digest);
}

static void
update (PtlWhyDialog *self)
{
  PtlAsked asked;
  gboolean complete;

  if (self->session == NULL)
    return;
  show_picked (self, 0);
  show_picked (self, 1);
  complete = read_asked (self, &asked);
  if (complete)
    show_answer (self, &asked);
  gtk_widget_set_visible (self->hint, !complete);
  gtk_widget_set_visible (self->verdict_box, complete);
  gtk_widget_set_visible (self->scrolled, complete);
  gtk_widget_set_sensitive (self->swap, self->ids[0] != NULL || self->ids[1] != NULL);
}

static void
on_asked_cb (PtlWhyDialog *self)
{
  update (self);
}

static void
on_swap_cb (PtlWhyDialog *self)
{
  char *id = self->ids[0];

  self->ids[0] = self->ids[1];
  self->ids[1] = id;
  update (self);
}

static void
on_source_picked_cb (PtlPicker *picker, const char *id, PtlWhyDialog *self)
{
  ptl_replace_text (&self->ids[0], id);
  update (self);
}

static void
on_destination_picked_cb (PtlPicker *picker, const char *id, PtlWhyDialog *self)
{
  ptl_replace_text (&self->ids[1], id);
  update (self);
}

/* "MP02 · MP, DP" */
static void
fill_nodes (PtlTopic *topic, PtlDetail detail, PtlChoices *choices)
{
  PtlSession *session = ptl_topic_get_session (topic);
  const GPtrArray *nodes = ptl_session_get_plan (session)->nodes;

  for (guint i = 0; i < nodes->len; i++)
    {
      PtlItem item = { PTL_RECORD_NODE, i };
      g_autofree char *name = ptl_item_name (session, item), *roles = ptl_item_detail (session, item);
      g_autofree char *title = *roles != '\0' ? g_strdup_printf ("%s · %s", name, roles) : g_strdup (name);

      ptl_choices_add (choices, ((const PtlNode *) nodes->pdata[i])->id, title);
    }
}

/* Following */

static void
on_results_changed_cb (PtlSession *session, PtlWhyDialog *self)
{
  update (self);
}

static void
on_selection_changed_cb (PtlSession *session, PtlWhyDialog *self)
{
  ptl_topic_follow (self->topic, session, NULL);
}

static void
unfollow (PtlWhyDialog *self)
{
  if (self->session == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->session, self);
  ptl_topic_follow (self->topic, NULL, NULL);
  g_clear_object (&self->session);
}

/* What leads to a thing is an action of the window that shows the plan. */
static void
on_show_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action_variant (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (widget))), name, parameter);
}

static void
ptl_why_dialog_dispose (GObject *object)
{
  PtlWhyDialog *self = PTL_WHY_DIALOG (object);

  unfollow (self);
  g_clear_object (&self->topic);
  G_OBJECT_CLASS (ptl_why_dialog_parent_class)->dispose (object);
}

static void
ptl_why_dialog_finalize (GObject *object)
{
  PtlWhyDialog *self = PTL_WHY_DIALOG (object);

  g_free (self->ids[0]);
  g_free (self->ids[1]);
  g_free (self->shown);
  G_OBJECT_CLASS (ptl_why_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_child (class, PtlWhyDialog, source_box);
  gtk_widget_class_bind_template_child (class, PtlWhyDialog, destination_box);
  gtk_widget_class_bind_template_child (class, PtlWhyDialog, protocol);
  gtk_widget_class_bind_template_child (class, PtlWhyDialog, port);
  gtk_widget_class_bind_template_child (class, PtlWhyDialog, swap);
  gtk_widget_class_bind_template_child (class, PtlWhyDialog, hint);
  gtk_widget_class_bind_template_child (class, PtlWhyDialog, verdict_box);
  gtk_widget_class_bind_template_child (class, PtlWhyDialog, scrolled);
  gtk_widget_class_bind_template_child (class, PtlWhyDialog, sign);
  gtk_widget_class_bind_template_child (class, PtlWhyDialog, verdict);
  gtk_widget_class_bind_template_child (class, PtlWhyDialog, route);
  gtk_widget_class_bind_template_child (class, PtlWhyDialog, others);
  gtk_widget_class_bind_template_child (class, PtlWhyDialog, heading);
  gtk_widget_class_bind_template_child (class, PtlWhyDialog, conversations);
}

static void
ptl_why_dialog_class_init (PtlWhyDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_why_dialog_dispose;
  G_OBJECT_CLASS (class)->finalize = ptl_why_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-why-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_asked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_swap_cb);
  gtk_widget_class_install_action (widget_class, "win.show-item", "(us)", on_show_cb);
  gtk_widget_class_install_action (widget_class, "win.show-setting", "(ss)", on_show_cb);
  gtk_widget_class_install_action (widget_class, "win.show-option", "(sss)", on_show_cb);
  gtk_widget_class_install_action (widget_class, "win.show-feature", "s", on_show_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ptl_why_dialog_init (PtlWhyDialog *self)
{
  GtkBox *boxes[2];

  gtk_widget_init_template (GTK_WIDGET (self));
  self->topic = ptl_topic_new ();
  boxes[0] = self->source_box;
  boxes[1] = self->destination_box;
  for (guint i = 0; i < 2; i++)
    {
      self->pickers[i] = ptl_picker_new (self->topic, (PtlDetail){ 0, 0 }, "", fill_nodes, FALSE);
      gtk_box_append (boxes[i], self->pickers[i]);
      g_signal_connect_object (self->pickers[i], "picked",
                               G_CALLBACK (i == 0 ? on_source_picked_cb : on_destination_picked_cb), self, 0);
    }
}

static void
ask (PtlWhyDialog *self, PtlSession *session, int source, int destination, int protocol, guint port)
{
  const GPtrArray *nodes = ptl_session_get_plan (session)->nodes;
  g_autofree char *text = port > 0 ? g_strdup_printf ("%u", port) : g_strdup ("");

  unfollow (self);
  ptl_replace_text (&self->ids[0], source >= 0 ? ((const PtlNode *) nodes->pdata[source])->id : NULL);
  ptl_replace_text (&self->ids[1], destination >= 0 ? ((const PtlNode *) nodes->pdata[destination])->id : NULL);
  gtk_drop_down_set_selected (self->protocol, (guint) (protocol + 1));
  gtk_editable_set_text (GTK_EDITABLE (self->port), text);
  self->session = g_object_ref (session);
  ptl_topic_follow (self->topic, session, NULL);
  g_signal_connect (session, "results-changed", G_CALLBACK (on_results_changed_cb), self);
  g_signal_connect (session, "selection-changed", G_CALLBACK (on_selection_changed_cb), self);
  update (self);
}

static void
on_destroy_cb (GtkWidget *dialog, GObject *parent)
{
  g_object_set_data (parent, DIALOG, NULL);
}

void
ptl_why_dialog_show (GtkWindow *parent, PtlSession *session, int source, int destination, int protocol, guint port)
{
  PtlWhyDialog *self = g_object_get_data (G_OBJECT (parent), DIALOG);

  if (self == NULL)
    {
      self = g_object_new (PTL_TYPE_WHY_DIALOG, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
      g_object_set_data (G_OBJECT (parent), DIALOG, self);
      g_signal_connect_object (self, "destroy", G_CALLBACK (on_destroy_cb), parent, 0);
    }
  ask (self, session, source, destination, protocol, port);
  gtk_window_present (GTK_WINDOW (self));
}

void
ptl_why_dialog_close (GtkWindow *parent)
{
  PtlWhyDialog *self = g_object_get_data (G_OBJECT (parent), DIALOG);

  if (self != NULL)
    gtk_window_destroy (GTK_WINDOW (self));
}
