#include <glib/gi18n.h>
#include <math.h>

#include "io/ptl-plan-file.h"
#include "plan/ptl-edit-copy.h"
#include "plan/ptl-edit-delete.h"
#include "ptl-window-private.h"

/* The clipboard has plan XML: under its own type for other windows of ours, and as text for every other program. */

#define MIME_TYPE "application/x-portolan+xml"
#define SHIFT     40 /* of a copy that would lie on what is there, in canvas units */

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
      (GdkContentProvider *[]){ gdk_content_provider_new_for_bytes (MIME_TYPE, bytes),
                                gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", bytes) },
      2);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
}

void
ptl_window_cut (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_window_copy (widget, name, parameter);
  gtk_widget_activate_action (widget, "win.delete", NULL);
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

static gboolean
lies_on (PtlSession *session, const PtlBox *box)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (PtlHitItem));

  ptl_hit_in (ptl_session_get_scene (session)->hit, box, found);
  for (guint i = 0; i < found->len; i++)
    if (g_array_index (found, PtlHitItem, i).kind >= PTL_HIT_FIREWALL)
      return TRUE;
  return FALSE;
}

/* How far the copies are moved: not at all when their place is in view and free, a step when it is not free, else to
 * the middle of the view. */
static PtlPoint
find_shift (PtlWindow *self, PtlPlan *clip)
{
  PtlBox visible = ptl_viewport_visible (ptl_canvas_get_viewport (self->canvas)), bounds;
  PtlPoint shift = { 0, 0 }, middle = ptl_box_centre (&visible);

  if (!find_bounds (clip, &bounds))
    return shift;
  if (!ptl_box_overlaps (&bounds, &visible))
    {
      PtlPoint centre = ptl_box_centre (&bounds);

      shift = (PtlPoint){ round ((middle.x - centre.x) / 20) * 20, round ((middle.y - centre.y) / 20) * 20 };
      bounds.x += shift.x;
      bounds.y += shift.y;
    }
  for (guint i = 0; i < 100 && lies_on (get_session (self), &bounds); i++)
    {
      shift.x += SHIFT;
      shift.y += SHIFT;
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
  g_autoptr (GArray) copies = NULL;
  g_autofree char *dropped = NULL;
  GError *error = NULL;

  if (!ptl_session_check (
          session,
          ptl_edit_paste (ptl_session_get_history (session), clip, shift.x, shift.y, &copies, &dropped, &error), error))
    return;
  ptl_session_select (session, (const PtlItem *) (gpointer) copies->data, copies->len, PTL_SELECT_ONLY);
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
                            (const char *[]){ MIME_TYPE, "text/plain;charset=utf-8", NULL }, G_PRIORITY_DEFAULT, NULL,
                            on_read_cb, g_object_ref (widget));
}
