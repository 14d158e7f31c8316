#!/usr/bin/python3
"""A person draws a plan: from the empty window to the saved file, with the pointer and with keys.

Usage: test_story.py SOURCE_ROOT PORTOLAN [TEST...]

What is saved is compared byte for byte with the plans beside this file. A person has two minutes for the story: at
two seconds for an action these are 60 of them.
"""

import pathlib
import time

import cases
from hand import Hand, check_same

HERE = pathlib.Path(__file__).resolve().parent
ACTIONS = 60


def test_pointer(case):
    """A primary site, a perimeter with a management point in it, a firewall between."""
    path, began = case.folder / "story.portolan", time.monotonic()
    with case.start(chooser=True) as program:
        hand = Hand(program)
        hand.press("push button", "Empty plan")
        hand.drop("intranet zone", -330, 0, "Add Intranet")
        hand.drop("perimeter zone", 490, 0, "Add Perimeter")
        hand.drop("primary site", -490, -80, "Add site P01")
        hand.drop("management point", 310, -80, "Add MP01")
        hand.drop("firewall", 80, 0, "Add Firewall")
        hand.drag((310, -80), (-250, 40))
        hand.wait_for_edit("Move MP01")
        hand.key("ctrl+z")
        hand.wait_for_edit("Add Firewall")
        hand.key("ctrl+shift+z")
        hand.wait_for_edit("Move MP01")
        hand.drag((-250, 40), (350, 40))
        hand.wait_for_edit("Move MP01")
        hand.key("ctrl+s")
        hand.save_as(path)
        print(f"{hand.actions} actions; this machine took {time.monotonic() - began:.0f} s")
        assert hand.actions <= ACTIONS
        program.close()
    check_same(path, HERE / "story.portolan")


if __name__ == "__main__":
    cases.main(__doc__, globals(), size="1920x1080")
