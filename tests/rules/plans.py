"""Small plans for tests: each thing of a plan is a one-liner.

    plan(S("P01"), Z("corp"), N("mp", "corp", "P01", "management-point internet-facing=yes, sql-server"))

Roles stand behind one another with commas between, each with its options; settings too: "sql-port=1500, wsus-ssl=no".
Features are words, those to switch off with a dash before: "client-push -remote-control". What has no name of its own
is called by its id, so that a sheet names the things as a test does. Reading a sheet back is here as well.
"""

import csv
import hashlib
import io
import os
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape, quoteattr

GROUPS = ["set", "feature", "site", "zone", "firewall", "node", "link"]
FLOW_COLUMNS = ["source", "destination", "protocol", "port_from", "port_to", "service", "rule", "phase",
                "source_zone", "destination_zone", "firewalls"]
SHEET_COLUMNS = ["Rule", "Firewall", "Source zone", "Source", "Source address", "Destination zone", "Destination",
                 "Destination address", "Protocol", "Source port", "Destination port", "Service", "Action", "Phase",
                 "Purpose", "Reference", "Note"]
LIMIT = 30000  # characters a cell
SHEET = "{urn:portolan:sheet:1}"


def element(name, attributes, content=""):
    words = "".join(f" {key.replace('_', '-')}={quoteattr(value)}" for key, value in attributes.items() if value)
    return f"<{name}{words}>{content}</{name}>"


def settings(text):
    pairs = [item.split("=", 1) for item in text.split(",") if item.strip()]
    return "".join(element("set", {"name": name.strip()}, escape(value)) for name, value in pairs)


def roles(text):
    found = []
    for role in text.split(","):
        name, *options = role.split()
        found.append(element("role", {"name": name, **dict(option.split("=") for option in options)}))
    return "".join(found)


def N(id, zone="", site="", role="console", set="", name=None, **attributes):
    """A node; zone and site may be left empty."""
    given = {"id": id, "name": name or id, "zone": zone, "site": site, **attributes}
    return ("node", element("node", given, roles(role) + settings(set)))


def S(code, kind="primary", parent="", set=""):
    return ("site", element("site", {"code": code, "name": code, "kind": kind, "parent": parent}, settings(set)))


def Z(id, kind="intranet"):
    return ("zone", element("zone", {"id": id, "name": id, "kind": kind}))


def F(id, zones, managed=""):
    return ("firewall", element("firewall", {"id": id, "name": id, "zones": zones, "managed": managed}))


def L(start, end, kind="pull-source"):
    return ("link", element("link", {"kind": kind, "from": start, "to": end}))


def plan(*things, set="", features=""):
    switches = [(word.lstrip("-"), "no" if word.startswith("-") else "yes") for word in features.split()]
    things = list(things) + [("set", settings(set))]
    things += [("feature", element("feature", {"name": name, "enabled": enabled})) for name, enabled in switches]
    lines = [text for group in GROUPS for kind, text in things if kind == group and text]
    return "\n".join(['<plan xmlns="urn:portolan:plan:1" title="Test">', *lines, "</plan>"])


# A hierarchy with every relation of two sites, and a zone of each kind behind one firewall.
WORLD = [S("C01", "cas"), S("P01", "primary", "C01"), S("P02", "primary", "C01"), S("S01", "secondary", "P01"),
         S("T01", "primary"),
         Z("corp"), Z("dmz", "perimeter"), Z("net", "internet"), Z("cld", "cloud"), F("fw", "corp dmz net cld")]


def world(*things, set="", features=""):
    return plan(*WORLD, *things, set=set, features=features)


class Broken(Exception):
    """The program did not do its work."""


def run(cli, arguments, text="", status=0, env=None):
    done = subprocess.run([cli, *arguments], input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**os.environ, **(env or {})}, timeout=60)
    if done.returncode != status:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise Broken(f"{' '.join(arguments)} ended with {done.returncode}, not {status}: {said[:1000]}")
    return done.stdout.decode("utf-8")


def read_table(text, columns):
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if not rows or rows[0] != columns:
        raise Broken(f"the first line is {rows[0] if rows else None}, not {columns}")
    return [dict(zip(columns, row)) for row in rows[1:]]


def ports(low, high):
    return low if low == high else f"{low}-{high}"


def flows(cli, text, *options, env=None):
    return read_table(run(cli, ["flows", "-", *options], text, env=env), FLOW_COLUMNS)


def row_id(source_zone, destination_zone, phase, protocol, sources, destinations, ranges, reasons):
    """The id of a row as 1.7 defines it; ranges like `80` or `135-139`."""
    spelled = [part if "-" in part else f"{part}-{part}" for part in ranges]
    lines = [source_zone, destination_zone, phase, protocol, " ".join(sorted(sources)), " ".join(sorted(destinations)),
             " ".join(spelled), " ".join(sorted(reasons))]
    return "R" + hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def check(holds, message, *values):
    if not holds:
        raise Broken(message.format(*values))


def sheet_line(row, rule, tree):
    """One row as `corp dmz operation tcp: a b > c : 80 443 : reasons`, nodes by id; CSV, XML and the id must agree."""
    nodes = {node.get("id"): node for node in tree.findall(SHEET + "address")}
    services = {service.get("id"): service for service in tree.findall(SHEET + "service")}
    ends = {}
    for column, tag in [("Source", "source"), ("Destination", "destination")]:
        refs = [ref.get("ref") for ref in rule.findall(SHEET + tag)]
        ends[column] = sorted(refs)
        refs.sort(key=lambda id: nodes[id].get("name").encode())
        for name, missing, cell in [("name", "", column), ("value", "UNRESOLVED", column + " address")]:
            text = "; ".join(nodes[id].get(name) or missing for id in refs)
            text = "'" + text if text[0] in "=+-@" else text
            check(row[cell] == text, "row {}: {} is {!r:.200}, not {!r:.200}", row["Rule"], cell, row[cell], text)
            check(len(text) <= LIMIT, "row {}: {} has {} characters", row["Rule"], cell, len(text))
    check(len(row["Destination port"]) <= LIMIT, "row {}: Destination port is too long", row["Rule"])
    ranges = [] if row["Protocol"] == "icmp" else row["Destination port"].split("; ")
    named = [services[ref.get("ref")] for ref in rule.findall(SHEET + "service")]
    check([service.get("protocol") for service in named] == [row["Protocol"]] * max(len(ranges), 1)
          and (not ranges or [ports(service.get("from"), service.get("to")) for service in named] == ranges)
          and row["Phase"] == rule.get("phase"), "row {}: the XML says something else", row["Rule"])
    check(row["Source port"] == "any" and row["Action"] == "allow", "row {}: not any, or not allow", row["Rule"])
    reasons = [reference.get("rule") for reference in rule.findall(SHEET + "reference")]
    place = [row["Source zone"], row["Destination zone"], row["Phase"], row["Protocol"]]
    id = row_id(*place, ends["Source"], ends["Destination"], ranges, reasons)
    check(row["Rule"] == rule.get("id") == id, "row {}: the id should be {}", row["Rule"], id)
    return (f"{' '.join(place)}: {' '.join(ends['Source'])} > {' '.join(ends['Destination'])} : {' '.join(ranges)} : "
            f"{' '.join(reasons)}")


def read_sheet(path):
    with open(path + ".csv", encoding="utf-8", newline="") as file:
        table = read_table(file.read(), SHEET_COLUMNS)
    tree = ElementTree.parse(path + ".xml").getroot()
    rules = tree.findall(SHEET + "rule")
    check([row["Rule"] for row in table] == [rule.get("id") for rule in rules], "CSV and XML have other rows")
    return table, rules, tree


def sheets(cli, text, *options, env=None):
    """The sheets by firewall: what each was read from and, row by row, its lines."""
    with tempfile.TemporaryDirectory(prefix="portolan-") as folder:
        run(cli, ["sheets", "-", "--output", folder, *options], text, env=env)
        names = sorted(name[:-4] for name in os.listdir(folder) if name.endswith(".csv") and name != "index.csv")
        return {name: read_sheet(os.path.join(folder, name)) for name in names}


def sheet_lines(sheet):
    table, rules, tree = sheet
    return [sheet_line(row, rule, tree) for row, rule in zip(table, rules)]
