#!/usr/bin/env python3
"""The port data is data: new rules, roles, options, settings, features and links need no other program.

Usage: test_new_data.py SOURCE_ROOT CLI

Adds to a copy of data/catalogue.xml, gives it to the program in place of its own (G_RESOURCE_OVERLAYS, a mechanism of
GLib's) and looks whether `flows`, `sheets`, `catalogue`, `check` and `why` obey. Then reads all C sources: no name of
a role, rule, setting, feature or link, and no port of the data stands there but what ALLOWED_NAMES and ALLOWED_NUMBERS
list with a reason. The last line is `N passed, N failed`.
"""

import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from plans import F, L, N, S, Z, check, plan, read_table, run, sheet_line, sheets
from test_rules import compare, flow_case, items, run_cases, sheet_case

CATALOGUE = "{urn:portolan:catalogue:1}"
OVERLAY = "/org/portolan/data/catalogue.xml="

# What is added, behind the last element of each kind.
ADDED = {
    "setting": """
      <setting name="print-port" title="Print port" type="port" default="631"/>
      <setting name="print-feed" title="Print feed ports" type="ports" default="9100-9102 9200"
               read-from="destination"/>
      <setting name="print-mode" title="Print mode" type="choice" values="plain sealed" default="plain"/>""",
    "feature": """
      <feature name="printing" title="Printing" default="on"/>
      <feature name="faxing" title="Faxing" default="off"/>""",
    "role": """
      <role name="kiosk" title="Kiosk" kind="client-like" not-at="cas">
        <option name="mode" title="Mode" values="public staff" default="public"/>
      </role>
      <role name="print-point" title="Print point" kind="site-system" not-at="secondary" top-only="yes">
        <option name="internet-facing" title="Accepts clients on the internet" values="no yes only" default="no"/>
        <option name="tray" title="Tray" min="1" max="4" default="2"/>
      </role>
      <role name="print-archive" title="Print archive" kind="infrastructure" removed="yes"/>""",
    "link": """
      <link kind="print-source" title="Print source"/>""",
    "conflict": """
      <conflict id="print-doubt" lines="V1 G1">The documents disagree about printing.</conflict>""",
    "rule": """
      <rule id="kiosk-print" from="kiosk" to="print-point" scope="assigned" location="any" feature="printing"
            purpose="Kiosks print">
        <service name="Printing" protocol="tcp" setting="print-port" lines="V1" notes="2" conflicts="print-doubt"/>
        <service name="Sealed printing" protocol="tcp" port="7443" when="print-mode = sealed" lines="V2 G2"/>
        <service name="Staff printing" protocol="udp" port="7001-7003" when="from.mode = staff" location="intranet"
                 lines="V3"/>
        <service name="Duplex" protocol="tcp" port="7004" when="to.tray != 2" lines="V4"/>
        <service name="Fax" protocol="tcp" port="7005" feature="faxing" beyond="A fax machine's handbook"/>
        <service name="Print ping" protocol="icmp" lines="V5"/>
      </rule>
      <rule id="print-feed" from="print-point" to="print-point" scope="link" link="print-source" when="from.tray = 4"
            purpose="Print points feed each other">
        <service name="Print feed" protocol="tcp" setting="print-feed" lines="V6"/>
      </rule>
      <rule id="print-install" from="site-server" to="print-point" scope="site" direction="two-way" phase="installation"
            purpose="The site server installs print points">
        <service name="Print installation" protocol="tcp" port="7100" lines="V7"/>
        <note>Close it again.</note>
      </rule>
      <rule id="print-report" from="print-point" to="site-server" scope="site" when="from.tray = 1"
            purpose="Print points report">
        <service name="Print report" protocol="tcp" port="7300" lines="V9"/>
      </rule>
      <rule id="print-archive" from="print-point" to="print-archive" scope="assigned" purpose="Nobody asks for this">
        <service name="Printing" protocol="tcp" port="7200" lines="V8"/>
      </rule>""",
}


def grown(catalogue):
    """The catalogue with the additions."""
    with open(catalogue, encoding="utf-8") as file:
        text = file.read()
    for name, elements in ADDED.items():
        end = [match.end() for match in re.finditer(rf"</{name}>|<{name} [^>]*/>", text)][-1]
        text = text[:end] + elements + text[end:]
    return text


ZONES = [Z("corp"), Z("dmz", "perimeter"), Z("net", "internet"), F("fw", "corp dmz net")]
SITES = [S("P01"), S("S01", "secondary", "P01"), S("T01")]


def printers(*things, kiosk="", point="", kiosk_set="", point_set="", **options):
    """A kiosk at P01 in corp and a print point in dmz."""
    return plan(*ZONES, *SITES, N("k", "corp", "P01", f"kiosk {kiosk}", kiosk_set),
                N("p", "dmz", "P01", f"print-point {point}", point_set), *things, **options)


def flow_cases():
    def case(name, text, rules, expected):
        found[f"flows/{name}"] = flow_case(text, rules, expected)

    found, ping = {}, "k p icmp ;"
    case("the default of a setting", printers(), "kiosk-print", ping + "k p tcp 631")
    case("a changed setting of the plan", printers(set="print-port=632"), "kiosk-print", ping + "k p tcp 632")
    case("a changed setting of the to node", printers(kiosk_set="print-port=633", point_set="print-port=634"),
         "kiosk-print", ping + "k p tcp 634")
    case("a setting's condition", printers(point_set="print-mode=sealed"), "kiosk-print",
         ping + "k p tcp 631; k p tcp 7443")
    case("a setting's condition, read from the to node", printers(kiosk_set="print-mode=sealed"), "kiosk-print",
         ping + "k p tcp 631")
    case("an option's condition", printers(kiosk="mode=staff"), "kiosk-print", ping + "k p tcp 631; k p udp 7001-7003")
    case("an option's default", printers(kiosk="mode=public", point="tray=2"), "kiosk-print", ping + "k p tcp 631")
    case("a number's condition", printers(point="tray=3"), "kiosk-print", ping + "k p tcp 631; k p tcp 7004")
    case("a feature that is off by default", printers(features="faxing"), "kiosk-print",
         ping + "k p tcp 631; k p tcp 7005")
    case("a feature that is on by default", printers(features="-printing faxing"), "kiosk-print", "")
    case("scope", plan(*ZONES, *SITES, *[N(f"k{s}", "corp", f"{s}01", "kiosk") for s in "PST"],
                       *[N(f"p{s}", "dmz", f"{s}01", "print-point") for s in "PST"]), "kiosk-print",
         "; ".join(f"{pair} {ports}" for pair in ["kP pP", "kS pS", "kS pP", "kT pT"] for ports in ["icmp", "tcp 631"]))
    case("location, internet-facing, a service's own location",
         plan(*ZONES, N("k", "net", "", "kiosk mode=staff"), N("j", "corp", "", "kiosk"),
              N("p", "dmz", "", "print-point"),
              N("q", "dmz", "", "print-point internet-facing=yes"),
              N("r", "dmz", "", "print-point internet-facing=only")), "kiosk-print",
         "; ".join(f"{pair} {ports}" for pair in ["k q", "k r", "j p", "j q"] for ports in ["icmp", "tcp 631"]))
    case("a link", plan(N("a", "", "", "print-point tray=4", "print-feed=700"), N("b", "", "", "print-point"),
                        N("c", "", "", "print-point tray=4"), L("a", "b", "print-source"), L("b", "a", "print-source"),
                        L("a", "c", "pull-source")),
         "print-feed", "a b tcp 9100-9102; a b tcp 9200")
    case("a changed setting of ranges", plan(N("a", "", "", "print-point tray=4"),
                                             N("b", "", "", "print-point", "print-feed=5 7-8"),
                                             L("a", "b", "print-source")),
         "print-feed", "a b tcp 5; a b tcp 7-8")
    case("scope assigned without a client-like end",
         plan(N("a", "", "", "print-point"), N("b", "", "", "print-archive")), "print-archive", "")
    servers = [N("s", "corp", "P01", "site-server")]
    case("two ways", printers(*servers), "print-install", "s p tcp 7100; p s tcp 7100")
    case("two ways but for a site system that waits",
         plan(*ZONES, *SITES, *servers, N("p", "dmz", "P01", "print-point tray=1", site_server_initiates="yes")),
         "print-install print-report", "s p tcp 7100 print-install; p s tcp 7300 print-report")
    case("rules for all roles of a kind", printers(N("dc", "corp", "", "domain-controller"),
                                                   N("h", "corp", "", "dhcp-server"), features="windows-services"),
         "windows-services windows-dhcp",
         "; ".join([f"{node} dc {ports} windows-services" for node in "kp" for ports in
                    ["tcp 53", "udp 53", "tcp 88", "udp 137", "udp 138", "tcp 139"]]
                   + [f"k h udp {port} windows-dhcp" for port in [67, 68]]))
    case("the rules that were there", plan(N("c", "", "", "client"), N("f", "", "", "fallback-status-point")),
         "client-fsp", "c f tcp 80")
    return found


def sheet_cases():
    kiosks = plan(*ZONES, N("k2", "corp", "", "kiosk"), N("k1", "corp", "", "kiosk"), N("p1", "dmz", "", "print-point"),
                  N("p2", "dmz", "", "print-point"), N("s", "corp", "", "site-server"))
    out = "corp dmz operation"
    install = ["corp dmz installation tcp: s > {} : 7100 : print-install",
               "dmz corp installation tcp: {} > s : 7100 : print-install"]
    joined = "\n".join([f"{out} icmp: k1 k2 > p1 p2 :  : kiosk-print", f"{out} tcp: k1 k2 > p1 p2 : 631 : kiosk-print",
                        *[row.format("p1 p2") for row in install]])
    pairs = [(a, b) for a in ["k1", "k2"] for b in ["p1", "p2"]]
    expanded = "\n".join([f"{out} {ports[0]}: {a} > {b} : {ports[1]} : kiosk-print"
                          for ports in [("icmp", ""), ("tcp", "631")] for a, b in pairs]
                         + [row.format(point) for row in install for point in ["p1", "p2"]])
    return {"sheets/rows are joined, ICMP before TCP and without ports": sheet_case(kiosks, "", {"fw": joined}),
            "sheets/--expand: ICMP keeps one row a pair": sheet_case(kiosks, "--expand", {"fw": expanded}),
            "sheets/what a row says": sheet_text}


def sheet_text(cli, env):
    table, rules, tree = sheets(cli, printers(N("s", "corp", "P01", "site-server")), env=env)["fw"]
    rows = {sheet_line(row, rule, tree).split(" : ")[-1] + " " + row["Protocol"]: row
            for row, rule in zip(table, rules) if row["Source zone"] == "corp"}
    for key, column, text in [("kiosk-print tcp", "Service", "Printing"), ("kiosk-print icmp", "Service", "Print ping"),
                              ("kiosk-print icmp", "Destination port", "echo-request"),
                              ("kiosk-print tcp", "Purpose", "Kiosks print"),
                              ("kiosk-print tcp", "Reference", "kiosk-print"),
                              ("kiosk-print tcp", "Note", "ocuments disagree"),
                              ("print-install tcp", "Note", "Close it again."),
                              ("print-install tcp", "Phase", "installation")]:
        check(text in rows[key][column], "{}: {} is {!r}, without {!r}", key, column, rows[key][column], text)


def catalogue_lists(cli, env):
    columns = ["rule", "from_role", "to_role", "direction", "scope", "location", "feature", "condition", "phase",
               "service", "protocol", "port_from", "port_to", "setting"]
    lines = run(cli, ["catalogue"], env=env)
    rows = read_table(lines, lines.split("\r\n")[0].split(","))
    names = ["kiosk-print", "print-feed", "print-install"]
    kiosk = "kiosk-print,kiosk,print-point,one-way,assigned"
    compare([",".join([kiosk, place, feature, condition, "operation", rest]) for place, feature, condition, rest in [
        ("any", "printing", "", "Printing,tcp,631,631,print-port"),
        ("any", "printing", "print-mode = sealed", "Sealed printing,tcp,7443,7443,"),
        ("intranet", "printing", "from.mode = staff", "Staff printing,udp,7001,7003,"),
        ("any", "printing", "to.tray != 2", "Duplex,tcp,7004,7004,"),
        ("any", "printing faxing", "", "Fax,tcp,7005,7005,"),
        ("any", "printing", "", "Print ping,icmp,,,")]] + items("""
        print-feed,print-point,print-point,one-way,link,,,from.tray = 4,operation,Print feed,tcp,9100,9102,print-feed;
        print-feed,print-point,print-point,one-way,link,,,from.tray = 4,operation,Print feed,tcp,9200,9200,print-feed;
        print-install,site-server,print-point,two-way,site,,,,installation,Print installation,tcp,7100,7100,"""),
            [",".join(row[column] for column in columns) for row in rows if row["rule"] in names])
    both = {row["from_role"] for row in rows if row["rule"] == "windows-services"}
    check({"kiosk", "print-point"} <= both, "windows-services starts from {}", sorted(both))
    fax = [row for row in rows if row["service"] == "Fax"][0]
    check(fax["documents"] == "beyond" and fax["lines"] == "", "Fax is from {!r}", fax["documents"])


def findings(cli, env, text, status=0):
    rows = read_table(run(cli, ["check", "-", "--csv"], text, status, env),
                      ["severity", "code", "kind", "subject", "message"])
    return {(row["code"], row["subject"]) for row in rows}


def check_obeys(cli, env):
    found = findings(cli, env, plan(
        *ZONES, *SITES, N("k", "corp", "", "kiosk"), N("o", "net", "P01", "kiosk"), N("p", "dmz", "", "print-point"),
        N("q", "dmz", "S01", "print-point"), N("a", "dmz", "", "print-archive")), 1)
    for code, subject in [("no-site", "k"), ("no-site", "p"), ("role-at-secondary", "q"), ("top-only-role", "q"),
                          ("removed-role", "a"), ("unanswered-clients", "o"), ("documents-disagree", "print-doubt")]:
        check((code, subject) in found, "{} of {} is missing in {}", code, subject, sorted(found))
    check(("no-site", "a") not in found, "infrastructure needs no site")
    found = findings(cli, env, plan(*ZONES, S("C01", "cas"), N("k", "corp", "C01", "kiosk"),
                                    N("o", "net", "C01", "kiosk"),
                                    N("p", "dmz", "C01", "print-point internet-facing=yes")), 1)
    check(("role-at-cas", "k") in found, "a kiosk at a CAS is not reported: {}", sorted(found))
    check(("unanswered-clients", "o") not in found, "a kiosk that is answered is reported: {}", sorted(found))


def why_explains(cli, env):
    for text, question, words in [
            (printers(), ["k", "p"], ["open", "kiosk-print", "Printing", "tcp/631", "print-port"]),
            (printers(), ["k", "p", "icmp"], ["open", "kiosk-print", "Print ping"]),
            (printers(), ["k", "p", "tcp/7443"], ["closed", "kiosk-print", "Sealed printing", "print-mode", "sealed"]),
            (printers(), ["k", "p", "udp/7002"], ["closed", "Staff printing", "mode", "staff"]),
            (printers(), ["k", "p", "tcp/7005"], ["closed", "Fax", "faxing"]),
            (printers(features="-printing"), ["k", "p", "tcp/631"], ["closed", "kiosk-print", "printing"])]:
        said = run(cli, ["why", "-", *question], text, env=env)
        for word in words:
            check(word in said, "why {}: nothing about {!r} in\n{}", " ".join(question), word, said)


def unknown_without(cli, env):
    """The program without the additions knows none of them."""
    for text in [printers(), plan(set="print-port=1"), plan(features="printing"),
                 plan(N("a", "", "", "client"), L("a", "a", "print-source"))]:
        run(cli, ["flows", "-"], text, 2)


def is_valid(root):
    def case(cli, env):
        copy, schema = env["G_RESOURCE_OVERLAYS"][len(OVERLAY):], os.path.join(root, "data/catalogue.xsd")
        done = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", schema, copy],
                              capture_output=True, text=True)
        check(done.returncode == 0, "the schema refuses the additions: {}", done.stderr[:1000])
    return case


# --- no data in the sources ------------------------------------------------------------------------------------------

# (file, name): the check of 1.8 that is about that very thing, or the words of the model that the name is.
ALLOWED_NAMES = {
    ("engine/ptl-check-roles.c", "software-update-point"): "check sup-source, check wsus-ports",
    ("engine/ptl-check-roles.c", "upstream-wsus"): "check sup-source, check wsus-ports",
    ("engine/ptl-check-roles.c", "wsus-http-port"): "check wsus-ports",
    ("engine/ptl-check-roles.c", "wsus-https-port"): "check wsus-ports",
    ("engine/ptl-check-roles.c", "distribution-point"): "check pull-without-source, check link-role",
    ("engine/ptl-check-roles.c", "pull-source"): "check pull-without-source, check link-role",
    ("engine/ptl-check-roles.c", "cmg"): "check cmg-alone",
    ("engine/ptl-check-roles.c", "cmg-connection-point"): "check cmg-alone",
    ("engine/ptl-check-roles.c", "domain-controller"): "check windows-services-off",
    ("engine/ptl-check-roles.c", "windows-services"): "check windows-services-off",
    ("engine/ptl-check-sites.c", "site-server"): "check no-site-server",
    ("engine/ptl-check-sites.c", "sql-server"): "check no-sql-server",
    ("engine/ptl-check-sites.c", "management-point"): "check limit",
    ("engine/ptl-check-sites.c", "distribution-point"): "check limit",
    ("engine/ptl-match.c", "cmg"): "1.4: location cloud goes by the client's option `cmg`",
    ("engine/ptl-catalogue.c", "internet"): "no role: a kind of zone",
    ("app/ptl-item-words.c", "internet"): "no role: a kind of zone",
    ("app/ptl-field-catalogue.c", "internet"): "no role: a kind of zone",
    **{("plan/ptl-edit-add.c", role): "what stands on the server of a new site"
       for role in ("site-server", "sms-provider", "sql-server", "management-point", "distribution-point")},
    # What a check finds, its mend undoes.
    ("plan/ptl-mend-network.c", "client"): "mend unanswered-clients",
    ("plan/ptl-mend-network.c", "management-point"): "mend unanswered-clients",
    **{("plan/ptl-mend-roles.c", name): "mend wsus-ports"
       for name in ("software-update-point", "wsus-http-port", "wsus-https-port")},
    ("plan/ptl-mend-roles.c", "internet"): "no role: a value of an option, mend sup-source",
    ("plan/ptl-mend-roles.c", "distribution-point"): "mend pull-without-source, mend link-role",
    ("plan/ptl-mend-roles.c", "pull-source"): "mend pull-without-source, mend link-role",
    ("plan/ptl-mend-roles.c", "cmg"): "mend cmg-alone",
    ("plan/ptl-mend-roles.c", "cmg-connection-point"): "mend cmg-alone",
    ("plan/ptl-mend-roles.c", "site-server"): "mend cmg-alone: a connection point stands at its site",
    ("plan/ptl-mend-roles.c", "windows-services"): "mend windows-services-off",
    ("plan/ptl-mend-sites.c", "site-server"): "mend no-site-server",
    ("plan/ptl-mend-sites.c", "sql-server"): "mend no-sql-server",
    ("plan/ptl-mend-sites.c", "software-update-point"): "mend no-site: where a site's ports would change",
    ("plan/ptl-mend-sites.c", "upstream-wsus"): "mend no-site: where a site's ports would change",
    ("io/ptl-catalogue-file.c", "site-server"): "no role: the data file's attribute for the role that is one",
}

# (file, number): why a number that is also a port of the data stands there.
ALLOWED_NUMBERS = {
    ("engine/ptl-check-roles.c", "443"): "check wsus-ports: 80 goes with 443",
    ("engine/ptl-check-roles.c", "65535"): "check wsus-ports: the last port has no next one up",
    ("engine/ptl-catalogue.c", "65535"): "the last port there is",
    ("engine/ptl-catalogue.c", "49152"): "an example of a range in a message",
    ("cli/command-why.c", "65535"): "the last port there is",
    ("plan/ptl-mend-roles.c", "443"): "mend wsus-ports: 80 goes with 443",
    ("plan/ptl-mend-roles.c", "65535"): "mend wsus-ports: the last port has no next one up",
    ("io/ptl-plan-reader.c", "65535"): "as many ports there are: the longest value",
}

TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|'
                   r'\b(?:0[xX][0-9a-fA-F]+|[0-9]+)[uUlL]*\b|[A-Za-z_]\w*', re.DOTALL)


def sources(root):
    """(file, kind, text) of every string and number in the C sources; file relative to src."""
    for folder, _, names in sorted(os.walk(os.path.join(root, "src"))):
        for name in sorted(names):
            if not name.endswith((".c", ".h")):
                continue
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                text = re.sub(r'^\s*#\s*include[^\n]*', "", file.read(), flags=re.M)
            relative = os.path.relpath(path, os.path.join(root, "src"))
            for token in TOKEN.findall(text):
                if token[0] == '"':
                    yield relative, "string", token[1:-1]
                elif token[0].isdigit() and not token.startswith("0"):  # hexadecimal and octal numbers are no ports
                    yield relative, "number", token


def data_of(root):
    tree = ElementTree.parse(os.path.join(root, "data/catalogue.xml")).getroot()
    names = {element.get("name") for kind in ["role", "setting", "feature"] for element in tree.iter(CATALOGUE + kind)}
    names |= {element.get("id") for element in tree.iter(CATALOGUE + "rule")}
    names |= {element.get("kind") for element in tree.iter(CATALOGUE + "link")}
    spelled = [element.get("port") or "" for element in tree.iter(CATALOGUE + "service")]
    spelled += [element.get("default") for element in tree.iter(CATALOGUE + "setting")]
    numbers = {number for text in spelled for number in re.findall(r"[0-9]+", text) if len(number) > 2}
    return names, numbers


def names_in(text, names):
    """The names of the data in a string: the string itself, or a word of it that has a dash."""
    if re.fullmatch(r"\S*", text):
        return {text} & names
    return {word for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", text) if word in names}


def scan_names(root):
    def case(cli, env):
        names, _ = data_of(root)
        check(len(names) > 150, "only {} names in the data", len(names))
        found = {(file, name) for file, kind, text in sources(root) if kind == "string"
                 for name in names_in(text, names)}
        compare([f"{file}: {name}" for file, name in sorted(ALLOWED_NAMES)],
                [f"{file}: {name}" for file, name in sorted(found)])
    return case


def scan_numbers(root):
    def case(cli, env):
        _, numbers = data_of(root)
        check(len(numbers) > 30, "only {} ports in the data", len(numbers))
        found = set()
        for file, kind, text in sources(root):
            found |= {(file, value) for value in re.findall(r"[0-9]+", text) if value in numbers}
        compare([f"{file}: {number}" for file, number in sorted(ALLOWED_NUMBERS)],
                [f"{file}: {number}" for file, number in sorted(found)])
    return case


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    root, cli = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="portolan-") as folder:
        copy = os.path.join(folder, "catalogue.xml")
        with open(copy, "w", encoding="utf-8") as file:
            file.write(grown(os.path.join(root, "data/catalogue.xml")))
        env = {"G_RESOURCE_OVERLAYS": OVERLAY + copy}
        todo = {"additions/the schema takes them": is_valid(root), **flow_cases(), **sheet_cases(),
                "catalogue/lists the rules": catalogue_lists, "check/obeys": check_obeys, "why/explains": why_explains,
                "sources/no names of the data": scan_names(root), "sources/no ports of the data": scan_numbers(root)}
        failures = [*run_cases(cli, todo, env), *run_cases(cli, {"additions/unknown without them": unknown_without})]
    for name, message in failures:
        print(f"FAILED {name}: {message}")
    print(f"{len(todo) + 1 - len(failures)} passed, {len(failures)} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
