#include <glib/gi18n.h>
#include <string.h>

#include "ptl-application.h"
#include "ptl-dialogs.h"
#include "ptl-recent.h"
#include "ptl-window-private.h"

#define EXTENSION ".portolan"

/* Saving may ask several things, one after the other, and each answer goes on from there: the name, whether to lose
 * comments, whether to replace what others wrote. What is to happen after it waits in self->after_save. */

static void save_to (PtlWindow *self, GFile *file, gboolean anyway);

/* The end of the line: nothing was saved, and the window stays. */
static void
stay (PtlWindow *self)
{
  self->after_save = NULL;
  ptl_application_stay (PTL_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
}

typedef struct
{
  PtlWindow *window; /* its dialog goes with it */
  GFile *file;
} Question;

static Question *
question_new (PtlWindow *window, GFile *file)
{
  Question *question = g_new0 (Question, 1);

  question->window = window;
  question->file = g_object_ref (file);
  return question;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->file);
  g_free (question);
}

static void
on_replace_answered_cb (guint button, gpointer data)
{
  Question *question = data;

  if (button == 1)
    save_to (question->window, question->file, TRUE);
  else
    stay (question->window);
}

static void
ask_replace (PtlWindow *self, GFile *file, const char *title, const char *text)
{
  static const PtlButton buttons[]
      = { { N_ ("_Cancel"), PTL_BUTTON_PLAIN }, { N_ ("_Replace"), PTL_BUTTON_DESTRUCTIVE }, { NULL } };

  ptl_ask (GTK_WINDOW (self), title, text, buttons, on_replace_answered_cb, question_new (self, file), question_free);
}

static void
on_saved_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (PtlWindow) self = data;
  PtlOpenPlan *open_plan = PTL_OPEN_PLAN (object);
  g_autoptr (GError) error = NULL;
  void (*after_save) (PtlWindow *) = self->after_save;

  if (ptl_open_plan_save_finish (open_plan, result, &error))
    {
      self->after_save = NULL;
      ptl_session_get_plan (ptl_open_plan_get_session (open_plan))->has_comments = FALSE;
      ptl_recent_add (ptl_open_plan_get_file (open_plan));
      if (after_save != NULL)
        after_save (self);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
    ask_replace (self, ptl_open_plan_get_file (open_plan), _ ("Replace the file?"),
                 _ ("It was changed by another program since you opened it. What the other program wrote will be "
                    "lost."));
  else
    {
      ptl_tell (GTK_WINDOW (self), _ ("The plan could not be saved"), error->message, NULL);
      stay (self);
    }
}

static void
save_to (PtlWindow *self, GFile *file, gboolean anyway)
{
  ptl_open_plan_save_async (self->open_plan, file, anyway, on_saved_cb, g_object_ref (self));
}

/* Where to */

static GFile *
with_extension (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_file_get_basename (file), *whole = NULL;

  if (folder == NULL || g_str_has_suffix (name, EXTENSION))
    return g_object_ref (file);
  whole = g_strconcat (name, EXTENSION, NULL);
  return g_file_get_child (folder, whole);
}

/* The chooser has asked whether to replace what has the chosen name; with the extension it may be another file. */
static void
on_chosen_cb (GFile *chosen, gpointer data)
{
  PtlWindow *self = data;
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = NULL, *title = NULL;

  if (chosen == NULL)
    {
      stay (self);
      return;
    }
  file = with_extension (chosen);
  if (g_file_equal (file, chosen) || !g_file_query_exists (file, NULL))
    {
      save_to (self, file, TRUE);
      return;
    }
  name = g_file_get_parse_name (file);
  title = g_strdup_printf (_ ("Replace “%s”?"), name);
  ask_replace (self, file, title, _ ("The file exists already. Its content will be lost."));
}

/* What a file for the plan can be called: its title without what a name must not have. */
static char *
suggest_name (PtlWindow *self)
{
  g_autofree char *name = ptl_open_plan_get_name (self->open_plan);

  g_strdelimit (name, "/\\:*?\"<>|", '-');
  return g_strconcat (name, EXTENSION, NULL);
}

static void
choose (PtlWindow *self)
{
  g_autofree char *name = suggest_name (self);

  ptl_choose_plan_to_save (GTK_WINDOW (self), ptl_open_plan_get_file (self->open_plan), name, on_chosen_cb, self, NULL);
}

static void
on_comments_answered_cb (guint button, gpointer data)
{
  PtlWindow *self = data;

  if (button == 2)
    save_to (self, ptl_open_plan_get_file (self->open_plan), FALSE);
  else if (button == 1)
    choose (self);
  else
    stay (self);
}

static void
ask_about_comments (PtlWindow *self)
{
  static const PtlButton buttons[] = { { N_ ("_Cancel"), PTL_BUTTON_PLAIN },
                                       { N_ ("Save _As…"), PTL_BUTTON_SUGGESTED },
                                       { N_ ("_Save"), PTL_BUTTON_DESTRUCTIVE },
                                       { NULL } };

  ptl_ask (GTK_WINDOW (self), _ ("Save without the comments?"),
           _ ("The file has comments that somebody wrote with a text editor. They are not part of the plan and will be "
              "lost when it is saved."),
           buttons, on_comments_answered_cb, self, NULL);
}

void
ptl_window_save (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlWindow *self = PTL_WINDOW (widget);
  GFile *file = ptl_open_plan_get_file (self->open_plan);

  if (ptl_open_plan_is_saving (self->open_plan))
    return;
  if (file == NULL)
    choose (self);
  else if (ptl_session_get_plan (ptl_open_plan_get_session (self->open_plan))->has_comments)
    ask_about_comments (self);
  else
    save_to (self, file, FALSE);
}

void
ptl_window_save_as (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PtlWindow *self = PTL_WINDOW (widget);

  if (!ptl_open_plan_is_saving (self->open_plan))
    choose (self);
}

/* Closing */

/* Asks again when there were edits while it was saved. */
static void
close_window (PtlWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_close_answered_cb (guint button, gpointer data)
{
  PtlWindow *self = data;

  self->asking = FALSE;
  if (button == 0)
    stay (self);
  else if (button == 1)
    {
      ptl_open_plan_discard (self->open_plan);
      ptl_window_remember_panels (self);
      gtk_window_destroy (GTK_WINDOW (self));
    }
  else
    {
      self->after_save = close_window;
      ptl_window_save (GTK_WIDGET (self), NULL, NULL);
    }
}

static void
ask_to_close (PtlWindow *self)
{
  static const PtlButton buttons[] = { { N_ ("_Cancel"), PTL_BUTTON_PLAIN },
                                       { N_ ("_Discard"), PTL_BUTTON_DESTRUCTIVE },
                                       { N_ ("_Save"), PTL_BUTTON_SUGGESTED },
                                       { NULL } };
  g_autofree char *name = ptl_open_plan_get_name (self->open_plan);
  g_autofree char *title = g_strdup_printf (_ ("Save the changes to “%s”?"), name);

  self->asking = TRUE;
  ptl_ask (GTK_WINDOW (self), title, _ ("Changes that are not saved will be lost."), buttons, on_close_answered_cb,
           self, NULL);
}

gboolean
ptl_window_may_close (PtlWindow *self)
{
  if (!ptl_window_is_modified (self))
    return TRUE;
  if (ptl_open_plan_is_saving (self->open_plan))
    self->after_save = close_window;
  else if (!self->asking)
    ask_to_close (self);
  return FALSE;
}
