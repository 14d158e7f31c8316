#!/usr/bin/env python3
"""Checks the fast engine against reference.py on thousands of random plans, row for row.

    test_random.py CLI [--plans N] [--seed S] [--jobs J] [--keep DIR]
    test_random.py --reference-only [...]       only the generator, the reference and the counts

CLI is the portolan-cli to check. For every plan it runs `flows`, `flows --crossing`, `sheets` (CSV and XML) and
`sheets --expand`, compares all of it, and then says how often each rule, scope, location, option, setting, feature and
tie-break took part: fewer than FEWEST is a failure of the default run. The last line is `N passed, N failed`.
"""

import argparse
import csv
import io
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
import xml.etree.ElementTree as ElementTree
from collections import Counter

import generate
import reference
import rules

SHEET = "{urn:portolan:sheet:1}"
FEWEST = 15  # how often everything must have taken part
FULL_RUN = 1000  # plans (3000 take three minutes): from here on everything must have taken part often enough
SHOWN_FAILURES = 5
SMALL_SHEET = 20000  # --expand of plans with more rows than this is left to other plans


class Difference(Exception):
    """What the program said is not what the specification says."""


def expect(condition, message, *values):
    if not condition:
        raise Difference(message % values if values else message)


def same(what, expected, actual):
    """Two lists are equal, or the first difference is told both ways."""
    if expected == actual:
        return
    for index in range(max(len(expected), len(actual))):
        one = expected[index] if index < len(expected) else "(nothing)"
        other = actual[index] if index < len(actual) else "(nothing)"
        if one != other:
            raise Difference("%s: row %d of %d and %d differs\n  reference: %s\n  program:   %s"
                             % (what, index + 1, len(expected), len(actual), clipped(one), clipped(other)))


def clipped(value):
    text = str(value)
    return text if len(text) <= 1500 else text[:1500] + " ... (%d characters)" % len(text)


def run(cli, *arguments):
    environment = dict(os.environ, LC_ALL="C.UTF-8", G_DEBUG="fatal-warnings")
    result = subprocess.run((cli,) + arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    expect(result.returncode == 0, "%s: exit status %d\n%s", " ".join(arguments), result.returncode,
           result.stderr.decode("utf-8", "replace")[:2000])
    return result.stdout


# --- flows ----------------------------------------------------------------------------------------------------------


def check_flows(cli, path, rows):
    expected = reference.csv_text(reference.FLOW_COLUMNS, rows).encode("utf-8")
    actual = run(cli, "flows", path)
    if actual != expected:
        same("flows", expected.split(b"\r\n"), actual.split(b"\r\n"))
        raise Difference("flows: the bytes differ")
    crossing = [row for row in rows if row[8] and row[9] and row[8] != row[9]]
    expected = reference.csv_text(reference.FLOW_COLUMNS, crossing).encode("utf-8")
    actual = run(cli, "flows", path, "--crossing")
    same("flows --crossing", expected.split(b"\r\n"), actual.split(b"\r\n"))


# --- sheets: reading what the program wrote -------------------------------------------------------------------------


def read_csv(path):
    with open(path, "rb") as file:
        text = file.read().decode("utf-8")
    expect(text.endswith("\r\n") and not set("\r\n") & set(text.replace("\r\n", "")), "%s: line ends", path)
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    expect(len({len(row) for row in rows}) == 1, "%s: rows of different lengths", path)
    return rows


class XmlSheet:
    """A sheet's XML: its rows as reference.Row and the elements that they name."""

    def __init__(self, path):
        root = ElementTree.parse(path).getroot()
        expect(root.tag == SHEET + "sheet", "%s: root element %s", path, root.tag)
        self.path, self.firewall, self.name = path, root.get("firewall"), root.get("name")
        self.zones = {one.get("id"): one.get("name") for one in root.iter(SHEET + "zone")}
        self.addresses = {one.get("id"): one for one in root.iter(SHEET + "address")}
        self.services = {one.get("id"): one for one in root.iter(SHEET + "service") if one.get("id")}
        self.rows, self.ids = [], []
        for element in root.findall(SHEET + "rule"):
            expect(element.get("action") == "allow", "%s: an action that is not allow", path)
            self.ids.append(element.get("id"))
            self.rows.append(self.row(element))

    def refs(self, element, name):
        refs = [child.get("ref") for child in element.findall(SHEET + name)]
        expect(len(set(refs)) == len(refs), "%s %s: a %s twice", self.path, element.get("id"), name)
        return refs

    def row(self, element):
        sources, destinations = self.refs(element, "source"), self.refs(element, "destination")
        for node in sources + destinations:
            expect(node in self.addresses, "%s: no address element for %s", self.path, node)
        source_zones = {self.addresses[node].get("zone") for node in sources}
        destination_zones = {self.addresses[node].get("zone") for node in destinations}
        expect(len(source_zones) == 1 and len(destination_zones) == 1, "%s %s: not one zone on each side",
               self.path, element.get("id"))
        protocols, ranges = set(), []
        for ref in self.refs(element, "service"):
            protocol, own = self.service(ref)
            protocols.add(protocol)
            ranges += own
        expect(len(protocols) == 1, "%s %s: not one protocol", self.path, element.get("id"))
        reasons = [child.get("rule") for child in element.findall(SHEET + "reference")]
        expect(len(set(reasons)) == len(reasons), "%s %s: a reason twice", self.path, element.get("id"))
        return reference.Row(source_zones.pop(), destination_zones.pop(), element.get("phase"), protocols.pop(),
                             sorted(sources), sorted(destinations), ranges, sorted(reasons))

    def service(self, ref):
        expect(ref in self.services, "%s: no service element for %s", self.path, ref)
        element = self.services[ref]
        protocol = element.get("protocol")
        if protocol == "icmp":
            expect(ref == "icmp-echo-request" and element.get("from") is None and element.get("to") is None,
                   "%s: odd ICMP service %s", self.path, ref)
            return protocol, []
        one = (int(element.get("from")), int(element.get("to")))
        expect(ref == "%s-%s" % (protocol, reference.range_text(one)), "%s: service %s is %s", self.path, ref, one)
        return protocol, [one]


# --- sheets: comparing ----------------------------------------------------------------------------------------------


def check_sheets(cli, plan, path, folder, rows_of, expand):
    """rows_of: firewall id -> the reference's rows. Returns the XML sheets that were read."""
    arguments = ["sheets", path, "--output", folder] + (["--expand"] if expand else [])
    run(cli, *arguments)
    files = {"index.csv"} | {firewall + suffix for firewall in rows_of for suffix in (".csv", ".xml")}
    same("the files of " + " ".join(arguments), sorted(files), sorted(os.listdir(folder)))
    check_index(plan, folder, rows_of)
    sheets = {}
    for firewall, rows in rows_of.items():
        sheets[firewall] = check_xml(plan, folder, firewall, rows)
        check_csv(plan, folder, firewall, rows)
    return sheets


def check_index(plan, folder, rows_of):
    index = read_csv(os.path.join(folder, "index.csv"))
    same("index.csv", ["Firewall", "File", "Rules", "Unresolved"], index[0])
    seen = set()
    for cells in index[1:]:
        firewall = os.path.splitext(os.path.basename(cells[1].lstrip("'")))[0]
        expect(firewall in rows_of, "index.csv: %s", cells)
        rows = rows_of[firewall]
        seen.add(firewall)
        same("index.csv, " + firewall, [str(len(rows)), str(len(reference.unresolved_nodes(plan, rows)))], cells[2:])
    same("the firewalls of index.csv", sorted(rows_of), sorted(seen))


def check_xml(plan, folder, firewall, rows):
    path = os.path.join(folder, firewall + ".xml")
    sheet = XmlSheet(path)
    same(path + ": rows", rows, sheet.rows)
    same(path + ": ids", [row.id() for row in rows], sheet.ids)
    same(path + ": firewall", firewall, sheet.firewall)
    own = plan.firewalls.get(firewall)
    same(path + ": name", own.name if own else firewall, sheet.name)
    named = {zone for row in rows for zone in (row.source_zone, row.destination_zone)}
    joins = set(own.zones) if own else set(firewall.split("~"))
    same(path + ": zones", sorted((zone, plan.zones[zone].name) for zone in named | joins),
         sorted(sheet.zones.items()))
    nodes = {node for row in rows for node in row.sources + row.destinations}
    same(path + ": addresses", sorted(nodes), sorted(sheet.addresses))
    for node, element in sheet.addresses.items():
        same(path + ": address " + node,
             [plan.nodes[node].name, plan.nodes[node].zone, " ".join(plan.nodes[node].addresses),
              None if plan.nodes[node].addresses else "yes"],
             [element.get("name"), element.get("zone"), element.get("value") or "", element.get("unresolved")])
    return sheet


def check_csv(plan, folder, firewall, rows):
    path = os.path.join(folder, firewall + ".csv")
    table = read_csv(path)
    same(path + ": header", list(reference.SHEET_COLUMNS), table[0])
    same(path + ": number of rows", [len(rows)], [len(table) - 1])
    for row, cells in zip(rows, table[1:]):
        expected = [actual if cell is None else cell
                    for cell, actual in zip(reference.sheet_cells(plan, firewall, row), cells)]
        same("%s: %s" % (path, row.id()), expected, cells)
        for column, cell in zip(reference.SHEET_COLUMNS, cells):
            expect(len(cell) <= reference.CELL_LIMIT, "%s: %s: %s is %d characters long", path, row.id(), column,
                   len(cell))
            expect(cell[:1] not in ("=", "+", "-", "@", "\t", "\r"), "%s: %s: %s is a formula", path, row.id(), column)
        service, purpose, citations = cells[11], cells[14], cells[15]
        expect(service and purpose, "%s: %s: without service or purpose", path, row.id())
        for reason in row.reasons:
            expect(reason in citations, "%s: %s: the Reference does not cite %s", path, row.id(), reason)


# --- sheets: what must be true of them whatever the reference says --------------------------------------------------


def check_permitted(plan, flows, firewall, rows):
    """What the rows permit equals the flows that cross the firewall, tuple by tuple, for the same reasons."""
    wanted = {}
    for flow in flows:
        wanted.setdefault((flow.source, flow.destination, flow.protocol), []).append(flow)
    permitted = {}
    for row in rows:
        for source in row.sources:
            for destination in row.destinations:
                permitted.setdefault((source, destination, row.protocol), []).append(row)
    same("the pairs of " + firewall, sorted(wanted), sorted(permitted))
    for pair, pair_rows in permitted.items():
        if pair[2] == "icmp":
            same("%s %s: reasons" % (firewall, pair), [sorted({flow.rule for flow in wanted[pair]})],
                 [row.reasons for row in pair_rows])
            continue
        expected = [one for one in reference.segments_of(wanted[pair])]
        pieces = sorted((low, high, frozenset(row.reasons)) for row in pair_rows for low, high in row.ranges)
        same("%s %s: what is permitted and why" % (firewall, pair), merged(expected), merged(pieces))
        for one, other in zip(pieces, pieces[1:]):
            expect(one[1] < other[0], "%s %s: %s and %s overlap", firewall, pair, one, other)


def merged(pieces):
    """Neighbouring pieces with the same reasons as one."""
    result = []
    for low, high, reasons in pieces:
        if result and result[-1][2] == reasons and result[-1][1] + 1 == low:
            result[-1] = (result[-1][0], high, reasons)
        else:
            result.append((low, high, reasons))
    return result


def check_not_joinable(firewall, rows):
    """No two rows of one group agree in two of sources, destinations and ports."""
    seen = {}
    for row in rows:
        group = (row.source_zone, row.destination_zone, row.protocol, row.phase, tuple(row.reasons))
        parts = {"sources": tuple(row.sources), "destinations": tuple(row.destinations), "ports": tuple(row.ranges)}
        for differs in parts:
            key = (group, differs, tuple(value for name, value in parts.items() if name != differs))
            expect(key not in seen, "%s: %s and %s differ in their %s alone and could be one row", firewall,
                   row.id(), seen.get(key), differs)
            seen[key] = row.id()


# --- One plan, many plans -------------------------------------------------------------------------------------------


def check_plan(cli, path, folder, tally):
    plan = reference.read_plan(path)
    flows = reference.all_flows(plan, tally)
    rows = reference.flow_rows(plan, flows, tally)
    tally["size", "flows"] += len(rows)
    crossing = reference.sheet_firewalls(plan, flows, tally)
    before = sum(count for key, count in tally.items() if key[0] == "cut" and key[1] != "ellipsis")
    sheets = {firewall: reference.sheet_rows(plan, own, False, tally) for firewall, own in crossing.items()}
    was_cut = sum(count for key, count in tally.items() if key[0] == "cut" and key[1] != "ellipsis") > before
    tally["size", "rows"] += sum(map(len, sheets.values()))
    for firewall, own in crossing.items():  # the reference itself keeps what 1.7 promises
        check_permitted(plan, own, firewall, sheets[firewall])
        if not was_cut:
            check_not_joinable(firewall, sheets[firewall])
    for row in (row for own in sheets.values() for row in own):
        if not all(plan.nodes[node].addresses for node in row.sources + row.destinations):
            tally["sheet", "row with an unresolved node"] += 1
    for firewall in sheets:
        kind = "with rows" if sheets[firewall] else "empty"
        tally["sheet", kind if firewall in plan.firewalls else "implied"] += 1
    if cli is None:
        return
    check_flows(cli, path, rows)
    read = check_sheets(cli, plan, path, os.path.join(folder, "sheets"), sheets, expand=False)
    for firewall, sheet in read.items():
        check_permitted(plan, crossing[firewall], firewall, sheet.rows)
        if not was_cut:
            check_not_joinable(firewall, sheet.rows)
    nothing = Counter()
    expanded = {firewall: reference.sheet_rows(plan, own, True, nothing) for firewall, own in crossing.items()}
    if sum(map(len, expanded.values())) <= SMALL_SHEET:
        check_sheets(cli, plan, path, os.path.join(folder, "expanded"), expanded, expand=True)


def check_number(task):
    """Makes and checks one plan in a folder of its own; the folder stays when something differs."""
    cli, seed, number, top = task
    tally = Counter()
    folder = os.path.join(top, "plan-%d-%d" % (seed, number))
    path = os.path.join(folder, "plan.portolan")
    try:
        os.mkdir(folder)
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(generate.make_plan(seed, number))
        check_plan(cli, path, folder, tally)
    except Difference as difference:
        return number, path, str(difference), tally
    except Exception:
        return number, path, traceback.format_exc(), tally
    shutil.rmtree(folder)
    return number, path, None, tally


def wanted_counts():
    """Everything that must have taken part, by kind."""
    wanted = []
    for rule in rules.RULES:
        wanted.append(("rule", rule.id))
        if rule.two_way:
            wanted.append(("mirror", rule.id))
    for scope in ("site", "assigned", "subtree", "hierarchy", "top", "zone"):
        wanted += [("scope", scope + " holds"), ("scope", scope + " refuses"),
                   ("scope", scope + " holds (a site missing)")]
    wanted += [("scope", "zone refuses (a site missing)"), ("scope", "top refuses (a site missing)")]
    for scope in ("parent-child", "to-parent"):
        wanted += [("scope", scope + " holds"), ("scope", scope + " refuses"),
                   ("scope", scope + " refuses (a site missing)")]
    wanted += [("scope", "any holds"), ("scope", "link holds"), ("scope", "link refuses")]
    wanted += [("cycle", "hierarchy holds in a cycle of parents"), ("cycle", "subtree holds in a cycle of parents")]
    for location in ("intranet holds", "intranet refuses", "any holds inside", "any holds on the internet",
                     "any refuses", "cloud holds", "cloud refuses"):
        wanted.append(("location", location))
    for role, options in rules.OPTIONS.items():
        for name, (values, default) in options.items():
            values = ("1", "2 or more") if name == "instances" else values
            wanted += [("option", "%s %s=%s" % (role, name, value)) for value in values]
    wanted += [("option", "site-server-initiates=yes"), ("option", "site-server-initiates=no")]
    for name in rules.PORT_SETTINGS:
        wanted += [("setting", "%s %s" % (name, level)) for level in ("node", "site", "plan", "default")]
    for name, default in rules.CONDITION_SETTINGS.items():
        wanted += [("setting", "%s=%s %s" % (name, value, level)) for value in rules.SETTING_VALUES[name]
                   for level in ("node", "site", "plan")]
        wanted.append(("setting", "%s=%s default" % (name, default)))
    for name in rules.FEATURES:
        wanted += [("feature", name + " on"), ("feature", name + " off")]
    wanted += [("route", name) for name in (
        "fewest firewalls", "by firewall id", "by zone id", "from the smaller end", "internet avoided",
        "internet used for want of another", "unroutable", "implied firewall", "through an unmanaged firewall",
        "through a firewall of three or more zones")]
    wanted += [("consolidation", name) for name in (
        "sources joined", "destinations joined", "overlap split", "adjacent joined", "phase promoted to operation",
        "several reasons")]
    wanted += [("cut", name) for name in (
        "Source", "Source address", "Destination", "Destination address", "Destination port", "ellipsis")]
    wanted += [("sheet", name) for name in ("implied", "empty", "with rows", "row with an unresolved node")]
    return wanted


def report(tally):
    """Prints every count; returns those that are too low."""
    wanted = wanted_counts()
    kind_before = None
    for kind, name in wanted + sorted(set(tally) - set(wanted)):
        if kind != kind_before:
            print("\n%s" % kind)
            kind_before = kind
        low = (kind, name) in wanted and tally[kind, name] < FEWEST
        print("%10d  %s%s" % (tally[kind, name], name, "   <-- too few" if low else ""))
    print()
    return [(kind, name) for kind, name in wanted if tally[kind, name] < FEWEST]


def main():
    parser = argparse.ArgumentParser(description="Check portolan-cli against the reference on random plans.")
    parser.add_argument("cli", nargs="?", help="the portolan-cli to check")
    parser.add_argument(
        "--plans",
        type=int,
        default=int(os.environ.get("PTL_RANDOM_PLANS", FULL_RUN)),
        help="how many plans (default PTL_RANDOM_PLANS, else 1000)",
    )
    parser.add_argument("--seed", type=int, default=1, help="where the random numbers start (default 1)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many at a time (default: processors)")
    parser.add_argument("--keep", help="the folder for the plans (default: a temporary one)")
    parser.add_argument("--reference-only", action="store_true", help="count without a program")
    options = parser.parse_args()
    if (options.cli is None) != options.reference_only:
        parser.error("name the portolan-cli to check, or --reference-only")
    cli = os.path.abspath(options.cli) if options.cli else None
    top = options.keep or tempfile.mkdtemp(prefix="portolan-random-")
    os.makedirs(top, exist_ok=True)
    tally, passed, failures = Counter(), 0, []
    tasks = [(cli, options.seed, number, top) for number in range(options.plans)]
    tasks.sort(key=lambda task: task[2] % 50 != 7)  # the large ones first, so that no processor ends alone
    with multiprocessing.Pool(options.jobs) as pool:
        for number, path, problem, own in pool.imap_unordered(check_number, tasks, chunksize=4):
            tally.update(own)
            if problem is None:
                passed += 1
                continue
            failures.append(path)
            if len(failures) <= SHOWN_FAILURES:
                print("\nplan %d (kept: %s)\n%s" % (number, path, problem), flush=True)
    too_few = report(tally) if options.plans >= FULL_RUN else []
    for kind, name in too_few:
        print("took part fewer than %d times: %s %s" % (FEWEST, kind, name))
    if not failures and not options.keep:
        shutil.rmtree(top)
    print("%d passed, %d failed" % (passed, len(failures) + (1 if too_few else 0)))
    return 1 if failures or too_few else 0


if __name__ == "__main__":
    sys.exit(main())
