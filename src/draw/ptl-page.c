#include "ptl-page.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ptl-legend.h"
#include "ptl-painter-private.h"
#include "ptl-title-block.h"

/* Millimetres on paper whose shorter side is ORDINARY; on larger paper everything around the drawing is larger. */
#define ORDINARY 210
#define MARGIN   10
#define INSET    5   /* between the frame and the drawing: names and numbers may stand out of its bounds */
#define LETTERS  2.6 /* of the legend */
#define HEADING  1.7 /* of its heading */
#define PADDING  2   /* around it */
#define FRAME    0.4
#define THIN     0.18
#define OVERLAP  10 /* of tiles: enough to glue them */
#define MARK     4  /* of the ticks that say where the next tile begins */

#define LARGEST_FIT   1.25 /* a small drawing on large paper is not blown up beyond */
#define SHARPNESS     1.3  /* smaller letters can be read on paper than on a screen */
#define BELOW         0.99 /* times the scale from which on more is seen */
#define LEAST_DRAWING 90   /* mm, of paper that is as large as its drawing */

#define N_LETTERS 26

/* A kind of page. */
typedef struct
{
  PtlBox frame;
  PtlBox area;   /* of the drawing */
  PtlBox titles; /* empty: there are none */
  PtlTitleForm form;
  PtlBox legend; /* likewise empty */
  double scale;  /* 1 is 100 % */
} Sheet;

struct _PtlPages
{
  PtlScene *scene;
  PtlTheme theme;
  PtlPageSetup setup;
  char *words[PTL_N_TITLES]; /* those that are the same on all pages */
  double width, height;      /* of the paper */
  double size;               /* how much larger everything around the drawing is than on ordinary paper */
  PtlLegend *legend;         /* or NULL */
  PtlLevel level;            /* what is seen on the first page */
  Sheet one;                 /* the only page, or the overview of the tiles */
  Sheet tile;
  guint columns, rows; /* of tiles; 0: there is one page */
  gatomicrefcount refs;
};

/* Layout */

static PtlBox
drawing (const PtlPages *self)
{
  PtlBox box = self->scene->bounds;

  box.width = MAX (box.width, 1);
  box.height = MAX (box.height, 1);
  return box;
}

/* Of the drawing at 100 %, in millimetres, or of the least that paper is made for. */
static void
get_extent (const PtlPages *self, double *width, double *height)
{
  PtlBox box = drawing (self);

  *width = MAX (box.width * PTL_CANVAS_UNIT, LEAST_DRAWING);
  *height = MAX (box.height * PTL_CANVAS_UNIT, LEAST_DRAWING);
}

static double
get_size (const PtlPages *self)
{
  double width = self->width, height = self->height;

  if (self->setup.width == 0)
    {
      get_extent (self, &width, &height);
      width += 2 * MARGIN;
      height += 2 * MARGIN;
    }
  return sqrt (MIN (width, height) / ORDINARY);
}

/* The height that the legend takes in this width, with its heading; 0 where there is none. */
static double
legend_height (PtlPages *self, double width)
{
  double size = self->size, padding = PADDING * size;

  if (self->legend == NULL)
    return 0;
  return ptl_legend_fit (self->legend, width - 2 * padding) + 2 * padding + HEADING * PTL_LINE_HEIGHT * size;
}

/* Places the title block and the legend at the foot of the frame: the one beside the other or below it, whatever takes
 * less height. Returns that. */
static double
lay_out_foot (PtlPages *self, Sheet *sheet)
{
  const PtlBox *frame = &sheet->frame;
  double size = self->setup.title_block ? self->size : 0, bottom = ptl_box_bottom (frame);
  double corner = MIN (PTL_TITLE_BLOCK_WIDTH * size, frame->width);
  double block = ptl_title_block_height (PTL_TITLE_BLOCK) * size, wide = ptl_title_block_height (PTL_TITLE_WIDE) * size;
  double below = legend_height (self, frame->width), beside = legend_height (self, frame->width - corner), height;

  sheet->form = below + wide < MAX (beside, block) ? PTL_TITLE_WIDE : PTL_TITLE_BLOCK;
  if (sheet->form == PTL_TITLE_WIDE)
    {
      legend_height (self, frame->width);
      sheet->titles = (PtlBox){ frame->x, bottom - wide, frame->width, wide };
      sheet->legend = (PtlBox){ frame->x, bottom - wide - below, frame->width, below };
      return wide + below;
    }
  height = MAX (beside, block);
  sheet->titles = (PtlBox){ ptl_box_right (frame) - corner, bottom - block, corner, block };
  sheet->legend = (PtlBox){ frame->x, bottom - height, frame->width - corner, height };
  return height;
}

static void
lay_out_frame (PtlPages *self, Sheet *sheet)
{
  PtlBox paper = { 0, 0, self->width, self->height };

  sheet->frame = ptl_box_grow (&paper, -MARGIN * self->size);
}

/* Paper of the given size: the drawing is scaled to fit. */
static void
lay_out_on_paper (PtlPages *self)
{
  Sheet *sheet = &self->one;
  PtlBox box = drawing (self), room;

  lay_out_frame (self, sheet);
  sheet->area = sheet->frame;
  sheet->area.height = MAX (sheet->area.height - lay_out_foot (self, sheet), 1);
  room = ptl_box_grow (&sheet->area, -INSET * self->size);
  sheet->scale = MIN (MAX (room.width, 1) / box.width, MAX (room.height, 1) / box.height);
  sheet->scale = MIN (sheet->scale / PTL_CANVAS_UNIT, LARGEST_FIT);
}

/* Paper as large as the drawing needs at 100 %. */
static void
lay_out_around (PtlPages *self)
{
  Sheet *sheet = &self->one;
  double around = 2 * (MARGIN + INSET) * self->size, width, height, foot;

  get_extent (self, &width, &height);
  if (self->setup.title_block)
    width = MAX (width, 2 * PTL_TITLE_BLOCK_WIDTH * self->size);
  self->width = width + around;
  self->height = height + around;
  lay_out_frame (self, sheet);
  foot = lay_out_foot (self, sheet);
  sheet->area = sheet->frame;
  self->height += foot;
  sheet->frame.height += foot;
  sheet->titles.y += foot;
  sheet->legend.y += foot;
  sheet->scale = 1;
}

/* The scale that a sheet is painted at when no more than a level is to be seen. */
static double
paint_scale (const Sheet *sheet, PtlLevel most)
{
  static const double above[] = { PTL_ICON_SCALE, PTL_NAMED_SCALE, PTL_DETAILED_SCALE };
  double scale = sheet->scale * SHARPNESS;

  return most == PTL_LEVEL_DETAILS ? scale : MIN (scale, above[most] * BELOW);
}

static void
lay_out_with_legend (PtlPages *self, PtlLevel level)
{
  g_clear_pointer (&self->legend, ptl_legend_free);
  if (self->setup.legend)
    self->legend = ptl_legend_new (self->scene, &self->theme, level, LETTERS * self->size);
  if (self->setup.width > 0)
    lay_out_on_paper (self);
  else
    lay_out_around (self);
}

/* The legend says what is seen, and how much can be seen depends on the room that it leaves: as much as possible. */
static void
lay_out_one (PtlPages *self)
{
  self->size = get_size (self);
  for (self->level = PTL_LEVEL_DETAILS;; self->level--)
    {
      lay_out_with_legend (self, self->level);
      if (ptl_level_at (self->one.scale * SHARPNESS) >= self->level)
        break;
    }
}

static double
overlap (const PtlPages *self)
{
  return OVERLAP * self->size;
}

static guint
count_tiles (double length, double tile, double shared)
{
  return (guint) MAX (ceil ((length - shared) / (tile - shared)), 1);
}

/* Each tile has a strip instead of the title block; the overview before them has the legend. */
static void
lay_out_tiles (PtlPages *self)
{
  Sheet *sheet = &self->tile;
  PtlBox box = drawing (self);
  double unit = self->setup.tile_scale * PTL_CANVAS_UNIT, around = 2 * INSET * self->size;
  double strip = self->setup.title_block ? ptl_title_block_height (PTL_TITLE_STRIP) * self->size : 0;

  if (self->setup.tile_scale == 0 || self->one.scale >= self->setup.tile_scale)
    return;
  lay_out_frame (self, sheet);
  sheet->area = sheet->titles = sheet->frame;
  sheet->area.height -= strip;
  sheet->titles.y = ptl_box_bottom (&sheet->area);
  sheet->titles.height = strip;
  sheet->form = PTL_TITLE_STRIP;
  sheet->scale = self->setup.tile_scale;
  self->columns = count_tiles (box.width * unit + around, sheet->area.width, overlap (self));
  self->rows = count_tiles (box.height * unit + around, sheet->area.height, overlap (self));
}

/* Pages */

static gboolean
is_tile (const PtlPages *self, guint page)
{
  return page > 0;
}

static const Sheet *
sheet_of (const PtlPages *self, guint page)
{
  return is_tile (self, page) ? &self->tile : &self->one;
}

static double
unit_of (const Sheet *sheet)
{
  return 1 / (sheet->scale * PTL_CANVAS_UNIT);
}

/* Where the area of a tile begins on the canvas: all tiles together have the drawing in their middle. */
static PtlPoint
tile_corner (const PtlPages *self, guint column, guint row)
{
  const PtlBox *area = &self->tile.area;
  double unit = unit_of (&self->tile), shared = overlap (self);
  PtlBox box = drawing (self);
  PtlPoint centre = ptl_box_centre (&box);
  double width = self->columns * (area->width - shared) + shared;
  double height = self->rows * (area->height - shared) + shared;

  return (PtlPoint){ centre.x + (column * (area->width - shared) - width / 2) * unit,
                     centre.y + (row * (area->height - shared) - height / 2) * unit };
}

/* What of the canvas the drawing on a page shows. */
PtlBox
ptl_pages_get_part (const PtlPages *self, guint page)
{
  const Sheet *sheet = sheet_of (self, page);
  double width = sheet->area.width * unit_of (sheet), height = sheet->area.height * unit_of (sheet);
  PtlBox box = drawing (self);
  PtlPoint corner = ptl_box_centre (&box);

  if (is_tile (self, page))
    corner = tile_corner (self, (page - 1) % self->columns, (page - 1) / self->columns);
  else
    corner = (PtlPoint){ corner.x - width / 2, corner.y - height / 2 };
  return (PtlBox){ corner.x, corner.y, width, height };
}

PtlBox
ptl_pages_get_box (const PtlPages *self, guint page)
{
  const Sheet *sheet = sheet_of (self, page);
  double unit = unit_of (sheet);
  PtlBox part = ptl_pages_get_part (self, page);

  return (PtlBox){ part.x - sheet->area.x * unit, part.y - sheet->area.y * unit, self->width * unit,
                   self->height * unit };
}

/* A, B … Z, AA, AB … */
static char *
column_name (guint column)
{
  g_autofree char *before = column >= N_LETTERS ? column_name (column / N_LETTERS - 1) : g_strdup ("");

  return g_strdup_printf ("%s%c", before, 'A' + (int) (column % N_LETTERS));
}

static char *
tile_name (guint column, guint row)
{
  g_autofree char *letters = column_name (column);

  return g_strdup_printf ("%s%u", letters, row + 1);
}

/**
 * ptl_pages_get_name:
 *
 * Returns: (transfer full): what the page is called among the others: "2 of 6 (B1)"
 */
char *
ptl_pages_get_name (const PtlPages *self, guint page)
{
  guint n = ptl_pages_get_n (self);
  g_autofree char *tile = NULL;

  if (n == 1)
    return g_strdup_printf (_ ("%u of %u"), 1u, n);
  if (is_tile (self, page))
    tile = tile_name ((page - 1) % self->columns, (page - 1) / self->columns);
  return g_strdup_printf (_ ("%u of %u (%s)"), page + 1, n, tile != NULL ? tile : _ ("overview"));
}

/* Painting */

static void
paint_titles (const PtlPages *self, guint page, const PtlPen *pen)
{
  const Sheet *sheet = sheet_of (self, page);
  g_autofree char *name = ptl_pages_get_name (self, page);
  g_autofree char *scale = g_strdup_printf (_ ("%.0f %%"), sheet->scale * 100);
  const char *words[PTL_N_TITLES];

  for (guint i = 0; i < PTL_N_TITLES; i++)
    words[i] = self->words[i];
  words[PTL_TITLE_SCALE] = scale;
  words[PTL_TITLE_PAGE] = name;
  ptl_title_block_paint (pen, sheet->form, &sheet->titles, self->size, words);
}

static void
paint_legend (const PtlPages *self, const PtlPen *pen)
{
  const PtlBox *box = &self->one.legend;
  double size = self->size, padding = PADDING * size;
  PtlTextStyle heading = { self->theme.faint_text, HEADING * size, FALSE, PTL_TEXT_START, 1 };
  PtlLineStyle line = { self->theme.text, FRAME * size, FALSE, 0 };

  ptl_pen_draw_line (pen, (PtlPoint){ self->one.frame.x, box->y },
                     (PtlPoint){ ptl_box_right (&self->one.frame), box->y }, &line);
  ptl_pen_draw_text (pen, &heading, box->x + padding, box->y + 0.7 * size, box->width - 2 * padding, _ ("Legend"));
  ptl_legend_paint (self->legend, pen, box->x + padding, box->y + padding + HEADING * PTL_LINE_HEIGHT * size);
}

/* Names the middle of a side of the frame, outside of it. */
static void
paint_side_name (const PtlPages *self, const PtlPen *pen, double x, double y, double room, const char *name)
{
  PtlTextStyle style = { self->theme.faint_text, LETTERS * self->size, FALSE, PTL_TEXT_CENTRE, 1 };

  ptl_pen_draw_text (pen, &style, x - room / 2, y - style.size * PTL_LINE_HEIGHT / 2, room, name);
}

/* The two ends of a line. */
static void
paint_ticks (const PtlPages *self, const PtlPen *pen, PtlPoint from, PtlPoint to)
{
  PtlLineStyle line = { self->theme.text, THIN * self->size, FALSE, 0 };
  double mark = MARK * self->size;

  if (from.x == to.x)
    {
      ptl_pen_draw_line (pen, from, (PtlPoint){ from.x, from.y + mark }, &line);
      ptl_pen_draw_line (pen, (PtlPoint){ to.x, to.y - mark }, to, &line);
    }
  else
    {
      ptl_pen_draw_line (pen, from, (PtlPoint){ from.x + mark, from.y }, &line);
      ptl_pen_draw_line (pen, (PtlPoint){ to.x - mark, to.y }, to, &line);
    }
}

/* The part of the overview, from `start` and `step` long for each tile, that is on the page. */
static void
get_span (double start, double step, guint i, double least, double most, double *from, double *to)
{
  *from = CLAMP (start + i * step, least, most);
  *to = CLAMP (start + (i + 1) * step, least, most);
}

/* Which tile has what: as on a map, columns and rows have names, and ticks at the frame part them. */
static void
paint_grid (const PtlPages *self, const PtlPen *pen)
{
  const PtlBox *field = &self->one.area;
  double ratio = self->one.scale / self->tile.scale, outside = MARGIN * self->size / 2, half = overlap (self) / 2;
  double step_x = (self->tile.area.width - 2 * half) * ratio, step_y = (self->tile.area.height - 2 * half) * ratio;
  double right = ptl_box_right (field), bottom = ptl_box_bottom (field), from, to;
  PtlPoint corner = tile_corner (self, 0, 0);
  PtlPoint start = { (corner.x - pen->origin.x) / pen->unit + half * ratio,
                     (corner.y - pen->origin.y) / pen->unit + half * ratio };

  for (guint i = 0; i < self->columns; i++)
    {
      g_autofree char *name = column_name (i);

      get_span (start.x, step_x, i, field->x, right, &from, &to);
      paint_side_name (self, pen, (from + to) / 2, field->y - outside, to - from, name);
      if (i > 0)
        paint_ticks (self, pen, (PtlPoint){ from, field->y }, (PtlPoint){ from, bottom });
    }
  for (guint i = 0; i < self->rows; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i + 1);

      get_span (start.y, step_y, i, field->y, bottom, &from, &to);
      paint_side_name (self, pen, field->x - outside, (from + to) / 2, 2 * outside, name);
      if (i > 0)
        paint_ticks (self, pen, (PtlPoint){ field->x, from }, (PtlPoint){ right, from });
    }
}

/* Where the neighbours of a tile begin, and what they are called. */
static void
paint_marks (const PtlPages *self, guint page, const PtlPen *pen)
{
  static const int sides[][2] = { { -1, 0 }, { 1, 0 }, { 0, -1 }, { 0, 1 } };
  const PtlBox *area = &self->tile.area, *frame = &self->tile.frame;
  int column = (int) ((page - 1) % self->columns), row = (int) ((page - 1) / self->columns);
  double shared = overlap (self), outside = MARGIN * self->size / 2;
  double right = ptl_box_right (area), bottom = ptl_box_bottom (area);

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      int dx = sides[i][0], dy = sides[i][1];
      double x = dx < 0 ? area->x + shared : right - shared, y = dy < 0 ? area->y + shared : bottom - shared;
      PtlPoint middle = { frame->x + frame->width / 2 + dx * (frame->width / 2 + outside),
                          frame->y + frame->height / 2 + dy * (frame->height / 2 + outside) };
      g_autofree char *name = NULL;

      if (column + dx < 0 || row + dy < 0 || column + dx >= (int) self->columns || row + dy >= (int) self->rows)
        continue;
      name = tile_name ((guint) (column + dx), (guint) (row + dy));
      paint_side_name (self, pen, middle.x, middle.y, 2 * outside, name);
      if (dx != 0)
        paint_ticks (self, pen, (PtlPoint){ x, area->y }, (PtlPoint){ x, bottom });
      else
        paint_ticks (self, pen, (PtlPoint){ area->x, y }, (PtlPoint){ right, y });
    }
}

/**
 * ptl_pages_paint:
 * @surface: takes canvas units
 * @most: pixels a canvas unit that can be seen: nothing is painted that would be too small; HUGE_VAL on paper
 *
 * The paper is ptl_pages_get_box ().
 */
void
ptl_pages_paint (const PtlPages *self, guint page, PtlSurface *surface, double most)
{
  const Sheet *sheet = sheet_of (self, page);
  PtlBox box = ptl_pages_get_box (self, page), part = ptl_pages_get_part (self, page);
  PtlPen pen = { surface, &self->theme, { box.x, box.y }, unit_of (sheet) };
  PtlBoxStyle paper = { .fill = self->theme.background };
  PtlBoxStyle frame = { 0, self->theme.text, FRAME * self->size, 0, FALSE };

  ptl_surface_box (surface, &box, &paper);
  ptl_surface_begin_clip (surface, &part);
  ptl_painter_paint (self->scene, &self->theme, surface, &part,
                     MIN (paint_scale (sheet, is_tile (self, page) ? PTL_LEVEL_DETAILS : self->level), most));
  ptl_surface_end_clip (surface);
  if (self->columns > 0 && is_tile (self, page))
    paint_marks (self, page, &pen);
  else if (self->columns > 0)
    paint_grid (self, &pen);
  if (!is_tile (self, page) && self->legend != NULL)
    paint_legend (self, &pen);
  if (self->setup.title_block)
    paint_titles (self, page, &pen);
  if (self->setup.title_block || self->legend != NULL || self->columns > 0)
    ptl_pen_draw_box (&pen, &sheet->frame, &frame);
}

static PtlPages *
pages_new (PtlScene *scene, const PtlPageSetup *setup, const char *const *words)
{
  PtlPages *self = g_new0 (PtlPages, 1);

  g_atomic_ref_count_init (&self->refs);
  self->scene = ptl_scene_ref (scene);
  self->theme = ptl_theme_light;
  self->theme.outer_only = setup->outer_only;
  self->setup = *setup;
  self->width = setup->width;
  self->height = setup->height;
  for (guint i = 0; i < PTL_N_TITLES; i++)
    self->words[i] = g_strdup (words[i]);
  lay_out_one (self);
  lay_out_tiles (self);
  return self;
}

/**
 * ptl_pages_new:
 * @scene: what is drawn; the pages keep it
 *
 * The title block says the title of the scene's plan and the words given. Colours are those for paper.
 *
 * Returns: (transfer full): the pages that the drawing takes: one or, before tiles, an overview of them
 */
PtlPages *
ptl_pages_new (PtlScene *scene, const PtlPageSetup *setup, const PtlPageWords *words)
{
  const char *const titles[PTL_N_TITLES] = {
    [PTL_TITLE_TITLE] = scene->graph->title, [PTL_TITLE_DIAGRAM] = words->diagram, [PTL_TITLE_PHASE] = words->phase,
    [PTL_TITLE_DATE] = words->date,          [PTL_TITLE_PROGRAM] = words->program,
  };

  return pages_new (scene, setup, titles);
}

/**
 * ptl_pages_new_on_paper:
 * @width: of the paper, as it lies
 *
 * Returns: (transfer full): the same drawing on other paper
 */
PtlPages *
ptl_pages_new_on_paper (const PtlPages *pages, double width, double height)
{
  PtlPageSetup setup = pages->setup;

  setup.width = width;
  setup.height = height;
  return pages_new (pages->scene, &setup, (const char *const *) pages->words);
}

PtlPages *
ptl_pages_ref (PtlPages *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
ptl_pages_unref (PtlPages *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < PTL_N_TITLES; i++)
    g_free (self->words[i]);
  g_clear_pointer (&self->legend, ptl_legend_free);
  ptl_scene_unref (self->scene);
  g_free (self);
}

guint
ptl_pages_get_n (const PtlPages *self)
{
  return 1 + self->columns * self->rows;
}

PtlScene *
ptl_pages_get_scene (const PtlPages *self)
{
  return self->scene;
}

void
ptl_pages_get_paper (const PtlPages *self, double *width, double *height)
{
  *width = self->width;
  *height = self->height;
}

double
ptl_pages_get_scale (const PtlPages *self, guint page)
{
  return sheet_of (self, page)->scale;
}
