#!/usr/bin/python3
"""The export of rule sheets: what it says, asks and writes, and that it writes what the command line writes.

Usage: test_export.py SOURCE_ROOT PORTOLAN [TEST...], with the command line in $PTL_CLI and the slow disk's module in
$PTL_SLOW_DISK_MODULE
"""

import os
import subprocess

import cases
from program import wait_for
from test_files import TITLE, answer

DIALOG = "Export Rule Sheets"
FILES = ["fw-edge.csv", "fw-edge.xml", "fw-inner.csv", "fw-inner.xml", "index.csv"]

# Nodes without addresses, an error, and a firewall of somebody else.
UNRESOLVED = """<plan xmlns="urn:portolan:plan:1" title="Unresolved">
<site code="P01" kind="primary"/>
<site code="CAS" kind="cas" parent="P01"/>
<zone id="corp" name="Corporate" kind="intranet"/>
<zone id="dmz" name="Perimeter" kind="perimeter"/>
<zone id="lab" name="Laboratory" kind="intranet"/>
<firewall id="fw-inner" name="Inner firewall" zones="corp dmz"/>
<firewall id="fw-lab" name="Laboratory firewall" zones="corp lab" managed="no"/>
<node id="cm01" name="CM01" zone="corp" site="P01"><role name="site-server"/></node>
<node id="mp01" name="MP01" zone="dmz" site="P01"><role name="management-point"/></node>
<node id="dp01" name="DP01" zone="lab" site="P01"><role name="distribution-point"/></node>
</plan>
"""


def prefer_folder(case, folder):
    """As if the sheets had gone there the last time; without the sidebar, in which nothing is looked for."""
    path = case.desktop.folder / "config" / "portolan" / "preferences.ini"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"[Window]\nshow-sidebar=0\nexport-folder={folder.as_uri()}\n", encoding="utf-8")
    return folder


def written(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def by_command(case, plan, *options):
    """What the command line writes."""
    folder = case.folder / "by-command"
    subprocess.run([os.environ["PTL_CLI"], "sheets", plan, "--output", folder, *options], check=True,
                   capture_output=True)
    files = written(folder)
    for path in folder.iterdir():
        path.unlink()
    return files


def check_same(case, folder, plan, *options):
    expected, found = by_command(case, plan, *options), written(folder)
    assert sorted(found) == sorted(expected), f"{sorted(found)} instead of {sorted(expected)}"
    for name, content in expected.items():
        assert found[name] == content, f"{name} is not as the command line has it"


def open_dialog(program, title=TITLE):
    program.window(title)
    program.key("ctrl+e")
    return program.window(DIALOG)


def press(program, dialog, name, role="push button"):
    program.press(dialog.find(role, name), dialog)


def says(dialog, text):
    """Waits until some label has the text in it."""
    return dialog.find("label", lambda name: text in name)


def test_same_files(case):
    plan, folder = case.copy("perimeter"), prefer_folder(case, case.folder / "sheets")
    with case.start(plan) as program:
        dialog = open_dialog(program)
        says(dialog, "5 files will be written: fw-inner.csv, fw-inner.xml, fw-edge.csv, fw-edge.xml, index.csv")
        assert not list(dialog.all("label", lambda name: "UNRESOLVED" in name or "error" in name))
        press(program, dialog, "Export")
        says(dialog, f"29 rules in 2 sheets written to “{folder}”")
        check_same(case, folder, plan)
        press(program, dialog, "Close")
        dialog = open_dialog(program)
        press(program, dialog, "Edge firewall, 7 rules", "check box")
        press(program, dialog, "Comma-separated values for spreadsheets (.excel.csv)", "check box")
        press(program, dialog, "XML (.xml)", "check box")
        press(program, dialog, "One row for each pair of nodes (expanded)", "radio button")
        says(dialog, "3 files will be written: fw-inner.csv, fw-inner.excel.csv, index.csv")
        press(program, dialog, "Export")
        answer(program, "Replace 2 files?", "Replace")
        says(dialog, "3 sheets in the folder were not written now and are left alone: "
                     "fw-edge.csv, fw-edge.xml, fw-inner.xml")
        for name in ("fw-edge.csv", "fw-edge.xml", "fw-inner.xml"):
            (folder / name).unlink()
        check_same(case, folder, plan, "--expand", "--firewall", "fw-inner", "--format", "csv", "--format", "csv-excel")
        press(program, dialog, "Close")
        window = program.window(TITLE)
        program.press(window.find("push button", "Export"), window)
        dialog = program.window(DIALOG)  # it remembers
        says(dialog, "5 files will be written: fw-inner.csv, fw-inner.excel.csv, fw-edge.csv")
        program.key("Escape")
        program.wait_until_gone(DIALOG)
        program.press(window.find(name="Sheet menu"), window)
        menu = window.find("menu")  # where it is, is nowhere told
        menu.find("menu item", "Export This Sheet…")
        program.key("Down", "Return")
        says(program.window(DIALOG), "3 files will be written: fw-inner.csv, fw-inner.excel.csv, index.csv")
        program.key("Escape")
        program.wait_until_gone(DIALOG)
        program.key("ctrl+q")


def test_replacing_is_asked(case):
    plan, folder = case.copy("perimeter"), prefer_folder(case, case.folder / "sheets")
    folder.mkdir()
    (folder / "fw-edge.csv").write_text("old")
    (folder / "index.csv").write_text("old")
    (folder / "notes.txt").write_text("mine")
    with case.start(plan) as program:
        dialog = open_dialog(program)
        press(program, dialog, "Export")
        question = program.window("Replace 2 files?")
        says(question, "fw-edge.csv, index.csv")
        answer(program, "Replace 2 files?", "Cancel")
        assert set(written(folder).values()) == {b"old", b"mine"}
        press(program, dialog, "Export")
        answer(program, "Replace 2 files?", "Replace")
        says(dialog, "29 rules in 2 sheets")
        assert (folder / "notes.txt").read_text() == "mine"
        (folder / "notes.txt").unlink()
        check_same(case, folder, plan)
        press(program, dialog, "Close")
        program.window(TITLE)
        program.key("ctrl+q")


def test_cancel(case):
    plan, folder, slow = case.copy("perimeter"), prefer_folder(case, case.folder / "sheets"), case.folder / "slow"
    expected = by_command(case, plan)
    with case.start(plan, LD_PRELOAD=os.environ["PTL_SLOW_DISK_MODULE"], PTL_SLOW_DISK=slow) as program:
        slow.touch()
        dialog = open_dialog(program)
        press(program, dialog, "Export")
        says(dialog, "fw-inner.csv")
        wait_for(lambda: folder.is_dir() and written(folder), "the first file to be begun")
        press(program, dialog, "Cancel")
        says(dialog, "Cancelling…")
        slow.unlink()
        says(program.window("The export was cancelled"), "1 of 5 files was written.")
        answer(program, "The export was cancelled", "Close")
        assert written(folder) == {"fw-inner.csv": expected["fw-inner.csv"]}
        slow.touch()
        press(program, dialog, "Export")
        answer(program, "Replace 1 file?", "Replace")
        says(dialog, "fw-inner.csv")
        program.key("ctrl+w")  # cancels first, and goes then
        says(dialog, "Cancelling…")
        slow.unlink()
        program.wait_until_gone(DIALOG)
        program.window(TITLE)
        program.key("ctrl+q")
    assert written(folder) == {"fw-inner.csv": expected["fw-inner.csv"]}


def test_what_cannot_be_written(case):
    plan, folder = case.copy("perimeter"), prefer_folder(case, case.folder / "sheets")
    folder.write_text("no folder")
    with case.start(plan) as program:
        dialog = open_dialog(program)
        press(program, dialog, "Export")
        says(program.window("The sheets could not be exported"), f"{folder} is not a folder.")
        answer(program, "The sheets could not be exported", "Close")
        folder.unlink()
        (folder / "fw-edge.xml").mkdir(parents=True)
        press(program, dialog, "Export")
        answer(program, "Replace 1 file?", "Replace")
        error = program.window("The sheets could not be exported")
        says(error, f"“{folder}/fw-edge.xml” could not be written: it is a folder.")
        says(error, "3 of 5 files were written.")
        answer(program, "The sheets could not be exported", "Close")
        (folder / "fw-edge.xml").rmdir()
        press(program, dialog, "Export")
        answer(program, "Replace 3 files?", "Replace")
        says(dialog, "29 rules in 2 sheets")
        check_same(case, folder, plan)
        press(program, dialog, "Close")
        program.window(TITLE)
        program.key("ctrl+q")


def test_what_is_unresolved(case):
    plan, folder = case.folder / "unresolved.portolan", prefer_folder(case, case.folder / "sheets")
    plan.write_text(UNRESOLVED, encoding="utf-8")
    with case.start(plan) as program:
        dialog = open_dialog(program, "Unresolved")
        says(dialog, "3 nodes without an address stand on these sheets as UNRESOLVED: CM01, MP01, DP01")
        says(dialog, "1 error in the plan: flows may be missing")
        other = dialog.find("check box", "Laboratory firewall, not managed here")
        assert not other.has("sensitive") and not other.has("checked")
        press(program, dialog, "Select None")
        says(dialog, "Nothing will be written: no firewall is chosen.")
        assert not dialog.find("push button", "Export").has("sensitive")
        press(program, dialog, "Select All")
        press(program, dialog, "Select Them")
        program.wait_until_gone(DIALOG)
        window = program.window("Unresolved")
        window.find("label", "3 nodes")
        dialog = open_dialog(program, "Unresolved")
        press(program, dialog, "Show Problems")
        program.wait_until_gone(DIALOG)
        window.find("list", "Problems")
        assert not folder.exists()
        program.key("ctrl+q")


def test_folder(case):
    """It is chosen in a dialog, and opened by the program that opens folders."""
    plan, folder, opened = case.copy("perimeter"), case.folder / "chosen", case.folder / "opened"
    prefer_folder(case, case.folder)
    folder.mkdir()
    applications = case.desktop.folder / "data" / "applications"
    applications.mkdir(exist_ok=True)
    (applications / "folders.desktop").write_text(
        f"[Desktop Entry]\nType=Application\nName=Folders\nExec=sh -c 'echo \"$0\" > {opened}' %f\n"
        "MimeType=inode/directory;\n")
    (case.desktop.folder / "config" / "mimeapps.list").write_text(
        "[Default Applications]\ninode/directory=folders.desktop\n")
    with case.start(plan, chooser=True) as program:
        dialog = open_dialog(program)
        press(program, dialog, str(case.folder))
        chooser = program.window("A Folder for the Sheets")
        program.move(*program.middle_of(chooser, chooser))
        program.type(folder)  # its first letter opens a field for paths
        wait_for(lambda: chooser.find("text").text == str(folder), "the typed path")
        program.key("Return")
        program.wait_until_gone(chooser.name)
        dialog.find("push button", str(folder))
        press(program, dialog, "Export")
        says(dialog, "29 rules in 2 sheets")
        press(program, dialog, "Open Folder")
        wait_for(lambda: opened.exists() and opened.read_text() == f"{folder}\n", "the folder to be opened")
        press(program, dialog, "Close")
        program.window(TITLE)
        program.key("ctrl+q")
    check_same(case, folder, plan)


if __name__ == "__main__":
    cases.main(__doc__, globals())
