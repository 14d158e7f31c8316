#!/usr/bin/env python3
"""Compare the program's catalogue with an independent transcription of the two source documents.

Usage: test_documents.py CLI        (CLI is the path of portolan-cli)

transcription.csv, beside this file, was typed by hand from the vendor's article (V<line>) and the guide (G<line>),
without looking at the program's own data. This test runs `CLI catalogue` and compares in both directions:

  * every transcribed row is covered by a catalogue row that cites its line and agrees in roles, direction, protocol,
    ports and the name of the service;
  * every line a catalogue row cites is transcribed, and at least one row of that line agrees with it;
  * whatever differs on purpose stands below by name with its reason, and a name nothing needs any more is a failure.

In the transcription an empty role, direction or protocol means that the document prints none; `?` as a direction
means that the guide's arrow is an image that our copy lost; `80/8530` is a cell that prints alternatives; `dynamic`
is the RPC dynamic range. V542-548 print no port: theirs is the default that V529 gives for the whole list.

A row is named `V508 udp 49152-65535 distribution-point>client`: citation, protocol, ports, roles (`*`: not printed).
In the tables below a key is such a name, or a citation alone, which stands for every row of that line.
"""

import csv
import io
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TRANSCRIPTION = os.path.join(HERE, "transcription.csv")

TRANSCRIPTION_COLUMNS = ["document", "line", "from_role", "to_role", "direction", "protocol", "ports", "label", "note"]
CATALOGUE_COLUMNS = ["rule", "from_role", "to_role", "direction", "scope", "location", "feature", "condition", "phase",
                     "service", "protocol", "port_from", "port_to", "setting", "configurable", "documents", "lines",
                     "notes", "conflict"]

SITE_SYSTEMS = set("""
    site-server sms-provider sql-server management-point distribution-point software-update-point
    state-migration-point fallback-status-point reporting-services-point data-warehouse-service-point
    service-connection-point endpoint-protection-point cmg-connection-point certificate-registration-point
    enrollment-point enrollment-proxy-point asset-intelligence-synchronization-point exchange-connector
    """.split())
CLIENT_LIKE = {"client", "mac-computer", "mobile-device"}
ROLES = SITE_SYSTEMS | CLIENT_LIKE | set("""
    console admin-service-client
    domain-controller dhcp-server issuing-ca ndes wsus-database upstream-wsus content-library-share
    file-share exchange-server cmg cloud-distribution-point internet microsoft azure azure-logic-app exchange-online
    """.split())

# How many rows each section of the documents has: (first line, last line, title, rows), counted by hand.
SECTIONS = [
    ("V", 1, 30, "Introduction: the default client ports", 2),
    ("V", 31, 35, "Asset Intelligence synchronization point, Microsoft", 1),
    ("V", 36, 40, "Asset Intelligence synchronization point, SQL Server", 1),
    ("V", 41, 50, "Client, client", 5),
    ("V", 51, 56, "Client, NDES", 2),
    ("V", 57, 62, "Client, cloud distribution point", 1),
    ("V", 63, 68, "Client, CMG", 1),
    ("V", 69, 77, "Client, distribution point", 3),
    ("V", 78, 83, "Client, multicast distribution point", 2),
    ("V", 84, 93, "Client, PXE distribution point", 5),
    ("V", 94, 98, "Client, fallback status point", 1),
    ("V", 99, 104, "Client, global catalog", 1),
    ("V", 105, 111, "Client, management point", 3),
    ("V", 112, 117, "Client, software update point", 2),
    ("V", 118, 124, "Client, state migration point", 3),
    ("V", 125, 131, "CMG connection point, scale set", 2),
    ("V", 132, 139, "CMG connection point, classic service", 3),
    ("V", 140, 146, "CMG connection point, management point", 2),
    ("V", 147, 154, "CMG connection point, software update point", 2),
    ("V", 155, 160, "Console, client", 2),
    ("V", 161, 171, "Console, internet", 2),
    ("V", 172, 177, "Console, reporting services point", 2),
    ("V", 178, 182, "Console, site server", 1),
    ("V", 183, 189, "Console, SMS Provider", 4),
    ("V", 190, 191, "Administration service", 1),
    ("V", 192, 196, "NDES, certificate registration point", 1),
    ("V", 197, 201, "Data warehouse service point, SQL Server", 1),
    ("V", 202, 212, "Distribution point, management point", 2),
    ("V", 213, 217, "Endpoint Protection point, internet", 1),
    ("V", 218, 222, "Endpoint Protection point, SQL Server", 1),
    ("V", 223, 227, "Enrollment proxy point, enrollment point", 1),
    ("V", 228, 232, "Enrollment point, SQL Server", 1),
    ("V", 233, 237, "Exchange Server Connector, Exchange Online", 1),
    ("V", 238, 242, "Exchange Server Connector, Exchange Server", 1),
    ("V", 243, 247, "Mac computer, enrollment proxy point", 1),
    ("V", 248, 256, "Management point, domain controller", 7),
    ("V", 257, 263, "Management point, site server", 3),
    ("V", 264, 268, "Management point, SQL Server", 1),
    ("V", 269, 273, "Mobile device, enrollment proxy point", 1),
    ("V", 274, 280, "Pull distribution point, its source", 3),
    ("V", 281, 285, "Reporting services point, SQL Server", 1),
    ("V", 286, 291, "Service connection point, Azure", 1),
    ("V", 292, 297, "Service connection point, Azure Logic App", 1),
    ("V", 298, 302, "Service connection point, SQL Server", 1),
    ("V", 303, 309, "Site server, Asset Intelligence synchronization point", 4),
    ("V", 310, 314, "Site server, client", 1),
    ("V", 315, 320, "Site server, cloud distribution point", 1),
    ("V", 321, 327, "Site server, distribution point", 4),
    ("V", 328, 336, "Site server, domain controller", 7),
    ("V", 337, 343, "Site server, certificate registration point", 4),
    ("V", 344, 350, "Site server, CMG connection point", 4),
    ("V", 351, 357, "Site server, Endpoint Protection point", 4),
    ("V", 358, 364, "Site server, enrollment point", 4),
    ("V", 365, 371, "Site server, enrollment proxy point", 4),
    ("V", 372, 378, "Site server, fallback status point", 4),
    ("V", 379, 384, "Site server, internet", 2),
    ("V", 385, 391, "Site server, issuing CA", 3),
    ("V", 392, 397, "Site server, content library share", 1),
    ("V", 398, 404, "Site server, service connection point", 4),
    ("V", 405, 411, "Site server, reporting services point", 4),
    ("V", 412, 416, "Site server, site server", 1),
    ("V", 417, 421, "Site server, SQL Server", 1),
    ("V", 422, 427, "Site server, SQL Server, at installation", 4),
    ("V", 428, 432, "Site server, SQL Server for WSUS", 1),
    ("V", 433, 439, "Site server, SMS Provider", 4),
    ("V", 440, 448, "Site server, software update point", 6),
    ("V", 449, 454, "Site server, state migration point", 3),
    ("V", 455, 459, "SMS Provider, SQL Server", 1),
    ("V", 460, 464, "Software update point, internet", 1),
    ("V", 465, 470, "Software update point, upstream WSUS", 2),
    ("V", 471, 479, "SQL Server, SQL Server (and the Browser, not needed)", 3),
    ("V", 480, 484, "State migration point, SQL Server", 1),
    ("V", 485, 489, "Notes 1 and 2", 0),
    ("V", 490, 500, "Note 3: WSUS", 6),
    ("V", 501, 509, "Note 4: TFTP", 4),
    ("V", 510, 515, "Notes 5 and 6", 0),
    ("V", 516, 523, "Client to server shares", 1),
    ("V", 524, 529, "Connections to SQL Server: default ports", 3),
    ("V", 530, 540, "Connections to SQL Server: load-balanced", 4),
    ("V", 541, 553, "Connections to SQL Server: the roles", 7),
    ("V", 554, 562, "Discovery and publishing", 7),
    ("V", 563, 575, "Internet-based site systems, installation and repair", 16),
    ("V", 576, 590, "Installations on distribution points", 3),
    ("V", 591, 603, "Windows Server", 8),
    ("G", 1, 15, "Introduction", 0),
    ("G", 16, 37, "Clients", 28),
    ("G", 38, 45, "Client push", 6),
    ("G", 46, 67, "Site server", 55),
    ("G", 68, 74, "Management point", 10),
    ("G", 75, 80, "Software update point", 3),
    ("G", 81, 89, "Console", 11),
    ("G", 90, 96, "Service connection point", 3),
    ("G", 97, 104, "CMG connection point", 9),
    ("G", 105, 110, "Distribution point", 4),
    ("G", 111, 116, "Endpoint Protection", 2),
    ("G", 117, 125, "SQL Server", 5),
    ("G", 126, 136, "Discovery", 6),
]

# What the documents' labels are called in the field, as the catalogue names its services. A key with ports is for a
# label that means two things.
SERVICES = {
    "HTTP": "HTTP",
    "HTTPS": "HTTPS",
    "HTTPS (one VM)": "HTTPS",
    "HTTPS (1 VM)": "HTTPS",
    "HTTPS (two or more VMs)": "HTTPS",
    "HTTPS (2+ VMs)": "HTTPS",
    "HTTPS (fallback with one VM)": "HTTPS",
    "HTTPS fallback (1 VM)": "HTTPS",
    "HTTPS (fallback with two or more VMs)": "HTTPS",
    "HTTPS fallback (more than 1 VM)": "HTTPS",
    "HTTPS for CMG service deployment": "HTTPS",
    "HTTPS for external notification": "HTTPS",
    "TCP-TLS (preferred)": "CMG channel",
    "TCP-TLS": "CMG channel",
    "SMB": "SMB",
    "SQL over TCP": "SQL Server",
    "SQL Server service": "SQL Server",
    "SQL Server Service": "SQL Server",
    "SQL Server database engine": "SQL Server",
    "SQL Server database": "SQL Server",
    "SQL Server Service Broker": "SQL Server Service Broker",
    "SQL Service Broker": "SQL Server Service Broker",
    "RPC Endpoint Mapper": "RPC Endpoint Mapper",
    "RPC Endpoint mapper": "RPC Endpoint Mapper",
    "RPC endpoint mapper": "RPC Endpoint Mapper",
    "RPC Endpoint": "RPC Endpoint Mapper",
    "RPC EP Mapper": "RPC Endpoint Mapper",
    "RPC (initial connection to WMI)": "RPC Endpoint Mapper",
    ("RPC", "135"): "RPC Endpoint Mapper",
    "RPC": "RPC dynamic",
    "RPC (DCOM)": "RPC dynamic",
    "RPC dynamic": "RPC dynamic",
    "RPC Dynamic Ports": "RPC dynamic",
    "RPC Ephemeral": "RPC dynamic",
    "Ephemeral port": "RPC dynamic",
    "Dynamic": "RPC dynamic",
    "LDAP": "LDAP",
    "Secure LDAP": "LDAPS",
    "Global catalog LDAP": "Global catalog LDAP",
    "Global Catalog LDAP": "Global catalog LDAP",
    "GC LDAP": "Global catalog LDAP",
    "Client notification": "Client notification",
    "Client Notification": "Client notification",
    "Express updates": "Express updates",
    "Express Updates": "Express updates",
    "Wake On LAN": "Wake On LAN",
    "Wake on LAN": "Wake On LAN",
    "Wake-up proxy": "Wake-up proxy",
    "Wake-up-proxy": "Wake-up proxy",
    "ICMP echo request": "ICMP echo request",
    "Windows PE Peer cache broadcast": "WinPE peer cache broadcast",
    "Windows PE Peer cache download": "WinPE peer cache download",
    "DHCP": "DHCP",
    "TFTP": "TFTP",
    "TFTP transfer": "TFTP transfer",
    "TFTP transfers": "TFTP transfer",
    "BINL": "BINL",
    "DHCPv6": "DHCPv6",
    "DHCPv6 for PXE responder without WDS": "DHCPv6",
    "Multicast protocol": "Multicast",
    "Multicast Protocol": "Multicast",
    "Remote Control (control)": "Remote Control",
    "Remote Control": "Remote Control",
    "Remote Assistance (RDP and RTC)": "Remote Assistance",
    "Remote Assistance": "Remote Assistance",
    "Windows Remote Management over HTTP": "WinRM",
    "Windows Remote Management over HTTPS": "WinRM",
    "DNS": "DNS",
    "Kerberos authentication": "Kerberos",
    "NetBIOS Name Resolution": "NetBIOS name",
    "NetBIOS Datagram Service": "NetBIOS datagram",
    "NetBIOS Session Service": "NetBIOS session",
    "SQL Server Browser (not required)": "",
}

# The defaults of the settings: a catalogue row that names a setting shows its default.
DEFAULTS = {
    "client-http-port": "80", "client-https-port": "443", "client-notification-port": "10123",
    "express-updates-port": "8005", "wake-on-lan-port": "9", "wake-up-proxy-port": "25536",
    "wsus-http-port": "8530", "wsus-https-port": "8531", "sql-port": "1433", "sql-broker-port": "4022",
    "susdb-port": "1433", "reporting-http-port": "80", "reporting-https-port": "443",
    "certificate-registration-port": "443", "enrollment-port": "443", "rpc-dynamic": "49152-65535",
}

# A cell with alternatives means the default of its setting.
ALTERNATIVES = {"80/8530": "8530", "443/8531": "8531"}

# Rows whose protocol the document does not print, and how they are read.
PROTOCOL_NOT_PRINTED = {
    "V191": ("tcp", "the note names port 443 of HTTPS, which V189 has in the TCP column"),
    "G53 * 135 site-server>domain-controller": ("tcp", "the cell says `RPC 135`; V335 has it in the TCP column alone"),
}
for _line, _to in ((52, "distribution-point"), (53, "domain-controller"), (54, "cmg-connection-point"),
                   (55, "endpoint-protection-point"), (56, "fallback-status-point"), (58, "issuing-ca"),
                   (60, "service-connection-point"), (61, "reporting-services-point"), (65, "sms-provider"),
                   (66, "software-update-point")):
    PROTOCOL_NOT_PRINTED["G%d * dynamic site-server>%s" % (_line, _to)] = (
        "tcp", "the guide prints `RPC Dynamic`; every table of the vendor has it in the TCP column")
PROTOCOL_NOT_PRINTED["G73 * dynamic management-point>site-server"] = (
    "tcp", "the guide prints `RPC` and `Dynamic`; V262 has it in the TCP column")
PROTOCOL_NOT_PRINTED["G89 * dynamic console>sms-provider"] = (
    "tcp", "the guide prints `RPC Dynamic`; V188 has it in the TCP column")

# Rows that the catalogue deliberately reads otherwise than printed: {field: value}, reason.
READINGS = {
    "V55": ({"protocol": "tcp"}, "HTTP stands in the UDP column; HTTP is TCP, as G28 says"),
    "V509": ({"ports": "1-65535"}, "port 0, where the printed range starts, is no port"),
    "V508 udp 49152-65535 distribution-point>client": (
        {"ports": "1-65535"}, "the client's side takes the wider range that V509 gives for the boot itself"),
    "V561": ({"ports": "dynamic"}, "the range of older systems adds nothing: the setting rpc-dynamic covers it"),
    "G134 * 1024-5000 *>*": ({"ports": "dynamic"}, "as V561: the setting rpc-dynamic covers the older range"),
    "G33": ({"label": "HTTP"}, "port 80 is labelled HTTPS; V98 has it as HTTP"),
    "G86 tcp 80/8530 console>internet": ({"ports": "80"}, "8530 is a WSUS port and not the internet's; V165 has 80"),
    "G86 tcp 443/8531 console>internet": ({"ports": "443"}, "8531 is a WSUS port and not the internet's; V166 has 443"),
}

# Rows that repeat, in prose or in another list, the conversation of other rows. They are covered when they are cited
# themselves, or else by the catalogue rows that cite the line they repeat and agree with them.
RESTATEMENTS = {
    "V507": ("V89", "Note 4 explains the TFTP port of the PXE table"),
    "V508 udp 49152-65535 distribution-point>client": ("V509", "the boot itself may use any port, these included"),
    "V527": ("V477", "the default of the intersite service broker again"),
    "V528": ("V476", "the default of the intersite database engine again"),
    "V529": ("V421", "the default of the database engine inside a site again"),
    "V543": ("V232", "the list of roles that talk to the database names a role that has its own table"),
    "V544": ("V268", "the list of roles that talk to the database names a role that has its own table"),
    "V545": ("V421", "the list of roles that talk to the database names a role that has its own table"),
    "V546": ("V285", "the list of roles that talk to the database names a role that has its own table"),
    "V547": ("V459", "the list of roles that talk to the database names a role that has its own table"),
    "V548": ("V476", "the list of roles that talk to the database names a role that has its own table"),
    "V556": ("V332", "discovery is the site server's conversation with its domain controllers"),
    "V557": ("V333", "discovery is the site server's conversation with its domain controllers"),
    "V558": ("V334", "discovery is the site server's conversation with its domain controllers"),
    "V559": ("V335", "discovery is the site server's conversation with its domain controllers"),
    "V560": ("V336", "discovery is the site server's conversation with its domain controllers"),
    "V561": ("V336", "discovery is the site server's conversation with its domain controllers"),
    "V562": ("V336", "discovery is the site server's conversation with its domain controllers"),
    "V579": ("V571", "installations on distribution points use what their own installation uses"),
    "V581": ("V573", "installations on distribution points use what their own installation uses"),
    "G45": ("G35", "what a freshly pushed client says to its management point is the client's usual conversation"),
    "G130": ("G53", "discovery is the site server's conversation with its domain controllers"),
    "G131": ("G53", "discovery is the site server's conversation with its domain controllers"),
    "G132": ("G53", "discovery is the site server's conversation with its domain controllers"),
    "G133": ("G53", "discovery is the site server's conversation with its domain controllers"),
    "G134": ("G53", "discovery is the site server's conversation with its domain controllers"),
}

# Ports that the documents name without a conversation: no catalogue row may rest on them.
CONTEXT = {
    "V18": "the client's default ports in general, without saying which site system",
    "V479": "SQL Server Browser is named because it is not needed",
    "V491": "the default ports of WSUS in general",
    "V493": "a condition on the two ports of WSUS",
    "V494": "a condition on the two ports of WSUS, with an example",
}

# Rules whose role is not the one that the document names: {field: (as printed, in the rule)}, reason.
RULE_READINGS = {
    "sup-parent-sup": ({"to_role": ("upstream-wsus", "software-update-point")},
                       "a child site's update point has its parent's for an upstream server"),
}

# Rules whose source or destination no document names: the sources and the destination that were inferred, the services
# that go between each of them, the reason. Every other rule must rest on a line that names both sides.
INFERRED = {
    "windows-services": (SITE_SYSTEMS | CLIENT_LIKE | {"console"}, "domain-controller",
                         {"DNS udp 53", "DNS tcp 53", "Kerberos tcp 88", "NetBIOS name udp 137",
                          "NetBIOS datagram udp 138", "NetBIOS session tcp 139"},
                         "the table of Windows Server names neither side"),
    "windows-dhcp": (CLIENT_LIKE, "dhcp-server", {"DHCP udp 67", "DHCP udp 68"},
                     "the table of Windows Server names neither side"),
    "site-server-sql-lb": ({"site-server"}, "sql-server",
                           {"SQL Server tcp 1433", "SQL Server Service Broker tcp 4022", "SMB tcp 445",
                            "RPC Endpoint Mapper tcp 135"},
                           "the list of ports behind a load balancer does not name who connects"),
}

# Services of no document (`beyond`), each one-way: (rule, from role, to role, service, protocol, port): reason.
BEYOND = {
    ("scp-internet", "service-connection-point", "internet", "HTTPS", "tcp", "443"):
        "the product downloads its own updates",
    ("sup-internet", "software-update-point", "internet", "HTTPS", "tcp", "443"):
        "synchronising with Microsoft Update needs HTTPS too",
    ("sup-replica", "software-update-point", "software-update-point", "HTTP", "tcp", "8530"):
        "a second update point of a site synchronises with the first",
    ("sup-replica", "software-update-point", "software-update-point", "HTTPS", "tcp", "8531"):
        "a second update point of a site synchronises with the first",
    ("sup-susdb", "software-update-point", "wsus-database", "SQL Server", "tcp", "1433"):
        "WSUS may have its database on another server",
}

# Lines without Note 2 or 3 whose port takes a setting all the same.
SETTING_WITHOUT_NOTE = {
    "V144": "the ports are those of the management point's configuration (V146)",
    "V145": "the ports are those of the management point's configuration (V146)",
    "V152": "the ports are those of the update point's configuration (V149)",
    "V153": "the ports are those of the update point's configuration (V149)",
    "V535": "the prose before it allows custom SQL ports (V525)",
    "V536": "the prose before it allows custom SQL ports (V525)",
    "V542": "the prose before it allows custom SQL ports (V525)",
}

# Lines on which the documents contradict each other so that the engine had to choose: a catalogue row that cites one
# of them must say so in its `conflict`.
CONFLICTS = {
    "V55": "HTTP in the UDP column",
    "V98": "the guide labels the port HTTPS (G33)",
    "V165": "the guide prints 80 or 8530 (G86)",
    "V166": "the guide prints 443 or 8531 (G86)",
    "V256": "the guide has no RPC dynamic here (G72)",
    "V280": "the guide has no express updates here (G110)",
    "V409": "the note says that the role sends no status (V511), the heading is two-way",
    "V410": "the note says that the role sends no status (V511), the heading is two-way",
    "V411": "the note says that the role sends no status (V511), the heading is two-way",
}

# Notes that a catalogue row may carry although the cell prints none: they are about the whole conversation.
NOTES_BESIDE_THE_CELL = {"4", "5"}

DIRECTIONS = {"->": "one-way", "<->": "two-way"}


class Report:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, good, message):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print("FAIL: " + message)
        return good

    def end(self):
        print("%d passed, %d failed" % (self.passed, self.failed))
        return 1 if self.failed else 0


class Row:
    """One row of the transcription."""

    def __init__(self, fields):
        self.__dict__.update(fields)
        self.number = int(self.line)
        self.cite = {"vendor": "V", "guide": "G"}.get(self.document, "?") + self.line
        self.id = "%s %s %s %s>%s" % (self.cite, self.protocol or "*", self.ports or "-",
                                      self.from_role or "*", self.to_role or "*")

    def find(self, table):
        """The key of this row in one of the tables above, or None."""
        for key in (self.id, self.cite):
            if key in table:
                return key
        return None

    def as_printed(self):
        wanted = {"from_role": self.from_role, "to_role": self.to_role, "protocol": self.protocol,
                  "ports": self.ports, "label": self.label, "direction": DIRECTIONS.get(self.direction, "")}
        key = self.find(PROTOCOL_NOT_PRINTED)
        if key:
            wanted["protocol"] = PROTOCOL_NOT_PRINTED[key][0]
        return wanted

    def as_read(self):
        wanted = self.as_printed()
        key = self.find(READINGS)
        if key:
            wanted.update(READINGS[key][0])
        return wanted


def service_of(label, ports):
    return SERVICES.get((label, ports), SERVICES.get(label))


def ports_of(entry):
    """The ports of a catalogue row as text: `80`, `1-65535`, or nothing."""
    first, last = entry["port_from"], entry["port_to"]
    return first if first == last else "%s-%s" % (first, last)


def differences(wanted, entry, rule_readings=True):
    """What keeps a catalogue row from being the conversation `wanted`: sentences, none when they agree."""
    found = []
    reading = RULE_READINGS.get(entry["rule"], ({}, ""))[0] if rule_readings else {}
    for field in ("from_role", "to_role"):
        role = wanted[field]
        if field in reading and role == reading[field][0]:
            role = reading[field][1]
        if role and role != entry[field]:
            found.append("%s is %s, not %s" % (field, entry[field] or "empty", role))
    for field in ("direction", "protocol"):
        if wanted[field] and wanted[field] != entry[field]:
            found.append("%s is %s, not %s" % (field, entry[field] or "empty", wanted[field]))
    have, want = ports_of(entry), wanted["ports"]
    if want == "dynamic":
        if entry["setting"] != "rpc-dynamic":
            found.append("ports are %s (setting %s), not the setting rpc-dynamic" % (have, entry["setting"] or "none"))
    elif have != ALTERNATIVES.get(want, want):
        found.append("ports are %s, not %s" % (have or "empty", ALTERNATIVES.get(want, want) or "empty"))
    service = service_of(wanted["label"], want)
    if service != entry["service"]:
        found.append("service is %s, not %s" % (entry["service"], service))
    return found


def show(entry):
    return "%s (%s %s %s, %s %s %s, lines %s)" % (
        entry["rule"], entry["from_role"], {"one-way": "->", "two-way": "<->"}.get(entry["direction"], "?"),
        entry["to_role"], entry["service"], entry["protocol"], ports_of(entry), entry["lines"] or "none")


def nearest(wanted, entries):
    """The catalogue row that differs least, for a message."""
    best = min(entries, key=lambda e: len(differences(wanted, e)))
    return "the nearest is %s: %s" % (show(best), "; ".join(differences(wanted, best)))


def read_csv(text, columns, report, name):
    lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    if not report.check(lines and lines[0] == columns,
                        "%s: the header is %r, not %r" % (name, lines[0] if lines else None, columns)):
        return None
    good = []
    for number, line in enumerate(lines[1:], 2):
        if report.check(len(line) == len(columns),
                        "%s: record %d has %d fields, not %d" % (name, number, len(line), len(columns))):
            good.append(dict(zip(columns, line)))
    return good


def load_transcription(report):
    with open(TRANSCRIPTION, encoding="utf-8", newline="") as stream:
        fields = read_csv(stream.read(), TRANSCRIPTION_COLUMNS, report, "transcription.csv")
    return None if fields is None else [Row(f) for f in fields]


def check_transcription(rows, report):
    """The transcription in itself: its vocabulary, its order and the number of rows in each section."""
    seen = set()
    previous = (0, 0)
    for row in rows:
        order = ({"vendor": 0, "guide": 1}.get(row.document, 2), row.number)
        problems = []
        if order[0] == 2:
            problems.append("document is %r" % row.document)
        if order < previous:
            problems.append("it is out of order")
        if row.direction not in (("?", "") if row.document == "guide" else ("->", "<->", "")):
            problems.append("direction is %r" % row.direction)
        if row.protocol not in ("tcp", "udp", "icmp", ""):
            problems.append("protocol is %r" % row.protocol)
        if (row.protocol == "icmp") != (row.ports == ""):
            problems.append("ports are %r" % row.ports)
        for role in (row.from_role, row.to_role):
            if role and role not in ROLES:
                problems.append("role %r is unknown" % role)
        if service_of(row.label, row.ports) is None:
            problems.append("label %r has no entry in SERVICES" % row.label)
        if row.id in seen:
            problems.append("it is there twice")
        seen.add(row.id)
        previous = order
        report.check(not problems, "transcription %s: %s" % (row.id, ", ".join(problems)))

    counted = 0
    for prefix, first, last, title, number in SECTIONS:
        found = sum(1 for row in rows if row.cite[0] == prefix and first <= row.number <= last)
        counted += found
        report.check(found == number, "transcription %s%d-%d (%s): %d rows, the documents have %d"
                     % (prefix, first, last, title, found, number))
    report.check(counted == len(rows), "transcription: %d rows, %d of them in a section" % (len(rows), counted))


def check_tables(rows, report):
    """The tables of exceptions name rows that exist, and protocols that are missing indeed."""
    names = {row.id for row in rows} | {row.cite for row in rows}
    for title, table in (("PROTOCOL_NOT_PRINTED", PROTOCOL_NOT_PRINTED), ("READINGS", READINGS),
                         ("RESTATEMENTS", RESTATEMENTS), ("CONTEXT", CONTEXT),
                         ("SETTING_WITHOUT_NOTE", SETTING_WITHOUT_NOTE), ("CONFLICTS", CONFLICTS)):
        for key in table:
            report.check(key in names, "%s names %s, which is not transcribed" % (title, key))
    for row in rows:
        key = row.find(PROTOCOL_NOT_PRINTED)
        if key:
            report.check(not row.protocol, "PROTOCOL_NOT_PRINTED names %s, which prints %s" % (key, row.protocol))
    for key, (original, _) in RESTATEMENTS.items():
        report.check(original in names, "RESTATEMENTS: %s repeats %s, which is not transcribed" % (key, original))


def run_catalogue(cli, report):
    try:
        done = subprocess.run([cli, "catalogue"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    except (OSError, subprocess.TimeoutExpired) as error:
        report.check(False, "cannot run %s catalogue: %s" % (cli, error))
        return None
    said = done.stderr.decode("utf-8", "replace").strip()
    if not report.check(done.returncode == 0, "%s catalogue ended with status %d: %s" % (cli, done.returncode, said)):
        return None
    report.check(not said, "%s catalogue wrote to standard error: %s" % (cli, said))
    try:
        text = done.stdout.decode("utf-8")
        return read_csv(text, CATALOGUE_COLUMNS, report, "catalogue")
    except (UnicodeDecodeError, csv.Error) as error:
        report.check(False, "the catalogue is no UTF-8 CSV: %s" % error)
        return None


def check_coverage(rows, citing, report):
    """Every transcribed row has its catalogue row; whatever is read otherwise must need to be."""
    for row in rows:
        cited = citing.get(row.cite, [])
        if row.find(CONTEXT):
            report.check(not cited, "CONTEXT: %s is not a conversation (%s), but it is cited by %s"
                         % (row.cite, CONTEXT[row.find(CONTEXT)], ", ".join(map(show, cited))))
            continue

        wanted = row.as_read()
        repeats = row.find(RESTATEMENTS)
        elsewhere = citing.get(RESTATEMENTS[repeats][0], []) if repeats else []
        covered = any(not differences(wanted, e, False) for e in cited + elsewhere)
        message = "%s (%s) is missing in the catalogue: " % (row.id, row.label)
        if not covered:
            if cited or elsewhere:
                message += nearest(wanted, cited or elsewhere)
            else:
                message += "no row cites %s" % row.cite
                if repeats:
                    message += " or %s, which it repeats" % RESTATEMENTS[repeats][0]
        report.check(covered, message)

        key = row.find(READINGS)
        if key:
            as_printed = [e for e in cited + elsewhere if not differences(row.as_printed(), e)]
            report.check(not as_printed, "READINGS: %s is no longer needed (%s): as printed it is in the catalogue, %s"
                         % (key, READINGS[key][1], ", ".join(map(show, as_printed))))


def check_citations(entries, by_cite, report):
    """Every citation of the catalogue is transcribed and says what the catalogue says."""
    for entry in entries:
        cites = entry["lines"].split()
        for cite in cites:
            lines = by_cite.get(cite, [])
            if not report.check(lines, "%s cites %s, where the documents have no port" % (show(entry), cite)):
                continue
            if any(line.find(CONTEXT) for line in lines):
                continue        # check_coverage has said it
            all_differences = [(line, differences(line.as_read(), entry)) for line in lines]
            good = any(not found for _, found in all_differences)
            message = ""
            if not good:
                line, found = min(all_differences, key=lambda pair: len(pair[1]))
                message = "%s cites %s, which does not say so: beside `%s`, %s" % (
                    show(entry), cite, line.id, "; ".join(found))
            report.check(good, message)
        report.check(len(set(cites)) == len(cites), "%s cites a line twice" % show(entry))

        documents = {"V": "vendor", "G": "guide"}
        expected = [documents[p] for p in "VG" if any(c.startswith(p) for c in cites)] or ["beyond"]
        report.check(entry["documents"].split() == expected, "%s: documents is %r, its lines ask for %r"
                     % (show(entry), entry["documents"], " ".join(expected)))


def check_beyond(entries, report):
    found = set()
    for entry in entries:
        if not entry["lines"].split():
            key = (entry["rule"], entry["from_role"], entry["to_role"], entry["service"], entry["protocol"],
                   ports_of(entry))
            found.add(key)
            report.check(entry["direction"] == "one-way", "%s is beyond the documents and not one-way" % show(entry))
            report.check(key in BEYOND, "%s cites no line and is none of the services known to be beyond the documents"
                         % show(entry))
    for key, reason in BEYOND.items():
        report.check(key in found, "BEYOND: %s is not in the catalogue without lines, though %s"
                     % (" ".join(key), reason))


def check_inferred(entries, by_cite, report):
    """Only the inferred rules rest on lines that do not name both sides, and they hold what was inferred."""
    found = {}
    for entry in entries:
        lines = [line for cite in entry["lines"].split() for line in by_cite.get(cite, [])
                 if not differences(line.as_read(), entry)]
        if lines and not any(line.from_role and line.to_role for line in lines):
            found.setdefault(entry["rule"], set()).add((entry["from_role"], entry["to_role"], "%s %s %s" % (
                entry["service"], entry["protocol"], ports_of(entry))))
            report.check(entry["rule"] in INFERRED, "%s: no line that it cites names both its source and its "
                         "destination" % show(entry))
    for rule, (sources, destination, services, reason) in INFERRED.items():
        wanted = {(source, destination, service) for source in sources for service in services}
        have = found.get(rule, set())
        if report.check(have, "INFERRED: %s is no longer needed (%s)" % (rule, reason)):
            for missing in sorted(wanted - have):
                report.check(False, "%s has no %s -> %s, %s" % ((rule,) + missing))
            for extra in sorted(have - wanted):
                report.check(False, "%s has %s -> %s, %s, which nothing asks for" % ((rule,) + extra))
            report.passed += len(wanted & have)


def check_directions(entries, by_cite, report):
    """Two-way is what a heading of the vendor says: nothing else may be."""
    for entry in entries:
        if entry["direction"] == "two-way":
            report.check(any(line.direction == "<->" for cite in entry["lines"].split()
                             for line in by_cite.get(cite, [])),
                         "%s is two-way, but no line that it cites stands under a two-way heading" % show(entry))


def check_rule_readings(rows, citing, report):
    """A rule that reads a role otherwise has each row of the role that it reads, and needs the reading."""
    for rule, (reading, reason) in RULE_READINGS.items():
        for field, (printed, _) in reading.items():
            for row in rows:
                if getattr(row, field) != printed:
                    continue
                wanted = row.as_read()
                entries = [e for e in citing.get(row.cite, []) if e["rule"] == rule]
                report.check(any(not differences(wanted, e) for e in entries), "%s does not have %s (%s): %s" % (
                    rule, row.id, reason,
                    nearest(wanted, entries) if entries else "none of its rows cites %s" % row.cite))
                report.check(all(differences(wanted, e, False) for e in entries),
                             "RULE_READINGS: %s is no longer needed (%s)" % (rule, reason))


def check_notes_and_settings(entries, by_cite, report):
    """The notes of the cells, the settings of the ports that the notes call configurable, the defaults shown."""
    used = set()
    for entry in entries:
        cites = entry["lines"].split()
        lines = [line for cite in cites for line in by_cite.get(cite, [])
                 if not line.find(CONTEXT) and not differences(line.as_read(), entry)]
        printed = {line.note for line in lines if line.note.isdigit()}
        notes = set(entry["notes"].replace(",", " ").split())
        report.check(printed <= notes, "%s: notes is %r, but the cells print %s"
                     % (show(entry), entry["notes"], " ".join(sorted(printed))))
        report.check(notes <= printed | NOTES_BESIDE_THE_CELL, "%s: notes is %r, but the cells print %s"
                     % (show(entry), entry["notes"], " ".join(sorted(printed)) or "none"))

        setting = entry["setting"]
        report.check(entry["configurable"] in ("yes", "no"), "%s: configurable is %r, not yes or no"
                     % (show(entry), entry["configurable"]))
        if setting:
            report.check(DEFAULTS.get(setting) == ports_of(entry), "%s: setting %s has the default %s, the row shows %s"
                         % (show(entry), setting, DEFAULTS.get(setting, "(unknown setting)"), ports_of(entry)))
        if printed & {"2", "3"}:
            report.check(setting and entry["configurable"] == "yes",
                         "%s: the cell has Note %s, but setting is %r and configurable is %r"
                         % (show(entry), " ".join(sorted(printed)), setting, entry["configurable"]))
        elif setting and setting != "rpc-dynamic" and cites:
            excused = [cite for cite in cites if cite in SETTING_WITHOUT_NOTE]
            used.update(excused)
            report.check(excused, "%s: setting is %s, but no cell that it cites has Note 2 or 3"
                         % (show(entry), setting))
    for cite, reason in SETTING_WITHOUT_NOTE.items():
        report.check(cite in used, "SETTING_WITHOUT_NOTE: %s is no longer needed (%s)" % (cite, reason))


def check_conflicts(citing, report):
    for cite, reason in CONFLICTS.items():
        for entry in citing.get(cite, []):
            report.check(entry["conflict"].strip(), "%s: conflict is empty, though %s" % (show(entry), reason))


def check_catalogue(entries, report):
    """The catalogue in itself, as far as the documents' vocabulary goes."""
    seen = set()
    for entry in entries:
        key = tuple(entry[c] for c in ("rule", "from_role", "to_role", "service", "protocol", "port_from", "port_to",
                                       "location", "feature", "condition"))
        report.check(key not in seen, "%s is there twice" % show(entry))
        seen.add(key)
        report.check(entry["direction"] in ("one-way", "two-way"), "%s: direction is %r"
                     % (show(entry), entry["direction"]))
        for role in (entry["from_role"], entry["to_role"]):
            report.check(role in ROLES, "%s: role %r is unknown" % (show(entry), role))
        report.check(entry["protocol"] in ("tcp", "udp", "icmp"), "%s: protocol is %r"
                     % (show(entry), entry["protocol"]))
        if entry["protocol"] == "icmp":
            good = entry["port_from"] == "" and entry["port_to"] == ""
        else:
            good = (entry["port_from"].isdigit() and entry["port_to"].isdigit()
                    and 1 <= int(entry["port_from"]) <= int(entry["port_to"]) <= 65535)
        report.check(good, "%s: ports are %r to %r" % (show(entry), entry["port_from"], entry["port_to"]))
        report.check(not (good and entry["protocol"] == "udp" and entry["port_from"] == "1434"),
                     "%s: SQL Server Browser is not needed (V479)" % show(entry))


def main():
    if len(sys.argv) != 2:
        print("usage: test_documents.py CLI", file=sys.stderr)
        return 2
    report = Report()
    rows = load_transcription(report)
    if rows is not None:
        check_transcription(rows, report)
        check_tables(rows, report)
        entries = run_catalogue(sys.argv[1], report)
        if entries is not None and report.check(entries, "the catalogue is empty"):
            by_cite, citing = {}, {}
            for row in rows:
                by_cite.setdefault(row.cite, []).append(row)
            for entry in entries:
                for cite in entry["lines"].split():
                    citing.setdefault(cite, []).append(entry)
            check_catalogue(entries, report)
            check_coverage(rows, citing, report)
            check_citations(entries, by_cite, report)
            check_beyond(entries, report)
            check_inferred(entries, by_cite, report)
            check_directions(entries, by_cite, report)
            check_rule_readings(rows, citing, report)
            check_notes_and_settings(entries, by_cite, report)
            check_conflicts(citing, report)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
