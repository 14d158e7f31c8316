"""How fast the command line is, beside something measured in the same run.

usage: bench.py SOURCE_ROOT CLI [NODES]

`sheets` on a plan of NODES nodes (10,000) stands beside xmllint, which validates the same file as a
stream against the plan's schema: aim for less than twice its time. `flows` should write at least a
million rows a second, and its memory must not grow with the rows. Each time is the best of several
runs, taken in turns: other work on the machine disturbs both alike.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(__file__))
import plans

ROUNDS = 7


def timed(command, stdout=subprocess.DEVNULL):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=stdout, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def best(*commands):
    """The best time of each command, taken in turns."""
    rounds = [[timed(command) for command in commands] for _ in range(ROUNDS)]
    return [min(times) for times in zip(*rounds)]


def peak_memory(command):
    """The peak memory of a command in MiB."""
    pid = os.posix_spawn(
        command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    )
    _, status, usage = os.wait4(pid, 0)
    assert status == 0
    return usage.ru_maxrss / 1024


def crowded(n):
    """A plan with many flows a node: clients and the systems that answer them, in one site."""
    lines = ['  <site code="P01" name="Site" kind="primary"/>']
    lines.append('  <zone id="a" name="A" kind="intranet"/>\n  <zone id="b" name="B" kind="intranet"/>')
    for i in range(20):
        lines.append(plans.node(f"mp{i}", "b", "P01", ["management-point", "distribution-point"], i))
    for i in range(n):
        lines.append(plans.node(f"pc{i:06}", "a", "P01", ["client"], i + 20))
    return plans.header() + "\n".join(lines) + "\n</plan>\n"


def main():
    root, cli = sys.argv[1], os.path.abspath(sys.argv[2])
    nodes = int(sys.argv[3]) if len(sys.argv) > 3 else 10000
    with tempfile.TemporaryDirectory() as folder:
        plan = os.path.join(folder, "plan.portolan")
        pathlib.Path(plan).write_text(plans.plan(nodes), encoding="utf-8")
        out = os.path.join(folder, "out")
        lint = ["xmllint", "--stream", "--noout", "--schema", os.path.join(root, "data/plan.xsd"), plan]
        sheets, schema, check = best([cli, "sheets", plan, "--output", out], lint, [cli, "check", plan])
        size = sum(os.path.getsize(os.path.join(out, name)) for name in os.listdir(out))
        print(f"plan of {nodes} nodes, {os.path.getsize(plan) / 1e6:.1f} MB")
        print(f"  sheets {sheets:.3f} s ({size / 1e6:.1f} MB), xmllint --stream {schema:.3f} s: ratio {sheets / schema:.2f}")
        print(f"  check  {check:.3f} s: ratio {check / schema:.2f}")
        memory = []
        for n in (2000, 20000):
            path = os.path.join(folder, f"crowded-{n}.portolan")
            pathlib.Path(path).write_text(crowded(n), encoding="utf-8")
            listing = os.path.join(folder, "flows.csv")
            with open(listing, "wb") as file:
                subprocess.run([cli, "flows", path], check=True, stdout=file, stderr=subprocess.DEVNULL)
            with open(listing, "rb") as file:
                rows = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) - 1
            flows, copy, read = best([cli, "flows", path], ["cat", listing], [cli, "check", path])
            memory.append(peak_memory([cli, "flows", path]))
            print(
                f"flows of {n} clients: {rows} rows in {flows:.3f} s ({rows / flows / 1e6:.1f} million a second, "
                f"reading included; cat of the same bytes {copy:.3f} s, check of the plan {read:.3f} s), "
                f"peak {memory[-1]:.0f} MiB"
            )


main()
