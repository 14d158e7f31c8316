"""The window as a person has it: found by what is written on it, worked by pointer and keys.

Everything is waited for, nothing is slept for: a busy machine makes a test slower and not wrong.
"""

import os
import subprocess
import time

# The test is no program under test: libatspi warns of programs that ended.
os.environ.pop("G_DEBUG", None)

import gi  # noqa: E402

from desktop import BOUND  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 30  # seconds until what does not come is a failure


class Missing(AssertionError):
    """What was waited for did not come."""


def wait_for(condition, what, patience=PATIENCE):
    """Asks until the answer is true, and returns it. `what` is waited for, in words or as a function that has them."""
    end = time.monotonic() + patience
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise Missing(f"waited {patience} seconds for {what() if callable(what) else what}")
        time.sleep(0.02)


class Thing:
    """Something accessible of the window: a button, a field, a row."""

    def __init__(self, accessible):
        self.accessible = accessible

    def __repr__(self):
        return f"{self.role} “{self.name}”"

    @property
    def role(self):
        return self.accessible.get_role_name()

    @property
    def name(self):
        return self.accessible.get_name()

    @property
    def description(self):
        return self.accessible.get_description()

    @property
    def text(self):
        """Of a field. In GTK 4.8 the end must be given."""
        return Atspi.Text.get_text(self.accessible, 0, Atspi.Text.get_character_count(self.accessible))

    @property
    def children(self):
        count = self.accessible.get_child_count()
        found = (self.accessible.get_child_at_index(i) for i in range(count))
        return [Thing(child) for child in found if child is not None]

    @property
    def box(self):
        """x, y, width and height in the window; GTK 4.8 knows no others."""
        box = Atspi.Component.get_extents(self.accessible, Atspi.CoordType.WINDOW)
        return box.x, box.y, box.width, box.height

    def has(self, *states):
        """Each is a name such as "focused", "checked", "selected", "sensitive"."""
        known = self.accessible.get_state_set()
        return all(known.contains(getattr(Atspi.StateType, state.upper())) for state in states)

    @property
    def shown(self):
        """GTK 4.8 does not tell AT-SPI what shows, but gives no size to what does not."""
        try:
            return self.has("visible") and self.box[2] > 0 and self.box[3] > 0
        except GLib.Error:  # it has no place, or went meanwhile
            return False

    def walk(self, shown=False):
        """Itself and all below it; on request only what shows."""
        if shown:
            try:
                if 0 in self.box[2:]:
                    return
            except GLib.Error:  # it has no place of its own
                pass
        yield self
        try:
            children = self.children
        except GLib.Error:  # it went meanwhile
            return
        for child in children:
            yield from child.walk(shown)

    def all(self, role=None, name=None, shown=True):
        """`name`: all of it, or a test of it."""
        for thing in self.walk(shown):
            try:
                if ((role is None or thing.role == role)
                        and (name is None or (name(thing.name) if callable(name) else thing.name == name))
                        and (thing.shown or not shown)):
                    yield thing
            except GLib.Error:  # it went meanwhile
                pass

    def find(self, role=None, name=None):
        """The first such thing that is shown, as soon as there is one."""
        return wait_for(lambda: next(self.all(role, name), None), f"a {role or 'thing'} named {name!r}")


class Program:
    """A running program. Use it in a `with` statement; it has to end by itself, with status 0, and silently."""

    def __init__(self, desktop, *command, picture=None, **environment):
        """`picture`: where to keep what was seen when the `with` statement failed."""
        self.desktop, self.picture = desktop, picture
        self.environment = {**desktop.environment, **environment}
        self.errors = desktop.folder / f"errors-{time.monotonic_ns()}"
        with open(self.errors, "wb") as errors:
            self.process = subprocess.Popen([*BOUND, *map(str, command)], env=self.environment, stderr=errors,
                                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                            start_new_session=True, cwd=desktop.folder)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                self.check_ended()
        except Exception:
            kind = Exception
            raise
        finally:
            if kind is not None and self.process.poll() is not None:
                print(f"the program had ended with status {self.process.returncode}:\n{self.errors.read_text()}")
            elif kind is not None and self.picture is not None:
                self.desktop.picture(self.picture)
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()

    def check_ended(self):
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise Missing("the program does not end") from error
        said = self.errors.read_text(encoding="utf-8", errors="replace")
        assert status == 0 and not said, f"the program ended with status {status} and said:\n{said}"

    # --- What is shown -----------------------------------------------------------------------------------------------

    @property
    def application(self):
        def found():
            assert self.process.poll() is None, ("the program ended with status "
                                                 f"{self.process.returncode}:\n{self.errors.read_text()}")
            root = Atspi.get_desktop(0)
            root.clear_cache()
            for i in range(root.get_child_count()):
                child = root.get_child_at_index(i)
                if child is not None and child.get_process_id() == self.process.pid:
                    child.set_cache_mask(Atspi.Cache.NONE)  # what is asked for is what is there now
                    return Thing(child)
            return None
        return wait_for(found, "the program to be accessible")

    def window(self, name=None):
        """A window by its title: the text or a test of it."""
        def found():
            try:
                windows = self.application.children
                return next((window for window in windows if window.shown and (
                    name is None or (name(window.name) if callable(name) else window.name == name))), None)
            except GLib.Error:  # one of them went meanwhile
                return None
        return wait_for(found, f"a window named {name!r}")

    def wait_until_gone(self, title):
        """Without asking the program: GTK 4.8 complains when it is asked of a dialog that is just going."""
        def gone():
            try:
                self.xdotool("search", "--onlyvisible", "--name", title)
            except subprocess.CalledProcessError:
                return True
            return False
        wait_for(gone, f"the window {title!r} to go")

    def close(self, name="Close"):
        """Asks the program to end, by the button of that name, and sees it end well."""
        window = self.window()
        self.press(window.find("push button", name), window)
        self.check_ended()

    # --- Pointer and keys --------------------------------------------------------------------------------------------

    def xdotool(self, *words):
        done = subprocess.run(["xdotool", *map(str, words)], env=self.desktop.environment, check=True,
                              capture_output=True, text=True)
        return done.stdout

    def key(self, *keys):
        """Keys such as "ctrl+z", one after the other, where the pointer is: there is no window manager."""
        self.xdotool("key", "--delay", "20", *keys)

    def type(self, text):
        self.xdotool("type", "--delay", "20", text)

    def move(self, x, y):
        self.xdotool("mousemove", round(x), round(y))

    def click(self, x, y, button=1, times=1, holding=()):
        words = ["mousemove", round(x), round(y), "sleep", "0.05"]
        for name in holding:
            words += ["keydown", name]
        words += ["click", "--repeat", times, "--delay", "60", button]
        for name in holding:
            words += ["keyup", name]
        self.xdotool(*words)

    def drag(self, start, end, steps=8, button=1, holding=(), release=True):
        """In steps, as a hand does: one jump is no drag to GTK."""
        words = ["mousemove", *map(round, start), "sleep", "0.1", "mousedown", button]
        for name in holding:
            words += ["keydown", name]
        for step in range(1, steps + 1):
            words += ["sleep", "0.03", "mousemove",
                      *(round(a + (b - a) * step / steps) for a, b in zip(start, end))]
        words += ["sleep", "0.1"]
        if release:
            words += ["mouseup", button]
        for name in holding:
            words += ["keyup", name]
        self.xdotool(*words)

    def shell_of(self, window):
        """The X window of a window, and where it is: x, y, width, height."""
        for ident in self.xdotool("search", "--onlyvisible", "--name", ".*").split():
            if self.xdotool("getwindowname", ident).rstrip("\n") == window.name:
                place = dict(line.split("=") for line in self.xdotool("getwindowgeometry", "--shell", ident).split())
                return ident, [int(place[word]) for word in ("X", "Y", "WIDTH", "HEIGHT")]
        raise Missing(f"no window of the display is named {window.name!r}")

    def place_of(self, window):
        """Where the window's own coordinates begin on the screen: inside of the border that GTK draws."""
        x, y, width, height = self.shell_of(window)[1]
        return x + (width - window.box[2]) // 2, y + (height - window.box[3]) // 2

    def resize(self, window, width, height):
        ident, place = self.shell_of(window)
        if place[2:] != [width, height]:
            before = window.box
            self.xdotool("windowsize", ident, width, height)
            wait_for(lambda: window.box != before, "the window to be of another size")

    def middle_of(self, thing, window):
        left, top = self.place_of(window)
        x, y, width, height = thing.box
        return left + x + width / 2, top + y + height / 2

    def press(self, thing, window, **more):
        """Clicks in the middle of a button, row or field of a window."""
        assert (thing.box[0] + thing.box[2] / 2 < window.box[2]
                and thing.box[1] + thing.box[3] / 2 < window.box[3]), f"{thing} is outside of its window"
        self.click(*self.middle_of(thing, window), **more)


def connect(desktop):
    """Makes this process hear what the desktop's programs say. Once, before anything is looked for."""
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = desktop.environment["DBUS_SESSION_BUS_ADDRESS"]
    os.environ["DISPLAY"] = desktop.environment["DISPLAY"]
    Atspi.init()

