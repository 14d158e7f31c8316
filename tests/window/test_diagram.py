#!/usr/bin/python3
"""The diagram as a file and on paper: what a person chooses, is asked and gets.

Usage: test_diagram.py SOURCE_ROOT PORTOLAN [TEST...]
"""

import re

import cases
from program import wait_for
from test_files import TITLE, answer, enter_path

DIALOG = "Export Diagram"
CHOOSER = "Export the Diagram"


def open_dialog(program, key, title):
    program.window(TITLE)
    program.key(key)
    dialog = program.window(title)
    dialog.find("label", lambda name: name.startswith("Page 1 of"))
    return dialog


def count_pages(pdf):
    return len(re.findall(rb"/Type /Page\b", pdf.read_bytes()))


def test_export(case):
    """Enter goes on; a name without extension gets one, and a file of that name is asked about."""
    with case.start(case.copy("perimeter"), chooser=True) as program:
        open_dialog(program, "ctrl+shift+e", DIALOG)
        program.key("alt+e")
        enter_path(program, CHOOSER, case.folder / "one")
        pdf = case.folder / "one.pdf"
        wait_for(pdf.exists, "the file")
        program.wait_until_gone(DIALOG)
        assert count_pages(pdf) == 1, f"{count_pages(pdf)} pages"
        program.window(TITLE).find("label", f"The diagram was exported to “{pdf}”.")
        before = pdf.stat().st_ino
        open_dialog(program, "ctrl+shift+e", DIALOG)
        program.key("alt+e")
        enter_path(program, CHOOSER, case.folder / "one")
        answer(program, "Replace", "Replace")
        wait_for(lambda: pdf.stat().st_ino != before, "the file to be replaced")
        program.wait_until_gone(DIALOG)
        dialog = open_dialog(program, "ctrl+shift+e", DIALOG)
        program.press(dialog.find("check box", "Legend"), dialog)
        program.key("alt+e")
        enter_path(program, CHOOSER, case.folder / "one.svg")
        program.wait_until_gone(DIALOG)
        svg = (case.folder / "one.svg").read_text(encoding="utf-8")
        assert ">Whole plan</text>" in svg and ">Legend</text>" not in svg
        program.key("ctrl+q")


def test_print(case):
    """What is chosen here is offered by the dialog of the desktop; Escape leads back, and from there home."""
    settings = case.desktop.folder / "config" / "gtk-4.0" / "settings.ini"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("[Settings]\ngtk-recent-files-max-age=-1\ngtk-print-backends=file\n", encoding="utf-8")
    with case.start(case.copy("perimeter")) as program:
        dialog = open_dialog(program, "ctrl+p", "Print Diagram")
        assert not list(dialog.all("label", "Format"))
        program.press(dialog.find("push button", "Print…"), dialog)
        program.window("Print")
        program.key("Escape")
        program.wait_until_gone("^Print$")
        program.key("Escape")
        program.wait_until_gone("Print Diagram")
        program.key("ctrl+q")


if __name__ == "__main__":
    cases.main(__doc__, globals())
