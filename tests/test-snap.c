#include <check.h>
#include <stdlib.h>

#include "draw/ptl-direction.h"
#include "draw/ptl-hit.h"
#include "draw/ptl-snap.h"

/* Where things come to stand when they are moved, and where arrow keys go. */

static const PtlBox cards[] = {
  { 40, 80, 180, 80 },   /* 0 */
  { 240, 80, 180, 80 },  /* 1: right of it */
  { 40, 183, 180, 80 },  /* 2: below, not on the grid */
  { 5000, 93, 180, 80 }, /* 3: far away, out of sight */
};

static const PtlSnap snap = { cards, G_N_ELEMENTS (cards), { 0, 0, 1000, 800 }, 6 };

typedef struct
{
  PtlBox box;
  PtlPoint by;
  guint n_guides;
  PtlGuide guide; /* the last one */
} MoveCase;

static const MoveCase moves[] = {
  { { 487, 411, 180, 80 }, { -7, 9 }, 0, { { 0 } } },                      /* the grid */
  { { 487, 84, 180, 80 }, { -7, -4 }, 1, { { 240, 120 }, { 660, 120 } } }, /* in a row */
  { { 245, 187, 180, 80 }, { -5, -4 }, 2, { { 40, 223 }, { 420, 223 } } }, /* row and column */
  { { 487, 95, 180, 80 }, { -7, 5 }, 0, { { 0 } } },                       /* what is not seen does not count */
  { { 418, 300, 100, 60 }, { 2, 0 }, 0, { { 0 } } },                       /* other edges */
  { { 82, 403, 100, 60 }, { -2, -3 }, 1, { { 130, 183 }, { 130, 460 } } }, /* middle to middle */
};

START_TEST (moving_snaps)
{
  const MoveCase *c = &moves[_i];
  PtlGuide guides[2];
  PtlPoint by;
  guint n = ptl_snap_move (&snap, &c->box, (PtlPoint){ c->box.x, c->box.y }, &by, guides);

  ck_assert_double_eq (by.x, c->by.x);
  ck_assert_double_eq (by.y, c->by.y);
  ck_assert_uint_eq (n, c->n_guides);
  if (n > 0)
    ck_assert_mem_eq (&guides[n - 1], &c->guide, sizeof (PtlGuide));
}
END_TEST

START_TEST (firewalls_stand_on_the_grid_by_their_middle)
{
  PtlBox box = { 607, 507, 104, 68 };
  PtlGuide guides[2];
  PtlPoint by;

  ptl_snap_move (&snap, &box, ptl_box_centre (&box), &by, guides);
  ck_assert_double_eq (box.x + by.x + 52, 660);
  ck_assert_double_eq (box.y + by.y + 34, 540);
}
END_TEST

START_TEST (edges_snap)
{
  PtlBox box = { 10, 10, 414, 257 };
  PtlGuide guides[2];

  ck_assert_uint_eq (ptl_snap_edges (&snap, PTL_EDGE_RIGHT | PTL_EDGE_BOTTOM, &box, guides), 2);
  ck_assert_mem_eq (&box, &((PtlBox){ 10, 10, 410, 253 }), sizeof box);
  box = (PtlBox){ 611, 612, 100, 100 };
  ck_assert_uint_eq (ptl_snap_edges (&snap, PTL_EDGE_LEFT | PTL_EDGE_TOP, &box, guides), 0);
  ck_assert_mem_eq (&box, &((PtlBox){ 620, 620, 91, 92 }), sizeof box);
}
END_TEST

/* A zone's header, three cards in it, a firewall, another zone's header and a card. */
static const PtlBox things[] = {
  { 0, 0, 640, 60 },     { 40, 80, 180, 80 }, { 240, 80, 180, 80 }, { 40, 180, 180, 80 },
  { 680, 200, 104, 68 }, { 820, 0, 320, 60 }, { 860, 80, 180, 80 }, { 300, 600, 180, 80 },
};

static const struct
{
  guint from;
  PtlDirection direction;
  int to;
} ways[] = {
  { 0, PTL_DIRECTION_DOWN, 2 },  { 0, PTL_DIRECTION_RIGHT, 5 }, { 0, PTL_DIRECTION_LEFT, 1 },
  { 0, PTL_DIRECTION_UP, -1 },   { 1, PTL_DIRECTION_RIGHT, 2 }, { 2, PTL_DIRECTION_LEFT, 1 },
  { 1, PTL_DIRECTION_DOWN, 3 },  { 3, PTL_DIRECTION_UP, 1 },    { 1, PTL_DIRECTION_UP, 0 },
  { 2, PTL_DIRECTION_RIGHT, 6 }, { 3, PTL_DIRECTION_RIGHT, 4 }, { 4, PTL_DIRECTION_RIGHT, 6 },
  { 4, PTL_DIRECTION_LEFT, 3 },  { 6, PTL_DIRECTION_UP, 5 },    { 3, PTL_DIRECTION_DOWN, 7 },
  { 7, PTL_DIRECTION_UP, 2 },    { 7, PTL_DIRECTION_DOWN, -1 },
};

START_TEST (arrows_go_to_what_is_next)
{
  int to = ptl_direction_next (things, G_N_ELEMENTS (things), &things[ways[_i].from], ways[_i].direction);

  ck_assert_int_eq (to, ways[_i].to);
}
END_TEST

/* A card that covers most of another is still found. */
START_TEST (arrows_find_what_is_covered)
{
  static const PtlBox both[] = { { 0, 0, 180, 80 }, { 20, 10, 180, 80 } };

  ck_assert_int_eq (ptl_direction_next (both, 2, &both[0], PTL_DIRECTION_RIGHT), 1);
  ck_assert_int_eq (ptl_direction_next (both, 2, &both[1], PTL_DIRECTION_UP), 0);
}
END_TEST

START_TEST (home_and_end)
{
  ck_assert_int_eq (ptl_direction_end (things, G_N_ELEMENTS (things), FALSE), 0);
  ck_assert_int_eq (ptl_direction_end (things, G_N_ELEMENTS (things), TRUE), 7);
  ck_assert_int_eq (ptl_direction_end (things, 0, TRUE), -1);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("snap");
  TCase *snaps = tcase_create ("snap"), *directions = tcase_create ("direction");
  SRunner *runner;
  int failed;

  tcase_add_loop_test (snaps, moving_snaps, 0, G_N_ELEMENTS (moves));
  tcase_add_test (snaps, firewalls_stand_on_the_grid_by_their_middle);
  tcase_add_test (snaps, edges_snap);
  tcase_add_loop_test (directions, arrows_go_to_what_is_next, 0, G_N_ELEMENTS (ways));
  tcase_add_test (directions, arrows_find_what_is_covered);
  tcase_add_test (directions, home_and_end);
  suite_add_tcase (suite, snaps);
  suite_add_tcase (suite, directions);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
