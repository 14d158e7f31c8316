#include "ptl-canvas-hand.h"

#include <glib/gi18n.h>
#include <string.h>

#include "plan/ptl-edit-add.h"
#include "plan/ptl-edit-delete.h"
#include "plan/ptl-edit-fields.h"
#include "plan/ptl-edit-place.h"
#include "plan/ptl-edit-sites.h"

/* The context menu, and the actions of its own. What all menus have are actions of the window. */

#define MOST_ITEMS 40 /* of a submenu that the plan fills */

static gboolean
check (PtlCanvas *self, gboolean done, GError *error)
{
  return ptl_session_check (self->session, done, error);
}

/* The nodes, or firewalls, that are selected; free with g_array_unref (). */
static GArray *
selected_of (PtlCanvas *self, PtlRecordKind kind)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (PtlItem));
  guint n;
  const PtlItem *selected = ptl_session_get_selected (self->session, &n);

  for (guint i = 0; i < n; i++)
    if (selected[i].kind == kind)
      g_array_append_val (items, selected[i]);
  return items;
}

/* Actions */

static void
on_add_role_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlCanvas *self = PTL_CANVAS (widget);
  g_autoptr (GArray) nodes = selected_of (self, PTL_RECORD_NODE);
  GError *error = NULL;

  check (self,
         ptl_edit_add_role (ptl_session_get_history (self->session), (const PtlItem *) (gpointer) nodes->data,
                            nodes->len, (guint) g_variant_get_int32 (parameter), &error),
         error);
}

static void
on_set_site_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlCanvas *self = PTL_CANVAS (widget);
  g_autoptr (GArray) nodes = selected_of (self, PTL_RECORD_NODE);
  GError *error = NULL;

  check (self,
         ptl_edit_set_site (ptl_session_get_history (self->session), (const PtlItem *) (gpointer) nodes->data,
                            nodes->len, g_variant_get_int32 (parameter), &error),
         error);
}

static void
on_set_zone_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlCanvas *self = PTL_CANVAS (widget);
  g_autoptr (GArray) nodes = selected_of (self, PTL_RECORD_NODE);
  GError *error = NULL;

  check (self,
         ptl_edit_set_zone (ptl_session_get_history (self->session), (const PtlItem *) (gpointer) nodes->data,
                            nodes->len, g_variant_get_int32 (parameter), &error),
         error);
}

/* Joins the firewall to the zone, or parts it from one that it joins. */
static void
on_join_zone_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlCanvas *self = PTL_CANVAS (widget);
  g_autoptr (GArray) firewalls = selected_of (self, PTL_RECORD_FIREWALL);

  if (firewalls->len == 1)
    ptl_hand_toggle_zone (self, g_array_index (firewalls, PtlItem, 0).index, (guint) g_variant_get_int32 (parameter));
}

/* The parameter: the kind of the link and the node at its other end. */
static void
on_link_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlCanvas *self = PTL_CANVAS (widget);
  g_autoptr (GArray) nodes = selected_of (self, PTL_RECORD_NODE);
  GError *error = NULL;
  guint kind, to;

  g_variant_get (parameter, "(uu)", &kind, &to);
  if (nodes->len == 1)
    check (self,
           ptl_edit_add_link (ptl_session_get_history (self->session), kind, g_array_index (nodes, PtlItem, 0).index,
                              to, &error),
           error);
}

static void
on_unlink_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlCanvas *self = PTL_CANVAS (widget);
  PtlItem link = { PTL_RECORD_LINK, (guint) g_variant_get_int32 (parameter) };
  GError *error = NULL;

  check (self, ptl_edit_delete (ptl_session_get_history (self->session), &link, 1, &error), error);
}

static void
on_draw_zone_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ptl_canvas_draw_zone (PTL_CANVAS (widget), (PtlZoneKind) g_variant_get_int32 (parameter));
}

static void
on_select_members_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlCanvas *self = PTL_CANVAS (widget);
  const PtlGraph *graph = ptl_session_get_scene (self->session)->graph;
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (PtlItem));

  for (guint i = 0; i < graph->n_nodes; i++)
    {
      PtlItem node = { PTL_RECORD_NODE, i };

      if (graph->nodes[i].zone >= 0
          && ptl_session_is_selected (self->session, (PtlItem){ PTL_RECORD_ZONE, (guint) graph->nodes[i].zone }))
        g_array_append_val (members, node);
    }
  ptl_session_select (self->session, (const PtlItem *) (gpointer) members->data, members->len, PTL_SELECT_ONLY);
}

void
ptl_canvas_install_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "canvas.add-role", "i", on_add_role_cb);
  gtk_widget_class_install_action (class, "canvas.set-site", "i", on_set_site_cb);
  gtk_widget_class_install_action (class, "canvas.set-zone", "i", on_set_zone_cb);
  gtk_widget_class_install_action (class, "canvas.join-zone", "i", on_join_zone_cb);
  gtk_widget_class_install_action (class, "canvas.link", "(uu)", on_link_cb);
  gtk_widget_class_install_action (class, "canvas.unlink", "i", on_unlink_cb);
  gtk_widget_class_install_action (class, "canvas.draw-zone", "i", on_draw_zone_cb);
  gtk_widget_class_install_action (class, "canvas.select-members", NULL, on_select_members_cb);
}

/* Submenus that the plan or the catalogue fills */

/* Names are people's own: an underscore in one is no mnemonic. */
static void
append (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);
  g_autoptr (GMenuItem) item = g_menu_item_new (escaped, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static void
append_int (GMenu *menu, const char *label, const char *action, int target)
{
  append (menu, label, action, g_variant_new_int32 (target));
}

static const char *
role_kind_title (PtlRoleKind kind)
{
  switch (kind)
    {
    case PTL_ROLE_SITE_SYSTEM:
      return _ ("Site System");
    case PTL_ROLE_CLIENT_LIKE:
      return _ ("Client");
    case PTL_ROLE_TOOL:
      return _ ("Tool");
    case PTL_ROLE_INFRASTRUCTURE:
      return _ ("Infrastructure");
    case PTL_ROLE_OUTSIDE:
      return _ ("Cloud and Outside");
    }
  return "";
}

/* By kind, without those that the node has and those that the product no longer has. */
static void
fill_roles (GMenu *menu, const PtlPlan *plan, const PtlNode *node)
{
  for (guint kind = PTL_ROLE_SITE_SYSTEM; kind <= PTL_ROLE_OUTSIDE; kind++)
    {
      g_autoptr (GMenu) roles = g_menu_new ();

      for (guint i = 0; i < plan->catalogue->roles->len; i++)
        {
          const PtlRole *role = ptl_catalogue_role (plan->catalogue, i);

          if (role->kind == kind && !role->removed && ptl_node_find_role (node, i) == NULL)
            append_int (roles, _ (role->title), "canvas.add-role", (int) i);
        }
      if (g_menu_model_get_n_items (G_MENU_MODEL (roles)) > 0)
        g_menu_append_submenu (menu, role_kind_title (kind), G_MENU_MODEL (roles));
    }
}

static void
fill_sites (GMenu *menu, const PtlPlan *plan, const PtlNode *node)
{
  for (guint i = 0; i < plan->sites->len && i < MOST_ITEMS; i++)
    {
      const PtlSite *site = plan->sites->pdata[i];
      g_autofree char *label
          = *site->name != '\0' ? g_strdup_printf ("%s %s", site->code, site->name) : g_strdup (site->code);

      if (g_strcmp0 (site->code, node->site) != 0)
        append_int (menu, label, "canvas.set-site", (int) i);
    }
  if (node->site != NULL)
    append_int (menu, _ ("None"), "canvas.set-site", -1);
}

static void
fill_zones (GMenu *menu, const PtlPlan *plan, const PtlNode *node)
{
  for (guint i = 0; i < plan->zones->len && i < MOST_ITEMS; i++)
    {
      const PtlZone *zone = plan->zones->pdata[i];

      if (g_strcmp0 (zone->id, node->zone) != 0)
        append_int (menu, zone->name, "canvas.set-zone", (int) i);
    }
  if (node->zone != NULL)
    append_int (menu, _ ("None"), "canvas.set-zone", -1);
}

static void
fill_joins (GMenu *join, GMenu *leave, const PtlPlan *plan, const PtlFirewall *firewall)
{
  for (guint i = 0; i < plan->zones->len && i < MOST_ITEMS; i++)
    {
      const PtlZone *zone = plan->zones->pdata[i];
      gboolean joined = g_ptr_array_find_with_equal_func (firewall->zones, zone->id, g_str_equal, NULL);

      append_int (joined ? leave : join, zone->name, "canvas.join-zone", (int) i);
    }
}

/* For each kind of link the nodes that it could lead to; then the links there are, to be removed. */
static void
fill_links (GMenu *menu, const PtlPlan *plan, guint index)
{
  const PtlNode *node = plan->nodes->pdata[index];
  g_autoptr (GMenu) unlink = g_menu_new ();

  for (guint kind = 0; kind < plan->catalogue->links->len; kind++)
    {
      g_autoptr (GMenu) targets = g_menu_new ();

      for (guint i = 0; i < plan->nodes->len && g_menu_model_get_n_items (G_MENU_MODEL (targets)) < MOST_ITEMS; i++)
        if (ptl_plan_can_link (plan, kind, index, i))
          append (targets, ((const PtlNode *) plan->nodes->pdata[i])->name, "canvas.link",
                  g_variant_new ("(uu)", kind, i));
      if (g_menu_model_get_n_items (G_MENU_MODEL (targets)) > 0)
        g_menu_append_submenu (menu, _ (g_array_index (plan->catalogue->links, PtlLinkKind, kind).title),
                               G_MENU_MODEL (targets));
    }
  for (guint i = 0; i < plan->links->len; i++)
    {
      const PtlLink *link = plan->links->pdata[i];

      if (strcmp (link->from, node->id) == 0)
        append_int (unlink, ptl_hand_node_name (plan, link->to), "canvas.unlink", (int) i);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (unlink)) > 0)
    g_menu_append_submenu (menu, _ ("Remove _Link To"), G_MENU_MODEL (unlink));
}

static void
fill_drawing (GMenu *menu)
{
  const char *const kinds[] = { _ ("Intranet zone"), _ ("Perimeter zone"), _ ("Internet zone"), _ ("Cloud zone") };

  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    append_int (menu, kinds[kind], "canvas.draw-zone", (int) kind);
}

/* The menu */

static GMenu *
object (GtkBuilder *builder, const char *id)
{
  return G_MENU (gtk_builder_get_object (builder, id));
}

/* For what is selected: of its kind, the kind being that of the first. */
static GMenu *
build_menu (PtlCanvas *self, GtkBuilder *builder)
{
  const PtlPlan *plan = ptl_session_get_plan (self->session);
  guint n;
  const PtlItem *selected = ptl_session_get_selected (self->session, &n);
  GMenu *menu;

  if (n == 0 || selected[n - 1].kind == PTL_RECORD_SITE)
    {
      fill_drawing (object (builder, "draw_menu"));
      return object (builder, "canvas_menu");
    }
  if (selected[n - 1].kind == PTL_RECORD_NODE)
    {
      const PtlNode *node = plan->nodes->pdata[selected[n - 1].index];

      menu = object (builder, "node_menu");
      fill_roles (object (builder, "role_menu"), plan, node);
      fill_sites (object (builder, "site_menu"), plan, node);
      fill_zones (object (builder, "zone_menu"), plan, node);
      if (n == 1)
        fill_links (object (builder, "link_section"), plan, selected[0].index);
    }
  else if (selected[n - 1].kind == PTL_RECORD_FIREWALL)
    {
      menu = object (builder, "firewall_menu");
      fill_joins (object (builder, "join_menu"), object (builder, "leave_menu"), plan,
                  plan->firewalls->pdata[selected[n - 1].index]);
    }
  else
    menu = object (builder, "area_menu");
  if (n > 1)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (object (builder, "several_menu")));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (object (builder, "edit_menu")));
  return menu;
}

/* One popover for all menus: GTK 4.8 loses count of what is pressed when one goes that was just used. */
static GtkWidget *
get_menu (PtlCanvas *self)
{
  if (self->hand->menu != NULL)
    return self->hand->menu;
  self->hand->menu = gtk_popover_menu_new_from_model_full (NULL, GTK_POPOVER_MENU_NESTED);
  gtk_widget_set_parent (self->hand->menu, GTK_WIDGET (self));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->hand->menu), FALSE);
  gtk_widget_set_halign (self->hand->menu, GTK_ALIGN_START);
  return self->hand->menu;
}

/* x and y: of the view. */
static void
open_menu (PtlCanvas *self, double x, double y)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/portolan/ui/ptl-canvas-menu.ui");
  GtkWidget *menu = get_menu (self);

  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (menu), G_MENU_MODEL (build_menu (self, builder)));
  gtk_popover_set_pointing_to (GTK_POPOVER (menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (menu));
}

/* At a point of the view, for what is there. */
void
ptl_hand_open_menu_at (PtlCanvas *self, double x, double y)
{
  PtlPick pick;

  if (self->session == NULL)
    return;
  ptl_hand_cancel_drag (self);
  pick = ptl_hand_pick (self, x, y);
  if (!pick.found)
    ptl_session_select (self->session, NULL, 0, PTL_SELECT_ONLY);
  else if (!ptl_session_is_selected (self->session, pick.item))
    ptl_session_select (self->session, &pick.item, 1, PTL_SELECT_ONLY);
  open_menu (self, x, y);
}

/* By key: at what is selected, or in the middle. */
void
ptl_hand_open_menu_at_selection (PtlCanvas *self)
{
  PtlPoint at = { self->viewport.width / 2, self->viewport.height / 2 };
  guint n;
  const PtlItem *selected = ptl_session_get_selected (self->session, &n);

  if (n > 0 && selected[n - 1].kind != PTL_RECORD_SITE)
    {
      PtlBox box = ptl_hand_box_of (self, selected[n - 1]);

      at = ptl_viewport_to_view (&self->viewport, box.x + box.width / 2, box.y + MIN (box.height / 2, PTL_ZONE_HEADER));
      at.x = CLAMP (at.x, 0, self->viewport.width);
      at.y = CLAMP (at.y, 0, self->viewport.height);
    }
  open_menu (self, at.x, at.y);
}
