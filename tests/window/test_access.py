#!/usr/bin/python3
"""Everything is there for those who do not see the window, or have no pointer.

Usage: test_access.py SOURCE_ROOT PORTOLAN [TEST...]
"""

import pathlib

import cases
from hand import Hand, check_same
from program import Atspi, GLib, Thing, wait_for

HERE = pathlib.Path(__file__).resolve().parent
CONTROLS = {"push button", "toggle button", "check box", "radio button", "combo box", "text", "entry", "spin button",
            "page tab", "slider", "list"}


class Focus:
    """Follows the keyboard focus by what the program tells of it."""

    def __init__(self):
        self.thing = None
        self.listener = Atspi.EventListener.new(self.on_focus)
        self.listener.register("object:state-changed:focused")

    def on_focus(self, event):
        if event.detail1:
            self.thing = Thing(event.source)

    def after(self, program, key):
        """What has the focus after a key, or None when it stays where it was."""
        self.thing = None
        program.key(key)
        try:
            return wait_for(self.heard, "the focus", 3)
        except AssertionError:
            return None

    def heard(self):
        while GLib.MainContext.default().iteration(False):
            pass
        return self.thing

    def go_to(self, program, role, name, key="Tab", most=120):
        """Presses the key until the thing has the focus; returns how often."""
        seen = []
        for count in range(1, most):
            thing = self.after(program, key)
            if thing is not None:
                seen.append(str(thing))
                if thing.role == role and thing.name.startswith(name):
                    return count
        raise AssertionError(f"the key {key} does not lead to the {role} {name!r}, but to {seen}")


def nameless(window):
    """Controls without a name. GTK then gives that of their class; it leaves the underscore of a mnemonic in."""
    return {f"{thing} at {thing.box}" for thing in window.walk(shown=True)
            if thing.role in CONTROLS
            and (not thing.name.strip() or thing.name.startswith(("Gtk", "Ptl")) or "_" in thing.name)}


def test_names(case):
    """On the start page, and with the plan, each kind of thing and several of them selected."""
    with case.start() as program:
        found = nameless(program.window())
        program.close()
    with case.start(case.copy("perimeter")) as program:
        hand = Hand(program)
        hand.press("page tab", "Sites")
        found |= nameless(hand.window)
        hand.press("page tab", "Outline")
        for row in ("Zone Perimeter", "Firewall Inner", "MP02", "Site PS1"):
            hand.press("list item", row)
            found |= nameless(hand.window)
        program.press(hand.find("list item", "MP02"), hand.window)
        program.press(hand.find("list item", "SUP02"), hand.window, holding=["ctrl"])
        found |= nameless(hand.window)
        assert not found, "without a name of their own:\n" + "\n".join(sorted(found))
        program.close()


def test_outline(case):
    """It names everything fully, and shares the selection with the canvas."""
    wanted = ["Zone Perimeter, perimeter", "Firewall Inner firewall, joins Corporate network and Perimeter",
              "MP02, Management point, site PS1, zone Perimeter, 203.0.113.12", "Site PS1 Headquarters, primary site"]
    with case.start(case.copy("perimeter")) as program:
        hand = Hand(program)
        hand.press("page tab", "Outline")
        rows = [hand.find("list item", name) for name in wanted]
        assert [row.name for row in rows] == wanted, rows
        program.press(rows[2], hand.window)
        wait_for(lambda: rows[2].has("selected"), "the chosen row to be selected")
        canvas = hand.find("image", "Canvas")
        program.press(canvas, hand.window)
        wait_for(lambda: not rows[2].has("selected"), "a click on the empty canvas to select nothing")
        hand.key("Home", "Right")
        wait_for(lambda: canvas.description == wanted[0], lambda: f"{wanted[0]!r}, not {canvas.description!r}")
        wait_for(lambda: rows[0].has("selected"), "the outline to follow the canvas")
        program.close()


def test_cursor(case):
    """The canvas says what its cursor is at."""
    with case.start(case.copy("perimeter")) as program:
        hand = Hand(program)
        canvas = hand.find("image", "Canvas")
        program.press(canvas, hand.window)
        for key, said in [("Home", "Zone Corporate network, intranet"), ("Right", "Zone Perimeter, perimeter"),
                          ("Right", "Zone Internet, internet"),
                          ("Down", "Travelling laptops, Client, site PS1, zone Internet, any")]:
            hand.key(key)
            wait_for(lambda: canvas.description == said, lambda: f"{said!r}, not {canvas.description!r}")
        program.close()


def test_parts(case):
    """F6 leads round the parts of the window, F8 folds one: keys that GTK's panes have other uses for."""
    with case.start(case.copy("perimeter")) as program:
        hand, focus = Hand(program), Focus()
        program.move(*program.middle_of(hand.window, hand.window))
        for key, wanted in [("F6", "Title"), ("F6", "Inner firewall"), ("F6", "Palette"), ("F6", "Canvas"),
                            ("shift+F6", "Palette"), ("shift+F6", "Inner firewall")]:
            thing = focus.after(program, key)
            assert thing is not None and thing.name.startswith(wanted), f"{key} leads to {thing}, not to {wanted!r}"
        hand.key("F8")
        wait_for(lambda: not any(thing.name == "Title" for thing in hand.window.walk(shown=True)),
                 "F8 to fold the inspector")
        hand.key("F8")  # the next start would have it folded, too
        hand.find(None, "Title")
        program.close()


def test_tab_goes_round(case):
    with case.start(case.copy("perimeter")) as program:
        hand, focus, seen = Hand(program), Focus(), []
        program.move(*program.middle_of(hand.window, hand.window))
        hand.find(None, "Title")  # GTK 4.8 tells of the focus of what was looked at before, and panels come late
        focus.go_to(program, "push button", "Zoom out")
        for _ in range(120):
            thing = focus.after(program, "Tab")
            if thing is not None:
                seen.append((thing.role, thing.name))
                if seen[-1] == ("push button", "Zoom out"):
                    break
        names = [name for _, name in seen]
        assert seen[-1] == ("push button", "Zoom out"), f"Tab does not come round: {names}"
        for name in ("Zoom in", "Title", "Main menu", "Search the palette", "Canvas"):
            assert any(text.startswith(name) for text in names), f"Tab leaves out {name!r}: {names}"
        program.close()


def test_story_by_keys(case):
    """A site, a perimeter with a management point and a firewall, moved, undone and saved without a pointer."""
    path = case.folder / "keys.portolan"
    with case.start(chooser=True) as program:
        hand, focus = Hand(program), Focus()
        program.move(*program.middle_of(hand.window, hand.window))  # without a window manager keys go where it is
        focus.go_to(program, "push button", "Empty plan")
        hand.key("Return")
        hand.find("entry", "Search the palette")
        focus.go_to(program, "entry", "Search the palette", "shift+Tab")
        for words, edit in [("intranet zone", "Add Intranet"), ("primary site", "Add site P01"),
                            ("perimeter zone", "Add Perimeter"), ("management point", "Add MP01"),
                            ("firewall", "Add Firewall")]:
            hand.key("ctrl+a")
            hand.type(words)
            hand.row_of(words)
            hand.key("Return")
            hand.wait_for_edit(edit)
        canvas = hand.find("image", "Canvas")
        focus.go_to(program, "image", "Canvas")
        hand.key("Home")
        for _ in range(20):
            if canvas.description.startswith("MP01"):
                break
            hand.key("Right" if canvas.description.startswith("Zone Intranet") else "Down")
        assert canvas.description == "MP01, Management point, site P01, zone Perimeter", canvas.description
        program.key(*["alt+Left"] * 45)
        hand.wait_for_edit("Move MP01")
        wait_for(lambda: "zone Intranet" in canvas.description, lambda: f"another zone: {canvas.description}")
        hand.key("ctrl+z")
        wait_for(lambda: "zone Perimeter" in canvas.description, lambda: f"the undone zone: {canvas.description}")
        hand.key("ctrl+shift+z")
        hand.wait_for_edit("Move MP01")
        hand.key("ctrl+z")
        hand.wait_for_edit("Add Firewall")
        hand.key("ctrl+s")
        hand.save_as(path)
        program.close()
    check_same(path, HERE / "story-keys.portolan")


if __name__ == "__main__":
    cases.main(__doc__, globals(), size="1920x1080")
