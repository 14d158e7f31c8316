#include "ptl-page-preview.h"

#include <glib/gi18n.h>

#include "draw/ptl-picture.h"

#define LEAST    240 /* px a side */
#define MARGIN   16  /* px around the paper, for its shadow */
#define FINENESS 4   /* times finer than can be seen: on ordinary paper, all that will be on it */

struct _PtlPagePreview
{
  GtkWidget parent_instance;

  PtlPages *pages; /* NULL: nothing to show yet */
  guint page;
  gboolean painting;
  GdkTexture *picture;
  PtlPages *shown; /* what the picture is of */
  guint shown_page;
};

G_DEFINE_FINAL_TYPE (PtlPagePreview, ptl_page_preview, GTK_TYPE_WIDGET)

typedef struct
{
  PtlPages *pages;
  guint page;
  int width, height; /* px */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  ptl_pages_unref (order->pages);
  g_free (order);
}

/* Where paper of this shape lies, as large as there is room. */
static graphene_rect_t
place_paper (PtlPagePreview *self, double width, double height)
{
  double room_x = MAX (gtk_widget_get_width (GTK_WIDGET (self)) - 2 * MARGIN, 1);
  double room_y = MAX (gtk_widget_get_height (GTK_WIDGET (self)) - 2 * MARGIN, 1);
  double scale = MIN (room_x / width, room_y / height);

  width *= scale;
  height *= scale;
  return GRAPHENE_RECT_INIT ((float) (MARGIN + (room_x - width) / 2), (float) (MARGIN + (room_y - height) / 2),
                             (float) width, (float) height);
}

static void
paint (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Order *order = data;
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, order->width, order->height);
  cairo_t *cr = cairo_create (image);
  gsize stride = (gsize) cairo_image_surface_get_stride (image);
  double width, height;
  g_autoptr (GBytes) bytes = NULL;

  ptl_pages_get_paper (order->pages, &width, &height);
  cairo_scale (cr, order->width / width, order->height / height);
  ptl_picture_draw_page (order->pages, order->page, cr, order->width / width * FINENESS);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (image), stride * (gsize) order->height,
                                      (GDestroyNotify) cairo_surface_destroy, image);
  g_task_return_pointer (task, gdk_memory_texture_new (order->width, order->height, GDK_MEMORY_DEFAULT, bytes, stride),
                         g_object_unref);
}

static void
on_painted_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (PtlPagePreview) self = data;
  const Order *order = g_task_get_task_data (G_TASK (result));

  self->painting = FALSE;
  g_clear_object (&self->picture);
  self->picture = g_task_propagate_pointer (G_TASK (result), NULL);
  g_clear_pointer (&self->shown, ptl_pages_unref);
  self->shown = ptl_pages_ref (order->pages);
  self->shown_page = order->page;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* One at a time: the next one is for what is to be shown then. The thread may be the last to let go of its task, which
 * therefore has nothing of the widget. */
static void
start_painting (PtlPagePreview *self, int width, int height)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_painted_cb, g_object_ref (self));
  Order *order = g_new (Order, 1);

  *order = (Order){ ptl_pages_ref (self->pages), self->page, width, height };
  g_task_set_task_data (task, order, order_free);
  self->painting = TRUE;
  g_task_run_in_thread (task, paint);
}

static void
refresh (PtlPagePreview *self)
{
  int factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double width, height;
  graphene_rect_t paper;
  int pixels_x, pixels_y;

  if (self->pages == NULL || self->painting)
    return;
  ptl_pages_get_paper (self->pages, &width, &height);
  paper = place_paper (self, width, height);
  pixels_x = MAX ((int) paper.size.width * factor, 1);
  pixels_y = MAX ((int) paper.size.height * factor, 1);
  if (!ptl_page_preview_is_ready (self) || gdk_texture_get_width (self->picture) != pixels_x
      || gdk_texture_get_height (self->picture) != pixels_y)
    start_painting (self, pixels_x, pixels_y);
}

static void
ptl_page_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA shadow = { 0, 0, 0, 0.35f };
  PtlPagePreview *self = PTL_PAGE_PREVIEW (widget);
  GskRoundedRect outline;
  graphene_rect_t paper;

  refresh (self);
  if (self->picture == NULL)
    return;
  paper = place_paper (self, gdk_texture_get_width (self->picture), gdk_texture_get_height (self->picture));
  gsk_rounded_rect_init_from_rect (&outline, &paper, 0);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &shadow, 0, 1, 0, 6);
  gtk_snapshot_append_texture (snapshot, self->picture, &paper);
}

static void
ptl_page_preview_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = LEAST;
}

static void
ptl_page_preview_finalize (GObject *object)
{
  PtlPagePreview *self = PTL_PAGE_PREVIEW (object);

  g_clear_object (&self->picture);
  g_clear_pointer (&self->pages, ptl_pages_unref);
  g_clear_pointer (&self->shown, ptl_pages_unref);
  G_OBJECT_CLASS (ptl_page_preview_parent_class)->finalize (object);
}

static void
ptl_page_preview_class_init (PtlPagePreviewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = ptl_page_preview_finalize;
  widget_class->snapshot = ptl_page_preview_snapshot;
  widget_class->measure = ptl_page_preview_measure;
  gtk_widget_class_set_css_name (widget_class, "pagepreview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ptl_page_preview_init (PtlPagePreview *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Preview"), -1);
}

void
ptl_page_preview_set_page (PtlPagePreview *self, PtlPages *pages, guint page)
{
  ptl_pages_ref (pages);
  g_clear_pointer (&self->pages, ptl_pages_unref);
  self->pages = pages;
  self->page = page;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
ptl_page_preview_is_ready (PtlPagePreview *self)
{
  return self->pages != NULL && self->shown == self->pages && self->shown_page == self->page;
}
