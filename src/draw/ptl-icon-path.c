#include "ptl-icon.h"

#include <math.h>

/* The path language of SVG, as far as our icons use it: M L H V C S A Z and their relative forms. */

typedef struct
{
  const char *at;
  GArray *steps;
  double x, y;                 /* where the pen is */
  double start_x, start_y;     /* of the subpath */
  double control_x, control_y; /* the last control point of a curve, for S */
  gboolean failed;
} Parser;

static void
skip_separators (Parser *p)
{
  while (g_ascii_isspace (*p->at) || *p->at == ',')
    p->at++;
}

static double
number (Parser *p)
{
  char *end;
  double value;

  skip_separators (p);
  value = g_ascii_strtod (p->at, &end);
  p->failed |= end == p->at;
  p->at = end;
  return value;
}

/* The flags of an arc need no separator behind them. */
static gboolean
flag (Parser *p)
{
  skip_separators (p);
  p->failed |= *p->at != '0' && *p->at != '1';
  return !p->failed && *p->at++ == '1';
}

static void
add_step (Parser *p, PtlIconVerb verb, double x, double y)
{
  PtlIconStep step = { verb, { x }, { y } };

  g_array_append_val (p->steps, step);
  p->x = p->control_x = x;
  p->y = p->control_y = y;
}

static void
add_curve (Parser *p, double x1, double y1, double x2, double y2, double x, double y)
{
  PtlIconStep step = { PTL_ICON_CURVE, { x1, x2, x }, { y1, y2, y } };

  g_array_append_val (p->steps, step);
  p->control_x = x2;
  p->control_y = y2;
  p->x = x;
  p->y = y;
}

/* An arc of a circle around (cx, cy) as curves of at most a quarter. */
static void
add_arc (Parser *p, double cx, double cy, double radius, double start, double sweep)
{
  int n = (int) ceil (fabs (sweep) / (G_PI_2 + 1e-9));
  double part = sweep / n, handle = 4.0 / 3 * tan (part / 4) * radius;

  for (int i = 0; i < n; i++)
    {
      double a = start + i * part, b = a + part;

      add_curve (p, cx + radius * cos (a) - handle * sin (a), cy + radius * sin (a) + handle * cos (a),
                 cx + radius * cos (b) + handle * sin (b), cy + radius * sin (b) - handle * cos (b),
                 cx + radius * cos (b), cy + radius * sin (b));
    }
}

/* An arc from the pen to (x, y); of circles only, our icons need no more. The centre lies on the perpendicular of the
 * chord's middle, on the side that the flags say. */
static void
arc_to (Parser *p, double radius, gboolean large, gboolean clockwise, double x, double y)
{
  double dx = x - p->x, dy = y - p->y, chord = hypot (dx, dy);
  double offset, cx, cy, start, sweep;

  if (chord == 0)
    return;
  radius = MAX (radius, chord / 2);
  offset = sqrt (MAX (radius * radius - chord * chord / 4, 0)) * (large == clockwise ? -1 : 1);
  cx = (p->x + x) / 2 - offset * dy / chord;
  cy = (p->y + y) / 2 + offset * dx / chord;
  start = atan2 (p->y - cy, p->x - cx);
  sweep = atan2 (y - cy, x - cx) - start;
  if (clockwise && sweep < 0)
    sweep += 2 * G_PI;
  else if (!clockwise && sweep > 0)
    sweep -= 2 * G_PI;
  add_arc (p, cx, cy, radius, start, sweep);
}

static void
parse_curve (Parser *p, gboolean smooth, double from_x, double from_y)
{
  double v[6] = { 2 * p->x - p->control_x, 2 * p->y - p->control_y };

  for (int i = smooth ? 2 : 0; i < 6; i++)
    v[i] = number (p) + (i % 2 == 0 ? from_x : from_y);
  add_curve (p, v[0], v[1], v[2], v[3], v[4], v[5]);
}

static void
parse_arc (Parser *p, double from_x, double from_y)
{
  double radius = number (p), x, y;
  gboolean large, clockwise;

  p->failed |= number (p) != radius;
  number (p);
  large = flag (p);
  clockwise = flag (p);
  x = number (p) + from_x;
  y = number (p) + from_y;
  arc_to (p, radius, large, clockwise, x, y);
}

static void
parse_command (Parser *p, char command)
{
  gboolean relative = g_ascii_islower (command);
  double from_x = relative ? p->x : 0, from_y = relative ? p->y : 0, x = p->x, y = p->y;

  switch (g_ascii_toupper (command))
    {
    case 'M':
    case 'L':
      x = number (p) + from_x;
      y = number (p) + from_y;
      add_step (p, g_ascii_toupper (command) == 'M' ? PTL_ICON_MOVE : PTL_ICON_LINE, x, y);
      break;
    case 'H':
      x = number (p) + from_x;
      add_step (p, PTL_ICON_LINE, x, y);
      break;
    case 'V':
      y = number (p) + from_y;
      add_step (p, PTL_ICON_LINE, x, y);
      break;
    case 'C':
    case 'S':
      parse_curve (p, g_ascii_toupper (command) == 'S', from_x, from_y);
      break;
    case 'A':
      parse_arc (p, from_x, from_y);
      break;
    case 'Z':
      add_step (p, PTL_ICON_CLOSE, p->start_x, p->start_y);
      break;
    default:
      p->failed = TRUE;
    }
}

/**
 * ptl_icon_parse_path:
 * @path: an SVG path of M, L, H, V, C, S, A (circles) and Z, absolute or relative
 *
 * Returns: (transfer full) (nullable) (element-type PtlIconStep): its steps, or %NULL when it is something else
 */
GArray *
ptl_icon_parse_path (const char *path)
{
  Parser p = { .at = path, .steps = g_array_new (FALSE, FALSE, sizeof (PtlIconStep)) };
  char command = '\0';

  for (skip_separators (&p); *p.at != '\0' && !p.failed; skip_separators (&p))
    {
      if (g_ascii_isalpha (*p.at))
        command = *p.at++;
      else if (command == 'M' || command == 'm')
        command = command == 'M' ? 'L' : 'l'; /* more points behind a move are lines */
      else if (command == 'Z' || command == 'z')
        p.failed = TRUE;
      parse_command (&p, command);
      if (command == 'M' || command == 'm')
        {
          p.start_x = p.x;
          p.start_y = p.y;
        }
    }
  if (!p.failed)
    return p.steps;
  g_array_unref (p.steps);
  return NULL;
}
