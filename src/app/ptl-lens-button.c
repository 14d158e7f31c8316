#include "ptl-lens-button.h"

#include <glib/gi18n.h>

#include "ptl-filter-box.h"
#include "ptl-item-words.h"

#define N_PHASES 3 /* both, and each alone: in the order of the toggles, the first is phase -1 */

struct _PtlLensButton
{
  GtkBox parent_instance;

  PtlSession *session;
  GtkWidget *button;
  GtkLabel *label;
  GtkToggleButton *both, *operation, *installation;
  GtkDropDown *site;
  GtkDropDown *firewall;
  GtkStringList *sites; /* the first entry stands for all of them; so below */
  GtkStringList *firewalls;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (PtlLensButton, ptl_lens_button, GTK_TYPE_BOX)

/* What is looked at */

static const char *
site_code (PtlLensButton *self, int site)
{
  const PtlPlan *plan = ptl_session_get_plan (self->session);

  return site >= 0 ? ((const PtlSite *) plan->sites->pdata[site])->code : NULL;
}

static const PtlGraphFirewall *
firewall_at (PtlLensButton *self, int firewall)
{
  return firewall >= 0 ? &ptl_session_get_routes (self->session)->firewalls[firewall] : NULL;
}

static void
set_lens (PtlLensButton *self, int phase, int site, int firewall)
{
  const PtlGraphFirewall *record = firewall_at (self, firewall);

  ptl_session_set_lens (self->session, phase, site_code (self, site), record != NULL ? record->id : NULL);
}

static void
update_label (PtlLensButton *self)
{
  g_autofree char *words = ptl_filter_words (self->session);
  /* Translators: %s is what of the flows is shown, such as “operation · site P01”. */
  g_autofree char *spoken
      = words != NULL ? g_strdup_printf (_ ("Only %s is shown"), words) : g_strdup (_ ("All flows are shown"));

  gtk_label_set_text (self->label, words != NULL ? _ ("Some Flows") : _ ("All Flows"));
  gtk_widget_set_tooltip_text (self->button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  (words != NULL ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (self), "restricted");
}

static void
on_results_changed_cb (PtlSession *session, PtlLensButton *self)
{
  update_label (self);
}

/* The popover */

static void
fill_sites (PtlLensButton *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < ptl_session_get_plan (self->session)->sites->len; i++)
    g_ptr_array_add (names, ptl_item_name (self->session, (PtlItem){ PTL_RECORD_SITE, i }));
  g_ptr_array_add (names, NULL);
  gtk_string_list_splice (self->sites, 1, g_list_model_get_n_items (G_LIST_MODEL (self->sites)) - 1,
                          (const char *const *) names->pdata);
}

static void
fill_firewalls (PtlLensButton *self)
{
  PtlRoutes *routes = ptl_session_get_routes (self->session);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < routes->n_firewalls; i++)
    g_ptr_array_add (names, (gpointer) routes->firewalls[i].name);
  g_ptr_array_add (names, NULL);
  gtk_string_list_splice (self->firewalls, 1, g_list_model_get_n_items (G_LIST_MODEL (self->firewalls)) - 1,
                          (const char *const *) names->pdata);
}

static void
update_choices (PtlLensButton *self)
{
  const PtlLens *lens = ptl_session_get_lens (self->session);
  GtkToggleButton *const toggles[N_PHASES] = { self->both, self->operation, self->installation };

  self->updating = TRUE;
  fill_sites (self);
  fill_firewalls (self);
  gtk_toggle_button_set_active (toggles[lens->phase + 1], TRUE);
  gtk_drop_down_set_selected (self->site, (guint) (lens->site + 1));
  gtk_drop_down_set_selected (self->firewall, (guint) (lens->firewall + 1));
  self->updating = FALSE;
}

static void
on_show_cb (GtkWidget *popover, PtlLensButton *self)
{
  if (self->session != NULL)
    update_choices (self);
}

/* An edit, such as one that is undone by its keys, while the popover is open. */
static void
on_session_changed_cb (PtlSession *session, const PtlTouched *touched, PtlLensButton *self)
{
  if (touched->difference & PTL_DIFFERS_MEANING && gtk_widget_get_mapped (GTK_WIDGET (self->site)))
    update_choices (self);
}

static void
on_phase_cb (GtkToggleButton *toggle, PtlLensButton *self)
{
  const PtlLens *lens;

  if (self->updating || self->session == NULL || !gtk_toggle_button_get_active (toggle))
    return;
  lens = ptl_session_get_lens (self->session);
  set_lens (self,
            toggle == self->both        ? -1
            : toggle == self->operation ? PTL_PHASE_OPERATION
                                        : PTL_PHASE_INSTALLATION,
            lens->site, lens->firewall);
}

static void
on_site_cb (GtkDropDown *site, GParamSpec *spec, PtlLensButton *self)
{
  const PtlLens *lens;

  if (self->updating || self->session == NULL)
    return;
  lens = ptl_session_get_lens (self->session);
  set_lens (self, lens->phase, (int) gtk_drop_down_get_selected (site) - 1, lens->firewall);
}

static void
on_firewall_cb (GtkDropDown *firewall, GParamSpec *spec, PtlLensButton *self)
{
  const PtlLens *lens;

  if (self->updating || self->session == NULL)
    return;
  lens = ptl_session_get_lens (self->session);
  set_lens (self, lens->phase, lens->site, (int) gtk_drop_down_get_selected (firewall) - 1);
}

static void
ptl_lens_button_dispose (GObject *object)
{
  ptl_lens_button_set_session (PTL_LENS_BUTTON (object), NULL);
  G_OBJECT_CLASS (ptl_lens_button_parent_class)->dispose (object);
}

static void
ptl_lens_button_class_init (PtlLensButtonClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = ptl_lens_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/portolan/ui/ptl-lens-button.ui");
  gtk_widget_class_bind_template_child (widget_class, PtlLensButton, button);
  gtk_widget_class_bind_template_child (widget_class, PtlLensButton, label);
  gtk_widget_class_bind_template_child (widget_class, PtlLensButton, both);
  gtk_widget_class_bind_template_child (widget_class, PtlLensButton, operation);
  gtk_widget_class_bind_template_child (widget_class, PtlLensButton, installation);
  gtk_widget_class_bind_template_child (widget_class, PtlLensButton, site);
  gtk_widget_class_bind_template_child (widget_class, PtlLensButton, firewall);
  gtk_widget_class_bind_template_child (widget_class, PtlLensButton, sites);
  gtk_widget_class_bind_template_child (widget_class, PtlLensButton, firewalls);
  gtk_widget_class_bind_template_callback (widget_class, on_show_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_phase_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_site_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_firewall_cb);
}

static void
ptl_lens_button_init (PtlLensButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ptl_lens_button_set_session (PtlLensButton *self, PtlSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect (session, "changed", G_CALLBACK (on_session_changed_cb), self);
  g_signal_connect (session, "results-changed", G_CALLBACK (on_results_changed_cb), self);
  update_label (self);
}
