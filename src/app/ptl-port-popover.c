#include "ptl-port-popover.h"

#include <glib/gi18n.h>

#include "ptl-arrow-heading.h"
#include "ptl-port-words.h"

#define MOST 12 /* rows */
#define KEY  "port-popover"

struct _PtlPortPopover
{
  GtkPopover parent_instance;

  PtlCanvas *canvas;   /* weak, or NULL; that it belongs to */
  PtlSession *session; /* weak, or NULL */
  PtlViewport view;    /* where it was shown */

  PtlArrowHeading *heading;
  GtkListBox *rows;
  GtkLabel *others;
  GtkWidget *why;
  gboolean both; /* sides start something */
};

G_DEFINE_FINAL_TYPE (PtlPortPopover, ptl_port_popover, GTK_TYPE_POPOVER)

/* Rows: what differs in words, the side that starts first. */

typedef struct
{
  const char *service;
  char *ports, *way;
} Row;

static void
free_row (gpointer data)
{
  Row *row = data;

  g_free (row->ports);
  g_free (row->way);
  g_free (row);
}

static gboolean
is_same (gconstpointer a, gconstpointer b)
{
  const Row *one = a, *other = b;

  return g_str_equal (one->service, other->service) && g_str_equal (one->ports, other->ports)
         && g_str_equal (one->way, other->way);
}

/* Of a trunk all nodes are one side. */
static void
add_rows (GPtrArray *rows, const PtlPorts *ports, const PtlPortGroup *group)
{
  const PtlGraph *graph = ports->talks->routes->flows->graph;
  const PtlGraphNode *source = &graph->nodes[group->sources[0]], *destination = &graph->nodes[group->destinations[0]];
  gboolean trunk = ports->subject.kind == PTL_PORTS_TRUNK;
  const char *from = trunk ? graph->zones[source->zone].name : source->name;
  const char *to = trunk ? graph->zones[destination->zone].name : destination->name;

  for (guint i = 0; i < group->n; i++)
    {
      const PtlRule *rule = ptl_catalogue_rule (graph->catalogue, group->flows[i].rule);
      Row *row = g_new (Row, 1);

      *row = (Row){ rule->services[group->flows[i].service].name, ptl_port_words_ports (&group->flows[i]),
                    ptl_port_words_way (from, to, FALSE) };
      if (g_ptr_array_find_with_equal_func (rows, row, is_same, NULL))
        free_row (row);
      else
        g_ptr_array_add (rows, row);
    }
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_row (const Row *row)
{
  GtkWidget *item = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *service = make_label (row->service, NULL);
  g_autofree char *words = g_strdup_printf ("%s, %s, %s", row->service, row->ports, row->way);

  gtk_widget_set_hexpand (service, TRUE);
  gtk_box_append (GTK_BOX (box), service);
  gtk_box_append (GTK_BOX (box), make_label (row->ports, "numeric"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (item), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (item), FALSE);
  gtk_widget_set_focusable (item, FALSE);
  g_object_set_data_full (G_OBJECT (item), "way", g_strdup (row->way), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return item;
}

/* Who starts stands above the first of its rows; when it is always the same one, the heading has said it. */
static void
on_header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const PtlPortPopover *self = data;
  const char *way = g_object_get_data (G_OBJECT (row), "way");

  if (!self->both)
    gtk_list_box_row_set_header (row, NULL);
  else if (before == NULL || !g_str_equal (way, g_object_get_data (G_OBJECT (before), "way")))
    gtk_list_box_row_set_header (row, make_label (way, "dim-label"));
  else
    gtk_list_box_row_set_header (row, NULL);
}

static void
show_rows (PtlPortPopover *self, const GPtrArray *rows)
{
  GtkWidget *child;
  guint n_others = rows->len > MOST ? rows->len - MOST : 0;
  g_autofree char *others
      /* Translators: so many other ports. */
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", n_others), n_others);

  self->both = FALSE;
  for (guint i = 1; i < rows->len; i++)
    self->both |= !g_str_equal (((const Row *) rows->pdata[i])->way, ((const Row *) rows->pdata[0])->way);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_list_box_remove (self->rows, child);
  for (guint i = 0; i < rows->len - n_others; i++)
    gtk_list_box_append (self->rows, make_row (rows->pdata[i]));
  gtk_label_set_text (self->others, others);
  gtk_widget_set_visible (GTK_WIDGET (self->others), n_others > 0);
}

/* The question about two nodes, in the direction of the heading. */
static void
show_question (PtlPortPopover *self, const PtlPorts *ports)
{
  const PtlGraphNode *nodes = ports->talks->routes->flows->graph->nodes;
  gboolean asked = ports->subject.kind == PTL_PORTS_TALK && ports->groups->len > 0;

  gtk_widget_set_visible (self->why, asked);
  if (!asked)
    return;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->why), "(ssiu)",
                                    nodes[ptl_ports_group (ports, 0)->sources[0]].id,
                                    nodes[ptl_ports_group (ports, 0)->destinations[0]].id, -1, 0);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->why), "win.why-port"); /* no sooner: it needs a target */
}

/* Returns whether there is something to show. */
static gboolean
update (PtlPortPopover *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  g_autoptr (PtlPorts) ports = NULL;
  PtlFocus focus;

  if (self->session == NULL || !ptl_session_get_focus (self->session, &focus))
    return FALSE;
  ports = ptl_ports_new (
      ptl_session_get_talks (self->session),
      (PtlPortsSubject){ focus.kind == PTL_FOCUS_TALK ? PTL_PORTS_TALK : PTL_PORTS_TRUNK, focus.a, focus.b });
  for (guint i = 0; i < ports->groups->len; i++)
    add_rows (rows, ports, ptl_ports_group (ports, i));
  ptl_arrow_heading_show (self->heading, self->session, ports->subject);
  show_rows (self, rows);
  show_question (self, ports);
  return rows->len > 0;
}

/* Going */

static void
on_selection_changed_cb (PtlSession *session, PtlPortPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_results_changed_cb (PtlSession *session, PtlPortPopover *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)) && !update (self))
    gtk_popover_popdown (GTK_POPOVER (self));
}

/* It would point to something else. */
static void
on_view_changed_cb (PtlCanvas *canvas, GParamSpec *spec, PtlPortPopover *self)
{
  const PtlViewport *view = ptl_canvas_get_viewport (canvas);

  if (view->x != self->view.x || view->y != self->view.y || view->scale != self->view.scale)
    gtk_popover_popdown (GTK_POPOVER (self));
}

/* Who goes elsewhere by the keyboard or a click has read it. */
static void
on_focus_moved_cb (GtkRoot *root, GParamSpec *spec, PtlPortPopover *self)
{
  GtkWidget *focus = gtk_root_get_focus (root);

  if (focus != NULL && focus != (GtkWidget *) self->canvas && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_popover_popdown (GTK_POPOVER (self));
}

static gboolean
on_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, PtlPortPopover *self)
{
  if (key != GDK_KEY_Escape || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return FALSE;
  gtk_popover_popdown (GTK_POPOVER (self));
  return TRUE;
}

static void
on_canvas_destroy_cb (PtlCanvas *canvas, PtlPortPopover *self)
{
  gtk_widget_unparent (GTK_WIDGET (self));
}

static void
follow (PtlPortPopover *self, PtlSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_weak_pointer (&self->session, session);
  g_signal_connect_object (session, "selection-changed", G_CALLBACK (on_selection_changed_cb), self, 0);
  g_signal_connect_object (session, "results-changed", G_CALLBACK (on_results_changed_cb), self, 0);
}

static void
ptl_port_popover_dispose (GObject *object)
{
  PtlPortPopover *self = PTL_PORT_POPOVER (object);

  g_clear_weak_pointer (&self->canvas);
  g_clear_weak_pointer (&self->session);
  G_OBJECT_CLASS (ptl_port_popover_parent_class)->dispose (object);
}

static void
ptl_port_popover_class_init (PtlPortPopoverClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_port_popover_dispose;
  g_type_ensure (PTL_TYPE_ARROW_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-port-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlPortPopover, heading);
  gtk_widget_class_bind_template_child (widget_class, PtlPortPopover, rows);
  gtk_widget_class_bind_template_child (widget_class, PtlPortPopover, others);
  gtk_widget_class_bind_template_child (widget_class, PtlPortPopover, why);
}

static void
ptl_port_popover_init (PtlPortPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->rows, on_header_cb, self, NULL);
}

static PtlPortPopover *
popover_new (PtlCanvas *canvas)
{
  PtlPortPopover *self = g_object_new (PTL_TYPE_PORT_POPOVER, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (canvas));

  g_set_weak_pointer (&self->canvas, canvas);
  gtk_widget_set_parent (GTK_WIDGET (self), GTK_WIDGET (canvas));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (canvas), keys);
  g_signal_connect_object (canvas, "notify::zoom", G_CALLBACK (on_view_changed_cb), self, 0);
  g_signal_connect_object (canvas, "destroy", G_CALLBACK (on_canvas_destroy_cb), self, 0);
  g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (on_focus_moved_cb), self, 0);
  g_object_set_data (G_OBJECT (canvas), KEY, self);
  return self;
}

void
ptl_port_popover_show (PtlCanvas *canvas, const GdkRectangle *at)
{
  PtlPortPopover *self = g_object_get_data (G_OBJECT (canvas), KEY);

  if (self == NULL)
    self = popover_new (canvas);
  follow (self, ptl_canvas_get_session (canvas));
  self->view = *ptl_canvas_get_viewport (canvas);
  if (!update (self))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self), at);
  gtk_popover_popup (GTK_POPOVER (self));
}
