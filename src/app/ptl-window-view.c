#include <math.h>

#include <glib/gi18n.h>

#include "ptl-preferences.h"
#include "ptl-window-private.h"

#define ZOOM_STEP 1.25

static void
on_zoom_in_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlCanvas *canvas = PTL_WINDOW (widget)->canvas;

  ptl_canvas_zoom_to (canvas, ptl_canvas_get_viewport (canvas)->scale * ZOOM_STEP);
}

static void
on_zoom_out_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlCanvas *canvas = PTL_WINDOW (widget)->canvas;

  ptl_canvas_zoom_to (canvas, ptl_canvas_get_viewport (canvas)->scale / ZOOM_STEP);
}

static void
on_zoom_fit_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_canvas_fit (PTL_WINDOW (widget)->canvas);
}

static void
on_zoom_selection_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_canvas_fit_selection (PTL_WINDOW (widget)->canvas);
}

static void
on_reveal_selection_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_canvas_reveal_selection (PTL_WINDOW (widget)->canvas);
}

static void
on_zoom_100_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_canvas_zoom_to (PTL_WINDOW (widget)->canvas, 1);
}

static void
on_zoom_to_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_canvas_zoom_to (PTL_WINDOW (widget)->canvas, g_variant_get_int32 (parameter) / 100.0);
}

static const struct
{
  const char *name, *parameter;
  GtkWidgetActionActivateFunc activate;
  guint keys[3]; /* with Ctrl */
} actions[] = {
  { "win.zoom-in", NULL, on_zoom_in_cb, { GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add } },
  { "win.zoom-out", NULL, on_zoom_out_cb, { GDK_KEY_minus, GDK_KEY_KP_Subtract } },
  { "win.zoom-100", NULL, on_zoom_100_cb, { GDK_KEY_1, GDK_KEY_KP_1 } },
  { "win.zoom-fit", NULL, on_zoom_fit_cb, { GDK_KEY_0, GDK_KEY_KP_0 } },
  { "win.zoom-selection", NULL, on_zoom_selection_cb, { GDK_KEY_2, GDK_KEY_KP_2 } },
  { "win.zoom-to", "i", on_zoom_to_cb },
  { "win.reveal-selection", NULL, on_reveal_selection_cb },
};

void
ptl_window_install_view_actions (GtkWidgetClass *class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (class, actions[i].name, actions[i].parameter, actions[i].activate);
      for (guint j = 0; j < G_N_ELEMENTS (actions[i].keys) && actions[i].keys[j] != 0; j++)
        gtk_widget_class_add_binding_action (class, actions[i].keys[j], GDK_CONTROL_MASK, actions[i].name, NULL);
    }
}

/* What can be shown or not, and stays so from one start to the next. */
static const struct
{
  const char *name; /* of the action and in the preferences */
  gsize object;     /* offset in the window */
  const char *property;
} choices[] = {
  { "show-grid", G_STRUCT_OFFSET (PtlWindow, canvas), "show-grid" },
  { "show-inner-arrows", G_STRUCT_OFFSET (PtlWindow, canvas), "show-inner-arrows" },
  { "show-minimap", G_STRUCT_OFFSET (PtlWindow, minimap), "visible" },
};

static void
on_choice_cb (GObject *object, GParamSpec *spec, gpointer data)
{
  gboolean value;

  g_object_get (object, spec->name, &value, NULL);
  ptl_preferences_set_flag (data, value);
}

static void
on_zoom_cb (PtlCanvas *canvas, GParamSpec *spec, PtlWindow *self)
{
  g_autofree char *text = g_strdup_printf (_ ("%d %%"), (int) round (ptl_canvas_get_viewport (canvas)->scale * 100));
  double scale = ptl_canvas_get_viewport (canvas)->scale;

  if (g_str_equal (text, gtk_menu_button_get_label (self->zoom_button)))
    return;
  gtk_menu_button_set_label (self->zoom_button, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.zoom-in", scale < PTL_MAX_SCALE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.zoom-out", scale > PTL_MIN_SCALE);
}

static void
on_create_zoom_menu_cb (GtkMenuButton *button, gpointer menu)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, menu);
}

void
ptl_window_init_view (PtlWindow *self)
{
  gtk_menu_button_set_create_popup_func (self->zoom_button, on_create_zoom_menu_cb, self->zoom_menu, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      GObject *object = G_STRUCT_MEMBER (GObject *, self, choices[i].object);
      g_autoptr (GPropertyAction) action = g_property_action_new (choices[i].name, object, choices[i].property);
      g_autofree char *signal = g_strconcat ("notify::", choices[i].property, NULL);

      g_object_set (object, choices[i].property, ptl_preferences_get_flag (choices[i].name, TRUE), NULL);
      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
      g_signal_connect (object, signal, G_CALLBACK (on_choice_cb), (gpointer) choices[i].name);
    }
  ptl_minimap_set_canvas (self->minimap, self->canvas);
  g_signal_connect_object (self->canvas, "notify::zoom", G_CALLBACK (on_zoom_cb), self, 0);
}
