#include "ptl-line.h"

#include <math.h>

#define LENGTH  4.5 /* times the width of the line */
#define LEAST   7   /* canvas units: heads of thin lines are seen, too */
#define BREADTH 0.8 /* of the length */

/**
 * ptl_line_head_length:
 *
 * Returns: the length of the head of an arrow, in canvas units
 */
double
ptl_line_head_length (double line_width)
{
  return MAX (LENGTH * line_width, LEAST);
}

/**
 * ptl_line_cut_head:
 * @tip: (inout): where the head ends; then its other end, where the line is to end
 * @from: where the line comes from
 * @length: of the head
 * @corners: (out): of the head, the tip first
 *
 * Returns: whether there is a head: not on a line without a direction
 */
gboolean
ptl_line_cut_head (PtlPoint *tip, PtlPoint from, double length, PtlPoint corners[3])
{
  double dx = tip->x - from.x, dy = tip->y - from.y, way = hypot (dx, dy), half;
  PtlPoint back;

  if (way == 0)
    return FALSE;
  length = MIN (length, way);
  half = length * BREADTH / 2;
  dx /= way;
  dy /= way;
  back = (PtlPoint){ tip->x - dx * length, tip->y - dy * length };
  corners[0] = *tip;
  corners[1] = (PtlPoint){ back.x - dy * half, back.y + dx * half };
  corners[2] = (PtlPoint){ back.x + dy * half, back.y - dx * half };
  *tip = back;
  return TRUE;
}

/**
 * ptl_line_bend:
 * @towards: the next corner, or an end of the line
 *
 * Returns: where on the way there the line is straight again
 */
PtlPoint
ptl_line_bend (PtlPoint corner, PtlPoint towards, double radius)
{
  double dx = towards.x - corner.x, dy = towards.y - corner.y, way = hypot (dx, dy);
  double part = way > 0 ? MIN (radius / way, 0.5) : 0;

  return (PtlPoint){ corner.x + dx * part, corner.y + dy * part };
}
