#include "ptl-topic.h"

struct _PtlTopic
{
  GObject parent_instance;

  PtlSession *session;
  PtlRecordKind kind;
};

static guint refresh_signal;

G_DEFINE_FINAL_TYPE (PtlTopic, ptl_topic, G_TYPE_OBJECT)

static void
ptl_topic_finalize (GObject *object)
{
  g_clear_object (&PTL_TOPIC (object)->session);
  G_OBJECT_CLASS (ptl_topic_parent_class)->finalize (object);
}

static void
ptl_topic_class_init (PtlTopicClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ptl_topic_finalize;
  refresh_signal = g_signal_new ("refresh", PTL_TYPE_TOPIC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_POINTER);
}

static void
ptl_topic_init (PtlTopic *self)
{
}

PtlTopic *
ptl_topic_new (void)
{
  return g_object_new (PTL_TYPE_TOPIC, NULL);
}

void
ptl_topic_follow (PtlTopic *self, PtlSession *session, const PtlTouched *touched)
{
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  self->kind = ptl_topic_kind (session);
  g_signal_emit (self, refresh_signal, 0, touched);
}

PtlRecordKind
ptl_topic_kind (PtlSession *session)
{
  guint n;
  const PtlItem *items = ptl_session_get_selected (session, &n); /* by kind */

  if (n == 0)
    return PTL_RECORD_PLAN;
  return items[0].kind == items[n - 1].kind ? items[0].kind : PTL_TOPIC_MIXED;
}

PtlSession *
ptl_topic_get_session (PtlTopic *self)
{
  return self->session;
}

PtlHistory *
ptl_topic_get_history (PtlTopic *self)
{
  return ptl_session_get_history (self->session);
}

PtlPlan *
ptl_topic_get_plan (PtlTopic *self)
{
  return ptl_session_get_plan (self->session);
}

/* Valid until the next edit or selection. None when the selection is of another kind by now and the page,
 * which is about to go, has not heard of it. */
const PtlItem *
ptl_topic_get_items (PtlTopic *self, guint *n)
{
  static const PtlItem plan = { PTL_RECORD_PLAN, 0 };
  const PtlItem *items;

  *n = 0;
  if (self->session == NULL || ptl_topic_kind (self->session) != self->kind)
    return NULL;
  items = ptl_session_get_selected (self->session, n);
  if (*n > 0)
    return items;
  *n = 1;
  return &plan;
}

gconstpointer
ptl_topic_get_record (PtlTopic *self)
{
  guint n;
  const PtlItem *items = ptl_topic_get_items (self, &n);

  return n > 0 ? ptl_record (ptl_topic_get_plan (self), items[0].kind, items[0].index) : NULL;
}
