#include "ptl-port-list.h"

#include <glib/gi18n.h>

#include "ptl-port-section.h"

#define PAGE 30 /* groups that are made at a time */
#define FEW  2  /* groups that are open from the beginning */
#define KEY  "key"

struct _PtlPortList
{
  GtkBox parent_instance;

  PtlSession *session; /* weak, or NULL */
  PtlPortsKind kind;
  char *a, *b; /* ids of the subject; NULL: there is none */

  PtlPorts *ports;
  gboolean stale; /* what is shown is to be looked at again when it can be seen */
  guint n_shown;  /* groups, at most */

  GtkWidget *sections, *more, *hidden, *empty;
};

G_DEFINE_FINAL_TYPE (PtlPortList, ptl_port_list, GTK_TYPE_BOX)

/* The index of an id among the results, which may be a moment behind the plan; -1: it is not there. */
static int
find_id (const PtlRoutes *routes, PtlPortsKind kind, const char *id)
{
  const PtlGraph *graph = routes->flows->graph;

  if (id == NULL)
    return -1;
  if (kind == PTL_PORTS_FIREWALL)
    return ptl_routes_find_firewall (routes, id);
  if (kind == PTL_PORTS_TRUNK)
    for (guint i = 0; i < graph->n_zones; i++)
      if (g_str_equal (graph->zones[i].id, id))
        return (int) i;
  if (kind != PTL_PORTS_TRUNK)
    for (guint i = 0; i < graph->n_nodes; i++)
      if (g_str_equal (graph->nodes[i].id, id))
        return (int) i;
  return -1;
}

static PtlPorts *
make_ports (PtlPortList *self)
{
  PtlTalks *talks = ptl_session_get_talks (self->session);
  int a = find_id (talks->routes, self->kind, self->a), b = find_id (talks->routes, self->kind, self->b);

  if (a < 0 || (self->b != NULL && b < 0))
    return NULL;
  return ptl_ports_new (talks, (PtlPortsSubject){ self->kind, (guint) a, (guint) b });
}

static GtkWidget *
find_section (PtlPortList *self, const char *key)
{
  GtkWidget *section = gtk_widget_get_first_child (self->sections);

  while (section != NULL && !g_str_equal (g_object_get_data (G_OBJECT (section), KEY), key))
    section = gtk_widget_get_next_sibling (section);
  return section;
}

/* Groups that are still there stay, with what is open in them. Returns the last one. */
static GtkWidget *
update_sections (PtlPortList *self)
{
  const PtlGraphNode *nodes = self->ports->talks->routes->flows->graph->nodes;
  GtkWidget *last = NULL;

  for (guint i = 0; i < MIN (self->ports->groups->len, self->n_shown); i++)
    {
      const PtlPortGroup *group = ptl_ports_group (self->ports, i);
      g_autofree char *key = g_strdup_printf ("%s %s", nodes[group->sources[0]].id, nodes[group->destinations[0]].id);
      GtkWidget *section = find_section (self, key);

      if (section == NULL)
        {
          section = ptl_port_section_new (self->ports->groups->len <= FEW);
          g_object_set_data_full (G_OBJECT (section), KEY, g_strdup (key), g_free);
          gtk_box_append (GTK_BOX (self->sections), section);
        }
      ptl_port_section_show (PTL_PORT_SECTION (section), self->session, self->ports, group);
      gtk_box_reorder_child_after (GTK_BOX (self->sections), section, last);
      last = section;
    }
  return last;
}

static void
remove_after (PtlPortList *self, GtkWidget *last)
{
  GtkWidget *rest;

  while ((rest = last != NULL ? gtk_widget_get_next_sibling (last) : gtk_widget_get_first_child (self->sections))
         != NULL)
    gtk_box_remove (GTK_BOX (self->sections), rest);
}

static void
show_more (PtlPortList *self, guint n)
{
  /* Translators: a button that shows that many more groups of flows. */
  g_autofree char *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Show %u More", "Show %u More", n), n);

  gtk_button_set_label (GTK_BUTTON (self->more), text);
  gtk_widget_set_visible (self->more, n > 0);
}

/* Nothing is left out in silence. */
static void
show_hidden (PtlPortList *self, guint n)
{
  g_autofree char *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u port is hidden by the choice of flows.",
                                                        "%u ports are hidden by the choice of flows.", n),
                                           n);

  gtk_label_set_text (GTK_LABEL (self->hidden), text);
  gtk_widget_set_visible (self->hidden, n > 0);
}

static void
update (PtlPortList *self)
{
  PtlPorts *before = self->ports;
  guint n, n_hidden;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->stale = TRUE;
      return;
    }
  self->stale = FALSE;
  self->ports = self->session != NULL ? make_ports (self) : NULL;
  n = self->ports != NULL ? self->ports->groups->len : 0;
  n_hidden = self->ports != NULL ? self->ports->n_hidden : 0;
  remove_after (self, n > 0 ? update_sections (self) : NULL);
  show_more (self, n > self->n_shown ? MIN (n - self->n_shown, PAGE) : 0);
  gtk_widget_set_visible (self->sections, n > 0);
  gtk_widget_set_visible (self->empty, n + n_hidden == 0);
  show_hidden (self, n_hidden);
  ptl_ports_free (before);
}

static void
on_more_cb (GtkButton *button, PtlPortList *self)
{
  self->n_shown += PAGE;
  update (self);
}

static void
on_results_changed_cb (PtlSession *session, PtlPortList *self)
{
  update (self);
}

static void
ptl_port_list_map (GtkWidget *widget)
{
  PtlPortList *self = PTL_PORT_LIST (widget);

  GTK_WIDGET_CLASS (ptl_port_list_parent_class)->map (widget);
  if (self->stale)
    update (self);
}

static void
ptl_port_list_dispose (GObject *object)
{
  PtlPortList *self = PTL_PORT_LIST (object);

  ptl_port_list_show (self, NULL, PTL_PORTS_NODE, NULL, NULL);
  G_OBJECT_CLASS (ptl_port_list_parent_class)->dispose (object);
}

static void
ptl_port_list_finalize (GObject *object)
{
  ptl_ports_free (PTL_PORT_LIST (object)->ports);
  G_OBJECT_CLASS (ptl_port_list_parent_class)->finalize (object);
}

static void
ptl_port_list_class_init (PtlPortListClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_port_list_dispose;
  G_OBJECT_CLASS (class)->finalize = ptl_port_list_finalize;
  widget_class->map = ptl_port_list_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-port-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlPortList, sections);
  gtk_widget_class_bind_template_child (widget_class, PtlPortList, more);
  gtk_widget_class_bind_template_child (widget_class, PtlPortList, hidden);
  gtk_widget_class_bind_template_child (widget_class, PtlPortList, empty);
  gtk_widget_class_bind_template_callback (widget_class, on_more_cb);
}

static void
ptl_port_list_init (PtlPortList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ptl_port_list_new (void)
{
  return g_object_new (PTL_TYPE_PORT_LIST, NULL);
}

void
ptl_port_list_show (PtlPortList *self, PtlSession *session, PtlPortsKind kind, const char *a, const char *b)
{
  gboolean same
      = self->session == session && self->kind == kind && g_strcmp0 (self->a, a) == 0 && g_strcmp0 (self->b, b) == 0;

  if (same)
    return;
  if (self->session != session)
    {
      if (self->session != NULL)
        g_signal_handlers_disconnect_by_data (self->session, self);
      g_set_weak_pointer (&self->session, session);
      if (session != NULL)
        g_signal_connect_object (session, "results-changed", G_CALLBACK (on_results_changed_cb), self, 0);
    }
  self->kind = kind;
  ptl_replace_text (&self->a, a);
  ptl_replace_text (&self->b, b);
  self->n_shown = PAGE;
  if (session != NULL)
    {
      remove_after (self, NULL);
      update (self);
    }
}

/* The one thing that the page is about. */
static void
on_refresh_cb (PtlTopic *topic, const PtlTouched *touched, PtlPortList *self)
{
  guint n;
  const PtlItem *items = ptl_topic_get_items (topic, &n);

  gtk_widget_set_visible (GTK_WIDGET (self), n == 1);
  if (n == 1)
    ptl_port_list_show (self, ptl_topic_get_session (topic),
                        items[0].kind == PTL_RECORD_FIREWALL ? PTL_PORTS_FIREWALL : PTL_PORTS_NODE,
                        ptl_record_id (items[0].kind, ptl_topic_get_record (topic)), NULL);
}

GtkWidget *
ptl_port_list_new_for_topic (PtlTopic *topic)
{
  GtkWidget *self = ptl_port_list_new ();

  g_signal_connect_object (topic, "refresh", G_CALLBACK (on_refresh_cb), self, 0);
  on_refresh_cb (topic, NULL, PTL_PORT_LIST (self));
  return self;
}
