"""What the engine must compute, rule by rule: the data of test_rules.py.

Typed from the flow model (its sections are cited as 1.x) and the two source documents, never from the program's output
or from data/catalogue.xml. RULES is the table of 1.5: test_rules.py makes of each entry a plan where the rule applies
and neighbours with one thing changed. What is not about a single rule stands beside: flow_cases.py has scopes,
locations, settings, roles, links and routes, sheet_cases.py the consolidation.
"""

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

    services: `PROTOCOL PORTS NAME [words]` joined by `;`, ports a number, a range or a setting's name; the words are
    the features that the service needs, `http` (not with client-communication = https), `ssl` (not with wsus-ssl = no)
    and the service's own location. features: those of the whole rule. no: changes after which it asks for nothing.
    still: changes after which it asks for the same. but: changes after which it asks for these services. A change is
    `from X=Y` or `to X=Y` for an option, `from -X` or `to -X` for leaving it out.
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
         "udp 8004 WinPE peer cache broadcast; tcp 8003 WinPE peer cache download", features="pe-peer-cache",
         both=True),
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
