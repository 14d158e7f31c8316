#include "ptl-palette.h"

#include <glib/gi18n-lib.h>

#include "ptl-palette-row.h"
#include "ptl-palette-section.h"

#define N_SECTIONS 6

struct _PtlPalette
{
  GtkBox parent_instance;

  GtkSearchEntry *search;
  GtkListBox *list;
  PtlPaletteSection *headings[N_SECTIONS];
  const PtlCatalogue *catalogue; /* that the list was made from, or NULL */
  gboolean double_click;         /* activates the row that is activated next */
};

static guint placed_signal, drawn_signal;

G_DEFINE_FINAL_TYPE (PtlPalette, ptl_palette, GTK_TYPE_BOX)

/* What there is */

typedef struct
{
  const char *title;
  guint role_kinds; /* bits 1 << PtlRoleKind */
} Section;

static const Section sections[N_SECTIONS] = {
  { N_ ("Sites"), 0 },
  { N_ ("Roles"), 1 << PTL_ROLE_SITE_SYSTEM },
  { N_ ("Clients"), 1 << PTL_ROLE_CLIENT_LIKE | 1 << PTL_ROLE_TOOL },
  { N_ ("Infrastructure"), 1 << PTL_ROLE_INFRASTRUCTURE },
  { N_ ("Cloud and outside"), 1 << PTL_ROLE_OUTSIDE },
  { N_ ("Zones and firewall"), 0 },
};

/* What is not a role. */
static const PtlPaletteThing things[] = {
  { { PTL_STENCIL_SITE, PTL_SITE_CAS }, 0, N_ ("Central administration site"), "CAS", NULL, "site-cas", FALSE },
  { { PTL_STENCIL_SITE, PTL_SITE_PRIMARY }, 0, N_ ("Primary site"), NULL, NULL, "site-primary", FALSE },
  { { PTL_STENCIL_SITE, PTL_SITE_SECONDARY }, 0, N_ ("Secondary site"), NULL, NULL, "site-secondary", FALSE },
  { { PTL_STENCIL_ZONE, PTL_ZONE_INTRANET }, 5, N_ ("Intranet zone"), NULL, "LAN", "zone-intranet", FALSE },
  { { PTL_STENCIL_ZONE, PTL_ZONE_PERIMETER }, 5, N_ ("Perimeter zone"), "DMZ", NULL, "zone-perimeter", FALSE },
  { { PTL_STENCIL_ZONE, PTL_ZONE_INTERNET }, 5, N_ ("Internet zone"), NULL, NULL, "zone-internet", FALSE },
  { { PTL_STENCIL_ZONE, PTL_ZONE_CLOUD }, 5, N_ ("Cloud zone"), NULL, NULL, "zone-cloud", FALSE },
  { { PTL_STENCIL_FIREWALL, 0 }, 5, N_ ("Firewall"), NULL, "FW", "firewall", FALSE },
};

static void
add_things (PtlPalette *self, guint section)
{
  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    if (things[i].section == section)
      gtk_list_box_append (self->list, ptl_palette_row_new (&things[i]));
}

static void
add_roles (PtlPalette *self, guint section, gboolean removed)
{
  for (guint i = 0; i < self->catalogue->roles->len; i++)
    {
      const PtlRole *role = ptl_catalogue_role (self->catalogue, i);
      PtlPaletteThing thing
          = { { PTL_STENCIL_ROLE, i }, section, role->title, role->short_name, role->also, role->name, removed };

      if ((sections[section].role_kinds & 1u << role->kind) && role->removed == removed)
        gtk_list_box_append (self->list, ptl_palette_row_new (&thing));
    }
}

static void
fill (PtlPalette *self)
{
  for (guint i = 0; i < N_SECTIONS; i++)
    {
      self->headings[i] = PTL_PALETTE_SECTION (ptl_palette_section_new (_ (sections[i].title)));
      gtk_list_box_append (self->list, GTK_WIDGET (self->headings[i]));
      add_things (self, i);
      add_roles (self, i, FALSE);
      add_roles (self, i, TRUE);
    }
}

static void
clear (PtlPalette *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

/* Searching */

static const char *
search_text (PtlPalette *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->search));
}

/* While searching: the hits, without headings. */
static gboolean
shows_row (GtkListBoxRow *row, gpointer data)
{
  PtlPalette *self = data;
  const char *text = search_text (self);

  if (!PTL_IS_PALETTE_ROW (row))
    return *text == '\0';
  if (*text != '\0')
    return ptl_palette_row_matches (PTL_PALETTE_ROW (row), text);
  return ptl_palette_section_get_expanded (self->headings[ptl_palette_row_get_thing (PTL_PALETTE_ROW (row))->section]);
}

/* What Enter takes: what is called just so, else the first hit. */
static GtkListBoxRow *
best_hit (PtlPalette *self)
{
  const char *text = search_text (self);
  GtkListBoxRow *row, *first = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      const char *short_name
          = PTL_IS_PALETTE_ROW (row) ? ptl_palette_row_get_thing (PTL_PALETTE_ROW (row))->short_name : NULL;

      if (short_name != NULL && g_ascii_strcasecmp (short_name, text) == 0)
        return row;
      if (first == NULL && gtk_widget_get_child_visible (GTK_WIDGET (row)))
        first = row;
    }
  return first;
}

static void
place (PtlPalette *self, PtlPaletteRow *row)
{
  const PtlStencil *stencil = &ptl_palette_row_get_thing (row)->stencil;
  gboolean drawn = self->double_click && stencil->kind == PTL_STENCIL_ZONE;

  self->double_click = FALSE;
  g_signal_emit (self, drawn ? drawn_signal : placed_signal, 0, stencil);
}

static void
on_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, PtlPalette *self)
{
  self->double_click = n_press == 2;
}

static void
on_row_activated_cb (GtkListBox *list, GtkListBoxRow *row, PtlPalette *self)
{
  PtlPaletteSection *section;

  if (PTL_IS_PALETTE_ROW (row))
    {
      place (self, PTL_PALETTE_ROW (row));
      return;
    }
  section = PTL_PALETTE_SECTION (row);
  ptl_palette_section_set_expanded (section, !ptl_palette_section_get_expanded (section));
  gtk_list_box_invalidate_filter (self->list);
}

static void
on_search_changed_cb (GtkEditable *search, PtlPalette *self)
{
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_select_row (self->list, *search_text (self) != '\0' ? best_hit (self) : NULL);
}

static void
on_search_activate_cb (GtkSearchEntry *search, PtlPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    place (self, PTL_PALETTE_ROW (row));
}

static void
on_stop_search_cb (GtkSearchEntry *search, PtlPalette *self)
{
  gtk_editable_set_text (GTK_EDITABLE (search), "");
}

/* Down leads from the search to what it found. */
static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, PtlPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || (row == NULL && (row = best_hit (self)) == NULL))
    return FALSE;
  return gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
ptl_palette_class_init (PtlPaletteClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  placed_signal = g_signal_new ("placed", PTL_TYPE_PALETTE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                PTL_TYPE_STENCIL | G_SIGNAL_TYPE_STATIC_SCOPE);
  drawn_signal = g_signal_new ("drawn", PTL_TYPE_PALETTE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               PTL_TYPE_STENCIL | G_SIGNAL_TYPE_STATIC_SCOPE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlPalette, search);
  gtk_widget_class_bind_template_child (widget_class, PtlPalette, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
}

static void
ptl_palette_init (PtlPalette *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, shows_row, self, NULL);
}

void
ptl_palette_set_session (PtlPalette *self, PtlSession *session)
{
  const PtlCatalogue *catalogue = session != NULL ? ptl_session_get_plan (session)->catalogue : NULL;

  if (catalogue == self->catalogue)
    return;
  clear (self);
  self->catalogue = catalogue;
  if (catalogue != NULL)
    fill (self);
}

void
ptl_palette_focus_search (PtlPalette *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
