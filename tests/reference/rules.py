"""The port data of the reference, typed by hand from spec 1.2, 1.3, 1.5 and the two documents.

This table is deliberately independent of data/catalogue.xml: nothing here is derived from it, and nothing reads it.
V123 is line 123 of the vendor's document, G45 line 45 of the guide.
"""

from typing import NamedTuple, Optional

# --- 1.2 Roles ------------------------------------------------------------------------------------------------------

SITE_SYSTEMS = (
    "site-server", "sms-provider", "sql-server", "management-point", "distribution-point", "software-update-point",
    "state-migration-point", "fallback-status-point", "reporting-services-point", "data-warehouse-service-point",
    "service-connection-point", "endpoint-protection-point", "cmg-connection-point", "certificate-registration-point",
    "enrollment-point", "enrollment-proxy-point", "asset-intelligence-synchronization-point", "exchange-connector",
)
CLIENT_LIKE = ("client", "mac-computer", "mobile-device")
TOOLS = ("console", "admin-service-client")
INFRASTRUCTURE = (
    "domain-controller", "dhcp-server", "issuing-ca", "ndes", "wsus-database", "upstream-wsus",
    "content-library-share", "file-share", "exchange-server",
)
CLOUD = ("cmg", "cloud-distribution-point", "internet", "microsoft", "azure", "azure-logic-app", "exchange-online")
ROLES = SITE_SYSTEMS + CLIENT_LIKE + TOOLS + INFRASTRUCTURE + CLOUD

YES_NO = ("yes", "no")
FACING = ("no", "yes", "only")
INSTANCES = tuple(str(number) for number in range(1, 17))

# role -> option -> (its values, its default), in the order of table 1.2
OPTIONS = {
    "management-point": {"internet-facing": (FACING, "no")},
    "distribution-point": {
        "internet-facing": (FACING, "no"),
        "pull": (YES_NO, "no"),
        "multicast": (YES_NO, "no"),
        "pxe": (("no", "wds", "responder"), "no"),
    },
    "software-update-point": {
        "internet-facing": (FACING, "no"),
        "sync-source": (("internet", "upstream", "replica"), "internet"),
    },
    "fallback-status-point": {"internet-facing": (FACING, "no")},
    "enrollment-proxy-point": {"internet-facing": (FACING, "no")},
    "ndes": {"internet-facing": (FACING, "no")},
    "sql-server": {"load-balanced": (YES_NO, "no")},
    "cmg": {"kind": (("vmss", "classic"), "vmss"), "instances": (INSTANCES, "2")},
    "client": {"cmg": (("auto", "always", "never"), "auto"), "workgroup": (YES_NO, "no")},
    "domain-controller": {"global-catalog": (YES_NO, "yes")},
}

# --- 1.3 Settings and features --------------------------------------------------------------------------------------

PORT_SETTINGS = {
    "client-http-port": "80",
    "client-https-port": "443",
    "client-notification-port": "10123",
    "express-updates-port": "8005",
    "wake-on-lan-port": "9",
    "wake-up-proxy-port": "25536",
    "wsus-http-port": "8530",
    "wsus-https-port": "8531",
    "sql-port": "1433",
    "sql-broker-port": "4022",
    "susdb-port": "1433",
    "reporting-http-port": "80",
    "reporting-https-port": "443",
    "certificate-registration-port": "443",
    "enrollment-port": "443",
    "rpc-dynamic": "49152-65535",
}
CONDITION_SETTINGS = {"wsus-ssl": "yes", "client-communication": "http-and-https"}
SETTINGS = {**PORT_SETTINGS, **CONDITION_SETTINGS}  # name -> default
SETTING_VALUES = {"wsus-ssl": YES_NO, "client-communication": ("http-and-https", "https")}

FEATURES = {  # name -> default
    "express-updates": "on",
    "remote-control": "on",
    "remote-assistance": "on",
    "wake-on-lan": "off",
    "wake-up-proxy": "off",
    "pe-peer-cache": "off",
    "client-push": "off",
    "wsus-cleanup": "off",
    "external-notifications": "off",
    "windows-services": "off",
    "tftp-transfer": "off",
    "beyond-documents": "on",
}

# --- 1.5 The shape of a rule ----------------------------------------------------------------------------------------


class Condition(NamedTuple):
    """Holds when the named value is one of `values`."""

    where: str  # "from", "to": an option of the rule's role on that side; "setting": of the to node; "feature"
    name: str
    values: tuple


class Service(NamedTuple):
    name: str
    protocol: str  # tcp, udp, icmp
    ports: Optional[tuple]  # (from, to), fixed; None for icmp and where a setting gives them
    setting: Optional[str]
    location: Optional[str]  # overrides the rule's (1.4)
    conditions: tuple


class Rule(NamedTuple):
    id: str
    from_roles: tuple
    to_role: str
    scope: str
    location: Optional[str]
    conditions: tuple
    phase: str
    two_way: bool
    link: Optional[str]
    services: tuple
    source: str


def option(side, name, *values):
    return Condition(side, name, values)


def setting(name, *values):
    return Condition("setting", name, values)


def feature(name):
    return Condition("feature", name, ("on",))


def tcp(name, low, high=None, *conditions, location=None):
    return Service(name, "tcp", (low, high or low), None, location, conditions)


def udp(name, low, high=None, *conditions, location=None):
    return Service(name, "udp", (low, high or low), None, location, conditions)


def tcp_of(name, setting_name, *conditions, location=None):
    return Service(name, "tcp", None, setting_name, location, conditions)


def udp_of(name, setting_name, *conditions, location=None):
    return Service(name, "udp", None, setting_name, location, conditions)


HTTP_ALLOWED = setting("client-communication", "http-and-https")  # `http` in the table of 1.5
WSUS_SSL = setting("wsus-ssl", "yes")
GLOBAL_CATALOG = option("to", "global-catalog", "yes")
FACES_INTERNET = option("to", "internet-facing", "yes", "only")  # internet-facing is not "no"
BEYOND = feature("beyond-documents")  # 1.3: off, it removes what neither document lists
ONE_VM = option("to", "instances", "1")
MORE_VMS = option("to", "instances", *INSTANCES[1:])
PXE = option("to", "pxe", "wds", "responder")  # pxe is not "no"

HTTPS_443 = tcp("HTTPS", 443)
HTTP_80 = tcp("HTTP", 80)
SMB = tcp("SMB", 445)
MAPPER_TCP = tcp("RPC Endpoint Mapper", 135)
MAPPER_UDP = udp("RPC Endpoint Mapper", 135)
RPC_DYNAMIC = tcp_of("RPC dynamic", "rpc-dynamic")
SQL = tcp_of("SQL Server", "sql-port")
BROKER = tcp_of("SQL Server Service Broker", "sql-broker-port")
SUSDB = tcp_of("SQL Server", "susdb-port")
CLIENT_HTTP = tcp_of("HTTP", "client-http-port", HTTP_ALLOWED)
CLIENT_HTTPS = tcp_of("HTTPS", "client-https-port")
EXPRESS = tcp_of("Express updates", "express-updates-port", feature("express-updates"))
WSUS = (tcp_of("HTTP", "wsus-http-port"), tcp_of("HTTPS", "wsus-https-port", WSUS_SSL))  # V496: HTTP always
SMB_AND_RPC = (SMB, MAPPER_TCP, MAPPER_UDP, RPC_DYNAMIC)  # the table of most "Site server <-->" headings
LDAP_TO_RPC = (
    tcp("LDAP", 389), udp("LDAP", 389), tcp("LDAPS", 636), udp("LDAPS", 636),
    tcp("Global catalog LDAP", 3268, 3268, GLOBAL_CATALOG), MAPPER_TCP, RPC_DYNAMIC,
)

RULES = []


def rule(name, from_role, to_role, scope, services, source, *conditions,
         location=None, two_way=False, phase="operation", link=None):
    from_roles = from_role if isinstance(from_role, tuple) else (from_role,)
    RULES.append(Rule(name, from_roles, to_role, scope, location, conditions, phase, two_way, link,
                      tuple(services), source))


# --- 1.5 The catalogue, row by row in the order of the table --------------------------------------------------------

AI = "asset-intelligence-synchronization-point"
DP, MP, SUP, SS = "distribution-point", "management-point", "software-update-point", "site-server"

rule("ai-microsoft", AI, "microsoft", "any", [HTTPS_443], "V35")
rule("ai-sql", AI, "sql-server", "site", [SQL], "V40")
rule("client-client-wol", "client", "client", "zone", [udp_of("Wake On LAN", "wake-on-lan-port")], "V46 G24",
     feature("wake-on-lan"), location="intranet")
rule("client-client-proxy", "client", "client", "zone",
     [udp_of("Wake-up proxy", "wake-up-proxy-port"), Service("ICMP echo request", "icmp", None, None, None, ())],
     "V43 V47 G23", feature("wake-up-proxy"), location="intranet")
rule("client-client-pe", "client", "client", "zone",
     [udp("WinPE peer cache broadcast", 8004), tcp("WinPE peer cache download", 8003)], "V48 V49 G25 G26",
     feature("pe-peer-cache"), location="intranet")
rule("client-ndes", "client", "ndes", "assigned", [HTTP_80, HTTPS_443], "V55 V56 G28", location="any")
rule("client-cloud-dp", "client", "cloud-distribution-point", "hierarchy", [HTTPS_443], "V61 G27", location="any")
rule("client-cmg", "client", "cmg", "hierarchy", [HTTPS_443], "V67 G29", location="cloud")
rule("client-dp", "client", DP, "assigned",
     [CLIENT_HTTP._replace(location="intranet"), CLIENT_HTTPS, EXPRESS._replace(location="intranet")],
     "V73-75 G30", location="any")
rule("client-dp-multicast", "client", DP, "assigned", [SMB, udp("Multicast", 63000, 64000)], "V82 V83 G31",
     option("to", "multicast", "yes"), location="intranet")
rule("client-dp-pxe", "client", DP, "assigned",
     [udp("DHCP", 67), udp("DHCP", 68), udp("TFTP", 69), udp("BINL", 4011),
      udp("DHCPv6", 547, 547, option("to", "pxe", "responder"))], "V88-91 G32", PXE, location="intranet")
rule("client-dp-tftp", "client", DP, "assigned", [udp("TFTP transfer", 49152, 65535)], "V508",
     PXE, feature("tftp-transfer"), location="intranet")
rule("dp-client-tftp", DP, "client", "assigned", [udp("TFTP transfer", 1, 65535)], "V509",
     option("from", "pxe", "wds", "responder"), feature("tftp-transfer"),
     option("from", "internet-facing", "no", "yes"), location="intranet")
rule("client-fsp", "client", "fallback-status-point", "assigned", [tcp_of("HTTP", "client-http-port")], "V98 G33",
     location="any")
rule("client-gc", "client", "domain-controller", "assigned", [tcp("Global catalog LDAP", 3268)], "V101 V104 G34",
     GLOBAL_CATALOG, option("from", "workgroup", "no"), location="intranet")
rule("client-mp", "client", MP, "assigned",
     [tcp_of("Client notification", "client-notification-port", location="intranet"),
      CLIENT_HTTP._replace(location="intranet"), CLIENT_HTTPS], "V109-111 G35 G45", location="any")
rule("client-sup", "client", SUP, "assigned", WSUS, "V116 V117 V496 G36", location="any")
rule("client-smp", "client", "state-migration-point", "assigned", [CLIENT_HTTP, CLIENT_HTTPS, SMB], "V122-124 G37",
     location="intranet")
rule("client-share", "client", "file-share", "assigned", [SMB], "V523", location="intranet")
rule("cmgcp-vmss", "cmg-connection-point", "cmg", "hierarchy",
     [tcp("HTTPS", 443, 443, ONE_VM), tcp("HTTPS", 10124, 10139, MORE_VMS)], "V130 V131 G101",
     option("to", "kind", "vmss"))
rule("cmgcp-classic", "cmg-connection-point", "cmg", "hierarchy",
     [tcp("CMG channel", 10140, 10155), tcp("HTTPS", 443, 443, ONE_VM), tcp("HTTPS", 10124, 10139, MORE_VMS)],
     "V137-139 G102", option("to", "kind", "classic"))
rule("cmgcp-mp", "cmg-connection-point", MP, "site", [CLIENT_HTTPS, CLIENT_HTTP], "V144 V145 G103")
rule("cmgcp-sup", "cmg-connection-point", SUP, "site", WSUS, "V152 V153 G104")
rule("console-client", "console", "client", "subtree",
     [tcp("Remote Control", 2701, 2701, feature("remote-control")),
      tcp("Remote Assistance", 3389, 3389, feature("remote-assistance"))], "V159 V160 G85", location="intranet")
rule("console-internet", "console", "internet", "any", [HTTP_80, HTTPS_443], "V165 V166 G86")
rule("console-reporting", "console", "reporting-services-point", "site",
     [tcp_of("HTTP", "reporting-http-port"), tcp_of("HTTPS", "reporting-https-port")], "V176 V177 G87")
rule("console-site-server", "console", SS, "site", [MAPPER_TCP], "V182 G88")
rule("console-provider", "console", "sms-provider", "site", [MAPPER_TCP, MAPPER_UDP, RPC_DYNAMIC, HTTPS_443],
     "V187-189 G89")
rule("admin-service", "admin-service-client", "sms-provider", "site", [HTTPS_443], "V191")
rule("ndes-crp", "ndes", "certificate-registration-point", "site",
     [tcp_of("HTTPS", "certificate-registration-port")], "V196")
rule("dw-sql", "data-warehouse-service-point", "sql-server", "site", [SQL], "V201")
rule("dp-mp", DP, MP, "site", [CLIENT_HTTP, CLIENT_HTTPS], "V211 V212 G109")
rule("ep-internet", "endpoint-protection-point", "internet", "any", [HTTP_80], "V217 G115")
rule("ep-sql", "endpoint-protection-point", "sql-server", "site", [SQL], "V222 G116")
rule("enrollproxy-enroll", "enrollment-proxy-point", "enrollment-point", "site",
     [tcp_of("HTTPS", "enrollment-port")], "V227")
rule("enroll-sql", "enrollment-point", "sql-server", "site", [SQL], "V232")
rule("exchange-online", "exchange-connector", "exchange-online", "any", [tcp("WinRM", 5986)], "V237")
rule("exchange-onprem", "exchange-connector", "exchange-server", "site", [tcp("WinRM", 5985)], "V242")
rule("mac-enrollproxy", "mac-computer", "enrollment-proxy-point", "assigned", [HTTPS_443], "V247", location="any")
rule("mobile-enrollproxy", "mobile-device", "enrollment-proxy-point", "assigned", [HTTPS_443], "V273",
     location="any")
rule("mp-dc", MP, "domain-controller", "site", LDAP_TO_RPC, "V252-256 G72")
rule("mp-site-server", MP, SS, "site", [MAPPER_TCP, RPC_DYNAMIC, SMB], "V261-263 G73", two_way=True)
rule("mp-sql", MP, "sql-server", "site", [SQL], "V268 G74")
rule("pulldp-source", DP, DP, "link", [CLIENT_HTTP, CLIENT_HTTPS, EXPRESS], "V278-280 G110",
     option("from", "pull", "yes"), link="pull-source")
rule("reporting-sql", "reporting-services-point", "sql-server", "site", [SQL], "V285 G123")
rule("scp-azure", "service-connection-point", "azure", "any", [HTTPS_443], "V290 G94")
rule("scp-logic-app", "service-connection-point", "azure-logic-app", "any", [HTTPS_443], "V296 G95",
     feature("external-notifications"))
rule("scp-internet", "service-connection-point", "internet", "any", [HTTPS_443], "beyond", BEYOND)
rule("scp-sql", "service-connection-point", "sql-server", "site", [SQL], "V302 G96")
rule("site-server-ai", SS, AI, "site", SMB_AND_RPC, "V307-309", two_way=True)
rule("site-server-client-wol", SS, "client", "assigned", [udp_of("Wake On LAN", "wake-on-lan-port")], "V314 G50",
     feature("wake-on-lan"), location="intranet")
rule("site-server-cloud-dp", SS, "cloud-distribution-point", "site", [HTTPS_443], "V319 G51")
rule("site-server-dp", SS, DP, "site", SMB_AND_RPC, "V325-327 G52")
rule("site-server-dc", SS, "domain-controller", "site", LDAP_TO_RPC, "V332-336 V556-562 G53 G127")
rule("site-server-crp", SS, "certificate-registration-point", "site", SMB_AND_RPC, "V341-343", two_way=True)
rule("site-server-cmgcp", SS, "cmg-connection-point", "site", SMB_AND_RPC, "V348-350 G54", two_way=True)
rule("site-server-ep", SS, "endpoint-protection-point", "site", SMB_AND_RPC, "V355-357 G55", two_way=True)
rule("site-server-enroll", SS, "enrollment-point", "site", SMB_AND_RPC, "V362-364", two_way=True)
rule("site-server-enrollproxy", SS, "enrollment-proxy-point", "site", SMB_AND_RPC, "V369-371", two_way=True)
rule("site-server-fsp", SS, "fallback-status-point", "site", SMB_AND_RPC, "V376-378 G56", two_way=True)
rule("site-server-internet", SS, "internet", "any", [HTTP_80, HTTPS_443], "V383 V384 G57")
rule("site-server-ca", SS, "issuing-ca", "top", [MAPPER_TCP, MAPPER_UDP, RPC_DYNAMIC], "V387-391 G58", two_way=True)
rule("site-server-library", SS, "content-library-share", "site", [SMB], "V397 G59")
rule("site-server-scp", SS, "service-connection-point", "site", SMB_AND_RPC, "V402-404 G60", two_way=True)
rule("site-server-reporting", SS, "reporting-services-point", "site", SMB_AND_RPC, "V409-411 G61", two_way=True)
rule("site-server-site-server", SS, SS, "parent-child", [SMB], "V416 G62", two_way=True)
rule("site-server-sql", SS, "sql-server", "site", [SQL], "V421 G63")
rule("site-server-sql-install", SS, "sql-server", "site", SMB_AND_RPC, "V425-427", phase="installation")
rule("site-server-sql-lb", SS, "sql-server", "site", [SQL, BROKER, SMB, MAPPER_TCP], "V535-538",
     option("to", "load-balanced", "yes"))
rule("site-server-susdb", SS, "wsus-database", "site", [SUSDB], "V432 V497 G64", feature("wsus-cleanup"))
rule("site-server-provider", SS, "sms-provider", "site", SMB_AND_RPC, "V437-439 G65")
rule("site-server-sup", SS, SUP, "site", SMB_AND_RPC + WSUS, "V444-448 G66", two_way=True)
rule("site-server-smp", SS, "state-migration-point", "site", [SMB, MAPPER_TCP, MAPPER_UDP], "V453 V454 G67",
     two_way=True)
rule("provider-sql", "sms-provider", "sql-server", "site", [SQL], "V459 G124")
rule("sup-internet", SUP, "internet", "top", [HTTP_80, tcp("HTTPS", 443, 443, BEYOND)], "V464 G79",
     option("from", "sync-source", "internet"))
rule("sup-upstream", SUP, "upstream-wsus", "top", WSUS, "V469 V470 G80", option("from", "sync-source", "upstream"))
rule("sup-parent-sup", SUP, SUP, "to-parent", WSUS, "V469 V470 G80",
     option("from", "sync-source", "internet", "upstream"), option("to", "sync-source", "internet", "upstream"))
rule("sup-replica", SUP, SUP, "site", WSUS, "beyond",
     option("from", "sync-source", "replica"), option("to", "sync-source", "internet", "upstream"), BEYOND)
rule("sup-susdb", SUP, "wsus-database", "site", [SUSDB], "beyond", BEYOND)
rule("sql-sql", "sql-server", "sql-server", "parent-child", [SQL, BROKER], "V476 V477 G121 G122")
rule("smp-sql", "state-migration-point", "sql-server", "site", [SQL], "V484 G125")
rule("crp-sql", "certificate-registration-point", "sql-server", "site", [SQL], "V542")
for short, role in (("mp", MP), ("dp", DP), ("sup", SUP), ("fsp", "fallback-status-point")):
    rule("ibcm-install-" + short, SS, role, "site", [MAPPER_TCP, MAPPER_UDP, RPC_DYNAMIC], "V571 V573 V579 V581",
         FACES_INTERNET, phase="installation")
    rule("ibcm-smb-" + short, SS, role, "site", [SMB], "V575", FACES_INTERNET, phase="installation", two_way=True)
rule("client-push", SS, "client", "assigned", [SMB, MAPPER_TCP, MAPPER_UDP, RPC_DYNAMIC], "G42-44",
     feature("client-push"), location="intranet", phase="installation")
# windows-services: scope `site`, but `assigned` where the from-role is client-like; reference.scope_of() says so.
rule("windows-services", SITE_SYSTEMS + ("console",) + CLIENT_LIKE, "domain-controller", "site",
     [tcp("DNS", 53), udp("DNS", 53), udp("NetBIOS name", 137), udp("NetBIOS datagram", 138),
      tcp("NetBIOS session", 139), tcp("Kerberos", 88)], "V595 V597-600",
     feature("windows-services"), location="intranet")
rule("windows-dhcp", CLIENT_LIKE, "dhcp-server", "assigned", [udp("DHCP", 67), udp("DHCP", 68)], "V596",
     feature("windows-services"), location="intranet")

RULE = {rule.id: rule for rule in RULES}
assert len(RULE) == len(RULES)
