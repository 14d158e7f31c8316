"""What the engine must compute, rule by rule and word by word: the data of test_rules.py.

Typed from the flow model (its sections are cited as 1.x) and the two source documents, never from the program's output
or from data/catalogue.xml. RULES is the table of 1.5: test_rules.py makes of each entry a plan where the rule applies and
neighbours with one thing changed. The lists behind it hold what is not about a single rule: FLOWS for scopes, locations,
settings, roles and links, ROUTES for 1.6, SHEETS for 1.7.
"""

from plans import F, L, N, S, Z, plan, world

# ---------------------------------------------------------------------------------------------------------------------
# 1.3: settings and features with their defaults

SETTINGS = {
    "client-http-port": "80", "client-https-port": "443", "client-notification-port": "10123",
    "express-updates-port": "8005", "wake-on-lan-port": "9", "wake-up-proxy-port": "25536", "wsus-http-port": "8530",
    "wsus-https-port": "8531", "sql-port": "1433", "sql-broker-port": "4022", "susdb-port": "1433",
    "reporting-http-port": "80", "reporting-https-port": "443", "certificate-registration-port": "443",
    "enrollment-port": "443", "rpc-dynamic": "49152-65535",
}
FEATURES = {
    "express-updates": True, "remote-control": True, "remote-assistance": True, "wake-on-lan": False,
    "wake-up-proxy": False, "pe-peer-cache": False, "client-push": False, "wsus-cleanup": False,
    "external-notifications": False, "windows-services": False, "tftp-transfer": False, "beyond-documents": True,
}

# ---------------------------------------------------------------------------------------------------------------------
# 1.4: which pairs a scope joins. Sites of `a` down, of `b` across: C the CAS, P and Q primaries below it, S a secondary
# below P, T a primary alone, - no site.

SITES = {"C": "C01", "P": "P01", "Q": "P02", "S": "S01", "T": "T01", "-": ""}
SCOPES = {
    "any": """
         C P Q S T -
       C x x x x x x
       P x x x x x x
       Q x x x x x x
       S x x x x x x
       T x x x x x x
       - x x x x x x """,
    "site": """
         C P Q S T -
       C x . . . . x
       P . x . . . x
       Q . . x . . x
       S . . . x . x
       T . . . . x x
       - x x x x x x """,
    "top": """
         C P Q S T -
       C x . . . . x
       P . . . . . .
       Q . . . . . .
       S . . . . . .
       T . . . . x x
       - x . . . x x """,
    "assigned": """
         C P Q S T -
       C x . . . . x
       P . x . . . x
       Q . . x . . x
       S . x . x . x
       T . . . . x x
       - x x x x x x """,
    "subtree": """
         C P Q S T -
       C x x x x . x
       P . x . x . x
       Q . . x . . x
       S . . . x . x
       T . . . . x x
       - x x x x x x """,
    "hierarchy": """
         C P Q S T -
       C x x x x . x
       P x x x x . x
       Q x x x x . x
       S x x x x . x
       T . . . . x x
       - x x x x x x """,
    "parent-child": """
         C P Q S T -
       C . x x . . .
       P x . . x . .
       Q x . . . . .
       S . x . . . .
       T . . . . . .
       - . . . . . . """,
    "to-parent": """
         C P Q S T -
       C . . . . . .
       P x . . . . .
       Q x . . . . .
       S . x . . . .
       T . . . . . .
       - . . . . . . """,
}
SCOPES["zone"] = SCOPES["site"]  # all of them in one zone; other zones are cases of their own
SCOPES["link"] = SCOPES["any"]  # all of them linked; what is not linked is a case of its own

# 1.4: where a client-like node stands, for each location; with the other side's internet-facing when it has the option.
ZONES = {"intranet": "corp", "perimeter": "dmz", "internet": "net", "cloud": "cld", "none": ""}
INSIDE = "intranet perimeter cloud none"
LOCATIONS = {
    "intranet": INSIDE,
    "any": INSIDE + " internet",
    "intranet no": INSIDE, "intranet yes": INSIDE, "intranet only": "",
    "any no": INSIDE, "any yes": INSIDE + " internet", "any only": "internet",
    "cloud auto": "internet", "cloud always": INSIDE + " internet", "cloud never": "",
}
INTERNET_FACING = ["management-point", "distribution-point", "software-update-point", "fallback-status-point",
                   "enrollment-proxy-point", "ndes"]

# 1.2
SITE_SYSTEMS = ["site-server", "sms-provider", "sql-server", "management-point", "distribution-point",
                "software-update-point", "state-migration-point", "fallback-status-point", "reporting-services-point",
                "data-warehouse-service-point", "service-connection-point", "endpoint-protection-point",
                "cmg-connection-point", "certificate-registration-point", "enrollment-point", "enrollment-proxy-point",
                "asset-intelligence-synchronization-point", "exchange-connector"]
CLIENT_LIKE = ["client", "mac-computer", "mobile-device"]
OTHER_ROLES = ["console", "admin-service-client", "domain-controller", "dhcp-server", "issuing-ca", "ndes",
               "wsus-database", "upstream-wsus", "content-library-share", "file-share", "exchange-server", "cmg",
               "cloud-distribution-point", "internet", "microsoft", "azure", "azure-logic-app", "exchange-online"]

# ---------------------------------------------------------------------------------------------------------------------
# 1.5: the rules


class Rule:
    """A row of 1.5: `a` holds the from role, `b` the to role.

    services: `PROTOCOL PORTS NAME [words]` joined by `;`, ports a number, a range or a setting's name; the words are the
    features that the service needs, `http` (not with client-communication = https), `ssl` (not with wsus-ssl = no) and
    the service's own location. features: those of the whole rule. no: changes after which the rule asks for nothing.
    still: changes after which it asks for the same. but: changes after which it asks for these services. A change is
    `from X=Y` or `to X=Y` for an option, `from -X` or `to -X` for leaving it out; several joined by `,`.
    both: `b` starts it too because the pair matches in both orders. label: when an id has more than one entry.
    """

    def __init__(self, id, start, end, scope, location, services, *, two_way=False, both=False, phase="operation",
                 features="", no=(), still=(), but={}, label=None):
        self.id, self.start, self.end, self.scope, self.location = id, start, end, scope, location
        self.services, self.two_way, self.both, self.phase = services, two_way, both, phase
        self.features, self.no, self.still, self.but = features.split(), no, still, but
        self.label = label or id


SQL = "tcp sql-port SQL Server"
SMB = "tcp 445 SMB"
MAPPER = "tcp 135 RPC Endpoint Mapper; udp 135 RPC Endpoint Mapper"
DYNAMIC = "tcp rpc-dynamic RPC dynamic"
STATUS = f"{SMB}; {MAPPER}; {DYNAMIC}"
WEB = "tcp client-http-port HTTP [http]; tcp client-https-port HTTPS"
WSUS = "tcp wsus-http-port HTTP; tcp wsus-https-port HTTPS [ssl]"
DIRECTORY = ("tcp 389 LDAP; udp 389 LDAP; tcp 636 LDAPS; udp 636 LDAPS; tcp 135 RPC Endpoint Mapper; "
             "tcp rpc-dynamic RPC dynamic")
GLOBAL = "tcp 3268 Global catalog LDAP"
PXE = "udp 67 DHCP; udp 68 DHCP; udp 69 TFTP; udp 4011 BINL"
WINDOWS = ("tcp 53 DNS; udp 53 DNS; tcp 88 Kerberos; udp 137 NetBIOS name; udp 138 NetBIOS datagram; "
           "tcp 139 NetBIOS session")
HTTPS = "tcp 443 HTTPS"
AI = "asset-intelligence-synchronization-point"
CRP = "certificate-registration-point"

RULES = [
    Rule("ai-microsoft", AI, "microsoft", "any", "", HTTPS),
    Rule("ai-sql", AI, "sql-server", "site", "", SQL),
    Rule("client-client-wol", "client", "client", "zone", "intranet", "udp wake-on-lan-port Wake On LAN",
         features="wake-on-lan", both=True),
    Rule("client-client-proxy", "client", "client", "zone", "intranet",
         "udp wake-up-proxy-port Wake-up proxy; icmp - ICMP echo request", features="wake-up-proxy", both=True),
    Rule("client-client-pe", "client", "client", "zone", "intranet",
         "udp 8004 WinPE peer cache broadcast; tcp 8003 WinPE peer cache download", features="pe-peer-cache", both=True),
    Rule("client-ndes", "client", "ndes", "assigned", "any", "tcp 80 HTTP; tcp 443 HTTPS"),
    Rule("client-cloud-dp", "client", "cloud-distribution-point", "hierarchy", "any", HTTPS),
    Rule("client-cmg", "client cmg=always", "cmg", "hierarchy", "cloud", HTTPS,
         no=["from cmg=never", "from cmg=auto", "from -cmg"]),
    Rule("client-dp", "client", "distribution-point", "assigned", "any",
         "tcp client-http-port HTTP [http intranet]; tcp client-https-port HTTPS; "
         "tcp express-updates-port Express updates [express-updates intranet]"),
    Rule("client-dp-multicast", "client", "distribution-point multicast=yes", "assigned", "intranet",
         f"{SMB}; udp 63000-64000 Multicast", no=["to multicast=no", "to -multicast"]),
    Rule("client-dp-pxe", "client", "distribution-point pxe=wds", "assigned", "intranet", PXE,
         no=["to pxe=no", "to -pxe"], but={"to pxe=responder": PXE + "; udp 547 DHCPv6"}),
    Rule("client-dp-tftp", "client", "distribution-point pxe=wds", "assigned", "intranet",
         "udp 49152-65535 TFTP transfer", features="tftp-transfer", no=["to pxe=no", "to -pxe"],
         still=["to pxe=responder"]),
    Rule("dp-client-tftp", "distribution-point pxe=responder", "client", "assigned", "intranet",
         "udp 1-65535 TFTP transfer", features="tftp-transfer",
         no=["from pxe=no", "from -pxe", "from internet-facing=only"],
         still=["from pxe=wds", "from internet-facing=yes", "from internet-facing=no"]),
    Rule("client-fsp", "client", "fallback-status-point", "assigned", "any", "tcp client-http-port HTTP"),
    Rule("client-gc", "client", "domain-controller", "assigned", "intranet", GLOBAL,
         no=["to global-catalog=no", "from workgroup=yes"], still=["to global-catalog=yes", "from workgroup=no"]),
    Rule("client-mp", "client", "management-point", "assigned", "any",
         "tcp client-notification-port Client notification [intranet]; tcp client-http-port HTTP [http intranet]; "
         "tcp client-https-port HTTPS"),
    Rule("client-sup", "client", "software-update-point", "assigned", "any", WSUS),
    Rule("client-smp", "client", "state-migration-point", "assigned", "intranet", f"{WEB}; {SMB}"),
    Rule("client-share", "client", "file-share", "assigned", "intranet", SMB),
    Rule("cmgcp-vmss", "cmg-connection-point", "cmg", "hierarchy", "", "tcp 10124-10139 HTTPS", no=["to kind=classic"],
         still=["to kind=vmss", "to instances=2", "to instances=3", "to instances=16"], but={"to instances=1": HTTPS}),
    Rule("cmgcp-classic", "cmg-connection-point", "cmg kind=classic", "hierarchy", "",
         "tcp 10140-10155 CMG channel; tcp 10124-10139 HTTPS", no=["to kind=vmss", "to -kind"],
         still=["to instances=2", "to instances=3", "to instances=16"],
         but={"to instances=1": f"tcp 10140-10155 CMG channel; {HTTPS}"}),
    Rule("cmgcp-mp", "cmg-connection-point", "management-point", "site", "", WEB),
    Rule("cmgcp-sup", "cmg-connection-point", "software-update-point", "site", "", WSUS),
    Rule("console-client", "console", "client", "subtree", "intranet",
         "tcp 2701 Remote Control [remote-control]; tcp 3389 Remote Assistance [remote-assistance]"),
    Rule("console-internet", "console", "internet", "any", "", "tcp 80 HTTP; tcp 443 HTTPS"),
    Rule("console-reporting", "console", "reporting-services-point", "site", "",
         "tcp reporting-http-port HTTP; tcp reporting-https-port HTTPS"),
    Rule("console-site-server", "console", "site-server", "site", "", "tcp 135 RPC Endpoint Mapper"),
    Rule("console-provider", "console", "sms-provider", "site", "", f"{MAPPER}; {DYNAMIC}; {HTTPS}"),
    Rule("admin-service", "admin-service-client", "sms-provider", "site", "", HTTPS),
    Rule("ndes-crp", "ndes", CRP, "site", "", "tcp certificate-registration-port HTTPS"),
    Rule("dw-sql", "data-warehouse-service-point", "sql-server", "site", "", SQL),
    Rule("dp-mp", "distribution-point", "management-point", "site", "", WEB),
    Rule("ep-internet", "endpoint-protection-point", "internet", "any", "", "tcp 80 HTTP"),
    Rule("ep-sql", "endpoint-protection-point", "sql-server", "site", "", SQL),
    Rule("enrollproxy-enroll", "enrollment-proxy-point", "enrollment-point", "site", "", "tcp enrollment-port HTTPS"),
    Rule("enroll-sql", "enrollment-point", "sql-server", "site", "", SQL),
    Rule("exchange-online", "exchange-connector", "exchange-online", "any", "", "tcp 5986 WinRM"),
    Rule("exchange-onprem", "exchange-connector", "exchange-server", "site", "", "tcp 5985 WinRM"),
    Rule("mac-enrollproxy", "mac-computer", "enrollment-proxy-point", "assigned", "any", HTTPS),
    Rule("mobile-enrollproxy", "mobile-device", "enrollment-proxy-point", "assigned", "any", HTTPS),
    Rule("mp-dc", "management-point", "domain-controller", "site", "", f"{DIRECTORY}; {GLOBAL}",
         still=["to global-catalog=yes"], but={"to global-catalog=no": DIRECTORY}),
    Rule("mp-site-server", "management-point", "site-server", "site", "",
         f"tcp 135 RPC Endpoint Mapper; {DYNAMIC}; {SMB}", two_way=True),
    Rule("mp-sql", "management-point", "sql-server", "site", "", SQL),
    Rule("pulldp-source", "distribution-point pull=yes", "distribution-point", "link", "",
         f"{WEB}; tcp express-updates-port Express updates [express-updates]", no=["from pull=no", "from -pull"],
         still=["to pull=yes"]),
    Rule("reporting-sql", "reporting-services-point", "sql-server", "site", "", SQL),
    Rule("scp-azure", "service-connection-point", "azure", "any", "", HTTPS),
    Rule("scp-logic-app", "service-connection-point", "azure-logic-app", "any", "", HTTPS,
         features="external-notifications"),
    Rule("scp-internet", "service-connection-point", "internet", "any", "", HTTPS, features="beyond-documents"),
    Rule("scp-sql", "service-connection-point", "sql-server", "site", "", SQL),
    Rule("site-server-ai", "site-server", AI, "site", "", STATUS, two_way=True),
    Rule("site-server-client-wol", "site-server", "client", "assigned", "intranet", "udp wake-on-lan-port Wake On LAN",
         features="wake-on-lan"),
    Rule("site-server-cloud-dp", "site-server", "cloud-distribution-point", "site", "", HTTPS),
    Rule("site-server-dp", "site-server", "distribution-point", "site", "", STATUS),
    Rule("site-server-dc", "site-server", "domain-controller", "site", "", f"{DIRECTORY}; {GLOBAL}",
         still=["to global-catalog=yes"], but={"to global-catalog=no": DIRECTORY}),
    Rule("site-server-crp", "site-server", CRP, "site", "", STATUS, two_way=True),
    Rule("site-server-cmgcp", "site-server", "cmg-connection-point", "site", "", STATUS, two_way=True),
    Rule("site-server-ep", "site-server", "endpoint-protection-point", "site", "", STATUS, two_way=True),
    Rule("site-server-enroll", "site-server", "enrollment-point", "site", "", STATUS, two_way=True),
    Rule("site-server-enrollproxy", "site-server", "enrollment-proxy-point", "site", "", STATUS, two_way=True),
    Rule("site-server-fsp", "site-server", "fallback-status-point", "site", "", STATUS, two_way=True),
    Rule("site-server-internet", "site-server", "internet", "any", "", "tcp 80 HTTP; tcp 443 HTTPS"),
    Rule("site-server-ca", "site-server", "issuing-ca", "top", "", f"{MAPPER}; {DYNAMIC}", two_way=True),
    Rule("site-server-library", "site-server", "content-library-share", "site", "", SMB),
    Rule("site-server-scp", "site-server", "service-connection-point", "site", "", STATUS, two_way=True),
    Rule("site-server-reporting", "site-server", "reporting-services-point", "site", "", STATUS, two_way=True),
    Rule("site-server-site-server", "site-server", "site-server", "parent-child", "", SMB, two_way=True),
    Rule("site-server-sql", "site-server", "sql-server", "site", "", SQL),
    Rule("site-server-sql-install", "site-server", "sql-server", "site", "", STATUS, phase="installation"),
    Rule("site-server-sql-lb", "site-server", "sql-server load-balanced=yes", "site", "",
         f"{SQL}; tcp sql-broker-port SQL Server Service Broker; {SMB}; tcp 135 RPC Endpoint Mapper",
         no=["to load-balanced=no", "to -load-balanced"]),
    Rule("site-server-susdb", "site-server", "wsus-database", "site", "", "tcp susdb-port SQL Server",
         features="wsus-cleanup"),
    Rule("site-server-provider", "site-server", "sms-provider", "site", "", STATUS),
    Rule("site-server-sup", "site-server", "software-update-point", "site", "", f"{STATUS}; {WSUS}", two_way=True),
    Rule("site-server-smp", "site-server", "state-migration-point", "site", "", f"{SMB}; {MAPPER}", two_way=True),
    Rule("provider-sql", "sms-provider", "sql-server", "site", "", SQL),
    Rule("sup-internet", "software-update-point", "internet", "top", "",
         "tcp 80 HTTP; tcp 443 HTTPS [beyond-documents]", no=["from sync-source=upstream", "from sync-source=replica"],
         still=["from sync-source=internet"]),
    Rule("sup-upstream", "software-update-point sync-source=upstream", "upstream-wsus", "top", "", WSUS,
         no=["from sync-source=internet", "from sync-source=replica", "from -sync-source"]),
    Rule("sup-parent-sup", "software-update-point", "software-update-point", "to-parent", "", WSUS,
         no=["from sync-source=replica", "to sync-source=replica"],
         still=["from sync-source=upstream", "to sync-source=upstream"]),
    Rule("sup-replica", "software-update-point sync-source=replica", "software-update-point", "site", "", WSUS,
         features="beyond-documents",
         no=["from sync-source=internet", "from sync-source=upstream", "from -sync-source", "to sync-source=replica"],
         still=["to sync-source=upstream"]),
    Rule("sup-susdb", "software-update-point", "wsus-database", "site", "", "tcp susdb-port SQL Server",
         features="beyond-documents"),
    Rule("sql-sql", "sql-server", "sql-server", "parent-child", "",
         f"{SQL}; tcp sql-broker-port SQL Server Service Broker", both=True),
    Rule("smp-sql", "state-migration-point", "sql-server", "site", "", SQL),
    Rule("crp-sql", CRP, "sql-server", "site", "", SQL),
    *[rule for name, role in [("mp", "management-point"), ("dp", "distribution-point"),
                              ("sup", "software-update-point"), ("fsp", "fallback-status-point")] for rule in [
        Rule(f"ibcm-install-{name}", "site-server", f"{role} internet-facing=yes", "site", "", f"{MAPPER}; {DYNAMIC}",
             phase="installation", no=["to internet-facing=no", "to -internet-facing"],
             still=["to internet-facing=only"]),
        Rule(f"ibcm-smb-{name}", "site-server", f"{role} internet-facing=yes", "site", "", SMB, two_way=True,
             phase="installation", no=["to internet-facing=no", "to -internet-facing"],
             still=["to internet-facing=only"])]],
    Rule("client-push", "site-server", "client", "assigned", "intranet", STATUS, phase="installation",
         features="client-push"),
    Rule("windows-services", "client", "domain-controller", "assigned", "intranet", WINDOWS,
         features="windows-services"),
    Rule("windows-services", "management-point", "domain-controller", "site", "", WINDOWS, features="windows-services",
         label="windows-services of a site system"),
    Rule("windows-services", "console", "domain-controller", "site", "", WINDOWS, features="windows-services",
         label="windows-services of a console"),
    Rule("windows-dhcp", "client", "dhcp-server", "assigned", "intranet", "udp 67 DHCP; udp 68 DHCP",
         features="windows-services"),
]

# ---------------------------------------------------------------------------------------------------------------------
# 1.3, 1.4: flows. (name, plan, rules to look at, rows `source destination protocol ports`, with the rule behind when
# more than one is looked at, and after it what else must be told apart)


def cycle(*sites):
    """Sites that are each other's parents: each names the next, the last the first."""
    return [S(code, "primary", sites[(i + 1) % len(sites)]) for i, code in enumerate(sites)]


ALL_ROLES = ", ".join(SITE_SYSTEMS + CLIENT_LIKE)
TWO_SERVERS = "site-server, software-update-point"

FLOWS = [
    ("scope/hierarchy in a cycle of two",
     plan(*cycle("X01", "Y01"), N("cx", "", "X01", "client cmg=always"), N("gx", "", "X01", "cmg"),
          N("cy", "", "Y01", "client cmg=always"), N("gy", "", "Y01", "cmg")),
     "client-cmg", "cx gx tcp 443; cy gy tcp 443"),
    ("scope/hierarchy in a cycle of three and below it",
     plan(*cycle("X01", "Y01", "Z01"), S("D01", "primary", "X01"), S("E01", "primary", "Y01"),
          *[N(f"c{s}", "", f"{s}01", "client cmg=always") for s in "XYZDE"],
          *[N(f"g{s}", "", f"{s}01", "cmg") for s in "XYZDE"]),
     "client-cmg", """cX gX tcp 443; cX gD tcp 443; cD gX tcp 443; cD gD tcp 443; cY gY tcp 443; cY gE tcp 443;
                      cE gY tcp 443; cE gE tcp 443; cZ gZ tcp 443"""),
    ("scope/hierarchy far below a cycle",
     plan(*cycle("X01", "Y01"), S("D01", "primary", "X01"), S("E01", "primary", "D01"),
          N("cE", "", "E01", "client cmg=always"), N("gX", "", "X01", "cmg"), N("gY", "", "Y01", "cmg"),
          N("gD", "", "D01", "cmg")),
     "client-cmg", "cE gX tcp 443; cE gD tcp 443"),
    ("scope/hierarchy with a site that is its own parent",
     plan(S("X01", "primary", "X01"), S("Y01", "secondary", "X01"), S("T01"), N("c", "", "Y01", "client cmg=always"),
          N("gX", "", "X01", "cmg"), N("gY", "", "Y01", "cmg"), N("gT", "", "T01", "cmg")),
     "client-cmg", "c gX tcp 443; c gY tcp 443"),
    ("scope/subtree in a cycle",
     plan(*cycle("X01", "Y01", "Z01"), N("k", "", "X01", "console"),
          *[N(f"c{s}", "", f"{s}01", "client") for s in "XYZ"], features="-remote-assistance"),
     "console-client", "k cX tcp 2701; k cY tcp 2701; k cZ tcp 2701"),
    ("scope/subtree below a cycle",
     plan(*cycle("X01", "Y01"), S("D01", "secondary", "X01"), N("k", "", "Y01", "console"), N("c", "", "D01", "client"),
          N("kD", "", "D01", "console"), N("cY", "", "Y01", "client"), features="-remote-assistance"),
     "console-client", "k c tcp 2701; k cY tcp 2701; kD c tcp 2701"),
    ("scope/top in a cycle and at a site that is its own parent",
     plan(*cycle("X01", "Y01"), S("Z01", "primary", "Z01"), S("T01"),
          *[N(f"s{s}", "", f"{s}01", "site-server") for s in "XYZT"], N("ca", "", "", "issuing-ca"),
          *[N(f"ca{s}", "", f"{s}01", "issuing-ca") for s in "XYZ"], set="rpc-dynamic=50000"),
     "site-server-ca", """sT ca tcp 135; sT ca udp 135; sT ca tcp 50000;
                          ca sT tcp 135; ca sT udp 135; ca sT tcp 50000"""),
    ("scope/parent-child and to-parent in a cycle of two",
     plan(*cycle("X01", "Y01"), N("a", "", "X01", TWO_SERVERS), N("b", "", "Y01", TWO_SERVERS), set="wsus-ssl=no"),
     "site-server-site-server sup-parent-sup",
     """a b tcp 445 site-server-site-server; b a tcp 445 site-server-site-server;
        a b tcp 8530 sup-parent-sup; b a tcp 8530 sup-parent-sup"""),
    ("scope/parent-child and to-parent of a site that is its own parent",
     plan(S("X01", "primary", "X01"), N("a", "", "X01", TWO_SERVERS), N("b", "", "X01", TWO_SERVERS),
          set="wsus-ssl=no"),
     "site-server-site-server sup-parent-sup",
     """a b tcp 445 site-server-site-server; b a tcp 445 site-server-site-server;
        a b tcp 8530 sup-parent-sup; b a tcp 8530 sup-parent-sup"""),
    ("scope/assigned reaches the parent of a secondary, not further, not of a primary",
     world(N("c", "corp", "S01", "client"), N("d", "corp", "P01", "client"),
           *[N(f"f{s}", "corp", f"{s}01", "fallback-status-point") for s in "CPST"]),
     "client-fsp", "c fS tcp 80; c fP tcp 80; d fP tcp 80"),
    ("scope/assigned towards the client",
     world(N("c", "corp", "S01", "client"), N("d", "corp", "P01", "client"),
           *[N(f"s{s}", "corp", f"{s}01", "site-server") for s in "CPST"], features="wake-on-lan"),
     "site-server-client-wol", "sS c udp 9; sP c udp 9; sP d udp 9"),
    ("scope/client-like is the rule's role, not another of the node",
     world(N("a", "corp", "S01", "distribution-point, client"), N("m", "corp", "P01", "management-point"),
           set="client-communication=https"),
     "dp-mp client-mp", "a m tcp 443 client-mp; a m tcp 10123 client-mp"),
    ("scope/site system and client of one node each in their own scope",
     world(N("a", "corp", "S01", "site-server, client"), N("b", "corp", "S01", "site-server"),
           N("dc", "corp", "P01", "domain-controller"), features="windows-services"),
     "windows-services", "a dc tcp 53; a dc udp 53; a dc tcp 88; a dc udp 137; a dc udp 138; a dc tcp 139"),
    ("scope/zone wants one zone",
     world(N("a", "corp", "P01", "client"), N("b", "corp", "P01", "client"), N("c", "dmz", "P01", "client"),
           N("d", "corp", "P02", "client"), N("e", "corp", "", "client"), features="wake-on-lan"),
     "client-client-wol", """a b udp 9; b a udp 9; a e udp 9; e a udp 9; b e udp 9; e b udp 9; d e udp 9;
                             e d udp 9"""),
    ("scope/no zone is not a zone",
     world(N("a", "", "P01", "client"), N("b", "", "P01", "client"), N("c", "corp", "P01", "client"),
           features="wake-on-lan"), "client-client-wol", ""),
    ("scope/link from one to the other, whatever site and zone",
     world(N("a", "corp", "P01", "distribution-point pull=yes"), N("b", "dmz", "T01", "distribution-point pull=yes"),
           N("c", "corp", "P01", "distribution-point"), N("d", "corp", "P01", "distribution-point pull=yes"),
           L("a", "b"), L("b", "c"), L("c", "a"), set="client-communication=https", features="-express-updates"),
     "pulldp-source", "a b tcp 443; b c tcp 443"),
    ("scope/link to several sources",
     world(N("a", "corp", "P01", "distribution-point pull=yes"), N("b", "", "", "distribution-point"),
           N("c", "corp", "P01", "distribution-point"), N("d", "corp", "P01", "distribution-point"),
           L("a", "b"), L("a", "c"), set="client-communication=https", features="-express-updates"),
     "pulldp-source", "a b tcp 443; a c tcp 443"),
    ("scope/link wants the roles at both ends",
     world(N("a", "corp", "P01", "distribution-point pull=yes"), N("b", "corp", "P01", "management-point"),
           N("c", "corp", "P01", "management-point"), L("a", "b"), L("c", "a")), "pulldp-source", ""),
    ("scope/never from a node to itself",
     world(N("a", "corp", "T01", ALL_ROLES + ", domain-controller, ndes, file-share, cmg, internet, console"),
           L("a", "a"), features="wake-on-lan wake-up-proxy client-push windows-services"), "*", ""),
    ("scope/never from a node to itself, with others like it",
     world(N("a", "corp", "P01", "client"), N("b", "corp", "P01", "client"), N("c", "corp", "P01", "client"),
           features="wake-on-lan"),
     "client-client-wol", "a b udp 9; a c udp 9; b a udp 9; b c udp 9; c a udp 9; c b udp 9"),

    ("location/internet-facing is the role's own option",
     world(N("c", "net", "P01", "client"),
           N("m", "dmz", "P01", "management-point internet-facing=yes, distribution-point, fallback-status-point"),
           N("n", "dmz", "P01", "management-point, distribution-point internet-facing=only")),
     "client-mp client-dp client-fsp", "c m tcp 443 client-mp; c n tcp 443 client-dp"),
    ("location/internet-facing = only answers nothing inside",
     world(N("c", "corp", "P01", "client"), N("m", "dmz", "P01", "management-point internet-facing=only"),
           N("d", "dmz", "P01", "distribution-point internet-facing=only multicast=yes pxe=wds")),
     "client-mp client-dp client-dp-multicast client-dp-pxe", ""),
    ("location/internet-facing = only does answer servers",
     world(N("d", "corp", "P01", "distribution-point"), N("m", "dmz", "P01", "management-point internet-facing=only")),
     "dp-mp", "d m tcp 80; d m tcp 443"),
    ("location/a service's own before the rule's",
     world(N("c", "net", "P01", "client"), N("d", "corp", "P01", "client"),
           N("m", "dmz", "P01", "management-point internet-facing=yes")),
     "client-mp", "c m tcp 443; d m tcp 80; d m tcp 443; d m tcp 10123"),
    ("location/binds client-like nodes alone",
     world(N("s", "net", "P01", "site-server"), N("m", "net", "P01", "management-point"),
           N("k", "net", "P01", "console"), N("c", "corp", "P01", "client"), features="-remote-assistance",
           set="rpc-dynamic=50000"),
     "mp-site-server console-client",
     """m s tcp 135 mp-site-server; m s tcp 445 mp-site-server; m s tcp 50000 mp-site-server;
        s m tcp 135 mp-site-server; s m tcp 445 mp-site-server; s m tcp 50000 mp-site-server;
        k c tcp 2701 console-client"""),
    ("location/windows-services binds client-like sources alone",
     world(N("dc", "corp", "P01", "domain-controller"), N("m", "net", "P01", "management-point"),
           N("k", "net", "P01", "console"), N("c", "net", "P01", "client"), N("d", "net", "P01", "mac-computer"),
           features="windows-services"),
     "windows-services", "; ".join(f"{node} dc {ports}" for node in "mk" for ports in
                                   ["tcp 53", "udp 53", "tcp 88", "udp 137", "udp 138", "tcp 139"])),
    ("location/cloud in a zone of kind internet, not cloud",
     world(N("a", "net", "P01", "client"), N("b", "cld", "P01", "client"), N("c", "", "P01", "client"),
           N("g", "cld", "P01", "cmg")), "client-cmg", "a g tcp 443"),

    ("roles/windows-services serves all site systems, consoles and client-like roles",
     plan(*[N(role, "", "", role) for role in SITE_SYSTEMS + CLIENT_LIKE + OTHER_ROLES], features="windows-services"),
     "windows-services", "; ".join(f"{role} domain-controller {ports}" for role in
                                   SITE_SYSTEMS + CLIENT_LIKE + ["console"] for ports in
                                   ["tcp 53", "udp 53", "tcp 88", "udp 137", "udp 138", "tcp 139"])),
    ("roles/windows-dhcp serves client-like roles",
     plan(*[N(role, "", "", role) for role in SITE_SYSTEMS + CLIENT_LIKE + OTHER_ROLES], features="windows-services"),
     "windows-dhcp", "; ".join(f"{role} dhcp-server udp {port}" for role in CLIENT_LIKE for port in [67, 68])),
    ("roles/union of a node's roles",
     world(N("a", "corp", "P01", "management-point, state-migration-point"), N("q", "corp", "P01", "sql-server")),
     "mp-sql smp-sql", "a q tcp 1433 mp-sql; a q tcp 1433 smp-sql"),
    ("roles/union on both sides",
     world(N("c", "corp", "P01", "client, console"), N("a", "corp", "P01", "fallback-status-point, file-share"),
           N("b", "corp", "P01", "client"), features="-remote-control"),
     "client-fsp client-share console-client",
     """c a tcp 80 client-fsp; c a tcp 445 client-share; b a tcp 80 client-fsp; b a tcp 445 client-share;
        c b tcp 3389 console-client"""),
    ("roles/the order in which a node names them is nothing",
     world(N("c", "corp", "P01", "client"), N("a", "corp", "P01", "management-point, fallback-status-point"),
           N("b", "corp", "P01", "fallback-status-point, management-point"), set="client-communication=https"),
     "client-mp client-fsp", """c a tcp 80 client-fsp; c a tcp 443 client-mp; c a tcp 10123 client-mp;
                                c b tcp 80 client-fsp; c b tcp 443 client-mp; c b tcp 10123 client-mp"""),
    ("roles/a flow that both directions ask for appears once",
     world(N("x", "corp", "P01", TWO_SERVERS), N("y", "corp", "P01", TWO_SERVERS),
           set="rpc-dynamic=50000, wsus-ssl=no"),
     "site-server-sup", "; ".join(f"{pair} {ports}" for pair in ["x y", "y x"] for ports in
                                  ["tcp 135", "udp 135", "tcp 445", "tcp 50000", "tcp 8530"])),
    ("roles/two directions with settings of their own",
     world(N("x", "corp", "P01", TWO_SERVERS, "wsus-http-port=1001, rpc-dynamic=2001"),
           N("y", "corp", "P01", TWO_SERVERS, "wsus-http-port=1002, rpc-dynamic=2002"), set="wsus-ssl=no"),
     "site-server-sup", "; ".join(f"{pair} {ports}" for pair, own in [("x y", 2002), ("y x", 2001)] for ports in
                                  ["tcp 135", "udp 135", "tcp 445", "tcp 1001", "tcp 1002", f"tcp {own}"])),
    ("roles/one port of two services is two flows",
     world(N("c", "corp", "P01", "client"), N("m", "corp", "P01", "management-point"),
           set="client-http-port=443, client-notification-port=443"),
     "client-mp", "c m tcp 443; c m tcp 443; c m tcp 443"),

    ("initiates/from the site system to the site server",
     world(N("m", "corp", "P01", "management-point", site_server_initiates="yes"), N("s", "corp", "P01", "site-server"),
           set="rpc-dynamic=50000"),
     "mp-site-server", "s m tcp 135; s m tcp 445; s m tcp 50000"),
    ("initiates/the mirror of a site server's rule",
     world(N("r", "corp", "P01", "state-migration-point", site_server_initiates="yes"),
           N("s", "corp", "P01", "site-server")),
     "site-server-smp", "s r tcp 135; s r udp 135; s r tcp 445"),
    ("initiates/site-server-initiates=no is the default",
     world(N("r", "corp", "P01", "state-migration-point", site_server_initiates="no"),
           N("s", "corp", "P01", "site-server")),
     "site-server-smp", "s r tcp 135; s r udp 135; s r tcp 445; r s tcp 135; r s udp 135; r s tcp 445"),
    ("initiates/ibcm-smb too",
     world(N("m", "corp", "P01", "management-point internet-facing=yes", site_server_initiates="yes"),
           N("f", "corp", "P01", "fallback-status-point internet-facing=yes"), N("s", "corp", "P01", "site-server")),
     "ibcm-smb-mp ibcm-smb-fsp", "s m tcp 445 ibcm-smb-mp; s f tcp 445 ibcm-smb-fsp; f s tcp 445 ibcm-smb-fsp"),
    ("initiates/an issuing CA is no site system",
     world(N("ca", "corp", "T01", "issuing-ca", site_server_initiates="yes"),
           N("s", "corp", "T01", "site-server", site_server_initiates="yes"), set="rpc-dynamic=50000"),
     "site-server-ca", "; ".join(f"{pair} {ports}" for pair in ["s ca", "ca s"] for ports in
                                 ["tcp 135", "udp 135", "tcp 50000"])),
    ("initiates/another site server is no site system",
     world(N("x", "corp", "C01", "site-server", site_server_initiates="yes"),
           N("y", "corp", "P01", "site-server", site_server_initiates="yes")),
     "site-server-site-server", "x y tcp 445; y x tcp 445"),
    ("initiates/of two site servers the site system's way only",
     world(N("x", "corp", "P01", TWO_SERVERS, "wsus-http-port=1001, rpc-dynamic=2001", site_server_initiates="yes"),
           N("y", "corp", "P01", TWO_SERVERS, "wsus-http-port=1002, rpc-dynamic=2002"), set="wsus-ssl=no"),
     "site-server-sup", """x y tcp 135; x y udp 135; x y tcp 445; x y tcp 2002; x y tcp 1002;
                           y x tcp 135; y x udp 135; y x tcp 445; y x tcp 2001; y x tcp 1001; y x tcp 1002"""),
    ("initiates/says nothing about other conversations",
     world(N("d", "corp", "P01", "distribution-point", site_server_initiates="yes"),
           N("m", "corp", "P01", "management-point", site_server_initiates="yes")),
     "dp-mp", "d m tcp 80; d m tcp 443"),

    ("settings/node before site before plan",
     plan(S("P01", set="client-http-port=82"), S("P02"), S("S01", "secondary", "P01"), N("c", "", "", "client"),
          N("f1", "", "P01", "fallback-status-point", "client-http-port=83"), N("f2", "", "P01", "fallback-status-point"),
          N("f3", "", "P02", "fallback-status-point"), N("f4", "", "", "fallback-status-point"),
          N("f5", "", "P02", "fallback-status-point", "client-http-port=84"), set="client-http-port=81"),
     "client-fsp", "c f1 tcp 83; c f2 tcp 82; c f3 tcp 81; c f4 tcp 81; c f5 tcp 84"),
    ("settings/the default last",
     plan(S("P01", set="client-http-port=82"), S("P02"), N("c", "", "", "client"),
          N("f1", "", "P01", "fallback-status-point"), N("f2", "", "P02", "fallback-status-point"),
          N("f3", "", "", "fallback-status-point"), N("f4", "", "P02", "fallback-status-point", "client-http-port=84")),
     "client-fsp", "c f1 tcp 82; c f2 tcp 80; c f3 tcp 80; c f4 tcp 84"),
    ("settings/a parent site's are not inherited",
     plan(S("P01", set="client-http-port=82"), S("S01", "secondary", "P01"), N("c", "", "", "client"),
          N("f1", "", "P01", "fallback-status-point"), N("f2", "", "S01", "fallback-status-point"),
          set="client-http-port=81"),
     "client-fsp", "c f1 tcp 82; c f2 tcp 81"),
    ("settings/one cascade for each setting",
     plan(S("P01", set="client-http-port=82"), N("c", "", "", "client"),
          N("m", "", "P01", "management-point", "client-https-port=83"), set="client-notification-port=84"),
     "client-mp", "c m tcp 82; c m tcp 83; c m tcp 84"),
    ("settings/white space around a value is nothing",
     plan(N("c", "", "", "client"), N("f", "", "", "fallback-status-point", "client-http-port= \n 8080\t")),
     "client-fsp", "c f tcp 8080"),
    ("settings/white space between ranges is one space",
     plan(N("s", "", "", "site-server"), N("p", "", "", "console"),
          N("q", "", "", "sms-provider", "rpc-dynamic= \n 5000-6000 \t 1024 \n ")),
     "console-provider", "p q tcp 135; p q udp 135; p q tcp 443; p q tcp 1024; p q tcp 5000-6000"),
    ("settings/rpc-dynamic is one flow a range, as written, neighbours not joined",
     plan(N("p", "", "", "console"), N("q", "", "", "sms-provider", "rpc-dynamic=49152-65535 1024-5000 5001 400-401")),
     "console-provider", """p q tcp 135; p q udp 135; p q tcp 443; p q tcp 1024-5000; p q tcp 49152-65535; p q tcp 5001;
                            p q tcp 400-401"""),
    ("settings/rpc-dynamic of the flow's own destination",
     plan(S("P01", set="rpc-dynamic=50000-50255"), N("m", "", "P01", "management-point", "rpc-dynamic=6001 6003"),
          N("s", "", "P01", "site-server")),
     "mp-site-server", """m s tcp 135; m s tcp 445; m s tcp 50000-50255;
                          s m tcp 135; s m tcp 445; s m tcp 6001; s m tcp 6003"""),
    ("settings/a port both ways from the to column",
     plan(N("u", "", "", "software-update-point", "wsus-http-port=8100, wsus-https-port=8101, rpc-dynamic=6001"),
          N("s", "", "", "site-server", "wsus-http-port=8200, wsus-https-port=8201, rpc-dynamic=6002")),
     "site-server-sup", "; ".join(f"{pair} {ports}" for pair, own in [("s u", 6001), ("u s", 6002)] for ports in
                                  ["tcp 135", "udp 135", "tcp 445", "tcp 8100", "tcp 8101", f"tcp {own}"])),
    ("settings/wsus-ssl both ways from the to column",
     plan(N("u", "", "", "software-update-point", "wsus-ssl=no, rpc-dynamic=6001"),
          N("s", "", "", "site-server", "rpc-dynamic=6001")),
     "site-server-sup", "; ".join(f"{pair} {ports}" for pair in ["s u", "u s"] for ports in
                                  ["tcp 135", "udp 135", "tcp 445", "tcp 8530", "tcp 6001"])),
    ("settings/a condition's setting follows the cascade",
     plan(S("P01", set="client-communication=https"), S("P02"), N("d", "", "", "distribution-point"),
          N("m1", "", "P01", "management-point"), N("m2", "", "P02", "management-point"),
          N("m3", "", "P01", "management-point", "client-communication=http-and-https")),
     "dp-mp", "d m1 tcp 443; d m2 tcp 80; d m2 tcp 443; d m3 tcp 80; d m3 tcp 443"),
    ("settings/a condition's setting of the plan",
     plan(S("P01", set="wsus-ssl=yes"), N("c", "", "", "client"), N("u1", "", "P01", "software-update-point"),
          N("u2", "", "", "software-update-point"), set="wsus-ssl=no"),
     "client-sup", "c u1 tcp 8530; c u1 tcp 8531; c u2 tcp 8530"),
]

# The order of the rows, all columns: source, destination, protocol, port_from (none first), port_to, rule, service.
ORDERED_FLOWS = (
    plan(Z("z"), N("a", "z", "", "client"), N("B", "z", "", "client, console"),
         N("m", "z", "", "management-point, distribution-point pxe=wds, file-share, state-migration-point, sms-provider",
           "rpc-dynamic=135-200"),
         set="client-http-port=9, client-notification-port=443", features="wake-up-proxy"),
    "\n".join(f"{nodes},{rest},operation,z,z," for nodes, rows in [
        ("B,a", ["icmp,,,ICMP echo request,client-client-proxy", "tcp,2701,2701,Remote Control,console-client",
                 "tcp,3389,3389,Remote Assistance,console-client", "udp,25536,25536,Wake-up proxy,client-client-proxy"]),
        ("B,m", ["tcp,9,9,HTTP,client-dp", "tcp,9,9,HTTP,client-mp", "tcp,9,9,HTTP,client-smp",
                 "tcp,135,135,RPC Endpoint Mapper,console-provider", "tcp,135,200,RPC dynamic,console-provider",
                 "tcp,443,443,HTTPS,client-dp", "tcp,443,443,Client notification,client-mp",
                 "tcp,443,443,HTTPS,client-mp", "tcp,443,443,HTTPS,client-smp", "tcp,443,443,HTTPS,console-provider",
                 "tcp,445,445,SMB,client-share", "tcp,445,445,SMB,client-smp",
                 "tcp,8005,8005,Express updates,client-dp", "udp,67,67,DHCP,client-dp-pxe",
                 "udp,68,68,DHCP,client-dp-pxe", "udp,69,69,TFTP,client-dp-pxe",
                 "udp,135,135,RPC Endpoint Mapper,console-provider", "udp,4011,4011,BINL,client-dp-pxe"]),
        ("a,B", ["icmp,,,ICMP echo request,client-client-proxy",
                 "udp,25536,25536,Wake-up proxy,client-client-proxy"]),
        ("a,m", ["tcp,9,9,HTTP,client-dp", "tcp,9,9,HTTP,client-mp", "tcp,9,9,HTTP,client-smp",
                 "tcp,443,443,HTTPS,client-dp", "tcp,443,443,Client notification,client-mp",
                 "tcp,443,443,HTTPS,client-mp", "tcp,443,443,HTTPS,client-smp", "tcp,445,445,SMB,client-share",
                 "tcp,445,445,SMB,client-smp", "tcp,8005,8005,Express updates,client-dp",
                 "udp,67,67,DHCP,client-dp-pxe", "udp,68,68,DHCP,client-dp-pxe", "udp,69,69,TFTP,client-dp-pxe",
                 "udp,4011,4011,BINL,client-dp-pxe"])] for rest in rows))

# --crossing leaves out what stays in a zone or has an end in none: rows `source destination firewalls`.
CROSSING = (
    plan(Z("z1"), Z("z2"), Z("z3"), F("fw", "z1 z2"), N("a", "z1", "", "client"), N("b", "z2", "", "client"),
         N("n", "", "", "client"), N("x", "z1", "", "fallback-status-point"), N("y", "", "", "fallback-status-point"),
         N("z", "z3", "", "fallback-status-point")),
    "a x; a y; a z !; b x fw; b y; b z !; n x; n y; n z", "a z !; b x fw; b z !")

# ---------------------------------------------------------------------------------------------------------------------
# 1.6: routes. (name, zones, firewalls `id: zones`, what the column says from one zone to another)

ROUTES = [
    ("one firewall", "A B", "f: A B", "A>B f; B>A f"),
    ("the way back is the same reversed", "A M B", "f1: A M; f2: M B", "A>B f1 f2; B>A f2 f1"),
    ("nothing inside a zone", "A B", "f: A B", "A>A ; A>B f"),
    ("fewest firewalls", "A M B", "f1: A M; f2: M B; z9: A B", "A>B z9; B>A z9"),
    ("fewest firewalls over a longer way with smaller ids", "A M N O B",
     "a1: A M; a2: M N; a3: N B; z1: A O; z2: O B", "A>B z1 z2; B>A z2 z1"),
    ("a firewall of many zones", "A B C D", "f: A B C D", "A>D f; B>C f; D>B f"),
    ("tie: the smaller firewall id", "A B", "f2: A B; f1: A B", "A>B f1; B>A f1"),
    ("tie: ids in byte order", "A B", "fa: A B; fB: A B", "A>B fB; B>A fB"),
    ("tie: ids are no numbers", "A B", "f9: A B; f10: A B", "A>B f10; B>A f10"),
    ("tie: a shorter id first", "A B", "f-1: A B; f: A B", "A>B f; B>A f"),
    ("tie: the first firewall before the second", "A M N Z", "f1: A M; g9: M Z; f2: A N; g1: N Z",
     "A>Z f1 g9; Z>A g9 f1"),
    ("tie: the next zone before the next firewall", "A M N Z", "f: A M N; g2: M Z; g1: N Z", "A>Z f g2; Z>A g2 f"),
    ("tie: the next zone in byte order", "A m N Z", "f: A m N; g1: m Z; g2: N Z", "A>Z f g2; Z>A g2 f"),
    ("tie: the second firewall when all before is the same", "A M Z", "f: A M; g2: M Z; g1: M Z",
     "A>Z f g1; Z>A g1 f"),
    ("tie: read from the end with the smaller zone id", "B M N A", "f1: B M; g9: M A; f2: B N; g1: N A",
     "B>A f2 g1; A>B g1 f2"),
    ("tie: the smaller zone id in byte order", "b M N Z", "f2: b M; g1: M Z; f1: b N; g9: N Z", "Z>b g1 f2; b>Z f2 g1"),
    ("tie: on the third step", "A M N O P Z", "f: A M; g: M N; h9: N O; h1: N P; i1: O Z; i9: P Z",
     "A>Z f g h1 i9; Z>A i9 h1 g f"),
    ("tie: the smallest zone must lead on", "A L M Z", "f: A L M; g: M Z", "A>Z f g; Z>A g f"),
    ("tie: the smallest firewall must lead on", "A L M Z", "e: A L; f: A M; g: M Z", "A>Z f g; Z>A g f"),
    ("the internet is avoided", "A I:internet M N B", "f1: A I; f2: I B; g1: A M; g2: M N; g3: N B",
     "A>B g1 g2 g3; B>A g3 g2 g1"),
    ("the internet for want of another way", "A I:internet B", "f1: A I; f2: I B", "A>B f1 f2; B>A f2 f1"),
    ("the internet as an end", "A I:internet M", "f1: A M; f2: M I; g: A I", "A>I g; I>A g; M>I f2; A>M f1"),
    ("the internet as an end is no way through for others", "A I:internet M B", "f1: A I; f2: I B; g1: A M; g2: M B",
     "A>B g1 g2; A>I f1; I>B f2; I>M f1 g1"),
    ("another internet between", "A I:internet J:internet M", "f1: A I; f2: I J; g1: A M; g2: M J",
     "A>J g1 g2; J>A g2 g1; A>I f1; J>I f2"),
    ("a firewall that also touches the internet is no way through it", "A I:internet B M",
     "f: A I B; g1: A M; g2: M B", "A>B f; B>A f"),
    ("perimeter and cloud are ways through", "A M:perimeter N:cloud B O P", "f1: A M; f2: M N; f3: N B",
     "A>B f1 f2 f3; B>A f3 f2 f1"),
    ("a tie over the internet is decided like any other", "A I:internet J:internet B",
     "f2: A I; f1: A J; g1: I B; g2: J B", "A>B f1 g2; B>A g2 f1"),
    ("one pair over the internet, the others without", "A I:internet B M", "f1: A I; f2: I B; g: A M",
     "A>B f1 f2; M>A g; M>B g f1 f2; B>M f2 f1 g"),
    ("no way", "A B C D", "f: A B; g: C D", "A>B f; A>C !; C>A !; D>C g"),
    ("zones that no firewall touches", "A B C", "f: A B", "A>C !; C>B !; B>A f"),
    ("an unmanaged crossing is a way", "A M B", "f1!: A M; f2: M B", "A>B f1 f2; B>A f2 f1"),
    ("an unmanaged crossing is no worse", "A B", "f1!: A B; f2: A B", "A>B f1"),
    ("without a firewall there is one for each pair", "A B c", "", "A>B A~B; B>A A~B; A>c A~c; c>B B~c"),
    ("an implied firewall's ids in byte order", "a B", "", "a>B B~a; B>a B~a"),
    ("nothing is implied when there is a firewall", "A B C", "f: A B", "A>B f; A>C !"),
    ("an implied way over the internet", "A I:internet", "", "A>I A~I; I>A A~I"),
]

# ---------------------------------------------------------------------------------------------------------------------
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
    return [N(f"{prefix}{i:03}", zone, "", role, name=long_name(prefix, i, sizes[top - i], fill) if sizes else f"n{999 - i}{prefix}",
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
          N("y", "dmz", "P01", FSP, "sql-port=1500")), "", {"fw": f"{OUT} tcp: a b c > x y : 80 : client-fsp"}),
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
     plan(*TWO, N("p", "corp", "", "console"), N("q", "dmz", "", "sms-provider", "rpc-dynamic=65535 1 60000-65534")), "",
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
     plan(Z("b"), Z("A"), Z("c"), N("k", "b", "", "client"), N("x", "A", "", FSP), N("y", "c", "", "exchange-server")), "",
     {"A~b": "b A operation tcp: k > x : 80 : client-fsp"}),
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
     plan(*TWO, *clients(2), N("u", "dmz", "", "software-update-point", "wsus-https-port=9000"), N("x", "dmz", "", FSP)),
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
