#include "ptl-canvas-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "draw/ptl-surface-cairo.h"
#include "ptl-canvas-hand.h"

#define MARGIN       40 /* around the plan when it is fitted, in pixels of the view */
#define REVEAL       24 /* around what is revealed */
#define GRID_PERCENT 14 /* of the text's colour in the dots of the grid */

enum
{
  PROP_ZOOM = 1,
  PROP_SHOW_GRID,
  PROP_SHOW_INNER_ARROWS,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PtlCanvas, ptl_canvas, GTK_TYPE_WIDGET)

static void
on_tiles_changed (gpointer data)
{
  gtk_widget_queue_draw (GTK_WIDGET (data));
}

/* Everything looks at the view's origin as it is drawn: on a pixel of the screen. */
static void
view_changed (PtlCanvas *self)
{
  int factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double density = self->viewport.scale * factor;

  self->viewport.x = round (self->viewport.x * density) / density;
  self->viewport.y = round (self->viewport.y * density) / density;
  if (gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    ptl_tiles_set_view (self->tiles, &self->viewport, factor);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

static void
on_scale_factor_cb (PtlCanvas *self)
{
  view_changed (self);
}

static void
on_session_changed_cb (PtlSession *session, const PtlTouched *touched, PtlCanvas *self)
{
  ptl_tiles_set_scene (self->tiles, ptl_session_get_scene (session));
  ptl_canvas_follow_edit (self, touched);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_scene_changed_cb (PtlSession *session, PtlCanvas *self)
{
  ptl_tiles_set_scene (self->tiles, ptl_session_get_scene (session));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_selection_changed_cb (PtlSession *session, PtlCanvas *self)
{
  ptl_canvas_follow_selection (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The picture is dark where the text of the theme is light. */
static void
update_theme (PtlCanvas *self)
{
  GdkRGBA text;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &text);
  self->theme = text.red + text.green + text.blue > 1.5f ? ptl_theme_dark : ptl_theme_light;
  self->theme.outer_only = !self->show_inner_arrows;
  if (self->show_grid)
    self->theme.grid = (self->theme.text & 0xffffff00) | GRID_PERCENT * 255 / 100;
  ptl_tiles_set_theme (self->tiles, &self->theme);
}

static void
ptl_canvas_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ptl_canvas_parent_class)->css_changed (widget, change);
  update_theme (PTL_CANVAS (widget));
  gtk_widget_queue_draw (widget);
}

static void
ptl_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PtlCanvas *self = PTL_CANVAS (widget);

  if (self->session == NULL)
    return;
  ptl_tiles_snapshot (self->tiles, snapshot,
                      GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (gtk_widget_get_native (widget))));
  ptl_canvas_snapshot_arrows (self, snapshot);
  ptl_canvas_snapshot_marks (self, snapshot);
  ptl_canvas_snapshot_gesture (self, snapshot);
}

static void
ptl_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PtlCanvas *self = PTL_CANVAS (widget);

  self->viewport.width = width;
  self->viewport.height = height;
  if (self->fitted)
    ptl_canvas_fit (self);
  else
    view_changed (self);
  ptl_canvas_allocate_gestures (self);
}

static void
ptl_canvas_dispose (GObject *object)
{
  PtlCanvas *self = PTL_CANVAS (object);

  ptl_canvas_set_session (self, NULL);
  ptl_canvas_dispose_gestures (self);
  ptl_canvas_dispose_navigation (self);
  G_OBJECT_CLASS (ptl_canvas_parent_class)->dispose (object);
}

static void
ptl_canvas_finalize (GObject *object)
{
  PtlCanvas *self = PTL_CANVAS (object);

  g_clear_handle_id (&self->fade_source, g_source_remove);
  ptl_surface_free (self->lit_surface);
  ptl_tiles_free (self->tiles);
  G_OBJECT_CLASS (ptl_canvas_parent_class)->finalize (object);
}

static gboolean *
flag_of (PtlCanvas *self, guint property)
{
  return property == PROP_SHOW_GRID ? &self->show_grid : &self->show_inner_arrows;
}

static void
ptl_canvas_get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
  PtlCanvas *self = PTL_CANVAS (object);

  if (property == PROP_ZOOM)
    g_value_set_double (value, self->viewport.scale);
  else
    g_value_set_boolean (value, *flag_of (self, property));
}

static void
ptl_canvas_set_property (GObject *object, guint property, const GValue *value, GParamSpec *spec)
{
  PtlCanvas *self = PTL_CANVAS (object);
  gboolean show = g_value_get_boolean (value), *flag = flag_of (self, property);

  if (*flag == show)
    return;
  *flag = show;
  update_theme (self);
  g_object_notify_by_pspec (object, spec);
}

static void
ptl_canvas_class_init (PtlCanvasClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = ptl_canvas_dispose;
  object_class->finalize = ptl_canvas_finalize;
  object_class->get_property = ptl_canvas_get_property;
  object_class->set_property = ptl_canvas_set_property;
  widget_class->snapshot = ptl_canvas_snapshot;
  widget_class->size_allocate = ptl_canvas_size_allocate;
  widget_class->css_changed = ptl_canvas_css_changed;
  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, PTL_MIN_SCALE, PTL_MAX_SCALE, 1,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_GRID] = g_param_spec_boolean (
      "show-grid", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_INNER_ARROWS] = g_param_spec_boolean (
      "show-inner-arrows", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  ptl_canvas_install_actions (widget_class);
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ptl_canvas_init (PtlCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->viewport = (PtlViewport){ .scale = 1, .width = 1, .height = 1 };
  self->theme = ptl_theme_light;
  self->show_inner_arrows = TRUE;
  self->tiles = ptl_tiles_new (on_tiles_changed, self);
  self->lit_surface = ptl_surface_cairo_new ();
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Canvas"), -1);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (on_scale_factor_cb), NULL);
  ptl_canvas_init_navigation (self);
  ptl_canvas_init_gestures (self);
}

void
ptl_canvas_set_session (PtlCanvas *self, PtlSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  ptl_canvas_reset_gestures (self);
  ptl_tiles_clear (self->tiles);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect (session, "changed", G_CALLBACK (on_session_changed_cb), self);
  g_signal_connect_swapped (session, "light-changed", G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_connect (session, "scene-changed", G_CALLBACK (on_scene_changed_cb), self);
  g_signal_connect (session, "selection-changed", G_CALLBACK (on_selection_changed_cb), self);
  ptl_canvas_fit (self);
  ptl_tiles_set_scene (self->tiles, ptl_session_get_scene (session));
}

PtlSession *
ptl_canvas_get_session (PtlCanvas *self)
{
  return self->session;
}

/* The colours that it paints with now. */
const PtlTheme *
ptl_canvas_get_theme (PtlCanvas *self)
{
  return &self->theme;
}

const PtlViewport *
ptl_canvas_get_viewport (PtlCanvas *self)
{
  return &self->viewport;
}

/* Shows another part; the size of the view stays what it is. */
void
ptl_canvas_set_viewport (PtlCanvas *self, const PtlViewport *viewport)
{
  double width = self->viewport.width, height = self->viewport.height;

  self->viewport = *viewport;
  self->viewport.width = width;
  self->viewport.height = height;
  self->fitted = FALSE;
  view_changed (self);
}

void
ptl_canvas_pan (PtlCanvas *self, double dx, double dy)
{
  PtlViewport viewport = self->viewport;

  ptl_viewport_pan (&viewport, dx, dy);
  ptl_canvas_set_viewport (self, &viewport);
}

void
ptl_canvas_zoom_at (PtlCanvas *self, double scale, double x, double y)
{
  PtlViewport viewport = self->viewport;

  ptl_viewport_zoom_at (&viewport, scale, x, y);
  ptl_canvas_set_viewport (self, &viewport);
}

void
ptl_canvas_zoom_to (PtlCanvas *self, double scale)
{
  ptl_canvas_zoom_at (self, scale, self->viewport.width / 2, self->viewport.height / 2);
}

static void
fit_box (PtlCanvas *self, const PtlBox *box)
{
  PtlViewport viewport = self->viewport;

  ptl_viewport_fit (&viewport, box, MARGIN);
  ptl_canvas_set_viewport (self, &viewport);
}

void
ptl_canvas_fit (PtlCanvas *self)
{
  if (self->session == NULL)
    return;
  fit_box (self, &ptl_session_get_scene (self->session)->bounds);
  self->fitted = TRUE;
}

gboolean
ptl_canvas_is_fitted (PtlCanvas *self)
{
  return self->fitted;
}

static void
take_box (PtlCanvas *self, PtlBox *all, PtlItem item)
{
  PtlBox box = ptl_hand_box_of (self, item);

  *all = all->width > 0 ? ptl_box_union (all, &box) : box;
}

/* Around what is selected, or both ends of the arrow that is chosen. Returns whether there is any of it. */
static gboolean
chosen_box (PtlCanvas *self, PtlBox *all)
{
  guint n;
  const PtlItem *selected = ptl_session_get_selected (self->session, &n);
  PtlFocus focus;

  *all = (PtlBox){ 0 };
  for (guint i = 0; i < n; i++)
    if (selected[i].kind != PTL_RECORD_SITE)
      take_box (self, all, selected[i]);
  if (ptl_session_get_focus (self->session, &focus))
    {
      PtlRecordKind kind = focus.kind == PTL_FOCUS_TALK ? PTL_RECORD_NODE : PTL_RECORD_ZONE;

      take_box (self, all, (PtlItem){ kind, focus.a });
      take_box (self, all, (PtlItem){ kind, focus.b });
    }
  return all->width > 0;
}

void
ptl_canvas_fit_selection (PtlCanvas *self)
{
  PtlBox all;

  if (self->session == NULL)
    return;
  if (chosen_box (self, &all))
    fit_box (self, &all);
  else
    ptl_canvas_fit (self);
}

/* How far the view must move so that it shows low to high; of what is too large it shows the beginning. */
static double
way_to (double low, double high, double view_low, double view_high)
{
  if (low < view_low || high - low > view_high - view_low)
    return low - view_low;
  return MAX (high - view_high, 0);
}

void
ptl_canvas_reveal_box (PtlCanvas *self, const PtlBox *shown)
{
  PtlBox seen = ptl_viewport_visible (&self->viewport), box = ptl_box_grow (shown, REVEAL / self->viewport.scale);
  double dx, dy;

  dx = way_to (box.x, ptl_box_right (&box), seen.x, ptl_box_right (&seen));
  dy = way_to (box.y, ptl_box_bottom (&box), seen.y, ptl_box_bottom (&seen));
  if (dx != 0 || dy != 0)
    ptl_canvas_pan (self, -dx * self->viewport.scale, -dy * self->viewport.scale);
}

void
ptl_canvas_reveal (PtlCanvas *self, PtlItem item)
{
  PtlBox box;

  if (item.kind == PTL_RECORD_SITE)
    return;
  box = ptl_hand_box_of (self, item);
  ptl_canvas_reveal_box (self, &box);
}

void
ptl_canvas_reveal_selection (PtlCanvas *self)
{
  PtlBox seen = ptl_viewport_visible (&self->viewport), all;

  if (self->session == NULL || !chosen_box (self, &all))
    return;
  if (all.width > seen.width || all.height > seen.height)
    fit_box (self, &all);
  else
    ptl_canvas_reveal_box (self, &all);
}

static void
set_item (PtlCanvas *self, PtlItem *field, gboolean *has, const PtlItem *item)
{
  if (*has == (item != NULL) && (item == NULL || (field->kind == item->kind && field->index == item->index)))
    return;
  *has = item != NULL;
  if (item != NULL)
    *field = *item;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ptl_canvas_set_hover (PtlCanvas *self, const PtlItem *item)
{
  set_item (self, &self->hover, &self->hovering, item);
}

void
ptl_canvas_set_cursor (PtlCanvas *self, const PtlItem *item)
{
  set_item (self, &self->cursor, &self->has_cursor, item);
}
