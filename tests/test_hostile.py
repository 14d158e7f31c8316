#!/usr/bin/env python3
"""Plans of a few megabytes that are made to be slow: each command must answer in time and memory that only work which
grows with the square of the plan would break.

Usage: test_hostile.py CLI [CASE...]     (CASE: only the cases whose title has the word)

The bounds are on the processor time, which other work on the machine does not change; a clock on the wall stops what
hangs. ASAN_OPTIONS stands for a sanitizer, whose time and memory are its own: more time then, and no bound on memory.
"""

import itertools
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time

INSTRUMENTED = "ASAN_OPTIONS" in os.environ
SECONDS = 20 * (4 if INSTRUMENTED else 1)  # of the processor
WALL = 10 * SECONDS
MEMORY = 1 << 30  # bytes
LARGEST = 10e6  # bytes of a plan: "a few megabytes"


# --- Plans -----------------------------------------------------------------------------------------------------------

def plan(*parts):
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<plan xmlns="urn:portolan:plan:1" title="Hostile" description="">\n'
    for part in parts:
        yield from part
    yield "</plan>\n"


def features(*names):
    return [f'<feature name="{name}" enabled="yes"/>\n' for name in names]


def zones(n):
    return [f'<zone id="z{i}" name="Zone {i}" kind="intranet"/>\n' for i in range(n)]


def firewall(ident, *joined):
    return f'<firewall id="{ident}" name="{ident}" zones="{" ".join(f"z{i}" for i in joined)}"/>\n'


def node(ident, zone, *roles, name=None, address=None, site="P01", inner=""):
    """A node; a role is a name, behind it any options."""
    where = (f' site="{site}"' if site else "") + (f' addresses="{address}"' if address else "")
    return (f'<node id="{ident}" name="{name or ident}" zone="z{zone}"{where}>'
            + "".join(f'<role name="{role.replace(" ", chr(34) + " ", 1)}' + ("/>" if " " in role else '"/>')
                      for role in roles) + inner + "</node>\n")


def address(i, base=10):
    return f"{base}.{i >> 16}.{i >> 8 & 255}.{i & 255}"


SITE = ['<site code="P01" name="Site" kind="primary"/>\n']
TWO_ZONES = zones(2) + [firewall("fw", 0, 1)]


def servers(zone):
    """What clients and each other talk to."""
    return [node("cm", zone, "site-server", "sms-provider", "sql-server", address="192.0.2.1"),
            node("mp", zone, "management-point", "distribution-point", address="192.0.2.2"),
            node("sup", zone, "software-update-point", address="192.0.2.3"),
            node("console", zone, "console", address="192.0.2.4"),
            node("dc", zone, "domain-controller", site=None, address="192.0.2.5")]


def clients(n, zone, **more):
    return (node(f"pc{i}", zone, "client", address=address(i), **more) for i in range(n))


def colliding(n):
    """Names that one well-known hash (33 h + byte) takes for one, whether it ignores case or not."""
    blocks = (n - 1).bit_length()
    names = ["".join(choice) for choice in itertools.islice(itertools.product(("ar", "c0"), repeat=blocks), n)]
    assert len({hash33(name) for name in names}) == 1
    return names


def hash33(text):
    value = 5381
    for byte in text.encode():
        value = (value * 33 + byte) & 0xffffffff
    return value


def colliding_nodes():
    return plan(SITE, TWO_ZONES, servers(1),
                (node(name, 0, "client") for name in colliding(60000)))


def colliding_zones():
    names = colliding(4000)
    return plan(SITE, zones(1), (f'<zone id="{name}" name="{name}" kind="intranet"/>\n' for name in names),
                (f'<firewall id="fw-{name}" name="fw-{name}" zones="z0 {name}"/>\n' for name in names),
                servers(0), (node("pc" + name, 0, "client").replace('zone="z0"', f'zone="{name}"') for name in names))


def own_settings(setting, value, *more_features):
    return plan(features("client-push", *more_features), SITE, TWO_ZONES, servers(1),
                (node(f"pc{i}", 0, "client", address=address(i),
                      inner=f'<set name="{setting}">{value(i)}</set>') for i in range(2000)))


def zone_row():
    n = 3000
    return plan(SITE, zones(n), (firewall(f"fw{i}", i, i + 1) for i in range(n - 1)), servers(0),
                clients(1000, n - 1), [node("middle", n // 2, "client", address="192.0.2.9")])


def zone_row_full():
    n = 300
    return plan(SITE, zones(n), (firewall(f"fw{i}", i, i + 1) for i in range(n - 1)), servers(0),
                (node(f"pc{i}", i, "client", address=address(i)) for i in range(n)))


def zone_star():
    n = 3000
    return plan(SITE, zones(n), (firewall(f"fw{i}", *range(n)) for i in range(10)), servers(0),
                (node(f"pc{i}", i, "client", address=address(i)) for i in range(n)))


def systems_and_controllers():
    return plan(features("windows-services"), SITE, TWO_ZONES, [servers(1)[0]],
                (node(f"dc{i}", 1, "domain-controller", site=None, address=address(i, 11)) for i in range(50)),
                (node(f"s{i}", 0, "management-point" if i % 2 else "reporting-services-point", address=address(i))
                 for i in range(20000)))


def wake_on_lan():
    return plan(features("wake-on-lan", "wake-up-proxy", "pe-peer-cache"), SITE, TWO_ZONES, servers(1),
                clients(75000, 0))


def addresses_of_few():
    """Ranges of which each lies in all those before it, 1,000 a node."""
    def ranges(first):
        return " ".join(f"{address(i)}-{address((1 << 24) - 1 - i)}" for i in range(first, first + 1000))

    return plan(SITE, TWO_ZONES, servers(1),
                (node(f"pc{i}", 0, "client", address=ranges(1000 * i)) for i in range(50)))


def addresses_of_many():
    return plan(SITE, TWO_ZONES, servers(1),
                (node(f"pc{i}", 0, "client", address=f"{address(i)}-{address((1 << 24) - 1 - i)}")
                 for i in range(50000)))


def same_name():
    return plan(SITE, TWO_ZONES, servers(1), clients(10000, 0, name="PC"))


def code(i):
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return digits[i // 1296] + digits[i // 36 % 36] + digits[i % 36]


def sites(cycle):
    """Each site's parent is the one before it; the first has none or the last."""
    n = 20000

    def site(i):
        parent = "" if i == 0 and not cycle else f' parent="{code((i - 1) % n)}"'
        return f'<site code="{code(i)}" kind="{"primary" if i % 2 == 0 else "secondary"}"{parent}/>\n'

    return plan(map(site, range(n)), TWO_ZONES,
                (node(f"cm{i}", i % 2, "site-server", "sql-server", address=address(i, 11), site=code(i))
                 for i in range(n)),
                (node(f"pc{i}", 0, "client", address=address(i), site=code(i)) for i in range(0, n, 10)))


def links_mesh():
    n = 142
    return plan(SITE, TWO_ZONES, servers(1),
                (node(f"dp{i}", i % 2, 'distribution-point pull="yes"', address=address(i)) for i in range(n)),
                (f'<link kind="pull-source" from="dp{i}" to="dp{j}"/>\n' for i in range(n) for j in range(n) if i != j))


def links_star():
    n = 20000
    return plan(SITE, TWO_ZONES, servers(1),
                [node("pull", 0, 'distribution-point pull="yes"', address="192.0.2.9")],
                (node(f"dp{i}", 1, "distribution-point", address=address(i)) for i in range(n)),
                (f'<link kind="pull-source" from="pull" to="dp{i}"/>\n' for i in range(n)))


CASES = {
    "60,000 nodes whose names collide": colliding_nodes,
    "4,000 zones and firewalls whose names collide": colliding_zones,
    "2,000 clients, each with ports of its own": lambda: own_settings("rpc-dynamic", lambda i: f"{2000 + 10 * i}"),
    "2,000 clients whose port ranges lie in each other": lambda: own_settings("rpc-dynamic",
                                                                               lambda i: f"{1024 + i}-{65535 - i}"),
    "2,000 peers, each with a setting that nobody reads": lambda: own_settings("sql-broker-port", lambda i: 2000 + i,
                                                                                "wake-up-proxy", "pe-peer-cache"),
    "2,000 peers, each with a setting that servers read": lambda: own_settings("rpc-dynamic",
                                                                                lambda i: f"{2000 + 10 * i}",
                                                                                "wake-up-proxy", "pe-peer-cache"),
    "2,000 peers, each with a setting that peers read": lambda: own_settings("wake-up-proxy-port", lambda i: 2000 + i,
                                                                              "wake-up-proxy", "pe-peer-cache"),
    "3,000 zones in a row": zone_row,
    "300 zones in a row, a client in each": zone_row_full,
    "3,000 zones joined by each of ten firewalls": zone_star,
    "20,000 site systems and 50 domain controllers": systems_and_controllers,
    "75,000 clients in one zone that wake each other": wake_on_lan,
    "50,000 overlapping addresses of 50 nodes": addresses_of_few,
    "50,000 overlapping addresses of 50,000 nodes": addresses_of_many,
    "10,000 nodes with one name": same_name,
    "20,000 sites in a cycle": lambda: sites(True),
    "20,000 sites below each other": lambda: sites(False),
    "20,000 links among 142 nodes": links_mesh,
    "20,000 links of one node": links_star,
}


# --- Running ---------------------------------------------------------------------------------------------------------

def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def drain(stream):
    """How many lines a stream has."""
    return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))


def run(command, errors):
    """The status, the lines, the seconds of the processor and on the wall, and the peak of the memory in bytes."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, preexec_fn=limit)
    alarm = threading.Timer(WALL, child.kill)
    alarm.start()
    lines = drain(child.stdout)
    _, status, usage = os.wait4(child.pid, 0)
    alarm.cancel()
    child.stdout.close()
    child.returncode = os.waitstatus_to_exitcode(status)
    return (child.returncode, lines, usage.ru_utime + usage.ru_stime, time.monotonic() - start,
            usage.ru_maxrss * 1024)


def problem(command, status, lines, seconds, wall, memory, errors):
    """What is wrong with a run, or nothing."""
    if seconds >= SECONDS:
        return f"more than {SECONDS} s"
    if wall >= WALL:
        return f"hangs: stopped after {WALL} s"
    if status not in ((0, 1) if command == "check" else (0,)):
        errors.seek(0)
        return f"status {status}: {errors.read(300).decode(errors='replace')}"
    if command == "flows" and lines < 2:
        return "no flows: the plan tests nothing"
    if memory > MEMORY and not INSTRUMENTED:
        return f"more than {MEMORY >> 20} MiB"
    return ""


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    cli = os.path.abspath(sys.argv[1])
    passed = failed = 0
    print(f"{'case':54}{'MB':>5}  {'command':8}{'lines':>10}{'s':>8}{'MiB':>6}")
    for title, make in CASES.items():
        if len(sys.argv) > 2 and not any(word in title for word in sys.argv[2:]):
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "hostile.portolan")
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(make())
            size = os.path.getsize(path)
            assert size <= LARGEST, f"{title}: {size} bytes"
            for command in ("check", "sheets", "flows"):
                more = {"sheets": ["--output", os.path.join(folder, "out")], "flows": ["--crossing"]}.get(command, [])
                with tempfile.TemporaryFile() as errors:
                    result = run([cli, command, path, *more], errors)
                    wrong = problem(command, *result, errors)
                _, lines, seconds, _, memory = result
                print(f"{title:54}{size / 1e6:5.1f}  {command:8}{lines:10}{seconds:8.2f}{memory >> 20:6}"
                      + (f"  FAILED: {wrong}" if wrong else ""), flush=True)
                passed += not wrong
                failed += bool(wrong)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
