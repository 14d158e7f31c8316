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
from program import wait_for

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


EDITED = """<plan xmlns="urn:portolan:plan:1" title="To edit">
<site code="P01" kind="primary"/>
<zone id="corp" name="Corporate" kind="intranet" x="-500" y="-260" width="460" height="520"/>
<zone id="dmz" name="Perimeter" kind="perimeter" x="40" y="-260" width="460" height="520"/>
<node id="cm01" name="CM01" zone="corp" site="P01" x="-440" y="-160"><role name="site-server"/></node>
<node id="dp01" name="DP01" zone="corp" site="P01" x="-420" y="-60"><role name="distribution-point"/></node>
<node id="mp01" name="MP01" zone="dmz" site="P01" x="100" y="-160"><role name="management-point"/></node>
</plan>
"""


def test_editing(case):
    """Renaming in place, a rubber band, aligning, a zone that is drawn, duplicates, deleting."""
    path = case.folder / "edited.portolan"
    path.write_text(EDITED, encoding="utf-8")
    with case.start(path) as program:
        hand = Hand(program)
        hand.click(190, -120, times=2)
        hand.key("ctrl+a")
        hand.type("WEB01")
        hand.key("Return")
        hand.wait_for_edit("Rename MP01")
        hand.drag((-480, -190), (-180, 60))  # a rubber band, from inside of the zone
        hand.click(-350, -120, button=3)
        hand.choose("Align", "Left Edges")
        hand.wait_for_edit("Align 2 nodes")
        hand.click(0, 320, button=3)
        hand.choose("Draw Zone", "Cloud zone")
        hand.drag((-495, 285), (-105, 345))  # not so near the border that the view moves
        hand.wait_for_edit("Add Cloud")
        hand.click(-350, -120)
        hand.key("ctrl+d")
        hand.wait_for_edit("Duplicate CM02")
        hand.click(-330, -20)
        hand.key("Delete")
        hand.wait_for_edit("Delete DP01")
        hand.key("ctrl+s")
        wait_for(lambda: b"WEB01" in path.read_bytes(), "the file to be saved")
        program.close()
    check_same(path, HERE / "edited.portolan")


def test_two_windows(case):
    """What is copied in one window is pasted in another, which lacks its site."""
    first, second = case.folder / "first.portolan", case.folder / "second.portolan"
    first.write_text(EDITED, encoding="utf-8")
    second.write_text('<plan xmlns="urn:portolan:plan:1" title="Another"/>\n', encoding="utf-8")
    with case.start(first, second) as program:
        from_hand = Hand(program, (950, 1060), "To edit")
        to_hand = Hand(program, (950, 1060), "Another")
        program.xdotool("windowmove", program.shell_of(to_hand.window)[0], 960, 0)
        from_hand.take_keys()
        from_hand.press("image", "Canvas")
        from_hand.key("Home", "Down", "ctrl+c")
        to_hand.take_keys()
        to_hand.press("image", "Canvas")
        to_hand.key("ctrl+v")
        to_hand.wait_for_edit("Paste CM01")
        to_hand.key("ctrl+s")
        wait_for(lambda: b'<node id="cm01" name="CM01" x=' in second.read_bytes(), "the file to be saved")
        assert b"site" not in second.read_bytes().replace(b"site-server", b""), second.read_text(encoding="utf-8")
        program.key("ctrl+q")


def test_keys_of_a_field(case):
    """What a field has nothing to do for, as it is empty, is not done to the plan."""
    with case.start(case.copy("perimeter")) as program:
        hand = Hand(program)
        hand.press("image", "Canvas")
        hand.key("ctrl+a", "ctrl+d")
        hand.wait_for_edit("Duplicate 19 items")
        hand.key("ctrl+z")
        wait_for(lambda: hand.find("push button", "Undo").name == "Undo", "nothing to undo")
        hand.press("entry", "Search the palette")
        hand.key("ctrl+a", "ctrl+d", "ctrl+x")
        hand.type("x")
        wait_for(lambda: hand.find("entry", "Search the palette").text == "x", "the typed letter")
        assert hand.find("push button", "Undo").name == "Undo"
        program.key("ctrl+q")


if __name__ == "__main__":
    cases.main(__doc__, globals(), size="1920x1080")
