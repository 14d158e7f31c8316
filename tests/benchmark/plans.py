"""Large plans as an architect would draw them: a hierarchy of sites, each with servers and clients. They say nothing
of where things stand: the automatic layout does.

usage: plans.py NODES > PLAN
"""

import sys


def header():
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<plan xmlns="urn:portolan:plan:1" title="A large hierarchy" description="">\n'
        '  <feature name="client-push" enabled="yes"/>\n'
        '  <feature name="windows-services" enabled="yes"/>\n'
    )


def hierarchy(n_primaries, n_secondaries):
    """Site lines, and the codes of the sites below the top with their kinds; at most 26 primaries with 100 secondaries."""
    lines = ['  <site code="CAS" name="Central" kind="cas"/>']
    sites = []
    for p in range(n_primaries):
        code = f"{chr(65 + p)}PR"
        lines.append(f'  <site code="{code}" name="Primary {p}" kind="primary" parent="CAS"/>')
        sites.append((code, "primary"))
        for s in range(n_secondaries):
            low = f"{chr(65 + p)}{s:02}"
            lines.append(f'  <site code="{low}" name="Branch {p}-{s}" kind="secondary" parent="{code}"/>')
            sites.append((low, "secondary"))
    return lines, sites


ROLES = {
    "primary": [
        ("cm", ["site-server", "sms-provider"]),
        ("sql", ["sql-server", "reporting-services-point"]),
        ("mp", ["management-point", "fallback-status-point"]),
        ("dp", ["distribution-point"]),
        ("sup", ["software-update-point"]),
    ],
    "secondary": [
        ("cm", ["site-server", "sql-server", "management-point"]),
        ("dp", ["distribution-point"]),
    ],
}


def plan(n_nodes, n_primaries=5, n_secondaries=9):
    """The text of a plan of about `n_nodes` nodes."""
    lines, sites = hierarchy(n_primaries, n_secondaries)
    lines.append('  <zone id="core" name="Core" kind="intranet"/>')
    for code, _ in sites:
        lines.append(f'  <zone id="z-{code}" name="Network {code}" kind="intranet"/>')
    lines.append('  <zone id="net" name="Internet" kind="internet"/>')
    for code, _ in sites:
        lines.append(f'  <firewall id="fw-{code}" name="Firewall {code}" zones="core z-{code}"/>')
    lines.append('  <firewall id="fw-net" name="Edge" zones="core net"/>')
    lines.append(node("dc", "core", None, ["domain-controller"], 0))
    lines.append(node("cas-cm", "core", "CAS", ["site-server", "sms-provider", "service-connection-point"], 1))
    lines.append(node("cas-sql", "core", "CAS", ["sql-server"], 2))
    count = 3
    for code, kind in sites:
        for name, roles in ROLES[kind]:
            zone = "core" if kind == "primary" and name in ("cm", "sql") else f"z-{code}"
            lines.append(node(f"{name}-{code}", zone, code, roles, count))
            count += 1
    lines.append(node("outside", "net", None, ["internet", "microsoft", "azure"], count))
    each = (n_nodes - count) // len(sites)
    for code, _ in sites:
        for i in range(each):
            count += 1
            lines.append(node(f"pc-{code}-{i:05}", f"z-{code}", code, ["client"], count))
    return header() + "\n".join(lines) + "\n</plan>\n"


def node(name, zone, site, roles, number):
    address = f"10.{number // 65536}.{number // 256 % 256}.{number % 256}"
    start = f'  <node id="{name}" name="{name.upper()}" zone="{zone}"'
    if site:
        start += f' site="{site}"'
    start += f' addresses="{address}">\n'
    return start + "".join(f'    <role name="{role}"/>\n' for role in roles) + "  </node>"


if __name__ == "__main__":
    sys.stdout.write(plan(int(sys.argv[1])))
