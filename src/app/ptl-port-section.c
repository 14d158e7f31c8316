#include "ptl-port-section.h"

#include <glib/gi18n.h>

#include "ptl-port-row.h"

#define KEY "key"

struct _PtlPortSection
{
  GtkBox parent_instance;

  PtlSession *session; /* weak, or NULL */
  const PtlPorts *ports;
  const PtlPortGroup *group;

  GtkWidget *button, *arrow, *title, *services, *count, *rows;
  char *way; /* who starts to whom */
};

G_DEFINE_FINAL_TYPE (PtlPortSection, ptl_port_section, GTK_TYPE_BOX)

/* What stays the same of a port when its number changes, so that its row stays open. */
static char *
key_of (const PtlPortGroup *group, guint i)
{
  const PtlFlow *flow = &group->flows[i];
  guint nth = 0;

  for (guint j = 0; j < i; j++)
    nth += group->flows[j].rule == flow->rule && group->flows[j].service == flow->service
           && group->flows[j].back == flow->back;
  return g_strdup_printf ("%u/%u/%u/%u", flow->rule, flow->service, flow->back, nth);
}

static GtkWidget *
find_row (PtlPortSection *self, const char *key)
{
  GtkWidget *row = gtk_widget_get_first_child (self->rows);

  while (row != NULL && !g_str_equal (g_object_get_data (G_OBJECT (row), KEY), key))
    row = gtk_widget_get_next_sibling (row);
  return row;
}

/* Rows of ports that are still there stay, with what is open in them. */
static void
update_rows (PtlPortSection *self)
{
  GtkWidget *last = NULL, *rest;

  if (self->session == NULL || !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->button)))
    return;
  for (guint i = 0; i < self->group->n; i++)
    {
      const PtlPort port
          = { self->ports->talks, self->group->sources[0], self->group->destinations[0], self->group->flows[i] };
      g_autofree char *key = key_of (self->group, i);
      GtkWidget *row = find_row (self, key);

      if (row == NULL)
        {
          row = ptl_port_row_new ();
          g_object_set_data_full (G_OBJECT (row), KEY, g_strdup (key), g_free);
          gtk_box_append (GTK_BOX (self->rows), row);
        }
      ptl_port_row_show (PTL_PORT_ROW (row), self->session, &port, self->way);
      gtk_box_reorder_child_after (GTK_BOX (self->rows), row, last);
      last = row;
    }
  while ((rest = gtk_widget_get_next_sibling (last)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), rest);
}

static void
on_toggled_cb (GtkToggleButton *button, GParamSpec *spec, PtlPortSection *self)
{
  gboolean open = gtk_toggle_button_get_active (button);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow), open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
  if (self->group != NULL)
    update_rows (self);
  gtk_widget_set_visible (self->rows, open);
  gtk_widget_set_visible (self->services, !open);
}

static void
ptl_port_section_finalize (GObject *object)
{
  PtlPortSection *self = PTL_PORT_SECTION (object);

  g_clear_weak_pointer (&self->session);
  g_free (self->way);
  G_OBJECT_CLASS (ptl_port_section_parent_class)->finalize (object);
}

static void
ptl_port_section_class_init (PtlPortSectionClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = ptl_port_section_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-port-section.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlPortSection, button);
  gtk_widget_class_bind_template_child (widget_class, PtlPortSection, arrow);
  gtk_widget_class_bind_template_child (widget_class, PtlPortSection, title);
  gtk_widget_class_bind_template_child (widget_class, PtlPortSection, services);
  gtk_widget_class_bind_template_child (widget_class, PtlPortSection, count);
  gtk_widget_class_bind_template_child (widget_class, PtlPortSection, rows);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled_cb);
}

static void
ptl_port_section_init (PtlPortSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ptl_port_section_new (gboolean open)
{
  PtlPortSection *self = g_object_new (PTL_TYPE_PORT_SECTION, NULL);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->button), open);
  return GTK_WIDGET (self);
}

/* Of a node the other side is said, else both. */
static char *
title_of (PtlPortSection *self, const char *from, const char *to)
{
  if (self->ports->subject.kind != PTL_PORTS_NODE)
    return g_strdup (self->way);
  if (ptl_ports_leads_out (self->ports, self->group))
    /* Translators: flows that lead to what is called %s. */
    return g_strdup_printf (_ ("To %s"), to);
  /* Translators: flows that come from what is called %s. */
  return g_strdup_printf (_ ("From %s"), from);
}

void
ptl_port_section_show (PtlPortSection *self, PtlSession *session, const PtlPorts *ports, const PtlPortGroup *group)
{
  g_autofree char *from = ptl_port_words_side (ports->talks, group->sources, group->n_sources);
  g_autofree char *to = ptl_port_words_side (ports->talks, group->destinations, group->n_destinations);
  g_autofree char *title = NULL, *services = ptl_port_words_services (ports->talks, group), *words = NULL;
  g_autofree char *count = g_strdup_printf ("%u", group->n);

  g_set_weak_pointer (&self->session, session);
  self->ports = ports;
  self->group = group;
  g_free (self->way);
  self->way = ptl_port_words_way (from, to, FALSE);
  title = title_of (self, from, to);
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, %u port: %s", "%s, %u ports: %s", group->n), title,
                           group->n, services);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->services), services);
  gtk_label_set_text (GTK_LABEL (self->count), count);
  gtk_widget_set_tooltip_text (self->services, services);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  update_rows (self);
}
