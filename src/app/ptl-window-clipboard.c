#include <glib/gi18n.h>
#include <math.h>

#include "io/ptl-plan-file.h"
#include "plan/ptl-edit-copy.h"
#include "plan/ptl-edit-delete.h"
#include "ptl-window-private.h"

/* The clipboard has plan XML: under its own type for other windows of ours, and as text for every other program. */

#define GRID      20 /* canvas units */
#define SHIFT     40 /* of a copy that would lie on what is there, in canvas units */
#define MAX_STEPS 100

static PtlSession *
get_session (PtlWindow *self)
{
  return ptl_open_plan_get_session (self->open_plan);
}

void
ptl_window_copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlSession *session = get_session (PTL_WINDOW (widget));
  guint n;
  const PtlItem *items = ptl_session_get_selected (session, &n);
  g_autoptr (PtlPlan) clip = ptl_plan_extract (ptl_session_get_plan (session), items, n);
  PtlOutput *output = ptl_output_new_for_memory ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkContentProvider) content = NULL;

  ptl_plan_write (clip, output);
  bytes = ptl_output_finish_bytes (output);
  content = gdk_content_provider_new_union (
      (GdkContentProvider *[]){ gdk_content_provider_new_for_bytes (PTL_PLAN_MIME_TYPE, bytes),
                                gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", bytes) },
      2);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
}

/* A zone takes its members along, as it does when it is copied. */
static void
select_members (PtlSession *session)
{
  PtlPlan *plan = ptl_session_get_plan (session);
  PtlHistory *history = ptl_session_get_history (session);
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (PtlItem));

  for (guint i = 0; i < plan->nodes->len; i++)
    {
      int zone = ptl_history_find (history, PTL_RECORD_ZONE, ((PtlNode *) plan->nodes->pdata[i])->zone);
      PtlItem item = { PTL_RECORD_NODE, i };

      if (zone >= 0 && ptl_session_is_selected (session, (PtlItem){ PTL_RECORD_ZONE, (guint) zone }))
        g_array_append_val (members, item);
    }
  ptl_session_select (session, (const PtlItem *) (gpointer) members->data, members->len, PTL_SELECT_ADD);
}

void
ptl_window_cut (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlSession *session = get_session (PTL_WINDOW (widget));
  GError *error = NULL;
  const PtlItem *items;
  guint n;

  ptl_window_copy (widget, name, parameter);
  select_members (session);
  items = ptl_session_get_selected (session, &n);
  ptl_session_check (session, ptl_edit_delete (ptl_session_get_history (session), items, n, &error), error);
}

/* The box around what the plan places. */
static gboolean
find_bounds (PtlPlan *plan, PtlBox *bounds)
{
  static const PtlRecordKind kinds[] = { PTL_RECORD_ZONE, PTL_RECORD_FIREWALL, PTL_RECORD_NODE };
  gboolean any = FALSE;

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < ptl_records (plan, kinds[k])->len; i++)
      {
        double *size, *at = ptl_record_position (kinds[k], ptl_record (plan, kinds[k], i), &size);
        PtlBox box = { at[0], at[1], PTL_NODE_WIDTH, PTL_NODE_HEIGHT };

        if (isnan (at[0]) || isnan (at[1]))
          continue;
        if (size != NULL)
          box.width = size[0], box.height = size[1];
        *bounds = any ? ptl_box_union (bounds, &box) : box;
        any = TRUE;
      }
  return any;
}

/* Whether something of at least this kind is in the box. */
static gboolean
lies_on (PtlSession *session, const PtlBox *box, PtlHitKind kind)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (PtlHitItem));

  ptl_hit_in (ptl_session_get_scene (session)->hit, box, found);
  for (guint i = 0; i < found->len; i++)
    if (g_array_index (found, PtlHitItem, i).kind >= kind)
      return TRUE;
  return FALSE;
}

/* Zones without a place only say what zones the nodes are in. */
static gboolean
places_zones (PtlPlan *plan)
{
  for (guint i = 0; i < plan->zones->len; i++)
    if (!isnan (((PtlZone *) plan->zones->pdata[i])->x))
      return TRUE;
  return FALSE;
}

/* To the middle of the view, unless they are in view already. */
static PtlPoint
shift_into_view (const PtlBox *visible, const PtlBox *bounds)
{
  PtlPoint middle = ptl_box_centre (visible), centre = ptl_box_centre (bounds);

  if (ptl_box_overlaps (bounds, visible))
    return (PtlPoint){ 0, 0 };
  return (PtlPoint){ round ((middle.x - centre.x) / GRID) * GRID, round ((middle.y - centre.y) / GRID) * GRID };
}

/* How far the copies are moved, so that they can be seen and lie on nothing: zones below everything there is. */
static PtlPoint
find_shift (PtlWindow *self, PtlPlan *clip)
{
  PtlSession *session = get_session (self);
  PtlBox visible = ptl_viewport_visible (ptl_canvas_get_viewport (self->canvas)), bounds;
  const PtlBox *all = &ptl_session_get_scene (session)->bounds;
  PtlHitKind lowest = places_zones (clip) ? PTL_HIT_ZONE : PTL_HIT_FIREWALL;
  PtlPoint shift;

  if (!find_bounds (clip, &bounds))
    return (PtlPoint){ 0, 0 };
  shift = shift_into_view (&visible, &bounds);
  bounds.x += shift.x;
  bounds.y += shift.y;
  if (lowest == PTL_HIT_ZONE && lies_on (session, &bounds, lowest))
    shift.y += ceil ((ptl_box_bottom (all) + SHIFT - bounds.y) / GRID) * GRID;
  for (guint i = 0; i < MAX_STEPS && lowest != PTL_HIT_ZONE && lies_on (session, &bounds, lowest); i++)
    {
      shift = (PtlPoint){ shift.x + SHIFT, shift.y + SHIFT };
      bounds.x += SHIFT;
      bounds.y += SHIFT;
    }
  return shift;
}

static void
paste (PtlWindow *self, PtlPlan *clip)
{
  PtlSession *session = get_session (self);
  PtlPoint shift = find_shift (self, clip);
  gboolean was_empty = ptl_session_get_scene (session)->bounds.width <= 0;
  g_autoptr (GArray) copies = NULL;
  g_autofree char *dropped = NULL;
  GError *error = NULL;

  if (!ptl_session_check (
          session,
          ptl_edit_paste (ptl_session_get_history (session), clip, shift.x, shift.y, &copies, &dropped, &error), error))
    return;
  ptl_session_select (session, (const PtlItem *) (gpointer) copies->data, copies->len, PTL_SELECT_ONLY);
  if (was_empty)
    ptl_canvas_fit (self->canvas);
  else if (copies->len > 0)
    ptl_canvas_reveal (self->canvas, g_array_index (copies, PtlItem, 0));
  if (dropped != NULL)
    ptl_session_say (session, dropped);
}

static void
paste_from (PtlWindow *self, GInputStream *stream)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) clip = ptl_plan_read (self->catalogue, stream, &problems);

  if (clip != NULL)
    paste (self, clip);
  else
    ptl_session_say (get_session (self), _ ("The clipboard holds nothing of a plan."));
}

/* The stream comes from another program perhaps: it is read whole without waiting for it. */
static void
on_spliced_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (PtlWindow) self = data;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GInputStream) stream = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (object), result, NULL) < 0 || self->open_plan == NULL)
    return;
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (object));
  stream = g_memory_input_stream_new_from_bytes (bytes);
  paste_from (self, stream);
}

static void
on_read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (PtlWindow) self = data;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (object), result, NULL, NULL);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();

  if (stream != NULL)
    g_output_stream_splice_async (memory, stream,
                                  G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                  G_PRIORITY_DEFAULT, NULL, on_spliced_cb, g_steal_pointer (&self));
  else if (self->open_plan != NULL)
    ptl_session_say (get_session (self), _ ("The clipboard holds nothing of a plan."));
}

void
ptl_window_paste (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_read_async (gtk_widget_get_clipboard (widget),
                            (const char *[]){ PTL_PLAN_MIME_TYPE, "text/plain;charset=utf-8", NULL },
                            G_PRIORITY_DEFAULT, NULL, on_read_cb, g_object_ref (widget));
}
