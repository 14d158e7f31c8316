
#include <glib/gi18n.h>

#include "draw/ptl-layout.h"
#include "plan/ptl-edit-copy.h"
#include "plan/ptl-edit-delete.h"
#include "plan/ptl-edit-place.h"
#include "ptl-diagram-dialog.h"
#include "ptl-dialogs.h"
#include "ptl-export-dialog.h"
#include "ptl-setting-list.h"
#include "ptl-why-dialog.h"
#include "ptl-window-private.h"

#define SHIFT 40 /* of a duplicate against what it is one of, in canvas units */

static PtlSession *
get_session (PtlWindow *self)
{
  return ptl_open_plan_get_session (self->open_plan);
}

static PtlHistory *
get_history (PtlWindow *self)
{
  return ptl_session_get_history (get_session (self));
}

static void
on_undo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_history_undo (get_history (PTL_WINDOW (widget)));
}

static void
on_redo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_history_redo (get_history (PTL_WINDOW (widget)));
}

/* Selection */

static void
on_select_all_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_session_select_all (get_session (PTL_WINDOW (widget)));
}

static void
on_select_none_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_session_select (get_session (PTL_WINDOW (widget)), NULL, 0, PTL_SELECT_ONLY);
}

static void
delete_selected (PtlSession *session)
{
  GError *error = NULL;
  guint n;
  const PtlItem *items = ptl_session_get_selected (session, &n);

  ptl_session_check (session, ptl_edit_delete (ptl_session_get_history (session), items, n, &error), error);
}

static void
on_delete_answered_cb (guint button, gpointer data)
{
  if (button == 1)
    delete_selected (data);
}

/* What goes beyond what is selected is said before. */
static void
on_delete_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const PtlButton buttons[]
      = { { N_ ("_Cancel"), PTL_BUTTON_PLAIN }, { N_ ("_Delete"), PTL_BUTTON_DESTRUCTIVE }, { NULL } };
  PtlSession *session = get_session (PTL_WINDOW (widget));
  guint n;
  const PtlItem *items = ptl_session_get_selected (session, &n);
  g_autofree char *consequences = ptl_edit_delete_consequences (ptl_session_get_history (session), items, n);

  if (consequences != NULL)
    ptl_ask (GTK_WINDOW (widget), _ ("Delete what is selected?"), consequences, buttons, on_delete_answered_cb,
             g_object_ref (session), g_object_unref);
  else
    delete_selected (session);
}

static void
on_duplicate_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlSession *session = get_session (PTL_WINDOW (widget));
  g_autoptr (GArray) copies = NULL;
  g_autofree char *dropped = NULL;
  GError *error = NULL;
  guint n;
  const PtlItem *items = ptl_session_get_selected (session, &n);

  if (ptl_session_check (
          session,
          ptl_edit_duplicate (ptl_session_get_history (session), items, n, SHIFT, SHIFT, &copies, &dropped, &error),
          error))
    ptl_session_select (session, (const PtlItem *) (gpointer) copies->data, copies->len, PTL_SELECT_ONLY);
}

/* In place; a site stands nowhere on the canvas. */
static void
on_rename_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlWindow *self = PTL_WINDOW (widget);

  if (!ptl_canvas_rename (self->canvas))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->inspector), TRUE);
      ptl_inspector_focus_field (self->inspector, _ ("Name"));
    }
}

/* What a link leads to */

static void
on_show_item_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlWindow *self = PTL_WINDOW (widget);
  guint kind;
  const char *id;
  int index;

  g_variant_get (parameter, "(u&s)", &kind, &id);
  index = ptl_history_find (get_history (self), (PtlRecordKind) kind, id);
  if (index >= 0)
    {
      PtlItem item = { (PtlRecordKind) kind, (guint) index };

      ptl_session_select (get_session (self), &item, 1, PTL_SELECT_ONLY);
      ptl_canvas_reveal (self->canvas, item);
    }
}

/* Of a node: where its value comes from, and is changed. */
static void
on_show_setting_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlWindow *self = PTL_WINDOW (widget);
  const char *id, *setting;
  PtlItem home;
  int node, index;
  guint n;

  g_variant_get (parameter, "(&s&s)", &id, &setting);
  node = ptl_history_find (get_history (self), PTL_RECORD_NODE, id);
  index = ptl_catalogue_find_setting (self->catalogue, setting);
  if (node < 0 || index < 0)
    return;
  n = ptl_setting_home (get_session (self), (guint) node, (guint) index, &home);
  ptl_session_select (get_session (self), &home, n, PTL_SELECT_ONLY);
  gtk_widget_set_visible (GTK_WIDGET (self->inspector), TRUE);
  ptl_inspector_show_setting (self->inspector, (guint) index);
}

static void
on_show_option_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlWindow *self = PTL_WINDOW (widget);
  PtlItem item = { PTL_RECORD_NODE, 0 };
  const char *id, *role, *option;
  int node, index, option_index;

  g_variant_get (parameter, "(&s&s&s)", &id, &role, &option);
  node = ptl_history_find (get_history (self), PTL_RECORD_NODE, id);
  index = ptl_catalogue_find_role (self->catalogue, role);
  if (node < 0 || index < 0)
    return;
  option_index = ptl_role_find_option (ptl_catalogue_role (self->catalogue, (guint) index), option);
  item.index = (guint) node;
  ptl_session_select (get_session (self), &item, 1, PTL_SELECT_ONLY);
  gtk_widget_set_visible (GTK_WIDGET (self->inspector), TRUE);
  if (option_index >= 0)
    ptl_inspector_show_option (self->inspector, (guint) index, (guint) option_index);
}

static void
on_show_feature_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlWindow *self = PTL_WINDOW (widget);
  int feature = ptl_catalogue_find_feature (self->catalogue, g_variant_get_string (parameter, NULL));

  if (feature < 0)
    return;
  ptl_session_select (get_session (self), NULL, 0, PTL_SELECT_ONLY);
  gtk_widget_set_visible (GTK_WIDGET (self->inspector), TRUE);
  ptl_inspector_focus_field (self->inspector, _ (ptl_catalogue_feature (self->catalogue, (guint) feature)->title));
}

/* Placing */

static void
on_align_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const words[] = { "left", "centre", "right", "top", "middle", "bottom", NULL };
  PtlSession *session = get_session (PTL_WINDOW (widget));
  int alignment = ptl_name_index (words, g_variant_get_string (parameter, NULL));
  GError *error = NULL;
  guint n;
  const PtlItem *items = ptl_session_get_selected (session, &n);

  g_return_if_fail (alignment >= 0);
  ptl_session_check (
      session, ptl_edit_align (ptl_session_get_history (session), items, n, (PtlAlignment) alignment, &error), error);
}

static void
on_distribute_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlSession *session = get_session (PTL_WINDOW (widget));
  gboolean vertically = g_str_equal (g_variant_get_string (parameter, NULL), "vertically");
  GError *error = NULL;
  guint n;
  const PtlItem *items = ptl_session_get_selected (session, &n);

  ptl_session_check (session, ptl_edit_distribute (ptl_session_get_history (session), items, n, vertically, &error),
                     error);
}

static void
add_places (GArray *places, PtlRecordKind kind, const PtlBox *boxes, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      PtlPoint centre = ptl_box_centre (&boxes[i]);
      gboolean centred = kind == PTL_RECORD_FIREWALL;
      PtlPlace place = {
        { kind, i }, centred ? centre.x : boxes[i].x, centred ? centre.y : boxes[i].y, boxes[i].width, boxes[i].height
      };

      g_array_append_val (places, place);
    }
}

/* Everything gets the place that the automatic layout gives it. */
static void
on_arrange_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlWindow *self = PTL_WINDOW (widget);
  PtlSession *session = get_session (self);
  PtlPlan *plan = ptl_session_get_plan (session);
  g_autoptr (PtlLayout) layout = ptl_layout_new (plan, ptl_session_get_flows (session), TRUE);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (PtlPlace));
  GError *error = NULL;

  add_places (places, PTL_RECORD_ZONE, layout->zones, plan->zones->len);
  add_places (places, PTL_RECORD_FIREWALL, layout->firewalls, plan->firewalls->len);
  add_places (places, PTL_RECORD_NODE, layout->nodes, plan->nodes->len);
  if (ptl_session_check (session,
                         ptl_edit_arrange (ptl_session_get_history (session),
                                           (const PtlPlace *) (gpointer) places->data, places->len, &error),
                         error))
    ptl_canvas_fit (self->canvas);
}

static void
on_search_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_search_bar_open (PTL_WINDOW (widget)->search_bar);
}

/* In the outline when it is shown, else in the palette. */
static void
on_search_sidebar_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlWindow *self = PTL_WINDOW (widget);

  gtk_widget_set_visible (self->sidebar, TRUE);
  if (gtk_stack_get_visible_child (self->sidebar_stack) == GTK_WIDGET (self->outline))
    ptl_outline_focus_search (self->outline);
  else
    {
      gtk_stack_set_visible_child (self->sidebar_stack, GTK_WIDGET (self->palette));
      ptl_palette_focus_search (self->palette);
    }
}

static void
on_export_diagram_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_diagram_dialog_show (GTK_WINDOW (widget), get_session (PTL_WINDOW (widget)), PTL_DIAGRAM_EXPORT);
}

static void
on_print_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_diagram_dialog_show (GTK_WINDOW (widget), get_session (PTL_WINDOW (widget)), PTL_DIAGRAM_PRINT);
}

static void
on_export_sheets_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_export_dialog_show (GTK_WINDOW (widget), get_session (PTL_WINDOW (widget)), NULL);
}

/* Of the arrow that is chosen, or of the first nodes that are selected. */
static void
on_why_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlSession *session = get_session (PTL_WINDOW (widget));
  int ends[2] = { -1, -1 };
  guint n, n_ends = 0;
  const PtlItem *items = ptl_session_get_selected (session, &n);
  PtlFocus focus;

  if (ptl_session_get_focus (session, &focus) && focus.kind == PTL_FOCUS_TALK)
    {
      ends[0] = (int) focus.a;
      ends[1] = (int) focus.b;
    }
  for (guint i = 0; i < n && n_ends < 2; i++)
    if (items[i].kind == PTL_RECORD_NODE)
      ends[n_ends++] = (int) items[i].index;
  ptl_why_dialog_show (GTK_WINDOW (widget), session, ends[0], ends[1], -1, 0);
}

/* Of one port of two nodes. */
static void
on_why_port_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlHistory *history = get_history (PTL_WINDOW (widget));
  const char *source, *destination;
  int protocol;
  guint port;

  g_variant_get (parameter, "(&s&siu)", &source, &destination, &protocol, &port);
  ptl_why_dialog_show (GTK_WINDOW (widget), get_session (PTL_WINDOW (widget)),
                       ptl_history_find (history, PTL_RECORD_NODE, source),
                       ptl_history_find (history, PTL_RECORD_NODE, destination), protocol, port);
}

/* What an action needs to be possible. */
typedef enum
{
  NEEDS_PLAN,
  NEEDS_UNDO,
  NEEDS_REDO,
  NEEDS_SELECTION, /* of anything */
  NEEDS_PLACED,    /* of something that stands on the canvas */
  NEEDS_ONE,       /* thing of any kind */
  NEEDS_TWO,
  NEEDS_THREE,
} Needs;

typedef struct
{
  const char *name, *parameter;
  GtkWidgetActionActivateFunc activate;
  Needs needs;
  guint key;
  GdkModifierType modifiers;
} Action;

static const Action actions[] = {
  { "win.undo", NULL, on_undo_cb, NEEDS_UNDO, GDK_KEY_z, GDK_CONTROL_MASK },
  { "win.redo", NULL, on_redo_cb, NEEDS_REDO, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { "win.cut", NULL, ptl_window_cut, NEEDS_PLACED, GDK_KEY_x, GDK_CONTROL_MASK },
  { "win.copy", NULL, ptl_window_copy, NEEDS_PLACED, GDK_KEY_c, GDK_CONTROL_MASK },
  { "win.paste", NULL, ptl_window_paste, NEEDS_PLAN, GDK_KEY_v, GDK_CONTROL_MASK },
  { "win.duplicate", NULL, on_duplicate_cb, NEEDS_PLACED, GDK_KEY_d, GDK_CONTROL_MASK },
  { "win.delete", NULL, on_delete_cb, NEEDS_SELECTION, GDK_KEY_Delete, 0 },
  { "win.rename", NULL, on_rename_cb, NEEDS_ONE, GDK_KEY_F2, 0 },
  { "win.select-all", NULL, on_select_all_cb, NEEDS_PLAN, GDK_KEY_a, GDK_CONTROL_MASK },
  { "win.select-none", NULL, on_select_none_cb, NEEDS_SELECTION, GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { "win.search", NULL, on_search_cb, NEEDS_PLAN, GDK_KEY_f, GDK_CONTROL_MASK },
  { "win.why", NULL, on_why_cb, NEEDS_PLAN, 0, 0 },
  { "win.why-port", "(ssiu)", on_why_port_cb, NEEDS_PLAN, 0, 0 }, /* ids of nodes, PtlProtocol, port */
  { "win.search-sidebar", NULL, on_search_sidebar_cb, NEEDS_PLAN, GDK_KEY_f, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { "win.show-item", "(us)", on_show_item_cb, NEEDS_PLAN, 0, 0 },       /* PtlRecordKind, id */
  { "win.show-setting", "(ss)", on_show_setting_cb, NEEDS_PLAN, 0, 0 }, /* id of a node, name */
  { "win.show-option", "(sss)", on_show_option_cb, NEEDS_PLAN, 0, 0 },  /* id of a node, role, name */
  { "win.show-feature", "s", on_show_feature_cb, NEEDS_PLAN, 0, 0 },
  { "win.align", "s", on_align_cb, NEEDS_TWO, 0, 0 },
  { "win.distribute", "s", on_distribute_cb, NEEDS_THREE, 0, 0 },
  { "win.export-diagram", NULL, on_export_diagram_cb, NEEDS_PLAN, GDK_KEY_e, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { "win.print", NULL, on_print_cb, NEEDS_PLAN, GDK_KEY_p, GDK_CONTROL_MASK },
  { "win.arrange", NULL, on_arrange_cb, NEEDS_PLAN, GDK_KEY_l, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { "win.export-sheets", NULL, on_export_sheets_cb, NEEDS_PLAN, GDK_KEY_e, GDK_CONTROL_MASK },
};

/* A field lets keys pass that it has nothing to do for, as it is empty or nothing in it is selected: they are not meant
 * for the plan. */
static gboolean
on_selection_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));
  const char *name;

  g_variant_get (arguments, "(&s)", &name);
  return !GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus) && gtk_widget_activate_action (widget, name, NULL);
}

/* Keys are the window's own and not the application's, which would take them from a field that is typed in. */
void
ptl_window_install_plan_actions (GtkWidgetClass *class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (class, actions[i].name, actions[i].parameter, actions[i].activate);
      if (actions[i].needs == NEEDS_PLACED || actions[i].needs == NEEDS_SELECTION
          || actions[i].activate == on_select_all_cb)
        gtk_widget_class_add_binding (class, actions[i].key, actions[i].modifiers, on_selection_key_cb, "(s)",
                                      actions[i].name);
      else if (actions[i].key != 0)
        gtk_widget_class_add_binding_action (class, actions[i].key, actions[i].modifiers, actions[i].name, NULL);
    }
  gtk_widget_class_add_binding_action (class, GDK_KEY_y, GDK_CONTROL_MASK, "win.redo", NULL);
}

static gboolean
is_possible (PtlSession *session, Needs needs)
{
  guint n, n_placed;

  if (needs == NEEDS_UNDO)
    return ptl_history_can_undo (ptl_session_get_history (session));
  if (needs == NEEDS_REDO)
    return ptl_history_can_redo (ptl_session_get_history (session));
  ptl_session_get_selected (session, &n);
  if (needs == NEEDS_ONE)
    return n == 1;
  n_placed = n - ptl_session_count_selected (session, PTL_RECORD_SITE);
  return n >= (needs == NEEDS_SELECTION ? 1u : 0u)
         && n_placed >= (needs == NEEDS_PLACED  ? 1u
                         : needs == NEEDS_TWO   ? 2u
                         : needs == NEEDS_THREE ? 3u
                                                : 0u);
}

static void
set_item (GMenu *menu, int position, const char *label, const char *action, const char *accel)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "accel", "s", accel);
  g_menu_remove (menu, position);
  g_menu_insert_item (menu, position, item);
}

/* Undo and redo say what they would do. */
static void
name_undo (PtlWindow *self, PtlHistory *history)
{
  const char *undo = ptl_history_get_undo_name (history), *redo = ptl_history_get_redo_name (history);
  const char *shown = gtk_widget_get_tooltip_text (self->undo_button);
  const char *shown_redo = gtk_widget_get_tooltip_text (self->redo_button);

  if (g_strcmp0 (undo, shown) == 0 && g_strcmp0 (redo, shown_redo) == 0)
    return;
  gtk_widget_set_tooltip_text (self->undo_button, undo);
  gtk_widget_set_tooltip_text (self->redo_button, redo);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->undo_button), GTK_ACCESSIBLE_PROPERTY_LABEL, undo, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->redo_button), GTK_ACCESSIBLE_PROPERTY_LABEL, redo, -1);
  set_item (self->undo_menu, 0, undo, "win.undo", "<Control>z");
  set_item (self->undo_menu, 1, redo, "win.redo", "<Control><Shift>z");
}

/* What is about to be replaced by a file that is being read is not edited any more: that would be lost. */
void
ptl_window_update_plan_actions (PtlWindow *self)
{
  PtlSession *session = self->open_plan != NULL && self->opening == NULL ? get_session (self) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name,
                                   session != NULL && is_possible (session, actions[i].needs));
  if (session != NULL)
    name_undo (self, ptl_session_get_history (session));
}
