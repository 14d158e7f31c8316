#include "ptl-field.h"

#include <glib/gi18n.h>

#include "ptl-field-private.h"
#include "ptl-reason.h"

G_DEFINE_FINAL_TYPE (PtlField, ptl_field, GTK_TYPE_BOX)

static void
set_line (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

/* Why the text that stands in the editor is not in the plan; NULL: it is. */
static void
set_reason (PtlField *self, const char *words)
{
  GtkAccessible *target = GTK_ACCESSIBLE (GTK_IS_TEXT (self->target) ? self->editor : self->target);
  const char *description;

  ptl_reason_show (self->reason, words);
  description = words != NULL                     ? gtk_label_get_text (GTK_LABEL (self->reason))
                : self->kind->explanation != NULL ? _ (self->kind->explanation)
                                                  : "";

  (words != NULL ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self->editor, "error");
  gtk_accessible_update_state (target, GTK_ACCESSIBLE_STATE_INVALID,
                               words != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (target, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

/* What the plan says */

typedef struct
{
  gboolean any, own;
  char *value;  /* NULL when the items do not agree */
  char *origin; /* of a single item */
} Reading;

static void
read_items (PtlField *self, const PtlItem *items, guint n, Reading *reading)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *value = self->kind->read (self->topic, items[i], self->detail);

      if (value == NULL)
        continue;
      if (!reading->any)
        reading->value = g_steal_pointer (&value);
      else if (g_strcmp0 (reading->value, value) != 0)
        g_clear_pointer (&reading->value, g_free);
      reading->any = TRUE;
      if (self->kind->is_own != NULL && !reading->own)
        reading->own = self->kind->is_own (self->topic, items[i], self->detail, n == 1 ? &reading->origin : NULL);
      if (reading->value == NULL && (reading->own || self->kind->is_own == NULL))
        return; /* nothing that follows changes what is shown */
    }
}

static void
show_origin (PtlField *self, const char *origin)
{
  const char *line = origin;

  if (self->kind->editor == PTL_EDITOR_SWITCH && self->value == NULL)
    line = _ ("(different)");
  else if (origin == NULL && self->kind->explanation != NULL)
    line = _ (self->kind->explanation);
  set_line (self->origin, line);
  gtk_widget_set_visible (self->reset, self->own);
  (self->own ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (self), "own");
  (self->kind->is_own != NULL && !self->own ? gtk_widget_add_css_class
                                            : gtk_widget_remove_css_class) (GTK_WIDGET (self), "inherited");
}

/* What somebody types is left alone unless it is `stale`: other things are shown, or the plan's value is another. */
static void
update (PtlField *self, gboolean stale)
{
  guint n;
  const PtlItem *items = ptl_topic_get_items (self->topic, &n);
  Reading reading = { 0 };

  if (n == 0)
    return;
  if (n == 1 || !self->kind->single)
    read_items (self, items, n, &reading);
  if (reading.any != self->applies)
    gtk_widget_set_visible (GTK_WIDGET (self), self->applies = reading.any);
  stale |= g_strcmp0 (reading.value, self->value) != 0;
  g_free (self->value);
  self->value = reading.value;
  self->own = reading.own;
  if (reading.any)
    show_origin (self, reading.origin);
  g_free (reading.origin);
  if (self->writing || !reading.any || (!stale && self->kind->editor != PTL_EDITOR_CHOICE))
    return;
  ptl_field_show_value (self);
  set_reason (self, NULL);
}

static void
on_refresh_cb (PtlTopic *topic, const PtlTouched *touched, PtlField *self)
{
  if (touched == NULL || touched->difference & self->kind->differs)
    update (self, touched == NULL);
}

/* What a person does */

static gboolean
write_text (PtlField *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  gboolean done;
  guint n;

  ptl_topic_get_items (self->topic, &n);
  if (self->updating || n == 0)
    return TRUE;
  self->writing = TRUE;
  done = self->kind->write (self->topic, self->detail, text, &error);
  /* The beginning of what is wrong may be a value, too, and is not meant: the plan is as it was before the typing. */
  if (!done && self->wrote)
    ptl_history_cancel (ptl_topic_get_history (self->topic));
  self->writing = FALSE;
  self->wrote = done;
  set_reason (self, done ? NULL : error->message);
  return done;
}

static void
seal (PtlField *self)
{
  guint n;

  ptl_topic_get_items (self->topic, &n);
  if (n > 0)
    ptl_history_seal (ptl_topic_get_history (self->topic));
}

/* One step, that nothing else becomes part of; what is refused is not shown as if it were so. */
static void
write_step (PtlField *self, const char *text)
{
  gboolean done;

  if (self->updating)
    return;
  seal (self);
  done = write_text (self, text);
  seal (self);
  if (done)
    update (self, TRUE);
  else
    ptl_field_show_value (self);
}

static void
on_reset_cb (GtkButton *button, PtlField *self)
{
  gtk_widget_grab_focus (self->target); /* the button goes */
  write_step (self, NULL);
}

static void
on_enter_cb (GtkEventControllerFocus *controller, PtlField *self)
{
  seal (self);
  self->wrote = FALSE;
}

static void
on_leave_cb (GtkEventControllerFocus *controller, PtlField *self)
{
  if (self->topic == NULL) /* it goes with the focus */
    return;
  seal (self);
  update (self, TRUE);
}

/* Escape gives up what was typed since the focus came. */
static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, PtlField *self)
{
  gboolean refused = gtk_widget_get_visible (self->reason);
  guint n;

  ptl_topic_get_items (self->topic, &n);
  if (key != GDK_KEY_Escape || n == 0 || !(self->wrote || refused) || GTK_IS_TEXT_VIEW (self->target))
    return GDK_EVENT_PROPAGATE; /* a note is too long to be given up by a key */
  if (self->wrote)
    ptl_history_cancel (ptl_topic_get_history (self->topic));
  self->wrote = FALSE;
  update (self, TRUE);
  return GDK_EVENT_STOP;
}

static void
ptl_field_dispose (GObject *object)
{
  PtlField *self = PTL_FIELD (object);

  if (self->topic != NULL)
    g_signal_handlers_disconnect_by_data (self->topic, self);
  g_clear_object (&self->topic);
  G_OBJECT_CLASS (ptl_field_parent_class)->dispose (object);
}

static void
ptl_field_finalize (GObject *object)
{
  PtlField *self = PTL_FIELD (object);

  g_clear_pointer (&self->choices.keys, g_ptr_array_unref);
  g_clear_pointer (&self->choices.titles, g_ptr_array_unref);
  g_free (self->title);
  g_free (self->value);
  G_OBJECT_CLASS (ptl_field_parent_class)->finalize (object);
}

static void
ptl_field_class_init (PtlFieldClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_field_dispose;
  G_OBJECT_CLASS (class)->finalize = ptl_field_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-field.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlField, header);
  gtk_widget_class_bind_template_child (widget_class, PtlField, label);
  gtk_widget_class_bind_template_child (widget_class, PtlField, origin);
  gtk_widget_class_bind_template_child (widget_class, PtlField, reset);
  gtk_widget_class_bind_template_child (widget_class, PtlField, reason);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_cb);
}

static void
ptl_field_init (PtlField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Small editors stand beside the label, the others below it. */
static void
place_editor (PtlField *self)
{
  GtkWidget *header = self->header;

  if (self->kind->editor == PTL_EDITOR_SWITCH || self->kind->editor == PTL_EDITOR_COLOUR)
    gtk_box_append (GTK_BOX (header), self->editor);
  else
    gtk_box_insert_child_after (GTK_BOX (self), self->editor, header);
}

static void
follow_focus (PtlField *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new (), *key = gtk_event_controller_key_new ();

  g_signal_connect (focus, "enter", G_CALLBACK (on_enter_cb), self);
  g_signal_connect (focus, "leave", G_CALLBACK (on_leave_cb), self);
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (self->editor, focus);
  gtk_widget_add_controller (self->editor, key);
}

static void
name_editor (PtlField *self)
{
  gtk_label_set_text (GTK_LABEL (self->label), self->title);
  gtk_label_set_mnemonic_widget (GTK_LABEL (self->label), self->target);
  /* Assistive technology sees the editor and not the part of it that has the focus. */
  if (self->editor != GTK_WIDGET (self->target))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_LABEL, self->title, -1);
}

GtkWidget *
ptl_field_new (PtlTopic *topic, const PtlFieldKind *kind, PtlDetail detail, const char *title)
{
  PtlField *self = g_object_new (PTL_TYPE_FIELD, NULL);

  self->topic = g_object_ref (topic);
  self->kind = kind;
  self->applies = TRUE;
  self->detail = detail;
  self->title = g_strdup (title != NULL ? title : _ (kind->title));
  ptl_field_make_editor (self);
  place_editor (self);
  follow_focus (self);
  name_editor (self);
  g_signal_connect (topic, "refresh", G_CALLBACK (on_refresh_cb), self);
  update (self, TRUE);
  return GTK_WIDGET (self);
}

gboolean
ptl_field_is_own (PtlField *self)
{
  return self->own;
}

const char *
ptl_field_get_title (PtlField *self)
{
  return self->title;
}

/* The view follows the focus to where the field is, which it has to know: not while it is without a place. */
static gboolean
on_tick_cb (GtkWidget *field, GdkFrameClock *clock, gpointer data)
{
  if (!gtk_widget_get_mapped (field))
    return G_SOURCE_REMOVE;
  if (gtk_widget_get_height (field) == 0)
    return G_SOURCE_CONTINUE;
  gtk_widget_child_focus (field, GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

void
ptl_field_focus (PtlField *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick_cb, NULL, NULL);
}

/* For the editors */

void
ptl_field_typed (PtlField *self, const char *text)
{
  if (!self->updating && (self->value != NULL || *text != '\0'))
    write_text (self, text);
}

void
ptl_field_chose (PtlField *self, const char *text)
{
  write_step (self, text);
}
