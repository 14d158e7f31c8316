#!/usr/bin/env python3
"""The engine tested from outside, rule by rule and word by word, through `CLI flows -` and `CLI sheets -`.

Usage: test_rules.py SOURCE_ROOT CLI [NAME...]      (a NAME is a case, or the beginning of some: rule/client-dp)

cases.py, flow_cases.py and sheet_cases.py have the data. Every row of the table of rules becomes the cases

    rule/ID/applies                  where it applies: exactly these flows, both ways
    rule/ID/scope                    all 36 pairs of sites (none is one of them): exactly those that the scope joins
    rule/ID/zones                    scope zone: the same in two zones, and in none
    rule/ID/links                    scope link: without a link, and with the link the other way round
    rule/ID/location                 a client-like end in each kind of zone, with each internet-facing, or each cmg
    rule/ID/settings                 every port setting changed at both ends: which is read, and from where
    rule/ID/client-communication     https at the to end drops what is `http`; at the from end nothing
    rule/ID/wsus-ssl                 no at the to end drops what is `ssl`; at the from end nothing
    rule/ID/without FEATURE          each feature that the rule or a service needs, off; and left out
    rule/ID/other features           all others flipped: no change
    rule/ID/site-server-initiates    at each end
    rule/ID/CHANGE                   the option changed: no flows, the same, or others

flows/, routes/ and sheets/ are the cases of the other lists. The last line is `N passed, N failed`.
"""

import concurrent.futures
import copy
import os
import sys
from collections import Counter

import cases
import flow_cases
import sheet_cases
from cases import FEATURES, LOCATIONS, RULES, SETTINGS, SITES, ZONES
from plans import F, L, N, WORLD, Z, Broken, check, flows, plan, ports, read_table, run, sheet_lines, sheets, world

JOBS = 4
SHOWN = 8  # rows of a difference
BASE_SITES = {"top": ("T01", "T01"), "parent-child": ("P01", "C01"), "to-parent": ("P01", "C01")}


def compare(expected, actual):
    """Nothing when both have the same rows, as often; otherwise a text with the difference."""
    missing, extra = Counter(expected) - Counter(actual), Counter(actual) - Counter(expected)
    if not missing and not extra:
        return
    lines = [f"  {sign} {row:.300}" for sign, rows in [("missing", missing), ("not expected", extra)]
             for row in sorted(rows.elements())[:SHOWN]]
    raise Broken(f"{len(expected)} rows expected, {len(actual)} found\n" + "\n".join(lines))


# --- a rule's cases --------------------------------------------------------------------------------------------------


def services(text):
    """(protocol, ports, name, words) of each service of a rule."""
    found = []
    for item in text.split(";"):
        item, _, words = item.strip().partition(" [")
        protocol, spelled, name = item.split(" ", 2)
        found.append((protocol, spelled, name, words.rstrip("]").split()))
    return found


def expected_rows(rule, a, b, a_set={}, b_set={}, drop=(), location=None, back=True, forward=True):
    """The rows between two nodes, `a` with the from role and `b` with the to role, of the services that stay."""
    rows = []
    for start, end, wanted in [(a, b, forward), (b, a, back and rule.two_way)]:
        for protocol, spelled, name, words in services(rule.services) if wanted else []:
            own = [word for word in words if word in ("intranet", "any", "cloud")] or [rule.location]
            if set(words) & set(drop) or (location and not location(own[0])):
                continue
            if spelled in SETTINGS:
                holder = b_set if spelled != "rpc-dynamic" or end == b else a_set
                values = holder.get(spelled, SETTINGS[spelled]).split()
            else:
                values = [spelled.strip("-")]
            for value in values:
                low, _, high = value.partition("-")
                rows.append(" ".join([start, end, protocol, low, high or low, name, rule.phase]))
    return rows


def rule_rows(cli, env, rule, text, forward_only=False):
    rows = [row for row in flows(cli, text, env=env) if row["rule"] == rule.id]
    return [" ".join(row[column] for column in ["source", "destination", "protocol", "port_from", "port_to", "service",
                                                "phase"])
            for row in rows if not forward_only or (row["source"][0], row["destination"][0]) == ("a", "b")]


def all_features(rule):
    """Every feature that the rule or one of its services needs."""
    return rule.features + [word for *_, words in services(rule.services) for word in words if word in FEATURES]


def switches(rule):
    return " ".join(name for name in all_features(rule) if not FEATURES[name])


def change_role(role, change, end):
    """The role with its options after a change such as `to pxe=no` or `to -pxe`."""
    where, word = change.split()
    if where != end:
        return role
    name, *options = role.split()
    dropped = word.lstrip("-").split("=")[0]
    options = [option for option in options if option.split("=")[0] != dropped]
    return " ".join([name, *options] + ([word] if "=" in word else []))


def pair(rule, change=None, features=None, a={}, b={}, sites=None):
    """A plan with one node at each end, with what the rule needs."""
    start, end = (change_role(role, change, where) if change else role
                  for role, where in [(rule.start, "from"), (rule.end, "to")])
    a_site, b_site = sites or BASE_SITES.get(rule.scope, ("P01", "P01"))
    zones = ("corp", "corp") if rule.scope == "zone" else ("corp", "dmz")
    links = [L("a", "b")] if rule.scope == "link" else []
    return world(N("a", zones[0], a_site, start, **a), N("b", zones[1], b_site, end, **b), *links,
                 features=switches(rule) if features is None else features)


def both_ways(rule, **options):
    """The rows of the pair `a`, `b`: the pair turned round as well when the rule matches it."""
    rows = expected_rows(rule, "a", "b", **options)
    if rule.both:
        turned = dict(options, a_set=options.get("b_set", {}), b_set=options.get("a_set", {}))
        rows += expected_rows(rule, "b", "a", **turned)
    return list(dict.fromkeys(rows))


def rule_case(rule, text, expected, forward_only=False):
    return lambda cli, env: compare(expected, rule_rows(cli, env, rule, text, forward_only))


def scope_case(rule):
    lines = [row.split() for row in cases.SCOPES[rule.scope].strip().splitlines()]
    if rule.scope == "assigned" and rule.start.split()[0] not in cases.CLIENT_LIKE:
        joined = {(a[0], b) for b, *marks in lines[1:] for a, mark in zip(lines[0], marks) if mark == "x"}
    else:
        joined = {(a, b) for a, *marks in lines[1:] for b, mark in zip(lines[0], marks) if mark == "x"}
    zones = ("corp", "corp") if rule.scope == "zone" else ("corp", "dmz")
    nodes = [N(f"{end}{key}", zone, SITES[key], role) for end, zone, role in
             [("a", zones[0], rule.start), ("b", zones[1], rule.end)] for key in SITES]
    links = [L(f"a{a}", f"b{b}") for a in SITES for b in SITES] if rule.scope == "link" else []
    # When both ends have one role the nodes of an end match each other too: only the way from a to b is looked at.
    same = rule.start.split()[0] == rule.end.split()[0]
    rows = [row for a, b in sorted(joined) for row in expected_rows(rule, f"a{a}", f"b{b}", back=not same)]
    return rule_case(rule, world(*nodes, *links, features=switches(rule)), rows, same)


def location_case(rule):
    client = "a" if rule.start.split()[0] in cases.CLIENT_LIKE else "b"
    client_role, other_role = (rule.start, rule.end) if client == "a" else (rule.end, rule.start)
    variants = {client_role: ""}  # of the client-like end: the word that the table has behind the location
    others = {other_role: ""}
    if rule.location == "cloud":
        variants = {f"client cmg={word}": word for word in ["auto", "always", "never"]}
    elif client == "a" and other_role.split()[0] in cases.INTERNET_FACING:
        others = {other_role: "no", **{f"{other_role} internet-facing={word}": word for word in ["no", "yes", "only"]}}
    nodes, rows = [], []
    if rule.scope != "zone":
        nodes = [N(f"o{i}", "dmz", "P01", role) for i, role in enumerate(others)]
    for i, (role, variant) in enumerate(variants.items()):
        for kind, zone in ZONES.items():
            if rule.scope == "zone":
                nodes += [N(f"c{kind}", zone, "P01", role), N(f"d{kind}", zone, "P01", role)]
                if kind not in ("internet", "none"):
                    rows += expected_rows(rule, f"c{kind}", f"d{kind}") + expected_rows(rule, f"d{kind}", f"c{kind}")
                continue
            node = f"c{i}{kind}"
            nodes.append(N(node, zone, "P01", role))
            for j, word in enumerate(others.values()):
                ends = (node, f"o{j}") if client == "a" else (f"o{j}", node)
                rows += expected_rows(rule, *ends, location=lambda own: kind in
                                      LOCATIONS[f"{own} {variant or word}".strip()].split())
    return rule_case(rule, world(*nodes, features=switches(rule)), rows)


def initiates_cases(rule):
    """Who starts when one end has site-server-initiates: a site system waits, a site server does not."""
    def waits(starter, other):
        return (rule.two_way and starter in cases.SITE_SYSTEMS and starter != "site-server" and other == "site-server")

    start, end = rule.start.split()[0], rule.end.split()[0]
    flag = {"site_server_initiates": "yes"}
    yield "at the from end", pair(rule, a=flag), both_ways(rule, forward=not waits(start, end))
    yield "at the to end", pair(rule, b=flag), both_ways(rule, back=not waits(end, start))


def link_cases(rule):
    nodes = [N("a", "corp", "P01", rule.start), N("b", "corp", "P01", rule.end)]
    yield "links/without one", world(*nodes)
    yield "links/the other way round", world(*nodes, L("b", "a"))


def zone_cases(rule):
    for name, a, b in [("of two kinds", "corp", "dmz"), ("of one kind", "corp", "lab"), ("none", "", ""),
                       ("one of them none", "corp", "")]:
        yield f"zones/{name}", plan(*WORLD, Z("lab"), N("a", a, "P01", rule.start), N("b", b, "P01", rule.end),
                                    features=switches(rule))


def settings_texts():
    """A value of its own for every port setting, at the from end and at the to end."""
    found = []
    for end, ranges in [(20000, "40000-40009 40020"), (30000, "41000-41009 41020 500-600")]:
        values = {name: str(end + i) for i, name in enumerate(SETTINGS)}
        found.append({**values, "rpc-dynamic": ranges})
    return found


def spelled(values):
    return ", ".join(f"{name}={value}" for name, value in values.items())


def rule_cases(rule):
    def case(name, text, expected):
        found[f"rule/{rule.label}/{name}"] = rule_case(rule, text, expected)

    found, whole = {}, both_ways(rule)
    case("applies", pair(rule), whole)
    found[f"rule/{rule.label}/scope"] = scope_case(rule)
    if rule.location:
        found[f"rule/{rule.label}/location"] = location_case(rule)
    for name, text in [*(link_cases(rule) if rule.scope == "link" else []),
                       *(zone_cases(rule) if rule.scope == "zone" else [])]:
        case(name, text, [])
    a, b = settings_texts()
    case("settings", pair(rule, a={"set": spelled(a)}, b={"set": spelled(b)}), both_ways(rule, a_set=a, b_set=b))
    for name, value, other, word in [("client-communication", "https", "wsus-ssl=no", "http"),
                                     ("wsus-ssl", "no", "client-communication=https", "ssl")]:
        # What only the from end sets drops nothing, but for a rule that the pair matches both ways.
        case(name, pair(rule, a={"set": other}, b={"set": f"{name}={value}"}), both_ways(rule, drop=[word]))
    for name in all_features(rule):
        left = [] if name in rule.features else both_ways(rule, drop=[name])
        others = [word for word in switches(rule).split() if word != name]
        case(f"without {name}", pair(rule, features=" ".join(others + [f"-{name}"])), left)
        if not FEATURES[name]:
            case(f"{name} left out", pair(rule, features=" ".join(others)), left)
    flipped = [f"-{name}" if on else name for name, on in FEATURES.items() if name not in all_features(rule)]
    case("other features", pair(rule, features=" ".join([switches(rule), *flipped])), whole)
    for name, text, expected in initiates_cases(rule):
        case(f"site-server-initiates/{name}", text, expected)
    for change in rule.no:
        case(change, pair(rule, change), [])
    for change in rule.still:
        case(change, pair(rule, change), whole)
    for change, text in rule.but.items():
        other = copy.copy(rule)
        other.start, other.end = (change_role(rule.start, change, "from"), change_role(rule.end, change, "to"))
        other.services = text
        case(change, pair(other), both_ways(other))
        case(f"{change}/settings", pair(other, a={"set": spelled(a)}, b={"set": spelled(b)}),
             both_ways(other, a_set=a, b_set=b))
        if rule.location:
            found[f"rule/{rule.label}/{change}/location"] = location_case(other)
    return found


# --- the other lists -------------------------------------------------------------------------------------------------


def items(text):
    return [" ".join(item.split()) for item in text.split(";") if item.strip()]


def flow_case(text, rules, expected):
    wanted = rules.split()

    def run_case(cli, env):
        rows = [row for row in flows(cli, text, env=env) if rules == "*" or row["rule"] in wanted]
        compare(items(expected),
                [" ".join([row["source"], row["destination"], row["protocol"], ports(row["port_from"], row["port_to"])]
                          + ([row["rule"]] if len(wanted) > 1 else [])).strip() for row in rows])
    return run_case


def ordered_case(text, expected):
    def run_case(cli, env):
        header, *rows, end = run(cli, ["flows", "-"], text, env=env).split("\r\n")
        compare(expected.split("\n"), rows)
        check(end == "" and rows == expected.split("\n"), "the right rows, but in another order:\n  {}",
              "\n  ".join(rows))
    return run_case


def crossing_case(text, expected, crossing):
    def run_case(cli, env):
        for options, wanted in [([], expected), (["--crossing"], crossing)]:
            compare(items(wanted), [" ".join([row["source"], row["destination"], row["firewalls"]]).strip()
                                    for row in flows(cli, text, *options, env=env)])
    return run_case


def route_case(zones, firewalls, expected):
    """A site server and a reporting services point in each zone: flows both ways between all of them."""
    names = [name.partition(":") for name in zones.split()]
    things = [Z(id, kind or "intranet") for id, _, kind in names]
    for id, _, joined in (item.partition(":") for item in items(firewalls)):
        things.append(F(id.rstrip("!"), joined.strip(), "no" if id.endswith("!") else ""))
    for id, _, _ in names:
        things += [N(f"s-{id}", id, "", "site-server"), N(f"r-{id}", id, "", "reporting-services-point")]
    text = plan(*things)

    def run_case(cli, env):
        rows = flows(cli, text, env=env)
        for item in items(expected):
            ends, _, way = item.partition(" ")
            source, destination = ends.split(">")
            found = {row["firewalls"] for row in rows
                     if (row["source_zone"], row["destination_zone"]) == (source, destination)}
            check(found == {way}, "{}: expected {!r}, found {}", ends, way, sorted(found))
    return run_case


def sheet_case(text, options, expected):
    def run_case(cli, env):
        found = sheets(cli, text, *options.split(), env=env)
        check(set(found) == set(expected), "sheets of {} expected, found {}", sorted(expected), sorted(found))
        for firewall, rows in expected.items():
            actual = sheet_lines(found[firewall])
            compare(rows.split("\n") if rows else [], actual)
            check("\n".join(actual) == rows, "{}: the right rows, but in another order:\n  {}", firewall,
                  "\n  ".join(line[:300] for line in actual))
    return run_case


def stable_case(before, after):
    def ids(cli, env, text):
        return {name: [row["Rule"] for row in table] for name, (table, *_) in sheets(cli, text, env=env).items()}

    def run_case(cli, env):
        old, new = ids(cli, env, before), ids(cli, env, after)
        check(any(old.values()), "the plan before has no rows")
        for firewall, rows in old.items():
            kept = [id for id in new[firewall] if id in rows]
            check(kept == rows, "{}: the ids were {} and are {}", firewall, rows, new[firewall])
    return run_case


def complete_case():
    """All roles in a plan with all features: the rules that take part are those of the table, no other."""
    options = {"distribution-point": "multicast=yes pxe=wds pull=yes internet-facing=yes",
               "sql-server": "load-balanced=yes", "software-update-point": "internet-facing=yes",
               "management-point": "internet-facing=yes", "fallback-status-point": "internet-facing=yes",
               "client": "cmg=always"}
    nodes = [N(f"{role}-{site}", "corp", site, f"{role} {options.get(role, '')}") for site in ["C01", "P01"]
             for role in cases.SITE_SYSTEMS + cases.CLIENT_LIKE + cases.OTHER_ROLES]
    nodes += [N("u", "corp", "C01", "software-update-point sync-source=upstream"), N("c", "corp", "P01", "client"),
              N("v", "corp", "P01", "software-update-point sync-source=replica"),
              N("g", "corp", "P01", "cmg kind=classic"), L("distribution-point-P01", "distribution-point-C01")]
    text = world(*nodes, features=" ".join(FEATURES))

    def run_case(cli, env):
        compare(sorted({rule.id for rule in RULES}), sorted({row["rule"] for row in flows(cli, text, env=env)}))
    return run_case


def catalogue_case():
    """The catalogue lists these rules and no other; that is all that is asked of it here."""
    columns = ["rule", "from_role", "to_role", "direction", "scope", "location", "feature", "condition", "phase",
               "service", "protocol", "port_from", "port_to", "setting", "configurable", "documents", "lines", "notes",
               "conflict"]

    def run_case(cli, env):
        rows = read_table(run(cli, ["catalogue"], env=env), columns)
        compare(sorted({rule.id for rule in RULES}), sorted({row["rule"] for row in rows}))
    return run_case


def all_cases():
    found = {}
    for rule in RULES:
        found.update(rule_cases(rule))
    found["rules/all of the table take part, no other"] = complete_case()
    found["rules/the catalogue lists those of the table"] = catalogue_case()
    found.update({f"flows/{name}": flow_case(*rest) for name, *rest in flow_cases.FLOWS})
    found["flows/order of the rows"] = ordered_case(*flow_cases.ORDERED_FLOWS)
    found["flows/crossing"] = crossing_case(*flow_cases.CROSSING)
    found.update({f"routes/{name}": route_case(*rest) for name, *rest in flow_cases.ROUTES})
    found.update({f"sheets/{name}": sheet_case(*rest) for name, *rest in sheet_cases.SHEETS})
    before, after = sheet_cases.STABLE
    found.update({f"sheets/ids survive: {name}": stable_case(before, text) for name, text in after.items()})
    return found


def chosen(names):
    """The cases with these names or beginnings; all when there is none."""
    known = all_cases()
    for name in names:
        if not any(key.startswith(name) for key in known):
            raise SystemExit(f"test_rules.py: no case is called or begins with {name!r}")
    return {key: case for key, case in known.items() if not names or any(key.startswith(name) for name in names)}


def run_cases(cli, todo, env=None, first_only=False):
    """Runs the cases in threads; yields (name, what is wrong) of each that fails, in their order."""
    def attempt(item):
        try:
            item[1](cli, env)
        except Exception as error:
            return item[0], f"{'' if isinstance(error, Broken) else type(error).__name__ + ': '}{error}"
        return None

    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for failure in pool.map(attempt, todo.items()):
            if failure:
                yield failure
                if first_only:
                    pool.shutdown(cancel_futures=True)
                    return


def main():
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    todo, failed = chosen(sys.argv[3:]), 0
    for name, message in run_cases(os.path.abspath(sys.argv[2]), todo):
        failed += 1
        print(f"FAILED {name}: {message}", flush=True)
    print(f"{len(todo) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
