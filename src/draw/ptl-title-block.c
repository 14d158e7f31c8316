#include "ptl-title-block.h"

#include <glib/gi18n-lib.h>

/* All measures are millimetres on a page of ordinary size. */
#define PADDING  1.4
#define LETTERS  2.8 /* at most, but of the title */
#define LABEL    1.7 /* letters */
#define LINE     0.18
#define FRAME    0.4
#define SMALLEST 0.65 /* times the letters, where a word would not fit otherwise */

typedef struct
{
  PtlTitle title;
  double width; /* part of the row's */
} Cell;

typedef struct
{
  double height;
  double letters;
  Cell cells[PTL_N_TITLES]; /* a width of 0 ends them */
} Row;

static const Row block[] = {
  { 10.5, 4.2, { { PTL_TITLE_TITLE, 1 } } },
  { 8, 2.8, { { PTL_TITLE_DIAGRAM, 0.56 }, { PTL_TITLE_PHASE, 0.44 } } },
  { 8,
    2.6,
    { { PTL_TITLE_DATE, 0.21 }, { PTL_TITLE_SCALE, 0.15 }, { PTL_TITLE_PROGRAM, 0.28 }, { PTL_TITLE_PAGE, 0.36 } } },
};

static const Row wide[] = {
  { 10, 4.2, { { PTL_TITLE_TITLE, 0.64 }, { PTL_TITLE_DIAGRAM, 0.36 } } },
  { 8,
    2.6,
    { { PTL_TITLE_PHASE, 0.29 },
      { PTL_TITLE_DATE, 0.14 },
      { PTL_TITLE_SCALE, 0.09 },
      { PTL_TITLE_PROGRAM, 0.22 },
      { PTL_TITLE_PAGE, 0.26 } } },
};

static const Row strip[] = {
  { 8,
    2.6,
    { { PTL_TITLE_TITLE, 0.36 },
      { PTL_TITLE_DIAGRAM, 0.18 },
      { PTL_TITLE_PHASE, 0.18 },
      { PTL_TITLE_DATE, 0.09 },
      { PTL_TITLE_SCALE, 0.06 },
      { PTL_TITLE_PAGE, 0.13 } } },
};

static const struct
{
  const Row *rows;
  guint n;
} forms[] = { { block, G_N_ELEMENTS (block) }, { wide, G_N_ELEMENTS (wide) }, { strip, G_N_ELEMENTS (strip) } };

static const char *const labels[]
    = { N_ ("Title"), N_ ("Diagram"), N_ ("Phase"), N_ ("Date"), N_ ("Scale"), N_ ("Drawn with"), N_ ("Page") };

double
ptl_title_block_height (PtlTitleForm form)
{
  double height = 0;

  for (guint i = 0; i < forms[form].n; i++)
    height += forms[form].rows[i].height;
  return height;
}

static void
paint_cell (const PtlPen *pen, const Row *row, PtlTitle title, double x, double y, double width, double size,
            const char *word)
{
  double letters = title == PTL_TITLE_TITLE ? row->letters : MIN (row->letters, LETTERS);
  PtlTextStyle label = { pen->theme->faint_text, LABEL * size, FALSE, PTL_TEXT_START, 1 };
  PtlTextStyle value = { pen->theme->text, letters * size, title == PTL_TITLE_TITLE, PTL_TEXT_START, 1 };
  double room = width - 2 * PADDING * size, bottom = y + row->height * size;
  double top = bottom - value.size * PTL_LINE_HEIGHT - 0.8 * size;
  PtlTextStyle smaller = ptl_pen_fit_text (pen, &value, room, SMALLEST, word);

  ptl_pen_draw_text (pen, &label, x + PADDING * size, y + 0.7 * size, room, _ (labels[title]));
  ptl_pen_draw_text (pen, &smaller, x + PADDING * size, top + value.size - smaller.size, room, word);
}

static void
paint_row (const PtlPen *pen, const Row *row, const PtlBox *box, double y, double size, const char *const *words)
{
  PtlLineStyle line = { pen->theme->text, LINE * size, FALSE, 0 };
  double x = box->x, bottom = y + row->height * size;

  if (y > box->y)
    ptl_pen_draw_line (pen, (PtlPoint){ box->x, y }, (PtlPoint){ ptl_box_right (box), y }, &line);
  for (guint i = 0; i < PTL_N_TITLES && row->cells[i].width > 0; i++)
    {
      double width = row->cells[i].width * box->width;

      if (i > 0)
        ptl_pen_draw_line (pen, (PtlPoint){ x, y }, (PtlPoint){ x, bottom }, &line);
      paint_cell (pen, row, row->cells[i].title, x, y, width, size, words[row->cells[i].title]);
      x += width;
    }
}

void
ptl_title_block_paint (const PtlPen *pen, PtlTitleForm form, const PtlBox *box, double size,
                       const char *const words[PTL_N_TITLES])
{
  PtlBoxStyle frame = { 0, pen->theme->text, FRAME * size, 0, FALSE };
  double y = box->y;

  for (guint i = 0; i < forms[form].n; i++)
    {
      paint_row (pen, &forms[form].rows[i], box, y, size, words);
      y += forms[form].rows[i].height * size;
    }
  ptl_pen_draw_box (pen, box, &frame);
}
