#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ptl-field-private.h"

#define NOTE_HEIGHT 160 /* of the text, until it scrolls */

typedef struct
{
  void (*make) (PtlField *self);
  void (*show) (PtlField *self);
} EditorKind;

static const char *
different (void)
{
  /* Translators: in place of a value that is not the same for all selected things. */
  return _ ("(different)");
}

/* One line */

static void
set_placeholder (PtlField *self)
{
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->editor)));

  gtk_text_set_placeholder_text (text, self->value == NULL ? different () : NULL);
}

static void
on_text_changed_cb (GtkEditable *editable, PtlField *self)
{
  ptl_field_typed (self, gtk_editable_get_text (editable));
}

static void
follow_text (PtlField *self, void (*on_changed_cb) (GtkEditable *editable, PtlField *self))
{
  GtkEditable *editable = GTK_EDITABLE (self->editor);

  self->target = GTK_WIDGET (gtk_editable_get_delegate (editable));
  gtk_editable_set_enable_undo (editable, FALSE); /* the plan's undo is the one that is meant */
  gtk_editable_set_width_chars (editable, 4);
  g_signal_connect (editable, "changed", G_CALLBACK (on_changed_cb), self);
}

static void
make_entry (PtlField *self)
{
  self->editor = gtk_entry_new ();
  follow_text (self, on_text_changed_cb);
}

static void
show_entry (PtlField *self)
{
  const char *text = self->value != NULL ? self->value : "";

  set_placeholder (self);
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (self->editor)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->editor), text);
}

/* Several lines */

static void
on_note_changed_cb (GtkTextBuffer *buffer, PtlField *self)
{
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  ptl_field_typed (self, text);
}

static void
make_note (PtlField *self)
{
  GtkTextBuffer *buffer;

  self->target = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->target), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->target), FALSE);
  g_object_set (self->target, "left-margin", 8, "right-margin", 8, "top-margin", 6, "bottom-margin", 6, NULL);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->target));
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  g_signal_connect (buffer, "changed", G_CALLBACK (on_note_changed_cb), self);
  self->editor = gtk_scrolled_window_new ();
  g_object_set (self->editor, "child", self->target, "has-frame", TRUE, "hscrollbar-policy", GTK_POLICY_NEVER,
                "propagate-natural-height", TRUE, "max-content-height", NOTE_HEIGHT, NULL);
}

static void
show_note (PtlField *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->target));
  const char *text = self->value != NULL ? self->value : "";
  g_autofree char *old = NULL;

  g_object_get (buffer, "text", &old, NULL);
  if (strcmp (old, text) != 0)
    gtk_text_buffer_set_text (buffer, text, -1);
}

/* Numbers. The plan's have up to three places, and none is shown that says nothing. */

static gboolean
on_output_cb (GtkSpinButton *spin, PtlField *self)
{
  g_autofree char *text = NULL;

  if (self->writing) /* typed so */
    return TRUE;
  text = self->updating && self->value == NULL ? g_strdup ("")
                                               : g_strdup_printf ("%.10g", gtk_spin_button_get_value (spin));
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (spin)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

/* A number as the person writes it becomes one as the plan writes it. The spin button's own value is always the
 * plan's: it is what comes back when the text is no number. */
static void
on_number_changed_cb (GtkEditable *editable, PtlField *self)
{
  const char *text = gtk_editable_get_text (editable);
  char *end, number[G_ASCII_DTOSTR_BUF_SIZE];
  double value = strtod (text, &end);

  if (*text == '\0' || self->updating) /* also on the way from one text to the next */
    return;
  if (*end == '\0' && isfinite (value))
    text = g_ascii_formatd (number, sizeof number, "%.10g", value);
  ptl_field_typed (self, text);
  if (self->value == NULL)
    return;
  self->writing = TRUE;
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (editable), g_ascii_strtod (self->value, NULL));
  self->writing = FALSE;
}

/* The wheel scrolls the page: what happens to pass below the pointer must not change. */
static void
ignore_wheel (GtkWidget *spin)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (spin);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static void
make_number (PtlField *self)
{
  double min, max;

  self->kind->range (self->topic, self->detail, &min, &max);
  self->editor = gtk_spin_button_new_with_range (min, max, 1);
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (self->editor), self->kind->digits);
  gtk_spin_button_set_update_policy (GTK_SPIN_BUTTON (self->editor), GTK_UPDATE_IF_VALID);
  ignore_wheel (self->editor);
  follow_text (self, on_number_changed_cb);
  g_signal_connect (self->editor, "output", G_CALLBACK (on_output_cb), self);
}

static void
show_number (PtlField *self)
{
  GtkSpinButton *spin = GTK_SPIN_BUTTON (self->editor);

  set_placeholder (self);
  if (self->value != NULL)
    gtk_spin_button_set_value (spin, g_ascii_strtod (self->value, NULL));
  on_output_cb (spin, self);
}

/* One of several */

/* How many texts the two begin with in common. */
static guint
common_texts (const GPtrArray *one, const GPtrArray *other)
{
  guint n = 0;

  while (n < one->len && n < other->len && strcmp (one->pdata[n], other->pdata[n]) == 0)
    n++;
  return n;
}

/* The model stays: this may be within its own notification. */
static void
update_choices (PtlField *self, GtkStringList *model)
{
  g_autoptr (GPtrArray) old = self->choices.titles;
  guint common;

  g_ptr_array_unref (self->choices.keys);
  self->choices.keys = g_ptr_array_new_with_free_func (g_free);
  self->choices.titles = g_ptr_array_new_with_free_func (g_free);
  self->kind->choices (self->topic, self->detail, &self->choices);
  if (self->value == NULL)
    ptl_choices_add (&self->choices, "", different ());
  common = common_texts (old, self->choices.titles);
  if (common == old->len && common == self->choices.titles->len)
    return;
  g_ptr_array_add (self->choices.titles, NULL);
  gtk_string_list_splice (model, common, old->len - common, (const char *const *) &self->choices.titles->pdata[common]);
  g_ptr_array_set_size (self->choices.titles, (int) self->choices.titles->len - 1);
}

static void
on_selected_cb (GtkDropDown *drop_down, GParamSpec *spec, PtlField *self)
{
  guint selected = gtk_drop_down_get_selected (drop_down);

  if (selected == GTK_INVALID_LIST_POSITION || (self->value == NULL && selected == self->choices.keys->len - 1))
    return;
  ptl_field_chose (self, self->choices.keys->pdata[selected]);
}

static void
make_choice (PtlField *self)
{
  g_autoptr (GtkListItemFactory) factory
      = gtk_builder_list_item_factory_new_from_resource (NULL, "/org/portolan/ui/ptl-choice.ui");

  self->choices.keys = g_ptr_array_new_with_free_func (g_free);
  self->choices.titles = g_ptr_array_new_with_free_func (g_free);
  self->editor = gtk_drop_down_new (G_LIST_MODEL (gtk_string_list_new (NULL)),
                                    gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_factory (GTK_DROP_DOWN (self->editor), factory);
  self->target = gtk_widget_get_first_child (self->editor);
  g_signal_connect (self->editor, "notify::selected", G_CALLBACK (on_selected_cb), self);
}

#define FEW_CHOICES 10 /* that are found without a search */

static void
show_choice (PtlField *self)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (self->editor);
  guint selected;

  update_choices (self, GTK_STRING_LIST (gtk_drop_down_get_model (drop_down)));
  gtk_drop_down_set_enable_search (drop_down, self->choices.keys->len > FEW_CHOICES);
  if (self->value == NULL)
    selected = self->choices.keys->len - 1;
  else if (!g_ptr_array_find_with_equal_func (self->choices.keys, self->value, g_str_equal, &selected))
    selected = GTK_INVALID_LIST_POSITION;
  gtk_drop_down_set_selected (drop_down, selected);
}

/* Yes or no */

static void
on_switched_cb (GtkSwitch *widget, GParamSpec *spec, PtlField *self)
{
  ptl_field_chose (self, gtk_switch_get_active (widget) ? "yes" : "no");
}

static void
make_switch (PtlField *self)
{
  self->editor = gtk_switch_new ();
  gtk_widget_set_valign (self->editor, GTK_ALIGN_CENTER);
  g_signal_connect (self->editor, "notify::active", G_CALLBACK (on_switched_cb), self);
}

static void
show_switch (PtlField *self)
{
  gtk_switch_set_active (GTK_SWITCH (self->editor), g_strcmp0 (self->value, "yes") == 0);
}

/* Colours */

static void
on_colour_set_cb (GtkColorButton *button, PtlField *self)
{
  GdkRGBA colour;
  g_autofree char *text = NULL;

  gtk_color_chooser_get_rgba (GTK_COLOR_CHOOSER (button), &colour);
  text = g_strdup_printf ("#%02x%02x%02x", (guint) lroundf (colour.red * 255), (guint) lroundf (colour.green * 255),
                          (guint) lroundf (colour.blue * 255));
  ptl_field_chose (self, text);
}

static void
make_colour (PtlField *self)
{
  self->editor = gtk_color_button_new ();
  self->target = gtk_widget_get_first_child (self->editor);
  gtk_widget_set_valign (self->editor, GTK_ALIGN_CENTER);
  g_object_set (self->editor, "title", self->title, "modal", TRUE, NULL);
  g_signal_connect (self->editor, "color-set", G_CALLBACK (on_colour_set_cb), self);
}

static void
show_colour (PtlField *self)
{
  GdkRGBA colour = { 0 };

  if (self->value != NULL)
    gdk_rgba_parse (&colour, self->value);
  gtk_color_chooser_set_rgba (GTK_COLOR_CHOOSER (self->editor), &colour);
}

static const EditorKind editors[] = {
  [PTL_EDITOR_ENTRY] = { make_entry, show_entry },    [PTL_EDITOR_NOTE] = { make_note, show_note },
  [PTL_EDITOR_NUMBER] = { make_number, show_number }, [PTL_EDITOR_CHOICE] = { make_choice, show_choice },
  [PTL_EDITOR_SWITCH] = { make_switch, show_switch }, [PTL_EDITOR_COLOUR] = { make_colour, show_colour },
};

void
ptl_field_make_editor (PtlField *self)
{
  editors[self->kind->editor].make (self);
  if (self->target == NULL)
    self->target = self->editor;
}

void
ptl_field_show_value (PtlField *self)
{
  self->updating = TRUE;
  editors[self->kind->editor].show (self);
  self->updating = FALSE;
}

void
ptl_choices_add (PtlChoices *choices, const char *key, const char *title)
{
  g_ptr_array_add (choices->keys, g_strdup (key));
  g_ptr_array_add (choices->titles, g_strdup (title));
}
