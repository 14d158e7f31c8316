#!/usr/bin/env python3
"""Breaks every rule, scope, location, option, tie-break and step in turn and shows the named test that fails.

Usage: break.py SOURCE_ROOT BUILD_DIR [NAME...]     (a NAME is a mutant, or the beginning of some: data/client-dp)

BUILD_DIR is a finished build of the unchanged program. Mutants of the data (`data/...`) run on it, with a changed copy
of data/catalogue.xml in place of its own (G_RESOURCE_OVERLAYS). Mutants of the code (`code/...`, code_mutants.py) are
made in a copy of the source tree that is built on the side. For each, test_rules.py's relevant cases run first, then
all others and, for code, test_new_data.py. A line a mutant names the first test that fails. `refused`: the program does
not take such data. EQUIVALENT lists by name the mutants that cannot be told from the program, with the reason.
Ends with counts; the exit status is 1 when another mutant survives, or one of EQUIVALENT does not.
"""

import atexit
import concurrent.futures
import glob
import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import xml.etree.ElementTree as ElementTree

import test_rules
from cases import FEATURES, SETTINGS
from code_mutants import CODE
from plans import Broken

NAMESPACE = "urn:portolan:catalogue:1"
TAG = "{" + NAMESPACE + "}"
OVERLAY = "/org/portolan/data/catalogue.xml="
CLI = "src/cli/portolan-cli"
JOBS = 3
SCOPES = ["any", "site", "top", "assigned", "subtree", "hierarchy", "parent-child", "to-parent", "zone", "link"]

SYMMETRIC = "scope and ports are the same both ways: each pair matches in both orders anyhow"
TURNED = "two-way, scope and ports the same both ways: who stands first changes no flow"
EQUIVALENT = {
    **{f"data/{rule}/from and to swapped": TURNED for rule in
       ["mp-site-server", *[f"site-server-{role}" for role in
                            "ai crp cmgcp ep enroll enrollproxy fsp ca scp reporting smp".split()]]},
    "data/site-server-site-server/scope to-parent": "a way to the parent and back is one between parent and child",
    "data/client-client-pe/two-way": SYMMETRIC,
    "data/site-server-site-server/one-way": SYMMETRIC,
    "code/order of rows: reasons": "rows that differ in nothing but their reasons would permit the same twice",
}

# ---------------------------------------------------------------------------------------------------------------------
# Mutants of the data


def terms_changed(element, name):
    """Each of the conditions dropped and turned round."""
    terms = (element.get("when") or "").split(" and ")
    for i, term in enumerate(terms if terms != [""] else []):
        rest = terms[:i] + terms[i + 1:]
        yield f"{name}without the condition {term}", {"when": " and ".join(rest) or None}
        turned = term.replace(" != ", " = ") if "!=" in term else term.replace(" = ", " != ")
        yield f"{name}with {turned}", {"when": " and ".join(terms[:i] + [turned] + terms[i + 1:])}


def locations_changed(element, name, others):
    for other in others:
        if other != element.get("location"):
            yield f"{name}location {other}", {"location": other}


def ports_changed(service, name):
    protocol, port, setting = (service.get(key) for key in ["protocol", "port", "setting"])
    if protocol != "icmp":
        yield f"{name}the other protocol", {"protocol": "udp" if protocol == "tcp" else "tcp"}
    if port:
        low, _, high = port.partition("-")
        for text in [f"{int(low) + 1}-{high}", f"{low}-{int(high) - 1}"] if high else [str(int(low) + 1)]:
            yield f"{name}port {text}", {"port": text}
        for same, value in SETTINGS.items():
            if value == port:
                yield f"{name}setting {same}", {"port": None, "setting": same}
                break
    if setting:
        yield f"{name}fixed", {"setting": None, "port": SETTINGS[setting].split()[0]}
        names = list(SETTINGS)
        yield f"{name}another setting", {"setting": names[(names.index(setting) + 1) % len(names)]}


def rule_mutants(rule):
    """(what is changed, element, its attributes; None in place of them for leaving it out) of one rule."""
    scope, services = rule.get("scope"), rule.findall(TAG + "service")
    yield "deleted", rule, None
    for other in SCOPES:
        if other != scope:
            link = {"link": "pull-source"} if other == "link" else {"link": None}
            yield f"scope {other}", rule, {"scope": other, **link}
    for start in rule.findall(TAG + "from"):
        yield f"without from {start.get('role')}", start, None
        for other in SCOPES[:-1]:
            if other != start.get("scope"):
                yield f"from {start.get('role')} scope {other}", start, {"scope": other}
    words = rule.get("from").split()
    for word in words if len(words) > 1 else []:
        yield f"without from {word}", rule, {"from": " ".join(other for other in words if other != word)}
    if len(words) == 1 and words[0] != rule.get("to") and not words[0].startswith("@"):
        yield "from and to swapped", rule, {"from": rule.get("to"), "to": words[0]}
    two_way = rule.get("direction") == "two-way"
    yield "one-way" if two_way else "two-way", rule, {"direction": None if two_way else "two-way"}
    installation = rule.get("phase") == "installation"
    yield "the other phase", rule, {"phase": None if installation else "installation"}
    if rule.get("feature"):
        yield "without its feature", rule, {"feature": None}
    for feature in [name for name in FEATURES if name != rule.get("feature")][:1]:
        yield f"feature {feature}", rule, {"feature": feature}
    changes = list(terms_changed(rule, ""))
    if rule.get("location"):
        changes += locations_changed(rule, "", ["intranet", "any", "cloud"])
    yield from ((name, rule, attributes) for name, attributes in changes)
    for i, service in enumerate(services):
        name = f"service {i + 1} "
        yield name + "deleted", service, None
        yield name + "called otherwise", service, {"name": "Other"}
        if service.get("feature"):
            yield name + "without its feature", service, {"feature": None}
        changes = [*ports_changed(service, name), *terms_changed(service, name)]
        if service.get("location"):
            changes.append((name + "without its location", {"location": None}))
        if rule.get("location"):
            changes += locations_changed(service, name, {"intranet", "any"} - ({rule.get("location")} if not
                                                                             service.get("location") else set()))
        yield from ((name, service, attributes) for name, attributes in changes)


def other_values(values, default):
    return [value for value in values.split() if value != default]


def head_mutants(root):
    """The settings, features, roles and options of the data, with the cases that are about them."""
    for setting in root.findall(TAG + "setting"):
        name, default = setting.get("name"), setting.get("default")
        if setting.get("values"):
            for value in other_values(setting.get("values"), default):
                yield f"setting {name}/default {value}", setting, {"default": value}
        else:
            yield f"setting {name}/another default", setting, {"default": str(int(default.split("-")[0]) + 1)}
            used = f"{TAG}rule[@direction='two-way']/{TAG}service[@setting='{name}']"
            if root.find(used) is not None:  # on a one-way rule the to end is the destination
                other = None if setting.get("read-from") else "destination"
                yield f"setting {name}/read from the other end", setting, {"read-from": other}
    for feature in root.findall(TAG + "feature"):
        yield (f"feature {feature.get('name')}/the other default", feature,
               {"default": "off" if feature.get("default") == "on" else "on"})
    for role in root.findall(TAG + "role"):
        name = f"role {role.get('name')}/"
        kind = role.get("kind")
        if kind in ("site-system", "client-like"):
            yield name + "kind infrastructure", role, {"kind": "infrastructure"}
        elif kind in ("tool", "infrastructure", "outside"):
            yield name + "kind site-system", role, {"kind": "site-system"}
            yield name + "kind client-like", role, {"kind": "client-like"}
        if role.get("site-server"):
            yield name + "no site server", role, {"site-server": None}
        for option in role.findall(TAG + "option"):
            for value in other_values(option.get("values") or option.get("min"), option.get("default")):
                yield f"{name}{option.get('name')} is {value} by default", option, {"default": value}


def relevant_to(rule, known):
    return [key for key in known if re.match(rf"rule/{re.escape(rule)}[/ ]", key)]


def data_mutants(catalogue, known):
    """(name, text of the changed data, relevant cases)."""
    ElementTree.register_namespace("", NAMESPACE)
    tree = ElementTree.parse(catalogue)
    root = tree.getroot()
    parents = {child: parent for parent in root.iter() for child in parent}

    def changed(element, attributes):
        if attributes is None:
            parent = parents[element]
            place = list(parent).index(element)
            parent.remove(element)
            text = ElementTree.tostring(root, encoding="unicode")
            parent.insert(place, element)
            return text
        before = dict(element.attrib)
        for key, value in attributes.items():
            element.attrib.pop(key, None)
            if value is not None:
                element.set(key, value)
        text = ElementTree.tostring(root, encoding="unicode")
        element.attrib.clear()
        element.attrib.update(before)
        return text

    for rule in root.findall(TAG + "rule"):
        cases = relevant_to(rule.get("id"), known)
        if not cases:
            raise SystemExit(f"break.py: no case is about the rule {rule.get('id')}")
        for name, element, attributes in rule_mutants(rule):
            yield f"data/{rule.get('id')}/{name}", lambda e=element, a=attributes: changed(e, a), cases
    for name, element, attributes in head_mutants(root):
        yield f"data/{name}", lambda e=element, a=attributes: changed(e, a), []


# ---------------------------------------------------------------------------------------------------------------------


class Judge:
    """Runs the cases on mutants, and counts and prints what became of them."""

    def __init__(self, root, known):
        self.root, self.known, self.lock = root, known, threading.Lock()
        self.killed = self.equivalent = self.refused = 0
        self.wrong = []

    def failing(self, cli, relevant, env=None, jobs=1):
        """The first case that fails, and why; relevant ones first."""
        rest = {key: case for key, case in self.known.items() if key not in relevant}
        for todo in [{key: self.known[key] for key in relevant}, rest]:
            if jobs > 1:
                for failure in test_rules.run_cases(cli, todo, env, first_only=True):
                    return failure
                continue
            for key, case in todo.items():
                try:
                    case(cli, env)
                except Broken as error:
                    return key, str(error)
                except Exception as error:
                    return key, f"{type(error).__name__}: {error}"
        return None

    def report(self, name, failure, refused=False):
        with self.lock:
            if refused:
                self.refused += 1
                print(f"{name}: refused: {failure}", flush=True)
            elif failure and name not in EQUIVALENT:
                self.killed += 1
                print(f"{name}: {failure[0]}", flush=True)
            elif name in EQUIVALENT and not failure:
                self.equivalent += 1
                print(f"{name}: equivalent: {EQUIVALENT[name]}", flush=True)
            else:
                self.wrong.append(name)
                print(f"{name}: {'NOT EQUIVALENT: ' + failure[0] if failure else 'SURVIVES'}", flush=True)


def refusal(cli, env):
    """What the program says when it does not take the data at all."""
    done = subprocess.run([cli, "catalogue"], env={**os.environ, **env}, capture_output=True, text=True)
    return done.stderr.strip().split("\n")[-1][:160] if done.returncode else None


def break_data(judge, cli, folder, mutants):
    count = itertools.count()

    def attempt(name, text, relevant):
        path = os.path.join(folder, f"catalogue-{next(count)}.xml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        env = {"G_RESOURCE_OVERLAYS": OVERLAY + path}
        failure = judge.failing(cli, relevant, env)
        refused = refusal(cli, env) if failure and "ended with" in failure[1] else None
        judge.report(name, refused or failure, refused is not None)
        os.remove(path)

    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        # The data are changed in place: the texts are made one after the other, a few ahead of the tests.
        waiting = set()
        for name, text, relevant in mutants:
            waiting.add(pool.submit(attempt, name, text(), relevant))
            if len(waiting) >= 2 * JOBS:
                done, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
                for future in done:
                    future.result()
        for future in waiting:
            future.result()


def places(root, files, search):
    """The sources in which the text stands, each as often as it does."""
    found = []
    for path in sorted(glob.glob(os.path.join(root, "src", files))):
        with open(path, encoding="utf-8") as source:
            found += [path] * source.read().count(search)
    return found


def pairs(search, replacement):
    return [(search, replacement)] if isinstance(search, str) else list(zip(search, replacement))


def check_code(root):
    """Every search text is found once; otherwise the table is out of date."""
    stale = []
    for name, files, search, replacement, cases in CODE:
        for text, other in pairs(search, replacement):
            found = len(places(root, files, text))
            if found != 1 or text == other:
                stale.append(f"{name}: {text!r} stands {found} times in {files}")
    names = [name for name, *_ in CODE]
    stale += [f"{name}: two mutants of this name" for name in set(names) if names.count(name) > 1]
    if stale:
        raise SystemExit("break.py: code_mutants.py is out of date:\n  " + "\n  ".join(stale))


def build(tree, folder):
    return subprocess.run(["ninja", "-C", folder, CLI], capture_output=True, text=True)


def new_data_fails(root, cli):
    done = subprocess.run([sys.executable, os.path.join(root, "tests/rules/test_new_data.py"), root, cli],
                          capture_output=True, text=True)
    failed = re.findall(r"^FAILED (.*?):", done.stdout, re.M)
    return (f"test_new_data.py: {failed[0] if failed else done.stderr[-200:]}", "") if done.returncode else None


def break_code(judge, root, folder, mutants):
    tree, out = os.path.join(folder, "tree"), os.path.join(folder, "build")
    shutil.copytree(root, tree, ignore=shutil.ignore_patterns(".git", "__pycache__"))
    with open(os.path.join(tree, "tests/meson.build"), "w"):
        pass  # the program alone is built
    subprocess.run(["meson", "setup", out, tree, "-Doptimization=0", "-Ddebug=false"], check=True, capture_output=True)
    first = build(tree, out)
    if first.returncode:
        raise SystemExit(f"break.py: the unchanged program does not build:\n{first.stdout[-2000:]}")
    cli = os.path.join(out, CLI)
    for name, files, search, replacement, cases in mutants:
        [path] = {place for text, _ in pairs(search, replacement) for place in places(tree, files, text)}
        with open(path, encoding="utf-8") as source:
            before = source.read()
        after = before
        for text, other in pairs(search, replacement):
            after = after.replace(text, other)
        with open(path, "w", encoding="utf-8") as source:
            source.write(after)
        built = build(tree, out)
        if built.returncode:
            errors = [line for line in built.stdout.split("\n") if "error" in line]
            raise SystemExit(f"break.py: code/{name} does not build:\n" + "\n".join(errors[:5]))
        relevant = [key for key in judge.known if key.startswith(tuple(cases.split()))] if cases else []
        failure = judge.failing(cli, relevant, jobs=2) or new_data_fails(root, cli)
        judge.report(f"code/{name}", failure)
        with open(path, "w", encoding="utf-8") as source:
            source.write(before)


def main():
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    root, cli = os.path.abspath(sys.argv[1]), os.path.join(os.path.abspath(sys.argv[2]), CLI)
    chosen = tuple(sys.argv[3:]) or ("",)
    check_code(root)
    known = test_rules.all_cases()
    judge = Judge(root, known)
    sound = judge.failing(cli, [], jobs=2) or new_data_fails(root, cli)
    if sound:
        raise SystemExit(f"break.py: the unchanged program fails {sound[0]}: {sound[1]}")
    folder = tempfile.mkdtemp(prefix="portolan-break-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    data = [mutant for mutant in data_mutants(os.path.join(root, "data/catalogue.xml"), known)
            if mutant[0].startswith(chosen)]
    code = [mutant for mutant in CODE if f"code/{mutant[0]}".startswith(chosen)]
    break_data(judge, cli, folder, data)
    if code:
        break_code(judge, root, folder, code)
    print(f"{len(data) + len(code)} mutants: {judge.killed} fail a test, {judge.equivalent} equivalent, "
          f"{judge.refused} refused, {len(judge.wrong)} wrong")
    for name in judge.wrong:
        print(f"  {name}")
    sys.exit(1 if judge.wrong else 0)


if __name__ == "__main__":
    main()
