#!/usr/bin/env python3
"""What `CLI check` finds in plans that cannot be right, and what `CLI why` says of two nodes.

Usage: test_checks.py SOURCE_ROOT CLI [NAME...]      (a NAME is a case, or the beginning of some: check/limit)

Expectations are typed from the flow model (1.8), never from the program's output. A case of FINDINGS is a plan and
exactly the subjects for which `check` finds the code in it, so that neighbours which are right have none. The last
line is `N passed, N failed`.
"""

import csv
import io
import os
import random
import re
import subprocess
import sys
import tempfile
from ipaddress import ip_address

from cases import CLIENT_LIKE, FEATURES, OTHER_ROLES, SITE_SYSTEMS
from plans import F, L, N, S, Z, check, flows, plan, read_table, run, world
from test_rules import compare, run_cases

COLUMNS = ["severity", "code", "kind", "subject", "message"]
SEVERITIES = ["error", "warning", "note"]

# 1.8: the severity of each code, and the kind of its subject.
CODES = {
    "site-parent": ("error", "site"), "site-code-reserved": ("error", "site"), "wsus-ports": ("error", "node"),
    "unroutable": ("error", "zones"), "role-at-cas": ("error", "node"), "pull-without-source": ("error", "node"),
    "link-role": ("error", "node"), "top-only-role": ("error", "node"), "role-at-secondary": ("error", "node"),
    "no-zone": ("warning", "node"), "no-address": ("warning", "node"), "address-family": ("warning", "node"),
    "no-site-server": ("warning", "site"), "no-sql-server": ("warning", "site"), "cmg-alone": ("warning", "node"),
    "unanswered-clients": ("warning", "node"), "no-site": ("warning", "node"), "any-address": ("warning", "node"),
    "address-overlap": ("warning", "node"), "through-internet": ("warning", "zones"),
    "windows-services-off": ("warning", "node"), "sup-source": ("error", "node"), "removed-role": ("warning", "node"),
    "limit": ("warning", "site"), "documents-disagree": ("note", "conflict"),
}

# --- plans -----------------------------------------------------------------------------------------------------------

SUP, MP, DP, PULL = "software-update-point", "management-point", "distribution-point", "distribution-point pull=yes"
RSP, SCP, CP = "reporting-services-point", "service-connection-point", "cmg-connection-point"
DC, REPLICA, UPSTREAM = "domain-controller", f"{SUP} sync-source=replica", f"{SUP} sync-source=upstream"
ROLES = SITE_SYSTEMS + CLIENT_LIKE + OTHER_ROLES
REMOVED = ["asset-intelligence-synchronization-point", "enrollment-point", "enrollment-proxy-point", "mac-computer",
           "mobile-device", "cloud-distribution-point", "certificate-registration-point"]
AT_CAS = ["client", "management-point", "distribution-point", "state-migration-point", "fallback-status-point"]
AT_SECONDARY = ["site-server", "sql-server", "management-point", "distribution-point", "software-update-point",
                "state-migration-point"]
TOP_ONLY = ["service-connection-point", "endpoint-protection-point", "asset-intelligence-synchronization-point"]


def some(prefix, count, role, site, zone="corp"):
    return [N(f"{prefix}{i}", zone, site, role) for i in range(count)]


def everybody(site, zone="corp", roles=ROLES):
    """A node for each role, of the role's name."""
    return [N(role, zone, site, role) for role in roles]


def crossing(rsp={}, console={}, zones=("corp", "dmz")):
    """A console that uses a reporting services point: a flow one way, and no other."""
    return world(N("con", zones[0], "P01", "console", **console), N("rsp", zones[1], "P01", RSP, **rsp))


def addresses(*lists, zone="corp"):
    """Nodes a, b, c… with these addresses; consoles have no flows between one another."""
    return world(*[N(id, zone, "P01", addresses=text) for id, text in zip("abcdefgh", lists)])


def far(*things, console="z", rsp="a", zones="a m n z", **more):
    """A console in zone z and a reporting services point in zone a; zone `net` is the internet."""
    return plan(S("P01"), Z("net", "internet"), *[Z(id) for id in zones.split()], *things,
                N("con", console, "P01", "console"), N("rsp", rsp, "P01", RSP), **more)


def wsus(site_set="", node_set="", role=SUP, **more):
    return plan(S("P01", set=site_set), Z("corp"), N("sup", "corp", "P01", role, set=node_set), **more)


def internet_client(*things, role="client", zone="net", site="P01", **more):
    return world(N("c", zone, site, role), *things, **more)


def pull(*links, a=PULL, b=DP):
    return world(N("a", "corp", "P01", a), N("b", "corp", "P01", b), *links)


def sites(*given):
    return plan(*given, Z("corp"))


def points(site, standard=0, pulling=0):
    return some(f"d{site}", standard, DP, site) + some(f"p{site}", pulling, PULL, site)


# --- the findings of 1.8 ---------------------------------------------------------------------------------------------
# code: (clause, plan, subjects)

C01, P01, P02 = S("C01", "cas"), S("P01", "primary", "C01"), S("P02", "primary", "C01")
S01, ALONE = S("S01", "secondary", "P01"), S("P01")
FINDINGS = {
    "site-parent": [
        ("a CAS below a primary", sites(S("P01"), S("C01", "cas", "P01")), ["C01"]),
        ("a CAS below a CAS", sites(S("C02", "cas"), S("C01", "cas", "C02")), ["C01"]),
        ("a primary below a primary", sites(S("P02"), S("P01", "primary", "P02")), ["P01"]),
        ("a primary below a secondary", sites(S("P02"), S("S01", "secondary", "P02"), S("P01", "primary", "S01")),
         ["P01"]),
        ("a secondary without a parent", sites(S("S01", "secondary")), ["S01"]),
        ("a secondary below a CAS", sites(C01, S("S01", "secondary", "C01")), ["S01"]),
        ("a secondary below a secondary", sites(ALONE, S01, S("S02", "secondary", "S01")), ["S02"]),
        ("its own parent", sites(S("P01", "primary", "P01")), ["P01"]),
        ("a cycle of two", sites(S("C01", "cas", "P01"), P01), ["C01", "P01"]),
        ("a cycle of three", sites(S("P02", "primary", "S01"), S("P01", "primary", "P02"), S01), ["P01", "P02", "S01"]),
        ("a cycle, and a site below it", sites(S("C01", "cas", "P01"), P01, P02), ["C01", "P01"]),
        ("every kind in its place", sites(C01, P01, P02, S01, S("T01"), S("C02", "cas")), []),
    ],
    "site-code-reserved": [
        ("each", sites(*[S(code) for code in ["AUX", "CON", "NUL", "PRN", "SMS", "ENV"]]),
         ["AUX", "CON", "ENV", "NUL", "PRN", "SMS"]),
        ("of a secondary too", sites(ALONE, S("SMS", "secondary", "P01")), ["SMS"]),
        ("others", sites(S("AUY"), S("COM"), S("CO1"), S("NUM"), S("SM5"), S("EN0"), S("LPT"), S("000")), []),
    ],
    "wsus-ports": [
        ("80 and 443", wsus(node_set="wsus-http-port=80, wsus-https-port=443"), []),
        ("80 and 444", wsus(node_set="wsus-http-port=80, wsus-https-port=444"), ["sup"]),
        ("80 and the next", wsus(node_set="wsus-http-port=80, wsus-https-port=81"), ["sup"]),
        ("80 and the default", wsus(node_set="wsus-http-port=80"), ["sup"]),
        ("the defaults", wsus(), []),
        ("8530 and 8531 written out", wsus(node_set="wsus-http-port=8530, wsus-https-port=8531"), []),
        ("8530 and 8532", wsus(node_set="wsus-http-port=8530, wsus-https-port=8532"), ["sup"]),
        ("8530 and 443", wsus(node_set="wsus-https-port=443"), ["sup"]),
        ("8530 and 8529", wsus(node_set="wsus-https-port=8529"), ["sup"]),
        ("8530 twice", wsus(node_set="wsus-https-port=8530"), ["sup"]),
        ("8531 and the default", wsus(node_set="wsus-http-port=8531"), ["sup"]),
        ("442 and 443", wsus(node_set="wsus-http-port=442, wsus-https-port=443"), []),
        ("65534 and 65535", wsus(node_set="wsus-http-port=65534, wsus-https-port=65535"), []),
        ("65535 and 65535", wsus(node_set="wsus-http-port=65535, wsus-https-port=65535"), ["sup"]),
        ("65535 and 1", wsus(node_set="wsus-http-port=65535, wsus-https-port=1"), ["sup"]),
        ("set at the site", wsus(site_set="wsus-https-port=443"), ["sup"]),
        ("set in the plan", wsus(set="wsus-https-port=443"), ["sup"]),
        ("right at the site over the plan", wsus(site_set="wsus-http-port=80", set="wsus-https-port=443"), []),
        ("right at the node over the site", wsus(node_set="wsus-http-port=80", site_set="wsus-https-port=443"), []),
        ("wrong at the node over the plan", wsus(node_set="wsus-http-port=81",
                                                 set="wsus-http-port=80, wsus-https-port=443"), ["sup"]),
        ("of an upstream server", wsus(role="upstream-wsus", node_set="wsus-https-port=443"), ["sup"]),
        ("of two points at once", plan(ALONE, Z("corp"), N("a", "corp", "P01", SUP), N("b", "corp", "P01", SUP),
                                       set="wsus-https-port=1"), ["a", "b"]),
        ("where nothing uses WSUS", wsus(role="console", node_set="wsus-https-port=443"), []),
    ],
    "unroutable": [
        ("two flows", far(F("fw", "a m")), ["a~z"]),
        ("the other way round", far(F("fw", "a m"), console="a", rsp="z"), ["a~z"]),
        ("two firewalls that do not meet", far(F("f", "a m"), F("g", "n z")), ["a~z"]),
        ("two pairs of zones", far(F("fw", "a m"), N("rsp2", "a", "P01", RSP), rsp="n"),
         ["a~z", "n~z"]),
        ("joined", far(F("fw", "a z")), []),
        ("joined by an unmanaged one", far(F("fw", "a z", "no")), []),
        ("joined through the internet", far(F("f", "a net"), F("g", "net z")), []),
        ("a firewall implied", far(), []),
        ("in one zone", far(F("fw", "a m"), console="a"), []),
        ("outside every zone", far(F("fw", "a m"), console=""), []),
        ("no flow", plan(ALONE, Z("a"), Z("m"), Z("z"), F("fw", "a m"), N("x", "a", "P01"), N("y", "z", "P01")), []),
    ],
    "role-at-cas": [
        ("every role at a CAS", world(*everybody("C01")), sorted(AT_CAS)),
        ("every role at a primary", world(*everybody("P01")), []),
        ("without a site", world(*everybody("")), []),
        *[(role, world(N("n", "corp", "C01", f"console, {role}")), ["n"]) for role in AT_CAS],
    ],
    "role-at-secondary": [
        ("every role at a secondary", world(*everybody("S01")), sorted(set(SITE_SYSTEMS) - set(AT_SECONDARY))),
        ("every role at a primary", world(*everybody("P01")), []),
        ("every role at a CAS", world(*everybody("C01")), []),
        ("without a site", world(*everybody("")), []),
        *[(role, world(N("n", "corp", "S01", f"console, {role}")), [] if role in AT_SECONDARY else ["n"])
          for role in SITE_SYSTEMS],
    ],
    "top-only-role": [
        ("every role below a CAS", world(*everybody("P01")), sorted(TOP_ONLY)),
        ("every role at a secondary", world(*everybody("S01")), sorted(TOP_ONLY)),
        ("at a CAS", world(*everybody("C01")), []),
        ("at a primary alone", world(*everybody("T01")), []),
        ("without a site", world(*everybody("")), []),
        *[(role, world(N("n", "corp", "P01", f"console, {role}")), ["n"]) for role in TOP_ONLY],
    ],
    "pull-without-source": [
        ("no link", pull(), ["a"]),
        ("a link to it", pull(L("b", "a")), ["a"]),
        ("a link from it", pull(L("a", "b")), []),
        ("no pull point", pull(a=DP), []),
        ("pull is no", pull(a=DP + " pull=no"), []),
        ("two, one of them linked", pull(L("b", "a"), b=PULL), ["a"]),
        ("each the other's", pull(L("b", "a"), L("a", "b"), b=PULL), []),
    ],
    "link-role": [
        ("from a standard point", pull(L("a", "b"), a=DP), ["a"]),
        ("from pull is no", pull(L("a", "b"), a=DP + " pull=no"), ["a"]),
        ("from no distribution point", pull(L("a", "b"), a=MP), ["a"]),
        ("to no distribution point", pull(L("a", "b"), b=MP), ["a"]),
        ("between both", pull(L("a", "b")), []),
        ("to another pull point", pull(L("a", "b"), b=PULL), []),
        ("no link", pull(a=MP, b=MP), []),
    ],
    "no-zone": [
        ("one in, one out", world(N("in", "corp", "P01"), N("out", "", "P01")), ["out"]),
        ("any role", world(*everybody("P01", zone="")), sorted(ROLES)),
        ("all in", world(*everybody("P01")), []),
    ],
    "no-address": [
        ("both ends", crossing(), ["con", "rsp"]),
        ("the source", crossing(rsp={"addresses": "10.0.0.1"}), ["con"]),
        ("the destination", crossing(console={"addresses": "con.example.com"}), ["rsp"]),
        ("none", crossing(rsp={"addresses": "2001:db8::/64"}, console={"addresses": "any"}), []),
        ("nothing crosses", crossing(zones=("corp", "corp")), []),
        ("outside every zone", crossing(zones=("", "dmz")), []),
        ("no flow", world(N("a", "corp", "P01"), N("b", "dmz", "P01")), []),
        ("once for many flows", world(N("ss", "corp", "P01", "site-server"), N("mp", "dmz", "P01", MP),
                                      N("sup", "dmz", "P01", SUP), N("near", "corp", "P01", "wsus-database")),
         ["mp", "near", "ss", "sup"]),
        ("only those that cross", world(N("ss", "corp", "P01", "site-server"), N("mp", "dmz", "P01", MP),
                                        N("sql", "corp", "P02", "sql-server"), N("fsp", "corp", "P01", RSP)),
         ["mp", "ss"]),
        ("unroutable flows cross too", far(F("fw", "a m")), ["con", "rsp"]),
    ],
    "address-family": [
        ("4 to 6", crossing({"addresses": "2001:db8::1"}, {"addresses": "10.0.0.1"}), ["con"]),
        ("6 to 4", crossing({"addresses": "10.0.0.1"}, {"addresses": "2001:db8::1"}), ["con"]),
        ("blocks and ranges", crossing({"addresses": "10.0.0.0/24 10.1.0.1-10.1.0.9"},
                                       {"addresses": "2001:db8::/64 2001:db8:1::1-2001:db8:1::9"}), ["con"]),
        ("4 to 4", crossing({"addresses": "10.0.0.1"}, {"addresses": "10.0.0.2"}), []),
        ("6 to 6", crossing({"addresses": "2001:db8::1"}, {"addresses": "2001:db8::2"}), []),
        ("4 to both", crossing({"addresses": "10.0.0.1 2001:db8::1"}, {"addresses": "10.0.0.2"}), []),
        ("both to 6", crossing({"addresses": "2001:db8::1"}, {"addresses": "10.0.0.2 2001:db8::2"}), []),
        ("4 to any", crossing({"addresses": "any"}, {"addresses": "10.0.0.2"}), []),
        ("4 to a name", crossing({"addresses": "rsp.example.com"}, {"addresses": "10.0.0.2"}), []),
        ("4 to nothing", crossing({}, {"addresses": "10.0.0.2"}), []),
        ("in one zone", crossing({"addresses": "2001:db8::1"}, {"addresses": "10.0.0.1"}, ("corp", "corp")), []),
        ("without a flow", world(N("a", "corp", "P01", addresses="10.0.0.1"),
                                 N("b", "dmz", "P01", addresses="2001:db8::1")),
         []),
        ("some of many alike", world(N("a", "corp", "P01", addresses="10.0.0.1"),
                                     N("b", "corp", "P01", addresses="2001:db8::1"),
                                     N("c", "corp", "P01", addresses="10.0.0.2 2001:db8::2"), N("d", "corp", "P01"),
                                     N("r4", "dmz", "P01", RSP, addresses="10.1.0.1"),
                                     N("r46", "dmz", "P01", RSP, addresses="10.1.0.2 2001:db8:1::2")), ["b"]),
        ("one of the sites only", world(N("a", "corp", "P01", addresses="10.0.0.1"),
                                        N("b", "corp", "P02", addresses="10.0.0.2"),
                                        N("r6", "dmz", "P02", RSP, addresses="2001:db8::1")), ["b"]),
    ],
    "no-site-server": [
        ("an empty site", sites(ALONE), ["P01"]),
        ("of every kind", world(N("n", "corp", "P01", "site-server")), ["C01", "P02", "S01", "T01"]),
        ("another server", plan(ALONE, Z("corp"), N("n", "corp", "P01", "sql-server, sms-provider")), ["P01"]),
        ("two of them", plan(ALONE, Z("corp"), *some("n", 2, "site-server", "P01")), []),
    ],
    "no-sql-server": [
        ("an empty site", sites(ALONE), ["P01"]),
        ("of every kind", world(N("n", "corp", "S01", "sql-server")), ["C01", "P01", "P02", "T01"]),
        ("another server", plan(ALONE, Z("corp"), N("n", "corp", "P01", "site-server, wsus-database")), ["P01"]),
        ("outside every zone", plan(ALONE, N("n", "", "P01", "sql-server")), []),
    ],
    "cmg-alone": [
        ("a gateway", world(N("g", "cld", "P01", "cmg")), ["g"]),
        ("a connection point", world(N("p", "corp", "P01", CP)), ["p"]),
        ("both at a site", world(N("g", "cld", "P01", "cmg"), N("p", "corp", "P01", CP)), []),
        ("both on a node", world(N("g", "cld", "P01", f"cmg, {CP}")), []),
        ("in one hierarchy", world(N("g", "cld", "C01", "cmg"), N("p", "corp", "P02", CP)), []),
        ("between sisters", world(N("g", "cld", "P01", "cmg"), N("p", "corp", "P02", CP)), []),
        ("in two hierarchies", world(N("g", "cld", "T01", "cmg"), N("p", "corp", "P02", CP)), ["g", "p"]),
        ("one hierarchy has both", world(N("g", "cld", "P01", "cmg"), N("p", "corp", "P02", CP),
                                         N("x", "cld", "T01", "cmg")),
         ["x"]),
        ("a gateway for every site", world(N("g", "cld", "", "cmg"), N("p", "corp", "P02", CP)), []),
        ("a connection point for every site", world(N("g", "cld", "T01", "cmg"), N("p", "corp", "", CP)), []),
        ("alone in every site", world(N("g", "cld", "", "cmg"), N("h", "cld", "", "cmg")), ["g", "h"]),
        ("neither", world(N("m", "corp", "P01", MP)), []),
    ],
    "unanswered-clients": [
        ("nothing at all", internet_client(), ["c"]),
        ("without a site", internet_client(site=""), ["c"]),
        ("two of them", internet_client(N("d", "net", "P02", "client")), ["c", "d"]),
        ("two alike", internet_client(N("d", "net", "P01", "client")), ["c", "d"]),
        ("Windows services for a console on the node",
         internet_client(N("d", "corp", "P01", DC), role="client, console", features="windows-services"), ["c"]),
        ("not on the internet", internet_client(zone="corp"), []),
        ("in the cloud", internet_client(zone="cld"), []),
        ("in a perimeter", internet_client(zone="dmz"), []),
        ("in no zone", internet_client(zone=""), []),
        ("no client", internet_client(role="console"), []),
        ("a gateway", internet_client(N("g", "cld", "P01", "cmg")), []),
        ("a gateway at another site", internet_client(N("g", "cld", "C01", "cmg")), []),
        ("a gateway of another hierarchy", internet_client(N("g", "cld", "T01", "cmg")), ["c"]),
        ("a gateway, never used", internet_client(N("g", "cld", "P01", "cmg"), role="client cmg=never"), ["c"]),
        ("a gateway, always used", internet_client(N("g", "cld", "P01", "cmg"), role="client cmg=always"), []),
        ("a cloud distribution point", internet_client(N("g", "cld", "P01", "cloud-distribution-point")), []),
        *[(f"internet-facing={word}, {role}", internet_client(N("m", "dmz", "P01", f"{role} internet-facing={word}")),
           found)
          for role in [MP, DP, SUP, "fallback-status-point", "ndes"]
          for word, found in [("no", ["c"]), ("yes", []), ("only", [])]],
        ("internet-facing by default", internet_client(N("m", "dmz", "P01", MP)), ["c"]),
        ("no such option", internet_client(N("m", "dmz", "P01", "state-migration-point")), ["c"]),
        ("internet-facing at another site", internet_client(N("m", "dmz", "P02", f"{MP} internet-facing=yes")), ["c"]),
        ("internet-facing at the parent of a secondary",
         internet_client(N("m", "dmz", "P01", f"{MP} internet-facing=yes"), site="S01"), []),
        ("internet-facing without a site", internet_client(N("m", "dmz", "", f"{MP} internet-facing=yes")), []),
        ("an enrollment proxy is for devices", internet_client(N("m", "dmz", "P01",
                                                                 "enrollment-proxy-point internet-facing=yes")),
         ["c"]),
        *[(f"{role}, internet-facing={word}",
           internet_client(N("m", "dmz", "P01", f"enrollment-proxy-point internet-facing={word}"), role=role), found)
          for role in ["mac-computer", "mobile-device"] for word, found in [("no", ["c"]), ("yes", []), ("only", [])]],
        ("a console on the node", internet_client(N("i", "net", "", "internet"), N("r", "corp", "P01", RSP),
                                                  role="client, console"), ["c"]),
        ("a distribution point on the node", internet_client(N("m", "dmz", "P01", MP), role=f"client, {DP}"), ["c"]),
        ("a connection point on the node", internet_client(N("g", "cld", "P01", "cmg"), role=f"client cmg=never, {CP}"),
         ["c"]),
        ("Windows services", internet_client(N("d", "net", "P01", f"{DC}, dhcp-server"), features="windows-services"),
         ["c"]),
        ("what starts towards them", internet_client(N("d", "corp", "P01", "console, site-server"),
                                                     features="client-push wake-on-lan"), ["c"]),
    ],
    "no-site": [
        ("every role", world(*everybody("")), sorted(SITE_SYSTEMS + CLIENT_LIKE)),
        ("with a site", world(*everybody("P01")), []),
        ("once a node", world(N("n", "corp", "", f"client, {MP}, console, {DC}")), ["n"]),
    ],
    "any-address": [
        ("in an intranet", addresses("any"), ["a"]),
        ("in a perimeter", addresses("any", zone="dmz"), ["a"]),
        ("in no zone", addresses("any", zone=""), ["a"]),
        ("on the internet", addresses("any", zone="net"), []),
        ("in the cloud", addresses("any", zone="cld"), []),
        ("every address written", addresses("0.0.0.0/0", "any.example.com *.example.com"), []),
        ("two of three", addresses("any", "10.0.0.1", "any"), ["a", "c"]),
    ],
    "address-overlap": [
        *[(f"{a} and {b}", addresses(a, b), ["a"]) for a, b in [
            ("10.0.0.1", "10.0.0.1"),
            ("10.0.0.0/8", "10.255.255.255"), ("10.255.255.255", "10.0.0.0/8"), ("10.0.0.0", "10.0.0.0/8"),
            ("10.0.0.0/8", "10.1.0.0/16"), ("0.0.0.0/0", "192.0.2.1"), ("10.0.0.1/32", "10.0.0.1"),
            ("10.0.0.1-10.0.0.5", "10.0.0.5-10.0.0.9"), ("10.0.0.1-10.0.0.9", "10.0.0.5"),
            ("10.0.0.1-10.0.0.9", "10.0.0.8/30"), ("192.0.2.7 10.0.0.1", "198.51.100.1 192.0.2.7"),
            ("2001:db8::1", "2001:DB8:0:0:0:0:0:1"), ("2001:db8::/64", "2001:db8::ffff"),
            ("2001:db8::1-2001:db8::9", "2001:db8::9-2001:db8::a"), ("::/0", "2001:db8::1"),
            ("2001:db8::/32", "2001:db8:ffff::/48"),
            ("web.example.com", "web.example.com"), ("Web.Example.COM", "wEB.example.com"),
            ("*.example.com", "web.example.com"), ("web.EXAMPLE.com", "*.example.com"),
            ("*.example.com", "*.Example.com"), ("10.0.0.1 web.example.com", "10.0.0.2 web.example.com"),
        ]],
        *[(f"{a} and {b}", addresses(a, b), []) for a, b in [
            ("10.0.0.1", "10.0.0.2"), ("10.0.0.0/25", "10.0.0.128/25"), ("10.0.0.0/8", "11.0.0.0"),
            ("10.0.0.1-10.0.0.4", "10.0.0.5-10.0.0.9"), ("9.255.255.255", "10.0.0.0/8"),
            ("2001:db8::/64", "2001:db8:0:1::/64"), ("2001:db8::1-2001:db8::4", "2001:db8::5"),
            ("0.0.0.0/0", "::/0"), ("10.0.0.1", "::ffff"), ("10.0.0.0/8", "web.example.com"),
            ("web.example.com", "web.example.org"), ("web.example.com", "web1.example.com"),
            ("*.example.com", "example.com"), ("*.example.com", "web.example.org"), ("*.example.com", "badexample.com"),
            ("*.example.com", "example.com.org"),
        ]],
        ("never a node with itself", addresses("10.0.0.0/8 10.1.1.1 10.1.0.0-10.1.2.0 10.1.1.1/32"), []),
        ("nor names of one node", addresses("web.example.com *.example.com WEB.example.com"), []),
        ("with itself and another", addresses("10.0.0.0/8 10.0.0.0/16", "10.0.1.1", "11.0.0.1"), ["a"]),
        ("in other zones and sites", world(N("a", "corp", "P01", addresses="10.0.0.1"),
                                           N("b", "dmz", "T01", addresses="10.0.0.1")),
         ["a"]),
        ("once two nodes", addresses("10.0.0.1 10.0.0.2 web.example.com", "10.0.0.1 10.0.0.2 web.example.com"), ["a"]),
        ("two pairs", addresses("10.0.0.1", "10.0.0.2", "10.0.0.1", "10.0.0.2"), ["a", "b"]),
    ],
    "through-internet": [
        ("the only way", far(F("f", "a net"), F("g", "net z")), ["a~z"]),
        ("the other way round", far(F("f", "a net"), F("g", "net z"), console="a", rsp="z"), ["a~z"]),
        ("unmanaged", far(F("f", "a net", "no"), F("g", "net z", "no")), ["a~z"]),
        ("farther than the next zone", far(F("f", "a m"), F("g", "m net"), F("h", "net z")), ["a~z"]),
        ("another way", far(F("f", "a net"), F("g", "net z"), F("h", "a m"), F("i", "m z")), []),
        ("a longer way", far(F("f", "a net"), F("g", "net z"), F("h", "a m"), F("i", "m n"), F("j", "n z")), []),
        ("one firewall joins all", far(F("f", "a net z")), []),
        ("the internet is an end", far(F("f", "a net"), rsp="net", console="a"), []),
        ("an end behind another zone", far(F("f", "a m"), F("g", "m net"), rsp="net", console="a"), []),
        ("another zone between", far(F("f", "a m"), F("g", "m z")), []),
        ("no flow", plan(ALONE, Z("a"), Z("net", "internet"), Z("z"), F("f", "a net"), F("g", "net z"),
                         N("x", "a", "P01"),
                         N("y", "z", "P01")), []),
    ],
    "windows-services-off": [
        ("in two zones", world(N("m", "dmz", "P01", MP), N("d", "corp", "P01", DC)), ["m"]),
        ("the feature is on", world(N("m", "dmz", "P01", MP), N("d", "corp", "P01", DC), features="windows-services"),
         []),
        ("the feature is off in so many words", world(N("m", "dmz", "P01", MP), N("d", "corp", "P01", DC),
                                                      features="-windows-services"), ["m"]),
        ("in one zone", world(N("m", "corp", "P01", MP), N("d", "corp", "P01", DC)), []),
        ("on one node", world(N("m", "corp", "P01", f"{MP}, {DC}")), []),
        ("the controller of another site", world(N("m", "dmz", "P01", MP), N("d", "corp", "P02", DC)), []),
        ("a controller for every site", world(N("m", "dmz", "P01", MP), N("d", "corp", "", DC)), ["m"]),
        ("a site system for every site", world(N("m", "dmz", "", MP), N("d", "corp", "P01", DC)), ["m"]),
        ("no site system", world(N("m", "dmz", "P01", "client, console"), N("d", "corp", "P01", DC)), []),
        ("a site system in no zone", world(N("m", "", "P01", MP), N("d", "corp", "P01", DC)), []),
        ("a controller in no zone", world(N("m", "dmz", "P01", MP), N("d", "", "P01", DC)), []),
        ("once a node", world(N("m", "dmz", "P01", f"{MP}, {DP}"), N("d", "corp", "P01", DC), N("e", "corp", "P01", DC),
                              N("f", "net", "P01", DC), N("g", "cld", "P01", f"{DC}, console")), ["m"]),
        ("one near, one of another site", world(N("m", "corp", "P01", MP), N("d", "corp", "P01", DC),
                                                N("e", "dmz", "P02", DC)), []),
        ("every site system", world(*everybody("P01", "dmz", SITE_SYSTEMS + CLIENT_LIKE), N("d", "corp", "P01", DC)),
         sorted(SITE_SYSTEMS)),
        ("no controller", world(N("m", "dmz", "P01", MP)), []),
    ],
    "sup-source": [
        ("a replica alone", world(N("r", "corp", "P01", REPLICA)), ["r"]),
        ("two replicas", world(*some("r", 2, REPLICA, "P01")), ["r0", "r1"]),
        ("a replica and another", world(N("r", "corp", "P01", REPLICA), N("s", "corp", "P01", SUP)), []),
        ("another at another site", world(N("r", "corp", "P01", REPLICA), N("s", "corp", "P02", SUP)), ["r"]),
        ("another at the parent site", world(N("r", "corp", "P01", REPLICA), N("s", "corp", "C01", SUP)), ["r"]),
        ("another for every site", world(N("r", "corp", "P01", REPLICA), N("s", "corp", "", SUP)), []),
        ("another is no update point", world(N("r", "corp", "P01", REPLICA), N("s", "corp", "P01", "upstream-wsus")),
         ["r"]),
        ("upstream without one", world(N("u", "corp", "T01", UPSTREAM)), ["u"]),
        ("upstream with one", world(N("u", "corp", "T01", UPSTREAM), N("w", "net", "", "upstream-wsus")), []),
        ("upstream with one of the site", world(N("u", "corp", "T01", UPSTREAM), N("w", "net", "T01", "upstream-wsus")),
         []),
        ("a replica of one that is upstream", world(N("u", "corp", "T01", UPSTREAM), N("w", "net", "", "upstream-wsus"),
                                                    N("r", "corp", "T01", REPLICA)), []),
        ("the internet", world(N("u", "corp", "T01", f"{SUP} sync-source=internet"), N("v", "corp", "P01", SUP)), []),
    ],
    "removed-role": [
        ("every role", world(*everybody("T01")), sorted(REMOVED)),
        ("a classic gateway", world(N("g", "cld", "P01", "cmg kind=classic")), ["g"]),
        ("another gateway", world(N("g", "cld", "P01", "cmg kind=vmss")), []),
        *[(role, world(N("n", "corp", "T01", f"console, {role}")), ["n"]) for role in REMOVED],
    ],
    "limit": [
        ("25 primaries", sites(C01, *[S(f"A{i:02}", "primary", "C01") for i in range(25)]), []),
        ("26 primaries", sites(C01, *[S(f"A{i:02}", "primary", "C01") for i in range(26)]), ["C01"]),
        ("26 primaries under two", sites(C01, S("C02", "cas"), *[S(f"A{i:02}", "primary", "C02" if i < 13 else "C01")
                                                               for i in range(26)]), []),
        ("250 secondaries", sites(ALONE, *[S(f"{i:03}", "secondary", "P01") for i in range(250)]), []),
        ("251 secondaries", sites(ALONE, *[S(f"{i:03}", "secondary", "P01") for i in range(251)]), ["P01"]),
        ("15 management points", world(*some("m", 15, MP, "P01")), []),
        ("16 management points", world(*some("m", 16, MP, "P01")), ["P01"]),
        ("16 management points at two", world(*some("m", 15, MP, "P01"), *some("n", 1, MP, "P02")), []),
        ("15 management points, one at a secondary", world(*some("m", 15, MP, "P01"), *some("n", 1, MP, "S01")), []),
        ("2 management points at a secondary", world(*some("n", 2, MP, "S01")), ["S01"]),
        ("250 distribution points", world(*points("P01", 250)), []),
        ("251 distribution points", world(*points("P01", 251)), ["P01"]),
        ("250 at a secondary", world(*points("S01", 250)), []),
        ("251 at a secondary", world(*points("S01", 251)), ["S01"]),
        ("2,000 pull ones more", world(*points("P01", 250, 2000)), []),
        ("2,001 pull ones more", world(*points("P01", 250, 2001)), ["P01"]),
        ("2,001 pull ones more at a secondary", world(*points("S01", 250, 2001)), ["S01"]),
        ("5,000 at a primary with its secondaries",
         world(S("S02", "secondary", "P01"), *points("P01", 250, 2000), *points("S01", 250, 2000),
               *points("S02", 250, 250)), []),
        ("5,001 at a primary with its secondaries",
         world(S("S02", "secondary", "P01"), *points("P01", 250, 2000), *points("S01", 250, 2000),
               *points("S02", 250, 251)),
         ["P01"]),
        ("5,001 at two primaries",
         world(S("S02", "secondary", "P02"), *points("P01", 250, 2000), *points("S01", 250, 2000),
               *points("S02", 250, 251)), []),
        ("16 instances", world(N("g", "cld", "P01", "cmg instances=16")), []),
    ],
}


# --- running check ---------------------------------------------------------------------------------------------------


def said_by(cli, arguments, text="", env=None):
    """The exit status, what is written and what is said."""
    done = subprocess.run([cli, *arguments], input=text.encode(), capture_output=True, timeout=60,
                          env={**os.environ, **(env or {})})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def findings(cli, text, env=None):
    """All findings of `check --csv`, each sound in itself, with the right exit status."""
    status, written, said = said_by(cli, ["check", "-", "--csv"], text, env)
    check(status in (0, 1) and not said, "check ended with {}: {:.500}", status, said)
    table = read_table(written, COLUMNS)
    has_error = any(row["severity"] == "error" for row in table)
    check(status == int(has_error), "errors found: {}, exit status {}", has_error, status)
    for row in table:
        check(row["code"] in CODES, "unknown code {code}".format(**row))
        check((row["severity"], row["kind"]) == CODES[row["code"]], "{code} is of {severity} and {kind}".format(**row))
        check(row["message"].strip() == row["message"] != "" and "\n" not in row["message"], "a bad sentence: {}", row)
        # What to do stands behind a colon; notes say what was chosen.
        check(row["severity"] == "note" or re.search(r"\S: [a-z]\w+ \S", row["message"]), "does not say what to do: {}",
              row)
    keys = [(SEVERITIES.index(row["severity"]), row["code"].encode(), row["subject"].encode()) for row in table]
    check(keys == sorted(keys), "not in order: {:.500}", keys)
    return table


def subjects(table, code):
    return [row["subject"] for row in table if row["code"] == code]


def finding_case(code, text, expected):
    return lambda cli, env: compare(expected, subjects(findings(cli, text, env), code))


def message_case(text, code, *words):
    """The one finding of the code has these words."""
    def run_case(cli, env):
        said = [row["message"] for row in findings(cli, text, env) if row["code"] == code]
        check(len(said) == 1, "{} findings of {}", len(said), code)
        for word in words:
            check(re.search(rf"(?<![\w.]){re.escape(word)}(?![\w.])", said[0]), "{!r} is not in {!r}", word, said[0])
    return run_case


def unroutable(*nodes, **more):
    """Nodes in zones a and z, which no firewall joins."""
    return plan(ALONE, Z("a"), Z("m"), Z("z"), F("fw", "a m"), *nodes, **more)


MESSAGES = [
    ("2 flows", unroutable(N("c", "a", "P01"), N("r", "z", "P01", RSP)), "unroutable", "2"),
    ("every pair of nodes", unroutable(*some("c", 3, "console", "P01", "a"), *some("r", 2, RSP, "P01", "z")),
     "unroutable", "12"),
    ("both ways, each range", unroutable(N("mp", "z", "P01", MP), N("s", "a", "P01", "site-server"),
                                         set="rpc-dynamic=5000-5100 6000-6100"), "unroutable", "8"),
    ("each rule", unroutable(N("c", "a", "P01", f"client, {DP}"), N("mp", "z", "P01", MP)), "unroutable", "5"),
    ("not those inside a zone", unroutable(N("c", "a", "P01"), N("r", "z", "P01", RSP), N("q", "a", "P01", RSP),
                                           N("d", "", "P01", RSP)), "unroutable", "2"),
    ("the other node is named", addresses("10.0.0.1", "10.0.0.2", "10.0.0.0-10.0.0.1"), "address-overlap", "c"),
    ("the port to set", wsus(node_set="wsus-http-port=80"), "wsus-ports", "443"),
    ("the next port", wsus(node_set="wsus-http-port=8600"), "wsus-ports", "8601"),
    ("no port is next", wsus(node_set="wsus-http-port=65535"), "wsus-ports", "wsus-http-port"),
    ("the feature to turn on", world(N("m", "dmz", "P01", MP), N("d", "corp", "P01", DC)), "windows-services-off",
     "windows-services"),
    ("how many there are", sites(C01, *[S(f"A{i:02}", "primary", "C01") for i in range(27)]), "limit", "27"),
    ("how many there may be", sites(C01, *[S(f"A{i:02}", "primary", "C01") for i in range(27)]), "limit", "25"),
]


def overlap_case(seed):
    """Random addresses: exactly the nodes that overlap others are named, and only with such."""
    chance = random.Random(seed)
    given, names = {}, [f"h{i}.d{j}.test" for i in range(6) for j in range(5)]
    for i in range(chance.choice([8, 20, 40])):
        words, places = [], set()
        for _ in range(chance.randint(1, 3)):
            kind = chance.choice(["range", "block", "six", "name"])
            base = ip_address("2001:db8::" if kind == "six" else "10.0.0.0")
            if kind == "name":
                word = chance.choice(names)
                word = "*" + word[word.index("."):] if chance.random() < 0.1 else word
                words.append(word.upper() if chance.random() < 0.3 else word)
                places.add(("name", word))
                places.update(("name", name) for name in names if word[0] == "*" and name.endswith(word[1:]))
                continue
            first = chance.randrange(2000)
            length = chance.choice([1, 2, 4, 8, 64]) if kind == "block" else chance.choice([1, 1, 5, 30, 300])
            first -= first % length if kind == "block" else 0
            words.append(f"{base + first}/{32 - length.bit_length() + 1}" if kind == "block" else
                         f"{base + first}-{base + first + length - 1}" if length > 1 else str(base + first))
            places.update((base.version, place) for place in range(first, first + length))
        given[f"n{i}"] = (" ".join(dict.fromkeys(words)), places)
    pairs = {tuple(sorted([a, b])) for a in given for b in given if a < b and given[a][1] & given[b][1]}
    text = plan(ALONE, Z("corp"), *[N(id, "corp", "P01", addresses=words) for id, (words, _) in given.items()])

    def run_case(cli, env):
        named = []
        for row in findings(cli, text, env):
            if row["code"] == "address-overlap":
                others = [word for word in re.findall(r"[\w.]+", row["message"]) if word in given]
                check(others, "no other node in {}", row)
                named += [tuple(sorted([row["subject"], other])) for other in others]
        check(set(named) <= pairs, "do not overlap: {}", sorted(set(named) - pairs))
        compare(sorted({id for pair in pairs for id in pair}), sorted({id for pair in named for id in pair}))
    return run_case


# --- documents that disagree -----------------------------------------------------------------------------------------

EVERYTHING = [N(role, zone, "T01", role) for role, zone in [
    *[(role, "dmz") for role in SITE_SYSTEMS if role not in (DP, SUP, MP)], *[(role, "corp") for role in CLIENT_LIKE],
    *[(role, "net") for role in OTHER_ROLES]]] + [
    N("dp", "dmz", "T01", f"{PULL} multicast=yes pxe=responder internet-facing=yes"), N("dp2", "corp", "T01", DP),
    L("dp", "dp2"),
    N("sup", "dmz", "T01", SUP), N("sup2", "dmz", "T01", REPLICA), N("client2", "corp", "T01", "client"),
    N("mp", "dmz", "T01", f"{MP} internet-facing=yes"), N("ss2", "corp", "P01", f"site-server, sql-server, {SUP}"),
    N("ss3", "corp", "C01", f"site-server, sql-server, {SUP}"), N("classic", "cld", "T01", "cmg kind=classic"),
    N("always", "dmz", "T01", "client cmg=always")]
# (name, plan, how many notes of a conflict cite all of these lines)
DISAGREEMENTS = [
    ("NDES", world(*some("c", 3, "client", "P01"), *some("n", 2, "ndes", "P01")), 1, "V55 G28"),
    ("NDES without clients", world(*some("n", 2, "ndes", "P01")), 0, "V55"),
    ("NDES of another site", world(*some("c", 3, "client", "P01"), *some("n", 2, "ndes", "P02")), 0, "V55"),
    ("the fallback status point's label", world(N("c", "corp", "P01", "client"),
                                                N("f", "dmz", "P01", "fallback-status-point")), 1,
     "G33"),
    ("the console's ports", world(N("c", "corp", "P01"), N("i", "net", "", "internet")), 1, "G86"),
    ("without the internet", world(N("c", "corp", "P01")), 0, "G86"),
    ("the reporting services point's status", world(N("s", "corp", "P01", "site-server"), N("r", "dmz", "P01", RSP)), 1,
     "V405 V511"),
    ("inside one zone", world(N("s", "corp", "P01", "site-server"), N("r", "corp", "P01", RSP)), 1, "V405 V511"),
    ("TFTP from port 0", world(N("c", "corp", "P01", "client"), N("d", "corp", "P01", f"{DP} pxe=wds"),
                               features="tftp-transfer"), 1,
     "V509"),
    ("TFTP with the feature off", world(N("c", "corp", "P01", "client"), N("d", "corp", "P01", f"{DP} pxe=wds")), 0,
     "V508 G1"),
    ("push", world(N("c", "corp", "P01", "client"), N("s", "corp", "P01", "site-server"), features="client-push"), 1,
     "G42 G50"),
    ("push with the feature off", world(N("c", "corp", "P01", "client"), N("s", "corp", "P01", "site-server")), 0,
     "G42"),
]


def disagreement_case(text, count, lines):
    def run_case(cli, env):
        table = [row for row in findings(cli, text, env) if row["code"] == "documents-disagree"]
        found = [row["subject"] for row in table if set(lines.split()) <= set(re.findall(r"[VG]\d+", row["message"]))]
        check(bool(found) == bool(count), "cite {}: {}", lines, found)
        check(len({row["subject"] for row in table}) == len(table), "a conflict stands twice: {}", table)
    return run_case


def conflicts_case(text):
    """Exactly the conflicts that the catalogue records at the services of the plan's flows, each once."""
    def run_case(cli, env):
        recorded = {}
        for row in csv.DictReader(io.StringIO(run(cli, ["catalogue"], env=env), newline="")):
            ids = re.findall(r"(?:^| \| )([a-z0-9-]+) \((?=[VG]\d)", row["conflict"])
            check(bool(ids) == bool(row["conflict"]), "conflict without an id: {}", row["conflict"])
            recorded.setdefault((row["rule"], row["service"], row["protocol"]), set()).update(ids)
        used = {(row["rule"], row["service"], row["protocol"]) for row in flows(cli, text, env=env)}
        expected = {id for key in used for id in recorded[key]}
        check(expected, "the plan rests on no conflict")
        compare(sorted(expected), subjects(findings(cli, text, env), "documents-disagree"))
    return run_case


# --- the forms of check ----------------------------------------------------------------------------------------------

# Errors, warnings and notes of several codes, each for several subjects, the plan's order not that of the findings.
MIXED = world(N("z", "", "S01", RSP), N("b", "net", "P01", "client"), N("a", "", "", "client"),
              N("x", "corp", "P01", SCP),
              N("m", "corp", "C01", "client, management-point"), N("K", "dmz", "S01", SCP),
              N("i", "net", "", "internet"),
              N("c", "corp", "P01"), S("SMS", "secondary"), S("A01", "secondary"), Z("far"), N("f", "far", "P01", RSP))
CLEAN = plan(ALONE, Z("corp"), Z("dmz", "perimeter"), N("b", "dmz", "P01", MP, addresses="10.0.0.2"),
             N("a", "corp", "P01", "site-server, sql-server", addresses="10.0.0.1"))
DOUBTFUL = plan(ALONE, Z("corp"), N("a", "", "P01"), N("b", "", "P01"))


def order_case(cli, env):
    table = findings(cli, MIXED, env)
    keys = [(row["severity"], row["code"], row["subject"]) for row in table if row["severity"] == "error"]
    expected = [("role-at-cas", "m"), ("role-at-cas", "m"), ("role-at-secondary", "K"), ("role-at-secondary", "z"),
                ("site-code-reserved", "SMS"), ("site-parent", "A01"), ("site-parent", "SMS"), ("top-only-role", "K"),
                ("top-only-role", "x"), ("unroutable", "corp~far")]
    check(keys == [("error", *pair) for pair in expected], "errors are {}", keys)
    words = [row["severity"] for row in table]
    check(set(words) == set(SEVERITIES) and words == sorted(words, key=SEVERITIES.index), "severities are {}", words)


def text_case(cli, env):
    table = findings(cli, MIXED, env)
    lines = run(cli, ["check", "-"], MIXED, status=1, env=env).splitlines()
    compare(["{severity}[{code}] {kind} {subject}: {message}".format(**row) for row in table], lines)
    check(any(line.startswith("error[site-parent] site A01: ") for line in lines), "no line of site-parent")


def status_case(text, status, *severities):
    def run_case(cli, env):
        found = findings(cli, text, env)
        check({row["severity"] for row in found} == set(severities), "found {}", found)
        for options in [], ["--csv"]:
            run(cli, ["check", "-", *options], text, status=status, env=env)
    return run_case


def instances_case(cli, env):
    run(cli, ["check", "-"], world(N("g", "cld", "P01", "cmg instances=17")), status=2, env=env)


def others_case(text, shown=20):
    """The other commands work on the plan and warn of what check finds, of notes nobody."""
    def run_case(cli, env):
        wanted = [row for row in findings(cli, text, env) if row["severity"] != "note"]
        with tempfile.TemporaryDirectory(prefix="portolan-") as folder:
            path = os.path.join(folder, "plan.portolan")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            for command in [["flows", path], ["why", path, "a", "b"],
                            ["sheets", path, "--output", os.path.join(folder, "out")],
                            ["draw", path, "--output", os.path.join(folder, "plan.svg")]]:
                status, written, said = said_by(cli, command, env=env)
                said = said.splitlines()
                check(status == 0, "{} ended with {}: {}", command[0], status, said)
                for row in wanted[:shown]:
                    line = "portolan-cli: {}: {severity}[{code}] {kind} {subject}: {message}".format(path, **row)
                    check(line in said, "{} does not say {!r}, but {}", command[0], line, said)
                check("note[" not in "".join(said), "{} warns of notes: {}", command[0], said)
                check(written or command[0] in ("sheets", "draw"), "{} writes nothing", command[0])
    return run_case


WRONG = world(N("a", "corp", "C01", "client"), N("b", "", "T01", MP), N("i", "net", "", "ndes"))


def complete_case(cli, env):
    """Each code has a plan where it is found, and one where it is not."""
    for code in CODES:
        if code != "documents-disagree":
            kinds = {bool(expected) for _clause, _text, expected in FINDINGS[code]}
            check(kinds == {True, False}, "{} has only {}", code, kinds)


# --- why -------------------------------------------------------------------------------------------------------------


def two_walls(*things, **more):
    """corp - inner - dmz - outer - net, and a zone that nothing joins."""
    zones = [Z("corp"), Z("dmz", "perimeter"), Z("net", "internet"), Z("cld", "cloud"), Z("lost")]
    return plan(C01, P01, P02, S01, S("T01"), *zones, F("inner", "corp dmz"), F("outer", "dmz net cld"), *things,
                **more)


def pair(a, b, zones="corp dmz", sites="P01 P01", a_more={}, b_more={}, links=(), **more):
    (zone_a, zone_b), (site_a, site_b) = ([word.strip("-") for word in text.split()] for text in (zones, sites))
    return two_walls(N("a", zone_a, site_a, a, **a_more), N("b", zone_b, site_b, b, **b_more), *links, **more)


# (name, plan, what is asked from a to b, what the answer has)
OPEN = [
    ("rule, scope, route, documents", pair(MP, "site-server", "net corp"), "tcp/445",
     ["mp-site-server", "scope site", "SMB", "tcp/445", "outer", "inner", "V263", "G73", "operation"]),
    ("the way back", pair("site-server", MP), "tcp/445", ["mp-site-server", "way back", "SMB", "inner"]),
    ("every service", pair(MP, "site-server"), "", ["tcp/445", "tcp/135", "tcp/49152-65535", "RPC dynamic"]),
    ("a port in a range", pair(MP, "site-server"), "tcp/50000",
     ["RPC dynamic", "tcp/49152-65535", "rpc-dynamic", "V262"]),
    ("a setting's default", pair("console", RSP), "tcp/443",
     ["console-reporting", "reporting-https-port", "443", "default", "V177"]),
    ("a setting of the node", pair("console", RSP, b_more={"set": "reporting-http-port=8080"}), "tcp/8080",
     ["reporting-http-port", "8080", "set at the node", "V176"]),
    ("a setting of the plan", pair("console", RSP, set="reporting-http-port=8080"), "tcp/8080",
     ["reporting-http-port", "8080", "set in the plan"]),
    ("rpc-dynamic of the destination", pair(MP, "site-server", b_more={"set": "rpc-dynamic=5000-5001 6000-6001"}),
     "tcp/6001",
     ["rpc-dynamic of b", "5000-5001", "6000-6001"]),
    ("rpc-dynamic on the way back", pair("site-server", MP, b_more={"set": "rpc-dynamic=5000-5001"}), "tcp/5001",
     ["mp-site-server", "way back", "rpc-dynamic of b"]),
    ("another setting on the way back", pair(SUP, "site-server", a_more={"set": "wsus-http-port=8600"}), "tcp/8600",
     ["site-server-sup", "way back", "wsus-http-port of a"]),
    ("a fixed port", pair("console", "client"), "tcp/2701",
     ["console-client", "fixed", "remote-control", "V159", "G85"]),
    ("a feature", pair("site-server", "client", features="client-push"), "tcp/445",
     ["client-push", "it is on", "installation", "G42", "scope assigned", "location intranet"]),
    ("an option of the destination", pair(CP, "cmg instances=1", "corp cld"), "tcp/443",
     ["cmgcp-vmss", "option instances", "scope hierarchy"]),
    ("options of both", pair("client", DC), "tcp/3268", ["client-gc", "global-catalog of b is yes",
                                                         "workgroup of a is no", "V104", "G34"]),
    ("a setting that is a condition", pair("client", MP), "tcp/80",
     ["client-mp", "client-communication of b is http-and-https"]),
    ("on the internet", pair("client", f"{MP} internet-facing=only", "net dmz"), "tcp/443",
     ["client-mp", "location any", "internet-facing of b is only", "outer"]),
    ("a conflict", pair("client", "ndes"), "tcp/80", ["client-ndes", "V55", "G28", "UDP column"]),
    ("beyond the documents", pair(SCP, "internet", "corp net"), "tcp/443", ["scp-internet", "beyond", "scope any"]),
    ("a link", pair(PULL, DP, links=[L("a", "b")]), "tcp/443", ["pulldp-source", "scope link"]),
    ("two rules", pair(f"client, {DP}", MP), "tcp/443", ["client-mp", "dp-mp", "scope assigned", "scope site"]),
    ("ICMP", pair("client", "client", "corp corp", features="wake-up-proxy"), "icmp",
     ["client-client-proxy", "ICMP echo request", "V43"]),
    ("ICMP in capitals", pair("client", "client", "corp corp", features="wake-up-proxy"), "ICMP",
     ["client-client-proxy"]),
    ("inside a zone", pair(MP, "site-server", "corp corp"), "tcp/445", ["no firewall, inside one zone"]),
    ("outside every zone", pair(MP, "site-server", "- corp"), "tcp/445", ["outside every zone"]),
    ("no site", pair("console", RSP, sites="- P01"), "tcp/80", ["scope site", "every site"]),
    ("TCP in capitals", pair("console", RSP), "TCP/80", ["console-reporting"]),
]
# (name, plan, what is asked, what the answer has, the plan after that was changed: it is open then)
CLOSED = [
    ("a feature of a service", pair("console", "client", features="-remote-control"), "tcp/2701",
     ["console-client", "feature remote-control: turn it on"], pair("console", "client")),
    ("a feature of a rule", pair("site-server", "client"), "tcp/445",
     ["client-push", "feature client-push: turn it on"], pair("site-server", "client", features="client-push")),
    ("an option that is another", pair("client", DP), "udp/63500",
     ["client-dp-multicast", "multicast of b is no: set it to yes"],
     pair("client", f"{DP} multicast=yes")),
    ("an option that must change", pair("client", DP), "udp/67", ["client-dp-pxe", "pxe of b is no: set it to"],
     pair("client", f"{DP} pxe=wds")),
    ("an option of the source", pair("client workgroup=yes", DC), "tcp/3268",
     ["client-gc", "workgroup of a is yes: set it to no"],
     pair("client workgroup=no", DC)),
    ("a condition's setting", pair("client", SUP, b_more={"set": "wsus-ssl=no"}), "tcp/8531",
     ["client-sup", "wsus-ssl of b is no: set it to yes"], pair("client", SUP)),
    ("PKI only", pair("client", MP, set="client-communication=https"), "tcp/80",
     ["client-mp", "client-communication of b is https: set it to"],
     pair("client", MP)),
    ("a location", pair("client", "state-migration-point", "net dmz"), "tcp/445",
     ["client-smp", "location intranet", "stands in net"],
     pair("client", "state-migration-point", "corp dmz")),
    ("the gateway is not for it", pair("client", "cmg", "corp cld"), "tcp/443", ["client-cmg", "location cloud", "cmg"],
     pair("client cmg=always", "cmg", "corp cld")),
    ("another site", pair("console", "sms-provider", sites="P01 P02"), "tcp/135",
     ["console-provider", "scope site", "P01", "P02"],
     pair("console", "sms-provider")),
    ("another hierarchy", pair(CP, "cmg", "corp cld", "P01 T01"), "tcp/10124", ["cmgcp-vmss", "scope hierarchy"],
     pair(CP, "cmg", "corp cld", "P01 P02")),
    ("another zone", pair("client", "client", features="pe-peer-cache"), "tcp/8003", ["client-client-pe", "scope zone"],
     pair("client", "client", "corp corp", features="pe-peer-cache")),
    ("internet-facing no", pair("client", MP, "net dmz"), "tcp/443",
     ["client-mp", "internet-facing of b is no: set it to yes"],
     pair("client", f"{MP} internet-facing=yes", "net dmz")),
    ("internet-facing only", pair("client", f"{MP} internet-facing=only"), "tcp/443",
     ["client-mp", "internet-facing of b is only: set it to yes"], pair("client", f"{MP} internet-facing=yes")),
    ("a custom port", pair("client", MP, b_more={"set": "client-https-port=8443"}), "tcp/443",
     ["client-mp", "client-https-port of b is 8443: set it to 443"], pair("client", MP)),
    ("a custom port on the way back", pair(SUP, "site-server", a_more={"set": "wsus-http-port=8600"}), "tcp/8530",
     ["site-server-sup", "wsus-http-port of a is 8600: set it to 8530"], pair(SUP, "site-server")),
    ("a port nobody chose", pair("console", RSP), "tcp/8080",
     ["console-reporting", "reporting-http-port of b is 80: set it to 8080"],
     pair("console", RSP, set="reporting-http-port=8080")),
    ("the server waits", pair(MP, "site-server", a_more={"site_server_initiates": "yes"}), "tcp/445",
     ["mp-site-server", "site-server-initiates of a"], pair(MP, "site-server")),
    ("a link", pair(PULL, DP), "tcp/443", ["pulldp-source", "link"], pair(PULL, DP, links=[L("a", "b")])),
    ("a link the other way", pair(PULL, DP, links=[L("b", "a")]), "tcp/443", ["pulldp-source", "link"],
     pair(PULL, DP, links=[L("a", "b")])),
    ("a role of the destination", pair("endpoint-protection-point", "console"), "tcp/1433",
     ["ep-sql", "b does not hold the role sql-server"], pair("endpoint-protection-point", "sql-server")),
    ("a role of the source", pair("console", "exchange-server"), "tcp/5985",
     ["exchange-onprem", "a does not hold the role exchange-connector"], pair("exchange-connector", "exchange-server")),
    ("beyond-documents off", pair(SCP, "internet", "corp net", features="-beyond-documents"), "tcp/443",
     ["scp-internet", "feature beyond-documents: turn it on"], pair(SCP, "internet", "corp net")),
    ("the other way is open", pair(RSP, "console"), "tcp/80", ["the other way: open"], pair("console", RSP)),
    ("the other way is closed too", pair(RSP, "console"), "udp/4711", ["the other way: closed", "no rule"], None),
    ("nothing at all", pair("console", "console"), "", ["the other way: closed"], None),
    ("other ports are open", pair("console", RSP), "udp/4711", ["other ports: 2"], None),
    ("no such ICMP", pair("console", RSP), "icmp", ["closed"], None),
]
NO_WAY = (pair(MP, "site-server", "lost corp"), "tcp/445", ["no path of firewalls joins the zones", "mp-site-server"])


def why_case(verdict, text, port, fragments, after=None):
    def run_case(cli, env):
        asked = ["why", "-", "a", "b"] + ([port] if port else [])
        said = run(cli, asked, text, env=env)
        check(said.startswith(verdict + ": "), "not {}: {:.600}", verdict, said)
        for fragment in fragments:
            check(fragment in said, "{!r} is not in {:.3000}", fragment, said)
        if after:
            said = run(cli, asked, after, env=env)
            check(said.startswith("open: "), "still closed after the change: {:.600}", said)
    return run_case


def nearest_case(cli, env):
    """What needs one change stands before what needs two."""
    said = run(cli, ["why", "-", "a", "b", "tcp/443"], pair(f"client, {DP}", MP, "net dmz", "P01 P02"), env=env)
    check(said.startswith("closed") and said.index("\ndp-mp:") < said.index("\nclient-mp:"),
          "not the nearest first: {}", said)


def route_case(cli, env):
    """The firewalls stand in the order of the way."""
    for start, end, wanted in [(MP, "site-server", "outer inner"), ("site-server", MP, "inner outer")]:
        zones = "net corp" if start == MP else "corp net"
        said = run(cli, ["why", "-", "a", "b"], pair(start, end, zones), env=env)
        line = next((line for line in said.splitlines() if line.startswith("route: ")), "")
        check(re.findall(r"\((inner|outer)\b", line) == wanted.split(), "the route is {!r}", line)


TWINS = two_walls(N("a", "corp", "P01", "console", name="One"),
                  *[N(id, "dmz", "P01", RSP, name=name) for id, name in
                    [("b", "Two"), ("c", "Two"), ("d", "a"), ("e", "Three and more")]])
# (arguments, exit status, what the answer or the message has)
ASKED = [
    (["One", "Three and more"], 0, "(e)"), (["One", "Three and more", "tcp/80"], 0, "console-reporting"),
    (["a", "b"], 0, "(b)"),
    (["Three and more", "a"], 0, "(a)"), (["One", "c", "tcp/80"], 0, "open"),
    (["a", "Two"], 2, "Two"), (["Two", "a"], 2, "Two"), (["a", "nobody"], 2, "nobody"), (["nobody", "a"], 2, "nobody"),
    (["a", ""], 2, ""),
    (["a", "B"], 2, "B"), (["a", "one"], 2, "one"), (["a", "a"], 2, "same"), (["a", "One"], 2, "same"),
    (["One", "One"], 2, "same"),
    *[(["a", "b", port], 2, port) for port in ["tcp/0", "tcp/65536", "foo/1", "icmp/3", "tcp", "tcp/", "/80", "80", "",
                                               "tcp/-1",
                                               "udp/1-2", "tcp/80/80", "tcp/4294967377", "icmp/", "tcp/x"]],
    *[(["a", "b", port], 0, "closed") for port in ["tcp/1", "tcp/65535", "udp/80", "icmp"]],
    (["a"], 2, ""), (["a", "b", "tcp/80", "x"], 2, "x"),
]


def asked_case(arguments, status, fragment):
    def run_case(cli, env):
        ended, written, said = said_by(cli, ["why", "-", *arguments], TWINS, env)
        check(ended == status, "ended with {}, not {}: {}", ended, status, said)
        check(fragment in (said if status else written), "{!r} is not in {!r} or {!r}", fragment, written, said)
        check(status == 0 or (not written and said.startswith("portolan-cli: ")), "said {!r}, {!r}", written, said)
    return run_case


def ambiguous_case(cli, env):
    """The message names the ids to choose from."""
    _status, _written, said = said_by(cli, ["why", "-", "a", "Two"], TWINS, env)
    check(re.search(r"\bb\b", said) and re.search(r"\bc\b", said), "does not name the ids: {}", said)


# --- all -------------------------------------------------------------------------------------------------------------


def all_cases():
    found = {f"check/{code}/{clause}": finding_case(code, text, expected)
             for code, given in FINDINGS.items() for clause, text, expected in given}
    assert len(found) == sum(len(given) for given in FINDINGS.values()), "two cases of one name"
    found.update({f"check/messages/{code}/{name}": message_case(text, code, *words)
                  for name, text, code, *words in MESSAGES})
    found.update({f"check/address-overlap/random {seed}": overlap_case(seed) for seed in range(30)})
    found.update({f"check/documents-disagree/{name}": disagreement_case(*rest) for name, *rest in DISAGREEMENTS})
    for name, features in [("no feature", " -".join(["", *FEATURES])), ("every feature", " ".join(FEATURES)),
                           ("the default features", "")]:
        found[f"check/documents-disagree/as recorded, {name}"] = conflicts_case(world(*EVERYTHING, features=features))
    found["check/every code"] = complete_case
    found["check/order"] = order_case
    found["check/text"] = text_case
    found["check/status of a clean plan"] = status_case(CLEAN, 0, "note")
    found["check/status of an empty plan"] = status_case(plan(), 0)
    found["check/status with warnings"] = status_case(DOUBTFUL, 0, "warning")
    found["check/status with errors"] = status_case(WRONG, 1, "error", "warning", "note")
    found["check/17 instances are no plan"] = instances_case
    found["check/others warn"] = others_case(WRONG)
    found["check/others warn where there is no error"] = others_case(DOUBTFUL)
    found["check/others say nothing of a clean plan"] = others_case(CLEAN)
    found.update({f"why/open/{name}": why_case("open", *rest) for name, *rest in OPEN})
    found["why/unroutable"] = why_case("unroutable", *NO_WAY)
    found.update({f"why/closed/{name}": why_case("closed", *rest) for name, *rest in CLOSED})
    found.update({f"why/asked/{' '.join(arguments)}": asked_case(arguments, *rest) for arguments, *rest in ASKED})
    found["why/ambiguous"] = ambiguous_case
    found["why/nearest"] = nearest_case
    found["why/route"] = route_case
    return found


def main():
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    wanted, failed = sys.argv[3:], 0
    todo = {name: case for name, case in all_cases().items() if not wanted or name.startswith(tuple(wanted))}
    if not todo:
        raise SystemExit("test_checks.py: no case has such a name")
    for name, message in run_cases(os.path.abspath(sys.argv[2]), todo):
        failed += 1
        print(f"FAILED {name}: {message}", flush=True)
    print(f"{len(todo) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
