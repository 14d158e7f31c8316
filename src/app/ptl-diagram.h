#pragma once

#include "draw/ptl-picture.h"
#include "ptl-session.h"

/* A diagram of what a session shows, made and written by threads. They have their own references: edits do not disturb
 * them. */

typedef struct
{
  int firewall; /* in the session's routes: only what crosses it; -1: everything */
  PtlPageSetup setup;
  gboolean turn; /* the paper's longer side goes along the longer side of the drawing */
} PtlDiagramOrder;

/* Lays a diagram out. The session's lens says the phase and the site. `before` may be the pages of an order that
 * differs in its setup alone: then the drawing is taken from there. */
void ptl_diagram_lay_out_async (PtlSession *session, const PtlDiagramOrder *order, PtlPages *before,
                                GAsyncReadyCallback callback, gpointer data);
PtlPages *ptl_diagram_lay_out_finish (PtlSession *session, GAsyncResult *result);
/* What flows the session's lens shows, in a sentence; free with g_free (). */
char *ptl_diagram_lens_words (PtlSession *session);

/* `file` is replaced in one step, or left as it is when something fails or it is cancelled. `done`, which may be NULL,
 * is called in the main thread after each page. */
void ptl_diagram_write_async (PtlPages *pages, PtlPictureFormat format, GFile *file, PtlPageDone done, gpointer data,
                              GCancellable *cancellable, GAsyncReadyCallback callback);
gboolean ptl_diagram_write_finish (GAsyncResult *result, GError **error);
