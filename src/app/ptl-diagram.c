#include "ptl-diagram.h"

#include <glib/gi18n.h>

#include "ptl-filter-box.h"

/* Laying out */

typedef struct
{
  PtlDiagramOrder order;
  PtlScene *shown; /* the session's */
  PtlRoutes *routes;
  PtlLens lens;
  PtlScene *scene; /* what is drawn; NULL: it is to be made */
  char *diagram, *phase, *date;
} Layout;

static void
layout_free (gpointer data)
{
  Layout *layout = data;

  ptl_scene_unref (layout->shown);
  ptl_routes_unref (layout->routes);
  ptl_scene_unref (layout->scene);
  g_free (layout->diagram);
  g_free (layout->phase);
  g_free (layout->date);
  g_free (layout);
}

static PtlScene *
make_scene (const Layout *layout)
{
  g_autoptr (PtlSheets) sheets = ptl_sheets_new (layout->routes, FALSE);
  g_autoptr (PtlTalks) talks = ptl_talks_new (layout->routes, sheets, &layout->lens);

  if (layout->lens.firewall >= 0)
    return ptl_scene_for_firewall (layout->shown, talks);
  return ptl_scene_complete (layout->shown, talks, NULL);
}

static void
lay_out (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Layout *layout = data;
  PtlPageSetup setup = layout->order.setup;
  PtlPageWords words = { layout->diagram, layout->phase, layout->date, "Portolan " PTL_VERSION };

  if (layout->scene == NULL)
    layout->scene = make_scene (layout);
  if (layout->order.turn
      && (layout->scene->bounds.width < layout->scene->bounds.height) != (setup.width < setup.height))
    {
      setup.width = layout->order.setup.height;
      setup.height = layout->order.setup.width;
    }
  g_task_return_pointer (task, ptl_pages_new (layout->scene, &setup, &words), (GDestroyNotify) ptl_pages_unref);
}

/* The words and what is filtered: nothing is left out of a picture silently. Takes the words. */
static char *
with_filter (char *words, const PtlLens *lens)
{
  g_autofree char *before = words, *filter = ptl_filter_words_of (&lens->filter);

  return filter != NULL ? g_strdup_printf ("%s · %s", before, filter) : g_steal_pointer (&before);
}

/* What of the plan is drawn. */
static char *
diagram_words (const PtlRoutes *routes, const PtlLens *lens)
{
  const char *site = lens->site >= 0 ? routes->flows->graph->sites[lens->site].code : NULL;
  const char *firewall = lens->firewall >= 0 ? routes->firewalls[lens->firewall].name : NULL;

  if (site != NULL && firewall != NULL)
    return g_strdup_printf (_ ("%s, site %s"), firewall, site);
  if (firewall != NULL)
    return g_strdup (firewall);
  return site != NULL ? g_strdup_printf (_ ("Site %s"), site) : g_strdup (_ ("Whole plan"));
}

static const char *
phase_words (const PtlLens *lens)
{
  static const char *const phases[] = { N_ ("Operation and installation"), N_ ("Operation"), N_ ("Installation") };

  return _ (phases[lens->phase + 1]);
}

static char *
today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d");
}

void
ptl_diagram_lay_out_async (PtlSession *session, const PtlDiagramOrder *order, PtlPages *before,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (session, NULL, callback, data);
  Layout *layout = g_new0 (Layout, 1);

  layout->order = *order;
  layout->shown = ptl_scene_ref (ptl_session_get_scene (session));
  layout->routes = ptl_routes_ref (ptl_session_get_routes (session));
  layout->lens = *ptl_session_get_lens (session);
  layout->lens.firewall = order->firewall;
  if (before != NULL)
    layout->scene = ptl_scene_ref (ptl_pages_get_scene (before));
  else if (order->firewall < 0 && ptl_session_get_lens (session)->firewall < 0 && !ptl_session_is_busy (session))
    layout->scene = ptl_scene_ref (layout->shown);
  layout->diagram = with_filter (diagram_words (layout->routes, &layout->lens), &layout->lens);
  layout->phase = g_strdup (phase_words (&layout->lens));
  layout->date = today ();
  g_task_set_task_data (task, layout, layout_free);
  g_task_run_in_thread (task, lay_out);
}

PtlPages *
ptl_diagram_lay_out_finish (PtlSession *session, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

char *
ptl_diagram_lens_words (PtlSession *session)
{
  const PtlLens *lens = ptl_session_get_lens (session);
  const PtlGraph *graph = ptl_session_get_flows (session)->graph;
  g_autofree char *words = with_filter (g_strdup (phase_words (lens)), lens);

  if (lens->site >= 0)
    return g_strdup_printf (_ ("Flows as in the window: %s, site %s."), words, graph->sites[lens->site].code);
  return g_strdup_printf (_ ("Flows as in the window: %s."), words);
}

/* Writing */

typedef struct
{
  PtlPages *pages;
  PtlPictureFormat format;
  GFile *file;
  PtlPageDone done;
  gpointer data;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  ptl_pages_unref (writing->pages);
  g_object_unref (writing->file);
  g_free (writing);
}

typedef struct
{
  GTask *task;
  guint page;
} Done;

static gboolean
on_told_cb (gpointer data)
{
  Done *done = data;
  const Writing *writing = g_task_get_task_data (done->task);

  if (!g_task_get_completed (done->task))
    writing->done (done->page, writing->data);
  g_object_unref (done->task);
  g_free (done);
  return G_SOURCE_REMOVE;
}

/* In the thread that writes. */
static void
on_page_done_cb (guint page, gpointer data)
{
  GTask *task = data;
  const Writing *writing = g_task_get_task_data (task);
  Done *done;

  if (writing->done == NULL)
    return;
  done = g_new (Done, 1);
  *done = (Done){ g_object_ref (task), page };
  g_idle_add (on_told_cb, done);
}

static void
write_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Writing *writing = data;
  g_autofree char *path = g_file_get_path (writing->file);
  GError *error = NULL;

  if (path == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _ ("Choose a folder of this computer."));
  else if (ptl_picture_save_pages (writing->pages, writing->format, path, on_page_done_cb, task, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
ptl_diagram_write_async (PtlPages *pages, PtlPictureFormat format, GFile *file, PtlPageDone done, gpointer data,
                         GCancellable *cancellable, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Writing *writing = g_new (Writing, 1);

  *writing = (Writing){ ptl_pages_ref (pages), format, g_object_ref (file), done, data };
  g_task_set_task_data (task, writing, writing_free);
  g_task_set_check_cancellable (task, FALSE); /* what was written before it was cancelled is written */
  g_task_run_in_thread (task, write_file);
}

gboolean
ptl_diagram_write_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
