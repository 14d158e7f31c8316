#include "ptl-appearance.h"

#include "ptl-preferences.h"

#define PREFERENCE "appearance"
#define PORTAL     "org.freedesktop.portal.Desktop"
#define PATH       "/org/freedesktop/portal/desktop"
#define INTERFACE  "org.freedesktop.portal.Settings"
#define GROUP      "org.freedesktop.appearance"
#define KEY        "color-scheme"

/* What the portal says. */
typedef enum
{
  SCHEME_NONE,
  SCHEME_DARK,
  SCHEME_LIGHT,
} Scheme;

struct _PtlAppearance
{
  GObject parent_instance;

  GSimpleAction *action;
  Scheme scheme; /* of the desktop */
  gboolean wish; /* of the person or the desktop: GTK's own setting does not count */
  GDBusConnection *bus;
  guint subscription;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (PtlAppearance, ptl_appearance, G_TYPE_OBJECT)

static gboolean
is_known (const char *word)
{
  return g_strv_contains ((const char *const[]){ "system", "light", "dark", NULL }, word);
}

static void
apply (PtlAppearance *self)
{
  static const char property[] = "gtk-application-prefer-dark-theme";
  g_autoptr (GVariant) state = g_action_get_state (G_ACTION (self->action));
  const char *chosen = g_variant_get_string (state, NULL);
  GtkSettings *settings = gtk_settings_get_default ();
  gboolean wish = !g_str_equal (chosen, "system") || self->scheme != SCHEME_NONE;
  gboolean dark = g_str_equal (chosen, "dark") || (g_str_equal (chosen, "system") && self->scheme == SCHEME_DARK);
  gboolean is_dark;

  g_object_get (settings, property, &is_dark, NULL);
  /* GTK reads its theme anew even when the property gets the value that it has. */
  if (wish && dark != is_dark)
    g_object_set (settings, property, dark, NULL);
  else if (!wish && self->wish)
    gtk_settings_reset_property (settings, property);
  self->wish = wish;
}

/* The portal wraps values in variants, once or twice. */
static void
take_scheme (PtlAppearance *self, GVariant *value)
{
  g_autoptr (GVariant) inner = g_variant_ref (value);

  while (g_variant_is_of_type (inner, G_VARIANT_TYPE_VARIANT))
    {
      GVariant *outer = inner;

      inner = g_variant_get_variant (outer);
      g_variant_unref (outer);
    }
  if (g_variant_is_of_type (inner, G_VARIANT_TYPE_UINT32))
    self->scheme = (Scheme) g_variant_get_uint32 (inner);
  if (self->scheme > SCHEME_LIGHT)
    self->scheme = SCHEME_NONE;
  apply (self);
}

static void
on_changed_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal,
               GVariant *parameters, gpointer data)
{
  g_autoptr (GVariant) value = NULL;
  const char *group, *key;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ssv)")))
    return;
  g_variant_get (parameters, "(&s&sv)", &group, &key, &value);
  if (g_str_equal (group, GROUP) && g_str_equal (key, KEY))
    take_scheme (data, value);
}

static void ask (PtlAppearance *self, const char *method, GAsyncReadyCallback callback);

/* No portal, or one that does not know: the desktop has no wish. */
static void
on_read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (PtlAppearance) self = data;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, NULL);
  g_autoptr (GVariant) value = answer != NULL ? g_variant_get_child_value (answer, 0) : NULL;

  if (value != NULL)
    take_scheme (self, value);
}

static void
on_read_one_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (PtlAppearance) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);
  g_autoptr (GVariant) value = answer != NULL ? g_variant_get_child_value (answer, 0) : NULL;

  if (value != NULL)
    take_scheme (self, value);
  else if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD)) /* before 2023 */
    ask (self, "Read", on_read_cb);
}

static void
ask (PtlAppearance *self, const char *method, GAsyncReadyCallback callback)
{
  g_dbus_connection_call (self->bus, PORTAL, PATH, INTERFACE, method, g_variant_new ("(ss)", GROUP, KEY),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, callback,
                          g_object_ref (self));
}

static void
on_bus_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (PtlAppearance) self = data;

  self->bus = g_bus_get_finish (result, NULL);
  if (self->bus == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->subscription = g_dbus_connection_signal_subscribe (self->bus, PORTAL, INTERFACE, "SettingChanged", PATH, GROUP,
                                                           G_DBUS_SIGNAL_FLAGS_NONE, on_changed_cb, self, NULL);
  ask (self, "ReadOne", on_read_one_cb);
}

static void
on_change_state_cb (GSimpleAction *action, GVariant *state, PtlAppearance *self)
{
  const char *chosen = g_variant_get_string (state, NULL);

  if (!is_known (chosen))
    return;
  g_simple_action_set_state (action, state);
  ptl_preferences_set_word (PREFERENCE, chosen);
  apply (self);
}

static void
ptl_appearance_dispose (GObject *object)
{
  PtlAppearance *self = PTL_APPEARANCE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->subscription);
  self->subscription = 0;
  if (self->action != NULL)
    g_signal_handlers_disconnect_by_data (self->action, self);
  g_clear_object (&self->action);
  g_clear_object (&self->bus);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (ptl_appearance_parent_class)->dispose (object);
}

static void
ptl_appearance_class_init (PtlAppearanceClass *class)
{
  G_OBJECT_CLASS (class)->dispose = ptl_appearance_dispose;
}

static void
ptl_appearance_init (PtlAppearance *self)
{
  g_autofree char *chosen = ptl_preferences_get_word (PREFERENCE, "system");

  self->cancellable = g_cancellable_new ();
  self->action = g_simple_action_new_stateful ("appearance", G_VARIANT_TYPE_STRING,
                                               g_variant_new_string (is_known (chosen) ? chosen : "system"));
  g_signal_connect (self->action, "change-state", G_CALLBACK (on_change_state_cb), self);
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/org/portolan/ui/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

PtlAppearance *
ptl_appearance_new (GActionMap *actions)
{
  PtlAppearance *self = g_object_new (PTL_TYPE_APPEARANCE, NULL);

  g_action_map_add_action (actions, G_ACTION (self->action));
  load_style ();
  apply (self);
  g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, on_bus_cb, g_object_ref (self));
  return self;
}
