#!/usr/bin/env python3
"""Random plans (spec 2) that reach into every corner of spec 1.3 to 1.7.

    generate.py SEED [NUMBER]      the plan that test_random.py makes for this seed and number, on standard output

A plan grows from "seeds": a rule is picked, a pair of nodes is placed so that it has a fair chance to hold, and the
settings, features and options that it reads are set at random levels. Around that grow random nodes, sites and zones.
Every fiftieth plan is one of a few large ones whose cells must be cut.
"""

import random
import sys
from xml.sax.saxutils import quoteattr

import rules

LETTERS = "aAbBcCdDzZ_"
ID_REST = "abBcC019._-"
RESERVED = ("con", "nul", "aux", "prn", "com", "lpt")  # a firewall's id is no name Windows reserves

NAMES = ("Alpha", "Alpha", "alpha", "Beta; Gamma", "Beta; Gamma", "; ", "a;", "=SUM(A1)", "+1", "-x", "@home",
         "'quoted", "<b>&amp;\"'</b>", "]]>", "../etc/passwd", "a, \"b\"", "Zürich", "Ärger", "日本", "😀 laptop",
         "\ufb01", "z~", "P%s%n")

PORTS = (1, 9, 68, 79, 80, 81, 88, 134, 135, 136, 139, 388, 389, 390, 442, 443, 444, 445, 446, 1432, 1433, 1434, 2701,
         3268, 4022, 5985, 8003, 8004, 8005, 8080, 8443, 8530, 8531, 10123, 10124, 10139, 10140, 25536, 49151, 49152,
         50000, 60000, 63000, 65535)

RPC_RANGES = ("49152-65535", "49152-65535 1024-5000", "1-65535", "135", "136-444", "446-1432 1434-4021", "1-134",
              "444-446", "5000-5010 5011-5020", "80 81 82", "8530-8531", "8531", "1000-2000 445 100-200", "441-442 444",
              "65535", "1-1", "50000-50255", "1434-1434 1432", "134-134 136-136", "8080-8443")

MANY_NODES = 40


class Model:
    """The plan being made: plain dictionaries that write_xml() turns into a file."""

    def __init__(self, rng):
        self.rng = rng
        self.settings, self.features = {}, {}
        self.sites, self.zones, self.firewalls, self.nodes = {}, {}, {}, {}
        self.links = []
        self.used_ids = set()

    def new_id(self, stem=None):
        while True:
            length = self.rng.choice((0, 1, 1, 2, 3, 6))
            text = stem or self.rng.choice(LETTERS) + "".join(self.rng.choice(ID_REST) for _ in range(length))
            stem = None
            if text.lower() not in self.used_ids and not text.lower().startswith(RESERVED):
                self.used_ids.add(text.lower())
                return text

    def new_name(self):
        if self.rng.random() < 0.4:
            return self.rng.choice(NAMES)
        return "N%d" % self.rng.randrange(1000)

    # --- zones and firewalls ----------------------------------------------------------------------------------------

    def add_zone(self, kind=None):
        zone = self.new_id()
        kind = kind or self.rng.choices(("intranet", "perimeter", "internet", "cloud"), (45, 20, 25, 10))[0]
        self.zones[zone] = {"name": self.new_name(), "kind": kind}
        return zone

    def add_firewall(self, zones):
        firewall = self.new_id()
        zones = list(zones)
        self.rng.shuffle(zones)
        self.firewalls[firewall] = {"name": self.new_name(), "zones": zones,
                                    "managed": self.rng.choices((None, "no", "yes"), (75, 20, 5))[0]}

    def add_network(self):
        rng = self.rng
        count = rng.choices(range(0, 8), (1, 4, 12, 20, 20, 18, 12, 8))[0]
        zones = [self.add_zone() for _ in range(count)]
        rng.shuffle(zones)
        if count < 2 or rng.random() < 0.08:
            return  # no firewall at all: implied ones
        getattr(self, "network_" + rng.choice(("chain", "star", "ring", "ladder", "wide", "random", "random")))(zones)
        if not self.firewalls or rng.random() < 0.4:  # a parallel one, or one of three and more zones
            self.add_firewall(rng.sample(zones, rng.randint(2, min(4, count))))
        if rng.random() < 0.25:
            self.add_firewall(rng.choice(list(self.firewalls.values()))["zones"])

    def network_chain(self, zones):
        for one, other in zip(zones, zones[1:]):
            for _ in range(self.rng.choice((1, 1, 1, 2))):
                self.add_firewall((one, other))
        if self.rng.random() < 0.2:
            self.firewalls.pop(self.rng.choice(list(self.firewalls)))

    def network_star(self, zones):
        for other in zones[1:]:
            for _ in range(self.rng.choice((1, 1, 2))):
                self.add_firewall((zones[0], other))

    def network_ring(self, zones):
        self.network_chain(zones)
        self.add_firewall((zones[0], zones[-1]))

    def network_ladder(self, zones):
        """Several equal ways: one end, a row of middle zones, the other end."""
        for middle in zones[1:-1]:
            self.add_firewall((zones[0], middle))
            self.add_firewall((middle, zones[-1]))
        if len(zones) == 2:
            self.add_firewall(zones)
        if len(zones) > 4:
            self.add_firewall(zones[1:3])

    def network_wide(self, zones):
        """Firewalls that share zones: the same firewalls, through different zones."""
        for start in range(0, len(zones) - 1, 2):
            for _ in range(self.rng.choice((1, 1, 2))):
                self.add_firewall(zones[start:start + self.rng.choice((3, 4))])

    def network_random(self, zones):
        for _ in range(self.rng.randint(1, len(zones) + 1)):
            self.add_firewall(self.rng.sample(zones, min(len(zones), self.rng.choice((2, 2, 2, 3, 4)))))

    # --- sites ------------------------------------------------------------------------------------------------------

    def add_site(self, kind, parent=None):
        while True:
            code = "".join(self.rng.choice("ABP019") for _ in range(3))
            if self.rng.random() < 0.01:
                code = self.rng.choice(("AUX", "SMS", "ENV"))
            if code not in self.sites:
                break
        self.sites[code] = {"name": self.new_name(), "kind": kind, "parent": parent, "settings": {}}
        return code

    def add_sites(self):
        rng = self.rng
        shape = rng.choices(("none", "primary", "branch", "hierarchy", "two", "wrong", "cycle"),
                            (4, 20, 22, 22, 14, 10, 8))[0]
        if shape == "primary":
            self.add_site("primary")
        elif shape == "branch":
            top = self.add_site("primary")
            for _ in range(rng.choice((1, 1, 2))):
                self.add_site("secondary", top)
        elif shape == "hierarchy":
            top = self.add_site("cas")
            for _ in range(rng.choice((1, 2))):
                primary = self.add_site("primary", top)
                if rng.random() < 0.6:
                    self.add_site("secondary", primary)
        elif shape == "two":
            for top in (self.add_site("primary"), self.add_site("primary")):
                if rng.random() < 0.3:
                    self.add_site("secondary", top)
        elif shape in ("wrong", "cycle"):
            for _ in range(rng.randint(1, 4)):
                parent = rng.choice(list(self.sites) + [None])
                self.add_site(rng.choice(("cas", "primary", "secondary")), parent)
            if shape == "cycle":
                for _ in range(rng.choice((1, 1, 2))):
                    rng.choice(list(self.sites.values()))["parent"] = rng.choice(list(self.sites))

    def ancestors(self, code):
        chain = []
        while code is not None and code not in chain:
            chain.append(code)
            code = self.sites[code]["parent"]
        return chain

    def site_pair(self, scope):
        """Two sites for a rule of this scope: likely to hold, sometimes not."""
        rng, codes = self.rng, list(self.sites)
        if not codes:
            return None, None
        if rng.random() < 0.12:
            return rng.choice(codes + [None]), rng.choice(codes + [None])
        one = rng.choice(codes)
        children = [code for code in codes if self.sites[code]["parent"] is not None]
        if scope in ("parent-child", "to-parent"):
            if not children:
                return one, rng.choice(codes)
            child = rng.choice(children)
            pair = [child, self.sites[child]["parent"]]
            if rng.random() < (0.5 if scope == "parent-child" else 0.15):
                pair.reverse()
            return tuple(pair)
        if scope == "top" and rng.random() < 0.6:
            tops = [code for code in codes if self.sites[code]["parent"] is None]
            one = rng.choice(tops or codes)
        if scope == "hierarchy" and rng.random() < 0.3:
            return one, rng.choice(codes)
        if scope in ("assigned", "subtree", "hierarchy") and rng.random() < 0.5:
            pair = [one, rng.choice(self.ancestors(one))]
            if scope != "assigned" or rng.random() < 0.2:
                pair.reverse()
            return tuple(pair)
        return one, one

    # --- nodes ------------------------------------------------------------------------------------------------------

    def add_node(self, roles, site, zone):
        node = self.new_id()
        self.nodes[node] = {"name": self.new_name(), "zone": zone, "site": site, "addresses": self.new_addresses(),
                            "initiates": self.rng.choices((None, "yes", "no"), (68, 27, 5))[0],
                            "roles": {role: self.new_options(role) for role in roles}, "settings": {}}
        return node

    def add_role(self, node, role):
        self.nodes[node]["roles"].setdefault(role, self.new_options(role))

    def new_options(self, role):
        options = {}
        for name, (values, default) in rules.OPTIONS.get(role, {}).items():
            if self.rng.random() < 0.65:
                options[name] = self.rng.choice(values)
                if name == "instances" and self.rng.random() < 0.4:
                    options[name] = "1"
                elif name in ("pull", "multicast") and self.rng.random() < 0.4:
                    options[name] = "yes"
        return options

    def new_addresses(self):
        rng = self.rng
        if rng.random() < 0.25:
            return None
        number = rng.randrange(1, 250)
        kinds = ("10.1.0.%d" % number, "2001:db8::%x" % number, "198.51.100.0/24", "2001:db8:%x::/48" % number, "any",
                 "10.2.0.%d-10.2.0.%d" % (number, number + 5), "host-%d.example.com" % number, "*.example.org",
                 "web-%d" % number)
        return (" " * rng.choice((1, 1, 1, 2))).join(rng.sample(kinds, rng.choice((1, 1, 1, 2, 3))))

    def some_zone(self, kinds=None):
        zones = [zone for zone in self.zones if kinds is None or self.zones[zone]["kind"] in kinds]
        if not zones or self.rng.random() < 0.05:
            return None if self.rng.random() < 0.3 or not self.zones else self.rng.choice(list(self.zones))
        return self.rng.choice(zones)

    def node_for(self, role, site, zone):
        """A node that holds the role at the site in the zone: an old one when one fits, else a new one."""
        fitting = [node for node, own in self.nodes.items() if own["site"] == site and own["zone"] == zone]
        if fitting and self.rng.random() < 0.4:
            node = self.rng.choice(fitting)
            self.add_role(node, role)
            return node
        return self.add_node([role], site, zone)

    # --- growing from a rule ----------------------------------------------------------------------------------------

    def grow_rule(self, rule):
        rng = self.rng
        from_role = rng.choice(rule.from_roles)
        scope = "assigned" if rule.id == "windows-services" and from_role in rules.CLIENT_LIKE else rule.scope
        sites = list(self.site_pair(scope))
        if scope == "assigned" and rule.to_role == "client":
            sites.reverse()
        zone_a = self.some_zone(self.likely_kinds(rule, from_role))
        zone_b = zone_a if scope == "zone" else self.some_zone(self.likely_kinds(rule, rule.to_role))
        if scope == "zone" and rng.random() < 0.2:
            zone_b = self.some_zone()
        a = self.node_for(from_role, sites[0], zone_a)
        b = self.node_for(rule.to_role, sites[1], zone_b)
        if a == b:
            b = self.add_node([rule.to_role], sites[1], zone_b)
        if rule.location == "any" and "internet-facing" in rules.OPTIONS.get(rule.to_role, {}) and rng.random() < 0.6:
            self.nodes[b]["roles"][rule.to_role]["internet-facing"] = rng.choice(("no", "yes", "yes", "only"))
        if rule.link and rng.random() < 0.85:
            self.add_link(a, b)
        for condition in rule.conditions + tuple(c for service in rule.services for c in service.conditions):
            self.prepare(condition, from_role, rule.to_role, a, b)
        for service in rule.services:
            if service.setting:
                reader = rng.choice((a, b)) if service.setting == "rpc-dynamic" else b
                self.pin(service.setting, reader)

    def likely_kinds(self, rule, role):
        if role not in rules.CLIENT_LIKE or self.rng.random() < 0.25:
            return None
        if rule.location == "intranet":
            return ("intranet", "perimeter", "cloud")
        if rule.location in ("any", "cloud"):
            return self.rng.choice((("internet",), ("intranet", "perimeter")))
        return None

    def prepare(self, condition, from_role, to_role, a, b):
        rng = self.rng
        if condition.where == "feature":
            if rng.random() < 0.6:
                self.features[condition.name] = rng.choice(("on", "on", "on", "off"))
        elif condition.where == "setting":
            self.pin(condition.name, b)
        elif rng.random() < 0.6:
            node, role = (a, from_role) if condition.where == "from" else (b, to_role)
            self.nodes[node]["roles"][role][condition.name] = rng.choice(condition.values)

    def new_value(self, setting):
        rng = self.rng
        if setting in rules.SETTING_VALUES:
            value = rng.choice(rules.SETTING_VALUES[setting])
        elif setting == "rpc-dynamic":
            value = rng.choice(RPC_RANGES)
        elif rng.random() < 0.8:
            value = str(rng.choice(PORTS))
        else:
            value = str(rng.randint(1, 65535))
        return rng.choice((value, value, value, value, " " + value, value + "\n    "))

    def pin(self, setting, node):
        """Give the setting a value at one random level, so that this node reads it there."""
        level = self.rng.choice(("node", "site", "plan", "default"))
        site = self.sites.get(self.nodes[node]["site"])
        if level == "site" and site is None:
            level = "node"
        places = [("node", self.nodes[node]["settings"]), ("site", site["settings"] if site else {}),
                  ("plan", self.settings)]
        for name, place in places:
            if name == level:
                place[setting] = self.new_value(setting)
                return
            place.pop(setting, None)

    def add_link(self, a, b):
        if (a, b) not in self.links:
            self.links.append((a, b))

    def clone(self, node):
        """One more node like this one: what consolidation joins."""
        own = self.nodes[node]
        if len(self.nodes) < MANY_NODES:
            copy = self.new_id()
            self.nodes[copy] = {**own, "name": self.new_name(), "addresses": self.new_addresses(),
                                "roles": {role: dict(options) for role, options in own["roles"].items()},
                                "settings": dict(own["settings"])}


# What is picked to grow a plan from: every rule once, and more often the rules that use something few rules use.
def seeds_by_use():
    by_use = {}
    for rule in rules.RULES:
        for service in rule.services:
            if service.setting:
                by_use.setdefault(service.setting, []).append(rule)
        for condition in rule.conditions + tuple(c for service in rule.services for c in service.conditions):
            by_use.setdefault(condition.name, []).append(rule)
        by_use.setdefault(rule.scope, []).append(rule)
        by_use.setdefault("location " + str(rule.location), []).append(rule)
        if rule.location == "any":
            by_use.setdefault("answers " + rule.to_role, []).append(rule)
    return by_use


BY_USE = seeds_by_use()
USES = list(BY_USE)
RARITY = [(1 + 15 / len(BY_USE[use])) * (2 if use.startswith("answers ") else 1) for use in USES]


def random_plan(rng):
    model = Model(rng)
    model.add_network()
    model.add_sites()
    for name in rules.FEATURES:
        if rng.random() < 0.35:
            model.features[name] = rng.choice(("on", "off"))
    for name in rules.SETTINGS:
        if rng.random() < 0.12:
            model.settings[name] = model.new_value(name)
        for site in model.sites.values():
            if rng.random() < 0.06:
                site["settings"][name] = model.new_value(name)
    for _ in range(rng.choice((1, 2, 3, 4, 5, 6))):
        if rng.random() < 0.4:
            model.grow_rule(rng.choice(rules.RULES))
        else:
            use = rng.choices(USES, RARITY)[0]
            for _ in range(2 if len(BY_USE[use]) <= 2 else 1):
                model.grow_rule(rng.choice(BY_USE[use]))
    large = rng.random() < 0.03
    for _ in range(rng.randint(15, 28) if large else rng.choice((0, 1, 2, 3, 4))):
        roles = rng.sample(rules.ROLES, rng.choice((1, 1, 2, 3, 5)))
        if rng.random() < 0.25:
            roles = [rng.choice(("site-server", "client", "distribution-point", "management-point", "sql-server",
                                 "software-update-point", "domain-controller", "console"))]
        model.add_node(roles, rng.choice(list(model.sites) + [None]) if model.sites else None, model.some_zone())
    for node in list(model.nodes):
        if rng.random() < 0.2:
            for _ in range(rng.choice((1, 1, 2, 3))):
                model.clone(node)
        for name in rng.sample(list(rules.SETTINGS), 2):
            if rng.random() < 0.15:
                model.nodes[node]["settings"][name] = model.new_value(name)
    if rng.random() < 0.2:
        for _ in range(rng.choice((1, 2, 4))):  # links between odd ends
            model.add_link(rng.choice(list(model.nodes)), rng.choice(list(model.nodes)))
    return model


# --- Plans whose cells must be cut (spec 3) -------------------------------------------------------------------------

CUT_KINDS = ("source", "source address", "destination", "destination address", "ports")


def cut_network(rng):
    """Two zones, one firewall, one site."""
    model = Model(rng)
    near, far = model.add_zone("intranet"), model.add_zone("perimeter")
    model.add_firewall((near, far))
    model.firewalls[next(iter(model.firewalls))]["managed"] = None
    return model, model.add_site("primary"), near, far


def exact_names(rng, count):
    """Names that together fill a cell to the last character, one more or one less."""
    names = ["+%04d %s" % (number, "ü" * rng.randint(236, 250)) for number in range(count)]
    used, fitting = 1, 0  # the first is defused by one character
    while used + len(names[fitting]) + 2 <= 30000:
        used += len(names[fitting]) + 2
        fitting += 1
    wanted = 30000 - (used - 2) - 2 + rng.choice((-1, 0, 0, 1))
    if 7 < wanted <= 256:
        names[fitting] = ("+%04d " % fitting).ljust(wanted, "x")
    return names


def long_addresses(rng, length):
    hosts = []
    while sum(map(len, hosts)) + len(hosts) < length:
        label = "".join(rng.choice("abcdefghij") for _ in range(40))
        hosts.append("%s.%s.example.com" % (label, label))
    return " ".join(hosts)


def wide_names(rng, model, many):
    names = exact_names(rng, len(many)) if rng.random() < 0.6 else \
        ["%s%d" % (rng.choice("=é日😀a") * rng.randint(200, 250), number) for number in range(len(many))]
    for node, name in zip(many, names):
        model.nodes[node]["name"] = name
        model.nodes[node]["addresses"] = long_addresses(rng, rng.choice((0, 60, 200, 400))) or None


def wide_addresses(rng, model, many):
    for node in many:
        model.nodes[node]["addresses"] = long_addresses(rng, rng.choice((3000, 9900, 15000, 29000, 29950, 40000)))


def cut_plan(rng, kind):
    model, site, near, far = cut_network(rng)
    by_name = kind in ("source", "destination")
    if kind == "ports":
        start = rng.randint(1000, 20000)
        model.sites[site]["settings"]["rpc-dynamic"] = " ".join(
            "%d-%d" % (start + 3 * number, start + 3 * number + 1) for number in range(rng.randint(2700, 3300)))
        model.add_node(["site-server"], site, near)
        for role in ("management-point", "software-update-point", "service-connection-point", "sql-server",
                     "endpoint-protection-point", "cmg-connection-point", "fallback-status-point"):
            model.add_node([role], site, far)
        return model
    many = [model.add_node(["client"], site, near) for _ in range(rng.randint(230, 260) if by_name else 6)]
    servers = ("management-point", "distribution-point", "software-update-point", "fallback-status-point",
               "state-migration-point", "file-share", "domain-controller") if kind.startswith("source") else \
        ("site-server", "console", "distribution-point")
    model.features = {"client-push": "on", "wake-on-lan": "on", "windows-services": "on", "tftp-transfer": "on"}
    for role in servers:
        model.add_node([role], site, far)
    for node in model.nodes.values():
        node["roles"] = {role: {} for role in node["roles"]}  # every option at its default, but for TFTP
        if "distribution-point" in node["roles"]:
            node["roles"]["distribution-point"]["pxe"] = "wds"
    (wide_names if by_name else wide_addresses)(rng, model, many)
    return model


# --- Writing --------------------------------------------------------------------------------------------------------


def attributes(**values):
    return "".join(" %s=%s" % (name.replace("_", "-"), quoteattr(value, {"\n": "&#10;"}))
                   for name, value in values.items() if value is not None)


def set_lines(settings, indent):
    return ['%s<set name="%s">%s</set>' % (indent, name, value) for name, value in settings.items()]


def element(name, attribute_text, children, indent="  "):
    if not children:
        return ["%s<%s%s/>" % (indent, name, attribute_text)]
    return ["%s<%s%s>" % (indent, name, attribute_text)] + children + ["%s</%s>" % (indent, name)]


def to_xml(model):
    rng = model.rng
    lines = ['<?xml version="1.0" encoding="UTF-8"?>',
             '<plan xmlns="urn:portolan:plan:1"%s>' % attributes(title=model.new_name())]
    lines += set_lines(model.settings, "  ")
    for name, value in model.features.items():
        lines += element("feature", attributes(name=name, enabled="yes" if value == "on" else "no"), [])
    for code, site in model.sites.items():
        lines += element("site", attributes(code=code, name=site["name"], kind=site["kind"], parent=site["parent"]),
                         set_lines(site["settings"], "    "))
    for zone, own in model.zones.items():
        place = {"x": "0", "y": "-1.5", "width": "640", "height": "480.125"} if rng.random() < 0.2 else {}
        lines += element("zone", attributes(id=zone, name=own["name"], kind=own["kind"], **place), [])
    for firewall, own in model.firewalls.items():
        note = rng.choice((None, None, None, "Ask the =network; team"))
        lines += element("firewall", attributes(id=firewall, name=own["name"], zones=" ".join(own["zones"]),
                                                managed=own["managed"], note=note), [])
    for node, own in model.nodes.items():
        children = []
        for role, options in own["roles"].items():
            option_text = "".join(' %s="%s"' % pair for pair in options.items())
            children.append('    <role name="%s"%s/>' % (role, option_text))
        children += set_lines(own["settings"], "    ")
        note = rng.choice((None, None, None, None, "In <rack> 7 & \"8\""))
        lines += element("node", attributes(id=node, name=own["name"], zone=own["zone"], site=own["site"],
                                            addresses=own["addresses"], site_server_initiates=own["initiates"],
                                            note=note), children)
    for a, b in model.links:
        lines += element("link", attributes(kind="pull-source", **{"from": a, "to": b}), [])
    return "\n".join(lines + ["</plan>", ""])


def make_plan(seed, number):
    """The XML of plan `number` of a run with `seed`."""
    rng = random.Random("portolan %d %d" % (seed, number))
    if number % 50 == 7:
        return to_xml(cut_plan(rng, CUT_KINDS[number // 50 % len(CUT_KINDS)]))
    return to_xml(random_plan(rng))


if __name__ == "__main__":
    sys.stdout.write(make_plan(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
