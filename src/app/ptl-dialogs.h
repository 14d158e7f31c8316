#pragma once

#include <gtk/gtk.h>

/* Questions, and what a person chooses from the disk: the only place that knows GTK's dialogs of today. Each
 * calls back once, unless its window goes away first; `free_data` is called in every case and may be NULL. */

typedef enum
{
  PTL_BUTTON_PLAIN,
  PTL_BUTTON_SUGGESTED,   /* Enter chooses it */
  PTL_BUTTON_DESTRUCTIVE, /* something is lost */
} PtlButtonLook;

typedef struct
{
  const char *label; /* with a mnemonic, not yet translated: mark it by N_ () */
  PtlButtonLook look;
} PtlButton;

typedef void (*PtlAnswered) (guint button, gpointer data);
typedef void (*PtlChosen) (GFile *file, gpointer data);

/* Asks. `buttons` ends with one without label; the first is the safe one, which Esc and closing choose, and
 * Enter too when none is suggested. `text` may be NULL. */
void ptl_ask (GtkWindow *parent, const char *title, const char *text, const PtlButton *buttons, PtlAnswered answered,
              gpointer data, GDestroyNotify free_data);
/* Tells, until a person closes it. `lines`, in a list that scrolls, may be NULL. */
void ptl_tell (GtkWindow *parent, const char *title, const char *text, const char *lines);

/* A plan to open, or where to save one: then `near` is its file of now or NULL, `name` what a new one is called.
 * The chooser asks before a file is replaced. `file` is NULL when none was chosen. */
void ptl_choose_plan_to_open (GtkWindow *parent, PtlChosen chosen, gpointer data, GDestroyNotify free_data);
void ptl_choose_plan_to_save (GtkWindow *parent, GFile *near, const char *name, PtlChosen chosen, gpointer data,
                              GDestroyNotify free_data);
/* Where to save a picture called `name`, in any of the formats that pictures have. */
void ptl_choose_picture_to_save (GtkWindow *parent, const char *name, PtlChosen chosen, gpointer data,
                                 GDestroyNotify free_data);
/* A folder, `near` this one at first. */
void ptl_choose_folder (GtkWindow *parent, const char *title, GFile *near, PtlChosen chosen, gpointer data,
                        GDestroyNotify free_data);
