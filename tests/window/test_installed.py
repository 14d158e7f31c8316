#!/usr/bin/python3
"""What `meson install` puts on a system: valid, complete, and enough for the window to run in German from there.

Usage: test_installed.py SOURCE_ROOT PORTOLAN BUILD PREFIX [TEST...]

A prefix inside of the build folder is installed to as it is, and the window is started from there. Any other one
belongs to somebody: then the files are installed below another root, and only looked at.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import cases
from hand import Hand
from program import wait_for

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from test_translations import DIRECTIVE, read  # noqa: E402

FILES = [
    "bin/portolan", "bin/portolan-cli", "share/man/man1/portolan.1", "share/man/man1/portolan-cli.1",
    "share/locale/de/LC_MESSAGES/portolan.mo", "share/applications/org.portolan.Portolan.desktop",
    "share/metainfo/org.portolan.Portolan.metainfo.xml", "share/mime/packages/org.portolan.Portolan.mime.xml",
    "share/icons/hicolor/scalable/apps/org.portolan.Portolan.svg",
    "share/icons/hicolor/symbolic/apps/org.portolan.Portolan-symbolic.svg",
    "share/icons/hicolor/scalable/mimetypes/application-x-portolan+xml.svg",
    "share/portolan/catalogue.xml", "share/portolan/catalogue.xsd", "share/portolan/plan.xsd",
    "share/portolan/sheet.xsd",
]
BUILD, PREFIX = pathlib.Path(sys.argv[3]).resolve(), pathlib.Path(sys.argv[4])
OWN = BUILD in PREFIX.parents
# What is changed in a plan so that it is none any more.
BROKEN = [
    [('kind="internet"', 'kind="outside"'), ('zone="corp"', 'zone="there"'), ("addresses=", "adresses="),
     ('site="PS1"', 'site="PS2"'), ('name="sms-provider"', 'name="provider"')],
    [("<role ", "<rule "), ('zone id="azure"', 'zone id="CORP"'), ("<site ", "text <site ")],
    [("<?xml", "no plan")],
]

# Keys that open a dialog, its title, and a button that closes it.
DIALOGS = [("ctrl+e", "Regelblätter exportieren", "Abbrechen"),
           ("ctrl+shift+e", "Diagramm exportieren", "Abbrechen"), ("ctrl+p", "Diagramm drucken", "Abbrechen")]


def run(*command, **more):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, f"{command[0]} says:\n{done.stdout}{done.stderr}"
    return done.stdout


def install(case):
    """The prefix with everything installed."""
    root = case.folder / "root"
    environment = {**os.environ, **({} if OWN else {"DESTDIR": str(root)})}
    run("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", env=environment)
    return PREFIX if OWN else root / PREFIX.relative_to("/")


def test_everything_is_there(case):
    prefix = install(case)
    missing = [file for file in FILES if not (prefix / file).is_file() and not (prefix / f"{file}.gz").is_file()]
    assert not missing, f"not installed: {missing}"


def test_valid(case):
    prefix = install(case)
    run("desktop-file-validate", prefix / "share/applications/org.portolan.Portolan.desktop")
    run("appstreamcli", "validate", "--no-net", prefix / "share/metainfo/org.portolan.Portolan.metainfo.xml")
    for icon in [*(prefix / "share/icons").rglob("*.svg"), *(case.root / "icons").glob("*.svg")]:
        assert ElementTree.parse(icon).getroot().tag == "{http://www.w3.org/2000/svg}svg", icon
    said = subprocess.run(["man", "-l", "--warnings", "-Tutf8", case.root / "src/app/portolan.1"], capture_output=True,
                          text=True, check=False) if shutil.which("man") else None
    assert said is None or not said.stderr, said.stderr


def test_files_are_known(case):
    """A plan has its own type and icon, whatever is in it."""
    prefix, data = install(case), case.folder / "data"
    (data / "mime/packages").mkdir(parents=True)
    shutil.copy(prefix / "share/mime/packages/org.portolan.Portolan.mime.xml", data / "mime/packages")
    run("xmllint", "--noout", "--nonet", *(data / "mime/packages").iterdir())
    said = subprocess.run(["update-mime-database", "-V", data / "mime"], capture_output=True, text=True, check=True)
    assert "rror" not in said.stderr and "arning" not in said.stderr, said.stderr
    environment = {**case.desktop.environment, "XDG_DATA_HOME": str(data)}
    text = case.folder / "text.portolan"
    text.write_text("no plan\n", encoding="utf-8")
    for plan in [case.copy("perimeter"), text]:
        told = run("gio", "info", "-a", "standard::content-type,standard::icon", plan, env=environment)
        assert "standard::content-type: application/x-portolan+xml" in told, told
        assert "application-x-portolan+xml" in told and "x-office-drawing" in told, told
    entry = (prefix / "share/applications/org.portolan.Portolan.desktop").read_text(encoding="utf-8")
    assert "\nMimeType=application/x-portolan+xml;\n" in entry, entry


def start_german(case, *plans):
    prefix = install(case)
    environment = {**cases.make_locale(case.folder, "de_DE.UTF-8"),
                   "XDG_DATA_DIRS": f"{prefix}/share:/usr/local/share:/usr/share"}
    return cases.Program(case.desktop, prefix / "bin/portolan", *plans, picture=case.picture, **environment)


def pattern(texts):
    """Finds any of the texts: a sentence wherever it stands, with whatever stands in it, and a few words alone."""
    return re.compile("|".join(".+".join(map(re.escape, DIRECTIVE.split(text))) if len(text.split()) > 3
                               else rf"\A{re.escape(text)}\Z" for text in texts))


def look(program, english, seen, *windows):
    """Adds what all windows or these show, and what is said of it, to `seen`; returns what of it is English."""
    texts = {text.strip() for window in windows or program.application.children for thing in window.walk(shown=True)
             for text in (thing.name, thing.description) if text}
    seen |= texts
    return {text for text in texts if english.search(text)}


def spoil(path, *changes):
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{path.name} does not have {old!r}"
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return path


def look_at_broken(case, english, seen):
    """What is English of why files are no plans."""
    found = set()
    for number, changes in enumerate(BROKEN):
        path = spoil(case.copy("internet-clients"), *changes).rename(case.folder / f"broken-{number}.portolan")
        with start_german(case, path) as program:
            dialog = program.window(lambda name: "kann nicht geöffnet werden" in name)
            dialog.find(name=lambda name: name.startswith("Zeile "))
            found |= look(program, english, seen)
            program.press(dialog.find("push button", "Schließen"), dialog)
            program.close("Schließen")
    return found


def test_window_is_german(case):
    """Started from there, nothing that has a translation is in English: pages, menus, dialogs, the inspector of each
    kind, and what is wrong with a plan or a file."""
    if not OWN:
        print(f"the prefix {PREFIX} is not the test's: the window is not started from there")
        return
    pairs = [(m.key[1].replace("_", ""), m.forms[0].replace("_", "")) for m in read(case.root / "po/de.po")[1]]
    plan = spoil(case.copy("perimeter"), ('name="MP01" zone="corp"', 'name="MP01"'),
                 ("fallback-status-point", "enrollment-point"))
    english = {text for text, german in pairs if text != german}
    english -= {german for _, german in pairs} | set(re.findall('"([^"]*)"', plan.read_text(encoding="utf-8")))
    english -= {"operation", "installation"}  # sheets have the words of their files
    english, seen = pattern(english), set()
    found = look_at_broken(case, english, seen)
    with start_german(case) as program:
        found |= look(program, english, seen)
        program.close("Schließen")
    with start_german(case, plan) as program:
        hand = Hand(program)
        found |= look(program, english, seen)
        for page in ("Standorte", "Gliederung"):
            hand.press("page tab", page)
            found |= look(program, english, seen)
        hand.press("push button", "Probleme")
        for start in ("Warnung, MP01: der Knoten", "Warnung, MP01: Anmeldungspunkt: "):
            hand.find("list item", start)
        found |= look(program, english, seen)
        hand.key("F7")  # what has been seen is not asked for again: that takes a while
        for row in ("Zone Perimeter", "Firewall Inner", "MP02", "Standort PS1"):
            hand.press("list item", row)
            found |= look(program, english, seen)
        for key, title, button in DIALOGS:
            hand.key(key)
            dialog = program.window(title)
            close = dialog.find("push button", button)
            found |= look(program, english, seen, dialog)
            program.press(close, dialog)
            program.wait_until_gone(title)
            hand.take_keys()
        hand.key("ctrl+f")
        hand.press("push button", "Filtern")
        hand.find("label", "Beide Phasen")
        found |= look(program, english, seen)
        hand.key("Escape", "Escape")
        for keys in (["F10"], ["ctrl+question"]):
            hand.key(*keys)
            wait_for(lambda: look(program, english, shown := set()) or "Tastenkürzel" in shown, "the menu or the window")
            found |= look(program, english, seen)
            hand.key("Escape")
        program.close("Schließen")
    assert not found, f"in English: {sorted(found)}"
    shown = seen & {german for text, german in pairs if text != german}
    assert len(shown) > 100, f"only this is German: {sorted(shown)}"


if __name__ == "__main__":
    # What is left are the arguments that all files of tests have.
    del sys.argv[3:5]
    cases.main(__doc__, globals(), size="1920x1080")
