#include "ptl-arrow-heading.h"

#include <glib/gi18n.h>

#include "ptl-port-words.h"

#define SHORT 8 /* characters */

struct _PtlArrowHeading
{
  GtkBox parent_instance;

  char *shown; /* all that it says, in one text */
};

G_DEFINE_FINAL_TYPE (PtlArrowHeading, ptl_arrow_heading, GTK_TYPE_BOX)

/* An arrow in the direction that it is shown in: away from the side that starts most. */
typedef struct
{
  PtlRecordKind kind; /* of its ends */
  const char *from, *to, *from_id, *to_id;
  gboolean both;
  int from_zone, to_zone;
} Arrow;

static void
ptl_arrow_heading_finalize (GObject *object)
{
  g_free (PTL_ARROW_HEADING (object)->shown);
  G_OBJECT_CLASS (ptl_arrow_heading_parent_class)->finalize (object);
}

static void
ptl_arrow_heading_class_init (PtlArrowHeadingClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ptl_arrow_heading_finalize;
}

static void
ptl_arrow_heading_init (PtlArrowHeading *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "arrow-heading");
}

static void
turn (Arrow *arrow)
{
  *arrow = (Arrow){ arrow->kind,    arrow->to,   arrow->from,    arrow->to_id,
                    arrow->from_id, arrow->both, arrow->to_zone, arrow->from_zone };
}

static Arrow
find_arrow (PtlSession *session, PtlPortsSubject subject)
{
  const PtlTalks *talks = ptl_session_get_talks (session);
  const PtlGraph *graph = talks->routes->flows->graph;
  guint a = MIN (subject.a, subject.b), b = MAX (subject.a, subject.b);
  gboolean trunk = subject.kind == PTL_PORTS_TRUNK;
  int index = trunk ? ptl_talks_find_trunk (talks, a, b) : ptl_talks_find (talks, a, b);
  guint there = index < 0 ? 0 : trunk ? talks->trunks[index].n_there : talks->talks[index].n_there;
  guint back = index < 0 ? 0 : trunk ? talks->trunks[index].n_back : talks->talks[index].n_back;
  Arrow arrow = { .both = (there > 0) == (back > 0) };

  if (trunk)
    arrow = (Arrow){ PTL_RECORD_ZONE,
                     graph->zones[a].name,
                     graph->zones[b].name,
                     graph->zones[a].id,
                     graph->zones[b].id,
                     arrow.both,
                     (int) a,
                     (int) b };
  else
    arrow = (Arrow){ PTL_RECORD_NODE,    graph->nodes[a].name, graph->nodes[b].name, graph->nodes[a].id,
                     graph->nodes[b].id, arrow.both,           graph->nodes[a].zone, graph->nodes[b].zone };
  if (back > there)
    turn (&arrow);
  return arrow;
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* A short name is not broken into two lines. */
static GtkWidget *
make_link (const char *text, PtlRecordKind kind, const char *id)
{
  GtkWidget *button = gtk_button_new (), *label = make_label (text, NULL);

  gtk_label_set_width_chars (GTK_LABEL (label), (int) MIN (g_utf8_strlen (text, -1), SHORT));
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-item");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(us)", kind, id);
  gtk_widget_add_css_class (button, "link");
  return button;
}

static GtkWidget *
add_line (PtlArrowHeading *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (self), line);
  return line;
}

static void
add_ends (PtlArrowHeading *self, const Arrow *arrow)
{
  GtkWidget *line = add_line (self);
  const char *to = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? "←" : "→";

  gtk_widget_add_css_class (line, "ends");
  gtk_box_append (GTK_BOX (line), make_link (arrow->from, arrow->kind, arrow->from_id));
  gtk_box_append (GTK_BOX (line), make_label (arrow->both ? "↔" : to, NULL));
  gtk_box_append (GTK_BOX (line), make_link (arrow->to, arrow->kind, arrow->to_id));
}

/* The firewalls in the order in which they are crossed. Implied ones stand nowhere in the plan. */
static void
add_firewalls (PtlArrowHeading *self, PtlSession *session, const PtlRoute *route)
{
  const PtlRoutes *routes = ptl_session_get_talks (session)->routes;

  for (guint i = 0; i < route->n_firewalls; i++)
    {
      guint index = ptl_route_firewall (route, i);
      const char *name = routes->firewalls[index].name;
      const char *id = routes->firewalls[index].id;
      gboolean planned = ptl_history_find (ptl_session_get_history (session), PTL_RECORD_FIREWALL, id) >= 0;
      GtkWidget *line = add_line (self);
      /* Translators: in front of the names of firewalls, one below the other. */
      GtkWidget *word = gtk_label_new (i == 0 ? _ ("Crosses") : _ ("then"));

      gtk_widget_add_css_class (word, "dim-label");
      gtk_box_append (GTK_BOX (line), word);
      gtk_box_append (GTK_BOX (line), planned ? make_link (name, PTL_RECORD_FIREWALL, id) : make_label (name, NULL));
    }
}

/* Where the arrow leads through, or NULL when it has no two zones. */
static const PtlRoute *
find_route (PtlSession *session, const Arrow *arrow)
{
  const PtlRoutes *routes = ptl_session_get_talks (session)->routes;
  const PtlRoute *route;

  if (arrow->from_zone < 0 || arrow->to_zone < 0 || arrow->from_zone == arrow->to_zone)
    return NULL;
  route = ptl_routes_between (routes, (guint) arrow->from_zone, (guint) arrow->to_zone);
  return route != NULL ? route : ptl_routes_between (routes, (guint) arrow->to_zone, (guint) arrow->from_zone);
}

static char *
zones_words (const PtlGraph *graph, const Arrow *arrow)
{
  if (arrow->kind == PTL_RECORD_ZONE)
    return NULL;
  if (arrow->from_zone < 0 || arrow->to_zone < 0)
    return g_strdup (_ ("A node outside every zone crosses no firewall."));
  if (arrow->from_zone == arrow->to_zone)
    /* Translators: %s is a zone. */
    return g_strdup_printf (_ ("Within %s"), graph->zones[arrow->from_zone].name);
  return ptl_port_words_way (graph->zones[arrow->from_zone].name, graph->zones[arrow->to_zone].name, arrow->both);
}

/* What a change of is a change of the heading. */
static char *
signature (const PtlRoutes *routes, const Arrow *arrow, const char *zones, const PtlRoute *route)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n%s\n%s\n%s\n%d\n%s\n", arrow->from, arrow->from_id, arrow->to, arrow->to_id,
                          arrow->both, zones);
  for (guint i = 0; route != NULL && i < route->n_firewalls; i++)
    {
      const PtlGraphFirewall *firewall = &routes->firewalls[ptl_route_firewall (route, i)];

      g_string_append_printf (text, "%s\n%s\n", firewall->id, firewall->name);
    }
  if (route != NULL && route->unroutable)
    g_string_append_c (text, '!');
  return g_string_free (text, FALSE);
}

GtkWidget *
ptl_arrow_heading_new (void)
{
  return g_object_new (PTL_TYPE_ARROW_HEADING, NULL);
}

void
ptl_arrow_heading_show (PtlArrowHeading *self, PtlSession *session, PtlPortsSubject subject)
{
  const PtlRoutes *routes = ptl_session_get_talks (session)->routes;
  const Arrow arrow = find_arrow (session, subject);
  const PtlRoute *route = find_route (session, &arrow);
  g_autofree char *zones = zones_words (routes->flows->graph, &arrow);
  g_autofree char *shown = signature (routes, &arrow, zones, route);
  GtkWidget *child;

  if (g_strcmp0 (shown, self->shown) == 0)
    return;
  ptl_replace_text (&self->shown, shown);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  add_ends (self, &arrow);
  if (zones != NULL)
    gtk_box_append (GTK_BOX (self), make_label (zones, "dim-label"));
  if (route != NULL && route->unroutable)
    gtk_box_append (GTK_BOX (self), make_label (_ ("No path of firewalls joins the two zones."), "reason"));
  else if (route != NULL)
    add_firewalls (self, session, route);
}
