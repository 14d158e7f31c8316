#include "ptl-stamps.h"

#include "ptl-shapes.h"

#define MAX_STAMPS 256
#define SMALL      1024 /* px: boxes that are put whole, not by corners and straight parts */

typedef enum
{
  BOX,
  CORNERS,
  DASHES,
  HEADS,
  ICON,
} StampKind;

#define N_SIDES 4

/* What a stamp is made from. */
typedef struct
{
  StampKind kind;
  const PtlIcon *icon;
  double width, height, radius, border; /* px */
} Shape;

typedef struct
{
  Shape shape;
  cairo_surface_t *masks[N_SIDES]; /* one of the whole, or one a corner or direction */
} Stamp;

struct _PtlStamps
{
  GHashTable *stamps; /* of Stamp, by its shape */
};

static guint
hash_shape (gconstpointer key)
{
  const Shape *shape = key;

  return g_direct_hash (shape->icon) ^ (guint) shape->kind ^ (guint) (shape->width * 16) * 31
         ^ (guint) (shape->height * 16) * 1009 ^ (guint) (shape->radius * 256) * 65537
         ^ (guint) (shape->border * 256) << 16;
}

static gboolean
equal_shapes (gconstpointer a, gconstpointer b)
{
  const Shape *one = a, *other = b;

  return one->kind == other->kind && one->icon == other->icon && one->width == other->width
         && one->height == other->height && one->radius == other->radius && one->border == other->border;
}

static void
stamp_free (gpointer data)
{
  Stamp *stamp = data;

  for (guint i = 0; i < G_N_ELEMENTS (stamp->masks); i++)
    g_clear_pointer (&stamp->masks[i], cairo_surface_destroy);
  g_free (stamp);
}

static void
draw_box_of (cairo_t *cr, const Shape *shape, const PtlBox *box)
{
  if (shape->border > 0)
    {
      ptl_draw_border (cr, box, shape->radius, shape->border);
      return;
    }
  ptl_trace_box (cr, box, shape->radius);
  cairo_fill (cr);
}

static void
draw_whole (cairo_t *cr, const Shape *shape, guint unused)
{
  draw_box_of (cr, shape, &(PtlBox){ 0, 0, shape->width, shape->height });
}

static void
draw_corner (cairo_t *cr, const Shape *shape, guint corner)
{
  double side = shape->width;

  draw_box_of (cr, shape,
               &(PtlBox){ corner == 1 || corner == 2 ? -side : 0, corner >= 2 ? -side : 0, 2 * side, 2 * side });
}

static void
draw_dashes (cairo_t *cr, const Shape *shape, guint unused)
{
  ptl_draw_dashed_border (cr, &(PtlBox){ 0, 0, shape->width, shape->height }, shape->radius, shape->border);
}

static void
draw_head (cairo_t *cr, const Shape *shape, guint direction)
{
  gboolean level = direction % 2 == 0;
  double length = level ? shape->width : shape->height, breadth = level ? shape->height : shape->width;
  double tip = direction < 2 ? length : 0, back = length - tip;
  const double along[] = { back, tip, back }, across[] = { 0, breadth / 2, breadth };

  for (guint i = 0; i < G_N_ELEMENTS (along); i++)
    cairo_line_to (cr, level ? along[i] : across[i], level ? across[i] : along[i]);
  cairo_fill (cr);
}

static void
draw_icon (cairo_t *cr, const Shape *shape, guint unused)
{
  ptl_draw_icon (cr, shape->icon, shape->width);
}

static const Stamp *
get_stamp (PtlStamps *self, const Shape *shape)
{
  static const struct
  {
    guint n_masks;
    void (*draw) (cairo_t *cr, const Shape *shape, guint mask);
  } kinds[] = {
    [BOX] = { 1, draw_whole },     [CORNERS] = { N_SIDES, draw_corner },
    [DASHES] = { 1, draw_dashes }, [HEADS] = { N_SIDES, draw_head },
    [ICON] = { 1, draw_icon },
  };
  Stamp *stamp = g_hash_table_lookup (self->stamps, shape);

  if (stamp != NULL)
    return stamp;
  if (g_hash_table_size (self->stamps) >= MAX_STAMPS)
    g_hash_table_remove_all (self->stamps);
  stamp = g_new0 (Stamp, 1);
  stamp->shape = *shape;
  for (guint i = 0; i < kinds[shape->kind].n_masks; i++)
    {
      cairo_t *cr;

      stamp->masks[i]
          = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) ceil (shape->width), (int) ceil (shape->height));
      cr = cairo_create (stamp->masks[i]);
      kinds[shape->kind].draw (cr, shape, i);
      cairo_destroy (cr);
    }
  g_hash_table_insert (self->stamps, &stamp->shape, stamp);
  return stamp;
}

PtlStamps *
ptl_stamps_new (void)
{
  PtlStamps *self = g_new0 (PtlStamps, 1);

  self->stamps = g_hash_table_new_full (hash_shape, equal_shapes, NULL, stamp_free);
  return self;
}

void
ptl_stamps_free (PtlStamps *self)
{
  g_hash_table_unref (self->stamps);
  g_free (self);
}

static void
put_whole (PtlStamps *self, cairo_t *cr, const Shape *shape, double x, double y)
{
  cairo_mask_surface (cr, get_stamp (self, shape)->masks[0], x, y);
}

static void
put_corners (PtlStamps *self, cairo_t *cr, const PtlBox *box, const Shape *corner)
{
  const Stamp *stamp = get_stamp (self, corner);
  double right = ptl_box_right (box) - corner->width, bottom = ptl_box_bottom (box) - corner->width;

  cairo_mask_surface (cr, stamp->masks[0], box->x, box->y);
  cairo_mask_surface (cr, stamp->masks[1], right, box->y);
  cairo_mask_surface (cr, stamp->masks[2], right, bottom);
  cairo_mask_surface (cr, stamp->masks[3], box->x, bottom);
}

/* What is left of a box without its corners, each `side` large. */
static void
fill_straight_parts (cairo_t *cr, const PtlBox *box, double side, double border)
{
  double inner_width = box->width - 2 * side, inner_height = box->height - 2 * side;
  double across = border > 0 ? border : side;

  cairo_rectangle (cr, box->x + side, box->y, inner_width, across);
  cairo_rectangle (cr, box->x + side, ptl_box_bottom (box) - across, inner_width, across);
  if (border > 0)
    {
      cairo_rectangle (cr, box->x, box->y + side, border, inner_height);
      cairo_rectangle (cr, ptl_box_right (box) - border, box->y + side, border, inner_height);
    }
  else
    cairo_rectangle (cr, box->x, box->y + side, box->width, inner_height);
  cairo_fill (cr);
}

void
ptl_stamps_box (PtlStamps *self, cairo_t *cr, const PtlBox *box, double radius, double border)
{
  double half = floor (MIN (box->width, box->height) / 2), side;

  radius = MIN (radius, half);
  border = MIN (border, half);
  side = ceil (MAX (radius, border));
  if (side > 0 && box->width * box->height <= SMALL)
    {
      put_whole (self, cr, &(Shape){ BOX, NULL, box->width, box->height, radius, border }, box->x, box->y);
      return;
    }
  fill_straight_parts (cr, box, side, border);
  if (side > 0)
    put_corners (self, cr, box, &(Shape){ CORNERS, NULL, side, side, radius, border });
}

void
ptl_stamps_dashed_border (PtlStamps *self, cairo_t *cr, const PtlBox *box, double radius, double border)
{
  put_whole (self, cr, &(Shape){ DASHES, NULL, box->width, box->height, radius, border }, box->x, box->y);
}

void
ptl_stamps_corner (PtlStamps *self, cairo_t *cr, guint corner, const PtlBox *box, double border)
{
  const Stamp *stamp = get_stamp (self, &(Shape){ CORNERS, NULL, box->width, box->width, box->width, border });

  cairo_mask_surface (cr, stamp->masks[corner], box->x, box->y);
}

void
ptl_stamps_head (PtlStamps *self, cairo_t *cr, guint direction, const PtlBox *box)
{
  const Stamp *stamp = get_stamp (self, &(Shape){ HEADS, NULL, box->width, box->height, 0, 0 });

  cairo_mask_surface (cr, stamp->masks[direction], box->x, box->y);
}

void
ptl_stamps_icon (PtlStamps *self, cairo_t *cr, const PtlIcon *icon, double x, double y, double size)
{
  put_whole (self, cr, &(Shape){ ICON, icon, size, size, 0, 0 }, x, y);
}
