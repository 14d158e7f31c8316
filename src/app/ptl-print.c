#include "ptl-print.h"

#include <math.h>

#include "draw/ptl-picture.h"

typedef struct
{
  PtlPages *pages;
} Job;

static void
job_free (gpointer data, GClosure *closure)
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

GtkPrintOperation *
ptl_print_new (PtlPages *pages, GtkPageSetup *setup)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  Job *job = g_new (Job, 1);

  job->pages = ptl_pages_ref (pages);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_job_name (operation, ptl_pages_get_scene (pages)->graph->title);
  gtk_print_operation_set_unit (operation, GTK_UNIT_MM);
  gtk_print_operation_set_use_full_page (operation, TRUE); /* the pages have margins of their own */
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print_cb), job);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (on_draw_page_cb), job, job_free, 0);
  return operation;
}
