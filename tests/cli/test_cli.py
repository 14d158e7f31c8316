#!/usr/bin/env python3
"""Black-box tests of portolan-cli: every command, option, exit status and message, read back with Python's own csv
and xml modules.

Usage: test_cli.py SOURCE_ROOT CLI
"""

import csv
import io
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import quoteattr

SHEET = "{urn:portolan:sheet:1}"
COMMANDS = ("flows", "sheets", "check", "why", "catalogue", "new")
FLOW_COLUMNS = ("source destination protocol port_from port_to service rule phase source_zone destination_zone "
                "firewalls").split()
SHEET_COLUMNS = ["Rule", "Firewall", "Source zone", "Source", "Source address", "Destination zone", "Destination",
                 "Destination address", "Protocol", "Source port", "Destination port", "Service", "Action", "Phase",
                 "Purpose", "Reference", "Note"]
CATALOGUE_COLUMNS = ("rule from_role to_role direction scope location feature condition phase service protocol "
                     "port_from port_to setting configurable documents lines notes conflict").split()
CELL_LIMIT = 30000

ROOT = pathlib.Path()
CLI = ""


class Skip(Exception):
    """What a test needs is not here."""


# --- Plans -----------------------------------------------------------------------------------------------------------

def element(name, attributes, inner=""):
    text = "".join(f" {key.replace('_', '-')}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<{name}{text}>{inner}</{name}>\n" if inner else f"<{name}{text}/>\n"


def zone(ident, name, kind="intranet", **more):
    return element("zone", {"id": ident, "name": name, "kind": kind, **more})


def firewall(ident, name, zones, **more):
    return element("firewall", {"id": ident, "name": name, "zones": zones, **more})


def node(ident, name, where, roles, addresses="", sets="", **more):
    """A node at site P01; roles are names, or pairs of a name and options."""
    attributes = {"id": ident, "name": name}
    if where:
        attributes["zone"] = where
    attributes["site"] = "P01"
    if addresses:
        attributes["addresses"] = addresses
    inner = "".join(element("role", {"name": role} if isinstance(role, str) else {"name": role[0], **role[1]})
                    for role in roles)
    return element("node", {**attributes, **more}, inner + sets)


def plan(*parts, title="A plan", head=""):
    site = element("site", {"code": "P01", "name": "Headquarters", "kind": "primary"})
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<plan xmlns="urn:portolan:plan:1" title={quoteattr(title)} description="">\n{head}{site}'
            + "".join(parts) + "</plan>\n")


ZONES = zone("corp", "Corporate") + zone("dmz", "Perimeter", "perimeter") + zone("net", "Internet", "internet")
FIREWALLS = firewall("fw-inner", "Inner firewall", "corp dmz") + firewall("fw-edge", "Edge firewall", "dmz net")
CM01 = node("cm01", "CM01", "corp", ["site-server", "sql-server"], "10.1.0.10")
MP02 = node("mp02", "MP02", "dmz", [("management-point", {"internet-facing": "yes"})], "192.0.2.20 2001:db8::20")
DP03 = node("dp03", "DP03", "dmz", ["distribution-point"])
LAPTOPS = node("laptops", "Travelling laptops", "net", ["client"], "any")
SMALL = plan(ZONES, FIREWALLS, CM01, MP02, DP03, LAPTOPS, title="Small & <plain>")

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "<b>&amp;</b>", "]]>", "a,b", "a;b", "a; b", '"quoted"',
           "'", "../../etc/passwd", "Bücher 日本 🦊", "{{7*7}}", "%s%n", "sep=;", "twin", "twin", "x, \"y\", z"]


def hostile_plan():
    nodes = "".join(node(f"n{i}", name, "corp", ["client"], note=name) for i, name in enumerate(HOSTILE))
    server = node("server", "=SERVER()", "dmz", ["management-point", "distribution-point"], "192.0.2.1")
    return plan(zone("corp", "=zone; one"), zone("dmz", "]]><x>", "perimeter"),
                firewall("fw", "@fire,\"wall\"", "corp dmz", note="=note|]]>"), nodes, server, title="<![CDATA[=1]]>")


def wide_plan():
    """Names and addresses that do not fit into one cell."""
    nodes = "".join(node(f"c{i}", f"{'n' * 250}{i:03}", "corp", ["client"], f"10.1.{i // 250}.{i % 250}")
                    for i in range(300))
    addresses = " ".join(f"2001:db8:1111:2222:3333:4444:5555:{i:x}" for i in range(1000))
    return plan(ZONES, FIREWALLS, nodes, node("mp", "MP", "dmz", ["management-point"], addresses))


# --- Running ---------------------------------------------------------------------------------------------------------

class Result:
    def __init__(self, process):
        self.status = process.returncode
        self.raw = process.stdout or b""
        self.out = self.raw.decode()
        self.err = (process.stderr or b"").decode()
        self.lines = self.err.splitlines()

    def rows(self):
        return read_csv(self.raw)


def run(*arguments, stdin=b"", stdout=subprocess.PIPE, **more):
    if isinstance(stdin, str):
        stdin = stdin.encode()
    return Result(subprocess.run([CLI, *map(str, arguments)], input=stdin, stdout=stdout, stderr=subprocess.PIPE,
                                 timeout=120, check=False, **more))


def run_as_anybody(folder, *arguments):
    """As a user whom permissions bind, which they do not root."""
    if os.geteuid() != 0:
        return run(*arguments)
    folder.chmod(0o755)
    try:
        return run(*arguments, user=65534, group=65534, extra_groups=[])
    except PermissionError as error:
        raise Skip("the program is out of reach for other users") from error


def read_csv(data):
    """The rows as dictionaries; the dialect is RFC 4180 without a bare line end."""
    text = data.decode()
    assert text.endswith("\r\n") and not re.search(r"(?<!\r)\n", text), "a line does not end in \\r\\n"
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert all(len(row) == len(rows[0]) for row in rows), "rows of different length"
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def header(data):
    return data.decode().split("\r\n", 1)[0].split(",")


def equal(got, wanted):
    assert got == wanted, f"got {got!r}, wanted {wanted!r}"


def fails(result, *fragments):
    """Status 2, nothing on standard output, one sentence on standard error that says this."""
    equal(result.status, 2)
    equal(result.out, "")
    said = [line for line in result.lines if not re.search(r": (warning|error)\[", line)]
    assert len(said) == 1 and said[0].startswith("portolan-cli: "), result.err
    for fragment in fragments:
        assert fragment in said[0], f"{fragment!r} is not in {said[0]!r}"


def write_plan(folder, text=SMALL, name="plan.portolan"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def sheets(folder, text=SMALL, *options, name="sheets"):
    """Runs `sheets` and gives its result and its folder."""
    out = folder / name
    return run("sheets", write_plan(folder, text), "--output", out, *options), out


def validate(path):
    if shutil.which("xmllint"):
        subprocess.run(["xmllint", "--nonet", "--noout", "--schema", ROOT / "data" / "sheet.xsd", path], check=True,
                       stderr=subprocess.PIPE)


def expand_ports(text):
    """What a Destination port cell permits."""
    return [(0, 0)] if text == "echo-request" else [tuple(map(int, (part.split("-") * 2)[:2] if "-" not in part
                                                              else part.split("-"))) for part in text.split("; ")]


def xml_tuples(path):
    """rule id -> (phase, sources, destinations, protocol, ranges)"""
    root = ElementTree.parse(path).getroot()
    services = {s.get("id"): s for s in root.iter(SHEET + "service") if s.get("id")}
    rules = {}
    for rule in root.iter(SHEET + "rule"):
        used = [services[s.get("ref")] for s in rule.findall(SHEET + "service")]
        rules[rule.get("id")] = (rule.get("phase"), [s.get("ref") for s in rule.findall(SHEET + "source")],
                                 [d.get("ref") for d in rule.findall(SHEET + "destination")], used[0].get("protocol"),
                                 [(int(s.get("from", 0)), int(s.get("to", 0))) for s in used])
    return rules


def ports_of(tuples):
    """(source, destination, protocol) -> the ports that are permitted, as a set of numbers"""
    ports = {}
    for _phase, sources, destinations, protocol, ranges in tuples:
        for source in sources:
            for destination in destinations:
                permitted = ports.setdefault((source, destination, protocol), set())
                for low, high in ranges:
                    permitted.update(range(low, high + 1))
    return ports


def flow_tuples(rows, ident):
    """The flows that cross a firewall, in the form of xml_tuples' values."""
    return [(row["phase"], [row["source"]], [row["destination"]], row["protocol"],
             [(int(row["port_from"] or 0), int(row["port_to"] or 0))])
            for row in rows if ident in row["firewalls"].split()]


def defused(text):
    return "'" + text if text[:1] in tuple("=+-@\t\r") else text


def plan_names(text):
    """id -> the name for people, of nodes and of zones"""
    root = ElementTree.fromstring(text)
    names = {}
    for kind in ("node", "zone"):
        things = root.findall("{urn:portolan:plan:1}" + kind)
        all_names = [thing.get("name") for thing in things]
        for thing in things:
            name = thing.get("name")
            unique = all_names.count(name) == 1 and "; " not in name
            names[thing.get("id")] = name if unique else f"{name} ({thing.get('id')})"
    return names


# --- Help and usage --------------------------------------------------------------------------------------------------

def test_help(folder):
    for option in ("--help", "-h"):
        result = run(option)
        equal((result.status, result.err), (0, ""))
        for command in COMMANDS:
            assert re.search(rf"^  {command}\b", result.out, re.M), command
    for command in COMMANDS:
        for arguments in ([command, "--help"], [command, "-h"], [command, "a", "--help"]):
            result = run(*arguments)
            equal((result.status, result.err), (0, ""))
            assert f"portolan-cli {command}" in result.out, result.out
            equal([], [path for path in folder.iterdir()])


def test_version(_folder):
    result = run("--version")
    equal((result.status, result.err), (0, ""))
    assert re.fullmatch(r"portolan-cli \d+\.\d+\.\d+\n", result.out), result.out


def test_usage(folder):
    path = write_plan(folder)
    out = folder / "out"
    cases = [
        ([], "--help"), (["bogus"], "bogus"), (["--bogus"], "--bogus"), (["--version", "x"], "x"),
        (["--help", "x"], "x"),
        (["flows"], "PLAN"), (["flows", path, "x"], '“x”'), (["flows", path, "--bogus"], "--bogus"),
        (["flows", path, "--crossing=no"], "--crossing"), (["new", path, "--force=no"], "--force"),
        (["check"], "PLAN"), (["check", path, path], "unexpected"), (["check", "--csv", path, "--html"], "--html"),
        (["catalogue", "x"], '“x”'), (["catalogue", "--csv"], "--csv"),
        (["sheets", path], "--output"), (["sheets", "--output", out], "PLAN"),
        (["sheets", path, "--output"], "--output"),
        (["sheets", path, "--output", ""], "--output"),
        (["sheets", path, "--output", out, "x"], '“x”'),
        (["sheets", path, "--output", out, "--format", "html"], "csv, csv-excel, xml"),
        (["sheets", path, "--output", out, "--format", "csv", "--format", "CSV"], "csv, csv-excel, xml"),
        (["sheets", path, "--output", out, "--firewall", "bogus"], "fw-inner, fw-edge"),
        (["sheets", path, "--output", out, "--firewall", "fw-inner", "--firewall", "FW-EDGE"], "FW-EDGE"),
        (["why"], "SOURCE"), (["why", path, "cm01"], "DESTINATION"),
        (["why", path, "cm01", "mp02", "tcp/1", "x"], '“x”'),
        (["why", path, "cm01", "cm01"], "same node"), (["why", path, "cm01", "CM01"], "same node"),
        (["why", path, "cm01", "bogus"], "bogus"), (["why", path, "bogus", "cm01"], "bogus"),
        (["new"], "PLAN"), (["new", folder / "a", "b"], '“b”'),
        (["new", folder / "a", "--template", "x"], "stand-alone"),
        (["new", folder / "a", "--template", "../catalogue"], "stand-alone"),
        (["new", folder / "a", "--template"], "--"),
    ]
    for port in ("tcp", "tcp/", "tcp/0", "tcp/65536", "tcp/-1", "tcp/+1", "tcp/1-2", "tcp/ 1", "sctp/1", "/1", "",
                 "445", "icmp/8", "tcp/1/2", "tcp/0x1"):
        cases.append((["why", path, "cm01", "mp02", port], "icmp"))
    for arguments, fragment in cases:
        try:
            fails(run(*arguments), fragment)
        except AssertionError as error:
            raise AssertionError(f"{arguments}: {error}") from error
    equal(["plan.portolan"], [entry.name for entry in folder.iterdir()])


def test_options_anywhere(folder):
    write_plan(folder, name="-plan")
    path = write_plan(folder)
    wanted = run("flows", "--crossing", path).raw
    equal(run("flows", path, "--crossing").raw, wanted)
    equal(run("flows", "--crossing", "--", path).raw, wanted)
    equal(run("flows", "--crossing", "--", "-plan", cwd=folder).raw, wanted)
    equal(run("flows", "--crossing", "-", stdin=SMALL).raw, wanted)
    equal(run("flows", "-", "--crossing", stdin=SMALL).raw, wanted)
    fails(run("flows", "-plan", cwd=folder), "flows --help")


def test_man_page(_folder):
    page = ROOT / "src" / "cli" / "portolan-cli.1"
    text = page.read_text(encoding="utf-8")
    wanted = set(COMMANDS) | set(FLOW_COLUMNS) | set(SHEET_COLUMNS) | set(CATALOGUE_COLUMNS) | {
        "csv", "csv-excel", "xml", "index.csv"}
    for command in COMMANDS:
        wanted |= {"Fl -" + option for option in re.findall(r"^  (?:-h, )?-(-[a-z]+)", run(command, "--help").out, re.M)
                   for option in [option[1:]]}
    wanted |= set(run("new", "--help").out.split("Templates: ")[1].strip().split(", "))
    for word in sorted(wanted):
        assert word in text or word.replace("Fl -help", "-help") in text, f"the man page does not name {word}"
    if not shutil.which("groff"):
        raise Skip("groff is missing")
    result = subprocess.run(["groff", "-mandoc", "-ww", "-Tutf8", "-z", page], capture_output=True, check=True)
    equal(result.stderr, b"")


# --- Reading plans ---------------------------------------------------------------------------------------------------

def test_unreadable_plans(folder):
    broken = write_plan(folder, SMALL.replace('kind="intranet"', 'kind="moon"'), "broken")
    doctype = write_plan(folder, SMALL.replace("<plan", "<!DOCTYPE plan><plan", 1), "doctype")
    empty = write_plan(folder, "", "empty")
    for path, fragment in ((folder / "missing", "missing"), (folder, str(folder)), (empty, "empty"),
                           (broken, f"{broken}:4: "), (doctype, f"{doctype}:2: "), ("", "portolan-cli: ")):
        for arguments in (["flows", path], ["check", path], ["why", path, "a", "b"],
                          ["sheets", path, "--output", folder / "out"]):
            fails(run(*arguments), fragment)
    fails(run("flows", "-", stdin="<plan"), "portolan-cli: -:1: ")
    assert not (folder / "out").exists(), "a folder was made for a plan that cannot be read"


def test_many_problems(folder):
    """The first errors, each with its line."""
    path = write_plan(folder, SMALL.replace('zone="dmz"', 'zone="moon"').replace('zone="net"', 'zone="mars"'))
    result = run("check", path)
    equal((result.status, result.out), (2, ""))
    assert len(result.lines) == 3, result.err
    for line in result.lines:
        assert re.match(rf"portolan-cli: {re.escape(str(path))}:\d+: .*(moon|mars)", line), line


def test_unreadable_permission(folder):
    path = write_plan(folder)
    path.chmod(0)
    fails(run_as_anybody(folder, "flows", path), "ermission")


def test_hostile_file_names(folder):
    for name in ("a\nb", "a\x1b[31mb", "\udcff\udcfe", "a\u202eb", "%s%n%d"):
        path = os.fsencode(folder) + b"/" + os.fsencode(name)
        result = Result(subprocess.run([CLI, "flows", path], capture_output=True, check=False))
        fails(result)
        assert "\x1b" not in result.err and "\u202e" not in result.err, repr(result.err)


# --- flows -----------------------------------------------------------------------------------------------------------

def test_flows(folder):
    result = run("flows", write_plan(folder))
    equal(result.status, 0)
    equal(header(result.raw), FLOW_COLUMNS)
    rows = result.rows()
    keys = [tuple(value.encode() for value in (row["source"], row["destination"], row["protocol"]))
            + (int(row["port_from"] or 0), int(row["port_to"] or 0), row["rule"].encode(), row["service"].encode())
            for row in rows]
    equal(keys, sorted(keys))
    equal(len(set(keys)), len(keys))
    smb = [row for row in rows if row["rule"] == "site-server-dp" and row["service"] == "SMB"]
    equal([list(row.values()) for row in smb], [["cm01", "dp03", "tcp", "445", "445", "SMB", "site-server-dp",
                                                 "operation", "corp", "dmz", "fw-inner"]])
    equal({row["firewalls"] for row in rows if row["source"] == "laptops"}, {"fw-edge"})
    crossing = run("flows", "--crossing", write_plan(folder)).rows()
    equal(crossing, [row for row in rows if row["source_zone"] != row["destination_zone"]])


def test_flows_routes(folder):
    text = plan(zone("a", "A"), zone("b", "B"), zone("c", "C"), zone("d", "D"),
                firewall("f1", "F1", "a b"), firewall("f2", "F2", "b c", managed="no"),
                node("server", "S", "a", ["site-server"]), node("far", "F", "c", ["distribution-point"]),
                node("near", "N", "a", ["distribution-point"]), node("lost", "L", "d", ["distribution-point"]),
                node("out", "O", "", ["distribution-point"]))
    result = run("flows", write_plan(folder, text))
    equal(result.status, 0)
    rows = result.rows()
    ways = {row["destination"]: (row["source_zone"], row["destination_zone"], row["firewalls"])
            for row in rows if row["source"] == "server"}
    equal(ways, {"far": ("a", "c", "f1 f2"), "near": ("a", "a", ""), "lost": ("a", "d", "!"), "out": ("a", "", "")})
    equal({row["destination"] for row in run("flows", "--crossing", write_plan(folder, text)).rows()}, {"far", "lost"})


def test_flows_icmp(folder):
    text = plan(zone("a", "A"), node("c1", "C1", "a", ["client"]), node("c2", "C2", "a", ["client"]),
                head=element("feature", {"name": "wake-up-proxy", "enabled": "yes"}))
    icmp = [row for row in run("flows", write_plan(folder, text)).rows() if row["protocol"] == "icmp"]
    equal([(row["source"], row["destination"], row["port_from"], row["port_to"]) for row in icmp],
          [("c1", "c2", "", ""), ("c2", "c1", "", "")])


# --- sheets ----------------------------------------------------------------------------------------------------------

def test_sheets(folder):
    result, out = sheets(folder)
    equal((result.status, result.out), (0, ""))
    equal(sorted(path.name for path in out.iterdir()),
          ["fw-edge.csv", "fw-edge.xml", "fw-inner.csv", "fw-inner.xml", "index.csv"])
    data = (out / "fw-inner.csv").read_bytes()
    equal(header(data), SHEET_COLUMNS)
    for row in read_csv(data):
        assert re.fullmatch(r"R[0-9a-f]{12}", row["Rule"]), row["Rule"]
        equal((row["Firewall"], row["Source port"], row["Action"]), ("Inner firewall", "any", "allow"))
        assert row["Source zone"] in ("Corporate", "Perimeter") and row["Phase"] in ("operation", "installation")
        assert row["Service"] and row["Purpose"] and row["Reference"], row
        for side in ("Source", "Destination"):
            wanted = {"CM01": "10.1.0.10", "MP02": "192.0.2.20 2001:db8::20", "DP03": "UNRESOLVED"}
            equal(row[side + " address"], "; ".join(wanted[name] for name in row[side].split("; ")))
    assert any("1 node" in line and "UNRESOLVED" in line for line in result.lines), result.err


def test_sheets_are_the_flows(folder):
    """Consolidated and expanded, CSV and XML permit what crosses, no more and no less."""
    for text in (SMALL, hostile_plan(), wide_plan()):
        flows = run("flows", "--crossing", write_plan(folder, text)).rows()
        names = plan_names(text)
        for options in ([], ["--expand"]):
            if options and text == wide_plan():
                continue
            result, out = sheets(folder, text, *options)
            equal(result.status, 0)
            for path in out.glob("*.xml"):
                validate(path)
                rules = xml_tuples(path)
                equal(ports_of(rules.values()), ports_of(flow_tuples(flows, path.stem)))
                check_csv(path.with_suffix(".csv"), rules, names)
            shutil.rmtree(out)


def check_csv(path, rules, names):
    """The CSV sheet has the rules of the XML sheet, in the same order."""
    rows = read_csv(path.read_bytes())
    equal([row["Rule"] for row in rows], list(rules))
    for row in rows:
        phase, sources, destinations, protocol, ranges = rules[row["Rule"]]
        equal((row["Phase"], row["Protocol"]), (phase, protocol))
        equal(expand_ports(row["Destination port"]), ranges)
        for cell, idents in ((row["Source"], sources), (row["Destination"], destinations)):
            equal(cell, defused("; ".join(sorted((names[ident] for ident in idents), key=str.encode))))
        assert max(map(len, row.values())) <= CELL_LIMIT, "a cell is too long"
        assert not any(value[:1] in tuple("=+-@\t\r") for value in row.values() if value), row


def test_sheets_xml(folder):
    _result, out = sheets(folder)
    root = ElementTree.parse(out / "fw-inner.xml").getroot()
    equal(root.attrib, {"plan": "Small & <plain>", "firewall": "fw-inner", "name": "Inner firewall"})
    equal([zone_.attrib for zone_ in root.findall(SHEET + "zone")],
          [{"id": "corp", "name": "Corporate"}, {"id": "dmz", "name": "Perimeter"}])
    equal([address.attrib for address in root.findall(SHEET + "address")],
          [{"id": "cm01", "name": "CM01", "zone": "corp", "value": "10.1.0.10"},
           {"id": "dp03", "name": "DP03", "zone": "dmz", "unresolved": "yes"},
           {"id": "mp02", "name": "MP02", "zone": "dmz", "value": "192.0.2.20 2001:db8::20"}])
    services = [service.attrib for service in root.findall(SHEET + "service")]
    assert {"id": "tcp-445", "name": "SMB", "protocol": "tcp", "from": "445", "to": "445"} in services, services
    assert {"id": "tcp-49152-65535", "name": "RPC dynamic", "protocol": "tcp", "from": "49152",
            "to": "65535"} in services, services
    equal(len({service["id"] for service in services}), len(services))
    smb = [rule for rule in root.findall(SHEET + "rule") if any(
        reference.get("rule") == "site-server-dp" for reference in rule.findall(SHEET + "reference"))]
    assert smb, "no rule for site-server-dp"
    for rule in smb:
        equal(rule.get("action"), "allow")
        assert rule.find(SHEET + "purpose").text
        for reference in rule.findall(SHEET + "reference"):
            assert re.fullmatch(r"(vendor|guide|vendor guide|beyond)", reference.get("documents")), reference.attrib


def test_sheets_joined_services(folder):
    """Two services of one port share a service element, and names are joined."""
    text = plan(ZONES, FIREWALLS, node("mp", "MP", "dmz", ["management-point", "software-update-point"]),
                node("clients", "Clients", "corp", ["client"]),
                head='<set name="wsus-http-port">80</set><set name="wsus-https-port">443</set>'
                     '<set name="client-notification-port">81</set>')
    result, out = sheets(folder, text)
    equal(result.status, 0)
    root = ElementTree.parse(out / "fw-inner.xml").getroot()
    validate(out / "fw-inner.xml")
    services = {service.get("id"): service.get("name") for service in root.findall(SHEET + "service")}
    equal(len(services), len([None for _ in root.findall(SHEET + "service")]))
    assert all(name == " / ".join(sorted(name.split(" / "))) for name in services.values()), services


def test_sheets_icmp(folder):
    text = plan(zone("a", "A"), zone("b", "B"), firewall("fw", "FW", "a b"), node("c1", "C1", "a", ["client"]),
                node("c2", "C2", "b", ["client"]), head=element("feature", {"name": "wake-up-proxy", "enabled": "yes"}))
    result, out = sheets(folder, text)
    equal(result.status, 0)
    equal(read_csv((out / "fw.csv").read_bytes()), [])  # scope zone: never across
    validate(out / "fw.xml")


def test_sheets_formats(folder):
    _result, out = sheets(folder, SMALL, "--format", "csv-excel", "--format", "csv", "--format", "csv-excel")
    equal(sorted(path.name for path in out.iterdir()),
          ["fw-edge.csv", "fw-edge.excel.csv", "fw-inner.csv", "fw-inner.excel.csv", "index.csv"])
    for path in (out / "fw-inner.csv", out / "fw-edge.csv"):
        equal(path.with_suffix(".excel.csv").read_bytes(), b"\xef\xbb\xbfsep=,\r\n" + path.read_bytes())
    _result, out = sheets(folder, SMALL, "--format=xml", name="second")
    equal(sorted(path.name for path in out.iterdir()), ["fw-edge.xml", "fw-inner.xml", "index.csv"])


def test_sheets_firewall(folder):
    _result, out = sheets(folder, SMALL, "--firewall", "fw-edge", "--firewall", "fw-edge", "--format", "csv")
    equal(sorted(path.name for path in out.iterdir()), ["fw-edge.csv", "index.csv"])
    equal([row["Firewall"] for row in read_csv((out / "index.csv").read_bytes())], ["fw-edge"])


def test_sheets_index(folder):
    _result, out = sheets(folder)
    index = read_csv((out / "index.csv").read_bytes())
    equal(list(index[0]), ["Firewall", "File", "Rules", "Unresolved"])
    equal([(row["Firewall"], row["File"]) for row in index],
          [("fw-inner", "fw-inner.csv"), ("fw-inner", "fw-inner.xml"), ("fw-edge", "fw-edge.csv"),
           ("fw-edge", "fw-edge.xml")])
    for row in index:
        equal(int(row["Rules"]), len(read_csv((out / (row["Firewall"] + ".csv")).read_bytes())))
    equal([row["Unresolved"] for row in index], ["1", "1", "0", "0"])


def test_sheets_which_firewalls(folder):
    """One without flows has an empty sheet, an unmanaged one has none, an implied one only where flows cross."""
    parts = [zone("a", "A"), zone("b", "B"), zone("c", "C"), node("s", "S", "a", ["site-server"], "10.0.0.1"),
             node("d", "D", "b", ["distribution-point"], "10.0.0.2")]
    text = plan(*parts[:3], firewall("idle", "Idle", "a c"), firewall("isp", "ISP", "a b", managed="no"), *parts[3:])
    result, out = sheets(folder, text)
    equal(result.status, 0)
    equal(sorted(path.name for path in out.iterdir()), ["idle.csv", "idle.xml", "index.csv"])
    equal(read_csv((out / "idle.csv").read_bytes()), [])
    validate(out / "idle.xml")
    fails(run("sheets", write_plan(folder, text), "--output", folder / "no", "--firewall", "isp"), "isp", "idle")
    assert not (folder / "no").exists()
    result, out = sheets(folder, plan(*parts), name="implied")
    equal(sorted(path.name for path in out.iterdir()), ["a~b.csv", "a~b.xml", "index.csv"])
    validate(out / "a~b.xml")
    equal({row["Firewall"] for row in read_csv((out / "a~b.csv").read_bytes())}, {"a~b"})
    result, out = sheets(folder, plan(*parts), "--firewall", "a~b", name="chosen")
    equal(result.status, 0)
    result, out = sheets(folder, plan(zone("a", "A"), parts[3]), name="none")
    equal((result.status, sorted(path.name for path in out.iterdir())), (0, ["index.csv"]))


def test_sheets_same_name(folder):
    """Firewalls of one name, and files of one name."""
    twins = [firewall("f1", "Twin", "corp dmz"), firewall("f2", "Twin", "dmz net")]
    result, out = sheets(folder, plan(ZONES, *twins, CM01, MP02, LAPTOPS))
    equal(result.status, 0)
    equal({row["Firewall"] for row in read_csv((out / "f1.csv").read_bytes())}, {"Twin (f1)"})
    clash = plan(ZONES, firewall("Index", "I", "corp dmz"), firewall("a", "A", "dmz net"),
                 firewall("a.excel", "E", "corp net"), CM01, MP02, LAPTOPS)
    path = write_plan(folder, clash)
    fails(run("sheets", path, "--output", folder / "x"), "Index.csv")
    fails(run("sheets", path, "--output", folder / "x", "--firewall", "a", "--firewall", "a.excel", "--format", "csv",
              "--format", "csv-excel"), "a.excel.csv")
    assert not (folder / "x").exists(), "something was written"
    equal(run("sheets", path, "--output", folder / "x", "--format", "xml").status, 0)


def test_sheets_strangers(folder):
    result, out = sheets(folder, SMALL, "--format", "csv", "--format", "csv-excel", "--format", "xml")
    equal(result.status, 0)
    for old, new in (("fw-inner.csv", "old.csv"), ("fw-inner.excel.csv", "older.excel.csv"),
                     ("fw-inner.xml", "oldest.xml")):
        shutil.copy(out / old, out / new)
    (out / "mine.csv").write_text("Rule,Firewall\r\n")
    (out / "mine.xml").write_text("<sheet/>")
    (out / "notes.txt").write_text("Rule,Firewall,Source zone")
    (out / "folder.csv").mkdir()
    os.mkfifo(out / "pipe.csv")
    before = {name: (out / name).read_bytes() for name in ("old.csv", "older.excel.csv", "oldest.xml", "mine.csv")}
    result, _out = sheets(folder)
    equal(result.status, 0)
    said = {line.split(": ")[1].rsplit("/", 1)[1] for line in result.lines if str(out) in line}
    equal(said, {"old.csv", "older.excel.csv", "oldest.xml", "fw-inner.excel.csv", "fw-edge.excel.csv"})
    equal(before, {name: (out / name).read_bytes() for name in before})


def test_sheets_folder(folder):
    path = write_plan(folder)
    fails(run("sheets", path, "--output", folder / "no" / "such"), "such")
    fails(run("sheets", path, "--output", path), "not a folder")
    fails(run("sheets", path, "--output", "/proc"), "/proc")
    (folder / "link").symlink_to(folder / "real")
    (folder / "real").mkdir()
    equal(run("sheets", path, "--output", folder / "link").status, 0)
    equal(run("sheets", path, "--output", str(folder / "slash") + "/").status, 0)
    assert (folder / "real" / "index.csv").exists() and (folder / "slash" / "index.csv").exists()


def test_no_permission(folder):
    path = write_plan(folder)
    locked = folder / "locked"
    locked.mkdir(mode=0o555)
    (locked / "plan").write_text("mine")
    for target in (locked, locked / "new"):
        fails(run_as_anybody(folder, "sheets", path, "--output", target), "ermission")
    fails(run_as_anybody(folder, "new", locked / "new"), "ermission")
    fails(run_as_anybody(folder, "new", "--force", locked / "plan"), "ermission")
    equal([entry.name for entry in locked.iterdir()], ["plan"])
    equal((locked / "plan").read_text(), "mine")


def limit_files():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))


def test_sheets_atomic(folder):
    """Where a disk is full, the old files stay and nothing is left over."""
    _result, out = sheets(folder)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    changed = write_plan(folder, SMALL.replace("Inner firewall", "Changed firewall"))
    fails(run("sheets", changed, "--output", out, preexec_fn=limit_files))
    equal({path.name: path.read_bytes() for path in out.iterdir()}, before)
    (out / "fw-inner.csv").unlink()
    (out / "fw-inner.csv").mkdir()
    fails(run("sheets", changed, "--output", out), "fw-inner.csv")
    equal({path.name: path.read_bytes() for path in out.iterdir() if path.is_file()},
          {name: data for name, data in before.items() if name != "fw-inner.csv"})


def test_sheets_again(folder):
    """The same plan gives the same bytes; an old sheet keeps its mode."""
    _result, out = sheets(folder)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    (out / "fw-inner.csv").chmod(0o640)
    sheets(folder)
    equal({path.name: path.read_bytes() for path in out.iterdir()}, before)
    equal((out / "fw-inner.csv").stat().st_mode & 0o777, 0o640)


def test_cell_limit(folder):
    result, out = sheets(folder, wide_plan())
    equal(result.status, 0)
    rows = read_csv((out / "fw-inner.csv").read_bytes())
    long = [row for row in rows if len(row["Source"]) > CELL_LIMIT - 300]
    assert long, "no cell came near the limit"
    cut = [row["Destination address"] for row in rows if row["Destination"] == "MP"]
    assert cut and all(len(cell) == CELL_LIMIT and cell.endswith("…") for cell in cut), "the addresses were not cut"


# --- check -----------------------------------------------------------------------------------------------------------

BAD = SMALL.replace('kind="primary"', 'kind="secondary"')


def test_check(folder):
    clean = run("check", "-", stdin=plan(zone("corp", "Corporate"), CM01))
    equal((clean.status, clean.err), (0, ""))
    assert "error[" not in clean.out
    result = run("check", write_plan(folder, BAD))
    equal((result.status, result.err), (1, ""))
    assert "error[site-parent] site P01: " in result.out, result.out
    lines = result.out.splitlines()
    matches = [re.fullmatch(r"(error|warning|note)\[([a-z-]+)\] (\S+) (\S+): (.+)", line) for line in lines]
    assert all(matches), lines
    keys = [(["error", "warning", "note"].index(match[1]), match[2].encode(), match[4].encode()) for match in matches]
    equal(keys, sorted(keys))
    table = run("check", "--csv", write_plan(folder, BAD))
    equal((table.status, table.err), (1, ""))
    equal(header(table.raw), ["severity", "code", "kind", "subject", "message"])
    equal([tuple(row.values()) for row in table.rows()], [match.groups() for match in matches])


def test_check_hostile(folder):
    table = run("check", "--csv", write_plan(folder, hostile_plan()))
    assert table.status in (0, 1)
    table.rows()


def test_warnings(folder):
    """Every other command works on such a plan and warns."""
    path = write_plan(folder, BAD)
    for arguments in (["flows", path], ["sheets", path, "--output", folder / "out"], ["why", path, "cm01", "mp02"]):
        result = run(*arguments)
        equal(result.status, 0)
        assert any(line.startswith(f"portolan-cli: {path}: error[site-parent] site P01: ") for line in result.lines)
        assert not any("note[" in line for line in result.lines), result.err
    nodes = "".join(node(f"n{i}", f"N{i}", "", ["client"]) for i in range(50))
    result = run("flows", "-", stdin=plan(nodes))
    equal(len(result.lines), 21)
    assert "portolan-cli check" in result.lines[-1], result.lines[-1]


# --- why -------------------------------------------------------------------------------------------------------------

def test_why_open(folder):
    path = write_plan(folder, SMALL.replace("<site ", '<set name="rpc-dynamic">50000-50255</set><site ', 1))
    result = run("why", path, "CM01", "dp03", "TCP/445")
    equal(result.status, 0)
    assert result.out.startswith("open: CM01 (cm01)"), result.out
    for fragment in ("fw-inner", "site-server-dp", "SMB", "tcp/445", "V325", "operation", "scope"):
        assert fragment in result.out, f"{fragment} is missing in {result.out}"
    result = run("why", path, "cm01", "dp03", "tcp/50001")
    assert result.out.startswith("open: ") and "rpc-dynamic" in result.out and "50000-50255" in result.out, result.out
    result = run("why", path, "laptops", "mp02")
    assert result.out.startswith("open: ") and "client-mp" in result.out and "fw-edge" in result.out, result.out


def test_why_closed(folder):
    path = write_plan(folder)
    result = run("why", path, "dp03", "cm01", "tcp/445")
    equal(result.status, 0)
    assert result.out.startswith("closed: DP03 (dp03)"), result.out
    assert "the other way: open" in result.out, result.out
    result = run("why", path, "laptops", "dp03", "tcp/443")
    assert result.out.startswith("closed: "), result.out
    assert "client-dp" in result.out and "internet-facing" in result.out, result.out
    result = run("why", path, "laptops", "dp03", "icmp")
    equal(result.status, 0)
    assert result.out.startswith("closed: "), result.out
    result = run("why", path, "cm01", "laptops", "udp/4711")
    assert result.out.startswith("closed: "), result.out


def test_why_agrees_with_flows(folder):
    path = write_plan(folder)
    rows = run("flows", path).rows()
    names = ("cm01", "mp02", "dp03", "laptops")
    for source in names:
        for destination in names:
            if source == destination:
                continue
            flows = [row for row in rows if (row["source"], row["destination"]) == (source, destination)]
            result = run("why", path, source, destination)
            equal(result.out.split(":")[0], "open" if flows else "closed")
            for row in flows:
                ports = "/" + row["port_from"] if row["port_from"] else ""
                answer = run("why", path, source, destination, row["protocol"] + ports).out
                assert answer.startswith("open: ") and f"\n{row['rule']}: {row['service']}" in answer, answer


def test_why_names(folder):
    text = plan(ZONES, FIREWALLS, node("a1", "Twin", "corp", ["client"]), node("a2", "Twin", "corp", ["client"]),
                node("Twin2", "a1", "dmz", ["management-point"]), node("u", "Büro; =1", "dmz", ["management-point"]))
    path = write_plan(folder, text)
    fails(run("why", path, "Twin", "u"), "a1", "a2")
    equal(run("why", path, "a1", "Büro; =1").out.split("(")[1][:2], "a1")
    fails(run("why", path, "twin2", "u"), "twin2")


# --- catalogue -------------------------------------------------------------------------------------------------------

def test_catalogue(_folder):
    result = run("catalogue")
    equal((result.status, result.err), (0, ""))
    equal(header(result.raw), CATALOGUE_COLUMNS)
    rows = result.rows()
    for row in rows:
        assert row["direction"] in ("one-way", "two-way") and row["configurable"] in ("yes", "no")
        equal(row["configurable"] == "yes", row["setting"] != "")
        assert row["phase"] in ("operation", "installation") and row["protocol"] in ("tcp", "udp", "icmp")
        assert row["documents"] in ("vendor", "guide", "vendor guide", "beyond"), row
        equal([row["documents"] == "beyond", "vendor" in row["documents"], "guide" in row["documents"]],
              [row["lines"] == "", "V" in row["lines"], "G" in row["lines"]])
        if row["protocol"] == "icmp":
            equal((row["port_from"], row["port_to"]), ("", ""))
        else:
            assert 1 <= int(row["port_from"]) <= int(row["port_to"]) <= 65535, row
    smb = [row for row in rows if row["rule"] == "site-server-dp" and row["service"] == "SMB"]
    equal([(row["from_role"], row["to_role"], row["scope"], row["port_from"], row["lines"][:4]) for row in smb],
          [("site-server", "distribution-point", "site", "445", "V325")])
    windows = [row["from_role"] for row in rows if row["rule"] == "windows-services" and row["service"] == "DNS"
               and row["protocol"] == "udp"]
    assert len(windows) == len(set(windows)) > 15, windows


# --- new -------------------------------------------------------------------------------------------------------------

def templates():
    return run("new", "--help").out.split("Templates: ")[1].strip().split(", ")


def test_new(folder):
    names = templates()
    assert "stand-alone" in names and len(names) >= 3 and names == sorted(names), names
    for name in names:
        path = folder / f"{name}.portolan"
        result = run("new", path, "--template", name)
        equal((result.status, result.out, result.err), (0, "", ""))
        equal(path.read_bytes(), (ROOT / "data" / "templates" / path.name).read_bytes())
        result = run("check", path)
        equal(result.status, 0)
        result = run("sheets", path, "--output", folder / name)
        equal(result.status, 0)
        for sheet in (folder / name).glob("*.xml"):
            validate(sheet)
    equal(run("new", "-").raw, (folder / "stand-alone.portolan").read_bytes())
    equal(run("new", folder / "usual").status, 0)
    equal((folder / "usual").read_bytes(), (folder / "stand-alone.portolan").read_bytes())


def test_new_overwrites(folder):
    path = folder / "plan"
    path.write_text("mine")
    fails(run("new", path), str(path), "--force")
    equal(path.read_text(), "mine")
    equal(run("new", "--force", path).status, 0)
    assert path.read_bytes().startswith(b"<?xml")
    (folder / "nowhere").symlink_to(folder / "gone")
    fails(run("new", folder / "nowhere"), "--force")
    fails(run("new", folder), "--force")
    fails(run("new", "--force", folder), str(folder))
    fails(run("new", folder / "no" / "such"), "such")
    path.write_text("mine")
    fails(run("new", "--force", path, preexec_fn=limit_files), "plan")
    equal(path.read_text(), "mine")
    equal(sorted(entry.name for entry in folder.iterdir()), ["nowhere", "plan"])


# --- Output that cannot be written -----------------------------------------------------------------------------------

def writers(path):
    return (["flows", path], ["check", path], ["why", path, "cm01", "mp02"], ["catalogue"], ["new", "-"], ["--help"],
            ["--version"], ["flows", "--help"])


def test_full_disk(folder):
    for arguments in writers(write_plan(folder)):
        with open("/dev/full", "wb") as full:
            fails(run(*arguments, stdout=full), "standard output")


def test_closed_output(folder):
    for arguments in writers(write_plan(folder)):
        fails(run(*arguments, stdout=None, preexec_fn=lambda: os.close(1)), "standard output")


def test_closed_error(folder):
    """Messages do not end up in a sheet because standard error is closed."""
    path = write_plan(folder)
    wanted = folder / "wanted"
    equal(run("sheets", path, "--output", wanted).status, 0)
    result = run("sheets", path, "--output", folder / "out", preexec_fn=lambda: os.close(2))
    equal(result.status, 0)
    for sheet in wanted.iterdir():
        equal((folder / "out" / sheet.name).read_bytes(), sheet.read_bytes())


def test_closed_pipe(folder):
    clients = "".join(node(f"c{i}", f"C{i}", "corp", ["client"]) for i in range(2000))
    path = write_plan(folder, plan(ZONES, FIREWALLS, MP02, DP03, CM01, clients))
    with subprocess.Popen([CLI, "flows", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        first = process.stdout.readline()
        process.stdout.close()
        error = process.stderr.read().decode()
        status = process.wait(timeout=60)
    equal(first.decode().strip().split(","), FLOW_COLUMNS)
    equal(status, 2)
    said = [line for line in error.splitlines() if "warning[" not in line and "portolan-cli check" not in line]
    assert len(said) == 1 and "standard output" in said[0], error


def test_progress(folder):
    """Nothing but whole lines on a standard error that is no terminal."""
    result, _out = sheets(folder, wide_plan())
    assert "\r" not in result.err and "\x1b" not in result.err, repr(result.err)


# --- Locale ----------------------------------------------------------------------------------------------------------

def german(folder):
    """An environment with a German locale, made here where the machine has none but can."""
    environment = {**os.environ, "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"}
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.lower().split()
    if "de_de.utf8" in known or "de_de.utf-8" in known:
        return environment
    made = shutil.which("localedef") and subprocess.run(
        ["localedef", "-i", "de_DE", "-f", "UTF-8", folder / "de_DE.UTF-8"], capture_output=True, check=False)
    if not made or not (folder / "de_DE.UTF-8").exists():
        raise Skip("there is no German locale")
    return {**environment, "LOCPATH": str(folder)}


def test_locale(folder):
    locales = [german(folder), {**os.environ, "LC_ALL": "C"}]
    path = write_plan(folder, hostile_plan())
    for arguments in (["flows", path], ["check", path], ["check", "--csv", path], ["catalogue"], ["--help"], ["bogus"],
                      ["sheets", "--help"], ["sheets", path], ["flows", folder / "missing"], ["flows", folder],
                      ["why", path, "Bücher 日本 🦊", "server"], ["why", path, "a; b", "server", "tcp/1"]):
        wanted = run(*arguments)
        for environment in locales:
            result = run(*arguments, env=environment)
            equal((result.status, result.raw, result.err), (wanted.status, wanted.raw, wanted.err))
    wanted, out = sheets(folder, wide_plan())
    for i, environment in enumerate(locales):
        other = folder / f"other{i}"
        equal(run("sheets", folder / "plan.portolan", "--output", other, env=environment).err, wanted.err)
        for sheet in out.iterdir():
            equal((other / sheet.name).read_bytes(), sheet.read_bytes())


# --- The runner ------------------------------------------------------------------------------------------------------

def run_test(test):
    with tempfile.TemporaryDirectory(prefix="portolan-cli-") as folder:
        try:
            test(pathlib.Path(folder).resolve())
        except Skip as reason:
            print(f"skipped {test.__name__}: {reason}")
            return "skipped"
        except (AssertionError, KeyError, IndexError, OSError, ValueError, subprocess.SubprocessError, csv.Error,
                ElementTree.ParseError) as error:
            print(f"failed {test.__name__}: {type(error).__name__}: {str(error)[:2000]}")
            return "failed"
    return "passed"


def main():
    global ROOT, CLI
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    ROOT, CLI = pathlib.Path(sys.argv[1]).resolve(), os.path.abspath(sys.argv[2])
    tests = [test for name, test in list(globals().items()) if name.startswith("test_")]
    if len(sys.argv) > 3:
        tests = [test for test in tests if test.__name__ in sys.argv[3:]]
    outcomes = [run_test(test) for test in tests]
    counts = [f"{outcomes.count(outcome)} {outcome}" for outcome in ("passed", "failed", "skipped")]
    print(", ".join(counts if "skipped" in outcomes else counts[:2]))
    sys.exit(1 if "failed" in outcomes else 0)


if __name__ == "__main__":
    main()
