#include "ptl-port-row.h"

#include <glib/gi18n.h>

#include "ptl-why-lines.h"

struct _PtlPortRow
{
  GtkBox parent_instance;

  PtlSession *session; /* weak, or NULL */
  PtlPort port;        /* its talks are the row's */

  GtkWidget *button, *arrow, *service, *ports, *phase, *detail;
  char *shown; /* what `detail` says, in one text */
};

G_DEFINE_FINAL_TYPE (PtlPortRow, ptl_port_row, GTK_TYPE_BOX)

static void
update_detail (PtlPortRow *self)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *child;

  if (self->session == NULL || !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->button)))
    return;
  lines = ptl_port_lines (self->session, &self->port);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    g_string_append_printf (text, "%s\n", ((const PtlWhyLine *) lines->pdata[i])->text);
  if (g_strcmp0 (text->str, self->shown) == 0)
    return;
  while ((child = gtk_widget_get_first_child (self->detail)) != NULL)
    gtk_box_remove (GTK_BOX (self->detail), child);
  if (lines != NULL)
    {
      const PtlPort *port = &self->port;
      const PtlAsked asked = { port->source, port->destination, port->flow.protocol, port->flow.from };

      ptl_why_lines_append (GTK_BOX (self->detail), port->talks->routes->flows->graph, lines);
      ptl_why_lines_append_question (GTK_BOX (self->detail), port->talks->routes->flows->graph, &asked);
    }
  ptl_replace_text (&self->shown, text->str);
}

static void
on_toggled_cb (GtkToggleButton *button, GParamSpec *spec, PtlPortRow *self)
{
  gboolean open = gtk_toggle_button_get_active (button);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow), open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
  update_detail (self);
  gtk_widget_set_visible (self->detail, open);
}

static void
ptl_port_row_finalize (GObject *object)
{
  PtlPortRow *self = PTL_PORT_ROW (object);

  g_clear_weak_pointer (&self->session);
  ptl_talks_unref (self->port.talks);
  g_free (self->shown);
  G_OBJECT_CLASS (ptl_port_row_parent_class)->finalize (object);
}

static void
ptl_port_row_class_init (PtlPortRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = ptl_port_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-port-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlPortRow, button);
  gtk_widget_class_bind_template_child (widget_class, PtlPortRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, PtlPortRow, service);
  gtk_widget_class_bind_template_child (widget_class, PtlPortRow, ports);
  gtk_widget_class_bind_template_child (widget_class, PtlPortRow, phase);
  gtk_widget_class_bind_template_child (widget_class, PtlPortRow, detail);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled_cb);
}

static void
ptl_port_row_init (PtlPortRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ptl_port_row_new (void)
{
  return g_object_new (PTL_TYPE_PORT_ROW, NULL);
}

void
ptl_port_row_show (PtlPortRow *self, PtlSession *session, const PtlPort *port, const char *way)
{
  const PtlCatalogue *catalogue = port->talks->routes->flows->graph->catalogue;
  gboolean installation = ptl_catalogue_rule (catalogue, port->flow.rule)->phase == PTL_PHASE_INSTALLATION;
  const char *service = ptl_port_service (port)->name;
  g_autofree char *ports = ptl_port_words_ports (&port->flow), *words = NULL;
  PtlTalks *old = self->port.talks;

  g_set_weak_pointer (&self->session, session);
  self->port = *port;
  ptl_talks_ref (port->talks);
  ptl_talks_unref (old);
  words = g_strdup_printf ("%s, %s, %s%s%s", service, ports, way, installation ? ", " : "",
                           installation ? _ ("installation") : "");
  gtk_label_set_text (GTK_LABEL (self->service), service);
  gtk_label_set_text (GTK_LABEL (self->ports), ports);
  gtk_widget_set_visible (self->phase, installation);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  update_detail (self);
}
