#include "ptl-inspector.h"

#include <glib/gi18n.h>

#include "ptl-arrow-page.h"
#include "ptl-field.h"
#include "ptl-inspector-page.h"
#include "ptl-role-list.h"
#include "ptl-setting-list.h"

struct _PtlInspector
{
  GtkBox parent_instance;

  PtlSession *session;
  GtkStack *pages; /* by the kind that is selected; made when first needed */
  PtlTopic *topics[PTL_N_RECORDS + 1];
  GtkWidget *shown[PTL_N_RECORDS + 1];
  GtkWidget *arrow; /* the page of an arrow, made when first needed */
  guint later;      /* the source of a look that is due, or 0 */
};

#define MANY  500 /* things, to read them all at each motion of a drag takes too long: */
#define PAUSE 100 /* milliseconds between two looks at them */

G_DEFINE_FINAL_TYPE (PtlInspector, ptl_inspector, GTK_TYPE_BOX)

static void
follow_arrow (PtlInspector *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->topics); i++)
    ptl_topic_follow (self->topics[i], NULL, NULL);
  if (self->arrow == NULL)
    gtk_stack_add_child (self->pages, self->arrow = ptl_arrow_page_new ());
  ptl_arrow_page_follow (PTL_ARROW_PAGE (self->arrow), self->session);
  gtk_stack_set_visible_child (self->pages, self->arrow);
}

/* Tells the page of what is selected about it, and no other one: hidden pages follow nothing. */
static void
follow (PtlInspector *self, const PtlTouched *touched)
{
  PtlRecordKind kind = ptl_topic_kind (self->session);
  PtlFocus focus;

  if (ptl_session_get_focus (self->session, &focus))
    {
      follow_arrow (self);
      return;
    }
  if (self->arrow != NULL)
    ptl_arrow_page_follow (PTL_ARROW_PAGE (self->arrow), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->topics); i++)
    if (i != kind)
      ptl_topic_follow (self->topics[i], NULL, NULL);
  ptl_topic_follow (self->topics[kind], self->session, touched);
  if (self->shown[kind] == NULL)
    {
      self->shown[kind] = ptl_inspector_page_new (self->topics[kind], kind);
      gtk_stack_add_child (self->pages, self->shown[kind]);
    }
  gtk_stack_set_visible_child (self->pages, self->shown[kind]);
}

static PtlField *
find_field (GtkWidget *widget, const char *title)
{
  PtlField *found = NULL;

  if (PTL_IS_FIELD (widget))
    return g_str_equal (ptl_field_get_title (PTL_FIELD (widget)), title) ? PTL_FIELD (widget) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_field (child, title);
  return found;
}

static gboolean
on_later_cb (gpointer data)
{
  static const PtlTouched anything = { .kinds = ~0u, .difference = PTL_DIFFERS_LOOK | PTL_DIFFERS_MEANING };
  PtlInspector *self = data;

  self->later = 0;
  follow (self, &anything);
  return G_SOURCE_REMOVE;
}

static void
on_changed_cb (PtlSession *session, const PtlTouched *touched, PtlInspector *self)
{
  guint n;

  ptl_session_get_selected (session, &n);
  if (gtk_stack_get_visible_child (self->pages) != self->shown[ptl_topic_kind (session)])
    return; /* what was selected went: the other signal follows */
  if (n < MANY)
    follow (self, touched);
  else if (self->later == 0)
    self->later = g_timeout_add (PAUSE, on_later_cb, self);
}

static void
on_selection_changed_cb (PtlSession *session, PtlInspector *self)
{
  g_clear_handle_id (&self->later, g_source_remove);
  follow (self, NULL);
}

static void
ptl_inspector_dispose (GObject *object)
{
  PtlInspector *self = PTL_INSPECTOR (object);

  ptl_inspector_set_session (self, NULL);
  G_OBJECT_CLASS (ptl_inspector_parent_class)->dispose (object);
}

static void
ptl_inspector_finalize (GObject *object)
{
  PtlInspector *self = PTL_INSPECTOR (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->topics); i++)
    g_object_unref (self->topics[i]);
  G_OBJECT_CLASS (ptl_inspector_parent_class)->finalize (object);
}

static void
ptl_inspector_class_init (PtlInspectorClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_inspector_dispose;
  G_OBJECT_CLASS (class)->finalize = ptl_inspector_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlInspector, pages);
}

/* Fields have no undo of their own, but their keys for it: the plan's is meant. */
static GtkEventController *
undo_keys_new (void)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = { { GDK_KEY_z, GDK_CONTROL_MASK, "win.undo" },
               { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo" },
               { GDK_KEY_y, GDK_CONTROL_MASK, "win.redo" } };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                                                            gtk_named_action_new (keys[i].action)));
  return controller;
}

static void
ptl_inspector_init (PtlInspector *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->topics); i++)
    self->topics[i] = ptl_topic_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_controller (GTK_WIDGET (self), undo_keys_new ());
}

void
ptl_inspector_set_session (PtlInspector *self, PtlSession *session)
{
  g_clear_handle_id (&self->later, g_source_remove);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      for (guint i = 0; i < G_N_ELEMENTS (self->topics); i++)
        ptl_topic_follow (self->topics[i], NULL, NULL);
      if (self->arrow != NULL)
        ptl_arrow_page_follow (PTL_ARROW_PAGE (self->arrow), NULL);
    }
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  g_signal_connect (session, "changed", G_CALLBACK (on_changed_cb), self);
  g_signal_connect (session, "selection-changed", G_CALLBACK (on_selection_changed_cb), self);
  follow (self, NULL);
}

void
ptl_inspector_focus_field (PtlInspector *self, const char *title)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);
  PtlField *field = page != NULL ? find_field (page, title) : NULL;

  if (field != NULL)
    gtk_widget_child_focus (GTK_WIDGET (field), GTK_DIR_TAB_FORWARD);
}

/* The first widget of the type on the page that is shown, or NULL. */
static gpointer
find_part (GtkWidget *widget, GType type)
{
  gpointer found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_part (child, type);
  return found;
}

void
ptl_inspector_show_setting (PtlInspector *self, guint setting)
{
  PtlSettingList *list = find_part (gtk_stack_get_visible_child (self->pages), PTL_TYPE_SETTING_LIST);

  if (list != NULL)
    ptl_setting_list_focus (list, setting);
}

void
ptl_inspector_show_option (PtlInspector *self, guint role, guint option)
{
  PtlRoleList *list = find_part (gtk_stack_get_visible_child (self->pages), PTL_TYPE_ROLE_LIST);

  if (list != NULL)
    ptl_role_list_focus (list, role, option);
}
