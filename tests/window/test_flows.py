#!/usr/bin/python3
"""Flows as a person meets them: an arrow is clicked, its ports are read, a port is changed, the sheets are exported.

Usage: test_flows.py SOURCE_ROOT PORTOLAN [TEST...], with the command line in $PTL_CLI

What is read in the window is compared with what the command line prints of the same plan.
"""

import csv
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree

import cases
from hand import Hand
from program import wait_for
from test_export import DIALOG, by_command, check_same, prefer_folder, press, says
from test_files import TITLE

PLAN = "{urn:portolan:plan:1}"
SVG = "{http://www.w3.org/2000/svg}"
PORT = re.compile(r".+, (tcp|udp) [\d–]+, .+ → .+")


def command(*arguments):
    return subprocess.run([os.environ["PTL_CLI"], *arguments], check=True, capture_output=True, text=True).stdout


def ports_of(plan, *ends):
    """The ports between two nodes as the window is to say them, from what the command line prints."""
    names = {node.get("id"): node.get("name") for node in ElementTree.parse(plan).iter(f"{PLAN}node")}
    rows = [row for row in csv.DictReader(command("flows", plan).splitlines())
            if sorted((row["source"], row["destination"])) == sorted(ends)]
    assert rows
    return sorted({f"{row['service']}, {row['protocol']} "
                   + "–".join(sorted({row["port_from"], row["port_to"]}, key=int))
                   + f", {names[row['source']]} → {names[row['destination']]}"
                   + (", installation" if row["phase"] == "installation" else "") for row in rows})


def head_of(case, plan, one, other):
    """The middle of an arrow's head as it is drawn, seen from the middle of the plan."""
    path = case.folder / "drawn.svg"
    command("draw", plan, "--output", path)
    picture = ElementTree.parse(path).getroot()
    left, top, width, height = map(float, picture.get("viewBox").split())
    arrow = next(group for group in picture.iter(f"{SVG}g") if group.get("id") == f"arrow-{one}~{other}")
    points = [tuple(map(float, point.split(","))) for point in arrow.find(f"{SVG}polygon").get("points").split()]
    x, y = (sum(point[i] for point in points) / len(points) for i in range(2))
    return x - left - width / 2, y - top - height / 2


def read_ports(thing, role):
    return sorted(found.name for found in thing.all(role, lambda name: PORT.fullmatch(name)))


def click_arrow(case, hand, plan, one, other):
    """Its ports are listed beside the canvas, and in short at the pointer."""
    expected = ports_of(plan, one, other)
    hand.click(*head_of(case, plan, one, other))
    wait_for(lambda: read_ports(hand.window, "push button") == expected,
             lambda: f"{expected} while the window says {read_ports(hand.window, 'push button')}")
    short = read_ports(hand.find("image", "Canvas"), "list item")
    assert short and set(short) <= {port.removesuffix(", installation") for port in expected}, short


def row_of(hand, ends, ports):
    """A row of the sheet that is shown."""
    return hand.find("tree table", "Rules").find("table row", lambda name: name.startswith(f"{ends}, {ports}, "))


def test_arrow_to_sheet(case):
    plan, folder = case.copy("perimeter"), prefer_folder(case, case.folder / "sheets")
    with case.start(plan) as program:
        hand = Hand(program, title=TITLE)
        hand.key("ctrl+1")
        hand.window.find("push button", "100 %")
        click_arrow(case, hand, plan, "dc01", "mp02")
        click_arrow(case, hand, plan, "mp02", "laptops")
        row_of(hand, "Travelling laptops to MP02", "tcp 443")
        hand.press("push button", "HTTPS, tcp 443, Travelling laptops → MP02")
        hand.press("push button", "Client HTTPS port…")
        wait_for(lambda: hand.window.find("text", "Client HTTPS port").has("focused"), "the setting to be typed in")
        program.key("ctrl+a")
        program.type("8443")
        program.key("Return")
        row_of(hand, "Travelling laptops to MP02", "tcp 8443")
        program.key("ctrl+s")
        wait_for(lambda: b"8443" in plan.read_bytes(), "the saved plan")
        before = by_command(case, case.root / "data" / "templates" / "perimeter.portolan")
        program.key("ctrl+e")
        dialog = program.window(DIALOG)
        program.move(*program.middle_of(dialog, dialog))
        press(program, dialog, "Export")
        says(dialog, "29 rules in 2 sheets")
        check_same(case, folder, plan)
        assert (folder / "fw-edge.csv").read_bytes() != before["fw-edge.csv"]
        press(program, dialog, "Close")
        program.window(TITLE)
        program.key("ctrl+q")


if __name__ == "__main__":
    cases.main(__doc__, globals(), size="1920x1080")
