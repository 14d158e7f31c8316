#!/usr/bin/env python3
"""portolan-cli draw from outside: the pictures are read back with Python's own xml module, zlib and struct.

usage: test_draw.py SOURCE_ROOT CLI
"""

import csv
import io
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import quoteattr

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
ROOT = pathlib.Path()
CLI = ""


def draw(*arguments, text=None, environment=None):
    return subprocess.run([CLI, "draw", *map(str, arguments)], input=text, capture_output=True, check=False,
                          env={**os.environ, **(environment or {})})


def draw_text(folder, text, *arguments, name="picture.svg"):
    """The bytes of the picture of a plan."""
    file = folder / name
    result = draw("-", "--output", file, *arguments, text=text.encode())
    assert result.returncode == 0, result.stderr
    return file.read_bytes()


def template(name):
    return (ROOT / "data" / "templates" / f"{name}.portolan").read_text(encoding="utf-8")


def ids(svg, kind):
    root = ElementTree.fromstring(svg)
    return [group.get("id")[len(kind) + 1:] for group in root.iter(f"{SVG}g") if group.get("class") == kind]


def in_plan(text, element):
    return re.findall(rf'<{element} id="([^"]+)"', text)


def plan(*nodes, zones=1):
    parts = [f'<zone id="z{i}" name="Zone {i}" kind="intranet"/>' for i in range(zones)]
    return '<plan xmlns="urn:portolan:plan:1" title="T">' + "".join(parts) + "".join(nodes) + "</plan>"


# --- Pictures --------------------------------------------------------------------------------------------------------

def test_svg_has_everything(folder):
    for name in ("stand-alone", "perimeter", "hierarchy", "internet-clients"):
        text = template(name)
        svg = draw_text(folder, text)
        for kind in ("zone", "firewall", "node"):
            assert sorted(ids(svg, kind)) == sorted(in_plan(text, kind)), kind
        root = ElementTree.fromstring(svg)
        assert root.find(f"{SVG}title").text == re.search(r'title="([^"]*)"', text).group(1)
        for group in root.iter(f"{SVG}g"):
            assert group.find(f"{SVG}title").text
        words = " ".join(e.text for e in root.iter(f"{SVG}text"))
        for node in re.findall(r'<node id="[^"]+" name="([^"]+)"', text):
            assert node.split()[0] in words, node


def test_svg_uses_the_icons_it_has(folder):
    root = ElementTree.fromstring(draw_text(folder, template("hierarchy")))
    used = {use.get(LINK)[1:] for use in root.iter(f"{SVG}use")}
    assert used == {symbol.get("id") for symbol in root.iter(f"{SVG}symbol")}
    names = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(names) == len(set(names))


def test_svg_is_well_formed_whatever_the_names(folder):
    hostile = ['<script>alert(1)</script>', '&amp; "quoted" \'too\'', "]]>", "العربية والعبرية עברית", "e\u0301" * 120,
               "W" * 256, "日本語の名前" * 20, " ", "\u202eesrever", "a\u00a0b", "💻" * 100, "-->"]
    nodes = [f'<node id="n{i}" name={quoteattr(name)} zone="z0"><role name="client"/></node>'
             for i, name in enumerate(hostile)]
    svg = draw_text(folder, plan(*nodes))
    root = ElementTree.fromstring(svg)
    titles = [group.find(f"{SVG}title").text.split("\n")[0] for group in root.iter(f"{SVG}g")]
    for name in hostile:
        assert name in titles, name
    for text in root.iter(f"{SVG}text"):
        assert len(text.text) <= 60, text.text


def test_texts_stay_on_their_cards(folder):
    """By the width that the file gives a text, or by what its letters can at most have."""
    root = ElementTree.fromstring(draw_text(folder, template("hierarchy")))
    for group in root.iter(f"{SVG}g"):
        if group.get("class") == "arrow":
            continue
        box = group.find(f"{SVG}rect")
        left, top, width, height = (float(box.get(key)) for key in ("x", "y", "width", "height"))
        baselines = {}
        for text in group.iter(f"{SVG}text"):
            x, y, size = (float(text.get(key)) for key in ("x", "y", "font-size"))
            anchor = text.get("text-anchor", "start")
            assert top + size * 0.7 <= y <= top + height - size * 0.2, text.text
            if text.get("textLength"):
                room = float(text.get("textLength"))
                start = x - {"start": 0, "middle": room / 2, "end": room}[anchor]
                assert left <= start and start + room <= left + width, text.text
            if anchor == "start":
                for other, height_above in baselines.items():
                    assert abs(y - other) >= min(size, height_above), text.text
                baselines[y] = size


def test_formats(folder):
    text = template("perimeter")
    assert draw_text(folder, text, name="a.PDF").startswith(b"%PDF-1.")
    png = draw_text(folder, text, name="a.b.Png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    svg = ElementTree.fromstring(draw_text(folder, text, name="a.svg"))
    assert (width, height) == (2 * float(svg.get("width")), 2 * float(svg.get("height")))


def test_same_plan_same_bytes(folder):
    text = template("hierarchy")
    for extension in ("svg", "pdf", "png"):
        one = draw_text(folder, text, name=f"one.{extension}")
        time.sleep(1.1 if extension == "pdf" else 0)
        assert one == draw_text(folder, text, name=f"other.{extension}")


def test_the_locale_changes_nothing(folder):
    text = template("hierarchy").encode()
    for extension in ("svg", "pdf"):
        pictures = []
        for locale in ("C", "de_DE.UTF-8"):
            file = folder / f"{locale}.{extension}"
            assert draw("-", "--output", file, text=text, environment={"LC_ALL": locale}).returncode == 0
            pictures.append(file.read_bytes())
        assert pictures[0] == pictures[1]


def test_empty_plans(folder):
    for extension in ("svg", "pdf", "png"):
        assert draw_text(folder, '<plan xmlns="urn:portolan:plan:1" title=""/>', name=f"e.{extension}")


def test_far_apart(folder):
    """A PNG and a PDF page have limits, a canvas hardly any."""
    text = plan(*(f'<node id="{name}" name="A" x="{at}" y="{at}"><role name="client"/></node>'
                  for name, at in (("a", -10_000_000), ("b", 10_000_000))))
    width, height = struct.unpack(">II", draw_text(folder, text, name="far.png")[16:24])
    assert width * height <= 40_000_000
    page = re.search(rb"/MediaBox \[ ?0 0 ([0-9.]+) ([0-9.]+)", draw_text(folder, text, name="far.pdf"))
    assert page is None or max(map(float, page.groups())) <= 14400
    ElementTree.fromstring(draw_text(folder, text))


def test_time_is_proportional(folder):
    def seconds(n):
        nodes = [f'<node id="n{i}" name="Node {i}" zone="z{i % 20}"><role name="client"/></node>' for i in range(n)]
        text = plan(*nodes, zones=20)
        start = time.monotonic()
        draw_text(folder, text)
        return time.monotonic() - start

    few, many = min(seconds(5000) for _ in range(3)), min(seconds(40000) for _ in range(3))
    assert many < 8 * few * 3, (few, many)


# --- Arrows -----------------------------------------------------------------------------------------------------------

def flow_rows(folder, text):
    path = folder / "flows.portolan"
    path.write_text(text, encoding="utf-8")
    rows = subprocess.run([CLI, "flows", path], capture_output=True, check=True, text=True).stdout
    return list(csv.DictReader(io.StringIO(rows)))


def pairs(rows):
    return {frozenset((row["source"], row["destination"])) for row in rows}


def arrows(svg):
    found = ids(svg, "arrow")
    assert len(found) == len(set(found))
    return {frozenset(name.split("~")) for name in found}


def test_an_arrow_for_each_pair(folder):
    for name in ("stand-alone", "perimeter", "hierarchy", "internet-clients"):
        rows = flow_rows(folder, template(name))
        assert arrows(draw_text(folder, template(name))) == pairs(rows), name
        for phase in ("operation", "installation"):
            seen = [row for row in rows if row["phase"] == phase]
            assert arrows(draw_text(folder, template(name), "--phase", phase)) == pairs(seen), (name, phase)


def test_heads_and_tooltips(folder):
    """A head at each end that is initiated towards; the tooltip names the services of either way."""
    text = template("perimeter")
    rows = flow_rows(folder, text)
    root = ElementTree.fromstring(draw_text(folder, text))
    names = dict(re.findall(r'<node id="([^"]+)" name="([^"]+)"', text))
    for group in root.iter(f"{SVG}g"):
        if group.get("class") != "arrow":
            continue
        a, b = group.get("id")[len("arrow-"):].split("~")
        lines = group.find(f"{SVG}title").text.split("\n")
        ways = [(a, b), (b, a)]
        services = [{row["service"] for row in rows if (row["source"], row["destination"]) == way} for way in ways]
        said = {}
        for line in lines:
            ends, words = line.split(": ", 1)
            said[tuple(ends.split(" → "))] = set(words.split(", "))
        assert said == {(names[x], names[y]): found for (x, y), found in zip(ways, services) if found}
        assert len(group.findall(f"{SVG}polygon")) == sum(bool(found) for found in services)


# --- One firewall ----------------------------------------------------------------------------------------------------

def test_firewall(folder):
    text = template("perimeter")
    path = folder / "plan.portolan"
    path.write_text(text, encoding="utf-8")
    rows = subprocess.run([CLI, "flows", "--crossing", path], capture_output=True, check=True, text=True).stdout
    for firewall in in_plan(text, "firewall"):
        nodes = {name for row in rows.splitlines()[1:] if firewall in row.split(",")[-1].split()
                 for name in row.split(",")[:2]}
        svg = draw_text(folder, text, "--firewall", firewall)
        assert ids(svg, "firewall") == [firewall]
        assert set(ids(svg, "node")) == nodes
        assert arrows(svg) == pairs(row for row in flow_rows(folder, text) if firewall in row["firewalls"].split())
        joined = re.search(rf'<firewall id="{firewall}"[^>]* zones="([^"]+)"', text).group(1).split()
        assert set(joined) <= set(ids(svg, "zone"))


def test_implied_firewalls(folder):
    """A plan without firewalls has one between each two zones that talk to each other."""
    text = re.sub(r"<firewall [^>]*/>", "", template("hierarchy"))
    rows = flow_rows(folder, text)
    implied = {row["firewalls"] for row in rows if "~" in row["firewalls"]}
    assert len(implied) > 5
    assert set(ids(draw_text(folder, text), "firewall")) == implied
    for firewall in implied:
        svg = draw_text(folder, text, "--firewall", firewall)
        assert ids(svg, "firewall") == [firewall]
        assert arrows(svg) == pairs(row for row in rows if row["firewalls"] == firewall)


# --- Usage and errors ------------------------------------------------------------------------------------------------

def check_error(result, *words):
    message = result.stderr.decode()
    assert result.returncode == 2, result
    assert result.stdout == b""
    assert message.count("\n") == 1 and message.startswith("portolan-cli: "), message
    for word in words:
        assert word in message, message


def test_usage(folder):
    good = ROOT / "data" / "templates" / "perimeter.portolan"
    check_error(draw(good), "--output")
    check_error(draw(good, "--output", ""), "--output")
    for name in ("picture", "picture.jpg", ".svg", "picture.svgz", "svg"):
        check_error(draw(good, "--output", folder / name if name[0] != "." else name), ".svg, .pdf or .png")
    check_error(draw("--output", folder / "a.svg"), "usage")
    check_error(draw(good, "--output", folder / "a.svg", "--firewall", "nope"), "“nope”", "fw-inner, fw-edge")
    check_error(draw(good, "--output", folder / "a.svg", "--phase", "nope"), "“nope”", "operation, installation")
    check_error(draw(ROOT / "data" / "templates" / "stand-alone.portolan", "extra", "--output", "a.svg"), "“")
    assert not any(folder.iterdir())


def test_output_that_cannot_be_written(folder):
    good = ROOT / "data" / "templates" / "perimeter.portolan"
    (folder / "folder.svg").mkdir()
    for extension in ("svg", "pdf", "png"):
        check_error(draw(good, "--output", folder / "missing" / f"a.{extension}"), "could not be written", "folder")
    check_error(draw(good, "--output", folder / "folder.svg"), "could not be written", "it is a folder")
    assert [path.name for path in folder.iterdir()] == ["folder.svg"]


def test_a_bad_plan_leaves_the_picture(folder):
    file = folder / "a.svg"
    file.write_text("old", encoding="utf-8")
    check_error(draw("-", "--output", file, text=b"<plan/>"), "element “plan”")
    assert file.read_text(encoding="utf-8") == "old"


def test_help(folder):
    result = draw("--help")
    assert result.returncode == 0 and b"--firewall" in result.stdout and b"--phase" in result.stdout and b".svg" in result.stdout


def main():
    global ROOT, CLI
    ROOT, CLI = pathlib.Path(sys.argv[1]).resolve(), os.path.abspath(sys.argv[2])
    passed = failed = 0
    for name, test in list(globals().items()):
        if not name.startswith("test_"):
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(pathlib.Path(folder))
                passed += 1
            except AssertionError as error:
                failed += 1
                line = error.__traceback__.tb_next.tb_lineno
                print(f"{name}, line {line}: {error}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
