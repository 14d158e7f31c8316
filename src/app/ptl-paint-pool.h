#pragma once

#include "draw/ptl-piece.h"

/* Paints pieces of scenes in threads, beside the one that has the window. */

/* A pool delivers to one owner, in the thread that made it. All of them share two threads. */
typedef struct _PtlPaintPool PtlPaintPool;
typedef void (*PtlPaintedFunc) (const PtlPiece *piece, cairo_surface_t *image, gpointer key, gpointer data);

PtlPaintPool *ptl_paint_pool_new (PtlPaintedFunc painted, gpointer data);
void ptl_paint_pool_free (PtlPaintPool *pool);

/* `key` is what the owner knows the piece by. */
void ptl_paint_pool_push (PtlPaintPool *pool, const PtlPiece *piece, gpointer key);
guint ptl_paint_pool_get_pending (PtlPaintPool *pool);
gboolean ptl_paint_pool_wait (PtlPaintPool *pool);
