#include "ptl-painter-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ptl-layout.h"
#include "ptl-snap.h"

#define GRID_STEP 16 /* px between the dots of the grid, at least */

#define PADDING       10 /* in a card, left and right */
#define FOOT          8  /* below the icons */
#define ICON_SIZE     16
#define ICON_STEP     20
#define BADGE_WIDTH   36
#define SMALLER       0.85 /* times that, where a word would not fit otherwise */
#define LABEL_LETTERS 11   /* of the names above zones */
#define VEIL          0xe0 /* how much of what lies below such a name is hidden */
#define FAR_REACH     24   /* px from a zone to the far edge of its name, from a trunk to that of its number */

PtlLevel
ptl_level_at (double scale)
{
  if (scale >= PTL_DETAILED_SCALE)
    return PTL_LEVEL_DETAILS;
  if (scale >= PTL_NAMED_SCALE)
    return PTL_LEVEL_NAMES;
  return scale >= PTL_ICON_SCALE ? PTL_LEVEL_ICONS : PTL_LEVEL_DOTS;
}

/* The grid: dots that are never nearer to each other than can be seen as dots. */

static void
paint_grid (const PtlPainter *p, const PtlBox *part)
{
  PtlBoxStyle dot = { .fill = p->theme->grid };
  double step = PTL_GRID, size = 2 / p->scale;

  while (step * p->scale < GRID_STEP)
    step *= 2;
  for (double y = floor (part->y / step) * step; y < ptl_box_bottom (part) + size; y += step)
    for (double x = floor (part->x / step) * step; x < ptl_box_right (part) + size; x += step)
      ptl_surface_box (p->surface, &(PtlBox){ x - size / 2, y - size / 2, size, size }, &dot);
}

/* Zones */

static const PtlIcon *
zone_icon (PtlZoneKind kind)
{
  g_autofree char *name = g_strconcat ("zone-", ptl_zone_kind_names[kind], NULL);

  return ptl_icon_find (name);
}

static PtlZoneColours
zone_colours (const PtlPainter *p, guint zone)
{
  const char *own = p->scene->zones[zone].colour;

  return ptl_theme_zone (p->theme, p->scene->graph->zones[zone].kind, *own != '\0' ? own : NULL);
}

/* Whether another zone that lies over this one would be in the way of its label, or its label would. */
static gboolean
is_covered (const PtlPainter *p, guint index, const PtlBox *label)
{
  const PtlSceneZone *zones = p->scene->zones;
  PtlBox around = { label->x, label->y, label->width, 2 * label->height };
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (PtlHitItem));

  ptl_hit_in (p->scene->hit, &around, found);
  for (guint i = 0; i < found->len; i++)
    {
      const PtlHitItem *item = &g_array_index (found, PtlHitItem, i);

      if (item->kind == PTL_HIT_ZONE && zones[item->index].rank > zones[index].rank
          && ptl_box_overlaps (&zones[item->index].box, &zones[index].box))
        return TRUE;
    }
  return FALSE;
}

/* The icon and the name, and below them what hides the arrows. */
static void
paint_zone_name (const PtlPainter *p, guint index)
{
  const PtlGraphZone *zone = &p->scene->graph->zones[index];
  const PtlBox *box = &p->scene->zones[index].box;
  PtlZoneColours colours = zone_colours (p, index);
  PtlTextStyle name = { colours.name, CLAMP (13 / p->scale, 16, 34), TRUE, PTL_TEXT_START, 1 };
  double icon = name.size * 1.15, room = box->width - 44 - icon;
  double width = p->theme->wordless ? 0 : MIN (ptl_surface_text_width (p->surface, &name, zone->name), room);
  PtlBox ground = { box->x + 20, box->y + (PTL_ZONE_HEADER - name.size * PTL_LINE_HEIGHT) / 2, icon + 8 + width,
                    name.size * PTL_LINE_HEIGHT };
  PtlBoxStyle fill = { .fill = colours.fill, .radius = 4 };

  if (p->level == PTL_LEVEL_DOTS || box->height < PTL_ZONE_HEADER / 2 || box->width <= 80)
    return;
  ptl_surface_begin_group (p->surface, "zone-name", zone->id, zone->name);
  ptl_surface_box (p->surface, &ground, &fill);
  ptl_surface_icon (p->surface, zone_icon (zone->kind), ground.x, ground.y, icon, colours.name);
  if (!p->theme->wordless)
    ptl_surface_text (p->surface, &name, ground.x + icon + 8, ground.y, room, zone->name);
  ptl_surface_end_group (p->surface);
}

static gboolean
is_name_covered (const PtlPainter *p, guint index)
{
  const PtlBox *box = &p->scene->zones[index].box;

  return is_covered (p, index, &(PtlBox){ box->x, box->y, box->width, PTL_ZONE_HEADER / 2 });
}

static void
paint_zone (const PtlPainter *p, guint index)
{
  const PtlGraphZone *zone = &p->scene->graph->zones[index];
  PtlZoneColours colours = zone_colours (p, index);
  PtlBoxStyle area = { colours.fill, colours.border, 1.5 * p->hair, 12, FALSE };

  ptl_surface_begin_group (p->surface, "zone", zone->id, zone->name);
  ptl_surface_box (p->surface, &p->scene->zones[index].box, &area);
  ptl_surface_end_group (p->surface);
  if (is_name_covered (p, index))
    paint_zone_name (p, index);
}

/* Names lie above arrows, unless another zone is to lie above them. */
static void
paint_free_zone_name (const PtlPainter *p, guint index)
{
  if (!is_name_covered (p, index))
    paint_zone_name (p, index);
}

/* Far away, a zone's name stands above it: inside it would cover dots. */
static void
paint_zone_label (const PtlPainter *p, guint index)
{
  const PtlGraphZone *zone = &p->scene->graph->zones[index];
  const PtlBox *box = &p->scene->zones[index].box;
  PtlTextStyle name
      = { zone_colours (p, index).name, LABEL_LETTERS / MAX (p->scale, PTL_SMALLEST_SCALE), TRUE, PTL_TEXT_START, 1 };
  double height = name.size * PTL_LINE_HEIGHT, width;
  PtlBox label = { box->x, box->y - height, box->width, height };
  PtlBoxStyle ground = { .fill = (p->theme->background & 0xffffff00) | VEIL };

  if (p->theme->wordless || box->width < name.size * 3 || is_covered (p, index, &label))
    return;
  width = ptl_surface_text_width (p->surface, &name, zone->name);
  if (width > box->width)
    name.size = PTL_SMALLEST_LETTERS / MAX (p->scale, PTL_SMALLEST_SCALE);
  label.y = box->y - name.size * PTL_LINE_HEIGHT - p->hair;
  label.width = MIN (width + 2 * p->hair, box->width);
  ptl_surface_box (p->surface, &label, &ground);
  ptl_surface_text (p->surface, &name, box->x + p->hair, label.y, box->width, zone->name);
}

/* Firewalls */

static void
paint_line (const PtlPainter *p, const PtlSceneLine *line)
{
  PtlLineStyle style = { p->theme->line, 1.5 * p->hair, !p->scene->graph->firewalls[line->firewall].managed };

  ptl_surface_line (p->surface, line->points, line->n_points, &style);
}

static void
paint_line_end (const PtlPainter *p, const PtlSceneLine *line)
{
  double radius = 3 * p->hair;
  PtlPoint end = line->points[line->n_points - 1];
  PtlBox dot = { end.x - radius, end.y - radius, 2 * radius, 2 * radius };
  PtlBoxStyle style = { p->theme->line, 0, 0, radius, FALSE };

  if (p->level > PTL_LEVEL_DOTS)
    ptl_surface_box (p->surface, &dot, &style);
}

static void
paint_firewall_dot (const PtlPainter *p, const PtlBox *box)
{
  double size = MAX (box->height, 6 / p->scale);
  PtlPoint centre = ptl_box_centre (box);
  PtlBox dot = { centre.x - size / 2, centre.y - size / 2, size, size };
  PtlBoxStyle style = { p->theme->card, p->theme->text, MIN (1.5 / p->scale, size / 4), size / 5, FALSE };

  ptl_surface_box (p->surface, &dot, &style);
}

static void
paint_firewall_card (const PtlPainter *p, guint index)
{
  const PtlGraphFirewall *firewall = &p->scene->graph->firewalls[index];
  const PtlBox *box = &p->scene->firewalls[index].box;
  PtlColour colour = firewall->managed ? p->theme->text : p->theme->faint_text;
  PtlBoxStyle card = { p->theme->card, p->theme->line, 1.5 * MIN (p->hair, 2), 10, !firewall->managed };
  PtlTextStyle name = { colour, 12, TRUE, PTL_TEXT_CENTRE, 2 };
  double icon = p->level == PTL_LEVEL_DETAILS ? 22 : 44, left = box->x + (box->width - icon) / 2;
  double room = box->width - 12, height = icon;
  double y;

  if (p->level == PTL_LEVEL_DETAILS)
    height
        += 3
           + (ptl_surface_text_width (p->surface, &name, firewall->name) <= room ? 1 : 2) * name.size * PTL_LINE_HEIGHT;
  y = box->y + (box->height - height) / 2;
  ptl_surface_box (p->surface, box, &card);
  ptl_surface_icon (p->surface, ptl_icon_find ("firewall"), left, y, icon, colour);
  if (p->level == PTL_LEVEL_DETAILS)
    ptl_surface_text (p->surface, &name, box->x + 6, y + icon + 3, room, firewall->name);
}

/* A firewall that the plan does not name: a pill on the boundary. */
static void
paint_implied_pill (const PtlPainter *p, const PtlBox *box, const char *text)
{
  gboolean details = p->level == PTL_LEVEL_DETAILS;
  PtlBoxStyle pill = { p->theme->card, p->theme->line, 1.5 * MIN (p->hair, 2), box->height / 2, TRUE };
  PtlTextStyle name = { p->theme->text, 9.5, FALSE, PTL_TEXT_START, 1 };
  double icon = details ? 13 : 20, room = box->width - icon - 23;
  double width = details ? MIN (ptl_surface_text_width (p->surface, &name, text), room) + 5 : 0;
  double left = box->x + (box->width - icon - width) / 2;

  ptl_surface_box (p->surface, box, &pill);
  ptl_surface_icon (p->surface, ptl_icon_find ("firewall"), left, box->y + (box->height - icon) / 2, icon,
                    p->theme->text);
  if (details)
    ptl_surface_text (p->surface, &name, left + icon + 5, box->y + box->height / 2 - 6.2, width - 4, text);
}

static void
paint_implied (const PtlPainter *p, guint index)
{
  const PtlGraphFirewall *firewall = &p->scene->arrows->talks->routes->firewalls[index];
  const PtlBox *box = &p->scene->implied[index].box;

  if (p->level < PTL_LEVEL_NAMES)
    return; /* the trunk between its zones stands for it */
  ptl_surface_begin_group (p->surface, "firewall", firewall->id, firewall->name);
  paint_implied_pill (p, box, firewall->name);
  ptl_surface_end_group (p->surface);
}

static void
paint_firewall (const PtlPainter *p, guint index)
{
  const PtlGraphFirewall *firewall = &p->scene->graph->firewalls[index];

  ptl_surface_begin_group (p->surface, "firewall", firewall->id, firewall->name);
  if (p->level == PTL_LEVEL_DOTS)
    paint_firewall_dot (p, &p->scene->firewalls[index].box);
  else
    paint_firewall_card (p, index);
  ptl_surface_end_group (p->surface);
}

/* Links */

static void
paint_link (const PtlPainter *p, guint index)
{
  const PtlGraph *graph = p->scene->graph;
  const PtlGraphLink *link = &graph->links[index];
  const PtlLinkKind *kind = &g_array_index (graph->catalogue->links, PtlLinkKind, link->kind);
  PtlLineStyle style = { p->theme->line, MIN (p->hair, 2), TRUE };
  g_autofree char *id = NULL;

  if (p->level == PTL_LEVEL_DOTS)
    return;
  if (p->surface->has_groups)
    id = g_strconcat (kind->kind, "-", graph->nodes[link->from].id, "-", graph->nodes[link->to].id, NULL);
  ptl_surface_begin_group (p->surface, "link", id, kind->title);
  ptl_surface_arrow (p->surface, p->scene->links[index].points, 2, PTL_HEAD_END, &style);
  ptl_surface_end_group (p->surface);
}

/* Nodes */

static const PtlRole *
role_of (const PtlPainter *p, const PtlGraphNode *node, guint i)
{
  return ptl_catalogue_role (p->scene->graph->catalogue, node->roles[i].role);
}

/* The first address, and how many there are beside it. */
static char *
address_text (const PtlGraphNode *node)
{
  const char *end = strchr (node->addresses, ' ');
  guint more = 0;

  for (const char *at = end; at != NULL; at = strchr (at + 1, ' '))
    more++;
  return more == 0 ? g_strdup (node->addresses)
                   : g_strdup_printf ("%.*s +%u", (int) (end - node->addresses), node->addresses, more);
}

static char *
node_tooltip (const PtlPainter *p, const PtlGraphNode *node)
{
  GString *text = g_string_new (node->name);

  if (node->site >= 0)
    g_string_append_printf (text, " (%s)", p->scene->graph->sites[node->site].code);
  for (guint i = 0; i < node->n_roles; i++)
    g_string_append_printf (text, "\n%s", role_of (p, node, i)->title);
  if (*node->addresses != '\0')
    g_string_append_printf (text, "\n%s", node->addresses);
  return g_string_free (text, FALSE);
}

static void
paint_badge (const PtlPainter *p, const PtlBox *card, const char *code)
{
  PtlBox box = { ptl_box_right (card) - PADDING - BADGE_WIDTH, ptl_box_bottom (card) - FOOT - 16, BADGE_WIDTH, 16 };
  PtlBoxStyle badge = { p->theme->badge, 0, 0, 8, FALSE };
  PtlTextStyle text = { p->theme->faint_text, 10, TRUE, PTL_TEXT_CENTRE, 1 };

  ptl_surface_box (p->surface, &box, &badge);
  ptl_surface_text (p->surface, &text, box.x + 1, box.y + 1.5, box.width - 2, code);
}

/* The roles' icons from the left edge of the card; where they do not fit, the number of the others. */
static void
paint_roles (const PtlPainter *p, const PtlGraphNode *node, const PtlBox *card)
{
  double y = ptl_box_bottom (card) - FOOT - ICON_SIZE, x = card->x + PADDING;
  double right = ptl_box_right (card) - PADDING - (node->site >= 0 ? BADGE_WIDTH + 4 : 0);
  guint room = (guint) ((right - x + ICON_STEP - ICON_SIZE) / ICON_STEP);
  guint n = node->n_roles <= room ? node->n_roles : room - 1;

  for (guint i = 0; i < n; i++)
    ptl_surface_icon (p->surface, ptl_icon_find_role (role_of (p, node, i)->name), x + i * ICON_STEP, y, ICON_SIZE,
                      p->theme->text);
  if (n < node->n_roles)
    {
      PtlTextStyle text = { p->theme->faint_text, 11, FALSE, PTL_TEXT_START, 1 };
      g_autofree char *more = g_strdup_printf ("+%u", node->n_roles - n);

      ptl_surface_text (p->surface, &text, x + n * ICON_STEP, y + 1, ICON_STEP + 4, more);
    }
}

static void
paint_details (const PtlPainter *p, const PtlGraphNode *node, const PtlBox *card)
{
  PtlTextStyle name = { p->theme->text, 12.5, TRUE, PTL_TEXT_START, 2 };
  PtlTextStyle address = { p->theme->faint_text, 11, FALSE, PTL_TEXT_START, 1 };
  double width = card->width - 2 * PADDING, x = card->x + PADDING, y = card->y + 6.5;
  g_autofree char *text = address_text (node);

  y += ptl_surface_text (p->surface, &name, x, y, width, node->name) * name.size * PTL_LINE_HEIGHT;
  ptl_surface_text (p->surface, &address, x, y, width, text);
  paint_roles (p, node, card);
  if (node->site >= 0)
    paint_badge (p, card, p->scene->graph->sites[node->site].code);
}

/* Whether the text has no word that is too long for a line. */
static gboolean
words_fit (const PtlPainter *p, const PtlTextStyle *style, const char *text, double room)
{
  g_auto (GStrv) words = g_strsplit_set (text, " -", -1);

  for (char **word = words; *word != NULL; word++)
    if (ptl_surface_text_width (p->surface, style, *word) > room)
      return FALSE;
  return TRUE;
}

/* A name that is to be read from afar: no word is broken, rather the letters are smaller or the end is left out. */
static void
paint_large_name (const PtlPainter *p, const char *text, double x, double middle, double room)
{
  PtlTextStyle name = { p->theme->text, CLAMP (PTL_SMALLEST_LETTERS / p->scale, 15, 23), TRUE, PTL_TEXT_START, 2 };
  double smaller = name.size * SMALLER;

  if (!words_fit (p, &name, text, room))
    name.size = smaller;
  if (name.size == smaller && !words_fit (p, &name, text, room))
    name.lines = 1;
  else if (ptl_surface_text_width (p->surface, &name, text) <= room)
    name.lines = 1;
  ptl_surface_text (p->surface, &name, x, middle - name.lines * name.size * PTL_LINE_HEIGHT / 2, room, text);
}

/* A large icon for what a node is in the first place, and its name where there are letters to read. */
static void
paint_sketch (const PtlPainter *p, const PtlGraphNode *node, const PtlBox *card)
{
  gboolean named = p->level == PTL_LEVEL_NAMES && !p->theme->wordless;
  double icon = named ? 30 : 48, left = named ? card->x + PADDING : card->x + (card->width - icon) / 2;

  if (node->n_roles > 0)
    ptl_surface_icon (p->surface, ptl_icon_find_role (role_of (p, node, 0)->name), left,
                      card->y + (card->height - icon) / 2, icon, p->theme->text);
  left += node->n_roles > 0 ? icon + 8 : 0;
  if (named)
    paint_large_name (p, node->name, left, card->y + card->height / 2, ptl_box_right (card) - PADDING / 2 - left);
}

static void
paint_node (const PtlPainter *p, guint index)
{
  const PtlGraphNode *node = &p->scene->graph->nodes[index];
  const PtlBox *box = &p->scene->nodes[index].box;
  g_autofree char *tooltip = p->surface->has_groups ? node_tooltip (p, node) : NULL;
  PtlBoxStyle card = { p->theme->card, p->theme->card_border, MIN (p->hair, 3), 8, FALSE };

  ptl_surface_begin_group (p->surface, "node", node->id, tooltip);
  if (p->level == PTL_LEVEL_DOTS)
    card = (PtlBoxStyle){ node->zone >= 0 ? zone_colours (p, (guint) node->zone).border : p->theme->line, 0, 0, 20,
                          FALSE };
  ptl_surface_box (p->surface, box, &card);
  if (p->level == PTL_LEVEL_DETAILS)
    paint_details (p, node, box);
  else if (p->level > PTL_LEVEL_DOTS)
    paint_sketch (p, node, box);
  ptl_surface_end_group (p->surface);
}

/* All */

static int
compare_ranks (gconstpointer a, gconstpointer b, gpointer data)
{
  const PtlSceneZone *zones = data;
  guint one = zones[((const PtlHitItem *) a)->index].rank, other = zones[((const PtlHitItem *) b)->index].rank;

  return (one > other) - (one < other);
}

typedef void (*PaintFunc) (const PtlPainter *p, guint index);

/* The found things of one kind; they are sorted by kind. */
static void
paint_kind (const PtlPainter *p, const GArray *found, PtlHitKind kind, PaintFunc paint)
{
  for (guint i = 0; i < found->len; i++)
    {
      const PtlHitItem *item = &g_array_index (found, PtlHitItem, i);

      if (item->kind == kind)
        paint (p, item->index);
    }
}

static void
paint_line_at (const PtlPainter *p, guint index)
{
  paint_line (p, &g_array_index (p->scene->lines, PtlSceneLine, index));
}

static void
paint_line_end_at (const PtlPainter *p, guint index)
{
  paint_line_end (p, &g_array_index (p->scene->lines, PtlSceneLine, index));
}

static void
sort_zones (const PtlScene *scene, GArray *found)
{
  guint first = 0, end;

  while (first < found->len && g_array_index (found, PtlHitItem, first).kind < PTL_HIT_ZONE)
    first++;
  for (end = first; end < found->len && g_array_index (found, PtlHitItem, end).kind == PTL_HIT_ZONE; end++)
    ;
  if (end > first)
    g_qsort_with_data (&g_array_index (found, PtlHitItem, first), (int) (end - first), sizeof (PtlHitItem),
                       compare_ranks, scene->zones);
}

/* The width of a thin line that can be seen, in canvas units. */
static double
hair_at (double scale)
{
  return MAX (1, 1 / scale);
}

/**
 * ptl_painter_reach:
 *
 * Returns: how far things are painted beyond their boxes, in canvas units: lines are as wide and names as large as can
 * be seen
 */
double
ptl_painter_reach (double scale)
{
  return (ptl_level_at (scale) < PTL_LEVEL_NAMES ? FAR_REACH : 8) * hair_at (scale);
}

static PtlPainter
painter_of (const PtlScene *scene, const PtlTheme *theme, PtlSurface *surface, double scale)
{
  return (PtlPainter){ scene, theme, surface, scale, hair_at (scale), ptl_level_at (scale) };
}

/**
 * ptl_painter_paint:
 * @scene: what is painted
 * @theme: in which colours; the background is painted, too
 * @surface: takes canvas units
 * @part: the part of the canvas that is to be seen, in canvas units; nothing outside it needs to be painted
 * @scale: pixels a canvas unit: what would be too small to be read is left out
 *
 * The same part looks the same, whether it is painted alone or as a part of a larger one.
 */
void
ptl_painter_paint (const PtlScene *scene, const PtlTheme *theme, PtlSurface *surface, const PtlBox *part, double scale)
{
  PtlPainter p = painter_of (scene, theme, surface, scale);
  PtlBoxStyle background = { .fill = theme->background };
  PtlBox around = ptl_box_grow (part, ptl_painter_reach (scale));
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (PtlHitItem)), arrows = ptl_find_arrows (&p, &around);

  ptl_hit_in (scene->hit, &around, found);
  sort_zones (scene, found);
  ptl_surface_box (surface, part, &background);
  if (theme->grid != 0)
    paint_grid (&p, part);
  /* Below the zones: where a line passes another zone, it passes behind it. */
  paint_kind (&p, found, PTL_HIT_LINE, paint_line_at);
  paint_kind (&p, found, PTL_HIT_ZONE, paint_zone);
  paint_kind (&p, found, PTL_HIT_LINE, paint_line_end_at);
  paint_kind (&p, found, PTL_HIT_LINK, paint_link);
  ptl_paint_arrows (&p, arrows);
  paint_kind (&p, found, PTL_HIT_ZONE, p.level == PTL_LEVEL_DOTS ? paint_zone_label : paint_free_zone_name);
  ptl_paint_arrow_labels (&p, arrows);
  paint_kind (&p, found, PTL_HIT_IMPLIED, paint_implied);
  paint_kind (&p, found, PTL_HIT_FIREWALL, paint_firewall);
  paint_kind (&p, found, PTL_HIT_NODE, paint_node);
}

/**
 * ptl_painter_paint_some:
 * @arrows: (array length=n_arrows): by their indices in the scene's arrows; far away their trunks are painted instead
 * @nodes: (array length=n_nodes): by their indices
 *
 * Paints these alone, as they look in the picture of everything, on top of what is there.
 */
void
ptl_painter_paint_some (const PtlScene *scene, const PtlTheme *theme, PtlSurface *surface, double scale,
                        const guint *arrows, guint n_arrows, const guint *nodes, guint n_nodes)
{
  PtlPainter p = painter_of (scene, theme, surface, scale);

  ptl_paint_some_arrows (&p, arrows, n_arrows);
  for (guint i = 0; i < n_nodes; i++)
    paint_node (&p, nodes[i]);
}
