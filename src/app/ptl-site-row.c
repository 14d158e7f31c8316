#include "ptl-site-row.h"

#include <glib/gi18n-lib.h>

#include "plan/ptl-records.h"

static guint changed_signal;

G_DEFINE_FINAL_TYPE (PtlSiteRow, ptl_site_row, G_TYPE_OBJECT)

static void
ptl_site_row_finalize (GObject *object)
{
  PtlSiteRow *self = PTL_SITE_ROW (object);

  g_free (self->code);
  g_free (self->name);
  g_object_unref (self->children);
  G_OBJECT_CLASS (ptl_site_row_parent_class)->finalize (object);
}

static void
ptl_site_row_class_init (PtlSiteRowClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ptl_site_row_finalize;
  changed_signal = g_signal_new ("changed", PTL_TYPE_SITE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ptl_site_row_init (PtlSiteRow *self)
{
  self->name = g_strdup ("");
  self->children = g_list_store_new (PTL_TYPE_SITE_ROW);
}

PtlSiteRow *
ptl_site_row_new (const char *code)
{
  PtlSiteRow *self = g_object_new (PTL_TYPE_SITE_ROW, NULL);

  self->code = g_strdup (code);
  return self;
}

void
ptl_site_row_update (PtlSiteRow *self, const PtlSite *site, guint index, guint n_nodes)
{
  gboolean same = g_str_equal (self->name, site->name) && self->kind == site->kind && self->n_nodes == n_nodes;

  self->index = index;
  if (same)
    return;
  ptl_replace_text (&self->name, site->name);
  self->kind = site->kind;
  self->n_nodes = n_nodes;
  g_signal_emit (self, changed_signal, 0);
}

char *
ptl_site_row_describe (PtlSiteRow *self)
{
  const char *const kinds[] = { _ ("Central administration site"), _ ("Primary site"), _ ("Secondary site") };
  g_autofree char *nodes
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node", "%u nodes", self->n_nodes), self->n_nodes);

  /* Translators: a site's kind and how many nodes it has. */
  return g_strdup_printf (_ ("%s, %s"), kinds[self->kind], nodes);
}
