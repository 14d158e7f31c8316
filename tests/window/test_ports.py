#!/usr/bin/python3
"""What is needed is read off the window: by a click on an arrow, or from a node that is chosen.

Usage: test_ports.py SOURCE_ROOT PORTOLAN [TEST...]
"""

import collections
import csv
import io
import subprocess

import cases
from hand import Hand
from program import Missing, wait_for

# Two cards side by side, with nothing but the arrow between them; another one below.
PLAN = """<plan xmlns="urn:portolan:plan:1" title="Three">
  <site code="P01" kind="primary"/>
  <zone id="in" name="Inside" kind="intranet" x="0" y="0" width="320" height="400"/>
  <zone id="out" name="Outside" kind="perimeter" x="400" y="0" width="280" height="400"/>
  <firewall id="fw" name="Gate" zones="in out" x="360" y="340"/>
  <node id="sql01" name="SQL01" zone="in" site="P01" x="40" y="80"><role name="sql-server"/></node>
  <node id="mp01" name="MP01" zone="out" site="P01" x="460" y="80"><role name="management-point"/></node>
  <node id="cm01" name="CM01" zone="in" site="P01" x="40" y="260"><role name="site-server"/></node>
</plan>
"""
ROW = -80  # of the upper cards, from the middle of the plan


def flows(case, plan):
    """What the command line prints of each pair of nodes, in their names: the texts that the window has for ports."""
    cli = case.portolan.parent.parent / "cli" / "portolan-cli"
    text = subprocess.run([cli, "flows", plan], check=True, capture_output=True, text=True).stdout
    pairs = collections.defaultdict(list)
    for row in csv.DictReader(io.StringIO(text)):
        ports = row["port_from"] + ("–" + row["port_to"] if row["port_to"] != row["port_from"] else "")
        way = f"{row['source'].upper()} → {row['destination'].upper()}"
        phase = ", installation" if row["phase"] == "installation" else ""
        pairs[row["source"], row["destination"]].append(
            f"{row['service']}, {' '.join((row['protocol'], ports)).strip()}, {way}{phase}")
    return pairs


def start(case, program):
    """Without the panels that there is nothing to read in here: asking for everything takes a while. The window
    remembers that for the next test."""
    hand = Hand(program)
    canvas = hand.find("image", "Canvas")
    if canvas.box[2] < 1400:
        hand.key("F7", "F9")
        wait_for(lambda: canvas.box[2] > 1400, "the canvas to have the room")
    return hand


def make(case):
    path = case.folder / "three.portolan"
    path.write_text(PLAN, encoding="utf-8")
    return path


def shown(hand, test):
    return sorted(thing.name for thing in hand.window.all("push button") if test(thing.name))


def test_node(case):
    """Its partners are those of the command line; what is opened lists the ports of the one."""
    path = make(case)
    pairs = flows(case, path)
    wanted = {f"To {to.upper()}": len(rows) for (source, to), rows in pairs.items() if source == "mp01"}
    wanted |= {f"From {source.upper()}": len(rows) for (source, to), rows in pairs.items() if to == "mp01"}
    with case.start(path) as program:
        hand = start(case, program)
        hand.click(210, ROW)
        hand.find("push button", "To SQL01")
        found = dict(name.split(": ")[0].rsplit(", ", 1)
                     for name in shown(hand, lambda name: name.startswith(("To ", "From "))))
        assert found == {name: f"{n} port{'s' if n > 1 else ''}" for name, n in wanted.items()}, (found, wanted)
        hand.press("push button", "From CM01")
        rows = sorted(pairs["cm01", "mp01"])
        wait_for(lambda: shown(hand, lambda name: "CM01 → MP01" in name) == rows, lambda: f"the rows {rows}")
        program.close()


def click_arrow(hand, port):
    """Wherever between the cards it is; the port is then told at the pointer."""
    canvas = hand.find("image", "Canvas")
    for dy in (0, 4, -4, 8, -8, 12, -12, 16, -16, 20, -20, 24, -24, 28, -28, 32, -32):
        hand.click(-95, ROW + dy)
        try:
            return wait_for(lambda: next(canvas.all("list item", port), None), "the arrow", 0.3)
        except Missing:
            continue
    raise Missing(f"no arrow between the cards that says {port!r}")


def test_arrow(case):
    """Its ports at the pointer and in the inspector; the link to a setting, and the row that follows it."""
    path = make(case)
    with case.start(path) as program:
        hand = start(case, program)
        click_arrow(hand, "SQL Server, tcp 1433, MP01 → SQL01")
        hand.press("push button", "SQL Server, tcp 1433, MP01 → SQL01")
        hand.press("push button", "SQL Server port…")
        wait_for(lambda: any(field.has("focused") for field in hand.window.all("text", "SQL Server port")),
                 "the setting to have the focus")
        hand.key("ctrl+a")
        hand.type("1500")
        click_arrow(hand, "SQL Server, tcp 1500, MP01 → SQL01")
        hand.find("push button", "SQL Server, tcp 1500, MP01 → SQL01")
        hand.key("ctrl+s")
        wait_for(lambda: 'name="sql-port">1500' in path.read_text(encoding="utf-8"), "the saved setting")
        program.close()


if __name__ == "__main__":
    cases.main(__doc__, globals(), size="1920x1080")
