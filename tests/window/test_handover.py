#!/usr/bin/python3
"""A person designs a perimeter and hands over the sheets of its two firewalls: from the empty window, with pointer and
keys alone, in fewer than 60 actions and two minutes.

Usage: test_handover.py SOURCE_ROOT PORTOLAN [TEST...], with the command line in $PTL_CLI
"""

import time

import cases
from hand import Hand
from program import wait_for
from test_export import DIALOG, check_same, press, says

ACTIONS, SECONDS = 60, 120
# What is looked for in the palette, and what adding it is called: the site brings its server with the SQL Server.
DESIGN = [
    ("intranet zone", "Add Intranet"),
    ("primary site", "Add site P01"),
    ("perimeter zone", "Add Perimeter"),
    ("management point", "Add MP01"),
    ("distribution point", "Add DP01"),
    ("firewall", "Add Firewall"),
    ("internet zone", "Add Internet"),
    ("client", "Add Client"),
    ("firewall", "Add Firewall 2"),
]


def choose_folder(hand, dialog, folder):
    """The second button of that dialog: what it says is where the sheets would go."""
    press(hand.program, dialog, next(button.name for button in dialog.all("push button")
                                     if button.name.startswith("/")))
    chooser = hand.program.window("A Folder for the Sheets")
    hand.program.move(*hand.program.middle_of(chooser, chooser))
    hand.type(folder)
    wait_for(lambda: chooser.find("text").text == str(folder), "the typed path")
    hand.key("Return")
    hand.program.wait_until_gone(chooser.name)
    hand.actions += 1


def test_two_firewalls(case):
    plan, folder, began = case.folder / "plan.portolan", case.folder / "sheets", time.monotonic()
    folder.mkdir()
    with case.start(chooser=True) as program:
        hand = Hand(program)
        hand.press("push button", "Empty plan")
        hand.press("entry", "Search the palette")
        for words, edit in DESIGN:
            hand.key("ctrl+a")
            hand.type(words)
            hand.row_of(words)
            hand.key("Return")
            hand.wait_for_edit(edit)
        hand.press(None, "Problems")
        hand.press("push button", "Open the Perimeter to Them")
        hand.wait_for_edit("Open the Perimeter to Them")
        tabs = [hand.window.find("list item", lambda name: name.startswith(f"{firewall}, ")).name
                for firewall in ("Firewall", "Firewall 2")]
        assert all(int(tab.split(", ")[1].split()[0]) > 0 for tab in tabs), tabs
        hand.key("ctrl+e")
        dialog = program.window(DIALOG)
        choose_folder(hand, dialog, folder)
        press(program, dialog, "Export")
        says(dialog, "rules in 2 sheets written to")
        hand.actions += 1
        took = time.monotonic() - began
        press(program, dialog, "Close")
        hand.key("ctrl+s")
        hand.save_as(plan)
        print(f"{hand.actions} actions with saving the plan; the sheets were there after {took:.0f} s on this machine")
        assert hand.actions < ACTIONS and took < SECONDS
        program.close()
    check_same(case, folder, plan)
    sheets = {name: (folder / name).read_text(encoding="utf-8") for name in ("firewall.csv", "firewall-2.csv")}
    assert "CM01" in sheets["firewall.csv"] and "MP01" in sheets["firewall.csv"]
    assert "Client" in sheets["firewall-2.csv"] and "DP01" in sheets["firewall-2.csv"]


if __name__ == "__main__":
    cases.main(__doc__, globals(), size="1920x1080")
