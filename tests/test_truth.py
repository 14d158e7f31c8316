#!/usr/bin/env python3
"""The picture tells the truth: what opens at the head of each arrow, and what the tables below the canvas show, is what
the command line writes.

    test_truth.py CLI TRUTH [--plans N] [--crowded]

TRUTH is the program beside this file that finds the arrows as a click does. The plans are the templates and random ones,
with --crowded also those in which hundreds of nodes all talk to each other.
"""

import argparse
import csv
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "reference"))

import generate  # noqa: E402

SHOWN = 5  # differences


def rows(text):
    return list(csv.reader(text.splitlines()))


def compare(what, expected, actual):
    """Returns whether they are equal; says where they first are not."""
    if expected == actual:
        return True
    for i in range(max(len(expected), len(actual))):
        one = expected[i] if i < len(expected) else "(nothing)"
        other = actual[i] if i < len(actual) else "(nothing)"
        if one != other:
            print(f"{what}, row {i + 1} of {len(expected)} and {len(actual)}:\n  command line: {one}\n  window: {other}")
            break
    return False


def flows(cli, plan):
    """The columns that the window has, too, sorted."""
    said = subprocess.run([cli, "flows", plan], check=True, capture_output=True, text=True, encoding="utf-8").stdout
    return sorted(row[:8] for row in rows(said)[1:])


def check(cli, truth, plan, folder):
    seen, written = folder / "seen", folder / "written"
    seen.mkdir()
    done = subprocess.run([truth, plan, seen], check=False, capture_output=True, text=True)
    if done.returncode != 0:
        print(f"{plan.name}: {done.stderr[-2000:]}")
        return False, 0
    expected = flows(cli, plan)
    good = compare(f"{plan.name}, flows", expected, sorted(rows((seen / "flows.csv").read_text(encoding="utf-8"))))
    subprocess.run([cli, "sheets", plan, "--output", written, "--format", "csv"], check=True, capture_output=True)
    names = {path.name for path in written.glob("*.csv")} - {"index.csv"}
    good &= compare(f"{plan.name}, sheets", sorted(names), sorted({path.name for path in seen.glob("*.csv")} - {"flows.csv"}))
    for name in sorted(names):
        sheet = rows((written / name).read_text(encoding="utf-8"))[1:]
        good &= compare(f"{plan.name}, {name}", sheet, rows((seen / name).read_text(encoding="utf-8")))
    return good, len(expected)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cli")
    parser.add_argument("truth", type=pathlib.Path)
    parser.add_argument("--plans", type=int, default=40)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--crowded", action="store_true")
    options = parser.parse_args()
    passed = failed = n_flows = 0
    with tempfile.TemporaryDirectory(prefix="portolan-truth-") as name:
        plans = sorted((HERE.parent / "data" / "templates").glob("*.portolan"))
        for number in range(options.plans):
            if number % 50 == 7 and not options.crowded:
                continue
            plans.append(pathlib.Path(name) / f"random-{number}.portolan")
            plans[-1].write_text(generate.make_plan(options.seed, number), encoding="utf-8")
        for plan in plans:
            folder = pathlib.Path(name) / plan.stem
            folder.mkdir()
            good, n = check(options.cli, options.truth, plan, folder)
            passed, failed, n_flows = passed + good, failed + (not good), n_flows + n
            if failed >= SHOWN:
                break
    print(f"{n_flows} flows behind arrows; {passed} plans passed, {failed} failed")
    return 1 if failed or n_flows < 1000 else 0


if __name__ == "__main__":
    sys.exit(main())
