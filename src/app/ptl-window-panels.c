#include "ptl-preferences.h"
#include "ptl-window-private.h"

#define DEFAULT_WIDTH  1280
#define DEFAULT_HEIGHT 800

/* The panels around the canvas: each folds away and keeps its size from one start to the next. */
typedef struct
{
  const char *action;
  guint key;
  const char *shown, *size; /* in the preferences */
  gsize paned;              /* offset of its GtkPaned in the window */
  gboolean at_end;          /* of the paned */
  int initial;              /* size beyond the smallest one, px */
  int narrowest;            /* window with room for it beside the canvas, px */
} Panel;

static const Panel panels[] = {
  { "win.show-sidebar", GDK_KEY_F9, "show-sidebar", "sidebar-size", G_STRUCT_OFFSET (PtlWindow, sidebar_paned), FALSE,
    50, 720 },
  { "win.show-inspector", GDK_KEY_F8, "show-inspector", "inspector-size", G_STRUCT_OFFSET (PtlWindow, inspector_paned),
    TRUE, 20, 900 },
  { "win.show-results", GDK_KEY_F7, "show-results", "results-size", G_STRUCT_OFFSET (PtlWindow, results_paned), TRUE,
    80, 0 },
};

static GtkPaned *
panel_paned (PtlWindow *self, const Panel *panel)
{
  return G_STRUCT_MEMBER (GtkPaned *, self, panel->paned);
}

static GtkWidget *
panel_child (PtlWindow *self, const Panel *panel)
{
  GtkPaned *paned = panel_paned (self, panel);

  return panel->at_end ? gtk_paned_get_end_child (paned) : gtk_paned_get_start_child (paned);
}

/* How much larger the panel is than it must be: that is known before anything has a size. */
static int
panel_extra (PtlWindow *self, const Panel *panel)
{
  GtkPaned *paned = panel_paned (self, panel);
  int low, high;

  g_object_get (paned, "min-position", &low, "max-position", &high, NULL);
  return panel->at_end ? high - gtk_paned_get_position (paned) : gtk_paned_get_position (paned) - low;
}

/* The paned got its first size: its panel gets the one it had. */
static void
on_range_cb (GtkPaned *paned, GParamSpec *spec, const Panel *panel)
{
  int extra = ptl_preferences_get_int (panel->size, panel->initial), low, high;

  g_object_get (paned, "min-position", &low, "max-position", &high, NULL);
  if (high <= low)
    return;
  gtk_paned_set_position (paned, panel->at_end ? MAX (high - extra, low) : MIN (low + extra, high));
  g_signal_handlers_disconnect_by_func (paned, on_range_cb, (gpointer) panel);
}

static void
on_visible_cb (GtkWidget *child, GParamSpec *spec, const Panel *panel)
{
  PtlWindow *self = PTL_WINDOW (gtk_widget_get_root (child));

  if (!(self->narrow & 1u << (panel - panels)))
    ptl_preferences_set_flag (panel->shown, gtk_widget_get_visible (child));
}

/* In a narrow window panels fold by themselves, and come back when there is room again. Meanwhile a person can show
 * them all the same. */
static void
on_width_cb (GdkSurface *surface, GParamSpec *spec, PtlWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (panels); i++)
    {
      gboolean narrow = gdk_surface_get_width (surface) < panels[i].narrowest;
      gboolean was_narrow = (self->narrow & 1u << i) != 0;

      if (narrow == was_narrow)
        continue;
      self->narrow ^= 1u << i;
      gtk_widget_set_visible (panel_child (self, &panels[i]),
                              !narrow && ptl_preferences_get_flag (panels[i].shown, TRUE));
    }
}

void
ptl_window_follow_width (PtlWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));

  g_signal_connect_object (surface, "notify::width", G_CALLBACK (on_width_cb), self, 0);
}

/* F6 leads round the parts of the window, in the order they are read. */

static gboolean
focus_part (PtlWindow *self, GtkWidget *part)
{
  if (!gtk_widget_get_mapped (part))
    return FALSE;
  return part == GTK_WIDGET (self->canvas) ? gtk_widget_grab_focus (part)
                                           : gtk_widget_child_focus (part, GTK_DIR_TAB_FORWARD);
}

static void
focus_next_part (PtlWindow *self, int step)
{
  GtkWidget *const parts[]
      = { self->sidebar, GTK_WIDGET (self->canvas), GTK_WIDGET (self->inspector), GTK_WIDGET (self->results) };
  const int n = G_N_ELEMENTS (parts);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  int at = 0;

  while (at < n && !(focus != NULL && (focus == parts[at] || gtk_widget_is_ancestor (focus, parts[at]))))
    at++;
  if (at == n) /* in none of them */
    at = step > 0 ? n - 1 : 0;
  for (int i = 1; i <= n; i++)
    if (focus_part (self, parts[(at + n + i * step % n) % n]))
      return;
}

static void
on_next_part_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  focus_next_part (PTL_WINDOW (widget), 1);
}

static void
on_previous_part_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  focus_next_part (PTL_WINDOW (widget), -1);
}

static void
on_show_problems_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlWindow *self = PTL_WINDOW (widget);

  gtk_widget_set_visible (GTK_WIDGET (self->results), TRUE);
  ptl_results_show_sheet (self->results, NULL);
}

static void
on_focus_field_cb (GtkWidget *widget, const char *name, GVariant *title)
{
  PtlWindow *self = PTL_WINDOW (widget);

  gtk_widget_set_visible (GTK_WIDGET (self->inspector), TRUE);
  ptl_inspector_focus_field (self->inspector, g_variant_get_string (title, NULL));
}

void
ptl_window_install_panel_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "win.show-problems", NULL, on_show_problems_cb);
  gtk_widget_class_install_action (class, "win.focus-field", "s", on_focus_field_cb);
  gtk_widget_class_install_action (class, "win.next-part", NULL, on_next_part_cb);
  gtk_widget_class_install_action (class, "win.previous-part", NULL, on_previous_part_cb);
}

static void
add_key (GtkEventController *keys, guint key, GdkModifierType modifiers, const char *action)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers), gtk_named_action_new (action)));
}

/* Caught before the panes get them: GTK has other uses for F6 and F8 in these. */
static void
add_keys (PtlWindow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_key (keys, GDK_KEY_F6, 0, "win.next-part");
  add_key (keys, GDK_KEY_F6, GDK_SHIFT_MASK, "win.previous-part");
  for (guint i = 0; i < G_N_ELEMENTS (panels); i++)
    add_key (keys, panels[i].key, 0, panels[i].action);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
ptl_window_init_panels (PtlWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), ptl_preferences_get_int ("width", DEFAULT_WIDTH),
                               ptl_preferences_get_int ("height", DEFAULT_HEIGHT));
  if (ptl_preferences_get_flag ("maximized", FALSE))
    gtk_window_maximize (GTK_WINDOW (self));
  add_keys (self);
  for (guint i = 0; i < G_N_ELEMENTS (panels); i++)
    {
      GtkWidget *child = panel_child (self, &panels[i]);
      g_autoptr (GPropertyAction) action = g_property_action_new (panels[i].action + strlen ("win."), child, "visible");

      gtk_widget_set_visible (child, ptl_preferences_get_flag (panels[i].shown, TRUE));
      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
      g_signal_connect (child, "notify::visible", G_CALLBACK (on_visible_cb), (gpointer) &panels[i]);
      g_signal_connect (panel_paned (self, &panels[i]), "notify::max-position", G_CALLBACK (on_range_cb),
                        (gpointer) &panels[i]);
    }
}

void
ptl_window_remember_panels (PtlWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  ptl_preferences_set_int ("width", width);
  ptl_preferences_set_int ("height", height);
  ptl_preferences_set_flag ("maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  for (guint i = 0; i < G_N_ELEMENTS (panels) && self->open_plan != NULL; i++)
    if (gtk_widget_get_visible (panel_child (self, &panels[i])))
      ptl_preferences_set_int (panels[i].size, panel_extra (self, &panels[i]));
  ptl_window_remember_view (self);
}
