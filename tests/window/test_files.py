#!/usr/bin/python3
"""Files: opening, saving, and that no work is lost, whatever happens.

Usage: test_files.py SOURCE_ROOT PORTOLAN [TEST...]
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys

import cases
from program import wait_for

TITLE = "Primary site with a perimeter"


def edit(program, window):
    """Takes everything away: an edit that cannot fail."""
    program.press(window.find(name="Canvas"), window)
    program.key("ctrl+a", "Delete")
    return program.window(f"• {TITLE}")


def left_overs(case):
    return sorted((case.desktop.folder / "state" / "portolan" / "recovery").glob("*.portolan"))


def wait_for_recovery(case, count=1):
    wait_for(lambda: len(left_overs(case)) == count, f"{count} recovery files")


def answer(program, title, button):
    """Presses a button of the dialog that says something like `title`."""
    dialog = program.window(lambda name: title in name)
    program.press(dialog.find("push button", button), dialog)


def wait_for_no_bar(program, title):
    """What says above the canvas what others did to the file."""
    wait_for(lambda: not list(program.window(title).all("push button", "Keep Mine")), "the bar to go")


def discard_and_end(program):
    program.key("ctrl+q")
    answer(program, "Save the changes", "Discard")
    program.check_ended()


def enter_path(program, title, path):
    """Types a path into a file chooser."""
    chooser = program.window(title)
    program.press(chooser.find("text"), chooser)
    program.key("ctrl+a")
    program.type(str(path))
    program.key("Return")


def test_save_is_canonical(case):
    path = case.copy("perimeter")
    expected = path.read_bytes()
    messy = expected.replace(b'" ', b'"\n     ').replace(b"<plan ", b"<!-- by hand -->\n<plan ", 1)
    path.write_bytes(messy)
    with case.start(path) as program:
        program.window(TITLE)
        program.key("ctrl+s")
        answer(program, "Save without the comments", "Save")
        wait_for(lambda: path.read_bytes() == expected, "the canonical form")
        path.write_bytes(messy)  # it is asked only once, but the file is another now
        program.window(TITLE).find("push button", "Keep Mine")
        program.key("ctrl+s")
        answer(program, "Replace the file", "Replace")
        wait_for(lambda: path.read_bytes() == expected, "the canonical form")
        wait_for_no_bar(program, TITLE)
        program.key("ctrl+q")


def test_save_as(case):
    path = case.copy("stand-alone")
    with case.start(path, chooser=True) as program:
        program.window("Stand-alone primary site")
        program.key("ctrl+shift+s")
        enter_path(program, "Save the Plan", case.folder / "other")
        other = case.folder / "other.portolan"
        wait_for(other.exists, "the file")
        wait_for(lambda: other.read_bytes() == path.read_bytes(), "the same content")
        before = other.read_bytes()
        program.window("Stand-alone primary site")
        program.key("ctrl+shift+s")
        enter_path(program, "Save the Plan", case.folder / "stand-alone")  # asks: the extension makes it another's
        answer(program, "Replace “", "Cancel")
        assert other.read_bytes() == before
        program.key("ctrl+q")


def test_new_from_template(case):
    with case.start(chooser=True) as program:
        window = program.window("Portolan")
        program.press(window.find("push button", "Stand-alone primary site"), window)
        program.window("Stand-alone primary site")
        program.key("ctrl+s")
        enter_path(program, "Save the Plan", case.folder / "mine.portolan")
        mine = case.folder / "mine.portolan"
        template = case.root / "data" / "templates" / "stand-alone.portolan"
        wait_for(lambda: mine.exists() and mine.read_bytes() == template.read_bytes(), "the template in a file")
        program.key("ctrl+q")
    with case.start() as program:  # it is a recent one
        window = program.window("Portolan")
        program.press(window.find("list item", "mine"), window)
        program.window("Stand-alone primary site")
        program.key("ctrl+w")


def test_close_asks(case):
    path = case.copy("perimeter")
    before = path.read_bytes()
    with case.start(path) as program:
        edit(program, program.window(TITLE))
        program.key("ctrl+z")
        program.window(TITLE)
        program.key("ctrl+w")  # nothing would be lost
    with case.start(path) as program:
        edit(program, program.window(TITLE))
        program.key("ctrl+w")
        answer(program, "Save the changes", "Cancel")
        program.window(f"• {TITLE}")
        wait_for_recovery(case)
        program.key("ctrl+w")
        answer(program, "Save the changes", "Discard")
    assert path.read_bytes() == before and not left_overs(case)
    with case.start(path) as program:
        edit(program, program.window(TITLE))
        program.key("ctrl+w")
        answer(program, "Save the changes", "Save")
    assert b"<node" not in path.read_bytes() and not left_overs(case)


def test_quit_asks_each(case):
    paths = [case.copy("perimeter"), case.folder / "second.portolan"]
    shutil.copy(paths[0], paths[1])
    paths[1].write_bytes(paths[1].read_bytes().replace(TITLE.encode(), b"Second", 1))
    with case.start(*paths) as program:
        second = program.window("Second")
        for _ in range(2):
            program.press(second.find(name="Canvas"), second)
            program.key("ctrl+a", "Delete")
            second = program.window("• Second")
            program.key("ctrl+q")
            answer(program, "Save the changes", "Cancel")
            program.key("ctrl+z")
            second = program.window("Second")
        program.window(TITLE)  # to cancel closes nothing
        program.key("ctrl+q")


def test_recovery_after_a_crash(case):
    path = case.copy("perimeter")
    before = path.read_bytes()
    with case.start(path) as program:
        window = edit(program, program.window(TITLE))
        wait_for_recovery(case)
        program.key("ctrl+z")  # as saved: nothing to recover
        wait_for_recovery(case, 0)
        edit(program, program.window(TITLE))
        wait_for_recovery(case)
        other = subprocess.run([case.portolan, "--version"], check=True, capture_output=True,
                               env=case.desktop.environment)  # another process leaves it alone
        assert other.stdout.startswith(b"portolan ") and window and path.read_bytes() == before
        program.process.send_signal(signal.SIGKILL)
        program.process.wait()
        program.process.returncode = 0  # it was asked for
    wait_for_recovery(case)
    with case.start() as program:
        window = program.window("Portolan")
        assert window.find("list item").name == TITLE
        program.press(window.find("push button", "Recover"), window)
        window = program.window(f"• {TITLE}")
        program.key("ctrl+s")
        window = program.window(TITLE)
        wait_for_recovery(case, 0)
        assert b"<node" not in path.read_bytes()
        program.key("ctrl+q")


def test_recovery_of_a_file_that_changed(case):
    path = case.copy("perimeter")
    with case.start(path) as program:
        edit(program, program.window(TITLE))
        wait_for_recovery(case)
        os.kill(program.process.pid, signal.SIGTERM)  # as at the end of a session: nothing is asked, nothing lost
        program.check_ended()
    wait_for_recovery(case)
    path.write_bytes(path.read_bytes() + b"\n")
    with case.start() as program:
        window = program.window("Portolan")
        program.press(window.find("push button", "Recover"), window)
        program.window(f"• {TITLE}").find("push button", "Reload")
        program.key("ctrl+q")
        answer(program, "Save the changes", "Discard")
    assert not left_overs(case)


def test_recovery_knows_of_comments(case):
    path = case.copy("perimeter")
    path.write_bytes(path.read_bytes().replace(b"<plan ", b"<!-- by hand -->\n<plan ", 1))
    with case.start(path) as program:
        edit(program, program.window(TITLE))
        wait_for_recovery(case)
        os.kill(program.process.pid, signal.SIGTERM)
        program.check_ended()
    with case.start() as program:
        window = program.window("Portolan")
        program.press(window.find("push button", "Recover"), window)
        program.window(f"• {TITLE}")
        program.key("ctrl+s")
        answer(program, "Save without the comments", "Cancel")
        program.window(f"• {TITLE}")
        discard_and_end(program)


def test_link_to_a_file_that_changes(case):
    path, link = case.copy("perimeter"), case.folder / "elsewhere" / "link.portolan"
    link.parent.mkdir()
    link.symlink_to(path)
    with case.start(link) as program:
        window = program.window(TITLE)
        path.write_bytes(path.read_bytes() + b"\n")
        program.press(window.find("push button", "Keep Mine"), window)
        edit(program, program.window(f"• {TITLE}"))
        program.key("ctrl+s")
        program.window(TITLE)
        assert link.is_symlink() and b"<node" not in path.read_bytes()
        program.key("ctrl+q")


def test_recovery_that_cannot_be_read(case):
    folder = case.desktop.folder / "state" / "portolan" / "recovery"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "1.portolan").write_text("<plan", encoding="utf-8")
    with case.start() as program:
        window = program.window("Portolan")
        program.press(window.find("push button", "Recover"), window)
        dialog = program.window(lambda name: "cannot be opened" in name)
        dialog.find(name=lambda name: str(folder / "1.portolan") in name)
        program.press(dialog.find("push button", "Close"), dialog)
        assert left_overs(case) == [folder / "1.portolan"]
        window = program.window("Portolan")
        program.key("ctrl+n")
        program.window("Untitled plan")
        program.key("ctrl+q")
    with case.start() as program:
        window = program.window("Portolan")
        program.press(window.find("push button", "Discard…"), window)
        answer(program, "Discard the unsaved work", "Discard")
        wait_for_recovery(case, 0)
        program.key("ctrl+q")


def test_recovery_is_tried_again(case):
    path, state = case.copy("perimeter"), case.folder / "state"
    state.touch()  # where a folder should be
    with case.start(path, XDG_STATE_HOME=state) as program:
        edit(program, program.window(TITLE)).find(name=lambda text: text.startswith("Unsaved work would not survive"))
        state.unlink()
        wait_for(lambda: list(state.glob("portolan/recovery/*.portolan")), "the recovery file")
        discard_and_end(program)


def test_broken_file(case):
    path = case.copy("perimeter")
    broken = case.folder / "broken.portolan"
    broken.write_bytes(path.read_bytes().replace(b'zone="corp"', b'zone="nowhere"'))
    with case.start(path, chooser=True) as program:
        program.window(TITLE)
        program.key("ctrl+o")
        program.window("Open a Plan")
        program.type(broken)  # the first character, /, opens a field for it
        program.key("Return")
        program.wait_until_gone("Open a Plan")
        dialog = program.window(lambda name: "cannot be opened" in name)
        dialog.find(name=lambda name: "Line 10: " in name and "nowhere" in name)
        program.press(dialog.find("push button", "Close"), dialog)
        program.window(TITLE)
        program.key("ctrl+q")


def test_changed_by_others(case):
    path = case.copy("perimeter")
    before = path.read_bytes()
    with case.start(path) as program:
        window = program.window(TITLE)
        os.utime(path)  # the same content
        path.write_bytes(before.replace(TITLE.encode(), b"Another title", 1))
        program.press(window.find("push button", "Reload"), window)
        window = program.window("Another title")
        wait_for_no_bar(program, "Another title")
        path.unlink()
        program.press(window.find("push button", "Keep Mine"), window)
        wait_for_no_bar(program, "• Another title")
        program.key("ctrl+s")
        wait_for(path.exists, "the file")
        program.window("Another title")
        program.key("ctrl+q")


def test_save_that_fails(case):
    folder = case.folder / "folder"
    folder.mkdir()
    path = pathlib.Path(shutil.copy(case.copy("perimeter"), folder))
    with case.start(path) as program:
        edit(program, program.window(TITLE))
        shutil.rmtree(folder)
        program.key("ctrl+s")
        dialog = program.window("The plan could not be saved")
        program.press(dialog.find("push button", "Close"), dialog)
        program.window(f"• {TITLE}")
        wait_for_recovery(case)
        discard_and_end(program)


def test_appearance(case):
    def darkness():
        """Of the window's upper left corner, inside the border."""
        done = subprocess.run(["import", "-window", "root", "-crop", "40x8+100+16", "-resize", "1x1!", "-depth", "8",
                               "gray:-"], env=case.desktop.environment, capture_output=True, check=True)
        return done.stdout[0] < 128

    for more in ([], ["OLD"]):
        with subprocess.Popen([sys.executable, pathlib.Path(__file__).with_name("portal.py"), "1", *more],
                              env=case.desktop.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as portal:
            portal.stdout.readline()
            with case.start() as program:
                program.window("Portolan")
                wait_for(darkness, "a dark window")
                portal.stdin.write(b"2\n")
                portal.stdin.flush()
                wait_for(lambda: not darkness(), "a light window")
                program.key("ctrl+q")
            portal.stdin.close()


if __name__ == "__main__":
    cases.main(__doc__, globals())
