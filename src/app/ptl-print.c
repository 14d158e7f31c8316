#include "ptl-print.h"

#include <glib/gi18n.h>
#include <math.h>

#include "draw/ptl-picture.h"
#include "ptl-dialogs.h"

#define JOB "ptl-job" /* of an operation */

typedef struct
{
  PtlPages *pages;
  PtlPrinted printed;
  gboolean previewing; /* by another program; a person may print after it */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  ptl_pages_unref (job->pages);
  g_free (job);
}

/* The paper is known now. */
static void
on_begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, Job *job)
{
  PtlPages *pages = ptl_pages_new_on_paper (job->pages, gtk_print_context_get_width (context),
                                            gtk_print_context_get_height (context));

  ptl_pages_unref (job->pages);
  job->pages = pages;
  gtk_print_operation_set_n_pages (operation, (int) ptl_pages_get_n (pages));
}

static void
on_draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, Job *job)
{
  ptl_picture_draw_page (job->pages, (guint) page, gtk_print_context_get_cairo_context (context), HUGE_VAL);
}

static gboolean
on_preview_cb (GtkPrintOperation *operation, GtkPrintOperationPreview *preview, GtkPrintContext *context,
               GtkWindow *parent, Job *job)
{
  job->previewing = TRUE;
  return FALSE;
}

static void
on_done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, GtkWindow *window)
{
  const Job *job = g_object_get_data (G_OBJECT (operation), JOB);
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      ptl_tell (window, _ ("The diagram could not be printed"), error->message, NULL);
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY && !job->previewing)
    job->printed (window);
}

static GtkPageSetup *
page_setup_new (const PtlPages *pages, const char *paper)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  GtkPaperSize *size = gtk_paper_size_new (paper);
  double width, height;

  ptl_pages_get_paper (pages, &width, &height);
  gtk_page_setup_set_paper_size_and_default_margins (setup, size);
  gtk_page_setup_set_orientation (setup,
                                  width > height ? GTK_PAGE_ORIENTATION_LANDSCAPE : GTK_PAGE_ORIENTATION_PORTRAIT);
  gtk_paper_size_free (size);
  return setup;
}

GtkPrintOperation *
ptl_print_new (PtlPages *pages, const char *paper)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = page_setup_new (pages, paper);
  Job *job = g_new0 (Job, 1);

  job->pages = ptl_pages_ref (pages);
  g_object_set_data_full (G_OBJECT (operation), JOB, job, job_free);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_job_name (operation, ptl_pages_get_scene (pages)->graph->title);
  gtk_print_operation_set_unit (operation, GTK_UNIT_MM);
  gtk_print_operation_set_use_full_page (operation, TRUE); /* the pages have margins of their own */
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print_cb), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page_cb), job);
  g_signal_connect (operation, "preview", G_CALLBACK (on_preview_cb), job);
  return operation;
}

void
ptl_print_run (PtlPages *pages, const char *paper, GtkWindow *window, PtlPrinted printed)
{
  g_autoptr (GtkPrintOperation) operation = ptl_print_new (pages, paper);
  Job *job = g_object_get_data (G_OBJECT (operation), JOB);

  job->printed = printed;
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_object (operation, "done", G_CALLBACK (on_done_cb), window, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, window, NULL);
}
