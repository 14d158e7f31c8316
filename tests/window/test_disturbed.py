#!/usr/bin/python3
"""Work that is disturbed: a slow disk, a drag that is given up, an edit in the middle of another.

Usage: test_disturbed.py SOURCE_ROOT PORTOLAN [TEST...], with the slow disk's module in $PTL_SLOW_DISK_MODULE
"""

import os
import time

import cases
from program import wait_for
from test_files import TITLE, answer, left_overs


def select_all(program, window):
    program.press(window.find(name="Canvas"), window)
    program.key("ctrl+a")


def wait_for_edit(window, name):
    wait_for(lambda: window.find("push button", lambda text: text.startswith("Undo")).name == name, name)


def test_slow_disk(case):
    path, slow = case.copy("perimeter"), case.folder / "slow"
    slow.touch()
    with case.start(path, LD_PRELOAD=os.environ["PTL_SLOW_DISK_MODULE"], PTL_SLOW_DISK=slow) as program:
        window = program.window(TITLE)
        select_all(program, window)
        program.key("alt+Right")
        window = program.window(f"• {TITLE}")
        recovery = case.desktop.folder / "state" / "portolan" / "recovery"
        wait_for(lambda: list(recovery.glob("*.ini.*")), "a recovery file that is being written")
        program.key("ctrl+s")
        end = time.monotonic() + 3  # the recovery file is looked after every two seconds
        while time.monotonic() < end:
            program.key("alt+Left", "alt+Right")
        program.key("Delete")
        wait_for_edit(window, "Undo Delete 19 items")
        program.key("ctrl+w")
        slow.unlink()
        wait_for(lambda: b"<node" in path.read_bytes(), "the saved file")
        answer(program, "Save the changes", "Save")  # of what was done while it was saved
    assert b"<node" not in path.read_bytes() and not left_overs(case)


def drag_on(program, start, steps):
    """From a point, step by step, the pointer being down."""
    for step in steps:
        program.xdotool("sleep", "0.03", "mousemove", round(start[0] + step * 10), round(start[1] + step * 10))


def test_drag_that_ends_early(case):
    path = case.copy("perimeter")
    with case.start(path) as program:
        window = program.window(TITLE)
        select_all(program, window)
        window.find("label", lambda name: "rules belong to" in name)  # the panel below makes room for it
        x, y = program.middle_of(window.find(name="Canvas"), window)
        start = x - 90, y  # in a zone: between them lie arrows
        for key in ("Escape", "ctrl+z"):
            program.move(*start)
            program.xdotool("mousedown", 1)
            drag_on(program, start, range(1, 8))
            program.window(f"• {TITLE}")
            program.key(key)
            program.window(TITLE)
            drag_on(program, start, range(8, 14))
            program.xdotool("mouseup", 1)
            wait_for_edit(window, "Undo")
            program.window(TITLE)
        program.key("ctrl+q")


if __name__ == "__main__":
    cases.main(__doc__, globals())
