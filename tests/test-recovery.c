#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/ptl-digest.h"
#include "app/ptl-recovery-file.h"

static char *state; /* the folder of the test, as the user's state folder */

static char *
contents (const char *path)
{
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static void
write_text (PtlRecoveryFile *recovery, const char *text, GFile *file)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  ptl_recovery_file_write (recovery, bytes, "A plan", file, "digest", TRUE);
  ck_assert (ptl_recovery_file_wait (recovery, NULL));
}

static guint
count_files (void)
{
  g_autofree char *folder = g_build_filename (state, "portolan", "recovery", NULL);
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (names != NULL && g_dir_read_name (names) != NULL)
    n++;
  return n;
}

START_TEST (what_is_open_is_not_left_over)
{
  g_autoptr (PtlRecoveryFile) recovery = ptl_recovery_file_new ();
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *path = ptl_recovery_file_get_path (recovery), *text = NULL;

  ck_assert_uint_eq (count_files (), 0); /* nothing before the first write */
  write_text (recovery, "one", NULL);
  write_text (recovery, "two", NULL);
  text = contents (path);
  ck_assert_str_eq (text, "two");
  list = ptl_recovery_list ();
  ck_assert_uint_eq (list->len, 0);
  ptl_recovery_file_remove (recovery);
  ck_assert_uint_eq (count_files (), 0);
}
END_TEST

START_TEST (what_is_left_over_is_taken_once)
{
  PtlRecoveryFile *recovery = ptl_recovery_file_new ();
  g_autoptr (PtlRecoveryFile) taken = NULL, again = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GFile) file = g_file_new_for_path ("/tmp/a plan.portolan");
  const PtlLeftOver *left_over;

  write_text (recovery, "one", file);
  g_object_unref (recovery); /* as a crash does: nothing is removed, the lock is gone */
  list = ptl_recovery_list ();
  ck_assert_uint_eq (list->len, 1);
  left_over = list->pdata[0];
  ck_assert_str_eq (left_over->name, "A plan");
  ck_assert_str_eq (left_over->digest, "digest");
  ck_assert (left_over->has_comments);
  ck_assert (g_file_equal (left_over->file, file));
  taken = ptl_recovery_file_take (left_over->id);
  again = ptl_recovery_file_take (left_over->id);
  ck_assert (taken != NULL && again == NULL);
  ptl_recovery_file_remove (taken);
  ck_assert_uint_eq (count_files (), 0);
}
END_TEST

/* Without what says whose it is, the plan is still offered. */
START_TEST (a_lone_plan_is_offered)
{
  PtlRecoveryFile *recovery = ptl_recovery_file_new ();
  g_autofree char *path = ptl_recovery_file_get_path (recovery);
  g_autoptr (GString) about = g_string_new (path);
  g_autoptr (GPtrArray) list = NULL;

  write_text (recovery, "one", NULL);
  g_object_unref (recovery);
  g_string_replace (about, ".portolan", ".ini", 1);
  g_unlink (about->str);
  list = ptl_recovery_list ();
  ck_assert_uint_eq (list->len, 1);
  ck_assert_ptr_null (((PtlLeftOver *) list->pdata[0])->file);
}
END_TEST

START_TEST (a_folder_that_cannot_be_written_is_an_error)
{
  g_autofree char *in_the_way = g_build_filename (state, "portolan", NULL);
  g_autoptr (PtlRecoveryFile) recovery = ptl_recovery_file_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("one", 3);
  g_autoptr (GError) error = NULL;

  ck_assert (g_file_set_contents (in_the_way, "", 0, NULL));
  ptl_recovery_file_write (recovery, bytes, "A plan", NULL, NULL, FALSE);
  ck_assert (!ptl_recovery_file_wait (recovery, &error));
  ck_assert_ptr_nonnull (error);
}
END_TEST

START_TEST (digests_agree)
{
  g_autofree char *path = g_build_filename (state, "file", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("some bytes", 10);
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GInputStream) stream = ptl_digest_stream_new (base, cancellable);
  g_autoptr (GError) error = NULL;
  g_autofree char *of_bytes = ptl_digest_of_bytes (bytes), *of_file = NULL, *of_stream = NULL;
  char buffer[4];

  ck_assert (g_file_set_contents (path, "some bytes", 10, NULL));
  of_file = ptl_digest_of_file (file, NULL, NULL);
  while (g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL) > 0)
    ;
  of_stream = ptl_digest_stream_finish (PTL_DIGEST_STREAM (stream));
  ck_assert_str_eq (of_file, of_bytes);
  ck_assert_str_eq (of_stream, of_bytes);
  g_cancellable_cancel (cancellable);
  ck_assert_int_eq (g_input_stream_read (stream, buffer, sizeof buffer, NULL, &error), -1);
  ck_assert (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}
END_TEST

static void
clean (void)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'/*", state);

  if (system (command) != 0)
    abort ();
}

int
main (void)
{
  Suite *suite = suite_create ("recovery");
  TCase *tests = tcase_create ("recovery");
  SRunner *runner = srunner_create (suite);
  int failed;

  state = g_dir_make_tmp ("portolan-test-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  tcase_add_checked_fixture (tests, clean, clean);
  tcase_add_test (tests, what_is_open_is_not_left_over);
  tcase_add_test (tests, what_is_left_over_is_taken_once);
  tcase_add_test (tests, a_lone_plan_is_offered);
  tcase_add_test (tests, a_folder_that_cannot_be_written_is_an_error);
  tcase_add_test (tests, digests_agree);
  suite_add_tcase (suite, tests);
  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  g_rmdir (state);
  g_free (state);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
