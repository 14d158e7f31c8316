#include "ptl-inspector-page.h"

#include <glib/gi18n.h>

#include "ptl-field-kinds.h"
#include "ptl-inspector-heading.h"
#include "ptl-members.h"
#include "ptl-port-list.h"
#include "ptl-relations.h"
#include "ptl-role-list.h"
#include "ptl-setting-list.h"

typedef struct
{
  const char *title;                    /* NULL: the heading says it */
  const PtlFieldKind *fields;           /* or what else the section consists of: */
  GtkWidget *(*make) (PtlTopic *topic); /* floating, or the caller's */
  gboolean boxed;
  gboolean folded;
} Section;

#define MAX_SECTIONS 11

/* A section without a visible part is hidden. */
static void
on_refresh_section_cb (PtlTopic *topic, const PtlTouched *touched, GtkWidget *section)
{
  GtkWidget *body = g_object_get_data (G_OBJECT (section), "body"), *child = gtk_widget_get_first_child (body);

  while (child != NULL && !gtk_widget_get_visible (child))
    child = gtk_widget_get_next_sibling (child);
  gtk_widget_set_visible (section, child != NULL);
}

/* Aligning is for several things that stand on the canvas. */
static void
on_refresh_arrange_cb (PtlTopic *topic, const PtlTouched *touched, GtkWidget *arrange)
{
  guint n;

  ptl_topic_get_items (topic, &n);
  gtk_widget_set_visible (arrange, n > 1);
}

static GtkWidget *
make_arrange (PtlTopic *topic)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/portolan/ui/ptl-arrange.ui");
  GtkWidget *arrange = GTK_WIDGET (gtk_builder_get_object (builder, "arrange"));

  g_signal_connect_object (topic, "refresh", G_CALLBACK (on_refresh_arrange_cb), arrange, 0);
  on_refresh_arrange_cb (topic, NULL, arrange);
  return g_object_ref (arrange);
}

static GtkWidget *
make_delete (PtlTopic *topic)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Delete"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.delete");
  gtk_widget_add_css_class (button, "delete");
  return button;
}

static GtkWidget *
make_features (PtlTopic *topic)
{
  const PtlCatalogue *catalogue = ptl_topic_get_plan (topic)->catalogue;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (box, "boxed");
  for (guint i = 0; i < catalogue->features->len; i++)
    gtk_box_append (GTK_BOX (box), ptl_field_new (topic, &ptl_feature_field, (PtlDetail){ i, 0 },
                                                  _ (ptl_catalogue_feature (catalogue, i)->title)));
  return box;
}

static GtkWidget *
make_zones (PtlTopic *topic)
{
  return ptl_relations_new (topic, &ptl_firewall_zones, (PtlDetail){ 0 });
}

static GtkWidget *
make_links_from (PtlTopic *topic)
{
  return ptl_relations_new (topic, &ptl_links_from, (PtlDetail){ 0 });
}

static GtkWidget *
make_links_to (PtlTopic *topic)
{
  return ptl_relations_new (topic, &ptl_links_to, (PtlDetail){ 0 });
}

/* clang-format off */
#define PLACE    { N_ ("Position"), ptl_place_fields, .boxed = TRUE }
#define NOTE     { NULL, ptl_note_fields, .boxed = TRUE }
#define ADVANCED { N_ ("Advanced"), ptl_id_fields, .boxed = TRUE, .folded = TRUE }
#define FLOWS    { N_ ("Flows"), .make = ptl_port_list_new_for_topic }
#define ARRANGE  { N_ ("Arrange"), .make = make_arrange }
#define SETTINGS { N_ ("Settings"), .make = ptl_setting_list_new }
#define DELETE   { .make = make_delete }

static const Section pages[PTL_N_RECORDS + 1][MAX_SECTIONS + 1] = {
  [PTL_RECORD_PLAN] = {
    { NULL, ptl_plan_fields, .boxed = TRUE },
    NOTE,
    SETTINGS,
    { N_ ("Features"), .make = make_features },
  },
  [PTL_RECORD_SITE] = {
    { NULL, ptl_site_fields, .boxed = TRUE },
    { N_ ("Members"), .make = ptl_members_new, .boxed = TRUE },
    SETTINGS, NOTE, DELETE,
  },
  [PTL_RECORD_ZONE] = {
    { NULL, ptl_zone_fields, .boxed = TRUE },
    { N_ ("Members"), .make = ptl_members_new, .boxed = TRUE },
    ARRANGE, PLACE, NOTE, ADVANCED, DELETE,
  },
  [PTL_RECORD_FIREWALL] = {
    { NULL, ptl_firewall_fields, .boxed = TRUE },
    { N_ ("Zones"), .make = make_zones },
    FLOWS, ARRANGE, PLACE, NOTE, ADVANCED, DELETE,
  },
  [PTL_RECORD_NODE] = {
    { NULL, ptl_node_fields, .boxed = TRUE },
    { N_ ("Roles"), .make = ptl_role_list_new },
    { N_ ("Pull sources"), .make = make_links_from },
    { N_ ("Source for"), .make = make_links_to },
    FLOWS, SETTINGS, ARRANGE, PLACE, NOTE, ADVANCED, DELETE,
  },
  [PTL_TOPIC_MIXED] = {
    ARRANGE, DELETE,
  },
};
/* clang-format on */

static GtkWidget *
make_body (PtlTopic *topic, const Section *kind)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  if (kind->make != NULL)
    {
      g_autoptr (GtkWidget) widget = g_object_take_ref (kind->make (topic));

      gtk_box_append (GTK_BOX (body), widget);
    }
  for (guint i = 0; kind->fields != NULL && kind->fields[i].read != NULL; i++)
    gtk_box_append (GTK_BOX (body), ptl_field_new (topic, &kind->fields[i], (PtlDetail){ i, 0 }, NULL));
  if (kind->boxed)
    gtk_widget_add_css_class (body, "boxed");
  return body;
}

static GtkWidget *
make_section (PtlTopic *topic, const Section *kind)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *body = make_body (topic, kind);

  if (kind->folded)
    {
      GtkWidget *expander = gtk_expander_new (_ (kind->title));

      gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (kind->title), -1);
      gtk_expander_set_child (GTK_EXPANDER (expander), body);
      gtk_box_append (GTK_BOX (section), expander);
    }
  else
    {
      if (kind->title != NULL)
        {
          GtkWidget *title = gtk_label_new (_ (kind->title));

          gtk_label_set_xalign (GTK_LABEL (title), 0);
          gtk_widget_add_css_class (title, "heading");
          gtk_box_append (GTK_BOX (section), title);
        }
      gtk_box_append (GTK_BOX (section), body);
    }
  g_object_set_data (G_OBJECT (section), "body", body);
  g_signal_connect_object (topic, "refresh", G_CALLBACK (on_refresh_section_cb), section, 0);
  on_refresh_section_cb (topic, NULL, section);
  return section;
}

GtkWidget *
ptl_inspector_page_new (PtlTopic *topic, PtlRecordKind kind)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18), *viewport = gtk_viewport_new (NULL, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new (), *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (page, "inspector");
  gtk_widget_add_css_class (box, "sections");
  for (const Section *section = pages[kind]; section->fields != NULL || section->make != NULL; section++)
    gtk_box_append (GTK_BOX (box), make_section (topic, section));
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (viewport), GTK_SCROLL_NATURAL); /* long notes are seen */
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), box);
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), viewport);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (page), ptl_inspector_heading_new (topic)); /* it stays: one sees what is edited */
  gtk_box_append (GTK_BOX (page), scrolled);
  return page;
}
