#include "ptl-start-page.h"

#include <glib/gi18n.h>

#include "io/ptl-plan-file.h"
#include "ptl-application.h"
#include "ptl-dialogs.h"
#include "ptl-names.h"
#include "ptl-plan-preview.h"
#include "ptl-recent.h"

#define MAX_RECENT 10
#define CARD_CHARS 22 /* a line of text on a card: five cards stand in a row of the usual window */

struct _PtlStartPage
{
  GtkBox parent_instance;

  const PtlCatalogue *catalogue;
  GtkFlowBox *templates;
  GtkWidget *left_over_box;
  GtkListBox *left_overs;
  GtkListBox *recents;
  GtkWidget *no_recents;
};

G_DEFINE_FINAL_TYPE (PtlStartPage, ptl_start_page, GTK_TYPE_BOX)

static const struct
{
  const char *name; /* of the resource */
  const char *title;
  const char *text;
} templates[] = {
  { "stand-alone", N_ ("Stand-alone primary site"), N_ ("Servers and clients share a network behind one firewall.") },
  { "perimeter", N_ ("Primary site with a perimeter"),
    N_ ("A perimeter network serves clients on the internet, between two firewalls.") },
  { "hierarchy", N_ ("Central administration site"),
    N_ ("Two primary and three secondary sites, joined by firewalls to the WAN.") },
  { "internet-clients", N_ ("Internet clients by CMG"),
    N_ ("A cloud management gateway serves clients on the internet, without a perimeter.") },
};

static GtkWidget *
label_new (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

/* Templates */

static GtkWidget *
template_picture (PtlStartPage *self, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/org/portolan/data/templates/%s.portolan", name);
  g_autoptr (GInputStream) stream = g_resources_open_stream (path, 0, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) plan = ptl_plan_read (self->catalogue, stream, &problems);
  g_autoptr (PtlSession) session = ptl_session_new (plan);

  return ptl_plan_preview_new (ptl_session_get_scene (session));
}

static GtkWidget *
empty_picture (void)
{
  GtkWidget *image = gtk_image_new_from_icon_name ("list-add-symbolic");

  gtk_image_set_icon_size (GTK_IMAGE (image), GTK_ICON_SIZE_LARGE);
  gtk_widget_add_css_class (image, "empty-plan");
  return image;
}

static void
add_card (PtlStartPage *self, GtkWidget *picture, const char *title, const char *text, const char *action)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *button = gtk_button_new ();
  GtkWidget *lines[] = { label_new (title, "heading"), label_new (text, "dim-label") };

  gtk_box_append (GTK_BOX (box), picture);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      gtk_label_set_wrap (GTK_LABEL (lines[i]), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (lines[i]), CARD_CHARS);
      gtk_box_append (GTK_BOX (box), lines[i]);
    }
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "card");
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_flow_box_append (self->templates, button);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
}

static void
add_templates (PtlStartPage *self)
{
  add_card (self, empty_picture (), _ ("Empty plan"), _ ("Start with nothing and draw your own."), "app.new");
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      g_autofree char *action = g_strdup_printf ("app.new-from-template::%s", templates[i].name);

      add_card (self, template_picture (self, templates[i].name), _ (templates[i].title), _ (templates[i].text),
                action);
    }
}

/* Lists */

static char *
time_text (GDateTime *time)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (now, -1);
  GDateTime *const days[] = { now, yesterday };
  /* Translators: when a file was used; %H:%M is the time of day, as g_date_time_format () has it. */
  const char *const formats[] = { _ ("Today, %H:%M"), _ ("Yesterday, %H:%M") };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (g_date_time_get_year (time) == g_date_time_get_year (days[i])
        && g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (days[i]))
      return g_date_time_format (time, formats[i]);
  return g_date_time_format (time, "%x");
}

/* A row with a name above a line of where it is, and when at the end. */
static GtkWidget *
row_box_new (const char *name, const char *where, GDateTime *time)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *when = time_text (time);
  GtkWidget *labels[] = { label_new (name, NULL), label_new (where, "dim-label") };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      gtk_label_set_ellipsize (GTK_LABEL (labels[i]), PANGO_ELLIPSIZE_MIDDLE);
      gtk_widget_set_tooltip_text (labels[i], gtk_label_get_text (GTK_LABEL (labels[i])));
      gtk_box_append (GTK_BOX (lines), labels[i]);
    }
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), label_new (when, "dim-label"));
  return box;
}

static void
add_row (GtkListBox *list, GtkWidget *child, const char *name, const char *where)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, where, -1);
  gtk_list_box_append (list, row);
}

static void
clear (GtkListBox *list)
{
  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (list, 0)) != NULL;)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static void
fill_recents (PtlStartPage *self)
{
  g_autoptr (GPtrArray) recents = ptl_recent_list (MAX_RECENT);

  clear (self->recents);
  for (guint i = 0; i < recents->len; i++)
    {
      const PtlRecent *recent = recents->pdata[i];
      GtkWidget *box = row_box_new (recent->name, recent->folder, recent->used);

      g_object_set_data_full (G_OBJECT (box), "uri", g_file_get_uri (recent->file), g_free);
      add_row (self->recents, box, recent->name, recent->folder);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->recents), recents->len > 0);
  gtk_widget_set_visible (self->no_recents, recents->len == 0);
}

static void
on_recent_activated_cb (GtkListBox *list, GtkListBoxRow *row, PtlStartPage *self)
{
  const char *uri = g_object_get_data (G_OBJECT (gtk_list_box_row_get_child (row)), "uri");

  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-uri", "s", uri);
}

/* What a crash has left over */

static void fill_left_overs (PtlStartPage *self);

static void
on_recover_cb (GtkButton *button, PtlStartPage *self)
{
  const PtlLeftOver *left_over = g_object_get_data (G_OBJECT (button), "left-over");
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  ptl_application_recover (PTL_APPLICATION (gtk_window_get_application (window)), left_over);
  gtk_widget_set_sensitive (gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW), FALSE);
}

static void
on_discard_answered_cb (guint answer, gpointer data)
{
  GtkWidget *button = data;
  const PtlLeftOver *left_over = g_object_get_data (G_OBJECT (button), "left-over");
  g_autoptr (PtlRecoveryFile) file = answer == 1 ? ptl_recovery_file_take (left_over->id) : NULL;

  if (file != NULL)
    ptl_recovery_file_remove (file);
  if (answer == 1)
    fill_left_overs (PTL_START_PAGE (gtk_widget_get_ancestor (button, PTL_TYPE_START_PAGE)));
}

static void
on_discard_cb (GtkButton *button, PtlStartPage *self)
{
  static const PtlButton buttons[]
      = { { N_ ("_Cancel"), PTL_BUTTON_PLAIN }, { N_ ("_Discard"), PTL_BUTTON_DESTRUCTIVE }, { NULL } };
  const PtlLeftOver *left_over = g_object_get_data (G_OBJECT (button), "left-over");
  g_autofree char *title = g_strdup_printf (_ ("Discard the unsaved work on “%s”?"), left_over->name);

  ptl_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), title,
           _ ("It cannot be recovered later. The file is as it was last saved."), buttons, on_discard_answered_cb,
           g_object_ref (button), g_object_unref);
}

static GtkWidget *
left_over_button (PtlStartPage *self, GPtrArray *left_overs, guint i, const char *label, GCallback clicked)
{
  const PtlLeftOver *left_over = left_overs->pdata[i];
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, left_over->name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "left-over", (gpointer) left_over);
  g_object_set_data_full (G_OBJECT (button), "left-overs", g_ptr_array_ref (left_overs),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect (button, "clicked", clicked, self);
  return button;
}

static void
fill_left_overs (PtlStartPage *self)
{
  g_autoptr (GPtrArray) left_overs = ptl_recovery_list ();

  clear (self->left_overs);
  for (guint i = 0; i < left_overs->len; i++)
    {
      const PtlLeftOver *left_over = left_overs->pdata[i];
      g_autofree char *where
          = left_over->file != NULL ? g_file_get_parse_name (left_over->file) : g_strdup (_ ("Never saved"));
      GtkWidget *box = row_box_new (left_over->name, where, left_over->written);
      GtkWidget *recover = left_over_button (self, left_overs, i, _ ("Recover"), G_CALLBACK (on_recover_cb));

      gtk_widget_add_css_class (recover, "suggested-action");
      gtk_box_append (GTK_BOX (box),
                      left_over_button (self, left_overs, i, _ ("Discard…"), G_CALLBACK (on_discard_cb)));
      gtk_box_append (GTK_BOX (box), recover);
      add_row (self->left_overs, box, left_over->name, where);
    }
  gtk_widget_set_visible (self->left_over_box, left_overs->len > 0);
}

static void
ptl_start_page_map (GtkWidget *widget)
{
  PtlStartPage *self = PTL_START_PAGE (widget);

  if (gtk_flow_box_get_child_at_index (self->templates, 0) == NULL)
    add_templates (self);
  fill_recents (self);
  fill_left_overs (self);
  ptl_names_mend (widget);
  GTK_WIDGET_CLASS (ptl_start_page_parent_class)->map (widget);
}

/* What a person most likely wants. */
static gboolean
ptl_start_page_grab_focus (GtkWidget *widget)
{
  PtlStartPage *self = PTL_START_PAGE (widget);
  GtkListBoxRow *recent = gtk_list_box_get_row_at_index (self->recents, 0);

  if (gtk_widget_get_visible (self->left_over_box))
    return gtk_widget_child_focus (GTK_WIDGET (self->left_overs), GTK_DIR_TAB_FORWARD);
  if (recent != NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (recent));
  return gtk_widget_child_focus (GTK_WIDGET (self->templates), GTK_DIR_TAB_FORWARD);
}

static void
ptl_start_page_class_init (PtlStartPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->map = ptl_start_page_map;
  widget_class->grab_focus = ptl_start_page_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlStartPage, templates);
  gtk_widget_class_bind_template_child (widget_class, PtlStartPage, left_over_box);
  gtk_widget_class_bind_template_child (widget_class, PtlStartPage, left_overs);
  gtk_widget_class_bind_template_child (widget_class, PtlStartPage, recents);
  gtk_widget_class_bind_template_child (widget_class, PtlStartPage, no_recents);
  gtk_widget_class_bind_template_callback (widget_class, on_recent_activated_cb);
}

static void
ptl_start_page_init (PtlStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ptl_start_page_set_catalogue (PtlStartPage *self, const PtlCatalogue *catalogue)
{
  self->catalogue = catalogue;
}
