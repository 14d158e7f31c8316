#pragma once

#include "ptl-field.h"

/* What the editors of a field share with it. */

struct _PtlField
{
  GtkBox parent_instance;

  PtlTopic *topic;
  const PtlFieldKind *kind;
  PtlDetail detail;
  char *title;

  GtkWidget *header, *label, *origin, *reset, *reason;
  GtkWidget *editor;
  GtkWidget *target;  /* in or at the editor: what takes the focus and is named for assistive technology */
  PtlChoices choices; /* as the editor shows them */

  char *value;      /* of the plan, as last read; NULL: the things differ */
  gboolean applies; /* any of the things has the field */
  gboolean own;
  gboolean updating; /* the editor changes because the plan did */
  gboolean writing;  /* the plan changes because the editor did */
  gboolean wrote;    /* since the focus came */
};

/* Makes `editor` and `target`. */
void ptl_field_make_editor (PtlField *self);
/* Makes the editor show the value. */
void ptl_field_show_value (PtlField *self);

/* A person typed, and may go on, or chose. */
void ptl_field_typed (PtlField *self, const char *text);
void ptl_field_chose (PtlField *self, const char *text);
