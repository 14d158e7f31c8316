#!/usr/bin/env python3
"""Opens rule sheets in LibreOffice, in English and in German, and compares each cell with what the CSV file says.

Usage: spreadsheet.py SOURCE_ROOT CLI

A command of its own and no part of the test suite, because LibreOffice is large; the exit status is 77 without it. A
name for people that is written as a number or a date ("007", "1E5", "1.2.2024") is one to a spreadsheet, in whatever
program: none of the names here is.
"""

import csv
import pathlib
import shutil
import subprocess
import sys
import tempfile
from xml.sax.saxutils import quoteattr

LOCALES = ("en-US", "de-DE")
CSV = "44,34,76,1,,0,false"  # comma, quotation mark, UTF-8, from line 1, the program's language, nothing forced to text
READ = f"CSV:{CSV},true"  # and dates are looked for, which Excel always does
WRITE = f"csv:Text - txt - csv (StarCalc):{CSV},true"  # cells as they are shown
NAMES = [
    "Büro Süd", "Größe; Übersee", "Übersee, Größe", 'The "inner" one', '"', '""', "a,b;c d",
    "=1+1", '=HYPERLINK("http://host.example","x")', "=cmd|'/c calc'!A0", "+49 30", "+1", "-1", "-2+3", "@SUM(1)", "@",
    "'quoted'", "'=1+1", "''", " before", "after ", "日本語", "🙂", "e\u0301", "sep=,", "#REF!", "\ufeffmark",
]
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Setup/L10N">
    <prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{}</value></prop>
  </item>
</oor:items>
"""


def odd_plan():
    """Zones, firewalls, nodes and notes with each of the names."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>',
             f'<plan xmlns="urn:portolan:plan:1" title={quoteattr(NAMES[0])} description="">',
             '<site code="P01" name="Süd" kind="primary"/>', '<zone id="core" name="Kern" kind="intranet"/>']
    lines += [f'<zone id="z{i}" name={quoteattr(name)} kind="perimeter"/>' for i, name in enumerate(NAMES)]
    lines += [f'<firewall id="fw{i}" name={quoteattr(name)} zones="core z{i}" note={quoteattr(name)}/>'
              for i, name in enumerate(NAMES)]
    lines += ['<node id="cm" name="CM" zone="core" site="P01" addresses="10.1.0.10"><role name="site-server"/></node>',
              '<node id="mp" name="MP" zone="core" site="P01"><role name="management-point"/></node>']
    for i, name in enumerate(NAMES):
        lines.append(f'<node id="dp{i}" name={quoteattr(name)} zone="z{i}" site="P01"'
                     f' addresses="192.0.2.{i} 2001:db8::{i}" note={quoteattr(name)}>'
                     '<role name="distribution-point"/></node>')
        lines.append(f'<node id="pc{i}" name={quoteattr(name)} zone="z{i}" site="P01"><role name="client"/></node>')
    return "\n".join(lines + ["</plan>"]) + "\n"


def convert(profile, files, folder):
    """Opens the files and writes what the cells show into the folder, under the same names."""
    result = subprocess.run(["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless",
                             f"--infilter={READ}", "--convert-to", WRITE, "--outdir", folder, *files],
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600, check=False)
    missing = [file.name for file in files if not (folder / file.name).exists()]
    if result.returncode != 0 or missing:
        sys.exit(f"soffice: status {result.returncode}, missing {missing}\n{result.stdout.decode(errors='replace')}")


def cells(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    # What separates the cells is no row; LibreOffice shows it as one when it was told itself.
    if rows and "".join(rows[0]).startswith("sep="):
        del rows[0]
    return rows


def differences(file, shown):
    """What a sheet has and what the spreadsheet shows, cell by cell."""
    rows, others = cells(file), cells(shown)
    if len(rows) != len(others):
        yield f"{file.name}: {len(rows)} rows, but {len(others)} are shown"
    for i, (row, other) in enumerate(zip(rows, others), 1):
        if len(row) != len(other):
            yield f"{file.name}, row {i}: {len(row)} cells, but {len(other)} are shown"
        for title, cell, seen in zip(rows[0], row, other):
            if cell != seen:
                yield f"{file.name}, row {i}, {title}: {cell!r} is shown as {seen!r}"


def make_profile(folder, locale):
    profile = folder / f"profile-{locale}"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE.format(locale), encoding="utf-8")
    return profile


def check_locale(profile, folder):
    """A date in German tells whether the profile is the one that is used."""
    (folder / "probe").mkdir()
    probe = folder / "probe.csv"
    probe.write_text("1.2.2024\n", encoding="utf-8")
    convert(profile, [probe], folder / "probe")
    shown = cells(folder / "probe" / "probe.csv")
    assert shown[0][0].startswith("01.02."), f"the German profile is not used: {shown}"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    if shutil.which("soffice") is None:
        print("soffice is not here: skipped")
        return 77
    root, cli = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "odd.portolan").write_text(odd_plan(), encoding="utf-8")
        files = []
        for path in (root / "data/templates/perimeter.portolan", folder / "odd.portolan"):
            sheets = folder / path.stem
            subprocess.run([cli, "sheets", path, "--output", sheets, "--format", "csv", "--format", "csv-excel"],
                           check=True, stderr=subprocess.DEVNULL)
            files.append(sorted(sheets.glob("*.csv")))
        for locale in LOCALES:
            profile = make_profile(folder, locale)
            if locale == "de-DE":
                check_locale(profile, folder)
            for group in files:
                shown = folder / f"{group[0].parent.name}-{locale}"
                shown.mkdir()
                convert(profile, group, shown)
                for file in group:
                    wrong = list(differences(file, shown / file.name))
                    passed += not wrong
                    failed += bool(wrong)
                    for line in wrong[:10]:
                        print(f"{locale}: {line}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
