#include "ptl-canvas-hand.h"

#include <glib/gi18n.h>

#include "draw/ptl-direction.h"
#include "plan/ptl-edit-place.h"
#include "ptl-item-words.h"

/* What the keyboard does on the canvas: a cursor goes from thing to thing. */

#define MODIFIERS (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK)

/* Cursor */

/* The things on the canvas with their boxes; a zone counts by its header, as its cards lie in it. */
static void
collect (PtlCanvas *self, GArray *items, GArray *boxes)
{
  static const PtlRecordKind kinds[] = { PTL_RECORD_ZONE, PTL_RECORD_FIREWALL, PTL_RECORD_NODE };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < ptl_records (ptl_session_get_plan (self->session), kinds[k])->len; i++)
      {
        PtlItem item = { kinds[k], i };
        PtlBox box = ptl_hand_box_of (self, item);

        if (item.kind == PTL_RECORD_ZONE)
          box.height = MIN (box.height, PTL_ZONE_HEADER);
        g_array_append_val (items, item);
        g_array_append_val (boxes, box);
      }
}

/* Says where the cursor is. */
static void
announce (PtlCanvas *self)
{
  g_autofree char *text = self->has_cursor ? ptl_item_words (self->session, self->cursor) : g_strdup ("");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

void
ptl_hand_move_cursor (PtlCanvas *self, const PtlItem *item)
{
  PtlPlan *plan = self->session != NULL ? ptl_session_get_plan (self->session) : NULL;
  const char *id = item != NULL ? ptl_record_id (item->kind, ptl_record (plan, item->kind, item->index)) : NULL;

  ptl_replace_text (&self->hand->cursor_id, id);
  ptl_canvas_set_cursor (self, item);
  announce (self);
}

/* Where an arrow key starts from: the cursor, else what is selected. */
static gboolean
find_start (PtlCanvas *self, PtlItem *item)
{
  guint n;
  const PtlItem *selected = ptl_session_get_selected (self->session, &n);

  if (self->has_cursor)
    *item = self->cursor;
  else if (n > 0 && selected[0].kind != PTL_RECORD_SITE)
    *item = selected[0];
  return self->has_cursor || (n > 0 && selected[0].kind != PTL_RECORD_SITE);
}

typedef enum
{
  STEP_LEFT = PTL_DIRECTION_LEFT,
  STEP_RIGHT = PTL_DIRECTION_RIGHT,
  STEP_UP = PTL_DIRECTION_UP,
  STEP_DOWN = PTL_DIRECTION_DOWN,
  STEP_FIRST,
  STEP_LAST,
} Step;

static void
step_cursor (PtlCanvas *self, Step step, GdkModifierType modifiers)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (PtlItem));
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (PtlBox));
  const PtlBox *all;
  PtlItem item;
  int next;

  collect (self, items, boxes);
  all = (const PtlBox *) (gpointer) boxes->data;
  if (step >= STEP_FIRST || !find_start (self, &item))
    next = ptl_direction_end (all, boxes->len, step == STEP_LAST);
  else
    {
      PtlBox from = ptl_hand_box_of (self, item);

      if (item.kind == PTL_RECORD_ZONE)
        from.height = MIN (from.height, PTL_ZONE_HEADER);
      next = ptl_direction_next (all, boxes->len, &from, (PtlDirection) step);
    }
  if (next < 0)
    return;
  item = g_array_index (items, PtlItem, next);
  ptl_history_seal (ptl_session_get_history (self->session));
  ptl_hand_move_cursor (self, &item);
  if (!(modifiers & GDK_CONTROL_MASK))
    ptl_session_select (self->session, &item, 1, modifiers & GDK_SHIFT_MASK ? PTL_SELECT_ADD : PTL_SELECT_ONLY);
  ptl_canvas_reveal (self, item);
}

static gboolean
toggle_at_cursor (PtlCanvas *self)
{
  if (self->has_cursor)
    ptl_session_select (self->session, &self->cursor, 1, PTL_SELECT_TOGGLE);
  return self->has_cursor;
}

/* Edits. Presses of the same key are one step. */

static const PtlPoint ways[] = {
  [PTL_DIRECTION_LEFT] = { -1, 0 },
  [PTL_DIRECTION_RIGHT] = { 1, 0 },
  [PTL_DIRECTION_UP] = { 0, -1 },
  [PTL_DIRECTION_DOWN] = { 0, 1 },
};

static void
nudge (PtlCanvas *self, PtlDirection direction, double by)
{
  GError *error = NULL;
  guint n;
  const PtlItem *selected = ptl_session_get_selected (self->session, &n);

  if (n == ptl_session_count_selected (self->session, PTL_RECORD_SITE))
    return;
  if (ptl_session_check (self->session,
                         ptl_edit_move (ptl_session_get_history (self->session), selected, n, ways[direction].x * by,
                                        ways[direction].y * by, &error),
                         error)
      && n == 1)
    ptl_canvas_reveal (self, *ptl_session_get_selected (self->session, &n));
}

/* Moves the right or lower edge of the one selected zone. */
static void
resize (PtlCanvas *self, PtlDirection direction, double by)
{
  GError *error = NULL;
  guint n;
  const PtlItem *selected = ptl_session_get_selected (self->session, &n);
  PtlBox box;

  if (n != 1 || selected[0].kind != PTL_RECORD_ZONE)
    return;
  box = ptl_hand_box_of (self, selected[0]);
  ptl_session_check (
      self->session,
      ptl_edit_resize_zone (ptl_session_get_history (self->session), selected[0].index, box.x, box.y,
                            MAX (box.width + ways[direction].x * by, MIN (box.width, PTL_LEAST_WIDTH)),
                            MAX (box.height + ways[direction].y * by, MIN (box.height, PTL_LEAST_HEIGHT)), &error),
      error);
}

/* Esc gives up what is under way: a drag, a tool, at last the selection. */
static gboolean
give_up (PtlCanvas *self)
{
  guint n;

  if (ptl_hand_cancel_drag (self) || ptl_hand_disarm (self))
    return TRUE;
  ptl_session_get_selected (self->session, &n);
  ptl_session_select (self->session, NULL, 0, PTL_SELECT_ONLY);
  ptl_hand_move_cursor (self, NULL);
  return n > 0;
}

/* Keys */

static void
on_arrow (PtlCanvas *self, PtlDirection direction, GdkModifierType modifiers)
{
  double by = modifiers & GDK_SHIFT_MASK ? 1 : PTL_GRID;

  if (!(modifiers & GDK_ALT_MASK))
    step_cursor (self, (Step) direction, modifiers);
  else if (modifiers & GDK_CONTROL_MASK)
    resize (self, direction, by);
  else
    nudge (self, direction, by);
}

static gboolean
on_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, PtlCanvas *self)
{
  GdkModifierType modifiers = state & MODIFIERS;

  if (self->session == NULL)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      on_arrow (self, PTL_DIRECTION_LEFT, modifiers);
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      on_arrow (self, PTL_DIRECTION_RIGHT, modifiers);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      on_arrow (self, PTL_DIRECTION_UP, modifiers);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      on_arrow (self, PTL_DIRECTION_DOWN, modifiers);
      return TRUE;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      step_cursor (self, key == GDK_KEY_Home || key == GDK_KEY_KP_Home ? STEP_FIRST : STEP_LAST, modifiers);
      return TRUE;
    case GDK_KEY_space:
      return modifiers == GDK_CONTROL_MASK && toggle_at_cursor (self);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      return modifiers == 0 && ptl_canvas_rename (self);
    case GDK_KEY_Menu:
    case GDK_KEY_F10:
      if (key == GDK_KEY_F10 && modifiers != GDK_SHIFT_MASK)
        return FALSE;
      ptl_hand_open_menu_at_selection (self);
      return TRUE;
    case GDK_KEY_Escape:
      return give_up (self);
    default:
      return FALSE;
    }
}

void
ptl_hand_init_keys (PtlCanvas *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
