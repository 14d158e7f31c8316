#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "io/ptl-catalogue-file.h"
#include "io/ptl-plan-file.h"
#include "io/ptl-xml-writer.h"
#include "plan/ptl-plan-check.h"

static PtlCatalogue *catalogue;
static char *folder; /* of a test's own files */

static char *
source_path (const char *path)
{
  return g_build_filename (g_getenv ("PTL_SOURCE_ROOT"), path, NULL);
}

static char *
own_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static char *
contents (const char *path)
{
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static int
remove_one (const char *path, const struct stat *status, int kind, struct FTW *place)
{
  return remove (path);
}

static void
set_up (void)
{
  g_autoptr (GError) error = NULL;

  catalogue = ptl_catalogue_load (&error);
  ck_assert_msg (catalogue != NULL, "%s", error != NULL ? error->message : "");
  folder = g_dir_make_tmp ("portolan-XXXXXX", NULL);
}

static void
tear_down (void)
{
  nftw (folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
  g_clear_pointer (&folder, g_free);
  g_clear_pointer (&catalogue, ptl_catalogue_free);
}

static gboolean
write_file (const char *path, const char *text, GError **error)
{
  PtlOutput *output = ptl_output_new_for_file (path, FALSE);

  ptl_output_text (output, text);
  return ptl_output_finish (output, error);
}

/* Output */

START_TEST (test_output_growth)
{
  g_autofree char *path = own_path ("a"), *long_text = g_strnfill (300000, 'x'), *text = NULL;
  PtlOutput *output = ptl_output_new_for_file (path, TRUE);

  ptl_output_text (output, "0");
  ptl_output_char (output, ' ');
  ptl_output_text (output, long_text);
  ck_assert (!g_file_test (path, G_FILE_TEST_EXISTS));
  ck_assert (ptl_output_finish (output, NULL));
  text = contents (path);
  ck_assert (g_str_has_prefix (text, "0 x"));
  ck_assert_uint_eq (strlen (text), 300002);
}
END_TEST

START_TEST (test_output_in_memory)
{
  g_autofree char *long_text = g_strnfill (200000, 'x');
  PtlOutput *output = ptl_output_new_for_memory ();
  g_autoptr (GBytes) bytes = NULL;

  ptl_output_text (output, "0 ");
  ptl_output_text (output, long_text);
  bytes = ptl_output_finish_bytes (output);
  ck_assert_uint_eq (g_bytes_get_size (bytes), 200002);
  ck_assert_int_eq (memcmp (g_bytes_get_data (bytes, NULL), "0 xxx", 5), 0);
}
END_TEST

START_TEST (test_output_abandoned)
{
  g_autofree char *path = own_path ("a"), *text = NULL;
  PtlOutput *output;

  ck_assert (write_file (path, "old", NULL));
  output = ptl_output_new_for_file (path, FALSE);
  ptl_output_text (output, "new");
  ptl_output_abandon (output);
  text = contents (path);
  ck_assert_str_eq (text, "old");
}
END_TEST

START_TEST (test_output_keeps_mode)
{
  static const int modes[] = { 0600, 0640, 0666 };
  g_autofree char *path = own_path ("a");
  GStatBuf status;

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      ck_assert (write_file (path, "old", NULL));
      g_chmod (path, modes[i]);
      ck_assert (write_file (path, "new", NULL));
      g_stat (path, &status);
      ck_assert_int_eq (status.st_mode & 07777, modes[i]);
    }
}
END_TEST

START_TEST (test_output_follows_links)
{
  g_autofree char *file = own_path ("file"), *link = own_path ("link"), *second = own_path ("second"), *text = NULL;

  ck_assert_int_eq (symlink ("file", link), 0); /* before the file is there */
  ck_assert_int_eq (symlink (link, second), 0);
  ck_assert (write_file (second, "one", NULL));
  ck_assert (write_file (second, "two", NULL));
  ck_assert (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  ck_assert (!g_file_test (file, G_FILE_TEST_IS_SYMLINK));
  text = contents (file);
  ck_assert_str_eq (text, "two");
}
END_TEST

START_TEST (test_output_refuses)
{
  g_autofree char *circle = own_path ("circle"), *missing = own_path ("no/file");
  const char *const paths[] = { circle, missing, folder, "/dev/null" };
  static const char *const words[] = { "symbolic links", "does not exist", "is a folder", "no regular file" };

  ck_assert_int_eq (symlink ("circle", circle), 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      ck_assert (!write_file (paths[i], "x", &error));
      ck_assert (g_error_matches (error, PTL_IO_ERROR, PTL_IO_ERROR_WRITE));
      ck_assert_msg (strstr (error->message, words[i]) != NULL, "%s", error->message);
    }
}
END_TEST

/* A disk that takes no more: the old file stays, and nothing else is left behind. */
START_TEST (test_output_keeps_old_file)
{
  g_autofree char *path = own_path ("a"), *much = g_strnfill (100000, 'x'), *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  struct rlimit old, limit;

  ck_assert (write_file (path, "old", NULL));
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &old);
  limit = (struct rlimit){ 1000, old.rlim_max };
  setrlimit (RLIMIT_FSIZE, &limit);
  ck_assert (!write_file (path, much, &error));
  setrlimit (RLIMIT_FSIZE, &old);
  ck_assert_ptr_nonnull (error);
  text = contents (path);
  ck_assert_str_eq (text, "old");
  dir = g_dir_open (folder, 0, NULL);
  ck_assert_str_eq (g_dir_read_name (dir), "a");
  ck_assert_ptr_null (g_dir_read_name (dir));
}
END_TEST

START_TEST (test_output_protected)
{
  g_autofree char *path = own_path ("a"), *text = NULL;
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    return; /* root may write everywhere */
  ck_assert (write_file (path, "old", NULL));
  g_chmod (path, 0444);
  ck_assert (!write_file (path, "new", &error));
  ck_assert_ptr_nonnull (strstr (error->message, "permission"));
  g_chmod (path, 0644);
  g_clear_error (&error);
  g_chmod (folder, 0555);
  ck_assert (!write_file (path, "new", &error));
  g_chmod (folder, 0755);
  ck_assert_ptr_nonnull (strstr (error->message, "permission"));
  text = contents (path);
  ck_assert_str_eq (text, "old");
}
END_TEST

static gboolean
fill_descriptor (int fd, GError **error)
{
  PtlOutput *output = ptl_output_new_for_fd (fd, "standard output");

  for (guint i = 0; i < 100000 && ptl_output_ok (output); i++)
    ptl_output_text (output, "0123456789");
  return ptl_output_finish (output, error);
}

START_TEST (test_output_full_disk)
{
  g_autoptr (GError) error = NULL;
  int fd = open ("/dev/full", O_WRONLY);

  ck_assert (!fill_descriptor (fd, &error));
  close (fd);
  ck_assert (g_error_matches (error, PTL_IO_ERROR, PTL_IO_ERROR_WRITE));
  ck_assert_str_eq (error->message, "“standard output” could not be written: no space is left on the disk");
}
END_TEST

START_TEST (test_output_closed_pipe)
{
  g_autoptr (GError) error = NULL;
  int ends[2];

  signal (SIGPIPE, SIG_IGN);
  ck_assert_int_eq (pipe (ends), 0);
  close (ends[0]);
  ck_assert (!fill_descriptor (ends[1], &error));
  close (ends[1]);
  ck_assert (g_error_matches (error, PTL_IO_ERROR, PTL_IO_ERROR_PIPE));
}
END_TEST

static gpointer
count_bytes (gpointer data)
{
  static char buffer[4096];
  gsize total = 0;
  gssize n;

  while ((n = read (GPOINTER_TO_INT (data), buffer, sizeof buffer)) > 0)
    total += (gsize) n;
  return GSIZE_TO_POINTER (total);
}

START_TEST (test_output_slow_pipe)
{
  GThread *reader;
  int ends[2];

  ck_assert_int_eq (pipe (ends), 0);
  fcntl (ends[1], F_SETFL, O_NONBLOCK);
  reader = g_thread_new ("reader", count_bytes, GINT_TO_POINTER (ends[0]));
  ck_assert (fill_descriptor (ends[1], NULL));
  close (ends[1]);
  ck_assert_uint_eq (GPOINTER_TO_SIZE (g_thread_join (reader)), 1000000);
  close (ends[0]);
}
END_TEST

START_TEST (test_xml_writer)
{
  g_autofree char *path = own_path ("a"), *text = NULL;
  PtlOutput *output = ptl_output_new_for_file (path, FALSE);
  PtlXmlWriter *xml = ptl_xml_writer_new (output);

  ptl_xml_start (xml, "a");
  ptl_xml_attribute (xml, "b", "<&>\"' é\t\n\r\001\377\357\277\276");
  ptl_xml_start (xml, "c");
  ptl_xml_text (xml, "<&>\"\t\n\r]]>\033");
  ptl_xml_end (xml);
  ptl_xml_start (xml, "d");
  ptl_xml_end (xml);
  ptl_xml_end (xml);
  ptl_xml_writer_free (xml);
  ck_assert (ptl_output_finish (output, NULL));
  text = contents (path);
  ck_assert_str_eq (
      text,
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<a b=\"&lt;&amp;&gt;&quot;' é&#9;&#10;&#13;\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275\">\n"
      "  <c>&lt;&amp;&gt;\"\t\n&#13;]]&gt;\357\277\275</c>\n"
      "  <d/>\n"
      "</a>\n");
}
END_TEST

/* Plans */

static PtlPlan *
load (const char *path)
{
  g_autoptr (GPtrArray) problems = NULL;
  PtlPlan *plan = ptl_plan_load (catalogue, path, &problems);

  if (plan == NULL)
    ck_abort_msg ("%s:%u: %s", path, ((PtlFileProblem *) problems->pdata[0])->line,
                  ((PtlFileProblem *) problems->pdata[0])->message);
  return plan;
}

static char *
save_again (const char *path, const char *name)
{
  g_autoptr (PtlPlan) plan = load (path);
  char *saved = own_path (name);

  ck_assert (ptl_plan_save (plan, saved, NULL));
  return saved;
}

static GPtrArray *
plans_in (const char *path)
{
  g_autofree char *full = source_path (path);
  g_autoptr (GDir) dir = g_dir_open (full, 0, NULL);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".portolan"))
      g_ptr_array_add (paths, g_build_filename (full, name, NULL));
  ck_assert_uint_gt (paths->len, 0);
  return paths;
}

static void
assert_same (const char *path, const char *other)
{
  g_autofree char *text = contents (path), *other_text = contents (other);

  ck_assert_msg (strcmp (text, other_text) == 0, "%s changed", path);
}

START_TEST (test_templates_are_canonical)
{
  g_autoptr (GPtrArray) paths = plans_in ("data/templates");

  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *saved = save_again (paths->pdata[i], "saved");

      assert_same (paths->pdata[i], saved);
    }
}
END_TEST

START_TEST (test_saved_again_is_the_same)
{
  g_autoptr (GPtrArray) paths = plans_in ("tests/corpus/good");

  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *first = save_again (paths->pdata[i], "first");
      g_autofree char *second = save_again (first, "second");

      assert_same (first, second);
    }
}
END_TEST

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plan xmlns=\"urn:portolan:plan:1\" title=\"t\""
#define TAIL "</plan>\n"

static PtlPlan *
read_text (const char *text, GPtrArray **problems)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);

  return ptl_plan_read (catalogue, stream, problems);
}

START_TEST (test_canonical_form)
{
  static const char text[]
      = HEAD ">\n"
             "  <set name='wsus-ssl' note=\"&lt;&amp;amp;&gt; '&#38;#9;' &#34;\"> \n no</set><!-- gone -->\n"
             "  <zone colour='#AbCdEf' height='1.500' y='-0' x='-0.010' kind='cloud' name='Z' id='z'/>\n"
             "  <zone id='y' name='Y' kind='cloud' x='&#9;10000000'></zone>\n"
             "  <firewall id='f' zones=' z\n  y ' name='F' managed='no' note='n'/>\n"
             "  <firewall id='g' zones='y z' name='G' managed='yes'/>\n"
             "  <node id='n' name='N' addresses=' any&#10;::1 ' site-server-initiates='no'>"
             "<role note='x' kind='classic' instances='2' name='cmg'/><role name='client' cmg='auto'/></node>\n" TAIL;
  static const char canonical[]
      = HEAD " description=\"\">\n"
             "  <set name=\"wsus-ssl\" note=\"&lt;&amp;amp;&gt; '&amp;#9;' &quot;\">no</set>\n"
             "  <zone id=\"z\" name=\"Z\" kind=\"cloud\" x=\"-0.01\" y=\"0\" height=\"1.5\" colour=\"#AbCdEf\"/>\n"
             "  <zone id=\"y\" name=\"Y\" kind=\"cloud\" x=\"10000000\"/>\n"
             "  <firewall id=\"f\" name=\"F\" zones=\"z y\" managed=\"no\" note=\"n\"/>\n"
             "  <firewall id=\"g\" name=\"G\" zones=\"y z\"/>\n"
             "  <node id=\"n\" name=\"N\" addresses=\"any ::1\">\n"
             "    <role name=\"cmg\" kind=\"classic\" note=\"x\"/>\n"
             "    <role name=\"client\"/>\n"
             "  </node>\n" TAIL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) plan = read_text (text, &problems);
  g_autofree char *path = own_path ("a"), *saved = NULL;

  ck_assert_ptr_nonnull (plan);
  ck_assert (plan->has_comments);
  ck_assert (ptl_plan_save (plan, path, NULL));
  saved = contents (path);
  ck_assert_str_eq (saved, canonical);
}
END_TEST

/* Problems. The body starts in line 3. */
static const struct
{
  const char *body;
  guint line;
  const char *words;
} problem_cases[] = {
  { "\n<zone\n id='z' name='Z'\n kind='x'/>", 4,
    "element zone, attribute kind: “x” cannot stand here: write one of intranet, perimeter" },
  { "<zone id='z' name='Z'/>", 3, "attribute kind: it is missing" },
  { "<zone id='z' name='Z' kind='cloud' nam='x'/>", 3, "there is no attribute “nam”" },
  { "<zone id='z' name='Z' kind='cloud' xmlns:a='a' a:x='x'/>", 3, "there is no attribute “a:x”" },
  { "<zones/>", 3, "element plan: there is no element “zones”" },
  { "<x xmlns=''/>", 3, "there is no element “x”" },
  { "<zone xmlns='urn:x' id='z' name='Z' kind='cloud'/>", 3, "there is no element “zone”" },
  { "\n\n a text\n\n", 5, "text cannot stand here" },
  { "<zone id='z' name='Z' kind='cloud'/>\n<set name='sql-port'>1</set>", 4, "element set: it stands behind zone" },
  { "<set name='sql-port'>1</set><set name='sql-port'>1</set>", 3, "“sql-port” is given twice" },
  { "<set name='sql-port'>0</set>", 3, "element set: “0” is not a value of “sql-port”" },
  { "<set name='sql'>1</set>", 3, "there is no setting “sql”" },
  { "<feature name='client-push' enabled='on'/>", 3, "“on” cannot stand here: write one of no, yes" },
  { "<node id='n' name='N'/>", 3, "“n” has no role" },
  { "<node id='n' name='N'><role name='boss'/></node>", 3, "there is no role “boss”" },
  { "<node id='n' name='N'><role name='client' pxe='no'/></node>", 3, "“client” has no such option" },
  { "<node id='n' name='N'>\n<role name='client'/>\n<role name='client'/></node>", 5, "“client” twice" },
  { "<node id='n' name='N' zone='z'><role name='client'/></node>", 3, "attribute zone: there is no zone “z”" },
  { "<site code='S01' kind='secondary' parent='P01'/>", 3, "attribute parent: there is no site “P01”" },
  { "<site code='S01' kind='cas'/>\n<site code='S01' kind='cas'/>", 4, "is also the code of the site in line 3" },
  { "<zone id='z' name='Z' kind='cloud'/>\n<node id='Z' name='N'><role name='client'/></node>", 4,
    "is also the id of the zone in line 3" },
  { "<zone id='z' name='Z' kind='cloud'/>\n<firewall id='f' name='F' zones='z z'/>", 4, "“z” is named twice" },
  { "<firewall id='f' name='F' zones='z'/>", 3, "two or more zones" },
  { "<node id='n' name='N'><role name='client'/></node><link kind='pull-source' from='n' to='m'/>", 3,
    "attribute to: there is no node “m”" },
  { "<node id='n' name='N'><role name='client'/></node>\n<link kind='pull-source' from='n' to='n'/>\n"
    "<link kind='pull-source' from='n' to='n'/>",
    5, "also stands in line 4" },
  { "<zone id='z' name='Z' kind='cloud'>", 3, "not well-formed XML" },
  { "\n&x;", 4, "not well-formed XML" },
  { "<zone id='z' name='\377' kind='cloud'/>", 3, "not UTF-8" },
  { "<zone id='z' name='' kind='cloud'/>", 3, "the name is empty: write 1 to 256 characters" },
  { "<a><b><c><d><e><f><g><h><i/></h></g></f></e></d></c></b></a>", 3, "more than 8 deep: take the inner ones out" },
};

static gboolean
has_problem (const GPtrArray *problems, guint line, const char *words)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const PtlFileProblem *problem = problems->pdata[i];

      if (problem->line == line && strstr (problem->message, words) != NULL)
        return TRUE;
    }
  return FALSE;
}

START_TEST (test_problem)
{
  g_autofree char *text = g_strconcat (HEAD ">\n", problem_cases[_i].body, TAIL, NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) plan = read_text (text, &problems);

  ck_assert_ptr_null (plan);
  ck_assert_msg (has_problem (problems, problem_cases[_i].line, problem_cases[_i].words), "%s: %u: %s", text,
                 ((PtlFileProblem *) problems->pdata[0])->line, ((PtlFileProblem *) problems->pdata[0])->message);
}
END_TEST

/* References are followed at the end, and still their problems stand where they belong. */
START_TEST (test_problems_are_in_order)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) plan = read_text (HEAD ">\n<node id='n' name='N' zone='z'><role name='client'/></node>\n"
                                             "<node id='m' name='' site='P01'><role name='client'/></node>\n" TAIL,
                                        &problems);

  ck_assert_ptr_null (plan);
  ck_assert_uint_eq (problems->len, 3);
  for (guint i = 0; i < 3; i++)
    ck_assert_uint_eq (((PtlFileProblem *) problems->pdata[i])->line, i == 0 ? 3 : 4);
}
END_TEST

START_TEST (test_empty_file)
{
  g_autoptr (GPtrArray) problems = NULL;

  ck_assert_ptr_null (read_text ("", &problems));
  ck_assert_uint_eq (problems->len, 1);
  ck_assert (has_problem (problems, 1, "the file is empty"));
}
END_TEST

START_TEST (test_load_problems)
{
  static const char *const words[] = { "no such file", "a folder" };

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *missing = own_path ("missing");
      g_autoptr (GPtrArray) problems = NULL;

      ck_assert_ptr_null (ptl_plan_load (catalogue, i == 0 ? missing : folder, &problems));
      ck_assert_uint_eq (((PtlFileProblem *) problems->pdata[0])->line, 0);
      ck_assert_ptr_nonnull (strstr (((PtlFileProblem *) problems->pdata[0])->message, words[i]));
    }
}
END_TEST

/* Hostile files. They are made as they are read, so that their memory does not count. */

typedef struct
{
  GInputStream parent_instance;
  const char *head, *item, *tail; /* "@" in the item stands for its number, "~" for the site code of that number */
  guint64 n;                      /* items */
  guint64 next;                   /* 0: the head; then the items and the tail */
  char text[4096];                /* at hand */
  gsize place, length;
} Repeat;

typedef struct
{
  GInputStreamClass parent_class;
} RepeatClass;

GType repeat_get_type (void);
G_DEFINE_TYPE (Repeat, repeat, G_TYPE_INPUT_STREAM)

static void
next_text (Repeat *repeat)
{
  const char *from = repeat->next == 0               ? repeat->head
                     : repeat->next <= repeat->n     ? repeat->item
                     : repeat->next == repeat->n + 1 ? repeat->tail
                                                     : "";
  repeat->place = repeat->length = 0;
  for (; *from != '\0'; from++)
    if (*from == '@')
      repeat->length += (gsize) g_snprintf (repeat->text + repeat->length, 24, "%" G_GUINT64_FORMAT, repeat->next);
    else if (*from == '~')
      for (guint64 i = 0, rest = repeat->next; i < 3; i++, rest /= 36)
        repeat->text[repeat->length++] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest % 36];
    else
      repeat->text[repeat->length++] = *from;
  repeat->next++;
}

static gssize
repeat_read (GInputStream *stream, void *buffer, gsize size, GCancellable *cancellable, GError **error)
{
  Repeat *repeat = (Repeat *) stream;
  gsize total = 0;

  while (total < size && repeat->next <= repeat->n + 2)
    {
      gsize n = MIN (size - total, repeat->length - repeat->place);

      memcpy ((char *) buffer + total, repeat->text + repeat->place, n);
      repeat->place += n;
      total += n;
      if (repeat->place == repeat->length)
        next_text (repeat);
    }
  return (gssize) total;
}

static void
repeat_class_init (RepeatClass *class)
{
  G_INPUT_STREAM_CLASS (class)->read_fn = repeat_read;
}

static void
repeat_init (Repeat *repeat)
{
}

static GInputStream *
repeat_new (const char *head, const char *item, guint64 n, const char *tail)
{
  Repeat *repeat = g_object_new (repeat_get_type (), NULL);

  repeat->head = head;
  repeat->item = item;
  repeat->n = n;
  repeat->tail = tail;
  next_text (repeat);
  return G_INPUT_STREAM (repeat);
}

#define START  HEAD ">"
#define NODE   "<node id='@' name='a'"
#define CLIENT "><role name='client'/></node>"

static const struct
{
  const char *head, *item, *tail;
  const char *words; /* NULL: a good plan, however odd */
} hostile[] = {
  { START "<zone ", "a@='' ", "/></plan>", "more than 64 attributes: take some out" },
  { START "<!--->--><zone ", "a@='' ", "/></plan>", "more than 64 attributes: take some out" },
  { START "<!---><![CDATA[--><zone ", "a@='' ", "/></plan>", "more than 64 attributes: take some out" },
  { START "<?x '<![CDATA[\"?><zone ", "a@='' ", "/></plan>", "more than 64 attributes: take some out" },
  { START "<set name='sql-port'>1<!-- <![CDATA[ --></set><zone ", "a@='' ", "/></plan>",
    "more than 64 attributes: take some out" },
  { START, "<a>", "", "there is no element “a”" },
  { START, "<node id='a@' name='a'>", "", "there is no element “node”" },
  { START, "<a@/>", TAIL, "there is no element “a1”" },
  { START "<a>", "<a@/>", "</a></plan>", "there is no element “a”" },
  { START, "<zone xmlns:a@='a@' id='a@' name='a' kind='cloud'/>", TAIL, "namespace declarations" },
  { START, "<?a@?>", TAIL, "processing instructions" },
  { START, "<!---->", TAIL, NULL },
  { START, "\n", TAIL, NULL },
  { START "<set name='sql-port'>", " ", "1</set></plan>", NULL },
  { START "<set name='sql-port'>", "&#32;", "1</set></plan>", NULL },
  { START "<set name='sql-port'>", "<![CDATA[]]>", "1</set></plan>", NULL },
  { START "<set name='rpc-dynamic'>", "1 ", "</set></plan>", "too long: shorten it" },
  { START, "x", TAIL, "text cannot stand here" },
  { START, "&#120;", TAIL, "text cannot stand here" },
  { START, "&x;", TAIL, "not well-formed" },
  { START "<", "n", "/></plan>", "not well-formed" },
  { START "<zone ", "n", "=''/></plan>", "not well-formed" },
  { START "<zone id='z' kind='cloud' name='", "n", "'/></plan>", "" },
  { START "<zone id='z' kind='cloud' name='", "&amp;", "'/></plan>", "" },
  { START "<zone id='z' kind='cloud' name='z' x='", "1", "'/></plan>", "" },
  { START "<node id='n' name='n' addresses='", "10.0.0.1 ", "'" CLIENT TAIL, "" },
  { START "<node id='n' name='n' addresses='", "a.", "'" CLIENT TAIL, "" },
  { START "<firewall id='f' name='f' zones='", "a ", "'/></plan>", "" },
  { START, "<zone id='z' name='z' kind='cloud'/>", TAIL, "in line 2" },
  { START, "<node id='a@' name='a'" CLIENT, TAIL, NULL },
  { START, "<node id='a@' name='a'><role name='cmg'/><set name='sql-port'>1</set><set name='susdb-port'>1</set></node>",
    TAIL, NULL },
  { START "<node id='a' name='a'" CLIENT, "<link kind='pull-source' from='a' to='a'/>", TAIL, "also stands in line 2" },
  { "<!DOCTYPE a [", "<!ENTITY a 'b'>", "]>", "DOCTYPE" },
  { "<!DOCTYPE ", "a", ">", "DOCTYPE" },
  { "<?xml version='1.0' encoding='UTF-16'?>", "<", "", "UTF-8" },
  { "", "<", "", "not well-formed" },
  { START "<!-- ", "x", "", "not well-formed" },
};

static const char *
first_message (const GPtrArray *problems)
{
  return problems != NULL ? ((PtlFileProblem *) problems->pdata[0])->message : "";
}

/* Tools that look into every access take memory of their own, and their time. */
static gboolean
is_instrumented (void)
{
#if defined(__SANITIZE_ADDRESS__)
  return TRUE;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
  return TRUE;
#endif
#endif
  return strstr (g_getenv ("LD_PRELOAD") != NULL ? g_getenv ("LD_PRELOAD") : "", "vgpreload") != NULL;
}

START_TEST (test_hostile)
{
  guint size = is_instrumented () ? 1 << 20 : 10 << 20;
  g_autoptr (GInputStream) stream
      = repeat_new (hostile[_i].head, hostile[_i].item, size / strlen (hostile[_i].item), hostile[_i].tail);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (PtlPlan) plan = ptl_plan_read (catalogue, stream, &problems);
  struct rusage usage;

  ck_assert_msg ((plan != NULL) == (hostile[_i].words == NULL), "%s", first_message (problems));
  if (plan == NULL)
    {
      ck_assert_msg (strstr (first_message (problems), hostile[_i].words) != NULL, "%s", first_message (problems));
      ck_assert_uint_lt (strlen (first_message (problems)), 1000);
      ck_assert_uint_le (problems->len, PTL_MAX_PROBLEMS);
    }
  getrusage (RUSAGE_SELF, &usage);
  if (!is_instrumented ())
    ck_assert_int_lt (usage.ru_maxrss, 256 * 1024);
}
END_TEST

static const struct
{
  const char *head, *item, *tail;
  guint64 n;
  const char *words;
} limits[] = {
  { START, "<node id='a@' name='a'" CLIENT, TAIL, 1000001,
    "element node: a plan has at most 1000000 of them: split the plan" },
  { START, "<zone id='a@' name='a' kind='cloud'/>", TAIL, 10001,
    "element zone: a plan has at most 10000 of them: split the plan" },
  { START "<zone id='z' name='z' kind='cloud'/><zone id='y' name='y' kind='cloud'/>",
    "<firewall id='a@' name='a' zones='y z'/>", TAIL, 10001,
    "element firewall: a plan has at most 10000 of them: split the plan" },
  { START, "<site code='~' kind='cas'/>", TAIL, 20001,
    "element site: a plan has at most 20000 of them: split the plan" },
  { START, "                ", TAIL, (256 << 20) / 16, "larger than 256 MiB" },
};

START_TEST (test_limit)
{
  g_autoptr (GInputStream) stream = repeat_new (limits[_i].head, limits[_i].item, limits[_i].n, limits[_i].tail);
  g_autoptr (GPtrArray) problems = NULL;

  if (is_instrumented () && limits[_i].n > 100000)
    return;
  ck_assert_ptr_null (ptl_plan_read (catalogue, stream, &problems));
  ck_assert_msg (strstr (first_message (problems), limits[_i].words) != NULL, "%s", first_message (problems));
}
END_TEST

/* The catalogue */

static const struct
{
  const char *old, *new;
  const char *words;
} broken_catalogues[] = {
  { "<role name=\"client\" ", "<role name=\"site-server\" ", "there twice" },
  { "<role name=\"client\" title", "<role name=\"Client\" title", "lower-case" },
  { "kind=\"client-like\"", "kind=\"client\"", "write one of" },
  { "not-at=\"secondary\"", "not-at=\"tertiary\"", "no kind of site" },
  { "values=\"no yes only\" default=\"no\"", "values=\"no yes only\" default=\"maybe\"", "attribute default" },
  { "min=\"1\" max=\"16\"", "min=\"17\" max=\"16\"", "min and max" },
  { "type=\"choice\" values=\"yes no\"", "type=\"choice\"", "a choice has values" },
  { "type=\"port\" default=\"80\"", "type=\"port\" default=\"0\"", "attribute default" },
  { "default=\"on\"", "default=\"yes\"", "write one of" },
  { "letter=\"G\"", "letter=\"V\"", "another document" },
  { "lines=\"V73 G30\"", "lines=\"V73 X30\"", "letter of a document" },
  { "lines=\"V73 G30\"", "", "needs the lines" },
  { "<rule id=\"client-fsp\" from=\"client\"", "<rule id=\"client-fsp\" from=\"clients\"", "no role or kind" },
  { "from=\"@site-system console\"", "from=\"@site-system site-server\"", "starts the rule twice" },
  { "from=\"@site-system console\"", "from=\"@sites console\"", "no role or kind" },
  { "to=\"fallback-status-point\"", "to=\"fsp\"", "there is no role “fsp”" },
  { "scope=\"zone\" location=\"intranet\"", "scope=\"zone\"", "client-like" },
  { "scope=\"zone\" location=\"intranet\"", "scope=\"near\" location=\"intranet\"", "write one of" },
  { "link=\"pull-source\"", "", "names a kind of link" },
  { "link=\"pull-source\"", "link=\"push\"", "no kind of link" },
  { "feature=\"wake-on-lan\"", "feature=\"wake\"", "there is no feature" },
  { "setting=\"client-http-port\"", "setting=\"http\"", "there is no setting" },
  { "setting=\"client-http-port\"", "setting=\"wsus-ssl\"", "a port setting" },
  { "setting=\"client-http-port\"", "", "a port or a setting" },
  { "port=\"445\"", "port=\"445 446\"", "one port or range" },
  { "port=\"445\"", "port=\"0\"", "attribute port" },
  { "port=\"63000-64000\"", "port=\"64000-63000\"", "attribute port" },
  { "when=\"to.multicast = yes\"", "when=\"to.multicast\"", "write a condition" },
  { "when=\"to.multicast = yes\"", "when=\"to.multicast = maybe\"", "attribute when" },
  { "when=\"to.multicast = yes\"", "when=\"from.multicast = yes\"", "no such option" },
  { "when=\"client-communication != https\"", "when=\"sql-port != 80\"", "asks for a choice" },
  { "when=\"client-communication != https\"", "when=\"client-communication != ftp\"", "has no value" },
  { "conflicts=\"removed-ai-microsoft\"", "conflicts=\"none\"", "there is no conflict" },
  { "document=\"guide\"", "document=\"book\"", "there is no document" },
  { "line=\"31\"", "line=\"0\"", "attribute line" },
  { "direction=\"two-way\"", "direction=\"both\"", "two-way" },
  { "<service ", "<servis ", "there is no element “servis”" },
};

START_TEST (test_broken_catalogue)
{
  g_autofree char *path = source_path ("data/catalogue.xml"), *text = contents (path);
  g_autoptr (GString) broken = g_string_new (text);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (PtlCatalogue) read = NULL;
  g_autoptr (GError) error = NULL;

  ck_assert_msg (g_string_replace (broken, broken_catalogues[_i].old, broken_catalogues[_i].new, 1) == 1, "%s",
                 broken_catalogues[_i].old);
  stream = g_memory_input_stream_new_from_data (broken->str, (gssize) broken->len, NULL);
  read = ptl_catalogue_read (stream, &error);
  ck_assert_ptr_null (read);
  ck_assert_msg (strstr (error->message, broken_catalogues[_i].words) != NULL, "%s", error->message);
  ck_assert_msg (strstr (error->message, "line ") != NULL, "%s", error->message);
}
END_TEST

START_TEST (test_catalogue)
{
  const PtlRule *rule = NULL;
  const PtlService *https;

  for (guint i = 0; i < catalogue->rules->len; i++)
    if (strcmp (ptl_catalogue_rule (catalogue, i)->id, "sup-internet") == 0)
      rule = ptl_catalogue_rule (catalogue, i);
  ck_assert_ptr_nonnull (rule);
  ck_assert_uint_eq (rule->n_from, 1);
  ck_assert_uint_eq (rule->from[0].scope, PTL_SCOPE_TOP);
  ck_assert_uint_eq (rule->conditions.n, 1);
  ck_assert_uint_eq (rule->conditions.items[0].subject, PTL_SUBJECT_FROM);
  ck_assert_str_eq (rule->conditions.items[0].option, "sync-source");
  ck_assert_str_eq (rule->conditions.items[0].word, "internet");
  ck_assert (!rule->conditions.items[0].negated);
  https = &rule->services[rule->n_services - 1];
  ck_assert_ptr_nonnull (https->beyond);
  ck_assert_uint_eq (https->range.from, 443);
  ck_assert_int_ge (https->feature, 0);
}
END_TEST

static void
add_output_tests (TCase *tests)
{
  tcase_add_test (tests, test_output_growth);
  tcase_add_test (tests, test_output_in_memory);
  tcase_add_test (tests, test_output_abandoned);
  tcase_add_test (tests, test_output_keeps_mode);
  tcase_add_test (tests, test_output_follows_links);
  tcase_add_test (tests, test_output_refuses);
  tcase_add_test (tests, test_output_keeps_old_file);
  tcase_add_test (tests, test_output_protected);
  tcase_add_test (tests, test_output_full_disk);
  tcase_add_test (tests, test_output_closed_pipe);
  tcase_add_test (tests, test_output_slow_pipe);
  tcase_add_test (tests, test_xml_writer);
}

static void
add_plan_tests (TCase *tests)
{
  tcase_add_test (tests, test_templates_are_canonical);
  tcase_add_test (tests, test_saved_again_is_the_same);
  tcase_add_test (tests, test_canonical_form);
  tcase_add_loop_test (tests, test_problem, 0, G_N_ELEMENTS (problem_cases));
  tcase_add_test (tests, test_problems_are_in_order);
  tcase_add_test (tests, test_empty_file);
  tcase_add_test (tests, test_load_problems);
  tcase_add_loop_test (tests, test_hostile, 0, G_N_ELEMENTS (hostile));
  tcase_add_loop_test (tests, test_limit, 0, G_N_ELEMENTS (limits));
}

int
main (void)
{
  Suite *suite = suite_create ("io");
  TCase *tests = tcase_create ("io");
  SRunner *runner;
  int failed;

  tcase_set_timeout (tests, 60);
  tcase_add_checked_fixture (tests, set_up, tear_down);
  add_output_tests (tests);
  add_plan_tests (tests);
  tcase_add_test (tests, test_catalogue);
  tcase_add_loop_test (tests, test_broken_catalogue, 0, G_N_ELEMENTS (broken_catalogues));
  suite_add_tcase (suite, tests);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
