"""Sheets: consolidation sentence by sentence. Typed from the flow model, sections 1.6 and 1.7."""

from plans import F, N, S, Z, plan

# 1.6, 1.7: sheets. (name, plan, options, {firewall: rows}); a row is `SOURCE-ZONE DESTINATION-ZONE PHASE PROTOCOL:
# sources > destinations : ports : reasons`, in the order of the sheet. That its id is right is checked for every row.


def line(*parts):
    return "\n".join(parts)


TWO = [Z("corp"), Z("dmz", "perimeter"), F("fw", "corp dmz")]
HIERARCHY = [S("P01"), S("S01", "secondary", "P01"), S("T01")]
FSP = "fallback-status-point"
OUT, BACK = "corp dmz operation", "dmz corp operation"


def clients(n):
    return [N(f"c{i}", "corp", "", "client") for i in range(n)]


def long_name(prefix, i, length, fill="x"):
    """A name of so many characters; those of the larger numbers come first."""
    return f"n{999 - i}{prefix}".ljust(length, fill)


def long_host(i, length):
    """A host name of so many characters, or two."""
    if length > 253:
        return f"{long_host(i, 150)} {long_host(i, length - 151)}"
    text, labels = f"h{i:03}".ljust(length, "x"), []
    while len(text) > 61:
        labels, text = labels + [text[:60]], text[61:]
    return ".".join(labels + [text])


# 120 names of 248 characters and 2 more of 119 separators are 29,998 characters: two longer ones fill the cell.
FULL = [249, 249] + [248] * 118
COUNT = 130
CUT = 120  # of COUNT fit into the first cell


def lengths(first, spill):
    """The first 120, `spill` characters more than fit, then the others."""
    sizes = list(first)
    sizes[2] += spill
    return sizes + [248] * (COUNT - len(first))


def many(role, zone, prefix, sizes=None, addresses=None, fill="x"):
    """Nodes whose names sort the other way round than their ids."""
    top = len(sizes or addresses) - 1
    return [N(f"{prefix}{i:03}", zone, "", role, name=long_name(prefix, i, sizes[top - i] if sizes else 1, fill),
              addresses=long_host(i, addresses[top - i]) if addresses else "") for i in range(top + 1)]


def ids(prefix, first, end):
    """The ids of a part of a cell: the names stand the other way round."""
    return " ".join(f"{prefix}{i:03}" for i in range(COUNT - end, COUNT - first))


def parts(prefix, row, *ends):
    """The rows that a list is cut into, in the order of a sheet: by ids, so the last part first."""
    starts = [0, *ends]
    return line(*reversed([row.format(ids(prefix, start, end)) for start, end in zip(starts, [*ends, COUNT])]))


ODD = [str(port) for port in range(10001, 65535, 2)]
# `135; 445` and 4,282 ports of five and 3 of four digits with their separators are 30,000 characters.
FOUR = ["9001", "9003", "9005"]
INSTALL = "corp dmz installation tcp: s > q : {} : site-server-sql-install"
INSTALL_UDP = line("corp dmz operation tcp: s > q : 1433 : site-server-sql",
                   "{}", "corp dmz installation udp: s > q : 135 : site-server-sql-install")


def port_plan(ranges):
    return plan(*TWO, N("s", "corp", "", "site-server"), N("q", "dmz", "", "sql-server", f"rpc-dynamic={ranges}"))


SHEETS = [
    ("sources with the same destination and ports are joined",
     plan(*TWO, *clients(3), N("x", "dmz", "", FSP)), "", {"fw": f"{OUT} tcp: c0 c1 c2 > x : 80 : client-fsp"}),
    ("destinations with the same sources and ports are joined",
     plan(*TWO, *clients(2), N("x", "dmz", "", FSP), N("y", "dmz", "", FSP)), "",
     {"fw": f"{OUT} tcp: c0 c1 > x y : 80 : client-fsp"}),
    ("sources first, then destinations",
     plan(*TWO, *HIERARCHY, N("a", "corp", "S01", "client"), N("b", "corp", "P01", "client"),
          N("x", "dmz", "P01", FSP), N("y", "dmz", "S01", FSP)), "",
     {"fw": line(f"{OUT} tcp: a > y : 80 : client-fsp", f"{OUT} tcp: a b > x : 80 : client-fsp")}),
    ("nodes of different kinds are joined when they may do the same",
     plan(*TWO, *HIERARCHY, N("a", "corp", "P01", "client"), N("b", "corp", "P01", "client cmg=never"),
          N("c", "corp", "", "client workgroup=yes"), N("x", "dmz", "P01", FSP),
          N("y", "dmz", "P01", FSP + ", mobile-device")), "", {"fw": f"{OUT} tcp: a b c > x y : 80 : client-fsp"}),
    ("other ports keep destinations apart",
     plan(*TWO, *clients(2), N("x", "dmz", "", FSP), N("y", "dmz", "", FSP, "client-http-port=81")), "",
     {"fw": line(f"{OUT} tcp: c0 c1 > x : 80 : client-fsp", f"{OUT} tcp: c0 c1 > y : 81 : client-fsp")}),
    ("joining never permits more",
     plan(*TWO, *HIERARCHY, N("a", "corp", "P01", "client"), N("b", "corp", "T01", "client"),
          N("x", "dmz", "P01", FSP), N("y", "dmz", "T01", FSP)), "",
     {"fw": line(f"{OUT} tcp: a > x : 80 : client-fsp", f"{OUT} tcp: b > y : 80 : client-fsp")}),
    ("zones keep sources apart",
     plan(Z("corp"), Z("lab"), Z("dmz"), F("fw", "corp lab dmz"), N("a", "corp", "", "client"),
          N("b", "lab", "", "client"), N("x", "dmz", "", FSP)), "",
     {"fw": line(f"{OUT} tcp: a > x : 80 : client-fsp", "lab dmz operation tcp: b > x : 80 : client-fsp")}),
    ("zones keep destinations apart",
     plan(Z("corp"), Z("lab"), Z("dmz"), F("fw", "corp lab dmz"), N("a", "corp", "", "client"), N("x", "dmz", "", FSP),
          N("y", "lab", "", FSP)), "",
     {"fw": line(f"{OUT} tcp: a > x : 80 : client-fsp", "corp lab operation tcp: a > y : 80 : client-fsp")}),
    ("protocols keep ports apart",
     plan(*TWO, N("a", "corp", "", "client"), N("d", "dmz", "", "distribution-point multicast=yes"),
          set="client-communication=https", features="-express-updates"), "",
     {"fw": line(f"{OUT} tcp: a > d : 443 : client-dp", f"{OUT} tcp: a > d : 445 : client-dp-multicast",
                 f"{OUT} udp: a > d : 63000-64000 : client-dp-multicast")}),
    ("protocols keep the same ports for the same reasons apart",
     plan(*TWO, N("s", "corp", "", "site-server"), N("ca", "dmz", "", "issuing-ca"), set="rpc-dynamic=135"), "",
     {"fw": line(*[f"{out} {protocol}: {ends} : 135 : site-server-ca" for out, ends in
                   [(OUT, "s > ca"), (BACK, "ca > s")] for protocol in ["tcp", "udp"]])}),
    ("reasons keep ports of one pair apart",
     plan(*TWO, N("a", "corp", "", "client"), N("x", "dmz", "", "fallback-status-point, file-share")), "",
     {"fw": line(f"{OUT} tcp: a > x : 80 : client-fsp", f"{OUT} tcp: a > x : 445 : client-share")}),
    ("reasons keep destinations apart",
     plan(*TWO, *clients(2), N("x", "dmz", "", FSP), N("y", "dmz", "", "fallback-status-point, management-point",
                                                       "client-https-port=80, client-notification-port=80")), "",
     {"fw": line(f"{OUT} tcp: c0 c1 > x : 80 : client-fsp", f"{OUT} tcp: c0 c1 > y : 80 : client-fsp client-mp")}),
    ("reasons keep sources apart",
     plan(*TWO, N("a", "corp", "", "state-migration-point"), N("b", "corp", "", "state-migration-point"),
          N("c", "corp", "", "reporting-services-point, state-migration-point"), N("q", "dmz", "", "sql-server")), "",
     {"fw": line(f"{OUT} tcp: a b > q : 1433 : smp-sql", f"{OUT} tcp: c > q : 1433 : reporting-sql smp-sql")}),
    ("reasons of a port are all the rules that ask for it",
     plan(*TWO, N("a", "corp", "", "management-point, state-migration-point, sms-provider, reporting-services-point"),
          N("q", "dmz", "", "sql-server")), "",
     {"fw": f"{OUT} tcp: a > q : 1433 : mp-sql provider-sql reporting-sql smp-sql"}),
    ("reasons are decided port by port: what two ranges share has both, a phase that operation needs is operation",
     port_plan("1000-2000"), "",
     {"fw": line(f"{OUT} tcp: s > q : 1433 : site-server-sql site-server-sql-install",
                 INSTALL.format("135 445 1000-1432 1434-2000"),
                 "corp dmz installation udp: s > q : 135 : site-server-sql-install")}),
    ("reasons where a range ends in another",
     plan(*TWO, N("c", "corp", "", "client"), N("d", "dmz", "", "distribution-point multicast=yes pxe=wds"),
          set="client-communication=https", features="-express-updates tftp-transfer"), "",
     {"fw": line(f"{OUT} tcp: c > d : 443 : client-dp", f"{OUT} tcp: c > d : 445 : client-dp-multicast",
                 f"{OUT} udp: c > d : 67-69 4011 : client-dp-pxe",
                 f"{OUT} udp: c > d : 49152-62999 64001-65535 : client-dp-tftp",
                 f"{OUT} udp: c > d : 63000-64000 : client-dp-multicast client-dp-tftp",
                 f"{BACK} udp: d > c : 1-65535 : dp-client-tftp")}),
    ("adjacent ranges of the same reasons are joined",
     plan(*TWO, N("a", "corp", "", "cmg-connection-point"), N("g", "dmz", "", "cmg kind=classic")), "",
     {"fw": f"{OUT} tcp: a > g : 10124-10155 : cmgcp-classic"}),
    ("ranges with a gap are not joined",
     plan(*TWO, N("a", "corp", "", "client"), N("u", "dmz", "", "software-update-point",
                                                "wsus-http-port=8530, wsus-https-port=8532")), "",
     {"fw": f"{OUT} tcp: a > u : 8530 8532 : client-sup"}),
    ("adjacent ports of two services are joined",
     plan(*TWO, N("a", "corp", "", "client"), N("u", "dmz", "", "software-update-point")), "",
     {"fw": f"{OUT} tcp: a > u : 8530-8531 : client-sup"}),
    ("one port of two services of a rule is one port",
     plan(*TWO, N("a", "corp", "", "client"), N("u", "dmz", "", "software-update-point",
                                                "wsus-http-port=8530, wsus-https-port=8530")), "",
     {"fw": f"{OUT} tcp: a > u : 8530 : client-sup"}),
    ("overlapping ranges of one rule are one range",
     plan(*TWO, N("p", "corp", "", "console"), N("q", "dmz", "", "sms-provider", "rpc-dynamic=100-200 201-500")), "",
     {"fw": line(f"{OUT} tcp: p > q : 100-500 : console-provider", f"{OUT} udp: p > q : 135 : console-provider")}),
    ("ranges up to the last port",
     plan(*TWO, N("p", "corp", "", "console"),
          N("q", "dmz", "", "sms-provider", "rpc-dynamic=65535 1 60000-65534")), "",
     {"fw": line(f"{OUT} tcp: p > q : 1 135 443 60000-65535 : console-provider",
                 f"{OUT} udp: p > q : 135 : console-provider")}),
    ("what installation alone needs is installation",
     plan(*TWO, N("s", "corp", "", "site-server"), N("m", "dmz", "", "management-point internet-facing=yes",
                                                     "rpc-dynamic=50000", site_server_initiates="yes")), "",
     {"fw": line(f"{OUT} tcp: s > m : 135 50000 : ibcm-install-mp mp-site-server",
                 f"{OUT} tcp: s > m : 445 : ibcm-smb-mp mp-site-server",
                 "corp dmz installation udp: s > m : 135 : ibcm-install-mp")}),
    ("both directions of a two-way rule",
     plan(*TWO, N("s", "corp", "", "site-server"), N("r", "dmz", "", "state-migration-point")), "",
     {"fw": line(f"{OUT} tcp: s > r : 135 445 : site-server-smp", f"{OUT} udp: s > r : 135 : site-server-smp",
                 f"{BACK} tcp: r > s : 135 445 : site-server-smp", f"{BACK} udp: r > s : 135 : site-server-smp")}),
    ("a row on every firewall of its way, with its true ends",
     plan(Z("corp"), Z("mid"), Z("dmz"), F("f1", "corp mid"), F("f2", "mid dmz"), N("a", "corp", "", "client"),
          N("b", "mid", "", "client"), N("x", "dmz", "", FSP)), "",
     {"f1": f"{OUT} tcp: a > x : 80 : client-fsp",
      "f2": line(f"{OUT} tcp: a > x : 80 : client-fsp", "mid dmz operation tcp: b > x : 80 : client-fsp")}),
    ("no sheet for what nobody manages",
     plan(Z("corp"), Z("mid"), Z("dmz"), F("f1", "corp mid", managed="no"), F("f2", "mid dmz"),
          N("a", "corp", "", "client"), N("x", "dmz", "", FSP)), "", {"f2": f"{OUT} tcp: a > x : 80 : client-fsp"}),
    ("an empty sheet for a firewall that nothing crosses",
     plan(*TWO, Z("lab"), F("g", "corp lab"), N("a", "corp", "", "client"), N("x", "dmz", "", FSP)), "",
     {"fw": f"{OUT} tcp: a > x : 80 : client-fsp", "g": ""}),
    ("what is unroutable stands on no sheet",
     plan(*TWO, Z("lab"), N("a", "corp", "", "client"), N("x", "dmz", "", FSP), N("y", "lab", "", FSP)), "",
     {"fw": f"{OUT} tcp: a > x : 80 : client-fsp"}),
    ("what stays in its zone or is in none stands on no sheet",
     plan(*TWO, N("a", "corp", "", "client"), N("b", "", "", "client"), N("x", "corp", "", FSP), N("y", "", "", FSP)),
     "", {"fw": ""}),
    ("an implied firewall has a sheet when a flow crosses it",
     plan(Z("b"), Z("A"), Z("c"), N("k", "b", "", "client"), N("x", "A", "", FSP),
          N("y", "c", "", "exchange-server")), "",
     {"A~b": "b A operation tcp: k > x : 80 : client-fsp"}),
    ("no implied firewall inside a zone",
     plan(Z("corp"), Z("dmz"), N("a", "corp", "", "client"), N("x", "corp", "", FSP)), "", {}),
    ("order: source zone, destination zone in byte order",
     plan(Z("b"), Z("A"), Z("c"), F("fw", "b A c"), *[N(f"c{z}", z, "", "client") for z in "bAc"],
          *[N(f"f{z}", z, "", FSP) for z in "bAc"]), "",
     {"fw": line(*[f"{a} {b} operation tcp: c{a} > f{b} : 80 : client-fsp" for a, b in
                   ["Ab", "Ac", "bA", "bc", "cA", "cb"]])}),
    ("order: operation before installation before protocol",
     plan(*TWO, N("s", "corp", "", "site-server", ), N("c", "dmz", "", "client"),
          features="client-push wake-on-lan", set="rpc-dynamic=50000"), "",
     {"fw": line(f"{OUT} udp: s > c : 9 : site-server-client-wol",
                 "corp dmz installation tcp: s > c : 135 445 50000 : client-push",
                 "corp dmz installation udp: s > c : 135 : client-push")}),
    ("order: ranges are numbers, list by list, the shorter first",
     plan(*TWO, N("a", "corp", "", "client"), N("u", "dmz", "", "software-update-point",
                                                "wsus-http-port=9, wsus-https-port=1000"),
          N("v", "dmz", "", "software-update-point", "wsus-http-port=9, wsus-ssl=no"),
          N("w", "dmz", "", "software-update-point", "wsus-http-port=10, wsus-https-port=11"),
          N("x", "dmz", "", "software-update-point", "wsus-http-port=10, wsus-https-port=90"),
          N("y", "dmz", "", "software-update-point", "wsus-http-port=9, wsus-https-port=200")), "",
     {"fw": line(*[f"{OUT} tcp: a > {row} : client-sup" for row in
                   ["v : 9", "y : 9 200", "u : 9 1000", "x : 10 90", "w : 10-11"]])}),
    ("order: source ids, list by list, the shorter first",
     plan(*TWO, *HIERARCHY, N("B", "corp", "T01", "client"), N("a", "corp", "P01", "client"),
          N("c", "corp", "S01", "client"), N("x", "dmz", "T01", FSP), N("z", "dmz", "S01", FSP),
          N("y", "dmz", "P01", FSP)), "",
     {"fw": line(f"{OUT} tcp: B > x : 80 : client-fsp", f"{OUT} tcp: a c > y : 80 : client-fsp",
                 f"{OUT} tcp: c > z : 80 : client-fsp")}),
    ("order: of equal beginnings the shorter list of sources",
     plan(*TWO, *HIERARCHY, N("a", "corp", "S01", "client"), N("b", "corp", "P01", "client"), N("x", "dmz", "P01", FSP),
          N("y", "dmz", "S01", FSP), N("z", "dmz", "", FSP), N("c", "corp", "T01", "client")), "",
     {"fw": line(f"{OUT} tcp: a > y : 80 : client-fsp", f"{OUT} tcp: a b > x : 80 : client-fsp",
                 f"{OUT} tcp: a b c > z : 80 : client-fsp")}),
    ("order: destination ids before reasons",
     plan(*TWO, N("a", "corp", "", "client"), N("y", "dmz", "", FSP), N("z", "dmz", "", "ndes", "client-http-port=80"),
          N("x", "dmz", "", "fallback-status-point, management-point",
            "client-https-port=80, client-notification-port=80"), N("W", "dmz", "", "management-point",
            "client-https-port=80, client-notification-port=80")), "",
     {"fw": line(f"{OUT} tcp: a > W : 80 : client-mp", f"{OUT} tcp: a > x : 80 : client-fsp client-mp",
                 f"{OUT} tcp: a > y : 80 : client-fsp", f"{OUT} tcp: a > z : 80 443 : client-ndes")}),
    ("names are sorted in a cell, ids in a row's id",
     plan(*TWO, N("a", "corp", "", "client", name="zoe"), N("b", "corp", "", "client", name="amy"),
          N("x", "dmz", "", FSP, name="one"), N("y", "dmz", "", FSP, "client-http-port=80", name="Two")), "",
     {"fw": f"{OUT} tcp: a b > x y : 80 : client-fsp"}),

    ("expand: each pair and each range a row",
     plan(*TWO, *clients(2), N("u", "dmz", "", "software-update-point", "wsus-https-port=9000"),
          N("x", "dmz", "", FSP)),
     "--expand",
     {"fw": line(f"{OUT} tcp: c0 > x : 80 : client-fsp", f"{OUT} tcp: c1 > x : 80 : client-fsp",
                 f"{OUT} tcp: c0 > u : 8530 : client-sup", f"{OUT} tcp: c1 > u : 8530 : client-sup",
                 f"{OUT} tcp: c0 > u : 9000 : client-sup", f"{OUT} tcp: c1 > u : 9000 : client-sup")}),
    ("expand: ranges are split and joined as without it",
     port_plan("1000-2000"), "--expand",
     {"fw": line(f"{OUT} tcp: s > q : 1433 : site-server-sql site-server-sql-install",
                 *[INSTALL.format(part) for part in ["135", "445", "1000-1432", "1434-2000"]],
                 "corp dmz installation udp: s > q : 135 : site-server-sql-install")}),
    ("expand: adjacent ranges are joined",
     plan(*TWO, N("a", "corp", "", "client"), N("u", "dmz", "", "software-update-point")), "--expand",
     {"fw": f"{OUT} tcp: a > u : 8530-8531 : client-sup"}),

    ("cut: a cell of 30,000 characters is whole: Source",
     plan(*TWO, *many("client", "corp", "c", sizes=FULL), N("x", "dmz", "", FSP)), "",
     {"fw": f"{OUT} tcp: {' '.join(f'c{i:03}' for i in range(CUT))} > x : 80 : client-fsp"}),
    ("cut: Source",
     plan(*TWO, *many("client", "corp", "c", sizes=lengths(FULL, 0)), N("x", "dmz", "", FSP)), "",
     {"fw": parts("c", OUT + " tcp: {} > x : 80 : client-fsp", CUT)}),
    ("cut: Source one character too long",
     plan(*TWO, *many("client", "corp", "c", sizes=lengths(FULL, 1)), N("x", "dmz", "", FSP)), "",
     {"fw": parts("c", OUT + " tcp: {} > x : 80 : client-fsp", CUT - 1)}),
    ("cut: a formula's quote counts",
     plan(*TWO, N("d", "corp", "", "client", name="=".ljust(249, "x")),
          *many("client", "corp", "c", sizes=[249] + [248] * (COUNT - 1)), N("x", "dmz", "", FSP)), "",
     {"fw": line(f"{OUT} tcp: {ids('c', CUT - 2, COUNT)} > x : 80 : client-fsp",
                 f"{OUT} tcp: {ids('c', 0, CUT - 2)} d > x : 80 : client-fsp")}),
    ("cut: characters count, not bytes",
     plan(*TWO, *many("client", "corp", "c", sizes=FULL, fill="\u00fc"), N("x", "dmz", "", FSP)), "",
     {"fw": f"{OUT} tcp: {' '.join(f'c{i:03}' for i in range(CUT))} > x : 80 : client-fsp"}),
    # `UNRESOLVED` and its separator are 12 characters: 2,500 of them fit.
    ("cut: a node without an address counts with what is written for it",
     plan(*TWO, *[N(f"c{i:04}", "corp", "", "client") for i in range(2510)], N("x", "dmz", "", FSP)), "",
     {"fw": line(f"{OUT} tcp: {' '.join(f'c{i:04}' for i in range(2500))} > x : 80 : client-fsp",
                 f"{OUT} tcp: {' '.join(f'c{i:04}' for i in range(2500, 2510))} > x : 80 : client-fsp")}),
    ("cut: Source address",
     plan(*TWO, *many("client", "corp", "c", addresses=lengths(FULL, 0)), N("x", "dmz", "", FSP)), "",
     {"fw": parts("c", OUT + " tcp: {} > x : 80 : client-fsp", CUT)}),
    ("cut: Source address one character too long",
     plan(*TWO, *many("client", "corp", "c", addresses=lengths(FULL, 1)), N("x", "dmz", "", FSP)), "",
     {"fw": parts("c", OUT + " tcp: {} > x : 80 : client-fsp", CUT - 1)}),
    # 254 characters of name fit 117 times, 300 of address 99 times: the addresses are cut within what the names leave.
    ("cut: Source before Source address",
     plan(*TWO, *many("client", "corp", "c", sizes=[254] * COUNT, addresses=[300] * COUNT), N("x", "dmz", "", FSP)), "",
     {"fw": parts("c", OUT + " tcp: {} > x : 80 : client-fsp", 99, 117)}),
    ("cut: Source and Destination",
     plan(*TWO, *many("client", "corp", "c", sizes=lengths(FULL, 0)), *many(FSP, "dmz", "f", sizes=lengths(FULL, 0))),
     "", {"fw": line(*[parts("f", f"{OUT} tcp: {ids('c', *part)} > {{}} : 80 : client-fsp", CUT)
                       for part in [(CUT, COUNT), (0, CUT)]])}),
    ("cut: Destination",
     plan(*TWO, N("x", "corp", "", "client"), *many(FSP, "dmz", "f", sizes=lengths(FULL, 0))), "",
     {"fw": parts("f", OUT + " tcp: x > {} : 80 : client-fsp", CUT)}),
    ("cut: Destination one character too long",
     plan(*TWO, N("x", "corp", "", "client"), *many(FSP, "dmz", "f", sizes=lengths(FULL, 1))), "",
     {"fw": parts("f", OUT + " tcp: x > {} : 80 : client-fsp", CUT - 1)}),
    ("cut: Destination address",
     plan(*TWO, N("x", "corp", "", "client"), *many(FSP, "dmz", "f", addresses=lengths(FULL, 0))), "",
     {"fw": parts("f", OUT + " tcp: x > {} : 80 : client-fsp", CUT)}),
    ("cut: Destination address one character too long",
     plan(*TWO, N("x", "corp", "", "client"), *many(FSP, "dmz", "f", addresses=lengths(FULL, 1))), "",
     {"fw": parts("f", OUT + " tcp: x > {} : 80 : client-fsp", CUT - 1)}),
    ("cut: Destination before Destination address",
     plan(*TWO, N("x", "corp", "", "client"),
          *many(FSP, "dmz", "f", sizes=[254] * COUNT, addresses=[300] * COUNT)), "",
     {"fw": parts("f", OUT + " tcp: x > {} : 80 : client-fsp", 99, 117)}),
    ("cut: Destination port of 30,000 characters is whole",
     port_plan(" ".join(FOUR + ODD[:4282])), "",
     {"fw": INSTALL_UDP.format(INSTALL.format(" ".join(["135", "445"] + FOUR + ODD[:4282])))}),
    ("cut: Destination port",
     port_plan(" ".join(FOUR + ODD[:4290])), "",
     {"fw": INSTALL_UDP.format(line(INSTALL.format(" ".join(["135", "445"] + FOUR + ODD[:4282])),
                                    INSTALL.format(" ".join(ODD[4282:4290]))))}),
    ("cut: Destination port one character too long",
     port_plan(" ".join(FOUR + ["9007"] + ODD[:4282])), "",
     {"fw": INSTALL_UDP.format(line(INSTALL.format(" ".join(["135", "445"] + FOUR + ["9007"] + ODD[:4281])),
                                    INSTALL.format(ODD[4281])))}),
]

# What must not touch the ids of the rows, nor their order: the plan before, and the plans after.
STABLE_ZONES = [Z("corp"), Z("dmz"), F("fw", "corp dmz")]
STABLE_NODES = [N("c2", "corp", "", "client"), N("c10", "corp", "", "client"), N("x", "dmz", "", FSP),
                N("s", "corp", "", "site-server", "rpc-dynamic=50000"), N("y", "dmz", "", FSP),
                N("r", "dmz", "", "state-migration-point")]
STABLE = (plan(*STABLE_ZONES, *STABLE_NODES), {
    "renaming nodes": plan(*STABLE_ZONES, N("c2", "corp", "", "client", name="a; b"), *STABLE_NODES[1:3],
                           N("s", "corp", "", "site-server", "rpc-dynamic=50000", name="=HQ"), *STABLE_NODES[4:]),
    "renaming zones and firewalls": plan(
        ("zone", '<zone id="corp" name="Corporate" kind="intranet"/>'), Z("dmz"),
        ("firewall", '<firewall id="fw" name="Inner" zones="dmz corp"/>'), *STABLE_NODES),
    "addresses and notes": plan(*STABLE_ZONES, N("c2", "corp", "", "client", addresses="192.0.2.1", note="Old"),
                                *STABLE_NODES[1:]),
    "moving nodes on the canvas": plan(
        *STABLE_ZONES, *STABLE_NODES[1:],
        ("node", '<node id="c2" name="c2" zone="corp" x="-5" y="80.5"><role name="client"/></node>')),
    "another order in the file": plan(Z("dmz"), Z("corp"), F("fw", "dmz corp"), *reversed(STABLE_NODES)),
    "unrelated nodes": plan(Z("a1"), *STABLE_ZONES, N("a", "", "", "client"), N("b", "corp", "", "exchange-server"),
                            *STABLE_NODES, N("d", "corp", "", "fallback-status-point"), N("z", "a1", "", "ndes")),
    "sites and other zones": plan(S("P01"), *STABLE_ZONES, Z("lab"), F("g", "lab dmz"), *STABLE_NODES,
                                  N("k", "lab", "P01", "console")),
    "features of others": plan(*STABLE_ZONES, *STABLE_NODES, features="-express-updates wsus-cleanup"),
})
