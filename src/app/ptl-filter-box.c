#include "ptl-filter-box.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _PtlFilterBox
{
  GtkBox parent_instance;

  GtkDropDown *service, *protocol, *role, *zone, *other_zone, *phase;
  GtkEntry *port;

  PtlSession *session;
  GPtrArray *services; /* const char *: by name, each once */
  gboolean filling;    /* what is chosen is not a person's choice */
};

G_DEFINE_FINAL_TYPE (PtlFilterBox, ptl_filter_box, GTK_TYPE_BOX)

static const char *const protocol_titles[] = { "ICMP", "TCP", "UDP", NULL }; /* by PtlProtocol */

static const PtlGraph *
get_graph (PtlSession *session)
{
  return ptl_session_get_talks (session)->routes->flows->graph;
}

/* Lists. The first of each chooses nothing. */

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
find_services (PtlFilterBox *self, const PtlCatalogue *catalogue)
{
  g_ptr_array_set_size (self->services, 0);
  for (guint i = 0; i < catalogue->rules->len; i++)
    for (guint j = 0; j < ptl_catalogue_rule (catalogue, i)->n_services; j++)
      {
        char *name = ptl_catalogue_rule (catalogue, i)->services[j].name;

        if (!g_ptr_array_find_with_equal_func (self->services, name, g_str_equal, NULL))
          g_ptr_array_add (self->services, name);
      }
  g_ptr_array_sort (self->services, compare_texts);
}

/* `chosen`: the place of what is chosen, or -1. */
static void
fill (GtkDropDown *list, const char *none, const GPtrArray *titles, int chosen)
{
  g_autoptr (GtkStringList) strings = gtk_string_list_new (NULL);

  gtk_string_list_append (strings, none);
  for (guint i = 0; i < titles->len; i++)
    gtk_string_list_append (strings, titles->pdata[i]);
  gtk_drop_down_set_model (list, G_LIST_MODEL (strings));
  gtk_drop_down_set_selected (list, (guint) (chosen + 1));
}

static int
find_service (PtlFilterBox *self, const char *name)
{
  guint index;

  return name != NULL && g_ptr_array_find_with_equal_func (self->services, name, g_str_equal, &index) ? (int) index
                                                                                                      : -1;
}

static void
fill_roles (PtlFilterBox *self, const PtlCatalogue *catalogue, const PtlRole *chosen)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  int index = -1;

  for (guint i = 0; i < catalogue->roles->len; i++)
    {
      const PtlRole *role = ptl_catalogue_role (catalogue, i);

      if (role == chosen)
        index = (int) i;
      g_ptr_array_add (titles, _ (role->title));
    }
  fill (self->role, _ ("Any role"), titles, index);
}

static void
fill_zones (GtkDropDown *list, const PtlGraph *graph, const PtlGraphZone *chosen)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();

  for (guint i = 0; i < graph->n_zones; i++)
    g_ptr_array_add (titles, (gpointer) graph->zones[i].name);
  fill (list, _ ("Any zone"), titles, chosen != NULL ? (int) (chosen - graph->zones) : -1);
}

static void
fill_words (GtkDropDown *list, const char *none, const char *const *words, int chosen)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();

  for (; *words != NULL; words++)
    g_ptr_array_add (titles, (gpointer) *words);
  fill (list, none, titles, chosen);
}

static char *
range_words (PtlRange range)
{
  return range.from == range.to ? g_strdup_printf ("%u", range.from) : g_strdup_printf ("%u-%u", range.from, range.to);
}

/* The one protocol of a set, or -1. */
static int
protocol_of (guint protocols)
{
  return protocols != 0 ? g_bit_nth_lsf (protocols, -1) : -1;
}

static void
fill_all (PtlFilterBox *self)
{
  const PtlLens *lens = ptl_session_get_lens (self->session);
  const PtlGraph *graph = get_graph (self->session);
  const char *const phases[] = { _ ("Operation"), _ ("Installation"), NULL };
  g_autofree char *ports = lens->filter.ports.to > 0 ? range_words (lens->filter.ports) : g_strdup ("");

  self->filling = TRUE;
  find_services (self, graph->catalogue);
  fill (self->service, _ ("Any service"), self->services, find_service (self, lens->filter.service));
  fill_words (self->protocol, _ ("Any protocol"), protocol_titles, protocol_of (lens->filter.protocols));
  gtk_editable_set_text (GTK_EDITABLE (self->port), ports);
  fill_roles (self, graph->catalogue, lens->filter.role);
  fill_zones (self->zone, graph, lens->filter.zone);
  fill_zones (self->other_zone, graph, lens->filter.other_zone);
  fill_words (self->phase, _ ("Both phases"), phases, lens->phase);
  self->filling = FALSE;
}

/* Choosing */

static int
chosen (GtkDropDown *list)
{
  return (int) gtk_drop_down_get_selected (list) - 1;
}

static const PtlGraphZone *
chosen_zone (GtkDropDown *list, const PtlGraph *graph)
{
  return chosen (list) >= 0 ? &graph->zones[chosen (list)] : NULL;
}

/* What is no port marks the entry, and filters nothing. */
static PtlRange
chosen_ports (PtlFilterBox *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->port));
  PtlRange range = { 0, 0 };
  gboolean wrong = *text != '\0' && !ptl_range_parse (text, &range);

  (wrong ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (self->port), "error");
  return range;
}

/* The rest of the lens stays what it is. */
static void
set_phase (PtlSession *session, int phase)
{
  const PtlLens *lens = ptl_session_get_lens (session);
  const PtlRoutes *routes = ptl_session_get_talks (session)->routes;
  g_autofree char *site = lens->site >= 0 ? g_strdup (routes->flows->graph->sites[lens->site].code) : NULL;
  g_autofree char *firewall = lens->firewall >= 0 ? g_strdup (routes->firewalls[lens->firewall].id) : NULL;

  ptl_session_set_lens (session, phase, site, firewall);
}

static void
on_chosen_cb (PtlFilterBox *self)
{
  const PtlGraph *graph;
  PtlFilter filter = { 0 };

  if (self->filling || self->session == NULL)
    return;
  graph = get_graph (self->session);
  filter.protocols = chosen (self->protocol) >= 0 ? 1u << chosen (self->protocol) : 0;
  filter.ports = chosen_ports (self);
  filter.service = chosen (self->service) >= 0 ? self->services->pdata[chosen (self->service)] : NULL;
  filter.role = chosen (self->role) >= 0 ? ptl_catalogue_role (graph->catalogue, (guint) chosen (self->role)) : NULL;
  filter.zone = chosen_zone (self->zone, graph);
  filter.other_zone = chosen_zone (self->other_zone, graph);
  ptl_session_set_filter (self->session, &filter);
  set_phase (self->session, chosen (self->phase));
}

/* An edit, such as one that is undone by its keys, while the box is shown. */
static void
on_session_changed_cb (PtlSession *session, const PtlTouched *touched, PtlFilterBox *self)
{
  if (touched->difference & PTL_DIFFERS_MEANING && gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill_all (self);
}

static void
ptl_filter_box_dispose (GObject *object)
{
  ptl_filter_box_set_session (PTL_FILTER_BOX (object), NULL);
  G_OBJECT_CLASS (ptl_filter_box_parent_class)->dispose (object);
}

static void
ptl_filter_box_finalize (GObject *object)
{
  g_ptr_array_unref (PTL_FILTER_BOX (object)->services);
  G_OBJECT_CLASS (ptl_filter_box_parent_class)->finalize (object);
}

static void
ptl_filter_box_class_init (PtlFilterBoxClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_filter_box_dispose;
  G_OBJECT_CLASS (class)->finalize = ptl_filter_box_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-filter-box.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlFilterBox, service);
  gtk_widget_class_bind_template_child (widget_class, PtlFilterBox, protocol);
  gtk_widget_class_bind_template_child (widget_class, PtlFilterBox, port);
  gtk_widget_class_bind_template_child (widget_class, PtlFilterBox, role);
  gtk_widget_class_bind_template_child (widget_class, PtlFilterBox, zone);
  gtk_widget_class_bind_template_child (widget_class, PtlFilterBox, other_zone);
  gtk_widget_class_bind_template_child (widget_class, PtlFilterBox, phase);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen_cb);
}

static void
ptl_filter_box_init (PtlFilterBox *self)
{
  self->services = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ptl_filter_box_set_session (PtlFilterBox *self, PtlSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect (session, "changed", G_CALLBACK (on_session_changed_cb), self);
  fill_all (self);
}

/* Words */

static void G_GNUC_PRINTF (2, 3) add (GString *text, const char *format, ...)
{
  va_list arguments;

  if (text->len > 0)
    g_string_append (text, " · ");
  va_start (arguments, format);
  g_string_append_vprintf (text, format, arguments);
  va_end (arguments);
}

static void
add_filter (GString *text, const PtlFilter *filter)
{
  g_autofree char *ports = range_words (filter->ports);
  const PtlGraphZone *zone = filter->zone != NULL ? filter->zone : filter->other_zone;

  if (filter->service != NULL)
    add (text, "%s", filter->service);
  if (filter->protocols != 0)
    add (text, "%s", protocol_titles[protocol_of (filter->protocols)]);
  if (filter->ports.to > 0)
    add (text, _ ("port %s"), ports);
  if (filter->role != NULL)
    add (text, "%s", _ (filter->role->title));
  if (filter->zone != NULL && filter->other_zone != NULL)
    /* Translators: two zones. */
    add (text, _ ("between %s and %s"), filter->zone->name, filter->other_zone->name);
  else if (zone != NULL)
    add (text, _ ("zone %s"), zone->name);
}

char *
ptl_filter_words_of (const PtlFilter *filter)
{
  GString *text = g_string_new (NULL);

  add_filter (text, filter);
  return g_string_free (text, text->len == 0);
}

char *
ptl_filter_words (PtlSession *session)
{
  const PtlLens *lens = ptl_session_get_lens (session);
  const PtlRoutes *routes = ptl_session_get_talks (session)->routes;
  GString *text = g_string_new (NULL);

  add_filter (text, &lens->filter);
  if (lens->phase >= 0)
    add (text, "%s", lens->phase == PTL_PHASE_OPERATION ? _ ("operation") : _ ("installation"));
  if (lens->site >= 0)
    add (text, _ ("site %s"), routes->flows->graph->sites[lens->site].code);
  if (lens->firewall >= 0)
    add (text, _ ("firewall %s"), routes->firewalls[lens->firewall].name);
  return g_string_free (text, text->len == 0);
}

void
ptl_filter_clear (PtlSession *session)
{
  const PtlFilter none = { 0 };

  if (!ptl_filter_is_empty (&ptl_session_get_lens (session)->filter))
    ptl_session_set_filter (session, &none);
  ptl_session_set_lens (session, -1, NULL, NULL);
}
