#include "ptl-legend.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ptl-surface-cairo.h"

/* All measures are times the size of the letters. */
#define ROW        2.0
#define SIGN       3.6 /* the width that signs have */
#define SIGN_SIZE  1.5 /* their height */
#define GAP        0.9 /* between a sign and its words */
#define COLUMN_GAP 2.2
#define SLACK      1.04 /* words are a little wider in other fonts and sizes */
#define SAMPLE     100  /* the size that they are measured at: the widths of small letters are rounded */

typedef struct _Entry Entry;

/* Paints what is explained into a box, in millimetres. */
typedef void (*PaintSign) (const PtlPen *pen, const Entry *entry, const PtlBox *box);

struct _Entry
{
  PaintSign paint;
  guint kind; /* of zone */
  const PtlIcon *icon;
  char *text;
  double width; /* of the text */
  double x, y;
};

struct _PtlLegend
{
  double letters;
  GArray *entries; /* Entry */
};

/* Signs */

static void
paint_icon (const PtlPen *pen, const Entry *entry, const PtlBox *box, PtlColour colour)
{
  double size = box->height * 0.86;
  PtlPoint centre = ptl_box_centre (box);

  ptl_pen_draw_icon (pen, entry->icon, centre.x - size / 2, centre.y - size / 2, size, colour);
}

static void
paint_zone (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  PtlZoneColours colours = ptl_theme_zone (pen->theme, entry->kind, NULL);
  PtlBoxStyle area = { colours.fill, colours.border, 0.09 * box->height, 0.25 * box->height, FALSE };

  ptl_pen_draw_box (pen, box, &area);
  paint_icon (pen, entry, box, colours.name);
}

static void
paint_firewall (const PtlPen *pen, const Entry *entry, const PtlBox *box, gboolean managed)
{
  PtlBoxStyle card = { pen->theme->card, pen->theme->line, 0.09 * box->height, 0.25 * box->height, !managed };
  PtlBox middle = { box->x + (box->width - 1.5 * box->height) / 2, box->y, 1.5 * box->height, box->height };

  ptl_pen_draw_box (pen, &middle, &card);
  paint_icon (pen, entry, box, managed ? pen->theme->text : pen->theme->faint_text);
}

static void
paint_managed (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  paint_firewall (pen, entry, box, TRUE);
}

static void
paint_unmanaged (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  paint_firewall (pen, entry, box, FALSE);
}

/* As a firewall looks from afar. */
static void
paint_firewall_dot (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  PtlPoint centre = ptl_box_centre (box);
  double side = box->height * 0.6;
  PtlBox dot = { centre.x - side / 2, centre.y - side / 2, side, side };

  ptl_pen_draw_box (pen, &dot, &(PtlBoxStyle){ pen->theme->card, pen->theme->text, side / 4, side / 5, FALSE });
}

static void
paint_implied (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  PtlBoxStyle pill = { pen->theme->card, pen->theme->line, 0.09 * box->height, box->height / 2, TRUE };

  ptl_pen_draw_box (pen, box, &pill);
  paint_icon (pen, entry, box, pen->theme->text);
}

static void
paint_arrow (const PtlPen *pen, const PtlBox *box, PtlColour colour, double width, gboolean dashed)
{
  double middle = box->y + box->height / 2;
  PtlLineStyle style = { colour, width * box->height, dashed, 0 };

  ptl_pen_draw_arrow (pen, (PtlPoint){ box->x, middle }, (PtlPoint){ ptl_box_right (box), middle }, PTL_HEAD_END,
                      &style);
}

static void
paint_link (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  paint_arrow (pen, box, pen->theme->line, 0.1, TRUE);
}

static void
paint_crossing (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  paint_arrow (pen, box, pen->theme->arrow, 0.14, FALSE);
}

static void
paint_head (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  PtlBox half = { box->x + box->width * 0.35, box->y, box->width * 0.3, box->height };

  paint_arrow (pen, &half, pen->theme->arrow, 0.14, FALSE);
}

static void
paint_inner (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  paint_arrow (pen, box, pen->theme->quiet_arrow, 0.1, FALSE);
}

/* A letter in the middle of the sign. */
static void
paint_letters (const PtlPen *pen, const PtlBox *box, PtlColour colour, const char *text)
{
  PtlTextStyle style = { colour, box->height * 0.6, TRUE, PTL_TEXT_CENTRE, 1 };

  ptl_pen_draw_text (pen, &style, box->x, box->y + box->height / 2 - style.size * PTL_LINE_HEIGHT / 2, box->width,
                     text);
}

static void
paint_pill (const PtlPen *pen, const PtlBox *box, PtlColour colour, const char *text)
{
  PtlPoint centre = ptl_box_centre (box);
  double height = box->height * 0.8;
  PtlBox pill = { centre.x - height * 0.7, centre.y - height / 2, height * 1.4, height };

  ptl_pen_draw_box (pen, &pill, &(PtlBoxStyle){ .fill = colour, .radius = height / 2 });
  paint_letters (pen, &pill, pen->theme->background, text);
}

static void
paint_unroutable (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  PtlColour colour = pen->theme->problem;
  PtlPoint centre = ptl_box_centre (box);
  double side = box->height * 0.8;
  PtlBox cross = { centre.x - side / 2, centre.y - side / 2, side, side };

  paint_arrow (pen, box, colour, 0.14, TRUE);
  ptl_pen_draw_box (pen, &cross, &(PtlBoxStyle){ pen->theme->background, colour, 0.1 * side, side / 2, FALSE });
  paint_letters (pen, &cross, colour, "×");
}

static void
paint_trunk (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  paint_arrow (pen, box, pen->theme->arrow, 0.14, FALSE);
  paint_pill (pen, box, pen->theme->arrow, "n");
}

static void
paint_unroutable_trunk (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  paint_arrow (pen, box, pen->theme->problem, 0.14, TRUE);
  paint_pill (pen, box, pen->theme->problem, "!");
}

static void
paint_mark (const PtlPen *pen, const PtlBox *box, gboolean managed)
{
  PtlPoint centre = ptl_box_centre (box);
  double side = box->height * 0.5;
  PtlBox mark = { centre.x - side / 2, centre.y - side / 2, side, side };
  PtlBoxStyle style = { managed ? pen->theme->line : pen->theme->background,
                        managed ? pen->theme->background : pen->theme->line, 0.15 * side, side / 5, FALSE };
  PtlLineStyle line = { pen->theme->arrow, 0.14 * box->height, FALSE, 0 };

  ptl_pen_draw_line (pen, (PtlPoint){ box->x, centre.y }, (PtlPoint){ ptl_box_right (box), centre.y }, &line);
  ptl_pen_draw_box (pen, &mark, &style);
}

static void
paint_managed_mark (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  paint_mark (pen, box, TRUE);
}

static void
paint_unmanaged_mark (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  paint_mark (pen, box, FALSE);
}

static void
paint_more (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  paint_letters (pen, box, pen->theme->text, "+n");
}

static void
paint_dot (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  PtlPoint centre = ptl_box_centre (box);
  PtlBox dot = { centre.x - box->height * 0.7, centre.y - box->height * 0.35, box->height * 1.4, box->height * 0.7 };

  ptl_pen_draw_box (pen, &dot, &(PtlBoxStyle){ .fill = pen->theme->line, .radius = 0.2 * box->height });
}

static void
paint_role (const PtlPen *pen, const Entry *entry, const PtlBox *box)
{
  paint_icon (pen, entry, box, pen->theme->text);
}

/* What occurs */

static void
add (PtlLegend *legend, PaintSign paint, guint kind, const PtlIcon *icon, const char *text)
{
  Entry entry = { .paint = paint, .kind = kind, .icon = icon, .text = g_strdup (text) };

  g_array_append_val (legend->entries, entry);
}

static void
add_zones (PtlLegend *legend, const PtlScene *scene)
{
  static const char *const titles[]
      = { N_ ("Intranet zone"), N_ ("Perimeter zone"), N_ ("Internet zone"), N_ ("Cloud zone") };

  for (guint kind = 0; kind < G_N_ELEMENTS (titles); kind++)
    for (guint i = 0; i < scene->graph->n_zones; i++)
      if (scene->zones[i].shown && scene->graph->zones[i].kind == kind)
        {
          g_autofree char *icon = g_strconcat ("zone-", ptl_zone_kind_names[kind], NULL);

          add (legend, paint_zone, kind, ptl_icon_find (icon), _ (titles[kind]));
          break;
        }
}

static void
add_firewalls (PtlLegend *legend, const PtlScene *scene, PtlLevel level)
{
  gboolean occurs[2] = { FALSE };

  for (guint i = 0; i < scene->graph->n_firewalls; i++)
    if (scene->firewalls[i].shown)
      occurs[scene->graph->firewalls[i].managed != 0] = TRUE;
  if (level == PTL_LEVEL_DOTS)
    {
      if (occurs[TRUE] || occurs[FALSE])
        add (legend, paint_firewall_dot, 0, NULL, _ ("Firewall"));
      return;
    }
  if (occurs[TRUE])
    add (legend, paint_managed, 0, ptl_icon_find ("firewall"), _ ("Firewall"));
  if (occurs[FALSE])
    add (legend, paint_unmanaged, 0, ptl_icon_find ("firewall"), _ ("Firewall managed by others"));
  for (guint i = 0; i < scene->n_implied && level >= PTL_LEVEL_NAMES; i++)
    if (scene->implied[i].shown)
      {
        add (legend, paint_implied, 0, ptl_icon_find ("firewall"), _ ("Firewall that the plan implies"));
        break;
      }
}

static void
add_links (PtlLegend *legend, const PtlScene *scene)
{
  const GArray *kinds = scene->graph->catalogue->links;

  for (guint kind = 0; kind < kinds->len; kind++)
    for (guint i = 0; i < scene->graph->n_links; i++)
      if (scene->links[i].shown && scene->graph->links[i].kind == kind)
        {
          add (legend, paint_link, 0, NULL, _ (g_array_index (kinds, PtlLinkKind, kind).title));
          break;
        }
}

/* What the painter shows of a talk's arrow. */
static gboolean
is_shown (const PtlScene *scene, const PtlTheme *theme, guint arrow)
{
  return !theme->outer_only || scene->arrows->talks->talks[scene->arrows->arrows[arrow].talk].kind != PTL_TALK_INNER;
}

/* Which marks arrows have: bit 1 of managed firewalls, bit 0 of others. */
static guint
find_marks (const PtlScene *scene, const PtlTalk *talk, const PtlArrow *arrow)
{
  const PtlRoutes *routes = scene->arrows->talks->routes;
  const PtlGraphNode *nodes = scene->graph->nodes;
  guint marks = 0;

  for (guint i = 0; i < arrow->n_marks; i++)
    {
      const PtlRoute *route = ptl_routes_between (routes, (guint) nodes[talk->a].zone, (guint) nodes[talk->b].zone);

      marks |= 1u << (routes->firewalls[ptl_route_firewall (route, i)].managed != 0);
    }
  return marks;
}

static void
add_arrows (PtlLegend *legend, const PtlScene *scene, const PtlTheme *theme, PtlLevel level)
{
  const PtlArrows *arrows = scene->arrows;
  guint kinds = 0, marks = 0;
  gboolean more = FALSE;

  for (guint i = 0; i < arrows->n; i++)
    if (is_shown (scene, theme, i))
      {
        const PtlTalk *talk = &arrows->talks->talks[arrows->arrows[i].talk];

        kinds |= 1u << talk->kind;
        marks |= find_marks (scene, talk, &arrows->arrows[i]);
        more = more || (arrows->arrows[i].label.width > 0 && strstr (talk->label, " +") != NULL);
      }
  if (kinds & 1 << PTL_TALK_CROSSING)
    add (legend, paint_crossing, 0, NULL, _ ("Between zones"));
  if (kinds & 1 << PTL_TALK_INNER)
    add (legend, paint_inner, 0, NULL, _ ("Within a zone"));
  if (kinds != 0)
    add (legend, paint_head, 0, NULL, _ ("Initiated towards the head"));
  if (kinds & 1 << PTL_TALK_UNROUTABLE)
    add (legend, paint_unroutable, 0, NULL, _ ("No path joins the zones"));
  if (marks & 2)
    add (legend, paint_managed_mark, 0, NULL, _ ("Crosses a firewall"));
  if (marks & 1)
    add (legend, paint_unmanaged_mark, 0, NULL, _ ("Crosses one managed by others"));
  if (more && level == PTL_LEVEL_DETAILS)
    add (legend, paint_more, 0, NULL, _ ("And n more services"));
}

static void
add_trunks (PtlLegend *legend, const PtlScene *scene)
{
  const PtlTalks *talks = scene->arrows->talks;
  guint kinds = 0;

  for (guint i = 0; i < talks->n_trunks; i++)
    kinds |= 1u << talks->trunks[i].kind;
  if (kinds & 1 << PTL_TALK_CROSSING)
    add (legend, paint_trunk, 0, NULL, _ ("Between zones, n rules"));
  if (kinds & 1 << PTL_TALK_UNROUTABLE)
    add (legend, paint_unroutable_trunk, 0, NULL, _ ("No path joins the zones"));
}

/* The roles whose icons are seen: in a picture too small for more, those that nodes have in the first place. */
static void
add_roles (PtlLegend *legend, const PtlScene *scene, gboolean all)
{
  const PtlCatalogue *catalogue = scene->graph->catalogue;
  g_autofree gboolean *occurs = g_new0 (gboolean, catalogue->roles->len);

  for (guint i = 0; i < scene->graph->n_nodes; i++)
    for (guint j = 0; scene->nodes[i].shown && j < scene->graph->nodes[i].n_roles && (all || j == 0); j++)
      occurs[scene->graph->nodes[i].roles[j].role] = TRUE;
  for (guint i = 0; i < catalogue->roles->len; i++)
    {
      const PtlRole *role = ptl_catalogue_role (catalogue, i);

      if (occurs[i])
        add (legend, paint_role, 0, ptl_icon_find_role (role->name), _ (role->title));
    }
}

static void
measure (PtlLegend *legend)
{
  g_autoptr (PtlSurface) surface = ptl_surface_cairo_new ();
  PtlTextStyle style = { 0xff, SAMPLE, FALSE, PTL_TEXT_START, 1 };

  for (guint i = 0; i < legend->entries->len; i++)
    {
      Entry *entry = &g_array_index (legend->entries, Entry, i);

      entry->width = ptl_surface_text_width (surface, &style, entry->text) * legend->letters / SAMPLE * SLACK;
    }
}

static void
clear_entry (gpointer data)
{
  g_free (((Entry *) data)->text);
}

/**
 * ptl_legend_new:
 * @scene: what is drawn
 * @theme: how
 * @level: how much of it is seen
 * @letters: their size, in millimetres
 *
 * Returns: (transfer full): the legend of all that is shown
 */
PtlLegend *
ptl_legend_new (const PtlScene *scene, const PtlTheme *theme, PtlLevel level, double letters)
{
  PtlLegend *legend = g_new0 (PtlLegend, 1);

  legend->letters = letters;
  legend->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (legend->entries, clear_entry);
  add_zones (legend, scene);
  add_firewalls (legend, scene, level);
  if (level >= PTL_LEVEL_NAMES)
    add_arrows (legend, scene, theme, level);
  else
    add_trunks (legend, scene);
  if (level > PTL_LEVEL_DOTS)
    {
      add_links (legend, scene);
      add_roles (legend, scene, level == PTL_LEVEL_DETAILS);
    }
  else if (scene->graph->n_nodes > 0)
    add (legend, paint_dot, 0, NULL, _ ("Node"));
  measure (legend);
  return legend;
}

void
ptl_legend_free (PtlLegend *legend)
{
  g_array_unref (legend->entries);
  g_free (legend);
}

/* Sets the places in `n` columns; returns how wide they are together. */
static double
arrange (PtlLegend *legend, guint n)
{
  guint rows = (legend->entries->len + n - 1) / n;
  double x = 0, widest = 0;

  for (guint i = 0; i < legend->entries->len; i++)
    {
      Entry *entry = &g_array_index (legend->entries, Entry, i);

      if (i > 0 && i % rows == 0)
        {
          x += widest + COLUMN_GAP * legend->letters;
          widest = 0;
        }
      entry->x = x;
      entry->y = i % rows * ROW * legend->letters;
      widest = MAX (widest, (SIGN + GAP) * legend->letters + entry->width);
    }
  return x + widest;
}

double
ptl_legend_fit (PtlLegend *legend, double width)
{
  guint n = legend->entries->len;

  while (n > 1 && arrange (legend, n) > width)
    n--;
  if (n == 1)
    arrange (legend, n);
  return n == 0 ? 0 : (legend->entries->len + n - 1) / n * ROW * legend->letters;
}

void
ptl_legend_paint (const PtlLegend *legend, const PtlPen *pen, double x, double y)
{
  double m = legend->letters;
  PtlTextStyle style = { pen->theme->text, m, FALSE, PTL_TEXT_START, 1 };

  for (guint i = 0; i < legend->entries->len; i++)
    {
      const Entry *entry = &g_array_index (legend->entries, Entry, i);
      double top = y + entry->y;

      entry->paint (pen, entry, &(PtlBox){ x + entry->x, top + (ROW - SIGN_SIZE) / 2 * m, SIGN * m, SIGN_SIZE * m });
      ptl_pen_draw_text (pen, &style, x + entry->x + (SIGN + GAP) * m, top + (ROW - PTL_LINE_HEIGHT) / 2 * m,
                         entry->width, entry->text);
    }
}
