#!/usr/bin/env python3
"""The slow, obvious, independent second implementation of spec 1 and of the sheets of spec 3.

It follows the text pair by pair, sentence by sentence, and is there to be read beside it; the fast engine in src/ is
checked against it by test_random.py. It knows nothing of that engine and reads none of its data.

    reference.py flows PLAN                 the CSV of `portolan-cli flows`
    reference.py sheets PLAN [--expand]     the rows of every sheet, one line each

Every function that decides something takes a `tally`, a Counter of what took part, for test_random.py's report.
"""

import bisect
import csv
import hashlib
import io
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter, namedtuple
from dataclasses import dataclass, field
from typing import Optional

import rules

CELL_LIMIT = 30000  # spec 3, Sheets
NAMESPACE = "{urn:portolan:plan:1}"


# --- Spec 2: the plan file ------------------------------------------------------------------------------------------


@dataclass
class Site:
    code: str
    kind: str
    parent: Optional[str]
    settings: dict


@dataclass
class Zone:
    id: str
    name: str
    kind: str


@dataclass
class Firewall:
    id: str
    name: str
    zones: list
    managed: bool


@dataclass
class Node:
    id: str
    name: str
    zone: Optional[str]
    site: Optional[str]
    addresses: list
    initiates: bool  # site-server-initiates
    roles: dict  # role -> its options as written
    settings: dict


@dataclass
class Plan:
    settings: dict = field(default_factory=dict)
    features: dict = field(default_factory=dict)
    sites: dict = field(default_factory=dict)
    zones: dict = field(default_factory=dict)
    firewalls: dict = field(default_factory=dict)
    nodes: dict = field(default_factory=dict)
    links: set = field(default_factory=set)
    routes: dict = field(default_factory=dict)  # what route_between() found already
    name_counts: dict = field(default_factory=dict)  # what display_name() counted already


def read_plan(path):
    root = ElementTree.parse(path).getroot()
    plan = Plan(settings=read_settings(root))
    for element in root.iter(NAMESPACE + "feature"):
        plan.features[element.get("name")] = "on" if element.get("enabled") == "yes" else "off"
    for element in root.iter(NAMESPACE + "site"):
        site = Site(element.get("code"), element.get("kind"), element.get("parent"), read_settings(element))
        plan.sites[site.code] = site
    for element in root.iter(NAMESPACE + "zone"):
        plan.zones[element.get("id")] = Zone(element.get("id"), element.get("name"), element.get("kind"))
    for element in root.iter(NAMESPACE + "firewall"):
        plan.firewalls[element.get("id")] = Firewall(
            element.get("id"), element.get("name"), element.get("zones").split(), element.get("managed") != "no")
    for element in root.iter(NAMESPACE + "node"):
        roles = {}
        for role in element.iter(NAMESPACE + "role"):
            roles[role.get("name")] = {key: value for key, value in role.attrib.items() if key != "name"}
        plan.nodes[element.get("id")] = Node(
            element.get("id"), element.get("name"), element.get("zone"), element.get("site"),
            element.get("addresses", "").split(), element.get("site-server-initiates") == "yes",
            roles, read_settings(element))
    for element in root.iter(NAMESPACE + "link"):
        plan.links.add((element.get("kind"), element.get("from"), element.get("to")))
    return plan


def read_settings(element):
    # 1.3: "White space around values is ignored."
    return {child.get("name"): child.text.strip() for child in element.findall(NAMESPACE + "set")}


# --- Spec 1.3: settings, features; 1.2: options ---------------------------------------------------------------------


def effective_setting(plan, node, name):
    """The value and the level it comes from. 1.3: node, else its site, else the plan, else the default."""
    if name in node.settings:
        return node.settings[name], "node"
    if node.site is not None and name in plan.sites[node.site].settings:
        return plan.sites[node.site].settings[name], "site"
    if name in plan.settings:
        return plan.settings[name], "plan"
    return rules.SETTINGS[name], "default"


def effective_feature(plan, name):
    return plan.features.get(name, rules.FEATURES[name])


def has_option(role, name):
    return name in rules.OPTIONS.get(role, {})


def option_value(node, role, name):
    values, default = rules.OPTIONS[role][name]
    return node.roles[role].get(name, default)


def port_ranges(plan, service, to_node, destination):
    """The ranges of one service, one flow each; (None, None) for ICMP."""
    if service.protocol == "icmp":
        return [(None, None)], None
    if service.setting is None:
        return [service.ports], None
    # 1.3: a port setting is read from the node in the rule's to column, for the reverse direction too;
    # rpc-dynamic is read from the flow's own destination.
    reader = destination if service.setting == "rpc-dynamic" else to_node
    value, level = effective_setting(plan, reader, service.setting)
    ranges = []
    for part in value.split():
        low, dash, high = part.partition("-")
        ranges.append((int(low), int(high if dash else low)))
    return ranges, level


# --- Spec 1.4: scopes -----------------------------------------------------------------------------------------------


def parent_of(plan, code):
    return plan.sites[code].parent


def with_ancestors(plan, code):
    """The site, its parent, the parent's parent ... up to the last one reached before one repeats."""
    chain = []
    while code is not None and code not in chain:
        chain.append(code)
        code = parent_of(plan, code)
    return chain


def topmost(plan, code):
    return with_ancestors(plan, code)[-1]


def is_client_like(role):
    return role in rules.CLIENT_LIKE


def reach(plan, code):
    """1.4 assigned: its own site, and if that is a secondary site, its parent too."""
    sites = {code}
    if plan.sites[code].kind == "secondary" and parent_of(plan, code) is not None:
        sites.add(parent_of(plan, code))
    return sites


def scope_of(rule, from_role):
    # 1.5 windows-services: "site (client-like: assigned)"
    if rule.id == "windows-services" and is_client_like(from_role):
        return "assigned"
    return rule.scope


def scope_holds(plan, rule, scope, from_role, a, b):
    site_a, site_b = a.site, b.site
    missing = site_a is None or site_b is None
    if scope == "any":
        return True
    if scope == "link":
        return (rule.link, a.id, b.id) in plan.links
    if scope == "zone":
        return (missing or site_a == site_b) and a.zone is not None and a.zone == b.zone
    if scope == "top":
        if site_a is None and site_b is None:
            return True
        if missing:
            return parent_of(plan, site_a or site_b) is None
        return site_a == site_b and parent_of(plan, site_a) is None
    if scope == "parent-child":
        return not missing and (parent_of(plan, site_a) == site_b or parent_of(plan, site_b) == site_a)
    if scope == "to-parent":
        return not missing and parent_of(plan, site_a) == site_b
    if missing:  # "A missing site waives the site test"
        return True
    if scope == "site":
        return site_a == site_b
    if scope == "assigned":
        if is_client_like(from_role):
            client_site, other_site = site_a, site_b
        else:
            client_site, other_site = site_b, site_a
        return other_site in reach(plan, client_site)
    if scope == "subtree":
        return site_a in with_ancestors(plan, site_b)
    if scope == "hierarchy":
        return topmost(plan, site_a) == topmost(plan, site_b)
    raise ValueError(scope)


# --- Spec 1.4 and 1.5: everything that must hold for one service of one rule between two nodes ----------------------

Test = namedtuple("Test", "passed kind name")  # kind and name say what took part, for the tally


def on_internet(plan, node):
    return node.zone is not None and plan.zones[node.zone].kind == "internet"


def scope_tests(plan, rule, from_role, a, b):
    scope = scope_of(rule, from_role)
    passed = scope_holds(plan, rule, scope, from_role, a, b)
    how = "holds" if passed else "refuses"
    if scope not in ("any", "link") and (a.site is None or b.site is None):
        how += " (a site missing)"
    yield Test(passed, "scope", scope + " " + how)


def location_tests(plan, rule, from_role, service, a, b):
    location = service.location or rule.location  # "Service-level locations override the rule's."
    if is_client_like(from_role):
        away = on_internet(plan, a)
        facing = option_value(b, rule.to_role, "internet-facing") if has_option(rule.to_role, "internet-facing") \
            else None
        facing_name = "%s internet-facing=%s" % (rule.to_role, facing)
        if location == "intranet":
            yield Test(not away, "location", "intranet refuses" if away else "intranet holds")
        elif location == "any" and away:
            yield Test(facing != "no", "location", "any refuses" if facing == "no" else "any holds on the internet")
            if facing in ("yes", "only"):
                yield Test(True, "option", facing_name)
        elif location == "any":
            yield Test(True, "location", "any holds inside")
        elif location == "cloud":
            choice = option_value(a, "client", "cmg")
            passed = choice == "always" or (choice == "auto" and away)
            yield Test(passed, "location", "cloud holds" if passed else "cloud refuses")
            yield Test(True, "option", "client cmg=" + choice)
        if not away and facing == "only":  # answers nothing, whatever the location
            yield Test(False, "option", facing_name)
    elif is_client_like(rule.to_role) and location == "intranet":
        away = on_internet(plan, b)
        yield Test(not away, "location", "intranet refuses" if away else "intranet holds")
    # "Rules without a client-like side ignore location."


def condition_tests(plan, rule, from_role, service, a, b):
    for condition in rule.conditions + service.conditions:
        if condition.where == "feature":
            value = effective_feature(plan, condition.name)
            name = "%s %s" % (condition.name, value)
        elif condition.where == "setting":  # "read from the rule's to node as well"
            value, level = effective_setting(plan, b, condition.name)
            name = "%s=%s %s" % (condition.name, value, level)
        else:
            role, node = (from_role, a) if condition.where == "from" else (rule.to_role, b)
            value = option_value(node, role, condition.name)
            shown = "2 or more" if condition.name == "instances" and value != "1" else value
            name = "%s %s=%s" % (role, condition.name, shown)
        kind = condition.where if condition.where in ("feature", "setting") else "option"
        yield Test(value in condition.values, kind, name)


def service_applies(plan, rule, from_role, service, a, b, tally):
    tests = list(scope_tests(plan, rule, from_role, a, b))
    tests += location_tests(plan, rule, from_role, service, a, b)
    tests += condition_tests(plan, rule, from_role, service, a, b)
    failed = [test for test in tests if not test.passed]
    # What took part: everything that held for a flow, and what alone kept one away.
    if not failed:
        note_tests(tally, tests)
    elif len(failed) == 1:
        note_tests(tally, failed)
        if failed[0].name == "any refuses":
            tally["option", "%s internet-facing=no" % rule.to_role] += 1
        if failed[0].name == "cloud refuses":
            tally["option", "client cmg=" + option_value(a, "client", "cmg")] += 1
    return not failed


def note_tests(tally, tests):
    for test in tests:
        tally[test.kind, test.name] += 1


# --- Spec 1.4 Direction: flows --------------------------------------------------------------------------------------

Flow = namedtuple("Flow", "source destination protocol port_from port_to service rule phase")


def all_flows(plan, tally):
    """Every flow of the plan. A set: a flow is identified by its fields and appears once."""
    flows = set()
    for rule in rules.RULES:
        for from_role in rule.from_roles:
            for a in plan.nodes.values():
                if from_role not in a.roles:
                    continue
                for b in plan.nodes.values():
                    if a is b or rule.to_role not in b.roles:  # "Never a = b."
                        continue
                    for service in rule.services:
                        if service_applies(plan, rule, from_role, service, a, b, tally):
                            note_cycle(plan, scope_of(rule, from_role), a, b, tally)
                            flows |= flows_of_service(plan, rule, service, a, b, tally)
    return flows


def flows_of_service(plan, rule, service, a, b, tally):
    flows = set()
    if not left_out(rule, starter_role=rule.from_roles[0], other_role=rule.to_role, starter=a, tally=tally):
        flows |= one_direction(plan, rule, service, a, b, to_node=b, tally=tally)
        tally["rule", rule.id] += 1
    if rule.two_way:  # "the flow, and its mirror with the same ports from b to a"
        if not left_out(rule, starter_role=rule.to_role, other_role=rule.from_roles[0], starter=b, tally=tally):
            flows |= one_direction(plan, rule, service, b, a, to_node=b, tally=tally)
            tally["mirror", rule.id] += 1
    return flows


def left_out(rule, starter_role, other_role, starter, tally):
    """1.4: in a two-way rule between a site server and another site system role, the flow started by that site system
    is left out when its node has site-server-initiates."""
    if not rule.two_way or other_role != "site-server":
        return False
    if starter_role == "site-server" or starter_role not in rules.SITE_SYSTEMS:
        return False
    tally["option", "site-server-initiates=" + ("yes" if starter.initiates else "no")] += 1
    return starter.initiates


def one_direction(plan, rule, service, source, destination, to_node, tally):
    ranges, level = port_ranges(plan, service, to_node, destination)
    if service.setting is not None:
        tally["setting", "%s %s" % (service.setting, level)] += 1
    return {Flow(source.id, destination.id, service.protocol, low, high, service.name, rule.id, rule.phase)
            for low, high in ranges}


def note_cycle(plan, scope, a, b, tally):
    for node in (a, b):
        if scope in ("hierarchy", "subtree") and node.site and parent_of(plan, topmost(plan, node.site)) is not None:
            tally["cycle", "%s holds in a cycle of parents" % scope] += 1


# --- Spec 1.6: routes -----------------------------------------------------------------------------------------------


def neighbours(plan, zone):
    """Every (firewall, next zone) one step from a zone."""
    return [(firewall.id, other) for firewall in plan.firewalls.values() if zone in firewall.zones
            for other in firewall.zones if other != zone]


def may_pass(plan, zone, goal, through_internet):
    return zone == goal or through_internet or plan.zones[zone].kind != "internet"


def fewest_firewalls(plan, start, goal, through_internet):
    """The number of firewalls on the shortest paths, None when there is no path: plain breadth first search."""
    seen, edge, steps = {start}, [start], 0
    while edge:
        if goal in edge:
            return steps
        reached = []
        for zone in edge:
            for _, other in neighbours(plan, zone):
                if other not in seen and may_pass(plan, other, goal, through_internet):
                    seen.add(other)
                    reached.append(other)
        edge, steps = reached, steps + 1
    return None


def paths_up_to(plan, here, goal, limit, through_internet, visited=()):
    """Every path with at most `limit` firewalls that enters no zone twice: [firewall, zone, firewall, zone ...]."""
    if here == goal:
        return [[]]
    if limit == 0:
        return []
    paths = []
    for firewall, zone in neighbours(plan, here):
        if zone not in visited and zone != here and may_pass(plan, zone, goal, through_internet):
            for rest in paths_up_to(plan, zone, goal, limit - 1, through_internet, visited + (here,)):
                paths.append([firewall, zone] + rest)
    return paths


def route_from_smaller(plan, smaller, larger, tally):
    """The route between two zones, read from the end with the smaller zone id: its firewalls, None: unroutable."""
    if not plan.firewalls:  # "A plan without any firewall element has one implied firewall for each pair of zones"
        tally["route", "implied firewall"] += 1
        return [smaller + "~" + larger]
    through_internet = False
    fewest = fewest_firewalls(plan, smaller, larger, through_internet)
    if fewest is None:  # "considered only when there is no other"
        through_internet = True
        fewest = fewest_firewalls(plan, smaller, larger, through_internet)
    if fewest is None:
        tally["route", "unroutable"] += 1
        return None
    shortest = paths_up_to(plan, smaller, larger, fewest, through_internet)
    best = min(shortest)  # element by element in byte order (ids are ASCII)
    note_route(plan, smaller, larger, fewest, through_internet, shortest, best, tally)
    return best[0::2]


def route_between(plan, zone_a, zone_b, tally):
    """The firewalls from zone_a to zone_b in that order, None when unroutable."""
    smaller, larger = min(zone_a, zone_b), max(zone_a, zone_b)
    if (smaller, larger) not in plan.routes:
        plan.routes[smaller, larger] = route_from_smaller(plan, smaller, larger, tally)
    route = plan.routes[smaller, larger]
    if route is None or zone_a == smaller:
        return route
    return route[::-1]  # "the other direction uses the same path reversed"


def note_route(plan, smaller, larger, fewest, through_internet, shortest, best, tally):
    if through_internet:
        tally["route", "internet used for want of another"] += 1
    else:
        free = fewest_firewalls(plan, smaller, larger, True)
        if free < fewest or min(paths_up_to(plan, smaller, larger, free, True)) != best:
            tally["route", "internet avoided"] += 1
    if len(paths_up_to(plan, smaller, larger, min(fewest + 2, max(fewest, 5)), through_internet)) > len(shortest):
        tally["route", "fewest firewalls"] += 1
    for path in shortest:
        if path != best:
            first = [x == y for x, y in zip(path, best)].index(False)
            tally["route", "by zone id" if first % 2 else "by firewall id"] += 1
    # Read from the other end, a path is the reverse of (its zones but the last, after the start) and its firewalls.
    from_larger = {tuple(([smaller] + path)[::-1][1:]): path for path in shortest}
    if from_larger[min(from_larger)][0::2] != best[0::2]:
        tally["route", "from the smaller end"] += 1
    if any(not plan.firewalls[firewall].managed for firewall in best[0::2]):
        tally["route", "through an unmanaged firewall"] += 1
    if any(len(plan.firewalls[firewall].zones) > 2 for firewall in best[0::2]):
        tally["route", "through a firewall of three or more zones"] += 1


def crosses(plan, flow):
    """1.1: source and destination stand in different zones; 1.6: nodes outside every zone never cross."""
    source, destination = plan.nodes[flow.source].zone, plan.nodes[flow.destination].zone
    return source is not None and destination is not None and source != destination


# --- Spec 3: the flows command --------------------------------------------------------------------------------------

FLOW_COLUMNS = ("source", "destination", "protocol", "port_from", "port_to", "service", "rule", "phase",
                "source_zone", "destination_zone", "firewalls")


def flow_rows(plan, flows, tally):
    """The rows of `portolan-cli flows`, without the header."""
    rows = []
    for flow in sorted(flows, key=flow_order):
        if not crosses(plan, flow):
            firewalls = ""
        else:
            route = route_between(plan, plan.nodes[flow.source].zone, plan.nodes[flow.destination].zone, tally)
            firewalls = "!" if route is None else " ".join(route)
        rows.append((flow.source, flow.destination, flow.protocol,
                     "" if flow.port_from is None else str(flow.port_from),
                     "" if flow.port_to is None else str(flow.port_to),
                     flow.service, flow.rule, flow.phase,
                     plan.nodes[flow.source].zone or "", plan.nodes[flow.destination].zone or "", firewalls))
    return rows


def flow_order(flow):
    """Sorted by source, destination, protocol, port_from (number; none first), port_to, rule, service (byte order)."""
    low = -1 if flow.port_from is None else flow.port_from
    high = -1 if flow.port_to is None else flow.port_to
    return (flow.source, flow.destination, flow.protocol, low, high, flow.rule, flow.service)


def csv_text(columns, rows):
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


# --- Spec 1.7: consolidation ----------------------------------------------------------------------------------------


@dataclass
class Row:
    source_zone: str
    destination_zone: str
    phase: str
    protocol: str
    sources: list  # node ids, sorted
    destinations: list  # node ids, sorted
    ranges: list  # (from, to), ascending; empty for ICMP
    reasons: list  # rule ids, sorted

    def id(self):
        lines = (self.source_zone, self.destination_zone, self.phase, self.protocol,
                 " ".join(self.sources), " ".join(self.destinations),
                 " ".join("%d-%d" % one for one in self.ranges), " ".join(self.reasons))
        return "R" + hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()[:12]

    def order(self):
        return (self.source_zone, self.destination_zone, 0 if self.phase == "operation" else 1, self.protocol,
                self.ranges, self.sources, self.destinations, self.reasons)


def sheet_firewalls(plan, flows, tally):
    """The firewalls that get a sheet: firewall id -> the flows that cross it."""
    sheets = {firewall.id: [] for firewall in plan.firewalls.values() if firewall.managed}
    for flow in flows:
        if crosses(plan, flow):
            route = route_between(plan, plan.nodes[flow.source].zone, plan.nodes[flow.destination].zone, tally)
            for firewall in route or []:
                if firewall in plan.firewalls and not plan.firewalls[firewall].managed:
                    continue
                sheets.setdefault(firewall, []).append(flow)  # an implied one only when a flow crosses it
    return sheets


def segments_of(flows):
    """1.7 step 1 for one pair and protocol: (from, to, set of reasons), ascending. "Port by port": every port between
    two neighbouring bounds of ranges is asked for by the same flows, so the stretch between them stands for
    all of its ports."""
    bounds = sorted({flow.port_from for flow in flows} | {flow.port_to + 1 for flow in flows})
    reasons = [set() for _ in bounds]
    for flow in flows:
        for index in range(bisect.bisect_left(bounds, flow.port_from), bisect.bisect_left(bounds, flow.port_to + 1)):
            reasons[index].add(flow.rule)
    return [(bounds[index], bounds[index + 1] - 1, frozenset(reasons[index]))
            for index in range(len(bounds) - 1) if reasons[index]]


def joined(ranges):
    """Adjacent and overlapping ranges joined."""
    result = []
    for low, high in sorted(ranges):
        if result and low <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return result


def phase_of(reasons):
    """1.7 step 1: a tuple is `operation` if any of its reasons is, else `installation`."""
    return "operation" if any(rules.RULE[reason].phase == "operation" for reason in reasons) else "installation"


def ranges_of_pairs(plan, flows, tally):
    """1.7 steps 1 and 2: (source zone, destination zone, protocol, reasons) -> (source, destination) -> ranges."""
    by_pair = {}
    for flow in flows:
        by_pair.setdefault((flow.source, flow.destination, flow.protocol), []).append(flow)
    groups = {}
    for (source, destination, protocol), pair_flows in by_pair.items():
        zones = (plan.nodes[source].zone, plan.nodes[destination].zone)
        if protocol == "icmp":
            segments = [(None, None, frozenset(flow.rule for flow in pair_flows))]
        else:
            segments = segments_of(pair_flows)
            note_segments(pair_flows, segments, tally)
        for low, high, reasons in segments:
            pairs = groups.setdefault(zones + (protocol, reasons), {})
            pairs.setdefault((source, destination), []).append((low, high))
    for key, pairs in groups.items():
        for pair in pairs:
            pairs[pair] = [] if key[2] == "icmp" else joined(pairs[pair])
    return groups


def note_segments(flows, segments, tally):
    overlap = any(one.port_from <= other.port_to and other.port_from <= one.port_to and one.rule != other.rule
                  and (one.port_from, one.port_to) != (other.port_from, other.port_to)
                  for one in flows[:40] for other in flows[:40])
    if overlap:
        tally["consolidation", "overlap split"] += 1
    adjacent = any(one.port_to + 1 == other.port_from and one.rule == other.rule
                   for one in flows[:40] for other in flows[:40])
    if adjacent:
        tally["consolidation", "adjacent joined"] += 1
    for _, _, reasons in segments[:40]:
        if len({rules.RULE[reason].phase for reason in reasons}) == 2:
            tally["consolidation", "phase promoted to operation"] += 1
        if len(reasons) > 1:
            tally["consolidation", "several reasons"] += 1


def consolidated_rows(plan, flows, tally):
    """1.7 step 3, before the cutting of cells."""
    rows = []
    for (source_zone, destination_zone, protocol, reasons), pairs in ranges_of_pairs(plan, flows, tally).items():
        # "Sources with the same destination and ports are joined"
        sources_of = {}
        for (source, destination), ranges in pairs.items():
            sources_of.setdefault((destination, tuple(ranges)), set()).add(source)
        # "then destinations with the same set of sources and ports"
        destinations_of = {}
        for (destination, ranges), sources in sources_of.items():
            destinations_of.setdefault((frozenset(sources), ranges), set()).add(destination)
        for (sources, ranges), destinations in destinations_of.items():
            rows.append(Row(source_zone, destination_zone, phase_of(reasons), protocol, sorted(sources),
                            sorted(destinations), list(ranges), sorted(reasons)))
            if len(sources) > 1:
                tally["consolidation", "sources joined"] += 1
            if len(destinations) > 1:
                tally["consolidation", "destinations joined"] += 1
    return rows


def expanded_rows(plan, flows, tally):
    """1.7: "--expand leaves step 3 out and gives each range a row of its own (ICMP keeps one row a pair)"."""
    rows = []
    for (source_zone, destination_zone, protocol, reasons), pairs in ranges_of_pairs(plan, flows, tally).items():
        for (source, destination), ranges in pairs.items():
            for own in [[one] for one in ranges] if protocol != "icmp" else [[]]:
                rows.append(Row(source_zone, destination_zone, phase_of(reasons), protocol, [source], [destination],
                                own, sorted(reasons)))
    return rows


def sheet_rows(plan, flows, expand, tally):
    """The rows of one sheet in their order."""
    rows = expanded_rows(plan, flows, tally) if expand else consolidated_rows(plan, flows, tally)
    rows = [part for row in rows for part in cut_row(plan, row, tally)]
    return sorted(rows, key=Row.order)


# --- Spec 3: the cells of a sheet -----------------------------------------------------------------------------------


def display_name(plan, kind, thing_id):
    """A name that is not unique or contains "; " is written `Name (id)`. Unique among its kind: "nodes", "zones",
    "firewalls"."""
    things = getattr(plan, kind)
    if kind not in plan.name_counts:
        plan.name_counts[kind] = Counter(thing.name for thing in things.values())
    name = things[thing_id].name
    if plan.name_counts[kind][name] > 1 or "; " in name:
        return "%s (%s)" % (name, thing_id)
    return name


def by_name(plan, ids):
    """Nodes in the order of a cell: by their displayed names in byte order."""
    nodes = [(name_text(plan, node), node) for node in ids]
    return [node for name, node in sorted(nodes, key=lambda pair: (pair[0].encode("utf-8"), pair[1]))]


def defused(cell):
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def shortened(text):
    """One node's own text that is longer ends in an ellipsis."""
    return text if len(text) <= CELL_LIMIT else text[:CELL_LIMIT - 1] + "…"


def name_text(plan, node):
    return display_name(plan, "nodes", node)


def address_text(plan, node):
    return shortened(" ".join(plan.nodes[node].addresses) or "UNRESOLVED")


def range_text(one):
    return str(one[0]) if one[0] == one[1] else "%d-%d" % one


def names_cell(plan, ids):
    return defused("; ".join(name_text(plan, node) for node in by_name(plan, ids)))


def addresses_cell(plan, ids):
    return defused("; ".join(address_text(plan, node) for node in by_name(plan, ids)))


def ports_cell(protocol, ranges):
    return "echo-request" if protocol == "icmp" else "; ".join(range_text(one) for one in ranges)


def longest_runs(items, text_of):
    """The items cut into the longest runs whose texts, joined by "; ", fit a cell."""
    runs, length = [], 0
    for item in items:
        text = text_of(item)
        if runs and length + len("; ") + len(text) <= CELL_LIMIT:
            runs[-1].append(item)
            length += len("; ") + len(text)
        else:
            runs.append([item])
            length = len(defused(text))  # the cell's length counts the quote that defuses it
    return runs


def cut_row(plan, row, tally):
    """Spec 3: a row whose Source, Source address, Destination, Destination address or Destination port cell would be
    longer than 30,000 characters is cut, in that order of columns, into the longest runs that fit."""
    parts = [row]
    for column, attribute, text_of in (
            ("Source", "sources", name_text), ("Source address", "sources", address_text),
            ("Destination", "destinations", name_text), ("Destination address", "destinations", address_text),
            ("Destination port", "ranges", None)):
        next_parts = []
        for part in parts:
            if attribute == "ranges":
                runs = longest_runs(part.ranges, range_text) or [[]]
            else:
                runs = longest_runs(by_name(plan, getattr(part, attribute)), lambda node: text_of(plan, node))
            if len(runs) > 1:
                tally["cut", column] += len(runs)
            for run in runs:
                copy = Row(**vars(part))
                setattr(copy, attribute, sorted(run))
                next_parts.append(copy)
        parts = next_parts
    for part in parts:
        for node in part.sources + part.destinations:
            if address_text(plan, node).endswith("…"):
                tally["cut", "ellipsis"] += 1
    return parts


SHEET_COLUMNS = ("Rule", "Firewall", "Source zone", "Source", "Source address", "Destination zone", "Destination",
                 "Destination address", "Protocol", "Source port", "Destination port", "Service", "Action", "Phase",
                 "Purpose", "Reference", "Note")


def sheet_cells(plan, firewall, row):
    """The cells of one row that the spec fixes to the letter; Service, Purpose, Reference and Note are None."""
    name = display_name(plan, "firewalls", firewall) if firewall in plan.firewalls else firewall
    return (row.id(), defused(name),
            defused(display_name(plan, "zones", row.source_zone)),
            names_cell(plan, row.sources), addresses_cell(plan, row.sources),
            defused(display_name(plan, "zones", row.destination_zone)),
            names_cell(plan, row.destinations), addresses_cell(plan, row.destinations),
            row.protocol, "any", ports_cell(row.protocol, row.ranges), None, "allow", row.phase, None, None, None)


def unresolved_nodes(plan, rows):
    return {node for row in rows for node in row.sources + row.destinations if not plan.nodes[node].addresses}


# --- By hand --------------------------------------------------------------------------------------------------------


def main(arguments):
    command, path = arguments[:2]
    plan, tally = read_plan(path), Counter()
    flows = all_flows(plan, tally)
    if command == "flows":
        sys.stdout.buffer.write(csv_text(FLOW_COLUMNS, flow_rows(plan, flows, tally)).encode("utf-8"))
        return
    for firewall, crossing in sorted(sheet_firewalls(plan, flows, tally).items()):
        print("==", firewall)
        for row in sheet_rows(plan, crossing, "--expand" in arguments, tally):
            print(" | ".join(cell for cell in sheet_cells(plan, firewall, row) if cell is not None),
                  "|", " ".join(row.reasons))


if __name__ == "__main__":
    main(sys.argv[1:])
