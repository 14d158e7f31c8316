#include "ptl-paint-pool.h"

#include "draw/ptl-surface-cairo.h"

#define THREADS 2

struct _PtlPaintPool
{
  PtlPaintedFunc painted;
  gpointer data;
  GAsyncQueue *finished; /* Task */
  GSource *source;       /* wakes the owner's thread */
  guint pending;
};

typedef struct
{
  PtlPiece piece;
  gpointer key;
  cairo_surface_t *image;
  PtlPaintPool *pool;
} Task;

static void
free_task (Task *task)
{
  ptl_scene_unref (task->piece.scene);
  g_clear_pointer (&task->piece.base, cairo_surface_destroy);
  g_clear_pointer (&task->image, cairo_surface_destroy);
  g_free (task);
}

/* Surfaces that no thread uses: each keeps texts that it laid out. */
static GAsyncQueue *
idle_surfaces (void)
{
  static gsize queue = 0;

  if (g_once_init_enter (&queue))
    g_once_init_leave (&queue, (gsize) g_async_queue_new ());
  return (GAsyncQueue *) queue;
}

static void
run_task (gpointer data, gpointer unused)
{
  Task *task = data;
  g_autoptr (GAsyncQueue) finished = g_async_queue_ref (task->pool->finished);
  PtlSurface *surface = g_async_queue_try_pop (idle_surfaces ());

  if (surface == NULL)
    surface = ptl_surface_cairo_new ();
  task->image = ptl_piece_paint (&task->piece, surface);
  g_async_queue_push (idle_surfaces (), surface);
  /* The owner may be gone once it has its last piece. */
  g_async_queue_lock (finished);
  g_async_queue_push_unlocked (finished, task);
  g_source_set_ready_time (task->pool->source, 0);
  g_async_queue_unlock (finished);
}

static GThreadPool *
threads (void)
{
  static gsize pool = 0;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, (gsize) g_thread_pool_new (run_task, NULL, THREADS, FALSE, NULL));
  return (GThreadPool *) pool;
}

static void
deliver (PtlPaintPool *pool, Task *task)
{
  pool->pending--;
  pool->painted (&task->piece, task->image, task->key, pool->data);
  free_task (task);
}

static gboolean
on_ready_cb (gpointer data)
{
  PtlPaintPool *pool = data;
  Task *task;

  g_source_set_ready_time (pool->source, -1);
  while ((task = g_async_queue_try_pop (pool->finished)) != NULL)
    deliver (pool, task);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

/**
 * ptl_paint_pool_new:
 * @painted: gets each piece when it is done
 *
 * Returns: (transfer full): a pool for the calling thread, which has a main loop
 */
PtlPaintPool *
ptl_paint_pool_new (PtlPaintedFunc painted, gpointer data)
{
  static GSourceFuncs functions = { .dispatch = dispatch };
  PtlPaintPool *pool = g_new0 (PtlPaintPool, 1);

  pool->painted = painted;
  pool->data = data;
  pool->finished = g_async_queue_new ();
  pool->source = g_source_new (&functions, sizeof (GSource));
  g_source_set_callback (pool->source, on_ready_cb, pool, NULL);
  g_source_attach (pool->source, g_main_context_get_thread_default ());
  return pool;
}

/**
 * ptl_paint_pool_free:
 *
 * Waits for the pieces that are being painted; they are not delivered.
 */
void
ptl_paint_pool_free (PtlPaintPool *pool)
{
  for (; pool->pending > 0; pool->pending--)
    free_task (g_async_queue_pop (pool->finished));
  g_source_destroy (pool->source);
  g_source_unref (pool->source);
  g_async_queue_unref (pool->finished);
  g_free (pool);
}

/**
 * ptl_paint_pool_push:
 * @piece: is copied; the pool takes references of its scene and base
 */
void
ptl_paint_pool_push (PtlPaintPool *pool, const PtlPiece *piece, gpointer key)
{
  Task *task = g_new0 (Task, 1);

  task->piece = *piece;
  task->key = key;
  task->pool = pool;
  ptl_scene_ref (piece->scene);
  if (piece->base != NULL)
    cairo_surface_reference (piece->base);
  pool->pending++;
  g_thread_pool_push (threads (), task, NULL);
}

/* How many pieces were pushed and not delivered yet. */
guint
ptl_paint_pool_get_pending (PtlPaintPool *pool)
{
  return pool->pending;
}

/* Waits for a piece and delivers it, if there is one to wait for. */
gboolean
ptl_paint_pool_wait (PtlPaintPool *pool)
{
  if (pool->pending == 0)
    return FALSE;
  deliver (pool, g_async_queue_pop (pool->finished));
  return TRUE;
}
