#!/usr/bin/env python3
"""The schemas, the plan files of the corpus and the templates against xmllint and against portolan-cli.

usage: test_schema.py SOURCE_ROOT [CLI]

good/*.portolan   must validate, and the program must read them.
bad/*.portolan    expected.csv has a row for each: the line the error must name, who must refuse the file (`both` the
                  schema and the program; `reader` the program alone: the schema must let it pass, unless the file
                  has a DOCTYPE, of which a parser makes what it likes), and words that the error must contain.
data/templates    must validate, be in canonical form, and have nothing to report by `check` but notes.
data/*.xsd        must name the roles, options, values, settings and features of data/catalogue.xml, no more, no fewer.

Without CLI the program is left out. The last line is `N passed, N failed`.
"""

import csv
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

PLAN = "{urn:portolan:plan:1}"
CATALOGUE = "{urn:portolan:catalogue:1}"
XS = "{http://www.w3.org/2001/XMLSchema}"
ENVIRONMENT = dict(os.environ, LC_ALL="C.UTF-8", XML_CATALOG_FILES="")

passed = failed = 0


def check(name, problem):
    """Counts one case; problem is empty when all is well."""
    global passed, failed
    if problem:
        failed += 1
        print(f"FAIL {name}: {problem}")
    else:
        passed += 1


def run(*command):
    """Returns exit status, standard output and standard error of a command; a hang is exit status -1."""
    try:
        done = subprocess.run([str(c) for c in command], env=ENVIRONMENT, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=20)
    except subprocess.TimeoutExpired:
        return -1, "", "no answer within 20 seconds"
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def xmllint(schema, file):
    """Returns whether the file validates, and what xmllint says."""
    status, _, errors = run("xmllint", "--nonet", "--noout", "--schema", schema, file)
    if status not in (0, 1, 3, 4):
        sys.exit(f"xmllint --schema {schema} {file}: exit status {status}: {errors}")
    return status == 0, errors.strip()


# The program's answers


def no_commas(text):
    """4,096 and 4096 are the same number."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", text)


def refusal_problem(cli, file, line, words):
    """What is wrong with the way in which the program refuses a file."""
    status, output, errors = run(cli, "check", file)
    if status != 2:
        return f"exit status {status}, expected 2; {errors.strip()[:300]}"
    if output:
        return f"standard output {output[:100]!r}"
    first = errors.split("\n")[0]
    match = re.fullmatch(r"portolan-cli: (.*?):(\d+): (\S.*)", first)
    if not match or match[1] != str(file):
        return f"not `portolan-cli: FILE:LINE: sentence`: {first[:300]}"
    if int(match[2]) != line:
        return f"line {match[2]}, expected {line}: {match[3][:300]}"
    missing = [w for w in words if no_commas(w) not in no_commas(match[3])]
    if missing:
        return f"the error lacks {' '.join(missing)}: {match[3][:300]}"
    return ""


def reading_problem(cli, file):
    """What is wrong when the program should have read a file."""
    status, _, errors = run(cli, "check", file)
    return "" if status in (0, 1) else f"exit status {status}: {errors.strip()[:300]}"


# The corpus


def check_good(root, schema, cli):
    for file in sorted((root / "tests/corpus/good").glob("*.portolan")):
        valid, errors = xmllint(schema, file)
        check(f"good/{file.name}: schema", "" if valid else errors[:300])
        if cli:
            check(f"good/{file.name}: program", reading_problem(cli, file))


def check_bad(root, schema, cli):
    corpus = root / "tests/corpus"
    with open(corpus / "expected.csv", encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    there = {f.name for f in (corpus / "bad").glob("*.portolan")}
    listed = [r["file"] for r in rows]
    check("expected.csv lists each file once",
          " ".join(sorted(there ^ set(listed)) + sorted({f for f in listed if listed.count(f) > 1})))
    for row in rows:
        file = corpus / "bad" / row["file"]
        words = row["words"].split()
        valid, errors = xmllint(schema, file)
        if row["by"] not in ("both", "reader"):
            check(f"bad/{row['file']}: by", row["by"])
        elif "DOCTYPE" not in words:
            problem = "" if valid == (row["by"] == "reader") else "validates" if valid else errors[:300]
            check(f"bad/{row['file']}: schema", problem)
        if cli:
            check(f"bad/{row['file']}: program", refusal_problem(cli, file, int(row["line"]), words))


# Templates


def attribute_orders(schema):
    """The attributes of each type in the order of the schema, which is the order in which they are written."""
    orders = {}
    for kind in ET.parse(schema).getroot().iter(XS + "complexType"):
        orders[kind.get("name")] = [a.get("name") for a in kind.iter(XS + "attribute")]
    return orders


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def canonical(element, orders, defaults, indent=""):
    """An element as the program writes it: attributes in order, options at their default left out."""
    tag = element.tag.removeprefix(PLAN)
    values = dict(element.attrib)
    for option, value in defaults.get(values.get("name"), {}).items() if tag == "role" else ():
        if values.get(option) == value:
            del values[option]
    text = indent + "<" + tag + (' xmlns="urn:portolan:plan:1"' if tag == "plan" else "")
    text += "".join(f' {a}="{escape(values.pop(a))}"' for a in orders[tag] if a in values)
    if tag == "set":
        return f"{text}>{element.text.strip()}</set>\n"
    if len(element) == 0:
        return text + "/>\n"
    return text + ">\n" + "".join(canonical(c, orders, defaults, indent + "  ") for c in element) + f"{indent}</{tag}>\n"


def check_templates(root, schema, cli, defaults):
    orders = attribute_orders(schema)
    files = sorted((root / "data/templates").glob("*.portolan"))
    check("there are templates", "" if files else "none")
    for file in files:
        valid, errors = xmllint(schema, file)
        check(f"templates/{file.name}: schema", "" if valid else errors[:300])
        text = '<?xml version="1.0" encoding="UTF-8"?>\n' + canonical(ET.parse(file).getroot(), orders, defaults)
        check(f"templates/{file.name}: canonical", "" if text.encode() == file.read_bytes() else "not in canonical form")
        foreign = foreign_addresses(text)
        check(f"templates/{file.name}: addresses", f"not for documentation: {' '.join(foreign)}" if foreign else "")
        if cli:
            status, output, errors = run(cli, "check", file)
            findings = [x for x in output.splitlines() if not x.startswith("note[")]
            check(f"templates/{file.name}: check", errors.strip() or "\n".join(findings) or ("" if status == 0 else status))


def foreign_addresses(text):
    """The addresses of a plan that are not those of RFC 5737, RFC 3849 and RFC 2606."""
    ours = re.compile(r"any|(192\.0\.2|198\.51\.100|203\.0\.113)\..*|2001:db8:.*|(.*\.)?(example|example\.com)", re.I)
    return [a for value in re.findall(r' addresses="([^"]*)"', text) for a in value.split() if not ours.fullmatch(a)]


# The schemas and the catalogue


def simple_type_values(schema, name):
    """The values of an enumeration of the schema, or the whole numbers from its minimum to its maximum."""
    kind = schema.find(f"{XS}simpleType[@name='{name}']/{XS}restriction")
    values = [e.get("value") for e in kind.findall(XS + "enumeration")]
    if not values:
        low, high = (int(kind.find(XS + facet).get("value")) for facet in ("minInclusive", "maxInclusive"))
        values = [str(n) for n in range(low, high + 1)]
    return values


def option_values(option):
    if option.get("values"):
        return option.get("values").split()
    return [str(n) for n in range(int(option.get("min")), int(option.get("max")) + 1)]


def compare(name, schema, catalogue):
    """Compares two collections of names."""
    repeated = {n for n in schema if schema.count(n) > 1}
    problem = [f"only in the schema: {n}" for n in sorted(set(schema) - set(catalogue))]
    problem += [f"only in the catalogue: {n}" for n in sorted(set(catalogue) - set(schema))]
    check(name, "; ".join(problem + [f"twice in the schema: {n}" for n in sorted(repeated)]))


def check_catalogue(schema_file, catalogue):
    schema = ET.parse(schema_file).getroot()
    for kind in ("setting", "feature", "role"):
        compare(f"{kind} names", simple_type_values(schema, kind + "-name"),
                [e.get("name") for e in catalogue.iter(CATALOGUE + kind) if e.get("name")])
    options = {}
    for option in catalogue.iter(CATALOGUE + "option"):
        options.setdefault(option.get("name"), set()).update(option_values(option))
    role = schema.find(f"{XS}complexType[@name='role']")
    types = {a.get("name"): a.get("type") for a in role.iter(XS + "attribute") if a.get("name") not in ("name", "note")}
    compare("option names", list(types), list(options))
    for name in sorted(set(types) & set(options)):
        compare(f"values of option {name}", simple_type_values(schema, types[name]), options[name])
    accepted = [p.get("value") for p in schema.find(f"{XS}simpleType[@name='setting-value']").iter(XS + "pattern")]
    words = {w for p in accepted if re.fullmatch(r"[a-z|-]+", p) for w in p.split("|")}
    values = {v for s in catalogue.iter(CATALOGUE + "setting") for v in (s.get("values") or "").split()}
    compare("words of setting values", sorted(words), values)


def check_documentation(schema_file):
    for kind in ET.parse(schema_file).getroot():
        if kind.tag in (XS + "simpleType", XS + "complexType"):
            text = kind.findtext(f"{XS}annotation/{XS}documentation") or ""
            check(f"{schema_file.name}: {kind.get('name')} is documented", "" if text.strip().endswith(".") else repr(text))


def role_defaults(catalogue):
    """The defaults of each role's options."""
    return {role.get("name"): {o.get("name"): o.get("default") for o in role.findall(CATALOGUE + "option")}
            for role in catalogue.iter(CATALOGUE + "role") if role.get("name")}


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    root = Path(sys.argv[1])
    cli = Path(sys.argv[2]).resolve() if len(sys.argv) == 3 else None
    if cli and not cli.exists():
        sys.exit(f"{cli}: no such program")
    schema = root / "data/plan.xsd"
    catalogue = ET.parse(root / "data/catalogue.xml").getroot()
    check_documentation(schema)
    check_documentation(root / "data/sheet.xsd")
    check_catalogue(schema, catalogue)
    check_good(root, schema, cli)
    check_bad(root, schema, cli)
    check_templates(root, schema, cli, role_defaults(catalogue))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
