#include "ptl-painter-private.h"

#include <math.h>

#include "ptl-arrow-hit.h"

/* Arrows lie above the zones and below the cards; their labels lie above all lines. Far away there is one trunk a pair
 * of zones instead. */

#define BEND 8 /* radius of the corners, in canvas units */

#define LABEL_LETTERS 10 /* canvas units */
#define LABEL_PADDING 4

#define MARK        8  /* the side of a firewall's mark, in canvas units */
#define CROSS       14 /* of the sign that no path joins two zones */
#define SMALL_MARK  5  /* px, where there are no labels */
#define SMALL_CROSS 11

#define PILL_LETTERS 11 /* px, all of them */
#define PILL_HEIGHT  16
#define PILL_DIGIT   8 /* that a further digit takes */

double
ptl_arrow_width (PtlTalkKind kind, double scale)
{
  if (kind == PTL_TALK_INNER)
    return MAX (1, 1 / scale);
  return ptl_level_at (scale) == PTL_LEVEL_DETAILS ? MAX (1.75, 1.5 / scale) : 1.2 / scale;
}

double
ptl_arrow_mark_size (double scale)
{
  return ptl_level_at (scale) == PTL_LEVEL_DETAILS ? MARK : SMALL_MARK / scale;
}

PtlHeads
ptl_arrow_heads (guint n_there, guint n_back)
{
  return (n_back > 0 ? PTL_HEAD_START : PTL_HEAD_NONE) | (n_there > 0 ? PTL_HEAD_END : PTL_HEAD_NONE);
}

/* More rules, a wider one. */
double
ptl_trunk_width (const PtlTrunk *trunk, double scale)
{
  return MIN (1 + 0.2 * log2 (1 + trunk->n_rules), 3) / MAX (scale, PTL_SMALLEST_SCALE);
}

static double
length_of (const PtlArrow *arrow, guint i)
{
  return hypot (arrow->points[i].x - arrow->points[i - 1].x, arrow->points[i].y - arrow->points[i - 1].y);
}

/* The point that has that part of the way behind it. */
static PtlPoint
point_on_way (const PtlArrow *arrow, double part)
{
  double rest = 0;

  for (guint i = 1; i < arrow->n_points; i++)
    rest += length_of (arrow, i) * part;
  for (guint i = 1; i < arrow->n_points; i++)
    {
      PtlPoint from = arrow->points[i - 1], to = arrow->points[i];
      double way = length_of (arrow, i);

      if (way > 0 && rest <= way)
        return (PtlPoint){ from.x + (to.x - from.x) * rest / way, from.y + (to.y - from.y) * rest / way };
      rest -= way;
    }
  return arrow->points[0];
}

static PtlBox
box_around (PtlPoint centre, double width, double height)
{
  return (PtlBox){ centre.x - width / 2, centre.y - height / 2, width, height };
}

static PtlLineStyle
arrow_style (const PtlPainter *p, PtlTalkKind kind, gboolean lit)
{
  const PtlTheme *theme = p->theme;
  PtlColour strong = lit || p->level == PTL_LEVEL_DETAILS ? theme->arrow : theme->far_arrow;
  const PtlColour colours[] = { lit ? theme->arrow : theme->quiet_arrow, strong, theme->problem };

  return (PtlLineStyle){ colours[kind], ptl_arrow_width (kind, p->scale), kind == PTL_TALK_UNROUTABLE, BEND };
}

/* A box with round ends and a word in it, or a letter. */
static void
paint_pill (const PtlPainter *p, const PtlBox *box, const PtlBoxStyle *style, PtlColour colour, double size,
            const char *text)
{
  PtlTextStyle letters = { colour, size, TRUE, PTL_TEXT_CENTRE, 1 };

  ptl_surface_box (p->surface, box, style);
  ptl_surface_text (p->surface, &letters, box->x, box->y + box->height / 2 - size * 0.65, box->width, text);
}

/* What a tooltip says: the ends, and the services either way. */

static void
add_services (GString *text, const PtlTalks *talks, guint source, guint destination)
{
  const PtlFlows *flows = talks->routes->flows;
  const PtlGraph *graph = flows->graph;
  const PtlBundle *bundle = ptl_flows_between (flows, source, destination);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; bundle != NULL && i < bundle->n; i++)
    {
      const PtlFlow *flow = &bundle->flows[i];
      char *name = ptl_catalogue_rule (graph->catalogue, flow->rule)->services[flow->service].name;

      if (!ptl_lens_shows_flow (&talks->lens, graph->catalogue, flow) || g_hash_table_contains (known, name))
        continue;
      if (g_hash_table_size (known) == 0)
        g_string_append_printf (text, "%s%s → %s: ", text->len > 0 ? "\n" : "", graph->nodes[source].name,
                                graph->nodes[destination].name);
      g_string_append_printf (text, "%s%s", g_hash_table_size (known) > 0 ? ", " : "", name);
      g_hash_table_add (known, name);
    }
}

static void
begin_arrow (const PtlPainter *p, const char *kind, const PtlTalk *talk)
{
  const PtlGraphNode *nodes = p->scene->graph->nodes;
  g_autoptr (GString) tooltip = NULL;
  g_autofree char *id = NULL;

  if (!p->surface->has_groups)
    return;
  tooltip = g_string_new (NULL);
  add_services (tooltip, p->scene->arrows->talks, talk->a, talk->b);
  add_services (tooltip, p->scene->arrows->talks, talk->b, talk->a);
  id = g_strconcat (nodes[talk->a].id, "~", nodes[talk->b].id, NULL);
  ptl_surface_begin_group (p->surface, kind, id, tooltip->str);
}

/* Where an arrow crosses firewalls: filled where the firewall is managed. */
static void
paint_marks (const PtlPainter *p, const PtlTalk *talk, const PtlArrow *arrow)
{
  const PtlRoutes *routes = p->scene->arrows->talks->routes;
  const PtlGraphNode *nodes = p->scene->graph->nodes;
  double side = ptl_arrow_mark_size (p->scale);
  gboolean details = p->level == PTL_LEVEL_DETAILS;

  for (guint i = 0; i < arrow->n_marks; i++)
    {
      const PtlRoute *route = ptl_routes_between (routes, (guint) nodes[talk->a].zone, (guint) nodes[talk->b].zone);
      gboolean managed = routes->firewalls[ptl_route_firewall (route, i)].managed;
      PtlBox box = box_around (arrow->marks[i], side, side);
      PtlColour border = !managed ? p->theme->line : details ? p->theme->background : 0;
      PtlBoxStyle style
          = { managed ? p->theme->line : p->theme->background, border, MIN (p->hair, side / 4), side / 5, FALSE };

      ptl_surface_box (p->surface, &box, &style);
    }
}

/* In the middle of the way, or near it where the label stands there. */
static void
paint_cross (const PtlPainter *p, const PtlArrow *arrow)
{
  static const double parts[] = { 0.5, 0.42, 0.58, 0.34, 0.66, 0.25, 0.75 };
  double side = p->level == PTL_LEVEL_DETAILS ? CROSS : SMALL_CROSS / p->scale;
  PtlBox box = box_around (point_on_way (arrow, parts[0]), side, side);
  PtlBoxStyle style = { p->theme->background, p->theme->problem, 1.5 * p->hair, side / 2, FALSE };

  for (guint i = 1; i < G_N_ELEMENTS (parts) && ptl_box_overlaps (&box, &arrow->label); i++)
    box = box_around (point_on_way (arrow, parts[i]), side, side);
  paint_pill (p, &box, &style, p->theme->problem, side * 0.8, "×");
}

static void
paint_arrow (const PtlPainter *p, guint index, gboolean lit)
{
  const PtlArrow *arrow = &p->scene->arrows->arrows[index];
  const PtlTalk *talk = &p->scene->arrows->talks->talks[arrow->talk];
  PtlLineStyle style = arrow_style (p, talk->kind, lit);

  begin_arrow (p, "arrow", talk);
  ptl_surface_arrow (p->surface, arrow->points, arrow->n_points, ptl_arrow_heads (talk->n_there, talk->n_back), &style);
  paint_marks (p, talk, arrow);
  if (talk->kind == PTL_TALK_UNROUTABLE)
    paint_cross (p, arrow);
  ptl_surface_end_group (p->surface);
}

static void
paint_label (const PtlPainter *p, guint index)
{
  const PtlArrow *arrow = &p->scene->arrows->arrows[index];
  const PtlTalk *talk = &p->scene->arrows->talks->talks[arrow->talk];
  PtlBoxStyle ground = { .fill = p->theme->background, .radius = 4 };
  PtlTextStyle text = { talk->kind == PTL_TALK_UNROUTABLE ? p->theme->problem : p->theme->text, LABEL_LETTERS, FALSE,
                        PTL_TEXT_CENTRE, 1 };
  double top = arrow->label.y + (arrow->label.height - LABEL_LETTERS * PTL_LINE_HEIGHT) / 2;

  if (p->level < PTL_LEVEL_DETAILS || p->theme->wordless || arrow->label.width == 0)
    return;
  begin_arrow (p, "label", talk);
  ptl_surface_box (p->surface, &arrow->label, &ground);
  ptl_surface_text (p->surface, &text, arrow->label.x, top, arrow->label.width, arrow->text);
  ptl_surface_end_group (p->surface);
}

/* Trunks */

static void
paint_trunk (const PtlPainter *p, guint index, gboolean lit)
{
  const PtlArrow *arrow = &p->scene->arrows->trunks[index];
  const PtlTrunk *trunk = &p->scene->arrows->talks->trunks[arrow->talk];
  gboolean unroutable = trunk->kind == PTL_TALK_UNROUTABLE;
  PtlHeads heads = ptl_arrow_heads (trunk->n_there, trunk->n_back);
  PtlLineStyle style
      = { lit ? p->theme->arrow : p->theme->far_arrow, ptl_trunk_width (trunk, p->scale), unroutable, 2 * BEND };

  if (p->theme->wordless) /* a small picture says who, not how much */
    {
      heads = PTL_HEAD_NONE;
      style.width = p->hair;
      style.colour = p->theme->quiet_arrow;
    }
  if (unroutable)
    style.colour = p->theme->problem;
  ptl_surface_arrow (p->surface, arrow->points, arrow->n_points, heads, &style);
}

/* The number of rules. */
static void
paint_trunk_pill (const PtlPainter *p, guint index)
{
  const PtlArrow *arrow = &p->scene->arrows->trunks[index];
  const PtlTrunk *trunk = &p->scene->arrows->talks->trunks[arrow->talk];
  gboolean unroutable = trunk->kind == PTL_TALK_UNROUTABLE;
  g_autofree char *text = unroutable ? g_strdup ("!") : g_strdup_printf ("%u", trunk->n_rules);
  PtlBox box = ptl_arrows_find_pill (p->scene->arrows, index, p->scale);
  PtlBoxStyle pill = { .fill = unroutable ? p->theme->problem : p->theme->arrow, .radius = box.height / 2 };

  if (!p->theme->wordless && box.width > 0)
    paint_pill (p, &box, &pill, p->theme->background, box.height * PILL_LETTERS / PILL_HEIGHT, text);
}

/* All */

static PtlTalkKind
kind_of (const PtlPainter *p, guint arrow)
{
  const PtlArrows *arrows = p->scene->arrows;

  return arrows->talks->talks[arrows->arrows[arrow].talk].kind;
}

static void
paint_found (const PtlPainter *p, const GArray *found, PtlTalkKind first, PtlTalkKind last)
{
  for (guint i = 0; i < found->len; i++)
    {
      guint arrow = g_array_index (found, guint, i);

      if (kind_of (p, arrow) >= first && kind_of (p, arrow) <= last)
        paint_arrow (p, arrow, FALSE);
    }
}

/* What of the arrows may be seen around a part of the canvas; far away, of the trunks. */
GArray *
ptl_find_arrows (const PtlPainter *p, const PtlBox *around)
{
  return ptl_arrows_find (p->scene->arrows, p->level < PTL_LEVEL_NAMES, around);
}

void
ptl_paint_arrows (const PtlPainter *p, const GArray *found)
{
  if (p->level >= PTL_LEVEL_NAMES && !p->theme->outer_only)
    paint_found (p, found, PTL_TALK_INNER, PTL_TALK_INNER);
  if (p->level >= PTL_LEVEL_NAMES)
    paint_found (p, found, PTL_TALK_CROSSING, PTL_TALK_UNROUTABLE);
  for (guint i = 0; i < found->len && p->level < PTL_LEVEL_NAMES; i++)
    paint_trunk (p, g_array_index (found, guint, i), FALSE);
}

/* What they say, above all lines. */
void
ptl_paint_arrow_labels (const PtlPainter *p, const GArray *found)
{
  for (guint i = 0; i < found->len; i++)
    (p->level < PTL_LEVEL_NAMES ? paint_trunk_pill : paint_label) (p, g_array_index (found, guint, i));
}

/* The trunk that an arrow belongs to, or -1. */
static int
trunk_of (const PtlPainter *p, guint arrow)
{
  const PtlTalks *talks = p->scene->arrows->talks;
  const PtlTalk *talk = &talks->talks[arrow];
  const PtlGraphNode *nodes = p->scene->graph->nodes;

  if (talk->kind == PTL_TALK_INNER)
    return -1;
  return ptl_talks_find_trunk (talks, (guint) nodes[talk->a].zone, (guint) nodes[talk->b].zone);
}

static void
paint_trunks_of (const PtlPainter *p, const guint *arrows, guint n)
{
  g_autoptr (GHashTable) painted = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n; i++)
    {
      int trunk = trunk_of (p, arrows[i]);

      if (trunk >= 0 && g_hash_table_add (painted, GINT_TO_POINTER (trunk)))
        {
          paint_trunk (p, (guint) trunk, TRUE);
          paint_trunk_pill (p, (guint) trunk);
        }
    }
}

/* These alone, and the inner ones as strong as the others. */
void
ptl_paint_some_arrows (const PtlPainter *p, const guint *arrows, guint n)
{
  if (p->level < PTL_LEVEL_NAMES)
    {
      paint_trunks_of (p, arrows, n);
      return;
    }
  for (guint i = 0; i < n; i++)
    paint_arrow (p, arrows[i], TRUE);
  for (guint i = 0; i < n; i++)
    paint_label (p, arrows[i]);
}
